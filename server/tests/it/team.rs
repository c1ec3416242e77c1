//! ES-6: a place on the red list is credited to the unit's team, on the list and the poster. Nobody
//! is named anywhere else, least of all beside a unit of the black list.

use crate::app::Answer;
use crate::kit::{NOW, stranger, today};
use crate::month::july;
use crate::publication::{Office, part};
use app::backend::{MonthCommand, RegistryPart};
use domain::month::SeasonCharter;
use serde_json::json;
use server::service::month::{read, rules};
use server::service::roster;

/// Of 青禾镇, which is red, of two units on no list, and of 竹海乡, which is black.
const NAMES: [&str; 4] = ["钟红", "程平", "许中", "孟墨"];
const TEAMS: &str = "赛季,单位,姓名,职务\n2026,01,钟红,驻村工作队队长\n2026,02,程平,\n\
                     2026,03,许中,村支书\n2026,04,孟墨,村支书\n";

/// July with the teams of all four units.
async fn posted() -> Office {
    let office = Office::open().await;
    let county = &office.county;
    county.import("队伍.csv", TEAMS).await;
    county.figures(["9", "8", "7", "6"]).await;
    county.record(0, "2").await;
    county.record(3, "-1.5").await;
    county.confirm_all().await;
    office.post("").await;
    office
}

fn text_of(path: &str, answer: &Answer) -> String {
    match path.rsplit('.').next() {
        Some("xlsx") => part(&answer.body, "xl/sharedStrings.xml"),
        Some("docx") => part(&answer.body, "word/document.xml"),
        _ => answer.text(),
    }
}

#[tokio::test]
async fn nobody_is_named_but_beside_a_unit_on_the_red_list() {
    let office = posted().await;
    let season = office.county.season;
    let (month, desk) = (
        format!("/months/{season}/2026-07"),
        format!("/admin/months/{season}/2026-07"),
    );
    let mut others = vec![
        format!("{month}/flags"),
        format!("{month}/picture.svg"),
        format!("{desk}/print"),
        "/boards".to_owned(),
        "/units".to_owned(),
    ];
    for file in ["bulletin.xlsx", "bulletin.docx", "press.xlsx", "flags.docx"] {
        others.push(format!("{desk}/export/{file}"));
    }
    for unit in &office.county.units {
        others.push(format!("/units/{unit}"));
        others.push(format!("/units/{unit}/picture.svg"));
    }
    for path in others {
        let answer = office.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        let text = text_of(&path, &answer);
        for name in NAMES {
            assert!(!text.contains(name), "{path} names {name}");
        }
    }
    for unit in &office.county.units {
        let asked = json!({ "unit": unit });
        let answer = office.app.call("/fn/public/unit", None, asked).await.text();
        assert!(NAMES.iter().all(|name| !answer.contains(name)), "{answer}");
    }
    // Nor does what is frozen have anybody to show by mistake.
    let store = &office.app.state.store;
    let row = store
        .row_opt("select snapshot from posted_month", &[])
        .await;
    let frozen = row
        .expect("a row")
        .expect("it")
        .text("snapshot")
        .expect("text");
    for name in &NAMES[1..] {
        assert!(!frozen.contains(name), "{name} is frozen");
    }
    // The lists: the first one's team, and nobody of the others.
    let of_month = json!({ "season": season, "period": "2026-07" });
    let mut lists = Vec::new();
    for path in [
        &month,
        &format!("{month}/poster"),
        &format!("/screen{month}"),
    ] {
        lists.push(office.get(path).await.text());
    }
    for path in ["/fn/public/month", "/fn/public/month-poster"] {
        lists.push(office.app.call(path, None, of_month.clone()).await.text());
    }
    for list in &lists {
        let [red, others @ ..] = NAMES;
        assert!(list.contains(red) && others.iter().all(|name| !list.contains(name)));
    }
    for list in &lists[..2] {
        assert!(list.contains("队伍：钟红（驻村工作队队长）"), "{list}");
    }
}

