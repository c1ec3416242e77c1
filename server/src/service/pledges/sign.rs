//! Enters what was signed, and withdraws what was entered wrongly. Nothing of a paper is changed.

use super::{Known, known};
use crate::service::act::{Act, REASON_MAX, day as day_of, reason as reason_of, text_of};
use crate::service::calendar::in_effect;
use crate::service::error::ServiceError;
use crate::service::month::registry::{IndicatorRecord, Registry};
use crate::service::month::season::Season;
use crate::service::permission;
use crate::service::roster::cells;
use crate::service::roster::text::normalise;
use crate::store::{Store, Tx, params, statements};
use app::backend::{Capability, PledgeCommand};
use app::error::Detail;
use domain::ids::{PledgeId, SeasonId, UnitId};
use domain::month::indicator::Better;
use domain::month::pledge::Target;
use domain::month::{Day, Period};
use futures::FutureExt as _;
use serde_json::json;
use sync::typed;

statements! {
    PLEDGE_ADD = "insert into pledge (pledge_id, county_id, season_id, unit_id, signer, signed_on,
            document, account_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    PLEDGE_ITEM_ADD = "insert into pledge_item (pledge_id, position, county_id, code, name,
            measure, better, target, due)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    PLEDGE_WITHDRAW = "insert into pledge_withdrawal (pledge_id, county_id, words, account_id, at)
        values ($1, $2, $3, $4, $5)";
}

/// Figures on one paper.
const ITEMS_MAX: usize = 60;

/// Puts on record what a unit signed, or that this was entered wrongly.
///
/// # Errors
/// The charter has no pledges, the account may not do it, or entered the paper itself; the unit
/// signed for a figure already; or what was entered is wrong.
pub async fn command(
    store: &Store,
    act: &Act,
    season: SeasonId,
    command: PledgeCommand,
) -> Result<(), ServiceError> {
    let act = act.clone();
    store
        .write(move |tx| async move { command_in(tx, &act, season, command).await }.boxed())
        .await
}

async fn command_in(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    command: PledgeCommand,
) -> Result<(), ServiceError> {
    let owner = match command {
        PledgeCommand::Sign { .. } => Capability::Organise,
        PledgeCommand::Withdraw { .. } => Capability::Confirm,
    };
    permission::may(tx, act.account, &[owner]).await?;
    let season = Season::load(tx, season).await?;
    if !season.charter.pledges {
        return Err(ServiceError::Conflict("nothing_to_decide"));
    }
    let all = known(tx, season.id).await?;
    match command {
        PledgeCommand::Sign {
            unit,
            signer,
            day,
            document,
            items,
        } => {
            let paper = Paper {
                unit,
                signer: text_of("signer", &signer, REASON_MAX)?,
                signed_on: signed_on(&day, act)?,
                document: text_of("document", &document, REASON_MAX)?,
            };
            sign(tx, act, (&season, &all), (paper, &items)).await
        }
        PledgeCommand::Withdraw { pledge, reason } => {
            let known = all.iter().find(|known| known.pledge.id == pledge);
            let known = known.ok_or(ServiceError::NotFound("pledge"))?;
            withdraw(tx, act, known, &reason_of(&reason)?).await
        }
    }
}

/// The head of a paper.
struct Paper {
    unit: UnitId,
    signer: String,
    signed_on: Day,
    document: String,
}

fn signed_on(day: &str, act: &Act) -> Result<Day, ServiceError> {
    let day = day_of("day", day)?;
    match Day::of(act.now) < day {
        true => Err(ServiceError::invalid("day", "day_ahead")),
        false => Ok(day),
    }
}

async fn sign(
    tx: &mut Tx,
    act: &Act,
    (season, all): (&Season, &[Known]),
    (paper, lines): (Paper, &str),
) -> Result<(), ServiceError> {
    let registry = Registry::today(tx, season).await?;
    let months = in_effect(tx, season).await?;
    let mut groups = registry.groups.iter();
    let group = groups.find(|group| {
        let mut members = group.members.iter();
        members.any(|member| member.unit == paper.unit && !member.external)
    });
    let group = group.ok_or(ServiceError::invalid("unit", "unknown_unit"))?;
    let asked: Vec<&IndicatorRecord> = registry
        .indicators
        .iter()
        .filter(|one| one.rule.is_asked_of(&group.name))
        .collect();
    let standing: Vec<(&str, Period)> = all
        .iter()
        .filter(|known| known.pledge.unit == paper.unit && known.pledge.withdrawn.is_none())
        .flat_map(|known| &known.items)
        .map(|item| (item.code.as_str(), item.target.due))
        .collect();
    let signed = Period::of(paper.signed_on);
    let months = months.span().months();
    let months: Vec<Period> = months
        .filter(|period| signed <= *period && registry.charter.posts(*period))
        .collect();
    let items = read(lines, &asked, (&months, &standing))?;
    let (id, county) = (PledgeId(act.uuid()), tx.county());
    let row = params![
        id,
        county,
        season.id,
        paper.unit,
        paper.signer,
        paper.signed_on.to_string(),
        paper.document,
        act.account,
        act.now
    ];
    tx.execute(PLEDGE_ADD, &row).await?;
    for (position, (indicator, target)) in (1_i64..).zip(&items) {
        let better = match target.better {
            Better::Higher => "higher",
            Better::Lower => "lower",
        };
        let row = params![
            id,
            position,
            county,
            indicator.rule.key.as_str(),
            indicator.name.as_str(),
            indicator.measure.as_str(),
            better,
            target.value.to_string(),
            target.due.to_string()
        ];
        tx.execute(PLEDGE_ITEM_ADD, &row).await?;
    }
    let what = json!({ "do": "pledge_sign", "season": season.id, "pledge": id });
    act.audit(tx, None, &what).await
}

