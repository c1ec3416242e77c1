//! 领取席位 and 接管 over HTTP.

use crate::app::{TestApp, device};
use crate::pad::{Pad, pair_request};
use app::backend::DeskCommand;
use axum::http::StatusCode;
use sync::protocol::{
    CredentialState, PROTOCOL_VERSION, PairRefusal, PairResponse, Preflight, Problem, ProblemCode,
};

#[tokio::test]
async fn a_card_and_its_digits_pair_a_device_and_the_token_is_kept_as_a_hash_only() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let answer = app
        .post(
            "/api/v1/pair",
            None,
            &pair_request(&stage.cards[0], device()),
        )
        .await;
    let paired: PairResponse = answer.json();
    assert_eq!(paired.seat, stage.cards[0].seat);
    assert_eq!(paired.seat_key.0.len(), 64);
    assert!(paired.expires_at > app.now());
    assert_eq!(answer.headers["cache-control"], "no-store");
    let mut tx = app.state.store.read().await.expect("a reader");
    let row = tx
        .row("select token_hash from credential", &[])
        .await
        .expect("a row");
    assert_ne!(row.text("token_hash").expect("a hash"), paired.token);
}

#[tokio::test]
async fn the_fifth_wrong_try_locks_the_card_until_the_organiser_unlocks_it() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 2, 1).await;
    let card = &stage.cards[0];
    let mut wrong = pair_request(card, device());
    wrong.digits = if card.digits == "0000" {
        "1111"
    } else {
        "0000"
    }
    .to_owned();
    let mut told = Vec::new();
    for _ in 0..5 {
        told.push(
            app.post("/api/v1/pair", None, &wrong)
                .await
                .json::<PairRefusal>(),
        );
    }
    let left = |left| PairRefusal::WrongDigits { left };
    assert_eq!(
        told,
        [left(4), left(3), left(2), left(1), PairRefusal::Locked]
    );
    let right = pair_request(card, device());
    let answer = app.post("/api/v1/pair", None, &right).await;
    assert_eq!(answer.status, StatusCode::LOCKED);
    let other = pair_request(&stage.cards[1], device());
    assert_eq!(
        app.post("/api/v1/pair", None, &other).await.status,
        200,
        "another card is free"
    );
    let unlock = DeskCommand::UnlockCard {
        seat: Some(card.seat),
    };
    app.command(account, stage.contest, unlock).await;
    assert_eq!(app.post("/api/v1/pair", None, &right).await.status, 200);
}

#[tokio::test]
async fn a_wrong_secret_says_nothing_and_locks_nothing() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let mut wrong = pair_request(&stage.cards[0], device());
    wrong.secret = "0".repeat(32);
    for _ in 0..6 {
        let answer = app.post("/api/v1/pair", None, &wrong).await;
        assert_eq!(answer.json::<PairRefusal>(), PairRefusal::UnknownCard);
    }
    let right = pair_request(&stage.cards[0], device());
    assert_eq!(app.post("/api/v1/pair", None, &right).await.status, 200);
}

#[tokio::test]
async fn a_taken_seat_is_given_away_only_by_an_explicit_take_over() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let first = Pad::pair(&app, &stage.cards[0]).await;
    let mut second = pair_request(&stage.cards[0], device());
    let refused = app.post("/api/v1/pair", None, &second).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(matches!(refused.json(), PairRefusal::Taken { .. }));
    assert_eq!(
        first.try_pull(&app, 0).await.status,
        200,
        "nothing was taken yet"
    );
    second.takeover = true;
    let paired: PairResponse = app.post("/api/v1/pair", None, &second).await.json();
    assert_eq!(paired.replaced, Some(first.device));
    let refused = first.try_pull(&app, 0).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(
        refused.json::<Problem>().code,
        ProblemCode::CredentialReplaced
    );
}

#[tokio::test]
async fn a_take_over_is_on_the_record_with_both_devices() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let first = Pad::pair(&app, &stage.cards[0]).await;
    let mut request = pair_request(&stage.cards[0], device());
    request.takeover = true;
    let second = Pad::pair_as(&app, request).await;
    let mut tx = app.state.store.read().await.expect("a reader");
    let sql = "select actor_id, act from audit where actor_kind = 'device' order by audit_id";
    let rows = tx.rows(sql, &[]).await.expect("the record");
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[1].text("actor_id").expect("an id"),
        second.device.to_string()
    );
    let act: serde_json::Value = rows[1].json("act").expect("an act");
    assert_eq!(act["do"], "take_over");
    assert_eq!(act["replaced"], first.device.to_string());
}

