//! A black list comes down by itself when the charter's days are over (ES-4): nowhere that anybody
//! reads does a name stand on it any more, and what is frozen stays as it was.

use crate::app::Answer;
use crate::ladder::county::{County, FIRST, SECOND, THIRD, done};
use app::backend::{MonthCommand, MonthPage, UnitPage};
use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx};
use domain::month::board::Listed;
use domain::month::day::Day;
use serde_json::json;
use std::io::Cursor;

pub const JULY: &str = "2026-07";
/// A black list stands for ninety days after its posting on 1 November.
pub const DAYS: u64 = 90;
pub const UNTIL: &str = "2027-01-30";
const NAMED: &str = "黑榜公示到 2027年1月30日";
const OVER: &str = "黑榜已到期撤下";
/// The reason of the one deduction.
const REASON: &str = "积水点逾期未整改";

/// A county whose July is posted, with 竹海乡 on the black list.
pub async fn posted() -> County {
    let county = County::new().await;
    for (unit, points) in [(0, "2"), (3, "-1.5")] {
        let record = MonthCommand::Record {
            unit: county.units[unit],
            points: points.to_owned(),
            dimension: "责任落实".to_owned(),
            reason: REASON.to_owned(),
            day: "2026-07-12".to_owned(),
        };
        done(&county.month(FIRST, JULY, record).await);
    }
    for merit in county.month_desk(THIRD, JULY).await.merits {
        let confirm = MonthCommand::Confirm { merit: merit.id };
        done(&county.month(THIRD, JULY, confirm).await);
    }
    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    county
}

/// A page as a stranger gets it.
async fn page(county: &County, path: &str) -> Answer {
    let answer = county.app.get(path, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

fn paths(county: &County) -> [String; 3] {
    let month = format!("months/{}/{JULY}", county.season);
    [
        format!("/{month}"),
        format!("/{month}/poster"),
        format!("/screen/{month}"),
    ]
}

async fn month(county: &County) -> MonthPage {
    let asked = json!({ "season": county.season, "period": JULY });
    county
        .app
        .call("/fn/public/month", None, asked)
        .await
        .json()
}

async fn black(county: &County) -> Vec<String> {
    let page = month(county).await;
    let listed = page.month.listed(Listed::Black);
    listed.iter().map(|(_, unit)| unit.name.clone()).collect()
}

#[tokio::test]
async fn the_black_list_stands_on_its_last_day_and_not_on_the_next() {
    let mut county = posted().await;
    assert_eq!(black(&county).await, ["竹海乡"]);
    county.pass(DAYS).await;
    assert_eq!(black(&county).await, ["竹海乡"], "the last day");
    for path in paths(&county) {
        let text = page(&county, &path).await.text();
        assert!(text.contains("竹海乡") && !text.contains(OVER), "{path}");
    }
    assert!(
        page(&county, &paths(&county)[0])
            .await
            .text()
            .contains(NAMED)
    );
    let reasons = |text: String| text.matches(REASON).count();
    let both = reasons(page(&county, &paths(&county)[0]).await.text());
    // The pages of the last day are kept as they were rendered, and end with it.
    county.pass(1).await;
    assert_eq!(black(&county).await, Vec::<String>::new());
    for path in paths(&county) {
        let text = page(&county, &path).await.text();
        assert!(text.contains(OVER) && !text.contains("−1.5"), "{path}");
    }
    let red = reasons(page(&county, &paths(&county)[0]).await.text());
    assert_eq!(2 * red, both, "the red list's reason alone");
}

#[tokio::test]
async fn boards_and_the_units_page_do_not_name_it_either() {
    let mut county = posted().await;
    assert!(page(&county, "/boards").await.text().contains("黑榜 1 家"));
    county.pass(DAYS + 1).await;
    let boards = page(&county, "/boards").await.text();
    assert!(boards.contains(OVER) && !boards.contains("黑榜 1 家"));
    for (unit, reasons) in [(0, 1), (2, 0), (3, 0)] {
        let asked = json!({ "unit": county.units[unit] });
        let answer = county.app.call("/fn/public/unit", None, asked).await;
        let shown: UnitPage = answer.json();
        let month = shown.month.expect("a month");
        let unit = month.unit(county.units[unit]).expect("the unit");
        assert_eq!(unit.listed, (reasons > 0).then_some(Listed::Red));
        assert_eq!(unit.merits.len(), reasons);
    }
}

#[tokio::test]
async fn a_file_that_is_made_afterwards_does_not_name_it_and_the_staffs_page_does() {
    let mut county = posted().await;
    let file = format!(
        "/admin/months/{}/{JULY}/export/bulletin.xlsx",
        county.season
    );
    let listed = |answer: &Answer| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.clone())).expect("a workbook");
        let range = book.worksheet_range("红黑榜").expect("the sheet");
        let cells = range.rows().flatten().map(Data::to_string);
        cells.filter(|cell| cell == "竹海乡").count()
    };
    assert_eq!(listed(&county.page(SECOND, &file).await), 1);
    let hash = month(&county).await.check_code;
    county.pass(DAYS + 1).await;
    assert_eq!(listed(&county.page(SECOND, &file).await), 0);
    let desk = county.month_desk(SECOND, JULY).await;
    let unit = desk.month.unit(county.units[3]).expect("the unit");
    assert_eq!(unit.listed, Some(Listed::Black), "for the record");
    assert!(!desk.is_changed, "nothing changed because time went by");
    assert_eq!(month(&county).await.check_code, hash);
}

#[tokio::test]
async fn a_correction_does_not_begin_the_days_anew() {
    let mut county = posted().await;
    county.pass(60).await;
    county
        .import(
            "figures.csv",
            "赛季,月份,指标,单位,完成值,目标值\n2026,2026-07,XM,04,6.5,\n",
        )
        .await;
    county.close_and_post(JULY, "竹海乡补报").await;
    let month = month(&county).await.month;
    assert_eq!((month.edition, month.black_until), (2, Some(day(UNTIL))));
}

#[tokio::test]
async fn a_phone_is_told_until_when_it_may_keep_a_page_that_names_it() {
    let mut county = posted().await;
    let end = day(UNTIL).plus(1).begins().0.to_string();
    let until = |answer: &Answer| {
        let header = answer.headers.get("x-keep-until")?;
        Some(header.to_str().expect("text").to_owned())
    };
    let [month, poster, _] = paths(&county);
    let unit = format!("/units/{}", county.units[3]);
    let other = format!("/units/{}", county.units[0]);
    for path in [&month, &month, &poster, &unit] {
        assert_eq!(
            until(&page(&county, path).await),
            Some(end.clone()),
            "{path}"
        );
    }
    assert_eq!(
        until(&page(&county, "/boards").await),
        None,
        "no name stands there"
    );
    county.pass(DAYS + 1).await;
    for path in [&month, &poster, &unit, &other] {
        assert_eq!(until(&page(&county, path).await), None, "{path}");
    }
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}
