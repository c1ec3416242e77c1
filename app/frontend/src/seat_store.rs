//! What lies on the disk for one seat: its credential, the downloaded view, drafts, private notes
//! and sealed ops. Wiping the seat wipes all of it. Of a host it is the credential alone.

use crate::idb::{CACHE, DRAFT, Db, META, OP};
use crate::json;
use crate::signing;
use crate::tab_lock;
use domain::ids::{ContestId, CredentialId, DeviceId, EntryId, Millis, OpId, SeatId, Seq};
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use sync::draft::Draft;
use sync::outbox::{Ack, Event, StoreFault};
use sync::protocol::{CredentialState, Delta, DeviceSeq, HolderKind, SeatKey, SeatView, SignedOp};
use sync::record::{NewOp, OpRecord, StoredOp, next_device_seq};

const V: u32 = 1;
const CREDENTIAL: &str = "credential";
const VIEW: &str = "view";
const NOTE: &str = "note:";

/// What pairing gave.
#[derive(Clone, Serialize, Deserialize)]
pub struct Credential {
    #[serde(default)]
    pub kind: HolderKind,
    pub contest: ContestId,
    pub seat: SeatId,
    pub device: DeviceId,
    pub credential: CredentialId,
    pub token: String,
    pub seat_key: SeatKey,
    pub paired_at: Millis,
    pub expires_at: Millis,
}

/// The last download, and what was learnt since.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedView {
    pub kept: KeptView,
    pub cursor: Seq,
    /// Server time.
    pub at: Millis,
    pub view: SeatView,
}

/// What lies on the disk: the answer as it came, so that the pad never has to write one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptView {
    /// A [`Delta`] with a view in it.
    pub answer: String,
    pub clock_offset_ms: Option<i64>,
    /// How the credential stood when it was lost, after the answer.
    #[serde(default)]
    pub lost: Option<CredentialState>,
}

impl CachedView {
    /// `None` where this build cannot read the answer, or where it holds no view.
    pub fn new(kept: KeptView) -> Option<Self> {
        let delta: Delta = json::read(&kept.answer)?;
        let mut view = *delta.view?;
        if let Some(lost) = kept.lost {
            view.credential.state = lost;
        }
        Some(Self {
            kept,
            cursor: delta.cursor,
            at: delta.server_time,
            view,
        })
    }
}

pub struct SeatStore {
    db: Db,
    seat: SeatId,
    credential: RefCell<Credential>,
    /// How many ops of this device the server holds, as the last view said. A seal asks for it, and
    /// must not wait until a whole view is read.
    on_server: Cell<DeviceSeq>,
}

impl SeatStore {
    /// Keeps a new credential, strictly, before anything rests on it.
    pub async fn create(credential: Credential) -> Result<Self, StoreFault> {
        let store = Self::over(credential);
        let body = text(&*store.credential.borrow())?;
        store.db.put(META, CREDENTIAL, V, &body).await?;
        Ok(store)
    }

    /// `None`: this seat has no credential here.
    pub async fn open(seat: SeatId) -> Result<Option<Self>, StoreFault> {
        let db = database(seat);
        let Some(body) = db.get(META, CREDENTIAL).await? else {
            return Ok(None);
        };
        let credential = json::read(&body).ok_or(StoreFault::Unavailable)?;
        Ok(Some(Self {
            db,
            seat,
            credential: RefCell::new(credential),
            on_server: Cell::default(),
        }))
    }

    fn over(credential: Credential) -> Self {
        let seat = credential.seat;
        let db = match credential.kind {
            HolderKind::Host => host_database(credential.contest),
            HolderKind::Seat | HolderKind::Unknown => database(seat),
        };
        Self {
            db,
            seat,
            credential: RefCell::new(credential),
            on_server: Cell::default(),
        }
    }

    pub fn credential(&self) -> Credential {
        self.credential.borrow().clone()
    }

    pub async fn cached(&self) -> Result<Option<CachedView>, StoreFault> {
        let body = self.db.get(CACHE, VIEW).await?;
        // A view that this build cannot read is downloaded again.
        let cached = body.and_then(|body| CachedView::new(json::read(&body)?));
        if let Some(cached) = &cached {
            self.on_server.set(cached.view.credential.device_seq);
        }
        Ok(cached)
    }

    pub async fn keep_view(&self, cached: &CachedView) -> Result<(), StoreFault> {
        self.on_server.set(cached.view.credential.device_seq);
        self.db.put(CACHE, VIEW, V, &text(&cached.kept)?).await
    }

