//! Limits that stop one, and that a whole hall behind one address does not feel.

use crate::app::{Answer, TestApp, device, pull_path, request};
use crate::pad::{Pad, pair_request};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, StatusCode};
use serde_json::json;
use server::http::limits::PHONES;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use sync::protocol::{PairResponse, Problem, ProblemCode};
use tower::ServiceExt as _;

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
