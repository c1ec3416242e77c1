//! Group robots: for organisers alone.

use super::RequestBackend;
use crate::service::error::ServiceError;
use crate::service::notify;
use app::backend::{HookCommand, HookRow};

impl RequestBackend {
    pub(super) async fn hooks_in(&self) -> Result<Vec<HookRow>, ServiceError> {
        self.organiser().await?;
        notify::hooks(&self.state.store).await
    }

    pub(super) async fn command_hook_in(&self, command: HookCommand) -> Result<(), ServiceError> {
        let act = self.act().await?;
        notify::command(&self.state.store, &act, command).await
    }
}
