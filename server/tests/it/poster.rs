//! ES-5: the code on a poster leads to the newest edition, which says whether the paper is still
//! right.

use crate::app::{Answer, request};
use crate::publication::Office;
use app::backend::MonthPoster;
use axum::body::Body;
use axum::http::header::CACHE_CONTROL;
use axum::http::{Method, StatusCode};
use serde_json::json;

const SITE: &str = "http://localhost:3000";

async fn poster(office: &Office) -> MonthPoster {
    let asked = json!({ "season": office.county.season, "period": "2026-07" });
    let answer = office
        .app
        .call("/fn/public/month-poster", None, asked)
        .await;
    answer.json()
}

async fn scanned(office: &Office, url: &str) -> Answer {
    let path = url.strip_prefix(SITE).expect("an address of this site");
    let answer = office
        .app
        .send(request(Method::GET, path, None, Body::empty()))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    answer
}

/// The last of the four is taken off the black list by a correction.
async fn corrected(office: &Office) {
    office.county.figures(["9", "8", "7", "7.5"]).await;
    office.post("竹海乡补报").await;
}

#[tokio::test]
async fn the_code_says_which_edition_hangs_there() {
    let office = Office::posted().await;
    let first = poster(&office).await;
    let path = format!("/months/{}/2026-07?edition=1", office.county.season);
    assert_eq!(first.url, format!("{SITE}{path}"));
    let page = scanned(&office, &first.url).await;
    let same = format!(
        "与海报一致，都是第 1 版，校验码 {}。",
        first.page.check_code
    );
    assert!(page.text().contains(&same));

    corrected(&office).await;
    assert!(poster(&office).await.url.ends_with("?edition=2"));
    let page = scanned(&office, &first.url).await.text();
    assert!(page.contains("您扫的海报是第 1 版，已有更正（第 2 版，"));
    assert!(page.contains("第 2 版改了：竹海乡补报；"));
    assert!(!page.contains(&same) && !page.contains(&first.page.check_code));
    assert!(page.contains("90.00"), "the newest edition itself");
}

#[tokio::test]
async fn every_correction_since_is_told_and_none_of_a_poster_that_never_was() {
    let office = Office::posted().await;
    let first = poster(&office).await.url;
    corrected(&office).await;
    let second = poster(&office).await.url;
    office.county.figures(["9", "8", "7", "7.6"]).await;
    office.post("再核一次").await;
    let page = scanned(&office, &first).await.text();
    assert!(page.contains("第 2 版改了：竹海乡补报") && page.contains("第 3 版改了：再核一次"));
    let page = scanned(&office, &second).await.text();
    assert!(!page.contains("第 2 版改了") && page.contains("第 3 版改了：再核一次"));
    for never in ["4", "0", "", "x", "-1"] {
        let url = first.replace("edition=1", &format!("edition={never}"));
        let page = scanned(&office, &url).await.text();
        assert!(
            !page.contains("您扫的海报") && !page.contains("与海报一致"),
            "{never}"
        );
    }
}

/// The page that is kept under the plain address is nobody's poster's.
#[tokio::test]
async fn what_a_poster_is_told_stands_on_nobody_elses_page() {
    let office = Office::posted().await;
    let url = poster(&office).await.url;
    let plain = url.replace("?edition=1", "");
    for _ in 0..2 {
        assert!(scanned(&office, &url).await.text().contains("与海报一致"));
        let page = scanned(&office, &plain).await;
        assert!(!page.text().contains("与海报一致"));
        assert_eq!(page.headers.get(CACHE_CONTROL), None);
    }
}
