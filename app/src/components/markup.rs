//! Markup as text, for what comes by the thousand and never changes: the cells of a county's
//! figures. A browser reads them in one go many times faster than it makes them one by one, and a
//! server writes them without a view for each.

use std::fmt::Write as _;

/// Only what stands in the program is taken as markup; everything else is escaped.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tags, as they stand in the program.
    pub fn tags(&mut self, tags: &'static str) -> &mut Self {
        self.0.push_str(tags);
        self
    }

    /// Words between tags, or inside the double quotes of an attribute.
    pub fn words(&mut self, words: &str) -> &mut Self {
        let mut rest = words;
        while let Some(at) = rest.find(['&', '<', '>', '"']) {
            self.0.push_str(&rest[..at]);
            self.0.push_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => "&quot;",
            });
            rest = &rest[at + 1..];
        }
        self.0.push_str(rest);
        self
    }

    pub fn number(&mut self, number: usize) -> &mut Self {
        // Writing into a string cannot fail.
        let _ = write!(self.0, "{number}");
        self
    }

    /// As `inner_html` of an element takes it.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_tags() {
        let mut markup = Markup::new();
        let name = r#"第1镇<img src="x"> & 第2镇"#;
        markup.tags("<b title=\"").words(name).tags("\">").words("");
        assert_eq!(
            markup.into_text(),
            r#"<b title="第1镇&lt;img src=&quot;x&quot;&gt; &amp; 第2镇">"#
        );
    }
}
