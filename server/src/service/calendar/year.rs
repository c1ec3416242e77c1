//! The score of a half-year or a year (GY-10): loads what counts beside the months and puts it
//! onto the units of an assessment. Nothing of it is computed anywhere else.

mod said;

pub(super) use said::command;

use super::sheet::DutyOf;
use crate::service::error::ServiceError;
use crate::service::month::season::Season;
use crate::store::{Row, Tx, params, statements};
use app::backend::{
    ContestPoints, ContestWord, PartScore, SheetGroup, SheetYear, UnitYear, YearContest,
};
use domain::ids::{ContestId, UnitId};
use domain::month::Day;
use domain::month::assessment::MEAN_PLACES;
use domain::month::cadence::Output;
use domain::month::year::{YearInput, YearRule};
use domain::number::Decimal;
use domain::ratio::{Ratio, TooLarge};
use std::collections::BTreeMap;
use sync::posted::PostedResult;

statements! {
    /// Each posted contest in its newest edition.
    YEAR_CONTESTS = "select p.contest_id, p.edition, p.snapshot, c.held_on,
            (select min(q.posted_at) from posted q where q.contest_id = p.contest_id) as first_at
        from posted p join contest c on c.contest_id = p.contest_id
        where p.county_id = $1 and p.edition =
            (select max(q.edition) from posted q where q.contest_id = p.contest_id)";
    CONTEST_WORDS = "select y.*, a.login from year_contest y
        join account a on a.account_id = y.account_id
        where y.season_id = $1 order by y.position";
    PART_SCORES = "select y.*, a.login from year_part y
        join account a on a.account_id = y.account_id
        where y.season_id = $1 and y.rule = $2 and y.span = $3 order by y.position";
}

/// The exact mean of each unit's months.
pub(super) type Means = BTreeMap<UnitId, Ratio>;
/// What was entered of a part, by unit and the part's name.
type PartScores = BTreeMap<(UnitId, String), PartScore>;

/// Puts the score of the year onto the units; nothing where the charter has no rule for it, or the
/// duty is no assessment.
///
/// # Errors
/// The database failed, or numbers are too large.
pub(super) async fn onto(
    tx: &mut Tx,
    season: &Season,
    duty: &DutyOf,
    (groups, means): (&mut [SheetGroup], &Means),
) -> Result<Option<SheetYear>, ServiceError> {
    let rule = season.charter.year.as_ref();
    let Some(rule) = rule.filter(|_| duty.rule.output == Output::Assessment) else {
        return Ok(None);
    };
    let mut contests = contests(tx, season, rule).await?;
    contests.retain(|contest| duty.span.contains(contest.day));
    let mut scores = part_scores(tx, season, duty).await?;
    for unit in groups.iter_mut().flat_map(|group| &mut group.units) {
        let mean = means.get(&unit.unit).copied();
        let parts = rule.parts.iter();
        let parts = parts.map(|part| scores.remove(&(unit.unit, part.name.clone())));
        let year = of_unit(rule, mean, (parts.collect(), brought(&contests, unit.unit)));
        unit.year = Some(year.map_err(|error| ServiceError::Internal(error.into()))?);
    }
    Ok(Some(SheetYear {
        rule: rule.clone(),
        charter_version: season.charter_version,
        contests,
        gone: gone(rule, &scores),
        may_enter: false,
    }))
}

/// Parts that nobody asks for any more, each with how many units have a score.
fn gone(rule: &YearRule, left: &PartScores) -> Vec<(String, u32)> {
    let mut gone: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, part) in left.keys() {
        let mut asked = rule.parts.iter();
        if !asked.any(|known| known.name == *part) {
            *gone.entry(part).or_default() += 1;
        }
    }
    let gone = gone.into_iter();
    gone.map(|(part, count)| (part.to_owned(), count)).collect()
}

/// What the contests that count brought a unit.
fn brought(contests: &[YearContest], unit: UnitId) -> Vec<(usize, ContestPoints)> {
    let counted = contests.iter().enumerate();
    let counted = counted.filter_map(|(at, contest)| Some((at, contest.counted()?)));
    let points = counted.flat_map(|(at, word)| word.points.iter().map(move |points| (at, points)));
    let own = points.filter(|(_, points)| points.unit == unit);
    own.map(|(at, points)| (at, points.clone())).collect()
}

