//! The host over HTTP: a card of its own, the running order, and the gates.

use crate::app::{Answer, PrintedCard, TestApp, device};
use crate::pad::{Pad, pair_request};
use app::backend::{CardState, Cards, DeskCommand};
use axum::http::StatusCode;
use domain::ids::{AccountId, ContestId, EntryId, SeatId};
use serde_json::{Value, json};
use sync::protocol::{
    GateStateView, HolderKind, HostAct, HostCommand, HostView, PROTOCOL_VERSION, PairRefusal,
    PairResponse, Problem, ProblemCode,
};
use uuid::Uuid;

/// The host's card of a contest, issued if there was none.
pub async fn host_card(app: &TestApp, account: AccountId, contest: ContestId) -> PrintedCard {
    app.command(account, contest, DeskCommand::IssueHostCard)
        .await;
    let mut tx = app.state.store.read().await.expect("a reader");
    let sql = "select contest_id, card_id, secret, digits from card
        where kind = 'host' and withdrawn = 0";
    let rows = tx.rows(sql, &[]).await.expect("cards");
    let is_ours =
        |row: &&server::store::Row| row.id::<ContestId>("contest_id").ok() == Some(contest);
    let row = rows.iter().find(is_ours).expect("the host's card");
    PrintedCard {
        seat: SeatId(Uuid::nil()),
        card: row.id("card_id").expect("a card"),
        secret: row.text("secret").expect("a secret"),
        digits: row.text("digits").expect("digits"),
    }
}

async fn host(app: &TestApp, account: AccountId, contest: ContestId) -> Pad {
    Pad::pair(app, &host_card(app, account, contest).await).await
}

fn path(contest: ContestId) -> String {
    format!("/api/v1/host/{contest}")
}

async fn look(app: &TestApp, host: &Pad) -> HostView {
    app.get(&path(host.contest), Some(&host.token)).await.json()
}

fn command(entry: EntryId, act: HostAct, number: u32, reason: &str) -> HostCommand {
    HostCommand {
        protocol: PROTOCOL_VERSION,
        entry,
        act,
        attempt: 1,
        number,
        reason: reason.to_owned(),
    }
}

async fn say(app: &TestApp, host: &Pad, command: &HostCommand) -> Answer {
    app.post(&path(host.contest), Some(&host.token), command)
        .await
}

#[track_caller]
fn refused(answer: &Answer, status: StatusCode, code: ProblemCode, place: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    let problem: Problem = answer.json();
    assert_eq!(
        (problem.code, problem.place.as_deref().unwrap_or_default()),
        (code, place)
    );
}

#[tokio::test]
async fn a_hosts_card_pairs_a_tablet_that_sees_the_order_and_nobody_who_judges() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 2, 3).await;
    let person = DeskCommand::SeatPerson {
        seat: stage.cards[0].seat,
        person: "欧阳评委".to_owned(),
    };
    app.command(account, stage.contest, person).await;
    let card = host_card(&app, account, stage.contest).await;
    let request = pair_request(&card, device());
    let paired: PairResponse = app.post("/api/v1/pair", None, &request).await.json();
    assert_eq!(paired.kind, HolderKind::Host);
    assert_eq!(paired.contest, stage.contest);
    assert_eq!(paired.contest_title, "测试擂台");
    let answer = app.get(&path(stage.contest), Some(&paired.token)).await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(!answer.text().contains("欧阳评委"));
    let view: HostView = answer.json();
    let order: Vec<u32> = view.entries.iter().map(|entry| entry.position).collect();
    assert_eq!((order, view.seats), (vec![1, 2, 3], 2));
    assert!(view.entries.iter().all(|entry| entry.gate_code.is_none()));
}

