//! A database with contests under way, and the sealed sheets that phones of the hall will push:
//! made by the services and the demo's phones, before any clock starts.

use domain::ids::DeviceId;
use server::clock::{Clock as _, SystemClock};
use server::demo::clock::StoryClock;
use server::demo::contests::Plan;
use server::demo::marks::Wanted;
use server::demo::phones::{Phone, Seal};
use server::demo::story::Story;
use server::service::accounts::{self, Passwords};
use server::service::chance::Chance;
use server::service::record::EntryRecord;
use server::service::{create, roster};
use server::store::{CountySeed, Store};
use std::sync::Arc;
use sync::protocol::{BATCH_MAX, SignedOp};

/// Sheets that each phone pushes in a round, each for another entry. A credential may push that
/// many at once before it is slowed down.
pub const SHEETS: usize = 60;
const _: () = assert!(SHEETS.is_multiple_of(BATCH_MAX));

/// Phones of one contest.
pub const PHONES: u32 = 90;
const SEATS: [(&str, u32); 1] = [("J", PHONES)];
const TOPICS: [(usize, &str); SHEETS] = [(0, ""); SHEETS];

/// A phone with the sheets it holds.
pub struct Sealed {
    pub device: DeviceId,
    pub token: String,
    pub ops: Vec<SignedOp>,
}

/// Makes the database with so many contests, all gates open, and answers
/// the phones of each contest.
pub fn make(file: &str, contests: usize) -> Vec<Vec<Sealed>> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let story = story(file).await;
        let mut made = Vec::with_capacity(contests);
        for _ in 0..contests {
            made.push(contest(&story).await);
        }
        story.store.close().await;
        made
    })
}

async fn story(file: &str) -> Story {
    let now = SystemClock::new().wall();
    let seed = CountySeed {
        name: "测速县".to_owned(),
        demo: false,
        now,
    };
    let store = Store::open(file, &seed).await.expect("a new database");
    let made = accounts::create(&store, &Passwords::new(), "organiser", now).await;
    made.expect("an account");
    let mut tx = store.read().await.expect("a reader");
    let row = tx.row("select account_id from account", &[]).await;
    let account = row
        .and_then(|row| row.id("account_id"))
        .expect("an account");
    drop(tx);
    Story {
        store,
        clock: Arc::new(StoryClock::at(now)),
        account,
        chance: Chance::machine(),
    }
}

async fn contest(story: &Story) -> Vec<Sealed> {
    let plan = Plan {
        preset: "nine-judges",
        title: "测速擂台",
        subtitle: "",
        held_on: "",
        begins: story.clock.wall(),
        topics: &TOPICS,
        seats: &SEATS,
    };
    let roster = roster::roster(&story.store).await.expect("a roster");
    let contest = create::create(&story.store, &story.act(), plan.contest(&roster)).await;
    let contest = contest.expect("a contest");
    let issue = app::backend::DeskCommand::IssueCards;
    story.say(contest, issue).await.expect("cards");
    let hall = story.gather(contest, &plan).await.expect("paired phones");
    for entry in 0..SHEETS {
        story.open(&hall, entry).await.expect("an open gate");
    }
    let entries = story.record(contest).await.expect("a record").entries;
    let phones = hall.phones.into_iter();
    phones.map(|phone| sealed(story, phone, &entries)).collect()
}

/// Lets a phone seal a sheet for every entry.
fn sealed(story: &Story, mut phone: Phone, entries: &[EntryRecord]) -> Sealed {
    let seal = Seal {
        offline: None,
        recorded_at: story.clock.wall(),
    };
    let mut ops = Vec::with_capacity(entries.len());
    for entry in entries {
        let marks = phone.marks(Wanted {
            worth: 800,
            key: (entry.position, phone.seat()),
        });
        let op = phone.seal(&story.chance, entry, marks, seal);
        ops.push(op.expect("a sealed sheet"));
    }
    Sealed {
        device: phone.device(),
        token: phone.token().to_owned(),
        ops,
    }
}
