//! What the server expects of its database, once for each of the two. PostgreSQL is started from
//! the machine's own programs; where there are none it is skipped aloud, but never in CI.

use crate::postgres::Postgres;
use domain::ids::{ContestId, Millis, Seq};
use server::store::{Change, CountySeed, Store, StoreError, Value, every_statement};
use std::time::Duration;
use sync::protocol::LiveKind;
use uuid::Uuid;

const AT: Millis = Millis(1_793_494_800_000);

const COUNTER_MAKE: &str = "insert into counter (county_id, name, value) values ($1, $2, 0)";
const COUNTER_ADD: &str = "update counter set value = value + 1 where name = $1";
const COUNTER: &str = "select value from counter where name = $1";
const COUNTERS: &str = "select count(*) as n from counter where name like $1";

fn seed() -> CountySeed {
    CountySeed {
        name: "测试县".to_owned(),
        demo: false,
        now: AT,
    }
}

/// Each test of the list, on both databases.
macro_rules! contract {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let place = crate::kit::Place::new();
                super::$name(&place.url("c.db")).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let Some(url) = crate::postgres::Postgres::database() else { return };
                super::$name(&url).await;
            })*
        }
    };
}

contract!(
    every_statement_is_understood,
    an_empty_database_becomes_the_county_of_its_seed_and_stays_it,
    a_failing_job_undoes_itself_alone,
    a_job_that_panics_undoes_itself_alone,
    a_job_runs_to_its_end_when_its_caller_goes_away,
    numbers_follow_each_other_in_the_order_of_the_commits,
    events_are_told_after_the_commit_and_only_then,
    a_taken_key_is_told_apart_from_a_database_that_fails,
    a_text_with_a_zero_byte_is_refused_before_it_is_sent,
    a_reader_sees_one_moment,
    what_was_answered_is_there_after_the_store_is_opened_again,
    texts_and_numbers_come_back_as_they_went_in,
);

async fn open(url: &str) -> Store {
    Store::open(url, &seed()).await.expect("a store")
}

async fn every_statement_is_understood(url: &str) {
    let store = open(url).await;
    let mut known = 0;
    for statement in every_statement() {
        let mut tx = store.read().await.expect("a reader");
        if let Err(error) = tx.check(statement.sql).await {
            panic!("{}: {error:?}", statement.name);
        }
        known += 1;
    }
    assert!(100 < known, "only {known} statements entered themselves");
}

async fn an_empty_database_becomes_the_county_of_its_seed_and_stays_it(url: &str) {
    let first = open(url).await;
    assert_eq!(first.county().name, "测试县");
    first.close().await;
    let other = CountySeed {
        name: "别的县".to_owned(),
        demo: true,
        now: AT,
    };
    let second = Store::open(url, &other).await.expect("a store");
    assert_eq!(second.county(), first.county());
}

async fn a_failing_job_undoes_itself_alone(url: &str) {
    let store = open(url).await;
    let jobs = (0..20).map(|number| {
        let store = store.clone();
        async move {
            store
                .write(move |tx| Box::pin(make(tx, number, number % 3 == 0)))
                .await
        }
    });
    let results = futures::future::join_all(jobs).await;
    for (number, result) in results.iter().enumerate() {
        assert_eq!(result.is_err(), number % 3 == 0, "job {number}");
    }
    assert_eq!(count(&store, "job %").await, 13);
}

async fn make(tx: &mut server::store::Tx, number: usize, fails: bool) -> Result<(), StoreError> {
    let county = Value::from(tx.county());
    tx.execute(
        COUNTER_MAKE,
        &[county, Value::from(format!("job {number}"))],
    )
    .await?;
    if fails {
        return Err(StoreError::Text);
    }
    Ok(())
}

