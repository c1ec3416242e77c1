//! What pages ask of a posted month beside the month itself.

use super::RequestBackend;
use crate::service::error::ServiceError;
use crate::service::month;
use app::backend::{MonthPage, MonthPoster};
use domain::ids::SeasonId;
use domain::month::Period;

impl RequestBackend {
    pub(super) async fn poster_in(
        &self,
        season: SeasonId,
        at: Period,
    ) -> Result<MonthPoster, ServiceError> {
        let public_url = &self.state.config.public_url;
        month::read::poster(&self.state.store, public_url, season, at).await
    }

    pub(super) async fn bulletin_in(
        &self,
        season: SeasonId,
        at: Period,
    ) -> Result<MonthPage, ServiceError> {
        self.organiser().await?;
        month::read::bulletin(&self.state.store, season, at).await
    }
}
