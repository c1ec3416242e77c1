//! The documents of the calendar through the real router (GY-15): from posted months and nothing
//! else, as pages and as Word files, for staff.

use crate::app::Answer;
use crate::ladder::county::{CLERK, County, FIRST, SECOND, done};
use app::backend::{DutySheet, MonthCommand, SheetGroup, SheetUnit};
use app::paths;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use domain::month::cadence::{Output, Span};
use serde_json::json;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

const JULY: &str = "2026-07";
const AUGUST: &str = "2026-08";
const SEPTEMBER: &str = "2026-09";

fn span(from: &str, to: &str) -> Span {
    Span {
        from: from.parse().expect("a day"),
        to: to.parse().expect("a day"),
    }
}

fn two_months() -> (Output, Span) {
    (Output::Speeches, span("2026-07-01", "2026-08-31"))
}

fn quarter() -> (Output, Span) {
    (Output::Hearing, span("2026-07-01", "2026-09-30"))
}

fn year() -> (Output, Span) {
    (Output::Assessment, span("2026-01-01", "2026-12-31"))
}

async fn asked(county: &County, login: &str, (output, span): (Output, Span)) -> Answer {
    let asked = json!({ "season": county.season, "output": output, "span": span });
    county.call(login, "/fn/calendar/sheet", asked).await
}

async fn sheet(county: &County, login: &str, of: (Output, Span)) -> DutySheet {
    let answer = asked(county, login, of).await;
    done(&answer);
    answer.json()
}

async fn page(county: &County, login: &str, (output, span): (Output, Span)) -> String {
    let path = paths::duty_sheet(county.season, output, span);
    let answer = county.page(login, &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.text()
}

/// The text of the Word file.
async fn word(county: &County, login: &str, (output, span): (Output, Span)) -> String {
    let path = paths::duty_sheet_docx(county.season, output, span);
    let answer = county.page(login, &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(
        answer.headers[CACHE_CONTROL]
            .to_str()
            .is_ok_and(|rule| rule.contains("private"))
    );
    assert!(answer.headers.contains_key(CONTENT_DISPOSITION));
    let mut archive = ZipArchive::new(Cursor::new(answer.body)).expect("a zip");
    let mut document = archive.by_name("word/document.xml").expect("a document");
    let mut text = String::new();
    document.read_to_string(&mut text).expect("text");
    text
}

fn only_group(sheet: &DutySheet) -> &SheetGroup {
    let [group] = sheet.groups.as_slice() else {
        panic!("{:?}", sheet.groups);
    };
    group
}

fn unit<'a>(sheet: &'a DutySheet, name: &str) -> &'a SheetUnit {
    let mut units = only_group(sheet).units.iter();
    units.find(|unit| unit.name == name).expect("the unit")
}

fn places(unit: &SheetUnit) -> Vec<Option<u32>> {
    let course = unit.course.iter();
    course
        .map(|place| place.as_ref().and_then(|place| place.rank))
        .collect()
}

/// July in which the third and fourth unit are behind, and August in which the first and second
/// are.
async fn posted() -> County {
    let county = County::new().await;
    county.posted(JULY, ["9", "8", "7", "6"], &[4]).await;
    county.posted(AUGUST, ["6", "7", "8", "9"], &[]).await;
    county
}

#[tokio::test]
async fn whoever_was_behind_in_a_month_answers_and_whoever_held_a_flag_is_the_example() {
    let county = posted().await;
    let sheet = sheet(&county, CLERK, two_months()).await;
    assert_eq!(sheet.rule, "双月表态");
    let behind = |name: &str| -> Vec<bool> {
        let course = unit(&sheet, name).course.iter().flatten();
        course.map(|place| place.is_behind).collect()
    };
    assert_eq!(behind("双河镇"), [true, false]);
    assert_eq!(behind("竹海乡"), [true, false]);
    assert_eq!(behind("石桥乡"), [false, true]);
    // Each flag has one holder at a time.
    let held = |name: &str| -> Vec<usize> {
        let course = unit(&sheet, name).course.iter().flatten();
        course.map(|place| place.flags.len()).collect()
    };
    assert_eq!((held("青禾镇"), held("竹海乡")), (vec![1, 0], vec![0, 1]));
    let weak = &unit(&sheet, "竹海乡").course[0]
        .as_ref()
        .expect("July")
        .weak;
    assert_eq!(weak[0].indicator, "断头路", "it cost forty points");
    assert_eq!(weak[0].completion.as_deref(), Some("11.1"));

    let (page, word) = (
        page(&county, CLERK, two_months()).await,
        word(&county, CLERK, two_months()).await,
    );
    for text in [&page, &word] {
        for words in [
            "表态发言名单",
            "乡镇组：表态发言",
            "乡镇组：典型发言",
            "2026年7月 第 4 名（共 4 家），短板：断头路 11.1%",
            "2026年7月 第 1 名（共 4 家），持红旗",
            "表态内容",
            "签名",
            "2026年7月（第 1 版",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("还没有发布"), "both months are out");
    }
    let calendar = county
        .page(CLERK, &paths::calendar(county.season))
        .await
        .text();
    let (output, span) = two_months();
    assert!(calendar.contains(&paths::duty_sheet(county.season, output, span)));
}

