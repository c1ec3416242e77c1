//! A charter from a TOML file: what is wrong with it is told all at once, each fault with the
//! path of the offending key, whether the file breaks the syntax, the shape or a rule.

use domain::charter::{Charter, CharterDraft, CharterReason};
use toml::{Table, Value};

/// One fault of a charter file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CharterFault {
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        line: usize,
        column: usize,
        message: String,
    },
    #[error("{path}: {reason}")]
    Shape { path: String, reason: ShapeReason },
    #[error("{path}: {reason}")]
    Rule { path: String, reason: CharterReason },
}

/// Why a value does not have the shape of a charter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeReason {
    #[error("is no key of a charter")]
    UnknownKey,
    #[error("is a bare number; write it as a string, such as \"0.6\"")]
    BareNumber,
    #[error("must be {wanted}")]
    WrongType { wanted: &'static str },
}

/// Reads and checks a charter.
///
/// # Errors
/// All faults of the file.
pub fn parse(text: &str) -> Result<Charter, Vec<CharterFault>> {
    let table = text
        .parse::<Table>()
        .map_err(|error| vec![syntax(text, &error)])?;
    let mut faults = Vec::new();
    let table = fit(table, CHARTER, "", &mut faults);
    faults.sort_by(|left, right| path(left).cmp(path(right)));
    let draft: CharterDraft = match table.try_into() {
        Ok(draft) => draft,
        Err(error) => {
            faults.push(syntax(text, &error));
            return Err(faults);
        }
    };
    match Charter::from_draft(draft) {
        Ok(charter) if faults.is_empty() => Ok(charter),
        Ok(_) => Err(faults),
        Err(errors) => {
            // A value of the wrong shape was taken out, so it is not missing as well.
            let told: Vec<String> = faults.iter().map(|fault| path(fault).to_owned()).collect();
            let news = errors
                .into_iter()
                .filter(|error| !told.contains(&error.path));
            let rule = |error: domain::charter::CharterError| CharterFault::Rule {
                path: error.path,
                reason: error.reason,
            };
            faults.extend(news.map(rule));
            Err(faults)
        }
    }
}

/// The kinds of value that a charter has.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// A decimal number, which is a string.
    Decimal,
    /// A whole number, an integer or a string.
    Count,
    Flag,
    Texts,
    Table(Keys),
    Tables(Keys),
}

type Keys = &'static [(&'static str, Kind)];

const CHARTER: Keys = &[
    ("title", Kind::Text),
    ("version", Kind::Text),
    ("source", Kind::Text),
    ("full_mark", Kind::Decimal),
    ("trim_by", Kind::Text),
    ("missing", Kind::Text),
    ("class_absent", Kind::Text),
    ("multiplier", Kind::Flag),
    ("floor", Kind::Decimal),
    ("tie_on", Kind::Text),
    ("rank", Kind::Text),
    ("names_public", Kind::Flag),
    ("rounding", Kind::Table(ROUNDING)),
    (
        "offline",
        Kind::Table(&[("tolerance_seconds", Kind::Count), ("strict", Kind::Flag)]),
    ),
    ("criteria", Kind::Tables(CRITERION)),
    ("classes", Kind::Tables(CLASS)),
    (
        "ties",
        Kind::Tables(&[("step", Kind::Text), ("key", Kind::Text)]),
    ),
    (
        "phases",
        Kind::Tables(&[
            ("key", Kind::Text),
            ("name", Kind::Text),
            ("seconds", Kind::Count),
        ]),
    ),
];

const ROUNDING: Keys = &[
    ("places", Kind::Count),
    ("mode", Kind::Text),
    (
        "stages",
        Kind::Table(&[
            ("panel", Kind::Count),
            ("factored", Kind::Count),
            ("class", Kind::Count),
        ]),
    ),
];

const CRITERION: Keys = &[
    ("key", Kind::Text),
    ("name", Kind::Text),
    ("min", Kind::Decimal),
    ("max", Kind::Decimal),
    ("step", Kind::Decimal),
    ("factor", Kind::Decimal),
    (
        "levels",
        Kind::Tables(&[
            ("from", Kind::Decimal),
            ("to", Kind::Decimal),
            ("name", Kind::Text),
            ("text", Kind::Text),
        ]),
    ),
];

const CLASS: Keys = &[
    ("key", Kind::Text),
    ("name", Kind::Text),
    ("weight", Kind::Decimal),
    ("criteria", Kind::Texts),
    ("aggregate", Kind::Text),
    (
        "trim",
        Kind::Table(&[
            ("high", Kind::Count),
            ("low", Kind::Count),
            ("min_panel", Kind::Count),
            ("below", Kind::Text),
        ]),
    ),
];

/// Keeps what has the right shape and tells the rest.
fn fit(table: Table, keys: Keys, parent: &str, faults: &mut Vec<CharterFault>) -> Table {
    let mut fitting = Table::new();
    for (key, value) in table {
        let path = if parent.is_empty() {
            key.clone()
        } else {
            format!("{parent}.{key}")
        };
        let kind = keys
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, kind)| *kind);
        let fitted = match kind {
            Some(kind) => fit_value(value, kind, &path, faults),
            None => Err(ShapeReason::UnknownKey),
        };
        match fitted {
            Ok(value) => _ = fitting.insert(key, value),
            Err(reason) => faults.push(CharterFault::Shape { path, reason }),
        }
    }
    fitting
}

fn fit_value(
    value: Value,
    kind: Kind,
    path: &str,
    faults: &mut Vec<CharterFault>,
) -> Result<Value, ShapeReason> {
    match (kind, value) {
        (Kind::Text | Kind::Decimal | Kind::Count, value @ Value::String(_))
        | (Kind::Count, value @ Value::Integer(_))
        | (Kind::Flag, value @ Value::Boolean(_)) => Ok(value),
        (Kind::Decimal, Value::Integer(_) | Value::Float(_)) | (Kind::Count, Value::Float(_)) => {
            Err(ShapeReason::BareNumber)
        }
        (Kind::Texts, Value::Array(items)) if items.iter().all(Value::is_str) => {
            Ok(Value::Array(items))
        }
        (Kind::Table(keys), Value::Table(table)) => {
            Ok(Value::Table(fit(table, keys, path, faults)))
        }
        (Kind::Tables(keys), Value::Array(items)) if items.iter().all(Value::is_table) => {
            let rows = items
                .into_iter()
                .enumerate()
                .map(|(index, item)| match item {
                    Value::Table(table) => {
                        Value::Table(fit(table, keys, &format!("{path}[{index}]"), faults))
                    }
                    other => other,
                });
            Ok(Value::Array(rows.collect()))
        }
        (kind, _) => Err(ShapeReason::WrongType {
            wanted: wanted(kind),
        }),
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a string",
        Kind::Decimal => "a number as a string, such as \"0.6\"",
        Kind::Count => "a whole number",
        Kind::Flag => "true or false",
        Kind::Texts => "a list of strings",
        Kind::Table(_) => "a table",
        Kind::Tables(_) => "a list of tables",
    }
}

fn path(fault: &CharterFault) -> &str {
    match fault {
        CharterFault::Syntax { .. } => "",
        CharterFault::Shape { path, .. } | CharterFault::Rule { path, .. } => path,
    }
}

fn syntax(text: &str, error: &toml::de::Error) -> CharterFault {
    let offset = error.span().map_or(0, |span| span.start);
    let before = text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    CharterFault::Syntax {
        line,
        column,
        message: error.message().to_owned(),
    }
}
