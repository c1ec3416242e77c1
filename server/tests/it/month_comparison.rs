//! What the staff's page of a month says it would change, before anybody posts it.

use crate::kit::{Place, story};
use crate::month::{County, close, july};
use app::backend::{Comparison, FlagChange, MonthDesk, PlaceChange};
use domain::month::Period;
use domain::month::board::Listed;
use server::service::month::comparison::compare;
use sync::posted_month::PostedMonth;

fn month(number: u8) -> Period {
    Period::new(2026, number).expect("a month")
}

/// A county whose April and May were posted; 青禾镇 was the first and held the flag.
async fn after_may(place: &Place) -> County {
    let county = County::over(story(place).await).await;
    for period in [month(4), month(5)] {
        let values = ["9", "8", "7", "6"];
        county.figures_of(&period.to_string(), values).await;
        county.own_in(period, close("")).await.expect("closed");
        county.post_in(period).await;
    }
    county
}

async fn desk(county: &County) -> MonthDesk {
    county.desk(county.second).await
}

fn comparison(desk: &MonthDesk) -> &Comparison {
    desk.comparison.as_ref().expect("a comparison")
}

fn hands(flag: &FlagChange) -> (&str, u32, &str, &str, bool) {
    (
        &flag.name,
        flag.number,
        flag.from.as_deref().unwrap_or_default(),
        flag.to.as_deref().unwrap_or_default(),
        flag.is_kept,
    )
}

#[tokio::test]
async fn a_month_is_held_against_the_last_one_that_was_posted() {
    let place = Place::new();
    let county = after_may(&place).await;
    county.figures(["6", "8", "7", "9"]).await;
    county.record(1, "3").await;
    county.record(0, "-3").await;
    county.confirm_all().await;

    let open = desk(&county).await;
    let told = comparison(&open);
    assert_eq!(
        (told.period, told.edition),
        (month(5), 1),
        "June is not out"
    );
    assert_eq!(told.red.joins, ["石桥乡"]);
    assert_eq!(told.black.joins, ["青禾镇"]);
    let moved = told
        .places
        .iter()
        .map(|one| (one.name.as_str(), one.moved()));
    let moved: Vec<_> = moved.collect();
    assert_eq!(moved, [("竹海乡", Some(3)), ("青禾镇", Some(-3))]);
    assert_eq!(
        hands(&told.flags[0]),
        ("红旗", 1, "青禾镇", "竹海乡", false)
    );
    let kept = told.flags.iter().filter(|flag| flag.is_kept).map(hands);
    assert!(kept.eq([
        ("红旗", 2, "石桥乡", "石桥乡", true),
        ("黄旗", 1, "双河镇", "双河镇", true)
    ]));
    let of = |name| told.follows.iter().find(|one| one.name == name);
    assert!(
        of("双河镇").is_some_and(|one| !one.is_newly_behind),
        "since May"
    );
    let follow = of("青禾镇").expect("what follows");
    assert!(follow.is_newly_behind);
    assert!(follow.due.contains(&"提醒单".to_owned()));

    county.own(close("")).await.expect("closed");
    assert_eq!(desk(&county).await.comparison, open.comparison, "it waits");
    county.post(&county.second(), "").await.expect("posted");
    assert_eq!(desk(&county).await.comparison, None, "nothing waits");
}

#[tokio::test]
async fn a_month_that_was_posted_is_held_against_its_own_edition() {
    let place = Place::new();
    let county = after_may(&place).await;
    county.figures(["6", "8", "7", "9"]).await;
    county.own(close("")).await.expect("closed");
    county.post(&county.second(), "").await.expect("posted");
    county.figures(["6", "8", "8.5", "9"]).await;
    let desk = desk(&county).await;
    let told = comparison(&desk);
    assert_eq!((told.period, told.edition), (july(), 1));
    let moved: Vec<_> = told.places.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(moved, ["双河镇", "石桥乡"]);
    assert_eq!(
        hands(&told.flags[0]),
        ("红旗", 2, "石桥乡", "双河镇", false)
    );
    assert!(told.flags[2].is_kept, "{:?}", told.flags);
    let follows: Vec<_> = told.follows.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(
        follows,
        ["石桥乡"],
        "what was proposed is not proposed again"
    );
}

#[tokio::test]
async fn the_first_month_of_a_season_is_held_against_none() {
    let place = Place::new();
    let county = County::over(story(&place).await).await;
    county.figures(["9", "8", "7", "6"]).await;
    assert_eq!(desk(&county).await.comparison, None);
}

/// A posted month to be changed by hand.
async fn posted(county: &County) -> PostedMonth {
    county.desk_of(month(5), county.second).await.month
}

#[tokio::test]
async fn whoever_leaves_a_list_or_the_season_is_named() {
    let place = Place::new();
    let county = after_may(&place).await;
    let mut before = posted(&county).await;
    let mut after = before.clone();
    before.groups[0].units[0].listed = Some(Listed::Red);
    before.groups[0].units[3].listed = Some(Listed::Black);
    after.groups[0].units[1].listed = Some(Listed::Red);
    let gone = after.groups[0].units.remove(2);
    let told = compare(&before, &after);
    let names = |at: usize| before.groups[0].units[at].name.clone();
    assert_eq!(
        (told.red.joins, told.red.leaves),
        (vec![names(1)], vec![names(0)])
    );
    assert_eq!(
        (told.black.joins, told.black.leaves),
        (vec![], vec![names(3)])
    );
    let left = PlaceChange {
        group: before.groups[0].name.clone(),
        name: gone.name,
        before: gone.rank,
        now: None,
    };
    assert_eq!(told.places, [left]);
}

#[tokio::test]
async fn the_largest_moves_are_named_and_the_others_counted() {
    let place = Place::new();
    let county = after_may(&place).await;
    let mut before = posted(&county).await;
    let one = before.groups[0].units[0].clone();
    before.groups[0].units = (1..=14_u32)
        .map(|rank| sync::posted_month::PostedUnit {
            unit: domain::ids::UnitId(uuid::Uuid::from_u128(rank.into())),
            rank: Some(rank),
            ..one.clone()
        })
        .collect();
    let mut after = before.clone();
    let units = &mut after.groups[0].units;
    for unit in units.iter_mut() {
        unit.rank = unit.rank.map(|rank| 15 - rank);
    }
    units[6].rank = None;
    let told = compare(&before, &after);
    assert_eq!((told.places.len(), told.more_places), (10, 4));
    let moves: Vec<_> = told.places.iter().map(PlaceChange::moved).collect();
    let largest = [None, Some(-13), Some(13), Some(-11), Some(11)];
    assert_eq!(moves[..5], largest, "a place that is lost comes first");
    after.period = month(6);
    let told = compare(&before, &after);
    let mut places = told.places.iter();
    assert!(places.all(|one| one.now.is_some()), "it waits for a figure");
}

#[tokio::test]
async fn a_further_edition_proposes_only_what_the_one_before_did_not() {
    let place = Place::new();
    let county = after_may(&place).await;
    let mut before = posted(&county).await;
    before.groups[0].units[0].due = vec!["提醒单".to_owned()];
    let mut after = before.clone();
    let told = compare(&before, &after);
    assert!(told.is_empty(), "{told:?}");
    after.groups[0].units[0].due.push("约谈".to_owned());
    let told = compare(&before, &after);
    assert_eq!(told.follows[0].due, ["约谈"]);
    after.period = month(6);
    let told = compare(&before, &after);
    assert_eq!(told.follows[0].due, ["提醒单", "约谈"], "a further month");
}
