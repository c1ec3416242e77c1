//! What is posted is told to the robots of work groups (企业微信, 钉钉, 飞书). A notice is written in
//! the transaction of the posting and sent after its commit, again and again with longer pauses,
//! until the robot took it. Read in this order: [`enqueue`], [`delivery`], [`message`].

pub mod delivery;
pub mod message;

use super::act::{Act, text_of};
use super::error::ServiceError;
use super::permission;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{Capability, HookCommand, HookKind, HookRow};
use futures::FutureExt as _;
use http::Uri;
use http::uri::Scheme;
use serde_json::json;

/// Characters of a robot's name, address and secret.
const NAME_MAX: usize = 20;
const ADDRESS_MAX: usize = 500;
/// Characters of what a notice says.
const TEXT_MAX: usize = 500;

statements! {
    HOOKS = "select h.*,
            (select max(n.sent_at) from notice n
                where n.county_id = h.county_id and n.hook = h.name) as last_sent_at,
            (select count(*) from notice n where n.county_id = h.county_id and n.hook = h.name
                and n.next_at is not null) as waiting,
            (select count(*) from notice n where n.county_id = h.county_id and n.hook = h.name
                and n.next_at is null and n.sent_at is null) as failed,
            (select n.error from notice n where n.county_id = h.county_id and n.hook = h.name
                and n.sent_at is null and n.error <> ''
                order by n.created_at desc limit 1) as error
        from hook h where h.county_id = $1 order by h.created_at, h.name";
    HOOK_ADD = "insert into hook (county_id, name, kind, address, secret, created_at)
        values ($1, $2, $3, $4, $5, $6)";
    HOOK_REMOVE = "delete from hook where county_id = $1 and name = $2";
    HOOK_SWITCH = "update hook set contests = $3, months = $4
        where county_id = $1 and name = $2";
    HOOKS_OF_CONTESTS = "select name from hook where county_id = $1 and contests = 1";
    HOOKS_OF_MONTHS = "select name from hook where county_id = $1 and months = 1";
    NOTICE_ADD = "insert into notice
        (notice_id, county_id, hook, text, path, next_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $6)";
    NOTICES_AGAIN = "update notice set next_at = $3, tries = 0
        where county_id = $1 and hook = $2 and next_at is null and sent_at is null";
    NOTICES_REMOVE = "delete from notice where county_id = $1 and hook = $2";
}

/// What a robot may be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Board {
    Contests,
    Months,
}

/// Every robot, without its address and secret.
///
/// # Errors
/// The database failed.
pub async fn hooks(store: &Store) -> Result<Vec<HookRow>, ServiceError> {
    let mut tx = store.read().await?;
    let county = tx.county();
    let rows = tx.rows(HOOKS, &params![county]).await?;
    let rows: Result<Vec<_>, StoreError> = rows.iter().map(hook).collect();
    Ok(rows?)
}

fn hook(row: &Row) -> Result<HookRow, StoreError> {
    let address: Option<Uri> = row.text("address")?.parse().ok();
    let host = address.as_ref().and_then(Uri::host);
    Ok(HookRow {
        name: row.text("name")?,
        kind: kind_of(&row.text("kind")?).ok_or_else(|| StoreError::Row {
            column: "kind".to_owned(),
        })?,
        host: host.unwrap_or_default().to_owned(),
        is_signed: !row.text("secret")?.is_empty(),
        contests: row.flag("contests")?,
        months: row.flag("months")?,
        last_sent_at: row.millis_opt("last_sent_at")?,
        waiting: row.u32("waiting")?,
        failed: row.u32("failed")?,
        error: row.text_opt("error")?.unwrap_or_default(),
    })
}

/// # Errors
/// There is no such robot, or what was entered is not right.
pub async fn command(store: &Store, act: &Act, command: HookCommand) -> Result<(), ServiceError> {
    let act = act.clone();
    store
        .write(move |tx| async move { command_in(tx, &act, command).await }.boxed())
        .await
}

async fn command_in(tx: &mut Tx, act: &Act, command: HookCommand) -> Result<(), ServiceError> {
    permission::may(tx, act.account, &[Capability::Publish]).await?;
    let county = tx.county();
    let (what, name, rows) = match command {
        HookCommand::Add {
            name,
            kind,
            address,
            secret,
        } => {
            let name = text_of("name", &name, NAME_MAX)?;
            let kind_known = kind_of(&kind).is_some();
            if !kind_known {
                return Err(ServiceError::invalid("kind", "unknown"));
            }
            let (address, secret) = (address_of(&address)?, secret.trim().to_owned());
            let row = params![county, &name, kind, address, secret, act.now];
            match tx.execute(HOOK_ADD, &row).await {
                Err(StoreError::Exists) => return Err(ServiceError::invalid("name", "taken")),
                done => ("add_hook", name, done?),
            }
        }
        HookCommand::Remove { name } => {
            let row = params![county, &name];
            tx.execute(NOTICES_REMOVE, &row).await?;
            (
                "remove_hook",
                name.clone(),
                tx.execute(HOOK_REMOVE, &row).await?,
            )
        }
        HookCommand::Switch {
            name,
            contests,
            months,
        } => {
            let row = params![county, &name, contests, months];
            (
                "switch_hook",
                name.clone(),
                tx.execute(HOOK_SWITCH, &row).await?,
            )
        }
        HookCommand::Again { name } => {
            let row = params![county, &name, act.now];
            (
                "repeat_notices",
                name.clone(),
                tx.execute(NOTICES_AGAIN, &row).await?,
            )
        }
    };
    if rows == 0 {
        return Err(ServiceError::NotFound("hook"));
    }
    let what = json!({ "do": what, "hook": name });
    act.audit(tx, None, &what).await
}

/// Writes a notice for each robot that is told of this board, with the posting itself. An empty
/// path is no address.
///
/// # Errors
/// The database failed.
pub async fn enqueue(
    tx: &mut Tx,
    act: &Act,
    board: Board,
    (text, path): (&str, &str),
) -> Result<(), ServiceError> {
    let county = tx.county();
    let sql = match board {
        Board::Contests => HOOKS_OF_CONTESTS,
        Board::Months => HOOKS_OF_MONTHS,
    };
    let text: String = text.chars().take(TEXT_MAX).collect();
    for row in tx.rows(sql, &params![county]).await? {
        let (id, hook) = (act.uuid(), row.text("name")?);
        let row = params![id, county, hook, text.as_str(), path, act.now];
        tx.execute(NOTICE_ADD, &row).await?;
    }
    Ok(())
}

pub(super) fn kind_of(word: &str) -> Option<HookKind> {
    serde_json::from_value(json!(word)).ok()
}

/// An address that is called encrypted, or on this machine.
fn address_of(text: &str) -> Result<String, ServiceError> {
    let text = text_of("address", text, ADDRESS_MAX)?;
    let address: Option<Uri> = text.parse().ok();
    let is_right = address.is_some_and(|address| {
        let host = address.host().unwrap_or_default();
        let is_here = ["127.0.0.1", "localhost", "[::1]"].contains(&host);
        !host.is_empty()
            && (address.scheme() == Some(&Scheme::HTTPS)
                || is_here && address.scheme() == Some(&Scheme::HTTP))
    });
    match is_right {
        true => Ok(text),
        false => Err(ServiceError::invalid("address", "not_https")),
    }
}
