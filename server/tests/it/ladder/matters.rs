//! What a correction, a late month and a named item do to proposals, and how a unit's documents are
//! counted (GY-18, GY-19).

use super::county::{CLERK, County, FIRST, SECOND, done, issue, refused, reply};
use crate::month::close;
use app::backend::{SlipCommand, SlipRow};
use domain::month::SeasonCharter;
use domain::month::charter::{Again, Colour};
use domain::month::preset::SeasonPreset;
use domain::month::slip::SlipState;
use server::service::month::rules;

const JUNE: &str = "2026-06";
const JULY: &str = "2026-07";
const REMINDER: &str = "提醒单";
const TALK: &str = "约谈";

fn reminders(units: &[usize]) -> Vec<(String, usize)> {
    units
        .iter()
        .map(|unit| (REMINDER.to_owned(), *unit))
        .collect()
}

#[tokio::test]
async fn what_a_correction_does_not_propose_any_more_says_so() {
    let county = County::new().await;
    county.posted(JUNE, ["9", "8", "7", "6"], &[]).await;
    let slip = county.issue(FIRST, county.matter(JUNE, 4, REMINDER)).await;
    // Everybody moves: now the first and the second unit are behind.
    county
        .import(
            "figures.csv",
            "赛季,月份,指标,单位,完成值,目标值\n\
        2026,2026-06,XM,03,19,\n2026,2026-06,XM,04,20,\n",
        )
        .await;
    county.close_and_post(JUNE, "竹海乡、双河镇补报").await;
    let proposed = county.standing(CLERK, SlipState::Proposed).await;
    assert_eq!(proposed, reminders(&[1, 2]));
    let page = county.slip(CLERK, slip).await;
    assert!(page.row.is_corrected, "what was issued stays, and says so");
    assert_eq!(page.row.edition, 1);
    let left = county.slips(CLERK, SlipState::SetAside).await.rows;
    let left: Vec<_> = left
        .iter()
        .map(|row| (row.matter.unit, row.is_corrected))
        .collect();
    assert_eq!(left, [(county.units[2], true)]);
    let gone = issue(county.matter(JUNE, 3, REMINDER));
    refused(&county.act(FIRST, gone).await, "slip_corrected");
    // What was issued goes on like any other.
    done(&county.act(CLERK, reply(slip, "已说明")).await);
}

/// Behind in January and February, which are posted, and in April; in March, which is closed and
/// waits, the fourth unit is the first. Everything that is proposed for it, the newest first.
async fn behind_and_unpublished(again: Again) -> Vec<(String, String, u32)> {
    let county = County::new().await;
    let store = &county.app.state.store;
    let text = rules::written(store, "2026").await.expect("a charter");
    let mut charter: SeasonCharter = serde_json::from_str(&text).expect("a charter");
    let talk = charter.ladder.iter_mut().find(|row| row.name == TALK);
    let talk = talk.expect("a talk");
    if talk.again != again {
        talk.again = again;
        let text = serde_json::to_string(&charter).expect("JSON");
        let set = rules::set(store, ("2026", &text), county.app.now()).await;
        set.expect("a charter");
    }
    county.posted("2026-01", ["9", "8", "7", "6"], &[]).await;
    county.posted("2026-02", ["9", "7", "8", "6"], &[]).await;
    let march = county.figures("2026-03", ["6", "7", "8", "9"], &[]);
    county.import("figures.csv", &march).await;
    done(&county.month(CLERK, "2026-03", close("")).await);
    county.posted("2026-04", ["9", "8", "7", "6"], &[]).await;
    let rows = county.slips(SECOND, SlipState::Proposed).await.rows;
    let fourth = rows
        .into_iter()
        .filter(|row| row.matter.unit == county.units[3]);
    let said = |row: SlipRow| (row.matter.period.to_string(), row.matter.rule, row.behind);
    fourth.map(said).collect()
}

/// Scenario 10 (GY-19), through posted months.
#[tokio::test]
async fn scenario_10_a_talk_is_raised_once_and_a_month_that_is_not_posted_neither_adds_nor_resets()
{
    let row = |month: &str, rule: &str, behind| (month.to_owned(), rule.to_owned(), behind);
    let earlier = [
        row("2026-02", REMINDER, 2),
        row("2026-02", TALK, 2),
        row("2026-01", REMINDER, 1),
    ];
    let april = row("2026-04", REMINDER, 3);
    let once = [vec![april.clone()], earlier.to_vec()].concat();
    assert_eq!(behind_and_unpublished(Again::AfterZero).await, once);
    let further = vec![april, row("2026-04", TALK, 3)];
    let again = [further, earlier.to_vec()].concat();
    assert_eq!(behind_and_unpublished(Again::EveryMonth).await, again);
}

