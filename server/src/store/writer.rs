//! The one writer. Jobs queue; it runs all that wait inside one transaction, each of several behind
//! a savepoint, commits once, and only then answers. So a hall of phones that come back together
//! costs one flush to disk, and an answer always means "on disk".
//!
//! Invariant: a job runs to its end whether or not somebody waits for its answer, so a client that
//! goes away never leaves a transaction open.

use super::{Event, Pools, StoreError, Tx};
use domain::ids::CountyId;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use std::panic::AssertUnwindSafe;
use std::sync::Mutex;
use tokio::runtime::Handle;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::task::JoinHandle;

/// Jobs in one commit.
const GROUP_MAX: usize = 64;
/// Jobs that may wait; beyond it, callers wait to queue.
const QUEUE_MAX: usize = 1024;

const _: () = assert!(GROUP_MAX <= QUEUE_MAX);

/// Savepoints of one name stack up; those of jobs that are kept end with the commit.
const SAVE: &str = "savepoint job";
const UNDO: &str = "rollback to savepoint job";

pub(super) struct Writer {
    /// None once stopped.
    queue: Mutex<Option<mpsc::Sender<Work>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

type Work = Box<dyn for<'c> FnOnce(&'c mut Tx) -> BoxFuture<'c, Done> + Send>;

/// A job that ran: whether it is to be kept, and how to answer once the commit is through.
struct Done {
    keep: bool,
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

impl Writer {
    pub(super) fn start(pools: Pools, county: CountyId, live: broadcast::Sender<Event>) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE_MAX);
        // A thread of its own: it waits briefly for the database many times over, and would queue
        // behind the work of requests each time.
        let runtime = Handle::current();
        let task = tokio::task::spawn_blocking(move || {
            runtime.block_on(write(pools, county, jobs, live));
        });
        Self {
            queue: Mutex::new(Some(queue)),
            task: Mutex::new(Some(task)),
        }
    }

    pub(super) async fn run<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'c> FnOnce(&'c mut Tx) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        let queue = self.queue.lock().ok().and_then(|queue| queue.clone());
        let queue = queue.ok_or_else(|| E::from(stopped()))?;
        let (sender, receiver) = oneshot::channel();
        let work: Work = Box::new(move |tx| {
            async move {
                let result = job(tx).await;
                Done {
                    keep: result.is_ok(),
                    answer: Box::new(move |committed| {
                        let answer = match (result, committed) {
                            (Ok(_), Err(error)) => Err(E::from(error)),
                            (result, _) => result,
                        };
                        // Nobody may be waiting any more, which changes nothing.
                        let _ = sender.send(answer);
                    }),
                }
            }
            .boxed()
        });
        queue.send(work).await.map_err(|_| E::from(stopped()))?;
        receiver.await.unwrap_or_else(|_| Err(E::from(stopped())))
    }

    /// Takes no more jobs and ends after those that wait.
    pub(super) async fn stop(&self) {
        if let Ok(mut queue) = self.queue.lock() {
            queue.take();
        }
        let task = self.task.lock().ok().and_then(|mut task| task.take());
        if let Some(task) = task {
            let _ = task.await;
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable(anyhow::anyhow!("the writer did not run the job"))
}

async fn write(
    pools: Pools,
    county: CountyId,
    mut jobs: mpsc::Receiver<Work>,
    live: broadcast::Sender<Event>,
) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while jobs.recv_many(&mut group, GROUP_MAX).await != 0 {
        let works = std::mem::take(&mut group);
        match pools.begin_write(county).await {
            Ok(tx) => run_group(tx, works, &live).await,
            // Dropping a job unanswered tells its caller that nothing was kept.
            Err(error) => tracing::error!(error = ?error, "no write transaction"),
        }
    }
    match pools {
        Pools::Sqlite(pool) => pool.close().await,
        Pools::Postgres(pool) => pool.close().await,
    }
}

async fn run_group(mut tx: Tx, works: Vec<Work>, live: &broadcast::Sender<Event>) {
    let mut done = Vec::with_capacity(works.len());
    let mut broken = None;
    let is_alone = works.len() == 1;
    for work in works {
        match run_one(&mut tx, work, is_alone).await {
            Ok(finished) => done.extend(finished),
            Err(error) => {
                broken = Some(error);
                break;
            }
        }
    }
    let events: Vec<Event> = tx.told.iter().map(|told| told.event).collect();
    let committed = match broken {
        None if done.iter().any(|done| done.keep) => tx.commit().await,
        None => {
            tx.rollback().await;
            Ok(())
        }
        Some(error) => {
            tx.rollback().await;
            Err(error)
        }
    };
    if let Err(error) = &committed {
        tracing::error!(error = ?error, jobs = done.len(), "a group of writes was not committed");
    } else {
        for event in events {
            // No listener is no fault.
            let _ = live.send(event);
        }
    }
    let is_kept = committed.is_ok();
    for Done { answer, .. } in done {
        answer(if is_kept { Ok(()) } else { Err(stopped()) });
    }
}

/// Runs one job behind its savepoint; one that is alone is undone with the transaction. An error
/// means that the transaction itself is lost.
async fn run_one(tx: &mut Tx, work: Work, is_alone: bool) -> Result<Option<Done>, StoreError> {
    let told = tx.told.len();
    if !is_alone {
        tx.execute(SAVE, &[]).await?;
    }
    // A job that panics must not take the writer with it.
    let done = AssertUnwindSafe(work(tx)).catch_unwind().await.ok();
    let keep = done.as_ref().is_some_and(|done| done.keep);
    if !keep {
        tx.told.truncate(told);
        if !is_alone {
            tx.execute(UNDO, &[]).await?;
        }
    }
    Ok(done)
}
