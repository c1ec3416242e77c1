//! Who may read what of a season, by its charter of today: everybody, whoever opened the season's
//! link, or staff. What is not for somebody is answered as if it were not there.

use crate::app::{Answer, request};
use crate::kit::NOW;
use crate::publication::Office;
use app::backend::{LinkCommand, LinksPage};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, COOKIE, LOCATION};
use axum::http::{Method, StatusCode};
use domain::month::SeasonCharter;
use domain::month::audience::{Audience, AudienceRule};
use serde_json::{Value, json};
use server::service::error::ServiceError;
use server::service::field::links;
use server::service::month::rules;

const SEASON: &str = "2026";
const PRIVATE: &str = "private, no-store";
/// The first unit, by whose name one knows that something of the season is shown.
const UNIT: &str = "青禾镇";

/// An answer to a browser with these cookies.
async fn get(office: &Office, path: &str, cookies: &str) -> Answer {
    let mut get = request(Method::GET, path, None, Body::empty());
    if !cookies.is_empty() {
        let cookies = cookies.parse().expect("cookies");
        get.headers_mut().insert(COOKIE, cookies);
    }
    office.app.send(get).await
}

pub async fn rule(office: &Office, audience: AudienceRule) {
    let store = &office.app.state.store;
    let text = rules::written(store, SEASON).await.expect("a charter");
    let charter: SeasonCharter = serde_json::from_str(&text).expect("JSON");
    let charter = SeasonCharter {
        audience,
        ..charter
    };
    let text = serde_json::to_string(&charter).expect("JSON");
    let set = rules::set(store, (SEASON, &text), NOW).await;
    set.expect("a charter that is taken over");
}

/// Board and unit pages for this circle, the rest as it always was.
pub fn all(audience: Audience) -> AudienceRule {
    AudienceRule {
        board: audience,
        unit: audience,
        ..AudienceRule::default()
    }
}

/// Every address under which a board or a unit is read, with what it is asked by.
fn addresses(office: &Office) -> Vec<(String, Option<Value>)> {
    let (season, unit) = (office.county.season, office.county.units[0]);
    let month = format!("/months/{season}/2026-07");
    let of_month = || Some(json!({ "season": season, "period": "2026-07" }));
    let page = |path: String| (path, None);
    vec![
        page(month.clone()),
        page(format!("{month}/poster")),
        page(format!("{month}/flags")),
        page(format!("{month}/picture.svg")),
        page(format!("/screen{month}")),
        page(format!("/units/{unit}")),
        page(format!("/units/{unit}/picture.svg")),
        ("/fn/public/month".to_owned(), of_month()),
        ("/fn/public/month-poster".to_owned(), of_month()),
        ("/fn/public/month-flags".to_owned(), of_month()),
        ("/fn/public/unit".to_owned(), Some(json!({ "unit": unit }))),
    ]
}

async fn answer(office: &Office, (path, asked): &(String, Option<Value>), who: &str) -> Answer {
    match asked {
        None => get(office, path, who).await,
        Some(asked) => {
            let cookies = Some(who).filter(|who| !who.is_empty());
            office.app.call(path, cookies, asked.clone()).await
        }
    }
}

/// All of it is there for them, in no cache unless it is there for everybody.
async fn assert_shown(office: &Office, who: &str, is_public: bool) {
    for address in addresses(office) {
        let shown = answer(office, &address, who).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", address.0);
        assert!(shown.text().contains(UNIT), "{}", address.0);
        let is_kept_by_nobody = shown
            .headers
            .get(CACHE_CONTROL)
            .is_some_and(|value| value == PRIVATE);
        let is_picture = address.0.ends_with(".svg");
        assert_eq!(
            is_kept_by_nobody,
            !is_public || is_picture,
            "{}: {:?}",
            address.0,
            shown.headers.get(CACHE_CONTROL)
        );
    }
    let own = format!("unit={}; {who}", office.county.units[0]);
    for (list, who) in [
        ("/", own.as_str()),
        ("/boards", &own),
        ("/boards", who),
        ("/units", who),
    ] {
        let page = get(office, list, who).await;
        assert!(page.text().contains(UNIT), "{list} to {who}");
        let is_first = page.text().contains("data-mine");
        assert_eq!(
            is_first,
            who == own,
            "{list} to {who}: the unit that the device remembers"
        );
        let cached = page.headers.get(CACHE_CONTROL);
        // What the home page shows to staff is for them in any case.
        let is_staffs = list == "/" && who.contains("sid=");
        let is_kept = is_public && !is_staffs;
        assert_eq!(cached.is_none(), is_kept, "{list} to {who}: {cached:?}");
    }
}

