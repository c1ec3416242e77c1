//! The whole server without a socket: requests go through the real router, the clock is moved by
//! hand, and the database is a file that goes with the test.

use app::backend::{DeskCommand, NewContest, NewEntry, NewSeats};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use clap::Parser as _;
use domain::ids::{AccountId, CardId, ContestId, DeviceId, EntryId, Millis, SeatId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use server::clock::Clock;
use server::config::Config;
use server::router::router;
use server::service::accounts;
use server::service::act::Act;
use server::service::chance::Chance;
use server::service::{create, desk, record};
use server::state::AppState;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use sync::protocol::PROTOCOL_VERSION;
use tokio::sync::watch;
use tower::ServiceExt as _;
use uuid::Uuid;

/// 2026-11-01, nine in the morning in China.
pub const NOW: u64 = 1_793_494_800_000;
pub const LOGIN: &str = "organiser";

/// Both clocks of the server, moved by hand.
pub struct TestClock {
    wall: AtomicU64,
    monotonic: AtomicU64,
    run: String,
}

impl TestClock {
    /// Time passes.
    pub fn advance(&self, ms: u64) {
        self.wall.fetch_add(ms, Ordering::SeqCst);
        self.monotonic.fetch_add(ms, Ordering::SeqCst);
    }

    /// The time of day jumps back, and no time passes.
    pub fn jump_back(&self, ms: u64) {
        self.wall.fetch_sub(ms, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn wall(&self) -> Millis {
        Millis(self.wall.load(Ordering::SeqCst))
    }

    fn monotonic_ms(&self) -> u64 {
        self.monotonic.load(Ordering::SeqCst)
    }

    fn run(&self) -> &str {
        &self.run
    }
}

pub struct TestApp {
    pub router: Router,
    pub state: AppState,
    pub clock: Arc<TestClock>,
    /// Asks the server to stop.
    pub stop: watch::Sender<bool>,
    folder: PathBuf,
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The cookie that the answer sets, as a browser sends it back.
    pub fn cookie(&self) -> Option<String> {
        let cookie = self.headers.get(SET_COOKIE)?.to_str().ok()?;
        cookie.split(';').next().map(str::to_owned)
    }
}

/// A contest with its cards, as printed.
pub struct Stage {
    pub contest: ContestId,
    pub entries: Vec<EntryId>,
    pub cards: Vec<PrintedCard>,
}

#[derive(Clone, Debug)]
pub struct PrintedCard {
    pub seat: SeatId,
    pub card: CardId,
    pub secret: String,
    pub digits: String,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With further flags of `leitai serve`.
    pub async fn start_with(flags: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("leitai-it-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let file = folder.join("it.db").to_string_lossy().into_owned();
        let site = folder.to_string_lossy().into_owned();
        let mut args = vec![
            "it",
            "--db",
            &file,
            "--county",
            "测试县",
            "--site-root",
            &site,
        ];
        args.extend(flags);
        let config = Flags::parse_from(args).config;
        let clock = Arc::new(TestClock {
            wall: AtomicU64::new(NOW),
            monotonic: AtomicU64::new(1_000),
            run: Uuid::now_v7().to_string(),
        });
        let (stop, stopping) = watch::channel(false);
        let state = AppState::build_with(&config, stopping, clock.clone())
            .await
            .expect("a server");
        Self {
            router: router(state.clone()),
            state,
            clock,
            stop,
            folder,
        }
    }

    pub fn now(&self) -> Millis {
        self.clock.wall()
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.to_vec(),
        }
    }

    pub async fn get(&self, path: &str, token: Option<&str>) -> Answer {
        self.send(request(Method::GET, path, token, Body::empty()))
            .await
    }

    pub async fn post<T: Serialize>(&self, path: &str, token: Option<&str>, body: &T) -> Answer {
        let body = serde_json::to_vec(body).expect("a body");
        self.send(request(Method::POST, path, token, Body::from(body)))
            .await
    }

    /// A server function, called as the browser of `cookie`.
    pub async fn call(
        &self,
        path: &str,
        cookie: Option<&str>,
        arguments: serde_json::Value,
    ) -> Answer {
        let mut call = request(Method::POST, path, None, Body::from(arguments.to_string()));
        if let Some(cookie) = cookie {
            let cookie = cookie.parse().expect("a cookie");
            call.headers_mut().insert(COOKIE, cookie);
        }
        self.send(call).await
    }

    /// An organiser with a password of their own.
    pub async fn organiser(&self) -> (AccountId, String) {
        let AppState {
            store, passwords, ..
        } = &self.state;
        let printed = accounts::create(store, passwords, LOGIN, self.now())
            .await
            .expect("an account");
        (self.account().await, printed)
    }

    /// The one account that there is.
    pub async fn account(&self) -> AccountId {
        let mut tx = self.state.store.read().await.expect("a reader");
        let row = tx.row("select account_id from account", &[]).await;
        row.expect("the account").id("account_id").expect("an id")
    }

    /// Signs in with a password, and answers the cookie.
    pub async fn sign_in(&self, password: &str) -> Answer {
        let arguments = serde_json::json!({ "login": LOGIN, "password": password });
        self.call("/fn/staff/sign-in", None, arguments).await
    }

    /// An organiser's browser that may do everything an organiser may.
    pub async fn desk_cookie(&self, printed: &str) -> String {
        let cookie = self.sign_in(printed).await.cookie().expect("a cookie");
        let arguments = serde_json::json!({ "old": printed, "new": "a password of my own" });
        let answer = self
            .call("/fn/staff/change-password", Some(&cookie), arguments)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.cookie().expect("a new cookie")
    }

    pub fn act(&self, account: AccountId) -> Act {
        Act {
            account,
            now: self.now(),
            chance: Chance::machine(),
        }
    }

    /// Nine judges' charter with so many seats and entries, and cards for all of them.
    pub async fn stage(&self, account: AccountId, seats: u32, entries: usize) -> Stage {
        let charter = domain::charter::presets()
            .iter()
            .find(|preset| preset.key == "nine-judges")
            .expect("the preset")
            .toml
            .to_owned();
        self.stage_of(account, charter, seats, entries).await
    }

    pub async fn stage_of(
        &self,
        account: AccountId,
        charter: String,
        seats: u32,
        entries: usize,
    ) -> Stage {
        let entry = |number: usize| NewEntry {
            name: format!("选手{number}"),
            topic: String::new(),
            unit: None,
            multiplier: String::new(),
        };
        let seats = NewSeats {
            class: "J".to_owned(),
            count: seats,
        };
        let new = NewContest {
            title: "测试擂台".to_owned(),
            subtitle: String::new(),
            held_on: "2026-11-01".to_owned(),
            place: String::new(),
            charter,
            entries: (1..=entries).map(entry).collect(),
            seats: vec![seats],
        };
        let contest = create::create(&self.state.store, &self.act(account), new)
            .await
            .expect("a contest");
        self.command(account, contest, DeskCommand::IssueCards)
            .await;
        let mut tx = self.state.store.read().await.expect("a reader");
        let record = record::load(&mut tx, contest).await.expect("the contest");
        let sql = "select card_id, seat_id, secret, digits from card where kind = 'seat'
            order by issued_at, card_id";
        let rows = tx.rows(sql, &[]).await.expect("cards");
        let cards = rows.iter().map(|row| PrintedCard {
            seat: row.id("seat_id").expect("a seat"),
            card: row.id("card_id").expect("a card"),
            secret: row.text("secret").expect("a secret"),
            digits: row.text("digits").expect("digits"),
        });
        let is_ours = |card: &PrintedCard| record.seats.iter().any(|seat| seat.id == card.seat);
        Stage {
            contest,
            entries: record.entries.iter().map(|entry| entry.id).collect(),
            cards: cards.filter(is_ours).collect(),
        }
    }

    pub async fn command(&self, account: AccountId, contest: ContestId, command: DeskCommand) {
        self.try_command(account, contest, command)
            .await
            .expect("an obeyed command");
    }

    pub async fn try_command(
        &self,
        account: AccountId,
        contest: ContestId,
        command: DeskCommand,
    ) -> Result<(), server::service::error::ServiceError> {
        let clock = self.clock.clone() as Arc<dyn Clock>;
        let act = self.act(account);
        desk::command(&self.state.store, clock, &act, contest, command).await
    }
}

#[derive(clap::Parser)]
struct Flags {
    #[command(flatten)]
    config: Config,
}

/// A request as a page of our own sends it.
pub fn request(method: Method, path: &str, token: Option<&str>, body: Body) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(CONTENT_TYPE, "application/json")
        .header("host", "localhost:3000")
        .header("sec-fetch-site", "same-origin");
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    request.body(body).expect("a request")
}

pub fn device() -> DeviceId {
    DeviceId(Uuid::now_v7())
}

/// The query of a pull.
pub fn pull_path(device: DeviceId, cursor: u64) -> String {
    format!(
        "/api/v1/sync/pull?protocol={PROTOCOL_VERSION}&device={device}&cursor={cursor}&pending=0"
    )
}
