//! 没有网络，自己按顺序评: when a pad without network may go on by itself, and which entries may be
//! marked now. Invariant: the mode is the judge's choice, ends with the first answer, and never
//! while a sheet is open (domain rule "Gate and offline sheets").

use crate::protocol::{EntryView, GateStateView, OfflineSeal};
use domain::ids::{Millis, Seq};

/// How long a pad hears nothing before it offers to go on alone.
pub const OFFER_MS: u64 = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The host leads: only the open gate may be marked.
    Following,
    /// Nothing was heard for a while; the judge is asked.
    Offered,
    /// The judge goes on in the running order.
    Alone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModeEvent {
    /// Any request was answered by our server.
    Answer,
    /// A request ended without an answer of ours.
    NoAnswer,
    Tick,
    /// The judge takes the offer.
    Take,
    /// The judge goes back to waiting for the host.
    Leave,
    SheetOpened,
    SheetClosed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfflineMode {
    mode: Mode,
    /// Since when nothing was heard.
    silent_since: Millis,
    /// The latest request had no answer.
    unanswered: bool,
    sheet_open: bool,
    /// An answer came while a sheet was open.
    ends_with_sheet: bool,
}

/// What the pad knew of the server when a sheet was sealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastContact {
    pub last_seq: Seq,
    pub clock_offset_ms: Option<i64>,
}

/// Whether an entry may be marked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayScore {
    Yes,
    /// Without the host; the sheet will say `offline`.
    Offline,
    /// Without the host, though the pad has heard of the close: it will be late (暂不计入).
    Late,
    No(WhyNot),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    Withdrawn,
    /// 回避.
    Recused,
    /// The host has not opened it.
    NotYet,
    /// 已封卷.
    Closed,
}

impl OfflineMode {
    /// The page was opened: silence begins here, so a reload without network offers as well.
    pub fn new(now: Millis) -> Self {
        Self {
            mode: Mode::Following,
            silent_since: now,
            unanswered: false,
            sheet_open: false,
            ends_with_sheet: false,
        }
    }

    pub fn mode(&self) -> Mode {
        self.mode
    }

    pub fn handle(&mut self, event: ModeEvent, now: Millis) {
        match event {
            ModeEvent::Answer => self.answered(now),
            ModeEvent::NoAnswer => self.unanswered = true,
            ModeEvent::Tick => {}
            ModeEvent::Take => self.take(),
            ModeEvent::Leave => self.end(now),
            ModeEvent::SheetOpened => self.sheet_open = true,
            ModeEvent::SheetClosed => {
                self.sheet_open = false;
                if self.ends_with_sheet {
                    self.end(now);
                }
            }
        }
        self.offer(now);
    }

    /// How long until the offer is due, to ask for a tick.
    pub fn offer_in_ms(&self, now: Millis) -> Option<u64> {
        let due = self.silent_since.0.saturating_add(OFFER_MS);
        (self.mode == Mode::Following).then(|| due.saturating_sub(now.0))
    }

    /// What a sheet that is sealed now says of the network. It does so as well when the last
    /// request failed and the mode has not begun: the pad could not have heard of a close.
    pub fn seal_note(&self, heard: LastContact, attempt: u32) -> Option<OfflineSeal> {
        let alone = self.mode != Mode::Following || self.unanswered;
        alone.then_some(OfflineSeal {
            last_seq: heard.last_seq,
            heard_attempt: attempt,
            clock_offset_ms: heard.clock_offset_ms,
        })
    }

    pub fn may_score(&self, entry: &EntryView) -> MayScore {
        if entry.withdrawn {
            return MayScore::No(WhyNot::Withdrawn);
        }
        if entry.recused.is_some() {
            return MayScore::No(WhyNot::Recused);
        }
        match (self.mode, entry.gate.state) {
            (_, GateStateView::Open) if self.mode != Mode::Alone => MayScore::Yes,
            (Mode::Alone, GateStateView::Closed) => MayScore::Late,
            (Mode::Alone, _) => MayScore::Offline,
            (_, GateStateView::Closed) => MayScore::No(WhyNot::Closed),
            (_, _) => MayScore::No(WhyNot::NotYet),
        }
    }

    fn answered(&mut self, now: Millis) {
        self.silent_since = now;
        self.unanswered = false;
        match (self.mode, self.sheet_open) {
            (Mode::Alone, true) => self.ends_with_sheet = true,
            (Mode::Following | Mode::Offered, _) | (Mode::Alone, false) => self.end(now),
        }
    }

    fn take(&mut self) {
        if self.mode == Mode::Offered {
            self.mode = Mode::Alone;
        }
    }

    fn end(&mut self, now: Millis) {
        self.mode = Mode::Following;
        self.silent_since = now;
        self.ends_with_sheet = false;
    }

