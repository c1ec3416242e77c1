//! The command line.

use crate::config::Config;
use crate::{router, state, telemetry};
use anyhow::Context as _;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use clap::{Parser, Subcommand};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

/// How long a shutdown waits for requests under way.
const DRAIN: Duration = Duration::from_secs(20);

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
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    telemetry::start(config.log_json);
    tracing::info!(config = ?config, "starting");
    let state = state::AppState::build(&config).await?;
    let app = router::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let listener = std::net::TcpListener::bind(config.listen)
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let handle = Handle::new();
    tokio::spawn(stop_on_signal(handle.clone()));
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
    Ok(())
}

async fn stop_on_signal(handle: Handle<SocketAddr>) {
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
    handle.graceful_shutdown(Some(DRAIN));
}
