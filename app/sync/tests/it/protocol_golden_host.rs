//! Golden files of what a host's tablet hears and says. See `protocol_golden.rs`.

use crate::protocol_golden::{check, reads};
use crate::support::{contest, credential, entry};
use domain::ids::{Millis, SeatId, Seq};
use sync::protocol::*;
use uuid::Uuid;

fn entries() -> Vec<HostEntry> {
    let open = HostEntry {
        id: entry(1),
        position: 1,
        name: "云溪镇".to_owned(),
        topic: "重点项目".to_owned(),
        withdrawn: false,
        gate: GateView {
            state: GateStateView::Open,
            attempt: 1,
            number: 1,
            opened_seq: Some(Seq(30)),
            close_seq: None,
            closed_at: None,
        },
        gate_code: Some("4711".to_owned()),
        received: 7,
        expected: 9,
        outstanding: 2,
    };
    let pending = HostEntry {
        id: entry(2),
        position: 2,
        gate: GateView {
            state: GateStateView::Pending,
            number: 0,
            opened_seq: None,
            ..open.gate
        },
        gate_code: None,
        received: 0,
        expected: 0,
        outstanding: 0,
        ..open.clone()
    };
    vec![open, pending]
}

#[test]
fn the_hosts_view() {
    let view = HostView {
        protocol: PROTOCOL_VERSION,
        min_protocol: PROTOCOL_VERSION_MIN,
        server_time: Millis(1_700_000_400_000),
        contest: ContestView {
            id: contest(),
            title: "第一期书记擂台赛".to_owned(),
            subtitle: "抓党建促乡村振兴".to_owned(),
            state: StageState::Open,
            charter_version: 1,
            roster_version: 4,
            county: "云岭县".to_owned(),
            demo: true,
        },
        seats: 9,
        entries: entries(),
        credential: CredentialView {
            id: credential(),
            state: CredentialState::Active,
            expires_at: Millis(1_707_776_000_000),
            took_over_at: Some(Millis(1_700_000_200_000)),
            device_seq: DeviceSeq(0),
        },
    };
    check("host_view", &view);
}

#[test]
fn the_hosts_commands() {
    let command = |act, number, reason: &str| HostCommand {
        protocol: PROTOCOL_VERSION,
        entry: entry(1),
        act,
        attempt: 1,
        number,
        reason: reason.to_owned(),
    };
    let commands = [
        command(HostAct::Open, 0, ""),
        command(HostAct::Close, 1, "9 号席离场"),
        command(HostAct::Reopen, 1, "有评委未提交"),
    ];
    check("host_commands", &commands.to_vec());
    reads(r#""juggle""#, HostAct::Unknown);
    let conflict = Problem {
        place: Some("gate_moved".to_owned()),
        ..Problem::new(ProblemCode::Conflict)
    };
    check("problem_conflict", &conflict);
}

#[test]
fn a_pairing_says_that_it_is_a_hosts() {
    let response = PairResponse {
        protocol: PROTOCOL_VERSION,
        credential: credential(),
        token: "dG9rZW4".to_owned(),
        seat_key: SeatKey("00ff".repeat(16)),
        kind: HolderKind::Host,
        seat: SeatId(Uuid::nil()),
        contest: contest(),
        contest_title: "第一期书记擂台赛".to_owned(),
        expires_at: Millis(1_707_776_000_000),
        server_time: Millis(1_700_000_000_000),
        replaced: None,
    };
    check("pair_response_host", &response);
    reads(r#""juggler""#, HolderKind::Unknown);
}
