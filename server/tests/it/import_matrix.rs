//! The figures of a month as a table of its own: downloaded, filled in, read back. It takes nothing
//! but differences, and what is wrong with it is named by sheet, row and column.

use crate::import::{import, places};
use crate::import_month::{FIGURE_ROWS, counts, county as two_indicators, rows};
use crate::kit::{Place, story};
use crate::month::{County, close, july};
use app::backend::{FigurePart, ImportReport, SeenImport};
use calamine::{Reader as _, Xlsx};
use domain::ids::SeasonId;
use domain::month::Period;
use server::demo::story::Story;
use server::service::roster::{apply_seen, dry_run, month_file};
use server::service::table::{Table, workbook};
use std::io::Cursor;

/// How many columns say whose figures a row holds.
pub const LABELS: usize = 4;

pub async fn downloaded(story: &Story, month: (SeasonId, Period)) -> Vec<Table> {
    let bytes = month_file(&story.store, month).await.expect("a workbook");
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut tables = Vec::new();
    for name in file.sheet_names() {
        let range = file.worksheet_range(&name).expect("a sheet");
        let row = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect();
        let mut rows: Vec<Vec<String>> = range.rows().map(row).collect();
        tables.push(Table {
            name,
            header: rows.remove(0),
            rows,
            labels: 4,
        });
    }
    tables
}

/// By way of a dry run, as a person does it.
pub async fn applied(story: &Story, tables: &[Table]) -> ImportReport {
    let bytes = workbook(tables).expect("a workbook");
    let name = "2026年7月数据表.xlsx";
    let seen = dry_run(&story.store, name, &bytes).await.expect("a report");
    if !seen.problems.is_empty() {
        return seen;
    }
    let seen = SeenImport {
        plan: seen.plan,
        is_checked: true,
        ..SeenImport::default()
    };
    let file = (name, bytes.into());
    let report = apply_seen(&story.store, &story.act(), file, seen).await;
    report.expect("a report")
}

async fn season_of(story: &Story) -> SeasonId {
    let id = &rows(story, "select season_id from season").await[0];
    id.parse().expect("an id")
}

#[tokio::test]
async fn a_month_is_filled_in_from_its_own_table_closed_and_posted() {
    let place = Place::new();
    let county = County::new(&place).await;
    let month = (county.season, july());
    let mut tables = downloaded(&county.story, month).await;
    assert_eq!(tables.len(), 1, "places alone need no target");
    let header = [
        "赛季",
        "月份",
        "单位编码",
        "单位名称",
        "XM 项目（亿元）",
        "NB 内部",
    ];
    assert_eq!(
        (tables[0].name.as_str(), &tables[0].header[..]),
        ("完成值", &header.map(str::to_owned)[..])
    );
    let first = ["2026", "2026-07", "01", "青禾镇"];
    assert_eq!(tables[0].rows[0][..LABELS], first);

    for (row, value) in tables[0].rows.iter_mut().zip(["９", "8.5", "7", "6"]) {
        row.resize(LABELS, String::new());
        row.extend([value.to_owned(), value.to_owned()]);
    }
    let report = applied(&county.story, &tables).await;
    assert!(report.applied, "{:?}", report.problems);
    assert_eq!(counts(&report), (8, 0, 0));
    county.own(close("")).await.expect("nothing is missing");
    county.post(&county.second(), "").await.expect("posted");
    let group = county.page(july()).await.month.groups.remove(0);
    let scores = group.units.iter().map(|unit| unit.score.as_deref());
    let expected = [Some("100.00"), Some("95.00"), Some("90.00"), Some("85.00")];
    assert_eq!(scores.collect::<Vec<_>>(), expected);

    let again = applied(&county.story, &downloaded(&county.story, month).await).await;
    assert_eq!((counts(&again), again.changes.len()), ((0, 0, 8), 0));
}

