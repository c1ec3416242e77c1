//! A quarter's checkpoint (季度目标, ZR-5): how it comes in, how long it holds, and where it stands
//! beside the year's target.

use crate::import::{dry, import, places};
use crate::import_matrix::{LABELS, applied, downloaded};
use crate::import_month::{counts, county as two_indicators, rows};
use crate::kit::{NOW, Place, story};
use crate::month::close;
use crate::publication::{Office, part, row, sheets};
use app::backend::{Duty, FigurePart, ImportReport};
use app::components::import_faults::import_fault;
use app::text::Lang;
use domain::month::Period;
use server::demo::story::Story;
use server::service::duties;
use sync::posted_month::PostedCell;

const HEAD: &str = "赛季,月份,指标,单位,完成值,目标值,抬高目标,季度目标\n";
const PARTS: &str = "select period, revision, value, target, raised, checkpoint from figure
    order by period, revision";

fn month(text: &str) -> Period {
    text.parse().expect("a month")
}

async fn figures(story: &Story, lines: &str) -> ImportReport {
    import(story, "figures.csv", &format!("{HEAD}{lines}")).await
}

/// With an indicator that is measured by the year's target, and 石桥乡 without a checkpoint of it.
async fn posted(months: &[(&str, &str)]) -> Office {
    let office = Office::open().await;
    let county = &office.county;
    let indicator = "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开\n\
                     2026,TZ,投资,亿元,0,高,序时,0.05,月,否,是\n";
    county.import("indicators.csv", indicator).await;
    let first = "2026,2026-01,TZ,01,,100,,３０\n2026,2026-01,TZ,02,,100,,\n";
    county
        .import("figures.csv", &format!("{HEAD}{first}"))
        .await;
    for (period, value) in months {
        county.figures_of(period, ["9", "8", "7", "6"]).await;
        let values = (1..=4).map(|unit| format!("2026,{period},TZ,0{unit},{value},,,\n"));
        let text = format!("{HEAD}{}", values.collect::<String>());
        county.import("figures.csv", &text).await;
        let closed = county.own_in(month(period), close("")).await;
        closed.expect("closed");
        county.post_in(month(period)).await;
    }
    office
}

async fn cell(office: &Office, period: &str) -> PostedCell {
    let page = office.county.page(month(period)).await;
    let mut units = page.month.groups[0].units.iter();
    let unit = units.find(|unit| unit.name == "青禾镇");
    // The other indicator is not public.
    unit.expect("the unit").cells[1].clone()
}

/// 序时 goes on by the year's target, and the next quarter begins without a checkpoint.
#[tokio::test]
async fn a_checkpoint_is_posted_beside_the_year_and_ends_with_its_quarter() {
    let office = posted(&[("2026-03", "28"), ("2026-04", "31")]).await;
    let texts = |cell: &PostedCell| {
        let texts = [&cell.target, &cell.completion, &cell.pace];
        texts.map(|text| text.clone().unwrap_or_default())
    };
    let march = cell(&office, "2026-03").await;
    let own = [
        march.checkpoint.as_deref(),
        march.checkpoint_completion.as_deref(),
    ];
    assert_eq!(own, [Some("30"), Some("93.3")]);
    assert_eq!(texts(&march), ["100", "28.0", "3.0"]);
    let april = cell(&office, "2026-04").await;
    assert_eq!(
        (&april.checkpoint, &april.checkpoint_completion),
        (&None, &None)
    );
    assert_eq!(texts(&april), ["100", "31.0", "-2.3"]);

    // A posted month that gets another checkpoint is to be corrected, as with a target.
    office.county.story.clock.pass(60);
    let lines = "2026,2026-03,TZ,01,,,,35\n";
    let report = figures(&office.county.story, lines).await;
    assert_eq!(places(&report.notes), [(2, "月份", "month_posted")]);
    assert_eq!(cell(&office, "2026-03").await, march, "until it is");
    let (store, account) = (&office.county.story.store, office.county.story.account);
    let duties = duties::of(store, account, NOW)
        .await
        .expect("duties")
        .duties;
    let correct = Duty::CorrectMonth(office.county.season, month("2026-03"));
    assert!(duties.contains(&correct), "{duties:?}");
    let april = Duty::CorrectMonth(office.county.season, month("2026-04"));
    assert!(!duties.contains(&april), "{duties:?}");
}

