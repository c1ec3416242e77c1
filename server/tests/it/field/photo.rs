//! Photos of records (ES-3): announced by the op, brought after it, and shown to whom the record
//! is.

use super::{County, card, op, standing, view};
use crate::app::{Answer, device, request};
use crate::pad::{Pad, pair_request};
use app::backend::{Capability, LinkCommand, MonthCommand};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE};
use axum::http::{Method, StatusCode};
use domain::ids::OpId;
use server::assets::hex;
use server::service::accounts;
use server::service::month::rules;
use sha2::{Digest as _, Sha256};
use sync::protocol::{
    FieldAct, FieldRecord, PHOTO_BYTES_MAX, PhotoName, PhotoState, Problem, ProblemCode, Standing,
};
use uuid::Uuid;

/// So many bytes that begin and end as a JPEG does.
fn jpeg(size: usize, fill: u8) -> Vec<u8> {
    let mut bytes = vec![fill; size];
    bytes[..3].copy_from_slice(&[0xFF, 0xD8, 0xFF]);
    bytes[size - 2..].copy_from_slice(&[0xFF, 0xD9]);
    bytes
}

fn name(bytes: &[u8]) -> PhotoName {
    PhotoName {
        sha256: hex(&Sha256::digest(bytes)),
        size: u32::try_from(bytes.len()).expect("a small photo"),
    }
}

/// A season that takes photos.
async fn county() -> County {
    let county = County::new().await;
    switch(&county, true).await;
    county
}

async fn switch(county: &County, on: bool) {
    let store = &county.app.state.store;
    let charter = rules::written(store, "2026").await.expect("the charter");
    let (from, to) = (
        format!("\"merit_photos\": {}", !on),
        format!("\"merit_photos\": {on}"),
    );
    assert!(charter.contains(&from), "{charter}");
    let charter = charter.replace(&from, &to);
    let set = rules::set(store, ("2026", &charter), county.app.now()).await;
    set.expect("a further version");
}

fn with_photo(county: &County, bytes: &[u8]) -> FieldRecord {
    FieldRecord {
        photo: Some(name(bytes)),
        ..county.record(0, "-1")
    }
}

async fn bring(county: &County, pad: &Pad, op: OpId, bytes: &[u8]) -> Answer {
    let path = format!("/api/v1/photos/{op}");
    let body = Body::from(bytes.to_vec());
    let put = request(Method::PUT, &path, Some(&pad.token), body);
    county.app.send(put).await
}

async fn look(county: &County, pad: &Pad, op: OpId) -> Answer {
    let path = format!("/api/v1/photos/{op}");
    county.app.get(&path, Some(&pad.token)).await
}

fn refusal(answer: &Answer) -> (u16, Option<String>) {
    let problem: Problem = answer.json();
    (answer.status.as_u16(), problem.place)
}

/// An inspector's phone, a record that announces these bytes, and the op that brought it.
async fn recorded(county: &County, bytes: &[u8]) -> (Pad, OpId) {
    let mut pad = county.paired(&county.inspector().await).await;
    let op = op(&mut pad, &FieldAct::Record(with_photo(county, bytes)));
    let outcome = pad.push_one(&county.app, &op).await;
    assert_eq!(standing(outcome), Standing::Counted);
    (pad, op.op_id)
}

#[tokio::test]
async fn a_season_takes_no_photo_unless_its_charter_says_so() {
    let county = County::new().await;
    let bytes = jpeg(2_000, 7);
    let (pad, op) = recorded(&county, &bytes).await;
    assert!(!view(&county, &pad).await.takes_photos);
    let merits = county.merits().await;
    assert_eq!(
        (merits.len(), merits[0].photo),
        (1, None),
        "the record counts"
    );
    let refused = bring(&county, &pad, op, &bytes).await;
    let why = Some("photo_unannounced".to_owned());
    assert_eq!(refusal(&refused), (409, why));
}

