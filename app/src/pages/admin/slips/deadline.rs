//! 将到期, 逾期: what is asked of a unit stands out when its last day is near or over (P9, P10), by a
//! word beside the colour.

use super::state_word;
use crate::text::{self, Lang};
use domain::month::day::Day;
use domain::month::deadline::Deadline;
use domain::month::slip::SlipState;

/// A tag: its tone in the style, and its word.
pub type Tag = (Option<&'static str>, &'static str);

/// Where a slip stands, or how near its last day is while a reply is wanted. Days are written
/// `2026-07-12`; a phone without network goes by its own clock.
#[must_use]
pub fn slip_tag(lang: Lang, state: SlipState, due: &str, today: &str) -> Tag {
    let tone = match state {
        SlipState::Issued | SlipState::Overdue => {
            return due_tag(lang, state, due, today).unwrap_or((None, state_word(lang, state)));
        }
        SlipState::Closed | SlipState::Replied => Some("ok"),
        SlipState::Proposed | SlipState::SetAside => None,
    };
    (tone, state_word(lang, state))
}

/// Only of one whose reply is wanted, and whose last day is near or over.
#[must_use]
pub fn due_tag(lang: Lang, state: SlipState, due: &str, today: &str) -> Option<Tag> {
    let known = due.parse::<Day>().ok().zip(today.parse::<Day>().ok());
    let deadline = match (state, known) {
        (SlipState::Overdue, _) => Deadline::Past,
        (SlipState::Issued, Some((due, today))) => Deadline::of(due, today),
        _ => return None,
    };
    deadline_tag(lang, deadline)
}

/// Nothing of what is still ahead.
#[must_use]
pub fn deadline_tag(lang: Lang, deadline: Deadline) -> Option<Tag> {
    match deadline {
        Deadline::Ahead => None,
        Deadline::Near => Some((Some("wait"), text::slip_due_near(lang))),
        Deadline::Past => Some((Some("alarm"), text::slip_state_overdue(lang))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUE: &str = "2026-07-12";

    #[test]
    fn while_a_reply_is_wanted_the_last_day_says_where_it_stands() {
        let tag = |state, today| slip_tag(Lang::Zh, state, DUE, today);
        let issued = SlipState::Issued;
        assert_eq!(tag(issued, "2026-07-08"), (None, "已发"));
        assert_eq!(tag(issued, "2026-07-09"), (Some("wait"), "将到期"));
        assert_eq!(tag(issued, DUE), (Some("wait"), "将到期"));
        // What the phone heard last says issued, and the day is over by now.
        assert_eq!(tag(issued, "2026-07-13"), (Some("alarm"), "逾期"));
        assert_eq!(tag(issued, "?"), (None, "已发"));
    }

    #[test]
    fn what_the_server_calls_overdue_is_so_by_a_slow_clock_too() {
        let tag = slip_tag(Lang::Zh, SlipState::Overdue, DUE, "2026-07-01");
        assert_eq!(tag, (Some("alarm"), "逾期"));
    }

    #[test]
    fn what_was_replied_to_is_not_due_any_more() {
        for state in [SlipState::Replied, SlipState::Closed, SlipState::SetAside] {
            assert_eq!(due_tag(Lang::Zh, state, DUE, "2026-08-01"), None);
            let tag = slip_tag(Lang::Zh, state, DUE, "2026-08-01");
            assert_eq!(tag.1, state_word(Lang::Zh, state));
        }
    }
}
