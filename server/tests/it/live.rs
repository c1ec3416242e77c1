//! The live stream: numbers for everybody, counts for the desk, resume, and an end.

use crate::app::{Stage, TestApp, request};
use crate::pad::Pad;
use app::backend::DeskCommand;
use axum::body::{Body, BodyDataStream};
use axum::http::header::COOKIE;
use axum::http::{Method, StatusCode};
use domain::ids::{AccountId, ContestId, EntryId};
use futures::StreamExt as _;
use server::store::{Change, StoreError};
use std::collections::VecDeque;
use sync::protocol::{LiveEvent, LiveKind, Problem, ProblemCode};
use tower::ServiceExt as _;
use uuid::Uuid;

struct Listener {
    body: BodyDataStream,
    text: String,
    frames: VecDeque<String>,
}

impl Listener {
    async fn open(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Self {
        let mut ask = request(Method::GET, path, None, Body::empty());
        for (name, value) in headers {
            let name: axum::http::HeaderName = name.parse().expect("a header");
            ask.headers_mut()
                .insert(name, value.parse().expect("a value"));
        }
        let response = app.router.clone().oneshot(ask).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self {
            body: response.into_body().into_data_stream(),
            text: String::new(),
            frames: VecDeque::new(),
        }
    }

    /// The next frame as it stands on the wire, or the end.
    async fn frame(&mut self) -> Option<String> {
        while self.frames.is_empty() {
            let bytes = self.body.next().await?.expect("a piece");
            self.text
                .push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
            while let Some((frame, rest)) = self.text.split_once("\n\n") {
                self.frames.push_back(frame.to_owned());
                self.text = rest.to_owned();
            }
        }
        self.frames.pop_front()
    }

    async fn event(&mut self) -> Option<LiveEvent> {
        let frame = self.frame().await?;
        let data = frame.lines().find_map(|line| line.strip_prefix("data: "));
        Some(serde_json::from_str(data.expect("data")).expect("an event"))
    }

    /// The next event that is no beat.
    async fn news(&mut self) -> Option<LiveEvent> {
        loop {
            let event = self.event().await?;
            if event.kind != LiveKind::Beat {
                return Some(event);
            }
        }
    }
}

struct Hall {
    app: TestApp,
    account: AccountId,
    stage: Stage,
    cookie: String,
}

async fn hall() -> Hall {
    let app = TestApp::start().await;
    let (account, printed) = app.organiser().await;
    let cookie = app.desk_cookie(&printed).await;
    let stage = app.stage(account, 2, 2).await;
    Hall {
        app,
        account,
        stage,
        cookie,
    }
}

impl Hall {
    fn path(&self, query: &str) -> String {
        format!("/api/v1/live/{}{query}", self.stage.contest)
    }

    async fn open(&self, entry: EntryId) {
        let command = DeskCommand::OpenGate { entry };
        self.app
            .command(self.account, self.stage.contest, command)
            .await;
    }

    async fn listen(&self, query: &str) -> Listener {
        Listener::open(&self.app, &self.path(query), &[]).await
    }

