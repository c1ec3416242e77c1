//! The rope between two rivals: its knot lies on the side of the one who is ahead.

use super::{WHOLE, length, thousandths};
use leptos::prelude::*;

const MIDDLE: i64 = WHOLE / 2;
/// A lead of ten points pulls the knot to the end; the rope leaves room for the knot itself.
const LEAD_PER_THOUSANDTH: i64 = 20;
const END: i64 = 480;

/// Draws the scores of the left and the right unit; without both of them the rope has no knot.
#[must_use]
pub fn rope(left: Option<&str>, right: Option<&str>) -> AnyView {
    let knot = knot(left, right);
    let state = knot.is_none().then_some("open");
    let pulled = knot.map(|at| {
        let at = length(at);
        view! {
            <line data-pull="" x1="50%" y1="50%" x2=at.clone() y2="50%"></line>
            <circle cx=at cy="50%" r="7"></circle>
        }
    });
    view! {
        <svg class="rope" data-state=state aria-hidden="true">
            <line data-rope="" x1="0%" y1="50%" x2="100%" y2="50%"></line>
            <line data-middle="" x1="50%" y1="5%" x2="50%" y2="95%"></line>
            {pulled}
        </svg>
    }
    .into_any()
}

fn knot(left: Option<&str>, right: Option<&str>) -> Option<i64> {
    let lead = thousandths(left?)?.saturating_sub(thousandths(right?)?);
    Some(MIDDLE - (lead / LEAD_PER_THOUSANDTH).clamp(-END, END))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_knot_is_on_the_side_of_who_is_ahead() {
        assert_eq!(knot(Some("91.35"), Some("84.62")), Some(164));
        assert_eq!(knot(Some("88.97"), Some("90.21")), Some(562));
        assert_eq!(knot(Some("86.40"), Some("86.40")), Some(MIDDLE));
        assert_eq!(knot(Some("99"), Some("1")), Some(MIDDLE - END));
    }

    #[test]
    fn without_both_scores_there_is_no_knot() {
        assert_eq!(knot(None, Some("1")), None);
        assert_eq!(knot(Some("—"), Some("1")), None);
    }
}