    pub async fn drafts(&self) -> Result<(Vec<Draft>, LiteMap<EntryId, String>), StoreFault> {
        let mut drafts = Vec::new();
        let mut notes = LiteMap::new();
        for record in self.db.all(DRAFT).await? {
            match record.id.strip_prefix(NOTE) {
                Some(entry) => {
                    if let (Ok(entry), Some(note)) = (entry.parse(), json::read(&record.body)) {
                        notes.insert(entry, note);
                    }
                }
                None => drafts.extend(json::read::<Draft>(&record.body)),
            }
        }
        Ok((drafts, notes))
    }

    pub async fn keep_draft(&self, draft: &Draft) -> Result<(), StoreFault> {
        self.db
            .put(DRAFT, &draft.entry.to_string(), V, &text(draft)?)
            .await
    }

    pub async fn drop_draft(&self, entry: EntryId) -> Result<(), StoreFault> {
        self.db.remove(DRAFT, &entry.to_string()).await
    }

    pub async fn keep_note(&self, entry: EntryId, note: &str) -> Result<(), StoreFault> {
        self.db
            .put(DRAFT, &format!("{NOTE}{entry}"), V, &text(note)?)
            .await
    }

    /// Writes a record and reads it back.
    pub async fn probe(&self, mark: &str) -> bool {
        let id = "probe";
        let written = self.db.put(META, id, V, mark).await.is_ok();
        written && self.db.get(META, id).await == Ok(Some(mark.to_owned()))
    }

    /// Takes credential, view, drafts, notes and ops off this device.
    pub async fn wipe(&self) -> Result<(), StoreFault> {
        self.db.wipe().await
    }

    /// All ops, and the own sheets of the cached view.
    pub async fn load(&self) -> Result<Event, StoreFault> {
        let records = self.records().await?;
        let cached = self.cached().await?;
        let stored = records.into_iter().map(|record| StoredOp {
            op: json::read(&record.signed.body),
            record,
        });
        let seen = cached.map(|cached| acks(&cached.view)).unwrap_or_default();
        Ok(Event::Loaded {
            stored: stored.collect(),
            seen,
        })
    }

    /// Numbers, signs and writes an op. A second tab that seals the same sheet finds it there.
    pub async fn record(&self, new: NewOp) -> Result<StoredOp, StoreFault> {
        let lock = format!("leitai-write-{}", self.seat);
        tab_lock::with(&lock, self.record_alone(new)).await
    }

    pub async fn remove_op(&self, op_id: OpId) {
        let _ = self.db.remove(OP, &op_id.to_string()).await;
    }

    async fn record_alone(&self, new: NewOp) -> Result<StoredOp, StoreFault> {
        let records = self.records().await?;
        if let Some(record) = records.iter().find(|record| record.op_id == new.op_id) {
            let op = json::read(&record.signed.body);
            return Ok(StoredOp {
                record: record.clone(),
                op,
            });
        }
        let number = next_device_seq(&records, self.on_server.get());
        let op = new.number(number);
        let body = text(&op)?;
        let key = self.credential.borrow().seat_key.clone();
        let mac = signing::mac(&key, &body)
            .await
            .ok_or(StoreFault::Unavailable)?;
        let record = OpRecord::new(&op, SignedOp { body, mac });
        self.db
            .put(OP, &record.op_id.to_string(), record.v, &text(&record)?)
            .await?;
        Ok(StoredOp {
            record,
            op: Some(op),
        })
    }

    async fn records(&self) -> Result<Vec<OpRecord>, StoreFault> {
        let mut records: Vec<OpRecord> = self
            .db
            .all(OP)
            .await?
            .iter()
            .filter_map(|record| json::read(&record.body))
            .collect();
        records.sort_by_key(|record| record.device_seq);
        Ok(records)
    }
}

/// The token of a contest's host, if this device is that.
pub async fn host_token(contest: ContestId) -> Option<String> {
    let body = host_database(contest).get(META, CREDENTIAL).await.ok()??;
    Some(json::read::<Credential>(&body)?.token)
}

/// The server's word on each of the seat's own sheets.
pub fn acks(view: &SeatView) -> Vec<(OpId, Ack)> {
    let sheets = view.sheets.iter();
    sheets
        .map(|sheet| {
            (
                sheet.op_id,
                Ack {
                    at: sheet.received_at,
                    standing: sheet.standing.clone(),
                },
            )
        })
        .collect()
}

fn host_database(contest: ContestId) -> Db {
    Db::new(format!("leitai-host-{contest}"))
}

fn database(seat: SeatId) -> Db {
    Db::new(format!("leitai-seat-{seat}"))
}

fn text<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreFault> {
    json::write(value).ok_or(StoreFault::Unavailable)
}
