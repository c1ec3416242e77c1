//! The demo county: always the same, in a file of its own, with something of everything in it.

use crate::kit::{Place, seed, stranger, today};
use crate::postgres::Postgres;
use app::backend::{DeskSheet, MonthBoards, RosterPage, UnitSlips};
use domain::ids::Millis;
use domain::month::slip::SlipState;
use server::clock::Clock as _;
use server::demo;
use server::service::contests::{boards, list};
use server::service::desk::desk;
use server::service::ladder::read::slips;
use server::service::month;
use server::service::month::read;
use server::service::presence::Presences;
use server::service::roster::roster;
use server::store::{CountySeed, Store};
use sync::protocol::StageState;

#[tokio::test]
async fn the_demo_is_the_same_every_time() {
    let place = Place::new();
    let (first, second) = (place.file("a.db"), place.file("b.db"));
    let password = demo::run(&first).await.expect("a demo");
    assert!(password.is_some());
    demo::run(&second).await.expect("another demo");
    let (one, two) = (open(&place, "a.db").await, open(&place, "b.db").await);
    let posted = |boards: Vec<_>| serde_json::to_string(&boards).expect("JSON");
    let boards_one = posted(boards(&one).await.expect("boards"));
    assert_eq!(boards_one, posted(boards(&two).await.expect("boards")));
    let contests = list(&one, false).await.expect("contests");
    assert_eq!(contests, list(&two, false).await.expect("contests"));
    let months_one = months(&one).await;
    assert_eq!(months_one, months(&two).await);
    let firsts = |season: &str| {
        let newest = |boards: &&MonthBoards| {
            let newest = boards.newest.as_ref();
            newest.is_some_and(|card| card.season_name == season)
        };
        let boards = months_one.iter().find(newest).expect("its boards");
        let card = boards.newest.as_ref().expect("a month");
        (
            boards.months.len(),
            card.period.to_string(),
            card.firsts.len(),
        )
    };
    assert_eq!(firsts(demo::county::SEASON), (12, "2026-08".to_owned(), 6));
    assert_eq!(firsts("2024—2025"), (1, "2025-08".to_owned(), 6));
    assert_eq!(firsts(demo::villages::SEASON), (3, "2026-08".to_owned(), 2));
    assert_eq!(
        months_one[0].seasons[0].name,
        demo::county::SEASON,
        "it stands first"
    );
    assert!(
        contests
            .iter()
            .all(|card| card.demo && card.county == demo::county::COUNTY)
    );
    let again = demo::run(&first).await.expect("the same demo");
    assert_eq!(again, None, "a second run leaves it as it is");
}

/// The boards of every season.
async fn months(store: &Store) -> Vec<MonthBoards> {
    let reader = stranger(store).await;
    let any = month::boards::boards(store, &reader, None, today()).await;
    let mut all = Vec::new();
    for season in any.expect("boards").seasons {
        let of_season = month::boards::boards(store, &reader, Some(season.id), today()).await;
        all.push(of_season.expect("boards"));
    }
    all
}

/// Every service that an organiser uses runs in the demo, so this is their contract as well.
#[tokio::test]
async fn the_demo_comes_out_the_same_on_postgresql() {
    let Some(url) = Postgres::database() else {
        return;
    };
    let place = Place::new();
    let seed = CountySeed {
        demo: true,
        ..seed()
    };
    let sqlite = Store::open(&place.url("a.db"), &seed)
        .await
        .expect("a database");
    let postgres = Store::open(&url, &seed).await.expect("a database");
    demo::make(&sqlite).await.expect("a demo");
    demo::make(&postgres).await.expect("a demo on PostgreSQL");
    let pages = async |store: &Store| {
        let contests = list(store, true).await.expect("contests");
        let mut desks = Vec::new();
        for card in &contests {
            let page = desk(store, card.id, &Presences::default(), Millis(0)).await;
            desks.push(serde_json::to_string(&page.expect("a desk")).expect("JSON"));
        }
        let roster = roster(store).await.expect("the roster");
        let (mut posted, mut posted_boards) = (Vec::new(), Vec::new());
        for of_season in months(store).await {
            let season = of_season.newest.as_ref().expect("a month").season;
            for (at, _) in &of_season.months {
                let reader = stranger(store).await;
                let page = read::month(store, &reader, (season, *at), today()).await;
                posted.push(page.expect("a month"));
            }
            posted_boards.push(of_season);
        }
        (
            contests,
            desks,
            roster,
            posted,
            posted_boards,
            boards(store).await.expect("boards"),
        )
    };
    assert_eq!(pages(&sqlite).await, pages(&postgres).await);
}

#[tokio::test]
async fn the_demo_refuses_a_file_with_other_data() {
    let place = Place::new();
    let store = Store::open(&place.url("real.db"), &seed())
        .await
        .expect("a database");
    store.close().await;
    let refused = demo::run(&place.file("real.db"))
        .await
        .expect_err("a refusal");
    assert!(refused.to_string().contains("other data"), "{refused}");
}

