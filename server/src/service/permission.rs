//! Who may do what: every account looks at the staff's pages once it chose its own password, and
//! does what it has the capability for; a host moves the gates of one contest.

use super::error::ServiceError;
use super::holder::Holder;
use crate::store::{Row, StoreError, Tx, params, statements};
use app::backend::{Capability, DeskCommand, MonthCommand, Staff};
use domain::ids::{AccountId, ContestId};
use sync::protocol::{CredentialState, HolderKind};

statements! {
    MAY = "select may from account where county_id = $1 and account_id = $2";
    WHO_MAY = "select login, may from account where county_id = $1 order by login";
}

/// The account of a member of staff.
///
/// # Errors
/// Nobody is signed in, or the one-time password still has to be changed.
pub fn organiser(staff: Option<&Staff>) -> Result<AccountId, ServiceError> {
    let staff = staff.ok_or(ServiceError::SignIn)?;
    if staff.must_change_password {
        return Err(ServiceError::Forbidden);
    }
    Ok(staff.account)
}

/// Lets an act through for which the account has one of these capabilities.
///
/// # Errors
/// `Lacks` with the first of them and the accounts that have it, or the database failed.
pub async fn may(tx: &mut Tx, account: AccountId, any: &[Capability]) -> Result<(), ServiceError> {
    let own = capabilities(tx, account).await?;
    if any.iter().any(|one| own.contains(one)) {
        return Ok(());
    }
    let Some(capability) = any.first().copied() else {
        return Err(ServiceError::Forbidden);
    };
    let county = tx.county();
    let mut who = Vec::new();
    for row in tx.rows(WHO_MAY, &params![county]).await? {
        if capabilities_of(&row)?.contains(&capability) {
            who.push(row.text("login")?);
        }
    }
    Err(ServiceError::Lacks { capability, who })
}

/// What an account may do; nothing where there is no such account.
///
/// # Errors
/// The database failed.
pub async fn capabilities(tx: &mut Tx, account: AccountId) -> Result<Vec<Capability>, StoreError> {
    let county = tx.county();
    let row = tx.row_opt(MAY, &params![county, account]).await?;
    row.map_or_else(|| Ok(Vec::new()), |row| capabilities_of(&row))
}

pub(super) fn capabilities_of(row: &Row) -> Result<Vec<Capability>, StoreError> {
    let words = row.text("may")?;
    Ok(words.split(',').filter_map(Capability::from_word).collect())
}

/// What an act on a contest asks for.
#[must_use]
pub fn of_desk(command: &DeskCommand) -> &'static [Capability] {
    match command {
        DeskCommand::Post { .. } => &[Capability::Publish],
        _ => &[Capability::Organise],
    }
}

/// What an act on a month asks for. Whoever recorded something wrong may strike it out, and so may
/// whoever confirms; the second person may hand a closed month back instead of posting it.
#[must_use]
pub fn of_month(command: &MonthCommand) -> &'static [Capability] {
    match command {
        MonthCommand::Record { .. }
        | MonthCommand::RecordItem { .. }
        | MonthCommand::Close { .. }
        | MonthCommand::CloseByToday { .. }
        | MonthCommand::CloseStale { .. } => &[Capability::Organise],
        MonthCommand::Confirm { .. }
        | MonthCommand::ConfirmSpot { .. }
        | MonthCommand::DecideAppeal { .. } => &[Capability::Confirm],
        MonthCommand::Strike { .. } => &[Capability::Organise, Capability::Confirm],
        MonthCommand::Reopen => &[Capability::Organise, Capability::Publish],
        MonthCommand::Post { .. } | MonthCommand::PostStale { .. } => &[Capability::Publish],
    }
}

/// The host of this contest, with a credential that was not taken away.
///
/// # Errors
/// A seat's credential, another contest's, or one that does not hold any more.
pub fn host(holder: &Holder, contest: ContestId) -> Result<(), ServiceError> {
    let is_host = holder.kind == HolderKind::Host && holder.contest == contest;
    if is_host && holder.state == CredentialState::Active {
        return Ok(());
    }
    Err(ServiceError::Forbidden)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_organiser_is_signed_in_with_a_password_of_their_own() {
        let mut staff = Staff {
            account: AccountId(Uuid::from_u128(1)),
            login: "a".to_owned(),
            must_change_password: true,
            may: Capability::ALL.into(),
        };
        assert!(matches!(organiser(None), Err(ServiceError::SignIn)));
        assert!(matches!(
            organiser(Some(&staff)),
            Err(ServiceError::Forbidden)
        ));
        staff.must_change_password = false;
        assert!(organiser(Some(&staff)).is_ok());
    }
}
