//! What an assessment proposes (XY-11): the edges, and what a charter may say.

use super::number;
use domain::month::SeasonCharter;
use domain::month::cadence::Every;
use domain::month::charter::Side;
use domain::month::outcome::{OutcomeRule, proposed};
use domain::ratio::Ratio;

fn rule(side: Side, count: u32) -> OutcomeRule {
    OutcomeRule {
        every: Every::Year,
        side,
        count,
        action: "通报表扬".to_owned(),
    }
}

/// The units that are proposed, by their numbers; an empty mean is none.
fn of(side: Side, count: u32, means: &[&str]) -> Vec<usize> {
    let mean = |text: &&str| -> Option<Ratio> { (!text.is_empty()).then(|| number(text).ratio()) };
    let means: Vec<Option<Ratio>> = means.iter().map(mean).collect();
    let proposed = proposed(&rule(side, count), &means).into_iter();
    let proposed = proposed.enumerate().filter(|(_, is_it)| *is_it);
    proposed.map(|(at, _)| at + 1).collect()
}

#[test]
fn equal_ones_at_the_edge_are_in_among_the_first_and_out_among_the_last() {
    let means = ["9", "8", "8", "5", "5", "4", ""];
    assert_eq!(of(Side::Top, 2, &means), [1, 2, 3]);
    assert_eq!(of(Side::Bottom, 2, &means), [6]);
    assert_eq!(of(Side::Bottom, 3, &means), [4, 5, 6]);
}

#[test]
fn either_side_takes_at_most_half_and_who_has_no_mean_is_proposed_for_nothing() {
    assert_eq!(of(Side::Top, 9, &["3", "2", "1", ""]), [1]);
    assert_eq!(of(Side::Bottom, 9, &["3", "2", "1", ""]), [3]);
    assert_eq!(of(Side::Bottom, 3, &["3", ""]), [0; 0]);
}

#[test]
fn a_charter_names_what_is_wrong_with_its_outcomes() {
    let mut charter = SeasonCharter::guanyun();
    charter.outcomes = vec![rule(Side::Top, 1), rule(Side::Top, 0)];
    charter.outcomes.push(OutcomeRule {
        every: Every::Week,
        action: String::new(),
        ..rule(Side::Bottom, 3)
    });
    let faults = charter.faults();
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| (fault.key.as_str(), fault.code))
        .collect();
    assert_eq!(
        faults,
        [
            ("outcomes[1].action", "twice"),
            ("outcomes[1].count", "out_of_range"),
            ("outcomes[2].action", "empty"),
            ("outcomes[2].every", "no_assessment"),
        ]
    );
}

/// An assessment of one month is the month itself, and has no sheet that could propose anything.
#[test]
fn an_outcome_belongs_to_an_assessment_of_several_months() {
    let mut charter = SeasonCharter::guanyun();
    charter.outcomes = vec![rule(Side::Top, 1)];
    for (every, is_right) in [
        (Every::Week, false),
        (Every::Month, false),
        (Every::TwoMonths, true),
        (Every::Quarter, true),
    ] {
        let row = charter.cadence.last_mut().expect("年终考评");
        row.every = every;
        charter.outcomes[0].every = every;
        assert_eq!(charter.faults().is_empty(), is_right, "{every:?}");
    }
}

#[test]
fn a_charter_without_outcomes_is_written_as_before() {
    let text = serde_json::to_string(&SeasonCharter::guanyun()).unwrap();
    assert!(!text.contains("outcomes"));
}
