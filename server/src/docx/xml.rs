//! Text as XML. What XML 1.0 has no way to write (control characters, two
//! noncharacters) is left out, since one such character makes Word refuse the whole file.

/// Runs of a paragraph: text, and a break for each line feed. A tab is a blank.
#[must_use]
pub fn text(words: &str) -> String {
    let lines = words.lines().map(|line| {
        let line = escape(&line.replace('\t', " "));
        format!(r#"<w:r><w:t xml:space="preserve">{line}</w:t></w:r>"#)
    });
    lines.collect::<Vec<_>>().join("<w:r><w:br/></w:r>")
}

/// Fit to stand between tags, and inside of double quotes.
#[must_use]
pub fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for char in words.chars().filter(|char| is_allowed(*char)) {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(char),
        }
    }
    escaped
}

fn is_allowed(char: char) -> bool {
    !char.is_control() && !matches!(char, '\u{fffe}' | '\u{ffff}')
}
