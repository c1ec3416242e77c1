//! The calculation of one entry in words and figures, as the page and the printed sheet both show
//! it. Everything is read from the engine's answer; only the sums that a reader checks with a
//! pocket calculator are added up here, exactly.

use crate::backend::{CalculatedEntry, Calculation};
use crate::components::words;
use crate::format;
use crate::text::{self, Lang};
use domain::charter::{Aggregate, Charter, TrimBy};
use domain::ratio::Ratio;
use domain::scoring::{ClassScore, Column, EntryResult, Fate, Line, OutReason, Status};
use sync::posted::PostedClass;

/// Decimals of a figure on the way, beyond those of the score.
const WAY_PLACES: u32 = 2;

/// A calculation with its charter read.
pub struct Working<'a> {
    pub lang: Lang,
    pub page: &'a Calculation,
    pub charter: Charter,
}

/// One line of the working: what, how, and the figure.
pub struct Step {
    pub what: String,
    pub how: String,
    pub figure: String,
}

impl<'a> Working<'a> {
    /// None if the charter is one this build cannot read.
    #[must_use]
    pub fn new(lang: Lang, page: &'a Calculation) -> Option<Self> {
        let charter = Charter::from_draft(page.charter.clone()).ok()?;
        Some(Self {
            lang,
            page,
            charter,
        })
    }

    /// A score, with the charter's places.
    #[must_use]
    pub fn score(&self, result: &EntryResult) -> String {
        match (result.score.score, result.score.status) {
            (Some(score), _) => format::figure(&score.to_fixed(self.charter.rounding().places)),
            (None, Status::Withdrawn) => text::result_withdrawn(self.lang).to_owned(),
            (None, _) => text::result_held(self.lang).to_owned(),
        }
    }

