//! The ladder (GY-18, GY-19, GY-20): a posted edition proposes slips and talks, a person issues
//! them or sets them aside, a reply comes, a second person closes. Read in this order:
//! [`proposals`] what is proposed, [`slips`] what is done, [`read`] what staff see, [`unit`]
//! what the unit does, [`paper`] the document.
//!
//! Invariant: nothing is issued without a person, and no step is ever overwritten.
//! Invariant: a talk is nothing that is there for who may not read talks.

pub mod paper;
pub mod proposals;
pub mod read;
pub mod slips;
pub(crate) mod unit;

use super::act::Act;
use super::error::ServiceError;
use super::permission;
use crate::store::Store;
use app::backend::{Capability, SlipCommand};
use futures::FutureExt as _;

/// Does what staff ask of a proposal or a document.
///
/// # Errors
/// The account may not, there is no such proposal or document, it stands elsewhere, or what was
/// entered is not right.
pub async fn command(store: &Store, act: &Act, command: SlipCommand) -> Result<(), ServiceError> {
    let act = act.clone();
    store
        .write(move |tx| {
            async move {
                permission::may(tx, act.account, needs(&command)).await?;
                match command {
                    SlipCommand::Issue { .. } => slips::issue(tx, &act, &command).await,
                    SlipCommand::SetAside { matter, reason } => {
                        slips::set_aside(tx, &act, &matter, &reason).await
                    }
                    SlipCommand::Reply {
                        slip,
                        who,
                        day,
                        words,
                    } => {
                        let reply = slips::Reply { who, day, words };
                        slips::reply_by_staff(tx, &act, slip, &reply).await
                    }
                    SlipCommand::Close { slip, words } => {
                        slips::close(tx, &act, slip, &words).await
                    }
                    SlipCommand::Reopen { slip, reason, due } => {
                        slips::reopen(tx, &act, slip, &reason, &due).await
                    }
                }
            }
            .boxed()
        })
        .await
}

/// What an act asks for; one on a talk asks for [`Capability::Talks`] besides.
fn needs(command: &SlipCommand) -> &'static [Capability] {
    match command {
        SlipCommand::Reply { .. } => &[Capability::Organise, Capability::Confirm],
        _ => &[Capability::Confirm],
    }
}