#[tokio::test]
async fn a_sheet_says_what_is_not_posted_and_follows_a_correction() {
    let county = County::new().await;
    let figures = "赛季,月份,指标,单位,完成值,目标值\n2026,2026-07,XM,01,9,\n";
    county.import("figures.csv", figures).await;
    let empty = sheet(&county, CLERK, quarter()).await;
    assert_eq!((empty.months.len(), empty.groups.len()), (0, 0));
    let (said, file) = (
        page(&county, CLERK, quarter()).await,
        word(&county, CLERK, quarter()).await,
    );
    for text in [said, file] {
        assert!(text.contains("一个月也没有发布"), "{text}");
        assert!(text.contains("2026年7月、2026年8月、2026年9月"));
    }

    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    // Entered, and not posted.
    let figures = "赛季,月份,指标,单位,完成值,目标值\n2026,2026-08,XM,01,77,\n";
    county.import("figures.csv", figures).await;
    let one = sheet(&county, CLERK, quarter()).await;
    let months: Vec<_> = one.months.iter().map(|month| month.edition).collect();
    assert_eq!(months, [1]);
    let unposted: Vec<_> = one.unposted.iter().map(ToString::to_string).collect();
    assert_eq!(unposted, [AUGUST, SEPTEMBER]);
    assert_eq!(places(unit(&one, "竹海乡")), [Some(4)]);

    county
        .import(
            "figures.csv",
            "赛季,月份,指标,单位,完成值,目标值\n2026,2026-07,XM,04,99,\n",
        )
        .await;
    let same = sheet(&county, CLERK, quarter()).await;
    assert_eq!(places(unit(&same, "竹海乡")), [Some(4)], "not posted");
    county.close_and_post(JULY, "报错了一家").await;
    let corrected = sheet(&county, CLERK, quarter()).await;
    assert_eq!(corrected.months[0].edition, 2);
    assert_eq!(places(unit(&corrected, "竹海乡")), [Some(1)]);
}

/// A place in another group was won against others, so it is in no mean; what happened there did
/// happen.
#[tokio::test]
async fn a_unit_that_changed_its_group_is_averaged_over_its_months_there() {
    let county = County::new().await;
    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    let moved = "赛季,组别,单位\n2026,园区组,01\n2026,园区组,04\n";
    county.import("groups.csv", moved).await;
    county.posted(AUGUST, ["6", "7", "8", "9"], &[]).await;
    let sheet = sheet(&county, CLERK, year()).await;
    let of = |name: &str| -> Vec<(Vec<Option<u32>>, Option<String>)> {
        let group = sheet.groups.iter().find(|group| group.name == name);
        let units = group.expect("the group").units.iter();
        units
            .map(|unit| (places(unit), unit.mean_rank.clone()))
            .collect()
    };
    let mean = |text: &str| Some(text.to_owned());
    assert_eq!(
        of("园区组"),
        [
            (vec![Some(4), Some(1)], mean("1.00")),
            (vec![Some(1), Some(2)], mean("2.00")),
        ]
    );
    assert_eq!(
        of("乡镇组"),
        [
            (vec![Some(3), Some(1)], mean("2.00")),
            (vec![Some(2), Some(2)], mean("2.00")),
        ]
    );
}

#[tokio::test]
async fn talks_stand_on_the_sheet_of_who_may_read_them_alone() {
    let county = County::new().await;
    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    county.posted(AUGUST, ["9", "8", "7", "6"], &[]).await;
    let slip = county.matter(AUGUST, 4, "提醒单");
    county.issue(FIRST, slip).await;
    let talk = county.matter(AUGUST, 4, "约谈");
    county.issue(SECOND, talk).await;
    let rules = |sheet: &DutySheet| -> Vec<String> {
        let slips = unit(sheet, "竹海乡").slips.iter();
        let mut rules: Vec<_> = slips.map(|slip| slip.matter.rule.clone()).collect();
        rules.sort();
        rules
    };
    let (clerks, seconds) = (
        sheet(&county, CLERK, year()).await,
        sheet(&county, SECOND, year()).await,
    );
    assert_eq!(rules(&clerks), ["提醒单"]);
    assert_eq!(rules(&seconds), ["提醒单", "约谈"]);
    assert!(!clerks.reads_talks && seconds.reads_talks);
    for of in [quarter(), year(), two_months()] {
        let (page, word) = (
            page(&county, CLERK, of).await,
            word(&county, CLERK, of).await,
        );
        assert!(!page.contains("约谈"), "{page}");
        assert!(!word.contains("约谈"), "{word}");
    }
    // A hearing's paper lies before a whole group.
    let hearing = sheet(&county, SECOND, quarter()).await;
    assert_eq!(rules(&hearing), ["提醒单"]);
    let page = page(&county, SECOND, quarter()).await;
    assert!(
        page.contains("提醒单〔2026〕1号") && !page.contains("约谈"),
        "{page}"
    );
    // Of the sheet's months alone.
    let july = sheet(&county, CLERK, two_months()).await;
    assert!(unit(&july, "青禾镇").slips.is_empty());
}

