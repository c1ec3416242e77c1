//! Items that are given out in batches and struck one by one (WZ-15, WZ-16, GY-7), through the real
//! router.

use crate::app::Answer;
use crate::ladder::county::{CLERK, County, FIRST, SECOND, THIRD, done, refused};
use app::backend::{
    Duties, Duty, SeenImport, WorkAsked, WorkCommand, WorkItem, WorkNew, WorkPage, WorkSaid,
};
use app::error::AppError;
use app::paths;
use domain::ids::WorkId;
use domain::worklist::{WorkKind, WorkState};
use serde_json::json;
use server::service::roster;

const BATCH: &str = "助企问题第一批";
const HEAD: &str = "赛季,批次,编号,类别,内容,责任单位,班子,时间表,期限\n";

async fn page_of(county: &County, login: &str, asked: WorkAsked) -> WorkPage {
    let asked = json!({ "season": county.season, "asked": asked });
    let answer = county.call(login, "/fn/work/page", asked).await;
    done(&answer);
    answer.json()
}

async fn page(county: &County, login: &str) -> WorkPage {
    page_of(county, login, WorkAsked::default()).await
}

async fn say(county: &County, login: &str, command: WorkCommand) -> Answer {
    let asked = json!({ "season": county.season, "command": command });
    county.call(login, "/fn/work/command", asked).await
}

fn add(county: &County, number: &str, team: &str, schedule: &str) -> WorkCommand {
    WorkCommand::Add {
        new: WorkNew {
            batch: BATCH.to_owned(),
            number: number.to_owned(),
            kind: WorkKind::Problem,
            content: "厂区门口积水".to_owned(),
            unit: county.units[0],
            team: team.to_owned(),
            schedule: schedule.to_owned(),
        },
        due: "2026-12-31".to_owned(),
    }
}

async fn item(county: &County, login: &str, number: &str) -> WorkItem {
    let items = page(county, login).await.items.into_iter();
    let mut items = items.filter(|item| item.number == number);
    items.next().expect("an item of this number")
}

/// An item that is under way.
async fn begun(county: &County, number: &str) -> WorkId {
    done(
        &say(
            county,
            CLERK,
            add(county, number, "镇长带队", "11月底前通水"),
        )
        .await,
    );
    item(county, CLERK, number).await.id
}

fn ask(work: WorkId, seen: u32) -> WorkCommand {
    WorkCommand::Ask {
        work,
        seen,
        proof: "已通水，企业签字".to_owned(),
    }
}

fn approve(work: WorkId, seen: u32) -> WorkCommand {
    WorkCommand::Approve {
        work,
        seen,
        words: String::new(),
    }
}

#[tokio::test]
async fn an_item_without_team_or_schedule_waits_and_begins_when_both_are_there() {
    let county = County::new().await;
    done(&say(&county, CLERK, add(&county, "1", "", "11月底前")).await);
    refused(
        &say(&county, CLERK, add(&county, "1", "x", "y")).await,
        "work_number",
    );
    let one = item(&county, CLERK, "1").await;
    assert_eq!(one.state, WorkState::Draft);
    refused(&say(&county, CLERK, ask(one.id, 1)).await, "not_planned");
    let text = county
        .page(CLERK, &paths::work(county.season, None, None))
        .await
        .text();
    assert!(
        text.contains("还没有班子，不能启动"),
        "what is missing is said"
    );

    let plan = |seen, team: &str, schedule: &str| WorkCommand::Plan {
        work: one.id,
        seen,
        team: team.to_owned(),
        schedule: schedule.to_owned(),
        due: "2026-12-31".to_owned(),
        reason: "定了人".to_owned(),
    };
    done(&say(&county, CLERK, plan(1, "镇长带队", "11月底前")).await);
    assert_eq!(item(&county, CLERK, "1").await.state, WorkState::Active);
    refused(
        &say(&county, CLERK, plan(2, "镇长带队", "11月底前")).await,
        "nothing_changed",
    );
    refused(
        &say(&county, CLERK, plan(2, "", "11月底前")).await,
        "plan_incomplete",
    );
    let said = item(&county, CLERK, "1").await.said;
    assert_eq!(said.len(), 2, "the first plan stays on record");
    let error: AppError = say(&county, THIRD, add(&county, "2", "", "")).await.json();
    assert!(error.details[0].message.starts_with("lacks_organise"));
}