/// None of it is there for them, no more than of a month or a unit that never was.
async fn assert_not_there(office: &Office, who: &str) {
    for address in addresses(office) {
        let refused = answer(office, &address, who).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{}", address.0);
        assert!(!refused.text().contains(UNIT), "{}", address.0);
    }
    let own = format!("unit={}; {who}", office.county.units[0]);
    for (list, who) in [
        ("/boards", who),
        ("/boards", own.as_str()),
        ("/", &own),
        ("/units", who),
    ] {
        let page = get(office, list, who).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains(UNIT), "{list} to {who}");
    }
    let season = office.county.season;
    let never = json!({ "season": season, "period": "2031-01" });
    let hidden = json!({ "season": season, "period": "2026-07" });
    let never = office.app.call("/fn/public/month", Some(who), never).await;
    let hidden = office.app.call("/fn/public/month", Some(who), hidden).await;
    assert_eq!(never.text(), hidden.text());
}

async fn links_page(office: &Office) -> LinksPage {
    let asked = json!({ "season": office.county.season });
    let cookie = office.cookie();
    office
        .app
        .call("/fn/links/page", Some(cookie), asked)
        .await
        .json()
}

/// A new link of the season: its path.
async fn renew(office: &Office) -> String {
    let act = office.county.story.act();
    let store = &office.app.state.store;
    let renewed = links::command(store, &act, office.county.season, LinkCommand::RenewReading);
    renewed.await.expect("a link");
    let url = links_page(office).await.reading.expect("its address");
    let path = url.strip_prefix("http://localhost:3000");
    path.expect("an address of this site").to_owned()
}

/// The cookie that a browser gets by a link, and where the link leads.
async fn opened(office: &Office, path: &str) -> (Option<String>, String) {
    let answer = get(office, path, "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers[CACHE_CONTROL], PRIVATE);
    let target = answer.headers[LOCATION].to_str().expect("text").to_owned();
    (answer.cookie(), target)
}

#[tokio::test]
async fn boards_and_units_are_for_everybody_unless_the_charter_says_otherwise() {
    let office = Office::posted().await;
    assert_shown(&office, "", true).await;
    assert_shown(&office, office.cookie(), true).await;
}

#[tokio::test]
async fn what_is_for_staff_is_not_there_for_a_stranger_from_the_same_moment_on() {
    let office = Office::posted().await;
    // Pages of it are kept by now.
    assert_shown(&office, "", true).await;
    rule(&office, all(Audience::Staff)).await;
    assert_not_there(&office, "").await;
    let (cookie, _) = opened(&office, &renew(&office).await).await;
    assert_not_there(&office, &cookie.expect("a cookie")).await;
    assert_shown(&office, office.cookie(), false).await;
    assert_not_there(&office, "").await;
    rule(&office, all(Audience::Public)).await;
    assert_shown(&office, "", true).await;
}

#[tokio::test]
async fn by_link_whoever_opened_it_reads_until_there_is_another_one() {
    let office = Office::posted().await;
    rule(&office, all(Audience::Link)).await;
    assert_eq!(links_page(&office).await.reading, None);
    assert_not_there(&office, "").await;
    assert_not_there(&office, &format!("link-{}=", office.county.season)).await;
    assert_shown(&office, office.cookie(), false).await;

    let link = renew(&office).await;
    let (cookie, target) = opened(&office, &link).await;
    assert_eq!(target, "/boards");
    let cookie = cookie.expect("a cookie");
    assert_shown(&office, &cookie, false).await;
    assert_not_there(&office, "").await;

    let other = renew(&office).await;
    assert_not_there(&office, &cookie).await;
    let (nothing, target) = opened(&office, &format!("{link}/units")).await;
    assert_eq!((nothing, target.as_str()), (None, "/units"));
    let (cookie, _) = opened(&office, &other).await;
    assert_shown(&office, &cookie.expect("a cookie"), false).await;
    let (_, target) = opened(&office, &format!("{other}//elsewhere.example")).await;
    assert_eq!(target, "/", "a link stays on this site");
}

/// A season whose boards are for more people than its units' pages.
#[tokio::test]
async fn a_name_is_no_way_to_a_page_that_is_not_there_for_its_reader() {
    let office = Office::posted().await;
    let staff_alone = AudienceRule {
        unit: Audience::Staff,
        ..AudienceRule::default()
    };
    let season = office.county.season;
    let paths = [
        "/boards".to_owned(),
        format!("/months/{season}/2026-07"),
        format!("/months/{season}/2026-07/flags"),
    ];
    let ways = async |path: &str, who: &str| {
        let page = get(&office, path, who).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains(UNIT), "{path}");
        page.text().matches("href=\"/units/").count()
    };
    for path in &paths {
        assert!(0 < ways(path, "").await, "{path}");
    }
    rule(&office, staff_alone).await;
    for path in &paths {
        assert_eq!(ways(path, "").await, 0, "{path}");
        assert!(0 < ways(path, office.cookie()).await, "{path}");
    }
}