#[tokio::test]
async fn a_month_posted_after_its_successor_raises_nothing_by_itself() {
    let county = County::new().await;
    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    county.posted(JUNE, ["6", "7", "8", "9"], &[]).await;
    let page = county.slips(CLERK, SlipState::Proposed).await;
    let late: Vec<_> = page
        .rows
        .iter()
        .map(|row| (row.matter.period.to_string(), row.is_late))
        .collect();
    let row = |period: &str, is_late| (period.to_owned(), is_late);
    assert_eq!(
        late,
        [
            row(JULY, false),
            row(JULY, false),
            row(JUNE, true),
            row(JUNE, true)
        ]
    );
    let first = || county.matter(JUNE, 1, REMINDER);
    refused(&county.act(FIRST, issue(first())).await, "empty");
    let mut command = issue(first());
    if let SlipCommand::Issue { late, .. } = &mut command {
        *late = "六月补公示".to_owned();
    }
    done(&county.act(FIRST, command).await);
    assert_eq!(
        county.standing(CLERK, SlipState::Issued).await,
        reminders(&[1])
    );
}

/// P9: by dates, wherever the unit stands. Every unit has a road that is due in July.
#[tokio::test]
async fn a_preset_of_dates_proposes_for_the_first_of_a_group_and_names_the_item() {
    let county = County::new().await;
    let store = &county.app.state.store;
    let charter = SeasonPreset::Suqian.charter();
    let text = serde_json::to_string(&charter).expect("JSON");
    let set = rules::set(store, ("2026", &text), county.app.now()).await;
    set.expect("a charter");
    for month in [JUNE, JULY, "2026-08"] {
        county
            .posted(month, ["9", "8", "7", "6"], &[1, 2, 3, 4])
            .await;
    }
    let rows = county.slips(CLERK, SlipState::Proposed).await.rows;
    assert_eq!(rows.len(), 12, "for each unit in each month");
    let said = |row: &SlipRow| {
        assert_eq!(
            (row.matter.unit, row.rank, row.behind),
            (county.units[0], Some(1), 0)
        );
        let month = row.matter.period.to_string();
        (
            month,
            row.matter.rule.clone(),
            row.indicator.clone(),
            row.colour,
        )
    };
    let row = |month: &str, rule: &str, about: &str, colour| {
        (
            month.to_owned(),
            rule.to_owned(),
            about.to_owned(),
            Some(colour),
        )
    };
    let of_first = rows.iter().filter(|row| row.matter.unit == county.units[0]);
    let found: Vec<_> = of_first.map(said).collect();
    let red = |month| row(month, "红色督办单", "断头路（逾期）", Colour::Red);
    let blue = row(JUNE, "蓝色督办单", "断头路（临近到期）", Colour::Blue);
    assert_eq!(found, [red("2026-08"), red(JULY), blue]);
}

#[tokio::test]
async fn a_named_item_past_its_month_is_named_on_the_supervision_slip() {
    let county = County::new().await;
    county.posted(JULY, ["9", "8", "7", "6"], &[4]).await;
    let page = county.slips(CLERK, SlipState::Proposed).await;
    let rows: Vec<_> = page
        .rows
        .iter()
        .map(|row| (row.matter.rule.as_str(), row.indicator.as_str()))
        .collect();
    assert_eq!(rows, [(REMINDER, "项目"), ("督办单", "断头路")]);
}

#[tokio::test]
async fn documents_are_counted_by_unit_from_what_was_issued() {
    let county = County::new().await;
    county.posted(JUNE, ["9", "8", "7", "6"], &[]).await;
    county.issue(FIRST, county.matter(JUNE, 4, REMINDER)).await;
    county.posted(JULY, ["9", "7", "8", "6"], &[]).await;
    county.issue(FIRST, county.matter(JULY, 4, REMINDER)).await;
    county.issue(FIRST, county.matter(JULY, 4, "约谈")).await;
    let units = county.slips(SECOND, SlipState::Closed).await.units;
    let lines: Vec<_> = units
        .iter()
        .map(|line| (line.unit, line.slips, line.talks, line.behind))
        .collect();
    assert_eq!(
        lines,
        [
            (county.units[3], 2, Some(1), 2),
            (county.units[1], 0, Some(0), 1),
        ]
    );
}