#[tokio::test]
async fn the_host_opens_closes_and_reopens_by_the_organisers_rules() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 2, 1).await;
    let mut pad = Pad::pair(&app, &stage.cards[0]).await;
    let host = host(&app, account, stage.contest).await;
    let entry = stage.entries[0];
    let opened: HostView = say(&app, &host, &command(entry, HostAct::Open, 0, ""))
        .await
        .json();
    assert_eq!(opened.entries[0].gate.state, GateStateView::Open);
    assert_eq!(
        opened.entries[0].gate_code.as_ref().map(String::len),
        Some(4)
    );
    let seen = pad.pull(&app, 0).await.view.expect("a view").entries[0].gate;
    assert_eq!(seen.state, GateStateView::Open);

    let op = pad.op(entry, 70_000, app.now());
    pad.push_one(&app, &op).await;
    let answer = app.get(&path(stage.contest), Some(&host.token)).await;
    assert!(!answer.text().contains("70000") && !answer.text().contains("70.0"));
    let row = answer.json::<HostView>().entries.remove(0);
    assert_eq!((row.received, row.expected, row.outstanding), (1, 2, 1));

    let silent = say(&app, &host, &command(entry, HostAct::Close, 1, " ")).await;
    let invalid = StatusCode::UNPROCESSABLE_ENTITY;
    refused(&silent, invalid, ProblemCode::Malformed, "reason");
    let close = command(entry, HostAct::Close, 1, "2 号席离场");
    let closed: HostView = say(&app, &host, &close).await.json();
    assert_eq!(closed.entries[0].gate.state, GateStateView::Closed);
    assert_eq!(closed.entries[0].gate_code, None);
    let silent = say(&app, &host, &command(entry, HostAct::Reopen, 1, "")).await;
    refused(&silent, invalid, ProblemCode::Malformed, "reason");
    let reopen = command(entry, HostAct::Reopen, 1, "2 号席回来了");
    let again: HostView = say(&app, &host, &reopen).await.json();
    assert_eq!(again.entries[0].gate.number, 2);
}

#[tokio::test]
async fn a_command_sent_again_acts_once_and_one_that_comes_too_late_not_at_all() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let host = host(&app, account, stage.contest).await;
    let entry = stage.entries[0];
    let open = command(entry, HostAct::Open, 0, "");
    for _ in 0..3 {
        let view: HostView = say(&app, &host, &open).await.json();
        assert_eq!(view.entries[0].gate.number, 1);
    }
    assert_eq!(acts(&app, &host).await, ["pair", "open_gate"]);
    let close = DeskCommand::CloseGate {
        entry,
        reason: "离场".to_owned(),
    };
    app.command(account, stage.contest, close).await;
    let late = say(&app, &host, &open).await;
    let conflict = StatusCode::CONFLICT;
    refused(&late, conflict, ProblemCode::Conflict, "gate_moved");
    let gate = look(&app, &host).await.entries[0].gate;
    assert_eq!((gate.state, gate.number), (GateStateView::Closed, 1));
}

/// What the device of a host did, as the record has it.
async fn acts(app: &TestApp, host: &Pad) -> Vec<String> {
    let mut tx = app.state.store.read().await.expect("a reader");
    let sql = "select actor_id, act from audit where actor_kind = 'device' order by audit_id";
    let rows = tx.rows(sql, &[]).await.expect("the record");
    let mut acts = Vec::new();
    for row in rows {
        assert_eq!(
            row.text("actor_id").expect("an id"),
            host.device.to_string()
        );
        let act: Value = row.json("act").expect("an act");
        acts.push(act["do"].as_str().expect("a word").to_owned());
    }
    acts
}

#[tokio::test]
async fn only_the_host_of_this_contest_looks_or_moves_a_gate() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let other = app.stage(account, 1, 1).await;
    let card = host_card(&app, account, stage.contest).await;
    let seat = Pad::pair(&app, &stage.cards[0]).await;
    let foreign = host(&app, account, other.contest).await;
    let replaced = Pad::pair(&app, &card).await;
    let mut request = pair_request(&card, device());
    request.takeover = true;
    let withdrawn = Pad::pair_as(&app, request).await;
    let reissue = DeskCommand::ReissueCard { seat: None };
    app.command(account, stage.contest, reissue).await;
    let host = host(&app, account, stage.contest).await;

    let (sign_in, forbidden) = (StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN);
    let strangers = [
        (None, sign_in, ProblemCode::SignIn),
        (Some(&seat), forbidden, ProblemCode::Forbidden),
        (Some(&foreign), forbidden, ProblemCode::Forbidden),
        (Some(&replaced), forbidden, ProblemCode::CredentialReplaced),
        (
            Some(&withdrawn),
            forbidden,
            ProblemCode::CredentialWithdrawn,
        ),
    ];
    let open = command(stage.entries[0], HostAct::Open, 0, "");
    let path = path(stage.contest);
    for (who, status, code) in strangers {
        let token = who.map(|pad| pad.token.as_str());
        refused(&app.get(&path, token).await, status, code, "");
        refused(&app.post(&path, token, &open).await, status, code, "");
    }
    let gate = look(&app, &host).await.entries[0].gate;
    assert_eq!(gate.state, GateStateView::Pending);
}

