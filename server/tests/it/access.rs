//! Who may do what: staff sessions, the short public list, and limits that a whole hall behind one
//! address does not feel.

use crate::app::{Answer, LOGIN, Stage, TestApp, device, pull_path, request};
use crate::pad::{Pad, pair_request};
use app::backend::{DeskCommand, SessionRow, Staff};
use app::error::{AppError, Code};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, StatusCode};
use domain::ids::{ContestId, EntryId};
use leptos::server_fn::axum::server_fn_paths;
use serde_json::{Value, json};
use server::http::limits::PHONES;
use server::service::accounts;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use sync::protocol::{PairResponse, Problem, ProblemCode};
use tower::ServiceExt as _;
use uuid::Uuid;

/// Server functions that answer anybody. Every other one refuses whoever is not signed in.
const PUBLIC_FUNCTIONS: [&str; 7] = [
    "/fn/public/contests",
    "/fn/public/contest",
    "/fn/public/boards",
    "/fn/public/screen",
    "/fn/staff/staff",
    "/fn/staff/sign-in",
    "/fn/staff/sign-out",
];

/// Every route that is written in the source, and what it answers to somebody who is nobody.
const ROUTES: [(&str, Method, &str, u16); 20] = [
    ("/prefs", Method::POST, "/prefs", 415),
    ("/livez", Method::GET, "/livez", 200),
    ("/readyz", Method::GET, "/readyz", 200),
    ("/version", Method::GET, "/version", 200),
    ("/app-shell", Method::GET, "/app-shell", 200),
    ("/card", Method::GET, "/card", 200),
    ("/seat", Method::GET, "/seat", 200),
    ("/seat/{*rest}", Method::GET, "/seat/1/2", 200),
    ("/sw.js", Method::GET, "/sw.js", 200),
    ("/boot.js", Method::GET, "/boot.js", 404),
    (
        "/manifest.webmanifest",
        Method::GET,
        "/manifest.webmanifest",
        200,
    ),
    ("/admin/uploads", Method::POST, "/admin/uploads", 401),
    (
        "/admin/contests/{contest}/export/{file}",
        Method::GET,
        "/admin/contests/CONTEST/export/sheets.csv",
        401,
    ),
    (
        "/admin/roster/template/{file}",
        Method::GET,
        "/admin/roster/template/units.csv",
        401,
    ),
    (
        "/contests/{contest}/result.json",
        Method::GET,
        "/api/v1/contests/CONTEST/result.json",
        404,
    ),
    ("/pair", Method::POST, "/api/v1/pair", 400),
    ("/preflight", Method::POST, "/api/v1/preflight", 401),
    ("/sync/push", Method::POST, "/api/v1/sync/push", 401),
    ("/sync/pull", Method::GET, "/api/v1/sync/pull", 401),
    ("/live/{contest}", Method::GET, "/api/v1/live/NOBODY", 400),
];

/// Who asks without being allowed to.
async fn strangers(app: &TestApp, stage: &Stage, other: &Stage) -> Vec<(&'static str, String)> {
    let foreign = Pad::pair(app, &other.cards[0]).await;
    let replaced = Pad::pair(app, &stage.cards[0]).await;
    let mut request = pair_request(&stage.cards[0], device());
    request.takeover = true;
    Pad::pair_as(app, request).await;
    vec![
        ("nobody", String::new()),
        ("a seat of another contest", foreign.token),
        ("a replaced device", replaced.token),
    ]
}

fn arguments(path: &str, contest: ContestId) -> Value {
    let new_contest = json!({
        "title": "t", "subtitle": "", "held_on": "", "place": "", "charter": "",
        "entries": [], "seats": [],
    });
    let mut arguments = json!({
        "contest": contest,
        "command": { "do": "open_gate", "entry": EntryId(Uuid::nil()) },
        "upload": "u", "login": "l", "password": "p", "old": "o", "new": "n", "session": "s",
    });
    if path.ends_with("/create-contest") {
        arguments["contest"] = new_contest;
    }
    arguments
}

