//! The document of a slip or a talk as a Word file, with the words of the page that is printed.

use super::read;
use crate::docx::{Align, Column, Document, Page};
use crate::service::error::ServiceError;
use crate::store::Store;
use app::pages::admin::slips::paper::{Paper, paper};
use app::text::Lang;
use domain::ids::{AccountId, Millis, SlipId};

/// The file, for an account that may know of the document.
///
/// # Errors
/// There is none that this account may know of, or the database failed.
pub async fn docx(
    store: &Store,
    account: AccountId,
    slip: SlipId,
    now: Millis,
) -> Result<Vec<u8>, ServiceError> {
    let page = read::slip(store, account, slip, now).await?;
    write(paper(Lang::Zh, &page))
}

fn write(paper: Paper) -> Result<Vec<u8>, ServiceError> {
    let mut document = Document::new(Page::Portrait);
    document.title(&paper.title);
    document.paragraph(Align::Centre, &paper.number);
    document.paragraph(Align::Left, &paper.to);
    for words in &paper.paragraphs {
        document.paragraph(Align::Indented, words);
    }
    document.paragraph(Align::Right, &paper.issuer);
    document.paragraph(Align::Right, &paper.day);
    document.heading(paper.reply);
    let [who, day, words] = paper.columns;
    let columns = [
        Column::new(who, 3, Align::Centre),
        Column::new(day, 3, Align::Centre),
        Column::new(words, 8, Align::Left),
    ];
    let mut rows: Vec<Vec<String>> = paper.replies.into_iter().map(Vec::from).collect();
    if rows.is_empty() {
        // To be filled in by hand.
        rows.push(vec![String::new(), String::new(), "\n\n\n".to_owned()]);
    }
    document.table(&columns, &rows);
    document.signatures(&paper.signs);
    let bytes = document.finish();
    bytes.map_err(|error| ServiceError::Internal(anyhow::Error::new(error)))
}
