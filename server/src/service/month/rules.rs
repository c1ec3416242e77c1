//! A season's charter as text: written out, changed by an organiser or by whoever keeps the server,
//! and read in again. Months that were closed keep the charter that they were closed by.

use super::posting::outdate;
use super::season::Season;
use super::text_of;
use crate::service::act::{Act, audit_server, reason as reason_of};
use crate::service::error::ServiceError;
use crate::service::permission;
use crate::store::{Store, Tx, params, statements};
use app::backend::{Capability, RuleChange, RulesCommand, RulesPage};
use app::error::Detail;
use domain::ids::{AccountId, Millis, SeasonId};
use domain::month::SeasonCharter;
use futures::FutureExt as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;

statements! {
    SEASON_OF_NAME = "select season_id from season where county_id = $1 and name = $2";
    CHARTER_SET = "update season set charter_json = $2, charter_version = $3 where season_id = $1";
}

/// The charter of the season of this name, as JSON for people.
///
/// # Errors
/// There is no such season, or the database failed.
pub async fn written(store: &Store, name: &str) -> Result<String, ServiceError> {
    let season = of_name(&mut store.read().await?, name).await?;
    pretty(&season.charter)
}

/// The same for an organiser.
///
/// # Errors
/// There is no such season, or the database failed.
pub async fn page(
    store: &Store,
    account: AccountId,
    season: SeasonId,
) -> Result<RulesPage, ServiceError> {
    let mut tx = store.read().await?;
    let may = permission::capabilities(&mut tx, account).await?;
    let season = Season::load(&mut tx, season).await?;
    Ok(RulesPage {
        season: season.id,
        text: pretty(&season.charter)?,
        season_name: season.name,
        version: season.charter_version,
        may_change: may.contains(&Capability::Organise),
    })
}

/// Takes the charter over, and answers its version. Whatever is wrong with it is said by its key.
///
/// # Errors
/// There is no such season, the text is no charter, or the charter is wrong.
pub async fn set(
    store: &Store,
    (name, text): (&str, &str),
    now: Millis,
) -> Result<u32, ServiceError> {
    let (name, charter) = (name.to_owned(), read(text)?);
    store
        .write(move |tx| {
            async move {
                let season = of_name(tx, &name).await?;
                if season.charter == charter {
                    return Err(ServiceError::Conflict("nothing_changed"));
                }
                let (version, what) = take_over(tx, &season, &charter).await?;
                audit_server(tx, &what, now).await?;
                Ok(version)
            }
            .boxed()
        })
        .await
}

/// What a text changes. It does so where a reason is given, and nothing where none is.
///
/// # Errors
/// The account does not organise, the text is no charter, it is wrong or changes nothing, or the
/// rules have another version by now.
pub async fn command(
    store: &Store,
    act: &Act,
    season: SeasonId,
    command: RulesCommand,
) -> Result<Vec<RuleChange>, ServiceError> {
    let (act, charter) = (act.clone(), read(&command.text)?);
    let reason = command.reason.as_deref().map(reason_of).transpose()?;
    store
        .write(move |tx| {
            async move {
                permission::may(tx, act.account, &[Capability::Organise]).await?;
                let season = Season::load(tx, season).await?;
                if season.charter_version != command.version {
                    return Err(ServiceError::Conflict("rules_changed"));
                }
                let changes = changes(&season.charter, &charter)?;
                if changes.is_empty() {
                    return Err(ServiceError::Conflict("nothing_changed"));
                }
                if let Some(reason) = reason {
                    let (_, mut what) = take_over(tx, &season, &charter).await?;
                    what["reason"] = json!(reason);
                    act.audit(tx, None, &what).await?;
                }
                Ok(changes)
            }
            .boxed()
        })
        .await
}

/// A text as a charter without faults.
fn read(text: &str) -> Result<SeasonCharter, ServiceError> {
    let charter: SeasonCharter = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        // It counts bytes, and a person letters.
        let letters = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let before = letters.char_indices().take_while(|(at, _)| *at < column);
        let letter = before.count();
        let (words, at) = (
            error.to_string(),
            format!(" at line {line} column {column}"),
        );
        let words = words.strip_suffix(&at).unwrap_or(&words);
        ServiceError::invalid("", format!("rules_text:{line}:{letter}:{words}"))
    })?;
    let faults = charter.faults();
    if !faults.is_empty() {
        let details = faults.into_iter().map(|fault| Detail {
            at: fault.key,
            message: format!("rules:{}", fault.code),
        });
        return Err(ServiceError::Invalid(details.collect()));
    }
    Ok(charter)
}

/// Stores the next version, and answers it with what goes on record.
async fn take_over(
    tx: &mut Tx,
    season: &Season,
    charter: &SeasonCharter,
) -> Result<(u32, Value), ServiceError> {
    let version = season.charter_version + 1;
    let row = params![season.id, text_of(charter)?, version];
    tx.execute(CHARTER_SET, &row).await?;
    // Who may read pages that were kept is ruled anew.
    outdate(tx).await?;
    let before = text_of(&season.charter)?;
    let what = json!({
        "do": "set_charter", "season": season.id, "version": version, "before": before,
    });
    Ok((version, what))
}

/// Every value that differs, by its key.
fn changes(before: &SeasonCharter, after: &SeasonCharter) -> Result<Vec<RuleChange>, ServiceError> {
    let (mut before, mut after) = (values(before)?, values(after)?);
    before.retain(|key, value| match after.get(key) == Some(value) {
        true => {
            after.remove(key);
            false
        }
        false => true,
    });
    let keys = before
        .keys()
        .chain(after.keys().filter(|key| !before.contains_key(*key)));
    let change = |key: &String| RuleChange {
        key: key.clone(),
        before: before.get(key).cloned(),
        after: after.get(key).cloned(),
    };
    Ok(keys.map(change).collect())
}

fn values(charter: &SeasonCharter) -> Result<BTreeMap<String, String>, ServiceError> {
    let value = serde_json::to_value(charter);
    let value = value.map_err(|error| ServiceError::Internal(error.into()))?;
    let mut values = BTreeMap::new();
    flatten(String::new(), &value, &mut values);
    Ok(values)
}

/// Each value that holds no other, as JSON under its key.
fn flatten(key: String, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                let dot = if key.is_empty() { "" } else { "." };
                flatten(format!("{key}{dot}{name}"), value, into);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (at, value) in items.iter().enumerate() {
                flatten(format!("{key}[{at}]"), value, into);
            }
        }
        value => {
            into.insert(key, value.to_string());
        }
    }
}

fn pretty(charter: &SeasonCharter) -> Result<String, ServiceError> {
    serde_json::to_string_pretty(charter).map_err(|error| ServiceError::Internal(error.into()))
}

async fn of_name(tx: &mut Tx, name: &str) -> Result<Season, ServiceError> {
    let asked = params![tx.county(), name];
    let row = tx.row_opt(SEASON_OF_NAME, &asked).await?;
    let row = row.ok_or(ServiceError::NotFound("season"))?;
    Season::load(tx, row.id("season_id")?).await
}
