//! A charter as somebody wrote it in a file: TOML in, checked rules out, or every fault with the
//! path of the key that is wrong. Presets go the same way, so a preset is a charter like any other.

use super::error::ServiceError;
use crate::charter_file::{self, CharterFault};
use app::error::Detail;
use domain::charter::Charter;

/// Bytes of one charter; forty criteria with their levels stay far below.
pub const CHARTER_BYTES_MAX: usize = 64 * 1024;

/// Reads and checks a charter.
///
/// # Errors
/// `Invalid`, with one detail for each fault: the path, and what is wrong there.
pub fn read(text: &str) -> Result<Charter, ServiceError> {
    if CHARTER_BYTES_MAX < text.len() {
        return Err(ServiceError::invalid("charter", "too_large"));
    }
    let text = text.trim_start_matches('\u{feff}');
    charter_file::parse(text)
        .map_err(|faults| ServiceError::Invalid(faults.iter().map(detail).collect()))
}

/// The text of a charter file. Its faults are told when a contest is made from it.
///
/// # Errors
/// The file is too large, or is not UTF-8.
pub fn text(bytes: &[u8]) -> Result<String, ServiceError> {
    if CHARTER_BYTES_MAX < bytes.len() {
        return Err(ServiceError::invalid("charter", "too_large"));
    }
    let text = std::str::from_utf8(bytes);
    let text = text.map_err(|_| ServiceError::invalid("charter", "not_utf8"))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// A fault as an answer to the person who sent the file: its path, or its line and column.
fn detail(fault: &CharterFault) -> Detail {
    let (at, message) = match fault {
        CharterFault::Syntax {
            line,
            column,
            message,
        } => (format!("charter:{line}:{column}"), message.clone()),
        CharterFault::Shape { path, reason } => (format!("charter.{path}"), reason.to_string()),
        CharterFault::Rule { path, reason } => (format!("charter.{path}"), reason.to_string()),
    };
    Detail { at, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, at_expected: &str) {
        let Err(ServiceError::Invalid(details)) = read(text) else {
            panic!("the text is no charter");
        };
        let places: Vec<&str> = details.iter().map(|detail| detail.at.as_str()).collect();
        assert!(places.contains(&at_expected), "{places:?}");
    }

    #[test]
    fn every_preset_is_a_charter() {
        for preset in domain::charter::presets() {
            assert!(read(preset.toml).is_ok(), "{}", preset.key);
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_named_by_line_and_column() {
        check("title = \"一\"\nversion = ", "charter:2:11");
    }

    #[test]
    fn a_wrong_value_is_named_by_its_path() {
        let preset = domain::charter::presets()[0].toml;
        check(
            &preset.replace("\"0.6\"", "\"0,6\""),
            "charter.classes[0].weight",
        );
    }

    #[test]
    fn a_charter_of_a_megabyte_is_refused_unread() {
        check(&"#".repeat(1_000_000), "charter");
    }
}
