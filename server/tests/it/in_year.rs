//! A month against the same one of the year before (ZR-6, XY-14) in what goes out of it, and not
//! where the season of that year is not for everybody.

use crate::audience::{all, rule};
use crate::kit::{stranger, today};
use crate::month::close;
use crate::publication::{Office, part, row, sheets};
use app::backend::SeasonBegin;
use domain::month::audience::Audience;
use domain::month::flag::HandOver;
use server::service::month::{read, units};

/// July of 2026, and of a season that goes on from it.
async fn turned() -> Office {
    let mut office = Office::posted().await;
    let follow = SeasonBegin::Follow(office.county.season);
    let next = office.county.begin("2027", follow).await;
    office.county.season = next.expect("a season");
    let values = ["9.9", "7", "8", "6"];
    office.county.posted_in("2027", "2027-07", values).await;
    office
}

async fn file(office: &Office, name: &str) -> Vec<u8> {
    let path = format!(
        "/admin/months/{}/2027-07/export/{name}",
        office.county.season
    );
    office.get(&path).await.body
}

#[tokio::test]
async fn papers_hold_figures_and_places_against_the_year_before() {
    let office = turned().await;
    let bulletin = sheets(&file(&office, "bulletin.xlsx").await);
    let own = row(&bulletin[0].1, "石桥乡");
    assert_eq!((own[2], own[3]), ("降 1", "降 1"));
    assert_eq!(own[8..14], ["7", "", "3", "▼1", "8", "-12.5"]);
    let document = file(&office, "bulletin.docx").await;
    let document = part(&document, "word/document.xml");
    for word in ["比去年同月", "同比 −12.5%", "同比 +10.0%"] {
        assert!(document.contains(word), "{word}: {document}");
    }
    let printed = format!("/admin/months/{}/2027-07/print", office.county.season);
    let printed = office.get(&printed).await.text();
    for word in ["比去年同月", "同比 −12.5%"] {
        assert!(printed.contains(word), "{word}");
    }
    let press = sheets(&file(&office, "press.xlsx").await);
    let own = row(&press[0].1, "石桥乡");
    assert_eq!(own, ["乡镇组", "石桥乡", "7", "", "3", "8", "-12.5"]);
}

/// WZ-14: what was not for everybody does not become so by being held against.
#[tokio::test]
async fn a_season_for_staff_is_told_to_nobody_by_the_one_after_it() {
    let office = turned().await;
    let seen = async || {
        let store = &office.app.state.store;
        let reader = stranger(store).await;
        let month = (office.county.season, "2027-07".parse().expect("a month"));
        let page = read::month(store, &reader, month, today()).await;
        let unit = units::unit(store, &reader, office.county.units[1], today()).await;
        let month = unit.expect("a unit").month.expect("its month");
        [page.expect("a month").month, month]
            .map(|month| month.has_last_year() || month.has_moved_in_year())
    };
    // 石桥乡 lost a place, 青禾镇 was the first again and kept the flag.
    let told = async || {
        let store = &office.app.state.store;
        let reader = stranger(store).await;
        let month = (office.county.season, "2027-07".parse().expect("a month"));
        let page = read::month(store, &reader, month, today()).await;
        let page = page.expect("a month").month;
        let [first, last] = [0, 1].map(|at| page.unit(office.county.units[at]).expect("it"));
        let own = units::own(store, &reader, Some(last.unit), today()).await;
        let own = own.expect("an answer").expect("a unit");
        let is_given = |(_, _, flag): (_, _, &HandOver)| flag.from.is_some();
        assert_eq!(own.moved, last.moved, "at home as on the board");
        (
            last.moved,
            last.cells[0].moved,
            (first.first_in_a_row, first.cells[0].first_in_a_row),
            page.hand_overs().any(is_given),
        )
    };
    assert_eq!(seen().await, [true, true]);
    assert_eq!(told().await, (Some(-1), Some(-1), (2, 2), true));
    // The charter of 2026.
    rule(&office, all(Audience::Staff)).await;
    assert_eq!(seen().await, [false, false]);
    assert_eq!(told().await, (None, None, (1, 1), false));
    let press = sheets(&file(&office, "press.xlsx").await);
    let own = row(&press[0].1, "石桥乡");
    assert_eq!(own, ["乡镇组", "石桥乡", "7", "", "3"]);
    let bulletin = sheets(&file(&office, "bulletin.xlsx").await);
    let own = row(&bulletin[0].1, "石桥乡");
    assert_eq!(own[12..14], ["8", "-12.5"], "staff may read both");
}

/// A unit that had no place in the first month is held against the season before in the second one,
/// and nobody is told.
#[tokio::test]
async fn a_first_place_of_the_season_tells_nobody_of_the_one_before() {
    let mut office = Office::posted().await;
    let follow = SeasonBegin::Follow(office.county.season);
    let next = office.county.begin("2027", follow).await;
    office.county.season = next.expect("a season");
    let [july, august] = ["2027-07", "2027-08"].map(|text| text.parse().expect("a month"));
    let mut figures = "赛季,月份,指标,单位,完成值,目标值\n".to_owned();
    for (unit, value) in [("01", "9"), ("03", "7"), ("04", "6")] {
        for code in ["XM", "NB"] {
            figures += &format!("2027,2027-07,{code},{unit},{value},\n");
        }
    }
    office.county.import("figures.csv", &figures).await;
    let closed = office.county.own_in(july, close("石桥乡没有报")).await;
    closed.expect("closed");
    office.county.post_in(july).await;
    let values = ["9", "5", "8", "6"];
    office.county.posted_in("2027", "2027-08", values).await;
    rule(&office, all(Audience::Staff)).await;

    let store = &office.app.state.store;
    let reader = stranger(store).await;
    let month = (office.county.season, august);
    let page = read::month(store, &reader, month, today()).await;
    let page = page.expect("a month").month;
    let moved = [1, 2].map(|at| page.unit(office.county.units[at]).expect("it").moved);
    assert_eq!(
        moved,
        [None, Some(0)],
        "the second one against July of 2027"
    );
}
