//! The rules of style that a machine can check. A rule that is not checked is a wish.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LINE_CHARS_MAX: usize = 100;
const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;

/// One file of the project, with its path from the root.
struct Source {
    path: String,
    text: String,
}

/// The top folder. Cargo runs tests in the folder of their package; a path kept by the compiler
/// would lead into whatever checkout filled the shared target folder.
fn root() -> PathBuf {
    PathBuf::from("..")
}

fn sources(folders: &[&str], extension: &str) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&root().join(folder), extension, &mut found);
    }
    assert!(!found.is_empty(), "no .{extension} below {folders:?}");
    found
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() && name != "node_modules" && name != "target" {
            collect(&path, extension, found);
        } else if path.extension().is_some_and(|kind| kind == extension) {
            let relative = path
                .strip_prefix(root())
                .expect("it is below the root")
                .to_string_lossy()
                .into_owned();
            found.push(Source {
                path: relative,
                text: fs::read_to_string(&path).expect("sources are text"),
            });
        }
    }
}

fn rust() -> Vec<Source> {
    sources(&["app", "server/src", "server/tests", "server/bench"], "rs")
}

#[track_caller]
fn none(offenders: &[String]) {
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
}

#[test]
fn lines_fit_in_a_hundred_characters() {
    let mut offenders = Vec::new();
    for source in rust() {
        for (number, line) in source.text.lines().enumerate() {
            if LINE_CHARS_MAX < line.chars().count() {
                offenders.push(format!("{}:{}", source.path, number + 1));
            }
        }
    }
    none(&offenders);
}

#[test]
fn a_file_holds_one_concept() {
    let offenders: Vec<_> = rust()
        .iter()
        .filter(|source| !source.path.contains("/tests/"))
        .filter(|source| FILE_LINES_MAX < source.text.lines().count())
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()))
        .collect();
    none(&offenders);
}

#[test]
fn a_function_fits_on_a_screen() {
    let mut offenders = Vec::new();
    for source in rust() {
        let lines: Vec<&str> = source.text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let Some(indent) = function_indent(line) else {
                continue;
            };
            let close = format!("{}}}", " ".repeat(indent));
            let length = lines[start..]
                .iter()
                .position(|line| *line == close)
                .unwrap_or(0);
            if FUNCTION_LINES_MAX <= length {
                offenders.push(format!(
                    "{}:{}: {} lines",
                    source.path,
                    start + 1,
                    length + 1
                ));
            }
        }
    }
    none(&offenders);
}

/// The indentation of a line that begins a function, in code that rustfmt has formatted.
fn function_indent(line: &str) -> Option<usize> {
    let code = line.trim_start();
    let mut words = code.split(' ').take(5);
    let begins = words.any(|word| word == "fn");
    let is_item = ["fn ", "pub", "async ", "const ", "extern "]
        .iter()
        .any(|w| code.starts_with(w));
    (begins && is_item && !code.ends_with(';')).then(|| line.len() - code.len())
}

#[test]
fn only_the_frontend_names_a_target_and_nobody_a_feature() {
    let mut offenders = Vec::new();
    for source in rust() {
        if source.path == "server/tests/it/tidy.rs" {
            continue;
        }
        let is_frontend = source.path.starts_with("app/frontend/");
        if source.text.contains("cfg(feature") || source.text.contains("cfg_attr(feature") {
            offenders.push(format!("{}: a feature", source.path));
        }
        if source.text.contains("cfg(target_arch") && !is_frontend {
            offenders.push(format!("{}: a target", source.path));
        }
    }
    none(&offenders);
}

#[test]
fn nothing_is_left_to_do() {
    let mut offenders = Vec::new();
    for source in rust() {
        if source.path == "server/tests/it/tidy.rs" {
            continue;
        }
        for word in [
            "TODO",
            "FIXME",
            "todo!(",
            "unimplemented!(",
            "#[ignore",
            "should_panic",
        ] {
            if source.text.contains(word) {
                offenders.push(format!("{}: {word}", source.path));
            }
        }
    }
    none(&offenders);
}

#[test]
fn every_file_says_what_it_is_for() {
    let offenders: Vec<_> = rust()
        .iter()
        .filter(|source| !source.text.starts_with("//!"))
        .map(|source| source.path.clone())
        .collect();
    none(&offenders);
}

/// What each package may name in its manifest; whatever it needs beyond that is a decision.
#[test]
fn the_layers_hold() {
    check_dependencies("app/domain", &["serde", "thiserror", "uuid"]);
    check_dependencies("app/sync", &["domain", "litemap", "serde"]);
    let app = [
        "async-trait",
        "domain",
        "http",
        "leptos",
        "leptos_meta",
        "leptos_router",
        "litemap",
        "serde",
    ];
    check_dependencies("app", &[&app[..], &["sync", "thiserror", "uuid"]].concat());
    check_dependencies("app/frontend", &[]);
    for forbidden in [
        "leptos_axum::",
        "axum::",
        "sqlx::",
        "tokio::",
        "web_sys::",
        "rexie::",
    ] {
        let offenders: Vec<_> = sources(&["app/src"], "rs")
            .iter()
            .filter(|source| source.text.contains(forbidden))
            .map(|source| format!("{}: {forbidden}", source.path))
            .collect();
        none(&offenders);
    }
}

