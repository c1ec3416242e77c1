//! How a change is told: a row with the next number of the county's one sequence, written with the
//! change itself, and heard by the streams after the commit.

use super::statements::{statements, statements_of_rows};
use super::{Asked, Row, StoreError, Tx, params};
use domain::ids::{ContestId, EntryId, Millis, SeatId, Seq};
use std::collections::BTreeMap;
use sync::protocol::LiveKind;

/// Events a slow listener may lag behind before it is told to read everything anew.
pub const BUFFER_MAX: usize = 1024;

/// What changed, before it has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub contest: ContestId,
    pub kind: LiveKind,
    pub entry: Option<EntryId>,
    /// The seat whose own view changed with it.
    pub seat: Option<SeatId>,
}

/// What a stream tells. It names no person and bears no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    pub seq: Seq,
    pub contest: ContestId,
    pub kind: LiveKind,
    pub entry: Option<EntryId>,
    pub at: Millis,
}

/// An event that is not committed yet.
pub(super) struct Told {
    pub event: Event,
    seat: Option<SeatId>,
}

statements! {
    EVENTS_AFTER = "select seq, contest_id, kind, entry_id, at from event
        where contest_id = $1 and seq > $2 order by seq limit $3";
}

statements_of_rows! {
    SEQ_NOW = "with asked (county_id) as (values", "(cast($1 as text))",
        ") select counter.value from asked cross join counter
        where counter.county_id = asked.county_id and counter.name = 'seq'";
    SEQ_SET = "with now (county_id, seq) as (values", "(cast($1 as text), cast($2 as bigint))",
        ") update counter set value = now.seq from now
        where counter.county_id = now.county_id and counter.name = 'seq'";
    EVENT_ADD = "insert into event (seq, county_id, contest_id, kind, entry_id, at)
        select * from (values",
        "(cast($1 as bigint), cast($2 as text), cast($3 as text), cast($4 as text),
            cast($5 as text), cast($6 as bigint))",
        ") as told where column1 is not null";
    CONTEST_CHANGED = "with news (contest_id, seq) as (values",
        "(cast($1 as text), cast($2 as bigint))",
        ") update contest set changed_seq = news.seq from news
        where contest.contest_id = news.contest_id";
    SEAT_CHANGED = "with news (seat_id, seq) as (values",
        "(cast($1 as text), cast($2 as bigint))",
        ") update seat set changed_seq = news.seq from news where seat.seat_id = news.seat_id";
}

impl Change {
    #[must_use]
    pub fn new(contest: ContestId, kind: LiveKind) -> Self {
        Self {
            contest,
            kind,
            entry: None,
            seat: None,
        }
    }

    #[must_use]
    pub fn entry(mut self, entry: EntryId) -> Self {
        self.entry = Some(entry);
        self
    }

    #[must_use]
    pub fn seat(mut self, seat: SeatId) -> Self {
        self.seat = Some(seat);
        self
    }
}

impl Tx {
    /// Writes down a change under the next number, and tells it after the commit. Gates, order and
    /// postings concern every pad of the contest, so their next pull brings the whole view.
    ///
    /// # Errors
    /// The database failed.
    pub async fn emit(&mut self, change: Change, at: Millis) -> Result<Seq, StoreError> {
        let seq = self.next_seq(1).await?;
        self.emit_as(seq, change, at);
        Ok(seq)
    }

