//! From which month to which a season goes (GY-3): said where it is begun, changed with a reason,
//! and what goes by it.

use crate::app::Answer;
use crate::ladder::county::{CLERK, County, FIRST, SECOND, THIRD, done, refused};
use app::backend::{CalendarCommand, CalendarPage, ImportReport, LinksPage, SeasonsPage};
use app::paths;
use axum::http::StatusCode;
use domain::ids::SeasonId;
use domain::month::season_months::SeasonMonths;
use serde_json::{Value, json};
use server::service::roster;

async fn calendar(county: &County) -> CalendarPage {
    let asked = json!({ "season": county.season });
    let answer = county.call(CLERK, "/fn/calendar/page", asked).await;
    done(&answer);
    answer.json()
}

async fn set(county: &County, login: &str, [from, to, reason]: [&str; 3]) -> Answer {
    let command = CalendarCommand::SetMonths {
        from: from.to_owned(),
        to: to.to_owned(),
        reason: reason.to_owned(),
    };
    let asked = json!({ "season": county.season, "command": command });
    county.call(login, "/fn/calendar/command", asked).await
}

fn months(from: &str, to: &str) -> SeasonMonths {
    let month = |text: &str| text.parse().expect("a month");
    SeasonMonths::new(month(from), month(to)).expect("months of a season")
}

async fn seasons(county: &County) -> SeasonsPage {
    let answer = county.call(CLERK, "/fn/month/seasons", json!({})).await;
    done(&answer);
    answer.json()
}

async fn open(county: &County, name: &str, begin: Value, months: [&str; 2]) -> Answer {
    let asked = json!({ "name": name, "begin": begin, "months": months });
    county.call(CLERK, "/fn/month/open-season", asked).await
}

/// Tries a file, and applies it where nothing is wrong with it.
async fn import(county: &County, text: &str) -> ImportReport {
    let act = county.app.act(county.account(FIRST).await);
    let bytes = text.as_bytes().to_vec().into();
    let report = roster::apply(&county.app.state.store, &act, "figures.csv", bytes).await;
    report.expect("a report")
}

#[tokio::test]
async fn the_calendar_goes_by_the_months_that_somebody_said_and_by_what_is_there_otherwise() {
    let county = County::new().await;
    let guessed = calendar(&county).await;
    // It was opened in November.
    assert_eq!(guessed.dates, None);
    assert_eq!(guessed.months, months("2026-11", "2027-10"));
    done(&set(&county, CLERK, ["2026-01", "2026-12", "按年度工作"]).await);
    let said = calendar(&county).await;
    assert_eq!(said.dates, Some(months("2026-01", "2026-12")));
    let spans = |rule: &str| -> Vec<String> {
        let rows = said.rows.iter().filter(|row| row.rule == rule);
        rows.map(|row| row.span.to.to_string()).collect()
    };
    assert_eq!(spans("年终考评"), ["2026-12-31"]);
    assert_eq!(spans("半年考评"), ["2026-06-30"]);
    assert_eq!(spans("月公示").len(), 12);
    // What comes in of other months does not move it.
    let report = import(
        &county,
        "赛季,月份,指标,单位,完成值,目标值\n2026,2027-03,XM,01,9,\n",
    )
    .await;
    assert!(report.applied);
    assert_eq!(calendar(&county).await.months, said.months);
    let page = county.page(CLERK, &paths::calendar(county.season)).await;
    let page = page.text();
    assert!(page.contains("赛季从2026年1月到2026年12月。"), "{page}");

    done(&set(&county, CLERK, ["", "", "说错了"]).await);
    let back = calendar(&county).await;
    assert_eq!(
        (back.dates, back.months.to),
        (None, months("2026-11", "2027-10").to)
    );
}

#[tokio::test]
async fn the_months_are_changed_by_an_organiser_with_a_reason_that_stays() {
    let county = County::new().await;
    let refusal = set(&county, THIRD, ["2026-01", "2026-12", "按年度"]).await;
    assert_eq!(refusal.status, StatusCode::FORBIDDEN);
    for (wrong, why) in [
        (["2026-01", "2026-12", " "], "empty"),
        (["2026-1", "2026-12", "按年度"], "not_a_month"),
        (["2026-01", "", "按年度"], "not_a_month"),
        (["2026-12", "2026-01", "按年度"], "season_months"),
        (["2026-01", "2028-01", "按年度"], "season_months"),
        (["", "", "按年度"], "nothing_changed"),
    ] {
        refused(&set(&county, CLERK, wrong).await, why);
    }
    county.posted("2026-07", ["9", "8", "7", "6"], &[]).await;
    let without = ["2026-08", "2027-07", "从八月起"];
    refused(&set(&county, CLERK, without).await, "season_months");
    done(&set(&county, CLERK, ["2026-07", "2027-06", "从七月起"]).await);
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let rows = tx
        .rows("select act from audit", &[])
        .await
        .expect("the audit");
    let acts: Vec<Value> = rows
        .iter()
        .map(|row| row.json("act").expect("an act"))
        .filter(|act: &Value| act["do"] == "set_season_months")
        .collect();
    let [act] = acts.as_slice() else {
        panic!("{acts:?}");
    };
    assert_eq!(
        (&act["reason"], &act["before"]),
        (&json!("从七月起"), &Value::Null)
    );
    assert_eq!(act["after"], json!({ "from": "2026-07", "to": "2027-06" }));
}

