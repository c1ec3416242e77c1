//! Who may do what: everything that is not on the short public list refuses strangers.

use crate::app::{Stage, TestApp, device, request};
use crate::host::host_card;
use crate::pad::{Pad, pair_request};
use app::backend::DeskCommand;
use app::error::{AppError, Code};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::ids::{ContestId, EntryId};
use leptos::server_fn::axum::server_fn_paths;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Server functions that answer anybody. Every other one refuses whoever is not signed in.
const PUBLIC_FUNCTIONS: [&str; 13] = [
    "/fn/public/contests",
    "/fn/public/home",
    "/fn/public/contest",
    "/fn/public/boards",
    "/fn/public/screen",
    "/fn/public/month",
    "/fn/public/month-poster",
    "/fn/public/month-flags",
    "/fn/public/units",
    "/fn/public/unit",
    "/fn/staff/staff",
    "/fn/staff/sign-in",
    "/fn/staff/sign-out",
];

/// Every route that is written in the source, and what it answers to somebody who is nobody.
const ROUTES: [(&str, Method, &str, u16); 39] = [
    ("/prefs", Method::POST, "/prefs", 415),
    ("/livez", Method::GET, "/livez", 200),
    ("/readyz", Method::GET, "/readyz", 200),
    ("/version", Method::GET, "/version", 200),
    ("/app-shell", Method::GET, "/app-shell", 200),
    ("/card", Method::GET, "/card", 200),
    ("/seat", Method::GET, "/seat", 200),
    ("/seat/{*rest}", Method::GET, "/seat/1/2", 200),
    ("/host/{contest}", Method::GET, "/host/CONTEST", 200),
    ("/field/{link}", Method::GET, "/field/1", 200),
    ("/sw.js", Method::GET, "/sw.js", 200),
    ("/boot.js", Method::GET, "/boot.js", 404),
    ("/sheets.css", Method::GET, "/sheets.css", 404),
    ("/charts.css", Method::GET, "/charts.css", 404),
    ("/share.js", Method::GET, "/share.js", 404),
    ("/photo.js", Method::GET, "/photo.js", 404),
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
        "/admin/months/{season}/{period}/export/{file}",
        Method::GET,
        "/admin/months/CONTEST/2026-07/export/bulletin.xlsx",
        401,
    ),
    (
        "/admin/months/{season}/{period}/figures.xlsx",
        Method::GET,
        "/admin/months/CONTEST/2026-07/figures.xlsx",
        401,
    ),
    (
        "/admin/roster/template/{file}",
        Method::GET,
        "/admin/roster/template/units.csv",
        401,
    ),
    (
        "/admin/slips/{slip}/export/slip.docx",
        Method::GET,
        "/admin/slips/CONTEST/export/slip.docx",
        401,
    ),
    (
        "/admin/calendar/{season}/{output}/{from}/{to}/export/sheet.docx",
        Method::GET,
        "/admin/calendar/CONTEST/hearing/2026-07-01/2026-09-30/export/sheet.docx",
        401,
    ),
    (
        "/api/v1/contests/{contest}/result.json",
        Method::GET,
        "/api/v1/contests/CONTEST/result.json",
        404,
    ),
    (
        "/months/{season}/{period}/picture.svg",
        Method::GET,
        "/months/CONTEST/2026-07/picture.svg",
        404,
    ),
    (
        "/units/{unit}/picture.svg",
        Method::GET,
        "/units/CONTEST/picture.svg",
        404,
    ),
    (
        "/admin/photos/{op}",
        Method::GET,
        "/admin/photos/CONTEST",
        401,
    ),
    (
        "/admin/pledges/{pledge}/scan",
        Method::GET,
        "/admin/pledges/CONTEST/scan",
        401,
    ),
    (
        "/admin/pledges/{pledge}/scan",
        Method::POST,
        "/admin/pledges/CONTEST/scan",
        401,
    ),
    // Leads to the page whether there is such a link or not.
    ("/link/{key}", Method::GET, "/link/1", 303),
    ("/link/{key}/{*rest}", Method::GET, "/link/1/boards", 303),
    ("/pair", Method::POST, "/api/v1/pair", 400),
    ("/preflight", Method::POST, "/api/v1/preflight", 401),
    ("/sync/push", Method::POST, "/api/v1/sync/push", 401),
    ("/sync/pull", Method::GET, "/api/v1/sync/pull", 401),
    ("/host/{contest}", Method::GET, "/api/v1/host/CONTEST", 401),
    ("/photos/{op}", Method::PUT, "/api/v1/photos/CONTEST", 401),
    ("/live/{contest}", Method::GET, "/api/v1/live/NOBODY", 400),
];

