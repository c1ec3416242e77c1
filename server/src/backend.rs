//! The app's port to the server, for one request. The only file that knows both sides: it finds out
//! who asks, checks permission, calls one use case and turns its refusal into an answer.

mod device;
mod ladder;

use crate::http::auth;
use crate::http::uploads::upload_of;
use crate::service::act::Act;
use crate::service::cards::CardAddress;
use crate::service::chance::Chance;
use crate::service::error::{ServiceError, status};
use crate::service::uploads::UploadKind;
use crate::service::{
    accounts, calculation, cards, charter_file, contests, create, desk, hand_over, month,
    permission, roster,
};
use crate::state::AppState;
use app::backend::{
    Backend, BackendHandle, Calculation, Cards, ContestCard, ContestPage, DeskCommand, DeskPage,
    Duty, ImportReport, MonthCard, MonthCommand, MonthDesk, MonthPage, NewContest, PresetCard,
    RosterPage, ScreenPage, SeasonCard, SessionRow, SlipCommand, SlipPage, SlipsPage, Staff,
    UnitCard, UnitPage, UploadId,
};
use app::error::AppError;
use async_trait::async_trait;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use domain::ids::{AccountId, ContestId, SeasonId, SlipId, UnitId};
use domain::month::Period;
use domain::month::ladder::LadderPreset;
use domain::month::slip::SlipState;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use std::net::IpAddr;
use std::sync::Arc;
use sync::posted::PostedResult;
use tower_sessions::Session;

/// How long somebody waits whose address tried too many passwords.
const SIGN_IN_WAIT_MS: u64 = 60_000;

/// Who asks, and what the answer's head will be.
struct RequestBackend {
    state: AppState,
    session: Session,
    options: ResponseOptions,
    address: IpAddr,
    /// The browser in a few words.
    device: String,
}

/// Provides the backend of the request that is being answered, if it came through the router.
pub fn provide_backend(state: &AppState) {
    let (Some(parts), Some(options)) = (use_context::<Parts>(), use_context::<ResponseOptions>())
    else {
        return;
    };
    let Some(session) = parts.extensions.get::<Session>().cloned() else {
        return;
    };
    let backend = RequestBackend {
        state: state.clone(),
        session,
        options,
        address: auth::address(&parts, state),
        device: device::of(&parts),
    };
    provide_context(BackendHandle(Arc::new(backend)));
}

impl RequestBackend {
    /// The one place where a refusal gets its status.
    fn answer<T>(&self, result: Result<T, ServiceError>) -> Result<T, AppError> {
        result.map_err(|error| {
            let error = AppError::from(error);
            self.options.set_status(status(error.code));
            error
        })
    }

    /// The account that may do what an organiser does.
    async fn organiser(&self) -> Result<AccountId, ServiceError> {
        self.personal();
        let staff = accounts::current(&self.state, &self.session).await?;
        permission::organiser(staff.as_ref())
    }

    async fn act(&self) -> Result<Act, ServiceError> {
        let account = self.organiser().await?;
        Ok(Act {
            account,
            now: self.state.clock.wall(),
            chance: Chance::machine(),
        })
    }

    /// What is for one person's eyes lies in no cache.
    fn personal(&self) {
        let no_store = HeaderValue::from_static("no-store");
        self.options.insert_header(CACHE_CONTROL, no_store);
    }

    async fn is_staff(&self) -> Result<bool, ServiceError> {
        let staff = accounts::current(&self.state, &self.session).await?;
        let is_staff = permission::organiser(staff.as_ref()).is_ok();
        if is_staff {
            self.personal();
        }
        Ok(is_staff)
    }

    async fn sign_in_in(&self, login: &str, password: &str) -> Result<Staff, ServiceError> {
        let limit = self.state.limits.sign_in(self.address);
        limit.map_err(|_| ServiceError::TooMany {
            retry_after_ms: SIGN_IN_WAIT_MS,
        })?;
        accounts::sign_in(&self.state, &self.session, (login, password), &self.device).await
    }

    async fn contests_in(&self) -> Result<Vec<ContestCard>, ServiceError> {
        contests::list(&self.state.store, self.is_staff().await?).await
    }

    async fn contest_in(&self, contest: ContestId) -> Result<ContestPage, ServiceError> {
        contests::page(&self.state.store, contest, self.is_staff().await?).await
    }

