//! The smallest honest server for the same push, in a process of its own: axum, and SQLite with
//! `synchronous=FULL` and a write-ahead log.
//!
//! It reads the same requests, decodes every op, writes each with one prepared insert in the
//! transaction of its request, and answers after the commit. All writes go over one connection, as
//! SQLite writes one at a time. With a group of 1 each request has a commit of its own; with a
//! larger one, requests that wait share one, which is the ceiling of this stack.
//!
//! It does not ask who pushes, check a seal, apply a gate rule, place a sheet among its siblings,
//! recognise what was sent twice, tell a stream, limit a rate, or set a security header.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use std::net::SocketAddr;
use std::process::ExitCode;
use sync::protocol::{Op, PushRequest, SignedOp};
use tokio::sync::{mpsc, oneshot};

/// The argument that makes this program that server, before an address, a file and a group size.
pub const COMMAND: &str = "minimal";

/// Requests that may wait.
const QUEUE_MAX: usize = 1024;

const TABLE: &str = "create table ballot (
    op_id text primary key, contest_id text not null, seat_id text not null,
    device_id text not null, device_seq bigint not null, entry_id text not null,
    recorded_at bigint not null, body text not null, mac text not null,
    unique (seat_id, device_id, device_seq))";
const INSERT: &str = "insert into ballot
    (op_id, contest_id, seat_id, device_id, device_seq, entry_id, recorded_at, body, mac)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// One request on its way to the disk.
struct Job {
    ops: Vec<SignedOp>,
    answer: oneshot::Sender<()>,
}

/// Serves until the process is ended.
pub fn run(arguments: &[String]) -> ExitCode {
    let [address, file, group_max] = arguments else {
        return ExitCode::FAILURE;
    };
    let address: SocketAddr = address.parse().expect("an address");
    let group_max: usize = group_max.parse().expect("a number");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(serve(address, file, group_max));
    ExitCode::SUCCESS
}

async fn serve(address: SocketAddr, file: &str, group_max: usize) {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut conn = options.connect().await.expect("a database");
    sqlx::query(TABLE)
        .execute(&mut conn)
        .await
        .expect("a table");
    let (queue, jobs) = mpsc::channel(QUEUE_MAX);
    tokio::spawn(write(conn, jobs, group_max));
    let app = Router::new()
        .route("/api/v1/sync/push", post(push))
        .with_state(queue);
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .expect("an address");
    axum::serve(listener, app).await.expect("a server");
}

async fn push(
    State(queue): State<mpsc::Sender<Job>>,
    Json(request): Json<PushRequest>,
) -> Json<Value> {
    let outcomes = vec![json!({ "applied": {} }); request.ops.len()];
    let (answer, committed) = oneshot::channel();
    let job = Job {
        ops: request.ops,
        answer,
    };
    queue.send(job).await.expect("the writer runs");
    committed.await.expect("a commit");
    Json(json!({ "outcomes": outcomes }))
}

async fn write(mut conn: SqliteConnection, mut jobs: mpsc::Receiver<Job>, group_max: usize) {
    let mut group: Vec<Job> = Vec::with_capacity(group_max);
    while jobs.recv_many(&mut group, group_max).await != 0 {
        let tx = conn.begin_with("begin immediate");
        let mut tx = tx.await.expect("a transaction");
        for signed in group.iter().flat_map(|job| &job.ops) {
            insert(&mut tx, signed).await;
        }
        tx.commit().await.expect("a commit");
        for job in group.drain(..) {
            let _ = job.answer.send(());
        }
    }
}

async fn insert(conn: &mut SqliteConnection, signed: &SignedOp) {
    let op: Op = serde_json::from_str(&signed.body).expect("an op");
    let frame = op.change.frame().expect("a sheet");
    let number = |number| i64::try_from(number).expect("a number of ours");
    sqlx::query(INSERT)
        .bind(op.op_id.to_string())
        .bind(op.contest.to_string())
        .bind(op.seat.to_string())
        .bind(op.device.to_string())
        .bind(number(op.device_seq.0))
        .bind(frame.entry.to_string())
        .bind(number(op.recorded_at.0))
        .bind(signed.body.as_str())
        .bind(signed.mac.as_str())
        .execute(conn)
        .await
        .expect("a row");
}
