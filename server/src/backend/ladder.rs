//! Slips and talks, worklists, leaders, pledges, and what waits for whom.

use super::RequestBackend;
use crate::service::calendar;
use crate::service::calendar::sheet::{self, Asked};
use crate::service::duties;
use crate::service::error::ServiceError;
use crate::service::ladder::{self, read};
use crate::service::leaders;
use crate::service::pledges;
use crate::service::worklist;
use app::backend::{
    CalendarCommand, CalendarPage, Duties, DutySheet, LeaderCommand, LeadersPage, PledgeCommand,
    PledgesPage, SlipCommand, SlipPage, SlipsPage, WorkAsked, WorkCommand, WorkPage,
};
use domain::ids::{SeasonId, SlipId};
use domain::month::slip::SlipState;

impl RequestBackend {
    pub(super) async fn duties_in(&self) -> Result<Duties, ServiceError> {
        let account = self.organiser().await?;
        duties::of(&self.state.store, account, self.state.clock.wall()).await
    }

    pub(super) async fn calendar_in(&self, season: SeasonId) -> Result<CalendarPage, ServiceError> {
        let account = self.organiser().await?;
        calendar::page(&self.state.store, account, season, self.state.today()).await
    }

    pub(super) async fn calendar_command_in(
        &self,
        season: SeasonId,
        command: CalendarCommand,
    ) -> Result<(), ServiceError> {
        calendar::command(&self.state.store, &self.act().await?, season, command).await
    }

    pub(super) async fn duty_sheet_in(&self, asked: Asked) -> Result<DutySheet, ServiceError> {
        let account = self.organiser().await?;
        let (reader, now) = (self.reader().await?, self.state.clock.wall());
        self.personal();
        sheet::sheet(&self.state.store, (&reader, account), asked, now).await
    }

    pub(super) async fn work_in(
        &self,
        season: SeasonId,
        asked: WorkAsked,
    ) -> Result<WorkPage, ServiceError> {
        let (account, today) = (self.organiser().await?, self.state.today());
        worklist::page(&self.state.store, account, (season, asked), today).await
    }

    pub(super) async fn work_command_in(
        &self,
        season: SeasonId,
        command: WorkCommand,
    ) -> Result<(), ServiceError> {
        worklist::command(&self.state.store, &self.act().await?, season, command).await
    }

    pub(super) async fn leaders_in(&self, season: SeasonId) -> Result<LeadersPage, ServiceError> {
        let account = self.organiser().await?;
        let (reader, now) = (self.reader().await?, self.state.clock.wall());
        leaders::page(&self.state.store, (&reader, account), season, now).await
    }

    pub(super) async fn leader_command_in(
        &self,
        season: SeasonId,
        command: LeaderCommand,
    ) -> Result<(), ServiceError> {
        leaders::command(&self.state.store, &self.act().await?, season, command).await
    }

    pub(super) async fn pledges_in(&self, season: SeasonId) -> Result<PledgesPage, ServiceError> {
        let (account, today) = (self.organiser().await?, self.state.today());
        pledges::page(&self.state.store, account, season, today).await
    }

    pub(super) async fn pledge_command_in(
        &self,
        season: SeasonId,
        command: PledgeCommand,
    ) -> Result<(), ServiceError> {
        pledges::command(&self.state.store, &self.act().await?, season, command).await
    }

    pub(super) async fn slips_in(
        &self,
        season: Option<SeasonId>,
        state: SlipState,
    ) -> Result<SlipsPage, ServiceError> {
        let account = self.organiser().await?;
        let now = self.state.clock.wall();
        read::slips(&self.state.store, account, (season, state), now).await
    }

    pub(super) async fn slip_in(&self, slip: SlipId) -> Result<SlipPage, ServiceError> {
        let account = self.organiser().await?;
        read::slip(&self.state.store, account, slip, self.state.clock.wall()).await
    }

    pub(super) async fn slip_command_in(&self, command: SlipCommand) -> Result<(), ServiceError> {
        ladder::command(&self.state.store, &self.act().await?, command).await
    }
}
