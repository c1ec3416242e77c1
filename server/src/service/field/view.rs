//! Pull: all that one link may see. Invariant: an inspector sees its own records, a unit what is
//! about itself, a confirmer what it may decide about, a department its own indicators, and nobody
//! anything else.

use super::photo;
use crate::service::calendar;
use crate::service::error::ServiceError;
use crate::service::holder::{Holder, kind};
use crate::service::ladder::unit::slips_of;
use crate::service::month::entry::entry;
use crate::service::month::field::appeal_until;
use crate::service::month::group_flags;
use crate::service::month::record::{appeal_state, merit_state};
use crate::service::month::replies;
use crate::service::month::units::initials;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{CalendarRow, MeritState};
use app::when;
use domain::ids::{ContestId, EntryId, LinkId, Millis, OpId, SeasonId, SeatId, SheetId, UnitId};
use domain::month::audience::{Audience, SlipAudience};
use domain::month::cadence::Output;
use domain::month::item::CheckItem;
use domain::month::{Day, Period, SeasonCharter};
use serde_json::json;
use sync::protocol::{
    Appeal, Change, ContestView, CredentialView, Delta, DeviceSeq, FieldDuty, FieldDutyKind,
    FieldItem, FieldKept, FieldMerit, FieldState, FieldUnit, FieldView, HolderKind, Op, OwnSheet,
    PROTOCOL_VERSION, PROTOCOL_VERSION_MIN, SeatCharter, SeatInfo, SeatView, StageState, Standing,
    points,
};
use uuid::Uuid;

/// Kept ops that a phone shows.
const KEPT_MAX: usize = 20;

statements! {
    VIEW_LINK = "select l.*, s.name as season, s.charter_json, s.charter_version from link l
        join season s on s.season_id = l.season_id where l.link_id = $1 and l.county_id = $2";
    VIEW_UNITS = "select u.unit_id, u.name, g.name as group_name from unit_group g
        join unit u on u.unit_id = g.unit_id
        where g.county_id = $1 and g.season = $2 and u.level <> 'county'
        order by g.name, u.position, u.code";
    VIEW_DIMENSIONS = "select dimension from merit
        where season_id = $1 and (state = 'confirmed' or link_id = $2)
        group by dimension order by count(*) desc, dimension limit 8";
    MERITS_OF_LINK = "select m.*, u.name as unit_name, p.size as photo,
            p.received_at as photo_at
        from merit m join unit u on u.unit_id = m.unit_id
        left join photo p on p.op_id = m.merit_id
        where m.link_id = $1 order by m.created_at desc, m.merit_id desc limit 200";
    MERITS_OF_UNIT = "select m.*, u.name as unit_name, a.reason as appeal_reason,
            a.state as appeal_state, a.decided_reason as appeal_decided, p.size as photo,
            p.received_at as photo_at
        from merit m join unit u on u.unit_id = m.unit_id
        left join photo p on p.op_id = m.merit_id
        left join appeal a on a.merit_id = m.merit_id
        where m.unit_id = $1 and m.season_id = $2
            and (m.state = 'confirmed' or a.merit_id is not null
                or exists (select 1 from merit_reply r where r.merit_id = m.merit_id))
        order by m.day desc, m.merit_id desc limit 200";
    /// What a confirmer may decide about, and what it decided. A closed month takes nothing.
    /// Not those of the account that issued the card: it would confirm its own (GY-16).
    MERITS_TO_CONFIRM = "select m.*, u.name as unit_name, p.size as photo,
            p.received_at as photo_at
        from merit m join unit u on u.unit_id = m.unit_id
        left join photo p on p.op_id = m.merit_id
        join season s on s.season_id = m.season_id
        left join unit_group g on g.county_id = m.county_id and g.season = s.name
            and g.unit_id = m.unit_id
        where m.season_id = $1 and ($2 = '' or g.name = $2)
            and (m.decided_link = $3 or (m.state = 'recorded'
                and coalesce(m.recorded_by, '') <>
                    (select l.issued_by from link l where l.link_id = $3)
                and not exists (select 1 from closed_month c
                    where c.season_id = m.season_id and c.period = m.period)))
        order by case when m.state = 'recorded' then 0 else 1 end, m.created_at, m.merit_id
        limit 200";
    /// More than a phone keeps unsent.
    VIEW_OPS = "select o.op_id, o.standing, o.received_at, o.device_id, o.body, k.entered,
            k.reason as decided
        from field_op o left join kept_decision k on k.op_id = o.op_id
        where o.link_id = $1 order by o.server_seq desc limit 1000";
    VIEW_DEVICE_SEQ = "select max(device_seq) as device_seq from field_op
        where link_id = $1 and device_id = $2";
}

