//! Of a unit on the black list of the newest posted month a written plan is asked for (P6), on its
//! card, as long as the list stands and as far as the charter lets the unit know.

use super::county::{CLERK, County, done};
use super::slips::card_of;
use crate::pad::Pad;
use crate::removal::{DAYS, JULY, UNTIL, posted};
use app::backend::MonthCommand;
use domain::month::SeasonCharter;
use domain::month::audience::{Audience, AudienceRule};
use server::service::month::rules;
use sync::protocol::FieldPlan;

async fn plan(county: &County, pad: &Pad) -> Option<FieldPlan> {
    pad.field(&county.app).await.plan
}

#[tokio::test]
async fn a_unit_on_the_black_list_is_asked_for_a_plan_while_the_list_stands() {
    let mut county = posted().await;
    let first = card_of(&county, 0).await;
    assert_eq!(plan(&county, &first).await, None, "it is on the red list");
    let last = card_of(&county, 3).await;
    let asked = FieldPlan {
        period: JULY.parse().expect("a month"),
        since: "2026-11-01".to_owned(),
        until: UNTIL.to_owned(),
    };
    assert_eq!(plan(&county, &last).await, Some(asked.clone()));
    let seen = last.field(&county.app).await.merits;
    assert!(seen[0].day.starts_with(JULY) && seen[0].points == "-1.5");
    county.pass(DAYS).await;
    assert_eq!(plan(&county, &last).await, Some(asked), "the last day");
    county.pass(1).await;
    assert_eq!(plan(&county, &last).await, None);
}

#[tokio::test]
async fn a_newer_posted_month_takes_the_place_of_the_older_one() {
    let county = posted().await;
    let last = card_of(&county, 3).await;
    county.posted("2026-08", ["9", "8", "7", "6"], &[]).await;
    assert_eq!(
        plan(&county, &last).await,
        None,
        "nothing was deducted in August"
    );
}

#[tokio::test]
async fn a_correction_that_takes_the_unit_off_the_list_asks_for_nothing() {
    let county = posted().await;
    let last = card_of(&county, 3).await;
    let merits = county.month_desk(CLERK, JULY).await.merits;
    let deduction = merits.iter().find(|one| one.points == "-1.5");
    let strike = MonthCommand::Strike {
        merit: deduction.expect("the deduction").id,
        reason: "记错了".to_owned(),
    };
    done(&county.month(super::county::SECOND, JULY, strike).await);
    assert!(
        plan(&county, &last).await.is_some(),
        "what was posted stands"
    );
    county.close_and_post(JULY, "划掉一笔").await;
    assert_eq!(plan(&county, &last).await, None);
}

#[tokio::test]
async fn nothing_is_said_of_a_board_that_is_for_staff_alone() {
    let county = posted().await;
    let last = card_of(&county, 3).await;
    let store = &county.app.state.store;
    for (board, is_told) in [
        (Audience::Staff, false),
        (Audience::Link, true),
        (Audience::Public, true),
    ] {
        let text = rules::written(store, "2026").await.expect("a charter");
        let charter: SeasonCharter = serde_json::from_str(&text).expect("JSON");
        let audience = AudienceRule {
            board,
            unit: board,
            ..AudienceRule::default()
        };
        let charter = SeasonCharter {
            audience,
            ..charter
        };
        let text = serde_json::to_string(&charter).expect("JSON");
        let set = rules::set(store, ("2026", &text), county.app.now()).await;
        set.expect("a charter that is taken over");
        assert_eq!(plan(&county, &last).await.is_some(), is_told, "{board:?}");
    }
}
