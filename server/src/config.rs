//! What can be set, by flag or environment, with defaults that run on a laptop.

use crate::clock::Clock;
use crate::store::{CountySeed, Store};
use anyhow::{Context as _, bail};
use clap::Args;
use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

#[derive(Clone, Args)]
pub struct Config {
    /// Where to listen.
    #[arg(long, env = "LEITAI_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    #[command(flatten)]
    pub database: Database,

    /// The address that every link and QR code carries. Phones score offline only when it is https
    /// or localhost.
    #[arg(
        long,
        env = "LEITAI_PUBLIC_URL",
        default_value = "http://localhost:3000",
        value_parser = root
    )]
    pub public_url: String,

    /// A certificate chain (PEM), together with --tls-key.
    #[arg(long, env = "LEITAI_TLS_CERT")]
    pub tls_cert: Option<PathBuf>,

    /// The certificate's private key (PEM).
    #[arg(long, env = "LEITAI_TLS_KEY")]
    pub tls_key: Option<PathBuf>,

    /// The folder of the built site; by default `site` beside the binary or one above it.
    #[arg(long, env = "LEITAI_SITE_ROOT")]
    pub site_root: Option<PathBuf>,

    /// Takes a client's address from the last `X-Forwarded-For`: only behind a proxy of one's own
    /// that sets it.
    #[arg(long, env = "LEITAI_TRUST_FORWARDED")]
    pub trust_forwarded: bool,

    /// Requests per second that one address may make of the interface for phones, on average. A
    /// whole hall stands behind one address.
    #[arg(long, env = "LEITAI_ADDRESS_PER_SECOND", default_value_t = 300)]
    pub address_per_second: u32,

    /// Logs as JSON lines.
    #[arg(long, env = "LEITAI_LOG_JSON")]
    pub log_json: bool,

    /// The kill switch: answers /sw.js with a worker that unregisters itself. Scores on phones are
    /// not touched.
    #[arg(long, env = "LEITAI_KILL_SERVICE_WORKER")]
    pub kill_service_worker: bool,
}

/// Where the data lies.
#[derive(Clone, Args)]
pub struct Database {
    /// The database: an SQLite file, made where there is none, or postgres://…
    #[arg(long, env = "LEITAI_DB", default_value = "leitai.db")]
    pub db: String,

    /// The county's name, for a new database.
    #[arg(long, env = "LEITAI_COUNTY", default_value = "本县")]
    pub county: String,
}

impl Database {
    /// Opens it, and makes it where there is none.
    ///
    /// # Errors
    /// It cannot be opened.
    pub async fn open(&self, clock: &dyn Clock) -> anyhow::Result<Store> {
        let seed = CountySeed {
            name: self.county.clone(),
            demo: false,
            now: clock.wall(),
        };
        let opened = Store::open(&self.db, &seed).await;
        opened.with_context(|| format!("cannot open the database {}", redacted(&self.db)))
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted(&self.db))
    }
}

/// Printed at the start: everything but the password that a database URL may carry.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("listen", &self.listen)
            .field("database", &self.database)
            .field("public_url", &self.public_url)
            .field("tls_cert", &self.tls_cert)
            .field("site_root", &self.site_root)
            .field("trust_forwarded", &self.trust_forwarded)
            .field("address_per_second", &self.address_per_second)
            .field("log_json", &self.log_json)
            .field("kill_service_worker", &self.kill_service_worker)
            .finish_non_exhaustive()
    }
}

/// The address of this site as paths are put behind it.
fn root(url: &str) -> Result<String, Infallible> {
    Ok(url.trim_end_matches('/').to_owned())
}

/// A database URL without what lies between the scheme and the host, and without its parameters.
fn redacted(db: &str) -> String {
    let Some((scheme, rest)) = db.split_once("://") else {
        return db.to_owned();
    };
    let rest = rest.split('?').next().unwrap_or_default();
    match rest.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://…@{host}"),
        None => format!("{scheme}://{rest}"),
    }
}

impl Config {
    /// A page of this site as somebody elsewhere opens it.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Whether people reach this site over TLS, here or at what stands before it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The certificate and key to serve with, or none for plain http.
    ///
    /// # Errors
    /// One of the two is given without the other.
    pub fn tls(&self) -> anyhow::Result<Option<(&Path, &Path)>> {
        match (&self.tls_cert, &self.tls_key) {
            (None, None) => Ok(None),
            (Some(cert), Some(key)) => Ok(Some((cert, key))),
            _ => bail!("--tls-cert and --tls-key go together"),
        }
    }

    /// Whether a browser gives a page at the public address a service worker, locks, WebCrypto and
    /// persistent storage.
    #[must_use]
    pub fn is_secure_context(&self) -> bool {
        self.public_url.starts_with("https://")
            || ["http://localhost", "http://127.0.0.1", "http://[::1]"]
                .iter()
                .any(|local| self.public_url.starts_with(local))
    }

    /// The folder of the built site.
    #[must_use]
    pub fn site_root(&self) -> PathBuf {
        if let Some(root) = &self.site_root {
            return root.clone();
        }
        let folder = std::env::current_exe()
            .ok()
            .and_then(|path| path.parent().map(Path::to_path_buf))
            .unwrap_or_default();
        let beside = folder.join("site");
        if beside.is_dir() {
            beside
        } else {
            folder.join("../site")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, redacted};
    use clap::{Args as _, Command, FromArgMatches as _};

    #[test]
    fn the_printed_configuration_holds_no_password() {
        let url = "postgres://leitai:geheim@db.example:5432/leitai?password=geheim";
        assert_eq!(redacted(url), "postgres://…@db.example:5432/leitai");
        assert_eq!(redacted("leitai.db"), "leitai.db");
    }

    #[test]
    fn paths_are_put_behind_the_address_with_one_slash() {
        let command = Config::augment_args(Command::new("serve"));
        let given = ["serve", "--public-url", "https://leitai.example/"];
        let config = Config::from_arg_matches(&command.get_matches_from(given));
        let address = config.expect("a configuration").address("/boards");
        assert_eq!(address, "https://leitai.example/boards");
    }
}