    async fn import_report_in(&self, upload: UploadId) -> Result<ImportReport, ServiceError> {
        let account = self.organiser().await?;
        let upload = upload_of(&self.state, &upload, account)?;
        match upload.kind {
            UploadKind::Roster => {
                roster::dry_run(&self.state.store, &upload.file, &upload.bytes).await
            }
            UploadKind::HandOver => hand_over::dry_run(&self.state.store, &upload).await,
            UploadKind::Charter => Err(ServiceError::NotFound("upload")),
        }
    }

    async fn apply_import_in(&self, upload: UploadId) -> Result<ImportReport, ServiceError> {
        let act = self.act().await?;
        let upload = upload_of(&self.state, &upload, act.account)?;
        match upload.kind {
            UploadKind::Roster => {
                roster::apply(&self.state.store, &act, &upload.file, upload.bytes).await
            }
            UploadKind::HandOver => hand_over::apply(&self.state.store, &act, &upload).await,
            UploadKind::Charter => Err(ServiceError::NotFound("upload")),
        }
    }

    async fn upload_text_in(&self, upload: UploadId) -> Result<String, ServiceError> {
        let account = self.organiser().await?;
        let upload = upload_of(&self.state, &upload, account)?;
        charter_file::text(&upload.bytes)
    }

    async fn create_contest_in(&self, contest: NewContest) -> Result<ContestId, ServiceError> {
        create::create(&self.state.store, &self.act().await?, contest).await
    }

    async fn desk_in(&self, contest: ContestId) -> Result<DeskPage, ServiceError> {
        self.organiser().await?;
        let now = self.state.clock.wall();
        desk::desk(&self.state.store, contest, &*self.state.presences, now).await
    }

    async fn command_in(
        &self,
        contest: ContestId,
        command: DeskCommand,
    ) -> Result<(), ServiceError> {
        let act = self.act().await?;
        let clock = self.state.clock.clone();
        desk::command(&self.state.store, clock, &act, contest, command).await
    }

    async fn cards_in(&self, contest: ContestId) -> Result<Cards, ServiceError> {
        self.organiser().await?;
        let config = &self.state.config;
        let address = CardAddress {
            public_url: &config.public_url,
            is_secure: config.is_secure_context(),
        };
        let pads = (&*self.state.presences as _, self.state.clock.wall());
        cards::cards(&self.state.store, contest, address, pads).await
    }

    async fn calculation_in(&self, contest: ContestId) -> Result<Calculation, ServiceError> {
        self.organiser().await?;
        calculation::calculation(&self.state.store, contest).await
    }

    async fn roster_in(&self) -> Result<RosterPage, ServiceError> {
        self.organiser().await?;
        roster::roster(&self.state.store).await
    }

    async fn seasons_in(&self) -> Result<Vec<SeasonCard>, ServiceError> {
        self.organiser().await?;
        month::season::list(&self.state.store, self.state.clock.wall()).await
    }

    async fn open_season_in(
        &self,
        name: &str,
        ladder: LadderPreset,
    ) -> Result<SeasonId, ServiceError> {
        let act = self.act().await?;
        month::season::open(&self.state.store, &act, name, ladder).await
    }

    async fn month_desk_in(
        &self,
        season: SeasonId,
        period: Period,
    ) -> Result<MonthDesk, ServiceError> {
        let account = self.organiser().await?;
        month::desk::page(&self.state.store, account, season, period).await
    }

    async fn month_command_in(
        &self,
        at: (SeasonId, Period),
        command: MonthCommand,
    ) -> Result<(), ServiceError> {
        let act = self.act().await?;
        month::command(&self.state.store, &act, at, command).await
    }

    async fn presets_in(&self) -> Result<Vec<PresetCard>, ServiceError> {
        self.organiser().await?;
        create::preset_cards()
    }
}

#[async_trait]
impl Backend for RequestBackend {
    async fn contests(&self) -> Result<Vec<ContestCard>, AppError> {
        self.answer(self.contests_in().await)
    }

    async fn contest(&self, contest: ContestId) -> Result<ContestPage, AppError> {
        self.answer(self.contest_in(contest).await)
    }

    async fn boards(&self) -> Result<Vec<PostedResult>, AppError> {
        self.answer(contests::boards(&self.state.store).await)
    }

    async fn screen(&self, contest: ContestId) -> Result<ScreenPage, AppError> {
        self.answer(contests::screen(&self.state.store, contest).await)
    }