#[tokio::test]
async fn every_server_function_refuses_strangers_unless_it_is_on_the_public_list() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let other = app.stage(account, 1, 1).await;
    let strangers = strangers(&app, &stage, &other).await;
    let mut asked = 0;
    for (path, method) in server_fn_paths() {
        if PUBLIC_FUNCTIONS.contains(&path) {
            continue;
        }
        for (who, token) in &strangers {
            let body = Body::from(arguments(path, stage.contest).to_string());
            let token = Some(token.as_str()).filter(|token| !token.is_empty());
            let answer = app.send(request(method.clone(), path, token, body)).await;
            assert_eq!(
                answer.status,
                401,
                "{path} answers {who}: {}",
                answer.text()
            );
            assert_eq!(
                answer.json::<AppError>().code,
                Code::SignIn,
                "{path} to {who}"
            );
            asked += 1;
        }
    }
    assert!(30 < asked, "only {asked} questions were asked");
}

#[tokio::test]
async fn every_route_answers_strangers_as_the_list_says_and_none_is_forgotten() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let other = app.stage(account, 1, 1).await;
    for (who, token) in strangers(&app, &stage, &other).await {
        for (_, method, path, status_expected) in &ROUTES {
            let path = path.replace("CONTEST", &stage.contest.to_string());
            let is_known_pad = path.contains("/sync/") || path.contains("/preflight");
            if is_known_pad && !token.is_empty() {
                continue;
            }
            let token = Some(token.as_str()).filter(|token| !token.is_empty());
            let answer = app
                .send(request(method.clone(), &path, token, Body::empty()))
                .await;
            assert_eq!(
                answer.status,
                *status_expected,
                "{path} to {who}: {}",
                answer.text()
            );
        }
    }
    let listed: BTreeSet<&str> = ROUTES.iter().map(|(route, ..)| *route).collect();
    for route in routes_in_source() {
        assert!(listed.contains(route.as_str()), "{route} is on no list");
    }
}

/// The first argument of every `.route(…)` and `.route_service(…)` of the server.
fn routes_in_source() -> BTreeSet<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut folders = vec![std::path::PathBuf::from(root)];
    let mut routes = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let text = std::fs::read_to_string(&path).expect("a file");
                for call in text.split(".route").skip(1) {
                    let call = call.trim_start_matches("_service").trim_start_matches('(');
                    if let Some(rest) = call.trim_start().strip_prefix("\"/")
                        && let Some((route, _)) = rest.split_once('"')
                    {
                        routes.insert(format!("/{route}"));
                    }
                }
            }
        }
    }
    routes
}

#[tokio::test]
async fn no_page_that_anybody_opens_holds_a_cards_secret_or_a_judges_name() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let seat = stage.cards[0].seat;
    let person = "欧阳评委".to_owned();
    let name = DeskCommand::SeatPerson { seat, person };
    app.command(account, stage.contest, name).await;
    for listing in server::http::pages::routes() {
        let contest = stage.contest.to_string();
        let path: Vec<&str> = listing
            .path()
            .split('/')
            .map(|part| {
                if part.starts_with([':', '{']) {
                    contest.as_str()
                } else {
                    part
                }
            })
            .collect();
        let page = app.get(&path.join("/"), None).await.text();
        assert!(!page.contains(&stage.cards[0].secret), "{}", listing.path());
        assert!(!page.contains("欧阳评委"), "{}", listing.path());
    }
}

