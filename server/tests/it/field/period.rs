//! Until when a card works: as its form says, otherwise for its season and the weeks after it.

use super::{County, card};
use crate::app::TestApp;
use crate::pad::{Pad, pair_request};
use app::backend::{LinkCommand, LinkRow};
use domain::ids::DeviceId;
use server::service::error::ServiceError;
use uuid::Uuid;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

async fn issued(county: &County, until: &str) -> Result<LinkRow, ServiceError> {
    let issue = LinkCommand::IssueInspector {
        holder: "第一检查组".to_owned(),
        until: until.to_owned(),
    };
    county.links(issue).await?;
    Ok(county.page().await.links.pop().expect("the newest link"))
}

async fn is_let_in(app: &TestApp, link: &LinkRow) -> bool {
    let device = DeviceId(Uuid::now_v7());
    let mut request = pair_request(&card(link), device);
    request.takeover = true;
    app.post("/api/v1/pair", None, &request)
        .await
        .status
        .is_success()
}

/// The season was opened in November and goes on for a year.
#[tokio::test]
async fn a_card_works_for_its_season_and_the_weeks_after_it() {
    let county = County::new().await;
    let page = county.page().await;
    assert_eq!(page.until.to_string(), "2027-12-05");
    let link = issued(&county, "").await.expect("a card");
    assert_eq!(link.until, page.until);
    // A season that is over gives no shorter card than any.
    county.app.clock.advance(400 * DAY_MS);
    let page = county.page().await;
    assert_eq!(page.today.plus(400), page.until);
}

#[tokio::test]
async fn a_card_works_up_to_the_day_on_its_form_and_not_on_the_next() {
    let county = County::new().await;
    let link = issued(&county, " 2026-11-03 ").await.expect("a card");
    assert_eq!(link.until.to_string(), "2026-11-03");
    let pad = county.paired(&link).await;
    county.app.clock.advance(2 * DAY_MS);
    assert!(is_let_in(&county.app, &link).await, "on its last day");
    county.app.clock.advance(DAY_MS);
    assert!(!is_let_in(&county.app, &link).await, "on the next");
    let pull = county.app.get(&pull_path(&pad), Some(&pad.token)).await;
    assert_eq!(pull.status, 403);

    let again = LinkCommand::Reissue {
        link: link.id,
        until: "2026-12-24".to_owned(),
    };
    county.links(again).await.expect("another card");
    let link = county.page().await.links.pop().expect("the link");
    assert_eq!(link.until.to_string(), "2026-12-24");
    assert!(is_let_in(&county.app, &link).await);
}

fn pull_path(pad: &Pad) -> String {
    crate::app::pull_path(pad.device, 0)
}

#[tokio::test]
async fn a_day_that_is_none_is_over_or_too_far_ahead_is_refused() {
    let county = County::new().await;
    for (until, code) in [
        ("明天", "not_a_day"),
        ("2026-10-31", "day_past"),
        ("2030-01-01", "day_far"),
    ] {
        let Err(ServiceError::Invalid(details)) = issued(&county, until).await else {
            panic!("{until} was taken");
        };
        assert_eq!(details[0].at, "until");
        assert_eq!(details[0].message, code);
    }
    assert!(county.page().await.links.is_empty());
}
