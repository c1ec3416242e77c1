//! Organiser accounts and their sessions. There is no default account: the command line makes the
//! first one and prints a password that works for one thing, choosing another.

use super::error::ServiceError;
use super::passwords::{check_new, one_time_password};
use super::permission::capabilities_of;
use crate::state::AppState;
use crate::store::{Row, Store, StoreError, Tx, params, statements};
use app::backend::{Capability, SessionRow, Staff};
use domain::ids::{AccountId, Millis};
use tower_sessions::Session;
use uuid::Uuid;

pub use super::passwords::Passwords;

/// The key of the account in a session.
pub const SESSION_ACCOUNT: &str = "account";
/// The key of the browser's name in a session.
pub const SESSION_DEVICE: &str = "device";

/// Wrong tries that cost nothing.
const TRIES_FREE: u32 = 4;
/// The delay after the first try that costs, doubled by each further one.
const DELAY_MS_MIN: u64 = 1_000;
/// No delay is longer, so that nobody can keep an organiser out of a meeting for long.
const DELAY_MS_MAX: u64 = 5 * 60 * 1_000;
/// Characters of a login.
const LOGIN_MAX: usize = 40;

const _: () = assert!(DELAY_MS_MIN < DELAY_MS_MAX);

statements! {
    ACCOUNT_BY_LOGIN = "select * from account where county_id = $1 and login = $2";
    ACCOUNT_BY_ID = "select * from account where county_id = $1 and account_id = $2";
    ACCOUNT_ADD = "insert into account
        (account_id, county_id, login, password_hash, must_change, may, created_at)
        values ($1, $2, $3, $4, 1, $5, $6)";
    ACCOUNT_ALLOW = "update account set may = $3 where county_id = $1 and login = $2";
    TRY_COUNTED = "update account set fails = $2, locked_until = $3 where account_id = $1";
    PASSWORD_SET = "update account set password_hash = $2, must_change = $3, fails = 0,
        locked_until = 0 where account_id = $1";
    SESSIONS = "select session_hash, device, started_at, last_seen_at from session
        where account_id = $1 and expires_at > $2 order by last_seen_at desc";
    SESSION_END = "delete from session where account_id = $1 and session_hash = $2";
    SESSIONS_END = "delete from session where account_id = $1 and session_hash <> $2";
    SESSIONS_END_ALL = "delete from session where account_id = $1";
    SESSIONS_EXPIRED = "delete from session where expires_at <= $1";
    SESSION_ALIVE = "select account_id from session where session_hash = $1 and expires_at > $2";
}

/// Who is signed in on this session, if anybody is.
///
/// # Errors
/// The database failed.
pub async fn current(state: &AppState, session: &Session) -> Result<Option<Staff>, ServiceError> {
    let account: Option<AccountId> = session.get(SESSION_ACCOUNT).await.map_err(of_session)?;
    let Some(account) = account else {
        return Ok(None);
    };
    let mut tx = state.store.read().await?;
    let county = tx.county();
    let row = tx.row_opt(ACCOUNT_BY_ID, &params![county, account]).await?;
    Ok(row.map(|row| staff(&row)).transpose()?)
}

/// Signs in. Each try counts before the password is looked at, so that many at once gain nothing;
/// the right password forgives them.
///
/// # Errors
/// `Invalid` at `password` for a wrong login or password, whichever it was; `TooMany` while the
/// account has to wait.
pub async fn sign_in(
    state: &AppState,
    session: &Session,
    (login, password): (&str, &str),
    device: &str,
) -> Result<Staff, ServiceError> {
    let now = state.clock.wall();
    let login = login.trim().to_lowercase();
    let row = {
        let mut tx = state.store.read().await?;
        let county = tx.county();
        tx.row_opt(ACCOUNT_BY_LOGIN, &params![county, login.as_str()])
            .await?
    };
    let Some(row) = row else {
        state.passwords.waste(password).await?;
        return Err(wrong_password());
    };
    let staff = staff(&row)?;
    count_try(&state.store, staff.account, now).await?;
    let hash = row.text("password_hash")?;
    if !state.passwords.is_right(password, &hash).await? {
        return Err(wrong_password());
    }
    forgive(&state.store, staff.account, now).await?;
    session.cycle_id().await.map_err(of_session)?;
    let insert = session.insert(SESSION_ACCOUNT, staff.account).await;
    insert.map_err(of_session)?;
    let device: String = device.chars().take(80).collect();
    let insert = session.insert(SESSION_DEVICE, device).await;
    insert.map_err(of_session)?;
    session.save().await.map_err(of_session)?;
    Ok(staff)
}