    fn offer(&mut self, now: Millis) {
        if now < self.silent_since {
            // The clock was set back: the silence is counted anew.
            self.silent_since = now;
        }
        let silent_ms = now.0 - self.silent_since.0;
        if self.mode == Mode::Following && OFFER_MS <= silent_ms {
            self.mode = Mode::Offered;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{GateView, Recusal};
    use domain::ids::EntryId;

    fn after(events: &[(u64, ModeEvent)]) -> OfflineMode {
        let mut mode = OfflineMode::new(Millis(0));
        for (at, event) in events {
            mode.handle(*event, Millis(*at));
        }
        mode
    }

    fn entry(state: GateStateView) -> EntryView {
        let gate = GateView {
            state,
            attempt: 1,
            number: 1,
            opened_seq: None,
            close_seq: None,
            closed_at: None,
        };
        EntryView {
            id: EntryId(uuid::Uuid::from_u128(1)),
            position: 1,
            name: "一号".to_owned(),
            topic: String::new(),
            unit: String::new(),
            withdrawn: false,
            recused: None,
            gate,
        }
    }

    const ALONE: [(u64, ModeEvent); 2] = [(20_000, ModeEvent::Tick), (20_001, ModeEvent::Take)];

    #[test]
    fn after_twenty_seconds_without_an_answer_it_offers() {
        assert_eq!(after(&[(19_999, ModeEvent::Tick)]).mode(), Mode::Following);
        assert_eq!(after(&[(20_000, ModeEvent::Tick)]).mode(), Mode::Offered);
        let answered = after(&[(15_000, ModeEvent::Answer), (34_999, ModeEvent::NoAnswer)]);
        assert_eq!(answered.mode(), Mode::Following);
        assert_eq!(answered.offer_in_ms(Millis(34_999)), Some(1));
    }

    #[test]
    fn the_mode_begins_only_when_the_judge_takes_the_offer() {
        assert_eq!(after(&[(1, ModeEvent::Take)]).mode(), Mode::Following);
        assert_eq!(after(&ALONE).mode(), Mode::Alone);
    }

    #[test]
    fn the_mode_ends_with_the_first_answer() {
        let mut mode = after(&ALONE);
        mode.handle(ModeEvent::Answer, Millis(30_000));
        assert_eq!(mode.mode(), Mode::Following);
        assert_eq!(mode.offer_in_ms(Millis(30_000)), Some(OFFER_MS));
    }

    #[test]
    fn an_offer_that_nobody_took_ends_with_an_answer_too() {
        let offered = [(20_000, ModeEvent::Tick), (21_000, ModeEvent::Answer)];
        assert_eq!(after(&offered).mode(), Mode::Following);
    }

    #[test]
    fn the_mode_never_ends_while_a_sheet_is_open() {
        let mut mode = after(&ALONE);
        mode.handle(ModeEvent::SheetOpened, Millis(30_000));
        mode.handle(ModeEvent::Answer, Millis(31_000));
        assert_eq!(mode.mode(), Mode::Alone);
        mode.handle(ModeEvent::SheetClosed, Millis(60_000));
        assert_eq!(mode.mode(), Mode::Following);
    }

    #[test]
    fn a_clock_set_back_does_not_lengthen_the_silence() {
        let mut mode = OfflineMode::new(Millis(90_000_000));
        mode.handle(ModeEvent::Tick, Millis(1_000));
        mode.handle(ModeEvent::Tick, Millis(21_000));
        assert_eq!(mode.mode(), Mode::Offered);
    }

    #[test]
    fn a_sheet_sealed_without_an_answer_says_what_the_pad_had_heard() {
        let heard = LastContact { last_seq: Seq(7), clock_offset_ms: Some(-3) };
        let note = OfflineSeal { last_seq: Seq(7), heard_attempt: 2, clock_offset_ms: Some(-3) };
        assert_eq!(after(&ALONE).seal_note(heard, 2), Some(note));
        assert_eq!(after(&[(1, ModeEvent::NoAnswer)]).seal_note(heard, 2), Some(note));
        assert_eq!(after(&[(1, ModeEvent::Answer)]).seal_note(heard, 2), None);
    }

    #[test]
    fn a_pad_that_follows_marks_only_behind_the_open_gate() {
        let following = OfflineMode::new(Millis(0));
        assert_eq!(following.may_score(&entry(GateStateView::Open)), MayScore::Yes);
        let not_yet = MayScore::No(WhyNot::NotYet);
        assert_eq!(following.may_score(&entry(GateStateView::Pending)), not_yet);
        let closed = MayScore::No(WhyNot::Closed);
        assert_eq!(following.may_score(&entry(GateStateView::Closed)), closed);
    }

    #[test]
    fn a_pad_alone_marks_any_entry_of_the_order_and_is_told_when_it_will_be_late() {
        let alone = after(&ALONE);
        assert_eq!(alone.may_score(&entry(GateStateView::Pending)), MayScore::Offline);
        assert_eq!(alone.may_score(&entry(GateStateView::Open)), MayScore::Offline);
        assert_eq!(alone.may_score(&entry(GateStateView::Closed)), MayScore::Late);
    }

    #[test]
    fn a_withdrawn_or_recused_entry_is_not_marked_in_any_mode() {
        let open = entry(GateStateView::Open);
        let withdrawn = EntryView { withdrawn: true, ..open.clone() };
        let reason = "本人汇报".to_owned();
        let recused = EntryView { recused: Some(Recusal { reason }), ..open };
        for mode in [after(&[]), after(&ALONE)] {
            assert_eq!(mode.may_score(&withdrawn), MayScore::No(WhyNot::Withdrawn));
            assert_eq!(mode.may_score(&recused), MayScore::No(WhyNot::Recused));
        }
    }
}
