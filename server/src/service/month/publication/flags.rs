//! Hand-over sheets of the flags (流动旗, GY-13): a page for each flag that a unit holds or gives
//! away, with what it is based on, to be signed by both and by the organiser.

use super::words;
use crate::docx::{Align, Column, Document, Page};
use crate::service::error::ServiceError;
use crate::service::month::posting::Posted;
use app::format;
use app::text::Lang;
use domain::ids::UnitId;
use domain::month::flag::HandOver;
use sync::posted_month::{PostedFlags, PostedGroup, PostedMonth};

const WITH_ORGANISER: &str = "组织方";

/// # Errors
/// No flag was with anybody, or it could not be written into memory.
pub fn document(posted: &Posted) -> Result<Vec<u8>, ServiceError> {
    let mut held = held(&posted.month);
    let first = held.next().ok_or(ServiceError::NotFound("flag"))?;
    let mut document = Document::new(Page::Portrait);
    sheet(&mut document, posted, first);
    for next in held {
        document.new_page();
        sheet(&mut document, posted, next);
    }
    let bytes = document.finish();
    bytes.map_err(|error| ServiceError::Internal(error.into()))
}

/// The flags that have a sheet.
pub fn held(month: &PostedMonth) -> impl Iterator<Item = (&PostedGroup, &PostedFlags, &HandOver)> {
    month.hand_overs().filter(|(_, _, flag)| flag.is_held())
}

fn sheet(
    document: &mut Document,
    posted: &Posted,
    (group, flags, flag): (&PostedGroup, &PostedFlags, &HandOver),
) {
    let month = &posted.month;
    document.title("流动旗交接单");
    let name = |unit: Option<UnitId>| unit.map_or(WITH_ORGANISER, |unit| month.name(unit));
    let basis = flag.units().map(|unit| basis_of(month, unit));
    let rows = [
        ("组别", group.name.clone()),
        ("旗", format!("{} {} 号", flags.name, flag.number)),
        ("期次", format::month(Lang::Zh, month.period)),
        ("变动", words::hand_over(flag).to_owned()),
        ("送出单位", name(flag.from).to_owned()),
        ("接旗单位", name(flag.to).to_owned()),
        ("依据", basis.collect::<Vec<_>>().join("\n")),
    ];
    let columns = [
        Column::new("项目", 1, Align::Centre),
        Column::new("内容", 4, Align::Left),
    ];
    let rows = rows.map(|(what, how)| vec![what.to_owned(), how]);
    document.table(&columns, &rows);
    document.signatures(&["送出单位：", "日期："]);
    document.signatures(&["接旗单位：", "日期："]);
    document.signatures(&["组织方：", "日期："]);
    for line in words::preface(posted) {
        document.paragraph(Align::Left, &line);
    }
}

/// Where a unit stood: `青禾镇：本组第 1，得分 98.50`.
fn basis_of(month: &PostedMonth, unit: UnitId) -> String {
    let name = month.name(unit);
    let posted = month.unit(unit);
    let score = posted.and_then(|unit| unit.score.as_ref());
    match (posted.and_then(|unit| unit.rank), score) {
        (Some(rank), Some(score)) => format!("{name}：本组第 {rank}，得分 {score}"),
        _ => format!("{name}：本月没有名次"),
    }
}