#[tokio::test]
async fn pages_and_papers_tell_a_checkpoint_where_there_is_one() {
    let office = posted(&[("2026-03", "28"), ("2026-04", "31")]).await;
    let season = office.county.season;
    let file = async |period: &str, name: &str| {
        let path = format!("/admin/months/{season}/{period}/export/{name}");
        office.get(&path).await.body
    };
    let bulletin = sheets(&file("2026-03", "bulletin.xlsx").await);
    let heads = row(&bulletin[0].1, "季度目标");
    let at = heads.iter().position(|head| *head == "季度目标");
    let at = at.expect("a column");
    assert_eq!(heads[at + 1], "季度目标完成率（%）");
    // Of one indicator alone.
    assert_eq!(heads.iter().filter(|head| **head == "季度目标").count(), 1);
    let own = row(&bulletin[0].1, "青禾镇");
    assert_eq!(own[at - 2..at + 3], ["28", "28", "30", "93.3", "1"]);
    let other = row(&bulletin[0].1, "石桥乡");
    assert_eq!(other[at - 2..at + 3], ["28", "28", "", "", "1"]);
    let press = sheets(&file("2026-03", "press.xlsx").await);
    let own = row(&press[0].1, "青禾镇");
    assert_eq!(own[own.len() - 5..], ["28", "28", "30", "93.3", "1"]);
    let document = part(&file("2026-03", "bulletin.docx").await, "word/document.xml");
    assert!(document.contains("一季度目标完成 93.3%"), "{document}");
    for path in [
        format!("/admin/months/{season}/2026-03/print"),
        format!("/months/{season}/2026-03"),
    ] {
        let page = office.get(&path).await.text();
        assert!(page.contains("一季度目标完成 93.3%"), "{path}");
    }
    let unit = format!("/units/{}", office.county.units[0].0);
    // April is its newest month.
    assert!(!office.get(&unit).await.text().contains("季度目标"));
    let april = sheets(&file("2026-04", "bulletin.xlsx").await);
    let rows = april.iter().flat_map(|(_, rows)| rows).flatten();
    assert!(!rows.into_iter().any(|cell| cell.contains("季度目标")));
}

#[tokio::test]
async fn a_units_page_unfolds_its_checkpoint_and_says_what_the_lines_are() {
    let office = posted(&[("2026-03", "28")]).await;
    let page = async |unit: usize| {
        let path = format!("/units/{}", office.county.units[unit].0);
        office.get(&path).await.text()
    };
    let own = page(0).await;
    for words in [
        "一季度目标 30亿元，完成 28亿元，93.3%",
        "超序时 3.0 个百分点",
        "竖线是序时进度",
        "季度目标是从年初到季末累计要完成的数",
    ] {
        assert!(own.contains(words), "{words}");
    }
    let other = page(1).await;
    assert!(other.contains("竖线是序时进度") && !other.contains("季度目标"));
    // No target, no line.
    assert!(!page(2).await.contains("竖线"));
}

