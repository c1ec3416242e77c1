//! Pushes on their way to the writer. Those that come while one group is written wait and are the
//! next group, so that a hall of phones that come back together costs few statements.

use super::{Push, write};
use crate::service::error::ServiceError;
use crate::service::holder::Holder;
use crate::store::Store;
use domain::ids::Millis;
use std::fmt;
use std::sync::Arc;
use sync::protocol::{OpOutcome, SignedOp};
use tokio::sync::{mpsc, oneshot};

/// Pushes in one group.
const GROUP_MAX: usize = 64;
/// Pushes that may wait; beyond it, callers wait to queue.
const QUEUE_MAX: usize = 1024;

const _: () = assert!(GROUP_MAX <= QUEUE_MAX);

/// Takes pushes as long as it lives.
pub struct Pushes {
    queue: mpsc::Sender<Waiting>,
}

struct Waiting {
    push: Push,
    answer: oneshot::Sender<Result<Vec<OpOutcome>, ServiceError>>,
}

impl Pushes {
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE_MAX);
        tokio::spawn(serve(store, waiting));
        Self { queue }
    }

    /// Takes a device's own ops. They are written even when the caller goes away.
    ///
    /// # Errors
    /// The database failed; then nothing of the batch was kept.
    pub async fn push(
        &self,
        holder: Holder,
        ops: Vec<SignedOp>,
        now: Millis,
    ) -> Result<Vec<OpOutcome>, ServiceError> {
        let push = Push::of_device(holder, ops, now)?;
        let (answer, answered) = oneshot::channel();
        let stopped = || ServiceError::Internal(anyhow::anyhow!("no more pushes are taken"));
        let waiting = Waiting { push, answer };
        self.queue.send(waiting).await.map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }
}

impl fmt::Debug for Pushes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pushes")
    }
}

async fn serve(store: Store, mut waiting: mpsc::Receiver<Waiting>) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while waiting.recv_many(&mut group, GROUP_MAX).await != 0 {
        let (pushes, answers) = group.drain(..).map(|one| (one.push, one.answer)).unzip();
        write_group(&store, pushes, answers).await;
    }
}

/// Writes a group as one job. Where that fails, each push is tried by itself, so that what is wrong
/// with one leaves the others alone.
async fn write_group(
    store: &Store,
    pushes: Vec<Push>,
    answers: Vec<oneshot::Sender<Result<Vec<OpOutcome>, ServiceError>>>,
) {
    let pushes: Arc<[Push]> = pushes.into();
    let count = pushes.len();
    let taken = write(store, Arc::clone(&pushes), 0..count).await;
    // Who asked may be gone, which changes nothing.
    match taken {
        Ok(outcomes) => {
            for (answer, outcomes) in answers.into_iter().zip(outcomes) {
                let _ = answer.send(Ok(outcomes));
            }
        }
        Err(error) => {
            tracing::warn!(error = ?error, count, "a group of pushes is taken one by one");
            for (at, answer) in answers.into_iter().enumerate() {
                let alone = write(store, Arc::clone(&pushes), at..at + 1).await;
                let outcomes = alone.map(|outcomes| outcomes.into_iter().flatten().collect());
                let _ = answer.send(outcomes);
            }
        }
    }
}