#[tokio::test]
async fn a_photo_follows_its_record_and_the_same_bytes_again_are_a_yes() {
    let county = county().await;
    let bytes = jpeg(PHOTO_BYTES_MAX, 7);
    let (pad, op) = recorded(&county, &bytes).await;
    let seen = view(&county, &pad).await;
    assert!(seen.takes_photos);
    assert_eq!(seen.merits[0].photo, Some(PhotoState::Missing));
    let early = look(&county, &pad, op).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);

    for _ in 0..2 {
        let answer = bring(&county, &pad, op, &bytes).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let said: serde_json::Value = answer.json();
        assert_eq!(said["sha256"], name(&bytes).sha256);
    }
    assert_eq!(county.merits().await[0].photo, Some(PhotoState::Here));
    let seen = look(&county, &pad, op).await;
    assert_eq!(seen.body, bytes);
    assert_eq!(seen.headers[CONTENT_TYPE], "image/jpeg");

    let other = bring(&county, &pad, op, &jpeg(PHOTO_BYTES_MAX, 8)).await;
    assert_eq!(refusal(&other), (409, Some("photo_differs".to_owned())));
    assert_eq!(look(&county, &pad, op).await.body, bytes, "the first stays");
}

#[tokio::test]
async fn what_is_no_photo_or_too_large_is_refused_by_name() {
    let county = county().await;
    let bytes = jpeg(2_000, 7);
    let (pad, op) = recorded(&county, &bytes).await;
    let mut png = bytes.clone();
    png[1] = b'P';
    let refused = bring(&county, &pad, op, &png).await;
    assert_eq!(refusal(&refused), (422, Some("photo".to_owned())));
    let cut = &bytes[..1_000];
    assert_eq!(bring(&county, &pad, op, cut).await.status, 422);
    let large = bring(&county, &pad, op, &jpeg(PHOTO_BYTES_MAX + 1, 7)).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(large.json::<Problem>().code, ProblemCode::TooLarge);
    assert_eq!(county.merits().await[0].photo, Some(PhotoState::Missing));
}

#[tokio::test]
async fn a_photo_that_comes_before_its_record_waits_on_the_phone() {
    let county = county().await;
    let bytes = jpeg(2_000, 7);
    let mut pad = county.paired(&county.inspector().await).await;
    let op = op(&mut pad, &FieldAct::Record(with_photo(&county, &bytes)));
    let early = bring(&county, &pad, op.op_id, &bytes).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    pad.push_one(&county.app, &op).await;
    let now = bring(&county, &pad, op.op_id, &bytes).await;
    assert_eq!(now.status, StatusCode::OK);
}

#[tokio::test]
async fn a_device_that_lost_its_card_still_brings_its_photos_and_sees_none() {
    let county = county().await;
    let bytes = jpeg(2_000, 7);
    let link = county.inspector().await;
    let mut old = county.paired(&link).await;
    let op = op(&mut old, &FieldAct::Record(with_photo(&county, &bytes)));
    let mut takeover = pair_request(&card(&link), device());
    takeover.takeover = true;
    let new = Pad::pair_as(&county.app, takeover).await;
    let withdraw = LinkCommand::Withdraw { link: link.id };
    county.links(withdraw).await.expect("withdrawn");
    old.push_one(&county.app, &op).await;
    let brought = bring(&county, &old, op.op_id, &bytes).await;
    assert_eq!(brought.status, StatusCode::OK);
    assert_eq!(county.merits().await[0].photo, Some(PhotoState::Here));
    for pad in [&old, &new] {
        assert_eq!(look(&county, pad, op.op_id).await.status, 403);
    }
}

#[tokio::test]
async fn an_op_that_is_kept_keeps_its_photo_beside_it() {
    let county = county().await;
    let bytes = jpeg(2_000, 7);
    let mut pad = county.paired(&county.inspector().await).await;
    let stranger = FieldRecord {
        unit: domain::ids::UnitId(Uuid::from_u128(9)),
        ..with_photo(&county, &bytes)
    };
    let op = op(&mut pad, &FieldAct::Record(stranger));
    pad.push_one(&county.app, &op).await;
    let brought = bring(&county, &pad, op.op_id, &bytes).await;
    assert_eq!(brought.status, StatusCode::OK);
    assert_eq!(county.page().await.kept[0].photo, Some(PhotoState::Here));
}

