//! The built files: which JS, wasm and CSS this build serves, and the list that the service worker
//! keeps on the phone. The list is read from the site folder at start, so no step after the build
//! can forget it.

use anyhow::Context as _;
use app::shell::BuiltFiles;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders of the site that a phone does not need offline.
const NOT_PRECACHED: [&str; 2] = ["pkg", "screenshots"];

/// How the file of the organiser's pages begins (`app::pages::lazy`).
const STAFF_MODULE: &str = "split_staff_page";

/// One file of the precache list: its URL, and a revision where the URL does not name its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precached {
    pub url: String,
    pub revision: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// Names the build: a hash over the precache list.
    pub build: String,
    pub files: BuiltFiles,
    pub precache: Vec<Precached>,
    /// The names carry hashes, so they may be cached for ever.
    pub hashed: bool,
}

impl Assets {
    /// Reads `site_root` and the `hash.txt` beside the binary.
    ///
    /// # Errors
    /// A file of the site that cannot be read.
    pub fn load(site_root: &Path) -> anyhow::Result<Self> {
        let hashes = hashes();
        let name = |kind: &str| match hashes.get(kind) {
            Some(hash) => format!("/pkg/leitai.{hash}.{kind}"),
            None => format!("/pkg/leitai.{kind}"),
        };
        let hashed = !hashes.is_empty();
        let mut precache = Vec::new();
        for name in modules(site_root)? {
            let revision = match hashed {
                true => None,
                false => Some(revision(&site_root.join("pkg").join(&name))?),
            };
            precache.push(Precached {
                url: format!("/pkg/{name}"),
                revision,
            });
        }
        for file in files(site_root, site_root)? {
            let url = format!("/{}", file.display());
            let revision = Some(revision(&site_root.join(&file))?);
            precache.push(Precached { url, revision });
        }
        let build = build_of(&precache);
        let assets = Self {
            build,
            files: BuiltFiles {
                js: name("js"),
                wasm: name("wasm"),
                css: name("css"),
            },
            precache,
            hashed,
        };
        for url in assets.missing() {
            tracing::warn!(
                %url,
                site = %site_root.display(),
                "the site lacks a file of its pages, so nothing on them can be tapped: build the \
                 site anew, and keep hash.txt beside the server"
            );
        }
        Ok(assets)
    }

    /// The files that pages name and the site does not have: it is of another build than the
    /// `hash.txt`, or that file is gone.
    fn missing(&self) -> Vec<&str> {
        let named = [&self.files.js, &self.files.wasm, &self.files.css];
        let has = |url: &str| self.precache.iter().any(|kept| kept.url == url);
        named
            .into_iter()
            .map(String::as_str)
            .filter(|url| !has(url))
            .collect()
    }
}

/// The code that a phone keeps: everything of the build but the organiser's own module, which is of
/// no use without a network.
fn modules(site_root: &Path) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    let Ok(entries) = fs::read_dir(site_root.join("pkg")) else {
        return Ok(names);
    };
    for entry in entries {
        let entry = entry.context("cannot list the site's modules")?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_code = [".js", ".wasm", ".css", ".json"]
            .iter()
            .any(|end| name.ends_with(end));
        if is_code && !name.starts_with(STAFF_MODULE) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn hashes() -> BTreeMap<String, String> {
    let Ok(binary) = std::env::current_exe() else {
        return BTreeMap::new();
    };
    let Ok(text) = fs::read_to_string(binary.with_file_name("hash.txt")) else {
        return BTreeMap::new();
    };
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(kind, hash)| (kind.trim().to_owned(), hash.trim().to_owned()))
        .collect()
}

fn files(root: &Path, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(found);
    };
    for entry in entries {
        let path = entry.context("cannot list the site folder")?.path();
        let relative = path.strip_prefix(root).unwrap_or(&path).to_path_buf();
        let is_packed = path
            .extension()
            .is_some_and(|kind| kind == "br" || kind == "gz");
        if path.is_dir() {
            if !NOT_PRECACHED.iter().any(|name| relative.starts_with(name)) {
                found.extend(files(root, &path)?);
            }
        } else if !is_packed {
            found.push(relative);
        }
    }
    found.sort();
    Ok(found)
}

fn revision(file: &Path) -> anyhow::Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(hex(&Sha256::digest(&bytes))[..8].to_owned())
}

fn build_of(precache: &[Precached]) -> String {
    let mut hash = Sha256::new();
    for file in precache {
        hash.update(&file.url);
        hash.update(file.revision.as_deref().unwrap_or_default());
        hash.update([0]);
    }
    hex(&hash.finalize())[..12].to_owned()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_pages_name_and_the_site_lacks_is_told() {
        let url = |kind: &str| format!("/pkg/leitai.{kind}");
        let kept = |kind| Precached {
            url: url(kind),
            revision: None,
        };
        let assets = Assets {
            files: BuiltFiles {
                js: url("js"),
                wasm: url("wasm"),
                css: url("css"),
            },
            precache: vec![kept("js"), kept("css")],
            ..Assets::default()
        };
        assert_eq!(assets.missing(), ["/pkg/leitai.wasm"]);
    }
}