    async fn months(&self) -> Result<Vec<MonthCard>, AppError> {
        self.answer(month::read::months(&self.state.store).await)
    }

    async fn month(&self, season: SeasonId, period: Period) -> Result<MonthPage, AppError> {
        self.answer(month::read::month(&self.state.store, season, period).await)
    }

    async fn units(&self) -> Result<Vec<UnitCard>, AppError> {
        self.answer(month::read::units(&self.state.store).await)
    }

    async fn unit(&self, unit: UnitId) -> Result<UnitPage, AppError> {
        self.answer(month::read::unit(&self.state.store, unit).await)
    }

    async fn staff(&self) -> Result<Option<Staff>, AppError> {
        self.personal();
        self.answer(accounts::current(&self.state, &self.session).await)
    }

    async fn sign_in(&self, login: String, password: String) -> Result<Staff, AppError> {
        self.personal();
        self.answer(self.sign_in_in(&login, &password).await)
    }

    async fn sign_out(&self) -> Result<(), AppError> {
        self.personal();
        self.answer(accounts::sign_out(&self.session).await)
    }

    async fn change_password(&self, old: String, new: String) -> Result<(), AppError> {
        self.personal();
        self.answer(accounts::change_password(&self.state, &self.session, &old, &new).await)
    }

    async fn sessions(&self) -> Result<Vec<SessionRow>, AppError> {
        self.personal();
        self.answer(accounts::sessions(&self.state, &self.session).await)
    }

    async fn revoke_session(&self, session: String) -> Result<(), AppError> {
        self.personal();
        self.answer(accounts::revoke(&self.state, &self.session, session).await)
    }

    async fn roster(&self) -> Result<RosterPage, AppError> {
        self.answer(self.roster_in().await)
    }

    async fn import_report(&self, upload: UploadId) -> Result<ImportReport, AppError> {
        self.answer(self.import_report_in(upload).await)
    }

    async fn apply_import(&self, upload: UploadId) -> Result<ImportReport, AppError> {
        self.answer(self.apply_import_in(upload).await)
    }

    async fn upload_text(&self, upload: UploadId) -> Result<String, AppError> {
        self.answer(self.upload_text_in(upload).await)
    }

    async fn presets(&self) -> Result<Vec<PresetCard>, AppError> {
        self.answer(self.presets_in().await)
    }

    async fn create_contest(&self, contest: NewContest) -> Result<ContestId, AppError> {
        self.answer(self.create_contest_in(contest).await)
    }

    async fn desk(&self, contest: ContestId) -> Result<DeskPage, AppError> {
        self.answer(self.desk_in(contest).await)
    }

    async fn command(&self, contest: ContestId, command: DeskCommand) -> Result<(), AppError> {
        self.answer(self.command_in(contest, command).await)
    }

    async fn cards(&self, contest: ContestId) -> Result<Cards, AppError> {
        self.answer(self.cards_in(contest).await)
    }

    async fn calculation(&self, contest: ContestId) -> Result<Calculation, AppError> {
        self.answer(self.calculation_in(contest).await)
    }

    async fn seasons(&self) -> Result<Vec<SeasonCard>, AppError> {
        self.answer(self.seasons_in().await)
    }

    async fn open_season(&self, name: String, ladder: LadderPreset) -> Result<SeasonId, AppError> {
        self.answer(self.open_season_in(&name, ladder).await)
    }

    async fn month_desk(&self, season: SeasonId, period: Period) -> Result<MonthDesk, AppError> {
        self.answer(self.month_desk_in(season, period).await)
    }

    async fn month_command(
        &self,
        season: SeasonId,
        period: Period,
        command: MonthCommand,
    ) -> Result<(), AppError> {
        self.answer(self.month_command_in((season, period), command).await)
    }

    async fn duties(&self) -> Result<Vec<Duty>, AppError> {
        self.answer(self.duties_in().await)
    }

    async fn slips(
        &self,
        season: Option<SeasonId>,
        state: SlipState,
    ) -> Result<SlipsPage, AppError> {
        self.answer(self.slips_in(season, state).await)
    }

    async fn slip(&self, slip: SlipId) -> Result<SlipPage, AppError> {
        self.answer(self.slip_in(slip).await)
    }

    async fn slip_command(&self, command: SlipCommand) -> Result<(), AppError> {
        self.answer(self.slip_command_in(command).await)
    }
}