#[tokio::test]
async fn a_photo_announced_while_the_season_took_them_is_taken_afterwards() {
    let county = county().await;
    let bytes = jpeg(2_000, 7);
    let (pad, op) = recorded(&county, &bytes).await;
    switch(&county, false).await;
    let brought = bring(&county, &pad, op, &bytes).await;
    assert_eq!(brought.status, StatusCode::OK);
}

#[tokio::test]
async fn who_sees_a_record_sees_its_photo_and_nobody_else() {
    let county = county().await;
    let bytes = jpeg(2_000, 7);
    let (pad, op) = recorded(&county, &bytes).await;
    let brought = bring(&county, &pad, op, &bytes).await;
    assert_eq!(brought.status, StatusCode::OK);
    let other = county.paired(&county.inspector().await).await;
    county
        .links(LinkCommand::IssueUnits {
            until: String::new(),
        })
        .await
        .expect("cards");
    let (holder, group) = ("分管领导".to_owned(), "乡镇组".to_owned());
    let issue = LinkCommand::IssueConfirmer {
        holder,
        group,
        until: String::new(),
    };
    county.links(issue).await.expect("a card");
    let links = county.page().await.links;
    let of = |holder: &str| links.iter().find(|link| link.holder == holder);
    let unit = county.paired(of("青禾镇").expect("the unit")).await;
    let neighbour = county.paired(of("石桥乡").expect("the other")).await;
    let confirmer = county.paired(of("分管领导").expect("the confirmer")).await;

    let sees = async |pad: &Pad| look(&county, pad, op).await.status == StatusCode::OK;
    assert!(sees(&pad).await && sees(&confirmer).await);
    assert!(!sees(&unit).await, "nobody confirmed it yet");
    assert_eq!(bring(&county, &other, op, &bytes).await.status, 404);
    let merit = county.merits().await[0].id;
    let confirm = MonthCommand::Confirm { merit };
    county.say(county.second, confirm).await.expect("confirmed");
    assert!(sees(&unit).await);
    assert!(!sees(&confirmer).await, "an account decided about it");
    assert!(!sees(&neighbour).await && !sees(&other).await);
    let photo = view(&county, &unit).await.merits[0].photo;
    assert_eq!(photo, Some(PhotoState::Here));
}

#[tokio::test]
async fn staff_see_a_photo_by_their_session_and_no_cache_keeps_it() {
    let county = county().await;
    let bytes = jpeg(2_000, 7);
    let (pad, op) = recorded(&county, &bytes).await;
    bring(&county, &pad, op, &bytes).await;
    let path = format!("/admin/photos/{op}");
    let stranger = county.app.get(&path, Some(&pad.token)).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    let (store, passwords) = (&county.app.state.store, &county.app.state.passwords);
    let login = crate::app::LOGIN;
    let printed = accounts::reset(store, passwords, login).await;
    let cookie = county.app.desk_cookie(&printed.expect("a password")).await;
    let may = [Capability::Organise];
    accounts::allow(store, login, &may).await.expect("narrowed");
    let mut ask = request(Method::GET, &path, None, Body::empty());
    let cookie = cookie.parse().expect("a cookie");
    ask.headers_mut().insert(COOKIE, cookie);
    let shown = county.app.send(ask).await;
    assert_eq!((shown.status, &shown.body), (StatusCode::OK, &bytes));
    assert_eq!(shown.headers[CONTENT_TYPE], "image/jpeg");
    assert_eq!(shown.headers[CACHE_CONTROL], "private, no-store");
    assert_eq!(shown.headers["x-content-type-options"], "nosniff");
}
