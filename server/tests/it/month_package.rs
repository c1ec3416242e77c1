//! P12's month as a whole (scenario 11): sixteen indicators, twelve of every month and four of a
//! quarter, a bonus behind gates, the days of the month, and the package of files that goes out of
//! one frozen result.

use crate::app::TestApp;
use crate::month::{County, close};
use crate::publication::{FILES, Office, row, sheet, sheets};
use app::backend::{CalendarPage, CalendarRow, DutyDone, MeritState, MonthCommand, SeasonBegin};
use axum::http::StatusCode;
use domain::ids::Millis;
use domain::month::cadence::DutyState;
use domain::month::charter::FlagRule;
use domain::month::preset::SeasonPreset;
use domain::month::{Day, Period, SeasonCharter};
use serde_json::{Value, json};
use server::clock::Clock as _;
use server::demo::story::Story;
use server::service::month::{rules, season};
use std::collections::BTreeMap;
use sync::posted_month::PostedUnit;

const SEASON: &str = "2026";
const UNITS: &str = "编码,名称,层级,上级\n01,青禾镇,乡镇,\n02,石桥乡,乡镇,\n03,双河镇,乡镇,\n\
                     04,竹海乡,乡镇,\n05,云台镇,乡镇,\n";
const GROUPS: &str = "赛季,组别,单位\n2026,乡镇组,01\n2026,乡镇组,02\n2026,乡镇组,03\n\
                      2026,乡镇组,04\n2026,乡镇组,05\n";
const PAIRS: &str = "赛季,单位,对手\n2026,01,02\n2026,03,04\n";

/// Twelve of 69 points every month, four of 31 a quarter; GDP is 4 by the target and 6 by the
/// place. Ten of them are for the newspaper.
const INDICATORS: &str = "\
赛季,编码,名称,计量单位,权重,方向,计分,步长,目标占比,频次,门槛,公开
2026,M01,规上工业增加值增速,%,6,高,争先进位法,5%,,月,否,是
2026,M02,固定资产投资增速,%,6,高,争先进位法,5%,,月,否,是
2026,M03,工业投资增速,%,6,高,争先进位法,5%,,月,否,是
2026,M04,社会消费品零售总额增速,%,6,高,争先进位法,5%,,月,否,是
2026,M05,一般公共预算收入增速,%,6,高,争先进位法,5%,,月,否,是
2026,M06,税收占比,%,6,高,目标完成法,,,月,否,是
2026,M07,新增规上工业企业,户,6,高,目标完成法,,,月,否,否
2026,M08,招商到位资金,亿元,6,高,目标完成法,,,月,否,否
2026,M09,实际使用外资,万美元,6,高,目标完成法,,,月,否,否
2026,M10,外贸进出口,亿元,5,高,争先进位法,5%,,月,否,是
2026,M11,工业用电量增速,%,5,高,争先进位法,5%,,月,否,否
2026,M12,生产安全事故,起,5,低,目标完成法,,,月,是,否
2026,Q01,地区生产总值增速,%,10,高,混合,5%,40%,季,否,是
2026,Q02,城镇居民收入增速,%,7,高,争先进位法,5%,,季,否,是
2026,Q03,农村居民收入增速,%,7,高,争先进位法,5%,,季,否,是
2026,Q04,单位产值能耗,吨标准煤,7,低,目标完成法,,,季,是,否
";