/// ZR-3: a target holds through the year, so the table of a later month shows it, and it comes back
/// as nothing new.
#[tokio::test]
async fn a_table_reads_back_as_it_is_and_takes_differences_alone() {
    let place = Place::new();
    let story = story(&place).await;
    two_indicators(&story).await;
    let figures =
        "season,period,indicator,unit,value,target\n2026,2026-01,TZ,X01,3,99999999999.999999
2026,2026-07,TZ,X01,12,\n2026,2026-07,TZ,X02,8,10\n2026,2026-07,JD,X01,81.70%,100%\n";
    import(&story, "figures.csv", figures).await;
    let month = (season_of(&story).await, july());
    let mut tables = downloaded(&story, month).await;
    let names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["完成值", "目标值"]);
    let codes = |table: &Table| {
        table
            .rows
            .iter()
            .map(|row| row[2].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(&tables[0]), ["X01", "X02", "X03", "B01"]);
    let report = applied(&story, &tables).await;
    assert_eq!(report.problems, []);
    assert_eq!((counts(&report), report.changes.len()), ((0, 0, 3), 0));

    // One value becomes another, one is cleared, one target is set; an empty cell changes nothing.
    let at = |table: &Table, code: &str| table.header.iter().position(|one| one.starts_with(code));
    let (value, target) = (at(&tables[0], "TZ"), at(&tables[1], "TZ"));
    let (value, target) = (value.expect("a column"), target.expect("a column"));
    tables[0].rows[0][value] = "13".to_owned();
    tables[0].rows[1][value] = "清空".to_owned();
    tables[1].rows[0][target] = "20".to_owned();
    tables[1].rows[1][target] = String::new();
    let report = applied(&story, &tables).await;
    assert!(report.applied, "{:?}", report.problems);
    assert_eq!(counts(&report), (0, 2, 1));
    let changes: Vec<_> = report
        .changes
        .iter()
        .map(|one| {
            (
                one.unit.as_str(),
                one.part,
                one.before.as_str(),
                one.after.as_str(),
            )
        })
        .collect();
    let expected = [
        ("青禾镇", FigurePart::Value, "12", "13"),
        ("青禾镇", FigurePart::Target, "", "20"),
        ("松溪镇", FigurePart::Value, "8", ""),
    ];
    assert_eq!(changes, expected);
    let july: Vec<_> = rows(&story, FIGURE_ROWS)
        .await
        .into_iter()
        .skip(1)
        .collect();
    let expected = [
        "JD X01 2026-07 1 81.7 100",
        "TZ X01 2026-07 1 12 ",
        "TZ X01 2026-07 2 13 20",
        "TZ X02 2026-07 1 8 10",
        "TZ X02 2026-07 2  10",
    ];
    assert_eq!(july, expected, "both sheets of a figure are one revision");
}

#[tokio::test]
async fn every_wrong_cell_of_a_table_is_named_by_sheet_row_and_column() {
    let place = Place::new();
    let story = story(&place).await;
    two_indicators(&story).await;
    let month = (season_of(&story).await, july());
    let mut tables = downloaded(&story, month).await;
    let filled = |row: &mut Vec<String>, cells: [&str; 2]| {
        row.resize(LABELS, String::new());
        row.extend(cells.map(str::to_owned));
    };
    tables[0].header = ["赛季", "月份", "单位编码", "单位名称", "TZ", "无此"]
        .map(str::to_owned)
        .to_vec();
    filled(&mut tables[0].rows[0], ["5", "6"]);
    filled(&mut tables[0].rows[1], ["约12", ""]);
    filled(&mut tables[0].rows[2], ["12.5亿元", "7"]);
    tables[0].rows[2][2] = "X09".to_owned();
    filled(&mut tables[0].rows[3], ["5%", ""]);
    tables[0].rows[3][2] = "X01".to_owned();
    filled(&mut tables[1].rows[0], ["10", "x"]);
    let report = applied(&story, &tables).await;
    assert!(!report.applied);
    let sheets: Vec<_> = report
        .problems
        .iter()
        .map(|one| one.table.as_str())
        .collect();
    assert_eq!(
        sheets,
        ["完成值", "完成值", "完成值", "完成值", "完成值", "目标值"]
    );
    let expected = [
        (1, "无此", "unknown_indicator"),
        (3, "TZ", "not_a_number"),
        (4, "单位编码", "unknown_unit"),
        (4, "TZ", "with_measure:亿元"),
        (5, "TZ", "unexpected_percent"),
        (2, "JD 投产进度（％）", "not_a_number"),
    ];
    assert_eq!(places(&report.problems), expected);
    assert_eq!(rows(&story, FIGURE_ROWS).await, [""; 0]);

    let twice = "赛季,月份,单位,TZ\n2026,2026-07,X01,5\n2026,2026-07,青禾镇,6\n";
    let report = import(&story, "完成值.csv", twice).await;
    assert_eq!(places(&report.problems), [(3, "TZ", "figure_twice")]);
}

/// 70 units and 60 indicators, with targets: the size that a county has.
#[tokio::test]
async fn a_whole_countys_table_goes_in_at_once() {
    let place = Place::new();
    let story = story(&place).await;
    let units = (0..70).map(|one| format!("U{one},{one}镇,乡镇,\n"));
    let groups = (0..70).map(|one| format!("2026,组,U{one}\n"));
    let indicators = (0..60).map(|one| format!("2026,I{one},指标{one},1,高,目标\n"));
    let files: [(&str, &str, String); 3] = [
        ("units.csv", "code,name,level,parent\n", units.collect()),
        ("groups.csv", "season,group,unit\n", groups.collect()),
        (
            "indicators.csv",
            "season,code,name,weight,better,rule\n",
            indicators.collect(),
        ),
    ];
    for (name, head, lines) in files {
        assert!(
            import(&story, name, &format!("{head}{lines}"))
                .await
                .applied
        );
    }
    let month = (season_of(&story).await, july());
    let mut tables = downloaded(&story, month).await;
    for (sheet, table) in tables.iter_mut().enumerate() {
        for (at, row) in table.rows.iter_mut().enumerate() {
            row.resize(LABELS, String::new());
            row.extend((0..60).map(|column| (sheet + at + column + 1).to_string()));
        }
    }
    let report = applied(&story, &tables).await;
    assert!(report.applied, "{:?}", report.problems);
    assert_eq!(counts(&report), (4_200, 0, 0));
    let again = applied(&story, &downloaded(&story, month).await).await;
    assert_eq!(counts(&again), (0, 0, 4_200));
}
