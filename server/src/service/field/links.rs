//! Cards outside contests: issued, printed, re-issued, withdrawn, unlocked. As with seats, a
//! card that goes takes its device's credential along, and what the device still sends is kept.

use super::{kept, period, without};
use crate::service::act::{Act, text_of};
use crate::service::audience;
use crate::service::cards::{CardAddress, NOT_SECURE, print, state};
use crate::service::desk::pads::{CardRecord, Hearing, PadRecord, card, heard_pad};
use crate::service::error::ServiceError;
use crate::service::holder::kind;
use crate::service::month::season::Season;
use crate::service::permission;
use crate::store::{Store, Tx, params, statements};
use app::backend::{Capability, LinkCommand, LinkRow, LinksPage};
use domain::ids::{AccountId, CardId, LinkId, Millis, SeasonId, UnitId};
use domain::month::Day;
use domain::month::charter::ENTRY_DAY_MAX;
use futures::FutureExt as _;
use serde_json::json;
use std::collections::BTreeMap;
use sync::protocol::HolderKind;

/// Characters of a holder's name.
const HOLDER_MAX: usize = 30;

statements! {
    LINKS = "select * from link where season_id = $1 order by number";
    LINK_CARDS = "select d.* from card d join link l on l.link_id = d.link_id
        where l.season_id = $1 order by d.issued_at, d.card_id";
    LINK_PADS = "select c.* from credential c join link l on l.link_id = c.link_id
        where l.season_id = $1 and c.state = 'active' order by c.paired_at, c.credential_id";
    ENTRY_DAY = "select entry_day from season where season_id = $1";
    ENTRY_DAY_SET = "update season set entry_day = $2 where season_id = $1";
    LINK_NUMBER = "select max(number) as number from link where season_id = $1";
    LINK_ADD = "insert into link (link_id, county_id, season_id, number, kind, holder, unit_id,
            scope, issued_by, expires_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    LINK_KIND = "select kind from link where link_id = $1 and season_id = $2";
    LINK_CARD_ADD = "insert into card
        (card_id, county_id, kind, link_id, secret, digits, issued_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    LINK_CARDS_WITHDRAW = "update card set withdrawn = 1 where link_id = $1";
    LINK_PADS_WITHDRAW = "update credential set state = 'withdrawn'
        where link_id = $1 and state = 'active'";
    LINK_PROLONG = "update link set expires_at = $2, issued_by = $3 where link_id = $1";
    LINK_UNLOCK = "update card set fails = 0, locked = 0 where link_id = $1 and withdrawn = 0";
}

/// The cards of a season as staff see them; whoever may organise can print them.
///
/// # Errors
/// There is no such season, or the database failed.
pub async fn page(
    store: &Store,
    account: AccountId,
    season: SeasonId,
    address: CardAddress<'_>,
    (hearing, now): (&dyn Hearing, Millis),
) -> Result<LinksPage, ServiceError> {
    let mut tx = store.read().await?;
    let the_season = Season::load(&mut tx, season).await?;
    let until = period::usual(&mut tx, &the_season, Day::of(now)).await?;
    let Season { name, charter, .. } = the_season;
    // Whoever reads a card can pair with it, and so do what it is for.
    let may = permission::capabilities(&mut tx, account).await?;
    let mut cards: BTreeMap<LinkId, CardRecord> = BTreeMap::new();
    for row in tx.rows(LINK_CARDS, &params![season]).await? {
        // In the order of their issue, so the newest one stays.
        cards.insert(row.id("link_id")?, card(&row)?);
    }
    let mut pads: BTreeMap<LinkId, PadRecord> = BTreeMap::new();
    for row in tx.rows(LINK_PADS, &params![season]).await? {
        pads.insert(row.id("link_id")?, heard_pad(&row, hearing)?);
    }
    let mut links = Vec::new();
    for row in tx.rows(LINKS, &params![season]).await? {
        let id = row.id("link_id")?;
        let card = cards.get(&id);
        let kind = kind(&row.text("kind")?);
        let may_print = needs(kind).iter().all(|needed| may.contains(needed));
        links.push(LinkRow {
            id,
            number: row.u32("number")?,
            kind,
            holder: row.text("holder")?,
            scope: row.text("scope")?,
            until: Day::of(Millis(row.u64("expires_at")?.saturating_sub(1))),
            state: state(card),
            print: print(card, address).filter(|_| may_print),
            pending: pads.get(&id).map_or(0, |pad| pad.pending),
            pairing: pads
                .get(&id)
                .filter(|_| kind != HolderKind::Unit)
                .map(|pad| pad.pairing(0, 0, now)),
        });
    }
    let entry_day = tx.row(ENTRY_DAY, &params![season]).await?;
    Ok(LinksPage {
        units_without: without::units(&mut tx, season, &name).await?.len(),
        sources_without: without::sources(&mut tx, season, &name).await?.len(),
        groups: without::groups(&mut tx, &name).await?,
        entry_day: entry_day.u32("entry_day")?,
        today: Day::of(now),
        until,
        kept: kept::list(&mut tx, season).await?,
        audience: charter.audience,
        reading: audience::key(&mut tx, season)
            .await?
            .map(|key| address.of_season(&key)),
        season,
        season_name: name,
        refused: (!address.is_secure).then(|| NOT_SECURE.to_owned()),
        links,
    })
}

/// Does what staff ask of a season's cards.
///
/// # Errors
/// There is no such season or link, or the holder's name is empty or too long.
pub async fn command(
    store: &Store,
    act: &Act,
    season: SeasonId,
    command: LinkCommand,
) -> Result<(), ServiceError> {
    let act = act.clone();
    store
        .write(move |tx| {
            async move {
                permission::may(tx, act.account, &[Capability::Organise]).await?;
                match command {
                    LinkCommand::IssueInspector { holder, until } => {
                        issue_inspector(tx, &act, season, (&holder, &until)).await
                    }
                    LinkCommand::IssueUnits { until } => {
                        issue_units(tx, &act, season, &until).await
                    }
                    LinkCommand::IssueSources { until } => {
                        issue_sources(tx, &act, season, &until).await
                    }
                    LinkCommand::IssueConfirmer {
                        holder,
                        group,
                        until,
                    } => issue_confirmer(tx, &act, season, (&holder, &group, &until)).await,
                    LinkCommand::RenewReading => renew_reading(tx, &act, season).await,
                    LinkCommand::SetEntryDay { day } => set_entry_day(tx, &act, season, day).await,
                    LinkCommand::EnterKept { op, saw, reason } => {
                        kept::decide(tx, &act, (season, op), (Some(&saw), &reason)).await
                    }
                    LinkCommand::LeaveKept { op, reason } => {
                        kept::decide(tx, &act, (season, op), (None, &reason)).await
                    }
                    LinkCommand::Reissue { link, until } => {
                        reissue(tx, &act, season, (link, &until)).await
                    }
                    LinkCommand::Withdraw { link } => withdraw(tx, &act, season, link).await,
                    LinkCommand::Unlock { link } => unlock(tx, &act, season, link).await,
                }
            }
            .boxed()
        })
        .await
}

/// What an account must be allowed, to have a card of this kind in its hands.
fn needs(kind: HolderKind) -> &'static [Capability] {
    match kind {
        HolderKind::Confirmer => &[Capability::Organise, Capability::Confirm],
        _ => &[Capability::Organise],
    }
}

