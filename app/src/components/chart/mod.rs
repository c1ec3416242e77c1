//! Charts drawn as SVG where the page is rendered. Lengths are percentages of the drawing, or parts
//! of the type's size where it holds words, so a chart needs no script and no inline style. Each
//! stands beside its numbers: a drawing alone says nothing to assistive technology.

pub mod heat;
pub mod meter;
pub mod radar;
pub mod ranks;
pub mod rope;

use domain::number::Decimal;

/// The whole width or height of a drawing.
const WHOLE: i64 = 1000;
const MICROS_IN_THOUSANDTH: i64 = 1000;

/// So many thousandths of the whole as a length that SVG reads: 614 is `61.4%`.
fn length(thousandths: i64) -> String {
    let part = thousandths.clamp(0, WHOLE);
    format!("{}.{}%", part / 10, part % 10)
}

/// A number of a posted month in thousandths; `None` for what is no number.
#[must_use]
pub fn thousandths(text: &str) -> Option<i64> {
    let number: Decimal = text.parse().ok()?;
    Some(number.micros() / MICROS_IN_THOUSANDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_stays_inside_the_drawing() {
        assert_eq!(length(614), "61.4%");
        assert_eq!(length(-5), "0.0%");
        assert_eq!(length(4_000), "100.0%");
    }

    #[test]
    fn what_is_no_number_is_not_drawn() {
        assert_eq!(thousandths("81.7"), Some(81_700));
        assert_eq!(thousandths("-1.25"), Some(-1_250));
        for odd in ["", "—", "81.7%", "８１", "1e9", "99999999999999999999"] {
            assert_eq!(thousandths(odd), None, "{odd}");
        }
    }
}
