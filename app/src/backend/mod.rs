//! The server's side as the interface sees it: one trait, implemented in `server`, injected through
//! context for the time of one request. A server function is one line over it.

mod calendar;
mod comparison;
mod desk;
mod duty_sheet;
mod field;
mod hooks;
mod kept;
mod ladder;
mod leader;
mod merit;
mod month;
mod pledge;
mod posted_month;
mod public;
mod roster;
mod rules;
mod staff;
mod unit;
mod work;
mod year;

pub use calendar::{
    CalendarCommand, CalendarPage, CalendarRow, DutyDone, GoneDuty, OutcomeCommand,
};
pub use comparison::{Comparison, FlagChange, FollowChange, ListChange, PlaceChange};
pub use desk::{
    Absence, CalculatedEntry, CalculatedSeat, Calculation, CardPrint, CardSheet, CardState, Cards,
    Deduction, DeskCommand, DeskEntry, DeskPage, DeskSeat, DeskSheet, HeldSheet, HostCard,
    NewContest, NewEntry, NewSeats, Pairing, PresetCard, SeatEntry, SheetsTally, UnreadableOp,
};
pub use duty_sheet::{
    DutySheet, OutcomeDecision, SheetGroup, SheetMonth, SheetOutcome, SheetPlace, SheetUnit,
    WeakFigure,
};
pub use field::{LinkCommand, LinkRow, LinksPage};
pub use hooks::{HookCommand, HookKind, HookRow};
pub use kept::{KeptFigure, KeptFigures, KeptOp, KeptRecord, KeptSaid, KeptSlip};
pub use ladder::{
    Matter, SeasonName, SlipCommand, SlipNumber, SlipPage, SlipRow, SlipStepRow, SlipsPage,
    UnitSlips,
};
pub use leader::{Leader, LeaderCommand, LeaderUnit, LeadersPage, Visit};
pub use merit::{MeritAppeal, MeritMark, MeritReply, MeritRow, MeritState};
pub use month::{
    GroupFlags, MissingFigure, MonthCommand, MonthDesk, MonthStage, MonthState, RegistryPart,
    SeasonBegin, SeasonCard, SeasonsPage, SponsorChoice, StaleMonth,
};
pub use pledge::{Checkpoint, Pledge, PledgeCommand, PledgeItem, PledgesPage};
pub use posted_month::{
    Correction, FlagCourse, FlagStay, FlagTimeline, GroupFirst, MonthBoards, MonthCard, MonthPage,
    MonthPoster, Printed, SeasonChoice,
};
pub use public::{
    BoardsPage, ContestCard, ContestPage, HomePage, OrderRow, RuleCriterion, ScreenPage,
};
pub use roster::{
    FigureChange, FigurePart, ImportProblem, ImportReport, ImportTable, MemberRow, MonthToFill,
    PersonRow, RosterPage, SeenImport, UnitChoice, UnitMatches, UnitRow, UploadId,
};
pub use rules::{RuleChange, RulesCommand, RulesPage};
pub use staff::{Capability, Duties, Duty, SessionRow, Staff};
pub use unit::{
    OwnUnit, UnitCard, UnitDimension, UnitDimensions, UnitDuel, UnitMonth, UnitPage, UnitTally,
};
pub use work::{
    WorkAsked, WorkBatch, WorkCommand, WorkItem, WorkNew, WorkPage, WorkPlan, WorkSaid, WorkWord,
};
pub use year::{
    ContestPoints, ContestWord, PartScore, SheetYear, UnitYear, YearCommand, YearContest,
};

use crate::error::{AppError, Code};
use async_trait::async_trait;
use domain::ids::{ContestId, SeasonId, SlipId, UnitId};
use domain::month::cadence::{Output, Span};
use domain::month::period::Period;
use domain::month::slip::SlipState;
use leptos::prelude::*;
use std::sync::Arc;
use sync::posted::PostedResult;

/// Everything a page may ask of the server. Who asks is known to the implementation; each method
/// checks permission itself.
#[async_trait]
pub trait Backend: Send + Sync {
    // Anybody.
    async fn contests(&self) -> Result<Vec<ContestCard>, AppError>;
    async fn contest(&self, contest: ContestId) -> Result<ContestPage, AppError>;
    async fn boards(&self) -> Result<Vec<PostedResult>, AppError>;
    async fn screen(&self, contest: ContestId) -> Result<ScreenPage, AppError>;

    // Anybody, of the month.
    /// Of this season, or of the one whose month is the newest.
    async fn months(&self, season: Option<SeasonId>) -> Result<MonthBoards, AppError>;
    /// `printed` is the edition that a poster says it is.
    async fn month(
        &self,
        season: SeasonId,
        period: Period,
        printed: Option<u32>,
    ) -> Result<MonthPage, AppError>;
    async fn month_poster(&self, season: SeasonId, period: Period)
    -> Result<MonthPoster, AppError>;
    async fn month_flags(&self, season: SeasonId, period: Period)
    -> Result<FlagTimeline, AppError>;
    async fn units(&self) -> Result<Vec<UnitCard>, AppError>;
    async fn unit(&self, unit: UnitId) -> Result<UnitPage, AppError>;
    /// The unit that this device shows first.
    async fn own_unit(&self) -> Result<Option<OwnUnit>, AppError>;