/// Of each indicator the target of every unit, or none, and the values of the five.
const FIGURES: [(&str, &str, [&str; 5]); 16] = [
    ("M01", "", ["9.1", "8.4", "7.7", "6", "5.2"]),
    ("M02", "", ["11", "12.5", "10.1", "9", "8.8"]),
    ("M03", "", ["15.2", "13", "14.1", "12.2", "10"]),
    ("M04", "", ["7.9", "7.5", "6.8", "6.8", "6.1"]),
    ("M05", "", ["6", "9.3", "5.5", "5.1", "4"]),
    ("M06", "70", ["71", "70", "75", "70.5", "69.9"]),
    ("M07", "3", ["3", "4", "3", "5", "2"]),
    ("M08", "2", ["2.5", "1.9", "1.5", "1", "0.4"]),
    ("M09", "100", ["100", "120", "100", "110", "105"]),
    ("M10", "", ["20", "8", "12", "15", "4"]),
    ("M11", "", ["6.6", "5.8", "5.1", "4.9", "4.2"]),
    ("M12", "2", ["1", "2", "0", "3", "1"]),
    ("Q01", "6", ["6.9", "6.5", "6.2", "5.8", "5.1"]),
    ("Q02", "", ["6.2", "5", "5.9", "5.6", "5.3"]),
    ("Q03", "", ["7", "7.4", "6.6", "6.5", "6.1"]),
    ("Q04", "3", ["3.1", "3", "2.8", "2.9", "2.5"]),
];

/// The five by their places: points of the figures, bonus, records, and the score.
const STANDING: [(&str, &str, &str, &str, &str); 5] = [
    // The first one misses a gate, the energy of Q04, and so the 0.5.
    ("青禾镇", "92.05", "0.00", "0.00", "92.05"),
    ("石桥乡", "90.10", "0.30", "1.50", "91.90"),
    ("双河镇", "88.65", "0.10", "0.00", "88.75"),
    ("竹海乡", "77.15", "0.00", "0.00", "77.15"),
    ("云台镇", "66.35", "0.00", "-1.00", "65.35"),
];

/// 石桥乡, by hand: its places are 2, 1, 3, 2, 1 of six points each (28.8), three of four targets
/// (18), places 4 and 2 of five points each and the accidents (14), GDP with 4 for the target and
/// 5.7 for the second place, places 5 and 1 of seven points each and the energy (29.3).
const SECOND: [&str; 16] = [
    "5.70", "6.00", "5.40", "5.70", "6.00", "6.00", "6.00", "0.00", "6.00", "4.25", "4.75", "5.00",
    "9.70", "5.60", "7.00", "7.00",
];

fn period(text: &str) -> Period {
    text.parse().expect("a month")
}

fn march() -> Period {
    period("2026-03")
}

/// Nine in the morning of a day.
fn morning(day: &str) -> Millis {
    let day: Day = day.parse().expect("a day");
    Millis(day.begins().0 + 9 * 60 * 60 * 1_000)
}

fn figures(month: &str) -> String {
    let mut text = "赛季,月份,指标,单位,完成值,目标值\n".to_owned();
    for (code, target, values) in FIGURES {
        if month != "2026-03" && code.starts_with('Q') {
            continue;
        }
        for (unit, value) in (1..).zip(values) {
            text += &format!("{SEASON},{month},{code},0{unit},{value},{target}\n");
        }
    }
    text
}

/// A season by P12's preset.
async fn county(story: Story) -> County {
    let begin = SeasonBegin::Preset(SeasonPreset::Assessment);
    let opened = season::open(&story.store, &story.act(), SEASON, begin, None, None).await;
    opened.expect("a season");
    let files = [
        ("units.csv", UNITS),
        ("groups.csv", GROUPS),
        ("pairs.csv", PAIRS),
        ("indicators.csv", INDICATORS),
    ];
    County::with(story, &files).await
}

/// It is this day: for who works on the month, and once it comes to that, for the server.
fn on(office: &Office, day: &str) {
    let now = morning(day);
    let app = &office.app;
    app.clock.advance(now.0.saturating_sub(app.now().0));
    office.county.story.clock.set(now);
}

async fn record(county: &County, unit: usize, points: &str, reason: &str) {
    let record = MonthCommand::Record {
        unit: county.units[unit],
        points: points.to_owned(),
        dimension: "责任落实".to_owned(),
        reason: reason.to_owned(),
        day: "2026-03-12".to_owned(),
    };
    county.own_in(march(), record).await.expect("a record");
}

