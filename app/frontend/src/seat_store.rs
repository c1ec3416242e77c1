//! What lies on the disk for one seat, or one link outside contests: its credential, the
//! downloaded view, drafts, private notes and sealed ops. Wiping the seat wipes all of it. Of a
//! host it is the credential alone.

use crate::idb::{CACHE, DRAFT, Db, META, OP};
use crate::json;
use crate::signing::Signer;
use domain::ids::{ContestId, CredentialId, DeviceId, EntryId, Millis, OpId, SeatId, Seq};
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use sync::draft::Draft;
use sync::outbox::{Ack, Event, StoreFault};
use sync::protocol::{CredentialState, Delta, DeviceSeq, HolderKind, SeatKey, SeatView, SignedOp};
use sync::record::{NewOp, Numbers, OpRecord, RECORD_VERSION, StoredOp};

const V: u32 = 1;
const CREDENTIAL: &str = "credential";
const VIEW: &str = "view";
const NOTE: &str = "note:";
/// In the meta store, with the op's id: the photo of a record that the server does not have yet.
/// `photo.js` sends it and takes it away.
const PHOTO: &str = "photo:";
/// How often another tab may be first with a number before a seal gives up and says so.
const TRIES: u32 = 5;

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
    credential: Credential,
    /// How many ops of this device the server holds, as the last view said. A seal asks for it, and
    /// must not wait until a whole view is read.
    on_server: Cell<DeviceSeq>,
    /// `None`: to be read from the disk.
    numbers: RefCell<Option<Numbers>>,
    signer: RefCell<Option<Signer>>,
}

impl SeatStore {
    /// Keeps a new credential, strictly, before anything rests on it.
    pub async fn create(credential: Credential) -> Result<Self, StoreFault> {
        let db = match credential.kind {
            HolderKind::Host => host_database(credential.contest),
            _ => database(credential.seat),
        };
        let store = Self::over(db, credential);
        let body = text(&store.credential)?;
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
        Ok(Some(Self::over(db, credential)))
    }

    fn over(db: Db, credential: Credential) -> Self {
        Self {
            db,
            credential,
            on_server: Cell::default(),
            numbers: RefCell::default(),
            signer: RefCell::default(),
        }
    }

    pub fn credential(&self) -> &Credential {
        &self.credential
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
        // A seal shall not wait for it. Without it the seal says so.
        let _ = self.signer().await;
        let stored = records.into_iter().map(stored);
        let seen = cached.map(|cached| acks(&cached.view)).unwrap_or_default();
        Ok(Event::Loaded {
            stored: stored.collect(),
            seen,
        })
    }

    /// Numbers, signs and writes an op. No number is free again, so of two tabs that take the same
    /// one the disk refuses the second, which then reads what the first one wrote; the same sheet
    /// sealed in both is found there.
    pub async fn record(&self, new: NewOp) -> Result<StoredOp, StoreFault> {
        for _ in 0..TRIES {
            let numbers = self.numbers().await?;
            if let Some(number) = numbers.of(new.op_id) {
                if let Some(record) = self.recorded(number, new.op_id).await? {
                    return Ok(stored(record));
                }
                self.numbers.take();
                continue;
            }
            let number = numbers.next(self.on_server.get());
            let op = new.clone().number(number);
            let body = text(&op)?;
            let signer = self.signer().await?;
            let mac = signer.mac(&body).await.ok_or(StoreFault::Unavailable)?;
            let record = OpRecord::new(&op, SignedOp { body, mac });
            let lines = text(&record)?;
            let beside = new.beside.as_deref();
            let beside = beside.map(|photo| (format!("{PHOTO}{}", new.op_id), photo));
            let line = (key(number), lines.as_str());
            if self.db.add(line, record.v, beside).await? {
                if let Some(numbers) = self.numbers.borrow_mut().as_mut() {
                    numbers.add(number, Some(op.op_id));
                }
                let op = Some(op);
                return Ok(StoredOp { record, op });
            }
            self.numbers.take();
        }
        Err(StoreFault::Unavailable)
    }

    /// Leaves an empty record, so that its number is never used again.
    pub async fn remove_op(&self, op_id: OpId) {
        let numbers = self.numbers().await;
        let Some(number) = numbers.ok().and_then(|numbers| numbers.of(op_id)) else {
            return;
        };
        // The seat may have been left and claimed anew in another tab, whose op lies there now.
        let is_there = matches!(self.recorded(number, op_id).await, Ok(Some(_)));
        let key = key(number);
        let empty = self.db.put(OP, &key, RECORD_VERSION, "");
        let is_emptied = is_there && empty.await.is_ok();
        let mut numbers = self.numbers.borrow_mut();
        match numbers.as_mut() {
            Some(numbers) if is_emptied => numbers.forget(op_id),
            _ => *numbers = None,
        }
    }

    /// The record of an op under its number, if that is what lies there.
    async fn recorded(
        &self,
        number: DeviceSeq,
        op_id: OpId,
    ) -> Result<Option<OpRecord>, StoreFault> {
        let body = self.db.get(OP, &key(number)).await?;
        let record: Option<OpRecord> = body.and_then(|body| json::read(&body));
        Ok(record.filter(|record| record.op_id == op_id))
    }

    async fn numbers(&self) -> Result<Numbers, StoreFault> {
        let known = self.numbers.borrow().clone();
        // Where the server knows of ops that this page does not, they may lie on the disk.
        let is_behind = |numbers: &Numbers| numbers.is_behind(self.on_server.get());
        if let Some(numbers) = known.filter(|numbers| !is_behind(numbers)) {
            return Ok(numbers);
        }
        self.records().await?;
        Ok(self.numbers.borrow().clone().unwrap_or_default())
    }

    async fn signer(&self) -> Result<Signer, StoreFault> {
        if let Some(signer) = self.signer.borrow().clone() {
            return Ok(signer);
        }
        let key = &self.credential.seat_key;
        let signer = Signer::new(key).await.ok_or(StoreFault::Unavailable)?;
        *self.signer.borrow_mut() = Some(signer.clone());
        Ok(signer)
    }

    /// All ops, by number.
    async fn records(&self) -> Result<Vec<OpRecord>, StoreFault> {
        let mut numbers = Numbers::default();
        let mut records = Vec::new();
        for lines in self.db.all(OP).await? {
            let record: Option<OpRecord> = json::read(&lines.body);
            match &record {
                Some(record) => numbers.add(record.device_seq, Some(record.op_id)),
                None => numbers.add(DeviceSeq(lines.id.parse().unwrap_or_default()), None),
            }
            records.extend(record);
        }
        *self.numbers.borrow_mut() = Some(numbers);
        Ok(records)
    }
}

/// Of the same length for every number, so that the disk holds them in their order.
fn key(number: DeviceSeq) -> String {
    format!("{:010}", number.0)
}

fn stored(record: OpRecord) -> StoredOp {
    StoredOp {
        op: json::read(&record.signed.body),
        record,
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