async fn issue_inspector(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    (holder, until): (&str, &str),
) -> Result<(), ServiceError> {
    let season = Season::load(tx, season).await?;
    let holder = text_of("holder", holder, HOLDER_MAX)?;
    let expires_at = period::end(tx, &season, until, act.now).await?;
    let link = New::of("inspector", &holder, expires_at);
    add(tx, act, season.id, link).await?;
    audit(tx, act, json!({ "do": "issue_link", "holder": holder })).await
}

async fn issue_units(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    until: &str,
) -> Result<(), ServiceError> {
    let season = Season::load(tx, season).await?;
    let expires_at = period::end(tx, &season, until, act.now).await?;
    let units = without::units(tx, season.id, &season.name).await?;
    for unit in &units {
        let link = New {
            unit: Some(unit.id),
            ..New::of("unit", &unit.name, expires_at)
        };
        add(tx, act, season.id, link).await?;
    }
    let what = json!({ "do": "issue_unit_links", "issued": units.len() });
    audit(tx, act, what).await
}

async fn issue_sources(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    until: &str,
) -> Result<(), ServiceError> {
    let season = Season::load(tx, season).await?;
    let expires_at = period::end(tx, &season, until, act.now).await?;
    let sources = without::sources(tx, season.id, &season.name).await?;
    for source in &sources {
        let link = New::of("source", source, expires_at);
        add(tx, act, season.id, link).await?;
    }
    let what = json!({ "do": "issue_source_links", "issued": sources.len() });
    audit(tx, act, what).await
}

