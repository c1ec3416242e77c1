//! What can be set, by flag or environment, with defaults that run on a laptop.

use anyhow::bail;
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where to listen.
    #[arg(long, env = "LEITAI_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// The address that every link and QR code carries. Phones score offline only when it is https
    /// or localhost.
    #[arg(
        long,
        env = "LEITAI_PUBLIC_URL",
        default_value = "http://localhost:3000"
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

    /// Logs as JSON lines.
    #[arg(long, env = "LEITAI_LOG_JSON")]
    pub log_json: bool,

    /// The kill switch: answers /sw.js with a worker that unregisters itself. Scores on phones are
    /// not touched.
    #[arg(long, env = "LEITAI_KILL_SERVICE_WORKER")]
    pub kill_service_worker: bool,
}

impl Config {
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