/// Ends this session.
///
/// # Errors
/// The database failed.
pub async fn sign_out(session: &Session) -> Result<(), ServiceError> {
    session.flush().await.map_err(of_session)
}

/// Changes the password and ends every other session of the account.
///
/// # Errors
/// The old one is wrong, or the new one too short or the same.
pub async fn change_password(
    state: &AppState,
    session: &Session,
    old: &str,
    new: &str,
) -> Result<(), ServiceError> {
    let staff = current(state, session).await?.ok_or(ServiceError::SignIn)?;
    check_new(old, new)?;
    let now = state.clock.wall();
    count_try(&state.store, staff.account, now).await?;
    let hash = {
        let mut tx = state.store.read().await?;
        let county = tx.county();
        let row = tx
            .row(ACCOUNT_BY_ID, &params![county, staff.account])
            .await?;
        row.text("password_hash")?
    };
    if !state.passwords.is_right(old, &hash).await? {
        return Err(ServiceError::invalid("old", "wrong_password"));
    }
    let hash = state.passwords.hash(new).await?;
    let keep = session_hash(session).unwrap_or_default();
    state
        .store
        .write(move |tx| {
            Box::pin(async move {
                tx.execute(PASSWORD_SET, &params![staff.account, hash, false])
                    .await?;
                tx.execute(SESSIONS_END, &params![staff.account, keep])
                    .await?;
                Ok::<_, ServiceError>(())
            })
        })
        .await?;
    session.cycle_id().await.map_err(of_session)?;
    session.save().await.map_err(of_session)
}

/// The sessions of the signed-in account, the newest first.
///
/// # Errors
/// Nobody is signed in, or the database failed.
pub async fn sessions(
    state: &AppState,
    session: &Session,
) -> Result<Vec<SessionRow>, ServiceError> {
    let staff = current(state, session).await?.ok_or(ServiceError::SignIn)?;
    let this = session_hash(session).unwrap_or_default();
    let now = state.clock.wall();
    let mut tx = state.store.read().await?;
    let rows = tx.rows(SESSIONS, &params![staff.account, now]).await?;
    let row = |row: &Row| {
        let id = row.text("session_hash")?;
        Ok(SessionRow {
            current: id == this,
            id,
            started_at: row.millis("started_at")?,
            last_seen: row.millis("last_seen_at")?,
            device: row.text("device")?,
        })
    };
    let rows: Result<_, StoreError> = rows.iter().map(row).collect();
    Ok(rows?)
}

/// Ends one session of the signed-in account.
///
/// # Errors
/// Nobody is signed in, or the database failed.
pub async fn revoke(state: &AppState, session: &Session, id: String) -> Result<(), ServiceError> {
    let staff = current(state, session).await?.ok_or(ServiceError::SignIn)?;
    let ended = state
        .store
        .write(move |tx| {
            Box::pin(async move {
                let ended = tx.execute(SESSION_END, &params![staff.account, id]).await?;
                Ok::<_, ServiceError>(ended)
            })
        })
        .await?;
    if ended == 0 {
        return Err(ServiceError::NotFound("session"));
    }
    Ok(())
}

/// Whether a session still stands, by its hash: a stream asks now and then.
///
/// # Errors
/// The database failed.
pub async fn is_alive(tx: &mut Tx, hash: &str, now: Millis) -> Result<bool, StoreError> {
    let row = tx.row_opt(SESSION_ALIVE, &params![hash, now]).await?;
    Ok(row.is_some())
}

/// The name that a session has in the database, which is not its secret.
#[must_use]
pub fn session_hash(session: &Session) -> Option<String> {
    session
        .id()
        .map(|id| super::holder::token_hash(&id.to_string()))
}

/// Makes an account that may do everything, and answers its one-time password.
///
/// # Errors
/// The login is taken or cannot be one.
pub async fn create(
    store: &Store,
    passwords: &Passwords,
    login: &str,
    now: Millis,
) -> Result<String, ServiceError> {
    create_for(store, passwords, (login, &Capability::ALL), now).await
}

/// Makes an account that may do this, and answers its one-time password.
///
/// # Errors
/// The login is taken or cannot be one.
pub async fn create_for(
    store: &Store,
    passwords: &Passwords,
    (login, may): (&str, &[Capability]),
    now: Millis,
) -> Result<String, ServiceError> {
    let login = login.trim().to_lowercase();
    let is_fit = |letter: char| letter.is_alphanumeric() || "._-@".contains(letter);
    if login.is_empty() || LOGIN_MAX < login.chars().count() || !login.chars().all(is_fit) {
        return Err(ServiceError::invalid("login", "not_a_login"));
    }
    let password = one_time_password();
    let hash = passwords.hash(&password).await?;
    let may = words(may);
    store
        .write(move |tx| {
            Box::pin(async move {
                let (county, id) = (tx.county(), AccountId(Uuid::now_v7()));
                let row = params![id, county, login, hash, may, now];
                tx.execute(ACCOUNT_ADD, &row).await?;
                Ok::<_, ServiceError>(())
            })
        })
        .await?;
    Ok(password)
}

