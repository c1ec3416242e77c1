//! The season's calendar (GY-15): 周督查, 月公示, 双月表态, 季过堂, 半年 and 年终考评. Each row of the
//! charter makes a duty of every week, month or quarter that ends in the season, with who owes it,
//! from when until when, and what document comes of it. Nobody is sanctioned by it: it says what is
//! due, a person says what was done.

use super::charter::NAME_MAX;
use super::day::Day;
use super::period::Period;
use serde::{Deserialize, Serialize};

/// Days after its span in which a duty may be due.
pub const DAYS_AFTER_MAX: u32 = 60;

/// One row of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CadenceRule {
    /// 周督查, 月公示 … It names the row where something is on record, so it stays.
    pub name: String,
    pub every: Every,
    /// The first so many days after the span; none of them: the span itself.
    #[serde(default)]
    pub days_after: u32,
    pub owner: Owner,
    pub output: Output,
}

/// The span that a duty is of, by the calendar's year whatever month the season begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// From Monday.
    Week,
    Month,
    /// From an odd month.
    TwoMonths,
    Quarter,
    /// January to June; the other half is part of the year.
    HalfYear,
    Year,
}

/// Who owes it: whoever may do this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    Organise,
    Confirm,
    Publish,
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Output {
    /// 督查记录: records of merit points with a day in the span.
    Records,
    /// 榜单和通报: the posted month.
    Posting,
    /// 表态发言名单.
    Speeches,
    /// 过堂记录.
    Hearing,
    /// 考评通报.
    Assessment,
}

/// Days from the first to the last, both of them among it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub from: Day,
    pub to: Day,
}

/// What a row asks for once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty<'a> {
    pub rule: &'a CadenceRule,
    /// The week, month or quarter that it is of.
    pub span: Span,
    /// The days in which it is to be done.
    pub window: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// Its window has not begun.
    Ahead,
    Open,
    Overdue,
    Done,
}

/// The six cadences of 灌云 (GY-15). The month is out by the fifth (P6); the other windows are ours.
#[must_use]
pub fn preset() -> Vec<CadenceRule> {
    use Every::{HalfYear, Month, Quarter, TwoMonths, Week, Year};
    let row = |name: &str, every, days_after, owner, output| CadenceRule {
        name: name.to_owned(),
        every,
        days_after,
        owner,
        output,
    };
    vec![
        row("周督查", Week, 0, Owner::Confirm, Output::Records),
        row("月公示", Month, 5, Owner::Publish, Output::Posting),
        row("双月表态", TwoMonths, 15, Owner::Organise, Output::Speeches),
        row("季过堂", Quarter, 20, Owner::Organise, Output::Hearing),
        row(
            "半年考评",
            HalfYear,
            31,
            Owner::Organise,
            Output::Assessment,
        ),
        row("年终考评", Year, 31, Owner::Organise, Output::Assessment),
    ]
}

/// Every duty of a season, in the order in which they have to be done: those of a span whose last
/// day lies in the season.
#[must_use]
pub fn duties<'a>(rules: &'a [CadenceRule], season: Span) -> Vec<Duty<'a>> {
    let of_rule = |rule: &'a CadenceRule| {
        let mut next = rule.every.first_from(season.from);
        std::iter::from_fn(move || {
            let span = next;
            next = rule.every.first_from(span.to.plus(1));
            (span.to <= season.to).then(|| Duty {
                rule,
                span,
                window: window(rule, span),
            })
        })
    };
    let mut duties: Vec<Duty<'a>> = rules.iter().flat_map(of_rule).collect();
    // Stable, so that what ends on one day keeps the charter's order.
    duties.sort_by_key(|duty| duty.window.to);
    duties
}

fn window(rule: &CadenceRule, span: Span) -> Span {
    match rule.days_after {
        0 => span,
        days => Span {
            from: span.to.plus(1),
            to: span.to.plus(days),
        },
    }
}

