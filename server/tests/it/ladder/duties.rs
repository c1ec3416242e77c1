//! What waits for an account (GY-15): nothing that it may not do, and no second half of its own.

use super::county::{CLERK, County, FIRST, SECOND, THIRD, close, done, reopen, reply};
use app::backend::{Duties, Duty, Matter, MonthCommand, SlipCommand};
use domain::month::Period;
use domain::month::slip::SlipState;
use serde_json::json;

const JULY: &str = "2026-07";

/// Without what the season's calendar asks for.
async fn due(county: &County, login: &str) -> Vec<Duty> {
    let answer = county.call(login, "/fn/staff/duties", json!({})).await;
    done(&answer);
    let Duties { mut duties, .. } = answer.json();
    duties.retain(|duty| !matches!(duty, Duty::Calendar { .. }));
    duties
}

#[tokio::test]
async fn each_account_sees_what_waits_for_it_and_no_other() {
    let county = County::new().await;
    let (season, july) = (county.season, JULY.parse::<Period>().expect("a month"));
    assert_eq!(
        due(&county, CLERK).await,
        [],
        "the month that is on is not due"
    );
    let record = MonthCommand::Record {
        unit: county.units[0],
        points: "2".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "值守到岗".to_owned(),
        day: "2026-07-12".to_owned(),
    };
    done(&county.month(FIRST, JULY, record).await);
    let close = Duty::CloseMonth(season, july);
    assert_eq!(due(&county, CLERK).await, std::slice::from_ref(&close));
    assert_eq!(
        due(&county, FIRST).await,
        [close],
        "nobody confirms their own record"
    );
    let confirm = Duty::ConfirmRecords(season, july, 1);
    assert_eq!(due(&county, THIRD).await, [confirm]);

    let reason = "三个单位缺数".to_owned();
    done(
        &county
            .month(FIRST, JULY, MonthCommand::Close { reason })
            .await,
    );
    let post = Duty::PostMonth(season, july);
    assert_eq!(due(&county, SECOND).await, [post]);
    assert_eq!(due(&county, FIRST).await, []);
    let home = county.page(SECOND, "/admin").await.text();
    let season = county.season_name();
    for words in ["等你发布", &format!("{} 赛季", season.name)] {
        assert!(home.contains(words), "{words}");
    }
    assert!(
        !county
            .page(CLERK, "/admin")
            .await
            .text()
            .contains("等你发布")
    );
}

#[tokio::test]
async fn slips_wait_for_who_decides_enters_or_closes_them() {
    let county = County::new().await;
    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    let season = county.season_name();
    let slips = |state, count| Duty::Slips(season.clone(), state, count);
    assert_eq!(due(&county, FIRST).await, [slips(SlipState::Proposed, 2)]);
    assert_eq!(due(&county, CLERK).await, []);
    let slip = county.issue(FIRST, county.matter(JULY, 4, "提醒单")).await;
    done(&county.act(CLERK, reply(slip, "已整改")).await);
    let open = slips(SlipState::Proposed, 1);
    assert_eq!(due(&county, FIRST).await, std::slice::from_ref(&open));
    assert_eq!(
        due(&county, THIRD).await,
        [open, slips(SlipState::Replied, 1)]
    );
}

#[tokio::test]
async fn what_nobody_replied_to_in_time_comes_first_and_a_talk_counts_for_who_may_read_it() {
    let mut county = County::new().await;
    for (month, values) in [
        ("2026-06", ["9", "8", "7", "6"]),
        (JULY, ["9", "8", "7", "6"]),
    ] {
        county.posted(month, values, &[]).await;
    }
    let season = county.season_name();
    let slips = |state, count| Duty::Slips(season.clone(), state, count);
    let of_state = async |county: &County, login, state| {
        let counts = county.slips(login, state).await.counts;
        let mut states = SlipState::ALL.into_iter().zip(counts);
        states
            .find(|(known, _)| *known == state)
            .expect("a count")
            .1
    };
    for login in [FIRST, SECOND, THIRD] {
        let proposed = of_state(&county, login, SlipState::Proposed).await;
        assert_eq!(
            due(&county, login).await,
            [slips(SlipState::Proposed, proposed)],
            "{login}"
        );
    }
    let (reads, does_not) = (SECOND, THIRD);
    assert!(
        due(&county, reads).await != due(&county, does_not).await,
        "a talk is proposed"
    );

    let slip = county.issue(FIRST, county.matter(JULY, 4, "提醒单")).await;
    done(
        &county
            .act(FIRST, set_aside(county.matter(JULY, 3, "提醒单")))
            .await,
    );
    county.pass(11).await;
    let proposed = of_state(&county, CLERK, SlipState::Proposed).await;
    assert_eq!(due(&county, CLERK).await, [slips(SlipState::Overdue, 1)]);
    let both = [
        slips(SlipState::Overdue, 1),
        slips(SlipState::Proposed, proposed),
    ];
    assert_eq!(due(&county, THIRD).await, both);
    done(&county.act(CLERK, reply(slip, "已整改")).await);
    done(&county.act(THIRD, close(slip)).await);
    assert_eq!(due(&county, CLERK).await, []);
    done(&county.act(THIRD, reopen(slip)).await);
    assert_eq!(due(&county, CLERK).await, [], "by another day");
    county.pass(10).await;
    assert_eq!(due(&county, CLERK).await, [slips(SlipState::Overdue, 1)]);
}

fn set_aside(matter: Matter) -> SlipCommand {
    SlipCommand::SetAside {
        matter,
        reason: "已经当面说过".to_owned(),
    }
}

#[tokio::test]
async fn a_posted_month_that_no_longer_holds_waits_for_a_correction() {
    let county = County::new().await;
    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    let correct = Duty::CorrectMonth(county.season, JULY.parse().expect("a month"));
    assert!(!due(&county, CLERK).await.contains(&correct));
    // What changes nothing of the result is nobody's duty.
    let figure =
        |value: &str| format!("赛季,月份,指标,单位,完成值,目标值\n2026,{JULY},XM,04,{value},\n");
    county.import("figures.csv", &figure("5")).await;
    county.import("figures.csv", &figure("6")).await;
    assert!(!due(&county, CLERK).await.contains(&correct));
    county.import("figures.csv", &figure("8.5")).await;
    assert!(due(&county, CLERK).await.contains(&correct));
    let page = county.page(CLERK, "/admin").await;
    assert!(page.text().contains("看是否更正"), "{}", page.text());
    county.close_and_post(JULY, "报数更正").await;
    assert!(!due(&county, CLERK).await.contains(&correct));
}

#[tokio::test]
async fn slips_of_every_season_wait() {
    let county = County::new().await;
    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    county
        .import("groups.csv", "赛季,组别,单位\n2027,乡镇组,01\n")
        .await;
    let text = "赛季,编码,名称,计量单位,权重,方向,计分,公开\n2027,XM,项目,个,100,高,位次,是\n";
    county.import("indicators.csv", text).await;
    let waits = Duty::Slips(county.season_name(), SlipState::Proposed, 2);
    assert!(due(&county, FIRST).await.contains(&waits));
}