#[tokio::test]
async fn an_assessment_counts_what_the_units_page_counts_and_shows_each_month() {
    let county = posted().await;
    let record = |unit: usize, points: &str| MonthCommand::Record {
        unit: county.units[unit - 1],
        points: points.to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "值守到岗".to_owned(),
        day: "2026-09-12".to_owned(),
    };
    done(&county.month(FIRST, SEPTEMBER, record(1, "2")).await);
    done(&county.month(FIRST, SEPTEMBER, record(4, "-1.5")).await);
    for merit in county.month_desk(SECOND, SEPTEMBER).await.merits {
        let confirm = MonthCommand::Confirm { merit: merit.id };
        done(&county.month(SECOND, SEPTEMBER, confirm).await);
    }
    county.posted(SEPTEMBER, ["9", "8", "7", "6"], &[]).await;
    let sheet = sheet(&county, CLERK, year()).await;
    let outside: Vec<_> = sheet.outside.iter().map(ToString::to_string).collect();
    assert_eq!(outside.first().map(String::as_str), Some("2026-01"));
    assert_eq!((outside.len(), sheet.unposted.len()), (6, 3));
    let first = unit(&sheet, "青禾镇");
    assert_eq!(places(first), [Some(1), Some(4), Some(1)]);
    assert_eq!((first.tally.firsts, first.tally.red), (2, 1));
    assert_eq!(first.tally.merit, "2");
    assert_eq!(first.mean_rank.as_deref(), Some("2.00"));
    // Each is the mean of what was posted.
    let scores = first.course.iter().flatten();
    let scores: Vec<f64> = scores
        .map(|place| {
            place
                .score
                .as_deref()
                .expect("a score")
                .parse()
                .expect("a number")
        })
        .collect();
    let mean: f64 = first
        .mean_score
        .as_deref()
        .expect("a mean")
        .parse()
        .expect("a number");
    assert!(
        (scores.iter().sum::<f64>() / 3.0 - mean).abs() < 0.006,
        "{scores:?} {mean}"
    );
    assert_eq!(first.place, Some(1));

    let page = page(&county, CLERK, year()).await;
    let word = word(&county, CLERK, year()).await;
    for text in [&page, &word] {
        for words in [
            "乡镇组：汇总（4 家）",
            "乡镇组：逐月",
            "红旗 2 个月",
            "+2",
            "黑榜",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
    let month = paths::month_desk(county.season, SEPTEMBER.parse().expect("a month"));
    assert!(
        page.contains(&month),
        "each month leads to where it was made"
    );
}

/// 90 days after its posting the black list of September is over.
#[tokio::test]
async fn a_black_list_that_came_down_is_not_on_the_sheet() {
    let mut county = County::new().await;
    let record = MonthCommand::Record {
        unit: county.units[3],
        points: "-1.5".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "无人值守".to_owned(),
        day: "2026-09-12".to_owned(),
    };
    done(&county.month(FIRST, SEPTEMBER, record).await);
    for merit in county.month_desk(SECOND, SEPTEMBER).await.merits {
        let confirm = MonthCommand::Confirm { merit: merit.id };
        done(&county.month(SECOND, SEPTEMBER, confirm).await);
    }
    county.posted(SEPTEMBER, ["9", "8", "7", "6"], &[]).await;
    let listed = |sheet: &DutySheet| {
        let place = unit(sheet, "竹海乡").course[0].clone();
        place.expect("September").listed.is_some()
    };
    assert!(listed(&sheet(&county, CLERK, year()).await));
    county.pass(91).await;
    let later = sheet(&county, CLERK, year()).await;
    assert!(!listed(&later) && later.months[0].is_black_over);
    let page = page(&county, CLERK, year()).await;
    assert!(
        page.contains("黑榜已到期撤下，不再列出：2026年9月"),
        "{page}"
    );
}

#[tokio::test]
async fn only_staff_are_handed_a_sheet_and_only_of_duties_that_the_charter_asks_for() {
    let county = posted().await;
    for (output, span) in [
        (Output::Posting, span("2026-07-01", "2026-07-31")),
        (Output::Hearing, span("2026-07-01", "2026-08-31")),
        (Output::Assessment, span("2026-07-01", "2026-07-31")),
        (Output::Speeches, span("2026-07-01", "2026-09-30")),
    ] {
        let answer = asked(&county, CLERK, (output, span)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{output:?}");
        let file = paths::duty_sheet_docx(county.season, output, span);
        let answer = county.page(CLERK, &file).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{file}");
    }
    let (output, span) = two_months();
    for path in [
        paths::duty_sheet(county.season, output, span),
        paths::duty_sheet_docx(county.season, output, span),
    ] {
        let answer = county.app.get(&path, None).await;
        assert!(!answer.text().contains("竹海乡"), "{path}");
        assert_ne!(answer.status, StatusCode::OK, "{path}");
    }
}
