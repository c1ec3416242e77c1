//! The command line.

use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, Database};
use crate::recount::{self, RecountArgs};
use crate::service::accounts::{self, Passwords};
use crate::service::error::ServiceError;
use crate::service::month::rules;
use crate::{backup, demo, router, state, telemetry};
use anyhow::{Context as _, anyhow};
use app::backend::Capability;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::sync::watch;

/// How long a shutdown waits for requests under way.
const DRAIN: Duration = Duration::from_secs(20);
/// How often what pads said is written down.
const FLUSH: Duration = Duration::from_secs(15);

/// 擂台 Leitai: contests between units, scored offline, posted once.
#[derive(Debug, Parser)]
#[command(name = "leitai", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the app.
    Serve(Box<Config>),
    /// Makes a staff account, gives one a new password, or sets what it may do. A password is
    /// printed once.
    #[command(subcommand)]
    Admin(Admin),
    /// Writes out a season's charter as JSON, or takes a changed one over.
    Season(SeasonRules),
    /// Makes the fictional county 云岭县 in a file of its own, and prints the password.
    Demo {
        /// The file; it must not hold anything else.
        #[arg(long, default_value = "demo.db")]
        db: PathBuf,
    },
    /// Copies the database to a new file while the server runs.
    Backup {
        file: PathBuf,

        #[command(flatten)]
        database: Database,
    },
    /// Computes a result again from files alone.
    Recount(RecountArgs),
    /// Puts a backup where no database is yet.
    Restore {
        file: PathBuf,

        #[command(flatten)]
        database: Database,
    },
}

#[derive(Debug, Args)]
struct SeasonRules {
    /// The season's name.
    name: String,

    /// The charter to take over: quotas and thresholds of the lists, how many flags, check items,
    /// spots, days, calendar, ladder.
    #[arg(long)]
    charter: Option<PathBuf>,

    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Subcommand)]
enum Admin {
    Create(Allowed),
    Reset(Account),
    /// Sets what an account may do from now on.
    Allow(Allowed),
}

#[derive(Debug, Args)]
struct Allowed {
    #[command(flatten)]
    account: Account,

    /// What the account may do: organise, confirm, publish, talks, with commas between them. All
    /// of it where nothing is said.
    #[arg(long, value_delimiter = ',', value_parser = capability)]
    may: Vec<Capability>,
}

#[derive(Debug, Args)]
struct Account {
    /// The name to sign in with.
    login: String,

    #[command(flatten)]
    database: Database,
}

