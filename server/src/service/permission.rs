//! Who may do what: an organiser runs contests, which every account may once it chose its own
//! password; a host moves the gates of one contest.

use super::error::ServiceError;
use super::holder::Holder;
use app::backend::Staff;
use domain::ids::{AccountId, ContestId};
use sync::protocol::{CredentialState, HolderKind};

/// The account of an organiser.
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