fn of_unit(
    rule: &YearRule,
    mean: Option<Ratio>,
    (mut parts, contests): (Vec<Option<PartScore>>, Vec<(usize, ContestPoints)>),
) -> Result<UnitYear, TooLarge> {
    let decimal = |text: &str| text.parse::<Decimal>().ok();
    let score = rule.score(&YearInput {
        months: mean,
        parts: parts
            .iter()
            .map(|part| decimal(&part.as_ref()?.score))
            .collect(),
        contests: contests
            .iter()
            .filter_map(|(_, points)| decimal(&points.points))
            .collect(),
    })?;
    let printed = |number: Ratio| number.to_fixed(MEAN_PLACES);
    for (part, weighed) in parts.iter_mut().zip(&score.parts) {
        if let (Some(part), Some(weighed)) = (part, weighed) {
            part.weighed = printed(*weighed);
        }
    }
    Ok(UnitYear {
        months: score.months.map(printed),
        parts,
        contests,
        contests_sum: printed(score.contests),
        score: score.sum.map(printed),
    })
}

/// Every posted contest of the county, with what was said of it in this season.
async fn contests(
    tx: &mut Tx,
    season: &Season,
    rule: &YearRule,
) -> Result<Vec<YearContest>, ServiceError> {
    let mut said: BTreeMap<ContestId, Vec<ContestWord>> = BTreeMap::new();
    for row in tx.rows(CONTEST_WORDS, &params![season.id]).await? {
        let words = said.entry(row.id("contest_id")?).or_default();
        words.push(word(&row)?);
    }
    let county = tx.county();
    let mut contests = Vec::new();
    for row in tx.rows(YEAR_CONTESTS, &params![county]).await? {
        let result: PostedResult = row.json("snapshot")?;
        let contest = row.id("contest_id")?;
        // A day that nobody entered is that of the first edition.
        let held_on = row.text("held_on")?.parse::<Day>();
        let first_at = row.millis("first_at")?;
        contests.push(YearContest {
            contest,
            day: held_on.unwrap_or_else(|_| Day::of(first_at)),
            edition: row.u32("edition")?,
            would_bring: points(rule, &result),
            said: said.remove(&contest).unwrap_or_default(),
            title: match result.subtitle.is_empty() {
                true => result.title,
                false => format!("{} {}", result.title, result.subtitle),
            },
        });
    }
    contests.sort_by_key(|one| (one.day, one.contest));
    Ok(contests)
}

/// What a result brings each entry that stands for a unit and has a place.
fn points(rule: &YearRule, result: &PostedResult) -> Vec<ContestPoints> {
    let ranked = result.rows.iter().filter(|row| row.rank.is_some()).count();
    let of = u32::try_from(ranked).unwrap_or(u32::MAX);
    let rows = result.rows.iter();
    let placed = rows.filter_map(|row| Some((row.unit?, row.rank?)));
    placed
        .map(|(unit, rank)| ContestPoints {
            unit,
            rank,
            of,
            points: rule.points(rank, of).to_string(),
        })
        .collect()
}

fn word(row: &Row) -> Result<ContestWord, ServiceError> {
    Ok(ContestWord {
        is_counted: row.text("kind")? == "counted",
        edition: row.u32("edition")?,
        charter_version: row.u32("charter_version")?,
        points: row.json("points")?,
        reason: row.text("reason")?,
        by: row.text("login")?,
        at: row.millis("at")?,
    })
}

/// What was entered last of each unit and part.
async fn part_scores(
    tx: &mut Tx,
    season: &Season,
    duty: &DutyOf,
) -> Result<PartScores, ServiceError> {
    let asked = params![
        season.id,
        duty.rule.name.as_str(),
        duty.span.from.to_string()
    ];
    let mut scores = PartScores::new();
    for row in tx.rows(PART_SCORES, &asked).await? {
        let score = PartScore {
            score: row.text("score")?,
            weighed: String::new(),
            basis: row.text("basis")?,
            by: row.text("login")?,
            at: row.millis("at")?,
        };
        scores.insert((row.id("unit_id")?, row.text("part")?), score);
    }
    Ok(scores)
}
