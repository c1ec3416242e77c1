//! Turns `text/zh-CN.toml` and `text/en.toml` into one typed catalogue: a function for each key.
//!
//! A key `[pad] total = "合计"` becomes `pad_total(lang) -> &'static str`; a key with placeholders
//! such as `"待上传 {n}"` becomes `pad_waiting(lang, n) -> String`. The build fails, with the key,
//! where the two languages do not have the same keys and the same placeholders.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    let zh = read("text/zh-CN.toml");
    let en = read("text/en.toml");
    check_same_keys(&zh, &en);
    let mut code = String::new();
    for (key, chinese) in &zh {
        write_function(&mut code, key, chinese, &en[key]);
    }
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("text.rs"), code).expect("the catalogue can be written");
}

fn read(path: &str) -> BTreeMap<String, String> {
    println!("cargo:rerun-if-changed={path}");
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let table: toml::Table = text
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut keys = BTreeMap::new();
    for (section, values) in table {
        let values = values
            .as_table()
            .unwrap_or_else(|| panic!("{path}: {section} is no section"));
        for (name, value) in values {
            let value = value
                .as_str()
                .unwrap_or_else(|| panic!("{path}: {section}.{name}"));
            keys.insert(format!("{section}_{name}"), value.to_owned());
        }
    }
    keys
}

fn check_same_keys(zh: &BTreeMap<String, String>, en: &BTreeMap<String, String>) {
    let missing: Vec<_> = zh.keys().filter(|key| !en.contains_key(*key)).collect();
    let extra: Vec<_> = en.keys().filter(|key| !zh.contains_key(*key)).collect();
    assert!(missing.is_empty(), "text/en.toml lacks {missing:?}");
    assert!(extra.is_empty(), "text/zh-CN.toml lacks {extra:?}");
    for (key, chinese) in zh {
        assert_eq!(
            placeholders(chinese),
            placeholders(&en[key]),
            "placeholders of {key} differ"
        );
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn write_function(code: &mut String, key: &str, zh: &str, en: &str) {
    let names = placeholders(zh);
    let written = if names.is_empty() {
        writeln!(
            code,
            "#[must_use] pub fn {key}(lang: Lang) -> &'static str {{\n    \
             match lang {{ Lang::Zh => {zh:?}, Lang::En => {en:?} }}\n}}"
        )
    } else {
        let arguments: String = names
            .iter()
            .map(|name| format!(", {name}: impl std::fmt::Display"))
            .collect();
        writeln!(
            code,
            "#[must_use] pub fn {key}(lang: Lang{arguments}) -> String {{\n    \
             match lang {{ Lang::Zh => format!({zh:?}), Lang::En => format!({en:?}) }}\n}}"
        )
    };
    written.expect("a String takes every write");
}
