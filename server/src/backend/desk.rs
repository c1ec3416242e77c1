//! Contests, imports and cards, as an organiser asks for them.

use super::RequestBackend;
use crate::http::uploads::upload_of;
use crate::service::cards::CardAddress;
use crate::service::error::ServiceError;
use crate::service::uploads::UploadKind;
use crate::service::{calculation, cards, charter_file, contests, create, desk, hand_over, roster};
use app::backend::{
    Calculation, Cards, ContestCard, ContestPage, DeskCommand, DeskPage, ImportReport, NewContest,
    RosterPage, SeenImport, UnitMatches, UploadId,
};
use domain::ids::ContestId;

impl RequestBackend {
    pub(super) async fn contests_in(&self) -> Result<Vec<ContestCard>, ServiceError> {
        contests::list(&self.state.store, self.is_staff().await?).await
    }

    pub(super) async fn contest_in(&self, contest: ContestId) -> Result<ContestPage, ServiceError> {
        contests::page(&self.state.store, contest, self.is_staff().await?).await
    }

    pub(super) async fn import_report_in(
        &self,
        upload: UploadId,
        matches: &UnitMatches,
    ) -> Result<ImportReport, ServiceError> {
        let account = self.organiser().await?;
        let upload = upload_of(&self.state, &upload, account)?;
        match upload.kind {
            UploadKind::Roster => {
                let file = (upload.file.as_str(), &*upload.bytes);
                roster::dry_run_by(&self.state.store, file, matches).await
            }
            UploadKind::HandOver => hand_over::dry_run(&self.state.store, &upload).await,
            UploadKind::Charter => Err(ServiceError::NotFound("upload")),
        }
    }

    pub(super) async fn apply_import_in(
        &self,
        upload: UploadId,
        seen: SeenImport,
    ) -> Result<ImportReport, ServiceError> {
        let act = self.act().await?;
        let upload = upload_of(&self.state, &upload, act.account)?;
        match upload.kind {
            UploadKind::Roster => {
                let file = (upload.file.as_str(), upload.bytes);
                roster::apply_seen(&self.state.store, &act, file, seen).await
            }
            UploadKind::HandOver => hand_over::apply(&self.state.store, &act, &upload).await,
            UploadKind::Charter => Err(ServiceError::NotFound("upload")),
        }
    }

    pub(super) async fn upload_text_in(&self, upload: UploadId) -> Result<String, ServiceError> {
        let account = self.organiser().await?;
        let upload = upload_of(&self.state, &upload, account)?;
        charter_file::text(&upload.bytes)
    }

    pub(super) async fn create_contest_in(
        &self,
        contest: NewContest,
    ) -> Result<ContestId, ServiceError> {
        create::create(&self.state.store, &self.act().await?, contest).await
    }

    pub(super) async fn desk_in(&self, contest: ContestId) -> Result<DeskPage, ServiceError> {
        self.organiser().await?;
        let now = self.state.clock.wall();
        desk::desk(&self.state.store, contest, &*self.state.presences, now).await
    }

    pub(super) async fn command_in(
        &self,
        contest: ContestId,
        command: DeskCommand,
    ) -> Result<(), ServiceError> {
        let act = self.act().await?;
        let clock = self.state.clock.clone();
        desk::command(&self.state.store, clock, &act, contest, command).await
    }

    pub(super) async fn cards_in(&self, contest: ContestId) -> Result<Cards, ServiceError> {
        let account = self.organiser().await?;
        let pads = (&*self.state.presences as _, self.state.clock.wall());
        let address = self.card_address();
        cards::cards(&self.state.store, account, contest, address, pads).await
    }

    pub(super) fn card_address(&self) -> CardAddress<'_> {
        let config = &self.state.config;
        CardAddress {
            public_url: &config.public_url,
            is_secure: config.is_secure_context(),
        }
    }

    pub(super) async fn calculation_in(
        &self,
        contest: ContestId,
    ) -> Result<Calculation, ServiceError> {
        self.organiser().await?;
        calculation::calculation(&self.state.store, contest).await
    }

    pub(super) async fn roster_in(&self) -> Result<RosterPage, ServiceError> {
        self.organiser().await?;
        let mut page = roster::roster(&self.state.store).await?;
        page.months = roster::months_to_fill(&self.state.store, self.state.clock.wall()).await?;
        Ok(page)
    }
}
