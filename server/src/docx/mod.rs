//! Word files (DOCX) with the typography of official documents (GB/T 9704): the title in the middle
//! at 二号, text in 仿宋 三号 on lines of 28 points, page numbers between dashes. A file is a zip of
//! XML parts; those that never change lie in `parts/`, the document itself is put together here.
//! The same document always gives the same bytes.

pub mod xml;

use std::io::{Cursor, Write as _};
use xml::text;
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

pub const CONTENT_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Parts of the file that are the same in every document, by their names in the zip.
const PARTS: [(&str, &str); 6] = [
    (
        "[Content_Types].xml",
        include_str!("parts/content_types.xml"),
    ),
    ("_rels/.rels", include_str!("parts/package_rels.xml")),
    (
        "word/_rels/document.xml.rels",
        include_str!("parts/document_rels.xml"),
    ),
    ("word/styles.xml", include_str!("parts/styles.xml")),
    ("word/fontTable.xml", include_str!("parts/font_table.xml")),
    ("word/footer.xml", include_str!("parts/footer.xml")),
];

const SCHEMAS: &str = "http://schemas.openxmlformats.org";

/// How an A4 page lies. Lengths are twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Portrait,
    Landscape,
}

impl Page {
    /// The width between the margins: 156 mm, and 225 mm when the page lies.
    #[must_use]
    pub fn text_width(self) -> u32 {
        match self {
            Self::Portrait => 8844,
            Self::Landscape => 12755,
        }
    }

    /// The paper and its margins; those of the lying page are the standing one's, turned.
    fn section(self) -> &'static str {
        match self {
            Self::Portrait => concat!(
                r#"<w:pgSz w:w="11906" w:h="16838"/>"#,
                r#"<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" "#,
                r#"w:header="851" w:footer="1400" w:gutter="0"/>"#,
            ),
            Self::Landscape => concat!(
                r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#,
                r#"<w:pgMar w:top="1588" w:right="2098" w:bottom="1474" w:left="1985" "#,
                r#"w:header="851" w:footer="850" w:gutter="0"/>"#,
            ),
        }
    }
}

/// Where a paragraph or the text of a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Two characters in, as a paragraph of running text begins.
    Indented,
    Left,
    Centre,
    Right,
}

impl Align {
    fn properties(self) -> &'static str {
        match self {
            Self::Indented => r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#,
            Self::Left => r#"<w:jc w:val="left"/>"#,
            Self::Centre => r#"<w:jc w:val="center"/>"#,
            Self::Right => r#"<w:jc w:val="right"/>"#,
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// Its part of the text width, as against the other columns.
    pub share: u32,
    pub align: Align,
}

impl Column {
    #[must_use]
    pub fn new(name: impl Into<String>, share: u32, align: Align) -> Self {
        Self {
            name: name.into(),
            share,
            align,
        }
    }
}

/// A document that is being put together, from top to bottom. A line break in any text is a line
/// break on the page.
#[derive(Clone, Debug)]
pub struct Document {
    page: Page,
    body: String,
    begins_page: bool,
}

impl Document {
    #[must_use]
    pub fn new(page: Page) -> Self {
        Self {
            page,
            body: String::new(),
            begins_page: false,
        }
    }

    pub fn title(&mut self, words: &str) {
        self.push_paragraph("Title", "", &text(words));
    }

    pub fn heading(&mut self, words: &str) {
        self.push_paragraph("Heading", "", &text(words));
    }

    pub fn paragraph(&mut self, align: Align, words: &str) {
        self.push_paragraph("Body", align.properties(), &text(words));
    }

    /// What comes next begins a page; it has to be a paragraph of any kind.
    pub fn new_page(&mut self) {
        self.begins_page = true;
    }

