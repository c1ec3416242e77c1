//! What a request may use.

use crate::assets::Assets;
use crate::config::Config;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use std::sync::Arc;

#[derive(Clone, Debug, FromRef)]
pub struct AppState {
    pub leptos_options: LeptosOptions,
    pub assets: Arc<Assets>,
    pub config: Arc<Config>,
}

impl AppState {
    /// Opens everything that the configuration names.
    ///
    /// # Errors
    /// Whatever cannot be opened, with its name.
    pub async fn build(config: &Config) -> anyhow::Result<Self> {
        let site_root = config.site_root();
        let assets = Assets::load(&site_root)?;
        let leptos_options = LeptosOptions::builder()
            .output_name("leitai")
            .site_root(site_root.to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .hash_files(assets.hashed)
            .build();
        Ok(Self {
            leptos_options,
            assets: Arc::new(assets),
            config: Arc::new(config.clone()),
        })
    }
}
