//! A hall for tests: an empty county in a file of its own, an organiser, and phones, all through
//! the services that a real hall uses.

use app::backend::{DeskCommand, DeskPage, DeskSheet};
use domain::ids::{AccountId, EntryId, Millis, SeatId, Seq};
use domain::month::Day;
use server::clock::Clock as _;
use server::demo::clock::StoryClock;
use server::demo::contests::Plan;
use server::demo::marks::Wanted;
use server::demo::phones::{Phone, Seal};
use server::demo::story::{Hall, Story};
use server::service::accounts::{self, Passwords};
use server::service::audience::Reader;
use server::service::chance::Chance;
use server::service::desk;
use server::service::error::ServiceError;
use server::service::presence::Presences;
use server::service::record::EntryRecord;
use server::store::{CountySeed, Store};
use std::path::PathBuf;
use std::sync::Arc;
use sync::protocol::{OfflineSeal, SheetMark, SignedOp};
use uuid::Uuid;

/// 2026-11-01, nine in the morning in China.
pub const NOW: Millis = Millis(1_793_494_800_000);

/// Nine judges and three entries, of whom nobody has a unit.
pub const NINE: Plan = Plan {
    preset: "nine-judges",
    title: "测试擂台",
    subtitle: "",
    held_on: "2026-11-01",
    begins: NOW,
    topics: &[(0, ""), (1, ""), (2, "")],
    seats: &[("J", 9)],
};

/// A database file that goes with the test.
pub struct Place {
    pub folder: PathBuf,
}

impl Place {
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("leitai-test-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        Self { folder }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn url(&self, name: &str) -> String {
        self.file(name).to_string_lossy().into_owned()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn seed() -> CountySeed {
    CountySeed {
        name: "测试县".to_owned(),
        demo: false,
        now: NOW,
    }
}

/// An organiser over an empty county.
pub async fn story(place: &Place) -> Story {
    let store = Store::open(&place.url("t.db"), &seed())
        .await
        .expect("a new database");
    story_over(store).await
}

pub async fn story_over(store: Store) -> Story {
    let login = "organiser";
    accounts::create(&store, &Passwords::new(), login, NOW)
        .await
        .expect("an account");
    let mut tx = store.read().await.expect("a reader");
    let row = tx
        .row("select account_id from account", &[])
        .await
        .expect("the account");
    let account = row.id("account_id").expect("an id");
    drop(tx);
    story_as(store, account)
}

/// Somebody without an account who opened no link.
pub async fn stranger(store: &Store) -> Reader {
    Reader::load(store, None, &[]).await.expect("a reader")
}

/// The day on which the tests begin.
pub fn today() -> Day {
    Day::of(NOW)
}

/// The story of an account that is there already.
pub fn story_as(store: Store, account: AccountId) -> Story {
    let clock = Arc::new(StoryClock::at(NOW));
    Story {
        store,
        clock,
        account,
        chance: Chance::fixed("test"),
    }
}

/// A hall with its phones paired.
pub async fn hall(story: &Story, plan: &Plan) -> Hall {
    let contest = story.make(plan).await.expect("a contest");
    story.gather(contest, plan).await.expect("paired phones")
}

pub async fn desk_page(story: &Story, hall: &Hall) -> DeskPage {
    let presences = Presences::default();
    let page = desk::desk(&story.store, hall.contest, &presences, story.clock.wall()).await;
    page.expect("the desk")
}

/// What the desk shows where an entry and a seat cross.
pub async fn sheet_at(story: &Story, hall: &Hall, entry: EntryId, seat: SeatId) -> DeskSheet {
    let page = desk_page(story, hall).await;
    let seat = page
        .seats
        .into_iter()
        .find(|row| row.id == seat)
        .expect("the seat");
    let cell = seat.entries.into_iter().find(|cell| cell.entry == entry);
    cell.expect("the entry").sheet
}

/// Every seat of `seats` marks the open entry with `worth` thousandths.
pub async fn mark(
    story: &Story,
    hall: &mut Hall,
    entry: &EntryRecord,
    worth: i64,
    seats: impl IntoIterator<Item = u32>,
) {
    let opened = story.clock.wall();
    for seat in seats {
        let marks = marks(hall, entry, seat, worth);
        let phone = phone(hall, seat);
        phone
            .mark(&story.store, &story.chance, entry, marks, opened)
            .await
            .expect("a sheet on disk");
    }
}

/// Opens, lets everybody mark, and closes.
pub async fn perform(story: &Story, hall: &mut Hall, index: usize, worth: i64) {
    let entry = story.open(hall, index).await.expect("an open gate");
    let seats: Vec<u32> = hall.phones.iter().map(Phone::seat).collect();
    mark(story, hall, &entry, worth, seats).await;
    story.close(hall, index, "").await.expect("a closed gate");
}

pub fn marks(hall: &Hall, entry: &EntryRecord, seat: u32, worth: i64) -> Vec<SheetMark> {
    let phone = hall
        .phones
        .iter()
        .find(|phone| phone.seat() == seat)
        .expect("a phone");
    phone.marks(Wanted {
        worth,
        key: (entry.position, seat),
    })
}

pub fn phone(hall: &mut Hall, seat: u32) -> &mut Phone {
    hall.phones
        .iter_mut()
        .find(|phone| phone.seat() == seat)
        .expect("a phone")
}

/// Seals without network, as a pad that has heard of the opening and nothing since.
pub fn seal_offline(
    story: &Story,
    hall: &mut Hall,
    entry: &EntryRecord,
    seat: u32,
    worth: i64,
) -> SignedOp {
    let heard = entry
        .window
        .as_ref()
        .map_or(Seq(0), |window| window.opened_seq);
    let offline = OfflineSeal {
        last_seq: heard,
        heard_attempt: 1,
        clock_offset_ms: Some(0),
    };
    let seal = Seal {
        offline: Some(offline),
        recorded_at: story.clock.wall(),
    };
    let marks = marks(hall, entry, seat, worth);
    let chance = story.chance.clone();
    phone(hall, seat)
        .seal(&chance, entry, marks, seal)
        .expect("a sealed sheet")
}

pub async fn send(story: &Story, hall: &Hall, seat: u32, op: SignedOp) {
    let phone = hall
        .phones
        .iter()
        .find(|phone| phone.seat() == seat)
        .expect("a phone");
    let now = story.clock.wall();
    phone
        .send(&story.store, vec![op], now)
        .await
        .expect("an answered push");
}

/// The rule that refuses a command.
#[track_caller]
pub fn rule(result: Result<(), ServiceError>) -> String {
    match result.expect_err("a refusal") {
        ServiceError::Conflict(rule) => rule.to_owned(),
        ServiceError::Invalid(details) => {
            let detail = details.into_iter().next().expect("a detail");
            format!("{}: {}", detail.at, detail.message)
        }
        other => panic!("{other:?}"),
    }
}

pub fn close(hall: &Hall, index: usize, reason: &str) -> DeskCommand {
    let entry = hall.entry(index).expect("an entry");
    DeskCommand::CloseGate {
        entry,
        reason: reason.to_owned(),
    }
}

pub fn post(reason: &str) -> DeskCommand {
    DeskCommand::Post {
        reason: reason.to_owned(),
    }
}
