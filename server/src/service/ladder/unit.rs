//! What a unit sees of the slips that went to it (GY-18). Talks are for named roles, and never here
//! (GY-19).

use super::slips::{stand, step_of};
use crate::store::{Row, StoreError, Tx, params, statements};
use domain::ids::{SeasonId, SlipId, UnitId};
use domain::month::slip::{SlipState, SlipStep};
use std::collections::BTreeMap;
use sync::protocol::{FieldReply, FieldSlip};

statements! {
    UNIT_SLIPS = "select * from slip
        where unit_id = $1 and season_id = $2 and document = 'slip'
        order by issued_at desc, slip_id desc limit 50";
    UNIT_STEPS = "select t.slip_id, t.kind, t.words, t.day from slip_step t
        join slip s on s.slip_id = t.slip_id
        where s.unit_id = $1 and s.season_id = $2 and s.document = 'slip'
        order by t.slip_id, t.position";
}

/// A unit's slips of a season, newest first; `today` is `2026-07-12`.
///
/// # Errors
/// The database failed.
pub(crate) async fn slips_of(
    tx: &mut Tx,
    unit: UnitId,
    season: SeasonId,
    today: &str,
) -> Result<Vec<FieldSlip>, StoreError> {
    let mut steps: BTreeMap<SlipId, Vec<Row>> = BTreeMap::new();
    for row in tx.rows(UNIT_STEPS, &params![unit, season]).await? {
        steps.entry(row.id("slip_id")?).or_default().push(row);
    }
    let rows = tx.rows(UNIT_SLIPS, &params![unit, season]).await?;
    let read = |row: &Row| {
        let id = row.id("slip_id")?;
        slip(row, &steps.remove(&id).unwrap_or_default(), today)
    };
    rows.iter().map(read).collect()
}

fn slip(row: &Row, steps: &[Row], today: &str) -> Result<FieldSlip, StoreError> {
    let (due, done) = stand(row, steps)?;
    let mut replies = Vec::new();
    for step in steps {
        if step_of(&step.text("kind")?) == SlipStep::Reply {
            replies.push(FieldReply {
                day: step.text("day")?,
                words: step.text("words")?,
            });
        }
    }
    Ok(FieldSlip {
        id: row.id("slip_id")?,
        rule: row.text("rule")?,
        year: row.u32("year")?,
        number: row.u32("number")?,
        reason: row.text("reason")?,
        demand: row.text("demand")?,
        state: SlipState::after(&done, &due, today),
        due,
        replies,
    })
}