#[tokio::test]
async fn a_pad_of_one_contest_neither_reads_nor_writes_another() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let other = app.stage(account, 1, 1).await;
    let foreign = Pad::pair(&app, &other.cards[0]).await;
    let view = foreign.pull(&app, 0).await.view.expect("a view");
    assert_eq!(view.contest.id, other.contest);
    let mut posing = Pad {
        contest: stage.contest,
        seat: stage.cards[0].seat,
        ..foreign
    };
    let op = posing.op(stage.entries[0], 70_000, app.now());
    let outcome = posing.push_one(&app, &op).await;
    assert!(
        matches!(outcome, sync::protocol::Outcome::Rejected { .. }),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn the_printed_password_works_for_one_thing() {
    let app = TestApp::start().await;
    let (_, printed) = app.organiser().await;
    let answer = app.sign_in(&printed).await;
    assert!(answer.json::<Staff>().must_change_password);
    let cookie = answer.cookie().expect("a cookie");
    let refused = app
        .call("/fn/roster/roster", Some(&cookie), json!({}))
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let short = json!({ "old": printed, "new": "short" });
    let refused = app
        .call("/fn/staff/change-password", Some(&cookie), short)
        .await;
    assert_eq!(refused.json::<AppError>().code, Code::Invalid);
    let cookie = app.desk_cookie(&printed).await;
    let roster = app
        .call("/fn/roster/roster", Some(&cookie), json!({}))
        .await;
    assert_eq!(roster.status, StatusCode::OK, "{}", roster.text());
    assert_eq!(
        app.sign_in(&printed).await.json::<AppError>().code,
        Code::Invalid
    );
}

#[tokio::test]
async fn signing_in_gives_a_new_session_and_the_database_holds_only_its_hash() {
    let app = TestApp::start_with(&["--public-url", "https://leitai.example"]).await;
    let (_, printed) = app.organiser().await;
    let first = app.sign_in(&printed).await;
    let header = first.headers["set-cookie"]
        .to_str()
        .expect("a cookie")
        .to_owned();
    assert!(header.starts_with("__Host-sid="), "{header}");
    for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(header.contains(attribute), "{attribute} in {header}");
    }
    let first = first.cookie().expect("a cookie");
    let again = json!({ "login": LOGIN, "password": printed });
    let second = app.call("/fn/staff/sign-in", Some(&first), again).await;
    let second = second.cookie().expect("a cookie");
    assert_ne!(first, second, "rotated");
    assert_eq!(staff(&app, &first).await, None, "the old one is gone");
    assert!(staff(&app, &second).await.is_some());
    let id = second.split_once('=').expect("a value").1;
    let mut tx = app.state.store.read().await.expect("a reader");
    for row in tx.rows("select * from session", &[]).await.expect("rows") {
        let text = format!("{:?}", row.values());
        assert!(!text.contains(id), "{text}");
    }
}

async fn staff(app: &TestApp, cookie: &str) -> Option<Staff> {
    app.call("/fn/staff/staff", Some(cookie), json!({}))
        .await
        .json()
}

