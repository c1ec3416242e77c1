//! What is made from a posted month: files for staff and pages for everybody, of one frozen edition
//! and nothing else.

use crate::app::{Answer, TestApp, request};
use crate::kit::{story_as, stranger};
use crate::month::{County, close, july};
use crate::month_groups::filled;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, COOKIE};
use axum::http::{Method, StatusCode};
use calamine::{Data, Reader as _, Xlsx};
use server::demo::story::Story;
use server::service::month::flags;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

pub const FILES: [&str; 4] = ["bulletin.xlsx", "bulletin.docx", "press.xlsx", "flags.docx"];

/// A server with a county in it whose July is posted, and an organiser's browser.
pub struct Office {
    pub app: TestApp,
    pub county: County,
    cookie: String,
}

impl Office {
    pub async fn open() -> Self {
        Self::of(TestApp::start().await, County::over).await
    }

    /// The office of a county that is made over this server.
    pub async fn of(app: TestApp, county: impl AsyncFnOnce(Story) -> County) -> Self {
        let (account, printed) = app.organiser().await;
        let cookie = app.desk_cookie(&printed).await;
        let county = county(story_as(app.state.store.clone(), account)).await;
        Self {
            app,
            county,
            cookie,
        }
    }

    /// With July posted: the units as good as they stand in the roster, the first one praised, the
    /// last one with a deduction.
    pub async fn posted() -> Self {
        let office = Self::open().await;
        let county = &office.county;
        county.figures(["9", "8", "7", "6"]).await;
        county.record(0, "2").await;
        county.record(3, "-1.5").await;
        county.confirm_all().await;
        office.post("").await;
        office
    }

    pub async fn post(&self, reason: &str) {
        self.county.own(close("")).await.expect("closed");
        let posted = self.county.post(&self.county.second(), reason).await;
        posted.expect("posted");
    }

    /// Of the organiser's browser.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    fn path(&self, file: &str) -> String {
        format!("/admin/months/{}/2026-07/export/{file}", self.county.season)
    }

    /// As the organiser.
    pub async fn get(&self, path: &str) -> Answer {
        let mut get = request(Method::GET, path, None, Body::empty());
        let cookie = self.cookie.parse().expect("a cookie");
        get.headers_mut().insert(COOKIE, cookie);
        self.app.send(get).await
    }

    async fn file(&self, file: &str) -> Vec<u8> {
        let answer = self.get(&self.path(file)).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}: {}", answer.text());
        answer.body
    }

    pub async fn check_code(&self) -> String {
        self.county.page(july()).await.check_code
    }
}

/// The cells of a workbook, by the names of its sheets.
pub fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let cell = |cell: &Data| match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).expect("a sheet");
        let rows = range.rows().map(|row| row.iter().map(cell).collect());
        (name, rows.collect())
    };
    names.into_iter().map(sheet).collect()
}

#[track_caller]
pub fn sheet<'a>(sheets: &'a [(String, Vec<Vec<String>>)], name: &str) -> &'a [Vec<String>] {
    let found = sheets.iter().find(|(each, _)| each == name);
    &found.unwrap_or_else(|| panic!("no sheet {name}")).1
}

/// The row that has this in one of its cells, from there on.
#[track_caller]
pub fn row<'a>(rows: &'a [Vec<String>], cell: &str) -> Vec<&'a str> {
    let found = rows.iter().find(|row| row.iter().any(|each| each == cell));
    let row = found.unwrap_or_else(|| panic!("no row with {cell}: {rows:?}"));
    row.iter().map(String::as_str).collect()
}

/// A part of a zip.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    let mut part = archive.by_name(name).expect("the part");
    part.read_to_string(&mut text).expect("UTF-8");
    text
}

