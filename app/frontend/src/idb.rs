//! One IndexedDB database with four generic stores. Records are `{ id, v, body }`: the body is
//! JSON text of the version `v`, so no schema ever has to be raised.
//!
//! Rules (each await may let IndexedDB commit by itself): one request for each transaction, never
//! a get and then a put; no version number, so that a rolled-back build opens what a newer one
//! wrote; a connection that was closed is opened anew. `/boot.js` makes every write strict, and
//! lets an aborted one say why. One transaction has two requests: what belongs to an op is put
//! first, so that at worst it lies there alone, and the op says that it was not saved.

use crate::browser;
use js_sys::{Object, Reflect};
use rexie::{ObjectStore, Rexie, TransactionMode};
use std::cell::RefCell;
use std::rc::Rc;
use sync::outbox::StoreFault;
use wasm_bindgen::JsValue;

pub const OP: &str = "op";
pub const DRAFT: &str = "draft";
pub const CACHE: &str = "cache";
pub const META: &str = "meta";
const STORES: [&str; 4] = [OP, DRAFT, CACHE, META];

/// How often a request is made, each time on a new connection: iOS drops idle ones.
const TRIES: u32 = 3;
const TRY_AGAIN_MS: u64 = 50;

pub struct Db {
    name: String,
    open: RefCell<Option<Rc<Rexie>>>,
}

/// One record as it lies on the disk.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: String,
    pub body: String,
}

enum Request<'a> {
    /// Answers with what lies there already, and then adds nothing; with what is put beside it into
    /// [`META`], or neither.
    Add(&'a JsValue, Option<&'a JsValue>),
    Put(&'a JsValue),
    Get(&'a str),
    All,
    Remove(&'a str),
    Clear,
}

impl Db {
    pub fn new(name: String) -> Self {
        Self {
            name,
            open: RefCell::new(None),
        }
    }

    /// Answers when the record is on the disk, and not before.
    pub async fn put(&self, store: &str, id: &str, v: u32, body: &str) -> Result<(), StoreFault> {
        let record = record(id, v, body)?;
        self.request(store, &Request::Put(&record)).await.map(drop)
    }

    /// Adds an op, and what belongs to it into [`META`]: both or neither. An op that has this id
    /// already stays: then it answers `false`.
    pub async fn add(
        &self,
        (id, body): (String, &str),
        v: u32,
        beside: Option<(String, &str)>,
    ) -> Result<bool, StoreFault> {
        let line = record(&id, v, body)?;
        let beside = beside.map(|(id, body)| record(&id, v, body)).transpose()?;
        let request = Request::Add(&line, beside.as_ref());
        let found = self.request(OP, &request).await?;
        Ok(found.is_empty())
    }

    pub async fn get(&self, store: &str, id: &str) -> Result<Option<String>, StoreFault> {
        let found = self.request(store, &Request::Get(id)).await?;
        Ok(found.into_iter().next().map(|record| record.body))
    }

    pub async fn all(&self, store: &str) -> Result<Vec<Stored>, StoreFault> {
        self.request(store, &Request::All).await
    }

    pub async fn remove(&self, store: &str, id: &str) -> Result<(), StoreFault> {
        self.request(store, &Request::Remove(id)).await.map(drop)
    }

    /// Takes everything out of the database. The empty one stays: deleting it would wait for every
    /// connection of every tab, and keep the seat from being claimed again meanwhile.
    pub async fn wipe(&self) -> Result<(), StoreFault> {
        for store in STORES {
            self.request(store, &Request::Clear).await?;
        }
        Ok(())
    }

    async fn request(&self, store: &str, request: &Request<'_>) -> Result<Vec<Stored>, StoreFault> {
        let mut last = StoreFault::Unavailable;
        for attempt in 0..TRIES {
            match self.attempt(store, request).await {
                Ok(found) => return Ok(found),
                // A full disk does not get emptier by asking again.
                Err(StoreFault::Quota) => return Err(StoreFault::Quota),
                Err(fault) => last = fault,
            }
            self.open.take();
            browser::sleep(TRY_AGAIN_MS * u64::from(attempt)).await;
        }
        Err(last)
    }

    async fn attempt(&self, store: &str, request: &Request<'_>) -> Result<Vec<Stored>, StoreFault> {
        let db = self.connect().await?;
        let done = perform(&db, store, request).await;
        done.map_err(|error| fault(&error))?
            .ok_or(StoreFault::Unavailable)
    }

    async fn connect(&self) -> Result<Rc<Rexie>, StoreFault> {
        if let Some(open) = self.open.borrow().clone() {
            return Ok(open);
        }
        let builder = STORES
            .iter()
            .fold(Rexie::builder(&self.name), |builder, store| {
                builder.add_object_store(ObjectStore::new(store).key_path("id"))
            });
        let open = Rc::new(builder.build().await.map_err(|error| fault(&error))?);
        *self.open.borrow_mut() = Some(open.clone());
        Ok(open)
    }
}

/// A transaction with its requests; `None` if the transaction was aborted after all.
async fn perform(
    db: &Rexie,
    store: &str,
    request: &Request<'_>,
) -> rexie::Result<Option<Vec<Stored>>> {
    let mode = match request {
        Request::Add(..) | Request::Put(_) | Request::Remove(_) | Request::Clear => {
            TransactionMode::ReadWrite
        }
        Request::Get(_) | Request::All => TransactionMode::ReadOnly,
    };
    let both = [store, META];
    let stores = match request {
        Request::Add(_, Some(_)) => &both[..],
        _ => &both[..1],
    };
    let transaction = db.transaction(stores, mode)?;
    let store = transaction.store(store)?;
    let found = match request {
        Request::Add(record, beside) => {
            if let Some(beside) = beside {
                transaction.store(META)?.put(beside, None).await?;
            }
            match store.add(record, None).await {
                // The browser takes the transaction back by itself.
                Err(error) if says(&error, "Constraint") => {
                    return Ok(Some(stored(record).into_iter().collect()));
                }
                added => added.map(|_| Vec::new())?,
            }
        }
        Request::Put(record) => {
            store.put(record, None).await?;
            Vec::new()
        }
        Request::Remove(id) => {
            store.delete((*id).into()).await?;
            Vec::new()
        }
        Request::Clear => {
            store.clear().await?;
            Vec::new()
        }
        Request::Get(id) => store.get((*id).into()).await?.into_iter().collect(),
        Request::All => store.get_all(None, None).await?,
    };
    let done = transaction.done().await?;
    let records = found.iter().filter_map(stored).collect();
    Ok(done.is_committed().then_some(records))
}

fn stored(record: &JsValue) -> Option<Stored> {
    let text = |name| browser::field(record, name)?.as_string();
    Some(Stored {
        id: text("id")?,
        body: text("body")?,
    })
}

fn record(id: &str, v: u32, body: &str) -> Result<JsValue, StoreFault> {
    let record = Object::new();
    for (key, value) in [
        ("id", id.into()),
        ("v", v.into()),
        ("body", JsValue::from_str(body)),
    ] {
        Reflect::set(&record, &key.into(), &value).map_err(|_| StoreFault::Unavailable)?;
    }
    Ok(record.into())
}

fn fault(error: &rexie::Error) -> StoreFault {
    if says(error, "Quota") {
        StoreFault::Quota
    } else {
        StoreFault::Unavailable
    }
}

/// The kinds of the error hide the name that the browser gave it.
fn says(error: &rexie::Error, name: &str) -> bool {
    format!("{error:?}").contains(name)
}
