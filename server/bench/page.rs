//! The peers of a page that is served from what is kept: nginx where it is installed, and the
//! smallest handler of axum, which answers the same bytes and does nothing else.

use crate::process::{Folder, Server};
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use std::net::SocketAddr;
use std::process::{Command, ExitCode, Stdio};

/// The argument that makes this program the smallest server, before an address and a file.
pub const COMMAND: &str = "page";
const NGINX: &str = "nginx";
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
    match is_there() {
        true => ("nginx", nginx(folder)),
        false => ("the smallest axum (no nginx here)", smallest(&file)),
    }
}

fn is_there() -> bool {
    let mut version = Command::new(NGINX);
    let version = version.arg("-v").stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

fn smallest(file: &str) -> Server {
    let this = std::env::current_exe().expect("this program");
    Server::start(&this.to_string_lossy(), |address| {
        vec![COMMAND.to_owned(), address.to_string(), file.to_owned()]
    })
}

/// As many workers as cores, no log, one file for every address.
fn nginx(folder: &Folder) -> Server {
    let root = folder.path.to_string_lossy().into_owned();
    Server::start(NGINX, |address| {
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
