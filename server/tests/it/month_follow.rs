//! A season that goes on from another one (GY-3, ZR-6): places, rows of firsts and flags go on over
//! the turn of the year, and so do corrections.

use crate::kit::{Place, stranger, today};
use crate::month::{County, close, refused};
use app::backend::{MonthCommand, SeasonBegin};
use domain::ids::SeasonId;
use domain::month::Period;
use server::service::error::ServiceError;
use server::service::month::{season, units};

const BETTER: [&str; 4] = ["9", "8", "7", "6"];

fn month(text: &str) -> Period {
    text.parse().expect("a month")
}

impl County {
    pub async fn begin(&self, name: &str, begin: SeasonBegin) -> Result<SeasonId, ServiceError> {
        season::open(
            &self.story.store,
            &self.story.act(),
            name,
            begin,
            None,
            None,
        )
        .await
    }

    async fn figures_in(&self, season: &str, period: &str, values: [&str; 4]) {
        let mut text = "赛季,月份,指标,单位,完成值,目标值\n".to_owned();
        for (unit, value) in values.iter().enumerate() {
            for code in ["XM", "NB"] {
                text += &format!("{season},{period},{code},0{},{value},\n", unit + 1);
            }
        }
        self.import("figures.csv", &text).await;
    }

    pub async fn posted_in(&self, season: &str, period: &str, values: [&str; 4]) {
        self.figures_in(season, period, values).await;
        self.own_in(month(period), close("")).await.expect("closed");
        self.post_in(month(period)).await;
    }
}

/// Three posted months of 2026, and a season 2027 after it.
async fn turned(place: &Place) -> County {
    let mut county = County::new(place).await;
    for period in ["2026-01", "2026-11", "2026-12"] {
        county.posted_in("2026", period, BETTER).await;
    }
    let first = county.season;
    county.season = county
        .begin("2027", SeasonBegin::Follow(first))
        .await
        .expect("a season");
    county
}

#[tokio::test]
async fn places_flags_and_the_year_before_go_on_in_the_season_after() {
    let place = Place::new();
    let county = turned(&place).await;
    county
        .posted_in("2027", "2027-01", ["9.9", "7", "8", "6"])
        .await;
    let page = county.page(month("2027-01")).await.month;
    let units = &page.groups[0].units;
    let (first, third) = (&units[0], &units[2]);
    assert_eq!((first.name.as_str(), first.first_in_a_row), ("青禾镇", 4));
    assert_eq!((third.moved, third.moved_in_year), (Some(-1), Some(-1)));
    let cell = &first.cells[0];
    assert_eq!(cell.last_year.as_deref(), Some("9"));
    assert_eq!(cell.growth.as_deref(), Some("10.0"));
    assert_eq!(cell.first_in_a_row, 4);
    assert!(page.groups[0].flags[0].hand_overs[0].is_kept());
    let pair = &page.pairs[0];
    assert_eq!(
        (pair.won, pair.drawn, pair.lost),
        (1, 0, 0),
        "this season's"
    );

    let store = &county.story.store;
    let reader = stranger(store).await;
    let unit = units::unit(store, &reader, county.units[0], today()).await;
    let unit = unit.expect("a unit");
    let course: Vec<String> = unit
        .course
        .iter()
        .map(|one| one.period.to_string())
        .collect();
    assert_eq!(course, ["2026-01", "2026-11", "2026-12", "2027-01"]);
    let tally = unit.tally.expect("a tally");
    let counted = (tally.months, tally.firsts, tally.top_three, tally.red);
    assert_eq!(counted, (1, 1, 1, 0), "this season's");
    assert_eq!(tally.flags, [("红旗".to_owned(), 1)]);
}

#[tokio::test]
async fn a_copy_begins_anew() {
    let place = Place::new();
    let mut county = turned(&place).await;
    let copied = SeasonBegin::Copy(county.season);
    county.season = county.begin("另一个", copied).await.expect("a season");
    county.posted_in("另一个", "2027-01", BETTER).await;
    let page = county.page(month("2027-01")).await.month;
    let unit = &page.groups[0].units[0];
    assert_eq!((unit.moved, unit.first_in_a_row), (None, 1));
    assert_eq!(
        (unit.moved_in_year, unit.cells[0].last_year.as_deref()),
        (None, None)
    );
}

