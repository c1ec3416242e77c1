//! `leitai backup` and `leitai restore`: the whole database as one file, taken while the server
//! runs. Invariant: a backup that was named is complete and on disk; a restore never writes over
//! data.

use crate::store::{CountySeed, Store, is_postgres, params, statements};
use anyhow::{Context as _, bail};
use domain::ids::Millis;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

statements! {
    CHECK = "select count(*) as n from county";
}

/// Copies the database at `url` to a new file. It is written beside, flushed and then named, so
/// that a file of that name is never half a backup.
///
/// # Errors
/// The file exists, the disk is full, or the database is PostgreSQL, which `pg_dump` copies.
pub async fn backup(url: &str, file: &Path) -> anyhow::Result<()> {
    if is_postgres(url) {
        bail!("a PostgreSQL database is backed up by pg_dump -Fc, and restored by pg_restore");
    }
    if file.exists() {
        bail!(
            "{} is there already; a backup never writes over a file",
            file.display()
        );
    }
    if !Path::new(path_of(url)).exists() {
        bail!("there is no database at {url}");
    }
    let part = beside(file);
    let _ = fs::remove_file(&part);
    let store = open(url).await?;
    let copied = store.copy_to(&part).await;
    store.close().await;
    copied.context("cannot copy the database")?;
    name(&part, file)
}

/// Puts a backup in the place of a database that is not there yet.
///
/// # Errors
/// The place holds a database, or the file is none of ours.
pub async fn restore(file: &Path, url: &str) -> anyhow::Result<()> {
    if is_postgres(url) {
        bail!("a PostgreSQL database is restored by pg_restore");
    }
    let target = PathBuf::from(path_of(url));
    let is_empty = fs::metadata(&target).map_or(true, |found| found.len() == 0);
    if !is_empty {
        bail!("{} holds data; restore into a new file", target.display());
    }
    check(file)
        .await
        .with_context(|| format!("{} is no backup", file.display()))?;
    let part = beside(&target);
    fs::copy(file, &part).with_context(|| format!("cannot copy {}", file.display()))?;
    name(&part, &target)
}

/// Opens a backup from a copy of its own, since opening may bring its tables up to date.
async fn check(file: &Path) -> anyhow::Result<()> {
    let header = fs::read(file).map(|bytes| bytes.starts_with(b"SQLite format 3\0"))?;
    if !header {
        bail!("it is not an SQLite file");
    }
    let copy = beside(file);
    fs::copy(file, &copy)?;
    let opened = open(&copy.to_string_lossy()).await;
    let counted = match &opened {
        Ok(store) => {
            let mut tx = store.read().await?;
            Some(tx.row(CHECK, &params![]).await?.int("n")?)
        }
        Err(_) => None,
    };
    if let Ok(store) = &opened {
        store.close().await;
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", copy.display()));
    }
    opened?;
    if counted != Some(1) {
        bail!("it holds no county");
    }
    Ok(())
}

async fn open(url: &str) -> anyhow::Result<Store> {
    // The seed is for an empty database, which is never opened here.
    let seed = CountySeed {
        name: String::new(),
        demo: false,
        now: Millis(0),
    };
    Store::open(url, &seed)
        .await
        .context("cannot open the database")
}

/// Flushes a finished file and gives it its name; both survive a power cut then.
fn name(part: &Path, file: &Path) -> anyhow::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, file).with_context(|| format!("cannot name {}", file.display()))?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    file.with_file_name(name)
}

fn path_of(url: &str) -> &str {
    url.strip_prefix("sqlite://").unwrap_or(url)
}