#[tokio::test]
async fn a_host_neither_pulls_nor_pushes_sheets() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let host = host(&app, account, stage.contest).await;
    let forbidden = StatusCode::FORBIDDEN;
    let pulled = host.try_pull(&app, 0).await;
    refused(&pulled, forbidden, ProblemCode::Forbidden, "");
    let batch = json!({ "protocol": PROTOCOL_VERSION, "device": host.device, "batch": 1,
        "last_seq": 0, "pending": 0, "ops": [] });
    let pushed = app
        .post("/api/v1/sync/push", Some(&host.token), &batch)
        .await;
    refused(&pushed, forbidden, ProblemCode::Forbidden, "");
}

#[tokio::test]
async fn the_organiser_sees_a_take_over_and_takes_the_hosts_card_back() {
    let app = TestApp::start().await;
    let (account, printed) = app.organiser().await;
    let cookie = app.desk_cookie(&printed).await;
    let stage = app.stage(account, 1, 1).await;
    let card = host_card(&app, account, stage.contest).await;
    let first = Pad::pair(&app, &card).await;
    let mut request = pair_request(&card, device());
    let taken = app.post("/api/v1/pair", None, &request).await;
    assert!(matches!(taken.json(), PairRefusal::Taken { .. }));
    request.takeover = true;
    let second = Pad::pair_as(&app, request).await;
    let credential = look(&app, &second).await.credential;
    assert_eq!(credential.took_over_at, Some(app.now()));
    assert_eq!(
        app.get(&path(stage.contest), Some(&first.token))
            .await
            .status,
        403
    );
    let arguments = json!({ "contest": stage.contest });
    let page: Cards = app
        .call("/fn/desk/cards", Some(&cookie), arguments.clone())
        .await
        .json();
    let tablet = page.host.pairing.expect("the tablet");
    assert_eq!(tablet.took_over_at, Some(app.now()));
    assert!(tablet.online);
    assert_eq!(page.host.print.expect("a card").digits, card.digits);

    let withdraw = DeskCommand::WithdrawCard { seat: None };
    app.command(account, stage.contest, withdraw).await;
    let page: Cards = app
        .call("/fn/desk/cards", Some(&cookie), arguments)
        .await
        .json();
    assert_eq!(page.host.state, CardState::Withdrawn);
    assert_eq!((page.host.print, page.host.pairing), (None, None));
    let seats_card = pair_request(&stage.cards[0], device());
    let paired = app.post("/api/v1/pair", None, &seats_card).await;
    assert_eq!(paired.status, 200, "the seats' cards stay as they are");
}

#[tokio::test]
async fn the_fifth_wrong_try_locks_the_hosts_card_until_it_is_unlocked() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let card = host_card(&app, account, stage.contest).await;
    let right = pair_request(&card, device());
    let mut wrong = right.clone();
    wrong.digits = if card.digits == "0000" {
        "1111"
    } else {
        "0000"
    }
    .to_owned();
    for _ in 0..5 {
        app.post("/api/v1/pair", None, &wrong).await;
    }
    let locked = app.post("/api/v1/pair", None, &right).await;
    assert_eq!(locked.status, StatusCode::LOCKED);
    let unlock = DeskCommand::UnlockCard { seat: None };
    app.command(account, stage.contest, unlock).await;
    assert_eq!(app.post("/api/v1/pair", None, &right).await.status, 200);
}
