//! What an assessment proposes and what an organiser says to it (XY-11), through the real router.

use crate::app::Answer;
use crate::kit::NOW;
use crate::ladder::county::{CLERK, County, FIRST, SECOND, THIRD, done, refused};
use app::backend::{CalendarCommand, DutySheet, OutcomeCommand, SheetOutcome};
use app::paths;
use axum::http::StatusCode;
use domain::month::cadence::{Output, Span};
use domain::month::charter::Side;
use serde_json::{Value, json};
use server::service::month::rules;

const PRAISE: &str = "通报表扬";
const STUDY: &str = "提请组织部门研判";

fn year() -> Span {
    Span {
        from: "2026-01-01".parse().expect("a day"),
        to: "2026-12-31".parse().expect("a day"),
    }
}

async fn sheet(county: &County, login: &str) -> DutySheet {
    let (output, span) = (Output::Assessment, year());
    let asked = json!({ "season": county.season, "output": output, "span": span });
    let answer = county.call(login, "/fn/calendar/sheet", asked).await;
    done(&answer);
    answer.json()
}

/// Whom the figures propose for what, and what else was decided.
fn proposals(sheet: &DutySheet) -> Vec<(&str, &str, bool)> {
    let outcomes = sheet.outcomes.iter();
    outcomes
        .map(|one| (one.action.as_str(), one.name.as_str(), one.is_proposed))
        .collect()
}

async fn outcomes(county: &County, outcomes: Value) {
    let store = &county.app.state.store;
    let text = rules::written(store, "2026").await.expect("a charter");
    let mut charter: Value = serde_json::from_str(&text).expect("JSON");
    charter["outcomes"] = outcomes;
    let set = rules::set(store, ("2026", &charter.to_string()), NOW).await;
    set.expect("a charter that is taken over");
}

/// One of the first and one of the last, and July and August posted.
async fn posted() -> County {
    let county = County::new().await;
    let rule = |side: &str, action: &str| {
        let mut rule = json!({ "every": "year", "side": side, "count": 1 });
        rule["action"] = json!(action);
        rule
    };
    let other = json!({ "every": "half_year", "side": "top", "count": 1, "action": "半年的" });
    let rules = json!([rule("top", PRAISE), rule("bottom", STUDY), other]);
    outcomes(&county, rules).await;
    county.posted("2026-07", ["9", "8", "7", "6"], &[]).await;
    county.posted("2026-08", ["9", "8", "7", "6"], &[]).await;
    county
}

async fn decide(
    county: &County,
    login: &str,
    (side, action, unit): (Side, &str, usize),
    (is_taken, reason): (bool, &str),
) -> Answer {
    let command = CalendarCommand::Outcome(OutcomeCommand {
        rule: "年终考评".to_owned(),
        span: year().from,
        side,
        action: action.to_owned(),
        unit: county.units[unit - 1],
        is_taken,
        reason: reason.to_owned(),
    });
    let asked = json!({ "season": county.season, "command": command });
    county.call(login, "/fn/calendar/command", asked).await
}

fn said(sheet: &DutySheet, action: &str) -> Vec<(bool, String, String)> {
    let mut outcomes = sheet.outcomes.iter();
    let one = outcomes.find(|one| one.action == action).expect("it");
    let SheetOutcome { decisions, .. } = one.clone();
    let decisions = decisions.into_iter();
    decisions
        .map(|one| (one.is_taken, one.reason, one.by))
        .collect()
}

#[tokio::test]
async fn an_assessment_proposes_and_an_organiser_takes_or_leaves_with_a_reason_that_stays() {
    let mut county = posted().await;
    let sheet_now = sheet(&county, CLERK).await;
    assert_eq!(
        proposals(&sheet_now),
        [(PRAISE, "青禾镇", true), (STUDY, "竹海乡", true)]
    );
    assert!(!sheet_now.may_decide, "the year is on");
    let (first, last) = ((Side::Top, PRAISE, 1), (Side::Bottom, STUDY, 4));
    let early = decide(&county, CLERK, first, (true, "成绩突出")).await;
    refused(&early, "nothing_to_decide");

    // 10 January.
    county.pass(70).await;
    assert!(sheet(&county, CLERK).await.may_decide);
    assert!(!sheet(&county, THIRD).await.may_decide);
    let refusal = decide(&county, THIRD, first, (true, "成绩突出")).await;
    assert_eq!(refusal.status, StatusCode::FORBIDDEN);
    refused(&decide(&county, CLERK, first, (true, " ")).await, "empty");
    for other in [
        (Side::Top, PRAISE, 2),
        (Side::Bottom, PRAISE, 1),
        (Side::Top, "半年的", 1),
    ] {
        let answer = decide(&county, CLERK, other, (true, "成绩突出")).await;
        refused(&answer, "nothing_to_decide");
    }
    done(&decide(&county, CLERK, first, (true, "成绩突出")).await);
    refused(
        &decide(&county, CLERK, first, (true, "再说一遍")).await,
        "nothing_changed",
    );
    done(&decide(&county, FIRST, first, (false, "年底有通报")).await);
    done(&decide(&county, CLERK, last, (true, "送组织部")).await);
    let sheet = sheet(&county, CLERK).await;
    let line = |is_taken, reason: &str, by: &str| (is_taken, reason.to_owned(), by.to_owned());
    assert_eq!(
        said(&sheet, PRAISE),
        [
            line(true, "成绩突出", CLERK),
            line(false, "年底有通报", FIRST)
        ]
    );
    assert_eq!(said(&sheet, STUDY), [line(true, "送组织部", CLERK)]);
    let path = paths::duty_sheet(county.season, Output::Assessment, year());
    let page = county.page(CLERK, &path).await.text();
    for words in ["按规则提出的建议", "不采纳：年底有通报（first", STUDY] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Nothing came of it anywhere else.
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let slips = tx.rows("select slip_id from slip", &[]).await;
    assert_eq!(slips.expect("rows").len(), 0);
}

#[tokio::test]
async fn what_was_decided_stays_when_a_correction_takes_the_proposal_back() {
    let mut county = posted().await;
    county.pass(70).await;
    let last = (Side::Bottom, STUDY, 4);
    done(&decide(&county, CLERK, last, (false, "刚换了班子")).await);
    for month in ["2026-07", "2026-08"] {
        let better = format!("赛季,月份,指标,单位,完成值,目标值\n2026,{month},XM,04,99,\n");
        county.import("figures.csv", &better).await;
        county.close_and_post(month, "报错了一家").await;
    }
    let sheet = sheet(&county, SECOND).await;
    assert_eq!(
        proposals(&sheet),
        [
            (PRAISE, "竹海乡", true),
            (STUDY, "双河镇", true),
            (STUDY, "竹海乡", false),
        ]
    );
    let kept = sheet.outcomes.last().expect("the decision");
    assert_eq!(kept.decisions[0].reason, "刚换了班子");
    let again = decide(&county, CLERK, last, (true, "改主意")).await;
    refused(&again, "nothing_to_decide");
}

#[tokio::test]
async fn units_that_are_equal_at_the_edge_are_all_praised_and_none_is_put_forward() {
    let county = County::new().await;
    let rule = |side: &str| json!({ "every": "year", "side": side, "count": 1, "action": side });
    outcomes(&county, json!([rule("top"), rule("bottom")])).await;
    county.posted("2026-07", ["9", "9", "6", "6"], &[]).await;
    let sheet = sheet(&county, CLERK).await;
    assert_eq!(
        proposals(&sheet),
        [("top", "青禾镇", true), ("top", "石桥乡", true)]
    );
}
