//! The roster's import: every problem by its row, all or nothing, in whatever encoding it came.

use crate::kit::{NINE, Place, hall, story};
use app::backend::{ImportProblem, ImportReport};
use app::components::import_faults::import_fault;
use app::text::Lang;
use domain::ids::ContestId;
use encoding_rs::GB18030;
use server::demo::story::Story;
use server::service::roster::columns::TableKind;
use server::service::roster::{apply, dry_run, roster, template};
use server::service::table::{Table, workbook};

const UNITS: &str = "code,name,level,parent
YL,云岭县,county,
X01,青禾镇,township,YL
X02,松溪镇,乡镇,YL
X01-1,上禾村,村,X01
";

#[tokio::test]
async fn a_dry_run_counts_and_changes_nothing() {
    let place = Place::new();
    let story = story(&place).await;
    let report = dry(&story, "units.csv", UNITS).await;
    assert_eq!(report.problems, []);
    assert!(!report.applied);
    assert_eq!((report.tables[0].rows, report.tables[0].new), (4, 4));
    assert!(
        roster(&story.store)
            .await
            .expect("the roster")
            .units
            .is_empty()
    );
}

#[tokio::test]
async fn an_import_applies_and_a_second_one_changes_nothing() {
    let place = Place::new();
    let story = story(&place).await;
    assert!(import(&story, "units.csv", UNITS).await.applied);
    let page = roster(&story.store).await.expect("the roster");
    assert_eq!(page.units.len(), 4);
    let village = page
        .units
        .iter()
        .find(|unit| unit.code == "X01-1")
        .expect("the village");
    let township = page
        .units
        .iter()
        .find(|unit| unit.code == "X01")
        .expect("the township");
    assert_eq!(
        (village.parent, village.level.as_str()),
        (Some(township.id), "village")
    );
    let again = import(&story, "units.csv", UNITS).await;
    assert_eq!((again.tables[0].unchanged, again.tables[0].new), (4, 0));
}

#[tokio::test]
async fn every_problem_is_listed_and_nothing_is_half_applied() {
    let place = Place::new();
    let story = story(&place).await;
    import(&story, "units.csv", UNITS).await;
    let bad = "编码,名称,层级,上级,颜色
X03,双河镇,乡镇,YL,红
X03,双河镇二,乡镇,YL,红
X04,,乡镇,YL,红
X05,白鹭镇,洲,YL,红
X06,石桥乡,乡镇,X99,红
X07,大坪镇,乡镇,X01,红
X08,松溪镇,乡镇,YL,红
X09,孤村,村,,红
示例-1,示例,乡镇,YL,红
";
    let report = import(&story, "units.csv", bad).await;
    assert!(!report.applied);
    let expected = [
        (1, "颜色", "unknown_column"),
        (10, "编码", "example"),
        (3, "编码", "duplicate_code"),
        (4, "名称", "empty"),
        (5, "层级", "unknown_level"),
        (6, "上级", "unknown_parent"),
        (7, "上级", "parent_level"),
        (8, "名称", "duplicate_name"),
        (9, "上级", "parent_missing"),
    ];
    assert_eq!(places(&report.problems), expected);
    assert_eq!(
        roster(&story.store).await.expect("the roster").units.len(),
        4
    );
}

#[tokio::test]
async fn a_new_name_for_a_known_code_is_shown_before_it_is_applied() {
    let place = Place::new();
    let story = story(&place).await;
    import(&story, "units.csv", UNITS).await;
    let renamed = "code,name,level,parent\nX02,新松溪镇,township,YL\n";
    let report = dry(&story, "units.csv", renamed).await;
    assert_eq!(places(&report.notes), [(2, "name", "renamed")]);
    assert_eq!((report.problems.len(), report.tables[0].changed), (0, 1));
}

#[tokio::test]
async fn what_chinese_excel_writes_reads_the_same_as_utf_8() {
    let place = Place::new();
    let story = story(&place).await;
    let chinese = UNITS.replace("code,name,level,parent", "代码,名称,级别,上级");
    let (gb18030, _, unmappable) = GB18030.encode(&chinese);
    assert!(!unmappable);
    let report = apply(
        &story.store,
        &story.act(),
        "单位.csv",
        gb18030.to_vec().into(),
    )
    .await;
    let report = report.expect("a report");
    assert!(report.applied, "{:?}", report.problems);
    let page = roster(&story.store).await.expect("the roster");
    assert!(page.units.iter().any(|unit| unit.name == "青禾镇"));
}

#[tokio::test]
async fn a_workbook_brings_several_tables_at_once() {
    let place = Place::new();
    let story = story(&place).await;
    let hall = hall(&story, &NINE).await;
    let title = hall.contest.to_string();
    let tables = [
        table(
            TableKind::Seats,
            &[&[&title, "３号", "评委", "P1"], &[&title, "9", "J", "李某"]],
        ),
        table(
            TableKind::People,
            &[&["P1", "王某", "X01", "镇长"], &["P2", "李某", "", ""]],
        ),
        table(
            TableKind::Groups,
            &[&["2026", "乡镇组", "X01"], &["2026", "乡镇组", "松溪镇"]],
        ),
        table(
            TableKind::Units,
            &[
                &["YL", "云岭县", "县", ""],
                &["X01", "青禾镇", "乡镇", "YL"],
                &["X02", "松溪镇", "乡镇", "YL"],
            ],
        ),
    ];
    let bytes = workbook(&tables).expect("a workbook");
    let report = apply(&story.store, &story.act(), "r.xlsx", bytes.into()).await;
    let report = report.expect("a report");
    assert!(report.applied, "{:?}", report.problems);
    let kinds: Vec<_> = report
        .tables
        .iter()
        .map(|table| table.kind.as_str())
        .collect();
    assert_eq!(kinds, ["units", "groups", "people", "seats"]);
    let page = roster(&story.store).await.expect("the roster");
    assert_eq!(
        page.units
            .iter()
            .filter(|unit| unit.group == "乡镇组")
            .count(),
        2
    );
    let seats = seats(&story, hall.contest).await;
    assert_eq!((seats[2].1.as_str(), seats[8].1.as_str()), ("王某", "李某"));
}

