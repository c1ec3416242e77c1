//! A PostgreSQL of the tests' own: made from the machine's `initdb` and `postgres`, one for the
//! whole run, one database for each test, gone with the process that started it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

pub struct Postgres {
    folder: String,
    databases: AtomicU32,
    /// Its input ends with this process, and then it stops.
    _server: Child,
}

static POSTGRES: OnceLock<Option<Postgres>> = OnceLock::new();

impl Postgres {
    /// The URL of a new, empty database; None where PostgreSQL is not installed.
    pub fn database() -> Option<String> {
        let postgres = POSTGRES.get_or_init(Self::start).as_ref()?;
        let name = format!("t{}", postgres.databases.fetch_add(1, Ordering::SeqCst));
        let folder = &postgres.folder;
        run(&["createdb", "-h", folder, "-U", "postgres", &name]);
        Some(format!("postgres:///{name}?host={folder}&user=postgres"))
    }

    fn start() -> Option<Self> {
        if !["initdb", "postgres", "createdb"]
            .into_iter()
            .all(is_on_path)
        {
            let is_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!is_ci, "PostgreSQL is not installed");
            eprintln!("SKIPPED: the contract on PostgreSQL, which is not installed here");
            return None;
        }
        // Made by whoever runs the server, who then may remove it.
        let folder = run(&["mktemp", "-d", "-t", "leitai-pg-XXXXXXXX"]);
        let data = format!("{folder}/data");
        let is_utf8 = ["-E", "UTF8", "--locale=C", "--no-sync"];
        let initdb = ["initdb", "-D", &data, "-U", "postgres", "-A", "trust"];
        run(&[&initdb[..], &is_utf8[..]].concat());
        let server = serve(&folder);
        Some(Self {
            folder,
            databases: AtomicU32::new(0),
            _server: server,
        })
    }
}

/// Starts the server behind a shell that stops it when this process is gone: the shell's input
/// ends with us, however we end.
fn serve(folder: &str) -> Child {
    let script = format!(
        "postgres -D '{folder}/data' -c listen_addresses= -c unix_socket_directories='{folder}' \
         -c max_connections=200 & server=$!; read -r _; kill -QUIT $server; wait $server; \
         rm -rf '{folder}'"
    );
    let mut server = command(&["sh", "-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a PostgreSQL server");
    let log = server.stderr.take().expect("its log");
    let mut log = BufReader::new(log).lines();
    let is_ready = log.any(|line| line.is_ok_and(|line| line.contains("ready to accept")));
    assert!(is_ready, "PostgreSQL does not start");
    std::thread::spawn(move || log.for_each(drop));
    server
}

/// Runs a program to its end, and answers what it printed.
#[track_caller]
fn run(words: &[&str]) -> String {
    let output = command(words)
        .current_dir("/")
        .output()
        .expect("a program of PostgreSQL");
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {problem}", words[0]);
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// PostgreSQL refuses to run as root.
fn command(words: &[&str]) -> Command {
    let mut all = Vec::new();
    if is_root() {
        all.extend(["runuser", "-u", "postgres", "--"]);
    }
    all.extend(words);
    let mut command = Command::new(all[0]);
    command.args(&all[1..]);
    command
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).exists())
}
