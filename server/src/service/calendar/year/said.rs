//! What an organiser says of the year's score: which contests count, and what was scored
//! elsewhere. Every word stays on record.

use super::super::sheet::{DutyOf, sums};
use super::{contests, part_scores};
use crate::service::act::{Act, reason as reason_of};
use crate::service::error::ServiceError;
use crate::service::month::season::Season;
use crate::service::month::text_of;
use crate::service::permission;
use crate::store::{Tx, params, statements};
use app::backend::{Capability, SheetGroup, YearCommand, YearContest};
use app::error::Detail;
use domain::ids::{ContestId, SeasonId, UnitId};
use domain::month::Day;
use domain::month::cadence::{Duty, Output};
use domain::month::year::{YearRule, is_part_score};
use serde_json::json;
use sync::typed;

statements! {
    YEAR_CONTEST_ADD = "insert into year_contest (season_id, contest_id, position, county_id, kind,
            edition, charter_version, points, reason, account_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    YEAR_PART_LAST = "select max(position) as last from year_part
        where season_id = $1 and rule = $2 and span = $3 and part = $4 and unit_id = $5";
    YEAR_PART_ADD = "insert into year_part (season_id, rule, span, part, unit_id, position,
            county_id, score, basis, account_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
}

/// Lines of scores that one act may bring.
const LINES_MAX: usize = 1_000;

/// Puts on record what an organiser says of the year's score.
///
/// # Errors
/// The account does not organise, the season's charter has no rule for the year, it stands so
/// already, the result has another edition by now, or what was entered is wrong.
pub(in super::super) async fn command(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    command: YearCommand,
) -> Result<(), ServiceError> {
    permission::may(tx, act.account, &[Capability::Organise]).await?;
    let season = Season::load(tx, season).await?;
    let rule = season.charter.year.clone();
    let rule = rule.ok_or(ServiceError::Conflict("nothing_to_decide"))?;
    match command {
        YearCommand::Count {
            contest,
            edition,
            reason,
        } => {
            let known = known(tx, (&season, &rule), contest).await?;
            if known.edition != edition {
                return Err(ServiceError::Conflict("result_changed"));
            }
            if known.counted().is_some() && !known.is_stale() {
                return Err(ServiceError::Conflict("nothing_changed"));
            }
            say(tx, act, &season, (&known, "counted", &reason)).await
        }
        YearCommand::Leave { contest, reason } => {
            let known = known(tx, (&season, &rule), contest).await?;
            if known.counted().is_none() {
                return Err(ServiceError::Conflict("nothing_changed"));
            }
            say(tx, act, &season, (&known, "left", &reason)).await
        }
        YearCommand::Enter {
            rule: name,
            span,
            part,
            lines,
            replaces,
            basis,
        } => {
            let basis = reason_of(&basis)?;
            let duty = assessment(tx, &season, (&name, span)).await?;
            let scores = scores(tx, act, (&season, &duty), &lines).await?;
            let part = rule.parts.iter().find(|known| known.name == part);
            let part = part.ok_or(ServiceError::NotFound("part"))?.name.as_str();
            enter(tx, act, (&season, &duty, part), (scores, replaces, &basis)).await
        }
    }
}

async fn known(
    tx: &mut Tx,
    (season, rule): (&Season, &YearRule),
    contest: ContestId,
) -> Result<YearContest, ServiceError> {
    let contests = contests(tx, season, rule).await?;
    let mut contests = contests.into_iter();
    let known = contests.find(|known| known.contest == contest);
    known.ok_or(ServiceError::NotFound("contest"))
}

async fn say(
    tx: &mut Tx,
    act: &Act,
    season: &Season,
    (contest, kind, reason): (&YearContest, &str, &str),
) -> Result<(), ServiceError> {
    let reason = reason_of(reason)?;
    let position = contest.said.len() + 1;
    let points = match kind {
        "counted" => text_of(&contest.would_bring)?,
        _ => "[]".to_owned(),
    };
    let county = tx.county();
    let row = params![
        season.id,
        contest.contest,
        i64::try_from(position).unwrap_or(i64::MAX),
        county,
        kind,
        contest.edition,
        season.charter_version,
        points,
        reason,
        act.account,
        act.now
    ];
    tx.execute(YEAR_CONTEST_ADD, &row).await?;
    let what = json!({ "do": "year_contest", "season": season.id, "kind": kind,
        "edition": contest.edition, "charter_version": season.charter_version });
    act.audit(tx, Some(contest.contest), &what).await
}