/// A code on a poster is scanned by who has no cookie yet.
#[tokio::test]
async fn posters_and_pictures_lead_on_by_the_link() {
    let office = Office::posted().await;
    rule(&office, all(Audience::Link)).await;
    let link = renew(&office).await;
    let asked = json!({ "season": office.county.season, "period": "2026-07" });
    let poster = office
        .app
        .call("/fn/public/month-poster", Some(office.cookie()), asked)
        .await;
    let url = poster.json::<app::backend::MonthPoster>().url;
    let path = url.strip_prefix("http://localhost:3000").expect("ours");
    assert!(path.starts_with(&link), "{path}");
    let (cookie, target) = opened(&office, path).await;
    assert!(target.ends_with("?edition=1"), "{target}");
    let page = get(&office, &target, &cookie.expect("a cookie")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("与海报一致"));
    assert_eq!(page.headers[CACHE_CONTROL], PRIVATE);
    let key = link.strip_prefix("/link/").expect("a key");
    for path in [
        format!("/months/{}/2026-07/picture.svg", office.county.season),
        format!("/units/{}/picture.svg", office.county.units[0]),
    ] {
        let drawn = get(&office, &path, office.cookie()).await.text();
        let words = drawn
            .replace("</text>", "")
            .replace(char::is_whitespace, "");
        assert!(words.contains(&key[..8]), "{path}");
    }
}

/// Staff alone read it unless the charter opens it, and then without what is not public.
#[tokio::test]
async fn a_bulletin_is_for_staff_unless_the_charter_opens_it() {
    let office = Office::posted().await;
    let season = office.county.season;
    let files = ["bulletin.xlsx", "bulletin.docx", "press.xlsx", "flags.docx"]
        .map(|file| format!("/admin/months/{season}/2026-07/export/{file}"));
    let asked = json!({ "season": season, "period": "2026-07" });
    let page = |who: &'static str| {
        let asked = asked.clone();
        let office = &office;
        async move {
            let who = Some(who).filter(|who| !who.is_empty());
            office.app.call("/fn/month/bulletin", who, asked).await
        }
    };
    for file in &files {
        let refused = get(&office, file, "").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{file}");
    }
    assert_eq!(page("").await.status, StatusCode::UNAUTHORIZED);

    let opened = AudienceRule {
        bulletin: Audience::Public,
        ..AudienceRule::default()
    };
    rule(&office, opened).await;
    for file in &files {
        let shown = get(&office, file, "").await;
        assert_eq!(shown.status, StatusCode::OK, "{file}");
        assert_eq!(shown.headers[CACHE_CONTROL], PRIVATE);
    }
    let shown = page("").await;
    assert_eq!(shown.headers[CACHE_CONTROL], PRIVATE);
    let text = shown.text();
    assert!(text.contains("项目") && !text.contains("内部"), "{text}");
    let month = format!("/months/{season}/2026-07");
    assert!(get(&office, &month, "").await.text().contains(&files[0]));

    rule(&office, AudienceRule::default()).await;
    assert_eq!(
        get(&office, &files[0], "").await.status,
        StatusCode::UNAUTHORIZED
    );
    assert!(!get(&office, &month, "").await.text().contains(&files[0]));
}

/// Who may read a month is no reason to compute it anew.
#[tokio::test]
async fn a_month_stays_what_it_is_when_its_readers_change() {
    let office = Office::posted().await;
    rule(&office, all(Audience::Staff)).await;
    let desk = office.county.desk(office.county.story.account).await;
    assert_eq!(desk.newer, []);
    assert!(!desk.is_changed);
}

#[tokio::test]
async fn a_page_wider_than_the_board_is_refused_by_its_key() {
    let office = Office::posted().await;
    let store = &office.app.state.store;
    let text = rules::written(store, SEASON).await.expect("a charter");
    let text = text.replacen("\"board\": \"public\"", "\"board\": \"staff\"", 1);
    let refused = rules::set(store, (SEASON, &text), NOW).await;
    let Err(ServiceError::Invalid(details)) = refused else {
        panic!("taken over: {refused:?}");
    };
    let details = details
        .iter()
        .map(|one| (one.at.as_str(), one.message.as_str()));
    assert_eq!(
        details.collect::<Vec<_>>(),
        [("audience.unit", "rules:wider_than_board")]
    );
}
