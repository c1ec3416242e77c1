//! The press table (WZ-14): what a newspaper may print, which is the indicators that are flagged
//! public and nothing else.

use super::bulletin::figure;
use super::sheet::{Head, Sheet, workbook as write};
use super::words;
use crate::service::error::ServiceError;
use crate::service::month::posting::Posted;
use domain::month::day::Day;
use sync::posted_month::{PostedGroup, PostedMonth, PostedUnit};

/// What a newspaper prints of a figure: the bulletin's columns without the movement, and the last
/// two where any is held against the year before.
const FIGURE: [&str; 5] = ["完成值", "完成率（%）", "名次", "去年同期", "同比（%）"];
const FIGURE_ALONE: usize = 3;

/// # Errors
/// No indicator is public, or it could not be written into memory.
pub fn workbook(mut posted: Posted, today: Day) -> Result<Vec<u8>, ServiceError> {
    posted.month = posted.month.for_everybody(today);
    let month = &posted.month;
    if month.indicators.is_empty() {
        return Err(ServiceError::NotFound("public indicator"));
    }
    let fixed = ["组别", "单位"].into_iter().map(Head::one);
    let figures = month.indicators.iter().map(words::indicator);
    let told = match month.has_last_year() {
        true => &FIGURE[..],
        false => &FIGURE[..FIGURE_ALONE],
    };
    let sheet = Sheet {
        name: "见报指标".to_owned(),
        header: fixed
            .chain(figures.map(|name| Head::over(name, told)))
            .collect(),
        rows: month
            .units()
            .map(|(group, unit)| row(month, group, unit, told.len()))
            .collect(),
        frozen: 2,
    };
    write(&posted, "主要指标", &[sheet])
}

fn row(month: &PostedMonth, group: &PostedGroup, unit: &PostedUnit, told: usize) -> Vec<String> {
    let mut row = vec![group.name.clone(), unit.name.clone()];
    for (indicator, cell) in month.indicators.iter().zip(&unit.cells) {
        let printed = match indicator.is_asked_of(group) {
            true => {
                let [value, completion, place, _moved, last_year, growth] = figure(cell);
                [value, completion, place, last_year, growth]
            }
            false => ["—"; 5].map(str::to_owned),
        };
        row.extend(printed.into_iter().take(told));
    }
    row
}
