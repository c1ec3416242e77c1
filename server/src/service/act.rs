//! An act of a staff account: who, when, and where its ids come from. Every mutation of a contest
//! takes one, and leaves a row of the audit that names it.

use super::chance::Chance;
use super::error::ServiceError;
use crate::store::{Tx, params, statements};
use domain::ids::{AccountId, ContestId, DeviceId, Millis};
use domain::month::Day;
use uuid::Uuid;

/// Characters of a reason.
pub const REASON_MAX: usize = 200;

#[derive(Clone, Debug)]
pub struct Act {
    pub account: AccountId,
    pub now: Millis,
    pub chance: Chance,
}

statements! {
    AUDIT_ADD = "insert into audit
        (audit_id, county_id, contest_id, actor_kind, actor_id, act, at)
        values ($1, $2, $3, 'account', $4, $5, $6)";
    DEVICE_AUDIT_ADD = "insert into audit
        (audit_id, county_id, contest_id, actor_kind, actor_id, act, at)
        values ($1, $2, $3, 'device', $4, $5, $6)";
    SERVER_AUDIT_ADD = "insert into audit
        (audit_id, county_id, contest_id, actor_kind, actor_id, act, at)
        values ($1, $2, null, 'server', '', $3, $4)";
}

impl Act {
    /// A new id.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        self.chance.uuid(self.now)
    }

    /// Puts the act on the record. `what` is JSON without marks.
    ///
    /// # Errors
    /// The database failed.
    pub async fn audit(
        &self,
        tx: &mut Tx,
        contest: Option<ContestId>,
        what: &serde_json::Value,
    ) -> Result<(), ServiceError> {
        let county = tx.county();
        let (id, actor) = (self.uuid(), self.account.to_string());
        let row = params![id, county, contest, actor, what.to_string(), self.now];
        tx.execute(AUDIT_ADD, &row).await?;
        Ok(())
    }
}

/// Puts on the record what a paired device did. `what` is JSON without marks.
///
/// # Errors
/// The database failed.
pub async fn audit_device(
    tx: &mut Tx,
    contest: Option<ContestId>,
    device: DeviceId,
    what: &serde_json::Value,
    now: Millis,
) -> Result<(), ServiceError> {
    let county = tx.county();
    let row = params![
        Uuid::now_v7(),
        county,
        contest,
        device,
        what.to_string(),
        now
    ];
    tx.execute(DEVICE_AUDIT_ADD, &row).await?;
    Ok(())
}

/// Puts on the record what somebody did at the server itself, who has no account there.
///
/// # Errors
/// The database failed.
pub(super) async fn audit_server(
    tx: &mut Tx,
    what: &serde_json::Value,
    now: Millis,
) -> Result<(), ServiceError> {
    let row = params![Uuid::now_v7(), tx.county(), what.to_string(), now];
    tx.execute(SERVER_AUDIT_ADD, &row).await?;
    Ok(())
}

/// A reason that somebody gave, trimmed.
///
/// # Errors
/// There is none, or it is too long.
pub fn reason(text: &str) -> Result<String, ServiceError> {
    text_of("reason", text, REASON_MAX)
}

/// A line of text that must not be empty, trimmed.
///
/// # Errors
/// It is empty, too long, or holds control characters; `at` says which one it was.
pub fn text_of(at: &str, text: &str, chars_max: usize) -> Result<String, ServiceError> {
    let text = optional_text(at, text, chars_max)?;
    if text.is_empty() {
        return Err(ServiceError::invalid(at, "empty"));
    }
    Ok(text)
}

/// A day that somebody entered, such as `2026-07-12`, trimmed.
///
/// # Errors
/// It is none.
pub fn day(at: &str, text: &str) -> Result<Day, ServiceError> {
    let day = text.trim().parse();
    day.map_err(|_| ServiceError::invalid(at, "not_a_day"))
}

/// A line of text that may be empty, trimmed.
///
/// # Errors
/// It is too long, or holds control characters.
pub fn optional_text(at: &str, text: &str, chars_max: usize) -> Result<String, ServiceError> {
    let text = text.trim();
    if chars_max < text.chars().count() {
        return Err(ServiceError::invalid(at, "too_long"));
    }
    if text.chars().any(char::is_control) {
        return Err(ServiceError::invalid(at, "control_character"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_entered_has_to_be_one() {
        let entered = day("due", " 2026-11-01 ").expect("a day");
        assert_eq!(entered.to_string(), "2026-11-01");
        for wrong in ["2026-13-01", "2026-02-30", "明天", ""] {
            assert!(day("due", wrong).is_err(), "{wrong}");
        }
    }
}