#[tokio::test]
async fn the_device_that_took_over_is_told_so_by_its_next_pull() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let _first = Pad::pair(&app, &stage.cards[0]).await;
    app.clock.advance(5_000);
    let mut request = pair_request(&stage.cards[0], device());
    request.takeover = true;
    let second = Pad::pair_as(&app, request).await;
    let credential = second.pull(&app, 0).await.view.expect("a view").credential;
    assert_eq!(credential.state, CredentialState::Active);
    assert_eq!(credential.took_over_at, Some(app.now()));
}

#[tokio::test]
async fn the_same_device_pairs_again_when_the_first_answer_was_lost() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let request = pair_request(&stage.cards[0], device());
    let lost = Pad::pair_as(&app, request.clone()).await;
    let kept = Pad::pair_as(&app, request).await;
    assert_ne!(lost.token, kept.token);
    assert_eq!(kept.try_pull(&app, 0).await.status, 200);
}

#[tokio::test]
async fn a_withdrawn_card_pairs_nobody_and_its_pad_pulls_no_more() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let card = &stage.cards[0];
    let pad = Pad::pair(&app, card).await;
    let withdraw = DeskCommand::WithdrawCard {
        seat: Some(card.seat),
    };
    app.command(account, stage.contest, withdraw).await;
    let answer = app
        .post("/api/v1/pair", None, &pair_request(card, device()))
        .await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert_eq!(answer.json::<PairRefusal>(), PairRefusal::Withdrawn);
    let refused = pad.try_pull(&app, 0).await;
    assert_eq!(
        refused.json::<Problem>().code,
        ProblemCode::CredentialWithdrawn
    );
}

#[tokio::test]
async fn a_credential_ends_ninety_days_after_the_contest_and_no_card_pairs_then() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let pad = Pad::pair(&app, &stage.cards[0]).await;
    app.clock.advance(89 * 24 * 60 * 60 * 1_000);
    assert_eq!(pad.try_pull(&app, 0).await.status, 200);
    app.clock.advance(2 * 24 * 60 * 60 * 1_000);
    let refused = pad.try_pull(&app, 0).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        refused.json::<Problem>().code,
        ProblemCode::CredentialExpired
    );
}

#[tokio::test]
async fn another_protocol_is_told_which_one_is_spoken() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let mut request = pair_request(&stage.cards[0], device());
    request.protocol = PROTOCOL_VERSION + 1;
    let answer = app.post("/api/v1/pair", None, &request).await;
    assert_eq!(answer.status, StatusCode::UPGRADE_REQUIRED);
    assert!(matches!(answer.json(), PairRefusal::Protocol { .. }));
}

#[tokio::test]
async fn opening_a_link_changes_nothing() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let before = app
        .state
        .store
        .read()
        .await
        .expect("a reader")
        .seq_now()
        .await
        .expect("a seq");
    for path in ["/card", "/seat", "/api/v1/pair"] {
        app.get(path, None).await;
    }
    let after = app
        .state
        .store
        .read()
        .await
        .expect("a reader")
        .seq_now()
        .await
        .expect("a seq");
    assert_eq!(before, after);
    assert_eq!(
        app.get("/api/v1/pair", None).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    let pad = Pad::pair(&app, &stage.cards[0]).await;
    assert_eq!(pad.seat, stage.cards[0].seat);
}

#[tokio::test]
async fn a_preflight_report_reaches_the_desk_and_another_devices_does_not() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let pad = Pad::pair(&app, &stage.cards[0]).await;
    let mut report = Preflight {
        protocol: PROTOCOL_VERSION,
        device: pad.device,
        build: "b1".to_owned(),
        worker_build: Some("b1".to_owned()),
        charter_version: 1,
        roster_version: 1,
        secure_context: true,
        controlled: true,
        storage: true,
        persisted: false,
        credential: true,
        at: app.now(),
    };
    let path = "/api/v1/preflight";
    let kept = app.post(path, Some(&pad.token), &report).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    let mut tx = app.state.store.read().await.expect("a reader");
    let row = tx
        .row("select preflight from credential", &[])
        .await
        .expect("a row");
    assert_eq!(
        row.json::<Preflight>("preflight").expect("a report"),
        report
    );
    report.device = device();
    let refused = app.post(path, Some(&pad.token), &report).await;
    assert_eq!(refused.json::<Problem>().code, ProblemCode::WrongDevice);
}
