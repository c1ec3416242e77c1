//! What pages ask of posted months. A black list stands for so many days, so each answer is that of
//! today, and one that names who is on it says until when a phone may keep it.

use super::RequestBackend;
use crate::http::by_link::PRIVATE;
use crate::service::accounts;
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::service::month::{boards, flags, read, units};
use app::backend::{
    FlagTimeline, MonthBoards, MonthPage, MonthPoster, OwnUnit, UnitCard, UnitPage,
};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderName, HeaderValue};
use domain::ids::{SeasonId, UnitId};
use domain::month::Period;
use domain::month::board::Listed;
use domain::month::day::Day;
use sync::posted_month::PostedMonth;

/// Milliseconds since 1970; the service worker shows no copy from then on.
const KEEP_UNTIL: &str = "x-keep-until";

impl RequestBackend {
    /// Who asks. What a reader is answered who sees more than everybody lies in no cache.
    pub(super) async fn reader(&self) -> Result<Reader, ServiceError> {
        let staff = accounts::current(&self.state, &self.session).await?;
        let reader = Reader::load(&self.state.store, staff, &self.keys).await?;
        if reader.sees_more() {
            self.private();
        }
        Ok(reader)
    }

    fn private(&self) {
        let private = HeaderValue::from_static(PRIVATE);
        self.options.insert_header(CACHE_CONTROL, private);
    }

    pub(super) async fn months_in(
        &self,
        season: Option<SeasonId>,
    ) -> Result<MonthBoards, ServiceError> {
        let reader = self.reader().await?;
        boards::boards(&self.state.store, &reader, season, self.state.today()).await
    }

    pub(super) async fn flags_in(
        &self,
        (season, at): (SeasonId, Period),
    ) -> Result<FlagTimeline, ServiceError> {
        let reader = self.reader().await?;
        flags::timeline(&self.state.store, &reader, season, at).await
    }

    pub(super) async fn units_in(&self) -> Result<Vec<UnitCard>, ServiceError> {
        let reader = self.reader().await?;
        units::units(&self.state.store, &reader).await
    }

    pub(super) async fn month_in(
        &self,
        at: (SeasonId, Period),
        printed: Option<u32>,
    ) -> Result<MonthPage, ServiceError> {
        let reader = self.reader().await?;
        let mut page = read::month(&self.state.store, &reader, at, self.state.today()).await?;
        if let Some(edition) = printed {
            page.printed = read::printed(&self.state.store, &reader, at, edition).await?;
        }
        self.keep_month(&page.month);
        Ok(page)
    }

    pub(super) async fn poster_in(
        &self,
        at: (SeasonId, Period),
    ) -> Result<MonthPoster, ServiceError> {
        let (reader, today) = (self.reader().await?, self.state.today());
        let config = &self.state.config;
        let poster = read::poster(&self.state.store, &reader, config, at, today).await?;
        self.keep_month(&poster.page.month);
        Ok(poster)
    }

    pub(super) async fn bulletin_in(
        &self,
        at: (SeasonId, Period),
    ) -> Result<MonthPage, ServiceError> {
        let reader = self.reader().await?;
        self.private();
        read::bulletin(&self.state.store, &reader, at, self.state.today()).await
    }

    pub(super) async fn unit_in(&self, unit: UnitId) -> Result<UnitPage, ServiceError> {
        let reader = self.reader().await?;
        let mut page = units::unit(&self.state.store, &reader, unit, self.state.today()).await?;
        page.is_own = self.own == Some(unit);
        page.url = self.state.config.address(&units::unit_way(&reader, &page));
        if let Some(month) = &page.month {
            self.keep_month(month);
        }
        Ok(page)
    }

    pub(super) async fn own_unit_in(&self) -> Result<Option<OwnUnit>, ServiceError> {
        let reader = self.reader().await?;
        let own = units::own(&self.state.store, &reader, self.own, self.state.today()).await?;
        if let Some(until) = own.as_ref().and_then(|own| own.listed_until) {
            self.keep_until(until);
        }
        Ok(own)
    }

    fn keep_month(&self, month: &PostedMonth) {
        if month.names(Listed::Black) {
            self.keep_until(month.black_until());
        }
    }

    fn keep_until(&self, last: Day) {
        let end = HeaderValue::from(last.plus(1).begins().0);
        self.options
            .insert_header(HeaderName::from_static(KEEP_UNTIL), end);
    }
}
