//! Pull over HTTP: what one seat sees, and what it does not.

use crate::app::{device, pull_path};
use crate::hall::hall;
use axum::http::StatusCode;
use domain::ids::Seq;
use sync::protocol::{GateStateView, PROTOCOL_VERSION, Problem, ProblemCode};

#[tokio::test]
async fn a_pull_with_the_last_cursor_is_a_cheap_nothing_and_any_change_ends_it() {
    let hall = hall(2, 1).await;
    let (pad, mut other) = (hall.pad(0).await, hall.pad(1).await);
    let entry = hall.stage.entries[0];
    let cursor = pad.pull(&hall.app, 0).await.cursor;
    let again = pad.pull(&hall.app, cursor.0).await;
    assert!(again.unchanged && again.view.is_none() && again.cursor == cursor);
    hall.open(entry).await;
    let delta = pad.pull(&hall.app, cursor.0).await;
    let gate = delta.view.expect("a view").entries[0].gate;
    assert_eq!(gate.state, GateStateView::Open);
    assert_eq!(gate.opened_seq, Some(delta.cursor));
    let op = other.op(entry, 70_000, hall.app.now());
    other.push_one(&hall.app, &op).await;
    let quiet = pad.pull(&hall.app, delta.cursor.0).await;
    assert!(quiet.unchanged, "another seat's sheet is no news");
}

#[tokio::test]
async fn a_pull_holds_no_other_seats_sheet() {
    let hall = hall(2, 1).await;
    let (pad, mut other) = (hall.pad(0).await, hall.pad(1).await);
    let entry = hall.stage.entries[0];
    hall.open(entry).await;
    let op = other.op(entry, 83_500, hall.app.now());
    other.push_one(&hall.app, &op).await;
    let answer = pad.try_pull(&hall.app, 0).await;
    assert!(!answer.text().contains("83500"));
    assert!(!answer.text().contains(&op.op_id.to_string()));
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn a_cursor_from_before_a_restored_backup_gets_the_whole_view() {
    let hall = hall(1, 1).await;
    let pad = hall.pad(0).await;
    let delta = pad.pull(&hall.app, 9_999).await;
    assert!(!delta.unchanged && delta.view.is_some());
}

#[tokio::test]
async fn a_stranger_another_device_and_another_protocol_are_refused_each_by_name() {
    let hall = hall(1, 1).await;
    let pad = hall.pad(0).await;
    let app = &hall.app;
    let path = pull_path(pad.device, 0);
    let code = |answer: &crate::app::Answer| answer.json::<Problem>().code;
    let nobody = app.get(&path, None).await;
    assert_eq!(
        (nobody.status, code(&nobody)),
        (StatusCode::UNAUTHORIZED, ProblemCode::SignIn)
    );
    let stranger = app.get(&path, Some("0".repeat(64).as_str())).await;
    assert_eq!(code(&stranger), ProblemCode::SignIn);
    let other = app.get(&pull_path(device(), 0), Some(&pad.token)).await;
    assert_eq!(
        (other.status, code(&other)),
        (StatusCode::FORBIDDEN, ProblemCode::WrongDevice)
    );
    let newer = format!("/api/v1/sync/pull?protocol={}", PROTOCOL_VERSION + 1);
    let newer = app.get(&newer, Some(&pad.token)).await;
    assert_eq!(newer.status, StatusCode::UPGRADE_REQUIRED);
    assert_eq!(code(&newer), ProblemCode::Protocol);
    let mut batch = pad.batch(Vec::new());
    batch.protocol = PROTOCOL_VERSION + 1;
    let newer = app
        .post("/api/v1/sync/push", Some(&pad.token), &batch)
        .await;
    assert_eq!(newer.status, StatusCode::UPGRADE_REQUIRED);
    assert!(newer.json::<Problem>().request_id.is_some());
}

#[tokio::test]
async fn heartbeats_are_written_down_seldom_and_seen_at_once() {
    let hall = hall(1, 1).await;
    let pad = hall.pad(0).await;
    let cursor = pad.pull(&hall.app, 0).await.cursor;
    hall.app.clock.advance(4_000);
    pad.pull(&hall.app, cursor.0).await;
    let mut tx = hall.app.state.store.read().await.expect("a reader");
    let row = tx
        .row("select credential_id from credential", &[])
        .await
        .expect("a row");
    let credential = row.id("credential_id").expect("an id");
    drop(tx);
    let presence = hall.app.state.presences.of(credential).expect("heard of");
    assert_eq!(
        (presence.last_seen, presence.last_seq),
        (hall.app.now(), cursor)
    );
    let written = "select max(last_seq) as n from credential";
    assert_eq!(hall.rows(written).await, 0);
    let state = &hall.app.state;
    state.presences.flush(&state.store).await.expect("a flush");
    assert_eq!(
        Seq(u64::try_from(hall.rows(written).await).expect("a seq")),
        cursor
    );
}
