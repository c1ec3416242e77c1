//! The season's calendar through the real router (GY-15): what follows from what is there, what a
//! person says, and whose home lists it.

use crate::app::Answer;
use crate::kit::NOW;
use crate::ladder::county::{CLERK, County, FIRST, SECOND, THIRD, done, refused};
use app::backend::{
    CalendarCommand, CalendarPage, CalendarRow, Duties, Duty, DutyDone, MonthCommand,
};
use axum::http::StatusCode;
use domain::month::cadence::{DutyState, Output};
use serde_json::json;
use server::service::month::rules;

const JULY: &str = "2026-07";

async fn page(county: &County, login: &str) -> CalendarPage {
    let asked = json!({ "season": county.season });
    let answer = county.call(login, "/fn/calendar/page", asked).await;
    done(&answer);
    answer.json()
}

/// The duty of a row whose span begins with this day.
async fn duty(county: &County, rule: &str, span: &str) -> CalendarRow {
    let rows = page(county, CLERK).await.rows.into_iter();
    let mut rows = rows.filter(|row| row.rule == rule);
    rows.find(|row| row.span.from.to_string() == span)
        .expect("a duty")
}

async fn say(county: &County, login: &str, command: CalendarCommand) -> Answer {
    let asked = json!({ "season": county.season, "command": command });
    county.call(login, "/fn/calendar/command", asked).await
}

fn said(rule: &str, span: &str, words: &str) -> CalendarCommand {
    CalendarCommand::Done {
        rule: rule.to_owned(),
        span: span.parse().expect("a day"),
        words: words.to_owned(),
    }
}

fn taken_back(rule: &str, span: &str) -> CalendarCommand {
    CalendarCommand::Undo {
        rule: rule.to_owned(),
        span: span.parse().expect("a day"),
        reason: "登记错了月份".to_owned(),
    }
}

/// The word beside what has to be done in three days.
const NEAR: &str = "将到期";

/// What the calendar asks of an account: the row, the first day of its span, and how many are over.
async fn due(county: &County, login: &str) -> Vec<(String, String, u32)> {
    let answer = county.call(login, "/fn/staff/duties", json!({})).await;
    done(&answer);
    let Duties { duties, .. } = answer.json();
    let of_calendar = duties.into_iter().filter_map(|duty| match duty {
        Duty::Calendar {
            rule,
            span,
            overdue,
            ..
        } => Some((rule, span.from.to_string(), overdue)),
        _ => None,
    });
    of_calendar.collect()
}

fn row(rule: &str, span: &str, overdue: u32) -> (String, String, u32) {
    (rule.to_owned(), span.to_owned(), overdue)
}

#[tokio::test]
async fn a_posted_month_and_records_of_a_week_are_done_by_themselves() {
    let county = County::new().await;
    let record = MonthCommand::Record {
        unit: county.units[0],
        points: "2".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "值守到岗".to_owned(),
        day: "2026-07-12".to_owned(),
    };
    done(&county.month(FIRST, JULY, record).await);
    for merit in county.month_desk(THIRD, JULY).await.merits {
        let confirm = MonthCommand::Confirm { merit: merit.id };
        done(&county.month(THIRD, JULY, confirm).await);
    }
    let week = duty(&county, "周督查", "2026-07-06").await;
    assert_eq!(week.output, Output::Records);
    assert_eq!(week.done, Some(DutyDone::Recorded { count: 1 }));
    let next = duty(&county, "周督查", "2026-07-13").await;
    assert_eq!((next.state, next.done), (DutyState::Overdue, None));

    assert_eq!(
        duty(&county, "月公示", "2026-07-01").await.state,
        DutyState::Overdue
    );
    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    let month = duty(&county, "月公示", "2026-07-01").await;
    assert_eq!(month.state, DutyState::Done);
    assert!(matches!(month.done, Some(DutyDone::Posted { .. })));
    assert_eq!(
        duty(&county, "月公示", "2026-08-01").await.state,
        DutyState::Overdue
    );
    assert_eq!(
        duty(&county, "月公示", "2026-10-01").await.state,
        DutyState::Open
    );
    assert_eq!(
        duty(&county, "月公示", "2026-11-01").await.state,
        DutyState::Ahead
    );
}