#[tokio::test]
async fn a_session_is_listed_and_revoked_and_an_idle_one_ends() {
    let app = TestApp::start().await;
    let (_, printed) = app.organiser().await;
    let mine = app.desk_cookie(&printed).await;
    let lost = app
        .sign_in("a password of my own")
        .await
        .cookie()
        .expect("a cookie");
    let rows = app.call("/fn/staff/sessions", Some(&mine), json!({})).await;
    let rows: Vec<SessionRow> = rows.json();
    assert_eq!(rows.len(), 2);
    let other = rows.iter().find(|row| !row.current).expect("the other one");
    let revoke = json!({ "session": other.id });
    let answer = app
        .call("/fn/staff/revoke-session", Some(&mine), revoke)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(staff(&app, &lost).await, None);
    assert!(staff(&app, &mine).await.is_some());
    app.clock.advance(4 * 24 * 60 * 60 * 1_000);
    assert_eq!(staff(&app, &mine).await, None, "three days without use");
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_a_reset_ends_all() {
    let app = TestApp::start().await;
    let (_, printed) = app.organiser().await;
    let other = app.sign_in(&printed).await.cookie().expect("a cookie");
    let mine = app.desk_cookie(&printed).await;
    assert_eq!(staff(&app, &other).await, None);
    let state = &app.state;
    let reset = accounts::reset(&state.store, &state.passwords, LOGIN).await;
    let reset = reset.expect("a new password");
    assert_eq!(staff(&app, &mine).await, None);
    assert!(
        app.sign_in(&reset)
            .await
            .json::<Staff>()
            .must_change_password
    );
}

#[tokio::test]
async fn wrong_passwords_slow_the_account_down_and_no_other_at_the_same_address() {
    let app = TestApp::start().await;
    let (_, printed) = app.organiser().await;
    let state = &app.state;
    let second = accounts::create(&state.store, &state.passwords, "second", app.now());
    let second = second.await.expect("another account");
    for _ in 0..5 {
        assert_eq!(
            app.sign_in("wrong").await.json::<AppError>().code,
            Code::Invalid
        );
    }
    let slowed = app.sign_in(&printed).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    let arguments = json!({ "login": "second", "password": second });
    let other = app.call("/fn/staff/sign-in", None, arguments).await;
    assert_eq!(other.status, StatusCode::OK, "{}", other.text());
    app.clock.advance(1_000);
    assert_eq!(app.sign_in(&printed).await.status, StatusCode::OK);
    assert_eq!(
        app.sign_in("wrong").await.json::<AppError>().code,
        Code::Invalid,
        "forgiven"
    );
}

#[tokio::test]
async fn a_login_that_does_not_exist_is_answered_like_a_wrong_password() {
    let app = TestApp::start().await;
    app.organiser().await;
    let wrong = app.sign_in("wrong").await;
    let arguments = json!({ "login": "nobody", "password": "wrong" });
    let nobody = app.call("/fn/staff/sign-in", None, arguments).await;
    assert_eq!((wrong.status, wrong.text()), (nobody.status, nobody.text()));
}

#[tokio::test]
async fn a_page_of_another_site_cannot_act_for_an_organiser() {
    let app = TestApp::start().await;
    let (_, printed) = app.organiser().await;
    let cookie = app.desk_cookie(&printed).await;
    let body = Body::from("{}");
    let mut forged = request(Method::POST, "/fn/staff/sign-out", None, body);
    let headers = forged.headers_mut();
    headers.insert("cookie", cookie.parse().expect("a cookie"));
    headers.insert("sec-fetch-site", "cross-site".parse().expect("a value"));
    assert_eq!(app.send(forged).await.status, StatusCode::FORBIDDEN);
    assert!(staff(&app, &cookie).await.is_some());
}

fn from_the_hall(mut request: axum::http::Request<Body>) -> axum::http::Request<Body> {
    let hall: SocketAddr = "203.0.113.7:4000".parse().expect("an address");
    request.extensions_mut().insert(ConnectInfo(hall));
    request
}

async fn post(
    app: &TestApp,
    path: &str,
    token: Option<&str>,
    body: &impl serde::Serialize,
) -> Answer {
    let body = Body::from(serde_json::to_vec(body).expect("a body"));
    app.send(from_the_hall(request(Method::POST, path, token, body)))
        .await
}

#[tokio::test]
async fn three_hundred_phones_behind_one_address_pair_and_come_back_in_one_moment() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let mut cards = Vec::new();
    // A contest takes fewer seats than a hall has phones, and one hall may hold several.
    while cards.len() < PHONES as usize {
        cards.extend(app.stage(account, 60, 1).await.cards);
    }
    let mut phones = Vec::new();
    for card in &cards {
        let asked = pair_request(card, device());
        let answer = post(&app, "/api/v1/pair", None, &asked).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        phones.push((asked.device, answer.json::<PairResponse>().token));
    }
    let returns = phones.iter().map(|(device, token)| {
        let app = &app;
        async move {
            let pull = request(
                Method::GET,
                &pull_path(*device, 0),
                Some(token),
                Body::empty(),
            );
            let pulled = app.send(from_the_hall(pull)).await.status;
            let batch = json!({ "protocol": 1, "device": device, "batch": 1, "last_seq": 0,
                "pending": 0, "ops": [] });
            let pushed = post(app, "/api/v1/sync/push", Some(token), &batch)
                .await
                .status;
            (pulled, pushed)
        }
    });
    let statuses = futures::future::join_all(returns).await;
    assert!(
        statuses
            .iter()
            .all(|both| *both == (StatusCode::OK, StatusCode::OK))
    );
    let contest = app.stage(account, 1, 1).await.contest;
    for _ in 0..PHONES {
        let path = format!("/api/v1/live/{contest}?kind=pad");
        let stream = from_the_hall(request(Method::GET, &path, None, Body::empty()));
        let stream = app.router.clone().oneshot(stream).await.expect("a stream");
        assert_eq!(stream.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn one_pad_that_asks_without_pause_is_slowed_down_and_its_neighbour_is_not() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 2, 1).await;
    let (mad, calm) = (
        Pad::pair(&app, &stage.cards[0]).await,
        Pad::pair(&app, &stage.cards[1]).await,
    );
    let mut slowed = None;
    for _ in 0..2_000 {
        let answer = mad.try_pull(&app, 0).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            slowed = Some(answer.json::<Problem>());
            break;
        }
    }
    let slowed = slowed.expect("a refusal");
    assert_eq!(slowed.code, ProblemCode::TooMany);
    assert!(slowed.retry_after_ms.is_some());
    assert_eq!(calm.try_pull(&app, 0).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_address_that_asks_for_more_than_a_hall_does_is_slowed_down_alone() {
    let app = TestApp::start_with(&["--address-per-second", "1"]).await;
    let ask = || from_the_hall(request(Method::GET, "/api/v1/none", None, Body::empty()));
    let mut statuses = BTreeSet::new();
    for _ in 0..PHONES * 9 {
        statuses.insert(app.send(ask()).await.status);
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS));
    let elsewhere = app.get("/api/v1/none", None).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}