#[tokio::test]
async fn whoever_asks_for_a_closure_does_not_approve_it_and_every_word_stays() {
    let county = County::new().await;
    let work = begun(&county, "1").await;
    done(&say(&county, FIRST, ask(work, 1)).await);
    refused(&say(&county, FIRST, ask(work, 2)).await, "work_state");
    // Pressed twice, or from a page that is older.
    refused(&say(&county, FIRST, ask(work, 1)).await, "work_changed");
    // This account may confirm, and asked itself.
    refused(&say(&county, FIRST, approve(work, 2)).await, "same_account");
    assert!(item(&county, FIRST, "1").await.is_own);
    refused(
        &say(&county, SECOND, approve(work, 1)).await,
        "work_changed",
    );
    let back = WorkCommand::Return {
        work,
        seen: 2,
        reason: "照片看不清".to_owned(),
    };
    done(&say(&county, SECOND, back).await);
    assert_eq!(item(&county, SECOND, "1").await.state, WorkState::Active);
    done(&say(&county, FIRST, ask(work, 3)).await);
    let error: AppError = say(&county, CLERK, approve(work, 4)).await.json();
    assert!(error.details[0].message.starts_with("lacks_confirm"));
    done(&say(&county, SECOND, approve(work, 4)).await);
    refused(&say(&county, SECOND, approve(work, 5)).await, "work_state");
    let struck = page(&county, CLERK).await;
    assert_eq!(struck.batches[0].rate, "100.0");
    let undo = WorkCommand::Undo {
        work,
        seen: 5,
        reason: "又积水了".to_owned(),
    };
    done(&say(&county, THIRD, undo).await);
    let one = item(&county, CLERK, "1").await;
    assert_eq!(one.state, WorkState::Active);
    let said: Vec<_> = one
        .said
        .iter()
        .skip(1)
        .map(|word| (&word.what, word.by.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (&WorkSaid::Asked, FIRST),
            (&WorkSaid::Returned, SECOND),
            (&WorkSaid::Asked, FIRST),
            (&WorkSaid::Approved, SECOND),
            (&WorkSaid::Undone, THIRD),
        ]
    );
    let text = county
        .page(SECOND, &paths::work(county.season, None, None))
        .await
        .text();
    for words in ["照片看不清", "又积水了", "已通水，企业签字", "0.0%"] {
        assert!(text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_file_gives_out_a_batch_whole_and_twice_the_same_changes_nothing() {
    let county = County::new().await;
    let rows: String = (1..=8)
        .map(|number| {
            let team = if number == 8 { "" } else { "镇长带队" };
            format!("2026,{BATCH},{number},问题,第{number}家企业缺水,青禾镇,{team},月底前,2026年12月31日\n")
        })
        .collect();
    let file = format!("{HEAD}{rows}");
    county.import("worklist.csv", &file).await;
    county.import("worklist.csv", &file).await;
    let all = page(&county, CLERK).await;
    assert_eq!(
        (all.batches[0].all, all.batches[0].states),
        (8, [1, 7, 0, 0, 0])
    );
    assert_eq!(all.items.iter().map(|item| item.said.len()).max(), Some(1));
    let work = item(&county, CLERK, "1").await.id;
    done(&say(&county, CLERK, ask(work, 1)).await);
    done(&say(&county, SECOND, approve(work, 2)).await);
    assert_eq!(page(&county, CLERK).await.batches[0].rate, "12.5");

    // A team for the last one begins it; an empty cell takes nothing away.
    let last = format!("{HEAD}2026,{BATCH},8,问题,第8家企业缺水,青禾镇,副镇长带队,,2026-12-31\n");
    county.import("worklist.csv", &last).await;
    let eight = item(&county, CLERK, "8").await;
    assert_eq!(
        (eight.state, eight.plan.schedule.as_str()),
        (WorkState::Active, "月底前")
    );

    // All or nothing, each problem by its column.
    let wrong = format!(
        "{HEAD}2026,{BATCH},1,问题,第1家企业缺水,青禾镇,换人,月底前,2026-12-31\n\
         2026,{BATCH},2,问题,别的事,青禾镇,,,2026-12-31\n\
         2026,{BATCH},9,任务,新的,青禾镇,,,2026-12-31\n\
         2026,{BATCH},10,事项,新的,没有的镇,,,12月\n\
         2026,{BATCH},11,项目,新的,青禾镇,,,2026-12-31\n\
         2026,{BATCH},11,项目,新的,青禾镇,,,2026-12-31\n"
    );
    let act = county.app.act(county.account(FIRST).await);
    let bytes = wrong.into_bytes().into();
    let report = roster::apply(&county.app.state.store, &act, "worklist.csv", bytes).await;
    let report = report.expect("a report");
    let problems = report.problems.iter();
    let problems: Vec<_> = problems
        .map(|one| (one.row, one.column.as_str(), one.code.as_str()))
        .collect();
    assert_eq!(
        problems,
        [
            (2, "编号", "work_decided"),
            (3, "内容", "work_other"),
            (4, "类别", "unknown_work_kind"),
            (5, "责任单位", "unknown_unit"),
            (5, "期限", "not_a_day"),
            (7, "编号", "work_twice"),
        ]
    );
    assert_eq!(page(&county, CLERK).await.batches[0].all, 8);
}

#[tokio::test]
async fn what_waits_is_on_the_home_of_whoever_may_do_it() {
    let county = County::new().await;
    let work = begun(&county, "1").await;
    done(&say(&county, FIRST, ask(work, 1)).await);
    let waits = async |login: &str| -> Vec<(WorkState, u32)> {
        let home: Duties = county
            .call(login, "/fn/staff/duties", json!({}))
            .await
            .json();
        let duties = home.duties.into_iter();
        duties
            .filter_map(|duty| match duty {
                Duty::Work(_, state, count) => Some((state, count)),
                _ => None,
            })
            .collect()
    };
    assert_eq!(waits(SECOND).await, [(WorkState::Asked, 1)]);
    assert_eq!(waits(FIRST).await, [], "it asked itself");
    assert_eq!(waits(CLERK).await, []);
    let state = WorkAsked {
        state: Some(WorkState::Struck),
        ..WorkAsked::default()
    };
    assert_eq!(page_of(&county, CLERK, state).await.items, []);
    let unit = |unit: usize| WorkAsked {
        unit: Some(county.units[unit]),
        ..WorkAsked::default()
    };
    assert_eq!(page_of(&county, CLERK, unit(0)).await.items.len(), 1);
    assert_eq!(page_of(&county, CLERK, unit(1)).await.items, []);
}

#[tokio::test]
async fn an_item_past_its_last_day_is_overdue_until_it_is_struck() {
    let mut county = County::new().await;
    let work = begun(&county, "1").await;
    assert_eq!(page(&county, CLERK).await.batches[0].overdue, 0);
    county.pass(120).await;
    let late = page(&county, CLERK).await;
    assert_eq!(late.batches[0].overdue, 1);
    let home: Duties = county
        .call(CLERK, "/fn/staff/duties", json!({}))
        .await
        .json();
    let late =
        |duty: &Duty| matches!(duty, Duty::Work(_, WorkState::Active, 1)) && duty.is_overdue();
    assert!(home.duties.iter().any(late));
    done(&say(&county, CLERK, ask(work, 1)).await);
    done(&say(&county, SECOND, approve(work, 2)).await);
    assert_eq!(page(&county, CLERK).await.batches[0].overdue, 0);
}

#[tokio::test]
async fn what_was_given_out_wrongly_is_withdrawn_by_another_account_and_counts_in_no_rate() {
    let county = County::new().await;
    done(&say(&county, CLERK, add(&county, "１", "镇长带队", "月底前")).await);
    // A number is read as a file's would be.
    let wrong = item(&county, CLERK, "1").await.id;
    let right = begun(&county, "2").await;
    done(&say(&county, CLERK, ask(right, 1)).await);
    done(&say(&county, SECOND, approve(right, 2)).await);
    assert_eq!(page(&county, CLERK).await.batches[0].rate, "50.0");
    let withdraw = |work, seen| WorkCommand::Withdraw {
        work,
        seen,
        reason: "不是这个镇的事".to_owned(),
    };
    refused(
        &say(&county, SECOND, withdraw(right, 3)).await,
        "work_state",
    );
    done(&say(&county, SECOND, withdraw(wrong, 1)).await);
    let batch = page(&county, CLERK).await.batches.remove(0);
    assert_eq!((batch.all, batch.rate.as_str()), (1, "100.0"));
    // Who gave it out does not withdraw it, whatever the account may do.
    done(&say(&county, FIRST, add(&county, "3", "", "")).await);
    let own = item(&county, FIRST, "3").await;
    assert!(own.is_given);
    refused(
        &say(&county, FIRST, withdraw(own.id, 1)).await,
        "same_account",
    );
}

#[tokio::test]
async fn a_file_does_not_overwrite_a_plan_that_came_after_it_was_looked_at() {
    let county = County::new().await;
    let work = begun(&county, "1").await;
    let file = format!("{HEAD}2026,{BATCH},1,问题,厂区门口积水,青禾镇,副镇长带队,,2026-12-31\n");
    let store = &county.app.state.store;
    let seen = roster::dry_run(store, "worklist.csv", file.as_bytes()).await;
    let seen = SeenImport {
        plan: seen.expect("a report").plan,
        is_checked: true,
        ..SeenImport::default()
    };
    let plan = WorkCommand::Plan {
        work,
        seen: 1,
        team: "书记带队".to_owned(),
        schedule: "11月底前通水".to_owned(),
        due: "2026-12-31".to_owned(),
        reason: "换了人".to_owned(),
    };
    done(&say(&county, CLERK, plan).await);
    let act = county.app.act(county.account(FIRST).await);
    let bytes = file.into_bytes().into();
    let report = roster::apply_seen(store, &act, ("worklist.csv", bytes), seen).await;
    let report = report.expect("a report");
    assert!(report.is_newer && !report.applied);
    assert_eq!(item(&county, CLERK, "1").await.plan.team, "书记带队");
}
