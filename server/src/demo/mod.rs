//! `leitai demo`: the fictional county 云岭县 with three contests, made by the real services and
//! always the same but for the passwords. It goes only into an empty file of its own,
//! and every page of it says 演示.

pub mod chapters;
pub mod clock;
pub mod contests;
pub mod county;
mod figures;
mod ladder;
mod leaders;
pub mod marks;
pub mod months;
pub mod phones;
mod pledges;
pub mod story;
pub mod villages;
mod worklist;
mod year;

use crate::clock::Clock as _;
use crate::service::accounts::{self, Passwords};
use crate::service::chance::Chance;
use crate::service::roster;
use crate::store::{CountySeed, Store, params, statements};
use anyhow::{Context as _, bail};
use clock::StoryClock;
use domain::ids::{AccountId, Millis};
use std::path::Path;
use std::sync::Arc;
use story::Story;

/// Who signs in to the demo.
pub const LOGIN: &str = "organiser";
/// The second person, who confirms records and posts months.
pub const SECOND: &str = "supervisor";
/// When the story begins: 2026-10-01 in China.
const BEGINS: Millis = Millis(1_790_784_000_000);
/// Whatever is made by chance follows from this.
const SEED: &str = "leitai demo 1";
const MONTHS_SEED: &str = "leitai demo months 1";

statements! {
    ACCOUNT = "select account_id from account where login = $1";
    CONTESTS_COUNT = "select count(*) as n from contest";
}

/// The one-time passwords of the demo's two accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPasswords {
    pub organiser: String,
    pub supervisor: String,
}

/// Makes the demo in a file that is not there yet, and answers the one-time passwords. A demo that
/// is there already is left as it is, and there is no password to tell.
///
/// # Errors
/// The file holds something else, or cannot be written.
pub async fn run(file: &Path) -> anyhow::Result<Option<DemoPasswords>> {
    let is_there = file.exists();
    let url = file.to_string_lossy().into_owned();
    let seed = CountySeed {
        name: county::COUNTY.to_owned(),
        demo: true,
        now: BEGINS,
    };
    if !is_there {
        return fill(&url, &seed).await.map(Some);
    }
    let store = Store::open(&url, &seed)
        .await
        .context("cannot open the file")?;
    let contests = store
        .read()
        .await?
        .row(CONTESTS_COUNT, &params![])
        .await?
        .int("n")?;
    let is_demo = store.county().demo;
    store.close().await;
    match (is_demo, contests) {
        (true, 1..) => Ok(None),
        _ => bail!(
            "{} holds other data; the demo wants a file of its own",
            file.display()
        ),
    }
}

async fn fill(url: &str, seed: &CountySeed) -> anyhow::Result<DemoPasswords> {
    let store = Store::open(url, seed)
        .await
        .context("cannot make the file")?;
    let made = make(&store).await;
    store.close().await;
    made
}

/// Fills an empty database with the demo.
///
/// # Errors
/// A service refused, which the demo's test rules out.
pub async fn make(store: &Store) -> anyhow::Result<DemoPasswords> {
    let clock = Arc::new(StoryClock::at(BEGINS));
    let chance = Chance::fixed(SEED);
    let passwords = Passwords::new();
    let organiser = accounts::create(store, &passwords, LOGIN, clock.wall()).await;
    let supervisor = accounts::create(store, &passwords, SECOND, clock.wall()).await;
    let passwords = DemoPasswords {
        organiser: organiser.context("the organiser")?,
        supervisor: supervisor.context("the second person")?,
    };
    let second = account(store, SECOND).await?;
    let account = account(store, LOGIN).await?;
    let story = Story {
        store: store.clone(),
        clock,
        account,
        chance,
    };
    // The season begins a year before the contests of the story.
    story.clock.set(months::BEGINS);
    let roster_file = county::roster().context("the roster file")?;
    let report = roster::apply(store, &story.act(), "roster.xlsx", roster_file.into()).await?;
    if !report.applied {
        bail!("the demo's roster has {} problems", report.problems.len());
    }
    let months = Story {
        store: store.clone(),
        clock: story.clock.clone(),
        account,
        chance: Chance::fixed(MONTHS_SEED),
    };
    months::posted(&months, second)
        .await
        .context("the months")?;
    villages::posted(&months, second)
        .await
        .context("the villages' months")?;
    story.clock.set(BEGINS);
    chapters::posted(&story)
        .await
        .context("the posted contest")?;
    year::said(&story).await.context("the year")?;
    leaders::told(&story).await.context("the leaders")?;
    pledges::signed(&story).await.context("the pledges")?;
    worklist::told(&story, second)
        .await
        .context("the worklist")?;
    chapters::under_way(&story)
        .await
        .context("the contest under way")?;
    chapters::ready(&story)
        .await
        .context("the contest to come")?;
    Ok(passwords)
}

async fn account(store: &Store, login: &str) -> anyhow::Result<AccountId> {
    let row = store.read().await?.row(ACCOUNT, &params![login]).await?;
    Ok(row.id("account_id")?)
}
