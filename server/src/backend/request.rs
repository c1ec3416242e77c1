//! Who asks, whether it may, and what becomes of a refusal.

use super::RequestBackend;
use crate::service::act::Act;
use crate::service::chance::Chance;
use crate::service::error::{ServiceError, status};
use crate::service::{accounts, create, month, permission};
use app::backend::{MonthCommand, MonthDesk, PresetCard, SeasonBegin, SeasonsPage, Staff};
use app::error::AppError;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use domain::ids::{AccountId, SeasonId, UnitId};
use domain::month::Period;

/// How long somebody waits whose address tried too many passwords.
const SIGN_IN_WAIT_MS: u64 = 60_000;

impl RequestBackend {
    /// The one place where a refusal gets its status.
    pub(super) fn answer<T>(&self, result: Result<T, ServiceError>) -> Result<T, AppError> {
        result.map_err(|error| {
            let error = AppError::from(error);
            self.options.set_status(status(error.code));
            error
        })
    }

    /// The account that may do what an organiser does.
    pub(super) async fn organiser(&self) -> Result<AccountId, ServiceError> {
        self.personal();
        let staff = accounts::current(&self.state, &self.session).await?;
        permission::organiser(staff.as_ref())
    }

    pub(super) async fn act(&self) -> Result<Act, ServiceError> {
        let account = self.organiser().await?;
        Ok(Act {
            account,
            now: self.state.clock.wall(),
            chance: Chance::machine(),
        })
    }

    /// What is for one person's eyes lies in no cache.
    pub(super) fn personal(&self) {
        let no_store = HeaderValue::from_static("no-store");
        self.options.insert_header(CACHE_CONTROL, no_store);
    }

    pub(super) async fn is_staff(&self) -> Result<bool, ServiceError> {
        let staff = accounts::current(&self.state, &self.session).await?;
        let is_staff = permission::organiser(staff.as_ref()).is_ok();
        if is_staff {
            self.personal();
        }
        Ok(is_staff)
    }

    pub(super) async fn sign_in_in(
        &self,
        login: &str,
        password: &str,
    ) -> Result<Staff, ServiceError> {
        let limit = self.state.limits.sign_in(self.address);
        limit.map_err(|_| ServiceError::TooMany {
            retry_after_ms: SIGN_IN_WAIT_MS,
        })?;
        accounts::sign_in(&self.state, &self.session, (login, password), &self.device).await
    }

    pub(super) async fn seasons_in(&self) -> Result<SeasonsPage, ServiceError> {
        self.organiser().await?;
        month::season::page(&self.state.store, self.state.clock.wall()).await
    }

    pub(super) async fn open_season_in(
        &self,
        name: &str,
        begin: SeasonBegin,
        (from, to): (&str, &str),
        sponsor: Option<UnitId>,
    ) -> Result<SeasonId, ServiceError> {
        let act = self.act().await?;
        let months = month::months::read(from, to)?;
        month::season::open(&self.state.store, &act, name, begin, months, sponsor).await
    }

    pub(super) async fn month_desk_in(
        &self,
        season: SeasonId,
        period: Period,
    ) -> Result<MonthDesk, ServiceError> {
        let account = self.organiser().await?;
        let now = self.state.clock.wall();
        month::desk::page(&self.state.store, account, season, period, now).await
    }

    pub(super) async fn month_command_in(
        &self,
        at: (SeasonId, Period),
        command: MonthCommand,
    ) -> Result<(), ServiceError> {
        let act = self.act().await?;
        month::command(&self.state.store, &act, at, command).await
    }

    pub(super) async fn presets_in(&self) -> Result<Vec<PresetCard>, ServiceError> {
        self.organiser().await?;
        create::preset_cards()
    }
}