    // Staff sessions.
    async fn staff(&self) -> Result<Option<Staff>, AppError>;
    async fn sign_in(&self, login: String, password: String) -> Result<Staff, AppError>;
    async fn sign_out(&self) -> Result<(), AppError>;
    async fn change_password(&self, old: String, new: String) -> Result<(), AppError>;
    async fn sessions(&self) -> Result<Vec<SessionRow>, AppError>;
    async fn revoke_session(&self, session: String) -> Result<(), AppError>;

    // The organiser.
    async fn roster(&self) -> Result<RosterPage, AppError>;
    async fn import_report(
        &self,
        upload: UploadId,
        matches: UnitMatches,
    ) -> Result<ImportReport, AppError>;
    async fn apply_import(
        &self,
        upload: UploadId,
        seen: SeenImport,
    ) -> Result<ImportReport, AppError>;
    /// The text of an uploaded charter.
    async fn upload_text(&self, upload: UploadId) -> Result<String, AppError>;
    async fn presets(&self) -> Result<Vec<PresetCard>, AppError>;
    async fn create_contest(&self, contest: NewContest) -> Result<ContestId, AppError>;
    async fn desk(&self, contest: ContestId) -> Result<DeskPage, AppError>;
    async fn command(&self, contest: ContestId, command: DeskCommand) -> Result<(), AppError>;
    async fn cards(&self, contest: ContestId) -> Result<Cards, AppError>;
    async fn calculation(&self, contest: ContestId) -> Result<Calculation, AppError>;

    // The organiser, of the month.
    async fn seasons(&self) -> Result<SeasonsPage, AppError>;
    /// Opens a season of this name with a preset's rules, or with rules, groups, pairs and
    /// indicators of another season, from which it may go on. `months` are the first and the last
    /// one as typed, such as `2026-01`, or nothing twice; `sponsor` is the unit that holds it.
    async fn open_season(
        &self,
        name: String,
        begin: SeasonBegin,
        months: (String, String),
        sponsor: Option<UnitId>,
    ) -> Result<SeasonId, AppError>;
    /// Group robots that are told what is posted.
    async fn hooks(&self) -> Result<Vec<HookRow>, AppError>;
    async fn command_hook(&self, command: HookCommand) -> Result<(), AppError>;
    /// The season's charter as text.
    async fn rules(&self, season: SeasonId) -> Result<RulesPage, AppError>;
    async fn rules_command(
        &self,
        season: SeasonId,
        command: RulesCommand,
    ) -> Result<Vec<RuleChange>, AppError>;
    /// Items that were given out in batches (WZ-15, WZ-16).
    async fn work(&self, season: SeasonId, asked: WorkAsked) -> Result<WorkPage, AppError>;
    async fn work_command(&self, season: SeasonId, command: WorkCommand) -> Result<(), AppError>;
    /// Who answers for which units (GY-8, GY-9).
    async fn leaders(&self, season: SeasonId) -> Result<LeadersPage, AppError>;
    async fn leader_command(
        &self,
        season: SeasonId,
        command: LeaderCommand,
    ) -> Result<(), AppError>;
    /// What units signed to reach (GY-12).
    async fn pledges(&self, season: SeasonId) -> Result<PledgesPage, AppError>;
    async fn pledge_command(
        &self,
        season: SeasonId,
        command: PledgeCommand,
    ) -> Result<(), AppError>;
    async fn month_desk(&self, season: SeasonId, period: Period) -> Result<MonthDesk, AppError>;
    /// A posted month to be handed out: all of it for staff, what is public for others to whom the
    /// season's charter opens it.
    async fn bulletin(&self, season: SeasonId, period: Period) -> Result<MonthPage, AppError>;
    async fn month_command(
        &self,
        season: SeasonId,
        period: Period,
        command: MonthCommand,
    ) -> Result<(), AppError>;

    /// What waits for the account that is signed in.
    async fn duties(&self) -> Result<Duties, AppError>;
    async fn calendar(&self, season: SeasonId) -> Result<CalendarPage, AppError>;
    async fn calendar_command(
        &self,
        season: SeasonId,
        command: CalendarCommand,
    ) -> Result<(), AppError>;
    /// The document of the duty of this span.
    async fn duty_sheet(
        &self,
        season: SeasonId,
        output: Output,
        span: Span,
    ) -> Result<DutySheet, AppError>;

    // The organiser, of cards outside contests.
    async fn links(&self, season: SeasonId) -> Result<LinksPage, AppError>;
    async fn link_command(&self, season: SeasonId, command: LinkCommand) -> Result<(), AppError>;

    // Staff, of slips and talks.
    /// Of the newest season where none is named.
    async fn slips(
        &self,
        season: Option<SeasonId>,
        state: SlipState,
    ) -> Result<SlipsPage, AppError>;
    async fn slip(&self, slip: SlipId) -> Result<SlipPage, AppError>;
    async fn slip_command(&self, command: SlipCommand) -> Result<(), AppError>;
}

/// The backend of the request that is being answered.
#[derive(Clone)]
pub struct BackendHandle(pub Arc<dyn Backend>);

/// The backend of this request.
///
/// # Errors
/// Nothing provided one: the code runs outside a request.
pub fn backend() -> Result<Arc<dyn Backend>, AppError> {
    use_context::<BackendHandle>()
        .map(|handle| handle.0)
        .ok_or_else(|| AppError::new(Code::Internal))
}