impl Cli {
    /// Runs the command and says how the process ends.
    ///
    /// # Errors
    /// Whatever kept the command from its end, with what it was doing.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
        match self.command {
            Command::Serve(config) => runtime.block_on(serve(*config))?,
            Command::Admin(admin) => runtime.block_on(administer(admin))?,
            Command::Season(rules) => runtime.block_on(season_rules(&rules))?,
            Command::Demo { db } => runtime.block_on(make_demo(&db))?,
            Command::Backup { file, database } => {
                runtime.block_on(backup::backup(&database.db, &file))?;
                println!("{}", file.display());
            }
            Command::Recount(args) => return Ok(recount_files(&args)),
            Command::Restore { file, database } => {
                runtime.block_on(backup::restore(&file, &database.db))?;
                println!("{}", database.db);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    telemetry::start(config.log_json);
    tracing::info!(config = ?config, "starting");
    let (stop, stopping) = watch::channel(false);
    let state = state::AppState::build(&config, stopping).await?;
    let flushing = tokio::spawn(flush_presences(state.clone()));
    let telling = tokio::spawn(crate::service::notify::delivery::run(state.clone()));
    let store = state.store.clone();
    let app = router::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let listener = std::net::TcpListener::bind(config.listen)
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let handle = Handle::new();
    tokio::spawn(stop_on_signal(stop, handle.clone()));
    tracing::info!(address = %address, public_url = %config.public_url, "listening");
    println!("擂台 Leitai: {}", config.public_url);
    match config.tls()? {
        None => {
            axum_server::from_tcp(listener)?
                .handle(handle)
                .serve(app)
                .await?
        }
        Some((cert, key)) => {
            let _ = rustls::crypto::ring::default_provider().install_default();
            let tls = RustlsConfig::from_pem_file(cert, key)
                .await
                .context("--tls-cert/--tls-key")?;
            axum_server::from_tcp_rustls(listener, tls)?
                .handle(handle)
                .serve(app)
                .await?;
        }
    }
    flushing.await?;
    telling.await?;
    store.close().await;
    Ok(())
}

/// Writes down seldom what pads said of themselves, and a last time at the end.
async fn flush_presences(mut state: state::AppState) {
    let mut is_stopping = false;
    while !is_stopping {
        tokio::select! {
            _ = state.stopping.changed() => is_stopping = true,
            () = tokio::time::sleep(FLUSH) => {}
        }
        if let Err(error) = state.presences.flush(&state.store).await {
            tracing::warn!(error = ?error, "what pads said is not written down");
        }
    }
}

impl Allowed {
    fn may(&self) -> &[Capability] {
        match self.may.is_empty() {
            true => &Capability::ALL,
            false => &self.may,
        }
    }
}

fn capability(word: &str) -> Result<Capability, String> {
    let words = Capability::ALL.map(Capability::word).join(", ");
    Capability::from_word(word).ok_or_else(|| format!("one of {words}"))
}

/// Does what is asked of an account, and prints the password where there is a new one.
async fn administer(admin: Admin) -> anyhow::Result<()> {
    let clock = SystemClock::new();
    let passwords = Passwords::new();
    let (Admin::Create(Allowed { account, .. })
    | Admin::Allow(Allowed { account, .. })
    | Admin::Reset(account)) = &admin;
    let store = account.database.open(&clock).await?;
    let login = account.login.as_str();
    let made = match &admin {
        Admin::Create(allowed) => {
            let account = (login, allowed.may());
            let made = accounts::create_for(&store, &passwords, account, clock.wall()).await;
            made.map(Some)
        }
        Admin::Reset(_) => accounts::reset(&store, &passwords, login).await.map(Some),
        Admin::Allow(allowed) => {
            let allowed = accounts::allow(&store, login, allowed.may()).await;
            allowed.map(|()| None)
        }
    };
    let password = made.map_err(|error| match error {
        ServiceError::Conflict(_) => anyhow!("the account {login} exists already"),
        ServiceError::NotFound(_) => anyhow!("there is no account {login}"),
        ServiceError::Invalid(_) => anyhow!("a login is letters, digits and . _ - @"),
        error => anyhow::Error::from(error).context("no account was changed"),
    })?;
    if let Some(password) = password {
        println!("{login} {password}");
        eprintln!("It is shown this once, and has to be changed at the first sign-in.");
    }
    store.close().await;
    Ok(())
}

/// Prints the charter, or what version it is by now.
async fn season_rules(asked: &SeasonRules) -> anyhow::Result<()> {
    let store = asked.database.open(&SystemClock::new()).await?;
    let answer = match &asked.charter {
        None => rules::written(&store, &asked.name).await,
        Some(file) => {
            let text = std::fs::read_to_string(file);
            let text = text.with_context(|| format!("cannot read {}", file.display()))?;
            let version = rules::set(&store, (&asked.name, &text), SystemClock::new().wall()).await;
            version.map(|version| format!("{} {version}", asked.name))
        }
    };
    store.close().await;
    let answer = answer.map_err(|error| match error {
        ServiceError::NotFound(_) => anyhow!("there is no season {}", asked.name),
        ServiceError::Conflict(_) => anyhow!("the season has this charter already"),
        ServiceError::Invalid(details) => {
            let lines = details
                .iter()
                .map(|one| format!("{}: {}", one.at, one.message));
            anyhow!("{}", lines.collect::<Vec<_>>().join("\n"))
        }
        error => anyhow::Error::from(error).context("the charter was not taken over"),
    })?;
    println!("{answer}");
    Ok(())
}

/// Bad files end with code 2 and no partial result.
fn recount_files(args: &RecountArgs) -> ExitCode {
    match recount::run(args) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

async fn make_demo(file: &Path) -> anyhow::Result<()> {
    match demo::run(file).await? {
        Some(passwords) => {
            println!("{} {}", demo::LOGIN, passwords.organiser);
            println!("{} {}", demo::SECOND, passwords.supervisor);
            eprintln!("They are shown this once, and have to be changed at the first sign-in.");
        }
        None => eprintln!("{} holds the demo already.", file.display()),
    }
    Ok(())
}

async fn stop_on_signal(stop: watch::Sender<bool>, handle: Handle<SocketAddr>) {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => _ = signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
    tracing::info!("stopping");
    // Streams would hold the drain up to its end.
    let _ = stop.send(true);
    handle.graceful_shutdown(Some(DRAIN));
}