/// The whole view, each time: it is small, and asked for once a minute.
///
/// # Errors
/// The database failed.
pub async fn pull(
    store: &Store,
    holder: &Holder,
    link: LinkId,
    now: Millis,
) -> Result<Delta, ServiceError> {
    let mut tx = store.read().await?;
    let county = tx.county();
    let row = tx.row_opt(VIEW_LINK, &params![link, county]).await?;
    let row = row.ok_or(ServiceError::NotFound("link"))?;
    let mut field = field(&mut tx, (link, &row), now).await?;
    let own = params![link, holder.device];
    let device_seq = tx.row(VIEW_DEVICE_SEQ, &own).await?;
    let device_seq = device_seq.millis_opt("device_seq")?.unwrap_or_default().0;
    let ops = tx.rows(VIEW_OPS, &params![link]).await?;
    let sheets: Result<_, StoreError> = ops.iter().map(arrived).collect();
    let kept: Result<Vec<_>, StoreError> =
        ops.iter().filter_map(|op| kept(op).transpose()).collect();
    field.due = due(&mut tx, &row, Day::of(now)).await?;
    field.kept = kept?;
    field.kept.truncate(KEPT_MAX);
    let view = SeatView {
        contest: contest(&row, store)?,
        seat: info(link, &row)?,
        charter: SeatCharter::default(),
        entries: Vec::new(),
        sheets: sheets?,
        credential: CredentialView {
            id: holder.credential,
            state: holder.state,
            expires_at: holder.expires_at,
            took_over_at: holder.took_over_at,
            device_seq: DeviceSeq(device_seq),
        },
        owed: row.id_opt("unit_id")?.map(|unit| field.owed(unit)),
        field: Some(json!(field).to_string()),
    };
    Ok(Delta {
        protocol: PROTOCOL_VERSION,
        min_protocol: PROTOCOL_VERSION_MIN,
        cursor: tx.seq_now().await?,
        server_time: now,
        unchanged: false,
        view: Some(Box::new(view)),
    })
}