#[track_caller]
fn check_dependencies(package: &str, allowed: &[&str]) {
    let manifest = fs::read_to_string(root().join(package).join("Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = manifest.parse().expect("a manifest is TOML");
    let named: BTreeSet<&str> = manifest
        .get("dependencies")
        .and_then(|table| table.as_table())
        .map(|table| table.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
    assert!(
        named.is_subset(&allowed),
        "{package} names {:?}",
        named.difference(&allowed)
    );
}

#[test]
fn only_tokens_name_colours_and_pixels() {
    let mut offenders = Vec::new();
    for source in sources(&["style", "public"], "css") {
        if source.path.starts_with("style/tokens/") {
            continue;
        }
        for (number, line) in source.text.lines().enumerate() {
            if has_raw_colour(line) || has_pixels(line) {
                offenders.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    none(&offenders);
}

fn has_raw_colour(line: &str) -> bool {
    let hex = line.split('#').skip(1).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        let ends = rest
            .chars()
            .nth(digits)
            .is_none_or(|next| !next.is_alphanumeric() && next != '-');
        matches!(digits, 3 | 4 | 6 | 8) && ends && line.contains(':') && !line.contains("url(")
    });
    hex || line.contains("rgb(") || line.contains("rgba(") || line.contains("hsl(")
}

/// Media queries cannot read a custom property, so a condition may name pixels.
fn has_pixels(line: &str) -> bool {
    let is_condition = line.trim_start().starts_with('@');
    let names = line
        .split("px")
        .zip(line.split("px").skip(1))
        .any(|(before, after)| {
            let number = before.ends_with(|last: char| last.is_ascii_digit());
            let ends = !after.starts_with(|next: char| next.is_alphanumeric());
            number && ends && !before.ends_with(" 0")
        });
    names && !is_condition
}

#[test]
fn every_style_file_stands_in_a_layer() {
    let main = fs::read_to_string(root().join("style/main.css")).unwrap();
    let mut offenders = Vec::new();
    for line in main.lines().filter(|line| line.starts_with("@import")) {
        if !line.contains(" layer(") {
            offenders.push(format!("style/main.css: {line}"));
        }
    }
    for source in sources(&["style"], "css") {
        let name = source.path.trim_start_matches("style/");
        if name != "main.css"
            && !main.contains(&format!("\"{name}\""))
            && !main.contains(&format!("\"./{name}\""))
        {
            offenders.push(format!("{} is not imported", source.path));
        }
    }
    none(&offenders);
}

#[test]
fn the_changelog_has_an_unreleased_section() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(changelog.contains("## [Unreleased]") || changelog.contains("## Unreleased"));
}

#[test]
fn the_top_folders_are_the_design_cards() {
    let allowed = [
        "app", "server", "style", "public", "end2end", "target", ".git", ".ci", ".cargo", ".venv",
    ];
    let offenders: Vec<_> = fs::read_dir(root())
        .unwrap()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !allowed.contains(&name.as_str()))
        .collect();
    none(&offenders);
}

/// The parameters of each sentence of the catalogue, in the order in which its function takes them.
fn sentences() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(root().join("app/text/zh-CN.toml")).expect("the catalogue");
    let (mut found, mut section) = (BTreeMap::new(), "");
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let Some((key, words)) = line.split_once(" = ") {
            let names = words.split('{').skip(1);
            let names: BTreeSet<&str> = names.filter_map(|rest| rest.split('}').next()).collect();
            let names = names.into_iter().map(str::to_owned).collect();
            found.insert(format!("{section}_{key}"), names);
        }
    }
    found
}

/// What stands between the bracket that `text` follows and its closing one, split by commas.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, sign) in text.char_indices() {
        match sign {
            '(' | '[' | '{' => depth += 1,
            ',' if depth == 0 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            ')' | ']' | '}' if depth == 0 => {
                found.push(text[start..at].trim());
                break;
            }
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    found
}

/// Parameters of a sentence are all alike to the compiler. An argument that bears the name of a
/// parameter has to stand in its place.
#[test]
fn words_are_given_to_sentences_in_their_order() {
    let sentences = sentences();
    let (mut offenders, mut checked) = (Vec::new(), 0);
    for source in rust() {
        for (at, _) in source.text.match_indices("text::") {
            let call = &source.text[at + "text::".len()..];
            let Some((name, rest)) = call.split_once('(') else {
                continue;
            };
            let Some(names) = sentences.get(name) else {
                continue;
            };
            for (name, given) in names.iter().zip(arguments(rest).iter().skip(1)) {
                let given = given.trim_end_matches(".clone()").trim_start_matches('&');
                let given = given.rsplit('.').next().unwrap_or_default();
                checked += usize::from(name == given);
                if name != given && names.iter().any(|other| other == given) {
                    offenders.push(format!("{}: {given} as {name} in {call:.60}", source.path));
                }
            }
        }
    }
    assert!(50 < checked, "{checked} arguments were recognised");
    none(&offenders);
}
