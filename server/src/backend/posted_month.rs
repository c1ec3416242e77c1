//! What pages ask of posted months. A black list stands for so many days, so each answer is that of
//! today, and one that names who is on it says until when a phone may keep it.

use super::RequestBackend;
use crate::service::error::ServiceError;
use crate::service::month::read;
use app::backend::{MonthCard, MonthPage, MonthPoster, OwnUnit, UnitPage};
use axum::http::{HeaderName, HeaderValue};
use domain::ids::{SeasonId, UnitId};
use domain::month::Period;
use domain::month::board::Listed;
use domain::month::day::Day;
use sync::posted_month::PostedMonth;

/// Milliseconds since 1970; the service worker shows no copy from then on.
const KEEP_UNTIL: &str = "x-keep-until";

impl RequestBackend {
    pub(super) async fn months_in(&self) -> Result<Vec<MonthCard>, ServiceError> {
        read::months(&self.state.store, self.state.today()).await
    }

    pub(super) async fn month_in(&self, at: (SeasonId, Period)) -> Result<MonthPage, ServiceError> {
        let page = read::month(&self.state.store, at, self.state.today()).await?;
        self.keep_month(&page.month);
        Ok(page)
    }

    pub(super) async fn poster_in(
        &self,
        at: (SeasonId, Period),
    ) -> Result<MonthPoster, ServiceError> {
        let public_url = &self.state.config.public_url;
        let poster = read::poster(&self.state.store, public_url, at, self.state.today()).await?;
        self.keep_month(&poster.page.month);
        Ok(poster)
    }

    pub(super) async fn bulletin_in(
        &self,
        at: (SeasonId, Period),
    ) -> Result<MonthPage, ServiceError> {
        self.organiser().await?;
        read::bulletin(&self.state.store, at, self.state.today()).await
    }

    pub(super) async fn unit_in(&self, unit: UnitId) -> Result<UnitPage, ServiceError> {
        let mut page = read::unit(&self.state.store, unit, self.state.today()).await?;
        page.is_own = self.own == Some(unit);
        page.url = self.state.config.address(&app::paths::unit(unit));
        if let Some(month) = &page.month {
            self.keep_month(month);
        }
        Ok(page)
    }

    pub(super) async fn own_unit_in(&self) -> Result<Option<OwnUnit>, ServiceError> {
        let own = read::own(&self.state.store, self.own, self.state.today()).await?;
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