impl Every {
    /// Whether one of its spans ends in the month.
    pub(super) fn ends_in(self, period: Period) -> bool {
        self.first_from(period.first_day()).to <= period.last_day()
    }

    /// The first span that is not over before this day.
    fn first_from(self, day: Day) -> Span {
        let period = Period::of(day);
        let months = match self {
            Self::Week => {
                let from = day.minus(day.since_monday());
                return Span {
                    from,
                    to: from.plus(6),
                };
            }
            Self::HalfYear => return half_year(period),
            Self::Month => 1,
            Self::TwoMonths => 2,
            Self::Quarter => 3,
            Self::Year => 12,
        };
        let first = (period.month() - 1) / months * months + 1;
        span_of_months(period.year(), first, months)
    }
}

fn half_year(period: Period) -> Span {
    let is_over = 6 < period.month();
    span_of_months(period.year() + u16::from(is_over), 1, 6)
}

fn span_of_months(year: u16, first: u8, months: u8) -> Span {
    let month = |month| Period::new(year, month).unwrap_or(Period::LAST);
    Span {
        from: month(first).first_day(),
        to: month(first + months - 1).last_day(),
    }
}

impl Span {
    /// The days of these months.
    #[must_use]
    pub fn of_months(first: Period, last: Period) -> Self {
        Self {
            from: first.first_day(),
            to: last.last_day(),
        }
    }

    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// The months that lie in it whole, the earliest first: none in a week.
    pub fn months(self) -> impl Iterator<Item = Period> {
        let first = Some(Period::of(self.from));
        std::iter::successors(first, |period| period.next())
            .skip_while(move |period| period.first_day() < self.from)
            .take_while(move |period| period.last_day() <= self.to)
    }
}

impl Output {
    /// Those that have a document, which is put together from the posted months of the span.
    pub const SHEETS: [Self; 3] = [Self::Speeches, Self::Hearing, Self::Assessment];

    /// As it stands in an address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Posting => "posting",
            Self::Speeches => "speeches",
            Self::Hearing => "hearing",
            Self::Assessment => "assessment",
        }
    }

    /// Whether a duty of this span has one: there is none of a week, and a month's own assessment
    /// is the month.
    #[must_use]
    pub fn has_sheet(self, span: Span) -> bool {
        let months = span.months().count();
        match self {
            Self::Records | Self::Posting => false,
            Self::Speeches | Self::Hearing => 0 < months,
            Self::Assessment => 1 < months,
        }
    }

    /// Of what has a document.
    #[must_use]
    pub fn of_sheet(word: &str) -> Option<Self> {
        Self::SHEETS.into_iter().find(|sheet| sheet.word() == word)
    }
}

impl CadenceRule {
    /// Whether its duties come to an assessment of several months.
    #[must_use]
    pub fn assesses(&self) -> bool {
        let is_long = !matches!(self.every, Every::Week | Every::Month);
        self.output == Output::Assessment && is_long
    }
}

impl Duty<'_> {
    /// Where it stands on this day. The last day itself is still in time.
    #[must_use]
    pub fn state(&self, is_done: bool, today: Day) -> DutyState {
        match is_done {
            true => DutyState::Done,
            false if self.window.to < today => DutyState::Overdue,
            false if today < self.window.from => DutyState::Ahead,
            false => DutyState::Open,
        }
    }
}

/// What is wrong with the rows: the key below `cadence`, and a code.
#[must_use]
pub(super) fn faults(rules: &[CadenceRule]) -> Vec<(String, &'static str)> {
    let mut faults = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        let code = match rule.name.chars().count() {
            0 => Some("empty"),
            count if NAME_MAX < count => Some("too_long"),
            _ if rules.iter().take(at).any(|other| other.name == rule.name) => Some("twice"),
            _ => None,
        };
        faults.extend(code.map(|code| (format!("[{at}].name"), code)));
        if DAYS_AFTER_MAX < rule.days_after {
            faults.push((format!("[{at}].days_after"), "too_large"));
        }
    }
    faults
}
