//! What a posted edition proposes (GY-18, GY-19). It is written down with the posting and never
//! changed; what a later edition does not propose any more is told apart by the edition.

use crate::service::error::ServiceError;
use crate::service::month::registry::Registry;
use crate::service::month::weak::lost;
use crate::store::{Row, StoreError, Tx, params, statements, statements_of_rows};
use app::backend::Matter;
use domain::ids::{SeasonId, UnitId};
use domain::month::Period;
use domain::month::charter::{Colour, Document, SeasonCharter};
use domain::month::ladder::{Ground, Timing};
use domain::number::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use sync::posted_month::{PostedCell, PostedGroup, PostedIndicator, PostedMonth, PostedUnit};

/// What stands between the names of indicators.
const BETWEEN: &str = "、";

statements! {
    PROPOSALS = "select p.*, u.name from proposal p join unit u on u.unit_id = p.unit_id
        where p.season_id = $1 order by p.period desc, p.group_name, p.rank, u.position, p.rule,
            p.edition";
    EDITIONS_OF = "select period, max(edition) as edition from posted_month
        where season_id = $1 group by period";
}

statements_of_rows! {
    PROPOSAL_ADD = "insert into proposal (season_id, period, edition, unit_id, rule, county_id,
            document, colour, group_name, behind, rank, of_units, indicator)
        select * from (values",
        "(cast($1 as text), cast($2 as text), cast($3 as bigint), cast($4 as text),
            cast($5 as text), cast($6 as text), cast($7 as text), cast($8 as text),
            cast($9 as text), cast($10 as bigint), cast($11 as bigint), cast($12 as bigint),
            cast($13 as text))",
        ") as came where column1 is not null";
}

/// What was proposed, by the last edition that did.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub matter: Matter,
    pub unit_name: String,
    pub edition: u32,
    pub document: Document,
    pub colour: Option<Colour>,
    pub group: String,
    pub behind: u32,
    pub rank: Option<u32>,
    pub of_units: u32,
    pub indicator: String,
    /// The newest edition of the month does not propose it.
    pub is_corrected: bool,
    /// A later month of the season is posted.
    pub is_late: bool,
}

/// Writes down what this edition proposes, by the rules that it was closed by.
///
/// # Errors
/// The database failed.
pub async fn write(
    tx: &mut Tx,
    month: &PostedMonth,
    registry: &Registry,
) -> Result<(), ServiceError> {
    let charter = &registry.charter;
    let county = tx.county();
    let mut rows = Vec::new();
    for (group, unit) in month.units().filter(|(_, unit)| !unit.external) {
        let rules: BTreeSet<&String> = unit.due.iter().collect();
        for rule in rules {
            let row = colour_of(charter, rule);
            rows.push(params![
                month.season,
                month.period.to_string(),
                month.edition,
                unit.unit,
                rule,
                county,
                document_word(charter.document(rule)),
                row.map_or("", colour_word),
                group.name.as_str(),
                unit.behind_in_a_row,
                unit.rank.map(i64::from),
                group.ranked(),
                about(month, (group, unit), registry, rule),
            ]);
        }
    }
    tx.batch([PROPOSAL_ADD.ask(rows)]).await?;
    Ok(())
}

fn colour_of(charter: &SeasonCharter, rule: &str) -> Option<Colour> {
    let mut rows = charter.ladder.iter();
    rows.find(|row| row.name == rule)?.colour
}

/// The indicators that a document is about: those that its rows look at, or the one indicator that
/// cost the unit most points.
fn about(
    month: &PostedMonth,
    (group, unit): (&PostedGroup, &PostedUnit),
    registry: &Registry,
    rule: &str,
) -> String {
    let grounds = grounds_of(&registry.charter, rule);
    let figures = month.figures(group, unit);
    let names: Vec<String> = figures
        .filter_map(|(one, cell)| {
            let ground = ground(registry, month.period, (one, cell))?;
            let (_, words) = grounds.iter().find(|(of, _)| *of == ground)?;
            Some(format!("{}{words}", one.name))
        })
        .collect();
    if !names.is_empty() {
        return names.join(BETWEEN);
    }
    let most = lost(month, unit).into_iter().next();
    most.map(|(one, _)| one.name.clone()).unwrap_or_default()
}

