//! What comes into a month from phones: records by inspectors, appeals by units. A phone may have
//! been away for weeks, so nothing is refused for coming late: it is marked, and a person decides.

use super::merits::{day_of, points_of, refuse_unknown_unit};
use super::posting::{is_closed, is_posted};
use super::{entry, group_flags, replies};
use crate::service::act::{REASON_MAX, optional_text, reason as reason_of, text_of};
use crate::service::error::ServiceError;
use crate::service::ladder::slips::{Reply, reply_by_unit};
use crate::store::{Tx, params, statements};
use app::when;
use domain::ids::{AccountId, LinkId, MeritId, Millis, OpId, SeasonId, SlipId, UnitId};
use domain::month::SeasonCharter;
use domain::month::item::{DOCUMENT_NO_MAX, ITEM_NAME_MAX};
use sync::protocol::{CredentialState, DIMENSION_MAX, FieldAct, FieldRecord, SPOT_MAX};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

statements! {
    LINK = "select kind, holder, season_id, unit_id, scope, issued_by from link
        where link_id = $1 and county_id = $2";
    DECIDED = "select m.period, m.state, m.link_id, m.recorded_by, g.name as group_name from merit m
        join season s on s.season_id = m.season_id
        left join unit_group g on g.county_id = m.county_id and g.season = s.name
            and g.unit_id = m.unit_id
        where m.merit_id = $1 and m.season_id = $2";
    /// The account that the card was issued by then answers for what it decides, whoever issues
    /// the card again later.
    DECIDE = "update merit set state = $2, decided_link = $3, decided_by = $4,
            decided_reason = $5, decided_at = $6
        where merit_id = $1";
    RECORD_ADD = "insert into merit (merit_id, county_id, season_id, unit_id, period, day,
            dimension, points, reason, state, created_at, link_id, mark, proposed_spot, item,
            document_no)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'recorded', $10, $11, $12, $13, $14, $15)";
    APPEALED = "select m.merit_id, m.state, m.decided_at, s.charter_json from merit m
        join season s on s.season_id = m.season_id
        where m.merit_id = $1 and m.season_id = $2 and m.unit_id = $3";
    APPEAL = "select merit_id from appeal where merit_id = $1";
    APPEAL_ADD = "insert into appeal
        (merit_id, county_id, link_id, reason, late, state, created_at)
        values ($1, $2, $3, $4, $5, 'open', $6)";
}

/// Whose phone something came from, and when.
pub(crate) struct From {
    pub link: LinkId,
    pub op_id: OpId,
    /// How its card stood.
    pub card: CredentialState,
    /// The account that enters what could not be entered when it came.
    pub exception: Option<AccountId>,
    /// When it arrived.
    pub came_at: Millis,
    pub now: Millis,
}

impl From {
    /// Enters what a phone said.
    ///
    /// # Errors
    /// What it says cannot be entered, or the database failed.
    pub(crate) async fn enter(&self, tx: &mut Tx, said: &FieldAct) -> Result<(), ServiceError> {
        match said {
            FieldAct::Record(one) => record(tx, self, one).await,
            FieldAct::Appeal { merit, reason, .. } => appeal(tx, self, *merit, reason).await,
            FieldAct::Reply { slip, words, .. } => reply(tx, self, *slip, words).await,
            FieldAct::MeritReply { merit, words, .. } => {
                replies::enter(tx, self, *merit, words).await
            }
            FieldAct::Decide {
                merit,
                is_confirmed,
                reason,
                ..
            } => decide(tx, self, (*merit, *is_confirmed), reason).await,
            FieldAct::DecideFlags {
                period,
                close,
                is_agreed,
                reason,
                ..
            } => group_flags::decide(tx, self, (*period, close), (*is_agreed, reason)).await,
            FieldAct::Figures(figures) => entry::enter(tx, self, figures).await,
        }
    }
}

/// Enters an inspector's record; it counts once an account has confirmed it.
///
/// # Errors
/// It is no inspector's, its unit is in no group of the season, or a field cannot be read.
async fn record(tx: &mut Tx, from: &From, record: &FieldRecord) -> Result<(), ServiceError> {
    let season = link(tx, from, "inspector").await?.season;
    let points = points_of(&record.points)?;
    let dimension = text_of("dimension", &record.dimension, DIMENSION_MAX)?;
    let reason = text_of("reason", &record.reason, REASON_MAX)?;
    let spot = optional_text("spot", &record.spot, SPOT_MAX)?;
    // As the phone showed it, whatever the charter lists by now: whoever confirms it sees both.
    let item = optional_text("item", &record.item, ITEM_NAME_MAX)?;
    let document_no = optional_text("document_no", &record.document_no, DOCUMENT_NO_MAX)?;
    let (day, period) = day_of(&record.day)?;
    refuse_unknown_unit(tx, season, record.unit).await?;
    let is_late = is_closed(tx, (season, period)).await? || is_posted(tx, (season, period)).await?;
    let mark = match from.card {
        CredentialState::Replaced | CredentialState::Withdrawn => "card",
        _ if is_late => "late",
        _ => "",
    };
    let county = tx.county();
    let row = params![
        MeritId(from.op_id.0),
        county,
        season,
        record.unit,
        period.to_string(),
        day,
        dimension,
        points.to_string(),
        reason,
        from.now,
        from.link,
        mark,
        spot,
        item,
        document_no,
    ];
    tx.execute(RECORD_ADD, &row).await?;
    Ok(())
}

