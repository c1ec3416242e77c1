//! Cells as people type them: full-width digits and letters, blanks at the ends, bytes in the
//! encoding of whatever wrote the file.

use encoding_rs::{Encoding, GB18030, UTF_8};
use sync::typed::WIDE_FROM_ASCII;

/// Full-width digits, letters and blanks become plain ones, and blanks at the ends go. Chinese
/// punctuation stays, since it may belong to a name.
#[must_use]
pub fn normalise(text: &str) -> String {
    let plain: String = text.chars().map(narrow).collect();
    plain.trim().to_owned()
}

/// Text from a file: by its mark, else UTF-8, else GB18030, which is what Chinese Excel writes.
/// `None`: it is none of them.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    decode_as(UTF_8, bytes).or_else(|| decode_as(GB18030, bytes))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

fn narrow(letter: char) -> char {
    match letter {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(u32::from(letter) - WIDE_FROM_ASCII).unwrap_or(letter)
        }
        '\u{3000}' | '\u{a0}' => ' ',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_digits_become_plain_and_punctuation_stays() {
        assert_eq!(normalise("\u{3000}Ａ１２（东）　"), "A12（东）");
    }

    #[test]
    fn utf_8_with_and_without_a_mark_and_gb18030_read_the_same() {
        let (gb18030, _, _) = GB18030.encode("青禾镇");
        let marked = ["\u{feff}".as_bytes(), "青禾镇".as_bytes()].concat();
        for bytes in ["青禾镇".as_bytes(), &marked, &gb18030] {
            assert_eq!(decode(bytes).as_deref(), Some("青禾镇"));
        }
    }

    #[test]
    fn what_is_no_text_is_not_guessed_at() {
        assert_eq!(decode(&[0xff, 0x00, 0xff, 0x81]), None);
    }
}