/// Gives an account a new one-time password and ends all its sessions.
///
/// # Errors
/// There is no such account.
pub async fn reset(
    store: &Store,
    passwords: &Passwords,
    login: &str,
) -> Result<String, ServiceError> {
    let login = login.trim().to_lowercase();
    let password = one_time_password();
    let hash = passwords.hash(&password).await?;
    store
        .write(move |tx| {
            Box::pin(async move {
                let county = tx.county();
                let row = tx
                    .row_opt(ACCOUNT_BY_LOGIN, &params![county, login])
                    .await?;
                let row = row.ok_or(ServiceError::NotFound("account"))?;
                let account: AccountId = row.id("account_id")?;
                tx.execute(PASSWORD_SET, &params![account, hash, true])
                    .await?;
                tx.execute(SESSIONS_END_ALL, &params![account]).await?;
                Ok::<_, ServiceError>(())
            })
        })
        .await?;
    Ok(password)
}

/// Sets what an account may do from now on.
///
/// # Errors
/// There is no such account.
pub async fn allow(store: &Store, login: &str, may: &[Capability]) -> Result<(), ServiceError> {
    let (login, may) = (login.trim().to_lowercase(), words(may));
    store
        .write(move |tx| {
            Box::pin(async move {
                let county = tx.county();
                let row = params![county, login, may];
                match tx.execute(ACCOUNT_ALLOW, &row).await? {
                    0 => Err(ServiceError::NotFound("account")),
                    _ => Ok(()),
                }
            })
        })
        .await
}

fn words(may: &[Capability]) -> String {
    let words: Vec<&str> = may.iter().map(|one| one.word()).collect();
    words.join(",")
}

async fn count_try(store: &Store, account: AccountId, now: Millis) -> Result<(), ServiceError> {
    store
        .write(move |tx| {
            Box::pin(async move {
                let county = tx.county();
                let row = tx.row(ACCOUNT_BY_ID, &params![county, account]).await?;
                let locked_until = row.u64("locked_until")?;
                if now.0 < locked_until {
                    let retry_after_ms = locked_until - now.0;
                    return Err(ServiceError::TooMany { retry_after_ms });
                }
                let fails = row.u32("fails")?.saturating_add(1);
                let until = now.0.saturating_add(delay_ms(fails));
                tx.execute(TRY_COUNTED, &params![account, fails, until])
                    .await?;
                Ok(())
            })
        })
        .await
}

async fn forgive(store: &Store, account: AccountId, now: Millis) -> Result<(), ServiceError> {
    store
        .write(move |tx| {
            Box::pin(async move {
                tx.execute(TRY_COUNTED, &params![account, 0_u32, 0_u64])
                    .await?;
                tx.execute(SESSIONS_EXPIRED, &params![now]).await?;
                Ok(())
            })
        })
        .await
}

/// How long an account waits after so many wrong tries in a row.
fn delay_ms(fails: u32) -> u64 {
    match fails.checked_sub(TRIES_FREE + 1) {
        None => 0,
        Some(costly) => DELAY_MS_MIN
            .saturating_mul(1_u64.checked_shl(costly).unwrap_or(u64::MAX))
            .min(DELAY_MS_MAX),
    }
}

fn staff(row: &Row) -> Result<Staff, StoreError> {
    Ok(Staff {
        account: row.id("account_id")?,
        login: row.text("login")?,
        must_change_password: row.flag("must_change")?,
        may: capabilities_of(row)?,
    })
}

fn wrong_password() -> ServiceError {
    ServiceError::invalid("password", "wrong_password")
}

fn of_session(error: tower_sessions::session::Error) -> ServiceError {
    ServiceError::Unavailable(StoreError::Unavailable(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_waits_longer_with_each_wrong_try_but_never_for_long() {
        let delays: Vec<u64> = [1, 4, 5, 6, 8, 60, u32::MAX].map(delay_ms).into();
        assert_eq!(
            delays,
            [0, 0, 1_000, 2_000, 8_000, DELAY_MS_MAX, DELAY_MS_MAX]
        );
    }
}
