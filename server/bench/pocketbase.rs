//! PocketBase as it comes, with a collection that has the fields of the smallest server's table and
//! may be written by anybody, and with its batch interface turned on.

use crate::client::{Request, ask};
use crate::process::{Folder, Server};
use serde_json::{Value, json};
use std::process::{Command, Stdio};
use sync::protocol::{Op, SignedOp};

const PROGRAM: &str = "pocketbase";
const RECORDS: &str = "/api/collections/ballots/records";
/// What an answer says once for each record.
const TAKEN: &str = "\"collectionName\"";
const LOGIN: [&str; 2] = ["bench@example.org", "of-no-use-elsewhere"];

/// Whether `.ci/setup bench` could install it.
pub fn is_there() -> bool {
    let mut version = Command::new(PROGRAM);
    let status = version.arg("--version").stdout(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Starts it over an empty database.
pub fn start(folder: &Folder) -> Server {
    let dir = format!("--dir={}", folder.file("pocketbase"));
    let made = Command::new(PROGRAM)
        .args(["superuser", "upsert", LOGIN[0], LOGIN[1], &dir])
        .stdout(Stdio::null())
        .status();
    assert!(made.is_ok_and(|status| status.success()), "no superuser");
    let server = Server::start(PROGRAM, |address| {
        vec!["serve".to_owned(), format!("--http={address}"), dir]
    });
    let sign_in = json!({ "identity": LOGIN[0], "password": LOGIN[1] });
    let path = "/api/collections/_superusers/auth-with-password";
    let answer = send(&server, "POST", path, None, &sign_in);
    let answer: Value = serde_json::from_str(&answer).expect("an answer");
    let token = answer["token"].as_str();
    send(&server, "POST", "/api/collections", token, &collection());
    let batch = json!({ "batch": { "enabled": true, "maxRequests": 50, "timeout": 10 } });
    send(&server, "PATCH", "/api/settings", token, &batch);
    server
}

fn send(server: &Server, method: &str, path: &str, token: Option<&str>, body: &Value) -> String {
    let request = Request::json(method, path, token, &body.to_string());
    ask(server.address, &request)
}

fn collection() -> Value {
    let text = |name| json!({ "name": name, "type": "text", "required": true });
    let number = |name| json!({ "name": name, "type": "number", "required": true });
    json!({
        "name": "ballots",
        "type": "base",
        "createRule": "",
        "fields": [
            text("op_id"), text("contest"), text("seat"), text("device"), number("device_seq"),
            text("entry"), number("recorded_at"), text("body"), text("mac"),
        ],
        "indexes": [
            "create unique index ballots_op on ballots (op_id)",
            "create unique index ballots_number on ballots (seat, device, device_seq)",
        ],
    })
}

/// One request for a phone's next sheets: a record by itself, or a batch.
pub fn request(ops: &[SignedOp]) -> Request {
    let records: Vec<Value> = ops.iter().map(record).collect();
    let request = match records.as_slice() {
        [record] => Request::json("POST", RECORDS, None, &record.to_string()),
        records => {
            let request = |body| json!({ "method": "POST", "url": RECORDS, "body": body });
            let requests: Vec<Value> = records.iter().map(request).collect();
            let body = json!({ "requests": requests }).to_string();
            Request::json("POST", "/api/batch", None, &body)
        }
    };
    request.taking(ops.len(), TAKEN)
}

fn record(signed: &SignedOp) -> Value {
    let op: Op = serde_json::from_str(&signed.body).expect("an op");
    let frame = op.change.frame().expect("a sheet");
    json!({
        "op_id": op.op_id,
        "contest": op.contest,
        "seat": op.seat,
        "device": op.device,
        "device_seq": op.device_seq,
        "entry": frame.entry,
        "recorded_at": op.recorded_at,
        "body": signed.body,
        "mac": signed.mac,
    })
}
