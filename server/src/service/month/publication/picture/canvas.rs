//! A sheet that is written from the top: words, bands and a code, as one SVG document. It is drawn
//! by a browser as an image, which loads nothing, so everything stands in it.

use crate::docx::xml::escape;
use crate::service::qr::QrPath;
use std::fmt::Write as _;

/// Pixels, as public accounts want them.
pub const WIDTH: u32 = 1080;
pub const MARGIN: u32 = 64;
/// Whatever of these the browser has.
const FONTS: &str = "PingFang SC, HarmonyOS Sans SC, MiSans, Microsoft YaHei, Noto Sans CJK SC, \
                     Source Han Sans SC, WenQuanYi Micro Hei, sans-serif";
/// Modules of the quiet zone around a code.
const QUIET: u32 = 2;

/// The pigments of the site, see `style/tokens/color.css`.
pub const PAPER: &str = "#ffffff";
pub const BAR: &str = "#07393a";
pub const ON_BAR: &str = "#ffffff";
pub const ON_BAR_2: &str = "#bfd9d5";
pub const INK: &str = "#10201e";
pub const INK_2: &str = "#3d4d49";
pub const RULE: &str = "#d5ded9";
pub const ACT: &str = "#0b5a59";
pub const ZHU: &str = "#c22f17";
pub const SHEET: &str = "#f6f9f7";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Type {
    size: u32,
    is_bold: bool,
    colour: &'static str,
}

impl Type {
    pub fn plain(size: u32, colour: &'static str) -> Self {
        Self {
            size,
            is_bold: false,
            colour,
        }
    }

    pub fn bold(size: u32, colour: &'static str) -> Self {
        Self {
            is_bold: true,
            ..Self::plain(size, colour)
        }
    }
}

/// Which end of the words stands at the place that is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

#[derive(Debug, Default)]
pub struct Canvas {
    body: String,
    /// How far it is written.
    y: u32,
}

// Writing into a string cannot fail, so what `write!` answers is left aside below.
impl Canvas {
    pub fn y(&self) -> u32 {
        self.y
    }

    /// Goes on so far down.
    pub fn space(&mut self, height: u32) {
        self.y += height;
    }

    /// Goes on at this height.
    pub fn at(&mut self, y: u32) {
        self.y = y;
    }

    /// One line, which stands on the height that was reached.
    pub fn write(&mut self, of: Type, x: u32, anchor: Anchor, words: &str) {
        let (y, words) = (self.y, escape(words));
        let weight = if of.is_bold { 700 } else { 400 };
        let _ = write!(
            self.body,
            r#"<text x="{x}" y="{y}" font-size="{}" font-weight="{weight}" fill="{}" "#,
            of.size, of.colour
        );
        let _ = write!(
            self.body,
            r#"text-anchor="{}">{words}</text>"#,
            anchor.name()
        );
    }

    pub fn rect(&mut self, (x, y): (u32, u32), (width, height): (u32, u32), colour: &str) {
        let _ = write!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>"#
        );
    }

    /// A thin line from margin to margin.
    pub fn rule(&mut self) {
        self.rect((MARGIN, self.y), (WIDTH - 2 * MARGIN, 2), RULE);
    }

    pub fn code(&mut self, code: &QrPath, (x, y): (u32, u32), side: u32) {
        let modules = code.size + 2 * QUIET;
        let _ = write!(
            self.body,
            r#"<svg x="{x}" y="{y}" width="{side}" height="{side}" "#
        );
        let _ = write!(
            self.body,
            r#"viewBox="-{QUIET} -{QUIET} {modules} {modules}"><path d="{}"/></svg>"#,
            code.path
        );
    }

    /// The document, as high as it was written.
    pub fn finish(self) -> String {
        let Self { body, y } = self;
        let size = format!(r#"width="{WIDTH}" height="{y}""#);
        let view = format!(r#"viewBox="0 0 {WIDTH} {y}" font-family="{FONTS}""#);
        let ground = format!(r#"<rect {size} fill="{PAPER}"/>"#);
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" {size} {view}>{ground}{body}</svg>"#)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_the_sheet_ends_where_they_end() {
        let mut canvas = Canvas::default();
        canvas.space(40);
        canvas.write(
            Type::bold(30, INK),
            MARGIN,
            Anchor::Start,
            "<script>\"&\u{1}",
        );
        let drawn = canvas.finish();
        assert!(
            drawn.contains(">&lt;script&gt;&quot;&amp;</text>"),
            "{drawn}"
        );
        assert!(drawn.contains(r#"width="1080" height="40""#), "{drawn}");
    }
}
