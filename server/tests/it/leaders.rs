//! Leaders, the units that they answer for, and their visits (GY-8, GY-9), through the real router.

use crate::app::Answer;
use crate::ladder::county::{CLERK, County, FIRST, SECOND, THIRD, done, refused};
use app::backend::{Duties, Duty, Leader, LeaderCommand, LeadersPage};
use app::error::AppError;
use app::paths;
use domain::ids::LeaderId;
use domain::month::{Day, Period};
use serde_json::json;
use server::service::accounts;

async fn page(county: &County, login: &str) -> LeadersPage {
    let asked = json!({ "season": county.season });
    let answer = county.call(login, "/fn/leader/page", asked).await;
    done(&answer);
    answer.json()
}

async fn say(county: &County, login: &str, command: LeaderCommand) -> Answer {
    let asked = json!({ "season": county.season, "command": command });
    county.call(login, "/fn/leader/command", asked).await
}

/// The season is that of a year, and has a leader, who is this account.
async fn leader(county: &County, login: &str) -> LeaderId {
    county.of_a_year().await;
    let add = LeaderCommand::Add {
        name: "甲".to_owned(),
        post: "副县长".to_owned(),
        login: login.to_owned(),
    };
    done(&say(county, CLERK, add).await);
    page(county, CLERK).await.leaders[0].id
}

fn bind(county: &County, leader: LeaderId, unit: usize, from: &str) -> LeaderCommand {
    LeaderCommand::Bind {
        leader,
        unit: county.units[unit - 1],
        from: from.to_owned(),
    }
}

fn release(county: &County, leader: LeaderId, unit: usize, until: &str) -> LeaderCommand {
    LeaderCommand::Release {
        leader,
        unit: county.units[unit - 1],
        until: until.to_owned(),
        reason: "分工调整".to_owned(),
    }
}

fn visit(county: &County, leader: LeaderId, unit: usize, day: &str) -> LeaderCommand {
    LeaderCommand::Visit {
        leader,
        unit: county.units[unit - 1],
        day: day.to_owned(),
        words: "看河道整治".to_owned(),
    }
}

fn scores(leader: &Leader, unit: usize) -> Vec<Option<&str>> {
    let course = leader.units[unit].course.iter();
    course
        .map(|place| place.as_ref().and_then(|place| place.score.as_deref()))
        .collect()
}

#[tokio::test]
async fn a_leader_has_the_score_of_the_units_in_the_months_in_which_they_are_the_leaders() {
    let county = County::new().await;
    let id = leader(&county, "").await;
    done(&say(&county, CLERK, bind(&county, id, 1, "2026-06")).await);
    done(&say(&county, CLERK, bind(&county, id, 4, "2026-07")).await);
    county.posted("2026-06", ["9", "8", "7", "6"], &[]).await;
    county.posted("2026-07", ["9", "8", "7", "6"], &[4]).await;

    let told = page(&county, SECOND).await;
    assert_eq!(
        told.posted,
        ["2026-07", "2026-06"].map(|one| one.parse::<Period>().expect("a month"))
    );
    let leader = &told.leaders[0];
    let (first, last) = (scores(leader, 0), scores(leader, 1));
    assert_eq!(last[1], None, "not the leader's in June");
    assert_eq!(leader.line[1].as_deref(), first[1]);
    let number = |text: Option<&str>| -> i64 {
        let number: domain::number::Decimal = text.expect("a score").parse().expect("a number");
        number.micros()
    };
    let mean = domain::ratio::Ratio::scaled(number(first[0]) + number(last[0]), 2_000_000);
    assert_eq!(leader.line[0], Some(mean.to_fixed(2)));
    // Same award, same penalty: the flag of the one and what the other is proposed for.
    let place = |unit: usize| {
        leader.units[unit].course[0]
            .as_ref()
            .expect("stood in July")
    };
    assert_eq!(place(0).flags, ["红旗"]);
    assert!(place(1).is_behind);

    county
        .rule("leaders", json!({ "visits": 1, "share": "least" }))
        .await;
    let least = page(&county, SECOND).await;
    assert_eq!(least.leaders[0].line[0].as_deref(), last[0]);

    // Released from July on: as if it had never been, there; June stays.
    done(&say(&county, CLERK, release(&county, id, 1, "2026-07")).await);
    let told = page(&county, SECOND).await;
    assert_eq!(told.leaders[0].line[0].as_deref(), last[0]);
    assert_eq!(told.leaders[0].line[1].as_deref(), first[1]);
    assert_eq!(scores(&told.leaders[0], 0)[0], None);
}