#[tokio::test]
async fn a_correction_of_the_last_season_makes_the_next_one_follow() {
    let place = Place::new();
    let mut county = turned(&place).await;
    let (last, next) = (SeasonBegin::Follow(county.season), county.season);
    county.posted_in("2027", "2027-01", BETTER).await;
    let stale = county.desk_of(month("2027-01"), county.second).await.stale;
    assert_eq!(stale, []);

    let first = season::list(&county.story.store, crate::kit::NOW).await;
    let first = first.expect("seasons");
    county.season = first.iter().find(|one| one.name == "2026").expect("it").id;
    county
        .figures_in("2026", "2026-12", ["5", "8", "7", "6"])
        .await;
    let december = month("2026-12");
    county.own_in(december, close("")).await.expect("closed");
    let code = county.desk_of(december, county.second).await.close_code;
    let reason = "抄错一个数".to_owned();
    let despite = String::new();
    let post = MonthCommand::Post {
        code,
        reason,
        despite,
    };
    county
        .say_of(december, &county.second(), post)
        .await
        .expect("posted");

    county.season = next;
    let january = month("2027-01");
    let stale = county.desk_of(january, county.second).await.stale;
    let stale: Vec<_> = stale.iter().map(|one| one.period).collect();
    assert_eq!(stale, [january], "青禾镇 was the last in December");

    // A month of the season before that comes now is late.
    county.season = first.iter().find(|one| one.name == "2026").expect("it").id;
    county.posted_in("2026", "2026-10", BETTER).await;
    assert!(
        county
            .desk_of(month("2026-10"), county.second)
            .await
            .month
            .late
    );

    // A flag has one holder.
    let twice = SeasonBegin::Follow(county.season);
    refused(
        county.begin("2028", twice).await.map(drop),
        "season_followed",
    );
    county
        .begin("2028", last)
        .await
        .expect("nothing of 2028 is posted");
}

/// Both may be opened while neither has posted anything; a flag has one holder all the same.
#[tokio::test]
async fn of_two_seasons_that_follow_the_same_one_the_second_cannot_post() {
    let place = Place::new();
    let mut county = turned(&place).await;
    let seasons = season::list(&county.story.store, crate::kit::NOW).await;
    let seasons = seasons.expect("seasons");
    let first = seasons
        .iter()
        .find(|one| one.name == "2026")
        .expect("it")
        .id;
    let rival = county.begin("另一个", SeasonBegin::Follow(first)).await;
    county.posted_in("2027", "2027-01", BETTER).await;
    county.season = rival.expect("nothing of 2027 was posted");
    let january = month("2027-01");
    county.figures_in("另一个", "2027-01", BETTER).await;
    county.own_in(january, close("")).await.expect("closed");
    let post = MonthCommand::Post {
        code: county.desk_of(january, county.second).await.close_code,
        reason: String::new(),
        despite: String::new(),
    };
    refused(
        county.say_of(january, &county.second(), post).await,
        "season_followed",
    );
}

#[tokio::test]
async fn a_januarys_post_is_held_against_december() {
    let place = Place::new();
    let county = turned(&place).await;
    county.figures_in("2027", "2027-01", BETTER).await;
    let desk = county.desk_of(month("2027-01"), county.second).await;
    let comparison = desk.comparison.expect("an earlier month");
    assert_eq!(comparison.period, month("2026-12"));
}

/// WZ-14: 内部 is for staff in both years, 项目 becomes public in the second one.
#[tokio::test]
async fn a_value_that_was_not_public_does_not_become_so_a_year_later() {
    let place = Place::new();
    let county = turned(&place).await;
    let public = "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开\n\
                  2026,XM,项目,亿元,60,高,位次,0.05,月,否,否\n";
    county.import("indicators.csv", public).await;
    county.figures_in("2027", "2027-01", BETTER).await;
    let desk = county.desk_of(month("2027-01"), county.second).await;
    let cells = &desk.month.groups[0].units[0].cells;
    let last_year: Vec<_> = cells.iter().map(|cell| cell.last_year.as_deref()).collect();
    assert_eq!(last_year, [None, Some("9")]);
}
