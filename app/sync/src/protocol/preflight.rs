//! The 可离线 report of a pad, sent before the contest so that the seat board can show it.

use domain::ids::{DeviceId, Millis};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preflight {
    pub protocol: u32,
    pub device: DeviceId,
    /// The build that the page runs, and the one that the worker serves when offline.
    pub build: String,
    #[serde(default)]
    pub worker_build: Option<String>,
    pub charter_version: u32,
    pub roster_version: u32,
    pub secure_context: bool,
    /// A service worker controls the page.
    pub controlled: bool,
    /// A test record was written strictly and read back.
    pub storage: bool,
    /// A refused `persist()` is a note, not a failure.
    #[serde(default)]
    pub persisted: bool,
    /// The seat's credential and key are stored.
    pub credential: bool,
    /// The device's own clock.
    pub at: Millis,
}

impl Preflight {
    /// Whether this pad would work without network for a contest at these versions.
    pub fn is_ready(&self, charter_version: u32, roster_version: u32) -> bool {
        let one_build = self.worker_build.as_deref() == Some(self.build.as_str());
        let shell = self.secure_context && self.controlled && one_build;
        let current =
            self.charter_version == charter_version && self.roster_version == roster_version;
        shell && current && self.storage && self.credential
    }
}