#[tokio::test]
async fn a_month_in_which_one_of_the_units_has_no_score_gives_the_leader_none() {
    let county = County::new().await;
    let id = leader(&county, "").await;
    for unit in [1, 2] {
        done(&say(&county, CLERK, bind(&county, id, unit, "2026-06")).await);
    }
    let text = county.figures("2026-06", ["9", "8", "7", "6"], &[]);
    let text = text.replace("2026,2026-06,XM,02,8,\n", "");
    county.import("figures.csv", &text).await;
    let close = app::backend::MonthCommand::Close {
        reason: "一家没有报".to_owned(),
    };
    done(&county.month(CLERK, "2026-06", close).await);
    let post = app::backend::MonthCommand::Post {
        code: county.month_desk(SECOND, "2026-06").await.close_code,
        reason: String::new(),
        despite: String::new(),
    };
    done(&county.month(SECOND, "2026-06", post).await);
    let told = page(&county, SECOND).await;
    assert!(scores(&told.leaders[0], 0)[0].is_some());
    assert_eq!(told.leaders[0].line, [None]);
}

#[tokio::test]
async fn a_visit_is_owed_for_a_unit_of_the_leaders_and_by_nobody_else() {
    let county = County::new().await;
    let today = county.app.now();
    let today = Day::of(today);
    let month = Period::of(today).to_string();
    let id = leader(&county, THIRD).await;
    let day = today.to_string();
    refused(
        &say(&county, THIRD, visit(&county, id, 1, &day)).await,
        "not_bound",
    );
    done(&say(&county, CLERK, bind(&county, id, 1, &month)).await);
    refused(
        &say(&county, CLERK, bind(&county, id, 1, &month)).await,
        "unit_bound",
    );
    assert_eq!(page(&county, THIRD).await.leaders[0].owed, Some(1));
    assert_eq!(page(&county, SECOND).await.leaders[0].owed, None);
    let home: Duties = county
        .call(THIRD, "/fn/staff/duties", json!({}))
        .await
        .json();
    let owed = |home: &Duties| {
        home.duties
            .iter()
            .any(|duty| matches!(duty, Duty::Visits(_, _, 1)))
    };
    assert!(owed(&home));
    let home: Duties = county
        .call(SECOND, "/fn/staff/duties", json!({}))
        .await
        .json();
    assert!(!owed(&home), "of nobody else");
}

/// This month's first of a unit that is the leader's, and the leader is the third account.
async fn visited() -> (County, LeaderId, String) {
    let county = County::new().await;
    let today = Day::of(county.app.now());
    let id = leader(&county, THIRD).await;
    let month = Period::of(today).to_string();
    done(&say(&county, CLERK, bind(&county, id, 1, &month)).await);
    let day = today.to_string();
    done(&say(&county, THIRD, visit(&county, id, 1, &day)).await);
    (county, id, day)
}