    /// A table over the whole width. Its first row is repeated on each page, and no row is torn
    /// apart. Rows that are too short are filled up.
    pub fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) {
        let widths = widths(columns, self.page.text_width());
        let grid: String = widths
            .iter()
            .map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#))
            .collect();
        let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
            .iter()
            .map(|side| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0"/>"#))
            .collect();
        let properties = format!(
            concat!(
                r#"<w:tblPr><w:tblW w:w="{}" w:type="dxa"/><w:jc w:val="center"/>"#,
                r#"<w:tblBorders>{}</w:tblBorders><w:tblLayout w:type="fixed"/>"#,
                r#"<w:tblCellMar><w:left w:w="60" w:type="dxa"/>"#,
                r#"<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>"#,
            ),
            self.page.text_width(),
            borders
        );
        self.body
            .push_str(&format!("<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>"));
        let names = columns.iter().map(|column| column.name.as_str());
        let header = names.map(|name| ("HeaderCell", Align::Centre, name));
        self.push_row(r"<w:cantSplit/><w:tblHeader/>", header, &widths);
        for row in rows {
            let cell = |at: usize| row.get(at).map_or("", String::as_str);
            let cells = columns.iter().enumerate();
            let cells = cells.map(|(at, column)| ("Cell", column.align, cell(at)));
            self.push_row("<w:cantSplit/>", cells, &widths);
        }
        // Tables that touch would become one, and a document may not end with one.
        self.body.push_str("</w:tbl>");
        self.push_paragraph("Gap", "", "");
    }

    /// Lines to sign on, side by side, each after its label.
    pub fn signatures(&mut self, labels: &[&str]) {
        let count = u32::try_from(labels.len()).unwrap_or(u32::MAX).max(1);
        let stops: String = (1..=count)
            .map(|at| self.page.text_width() / count * at)
            .map(|at| format!(r#"<w:tab w:val="left" w:leader="underscore" w:pos="{at}"/>"#))
            .collect();
        let properties = format!(
            r#"<w:tabs>{stops}</w:tabs><w:spacing w:before="240" w:line="560" w:lineRule="exact"/>"#
        );
        let label = |label: &&str| format!("{}<w:r><w:tab/></w:r>", text(label));
        let runs: String = labels.iter().map(label).collect();
        self.push_paragraph("Body", &properties, &runs);
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// The zip could not be written into memory.
    pub fn finish(self) -> Result<Vec<u8>, ZipError> {
        let document = format!(
            concat!(
                r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
                r#"<w:document xmlns:w="{}/wordprocessingml/2006/main" "#,
                r#"xmlns:r="{}/officeDocument/2006/relationships"><w:body>{}<w:sectPr>"#,
                r#"<w:footerReference w:type="default" r:id="rId3"/>{}</w:sectPr></w:body>"#,
                "</w:document>",
            ),
            SCHEMAS,
            SCHEMAS,
            self.body,
            self.page.section()
        );
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let own = ("word/document.xml", document.as_str());
        for (name, part) in PARTS.into_iter().chain([own]) {
            archive.start_file(name, SimpleFileOptions::default())?;
            archive.write_all(part.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    }

    fn push_paragraph(&mut self, style: &str, properties: &str, runs: &str) {
        let page = if std::mem::take(&mut self.begins_page) {
            "<w:pageBreakBefore/>"
        } else {
            ""
        };
        self.body.push_str(&format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{page}{properties}</w:pPr>{runs}</w:p>"#
        ));
    }

    fn push_row<'a>(
        &mut self,
        properties: &str,
        cells: impl Iterator<Item = (&'static str, Align, &'a str)>,
        widths: &[u32],
    ) {
        self.body
            .push_str(&format!("<w:tr><w:trPr>{properties}</w:trPr>"));
        for ((style, align, words), width) in cells.zip(widths) {
            self.body.push_str(&format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>"#
            ));
            self.body.push_str(r#"<w:vAlign w:val="center"/></w:tcPr>"#);
            self.push_paragraph(style, align.properties(), &text(words));
            self.body.push_str("</w:tc>");
        }
        self.body.push_str("</w:tr>");
    }
}

/// The widths of the columns, which add up to `whole` but for what rounding takes.
fn widths(columns: &[Column], whole: u32) -> Vec<u32> {
    let sum: u64 = columns.iter().map(|column| u64::from(column.share)).sum();
    let width = |column: &Column| u64::from(whole) * u64::from(column.share) / sum.max(1);
    columns
        .iter()
        .map(|column| u32::try_from(width(column)).unwrap_or(whole))
        .collect()
}

#[cfg(test)]
mod tests;
