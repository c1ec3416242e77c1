//! Structured logs. They carry ids and counts, never a name, a token or a mark.

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error; `RUST_LOG` chooses what. A second call changes nothing.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let _ = if json {
        subscriber.json().try_init()
    } else {
        subscriber.try_init()
    };
}
