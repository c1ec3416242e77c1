//! A unit's own contest (GY-23): a season names who holds it, and says so wherever it is posted.

use crate::audience::all;
use crate::kit::{NOW, Place, stranger, today};
use crate::month::County;
use crate::publication::{Office, part, sheets};
use app::backend::{SeasonBegin, SeasonCard, SponsorChoice};
use axum::http::StatusCode;
use domain::ids::UnitId;
use domain::month::SeasonCharter;
use domain::month::audience::Audience;
use domain::month::preset::SeasonPreset;
use server::service::error::ServiceError;
use server::service::month::{boards, rules, season};

const JANUARY: &str = "2027-01";
const OWN: &str = "石桥";

/// A season that 石桥乡 holds, and its first posted month.
async fn held() -> Office {
    let mut office = Office::posted().await;
    let county = &office.county;
    let (story, begin) = (&county.story, SeasonBegin::Copy(county.season));
    let sponsor = Some(county.units[1]);
    let own = season::open(&story.store, &story.act(), OWN, begin, None, sponsor).await;
    office.county.season = own.expect("a season");
    let values = ["9", "8", "7", "6"];
    office.county.posted_in(OWN, JANUARY, values).await;
    office
}

#[tokio::test]
async fn whoever_holds_a_season_stands_on_its_boards_pages_and_papers() {
    let office = held().await;
    let (season, period) = (office.county.season, JANUARY);
    let month = (season, period.parse().expect("a month"));
    for path in [
        app::paths::boards(season),
        app::paths::month(season, month.1),
        app::paths::month_poster(season, month.1),
        app::paths::month_screen(season, month.1),
        format!("/admin/months/{season}/{period}/print"),
    ] {
        let page = office.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text().contains("主办：石桥乡"), "{path}");
    }
    let file = async |name: &str| {
        let path = format!("/admin/months/{season}/{period}/export/{name}");
        office.get(&path).await.body
    };
    for name in ["bulletin.xlsx", "press.xlsx"] {
        let preface = &sheets(&file(name).await)[0].1[1][0];
        assert!(preface.contains("　主办：石桥乡　"), "{preface}");
    }
    let document = part(&file("bulletin.docx").await, "word/document.xml");
    assert!(document.contains("主办：石桥乡"), "{document}");

    let seasons = office.get("/admin/months").await.text();
    assert!(seasons.contains("主办：石桥乡") && seasons.contains("season-sponsor"));

    // The county's own season names nobody.
    let first = season::list(&office.county.story.store, NOW).await;
    let first = first.expect("seasons").into_iter();
    let mut first = first.filter(|card| card.sponsor.is_none());
    let first = first.next().expect("the county's").id;
    for path in [
        app::paths::boards(first),
        app::paths::month(first, crate::month::july()),
        app::paths::month_poster(first, crate::month::july()),
    ] {
        assert!(!office.get(&path).await.text().contains("主办"), "{path}");
    }
}

/// The posted month keeps the name of then, and its readers are those of the season.
#[tokio::test]
async fn whoever_holds_a_season_is_frozen_with_its_month_and_told_to_its_readers_alone() {
    let office = held().await;
    let county = &office.county;
    let units = "编码,名称,层级,上级\n02,石桥镇,乡镇,\n";
    county.import("units.csv", units).await;
    let page = county.page(JANUARY.parse().expect("a month")).await;
    assert_eq!(page.month.sponsor, "石桥乡");
    let sponsor = async || {
        let store = &office.app.state.store;
        let reader = stranger(store).await;
        let boards = boards::boards(store, &reader, Some(county.season), today()).await;
        let newest = boards.expect("boards").newest.expect("a month");
        newest.sponsor
    };
    assert_eq!(sponsor().await, "石桥镇");
    for_staff(&office).await;
    assert_eq!(sponsor().await, "", "the county's, which is still public");
}

async fn for_staff(office: &Office) {
    let store = &office.app.state.store;
    let text = rules::written(store, OWN).await.expect("a charter");
    let charter: SeasonCharter = serde_json::from_str(&text).expect("JSON");
    let charter = SeasonCharter {
        audience: all(Audience::Staff),
        ..charter
    };
    let text = serde_json::to_string(&charter).expect("JSON");
    let set = rules::set(store, (OWN, &text), NOW).await;
    set.expect("a charter that is taken over");
}

#[tokio::test]
async fn a_unit_of_the_county_may_hold_a_season_and_nobody_else() {
    let place = Place::new();
    let county = County::new(&place).await;
    let units = "编码,名称,层级,上级\nYL,云岭县,县,\n05,龙苴镇,乡镇,YL\n0501,上禾村,村,05\n\
                 90,邻县,县,\n";
    county.import("units.csv", units).await;
    let store = &county.story.store;
    let page = season::page(store, NOW).await.expect("a page");
    let names = |choice: &SponsorChoice| [choice.parent.clone(), choice.name.clone()].concat();
    let offered: Vec<String> = page.sponsors.iter().map(names).collect();
    let expected = [
        "青禾镇",
        "石桥乡",
        "双河镇",
        "竹海乡",
        "龙苴镇",
        "龙苴镇上禾村",
    ];
    assert_eq!(offered, expected);

    let open = async |name: &str, sponsor| {
        let begin = SeasonBegin::Preset(SeasonPreset::default());
        season::open(store, &county.story.act(), name, begin, None, sponsor).await
    };
    let village = page.sponsors[5].unit;
    let own = open("上禾", Some(village)).await.expect("a season");
    let seasons = async || season::list(store, NOW).await.expect("seasons");
    let card = |cards: Vec<SeasonCard>| cards.into_iter().find(|card| card.id == own);
    assert_eq!(card(seasons().await).expect("it").sponsor, Some(village));
    let mut tx = store.read().await.expect("a reader");
    let row = tx
        .row("select unit_id from unit where code = '90'", &[])
        .await;
    let other: UnitId = row.expect("a row").id("unit_id").expect("an id");
    drop(tx);
    for nobody in [other, UnitId(uuid::Uuid::nil())] {
        let refused = open("别处", Some(nobody)).await;
        let Err(ServiceError::Invalid(details)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(details[0].message, "unknown_unit");
    }
    assert_eq!(seasons().await.len(), 2, "nothing is half opened");
}