async fn a_job_that_panics_undoes_itself_alone(url: &str) {
    let store = open(url).await;
    let panicking = store.write(|tx| {
        Box::pin(async move {
            make(tx, 1, false).await?;
            assert!(tx.county().0.is_nil(), "a fault of ours");
            Ok::<(), StoreError>(())
        })
    });
    let after = store.write(|tx| Box::pin(make(tx, 2, false)));
    let (panicked, after) = tokio::join!(panicking, after);
    assert!(matches!(panicked, Err(StoreError::Unavailable(_))));
    assert!(after.is_ok());
    assert_eq!(count(&store, "job %").await, 1);
}

async fn a_job_runs_to_its_end_when_its_caller_goes_away(url: &str) {
    let store = open(url).await;
    let (started, has_started) = tokio::sync::oneshot::channel();
    let (go_on, may_go_on) = tokio::sync::oneshot::channel::<()>();
    let caller = tokio::spawn({
        let store = store.clone();
        async move {
            store
                .write(move |tx| {
                    Box::pin(async move {
                        make(tx, 1, false).await?;
                        let _ = started.send(());
                        let _ = may_go_on.await;
                        make(tx, 2, false).await
                    })
                })
                .await
        }
    });
    has_started.await.expect("a job under way");
    caller.abort();
    let _ = go_on.send(());
    store
        .write(|tx| Box::pin(make(tx, 3, false)))
        .await
        .expect("the next job");
    assert_eq!(count(&store, "job %").await, 3);
}

async fn numbers_follow_each_other_in_the_order_of_the_commits(url: &str) {
    let store = open(url).await;
    let contest = contest(&store).await;
    let mut live = store.listen();
    let jobs = (0..100).map(|_| {
        let store = store.clone();
        async move { store.write(move |tx| Box::pin(tell(tx, contest))).await }
    });
    let mut seqs: Vec<Seq> = futures::future::join_all(jobs)
        .await
        .into_iter()
        .map(|seq| seq.expect("a number"))
        .collect();
    let mut heard = Vec::new();
    for _ in 0..100 {
        heard.push(live.recv().await.expect("an event").seq);
    }
    assert!(heard.is_sorted(), "told in order");
    seqs.sort();
    assert_eq!(heard, seqs);
    let spread = seqs[99].0 - seqs[0].0;
    assert_eq!(spread, 99, "no number is missing");
}

async fn tell(tx: &mut server::store::Tx, contest: ContestId) -> Result<Seq, StoreError> {
    tx.emit(Change::new(contest, LiveKind::Gate), AT).await
}

async fn events_are_told_after_the_commit_and_only_then(url: &str) {
    let store = open(url).await;
    let contest = contest(&store).await;
    let mut live = store.listen();
    let failed = store.write(move |tx| {
        Box::pin(async move {
            tell(tx, contest).await?;
            Err::<(), _>(StoreError::Text)
        })
    });
    assert!(failed.await.is_err());
    let seq = store
        .write(move |tx| Box::pin(tell(tx, contest)))
        .await
        .expect("a number");
    let event = live.recv().await.expect("an event");
    assert_eq!(event.seq, seq, "the one that was undone is not told");
    let mut tx = store.read().await.expect("a reader");
    let events = tx.events_after(contest, Seq(0), 10).await.expect("events");
    assert_eq!(events, [event]);
}

async fn a_taken_key_is_told_apart_from_a_database_that_fails(url: &str) {
    let store = open(url).await;
    store
        .write(|tx| Box::pin(make(tx, 1, false)))
        .await
        .expect("the first");
    let again = store.write(|tx| Box::pin(make(tx, 1, false))).await;
    assert!(matches!(again, Err(StoreError::Exists)));
    let wrong = store
        .write(|tx| {
            Box::pin(async move { tx.execute("insert into nowhere values (1)", &[]).await })
        })
        .await;
    assert!(matches!(wrong, Err(StoreError::Unavailable(_))));
    store
        .write(|tx| Box::pin(make(tx, 2, false)))
        .await
        .expect("the writer goes on");
}

