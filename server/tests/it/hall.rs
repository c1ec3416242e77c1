//! A contest under way over HTTP: an organiser who opens and closes, and pads that push.

use crate::app::{Stage, TestApp, device};
use crate::pad::{Pad, pair_request};
use app::backend::DeskCommand;
use domain::ids::{AccountId, EntryId};
use sync::protocol::{Outcome, RejectReason, Standing};

pub struct Hall {
    pub app: TestApp,
    pub account: AccountId,
    pub stage: Stage,
}

pub async fn hall(seats: u32, entries: usize) -> Hall {
    let app = TestApp::start().await;
    let (account, _) = app.organiser().await;
    let stage = app.stage(account, seats, entries).await;
    Hall {
        app,
        account,
        stage,
    }
}

impl Hall {
    pub async fn say(&self, command: DeskCommand) {
        let Self {
            app,
            account,
            stage,
        } = self;
        app.command(*account, stage.contest, command).await;
    }

    pub async fn open(&self, entry: EntryId) {
        self.say(DeskCommand::OpenGate { entry }).await;
    }

    pub async fn close(&self, entry: EntryId) {
        let reason = "测试".to_owned();
        self.say(DeskCommand::CloseGate { entry, reason }).await;
    }

    pub async fn pad(&self, seat: usize) -> Pad {
        Pad::pair(&self.app, &self.stage.cards[seat]).await
    }

    pub async fn take_over(&self, seat: usize) -> Pad {
        let mut request = pair_request(&self.stage.cards[seat], device());
        request.takeover = true;
        Pad::pair_as(&self.app, request).await
    }

    pub async fn rows(&self, sql: &'static str) -> i64 {
        let mut tx = self.app.state.store.read().await.expect("a reader");
        tx.row(sql, &[])
            .await
            .expect("a row")
            .int("n")
            .expect("a count")
    }
}

#[track_caller]
pub fn applied(outcome: &Outcome) -> &Standing {
    match outcome {
        Outcome::Applied { standing, .. } => standing,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
pub fn rejected(outcome: Outcome, reason_expected: RejectReason) {
    assert_eq!(
        outcome,
        Outcome::Rejected {
            reason: reason_expected
        }
    );
}