async fn field(
    tx: &mut Tx,
    (link, row): (LinkId, &Row),
    now: Millis,
) -> Result<FieldView, ServiceError> {
    let season: SeasonId = row.id("season_id")?;
    let county = tx.county();
    let name = row.text("season")?;
    let units = tx.rows(VIEW_UNITS, &params![county, name.as_str()]).await?;
    let units: Result<_, StoreError> = units.iter().map(field_unit).collect();
    let charter: SeasonCharter = row.json("charter_json")?;
    let mut view = FieldView {
        season_name: name,
        period: Period::of(Day::of(now)),
        today: when::day(now),
        units: units?,
        appeal_days: charter.appeal_days,
        dimensions: Vec::new(),
        merits: Vec::new(),
        takes_photos: charter.merit_photos,
        slips: Vec::new(),
        entry: None,
        kept: Vec::new(),
        has_spots: false,
        is_page_withheld: charter.audience.unit != Audience::Public,
        items: Vec::new(),
        items_only: false,
        plan: None,
        flags: Vec::new(),
        due: Vec::new(),
    };
    match kind(&row.text("kind")?) {
        HolderKind::Inspector => {
            let dimensions = tx.rows(VIEW_DIMENSIONS, &params![season, link]).await?;
            let dimensions: Result<_, StoreError> =
                dimensions.iter().map(|row| row.text("dimension")).collect();
            view.dimensions = dimensions?;
            add_items(&mut view, &charter);
            view.merits = merits(&tx.rows(MERITS_OF_LINK, &params![link]).await?)?;
        }
        HolderKind::Unit => {
            let unit: UnitId = row.id("unit_id")?;
            view.units.retain(|one| one.id == unit);
            let merits = tx.rows(MERITS_OF_UNIT, &params![unit, season]).await?;
            let merits = merits.iter().map(|row| own_merit(row, charter.appeal_days));
            let merits: Result<_, StoreError> = merits.collect();
            view.merits = merits?;
            let mut replies = replies::of_unit(tx, unit, season).await?;
            for merit in &mut view.merits {
                merit.replies = replies.remove(&merit.id).unwrap_or_default();
            }
            let of_season = (season, &charter.audience);
            view.plan = replies::plan(tx, of_season, unit, Day::of(now)).await?;
            if charter.audience.slips == SlipAudience::Unit {
                view.slips = slips_of(tx, unit, season, &view.today).await?;
            }
        }
        HolderKind::Confirmer => {
            let scope = row.text("scope")?;
            view.flags = group_flags::of_card(tx, season, &scope).await?;
            let asked = params![season, scope, link];
            view.merits = merits(&tx.rows(MERITS_TO_CONFIRM, &asked).await?)?;
            mark_unlisted(&charter, &mut view.merits);
        }
        HolderKind::Source => view.entry = Some(entry(tx, link, now).await?),
        HolderKind::Seat | HolderKind::Host | HolderKind::Unknown => {}
    }
    Ok(view)
}

/// What the calendar asks of the holder: an inspector inspects, a confirmer decides before a month
/// is posted, and a unit speaks and is heard. A department's window stands on its entry.
async fn due(tx: &mut Tx, link: &Row, today: Day) -> Result<Vec<FieldDuty>, ServiceError> {
    let (what, outputs): (_, &[Output]) = match kind(&link.text("kind")?) {
        HolderKind::Inspector => (FieldDutyKind::Inspect, &[Output::Records]),
        HolderKind::Confirmer => (FieldDutyKind::Decide, &[Output::Posting]),
        HolderKind::Unit => (FieldDutyKind::Attend, &[Output::Speeches, Output::Hearing]),
        _ => return Ok(Vec::new()),
    };
    let rows = calendar::open_now(tx, link.id("season_id")?, outputs, today).await?;
    let duty = |row: CalendarRow| FieldDuty {
        rule: row.rule,
        what,
        span: row.span,
        until: row.window.to,
    };
    Ok(rows.into_iter().map(duty).collect())
}

fn merits(rows: &[Row]) -> Result<Vec<FieldMerit>, StoreError> {
    rows.iter().map(merit).collect()
}

fn contest(row: &Row, store: &Store) -> Result<ContestView, ServiceError> {
    let county = store.county();
    Ok(ContestView {
        id: ContestId(Uuid::nil()),
        title: row.text("season")?,
        subtitle: String::new(),
        state: StageState::Open,
        charter_version: row.u32("charter_version")?,
        roster_version: 0,
        county: county.name.clone(),
        demo: county.demo,
    })
}

fn info(link: LinkId, row: &Row) -> Result<SeatInfo, StoreError> {
    let holder = row.text("holder")?;
    let number = row.u32("number")?;
    Ok(SeatInfo {
        id: SeatId(link.0),
        number,
        label: number.to_string(),
        class: row.text("kind")?,
        class_name: holder.clone(),
        holder: Some(holder),
    })
}

fn field_unit(row: &Row) -> Result<FieldUnit, StoreError> {
    let name = row.text("name")?;
    Ok(FieldUnit {
        id: row.id("unit_id")?,
        initials: initials(&name),
        name,
        group: row.text("group_name")?,
    })
}

/// What an inspector may tap, and propose.
fn add_items(view: &mut FieldView, charter: &SeasonCharter) {
    view.has_spots = charter.spots;
    view.items = charter.items.iter().map(field_item).collect();
    view.items_only = charter.items_only;
}