    /// Takes `count` numbers of the sequence and answers the last one. The sequence is read once in
    /// a transaction and written down once, before the commit; numbers of a job that is undone stay
    /// unused.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_seq(&mut self, count: u32) -> Result<Seq, StoreError> {
        let seq = Seq(self.seq_now().await?.0 + u64::from(count));
        self.last_seq = Some(seq);
        Ok(seq)
    }

    /// Tells a change under a number that was taken before. It is written down with all others of
    /// the transaction, before the commit.
    pub fn emit_as(&mut self, seq: Seq, change: Change, at: Millis) {
        let Change {
            contest,
            kind,
            entry,
            seat,
        } = change;
        let event = Event {
            seq,
            contest,
            kind,
            entry,
            at,
        };
        self.told.push(Told { event, seat });
    }

    /// Writes down what was told, and the last number that was taken.
    pub(super) async fn keep_events(&mut self) -> Result<(), StoreError> {
        let Some(last_seq) = self.last_seq else {
            return Ok(());
        };
        let county = self.county();
        let told = || self.told.iter().map(|told| (&told.event, told.seat));
        let event = |event: &Event| {
            let kind = code(event.kind);
            params![
                event.seq,
                county,
                event.contest,
                kind,
                event.entry,
                event.at
            ]
        };
        let concerns_all = [LiveKind::Gate, LiveKind::Order, LiveKind::Posted];
        let contests = told().filter(|(event, _)| concerns_all.contains(&event.kind));
        // The last one of each stays.
        let contests: BTreeMap<_, _> = contests
            .map(|(event, _)| (event.contest, event.seq))
            .collect();
        let seats = told().filter_map(|(event, seat)| Some((seat?, event.seq)));
        let seats: BTreeMap<_, _> = seats.collect();
        let batch = [
            EVENT_ADD.ask(told().map(|(told, _)| event(told))),
            CONTEST_CHANGED.ask(contests.into_iter().map(|(id, seq)| params![id, seq])),
            SEAT_CHANGED.ask(seats.into_iter().map(|(id, seq)| params![id, seq])),
            SEQ_SET.ask([params![county, last_seq]]),
        ];
        self.batch(batch).await?;
        Ok(())
    }

    /// At most `limit` events of a contest after `seq`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn events_after(
        &mut self,
        contest: ContestId,
        seq: Seq,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        let rows = self
            .rows(EVENTS_AFTER, &params![contest, seq, limit])
            .await?;
        let event = |row: &Row| {
            Ok(Event {
                seq: row.seq("seq")?,
                contest: row.id("contest_id")?,
                kind: kind(&row.text("kind")?),
                entry: row.id_opt("entry_id")?,
                at: row.millis("at")?,
            })
        };
        rows.iter().map(event).collect()
    }

    /// The last number that was given out.
    ///
    /// # Errors
    /// The database failed.
    pub async fn seq_now(&mut self) -> Result<Seq, StoreError> {
        if let Some(seq) = self.last_seq {
            return Ok(seq);
        }
        let [found] = self.batch([self.ask_seq()]).await?;
        read_seq(&found)
    }

    /// What is to be asked of the database for that number, by a job that asks more in one go.
    pub(crate) fn ask_seq(&self) -> Asked<'static> {
        SEQ_NOW.ask([params![self.county()]])
    }

    /// What it answers.
    pub(crate) fn hear_seq(&mut self, found: &[Row]) -> Result<(), StoreError> {
        if self.last_seq.is_none() {
            self.last_seq = Some(read_seq(found)?);
        }
        Ok(())
    }
}

fn read_seq(found: &[Row]) -> Result<Seq, StoreError> {
    let row = found.first();
    let row = row.ok_or_else(|| StoreError::Unavailable(anyhow::anyhow!("no counter")))?;
    row.seq("value")
}

const CODES: [(LiveKind, &str); 5] = [
    (LiveKind::Gate, "gate"),
    (LiveKind::Order, "order"),
    (LiveKind::Posted, "posted"),
    (LiveKind::Received, "received"),
    (LiveKind::Pads, "pads"),
];

fn code(kind: LiveKind) -> &'static str {
    let found = CODES.iter().find(|(each, _)| *each == kind);
    found.map_or("unknown", |(_, code)| code)
}

fn kind(code: &str) -> LiveKind {
    let found = CODES.iter().find(|(_, each)| *each == code);
    found.map_or(LiveKind::Unknown, |(kind, _)| *kind)
}
