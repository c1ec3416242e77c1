//! What workbooks tell of a unit's figure, each in a column of its own.

use app::format;
use sync::posted_month::{PostedCell, PostedMonth};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Value,
    Completion,
    Checkpoint,
    CheckpointCompletion,
    Place,
    Moved,
    LastYear,
    Growth,
}

/// What is told of the indicator at a place: of a checkpoint (ZR-5) where any unit has one, and of
/// the year before where any figure of the month is held against it.
pub fn told(month: &PostedMonth, at: usize) -> Vec<Part> {
    let mut told = vec![Part::Value, Part::Completion];
    if month.has_checkpoint(at) {
        told.extend([Part::Checkpoint, Part::CheckpointCompletion]);
    }
    told.extend([Part::Place, Part::Moved]);
    if month.has_last_year() {
        told.extend([Part::LastYear, Part::Growth]);
    }
    told
}

impl Part {
    pub fn head(self) -> &'static str {
        match self {
            Self::Value => "完成值",
            Self::Completion => "完成率（%）",
            Self::Checkpoint => "季度目标",
            Self::CheckpointCompletion => "季度目标完成率（%）",
            Self::Place => "名次",
            Self::Moved => "升降",
            Self::LastYear => "去年同期",
            Self::Growth => "同比（%）",
        }
    }

    pub fn of(self, cell: &PostedCell) -> String {
        let (last_year, growth) = cell.in_year().unwrap_or_default();
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        match self {
            Self::Value => cell.value.clone().unwrap_or_else(|| "未报".to_owned()),
            Self::Completion => known(&cell.completion),
            Self::Checkpoint => known(&cell.checkpoint),
            Self::CheckpointCompletion => known(&cell.checkpoint_completion),
            Self::Place => cell.rank.map(|rank| rank.to_string()).unwrap_or_default(),
            Self::Moved => cell.moved.map(format::moved).unwrap_or_default(),
            Self::LastYear => last_year.to_owned(),
            Self::Growth => growth.unwrap_or_default().to_owned(),
        }
    }
}
