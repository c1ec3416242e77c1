//! What a request may use.

use crate::assets::Assets;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::http::limits::Limits;
use crate::http::rendered::Rendered;
use crate::service::accounts::Passwords;
use crate::service::holder::Holders;
use crate::service::presence::Presences;
use crate::service::sync::Pushes;
use crate::service::uploads::Uploads;
use crate::store::Store;
use axum::extract::FromRef;
use domain::month::day::Day;
use leptos::config::LeptosOptions;
use std::fmt;
use std::sync::Arc;
use tokio::sync::watch;

#[derive(Clone, FromRef)]
pub struct AppState {
    pub leptos_options: LeptosOptions,
    pub assets: Arc<Assets>,
    pub config: Arc<Config>,
    pub store: Store,
    /// Whose the tokens of pads are.
    pub holders: Arc<Holders>,
    /// Sheets on their way to the store.
    pub pushes: Arc<Pushes>,
    pub clock: Arc<dyn Clock>,
    /// Which pads were heard of, and when.
    pub presences: Arc<Presences>,
    pub limits: Arc<Limits>,
    /// Pages of posted months.
    pub rendered: Arc<Rendered>,
    pub passwords: Arc<Passwords>,
    /// Files that wait for their import.
    pub uploads: Arc<Uploads>,
    /// Turns true when the server stops, so that streams end by themselves.
    pub stopping: watch::Receiver<bool>,
}

impl AppState {
    /// The day in China.
    #[must_use]
    pub fn today(&self) -> Day {
        Day::of(self.clock.wall())
    }

    /// Opens everything that the configuration names. Streams end when `stopping` turns true.
    ///
    /// # Errors
    /// Whatever cannot be opened, with its name.
    pub async fn build(config: &Config, stopping: watch::Receiver<bool>) -> anyhow::Result<Self> {
        Self::build_with(config, stopping, Arc::new(SystemClock::new())).await
    }

    /// The same with a clock from outside.
    ///
    /// # Errors
    /// As [`Self::build`].
    pub async fn build_with(
        config: &Config,
        stopping: watch::Receiver<bool>,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        let site_root = config.site_root();
        let assets = Assets::load(&site_root)?;
        let leptos_options = LeptosOptions::builder()
            .output_name("leitai")
            .site_root(site_root.to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .hash_files(assets.hashed)
            .build();
        let store = config.database.open(&*clock).await?;
        Ok(Self {
            leptos_options,
            assets: Arc::new(assets),
            config: Arc::new(config.clone()),
            holders: Arc::new(Holders::default()),
            pushes: Arc::new(Pushes::start(store.clone())),
            store,
            clock,
            presences: Arc::new(Presences::default()),
            limits: Arc::new(Limits::new(config.address_per_second)),
            rendered: Arc::new(Rendered::default()),
            passwords: Arc::new(Passwords::new()),
            uploads: Arc::new(Uploads::default()),
            stopping,
        })
    }
}

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}