async fn assessment(
    tx: &mut Tx,
    season: &Season,
    (name, span): (&str, Day),
) -> Result<DutyOf, ServiceError> {
    let fits = |duty: &Duty<'_>| {
        let is_it = duty.rule.name == name && duty.span.from == span;
        is_it && duty.rule.output == Output::Assessment
    };
    DutyOf::find(tx, season, fits).await
}

async fn scores(
    tx: &mut Tx,
    act: &Act,
    (season, duty): (&Season, &DutyOf),
    lines: &str,
) -> Result<Vec<Score>, ServiceError> {
    let sums = sums(tx, season, duty, Day::of(act.now)).await?;
    read(lines, &sums.groups)
}

/// All of the scores or none. One that stands is replaced only where that was asked for.
async fn enter(
    tx: &mut Tx,
    act: &Act,
    (season, duty, part): (&Season, &DutyOf, &str),
    (mut scores, replaces, basis): (Vec<Score>, bool, &str),
) -> Result<(), ServiceError> {
    let known = part_scores(tx, season, duty).await?;
    let stands = |unit: UnitId| known.get(&(unit, part.to_owned()));
    scores.retain(|one| stands(one.unit).is_none_or(|stands| stands.score != one.score));
    let standing = scores.iter().filter(|one| stands(one.unit).is_some());
    let standing: Vec<_> = standing
        .map(|one| (one.line.as_str(), "score_stands"))
        .collect();
    if !replaces && !standing.is_empty() {
        return Err(faults(standing));
    }
    if scores.is_empty() {
        return Err(ServiceError::Conflict("nothing_changed"));
    }
    let (rule, span, county) = (
        duty.rule.name.as_str(),
        duty.span.from.to_string(),
        tx.county(),
    );
    for one in &scores {
        let key = params![season.id, rule, span.as_str(), part, one.unit];
        let last = tx.row(YEAR_PART_LAST, &key).await?.int_opt("last")?;
        let row = params![
            season.id,
            rule,
            span.as_str(),
            part,
            one.unit,
            last.unwrap_or_default() + 1,
            county,
            one.score.as_str(),
            basis,
            act.account,
            act.now
        ];
        tx.execute(YEAR_PART_ADD, &row).await?;
    }
    let what = json!({ "do": "year_part", "season": season.id, "rule": rule, "span": span,
        "part": part, "scores": scores.len() });
    act.audit(tx, None, &what).await
}

/// What a line says.
struct Score {
    /// As it was entered, behind its number from 1.
    line: String,
    unit: UnitId,
    score: String,
}

/// Each line's unit and score. A name is one of the sheet's, or the line is wrong.
fn read(lines: &str, groups: &[SheetGroup]) -> Result<Vec<Score>, ServiceError> {
    let mut scores: Vec<Score> = Vec::new();
    let mut wrong = Vec::new();
    let lines = (1_u32..).zip(lines.lines().map(str::trim));
    for (number, text) in lines.filter(|(_, text)| !text.is_empty()) {
        let line = format!("{number}. {text}");
        match read_line(text, groups) {
            Ok((unit, _)) if scores.iter().any(|known| known.unit == unit) => {
                wrong.push((line, "line_twice"));
            }
            Ok((unit, score)) => scores.push(Score { line, unit, score }),
            Err(code) => wrong.push((line, code)),
        }
    }
    match scores.len() {
        _ if !wrong.is_empty() => Err(faults(wrong)),
        0 => Err(ServiceError::invalid("lines", "empty")),
        count if LINES_MAX < count => Err(ServiceError::invalid("lines", "too_many_rows")),
        _ => Ok(scores),
    }
}

fn faults<Line: Into<String>>(lines: Vec<(Line, &str)>) -> ServiceError {
    let detail = |(line, code): (Line, &str)| Detail {
        at: line.into(),
        message: code.to_owned(),
    };
    ServiceError::Invalid(lines.into_iter().map(detail).collect())
}

/// The number stands last, after a space, a tab or a comma, as a table or a person gives it.
fn read_line(line: &str, groups: &[SheetGroup]) -> Result<(UnitId, String), &'static str> {
    let is_between = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '，' | '、');
    let (name, score) = line.rsplit_once(is_between).ok_or("not_a_number")?;
    let name = name.trim_end_matches(is_between);
    let units = groups.iter().flat_map(|group| &group.units);
    let mut named = units.filter(|unit| unit.name == name);
    let unit = match (named.next(), named.next()) {
        (Some(unit), None) => unit.unit,
        (Some(_), Some(_)) => return Err("two_of_name"),
        _ => return Err("unknown_unit"),
    };
    let number = typed::number(score)?;
    match is_part_score(number.value) && !number.percent {
        true => Ok((unit, number.value.to_string())),
        false => Err("not_of_a_hundred"),
    }
}