#[tokio::test]
async fn a_charter_may_name_nobody_at_all() {
    let office = Office::open().await;
    let store = &office.app.state.store;
    let text = rules::written(store, "2026").await.expect("a charter");
    assert!(!text.contains("red_names"), "it is the default");
    let charter: SeasonCharter = serde_json::from_str(&text).expect("JSON");
    let charter = SeasonCharter {
        red_names: false,
        ..charter
    };
    let text = serde_json::to_string(&charter).expect("JSON");
    rules::set(store, ("2026", &text), NOW).await.expect("set");
    let county = &office.county;
    county.import("teams.csv", TEAMS).await;
    county.figures(["9", "8", "7", "6"]).await;
    county.record(0, "2").await;
    county.confirm_all().await;
    office.post("").await;
    let sql = "select snapshot, registry from posted_month";
    let row = store.row_opt(sql, &[]).await.expect("a row").expect("it");
    let kept = ["snapshot", "registry"].map(|column| row.text(column).expect("text"));
    assert!(kept.iter().all(|text| !text.contains("钟红")), "{kept:?}");
}

/// What was posted stays, whoever comes and goes, and a correction says that it takes over others.
#[tokio::test]
async fn a_team_is_frozen_with_its_month() {
    let office = posted().await;
    let county = &office.county;
    let changed = "赛季,单位,姓名,职务,移除\n2026,01,钟红,,是\n2026,青禾镇,卫新,村支书,\n";
    county.import("teams.csv", changed).await;
    let named = async || {
        let store = &office.app.state.store;
        let reader = stranger(store).await;
        let page = read::month(store, &reader, (county.season, july()), today()).await;
        let month = page.expect("a month").month;
        let team = month.groups[0].units[0].team.iter();
        team.map(|member| member.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(named().await, ["钟红"]);
    county.figures(["9.5", "8", "7", "6"]).await;
    office.post("青禾镇补报").await;
    assert_eq!(
        named().await,
        ["钟红"],
        "a correction goes by what the month keeps"
    );
    let desk = county.desk(county.second).await;
    assert_eq!(desk.newer, [RegistryPart::Teams]);
    let by_today = MonthCommand::CloseByToday {
        reason: String::new(),
        why: "名单报错".to_owned(),
    };
    county.own(by_today).await.expect("closed");
    let posted = county.post(&county.second(), "名单更正").await;
    posted.expect("posted");
    assert_eq!(named().await, ["卫新"]);
}

#[tokio::test]
async fn an_import_of_teams_says_what_is_wrong_with_it() {
    let office = Office::open().await;
    let store = &office.app.state.store;
    let faults = async |rows: &str| {
        let text = format!("赛季,单位,姓名,职务,移除\n{rows}");
        let report = roster::dry_run(store, "teams.csv", text.as_bytes()).await;
        let problems = report.expect("a report").problems.into_iter();
        problems.map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(
        faults("2026,01,甲,,\n2026,青禾镇,甲,,\n").await,
        ["member_twice"]
    );
    assert_eq!(faults("2026,01,甲,,是\n").await, ["no_such_member"]);
    let many: String = (0..21).map(|at| format!("2026,01,队员{at},,\n")).collect();
    assert_eq!(faults(&many).await, ["team_too_large"]);
    let full: String = (0..20).map(|at| format!("2026,01,队员{at},,\n")).collect();
    office
        .county
        .import("teams.csv", &format!("赛季,单位,姓名,职务,移除\n{full}"))
        .await;
    assert_eq!(faults("2026,01,新来的,,\n").await, ["team_too_large"]);
    let swap = "2026,01,新来的,,\n2026,01,队员3,,是\n";
    assert_eq!(faults(swap).await, [""; 0], "whoever comes stands first");
    let other = "2026,02,甲,,\n2027,01,甲,,\n";
    assert_eq!(faults(other).await, ["not_in_season"]);
}