/// Enters a unit's appeal against one of its records. One that comes after the charter's days is
/// kept as late.
///
/// # Errors
/// It is no unit's, the record is not about it or not confirmed, or it was appealed against before.
async fn appeal(
    tx: &mut Tx,
    from: &From,
    merit: MeritId,
    reason: &str,
) -> Result<(), ServiceError> {
    let Link { season, unit, .. } = link(tx, from, "unit").await?;
    let reason = text_of("reason", reason, REASON_MAX)?;
    let about = params![merit, season, unit];
    let row = tx.row_opt(APPEALED, &about).await?;
    let row = row.filter(|row| row.text("state").is_ok_and(|state| state == "confirmed"));
    let row = row.ok_or(ServiceError::NotFound("merit"))?;
    if tx.row_opt(APPEAL, &params![merit]).await?.is_some() {
        return Err(ServiceError::Conflict("appealed"));
    }
    let charter: SeasonCharter = row.json("charter_json")?;
    let until = appeal_until(row.millis_opt("decided_at")?, charter.appeal_days);
    // The last day counts whole, as the phone says it.
    let is_late = until.is_none_or(|until| when::day(until) < when::day(from.now));
    let county = tx.county();
    let row = params![merit, county, from.link, reason, is_late, from.now];
    tx.execute(APPEAL_ADD, &row).await?;
    Ok(())
}

/// Puts a unit's answer to its slip on the record, on the day on which it came.
///
/// # Errors
/// It is no unit's, the slip went to another one or is closed, or the answer says too little.
async fn reply(tx: &mut Tx, from: &From, slip: SlipId, words: &str) -> Result<(), ServiceError> {
    let link = link(tx, from, "unit").await?;
    refuse_card_gone(from)?;
    let unit = link.unit.ok_or(ServiceError::Forbidden)?;
    let given = Reply {
        who: link.holder,
        day: when::day(from.came_at),
        words: words.to_owned(),
    };
    reply_by_unit(tx, (unit, from.link), from.now, slip, &given).await
}

/// A confirmer lets a record count, or strikes it out. Who recorded it has another card.
///
/// # Errors
/// It is no confirmer's or the card was taken away, the record is of another group or decided, or
/// its month is closed.
async fn decide(
    tx: &mut Tx,
    from: &From,
    (merit, is_confirmed): (MeritId, bool),
    reason: &str,
) -> Result<(), ServiceError> {
    let link = link(tx, from, "confirmer").await?;
    refuse_card_gone(from)?;
    let row = tx.row_opt(DECIDED, &params![merit, link.season]).await?;
    let row = row.ok_or(ServiceError::NotFound("merit"))?;
    let group = row.text_opt("group_name")?.unwrap_or_default();
    if !link.scope.is_empty() && link.scope != group {
        return Err(ServiceError::NotFound("merit"));
    }
    // Nor somebody who recorded it, by a card that went through their own hands.
    let recorded_by = row.id_opt::<AccountId>("recorded_by")?;
    if row.id_opt::<LinkId>("link_id")? == Some(from.link) || recorded_by == Some(link.issued_by) {
        return Err(ServiceError::Conflict("same_account"));
    }
    if is_closed(tx, (link.season, row.id("period")?)).await? {
        return Err(ServiceError::Conflict("month_closed"));
    }
    if row.text("state")? != "recorded" {
        return Err(ServiceError::Conflict("merit_decided"));
    }
    let (state, reason) = match is_confirmed {
        true => ("confirmed", String::new()),
        false => ("void", reason_of(reason)?),
    };
    let row = params![merit, state, from.link, link.issued_by, reason, from.now];
    tx.execute(DECIDE, &row).await?;
    Ok(())
}

/// What a card says that was taken from its device waits for an account.
pub(super) fn refuse_card_gone(from: &From) -> Result<(), ServiceError> {
    match from.card {
        CredentialState::Replaced | CredentialState::Withdrawn => {
            Err(ServiceError::Conflict(entry::CARD_GONE))
        }
        _ => Ok(()),
    }
}

/// Until when a record that was confirmed then may be appealed against.
pub(crate) fn appeal_until(confirmed_at: Option<Millis>, days: u32) -> Option<Millis> {
    let days_ms = u64::from(days) * DAY_MS;
    confirmed_at.map(|at| Millis(at.0.saturating_add(days_ms)))
}

/// What a card is for.
pub(super) struct Link {
    holder: String,
    pub season: SeasonId,
    pub unit: Option<UnitId>,
    pub scope: String,
    issued_by: AccountId,
}

/// The link of what a phone said, which has to be of this kind.
pub(super) async fn link(tx: &mut Tx, from: &From, kind: &str) -> Result<Link, ServiceError> {
    let county = tx.county();
    let row = tx.row_opt(LINK, &params![from.link, county]).await?;
    let row = row.ok_or(ServiceError::NotFound("link"))?;
    if row.text("kind")? != kind {
        return Err(ServiceError::Forbidden);
    }
    Ok(Link {
        holder: row.text("holder")?,
        season: row.id("season_id")?,
        unit: row.id_opt("unit_id")?,
        scope: row.text("scope")?,
        issued_by: row.id("issued_by")?,
    })
}
