//! The press table (WZ-14): what a newspaper may print, which is the indicators that are flagged
//! public and nothing else.

use super::figure::{Part, told};
use super::sheet::{Head, Sheet, workbook as write};
use super::words;
use crate::service::error::ServiceError;
use crate::service::month::posting::Posted;
use domain::month::day::Day;
use sync::posted_month::{PostedGroup, PostedIndicator, PostedMonth, PostedUnit};

/// # Errors
/// No indicator is public, or it could not be written into memory.
pub fn workbook(mut posted: Posted, today: Day) -> Result<Vec<u8>, ServiceError> {
    posted.month = posted.month.for_everybody(today);
    let month = &posted.month;
    if month.indicators.is_empty() {
        return Err(ServiceError::NotFound("public indicator"));
    }
    let fixed = ["组别", "单位"].into_iter().map(Head::one);
    let indicators = 0..month.indicators.len();
    let told: Vec<Vec<Part>> = indicators.map(|at| printed(month, at)).collect();
    let figures = month.indicators.iter().zip(&told);
    let figures = figures.map(|(indicator, told)| {
        let parts = told.iter().map(|part| part.head());
        Head::over(words::indicator(indicator), parts.collect())
    });
    let sheet = Sheet {
        name: "见报指标".to_owned(),
        header: fixed.chain(figures).collect(),
        rows: month
            .units()
            .map(|(group, unit)| row(month.indicators.iter().zip(&told), group, unit))
            .collect(),
        frozen: 2,
    };
    write(&posted, "主要指标", &[sheet])
}

/// What a newspaper prints of a figure: what the bulletin tells, without the movement.
fn printed(month: &PostedMonth, at: usize) -> Vec<Part> {
    let mut told = told(month, at);
    told.retain(|part| *part != Part::Moved);
    told
}

fn row<'a>(
    indicators: impl Iterator<Item = (&'a PostedIndicator, &'a Vec<Part>)>,
    group: &PostedGroup,
    unit: &PostedUnit,
) -> Vec<String> {
    let mut row = vec![group.name.clone(), unit.name.clone()];
    for ((indicator, told), cell) in indicators.zip(&unit.cells) {
        let is_asked = indicator.is_asked_of(group);
        row.extend(told.iter().map(|part| match is_asked {
            true => part.of(cell),
            false => "—".to_owned(),
        }));
    }
    row
}