    async fn listen_as_staff(&self) -> Listener {
        let cookie = [(COOKIE.as_str(), self.cookie.as_str())];
        Listener::open(&self.app, &self.path("?kind=desk"), &cookie).await
    }
}

#[tokio::test]
async fn anybody_hears_a_gate_by_number_without_a_name_or_a_mark() {
    let hall = hall().await;
    let mut listener = hall.listen("?kind=screen").await;
    let first = listener.frame().await.expect("a beat");
    assert!(
        first.contains("event: beat") && first.contains("retry: 500"),
        "{first}"
    );
    hall.open(hall.stage.entries[0]).await;
    let event = listener.news().await.expect("an event");
    assert_eq!(
        (event.kind, event.entry),
        (LiveKind::Gate, Some(hall.stage.entries[0]))
    );
    assert_eq!((event.received, event.pads), (None, None));
}

#[tokio::test]
async fn a_reader_who_was_away_hears_what_it_missed_from_its_last_id() {
    let hall = hall().await;
    let mut listener = hall.listen("").await;
    let last = listener.event().await.expect("a beat").seq;
    drop(listener);
    for entry in &hall.stage.entries {
        hall.open(*entry).await;
    }
    let id = last.0.to_string();
    let header = [("last-event-id", id.as_str())];
    let mut resumed = Listener::open(&hall.app, &hall.path(""), &header).await;
    let one = resumed.news().await.expect("the first");
    let two = resumed.news().await.expect("the second");
    assert_eq!(
        [one.entry, two.entry],
        [0, 1].map(|index| Some(hall.stage.entries[index]))
    );
    assert!(one.seq < two.seq);
    let mut by_query = hall.listen(&format!("?after={}", one.seq.0)).await;
    assert_eq!(by_query.news().await.expect("the second").seq, two.seq);
}

#[tokio::test]
async fn a_reader_who_missed_too_much_or_comes_from_another_past_is_told_to_read_anew() {
    let hall = hall().await;
    let contest = hall.stage.contest;
    let told: Result<(), StoreError> = hall
        .app
        .state
        .store
        .write(move |tx| {
            Box::pin(async move {
                let at = domain::ids::Millis(1);
                for _ in 0..300 {
                    tx.emit(Change::new(contest, LiveKind::Order), at).await?;
                }
                Ok(())
            })
        })
        .await;
    told.expect("events");
    let mut far_behind = hall.listen("?after=1").await;
    assert_eq!(
        far_behind.event().await.expect("an event").kind,
        LiveKind::Resync
    );
    let mut from_the_future = hall.listen("?after=999999").await;
    assert_eq!(
        from_the_future.event().await.expect("an event").kind,
        LiveKind::Resync
    );
}

#[tokio::test]
async fn only_the_desk_hears_of_sheets_and_pads() {
    let hall = hall().await;
    let entry = hall.stage.entries[0];
    let mut pad = Pad::pair(&hall.app, &hall.stage.cards[0]).await;
    hall.open(entry).await;
    let mut desk = hall.listen_as_staff().await;
    let mut public = hall.listen("?kind=pad").await;
    let beat = desk.event().await.expect("a beat");
    assert_eq!(beat.pads.expect("pads").online, 1);
    public.event().await.expect("a beat");
    let op = pad.op(entry, 83_500, hall.app.now());
    pad.push_one(&hall.app, &op).await;
    let event = desk.news().await.expect("an event");
    assert_eq!((event.received, event.expected), (Some(1), Some(2)));
    hall.open(hall.stage.entries[1]).await;
    let event = public.news().await.expect("an event");
    assert_eq!(event.kind, LiveKind::Gate, "the sheet was not told");
}

#[tokio::test]
async fn a_reader_that_does_not_keep_up_is_told_so_and_let_go() {
    let hall = hall().await;
    let mut slow = hall.listen("?kind=screen").await;
    slow.event().await.expect("a beat");
    let contest = hall.stage.contest;
    for _ in 0..6 {
        let told: Result<(), StoreError> = hall
            .app
            .state
            .store
            .write(move |tx| {
                Box::pin(async move {
                    for _ in 0..250 {
                        let at = domain::ids::Millis(1);
                        tx.emit(Change::new(contest, LiveKind::Order), at).await?;
                    }
                    Ok(())
                })
            })
            .await;
        told.expect("events");
    }
    let mut last = None;
    while let Some(event) = slow.event().await {
        last = Some(event.kind);
    }
    assert_eq!(last, Some(LiveKind::Resync));
}

#[tokio::test]
async fn a_revoked_session_hears_nothing_more() {
    let hall = hall().await;
    let mut desk = hall.listen_as_staff().await;
    desk.event().await.expect("a beat");
    let sign_out = serde_json::json!({});
    hall.app
        .call("/fn/staff/sign-out", Some(&hall.cookie), sign_out)
        .await;
    while desk.event().await.is_some() {}
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let hall = hall().await;
    let mut listener = hall.listen("").await;
    listener.event().await.expect("a beat");
    hall.app.stop.send(true).expect("somebody listens");
    assert_eq!(listener.event().await, None);
    assert_eq!(
        hall.app.get("/readyz", None).await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
}

#[tokio::test]
async fn a_contest_that_does_not_exist_has_no_stream() {
    let hall = hall().await;
    let path = format!("/api/v1/live/{}", ContestId(Uuid::now_v7()));
    let refused = hall.app.get(&path, None).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(refused.json::<Problem>().code, ProblemCode::NotFound);
}
