//! The score of the year in the demo (GY-10, WZ-12): its rule, what was assessed elsewhere for the
//! first half of 2026, and the posted contest, which counts.

use super::county::SEASON;
use super::story::Story;
use crate::service::calendar;
use crate::store::{params, statements};
use anyhow::Context as _;
use app::backend::{CalendarCommand, YearCommand};
use domain::ids::SeasonId;
use domain::month::Day;
use domain::month::charter::Side;
use domain::month::year::{PlacePoints, YearPart, YearRule};
use domain::number::Decimal;

const PART: &str = "综合考核";
/// Weights in percent, points of places, and the cap, in micros.
const MONTHS: i64 = 60_000_000;
const ELSEWHERE: i64 = 40_000_000;
const CAP: i64 = 3_000_000;
const PLACES: [(Side, u32, u32, i64); 3] = [
    (Side::Top, 1, 1, 2_000_000),
    (Side::Top, 2, 3, 1_000_000),
    (Side::Bottom, 1, 1, -1_000_000),
];
const HALF_YEAR: &str = "2026-01-01";

statements! {
    YEAR_SEASON = "select season_id from season where name = $1";
    YEAR_NAMES = "select distinct u.name from unit u
        join unit_group g on g.unit_id = u.unit_id where g.season = $1 order by u.name";
    YEAR_CONTEST = "select contest_id from posted where edition = 1";
}

/// The months, what is assessed elsewhere, and what contests bring and cost.
pub(super) fn rule() -> YearRule {
    let number = |micros| Decimal::from_micros(micros).unwrap_or(Decimal::ZERO);
    let row = |(side, from, to, points)| PlacePoints {
        side,
        from,
        to,
        points: number(points),
    };
    YearRule {
        months: number(MONTHS),
        parts: vec![YearPart {
            name: PART.to_owned(),
            weight: number(ELSEWHERE),
        }],
        contests: PLACES.into_iter().map(row).collect(),
        contests_cap: Some(number(CAP)),
    }
}

/// Enters the scores of the half-year, and counts the contest.
pub(super) async fn said(story: &Story) -> anyhow::Result<()> {
    let mut tx = story.store.read().await?;
    let season = tx.row(YEAR_SEASON, &params![SEASON]).await?;
    let season: SeasonId = season.id("season_id")?;
    let names = tx.rows(YEAR_NAMES, &params![SEASON]).await?;
    let contest = tx.row(YEAR_CONTEST, &params![]).await?;
    let contest = contest.id("contest_id")?;
    drop(tx);
    let mut lines = String::new();
    for (at, row) in names.iter().enumerate() {
        // Between 80 and 95 with one decimal, as such scores are.
        let tenths = 800 + at * 37 % 150;
        lines += &format!("{} {}.{}\n", row.text("name")?, tenths / 10, tenths % 10);
    }
    let entered = YearCommand::Enter {
        rule: "半年考评".to_owned(),
        span: HALF_YEAR.parse::<Day>().context("the half-year")?,
        part: PART.to_owned(),
        lines,
        replaces: false,
        basis: "县考评办半年综合考核结果".to_owned(),
    };
    let counted = YearCommand::Count {
        contest,
        edition: 1,
        reason: "按年度考评办法计入".to_owned(),
    };
    for word in [entered, counted] {
        let command = CalendarCommand::Year(word);
        calendar::command(&story.store, &story.act(), season, command).await?;
    }
    Ok(())
}