#[tokio::test]
async fn a_seat_of_a_contest_that_has_begun_takes_another_person_and_no_other_class() {
    let place = Place::new();
    let story = story(&place).await;
    let hall = hall(&story, &NINE).await;
    import(&story, "people.csv", "code,name,unit,post\nP1,王某,,\n").await;
    story.open(&hall, 0).await.expect("an open gate");
    let file = "contest,seat,class,person
测试擂台,1,J,P1
测试擂台,10,J,
测试擂台,2,K,
测试擂台,3,J,谁
别的擂台,1,J,
测试擂台,第一,J,
";
    let report = dry(&story, "seats.csv", file).await;
    let expected = [
        (3, "class", "contest_started"),
        (4, "class", "unknown_class"),
        (5, "person", "unknown_person"),
        (6, "contest", "unknown_contest"),
        (7, "seat", "bad_seat_number"),
    ];
    assert_eq!(places(&report.problems), expected);
    let right = "contest,seat,class,person\n测试擂台,1,J,P1\n";
    assert!(import(&story, "seats.csv", right).await.applied);
    assert_eq!(seats(&story, hall.contest).await[0].1, "王某");
}

#[tokio::test]
async fn a_template_names_every_column_and_cannot_be_imported_by_mistake() {
    let place = Place::new();
    let story = story(&place).await;
    let bytes = template::all().expect("a workbook");
    let report = dry_run(&story.store, "roster.xlsx", &bytes)
        .await
        .expect("a report");
    assert_eq!(report.tables.len(), TableKind::ALL.len());
    for kind in TableKind::ALL.map(TableKind::name) {
        let is_example =
            |problem: &ImportProblem| problem.table == kind && problem.code == "example";
        assert!(report.problems.iter().any(is_example), "{kind}");
    }
}

#[tokio::test]
async fn what_is_no_roster_is_refused_by_name() {
    let place = Place::new();
    let story = story(&place).await;
    let codes = |report: ImportReport| report.problems[0].code.clone();
    assert_eq!(
        codes(dry(&story, "a.csv", "颜色\n红\n").await),
        "unknown_table"
    );
    let report = dry_run(&story.store, "a.xlsx", b"PK\x03\x04nothing").await;
    assert_eq!(codes(report.expect("a report")), "not_a_workbook");
    let bomb = bomb();
    let report = dry_run(&story.store, "a.xlsx", &bomb)
        .await
        .expect("a report");
    assert_eq!(codes(report), "too_large_inside");
}

/// A part that packs to a thousandth.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    use zip::write::{SimpleFileOptions, ZipWriter};
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file("xl/workbook.xml", SimpleFileOptions::default())
        .expect("a part");
    archive
        .write_all(&vec![b' '; 8 * 1024 * 1024])
        .expect("bytes");
    archive.finish().expect("a zip").into_inner()
}

pub async fn dry(story: &Story, name: &str, text: &str) -> ImportReport {
    let report = dry_run(&story.store, name, text.as_bytes()).await;
    let report = report.expect("a report");
    check_sentences(&report);
    report
}

pub async fn import(story: &Story, name: &str, text: &str) -> ImportReport {
    let bytes = text.as_bytes().to_vec().into();
    let report = apply(&story.store, &story.act(), name, bytes).await;
    let report = report.expect("a report");
    check_sentences(&report);
    report
}

/// Nobody is shown a bare code.
#[track_caller]
fn check_sentences(report: &ImportReport) {
    let found = report.problems.iter().chain(&report.notes);
    for found in found.chain(&report.doubts) {
        for lang in [Lang::Zh, Lang::En] {
            assert_ne!(import_fault(lang, &found.code), found.code);
        }
    }
}

pub fn places(problems: &[ImportProblem]) -> Vec<(u32, &str, &str)> {
    let place = |problem: &'_ ImportProblem| problem.row;
    let rows = problems.iter().map(place);
    let texts = problems
        .iter()
        .map(|problem| (problem.column.as_str(), problem.code.as_str()));
    rows.zip(texts)
        .map(|(row, (column, code))| (row, column, code))
        .collect()
}

pub fn table(kind: TableKind, rows: &[&[&str]]) -> Table {
    let mut table = Table::new(kind.chinese_name(), &kind.headers());
    let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
    table.rows = rows.iter().map(row).collect();
    table
}

async fn seats(story: &Story, contest: ContestId) -> Vec<(u32, String)> {
    let record = story.record(contest).await.expect("the record");
    record
        .seats
        .into_iter()
        .map(|seat| (seat.number, seat.person))
        .collect()
}