#[tokio::test]
async fn cards_work_until_the_weeks_after_the_seasons_last_month() {
    let county = County::new().await;
    done(&set(&county, CLERK, ["2026-01", "2026-12", "按年度工作"]).await);
    let asked = json!({ "season": county.season });
    let answer = county.call(CLERK, "/fn/links/page", asked).await;
    done(&answer);
    let page: LinksPage = answer.json();
    assert_eq!(page.until.to_string(), "2027-02-04");
}

#[tokio::test]
async fn figures_of_a_month_outside_the_season_have_to_be_checked_once_for_each_month() {
    let county = County::new().await;
    let rows = "赛季,月份,指标,单位,完成值,目标值\n2026,2027-01,XM,01,9,\n\
                2026,2027-01,XM,02,9,\n2026,2026-12,XM,01,9,\n";
    let before = import(&county, rows).await;
    assert_eq!(before.doubts, [], "nobody said how long it goes");
    done(&set(&county, CLERK, ["2026-01", "2026-12", "按年度工作"]).await);
    let changed = rows.replace(",9,", ",8,");
    let report = import(&county, &changed).await;
    let doubts: Vec<_> = report
        .doubts
        .iter()
        .map(|one| (one.row, one.code.as_str(), one.value.as_str()))
        .collect();
    assert_eq!(doubts, [(2, "outside_season", "2027-01 (2026-01—2026-12)")]);
}

#[tokio::test]
async fn a_season_is_begun_with_its_months_and_does_not_overlap_with_the_one_before() {
    let county = County::new().await;
    done(&set(&county, CLERK, ["2025-09", "2026-12", "按年度工作"]).await);
    let page = seasons(&county).await;
    assert_eq!(page.year, months("2026-01", "2026-12"));
    assert_eq!(page.seasons[0].next, Some(months("2027-01", "2027-12")));
    let follow = json!({ "follow": county.season });
    let early = open(&county, "2027", follow.clone(), ["2026-12", "2027-11"]).await;
    refused(&early, "season_months");
    let odd = open(&county, "2027", follow.clone(), ["2027", "2027-11"]).await;
    refused(&odd, "not_a_month");
    assert_eq!(
        seasons(&county).await.seasons.len(),
        1,
        "nothing half begun"
    );
    let opened = open(&county, "2027", follow, ["2027-01", "2027-12"]).await;
    done(&opened);
    let next: SeasonId = opened.json();
    let later = ["2025-09", "2027-01", "多办一个月"];
    refused(&set(&county, CLERK, later).await, "season_months");
    let page = seasons(&county).await;
    let card = page
        .seasons
        .iter()
        .find(|card| card.id == next)
        .expect("it");
    assert_eq!(card.dates, Some(months("2027-01", "2027-12")));
    assert_eq!(card.months, [], "it has not begun");
    let now = page
        .seasons
        .iter()
        .find(|card| card.id != next)
        .expect("the other");
    assert_eq!(now.months.len(), 1, "the month that is on");
    // Without months, as ever.
    let alone = json!({ "preset": "guanyun" });
    done(&open(&county, "村居", alone, ["", ""]).await);
    let page = county.page(SECOND, paths::SEASONS).await.text();
    assert!(page.contains("第一个月"), "{page}");
}

/// Whoever collects figures finds the month that waits, and none that is out.
#[tokio::test]
async fn the_months_to_fill_are_those_that_were_begun_and_are_not_out() {
    let county = County::new().await;
    county.posted("2026-07", ["9", "8", "7", "6"], &[]).await;
    let begun = "赛季,月份,指标,单位,完成值,目标值\n2026,2026-08,XM,01,9,\n";
    assert!(import(&county, begun).await.applied);
    let offered = async || {
        let store = &county.app.state.store;
        let months = roster::months_to_fill(store, county.app.now()).await;
        let months = months.expect("months").into_iter();
        months.map(|one| one.period.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(offered().await, ["2026-08", "2026-10", "2026-11"]);
    county.posted("2026-10", ["9", "8", "7", "6"], &[]).await;
    assert_eq!(offered().await, ["2026-11"], "what was passed over is past");
}
