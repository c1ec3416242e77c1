//! The app's port to the server, for one request. The only file that knows both sides: it finds out
//! who asks, checks permission, calls one use case and turns its refusal into an answer.

mod desk;
mod device;
mod field;
mod hooks;
mod ladder;
mod posted_month;
mod request;

use crate::http::pages::unit_of;
use crate::http::{auth, by_link};
use crate::service::{accounts, contests};
use crate::state::AppState;
use app::backend::{
    Backend, BackendHandle, Calculation, CalendarCommand, CalendarPage, Cards, ContestCard,
    ContestPage, DeskCommand, DeskPage, Duties, DutySheet, FlagTimeline, HookCommand, HookRow,
    ImportReport, LeaderCommand, LeadersPage, LinkCommand, LinksPage, MonthBoards, MonthCommand,
    MonthDesk, MonthPage, MonthPoster, NewContest, OwnUnit, PledgeCommand, PledgesPage, PresetCard,
    RosterPage, RuleChange, RulesCommand, RulesPage, ScreenPage, SeasonBegin, SeasonsPage,
    SeenImport, SessionRow, SlipCommand, SlipPage, SlipsPage, Staff, UnitCard, UnitMatches,
    UnitPage, UploadId, WorkAsked, WorkCommand, WorkPage,
};
use app::error::AppError;
use async_trait::async_trait;
use axum::http::request::Parts;
use domain::ids::{ContestId, SeasonId, SlipId, UnitId};
use domain::month::Period;
use domain::month::cadence::{Output, Span};
use domain::month::slip::SlipState;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use std::net::IpAddr;
use std::sync::Arc;
use sync::posted::PostedResult;
use tower_sessions::Session;

/// Who asks, and what the answer's head will be.
struct RequestBackend {
    state: AppState,
    session: Session,
    options: ResponseOptions,
    address: IpAddr,
    /// The browser in a few words.
    device: String,
    /// The unit that this device shows first.
    own: Option<UnitId>,
    /// Of the links that this browser opened.
    keys: Vec<String>,
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
        own: unit_of(&parts.headers),
        keys: by_link::keys_of(&parts.headers),
    };
    provide_context(BackendHandle(Arc::new(backend)));
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

    async fn months(&self, season: Option<SeasonId>) -> Result<MonthBoards, AppError> {
        self.answer(self.months_in(season).await)
    }

    async fn month(
        &self,
        season: SeasonId,
        at: Period,
        printed: Option<u32>,
    ) -> Result<MonthPage, AppError> {
        self.answer(self.month_in((season, at), printed).await)
    }

    async fn month_poster(&self, season: SeasonId, at: Period) -> Result<MonthPoster, AppError> {
        self.answer(self.poster_in((season, at)).await)
    }

    async fn month_flags(&self, season: SeasonId, at: Period) -> Result<FlagTimeline, AppError> {
        self.answer(self.flags_in((season, at)).await)
    }

    async fn units(&self) -> Result<Vec<UnitCard>, AppError> {
        self.answer(self.units_in().await)
    }

    async fn unit(&self, unit: UnitId) -> Result<UnitPage, AppError> {
        self.answer(self.unit_in(unit).await)
    }

    async fn own_unit(&self) -> Result<Option<OwnUnit>, AppError> {
        self.answer(self.own_unit_in().await)
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

    async fn import_report(
        &self,
        upload: UploadId,
        matches: UnitMatches,
    ) -> Result<ImportReport, AppError> {
        self.answer(self.import_report_in(upload, &matches).await)
    }

    async fn apply_import(
        &self,
        upload: UploadId,
        seen: SeenImport,
    ) -> Result<ImportReport, AppError> {
        self.answer(self.apply_import_in(upload, seen).await)
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

    async fn seasons(&self) -> Result<SeasonsPage, AppError> {
        self.answer(self.seasons_in().await)
    }

    async fn hooks(&self) -> Result<Vec<HookRow>, AppError> {
        self.answer(self.hooks_in().await)
    }

    async fn command_hook(&self, command: HookCommand) -> Result<(), AppError> {
        self.answer(self.command_hook_in(command).await)
    }

    async fn open_season(
        &self,
        name: String,
        begin: SeasonBegin,
        (from, to): (String, String),
        sponsor: Option<UnitId>,
    ) -> Result<SeasonId, AppError> {
        let opened = self.open_season_in(&name, begin, (&from, &to), sponsor);
        self.answer(opened.await)
    }

    async fn rules(&self, season: SeasonId) -> Result<RulesPage, AppError> {
        self.answer(self.rules_in(season).await)
    }

    async fn rules_command(
        &self,
        season: SeasonId,
        command: RulesCommand,
    ) -> Result<Vec<RuleChange>, AppError> {
        self.answer(self.rules_command_in(season, command).await)
    }

    async fn work(&self, season: SeasonId, asked: WorkAsked) -> Result<WorkPage, AppError> {
        self.answer(self.work_in(season, asked).await)
    }

    async fn work_command(&self, season: SeasonId, command: WorkCommand) -> Result<(), AppError> {
        self.answer(self.work_command_in(season, command).await)
    }

    async fn leaders(&self, season: SeasonId) -> Result<LeadersPage, AppError> {
        self.answer(self.leaders_in(season).await)
    }

    async fn leader_command(
        &self,
        season: SeasonId,
        command: LeaderCommand,
    ) -> Result<(), AppError> {
        self.answer(self.leader_command_in(season, command).await)
    }

    async fn pledges(&self, season: SeasonId) -> Result<PledgesPage, AppError> {
        self.answer(self.pledges_in(season).await)
    }

    async fn pledge_command(
        &self,
        season: SeasonId,
        command: PledgeCommand,
    ) -> Result<(), AppError> {
        self.answer(self.pledge_command_in(season, command).await)
    }

    async fn month_desk(&self, season: SeasonId, period: Period) -> Result<MonthDesk, AppError> {
        self.answer(self.month_desk_in(season, period).await)
    }

    async fn bulletin(&self, season: SeasonId, at: Period) -> Result<MonthPage, AppError> {
        self.answer(self.bulletin_in((season, at)).await)
    }

    async fn month_command(
        &self,
        season: SeasonId,
        period: Period,
        command: MonthCommand,
    ) -> Result<(), AppError> {
        self.answer(self.month_command_in((season, period), command).await)
    }

    async fn links(&self, season: SeasonId) -> Result<LinksPage, AppError> {
        self.answer(self.links_in(season).await)
    }

    async fn link_command(&self, season: SeasonId, command: LinkCommand) -> Result<(), AppError> {
        self.answer(self.link_command_in(season, command).await)
    }

    async fn duties(&self) -> Result<Duties, AppError> {
        self.answer(self.duties_in().await)
    }

    async fn calendar(&self, season: SeasonId) -> Result<CalendarPage, AppError> {
        self.answer(self.calendar_in(season).await)
    }

    async fn calendar_command(
        &self,
        season: SeasonId,
        command: CalendarCommand,
    ) -> Result<(), AppError> {
        self.answer(self.calendar_command_in(season, command).await)
    }

    async fn duty_sheet(
        &self,
        season: SeasonId,
        output: Output,
        span: Span,
    ) -> Result<DutySheet, AppError> {
        self.answer(self.duty_sheet_in((season, output, span)).await)
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
