//! Files of a posted month: the bulletin (通报, WZ-13) as a workbook and as a document, the press
//! table (WZ-14), and the hand-over sheets of the flags (GY-13). Each is made from one frozen
//! edition and nothing else, and says which one. [`picture`] is what anybody may pass on.

mod bulletin;
mod bulletin_document;
mod figure;
mod flags;
pub mod picture;
mod press;
mod sheet;
mod words;

use super::Month;
use super::posting::{Posted, edition};
use super::season::as_seen_by;
use crate::docx;
use crate::service::audience::Reader;
use crate::service::error::ServiceError;
use crate::service::table::XLSX;
use crate::store::Store;
use domain::month::audience::Surface;
use domain::month::day::Day;
use sync::posted_month::PostedMonth;

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthFile {
    BulletinXlsx,
    BulletinDocx,
    PressXlsx,
    FlagsDocx,
}

impl MonthFile {
    /// With their names in an address.
    pub const ALL: [(&'static str, MonthFile); 4] = [
        ("bulletin.xlsx", MonthFile::BulletinXlsx),
        ("bulletin.docx", MonthFile::BulletinDocx),
        ("press.xlsx", MonthFile::PressXlsx),
        ("flags.docx", MonthFile::FlagsDocx),
    ];

    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(each, _)| *each == name);
        found.map(|(_, file)| file)
    }

    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::BulletinXlsx | Self::PressXlsx => XLSX,
            Self::BulletinDocx | Self::FlagsDocx => docx::CONTENT_TYPE,
        }
    }

    /// Whether there is anything to write into it.
    fn is_there(self, month: &PostedMonth) -> bool {
        match self {
            Self::BulletinXlsx | Self::BulletinDocx => true,
            Self::PressXlsx => month.indicators.iter().any(|one| one.public),
            Self::FlagsDocx => flags::held(month).next().is_some(),
        }
    }

    fn chinese_name(self) -> &'static str {
        match self {
            Self::BulletinXlsx | Self::BulletinDocx => "通报",
            Self::PressXlsx => "见报表",
            Self::FlagsDocx => "流动旗交接单",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::BulletinXlsx | Self::PressXlsx => "xlsx",
            Self::BulletinDocx | Self::FlagsDocx => "docx",
        }
    }
}

/// The files that can be had of an edition, by their names in an address.
#[must_use]
pub fn files(posted: &Posted) -> Vec<String> {
    let files = MonthFile::ALL.into_iter();
    let there = files.filter(|(_, file)| file.is_there(&posted.month));
    there.map(|(name, _)| name.to_owned()).collect()
}

/// A file to keep: what it is called there, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Makes a file of an edition, for staff, or of the newest one: with what is not public for staff,
/// and without it where the charter opens bulletins to others. A file that is made after the black
/// list's last day does not name who was on it.
///
/// # Errors
/// Not for this reader, no such edition, or a table without anything in it.
pub async fn export(
    store: &Store,
    reader: &Reader,
    (month, number): (Month, Option<u32>),
    file: MonthFile,
    today: Day,
) -> Result<Download, ServiceError> {
    reader.may(month.0, Surface::Bulletin)?;
    // An older edition says what was corrected since, so it is for staff.
    let number = number.filter(|_| reader.is_staff());
    let mut tx = store.read().await?;
    let posted = edition(&mut tx, month, number).await?;
    let mut posted = posted.ok_or(ServiceError::NotFound("month"))?;
    let audience = match file {
        // A newspaper is read by everybody, whoever brings it the table.
        MonthFile::PressXlsx => &reader.everybody(),
        _ => reader,
    };
    posted.month = as_seen_by(&mut tx, audience, posted.month).await?;
    posted.month = match reader.is_staff() {
        true => posted.month.shown_on(today),
        false => posted.month.for_everybody(today),
    };
    let name = file_name(&posted, file);
    let bytes = match file {
        MonthFile::BulletinXlsx => bulletin::workbook(&posted)?,
        MonthFile::BulletinDocx => bulletin_document::document(&posted)?,
        MonthFile::PressXlsx => press::workbook(posted, today)?,
        MonthFile::FlagsDocx => flags::document(&posted)?,
    };
    Ok(Download { name, bytes })
}

/// `云岭县2026年7月通报（第2版）.xlsx`.
fn file_name(posted: &Posted, file: MonthFile) -> String {
    let title = words::title(&posted.month, file.chinese_name());
    let (edition, extension) = (posted.month.edition, file.extension());
    format!("{title}（第{edition}版）.{extension}")
}
