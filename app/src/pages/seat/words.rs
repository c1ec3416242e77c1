//! Where a sheet lies and what became of it, in words: a tag for the list, a sentence with the
//! reason where a person has something to know or to do.

use crate::text::{self, Lang};
use crate::when;
use sync::outbox::{Attention, OpState, StoreFault};
use sync::overlay::Place;
use sync::protocol::{KeptReason, ProblemCode, QuarantineReason, RejectReason, Standing};

/// One sheet's state: the tag's tone, icon and word, and the sentence behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceWords {
    pub tone: &'static str,
    pub icon: &'static str,
    pub word: String,
    pub why: Option<String>,
}

#[must_use]
pub fn place_words(place: &Place, lang: Lang) -> PlaceWords {
    match place {
        Place::Phone(state) => op_words(state, lang),
        Place::Server {
            standing,
            received_at,
        } => standing_words(standing, &when::clock(*received_at), lang),
    }
}

#[must_use]
pub fn op_words(state: &OpState, lang: Lang) -> PlaceWords {
    match state {
        OpState::Saving => plain("wait", "phone", text::pad_saving(lang)),
        OpState::Saved => plain("wait", "phone", text::sync_saved(lang)),
        OpState::Waiting => plain("wait", "up", text::sync_queued_spoken(lang)),
        OpState::Sending => plain("wait", "up", text::sync_sending_spoken(lang)),
        OpState::Acknowledged(ack) => standing_words(&ack.standing, &when::clock(ack.at), lang),
        OpState::NotSaved(fault) => PlaceWords {
            why: Some(fault_words(*fault, lang).to_owned()),
            ..plain("alarm", "warn", text::pad_not_saved(lang))
        },
        OpState::NeedsAttention(attention) => PlaceWords {
            why: Some(attention_words(*attention, lang)),
            ..plain("alarm", "warn", text::pad_attention(lang))
        },
    }
}

fn standing_words(standing: &Standing, clock: &str, lang: Lang) -> PlaceWords {
    let sent = || PlaceWords {
        word: text::sync_synced(lang, clock),
        ..plain("ok", "done", "")
    };
    match standing {
        Standing::Counted | Standing::Unknown => sent(),
        Standing::CountedOffline { .. } => PlaceWords {
            why: Some(text::pad_counted_offline_why(lang).to_owned()),
            ..plain("ok", "done", text::pad_counted_offline(lang))
        },
        Standing::Quarantined { reason } => PlaceWords {
            why: Some(quarantine_words(*reason, lang)),
            ..plain("alarm", "box", text::pad_quarantined(lang))
        },
        Standing::Conflict { .. } => PlaceWords {
            why: Some(text::pad_conflict_why(lang).to_owned()),
            ..plain("alarm", "fork", text::pad_conflict(lang))
        },
        Standing::KeptNotCounted { reason } => PlaceWords {
            why: Some(kept_words(*reason, lang).to_owned()),
            ..plain("wait", "box", text::pad_not_counted(lang))
        },
        Standing::Superseded { .. } => plain("wait", "note", text::pad_superseded(lang)),
        Standing::Void => plain("wait", "x", text::pad_void(lang)),
    }
}

fn plain(tone: &'static str, icon: &'static str, word: &str) -> PlaceWords {
    PlaceWords {
        tone,
        icon,
        word: word.to_owned(),
        why: None,
    }
}

fn fault_words(fault: StoreFault, lang: Lang) -> &'static str {
    match fault {
        StoreFault::Quota => text::pad_fault_quota(lang),
        StoreFault::QueueFull => text::pad_fault_full(lang),
        StoreFault::Unavailable => text::pad_fault_store(lang),
    }
}

fn attention_words(attention: Attention, lang: Lang) -> String {
    let (sentence, code) = match attention {
        Attention::Rejected(reason) => (text::pad_rejected(lang), reject_code(reason)),
        Attention::Refused(code) => (text::pad_refused(lang), code.map_or("none", problem_code)),
        Attention::TooLarge => (text::pad_rejected(lang), "too_large"),
        Attention::UnknownOutcome => (text::pad_refused(lang), "outcome"),
    };
    text::pad_with_code(lang, code, sentence)
}

/// The code that a person reads out to the organiser; the same word stands in the server's log.
fn reject_code(reason: RejectReason) -> &'static str {
    match reason {
        RejectReason::IdReused => "id_reused",
        RejectReason::BadMac => "bad_mac",
        RejectReason::Malformed => "malformed",
        RejectReason::NotYourSeat => "not_your_seat",
        RejectReason::UnknownContest => "unknown_contest",
        RejectReason::UnknownEntry => "unknown_entry",
        RejectReason::TooLarge => "too_large",
        RejectReason::NewerVersion => "newer_version",
        RejectReason::SeqReused => "seq_reused",
        RejectReason::Unknown => "unknown",
    }
}

fn problem_code(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::Protocol => "protocol",
        ProblemCode::SignIn => "sign_in",
        ProblemCode::CredentialReplaced => "credential_replaced",
        ProblemCode::CredentialWithdrawn => "credential_withdrawn",
        ProblemCode::CredentialExpired => "credential_expired",
        ProblemCode::WrongDevice => "wrong_device",
        ProblemCode::Forbidden => "forbidden",
        ProblemCode::NotFound => "not_found",
        ProblemCode::Conflict => "conflict",
        ProblemCode::Malformed => "malformed",
        ProblemCode::TooLarge => "too_large",
        ProblemCode::TooMany => "too_many",
        ProblemCode::Busy => "busy",
        ProblemCode::StorageFull => "storage_full",
        ProblemCode::Internal => "internal",
        ProblemCode::Unknown => "unknown",
    }
}

fn quarantine_words(reason: QuarantineReason, lang: Lang) -> String {
    let why = match reason {
        QuarantineReason::HeardOfClose | QuarantineReason::SealedAfterClose => {
            text::pad_quarantine_late(lang)
        }
        QuarantineReason::AttemptArchived | QuarantineReason::AttemptUnknown => {
            text::pad_quarantine_attempt(lang)
        }
        QuarantineReason::StrictWithoutCode => text::pad_quarantine_code(lang),
        QuarantineReason::GateNotOpen => text::pad_quarantine_gate(lang),
        QuarantineReason::Posted => text::pad_quarantine_posted(lang),
        QuarantineReason::CharterVersion { sheet, contest } => {
            return text::pad_quarantine_charter(lang, contest, sheet);
        }
        QuarantineReason::CredentialReplaced | QuarantineReason::CredentialWithdrawn => {
            text::pad_quarantine_credential(lang)
        }
        QuarantineReason::SeatAbsent => text::pad_quarantine_absent(lang),
        QuarantineReason::Malformed => text::pad_quarantine_malformed(lang),
        QuarantineReason::Overtaken | QuarantineReason::Unknown => text::pad_quarantine_other(lang),
    };
    why.to_owned()
}

fn kept_words(reason: KeptReason, lang: Lang) -> &'static str {
    match reason {
        KeptReason::EntryWithdrawn => text::pad_kept_withdrawn(lang),
        KeptReason::Recused => text::pad_kept_recused(lang),
        KeptReason::Unknown => text::pad_quarantine_other(lang),
    }
}