/// Confirms what waits of March, by the second account.
async fn confirm(county: &County) {
    let merits = county.desk_of(march(), county.second).await.merits;
    for merit in merits
        .iter()
        .filter(|one| one.state == MeritState::Recorded)
    {
        let confirm = MonthCommand::Confirm { merit: merit.id };
        let said = county.say_of(march(), &county.second(), confirm).await;
        said.expect("confirmed");
    }
}

/// March with its figures of the 18th, looked through on the 20th, closed and posted on the 25th.
async fn posted() -> Office {
    let app = TestApp::start().await;
    // The organiser signs in on the last day; a session does not last the whole week.
    app.clock.jump_back(app.now().0 - morning("2026-04-25").0);
    let office = Office::of(app, county).await;
    let county = &office.county;
    on(&office, "2026-04-18");
    let missing = |month: &'static str| county.desk_of(period(month), county.second);
    assert_eq!(missing("2026-02").await.missing.len(), 12, "of every month");
    assert_eq!(missing("2026-03").await.missing.len(), 16, "a quarter ends");
    county.import("figures.csv", &figures("2026-03")).await;
    assert_eq!(missing("2026-03").await.missing, []);
    on(&office, "2026-04-20");
    record(county, 1, "2", "重大项目提前开工").await;
    record(county, 1, "-0.5", "月报晚报一天").await;
    record(county, 4, "-1", "两起投诉没有办结").await;
    confirm(county).await;
    on(&office, "2026-04-25");
    county.own_in(march(), close("")).await.expect("closed");
    county.post_in(march()).await;
    office
}

fn parts(unit: &PostedUnit) -> (&str, &str, &str, &str, &str) {
    let text = |points: &Option<String>| points.clone().unwrap_or_default();
    let (figures, score) = (text(&unit.figures), text(&unit.score));
    let of = STANDING.iter().find(|one| one.0 == unit.name);
    let expected = *of.expect("one of the five");
    let found = (&*unit.name, &*figures, &*unit.bonus, &*unit.merit, &*score);
    assert_eq!(found, expected);
    expected
}

#[tokio::test]
async fn sixteen_indicators_add_up_to_a_hundred_and_each_score_to_its_parts() {
    let office = posted().await;
    let county = &office.county;
    let month = county.desk_of(march(), county.second).await.month;
    let weights = |of: char| {
        let of = month
            .indicators
            .iter()
            .filter(|one| one.code.starts_with(of));
        let of = of.map(|one| one.weight.parse::<u32>().expect("whole points"));
        of.sum::<u32>()
    };
    assert_eq!((weights('M'), weights('Q')), (69, 31));
    let units = &month.groups[0].units;
    assert!(units.iter().map(parts).eq(STANDING));
    let ranks: Vec<_> = units.iter().map(|unit| unit.rank).collect();
    assert_eq!(ranks, [1, 2, 3, 4, 5].map(Some));
    let points = units[1].cells.iter().map(|cell| cell.points.as_deref());
    assert!(points.eq(SECOND.map(Some)), "{:?}", units[1].cells);

    // The same numbers stand in the bulletin, and ten of the indicators in the newspaper's table.
    let bytes = office.get(&path(&office, "bulletin.xlsx")).await.body;
    let bulletin = sheets(&bytes);
    let second = row(sheet(&bulletin, "乡镇组"), "石桥乡");
    assert_eq!(
        second[..7],
        ["2", "石桥乡", "", "91.9", "90.1", "0.3", "1.5"]
    );
    let press = office.get(&path(&office, "press.xlsx")).await.body;
    let press = sheets(&press);
    let names = press[0].1.iter().flatten().filter(|cell| {
        let mut lines = INDICATORS.lines();
        lines.any(|line| line.split(',').nth(2) == Some(cell.split('（').next().unwrap_or("")))
    });
    assert_eq!(names.count(), 10);
}

