//! The versions of a sheet that one place holds, as they lie in the database: read, added to, and
//! written back where a standing changed.

use super::sheets::{Arrival, Place, PlaceFacts, admission, decisions, json, standings, state};
use crate::store::{Row, StoreError, Tx, params, statements};
use domain::ids::{EntryId, OpId, SeatId};
use std::collections::BTreeMap;
use sync::protocol::Standing;

statements! {
    ARRIVALS = "select entry_id, attempt, op_id, replaces, server_seq, arrival, standing from sheet
        where entry_id = $1 and attempt = $2 and seat_id = $3 order by server_seq";
    ARRIVALS_OF_SEAT = "select entry_id, attempt, op_id, replaces, server_seq, arrival, standing
        from sheet where seat_id = $1 order by server_seq";
    STANDING_SET = "update sheet set standing = $2, state = $3 where op_id = $1";
}

/// The versions of one place, in the order of their numbers, each with its standing as stored.
#[derive(Clone, Debug, Default)]
pub(super) struct Siblings {
    arrivals: Vec<Arrival>,
    standings: Vec<String>,
}

impl Siblings {
    pub(super) async fn load(tx: &mut Tx, place: Place) -> Result<Self, StoreError> {
        let of_place = params![place.entry, place.attempt, place.seat];
        let mut siblings = Self::default();
        for row in tx.rows(ARRIVALS, &of_place).await? {
            siblings.push(&row)?;
        }
        Ok(siblings)
    }

    /// Those of every place of a seat, by entry and attempt.
    pub(super) async fn of_seat(
        tx: &mut Tx,
        seat: SeatId,
    ) -> Result<BTreeMap<(EntryId, u32), Self>, StoreError> {
        let mut places: BTreeMap<_, Self> = BTreeMap::new();
        for row in tx.rows(ARRIVALS_OF_SEAT, &params![seat]).await? {
            let place = (row.id("entry_id")?, row.u32("attempt")?);
            places.entry(place).or_default().push(&row)?;
        }
        Ok(places)
    }

    /// Works them out anew, and tells whether something changed.
    pub(super) async fn settle(
        &mut self,
        tx: &mut Tx,
        place: Place,
        facts: PlaceFacts,
    ) -> Result<bool, StoreError> {
        let decisions = decisions(tx, place).await?;
        let placed = standings(&self.arrivals, &decisions, facts);
        self.store(tx, placed).await
    }

    /// Takes one more version, writes down what that changes for the others, and answers what the
    /// new one is. To write that one down is left to the caller.
    pub(super) async fn add(
        &mut self,
        tx: &mut Tx,
        place: Place,
        facts: PlaceFacts,
        arrival: Arrival,
    ) -> Result<Standing, StoreError> {
        // A decision is about a version that is there.
        let decisions = match self.arrivals.as_slice() {
            [] => Vec::new(),
            _ => decisions(tx, place).await?,
        };
        self.arrivals.push(arrival);
        let mut placed = standings(&self.arrivals, &decisions, facts);
        let own = placed.pop().map_or(Standing::Unknown, |(_, own)| own);
        self.store(tx, placed).await?;
        self.standings.push(json(&own));
        Ok(own)
    }

    fn push(&mut self, row: &Row) -> Result<(), StoreError> {
        self.arrivals.push(arrival(row)?);
        self.standings.push(row.text("standing")?);
        Ok(())
    }

    /// Writes down each standing that is not what it was, and tells whether there was one.
    async fn store(
        &mut self,
        tx: &mut Tx,
        placed: Vec<(OpId, Standing)>,
    ) -> Result<bool, StoreError> {
        let mut changed = false;
        for ((op, standing), stored) in placed.into_iter().zip(&mut self.standings) {
            let text = json(&standing);
            if *stored != text {
                changed = true;
                tx.execute(STANDING_SET, &params![op, text.as_str(), state(&standing)])
                    .await?;
                *stored = text;
            }
        }
        Ok(changed)
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
