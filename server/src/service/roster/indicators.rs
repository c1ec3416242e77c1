//! The table of indicators (指标): what is measured in a season, and what it is worth.

use super::cells::{is_cleared, month, one_of, read, share, yes_or_no};
use super::columns::{Column, TableKind};
use super::existing::Existing;
use super::file::Row;
use super::plan::{Counts, Plan, is_filled, season};
use app::backend::ImportProblem;
use domain::month::indicator::{Against, Better, Cadence, Indicator, Rule};
use domain::number::Decimal;
use std::collections::BTreeSet;
use sync::protocol::DIMENSION_MAX;
use sync::typed::number;

const KIND: TableKind = TableKind::Indicators;
/// What an empty cell stands for.
const STEP: &str = "0.05";
const TARGET_SHARE: &str = "0.4";
/// What stands between the names of two groups.
const BETWEEN: [char; 5] = ['、', '，', ',', '；', ';'];
const JOIN: &str = "、";
const EVERY_GROUP: &str = "各组";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedIndicator {
    pub season: String,
    /// Its key is the code.
    pub indicator: Indicator,
    pub name: String,
    /// Unit of measure: 亿元, %, 个.
    pub measure: String,
    pub public: bool,
    /// Who gives the figures, in words.
    pub source: String,
    /// What it is one of (GY-5), or empty.
    pub dimension: String,
}

/// The four ways to score, before their shares are known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scoring {
    Target,
    Rank,
    Mixed,
    Pace,
}

/// Checks the rows and plans the indicators that they add or change.
pub fn indicators(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    let mut seen = BTreeSet::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let Some(planned) = planned(plan, after, row) else {
            continue;
        };
        let key = (planned.season.clone(), planned.indicator.key.clone());
        if !seen.insert(key.clone()) {
            plan.problems
                .push(row.problem(KIND, Column::Code, "duplicate_code"));
            continue;
        }
        let before = after.indicators.insert(key, planned.clone());
        if before
            .as_ref()
            .is_some_and(|before| before.name != planned.name)
        {
            plan.notes.push(row.problem(KIND, Column::Name, "renamed"));
        }
        plan.notes.extend(
            before
                .as_ref()
                .and_then(|one| regrouped(row, one, &planned)),
        );
        if counts.count(before.as_ref(), &planned) {
            plan.indicators.push(planned);
        }
    }
    counts
}

/// A note where a known indicator is asked of other groups than before.
fn regrouped(
    row: &Row,
    before: &PlannedIndicator,
    now: &PlannedIndicator,
) -> Option<ImportProblem> {
    let groups = |one: &PlannedIndicator| match one.indicator.groups.as_slice() {
        [] => EVERY_GROUP.to_owned(),
        groups => groups.join(JOIN),
    };
    (before.indicator.groups != now.indicator.groups).then(|| ImportProblem {
        value: format!("{}：{} → {}", now.name, groups(before), groups(now)),
        ..row.problem(KIND, Column::Group, "other_groups")
    })
}

fn planned(plan: &mut Plan, after: &mut Existing, row: &Row) -> Option<PlannedIndicator> {
    let season = season(plan, after, KIND, row);
    let indicator = indicator(plan, row);
    let key = (season.clone(), row.get(Column::Code).to_owned());
    let known = after.indicators.get(&key);
    let groups = groups(plan, after, (&season, known), row);
    let public = read(plan, (KIND, row), Column::Public, yes_or_no);
    let known = known.map_or("", |known| known.dimension.as_str());
    let dimension = read(plan, (KIND, row), Column::Dimension, |text| {
        dimension(text, known)
    });
    Some(PlannedIndicator {
        season,
        indicator: Indicator {
            groups: groups?,
            ..indicator?
        },
        name: row.get(Column::Name).to_owned(),
        measure: row.get(Column::Measure).to_owned(),
        public: public?,
        source: row.get(Column::Source).to_owned(),
        dimension: dimension?,
    })
}

/// Reads every cell before it gives up on one, so that all problems are listed at once.
fn indicator(plan: &mut Plan, row: &Row) -> Option<Indicator> {
    let at = (KIND, row);
    let weight = read(plan, at, Column::Weight, weight);
    let better = read(plan, at, Column::Better, better);
    let rule = rule(plan, row);
    let cadence = read(plan, at, Column::Cadence, cadence);
    let gate = read(plan, at, Column::Gate, yes_or_no);
    let due = read(plan, at, Column::Due, |text| match text {
        "" => Ok(None),
        _ => month(text).map(Some),
    });
    let against = read(plan, at, Column::Against, against);
    Some(Indicator {
        key: row.get(Column::Code).to_owned(),
        weight: weight?,
        better: better?,
        rule: rule?,
        cadence: cadence?,
        gate: gate?,
        due: due?,
        against: against?,
        // They are read where the season's are known.
        groups: Vec::new(),
    })
}

