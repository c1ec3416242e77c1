//! The document of a duty as a Word file, with the words of the page that is printed.

use super::sheet::{Asked, sheet};
use crate::docx::{Align, Column, Document, Page};
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::store::Store;
use app::pages::admin::calendar::paper::{Head, Paper, paper};
use app::text::Lang;
use domain::ids::{AccountId, Millis};

/// The file, with a name for it.
///
/// # Errors
/// As with the page, or it could not be written into memory.
pub async fn docx(
    store: &Store,
    who: (&Reader, AccountId),
    asked: Asked,
    now: Millis,
) -> Result<(String, Vec<u8>), ServiceError> {
    let page = sheet(store, who, asked, now).await?;
    let paper = paper(Lang::Zh, &page);
    let name = format!("{}{}{}.docx", page.county, page.rule, paper.title);
    Ok((name, write(paper)?))
}

fn write(paper: Paper) -> Result<Vec<u8>, ServiceError> {
    let mut document = Document::new(Page::Landscape);
    document.title(paper.title);
    document.paragraph(Align::Centre, &paper.facts);
    for words in &paper.lines {
        document.paragraph(Align::Indented, words);
    }
    for part in &paper.parts {
        document.heading(&part.title);
        let columns: Vec<Column> = part.heads.iter().map(column).collect();
        document.table(&columns, &part.rows);
    }
    document.signatures(&paper.signs);
    let bytes = document.finish();
    bytes.map_err(|error| ServiceError::Internal(error.into()))
}

fn column(head: &Head) -> Column {
    let align = match head.is_wide {
        true => Align::Left,
        false => Align::Centre,
    };
    Column::new(head.words.as_str(), head.share, align)
}
