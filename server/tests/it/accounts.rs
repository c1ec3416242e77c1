//! Organisers over HTTP: one-time passwords, sessions, and the delay after wrong tries.

use crate::app::{LOGIN, TestApp, request};
use app::backend::{SessionRow, Staff};
use app::error::{AppError, Code};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;
use server::service::accounts;

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

async fn staff(app: &TestApp, cookie: &str) -> Option<Staff> {
    app.call("/fn/staff/staff", Some(cookie), json!({}))
        .await
        .json()
}