/// Who asks without being allowed to.
async fn strangers(app: &TestApp, stage: &Stage, other: &Stage) -> Vec<(&'static str, String)> {
    let account = app.account().await;
    let foreign_host = Pad::pair(app, &host_card(app, account, other.contest).await).await;
    let hosts_card = host_card(app, account, stage.contest).await;
    let replaced_host = Pad::pair(app, &hosts_card).await;
    let mut request = pair_request(&hosts_card, device());
    request.takeover = true;
    Pad::pair_as(app, request).await;
    let foreign = Pad::pair(app, &other.cards[0]).await;
    let replaced = Pad::pair(app, &stage.cards[0]).await;
    let mut request = pair_request(&stage.cards[0], device());
    request.takeover = true;
    Pad::pair_as(app, request).await;
    vec![
        ("nobody", String::new()),
        ("a seat of another contest", foreign.token),
        ("a replaced device", replaced.token),
        ("the host of another contest", foreign_host.token),
        ("a replaced host", replaced_host.token),
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
        "season": Uuid::nil(), "period": "2026-07", "name": "n", "begin": { "preset": "guanyun" },
        "slip": Uuid::nil(), "state": "issued", "seen": { "plan": "p", "is_checked": true },
        "months": ["", ""], "output": "hearing",
        "span": { "from": "2026-07-01", "to": "2026-09-30" },
    });
    if path.ends_with("/ladder/command") {
        arguments["command"] = json!({ "do": "close", "slip": Uuid::nil(), "words": "w" });
    }
    if path.ends_with("/month/command") {
        arguments["command"] = json!({ "do": "reopen" });
    }
    if path.ends_with("/links/command") {
        arguments["command"] = json!({ "do": "issue_units" });
    }
    if path.ends_with("/calendar/command") {
        arguments["command"] =
            json!({ "do": "done", "rule": "r", "span": "2026-07-01", "words": "w" });
    }
    if path.ends_with("/rules/command") {
        arguments["command"] = json!({ "text": "{}", "version": 1 });
    }
    if path.ends_with("/work/page") {
        arguments["asked"] = json!({});
    }
    if path.ends_with("/work/command") {
        arguments["command"] =
            json!({ "do": "ask", "work": uuid::Uuid::nil(), "seen": 0, "proof": "p" });
    }
    if path.ends_with("/pledge/command") {
        arguments["command"] =
            json!({ "do": "withdraw", "pledge": uuid::Uuid::nil(), "reason": "r" });
    }
    if path.ends_with("/leader/command") {
        arguments["command"] = json!({ "do": "add", "name": "n", "post": "p", "login": "" });
    }
    if path.ends_with("/command-hook") {
        arguments["command"] = json!({ "do": "again", "name": "n" });
    }
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
            let is_for_others = path.contains("/api/v1/host/") || path.contains("/api/v1/photos/");
            let status_expected = match is_for_others && !token.is_empty() {
                true => 403,
                false => *status_expected,
            };
            let token = Some(token.as_str()).filter(|token| !token.is_empty());
            let answer = app
                .send(request(method.clone(), &path, token, Body::empty()))
                .await;
            assert_eq!(
                answer.status,
                status_expected,
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
    let mut folders = vec![std::path::PathBuf::from("src")];
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

/// Leptos stops every page of the process from loading while it lists the routes.
#[tokio::test]
async fn listing_the_routes_leaves_no_page_waiting() {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, 1, 1).await;
    let busy = Arc::new(());
    let watched = Arc::downgrade(&busy);
    let lister = std::thread::spawn(move || {
        while watched.strong_count() > 0 {
            server::http::pages::routes();
        }
    });
    let path = format!("/contests/{}", stage.contest);
    for _ in 0..20 {
        let page = tokio::time::timeout(Duration::from_secs(20), app.get(&path, None)).await;
        assert_eq!(page.expect("an answer").status, StatusCode::OK);
    }
    drop(busy);
    lister.join().expect("the lister");
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
