//! `GET /api/v1/live/{contest}`: what happened, as numbered events. Anybody hears gates, order and
//! postings; a staff session also how many sheets came and how the pads are. No frame bears a name
//! or a mark: who needs more asks for it.

use super::auth::SignedIn;
use super::error::ApiError;
use crate::service::{accounts, live as service};
use crate::state::AppState;
use crate::store::{Event, StoreError};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::sse::{Event as Frame, Sse};
use axum::response::{IntoResponse, Response};
use domain::ids::{ContestId, Seq};
use futures::Stream;
use serde::Deserialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;
use sync::protocol::{LiveEvent, LiveKind, PadCounts};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{OwnedSemaphorePermit, broadcast};
use tokio::time::{Interval, MissedTickBehavior};

/// Events that are told again to a reader who was away; beyond it, it reads everything anew.
const REPLAY_MAX: u32 = 256;
const BEAT_FAST: Duration = Duration::from_secs(1);
const BEAT_SLOW: Duration = Duration::from_secs(15);
const RETRY_SCREEN: Duration = Duration::from_millis(500);
const RETRY_MS_MIN: u64 = 3_000;
/// Spreads a hall of phones that lost the server in the same moment.
const RETRY_JITTER_MS: u64 = 2_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LiveQuery {
    /// The last event that the reader heard; `Last-Event-ID` goes before it.
    after: Option<Seq>,
    kind: Reader,
}

/// Who reads, and so how often it must hear a beat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reader {
    Screen,
    Pad,
    Desk,
    #[default]
    #[serde(other)]
    Viewer,
}

pub async fn live(
    State(state): State<AppState>,
    Path(contest): Path<ContestId>,
    Query(query): Query<LiveQuery>,
    headers: HeaderMap,
    staff: Option<SignedIn>,
) -> Result<Response, ApiError> {
    let resumed = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let after = resumed
        .and_then(|id| id.parse().ok().map(Seq))
        .or(query.after);
    let staff = staff.and_then(|signed_in| accounts::session_hash(&signed_in.session));
    let retry = match query.kind {
        Reader::Screen => RETRY_SCREEN,
        _ => Duration::from_millis(RETRY_MS_MIN + rand::random_range(0..RETRY_JITTER_MS)),
    };
    let reading = Reading::start(state, contest, (after, query.kind), staff).await?;
    let mut response = Sse::new(frames(reading, retry)).into_response();
    let no = HeaderValue::from_static("no");
    response.headers_mut().insert("x-accel-buffering", no);
    Ok(response)
}

fn frames(reading: Reading, retry: Duration) -> impl Stream<Item = Result<Frame, Infallible>> {
    futures::stream::unfold((reading, Some(retry)), |(mut reading, retry)| async move {
        let event = reading.next().await?;
        let frame = frame(&event);
        let frame = match retry {
            Some(retry) => frame.retry(retry),
            None => frame,
        };
        Some((Ok(frame), (reading, None)))
    })
}

fn frame(event: &LiveEvent) -> Frame {
    // A live event is numbers and fixed words, so it always has a text.
    let text = serde_json::to_string(event).unwrap_or_default();
    let name = serde_json::to_string(&event.kind).unwrap_or_default();
    Frame::default()
        .id(event.seq.0.to_string())
        .event(name.trim_matches('"'))
        .data(text)
}

/// One reader's place in the row of events.
struct Reading {
    state: AppState,
    contest: ContestId,
    /// The hash of a staff session.
    staff: Option<String>,
    events: broadcast::Receiver<Event>,
    beat: Interval,
    /// Told already, or before this reader came.
    last: Seq,
    waiting: VecDeque<LiveEvent>,
    is_over: bool,
    _place: OwnedSemaphorePermit,
}

enum Woken {
    Event(Event),
    Lagged,
    Beat,
    Stop,
}

impl Reading {
    async fn start(
        state: AppState,
        contest: ContestId,
        (after, reader): (Option<Seq>, Reader),
        staff: Option<String>,
    ) -> Result<Self, ApiError> {
        let place = state.limits.stream()?;
        // Before the look into the database, so that nothing falls in between.
        let events = state.store.listen();
        let period = match (reader, &staff) {
            (Reader::Viewer, None) => BEAT_SLOW,
            _ => BEAT_FAST,
        };
        let mut beat = tokio::time::interval(period);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut reading = Self {
            state,
            contest,
            staff,
            events,
            beat,
            last: Seq(0),
            waiting: VecDeque::new(),
            is_over: false,
            _place: place,
        };
        reading.catch_up(after).await?;
        Ok(reading)
    }

