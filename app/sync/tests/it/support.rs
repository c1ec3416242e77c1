//! Values that every test needs: ids by number, ops, a stand-in for the seat key's MAC.

use domain::ids::{ContestId, CredentialId, DeviceId, EntryId, Millis, OpId, SeatId, Seq, SheetId};
use sync::outbox::Holder;
use sync::protocol::{
    Change, DeviceSeq, OpOutcome, Outcome, PROTOCOL_VERSION, PushRequest, PushResponse,
    SealedSheet, SheetMark, SignedOp, Standing,
};
use sync::record::{NewOp, OpRecord, StoredOp};
use uuid::Uuid;

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn op_id(number: u128) -> OpId {
    OpId(id(0xF000_0000 + number))
}

pub fn entry(number: u128) -> EntryId {
    EntryId(id(0xE000_0000 + number))
}

pub fn contest() -> ContestId {
    ContestId(id(0xC0))
}

pub fn seat(number: u128) -> SeatId {
    SeatId(id(0x5EA_0000 + number))
}

pub fn device(number: u128) -> DeviceId {
    DeviceId(id(0xDE_0000 + number))
}

pub fn credential() -> CredentialId {
    CredentialId(id(0xCE))
}

pub fn holder(number: u128) -> Holder {
    Holder {
        contest: contest(),
        seat: seat(number),
        device: device(number),
    }
}

pub fn sheet(entry_number: u128) -> SealedSheet {
    SealedSheet {
        sheet_id: SheetId(id(0x5EE7_0000 + entry_number)),
        entry: entry(entry_number),
        attempt: 1,
        gate: 1,
        version: 1,
        replaces: None,
        charter_version: 1,
        marks: vec![SheetMark {
            criterion: "quality".to_owned(),
            millis: Some(8_500),
        }],
        offline: None,
        gate_code: None,
    }
}

/// The op number `number` of device 1, for entry `number`.
pub fn new_op(number: u128) -> NewOp {
    NewOp {
        op_id: op_id(number),
        contest: contest(),
        seat: seat(1),
        device: device(1),
        recorded_at: Millis(1_700_000_000_000),
        change: Change::Seal(sheet(number)),
        beside: None,
    }
}

/// Not a MAC; it only has to change with the key and with every byte.
pub fn mac(key: u64, body: &str) -> String {
    let mut hash = 0xCBF2_9CE4_8422_2325 ^ key;
    for byte in body.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    format!("{hash:016x}")
}

pub fn stored(new: NewOp, device_seq: u64) -> StoredOp {
    let op = new.number(DeviceSeq(device_seq));
    let body = serde_json::to_string(&op).expect("an op encodes");
    let signed = SignedOp {
        mac: mac(1, &body),
        body,
    };
    StoredOp {
        record: OpRecord::new(&op, signed),
        op: Some(op),
    }
}

pub fn applied(seq: u64) -> Outcome {
    Outcome::Applied {
        seq: Seq(seq),
        at: Millis(5_000 + seq),
        standing: Standing::Counted,
    }
}

/// The id in a signed body.
pub fn named(signed: &SignedOp) -> OpId {
    let op: sync::protocol::Op = serde_json::from_str(&signed.body).expect("a body decodes");
    op.op_id
}

/// An answer with this outcome for each op.
pub fn answer(request: &PushRequest, outcome: impl Fn(usize) -> Outcome) -> PushResponse {
    let told = request
        .ops
        .iter()
        .enumerate()
        .map(|(at, signed)| OpOutcome {
            index: u32::try_from(at).expect("a batch is small"),
            op_id: Some(named(signed)),
            outcome: outcome(at),
        });
    PushResponse {
        protocol: PROTOCOL_VERSION,
        batch: request.batch,
        server_time: Millis(9_000),
        outcomes: told.collect(),
    }
}
