//! Items that are given out in batches and struck one by one (WZ-15, WZ-16, GY-7).

use domain::worklist::WorkAct::{Approve, Ask, Plan, Return, Undo, Withdraw};
use domain::worklist::WorkState::{Active, Asked, Draft, Struck, Withdrawn};
use domain::worklist::{RATE_PLACES, WorkAct, WorkState, rate};

const WHOLE: WorkAct = Plan {
    has_team: true,
    has_schedule: true,
};

#[test]
fn an_item_begins_with_a_team_and_a_schedule_and_not_before() {
    for (has_team, has_schedule) in [(false, false), (true, false), (false, true)] {
        let part = Plan {
            has_team,
            has_schedule,
        };
        assert_eq!(Draft.after(part), Ok(Draft));
        assert_eq!(Active.after(part), Err("plan_incomplete"));
    }
    assert_eq!(Draft.after(WHOLE), Ok(Active));
    assert_eq!(Draft.after(Withdraw), Ok(Withdrawn));
    for act in [Ask, Approve, Return, Undo] {
        assert_eq!(Draft.after(act), Err("not_planned"));
    }
}

#[test]
fn every_state_takes_the_acts_that_lead_on_and_refuses_the_others() {
    let led = [
        (Active, WHOLE, Active),
        (Active, Ask, Asked),
        (Active, Withdraw, Withdrawn),
        (Asked, Approve, Struck),
        (Asked, Return, Active),
        (Struck, Undo, Active),
    ];
    for state in [Active, Asked, Struck, Withdrawn] {
        for act in [WHOLE, Ask, Approve, Return, Undo, Withdraw] {
            let leads = led
                .iter()
                .find(|(from, by, _)| (*from, *by) == (state, act));
            let expected = leads.map(|(_, _, to)| *to).ok_or("work_state");
            assert_eq!(state.after(act), expected, "{state:?} {act:?}");
        }
    }
}

#[test]
fn the_rate_of_a_batch_is_printed_to_a_tenth_half_up() {
    let printed = |struck, all| rate(struck, all).map(|rate| rate.to_fixed(RATE_PLACES));
    // 313 problems of the first batch, 305 struck by the end of March (WZ-15).
    assert_eq!(printed(305, 313).as_deref(), Some("97.4"));
    assert_eq!(printed(1, 8).as_deref(), Some("12.5"));
    // 1 of 16 is 6.25.
    assert_eq!(printed(1, 16).as_deref(), Some("6.3"));
    assert_eq!(printed(0, 5).as_deref(), Some("0.0"));
    assert_eq!(printed(78, 78).as_deref(), Some("100.0"));
    assert_eq!(printed(0, 0), None);
}

#[test]
fn states_have_one_word_each() {
    for state in WorkState::ALL {
        assert_eq!(WorkState::from_word(state.word()), Some(state));
    }
}
