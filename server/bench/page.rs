//! The peers of a page. Of one that is served from what is kept: nginx where it is installed, or
//! the smallest handler of axum, which answers the same bytes and does nothing else. Of one that is
//! rendered: Svelte 5 behind node.

use crate::process::{Folder, Server};
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use std::net::SocketAddr;
use std::process::{Command, ExitCode, Stdio};

/// The argument that makes this program the smallest server, before an address and a file.
pub const COMMAND: &str = "page";
/// Debian keeps it out of the path of a person.
const NGINX: [&str; 2] = ["nginx", "/usr/sbin/nginx"];
const HTML: &str = "text/html; charset=utf-8";

/// Serves until the process is ended.
pub fn run(arguments: &[String]) -> ExitCode {
    let [address, file] = arguments else {
        return ExitCode::FAILURE;
    };
    let address: SocketAddr = address.parse().expect("an address");
    let page = axum::body::Bytes::from(std::fs::read(file).expect("the page"));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let answer = move || async move { ([(CONTENT_TYPE, HTML)], page.clone()) };
        let app = Router::new().fallback(get(answer));
        let listener = tokio::net::TcpListener::bind(address).await;
        let served = axum::serve(listener.expect("an address"), app).await;
        served.expect("a server");
    });
    ExitCode::SUCCESS
}

/// A server of these bytes, and its name in the table.
pub fn peer(folder: &Folder, page: &[u8]) -> (&'static str, Server) {
    let file = folder.file("index.html");
    std::fs::write(&file, page).expect("the page is written");
    let mut programs = NGINX.into_iter();
    match programs.find(|program| runs(program, "-v")) {
        Some(program) => ("nginx", nginx(program, folder)),
        None => ("the smallest axum (no nginx here)", smallest(&file)),
    }
}

fn runs(program: &str, version: &str) -> bool {
    let mut command = Command::new(program);
    let silent = command.stdout(Stdio::null()).stderr(Stdio::null());
    silent
        .arg(version)
        .status()
        .is_ok_and(|status| status.success())
}

/// Svelte rendering this month, as JSON; `None` where it is not installed.
pub fn svelte(folder: &Folder, month: &str) -> Option<Server> {
    let peers = std::env::var("LEITAI_PEERS").ok()?;
    let installed = format!("{peers}/svelte");
    let is_there = std::path::Path::new(&installed)
        .join("node_modules/svelte")
        .exists();
    if !is_there || !runs("node", "--version") {
        return None;
    }
    let file = folder.file("month.json");
    std::fs::write(&file, month).expect("the month is written");
    let program = "bench/svelte/serve.mjs".to_owned();
    Some(Server::start("node", |address| {
        vec![program, installed, address.to_string(), file]
    }))
}

fn smallest(file: &str) -> Server {
    let this = std::env::current_exe().expect("this program");
    Server::start(&this.to_string_lossy(), |address| {
        vec![COMMAND.to_owned(), address.to_string(), file.to_owned()]
    })
}

/// As many workers as cores, no log, one file for every address.
fn nginx(program: &str, folder: &Folder) -> Server {
    let root = folder.path.to_string_lossy().into_owned();
    Server::start(program, |address| {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary = temporary.map(|kind| format!("{kind}_temp_path {root};\n"));
        let config = format!(
            "worker_processes auto; daemon off; pid {root}/nginx.pid; error_log /dev/null;
            events {{ worker_connections 1024; }}
            http {{
                access_log off; sendfile on; default_type text/html; {}
                keepalive_requests 1000000;
                server {{
                    listen {address}; root {root};
                    location / {{ try_files /index.html =404; }}
                }}
            }}",
            temporary.concat()
        );
        let file = folder.file("nginx.conf");
        std::fs::write(&file, config).expect("a configuration");
        vec!["-c".to_owned(), file]
    })
}