    /// Tells what happened since `after`, or that it was too much.
    async fn catch_up(&mut self, after: Option<Seq>) -> Result<(), ApiError> {
        let mut tx = self.state.store.read().await.map_err(unavailable)?;
        service::changed(&mut tx, self.contest).await?;
        let now = tx.seq_now().await.map_err(unavailable)?;
        self.last = now;
        let Some(after) = after else { return Ok(()) };
        let missed = tx.events_after(self.contest, after, REPLAY_MAX + 1).await;
        drop(tx);
        let missed = missed.map_err(unavailable)?;
        // A number that was never given out comes from before a restored backup.
        if now < after || missed.len() > REPLAY_MAX as usize {
            let resync = self.event(LiveKind::Resync, now);
            self.waiting.push_back(resync);
            return Ok(());
        }
        for event in missed {
            self.tell(event).await;
        }
        Ok(())
    }

    /// The next event, or the end of the stream.
    async fn next(&mut self) -> Option<LiveEvent> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.is_over {
                return None;
            }
            match self.wake().await {
                Woken::Event(event) => self.hear(event).await,
                Woken::Lagged => {
                    let resync = self.event(LiveKind::Resync, self.last);
                    self.waiting.push_back(resync);
                    self.is_over = true;
                }
                Woken::Beat => self.beat().await,
                Woken::Stop => return None,
            }
        }
    }

    async fn wake(&mut self) -> Woken {
        if *self.state.stopping.borrow() {
            return Woken::Stop;
        }
        tokio::select! {
            biased;
            _ = self.state.stopping.changed() => Woken::Stop,
            event = self.events.recv() => match event {
                Ok(event) => Woken::Event(event),
                Err(RecvError::Lagged(_)) => Woken::Lagged,
                Err(RecvError::Closed) => Woken::Stop,
            },
            _ = self.beat.tick() => Woken::Beat,
        }
    }

    /// Takes one event and all that wait behind it. Counts are told once for a whole group.
    async fn hear(&mut self, event: Event) {
        let mut group = vec![event];
        loop {
            match self.events.try_recv() {
                Ok(event) => group.push(event),
                Err(TryRecvError::Lagged(_)) => {
                    self.is_over = true;
                    break;
                }
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        let of_contest = |event: &Event| event.contest == self.contest && self.last < event.seq;
        group.retain(of_contest);
        let counts: Vec<Event> = group.iter().copied().filter(is_counts).collect();
        let last_counts = counts.last().copied();
        for event in group {
            if !is_counts(&event) || Some(event) == last_counts {
                self.tell(event).await;
            }
        }
        if self.is_over {
            let resync = self.event(LiveKind::Resync, self.last);
            self.waiting.push_back(resync);
        }
    }

    async fn tell(&mut self, event: Event) {
        self.last = self.last.max(event.seq);
        let is_public = matches!(
            event.kind,
            LiveKind::Gate | LiveKind::Order | LiveKind::Posted
        );
        if !is_public && self.staff.is_none() {
            return;
        }
        let mut told = self.event(event.kind, event.seq);
        told.entry = event.entry;
        if self.staff.is_some()
            && let Ok((received, expected)) = self.tally().await
        {
            (told.received, told.expected) = (Some(received), Some(expected));
        }
        self.waiting.push_back(told);
    }

    /// A beat says that the stream is alive, up to which number, and to the desk how the pads are.
    /// A session that was revoked hears nothing more.
    async fn beat(&mut self) {
        let mut beat = self.event(LiveKind::Beat, self.last);
        if let Some(session) = self.staff.clone() {
            match self.pads(&session).await {
                Ok(Some(pads)) => beat.pads = Some(pads),
                Ok(None) => self.is_over = true,
                // The next beat asks again.
                Err(_) => {}
            }
        }
        if !self.is_over {
            self.waiting.push_back(beat);
        }
    }

    async fn tally(&self) -> Result<(u32, u32), ApiError> {
        let mut tx = self.state.store.read().await.map_err(unavailable)?;
        Ok(service::tally(&mut tx, self.contest).await?)
    }

    async fn pads(&self, session: &str) -> Result<Option<PadCounts>, ApiError> {
        let now = self.state.clock.wall();
        let mut tx = self.state.store.read().await.map_err(unavailable)?;
        if !accounts::is_alive(&mut tx, session, now)
            .await
            .map_err(unavailable)?
        {
            return Ok(None);
        }
        let presences = &self.state.presences;
        Ok(Some(
            service::pads(&mut tx, self.contest, presences, now).await?,
        ))
    }

    fn event(&self, kind: LiveKind, seq: Seq) -> LiveEvent {
        LiveEvent {
            seq,
            contest: self.contest,
            kind,
            entry: None,
            received: None,
            expected: None,
            pads: None,
            server_time: self.state.clock.wall(),
        }
    }
}

fn is_counts(event: &Event) -> bool {
    matches!(event.kind, LiveKind::Received | LiveKind::Pads)
}

fn unavailable(error: StoreError) -> ApiError {
    crate::service::error::ServiceError::from(error).into()
}