#[tokio::test]
async fn what_a_person_says_stays_on_record_with_who_and_when() {
    let county = County::new().await;
    // It was opened on 1 November.
    let (rule, span) = ("双月表态", "2026-11-01");
    assert_eq!(duty(&county, rule, span).await.state, DutyState::Ahead);
    refused(
        &say(&county, CLERK, said(rule, span, "开了会")).await,
        "nothing_to_decide",
    );
    county
        .import(
            "figures.csv",
            "赛季,月份,指标,单位,完成值,目标值\n2026,2026-07,XM,01,9,\n",
        )
        .await;
    let span = "2026-07-01";
    assert_eq!(duty(&county, rule, span).await.state, DutyState::Overdue);
    refused(&say(&county, CLERK, said(rule, span, "  ")).await, "empty");
    done(&say(&county, CLERK, said(rule, span, "九月十日开会，四家发言")).await);
    let row = duty(&county, rule, span).await;
    assert_eq!(row.state, DutyState::Done);
    let Some(DutyDone::Said { by, at, words }) = row.done else {
        panic!("nobody said so");
    };
    assert_eq!(
        (by.as_str(), words.as_str()),
        (CLERK, "九月十日开会，四家发言")
    );
    assert_eq!(at, county.app.now());
    refused(
        &say(&county, CLERK, said(rule, span, "又开了")).await,
        "nothing_changed",
    );

    done(&say(&county, FIRST, taken_back(rule, span)).await);
    assert_eq!(duty(&county, rule, span).await.state, DutyState::Overdue);
    refused(
        &say(&county, CLERK, taken_back(rule, span)).await,
        "nothing_changed",
    );
    done(&say(&county, CLERK, said(rule, span, "补开")).await);
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let rows = tx
        .rows("select kind from duty_act order by position", &[])
        .await;
    let kinds: Vec<String> = rows
        .expect("rows")
        .iter()
        .map(|row| row.text("kind").expect("a kind"))
        .collect();
    assert_eq!(kinds, ["done", "undone", "done"]);
}

#[tokio::test]
async fn only_who_owes_a_duty_enters_it() {
    let county = County::new().await;
    county
        .import(
            "figures.csv",
            "赛季,月份,指标,单位,完成值,目标值\n2026,2026-07,XM,01,9,\n",
        )
        .await;
    let week = said("周督查", "2026-07-13", "查了三个镇");
    let refusal = say(&county, CLERK, week.clone()).await;
    assert_eq!(refusal.status, StatusCode::FORBIDDEN, "{}", refusal.text());
    done(&say(&county, THIRD, week).await);
    let unknown = said("周督查", "2026-07-14", "不是星期一");
    assert_eq!(
        say(&county, THIRD, unknown).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn each_home_lists_what_is_due_and_owed_with_what_is_overdue_first() {
    let county = County::new().await;
    assert_eq!(due(&county, CLERK).await, [], "the season begins today");
    assert_eq!(due(&county, SECOND).await, [row("周督查", "2026-10-26", 0)]);
    // Its last day is today (P10).
    assert!(county.page(SECOND, "/admin").await.text().contains(NEAR));
    county
        .import(
            "figures.csv",
            "赛季,月份,指标,单位,完成值,目标值\n2026,2026-09,XM,01,9,\n",
        )
        .await;
    assert_eq!(
        due(&county, CLERK).await,
        [
            row("季过堂", "2026-07-01", 1),
            row("双月表态", "2026-09-01", 0)
        ]
    );
    assert_eq!(
        due(&county, THIRD).await,
        [
            row("周督查", "2026-08-31", 8),
            row("月公示", "2026-09-01", 1)
        ],
    );
    let home = county.page(THIRD, "/admin").await.text();
    assert!(home.contains("周督查有 8 期过了期限还没有办"), "{home}");
    let calendar = format!("/admin/calendar/{}", county.season);
    assert!(home.contains(&calendar));
    let page = county.page(CLERK, &calendar).await.text();
    assert!(page.contains(NEAR), "the week's");
    let home = county.page(CLERK, "/admin").await.text();
    assert!(!home.contains(NEAR), "two weeks are left, or none");
    for words in ["季过堂", "逾期", "开一场擂台", "登记已办", "2026年9月"] {
        assert!(page.contains(words), "{words}");
    }
}

/// A cadence that the charter renames or leaves out takes what was entered along to nobody.
#[tokio::test]
async fn what_was_entered_for_a_cadence_that_is_gone_is_still_there_to_see() {
    let county = County::new().await;
    // The season begins in July.
    let july = "赛季,月份,指标,单位,完成值,目标值\n2026,2026-07,XM,01,9,\n";
    county.import("figures.csv", july).await;
    done(
        &say(
            &county,
            FIRST,
            said("季过堂", "2026-07-01", "三季度过堂纪要"),
        )
        .await,
    );
    assert_eq!(page(&county, CLERK).await.gone, []);
    let store = &county.app.state.store;
    let text = rules::written(store, "2026").await.expect("a charter");
    let renamed = text.replace("季过堂", "季度过堂会");
    let set = rules::set(store, ("2026", &renamed), NOW).await;
    set.expect("a charter that is taken over");
    let [gone] = page(&county, CLERK)
        .await
        .gone
        .try_into()
        .expect("one entry");
    assert_eq!(gone.rule, "季过堂");
    assert_eq!(gone.from.to_string(), "2026-07-01");
    let DutyDone::Said { by, words, .. } = gone.done else {
        panic!("{gone:?}");
    };
    assert_eq!((by.as_str(), words.as_str()), (FIRST, "三季度过堂纪要"));
    let anew = duty(&county, "季度过堂会", "2026-07-01").await;
    assert_eq!(anew.done, None);
    // It stands where it stood once the name is back.
    let set = rules::set(store, ("2026", &text), NOW).await;
    set.expect("a charter that is taken over");
    assert_eq!(page(&county, CLERK).await.gone, []);
    let back = duty(&county, "季过堂", "2026-07-01").await;
    assert!(matches!(back.done, Some(DutyDone::Said { .. })));
}
