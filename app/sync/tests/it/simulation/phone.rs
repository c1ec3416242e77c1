//! One phone: a disk that survives, two tabs that do not, a clock that somebody sets.

use crate::support::{device, holder, id, mac, sheet};
use domain::ids::{Millis, OpId};
use std::collections::{BTreeMap, BTreeSet};
use sync::outbox::{Ack, Outbox};
use sync::protocol::{Change, DeviceSeq, Op, SignedOp};
use sync::record::{NewOp, Numbers, OpRecord, StoredOp};

pub const TABS: usize = 2;

pub struct Phone {
    pub number: u128,
    pub key: u64,
    pub disk: Disk,
    pub tabs: [Option<Tab>; TABS],
    pub leader: Option<usize>,
    /// Wall clock minus true time.
    pub clock_offset_ms: i64,
    pub net: Net,
    /// The build that the next page runs: a newer one writes more into its records.
    pub newer_build: bool,
    /// All that a judge has sealed here, and what the page called saved.
    pub sealed: BTreeSet<OpId>,
    pub saved: BTreeSet<OpId>,
    pub bodies: BTreeMap<OpId, String>,
    sealed_count: u128,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Net {
    Good,
    Bad,
    Off,
    Portal,
}

pub struct Tab {
    pub outbox: Outbox,
    /// Tells this page from those that lived in the same place before.
    pub life: u64,
    pub wake: u64,
    pub flight: Option<u64>,
    /// What it knows of the disk; `None` until it reads it.
    numbers: Option<Numbers>,
}

#[derive(Default)]
pub struct Disk {
    /// Records as this build reads them from the text that whichever build wrote.
    pub ops: BTreeMap<OpId, StoredOp>,
    /// Every number that was ever given.
    used: BTreeSet<DeviceSeq>,
    /// The own sheets of the cached view.
    pub seen: BTreeMap<OpId, Ack>,
    /// Drafts with their private notes. Nothing reads them but the pad itself.
    pub drafts: Vec<String>,
}

impl Disk {
    fn numbers(&self) -> Numbers {
        let mut numbers = Numbers::default();
        for number in &self.used {
            numbers.add(*number, None);
        }
        numbers
    }
}

impl Phone {
    pub fn new(number: u128) -> Self {
        Self {
            number,
            key: 0xABCD + u64::try_from(number).expect("small"),
            disk: Disk::default(),
            tabs: [None, None],
            leader: None,
            clock_offset_ms: 0,
            net: Net::Good,
            newer_build: false,
            sealed: BTreeSet::new(),
            saved: BTreeSet::new(),
            bodies: BTreeMap::new(),
            sealed_count: 0,
        }
    }

    pub fn open_tab(&mut self, at: usize, life: u64, random: u32) {
        let outbox = Outbox::new(holder(self.number), random);
        self.tabs[at] = Some(Tab {
            outbox,
            life,
            wake: 0,
            flight: None,
            numbers: None,
        });
    }

    pub fn now(&self, time: u64) -> Millis {
        Millis(time.saturating_add_signed(self.clock_offset_ms))
    }

    /// The judge seals a sheet.
    pub fn seal(&mut self, time: u64) -> NewOp {
        self.sealed_count += 1;
        let op_id = OpId(id(self.number << 32 | self.sealed_count));
        self.sealed.insert(op_id);
        let holder = holder(self.number);
        NewOp {
            op_id,
            contest: holder.contest,
            seat: holder.seat,
            device: holder.device,
            recorded_at: self.now(time),
            change: Change::Seal(sheet(self.sealed_count % 20)),
            beside: None,
        }
    }

    /// What the shell does: number, encode, sign, add; and again where another tab was first.
    pub fn record(&mut self, tab: usize, new: NewOp, shape: u64) -> StoredOp {
        loop {
            let read = self.disk.numbers();
            let page = self.tabs[tab].as_mut().expect("a page records");
            let numbers = page.numbers.get_or_insert(read);
            let number = numbers.next(DeviceSeq(0));
            if self.disk.used.insert(number) {
                numbers.add(number, Some(new.op_id));
                return self.write(new.number(number), shape);
            }
            page.numbers = None;
        }
    }

    fn write(&mut self, op: Op, shape: u64) -> StoredOp {
        let body = self.encode(&op, shape);
        let signed = SignedOp {
            mac: mac(self.key, &body),
            body: body.clone(),
        };
        let record = OpRecord::new(&op, signed);
        let mut value = serde_json::to_value(&record).expect("a record encodes");
        if self.newer_build {
            value["v"] = 2.into();
            value["later"] = serde_json::json!({ "hint": [1, 2] });
        }
        let stored = read(&value.to_string());
        self.bodies.insert(op.op_id, body);
        self.disk.ops.insert(op.op_id, stored.clone());
        stored
    }

    /// A newer build adds fields, and sometimes writes what this one cannot read at all.
    fn encode(&self, op: &Op, shape: u64) -> String {
        let mut value = serde_json::to_value(op).expect("an op encodes");
        if self.newer_build {
            value["later"] = true.into();
            match shape % 3 {
                0 => value["change"] = serde_json::json!({ "hologram": { "depth": 3 } }),
                1 => value["change"]["seal"]["marks"] = "packed".into(),
                _ => {}
            }
        }
        value.to_string()
    }

    pub fn read_disk(&self) -> (Vec<StoredOp>, Vec<(OpId, Ack)>) {
        let stored = self.disk.ops.values().cloned().collect();
        let seen = self
            .disk
            .seen
            .iter()
            .map(|(op_id, ack)| (*op_id, ack.clone()))
            .collect();
        (stored, seen)
    }

    pub fn is_off(&self) -> bool {
        self.tabs.iter().all(Option::is_none)
    }

    pub fn device(&self) -> domain::ids::DeviceId {
        device(self.number)
    }
}

fn read(text: &str) -> StoredOp {
    let record: OpRecord = serde_json::from_str(text).expect("the frame is for ever");
    let op = serde_json::from_str(&record.signed.body).ok();
    StoredOp { record, op }
}