#[tokio::test]
async fn files_of_a_month_are_for_staff_and_there_once_it_is_posted() {
    let office = Office::open().await;
    for file in FILES {
        let early = office.get(&office.path(file)).await;
        assert_eq!(early.status, StatusCode::NOT_FOUND, "{file}");
    }
    office.county.figures(["9", "8", "7", "6"]).await;
    office.post("").await;
    for file in FILES {
        let stranger = office.app.get(&office.path(file), None).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{file}");
        office.file(file).await;
    }
    let unknown = office.get(&office.path("bulletin.pdf")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

/// WZ-13: one matrix of unit and indicator with value, completion, place and movement.
#[tokio::test]
async fn the_bulletin_holds_every_figure_the_lists_and_the_pairs() {
    let office = Office::posted().await;
    let bytes = office.file("bulletin.xlsx").await;
    let sheets = sheets(&bytes);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["乡镇组", "红黑榜", "对子", "流动旗", "指标"]);

    let group = sheet(&sheets, "乡镇组");
    assert_eq!(group[0][0], "测试县2026年7月通报");
    let heads: Vec<&str> = group[2].iter().map(String::as_str).collect();
    assert_eq!(heads[..4], ["名次", "单位", "升降", "得分"]);
    assert_eq!(heads[7..], ["项目（亿元）", "", "", "", "内部", "", "", ""]);
    assert_eq!(group[3][7..11], ["完成值", "完成率（%）", "名次", "升降"]);
    // 100 of the indicators and 2 of the record; no target, so no completion.
    let first = row(group, "青禾镇");
    assert_eq!(first[..7], ["1", "青禾镇", "", "102", "100", "0", "2"]);
    // Nothing was posted before, so nothing moved.
    assert_eq!(first[7..], ["9", "", "1", "", "9", "", "1", ""]);

    let lists = sheet(&sheets, "红黑榜");
    assert_eq!(row(lists, "红榜")[1..4], ["青禾镇", "乡镇组", "2"]);
    assert_eq!(
        row(lists, "黑榜")[1..],
        [
            "竹海乡",
            "乡镇组",
            "-1.5",
            "2026-07-12",
            "责任落实",
            "-1.5",
            "值守到岗"
        ]
    );
    let pairs = sheet(&sheets, "对子");
    assert_eq!(
        row(pairs, "青禾镇"),
        ["青禾镇", "102", "石桥乡", "95", "胜", "1", "0", "0"]
    );
    assert_eq!(row(sheet(&sheets, "指标"), "内部")[5], "否");
}

#[tokio::test]
async fn a_bulletin_keeps_its_heads_in_sight() {
    let office = Office::posted().await;
    let bytes = office.file("bulletin.xlsx").await;
    let page = part(&bytes, "xl/worksheets/sheet1.xml");
    let pane = r#"<pane xSplit="2" ySplit="4" topLeftCell="C5""#;
    assert!(page.contains(pane), "{page}");
    assert!(page.contains(r#"orientation="landscape""#), "{page}");
}

/// WZ-13: how each unit moved by each indicator, against the month that was posted before.
#[tokio::test]
async fn the_bulletin_tells_how_a_unit_moved_by_each_indicator() {
    let office = Office::posted().await;
    let county = &office.county;
    county.story.clock.pass(60);
    // August is not posted, so September is held against July.
    county.figures_of("2026-08", ["6", "7", "8", "9"]).await;
    county.figures_of("2026-09", ["7", "9", "8", "6"]).await;
    let september = "2026-09".parse().expect("a month");
    county.own_in(september, close("")).await.expect("closed");
    county.post_in(september).await;
    let path = |file: &str| office.path(file).replace("2026-07", "2026-09");

    let book = office.get(&path("bulletin.xlsx")).await.body;
    let sheets = sheets(&book);
    let group = sheet(&sheets, "乡镇组");
    for (unit, rank, moved) in [
        ("青禾镇", "3", "▼2"),
        ("石桥乡", "1", "▲1"),
        ("双河镇", "2", "▲1"),
        ("竹海乡", "4", "—"),
    ] {
        let row = row(group, unit);
        assert_eq!((row[9], row[10]), (rank, moved), "{unit} by 项目");
        assert_eq!((row[13], row[14]), (rank, moved), "{unit} by 内部");
    }
    let document = part(
        &office.get(&path("bulletin.docx")).await.body,
        "word/document.xml",
    );
    assert!(document.contains("第 3　▼2"), "{document}");
    let printed = format!("/admin/months/{}/2026-09/print", county.season);
    let printed = office.get(&printed).await.text();
    assert!(
        printed.contains("▼2") && printed.contains("▲1"),
        "{printed}"
    );
    let press = office.get(&path("press.xlsx")).await.body;
    assert!(!part(&press, "xl/sharedStrings.xml").contains('▼'));
}

/// WZ-14: only the indicators that are flagged.
#[tokio::test]
async fn the_press_table_holds_public_indicators_and_nothing_else() {
    let office = Office::posted().await;
    let bytes = office.file("press.xlsx").await;
    let sheets = sheets(&bytes);
    let [(name, rows)] = sheets.as_slice() else {
        panic!("{} sheets", sheets.len());
    };
    assert_eq!(
        (name.as_str(), rows[0][0].as_str()),
        ("见报指标", "测试县2026年7月主要指标")
    );
    let first = row(rows, "青禾镇");
    assert_eq!(first, ["乡镇组", "青禾镇", "9", "", "1"]);
    let text = part(&bytes, "xl/sharedStrings.xml");
    for hidden in ["内部", "值守到岗", "得分", "提醒单"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn without_a_public_indicator_there_is_no_press_table() {
    let office = Office::open().await;
    let hidden = "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开\n\
                  2026,XM,项目,亿元,60,高,位次,0.05,月,否,否\n";
    office.county.import("indicators.csv", hidden).await;
    office.county.figures(["9", "8", "7", "6"]).await;
    office.post("").await;
    let answer = office.get(&office.path("press.xlsx")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

/// What is offered is what the posted edition has, not what a correction would have.
#[tokio::test]
async fn a_file_is_offered_when_the_posted_edition_has_it() {
    let office = Office::open().await;
    let county = &office.county;
    assert_eq!(county.desk(county.second).await.files, [""; 0]);
    let incomplete = close("数据没有来");
    county.own(incomplete).await.expect("closed");
    county.post(&county.second(), "").await.expect("posted");
    for is_computed in [false, true] {
        let desk = county.desk(county.second).await;
        assert_eq!(desk.is_changed, is_computed);
        assert_eq!(desk.files, FILES[..3], "no unit has a flag");
        let answer = office.get(&office.path("flags.docx")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let month = format!("/admin/months/{}/2026-07", county.season);
        let page = office.get(&month).await.text();
        assert!(page.contains("export/press.xlsx") && !page.contains("flags.docx"));
        county.figures(["9", "8", "7", "6"]).await;
    }
    office.post("补报").await;
    assert_eq!(county.desk(county.second).await.files, FILES);
    office.file("flags.docx").await;
}

#[tokio::test]
async fn every_file_names_the_county_the_month_the_edition_and_the_check_code() {
    let office = Office::posted().await;
    let first_code = office.check_code().await;
    office.county.figures(["9", "8", "7", "7.5"]).await;
    office.post("竹海乡补报").await;
    let code = office.check_code().await;
    assert_ne!(code, first_code);
    for file in FILES {
        let answer = office.get(&office.path(file)).await;
        let (kind, text) = match file.split_once('.').expect("a dot") {
            (_, "docx") => ("docx", part(&answer.body, "word/document.xml")),
            _ => ("xlsx", part(&answer.body, "xl/sharedStrings.xml")),
        };
        for word in [
            "测试县　",
            "赛季 2026",
            "2026年7月",
            "第 2 版",
            "2026年11月1日 发布",
            &format!("校验码 {code}"),
            "更正：竹海乡补报；竹海乡 83.50",
        ] {
            assert!(text.contains(word), "{file} lacks {word}");
        }
        let name = answer.headers[CONTENT_DISPOSITION].to_str().expect("ASCII");
        let plain = format!("filename=\"{file}\"");
        assert!(name.contains(&plain), "{name}");
        let county = "filename*=UTF-8''%E6%B5%8B%E8%AF%95%E5%8E%BF2026%E5%B9%B47%E6%9C%88";
        let ending = format!("%EF%BC%88%E7%AC%AC2%E7%89%88%EF%BC%89.{kind}");
        assert!(name.contains(county) && name.ends_with(&ending), "{name}");
    }
    let first = office.get(&office.path("bulletin.docx?edition=1")).await;
    let text = part(&first.body, "word/document.xml");
    assert!(
        text.contains(&first_code) && !text.contains("更正"),
        "the first edition"
    );
    let none = office.get(&office.path("bulletin.docx?edition=3")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

/// Scenario 11: what comes in afterwards does not reach what was posted.
#[tokio::test]
async fn a_file_of_an_edition_never_changes() {
    let office = Office::posted().await;
    let mut before = Vec::new();
    for file in FILES {
        before.push(office.file(file).await);
    }
    office.county.figures(["1", "8", "7", "6"]).await;
    office.county.record(1, "3").await;
    office.county.confirm_all().await;
    office.county.own(close("")).await.expect("closed again");
    for (file, before) in FILES.into_iter().zip(before) {
        assert_eq!(office.file(file).await, before, "{file}");
    }
}

#[tokio::test]
async fn the_bulletin_is_a_document_too() {
    let office = Office::posted().await;
    let text = part(&office.file("bulletin.docx").await, "word/document.xml");
    assert!(text.contains(r#"w:orient="landscape""#));
    for word in [
        "测试县2026年7月比学争赶超月度竞赛情况通报",
        "一、综合排名",
        "二、红黑榜",
        "-1.5　值守到岗（责任落实，2026-07-12）",
        "1 胜 0 平 0 负",
        "五、逐项数据",
        "内部",
    ] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("提醒单"), "slips are no part of a bulletin");
}

/// GY-13: a sheet for each flag, with what it is based on.
#[tokio::test]
async fn a_flag_is_handed_over_on_a_sheet_of_its_own() {
    let office = Office::posted().await;
    let text = part(&office.file("flags.docx").await, "word/document.xml");
    // Half of the four units at either end.
    assert_eq!(text.matches("流动旗交接单").count(), 4);
    assert_eq!(text.matches("<w:pageBreakBefore/>").count(), 3);
    for word in [
        "红旗 1 号",
        "颁发",
        "青禾镇：本组第 1，得分 102.00",
        "接旗单位：",
        "日期：",
    ] {
        assert!(text.contains(word), "{word}");
    }
}

/// ES-5: the poster is rendered by the server, with reasons, edition, check code and a QR code.
#[tokio::test]
async fn the_poster_shows_units_with_their_reasons_and_leads_to_the_frozen_month() {
    let office = Office::posted().await;
    let path = format!("/months/{}/2026-07", office.county.season);
    let answer = office
        .app
        .get(&format!("{path}/poster?paper=a1"), None)
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    let (page, code) = (answer.text(), office.check_code().await);
    for word in [
        r#"data-paper="a1""#,
        r#"data-board="red""#,
        r#"data-board="black""#,
        "竹海乡",
        "值守到岗",
        "责任落实，7月12日",
        "第 1 版",
        &code,
        &format!("localhost:3000{path}"),
        r#"class="qr""#,
    ] {
        assert!(page.contains(word), "{word}");
    }
    let other = office
        .app
        .get(&format!("{path}/poster?paper=b5"), None)
        .await;
    assert!(other.text().contains(r#"data-paper="a3""#));
}

/// What is not public, and what was not posted, is in none of the pages.
#[tokio::test]
async fn pages_of_a_month_leave_out_what_is_not_public_and_what_came_later() {
    let office = Office::posted().await;
    let season = office.county.season;
    office.county.record(1, "3").await;
    office.county.confirm_all().await;
    office.county.figures(["1", "2", "3", "99"]).await;
    office.county.own(close("")).await.expect("closed again");
    for path in [
        format!("/months/{season}/2026-07/poster"),
        format!("/months/{season}/2026-07/flags"),
        format!("/screen/months/{season}/2026-07"),
    ] {
        let answer = office.app.get(&path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let page = answer.text();
        assert!(page.contains("青禾镇"), "{path}");
        for hidden in ["内部", "提醒单", "+3"] {
            assert!(!page.contains(hidden), "{path} holds {hidden}");
        }
    }
    for path in [
        "/months/SEASON/2026-06/poster",
        "/months/SEASON/2026-08/flags",
    ] {
        let path = path.replace("SEASON", &season.to_string());
        let answer = office.app.get(&path, None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_printed_bulletin_is_for_staff() {
    let office = Office::posted().await;
    let path = format!("/admin/months/{}/2026-07/print", office.county.season);
    let stranger = office.app.get(&path, None).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    assert!(!stranger.text().contains("青禾镇"));
    let staff = office.get(&path).await;
    assert_eq!(staff.headers[CACHE_CONTROL], "private, no-store");
    let page = staff.text();
    for word in ["青禾镇", "内部", "校验码", "1 胜 0 平 0 负"] {
        assert!(page.contains(word), "{word}");
    }
}

/// GY-13: who held which flag since when, over posted months alone.
#[tokio::test]
async fn a_flags_course_counts_posted_months_and_ends_a_stay_with_the_next_holder() {
    let office = Office::posted().await;
    let county = &office.county;
    county.story.clock.pass(60);
    // August is closed and not posted; in September the last two are the first two.
    for (month, values) in [("2026-08", [9, 8, 7, 6]), ("2026-09", [6, 8, 7, 9])] {
        let mut text = "赛季,月份,指标,单位,完成值,目标值\n".to_owned();
        for (unit, value) in values.iter().enumerate() {
            for code in ["XM", "NB"] {
                text += &format!("2026,{month},{code},0{},{value},\n", unit + 1);
            }
        }
        county.import("figures.csv", &text).await;
        let period = month.parse().expect("a month");
        county.own_in(period, close("")).await.expect("closed");
        if month == "2026-09" {
            county.post_in(period).await;
        }
    }
    let september = "2026-09".parse().expect("a month");
    let store = &office.app.state.store;
    let page = flags::timeline(store, &stranger(store).await, county.season, september).await;
    let page = page.expect("a timeline");
    let red = page
        .flags
        .iter()
        .find(|flag| flag.name == "红旗" && flag.number == 1);
    let red = red.expect("the first red flag");
    let stays: Vec<_> = red
        .stays
        .iter()
        .map(|stay| (stay.name.as_str(), stay.months, stay.since, stay.until))
        .collect();
    assert_eq!(
        stays,
        [
            ("青禾镇", 1, july(), july()),
            ("竹海乡", 1, september, september)
        ]
    );
    let second = page
        .flags
        .iter()
        .find(|flag| flag.name == "红旗" && flag.number == 2);
    let second = &second.expect("the second red flag").stays;
    assert_eq!(second.len(), 1, "the second stays where it was");
    assert_eq!((second[0].name.as_str(), second[0].months), ("石桥乡", 2));
    let july_page = flags::timeline(store, &stranger(store).await, county.season, july()).await;
    let july_page = july_page.expect("a timeline");
    assert!(july_page.flags.iter().all(|flag| flag.stays.len() == 1));
}

/// GY-1: what is asked of a group alone stands in that group's tables alone, and is 未报 nowhere.
#[tokio::test]
async fn a_group_has_its_own_indicators_in_every_file() {
    let office = Office::open().await;
    filled(&office.county).await;
    office.post("").await;
    let bulletin = sheets(&office.file("bulletin.xlsx").await);
    for (group, unit, own, score) in [
        ("乡镇组", "青禾镇", "内部", "100"),
        ("金融组", "竹海乡", "贷款（亿元）", "87"),
    ] {
        let rows = sheet(&bulletin, group);
        let heads = row(rows, "单位");
        let heads: Vec<_> = heads
            .iter()
            .skip(7)
            .filter(|head| !head.is_empty())
            .collect();
        assert_eq!(heads, [&"项目（亿元）", &own], "{group}");
        assert_eq!(row(rows, unit)[3], score);
    }
    let of = sheet(&bulletin, "指标");
    assert_eq!(row(of, "DK").last(), Some(&"金融组"));
    assert_eq!(row(of, "XM").last(), Some(&"各组"));
    let press = sheets(&office.file("press.xlsx").await);
    let bank = row(sheet(&press, "见报指标"), "竹海乡");
    assert_eq!(bank[2..], ["6", "", "2", "—", "—", "—", "5", "", "1"]);
    for (_, rows) in bulletin.iter().chain(&press) {
        assert!(rows.iter().flatten().all(|cell| cell != "未报"));
    }
    let document = office.file("bulletin.docx").await;
    let document = part(&document, "word/document.xml");
    assert!(document.contains("贷款") && !document.contains("未报"));
    let page = office
        .get(&format!("/months/{}/2026-07", office.county.season))
        .await;
    let page = page.text();
    assert!(page.contains("只考核 金融组") && !page.contains("未报"));
    let print = format!("/admin/months/{}/2026-07/print", office.county.season);
    let print = office.get(&print).await.text();
    assert!(print.contains("贷款") && !print.contains("未报"), "{print}");
}

/// A flag goes on from a unit that has left its group, and that unit has a name all the same.
#[tokio::test]
async fn a_flag_names_its_giver_who_has_left() {
    let office = Office::posted().await;
    let county = &office.county;
    let pairs = "赛季,单位,对手,移除\n2026,01,02,是\n";
    county.import("pairs.csv", pairs).await;
    let groups = "赛季,组别,单位,移除\n2026,乡镇组,01,是\n";
    county.import("groups.csv", groups).await;
    let figure =
        |unit: u32| format!("2026,2026-08,XM,0{unit},{unit},\n2026,2026-08,NB,0{unit},1,\n");
    let rows: String = (2..=4).map(figure).collect();
    let text = format!("赛季,月份,指标,单位,完成值,目标值\n{rows}");
    county.import("figures.csv", &text).await;
    let august = "2026-08".parse().expect("a month");
    county.own_in(august, close("")).await.expect("closed");
    county.post_in(august).await;
    let month = county.page(august).await.month;
    let given = month
        .hand_overs()
        .find(|(_, _, flag)| flag.from == Some(county.units[0]));
    let (_, _, flag) = given.expect("it had a red flag");
    assert_ne!(flag.to, Some(county.units[0]));
    assert_eq!(month.name(county.units[0]), "青禾镇");
    let page = format!("/months/{}/2026-08", county.season);
    let page = office.get(&page).await.text();
    assert!(page.contains("青禾镇"), "{page}");
}