fn field_item(item: &CheckItem) -> FieldItem {
    FieldItem {
        dimension: item.dimension.clone(),
        name: item.name.clone(),
        points: item.points.to_string(),
        cap: item.cap.map_or(String::new(), String::from),
        has_document: item.has_document,
    }
}

/// What could not be entered when it came, as it came.
fn kept(row: &Row) -> Result<Option<FieldKept>, StoreError> {
    let standing: Standing = row.json("standing")?;
    if !matches!(standing, Standing::Quarantined { .. }) {
        return Ok(None);
    }
    let op = serde_json::from_str(&row.text("body")?).ok();
    let text = op.as_ref().and_then(said).unwrap_or_default().to_owned();
    Ok(Some(FieldKept {
        op_id: row.id("op_id")?,
        at: row.millis("received_at")?,
        text,
        is_entered: row.int_opt("entered")? == Some(1),
        decided: row.text_opt("decided")?.unwrap_or_default(),
    }))
}

/// The words of an op.
pub(super) fn said(op: &Op) -> Option<&str> {
    match &op.change {
        Change::Field(text) => Some(text),
        _ => None,
    }
}

/// That an op is here; what it says stands elsewhere.
fn arrived(row: &Row) -> Result<OwnSheet, StoreError> {
    let op_id: OpId = row.id("op_id")?;
    Ok(OwnSheet {
        op_id,
        sheet_id: SheetId(op_id.0),
        entry: EntryId(Uuid::nil()),
        attempt: 1,
        version: 1,
        replaces: None,
        marks: Vec::new(),
        standing: row.json("standing")?,
        received_at: row.millis("received_at")?,
        device: row.id("device_id")?,
    })
}

fn merit(row: &Row) -> Result<FieldMerit, StoreError> {
    let is_late = row.text("mark")? == "late";
    let link: Option<LinkId> = row.id_opt("link_id")?;
    let id = row.id("merit_id")?;
    Ok(FieldMerit {
        id,
        op_id: link.map(|_| OpId(id.0)),
        unit: row.id("unit_id")?,
        unit_name: row.text("unit_name")?,
        points: row.text("points")?,
        dimension: row.text("dimension")?,
        reason: row.text("reason")?,
        day: row.text("day")?,
        state: match merit_state(row)? {
            MeritState::Confirmed => FieldState::Confirmed,
            MeritState::Void => FieldState::Void,
            MeritState::Recorded if is_late => FieldState::Late,
            MeritState::Recorded => FieldState::Recorded,
        },
        decided: row.text("decided_reason")?,
        appeal_until: String::new(),
        appeal: None,
        photo: photo::state(row)?,
        item: row.text("item")?,
        document_no: row.text("document_no")?,
        is_unlisted: false,
        replies: Vec::new(),
    })
}

/// Whoever decides about a record has to look twice where the charter does not list it (ES-3).
fn mark_unlisted(charter: &SeasonCharter, merits: &mut [FieldMerit]) {
    for merit in merits {
        let waits = matches!(merit.state, FieldState::Recorded | FieldState::Late);
        let lists = |points| charter.lists(&merit.item, &merit.dimension, points);
        merit.is_unlisted = waits && !points(&merit.points).is_some_and(lists);
    }
}

/// A record as the unit sees that it is about: with its appeal, or until when there may be one.
fn own_merit(row: &Row, appeal_days: u32) -> Result<FieldMerit, StoreError> {
    let mut merit = merit(row)?;
    merit.appeal = appeal(row)?;
    if merit.state == FieldState::Confirmed && merit.appeal.is_none() {
        let until = appeal_until(row.millis_opt("decided_at")?, appeal_days);
        merit.appeal_until = until.map(when::day).unwrap_or_default();
    }
    Ok(merit)
}

fn appeal(row: &Row) -> Result<Option<Appeal>, StoreError> {
    let Some(reason) = row.text_opt("appeal_reason")? else {
        return Ok(None);
    };
    Ok(Some(Appeal {
        reason,
        state: appeal_state(&row.text("appeal_state")?),
        decided: row.text("appeal_decided")?,
    }))
}
