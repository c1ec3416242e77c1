//! Codes of the engine and of the protocol as words: states, notes, ties.

use crate::backend::Capability;
use crate::text::{self, Lang};
use sync::posted::PostedClass;
use sync::protocol::{
    GateStateView, KeptReason, QuarantineReason, RejectReason, StageState, Standing,
};

#[must_use]
pub fn stage_state(lang: Lang, state: StageState) -> &'static str {
    match state {
        StageState::Draft => text::state_draft(lang),
        StageState::Ready | StageState::Unknown => text::state_ready(lang),
        StageState::Open => text::state_open(lang),
        StageState::Closed => text::state_closed(lang),
        StageState::Posted => text::state_posted(lang),
    }
}

/// What an account may do, in one word.
#[must_use]
pub fn capability(lang: Lang, capability: Capability) -> &'static str {
    match capability {
        Capability::Organise => text::account_may_organise(lang),
        Capability::Confirm => text::account_may_confirm(lang),
        Capability::Publish => text::account_may_publish(lang),
        Capability::Talks => text::account_may_talks(lang),
    }
}

/// A level's code as a word; one that nobody knows is shown as it is.
#[must_use]
pub fn level(lang: Lang, code: &str) -> String {
    let word = match code {
        "county" => text::level_county(lang),
        "township" => text::level_township(lang),
        "department" => text::level_department(lang),
        "park" => text::level_park(lang),
        "finance" => text::level_finance(lang),
        "company" => text::level_company(lang),
        "scenic" => text::level_scenic(lang),
        "village" => text::level_village(lang),
        "group" => text::level_group(lang),
        _ => code,
    };
    word.to_owned()
}

#[must_use]
pub fn gate_state(lang: Lang, state: GateStateView) -> &'static str {
    match state {
        GateStateView::Pending | GateStateView::Unknown => text::state_gate_pending(lang),
        GateStateView::Open => text::state_gate_open(lang),
        GateStateView::Closed => text::state_gate_closed(lang),
    }
}

/// The icon that stands beside a gate's word.
#[must_use]
pub fn gate_icon(state: GateStateView) -> &'static str {
    match state {
        GateStateView::Pending | GateStateView::Unknown => "clock",
        GateStateView::Open => "open",
        GateStateView::Closed => "lock",
    }
}

/// Why a sheet is not simply counted.
#[must_use]
pub fn standing(lang: Lang, standing: &Standing) -> String {
    let sentence = match standing {
        Standing::Counted => text::standing_counted(lang),
        Standing::CountedOffline { .. } => text::standing_offline(lang),
        Standing::Quarantined { reason } => return quarantine(lang, *reason),
        Standing::Conflict { .. } => text::standing_conflict(lang),
        Standing::KeptNotCounted {
            reason: KeptReason::EntryWithdrawn,
        } => text::standing_entry_withdrawn(lang),
        Standing::KeptNotCounted {
            reason: KeptReason::Recused,
        } => text::standing_recused(lang),
        Standing::Superseded { .. } => text::standing_superseded(lang),
        Standing::Void => text::standing_void(lang),
        Standing::KeptNotCounted { .. } | Standing::Unknown => text::standing_unknown(lang),
    };
    sentence.to_owned()
}

fn quarantine(lang: Lang, reason: QuarantineReason) -> String {
    let sentence = match reason {
        QuarantineReason::HeardOfClose => text::standing_heard_of_close(lang),
        QuarantineReason::AttemptArchived => text::standing_attempt_archived(lang),
        QuarantineReason::AttemptUnknown => text::standing_attempt_unknown(lang),
        QuarantineReason::SealedAfterClose => text::standing_sealed_after_close(lang),
        QuarantineReason::StrictWithoutCode => text::standing_strict(lang),
        QuarantineReason::GateNotOpen => text::standing_gate_not_open(lang),
        QuarantineReason::Posted => text::standing_posted(lang),
        QuarantineReason::CharterVersion { sheet, contest } => {
            return text::standing_charter(lang, contest, sheet);
        }
        QuarantineReason::CredentialReplaced => text::standing_replaced(lang),
        QuarantineReason::CredentialWithdrawn => text::standing_withdrawn(lang),
        QuarantineReason::SeatAbsent => text::standing_absent(lang),
        QuarantineReason::Malformed => text::standing_malformed(lang),
        QuarantineReason::Overtaken | QuarantineReason::Unknown => text::standing_unknown(lang),
    };
    sentence.to_owned()
}

