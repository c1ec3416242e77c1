//! Golden files of what a seat hears: pull and pairing. See `protocol_golden.rs`.

use crate::protocol_golden::{check, reads};
use crate::support::{contest, credential, device, entry, id, op_id, seat, sheet};
use domain::charter::{Criterion, Level};
use domain::ids::{CardId, Millis, Seq};
use domain::mark::Mark;
use sync::protocol::*;

fn entries() -> Vec<EntryView> {
    let gate = GateView {
        state: GateStateView::Closed,
        attempt: 1,
        number: 2,
        opened_seq: Some(Seq(30)),
        close_seq: Some(Seq(40)),
        closed_at: Some(Millis(1_700_000_300_000)),
    };
    let closed = EntryView {
        id: entry(1),
        position: 1,
        name: "云溪镇".to_owned(),
        topic: "重点项目".to_owned(),
        unit: "云溪镇".to_owned(),
        withdrawn: false,
        recused: None,
        gate,
    };
    let pending = GateView {
        state: GateStateView::Pending,
        number: 0,
        opened_seq: None,
        close_seq: None,
        closed_at: None,
        ..gate
    };
    let recused = Some(Recusal {
        reason: "本人汇报".to_owned(),
    });
    vec![
        closed.clone(),
        EntryView {
            id: entry(2),
            position: 2,
            recused,
            gate: pending,
            ..closed
        },
    ]
}

fn seat_view() -> SeatView {
    let contest = ContestView {
        id: contest(),
        title: "第一期书记擂台赛".to_owned(),
        subtitle: "抓党建促乡村振兴".to_owned(),
        state: StageState::Open,
        charter_version: 1,
        roster_version: 4,
        county: "云岭县".to_owned(),
        demo: true,
    };
    let seat = SeatInfo {
        id: seat(1),
        number: 3,
        label: "3 号席".to_owned(),
        class: "a".to_owned(),
        class_name: "县处级领导".to_owned(),
        holder: None,
    };
    let sheet = OwnSheet {
        op_id: op_id(1),
        sheet_id: sheet(1).sheet_id,
        entry: entry(1),
        attempt: 1,
        version: 1,
        replaces: None,
        marks: sheet(1).marks,
        standing: Standing::Counted,
        received_at: Millis(1_700_000_200_000),
        device: device(1),
    };
    let credential = CredentialView {
        id: credential(),
        state: CredentialState::Active,
        expires_at: Millis(1_707_776_000_000),
        took_over_at: None,
        device_seq: DeviceSeq(1),
    };
    let charter = SeatCharter {
        criteria: vec![Criterion {
            key: "effect".to_owned(),
            name: "成效".to_owned(),
            min: Mark(60_000),
            max: Mark(100_000),
            step: Mark(500),
            factor: "0.6".parse().expect("a factor"),
            levels: vec![Level {
                from: Mark(80_000),
                to: Mark(100_000),
                name: "好".to_owned(),
                text: "件件有着落".to_owned(),
            }],
        }],
    };
    SeatView {
        contest,
        seat,
        charter,
        entries: entries(),
        sheets: vec![sheet],
        credential,
        field: None,
        owed: None,
    }
}

#[test]
fn pull() {
    let request = PullRequest {
        protocol: PROTOCOL_VERSION,
        device: device(1),
        cursor: Seq(41),
        pending: 2,
    };
    check("pull_request", &request);
    let delta = Delta {
        protocol: PROTOCOL_VERSION,
        min_protocol: PROTOCOL_VERSION_MIN,
        cursor: Seq(42),
        server_time: Millis(1_700_000_400_000),
        unchanged: false,
        view: Some(Box::new(seat_view())),
    };
    check("pull_delta", &delta);
    check(
        "pull_unchanged",
        &Delta {
            unchanged: true,
            view: None,
            ..delta
        },
    );
    reads(r#""frozen""#, StageState::Unknown);
    reads(r#""ajar""#, GateStateView::Unknown);
    reads(r#""asleep""#, CredentialState::Unknown);
}

#[test]
fn pairing() {
    let request = PairRequest {
        protocol: PROTOCOL_VERSION,
        card: CardId(id(0xCA)),
        secret: "c2VjcmV0".to_owned(),
        digits: "0815".to_owned(),
        device: device(1),
        takeover: true,
    };
    check("pair_request", &request);
    let response = PairResponse {
        protocol: PROTOCOL_VERSION,
        credential: credential(),
        token: "dG9rZW4".to_owned(),
        seat_key: SeatKey("00ff".repeat(16)),
        kind: HolderKind::Seat,
        seat: seat(1),
        contest: contest(),
        contest_title: String::new(),
        expires_at: Millis(1_707_776_000_000),
        server_time: Millis(1_700_000_000_000),
        replaced: Some(device(2)),
    };
    check("pair_response", &response);
    let shown = format!("{request:?} {response:?} {:?}", response.seat_key);
    for secret in ["c2VjcmV0", "0815", "dG9rZW4", "00ff"] {
        assert!(!shown.contains(secret), "no secret reaches a log");
    }
    check(
        "pair_refusals",
        &vec![
            PairRefusal::WrongDigits { left: 4 },
            PairRefusal::Locked,
            PairRefusal::Withdrawn,
            PairRefusal::Taken {
                paired_at: Millis(1),
                last_seen: Some(Millis(2)),
            },
            PairRefusal::UnknownCard,
            PairRefusal::ContestOver,
            PairRefusal::Protocol { min_protocol: 1 },
        ],
    );
    reads(r#""eclipse""#, PairRefusal::Unknown);
}
