//! Who may do what. One capability is asked for so far: to run contests, which every account has
//! once it chose its own password.

use super::error::ServiceError;
use app::backend::Staff;
use domain::ids::AccountId;

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
