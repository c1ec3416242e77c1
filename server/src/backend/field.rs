//! Cards outside contests.

use super::RequestBackend;
use crate::service::error::ServiceError;
use crate::service::field::links;
use app::backend::{LinkCommand, LinksPage};
use domain::ids::SeasonId;

impl RequestBackend {
    pub(super) async fn links_in(&self, season: SeasonId) -> Result<LinksPage, ServiceError> {
        let account = self.organiser().await?;
        let pads = (&*self.state.presences as _, self.state.clock.wall());
        links::page(
            &self.state.store,
            account,
            season,
            self.card_address(),
            pads,
        )
        .await
    }

    pub(super) async fn link_command_in(
        &self,
        season: SeasonId,
        command: LinkCommand,
    ) -> Result<(), ServiceError> {
        links::command(&self.state.store, &self.act().await?, season, command).await
    }
}
