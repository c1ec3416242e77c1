//! What an assessment proposes by its figures (XY-11), and what an organiser decided of it. What
//! was decided stays on the sheet, whatever a correction makes of the figures.

use super::sheet::{DutyOf, sums};
use crate::service::act::{Act, reason as reason_of};
use crate::service::error::ServiceError;
use crate::service::month::season::Season;
use crate::service::permission;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{
    Capability, OutcomeCommand, OutcomeDecision, SheetGroup, SheetOutcome, SheetUnit,
};
use domain::ids::{SeasonId, UnitId};
use domain::month::Day;
use domain::month::cadence::{DutyState, Output};
use domain::month::charter::Side;
use domain::month::outcome::{OutcomeRule, proposed};
use domain::number::Decimal;
use domain::ratio::Ratio;
use serde_json::json;

statements! {
    OUTCOME_ACTS = "select o.*, a.login, u.name from outcome_act o
        join account a on a.account_id = o.account_id
        join unit u on u.unit_id = o.unit_id
        where o.season_id = $1 and o.rule = $2 and o.span = $3
        order by o.side desc, o.action, o.unit_id, o.position";
    OUTCOME_LAST = "select position, kind from outcome_act
        where season_id = $1 and rule = $2 and span = $3 and side = $4 and action = $5
            and unit_id = $6
        order by position desc limit 1";
    OUTCOME_ADD = "insert into outcome_act (season_id, rule, span, side, action, unit_id, position,
            county_id, kind, reason, account_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
}

/// Every proposal of the duty's groups, then what was decided of others that the figures do not
/// propose any more.
///
/// # Errors
/// The database failed.
pub(super) async fn of_sheet(
    tx: &mut Tx,
    season: &Season,
    duty: &DutyOf,
    groups: &[SheetGroup],
) -> Result<Vec<SheetOutcome>, ServiceError> {
    let mut outcomes = proposals(&season.charter.outcomes, duty, groups);
    let asked = params![
        season.id,
        duty.rule.name.as_str(),
        duty.span.from.to_string()
    ];
    for row in tx.rows(OUTCOME_ACTS, &asked).await? {
        let (side, action) = (side_of(&row.text("side")?), row.text("action")?);
        let unit: UnitId = row.id("unit_id")?;
        let is_it =
            |one: &&mut SheetOutcome| (one.side, one.unit) == (side, unit) && one.action == action;
        let decision = decision(&row)?;
        match outcomes.iter_mut().find(is_it) {
            Some(known) => known.decisions.push(decision),
            None => outcomes.push(SheetOutcome {
                side,
                action,
                unit,
                name: row.text("name")?,
                group: String::new(),
                score: None,
                place: None,
                is_proposed: false,
                decisions: vec![decision],
            }),
        }
    }
    Ok(outcomes)
}

/// What the charter's rows propose, by the scores as they are printed.
fn proposals(rules: &[OutcomeRule], duty: &DutyOf, groups: &[SheetGroup]) -> Vec<SheetOutcome> {
    let rules = rules
        .iter()
        .filter(|rule| duty.rule.output == Output::Assessment && rule.every == duty.rule.every);
    let of_group = |rule: &OutcomeRule, group: &SheetGroup| -> Vec<SheetOutcome> {
        let scores: Vec<Option<Ratio>> = group.units.iter().map(score).collect();
        let units = group.units.iter().zip(proposed(rule, &scores));
        let units = units.filter(|(_, is_proposed)| *is_proposed);
        units
            .map(|(unit, _)| SheetOutcome {
                side: rule.side,
                action: rule.action.clone(),
                unit: unit.unit,
                name: unit.name.clone(),
                group: group.name.clone(),
                score: unit.score().map(str::to_owned),
                place: unit.place,
                is_proposed: true,
                decisions: Vec::new(),
            })
            .collect()
    };
    let outcomes =
        rules.flat_map(|rule| groups.iter().flat_map(move |group| of_group(rule, group)));
    outcomes.collect()
}

fn score(unit: &SheetUnit) -> Option<Ratio> {
    let score = unit.score()?.parse::<Decimal>();
    score.ok().map(Decimal::ratio)
}

fn decision(row: &Row) -> Result<OutcomeDecision, StoreError> {
    Ok(OutcomeDecision {
        is_taken: row.text("kind")? == "taken",
        reason: row.text("reason")?,
        by: row.text("login")?,
        at: row.millis("at")?,
    })
}

/// Puts on record what an organiser decides. Nothing follows from it here.
///
/// # Errors
/// The account does not organise, the window has not begun, the figures do not propose it, it
/// stands so already, or no reason was given.
pub(super) async fn decide(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    word: OutcomeCommand,
) -> Result<(), ServiceError> {
    permission::may(tx, act.account, &[Capability::Organise]).await?;
    let season = Season::load(tx, season).await?;
    let reason = reason_of(&word.reason)?;
    let today = Day::of(act.now);
    let duty = DutyOf::find(tx, &season, |duty| {
        duty.rule.name == word.rule && duty.span.from == word.span
    })
    .await?;
    if duty.state(today) == DutyState::Ahead {
        return Err(ServiceError::Conflict("nothing_to_decide"));
    }
    let sums = sums(tx, &season, &duty, today).await?;
    let mut proposed = proposals(&season.charter.outcomes, &duty, &sums.groups).into_iter();
    let is_it = |one: &SheetOutcome| {
        (one.side, one.unit) == (word.side, word.unit) && one.action == word.action
    };
    if !proposed.any(|one| is_it(&one)) {
        return Err(ServiceError::Conflict("nothing_to_decide"));
    }
    add(tx, act, &season, (&word, &reason)).await
}

async fn add(
    tx: &mut Tx,
    act: &Act,
    season: &Season,
    (word, reason): (&OutcomeCommand, &str),
) -> Result<(), ServiceError> {
    let kind = match word.is_taken {
        true => "taken",
        false => "left",
    };
    let side = side_word(word.side);
    let (rule, span) = (word.rule.as_str(), word.span.to_string());
    let action = word.action.as_str();
    let key = params![season.id, rule, span.as_str(), side, action, word.unit];
    let position = match tx.row_opt(OUTCOME_LAST, &key).await? {
        Some(last) if last.text("kind")? == kind => {
            return Err(ServiceError::Conflict("nothing_changed"));
        }
        Some(last) => last.u32("position")? + 1,
        None => 1,
    };
    let county = tx.county();
    let row = params![
        season.id,
        rule,
        span.as_str(),
        side,
        action,
        word.unit,
        position,
        county,
        kind,
        reason,
        act.account,
        act.now
    ];
    tx.execute(OUTCOME_ADD, &row).await?;
    let what = json!({ "do": "outcome", "season": season.id, "rule": rule, "span": span,
        "side": side, "action": action, "unit": word.unit, "kind": kind });
    act.audit(tx, None, &what).await
}

const fn side_word(side: Side) -> &'static str {
    match side {
        Side::Top => "top",
        Side::Bottom => "bottom",
    }
}

fn side_of(word: &str) -> Side {
    match word {
        "top" => Side::Top,
        _ => Side::Bottom,
    }
}