async fn withdraw(tx: &mut Tx, act: &Act, known: &Known, why: &str) -> Result<(), ServiceError> {
    if known.signed_by == act.account {
        return Err(ServiceError::Conflict("same_account"));
    }
    if known.pledge.withdrawn.is_some() {
        return Err(ServiceError::Conflict("nothing_changed"));
    }
    let (pledge, county) = (known.pledge.id, tx.county());
    let row = params![pledge, county, why, act.account, act.now];
    tx.execute(PLEDGE_WITHDRAW, &row).await?;
    let what = json!({ "do": "pledge_withdraw", "pledge": pledge });
    act.audit(tx, None, &what).await
}

/// Each line's indicator and target; all of them or what is wrong with each.
fn read<'a>(
    lines: &str,
    asked: &[&'a IndicatorRecord],
    (months, standing): (&[Period], &[(&str, Period)]),
) -> Result<Vec<(&'a IndicatorRecord, Target)>, ServiceError> {
    let mut items: Vec<(&IndicatorRecord, Target)> = Vec::new();
    let mut wrong = Vec::new();
    let lines = (1_u32..).zip(lines.lines().map(normalise));
    for (number, text) in lines.filter(|(_, text)| !text.is_empty()) {
        let known = items
            .iter()
            .map(|(one, target)| (&*one.rule.key, target.due));
        let taken: Vec<_> = standing.iter().copied().chain(known).collect();
        match read_line(&text, asked, months) {
            Ok((one, target)) if taken.contains(&(&*one.rule.key, target.due)) => {
                wrong.push((number, text, "pledge_twice"));
            }
            Ok(item) => items.push(item),
            Err(code) => wrong.push((number, text, code)),
        }
    }
    if !wrong.is_empty() {
        let details = wrong.into_iter().map(|(number, text, code)| Detail {
            at: format!("{number}. {text}"),
            message: code.to_owned(),
        });
        return Err(ServiceError::Invalid(details.collect()));
    }
    match items.len() {
        0 => Err(ServiceError::invalid("items", "empty")),
        count if ITEMS_MAX < count => Err(ServiceError::invalid("items", "too_many_rows")),
        _ => Ok(items),
    }
}

/// The indicator's code or name, what is to be reached, and the month, which has to be one that is
/// posted and asks for the figure: the season's last such where none is given.
fn read_line<'a>(
    text: &str,
    asked: &[&'a IndicatorRecord],
    months: &[Period],
) -> Result<(&'a IndicatorRecord, Target), &'static str> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let due = words.last().and_then(|word| cells::month(word).ok());
    if due.is_some() {
        words.pop();
    }
    let value = words.pop().ok_or("pledge_line")?;
    let name = words.join(" ");
    let mut meant = asked
        .iter()
        .filter(|one| one.rule.key.eq_ignore_ascii_case(&name) || one.name == name);
    let indicator = match (name.is_empty(), meant.next(), meant.next()) {
        (true, _, _) => return Err("pledge_line"),
        (_, Some(indicator), None) => *indicator,
        _ => return Err("pledge_indicator"),
    };
    let mut decide = months
        .iter()
        .copied()
        .filter(|period| indicator.rule.is_asked_in(*period));
    let due = match due {
        Some(due) => decide.find(|period| *period == due),
        None => decide.next_back(),
    };
    let due = due.ok_or("pledge_month")?;
    // Papers say 8.5亿元.
    let bare = value.strip_suffix(indicator.measure.as_str());
    let value = typed::figure(bare.unwrap_or(value), &indicator.measure);
    let value = value.map_err(|_| "not_a_number")?;
    if typed::is_percent(&indicator.measure) && typed::may_be_shares(&[value]) {
        return Err("pledge_share");
    }
    let target = Target {
        better: indicator.rule.better,
        value: value.value,
        due,
    };
    Ok((indicator, target))
}
