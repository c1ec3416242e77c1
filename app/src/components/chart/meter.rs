//! Completion as a bar, with a line where the year's share of the target lies (序时进度), or at the
//! target where the rule asks for no share of the year.

use super::{WHOLE, length, thousandths};
use leptos::prelude::*;

/// A hundred percent, in thousandths of a percent.
const TARGET: i64 = 100_000;

/// In thousandths of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lengths {
    done: i64,
    /// Where the line stands.
    tick: i64,
    is_slow: bool,
}

/// Draws a completion and the 超序时 against it, both in percent as they were posted. Without a
/// completion the bar is empty and has no line.
#[must_use]
pub fn meter(completion: Option<&str>, pace: Option<&str>) -> AnyView {
    let lengths = completion
        .and_then(thousandths)
        .map(|done| lengths(done, pace.and_then(thousandths)));
    let state = lengths.map(|bar| if bar.is_slow { "slow" } else { "ahead" });
    let bar = lengths.map(|bar| {
        let done = length(bar.done);
        view! {
            <rect data-bar="" width=done.clone() height="100%"></rect>
            <line data-hatch="" x1="0" y1="50%" x2=done y2="50%"></line>
        }
    });
    let tick = lengths.map(|bar| {
        let at = length(bar.tick);
        view! { <line data-tick="" x1=at.clone() y1="-25%" x2=at y2="125%"></line> }
    });
    view! { <svg class="meter" data-state=state aria-hidden="true">{bar} {tick}</svg> }.into_any()
}

/// The target is the bar's end, or the completion where that is further.
fn lengths(done: i64, pace: Option<i64>) -> Lengths {
    let whole = done.max(TARGET);
    let part = |percent: i64| {
        let scaled = i128::from(percent) * i128::from(WHOLE) / i128::from(whole);
        i64::try_from(scaled).unwrap_or_default()
    };
    Lengths {
        done: part(done),
        tick: part(pace.map_or(TARGET, |pace| done.saturating_sub(pace))),
        is_slow: pace.is_some_and(i64::is_negative),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_stands_where_the_year_is() {
        let july = lengths(81_700, Some(23_400));
        assert_eq!((july.done, july.tick, july.is_slow), (817, 583, false));
        let slow = lengths(40_000, Some(-18_300));
        assert_eq!((slow.done, slow.tick, slow.is_slow), (400, 583, true));
    }

    #[test]
    fn beyond_the_target_the_bar_is_the_completion() {
        let beyond = lengths(200_000, Some(100_000));
        assert_eq!((beyond.done, beyond.tick), (1000, 500));
        let alone = lengths(50_000, None);
        assert_eq!((alone.done, alone.tick), (500, 1000));
        assert_eq!(lengths(i64::MAX, Some(i64::MIN)).done, 1000);
    }
}
