//! What happened in the demo: the organiser's commands and the judges' phones, in order, through
//! the same services as in a hall.

use super::clock::StoryClock;
use super::contests::Plan;
use super::county::judge;
use super::phones::{Phone, Take};
use crate::clock::Clock as _;
use crate::service::act::Act;
use crate::service::chance::Chance;
use crate::service::desk::{command, pads};
use crate::service::error::ServiceError;
use crate::service::record::{ContestRecord, EntryRecord, load};
use crate::service::{create, roster};
use crate::store::Store;
use app::backend::DeskCommand;
use domain::ids::{AccountId, ContestId, EntryId, Millis, SeatId};
use std::sync::Arc;

/// How long before a contest it is made, and its cards handed out.
const MADE_BEFORE_S: u64 = 3 * 24 * 60 * 60;
const PAIRED_BEFORE_S: u64 = 30 * 60;

/// Everything that a chapter of the story needs.
pub struct Story {
    pub store: Store,
    pub clock: Arc<StoryClock>,
    pub account: AccountId,
    pub chance: Chance,
}

/// A contest under way, with its judges' phones in the order of the seats.
pub struct Hall {
    pub contest: ContestId,
    pub record: ContestRecord,
    pub phones: Vec<Phone>,
}

impl Story {
    #[must_use]
    pub fn act(&self) -> Act {
        Act {
            account: self.account,
            now: self.clock.wall(),
            chance: self.chance.clone(),
        }
    }

    /// Does what the organiser says.
    ///
    /// # Errors
    /// The command is refused, which the demo's test rules out.
    pub async fn say(&self, contest: ContestId, what: DeskCommand) -> Result<(), ServiceError> {
        command(&self.store, self.clock.clone(), &self.act(), contest, what).await
    }

    /// The contest as it is now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn record(&self, contest: ContestId) -> Result<ContestRecord, ServiceError> {
        load(&mut self.store.read().await?, contest).await
    }

    /// Makes a contest, three days before it begins, with a card for every seat.
    ///
    /// # Errors
    /// A service refused.
    pub async fn make(&self, plan: &Plan) -> Result<ContestId, ServiceError> {
        self.clock
            .set(Millis(plan.begins.0 - MADE_BEFORE_S * 1_000));
        let roster = roster::roster(&self.store).await?;
        let contest = create::create(&self.store, &self.act(), plan.contest(&roster)).await?;
        for seat in &self.record(contest).await?.seats {
            let person = judge(seat.number);
            self.say(
                contest,
                DeskCommand::SeatPerson {
                    seat: seat.id,
                    person,
                },
            )
            .await?;
        }
        self.say(contest, DeskCommand::IssueCards).await?;
        Ok(contest)
    }

    /// Pairs a phone with every seat, half an hour before the contest begins.
    ///
    /// # Errors
    /// A service refused.
    pub async fn gather(&self, contest: ContestId, plan: &Plan) -> Result<Hall, ServiceError> {
        self.clock
            .set(Millis(plan.begins.0 - PAIRED_BEFORE_S * 1_000));
        let record = self.record(contest).await?;
        let cards = pads::cards(&mut self.store.read().await?, contest).await?;
        let mut phones = Vec::with_capacity(record.seats.len());
        for seat in &record.seats {
            let card = cards
                .get(&seat.id)
                .ok_or(ServiceError::NotFound("card"))?
                .id;
            let take = Take {
                card,
                from: None,
                now: self.clock.wall(),
            };
            phones.push(Phone::pair(&self.store, &self.chance, &record, seat, take).await?);
        }
        self.clock.set(plan.begins);
        Ok(Hall {
            contest,
            record,
            phones,
        })
    }

    /// Opens the gate of an entry, and answers the entry as it then is.
    ///
    /// # Errors
    /// A service refused.
    pub async fn open(&self, hall: &Hall, index: usize) -> Result<EntryRecord, ServiceError> {
        let entry = hall.entry(index)?;
        self.say(hall.contest, DeskCommand::OpenGate { entry })
            .await?;
        let record = self.record(hall.contest).await?;
        record
            .entry(entry)
            .cloned()
            .ok_or(ServiceError::NotFound("entry"))
    }

    /// Closes it ten minutes after it was opened.
    ///
    /// # Errors
    /// A service refused.
    pub async fn close(&self, hall: &Hall, index: usize, reason: &str) -> Result<(), ServiceError> {
        self.clock.pass(10 * 60);
        let entry = hall.entry(index)?;
        let reason = reason.to_owned();
        self.say(hall.contest, DeskCommand::CloseGate { entry, reason })
            .await?;
        self.clock.pass(2 * 60);
        Ok(())
    }
}

impl Hall {
    /// An entry by its place in the order, counted from 0.
    ///
    /// # Errors
    /// There is none.
    pub fn entry(&self, index: usize) -> Result<EntryId, ServiceError> {
        let entry = self.record.entries.get(index);
        entry
            .map(|entry| entry.id)
            .ok_or(ServiceError::NotFound("entry"))
    }

    /// A seat by its number.
    ///
    /// # Errors
    /// There is none.
    pub fn seat(&self, number: u32) -> Result<SeatId, ServiceError> {
        let seat = self.record.seats.iter().find(|seat| seat.number == number);
        seat.map(|seat| seat.id)
            .ok_or(ServiceError::NotFound("seat"))
    }
}
