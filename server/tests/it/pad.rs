//! A phone for tests: pairs, seals and pushes over HTTP, as `frontend` does.

use crate::app::{Answer, PrintedCard, TestApp, device, pull_path};
use domain::ids::{ContestId, DeviceId, EntryId, Millis, OpId, SeatId, Seq, SheetId};
use hmac::{Hmac, KeyInit as _, Mac as _};
use server::assets::hex;
use sha2::Sha256;
use sync::protocol::{
    Change, Delta, DeviceSeq, FieldView, OP_VERSION, OfflineSeal, Op, Outcome, PROTOCOL_VERSION,
    PairRequest, PairResponse, PushRequest, PushResponse, SealedSheet, SheetMark, SignedOp,
};
use uuid::Uuid;

pub struct Pad {
    pub device: DeviceId,
    pub token: String,
    pub seat_key: String,
    pub seat: SeatId,
    pub contest: ContestId,
    pub sealed: u64,
}

pub fn pair_request(card: &PrintedCard, device: DeviceId) -> PairRequest {
    PairRequest {
        protocol: PROTOCOL_VERSION,
        card: card.card,
        secret: card.secret.clone(),
        digits: card.digits.clone(),
        device,
        takeover: false,
    }
}

impl Pad {
    pub async fn pair(app: &TestApp, card: &PrintedCard) -> Self {
        Self::pair_as(app, pair_request(card, device())).await
    }

    pub async fn pair_as(app: &TestApp, request: PairRequest) -> Self {
        let device = request.device;
        let answer = app.post("/api/v1/pair", None, &request).await;
        let paired: PairResponse = answer.json();
        Self {
            device,
            token: paired.token,
            seat_key: paired.seat_key.0,
            seat: paired.seat,
            contest: paired.contest,
            sealed: 0,
        }
    }

    /// An op of this pad about an entry: one mark on the one criterion.
    pub fn op(&mut self, entry: EntryId, millis: i64, at: Millis) -> Op {
        self.sealed += 1;
        let sheet = SealedSheet {
            sheet_id: SheetId(Uuid::now_v7()),
            entry,
            attempt: 1,
            gate: 1,
            version: 1,
            replaces: None,
            charter_version: 1,
            marks: vec![SheetMark {
                criterion: "zongfen".to_owned(),
                millis: Some(millis),
            }],
            offline: None,
            gate_code: None,
        };
        Op {
            v: OP_VERSION,
            op_id: OpId(Uuid::now_v7()),
            contest: self.contest,
            seat: self.seat,
            device: self.device,
            device_seq: DeviceSeq(self.sealed),
            recorded_at: at,
            change: Change::Seal(sheet),
        }
    }

    pub fn sign(&self, op: &Op) -> SignedOp {
        self.sign_text(serde_json::to_string(op).expect("an op as JSON"))
    }

    pub fn sign_text(&self, body: String) -> SignedOp {
        let key: Vec<u8> = (0..self.seat_key.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&self.seat_key[at..at + 2], 16).expect("hex"))
            .collect();
        let mut hmac = Hmac::<Sha256>::new_from_slice(&key).expect("a key");
        hmac.update(body.as_bytes());
        let mac = hex(&hmac.finalize().into_bytes());
        SignedOp { body, mac }
    }

    pub fn batch(&self, ops: Vec<SignedOp>) -> PushRequest {
        PushRequest {
            protocol: PROTOCOL_VERSION,
            device: self.device,
            batch: 1,
            last_seq: Seq(0),
            pending: u32::try_from(ops.len()).expect("few ops"),
            ops,
        }
    }

    pub async fn try_push(&self, app: &TestApp, ops: Vec<SignedOp>) -> Answer {
        let path = "/api/v1/sync/push";
        app.post(path, Some(&self.token), &self.batch(ops)).await
    }

    /// Pushes, and answers one outcome for each op.
    pub async fn push(&self, app: &TestApp, ops: Vec<SignedOp>) -> Vec<Outcome> {
        let answer = self.try_push(app, ops).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let response: PushResponse = answer.json();
        response
            .outcomes
            .into_iter()
            .map(|each| each.outcome)
            .collect()
    }

    pub async fn push_one(&self, app: &TestApp, op: &Op) -> Outcome {
        let outcomes = self.push(app, vec![self.sign(op)]).await;
        outcomes.into_iter().next().expect("an outcome")
    }

    pub async fn try_pull(&self, app: &TestApp, cursor: u64) -> Answer {
        app.get(&pull_path(self.device, cursor), Some(&self.token))
            .await
    }

    pub async fn pull(&self, app: &TestApp, cursor: u64) -> Delta {
        self.try_pull(app, cursor).await.json()
    }

    /// What a link's phone sees.
    pub async fn field(&self, app: &TestApp) -> FieldView {
        let text = self.pull(app, 0).await.view.expect("a view").field;
        serde_json::from_str(&text.expect("a field view")).expect("a view of this build")
    }
}

/// The sheet of an op, to change it before it is sealed.
pub fn sheet(op: &mut Op) -> &mut SealedSheet {
    match &mut op.change {
        Change::Seal(sheet) => sheet,
        _ => panic!("not a sheet"),
    }
}

/// Says that the pad had no network, and had heard of `last_seq`.
pub fn offline(op: &mut Op, last_seq: Seq) {
    let attempt = sheet(op).attempt;
    sheet(op).offline = Some(OfflineSeal {
        last_seq,
        heard_attempt: attempt,
        clock_offset_ms: Some(0),
    });
}
