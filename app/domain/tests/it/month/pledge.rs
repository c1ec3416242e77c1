//! What a unit signed for (GY-12).

use super::number;
use domain::month::Period;
use domain::month::indicator::Better;
use domain::month::pledge::{PledgeState, Target};

fn month(text: &str) -> Period {
    text.parse().unwrap()
}

fn target(better: Better, value: &str, due: &str) -> Target {
    Target {
        better,
        value: number(value),
        due: month(due),
    }
}

#[test]
fn a_pledge_is_looked_at_when_a_quarter_ends_and_in_its_last_month_once_it_is_signed() {
    let signed = month("2026-01");
    let checkpoints = |due| target(Better::Higher, "8", due).checkpoints(signed);
    assert_eq!(
        checkpoints("2026-07"),
        ["2026-03", "2026-06", "2026-07"].map(month)
    );
    assert_eq!(checkpoints("2026-06"), ["2026-03", "2026-06"].map(month));
}

#[test]
fn what_is_reached_exactly_is_kept_and_a_missing_figure_is_no_zero() {
    let least = target(Better::Higher, "8.5", "2026-06");
    let most = target(Better::Lower, "3", "2026-06");
    let of = |target: Target, value: &str| target.state(Some(Some(number(value))));
    assert_eq!(of(least, "8.50"), PledgeState::Kept);
    assert_eq!(of(least, "8.499999"), PledgeState::Broken);
    assert_eq!(of(most, "3"), PledgeState::Kept);
    assert_eq!(of(most, "3.000001"), PledgeState::Broken);
    assert_eq!(most.state(Some(None)), PledgeState::Unknown);
    assert_eq!(least.state(None), PledgeState::Open);
}