#[tokio::test]
async fn a_checkpoint_comes_in_alone_changes_and_is_taken_away() {
    let place = Place::new();
    let story = story(&place).await;
    two_indicators(&story).await;
    for (line, count) in [
        ("2026,2026-01,TZ,X01,3,100,120,", (1, 0, 0)),
        ("2026,2026-01,TZ,X01,,,,３０．５", (0, 1, 0)),
        ("2026,2026-01,TZ,X01,4,,,", (0, 1, 0)),
        ("2026,2026-01,TZ,X01,,,,30.5", (0, 0, 1)),
        ("2026,2026-02,TZ,X01,,,,32", (1, 0, 0)),
    ] {
        let report = figures(&story, &format!("{line}\n")).await;
        assert_eq!((report.applied, counts(&report)), (true, count), "{line}");
    }
    let report = dry(
        &story,
        "f.csv",
        &format!("{HEAD}2026,2026-02,TZ,X01,,,,31\n"),
    )
    .await;
    let change = &report.changes[0];
    assert_eq!(change.part, FigurePart::Checkpoint);
    assert_eq!([change.before.as_str(), &change.after], ["32", "31"]);

    let report = figures(&story, "2026,2026-02,TZ,X01,,,,清空\n").await;
    assert_eq!(
        places(&report.notes),
        [(2, "季度目标", "target_holds:2026-01")]
    );
    let report = figures(&story, "2026,2026-01,TZ,X01,,,,清空\n").await;
    assert_eq!((report.applied, places(&report.notes)), (true, vec![]));
    let expected = [
        "2026-01 1 3 100 120 ",
        "2026-01 2 3 100 120 30.5",
        "2026-01 3 4 100 120 30.5",
        "2026-01 4 4 100 120 ",
        "2026-02 1    32",
        "2026-02 2    ",
    ];
    assert_eq!(
        rows(&story, PARTS).await,
        expected,
        "nothing else is touched"
    );
}

#[tokio::test]
async fn a_checkpoint_is_read_as_a_target_is_and_the_last_quarter_has_none() {
    let place = Place::new();
    let story = story(&place).await;
    two_indicators(&story).await;
    let file = "2026,2026-06,JD,X01,,,,８０％\n2026,2026-06,TZ,X01,,,,80%\n\
                2026,2026-09,TZ,X01,,,,约九十\n2026,2026-10,TZ,X01,,,,95\n\
                2026,2026-11,TZ,X01,9,,,清空\n";
    let report = dry(&story, "f.csv", &format!("{HEAD}{file}")).await;
    let expected = [
        (3, "季度目标", "unexpected_percent"),
        (4, "季度目标", "not_a_number"),
        (5, "季度目标", "no_checkpoint"),
    ];
    assert_eq!(places(&report.problems), expected);
    let words = import_fault(Lang::Zh, "no_checkpoint");
    assert!(words.contains("看全年目标"), "{words}");
    let report = figures(&story, "2026,2026-06,JD,X01,,,,８０％\n").await;
    assert!(report.applied);
    assert_eq!(rows(&story, PARTS).await, ["2026-06 1    80"]);
}

/// The month's own table offers it where it is known, to be filled in anew in the next quarter.
#[tokio::test]
async fn the_table_of_a_month_holds_checkpoints_of_whoever_has_them() {
    let place = Place::new();
    let story = story(&place).await;
    two_indicators(&story).await;
    let season = rows(&story, "select season_id from season").await[0].parse();
    let season = season.expect("an id");
    let names = async |period: &str| -> Vec<String> {
        let tables = downloaded(&story, (season, month(period))).await;
        tables.into_iter().map(|table| table.name).collect()
    };
    assert_eq!(names("2026-01").await, ["完成值", "目标值"]);
    figures(&story, "2026,2026-01,TZ,X01,3,100,,30\n").await;
    assert_eq!(names("2026-02").await, ["完成值", "目标值", "季度目标"]);
    assert_eq!(names("2026-10").await, ["完成值", "目标值"]);

    // February shows what holds, and brings nothing new.
    let tables = downloaded(&story, (season, month("2026-02"))).await;
    assert_eq!(tables[2].header[LABELS..], ["TZ 固定资产投资（亿元）"]);
    assert_eq!(tables[2].rows[0].last().map(String::as_str), Some("30"));
    let report = applied(&story, &tables).await;
    assert_eq!((report.problems.len(), counts(&report)), (0, (0, 0, 1)));

    let mut tables = downloaded(&story, (season, month("2026-04"))).await;
    assert_eq!(tables[2].rows[0].get(LABELS).map(String::as_str), Some(""));
    tables[2].rows[0][LABELS] = "55".to_owned();
    let report = applied(&story, &tables).await;
    assert_eq!((report.applied, counts(&report).0), (true, 1));
    let last = rows(&story, PARTS).await.pop();
    assert_eq!(last.as_deref(), Some("2026-04 1    55"));
}
