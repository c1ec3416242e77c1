//! Group robots and the rules of a season: for organisers alone.

use super::RequestBackend;
use crate::service::error::ServiceError;
use crate::service::month::rules;
use crate::service::notify;
use app::backend::{HookCommand, HookRow, RuleChange, RulesCommand, RulesPage};
use domain::ids::SeasonId;

impl RequestBackend {
    pub(super) async fn hooks_in(&self) -> Result<Vec<HookRow>, ServiceError> {
        self.organiser().await?;
        notify::hooks(&self.state.store).await
    }

    pub(super) async fn command_hook_in(&self, command: HookCommand) -> Result<(), ServiceError> {
        let act = self.act().await?;
        notify::command(&self.state.store, &act, command).await
    }

    pub(super) async fn rules_in(&self, season: SeasonId) -> Result<RulesPage, ServiceError> {
        let account = self.organiser().await?;
        rules::page(&self.state.store, account, season).await
    }

    pub(super) async fn rules_command_in(
        &self,
        season: SeasonId,
        command: RulesCommand,
    ) -> Result<Vec<RuleChange>, ServiceError> {
        rules::command(&self.state.store, &self.act().await?, season, command).await
    }
}