async fn issue_confirmer(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    (holder, group, until): (&str, &str, &str),
) -> Result<(), ServiceError> {
    permission::may(tx, act.account, &[Capability::Confirm]).await?;
    let season = Season::load(tx, season).await?;
    let expires_at = period::end(tx, &season, until, act.now).await?;
    let holder = text_of("holder", holder, HOLDER_MAX)?;
    let groups = without::groups(tx, &season.name).await?;
    if !group.is_empty() && !groups.iter().any(|known| known == group) {
        return Err(ServiceError::NotFound("group"));
    }
    let link = New {
        scope: group,
        ..New::of("confirmer", &holder, expires_at)
    };
    add(tx, act, season.id, link).await?;
    let what = json!({ "do": "issue_link", "holder": holder, "group": group });
    audit(tx, act, what).await
}

async fn renew_reading(tx: &mut Tx, act: &Act, season: SeasonId) -> Result<(), ServiceError> {
    Season::load(tx, season).await?;
    audience::renew(tx, act, season).await
}

async fn set_entry_day(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    day: u32,
) -> Result<(), ServiceError> {
    Season::load(tx, season).await?;
    if !(1..=ENTRY_DAY_MAX).contains(&day) {
        return Err(ServiceError::invalid("day", "entry_day"));
    }
    tx.execute(ENTRY_DAY_SET, &params![season, day]).await?;
    audit(tx, act, json!({ "do": "set_entry_day", "day": day })).await
}

/// A link that is to be issued.
struct New<'a> {
    kind: &'a str,
    holder: &'a str,
    unit: Option<UnitId>,
    scope: &'a str,
    expires_at: Millis,
}

impl<'a> New<'a> {
    fn of(kind: &'a str, holder: &'a str, expires_at: Millis) -> Self {
        Self {
            kind,
            holder,
            unit: None,
            scope: "",
            expires_at,
        }
    }
}

async fn add(tx: &mut Tx, act: &Act, season: SeasonId, link: New<'_>) -> Result<(), ServiceError> {
    let (id, county) = (LinkId(act.uuid()), tx.county());
    let last = tx.row(LINK_NUMBER, &params![season]).await?;
    let number = last.int_opt("number")?.unwrap_or_default() + 1;
    let row = params![
        id,
        county,
        season,
        number,
        link.kind,
        link.holder,
        link.unit,
        link.scope,
        act.account,
        link.expires_at,
        act.now
    ];
    tx.execute(LINK_ADD, &row).await?;
    add_card(tx, act, id, link.kind).await
}

async fn add_card(tx: &mut Tx, act: &Act, link: LinkId, kind: &str) -> Result<(), ServiceError> {
    let (id, county) = (CardId(act.uuid()), tx.county());
    let (secret, digits) = (act.chance.secret(), act.chance.digits());
    let row = params![id, county, kind, link, secret, digits, act.now];
    tx.execute(LINK_CARD_ADD, &row).await?;
    Ok(())
}

async fn reissue(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    (link, until): (LinkId, &str),
) -> Result<(), ServiceError> {
    let kind = kind_of(tx, season, link).await?;
    let season = Season::load(tx, season).await?;
    if kind == "confirmer" {
        permission::may(tx, act.account, &[Capability::Confirm]).await?;
    }
    take_away(tx, link).await?;
    let expires_at = period::end(tx, &season, until, act.now).await?;
    let prolonged = params![link, expires_at, act.account];
    tx.execute(LINK_PROLONG, &prolonged).await?;
    add_card(tx, act, link, &kind).await?;
    audit(tx, act, json!({ "do": "reissue_link", "link": link })).await
}

async fn withdraw(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    link: LinkId,
) -> Result<(), ServiceError> {
    kind_of(tx, season, link).await?;
    take_away(tx, link).await?;
    audit(tx, act, json!({ "do": "withdraw_link", "link": link })).await
}

async fn unlock(
    tx: &mut Tx,
    act: &Act,
    season: SeasonId,
    link: LinkId,
) -> Result<(), ServiceError> {
    kind_of(tx, season, link).await?;
    tx.execute(LINK_UNLOCK, &params![link]).await?;
    audit(tx, act, json!({ "do": "unlock_link", "link": link })).await
}

async fn take_away(tx: &mut Tx, link: LinkId) -> Result<(), ServiceError> {
    tx.execute(LINK_CARDS_WITHDRAW, &params![link]).await?;
    tx.execute(LINK_PADS_WITHDRAW, &params![link]).await?;
    Ok(())
}

async fn kind_of(tx: &mut Tx, season: SeasonId, link: LinkId) -> Result<String, ServiceError> {
    let row = tx.row_opt(LINK_KIND, &params![link, season]).await?;
    Ok(row.ok_or(ServiceError::NotFound("link"))?.text("kind")?)
}

async fn audit(tx: &mut Tx, act: &Act, what: serde_json::Value) -> Result<(), ServiceError> {
    act.audit(tx, None, &what).await
}