/// P12: looked through by the 20th, out by the 25th, which is the last day in time.
#[tokio::test]
async fn the_25th_is_in_time_for_the_month_before() {
    let office = posted().await;
    let asked = json!({ "season": office.county.season });
    let cookie = Some(office.cookie());
    let answer = office.app.call("/fn/calendar/page", cookie, asked).await;
    let page: CalendarPage = answer.json();
    let of_march = |rule: &str| -> CalendarRow {
        let mut rows = page.rows.iter().filter(|row| row.rule == rule);
        let found = rows.find(|row| row.span.from.to_string() == "2026-03-01");
        found.expect("a duty").clone()
    };
    let posting = of_march("月公示");
    assert_eq!(posting.window.to.to_string(), "2026-04-25");
    assert_eq!(posting.state, DutyState::Done);
    let at = morning("2026-04-25");
    assert_eq!(posting.done, Some(DutyDone::Posted { at }));
    assert_eq!(of_march("统计审核").window.to.to_string(), "2026-04-20");
}

fn path(office: &Office, file: &str) -> String {
    format!(
        "/admin/months/{}/2026-03/export/{file}",
        office.county.season
    )
}

/// Everything that can be had of the month, by its address: files and pages for staff, pages and
/// pictures for everybody, and the answers that pages are built from. An answer's nonce, which is
/// of the answer and not of the page, is taken out.
async fn package(office: &Office) -> BTreeMap<String, Vec<u8>> {
    let County { season, units, .. } = &office.county;
    let desk = office.county.desk_of(march(), office.county.second).await;
    assert_eq!(desk.files, FILES);
    let month = format!("/months/{season}/2026-03");
    let of_staff = desk.files.iter().map(|file| path(office, file));
    let of_staff = of_staff.chain([format!("/admin{month}/print")]);
    let pages = [
        "",
        "?edition=1",
        "/poster?paper=a3",
        "/poster?paper=a1",
        "/flags",
    ];
    let of_all = pages.map(|page| format!("{month}{page}")).into_iter();
    let of_all = of_all.chain([format!("/screen{month}"), format!("{month}/picture.svg")]);
    let of_all = of_all.chain(
        units
            .iter()
            .map(|unit| format!("/units/{unit}/picture.svg")),
    );
    let mut package = BTreeMap::new();
    for path in of_staff {
        let answer = office.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        package.insert(path, answer);
    }
    for path in of_all {
        let answer = office.app.get(&path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        package.insert(path, answer);
    }
    let asked: Value = json!({ "season": season, "period": march() });
    for name in [
        "public/month",
        "public/month-poster",
        "public/month-flags",
        "month/bulletin",
    ] {
        let cookie = Some(office.cookie()).filter(|_| name.starts_with("month"));
        let answer = office
            .app
            .call(&format!("/fn/{name}"), cookie, asked.clone())
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.text());
        package.insert(name.to_owned(), answer);
    }
    let bytes = |(path, answer): (String, crate::app::Answer)| {
        let page = answer.text();
        let nonce = page
            .split_once("nonce=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let nonce = nonce.map(|(nonce, _)| nonce.to_owned());
        let body = nonce.map(|nonce| page.replace(&nonce, "").into_bytes());
        (path, body.unwrap_or(answer.body))
    };
    package.into_iter().map(bytes).collect()
}

#[track_caller]
fn assert_same(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>, when: &str) {
    assert!(before.keys().eq(after.keys()), "{when}");
    for (path, bytes) in before {
        let found = &after[path];
        let (was, is) = (
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(found),
        );
        let at = was
            .chars()
            .zip(is.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let near = |text: &str| {
            text.chars()
                .skip(at.saturating_sub(80))
                .take(200)
                .collect::<String>()
        };
        assert!(
            found == bytes,
            "{path} {when}:\n{}\n{}",
            near(&was),
            near(&is)
        );
    }
}

/// The charter becomes another one: no flags, no ladder, no bonus, another title, other places.
async fn change_charter(county: &County) {
    let store = &county.story.store;
    let text = rules::written(store, SEASON).await.expect("a charter");
    let charter: SeasonCharter = serde_json::from_str(&text).expect("a charter");
    let charter = SeasonCharter {
        title: "新办法".to_owned(),
        places: 1,
        flags: Vec::<FlagRule>::new(),
        ladder: Vec::new(),
        top_bonus: Vec::new(),
        ..charter
    };
    let text = serde_json::to_string(&charter).expect("JSON");
    let now = county.story.clock.wall();
    let version = rules::set(store, (SEASON, &text), now).await;
    assert_eq!(version.expect("a charter"), 2);
}

/// A record is struck out by who had confirmed it.
async fn strike(county: &County) {
    let merits = county.desk_of(march(), county.second).await.merits;
    let good = merits.iter().find(|one| one.reason == "重大项目提前开工");
    let strike = MonthCommand::Strike {
        merit: good.expect("the record").id,
        reason: "与另一条重复".to_owned(),
    };
    let said = county.say_of(march(), &county.second(), strike).await;
    said.expect("struck out");
}

/// Every input of the month, one after the other.
async fn change_everything(office: &Office, before: &BTreeMap<String, Vec<u8>>) {
    let county = &office.county;
    let head = "赛季,月份,指标,单位,完成值\n";
    county
        .import("figures.csv", &format!("{head}2026,2026-03,M01,05,99\n"))
        .await;
    assert_same(before, &package(office).await, "after a figure's revision");
    strike(county).await;
    assert_same(
        before,
        &package(office).await,
        "after a record was struck out",
    );
    let renamed = "编码,名称,层级,上级\n02,石桥街道,乡镇,\n";
    county.import("units.csv", renamed).await;
    assert_same(before, &package(office).await, "after a unit's new name");
    county
        .import(
            "pairs.csv",
            "赛季,单位,对手,移除\n2026,01,02,是\n2026,03,04,是\n",
        )
        .await;
    county
        .import(
            "groups.csv",
            "赛季,组别,单位\n2026,街道组,02\n2026,街道组,04\n",
        )
        .await;
    assert_same(
        before,
        &package(office).await,
        "after units changed their group",
    );
    let other = INDICATORS.replace("规上工业增加值增速,%,6,高", "工业增加值,亿元,60,低");
    let other = other.replace("是\n", "否\n");
    county.import("indicators.csv", &other).await;
    assert_same(before, &package(office).await, "after other indicators");
    change_charter(county).await;
    assert_same(before, &package(office).await, "after another charter");
}

#[tokio::test]
async fn scenario_11_the_package_of_sixteen_indicators_is_what_was_posted_on_the_25th() {
    let office = posted().await;
    let county = &office.county;
    let before = package(&office).await;
    on(&office, "2026-04-26");
    assert_same(&before, &package(&office).await, "a day later");
    change_everything(&office, &before).await;
    // All of it waits for a correction, and nothing of that is to be seen either.
    county
        .own_in(march(), close(""))
        .await
        .expect("closed again");
    assert_same(&before, &package(&office).await, "while a correction waits");
}

/// The correction has files of its own; those of the first edition can be had as they were.
#[tokio::test]
async fn the_files_of_the_first_edition_outlive_its_correction() {
    let office = posted().await;
    let county = &office.county;
    let first = async |file: &'static str| {
        let path = format!("{}?edition=1", path(&office, file));
        (file, office.get(&path).await.body)
    };
    let mut before = Vec::new();
    for file in FILES {
        before.push(first(file).await);
    }
    on(&office, "2026-04-26");
    strike(county).await;
    county
        .own_in(march(), close(""))
        .await
        .expect("closed again");
    let post = MonthCommand::Post {
        code: county.desk_of(march(), county.second).await.close_code,
        reason: "一条加分重复".to_owned(),
        despite: String::new(),
    };
    let said = county.say_of(march(), &county.second(), post).await;
    said.expect("posted");
    for (file, bytes) in before {
        assert_eq!(first(file).await, (file, bytes.clone()));
        let newest = office.get(&path(&office, file)).await.body;
        assert_ne!(newest, bytes, "{file}");
    }
    let month = county.desk_of(march(), county.second).await.month;
    let second = &month.groups[0].units[1];
    // 90.1 and 0.3, less the half that stays on record.
    assert_eq!(second.score.as_deref(), Some("89.90"));
}
