//! The versions of a sheet that one place holds, as they lie in the database: read, added to, and
//! written back where a standing changed.

use super::sheets::{
    Arrival, Decision, Place, PlaceFacts, Verdict, admission, json, place, standings, state,
};
use crate::store::{Asked, Row, StoreError, Tx, params, statements, statements_of_rows};
use domain::ids::OpId;
use std::collections::{BTreeMap, BTreeSet};
use sync::protocol::Standing;

statements! {
    STANDING_SET = "update sheet set standing = $2, state = $3 where op_id = $1";
}

statements_of_rows! {
    ARRIVALS = "with place (entry_id, attempt, seat_id) as (values",
        "(cast($1 as text), cast($2 as bigint), cast($3 as text))",
        ") select s.entry_id, s.attempt, s.seat_id, s.op_id, s.replaces, s.server_seq, s.arrival,
            s.standing
        from place cross join sheet s where s.entry_id = place.entry_id
            and s.attempt = place.attempt and s.seat_id = place.seat_id
        order by s.server_seq";
    DECISIONS = "with place (entry_id, attempt, seat_id) as (values",
        "(cast($1 as text), cast($2 as bigint), cast($3 as text))",
        ") select s.entry_id, s.attempt, s.seat_id, d.op_id, d.server_seq, d.verdict
        from place cross join sheet s join decision d on d.op_id = s.op_id
        where s.entry_id = place.entry_id and s.attempt = place.attempt
            and s.seat_id = place.seat_id
        order by d.server_seq";
}

/// The versions of one place in the order of their numbers, and what was decided on them.
#[derive(Clone, Debug, Default)]
pub(super) struct Siblings {
    arrivals: Vec<Arrival>,
    /// As they are now, one for each version.
    standings: Vec<Standing>,
    /// As they lie in the database; versions that were added are not there yet.
    stored: Vec<Standing>,
    decisions: Vec<Decision>,
}

impl Siblings {
    /// Those of one place.
    pub(super) async fn load(tx: &mut Tx, place: Place) -> Result<Self, StoreError> {
        let [arrivals, decisions] = Self::ask([place]);
        let [arrivals, decisions] = tx.batch([arrivals, decisions]).await?;
        let mut found = Self::read(&arrivals, &decisions)?;
        Ok(found.remove(&place).unwrap_or_default())
    }

    /// What is to be asked of the database for some places.
    pub(super) fn ask(places: impl IntoIterator<Item = Place>) -> [Asked<'static>; 2] {
        let places: BTreeSet<Place> = places.into_iter().collect();
        let key = |place: &Place| params![place.entry, place.attempt, place.seat];
        [
            ARRIVALS.ask(places.iter().map(key)),
            DECISIONS.ask(places.iter().map(key)),
        ]
    }

    /// What it answers: the places that hold something.
    pub(super) fn read(
        arrivals: &[Row],
        decisions: &[Row],
    ) -> Result<BTreeMap<Place, Self>, StoreError> {
        let mut found: BTreeMap<Place, Self> = BTreeMap::new();
        for row in arrivals {
            found.entry(place(row)?).or_default().push(row)?;
        }
        for row in decisions {
            let siblings = found.entry(place(row)?).or_default();
            siblings.decisions.push(decision(row)?);
        }
        Ok(found)
    }

    /// Works them out anew.
    pub(super) fn settle(&mut self, facts: PlaceFacts) {
        let placed = standings(&self.arrivals, &self.decisions, facts);
        self.standings = placed.into_iter().map(|(_, standing)| standing).collect();
    }

    /// Takes one more version, and answers what it is.
    pub(super) fn add(&mut self, facts: PlaceFacts, arrival: Arrival) -> Standing {
        self.arrivals.push(arrival);
        self.settle(facts);
        self.standings.last().cloned().unwrap_or(Standing::Unknown)
    }

    /// What a version is now.
    pub(super) fn standing(&self, op: OpId) -> Option<&Standing> {
        let at = self.arrivals.iter().position(|arrival| arrival.op == op)?;
        self.standings.get(at)
    }

    /// Writes down each standing that is not what it was, and tells whether there was one. To write
    /// down versions that were added is left to the caller.
    pub(super) async fn store(&self, tx: &mut Tx) -> Result<bool, StoreError> {
        let mut changed = false;
        let stored = self.stored.iter().zip(&self.standings).zip(&self.arrivals);
        for ((before, now), arrival) in stored {
            if before != now {
                changed = true;
                let row = params![arrival.op, json(now), state(now)];
                tx.execute(STANDING_SET, &row).await?;
            }
        }
        Ok(changed)
    }

    fn push(&mut self, row: &Row) -> Result<(), StoreError> {
        let standing: Standing = row.json("standing")?;
        self.arrivals.push(arrival(row)?);
        self.standings.push(standing.clone());
        self.stored.push(standing);
        Ok(())
    }
}

fn arrival(row: &Row) -> Result<Arrival, StoreError> {
    let standing: Standing = row.json("arrival")?;
    Ok(Arrival {
        op: row.id("op_id")?,
        replaces: row.id_opt("replaces")?,
        seq: row.seq("server_seq")?,
        admission: admission(&standing).ok_or_else(|| StoreError::Row {
            column: "arrival".to_owned(),
        })?,
    })
}

fn decision(row: &Row) -> Result<Decision, StoreError> {
    Ok(Decision {
        op: row.id("op_id")?,
        seq: row.seq("server_seq")?,
        verdict: match row.text("verdict")?.as_str() {
            "count" => Verdict::Count,
            _ => Verdict::Void,
        },
    })
}