/// Why an op was refused whole, and what to do about it.
#[must_use]
pub fn rejection(lang: Lang, reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::Malformed => text::rejected_malformed(lang),
        RejectReason::BadMac => text::rejected_bad_mac(lang),
        RejectReason::NewerVersion => text::rejected_newer(lang),
        RejectReason::TooLarge => text::rejected_too_large(lang),
        RejectReason::IdReused
        | RejectReason::NotYourSeat
        | RejectReason::UnknownContest
        | RejectReason::UnknownEntry
        | RejectReason::SeqReused
        | RejectReason::Unknown => text::standing_unknown(lang),
    }
}

/// A note's code, such as `below_min_panel:A`, as a sentence. Codes of a newer build are shown as
/// they are: a note is never swallowed.
#[must_use]
pub fn note(lang: Lang, code: &str, classes: &[PostedClass]) -> String {
    let (kind, rest) = code.split_once(':').unwrap_or((code, ""));
    let class = class_name(rest, classes);
    match kind {
        "partial_panel" => text::result_note_partial(lang, class),
        "below_min_panel" => text::result_note_below_min(lang, class),
        "sum_not_scaled" => text::result_note_sum_not_scaled(lang, class),
        "missing_excluded" => text::result_note_missing_excluded(lang, class),
        "missing_as_zero" => text::result_note_missing_zero(lang, class),
        "class_reweighted" => text::result_note_reweighted(lang, class),
        "floor_applied" => text::result_note_floor(lang).to_owned(),
        "withdrawn" => text::result_note_withdrawn(lang).to_owned(),
        "run_off_needed" => text::result_note_run_off(lang).to_owned(),
        "held" => held(lang, rest, classes),
        _ => text::result_note_unknown(lang, code),
    }
}

fn held(lang: Lang, code: &str, classes: &[PostedClass]) -> String {
    let (kind, rest) = code.split_once(':').unwrap_or((code, ""));
    let class = class_name(rest, classes);
    match kind {
        "missing_mark" => text::result_held_missing_mark(lang, class),
        "missing_sheet" => text::result_held_missing_sheet(lang, class),
        "below_min_panel" => text::result_held_below_min(lang, class),
        "class_absent" => text::result_held_class_absent(lang, class),
        "criterion_unmarked" => text::result_held_unmarked(lang, class),
        "no_weight" => text::result_held_no_weight(lang).to_owned(),
        "too_large" => text::result_held_too_large(lang).to_owned(),
        _ => text::result_note_unknown(lang, code),
    }
}

/// A step of the tie ladder, such as `class:A`, as a sentence.
#[must_use]
pub fn tie(lang: Lang, code: &str, classes: &[PostedClass]) -> String {
    let (kind, rest) = code.split_once(':').unwrap_or((code, ""));
    match kind {
        "untrimmed_mean" => text::result_tie_untrimmed_mean(lang).to_owned(),
        "class" => text::result_tie_class(lang, class_name(rest, classes)),
        "criterion" => text::result_tie_criterion(lang).to_owned(),
        "fewer_deductions" => text::result_tie_fewer_deductions(lang).to_owned(),
        "run_off" => text::result_tie_run_off(lang).to_owned(),
        "shared" => text::result_tie_shared(lang).to_owned(),
        _ => text::result_note_unknown(lang, code),
    }
}

/// The name of a class by its key; what follows a further colon is a criterion.
fn class_name(rest: &str, classes: &[PostedClass]) -> String {
    let key = rest.split(':').next().unwrap_or_default();
    classes
        .iter()
        .find(|class| class.key == key)
        .map_or_else(|| key.to_owned(), |class| class.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes() -> Vec<PostedClass> {
        vec![PostedClass {
            key: "A".to_owned(),
            name: "县领导".to_owned(),
            weight: "0.6".to_owned(),
        }]
    }

    #[test]
    fn a_note_names_its_class() {
        assert_eq!(
            note(Lang::Zh, "below_min_panel:A", &classes()),
            "县领导：不足最少席数，不去高低"
        );
        assert_eq!(
            note(Lang::Zh, "held:criterion_unmarked:A:effect", &classes()),
            "待定：县领导有评分项没人打分"
        );
    }

    #[test]
    fn a_code_of_a_newer_build_is_shown_as_it_is() {
        assert_eq!(
            note(Lang::Zh, "moon_phase", &classes()),
            "另有说明（moon_phase）"
        );
    }

    #[test]
    fn a_tie_says_which_step_decided() {
        assert_eq!(
            tie(Lang::Zh, "class:A", &classes()),
            "同分，按县领导均分排出"
        );
    }
}
