//! Sealed sheets that arrive: through the real binary over loopback, beside the smallest server
//! that could take them and beside PocketBase. The contestants take turns in each round, so that a
//! busy moment of the machine meets all of them; a figure is the median of its rounds.

use crate::calibration;
use crate::client::{LANES, Request, drive};
use crate::hall::{self, PHONES, SHEETS, Sealed};
use crate::process::{Folder, Server};
use crate::table::{Row, figure, median};
use crate::{minimal, pocketbase};
use domain::ids::Seq;
use sync::protocol::{BATCH_MAX, PROTOCOL_VERSION, PushRequest, SignedOp};

const ROUNDS: usize = 5;
/// Requests that commit together in the smallest server at its ceiling.
const GROUP: &str = "64";
/// Requests of the line that says what the generator reaches by itself.
const PINGS: usize = 200;

/// How many sheets a request bears, and what is asked of us then.
struct Kind {
    name: &'static str,
    sheets: usize,
    of_minimal: Option<f64>,
    of_pocketbase: f64,
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "push, single sheets",
        sheets: 1,
        of_minimal: Some(0.5),
        of_pocketbase: 2.0,
    },
    Kind {
        name: "push, batches of 30",
        sheets: BATCH_MAX,
        of_minimal: None,
        of_pocketbase: 6.0,
    },
];

struct Contestant {
    server: Server,
    request: fn(&Sealed, &[SignedOp]) -> Request,
}

pub fn measure() -> Vec<Row> {
    let folder = Folder::new();
    let ours = folder.file("leitai.db");
    let mut halls = hall::make(&ours, ROUNDS * KINDS.len()).into_iter();
    let mut contestants = vec![
        leitai(&ours),
        smallest(&folder, "1"),
        smallest(&folder, GROUP),
    ];
    if pocketbase::is_there() {
        contestants.push(Contestant {
            server: pocketbase::start(&folder),
            request: |_, ops| pocketbase::request(ops),
        });
    }
    print_generator(&contestants[0]);
    let mut rates = vec![vec![Vec::new(); contestants.len()]; KINDS.len()];
    for _ in 0..ROUNDS {
        for (kind, rates) in KINDS.iter().zip(&mut rates) {
            let phones = halls.next().expect("a contest for each round");
            for (contestant, rates) in contestants.iter().zip(rates) {
                let lanes = lanes(contestant, &phones, kind.sheets);
                rates.push(drive(contestant.server.address, &lanes));
            }
        }
    }
    let rates = rates
        .into_iter()
        .map(|rates| rates.into_iter().map(median).collect());
    let rates: Vec<Vec<f64>> = rates.collect();
    KINDS
        .iter()
        .zip(&rates)
        .flat_map(|(kind, rates)| rows(kind, rates))
        .collect()
}

fn leitai(database: &str) -> Contestant {
    let server = Server::start(env!("CARGO_BIN_EXE_leitai"), |address| {
        let listen = format!("--listen={address}");
        let database = format!("--db={database}");
        // All phones of the bench stand behind one address.
        let limit = "--address-per-second=1000000".to_owned();
        vec!["serve".to_owned(), listen, database, limit]
    });
    Contestant {
        server,
        request: push,
    }
}

fn smallest(folder: &Folder, group: &str) -> Contestant {
    let this = std::env::current_exe().expect("this program");
    let file = folder.file(&format!("minimal-{group}.db"));
    let server = Server::start(&this.to_string_lossy(), |address| {
        let address = address.to_string();
        vec![minimal::COMMAND.to_owned(), address, file, group.to_owned()]
    });
    Contestant {
        server,
        request: push,
    }
}

/// The push of a phone. The smallest server takes the very same bytes.
fn push(phone: &Sealed, ops: &[SignedOp]) -> Request {
    let body = PushRequest {
        protocol: PROTOCOL_VERSION,
        device: phone.device,
        batch: 1,
        last_seq: Seq(0),
        pending: u32::try_from(ops.len()).unwrap_or(u32::MAX),
        ops: ops.to_vec(),
    };
    let body = serde_json::to_string(&body).expect("a body");
    let request = Request::json("POST", "/api/v1/sync/push", Some(&phone.token), &body);
    request.taking(ops.len(), "\"applied\":")
}

/// What each connection sends: all of one phone, then all of the next.
fn lanes(contestant: &Contestant, phones: &[Sealed], sheets: usize) -> Vec<Vec<Request>> {
    let requests = |phone: &Sealed| -> Vec<Request> {
        let chunks = phone.ops.chunks(sheets);
        chunks.map(|ops| (contestant.request)(phone, ops)).collect()
    };
    let lane = |lane| {
        phones
            .iter()
            .skip(lane)
            .step_by(LANES)
            .flat_map(requests)
            .collect()
    };
    (0..LANES).map(lane).collect()
}

/// What the generator reaches when the server has next to nothing to do.
fn print_generator(contestant: &Contestant) {
    let lane = || (0..PINGS).map(|_| Request::get("/livez")).collect();
    let lanes: Vec<Vec<Request>> = (0..LANES).map(|_| lane()).collect();
    let rate = drive(contestant.server.address, &lanes);
    println!(
        "calibration: {LANES} connections, {}/s of GET /livez, so much the generator alone \
         reaches; {ROUNDS} rounds of {} sheets for each figure",
        figure(rate),
        PHONES as usize * SHEETS,
    );
    calibration::print();
}

fn rows(kind: &Kind, rates: &[f64]) -> Vec<Row> {
    let [ours, each, group, pocketbase @ ..] = rates else {
        return Vec::new();
    };
    let row = |peer, rate, bound| Row::rate(kind.name, *ours, (peer, rate), bound);
    let minimal = row("axum + SQLite, a commit each", *each, kind.of_minimal);
    let ceiling = row("axum + SQLite, group commit", *group, None);
    let pocketbase = match pocketbase {
        [rate] => row("PocketBase", *rate, Some(kind.of_pocketbase)),
        _ => Row::skipped(kind.name, "PocketBase is not installed here"),
    };
    vec![minimal, ceiling, pocketbase]
}