/// What the rows of this name look at in single figures, and what is said beside their names. A
/// row for a month behind in which an item is past due says it by its own name.
fn grounds_of(charter: &SeasonCharter, rule: &str) -> Vec<(Ground, &'static str)> {
    let rows = charter.ladder.iter().filter(|row| row.name == rule);
    rows.filter_map(|row| match row.ground {
        Ground::Behind if row.overdue => Some((Ground::PastDue, "")),
        Ground::NearlyDue => Some((Ground::NearlyDue, "（临近到期）")),
        Ground::BehindTime => Some((Ground::BehindTime, "（落后序时）")),
        Ground::PastDue => Some((Ground::PastDue, "（逾期）")),
        Ground::Behind | Ground::Red => None,
    })
    .collect()
}

/// What a posted figure gives ground for, by the rules that the month was closed by.
fn ground(
    registry: &Registry,
    period: Period,
    (one, cell): (&PostedIndicator, &PostedCell),
) -> Option<Ground> {
    let mut indicators = registry.indicators.iter();
    let indicator = indicators.find(|known| known.rule.key == one.code)?;
    let pace = cell
        .pace
        .as_deref()
        .and_then(|pace| pace.parse::<Decimal>().ok());
    let timing = Timing {
        due: indicator.rule.due,
        met: cell.met,
        is_behind_time: pace.is_some_and(Decimal::is_negative),
    };
    Ground::of_figure(period, timing)
}

/// Everything that the posted months of a season proposed, newest month first, each matter once.
///
/// # Errors
/// The database failed.
pub async fn load(tx: &mut Tx, season: SeasonId) -> Result<Vec<Proposal>, ServiceError> {
    let mut editions: BTreeMap<Period, u32> = BTreeMap::new();
    for row in tx.rows(EDITIONS_OF, &params![season]).await? {
        editions.insert(row.id("period")?, row.u32("edition")?);
    }
    let newest = editions.keys().next_back().copied();
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut places: BTreeMap<Matter, usize> = BTreeMap::new();
    for row in tx.rows(PROPOSALS, &params![season]).await? {
        let mut proposal = proposal(&row)?;
        let period = proposal.matter.period;
        proposal.is_corrected = editions.get(&period) != Some(&proposal.edition);
        proposal.is_late = newest != Some(period);
        match places
            .get(&proposal.matter)
            .and_then(|at| proposals.get_mut(*at))
        {
            Some(known) if known.edition < proposal.edition => *known = proposal,
            Some(_) => {}
            None => {
                places.insert(proposal.matter.clone(), proposals.len());
                proposals.push(proposal);
            }
        }
    }
    Ok(proposals)
}

pub(super) fn proposal(row: &Row) -> Result<Proposal, StoreError> {
    let rank = row.int_opt("rank")?;
    Ok(Proposal {
        matter: Matter {
            season: row.id("season_id")?,
            period: row.id("period")?,
            unit: row.id::<UnitId>("unit_id")?,
            rule: row.text("rule")?,
        },
        unit_name: row.text("name")?,
        edition: row.u32("edition")?,
        document: document_of(&row.text("document")?),
        colour: colour_of_word(&row.text("colour")?),
        group: row.text("group_name")?,
        behind: row.u32("behind")?,
        rank: rank.and_then(|rank| u32::try_from(rank).ok()),
        of_units: row.u32("of_units")?,
        indicator: row.text("indicator")?,
        is_corrected: false,
        is_late: false,
    })
}

pub const fn document_word(document: Document) -> &'static str {
    match document {
        Document::Slip => "slip",
        Document::Talk => "talk",
    }
}

pub(super) fn document_of(word: &str) -> Document {
    match word {
        "slip" => Document::Slip,
        _ => Document::Talk,
    }
}

const COLOURS: [(Colour, &str); 4] = [
    (Colour::Blue, "blue"),
    (Colour::Yellow, "yellow"),
    (Colour::Orange, "orange"),
    (Colour::Red, "red"),
];

fn colour_word(colour: Colour) -> &'static str {
    let mut words = COLOURS.iter();
    words
        .find(|(known, _)| *known == colour)
        .map_or("", |(_, word)| word)
}

fn colour_of_word(word: &str) -> Option<Colour> {
    let mut words = COLOURS.iter();
    words
        .find(|(_, known)| *known == word)
        .map(|(colour, _)| *colour)
}