async fn a_text_with_a_zero_byte_is_refused_before_it_is_sent(url: &str) {
    let store = open(url).await;
    let name = Value::from("a\0b");
    let mut tx = store.read().await.expect("a reader");
    let refused = tx.rows(COUNTER, std::slice::from_ref(&name)).await;
    assert!(matches!(refused, Err(StoreError::Text)));
    assert!(
        tx.rows(COUNTER, &[Value::from("seq")]).await.is_ok(),
        "the transaction goes on"
    );
}

async fn a_reader_sees_one_moment(url: &str) {
    let store = open(url).await;
    let mut tx = store.read().await.expect("a reader");
    let seq = [Value::from("seq")];
    let before = tx
        .row(COUNTER, &seq)
        .await
        .expect("a row")
        .int("value")
        .expect("a number");
    store
        .write(|tx| Box::pin(async move { tx.execute(COUNTER_ADD, &[Value::from("seq")]).await }))
        .await
        .expect("a write");
    let still = tx
        .row(COUNTER, &seq)
        .await
        .expect("a row")
        .int("value")
        .expect("a number");
    assert_eq!(still, before);
    let mut tx = store.read().await.expect("another reader");
    let after = tx
        .row(COUNTER, &seq)
        .await
        .expect("a row")
        .int("value")
        .expect("a number");
    assert_eq!(after, before + 1);
}

async fn what_was_answered_is_there_after_the_store_is_opened_again(url: &str) {
    let store = open(url).await;
    store
        .write(|tx| Box::pin(make(tx, 7, false)))
        .await
        .expect("a write");
    store.close().await;
    let closed = store.write(|tx| Box::pin(make(tx, 8, false))).await;
    assert!(closed.is_err(), "a closed store takes nothing");
    let store = open(url).await;
    assert_eq!(count(&store, "job %").await, 1);
}

async fn texts_and_numbers_come_back_as_they_went_in(url: &str) {
    let store = open(url).await;
    let mut tx = store.read().await.expect("a reader");
    let sql = "select county_id, name, demo, created_at, null as empty_one from county";
    let row = tx.row(sql, &[]).await.expect("the county");
    assert_eq!(row.text("name").expect("a name"), "测试县");
    assert_eq!(row.millis("created_at").expect("a time"), AT);
    assert!(!row.flag("demo").expect("a flag"));
    assert_eq!(row.text_opt("empty_one").expect("a null"), None);
    assert!(row.int("name").is_err(), "a text is no number");
    assert!(row.text("created_at").is_err(), "a number is no text");
    assert!(row.int("no_such_column").is_err());
}

async fn contest(store: &Store) -> ContestId {
    let id = ContestId(Uuid::now_v7());
    let sql = "insert into contest (contest_id, county_id, title, state, charter_json, \
        charter_toml, charter_version, roster_version, created_at) \
        values ($1, $2, 't', 'ready', '{}', '', 1, 1, 1)";
    store
        .write(move |tx| {
            Box::pin(async move {
                let row = [Value::from(id), Value::from(tx.county())];
                tx.execute(sql, &row).await
            })
        })
        .await
        .expect("a contest");
    id
}

async fn count(store: &Store, like: &str) -> i64 {
    let mut tx = store.read().await.expect("a reader");
    let row = tx.row(COUNTERS, &[Value::from(like)]).await;
    row.expect("a row").int("n").expect("a count")
}

#[tokio::test]
async fn a_database_that_another_build_wrote_is_refused() {
    let place = crate::kit::Place::new();
    let url = place.url("c.db");
    let store = open(&url).await;
    store
        .write(|tx| {
            Box::pin(async move {
                tx.execute(
                    "insert into migration (migration_id, hash) values (99, 'x')",
                    &[],
                )
                .await
            })
        })
        .await
        .expect("a write");
    store.close().await;
    assert!(Store::open(&url, &seed()).await.is_err());
}

/// Keeps the compiler from calling the start of PostgreSQL unused where it is skipped.
#[test]
fn a_postgres_that_is_there_starts_within_a_minute() {
    let began = std::time::Instant::now();
    let _ = Postgres::database();
    assert!(began.elapsed() < Duration::from_secs(60));
}
