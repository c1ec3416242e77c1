//! A QR code as the data of one SVG path: each run of dark modules in a row is one rectangle, so
//! the code prints crisp at any size and the page needs no picture.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use std::fmt::Write as _;

/// A drawn code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrPath {
    /// Path data on a grid of `size` x `size` modules, without the quiet zone.
    pub path: String,
    pub size: u32,
}

/// Draws `text`. `None`: it is longer than a code can hold.
#[must_use]
pub fn draw(text: &str) -> Option<QrPath> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        let dark: Vec<bool> = code[row]
            .iter()
            .take(code.size)
            .map(|module| module.value())
            .collect();
        for (start, length) in runs(&dark) {
            // Writing into a string cannot fail.
            let _ = write!(path, "M{start} {row}h{length}v1h-{length}z");
        }
    }
    let size = u32::try_from(code.size).ok()?;
    Some(QrPath { path, size })
}

/// Start and length of each run of dark modules.
fn runs(dark: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in dark.iter().enumerate().filter(|(_, is_dark)| **is_dark) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_modules_of_a_row_are_one_rectangle() {
        assert_eq!(runs(&[true, true, false, true]), [(0, 2), (3, 1)]);
        assert_eq!(runs(&[false, false]), []);
    }

    #[test]
    fn a_code_begins_with_the_finder_pattern() {
        let code = draw("https://example.invalid/card#0.0").expect("a short text fits");
        assert!(code.path.starts_with("M0 0h7v1h-7z"), "{}", code.path);
        assert!(21 <= code.size);
    }

    #[test]
    fn what_no_code_can_hold_is_none() {
        assert_eq!(draw(&"长".repeat(5_000)), None);
    }
}