    #[must_use]
    pub fn entry(&self, result: &EntryResult) -> Option<&'a CalculatedEntry> {
        self.page.entries.get(result.standing.entry)
    }

    #[must_use]
    pub fn class_name(&self, class: &ClassScore) -> String {
        let class = self.charter.classes().get(class.class);
        class.map(|class| class.name.clone()).unwrap_or_default()
    }

    /// 有效评委 n/N，计 k 席.
    #[must_use]
    pub fn panel(&self, class: &ClassScore) -> String {
        let panel = class.panel;
        text::result_panel(self.lang, panel.eligible, panel.kept, panel.valid)
    }

    /// A mark or total of one seat, as short as it can be written.
    #[must_use]
    pub fn mark(&self, value: Ratio) -> String {
        let places = (0..=WAY_PLACES + 1).find(|places| value.round(*places) == value);
        format::figure(&value.to_fixed(places.unwrap_or(WAY_PLACES + 1).max(1)))
    }

    /// The criteria whose marks make up a seat's total: none where there is only one, or where
    /// the columns are criteria already.
    #[must_use]
    pub fn parts(&self, class: &ClassScore) -> Vec<usize> {
        let criteria = self
            .charter
            .classes()
            .get(class.class)
            .map(|class| &class.criteria);
        let criteria = criteria.cloned().unwrap_or_default();
        if self.is_by_criterion() || criteria.len() < 2 {
            return Vec::new();
        }
        criteria
    }

    #[must_use]
    pub fn criterion_name(&self, criterion: usize) -> String {
        let criterion = self.charter.criteria().get(criterion);
        criterion
            .map(|criterion| criterion.name.clone())
            .unwrap_or_default()
    }

    /// The mark of one seat for one criterion.
    #[must_use]
    pub fn part(&self, entry: usize, seat: usize, criterion: usize) -> String {
        let mut sheets = self.page.sheets.iter();
        let sheet = sheets.find(|sheet| sheet.entry == entry && sheet.seat == seat);
        let mark = sheet.and_then(|sheet| sheet.mark(criterion));
        mark.map_or_else(|| "—".to_owned(), |mark| self.mark(mark.ratio()))
    }

    /// What became of one seat's number, in a word; empty where it simply counts.
    #[must_use]
    pub fn fate(&self, line: &Line, entry: usize) -> &'static str {
        let is_offline = self
            .page
            .seats
            .get(line.seat)
            .is_some_and(|seat| seat.offline.contains(&entry));
        match line.fate {
            Fate::StruckHigh => text::calc_struck_high(self.lang),
            Fate::StruckLow => text::calc_struck_low(self.lang),
            Fate::Kept if is_offline => text::calc_offline(self.lang),
            Fate::Kept => "",
            Fate::Out(reason) => self.out(reason),
        }
    }

    fn out(&self, reason: OutReason) -> &'static str {
        match reason {
            OutReason::Absent => text::desk_seat_absent(self.lang),
            OutReason::Abstain => text::desk_seat_abstained(self.lang),
            OutReason::Recused => text::desk_seat_recused(self.lang),
            OutReason::Void => text::desk_seat_void(self.lang),
            OutReason::NoSheet => text::desk_seat_missing(self.lang),
            OutReason::MissingMark => text::calc_missing_mark(self.lang),
        }
    }

    /// The heading of a column: its criterion, or the seat's total.
    #[must_use]
    pub fn column_name(&self, column: &Column) -> String {
        let criterion = column
            .criterion
            .and_then(|index| self.charter.criteria().get(index));
        criterion.map_or_else(
            || text::calc_total(self.lang).to_owned(),
            |criterion| criterion.name.clone(),
        )
    }

    /// The whole working, class by class down to the score.
    #[must_use]
    pub fn steps(&self, result: &EntryResult) -> Vec<Step> {
        let score = &result.score;
        let mut steps: Vec<_> = score
            .classes
            .iter()
            .map(|class| self.class_step(class))
            .collect();
        if score.classes.len() > 1 {
            steps.extend(
                score
                    .weighted_sum
                    .map(|sum| self.weighted_step(result, sum)),
            );
        }
        if self.charter.multiplier_allowed() {
            let times = score.multiplier.ratio();
            let product = score.weighted_sum.and_then(|sum| sum.times(times).ok());
            steps.push(Step {
                what: text::desk_multiplier(self.lang).to_owned(),
                how: format!("× {}", score.multiplier),
                figure: product.map(|product| self.way(product)).unwrap_or_default(),
            });
        }
        steps.extend(self.deduction_steps(result));
        steps.push(Step {
            what: text::result_score(self.lang).to_owned(),
            how: self.last_line(result),
            figure: self.score(result),
        });
        steps
    }

    /// The remarks on an entry: panels, ties, whatever a reader has to know.
    #[must_use]
    pub fn remarks(&self, result: &EntryResult) -> Vec<String> {
        let classes = self.posted_classes();
        let ties = result.standing.ties.iter();
        let ties = ties.map(|step| words::tie(self.lang, &step.code(&self.charter), &classes));
        let notes = result.notes();
        let notes = notes.map(|note| words::note(self.lang, &note.code(&self.charter), &classes));
        ties.chain(notes).collect()
    }

    fn posted_classes(&self) -> Vec<PostedClass> {
        let classes = self.charter.classes().iter();
        let posted = classes.map(|class| PostedClass {
            key: class.key.clone(),
            name: class.name.clone(),
            weight: class.weight.to_string(),
        });
        posted.collect()
    }

    fn class_step(&self, class: &ClassScore) -> Step {
        let how = match class.columns.as_slice() {
            [column] => self.column_how(class, column),
            columns => {
                let parts: Vec<_> = columns
                    .iter()
                    .map(|column| self.column_part(column))
                    .collect();
                parts.join(" + ")
            }
        };
        let value = class
            .value
            .map_or_else(|| "—".to_owned(), |value| self.way(value));
        Step {
            what: self.class_name(class),
            how,
            figure: value,
        }
    }

    /// Such as 去 1 高 1 低，计 7 席 637.5 ÷ 7.
    fn column_how(&self, class: &ClassScore, column: &Column) -> String {
        let count = |fate: Fate| column.lines.iter().filter(|line| line.fate == fate).count();
        let (high, low) = (count(Fate::StruckHigh), count(Fate::StruckLow));
        let kept = class.panel.kept;
        let struck = if high + low > 0 {
            text::calc_trimmed(self.lang, high, kept, low)
        } else {
            text::calc_counted(self.lang, kept)
        };
        let rule = self
            .charter
            .classes()
            .get(class.class)
            .map(|class| class.aggregate);
        let sum = kept_sum(column).map(|sum| self.mark(sum));
        match (rule, sum) {
            (Some(Aggregate::Median), _) => text::calc_median(self.lang, struck),
            (Some(Aggregate::Sum), Some(sum)) => text::calc_sum(self.lang, struck, sum),
            (_, Some(sum)) if kept > 0 => format!("{struck}　{sum} ÷ {kept}"),
            _ => struck,
        }
    }

    fn column_part(&self, column: &Column) -> String {
        let value = column
            .factored
            .map_or_else(|| "—".to_owned(), |value| self.way(value));
        format!("{} {value}", self.column_name(column))
    }

    fn weighted_step(&self, result: &EntryResult, sum: Ratio) -> Step {
        let parts: Vec<_> = result
            .score
            .classes
            .iter()
            .filter_map(|class| {
                let (value, weight) = (class.value?, class.weight?);
                Some(format!("{} × {}", self.way(value), share(weight)))
            })
            .collect();
        Step {
            what: text::calc_weighted(self.lang).to_owned(),
            how: parts.join(" + "),
            figure: self.way(sum),
        }
    }

    fn deduction_steps(&self, result: &EntryResult) -> Vec<Step> {
        let Some(entry) = self.entry(result) else {
            return Vec::new();
        };
        let step = |deduction: &crate::backend::Deduction| Step {
            what: text::desk_deduct(self.lang).to_owned(),
            how: deduction.reason.clone(),
            figure: match deduction.points.strip_prefix('-') {
                Some(added) => format!("+{added}"),
                None => format!("−{}", deduction.points),
            },
        };
        entry.deductions.iter().map(step).collect()
    }

    fn last_line(&self, result: &EntryResult) -> String {
        let places = self.charter.rounding().places;
        let rounded = text::calc_rounded(self.lang, places);
        match result.score.exact {
            Some(exact) if exact.round(places) != exact => {
                format!(
                    "{}　{rounded}",
                    format::figure(&exact.to_fixed(places + WAY_PLACES))
                )
            }
            _ => rounded,
        }
    }

    /// Whether marks are struck criterion by criterion.
    #[must_use]
    pub fn is_by_criterion(&self) -> bool {
        self.charter.trim_by() == TrimBy::Criterion
    }

    fn way(&self, value: Ratio) -> String {
        let places = self.charter.rounding().places + WAY_PLACES;
        format::figure(&value.to_fixed(places))
    }
}

/// The sum of what counts in a column. None where nothing does.
fn kept_sum(column: &Column) -> Option<Ratio> {
    let mut kept = column.lines.iter().filter(|line| line.fate == Fate::Kept);
    kept.try_fold(Ratio::ZERO, |sum, line| sum.plus(line.value?).ok())
}

/// A weight, which may have become a fraction by reweighting, as a share of a hundred.
fn share(weight: Ratio) -> String {
    let percent = weight.times(Ratio::scaled(100, 1)).unwrap_or(weight);
    let places = (0..=2)
        .find(|places| percent.round(*places) == percent)
        .unwrap_or(2);
    format!("{}%", percent.to_fixed(places))
}