#[tokio::test]
async fn the_demo_shows_something_of_everything() {
    let place = Place::new();
    demo::run(&place.file("demo.db")).await.expect("a demo");
    let store = open(&place, "demo.db").await;
    check_year(&store).await;
    check_roster(&roster(&store).await.expect("the roster"));
    check_slips(&store).await;
    let contests = list(&store, false).await.expect("contests");
    let states: Vec<_> = contests.iter().map(|card| card.state).collect();
    assert_eq!(
        states,
        [StageState::Ready, StageState::Open, StageState::Posted]
    );

    let boards = boards(&store).await.expect("boards");
    let rows = &boards[0].rows;
    assert_eq!(rows.len(), 9);
    let is_tied = |row: &&sync::posted::PostedRow| row.ties == ["untrimmed_mean"];
    let tied: Vec<_> = rows.iter().filter(is_tied).collect();
    assert_eq!(tied.len(), 2, "a tie that the ladder decides");
    assert_eq!(tied[0].score, tied[1].score);
    assert!(
        rows.iter().any(|row| row.offline_sheets == 1),
        "a sheet that came late"
    );
    assert!(
        rows.iter().any(|row| row.deductions == "0.50"),
        "a deduction"
    );
    assert!(
        rows.iter().any(|row| row.classes[0].eligible == 6),
        "a recusal leaves N"
    );
    assert!(
        rows.iter().any(|row| row.classes[3].valid == 2),
        "an absence leaves n"
    );
    assert!(rows[8].rank.is_none() && rows[8].notes == ["withdrawn"]);

    let clock = server::clock::SystemClock::new();
    let presences = Presences::default();
    let page = desk(&store, contests[1].id, &presences, clock.wall())
        .await
        .expect("the desk");
    let sheets = page
        .seats
        .iter()
        .flat_map(|seat| seat.entries.iter().map(|cell| cell.sheet));
    let sheets: Vec<_> = sheets.collect();
    assert!(sheets.contains(&DeskSheet::Conflict) && sheets.contains(&DeskSheet::Quarantined));
    assert_eq!(page.held.len(), 3);
    assert_eq!(page.entries[3].tally.received, 5);
}

/// Places against the same month of the year before (ZR-6), and figures (XY-14).
async fn check_year(store: &Store) {
    let months = months(store).await;
    let newest = months.iter().find_map(|boards| {
        let card = boards.newest.as_ref()?;
        (card.season_name == demo::county::SEASON).then_some((card.season, card.period))
    });
    let reader = stranger(store).await;
    let page = read::month(store, &reader, newest.expect("a month"), today()).await;
    let month = page.expect("the newest month").month;
    assert!(month.has_last_year() && month.has_moved_in_year());
}

/// Of the ladder: something in each state, and documents of each kind (GY-18, GY-19).
async fn check_slips(store: &Store) {
    let clock = server::clock::SystemClock::new();
    let mut tx = store.read().await.expect("a reader");
    let row = tx
        .row(
            "select account_id from account where login = 'organiser'",
            &[],
        )
        .await;
    let account = row.expect("the account").id("account_id").expect("its id");
    drop(tx);
    let page = slips(store, account, (None, SlipState::Proposed), clock.wall()).await;
    let page = page.expect("slips");
    let [proposed, issued, overdue, replied, closed, aside] = page.counts[..] else {
        panic!("{:?}", page.counts);
    };
    assert!(
        page.rows.iter().all(|row| !row.is_late),
        "only the newest month is open"
    );
    for some in [proposed, issued + overdue, replied, closed, aside] {
        assert!(0 < some, "{:?}", page.counts);
    }
    let sum = |count: fn(&UnitSlips) -> u32| page.units.iter().map(count).sum::<u32>();
    assert!(0 < sum(|unit| unit.slips) && 0 < sum(|unit| unit.talks.unwrap_or(0)));
}

fn check_roster(page: &RosterPage) {
    let grouped = page
        .units
        .iter()
        .filter(|unit| !unit.group.is_empty())
        .count();
    let villages = page
        .units
        .iter()
        .filter(|unit| unit.level == "village")
        .count();
    assert_eq!((grouped - villages, villages), (70, 39));
    let groups: std::collections::BTreeSet<_> = page
        .units
        .iter()
        .map(|unit| &unit.group)
        .filter(|group| !group.is_empty())
        .collect();
    assert_eq!(groups.len(), 6 + 2);
    assert!(
        page.persons
            .iter()
            .all(|person| person.name.ends_with("号评委"))
    );
}

async fn open(place: &Place, file: &str) -> Store {
    Store::open(&place.url(file), &seed())
        .await
        .expect("the demo's file")
}
