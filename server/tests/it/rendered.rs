//! A month's page as it is kept: the same for everybody, and never behind what is posted.

use crate::app::{Answer, TestApp};
use crate::kit::story_as;
use crate::month::{County, close, july};
use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use futures::FutureExt as _;
use server::store::StoreError;

struct Site {
    app: TestApp,
    county: County,
}

impl Site {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let (account, _) = app.organiser().await;
        let county = County::over(story_as(app.state.store.clone(), account)).await;
        county.figures(["9", "8", "7", "6"]).await;
        Self { app, county }
    }

    async fn page(&self) -> Answer {
        let path = format!("/months/{}/{}", self.county.season, july());
        self.app.get(&path, None).await
    }

    async fn post(&self, reason: &str) {
        self.county.own(close("")).await.expect("closed");
        let second = self.county.second();
        self.county.post(&second, reason).await.expect("posted");
    }

    /// What a page would be rendered from is gone.
    async fn forget(&self) {
        let sql = "update posted_month set snapshot = '{}'";
        let job = self
            .county
            .story
            .store
            .write(move |tx| async move { tx.execute(sql, &[]).await }.boxed());
        let forgotten: Result<u64, StoreError> = job.await;
        forgotten.expect("an update");
    }
}

fn nonce(page: &Answer) -> String {
    let policy = page.headers[CONTENT_SECURITY_POLICY]
        .to_str()
        .expect("text");
    let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
    rest.split_once('\'').expect("an end").0.to_owned()
}

#[tokio::test]
async fn a_kept_page_is_the_rendered_one_with_a_nonce_of_its_own() {
    let site = Site::new().await;
    site.post("").await;
    let rendered = site.page().await;
    assert_eq!(rendered.status, StatusCode::OK);
    site.forget().await;
    let kept = site.page().await;
    assert_eq!(kept.status, StatusCode::OK, "it is not rendered again");
    let (first, second) = (nonce(&rendered), nonce(&kept));
    assert_ne!(first, second);
    assert!(kept.text().contains(&second) && !kept.text().contains(&first));
    assert_eq!(kept.text().replace(&second, &first), rendered.text());
    assert_eq!(kept.headers.len(), rendered.headers.len());
}

#[tokio::test]
async fn what_is_not_posted_is_never_served_and_what_is_posted_is_at_once() {
    let site = Site::new().await;
    assert_eq!(site.page().await.status, StatusCode::NOT_FOUND);
    site.post("").await;
    let first = site.page().await;
    assert!(first.text().contains("85.00"));

    site.county.figures(["9", "8", "7", "7.5"]).await;
    site.county.own(close("")).await.expect("closed");
    let waits = site.page().await;
    assert_eq!(
        waits.text().replace(&nonce(&waits), &nonce(&first)),
        first.text()
    );
    let second = site.county.second();
    let posted = site.county.post(&second, "竹海乡补报").await;
    posted.expect("posted");
    assert!(site.page().await.text().contains("竹海乡补报"));
}