/// The groups that it is asked of, in the order of the cell; each has to be one of the season's.
/// An empty cell leaves what is known, as with a dimension.
fn groups(
    plan: &mut Plan,
    after: &Existing,
    (season, known): (&str, Option<&PlannedIndicator>),
    row: &Row,
) -> Option<Vec<String>> {
    let mut groups: Vec<String> = Vec::new();
    let cell = row.get(Column::Group);
    match cell {
        "" => return Some(known.map_or(groups, |known| known.indicator.groups.clone())),
        EVERY_GROUP => return Some(groups),
        _ if is_cleared(cell) => return Some(groups),
        _ => {}
    }
    let named = cell.split(BETWEEN).map(str::trim);
    for name in named.filter(|name| !name.is_empty()) {
        if !groups.iter().any(|known| known == name) {
            groups.push(name.to_owned());
        }
    }
    let unknown = groups.iter().filter(|name| !after.has_group(season, name));
    let near = after.group_names(season);
    let problems: Vec<ImportProblem> = unknown
        .map(|name| ImportProblem {
            value: name.clone(),
            near: near.iter().map(|name| (*name).to_owned()).collect(),
            ..row.problem(KIND, Column::Group, "unknown_group")
        })
        .collect();
    let is_known = problems.is_empty();
    plan.problems.extend(problems);
    is_known.then_some(groups)
}

fn rule(plan: &mut Plan, row: &Row) -> Option<Rule> {
    let at = (KIND, row);
    let scoring = read(plan, at, Column::Rule, scoring);
    let step = read(plan, at, Column::Step, |text| share(or(text, STEP)));
    let target = read(plan, at, Column::TargetShare, |text| {
        share(or(text, TARGET_SHARE))
    });
    let (scoring, step, target) = (scoring?, step?, target?);
    // A step that is filled down a whole column does no harm; a share that somebody believes in
    // and that does not count would.
    if scoring != Scoring::Mixed && !row.get(Column::TargetShare).is_empty() {
        plan.problems
            .push(row.problem(KIND, Column::TargetShare, "only_for_mixed"));
        return None;
    }
    Some(match scoring {
        Scoring::Target => Rule::Target,
        Scoring::Rank => Rule::Rank { step },
        Scoring::Mixed => Rule::Mixed { target, step },
        Scoring::Pace => Rule::Pace { step },
    })
}

fn or<'a>(text: &'a str, default: &'a str) -> &'a str {
    if text.is_empty() { default } else { text }
}

fn weight(text: &str) -> Result<Decimal, &'static str> {
    let number = number(text)?;
    match number.percent {
        true => Err("unexpected_percent"),
        false if number.value.is_negative() => Err("negative"),
        false => Ok(number.value),
    }
}

fn better(text: &str) -> Result<Better, &'static str> {
    const WORDS: [(&[&str], Better); 2] = [
        (&["高", "越高越好", "≥", ">=", "higher"], Better::Higher),
        (&["低", "越低越好", "≤", "<=", "lower"], Better::Lower),
    ];
    one_of(text, &WORDS).ok_or("unknown_better")
}

fn scoring(text: &str) -> Result<Scoring, &'static str> {
    const WORDS: [(&[&str], Scoring); 4] = [
        (&["目标", "目标完成法", "target"], Scoring::Target),
        (&["位次", "争先进位法", "rank"], Scoring::Rank),
        (&["混合", "mixed"], Scoring::Mixed),
        (&["序时", "序时差", "pace"], Scoring::Pace),
    ];
    one_of(text, &WORDS).ok_or("unknown_rule")
}

fn against(text: &str) -> Result<Against, &'static str> {
    const WORDS: [(&[&str], Against); 2] = [
        (&["", "基础", "基础目标", "base"], Against::Base),
        (&["抬高", "抬高目标", "raised"], Against::Raised),
    ];
    one_of(text, &WORDS).ok_or("unknown_against")
}

/// An empty cell leaves what is known: a file that was made before there were dimensions has none.
fn dimension(text: &str, known: &str) -> Result<String, &'static str> {
    match text {
        "" => Ok(known.to_owned()),
        _ if is_cleared(text) => Ok(String::new()),
        _ if DIMENSION_MAX < text.chars().count() => Err("too_long"),
        _ => Ok(text.to_owned()),
    }
}

fn cadence(text: &str) -> Result<Cadence, &'static str> {
    const WORDS: [(&[&str], Cadence); 2] = [
        (&["", "月", "每月", "月度", "monthly"], Cadence::Monthly),
        (&["季", "每季", "季度", "quarterly"], Cadence::Quarterly),
    ];
    one_of(text, &WORDS).ok_or("unknown_cadence")
}