#[tokio::test]
async fn a_visit_stands_once_and_a_struck_one_counts_no_more() {
    let (county, id, day) = visited().await;
    refused(
        &say(&county, THIRD, visit(&county, id, 1, "2099-01-01")).await,
        "day_ahead",
    );
    let error: AppError = say(&county, SECOND, visit(&county, id, 1, &day))
        .await
        .json();
    assert!(error.details[0].message.starts_with("lacks_organise"));
    refused(
        &say(&county, THIRD, visit(&county, id, 1, &day)).await,
        "visit_twice",
    );
    let told = page(&county, THIRD).await;
    assert_eq!(
        (told.leaders[0].owed, told.leaders[0].is_own),
        (Some(0), true)
    );

    let position = told.leaders[0].visits[0].position;
    let strike = || LeaderCommand::Strike {
        leader: id,
        position,
        reason: "记错了一天".to_owned(),
    };
    done(&say(&county, CLERK, strike()).await);
    refused(&say(&county, CLERK, strike()).await, "nothing_changed");
    let told = page(&county, THIRD).await;
    assert_eq!(told.leaders[0].owed, Some(1));
    let struck = told.leaders[0].visits[0].struck.as_ref().expect("struck");
    assert_eq!(
        (struck.0.as_str(), struck.1.as_str()),
        ("记错了一天", CLERK)
    );
    done(&say(&county, THIRD, visit(&county, id, 1, &day)).await);
    let text = county
        .page(CLERK, &paths::leaders(county.season))
        .await
        .text();
    for words in [
        "副县长",
        "本月走访够了",
        "走访 1 次",
        "已划掉：记错了一天",
        "看河道整治",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_missed_month_is_for_organisers_alone_and_an_account_without_capabilities_sees_itself() {
    let county = County::new().await;
    let id = leader(&county, "").await;
    let before = Period::of(Day::of(county.app.now())).previous();
    let before = before.expect("a month").to_string();
    done(&say(&county, CLERK, bind(&county, id, 2, &before)).await);
    let missed = |page: &LeadersPage| page.leaders[0].missed.len();
    assert_eq!(missed(&page(&county, CLERK).await), 1);
    assert_eq!(missed(&page(&county, SECOND).await), 0);
    for login in [SECOND, THIRD] {
        let text = county
            .page(login, &paths::leaders(county.season))
            .await
            .text();
        assert!(
            text.contains("副县长") && !text.contains("走访次数不够"),
            "{login}"
        );
    }
    let text = county
        .page(CLERK, &paths::leaders(county.season))
        .await
        .text();
    assert!(text.contains("走访次数不够的月份"));
    // Nobody's leader, and no capability.
    let store = &county.app.state.store;
    accounts::allow(store, THIRD, &[])
        .await
        .expect("an account");
    assert_eq!(page(&county, THIRD).await.leaders, []);

    let add = |login: &str| LeaderCommand::Add {
        name: "乙".to_owned(),
        post: "副县长".to_owned(),
        login: login.to_owned(),
    };
    refused(&say(&county, CLERK, add("nobody")).await, "unknown_login");
    let error: AppError = say(&county, THIRD, add("")).await.json();
    assert!(error.details[0].message.starts_with("lacks_organise"));
    done(&say(&county, FIRST, add("")).await);
    refused(&say(&county, FIRST, add("")).await, "exists");
    county.rule("leaders", json!(null)).await;
    refused(
        &say(&county, CLERK, bind(&county, id, 3, &before)).await,
        "no_leaders",
    );
    let text = county
        .page(CLERK, &paths::leaders(county.season))
        .await
        .text();
    assert!(text.contains("这个赛季没有领导包保"));
}

#[tokio::test]
async fn a_visit_pays_for_no_month_of_a_unit_that_was_released_and_an_account_may_follow() {
    let (county, id, day) = visited().await;
    let month = Period::of(day.parse().expect("a day")).to_string();
    done(&say(&county, CLERK, bind(&county, id, 2, &month)).await);
    assert_eq!(page(&county, CLERK).await.leaders[0].owed, Some(0));
    done(&say(&county, CLERK, release(&county, id, 1, &month)).await);
    let told = page(&county, CLERK).await;
    assert_eq!(told.leaders[0].owed, Some(1));
    let released = told.leaders[0].units[0].released.as_ref();
    assert_eq!(
        released.map(|(why, by)| (why.as_str(), by.as_str())),
        Some(("分工调整", CLERK))
    );
    let own = |login: &str| LeaderCommand::Account {
        leader: id,
        login: login.to_owned(),
    };
    done(&say(&county, CLERK, own(SECOND)).await);
    refused(&say(&county, CLERK, own(SECOND)).await, "nothing_changed");
    assert!(page(&county, SECOND).await.leaders[0].is_own);
    assert!(!page(&county, THIRD).await.leaders[0].is_own);
    done(&say(&county, CLERK, own("")).await);
    assert_eq!(page(&county, CLERK).await.leaders[0].login, None);
}
