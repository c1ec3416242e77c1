//! Sends what waits. A notice is claimed before it is sent, so that two servers over one database
//! seldom send it twice; whoever dies with it leaves it to the next try.

use super::{kind_of, message};
use crate::service::error::ServiceError;
use crate::state::AppState;
use crate::store::{Row, Store, StoreError, params, statements};
use app::backend::HookKind;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Request};
use domain::ids::Millis;
use futures::FutureExt as _;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::fmt;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Notices of one round.
const ROUND_MAX: u32 = 20;
/// How often what waits is looked at.
const LOOK: Duration = Duration::from_secs(3);
/// How long a robot may take to answer.
const WAIT: Duration = Duration::from_secs(10);
/// How long a claim holds: longer than an answer may take.
const CLAIM_MS: u64 = 60_000;
/// The first pause; each is twice the one before, up to the longest. Twenty tries take half a day.
const PAUSE_MS: u64 = 10_000;
const PAUSE_MS_MAX: u64 = 60 * 60 * 1_000;
const TRIES_MAX: u32 = 20;
/// Bytes of an answer.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

statements! {
    NOTICES_DUE = "select n.notice_id, n.text, n.path, n.tries, n.next_at, h.kind, h.address,
            h.secret
        from notice n join hook h on h.county_id = n.county_id and h.name = n.hook
        where n.county_id = $1 and n.next_at <= $2 order by n.next_at limit $3";
    NOTICE_CLAIM = "update notice set next_at = $3, tries = tries + 1
        where notice_id = $1 and next_at = $2";
    NOTICE_SENT = "update notice set next_at = null, sent_at = $2, error = ''
        where notice_id = $1";
    NOTICE_FAILED = "update notice set next_at = $2, error = $3 where notice_id = $1";
}

/// The way to the robots.
pub struct Robots(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl fmt::Debug for Robots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Robots").finish_non_exhaustive()
    }
}

/// Sends what waits until the server stops.
pub async fn run(mut state: AppState) {
    let robots = match Robots::new() {
        Ok(robots) => robots,
        Err(error) => {
            tracing::error!(error = ?error, "no notices are sent");
            return;
        }
    };
    loop {
        let now = state.clock.wall();
        let sent = deliver(&state.store, &robots, &state.config.public_url, now).await;
        if let Err(error) = sent {
            tracing::warn!(error = ?error, "notices are not sent");
        }
        tokio::select! {
            _ = state.stopping.changed() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Sends what is due now, once each.
///
/// # Errors
/// The database failed. What a robot says is kept with its notice.
pub async fn deliver(
    store: &Store,
    robots: &Robots,
    public_url: &str,
    now: Millis,
) -> Result<(), ServiceError> {
    let county = store.county().id;
    let mut tx = store.read().await?;
    let rows = tx
        .rows(NOTICES_DUE, &params![county, now, ROUND_MAX])
        .await?;
    drop(tx);
    let started = Instant::now();
    for row in rows {
        // A robot that is silent takes its ten seconds; the next one's times begin after them.
        let waited = u64::try_from(started.elapsed().as_millis()).unwrap_or(0);
        let now = Millis(now.0.saturating_add(waited));
        let (id, due): (Uuid, Millis) = (row.id("notice_id")?, row.millis("next_at")?);
        let claim = params![id, due, Millis(now.0 + CLAIM_MS)];
        if !update(store, NOTICE_CLAIM, claim.to_vec()).await? {
            continue;
        }
        let settled = match send(robots, &row, public_url, now).await? {
            Ok(()) => update(store, NOTICE_SENT, params![id, now].to_vec()),
            Err(error) => {
                let next = next_try(row.u32("tries")? + 1, now);
                let failed = params![id, next, error];
                update(store, NOTICE_FAILED, failed.to_vec())
            }
        };
        settled.await?;
    }
    Ok(())
}

/// When it is tried again after so many tries.
fn next_try(tries: u32, now: Millis) -> Option<i64> {
    let pause = PAUSE_MS << tries.saturating_sub(1).min(16);
    let next = i64::try_from(now.0 + pause.min(PAUSE_MS_MAX)).ok();
    next.filter(|_| tries < TRIES_MAX)
}

async fn update(
    store: &Store,
    sql: &'static str,
    row: Vec<crate::store::Value>,
) -> Result<bool, StoreError> {
    let job = store.write(move |tx| async move { tx.execute(sql, &row).await }.boxed());
    let rows: Result<u64, StoreError> = job.await;
    Ok(rows? != 0)
}

async fn send(
    robots: &Robots,
    row: &Row,
    public_url: &str,
    now: Millis,
) -> Result<Result<(), String>, StoreError> {
    let Some(kind) = kind_of(&row.text("kind")?) else {
        return Ok(Err("unknown kind".to_owned()));
    };
    let (address, secret) = (row.text("address")?, row.text("secret")?);
    let (text, path) = (row.text("text")?, row.text("path")?);
    let text = match path.as_str() {
        "" => text,
        path => format!("{text}\n{public_url}{path}"),
    };
    let request = message::request(kind, (&address, &secret), &text, now);
    Ok(match request {
        Ok((address, body)) => robots.tell(kind, &address, body.to_string()).await,
        Err(error) => Err(error),
    })
}

impl Robots {
    /// # Errors
    /// The machine's cryptography cannot be set up.
    pub fn new() -> anyhow::Result<Self> {
        let provider = rustls::crypto::ring::default_provider();
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(provider)?
            // Plain only on this machine, as was checked when the address was entered.
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self(client))
    }

    /// The reason never holds the address, which holds the robot's key.
    async fn tell(&self, kind: HookKind, address: &str, body: String) -> Result<(), String> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(CONTENT_TYPE, "application/json; charset=utf-8")
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| "no address".to_owned())?;
        let asked = async {
            let answer = self.0.request(request).await;
            let answer = answer.map_err(|_| "no connection".to_owned())?;
            let status = answer.status().as_u16();
            let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX);
            let body = body.collect().await;
            let body = body.map_err(|_| "a broken answer".to_owned())?;
            message::taken(kind, status, &body.to_bytes())
        };
        let answered = tokio::time::timeout(WAIT, asked).await;
        answered.unwrap_or_else(|_| Err("no answer in time".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_an_hour_and_end() {
        let next = |tries| next_try(tries, Millis(0));
        assert_eq!(
            (next(1), next(2), next(3)),
            (Some(10_000), Some(20_000), Some(40_000))
        );
        assert_eq!(
            (next(10), next(19), next(20)),
            (Some(3_600_000), Some(3_600_000), None)
        );
    }
}
