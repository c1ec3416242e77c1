//! What the season's calendar asks of a holder of a card (GY-15).

use domain::month::cadence::Span;
use domain::month::day::Day;
use serde::{Deserialize, Serialize};

/// A duty whose window is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDuty {
    /// 周督查, 季度过堂: the charter's word.
    pub rule: String,
    pub what: FieldDutyKind,
    /// The week, month or quarter that it is of.
    pub span: Span,
    /// The last day of its window.
    pub until: Day,
}

/// What the holder does for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldDutyKind {
    /// Records what is seen, with a day in the span.
    Inspect,
    /// Decides before the span is posted.
    Decide,
    /// Takes part; and whatever a newer server may ask for.
    #[serde(other)]
    Attend,
}
