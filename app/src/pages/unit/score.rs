//! How the score came about: what it is the sum of, and every public indicator.

use crate::components::chart::meter::meter;
use crate::components::icon::Icon;
use crate::components::standing::{moved_words, signed};
use crate::format;
use crate::text::{self, Lang};
use domain::month::Period;
use domain::number::Decimal;
use leptos::prelude::*;
use sync::posted_month::{PostedCell, PostedGroup, PostedIndicator, PostedMonth, PostedUnit};

/// Half of the last digit of points, in millionths.
const POINT_HALF_MICROS: i64 = 5_000;

/// Why a unit has no place.
pub fn held(
    lang: Lang,
    month: &PostedMonth,
    group: &PostedGroup,
    unit: &PostedUnit,
) -> Option<AnyView> {
    if unit.score.is_some() {
        return None;
    }
    let line = if unit.external {
        text::unit_external_text(lang).to_owned()
    } else {
        let missing: Vec<_> = month
            .figures(group, unit)
            .filter(|(_, cell)| cell.value.is_none())
            .map(|(indicator, _)| indicator.name.clone())
            .collect();
        match missing.as_slice() {
            [] => text::unit_held_unnamed(lang).to_owned(),
            names => text::unit_held_text(lang, names.join(text::unit_list_comma(lang))),
        }
    };
    let view =
        view! { <p class="say" data-tone="wait"><Icon name="clock" /><span>{line}</span></p> };
    Some(view.into_any())
}

/// Figures and bonus and merit points: the score is their sum.
pub fn points(lang: Lang, unit: &PostedUnit) -> Option<AnyView> {
    let score = unit.score.as_deref()?;
    let figures = unit
        .figures
        .as_deref()
        .map_or_else(|| "—".to_owned(), format::figure);
    let bonus = (unit.bonus.parse::<Decimal>() != Ok(Decimal::ZERO))
        .then(|| line(text::unit_bonus(lang), "", signed(&unit.bonus)));
    let view = view! {
        <div class="head"><h2>{text::unit_points(lang)}</h2></div>
        <section class="sheet" data-kind="sum">
            <ul class="calc" role="list">
                {line(text::unit_figures(lang), text::unit_figures_text(lang), figures)}
                {bonus}
                {line(text::unit_merit(lang), text::unit_merit_text(lang), signed(&unit.merit))}
                {line(text::unit_total(lang), "", format::figure(score))}
            </ul>
        </section>
        {rounded(lang, unit).map(|words| view! { <p class="note pad-x block-gap">{words}</p> })}
    };
    Some(view.into_any())
}

/// Why the parts may not come to the score as they are shown, where they do not.
#[must_use]
pub fn rounded(lang: Lang, unit: &PostedUnit) -> Option<&'static str> {
    let (score, figures) = (unit.score.as_deref()?, unit.figures.as_deref()?);
    let of_score = format::sum_gap([figures, &unit.bonus, &unit.merit], score);
    let points: Vec<&str> = unit
        .cells
        .iter()
        .filter_map(|cell| cell.points.as_deref())
        .collect();
    // More than that is what another reader sees: an indicator that is not public.
    let most = POINT_HALF_MICROS * i64::try_from(points.len() + 1).unwrap_or(i64::MAX);
    let of_figures = format::sum_gap(points, figures).filter(|gap| gap.abs() <= most);
    let is_told = [of_score, of_figures]
        .into_iter()
        .flatten()
        .any(|gap| gap != 0);
    is_told.then(|| text::unit_rounded(lang))
}

fn line(what: &'static str, working: &'static str, points: String) -> AnyView {
    view! { <li><span>{what}</span><span>{working}</span><span>{points}</span></li> }.into_any()
}

/// Each public indicator that is asked of its group, with its bar.
pub fn progress(
    lang: Lang,
    month: &PostedMonth,
    group: &PostedGroup,
    unit: &PostedUnit,
) -> Option<AnyView> {
    let rows: Vec<_> = month
        .figures(group, unit)
        .map(|(indicator, cell)| bar(lang, month, indicator, cell))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let hint = text::unit_checkpoint_hint(lang);
    let mut cells = month.figures(group, unit);
    let has_checkpoint = cells.any(|(_, cell)| cell.checkpoint.is_some());
    let view = view! {
        <div class="head"><h2>{text::unit_progress(lang)}</h2></div>
        <ul class="sheet bars" role="list">{rows}</ul>
        <p class="note pad-x block-gap">{legend(lang, month.figures(group, unit))}</p>
        {has_checkpoint.then(|| view! { <p class="note pad-x block-gap">{hint}</p> })}
    };
    Some(view.into_any())
}

/// What is listed, and what the upright lines are that were drawn.
fn legend<'a>(
    lang: Lang,
    figures: impl Iterator<Item = (&'a PostedIndicator, &'a PostedCell)>,
) -> &'static str {
    let drawn = figures.filter(|(indicator, cell)| cell.scored(indicator).is_some());
    let (by_pace, by_target): (Vec<_>, Vec<_>) = drawn.partition(|(_, cell)| cell.pace.is_some());
    match (by_pace.is_empty(), by_target.is_empty()) {
        (true, true) => text::unit_public_only(lang),
        (false, true) => text::unit_public_pace(lang),
        (true, false) => text::unit_public_target(lang),
        (false, false) => text::unit_public_both(lang),
    }
}

fn bar(lang: Lang, month: &PostedMonth, indicator: &PostedIndicator, cell: &PostedCell) -> AnyView {
    // A figure without a completion is met or not met: there is nothing to draw.
    let done = cell.scored(indicator);
    let has_bar = done.is_some() || cell.value.is_none();
    let drawing = has_bar.then(|| meter(done, cell.pace.as_deref()));
    let number = match (done, &cell.value) {
        (Some(done), _) => format!("{}%", format::figure(done)),
        (None, Some(value)) => measured(indicator, value),
        (None, None) => "—".to_owned(),
    };
    let comma = text::home_comma(lang);
    let lines: Vec<_> = [
        value_line(lang, indicator, cell),
        checkpoint_line(lang, month.period, indicator, cell),
        place_line(lang, indicator, cell),
        year_line(lang, indicator, cell),
    ]
    .into_iter()
    .filter(|parts| !parts.is_empty())
    .map(|parts| view! { <p class="note">{parts.join(comma)}</p> })
    .collect();
    let pace = cell.pace.as_deref().map(|pace| {
        let (words, tone) = pace_words(lang, pace);
        view! { <p class="bar-pace" data-state=tone>{words}</p> }
    });
    view! {
        <li class="bar-row">
            <b>{indicator.name.clone()}</b>
            <span class="num">{number}</span>
            {drawing}
            {pace}
            {lines}
        </li>
    }
    .into_any()
}

/// Ahead of time or behind it, in words: the bar alone says nothing.
fn pace_words(lang: Lang, pace: &str) -> (String, Option<&'static str>) {
    match pace.strip_prefix('-') {
        Some(points) => (text::unit_behind(lang, points), Some("slow")),
        None => (text::unit_ahead(lang, pace), None),
    }
}

fn measured(indicator: &PostedIndicator, number: &str) -> String {
    format!("{}{}", format::figure(number), indicator.measure)
}

fn value_line(lang: Lang, indicator: &PostedIndicator, cell: &PostedCell) -> Vec<String> {
    let Some(value) = &cell.value else {
        return vec![text::unit_missing(lang).to_owned()];
    };
    let met = cell
        .met
        .filter(|_| cell.scored(indicator).is_none())
        .map(|met| {
            let words = if met {
                text::unit_met
            } else {
                text::unit_not_met
            };
            words(lang).to_owned()
        });
    let value = text::unit_value(lang, measured(indicator, value));
    let targets = targets(lang, indicator, cell);
    std::iter::once(value).chain(targets).chain(met).collect()
}

/// The target; where the contest raised it, both with what is done of each, and which one scores.
fn targets(lang: Lang, indicator: &PostedIndicator, cell: &PostedCell) -> Vec<String> {
    let done = |done: &Option<String>| done.as_deref().map_or("—".to_owned(), format::figure);
    let Some(raised) = &cell.raised else {
        let target = cell.target.iter();
        let target = target.map(|target| text::unit_target(lang, measured(indicator, target)));
        return target.collect();
    };
    let base = cell.target.iter().map(|target| {
        text::unit_target_done(lang, done(&cell.completion), measured(indicator, target))
    });
    let completion = done(&cell.raised_completion);
    let raised = text::unit_raised(lang, completion, measured(indicator, raised));
    let scores = (!indicator.against.is_base()).then(|| text::unit_by_raised(lang).to_owned());
    base.chain([raised]).chain(scores).collect()
}

/// The quarter's checkpoint and what is done of it: 一季度目标 30，完成 28，93.3% (ZR-5).
fn checkpoint_line(
    lang: Lang,
    period: Period,
    indicator: &PostedIndicator,
    cell: &PostedCell,
) -> Vec<String> {
    let Some(checkpoint) = &cell.checkpoint else {
        return Vec::new();
    };
    let quarter = format::quarter(lang, period);
    let target = text::unit_checkpoint(lang, quarter, measured(indicator, checkpoint));
    let value = cell.value.as_ref();
    let value = value.map(|value| text::unit_value(lang, measured(indicator, value)));
    let done = cell.checkpoint_completion.as_ref();
    let done = done.map(|done| format!("{}%", format::figure(done)));
    [Some(target), value, done].into_iter().flatten().collect()
}

fn place_line(lang: Lang, indicator: &PostedIndicator, cell: &PostedCell) -> Vec<String> {
    let place = cell.rank.map(|rank| text::unit_place(lang, rank));
    let is_scored = indicator.weight.parse::<Decimal>() != Ok(Decimal::ZERO);
    let earned =
        cell.points.as_deref().filter(|_| is_scored).map(|points| {
            text::unit_earned(lang, format::figure(points), indicator.weight.clone())
        });
    let moved = cell.moved.map(|moved| moved_words(lang, moved));
    let row = cell.first_in_a_row;
    let row = (row > 1).then(|| text::unit_first_in_a_row(lang, row));
    let parts = [place, moved, row, earned];
    parts.into_iter().flatten().collect()
}

/// What the same month of the year before came to (同比, XY-14).
fn year_line(lang: Lang, indicator: &PostedIndicator, cell: &PostedCell) -> Vec<String> {
    let words = cell.in_year().map(|(value, growth)| {
        let value = measured(indicator, value);
        match growth {
            Some(growth) => text::unit_growth(lang, signed(growth), value),
            None => text::unit_last_year(lang, value),
        }
    });
    words.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::month::indicator::{Against, Better, Rule};

    fn unit(figures: &str, score: &str, points: &[&str]) -> PostedUnit {
        let cell = |points: &&str| PostedCell {
            points: Some((*points).to_owned()),
            ..PostedCell::default()
        };
        PostedUnit {
            unit: domain::ids::UnitId(uuid::Uuid::nil()),
            name: String::new(),
            external: false,
            score: Some(score.to_owned()),
            rank: None,
            moved: None,
            moved_in_year: None,
            first_in_a_row: 0,
            figures: Some(figures.to_owned()),
            bonus: "0.33".to_owned(),
            merit: "-1.00".to_owned(),
            cells: points.iter().map(cell).collect(),
            merits: Vec::new(),
            listed: None,
            team: Vec::new(),
            behind_in_a_row: 0,
            due: Vec::new(),
        }
    }

    fn indicator() -> PostedIndicator {
        PostedIndicator {
            code: "XM".to_owned(),
            name: "重点项目推进".to_owned(),
            measure: "亿元".to_owned(),
            weight: "10".to_owned(),
            better: Better::Higher,
            rule: Rule::Target,
            against: Against::Base,
            public: true,
            dimension: String::new(),
            groups: Vec::new(),
        }
    }

    #[test]
    fn parts_that_do_not_come_to_the_score_are_explained_and_others_not() {
        let told = |unit: PostedUnit| rounded(Lang::Zh, &unit).is_some();
        assert!(!told(unit("90.00", "89.33", &["60.00", "30.00"])));
        assert!(told(unit("90.00", "89.34", &["60.00", "30.00"])));
        assert!(told(unit("90.00", "89.33", &["59.99", "30.00"])));
        // Thirty points are no rounding: an indicator that is not shown to everybody.
        assert!(!told(unit("90.00", "89.33", &["60.00"])));
    }

    /// The line is where the bar draws it: at the year's share, or at the target.
    #[test]
    fn the_legend_says_what_the_lines_are() {
        let cell = |completion: Option<&str>, pace: Option<&str>| PostedCell {
            value: Some("1".to_owned()),
            completion: completion.map(str::to_owned),
            pace: pace.map(str::to_owned),
            ..PostedCell::default()
        };
        let (by_pace, by_target) = (cell(Some("81.7"), Some("23.4")), cell(Some("90.0"), None));
        let (indicator, none) = (indicator(), cell(None, None));
        let told =
            |cells: &[&PostedCell]| legend(Lang::Zh, cells.iter().map(|cell| (&indicator, *cell)));
        assert_eq!(told(&[&none]), text::unit_public_only(Lang::Zh));
        let pace = told(&[&by_pace, &none]);
        assert_eq!(pace, text::unit_public_pace(Lang::Zh));
        let target = told(&[&none, &by_target]);
        assert_eq!(target, text::unit_public_target(Lang::Zh));
        let both = told(&[&by_pace, &by_target]);
        assert_eq!(both, text::unit_public_both(Lang::Zh));
    }

    /// ZR-5.
    #[test]
    fn a_checkpoint_is_told_with_what_is_done_of_it() {
        let indicator = indicator();
        let told = |cell: &PostedCell, period: &str| {
            let period = period.parse().expect("a month");
            checkpoint_line(Lang::Zh, period, &indicator, cell).join("，")
        };
        let text = |text: &str| Some(text.to_owned());
        let mut cell = PostedCell {
            value: text("28"),
            target: text("100"),
            checkpoint: text("30"),
            checkpoint_completion: text("93.3"),
            ..PostedCell::default()
        };
        let words = "一季度目标 30亿元，完成 28亿元，93.3%";
        assert_eq!(told(&cell, "2026-03"), words);
        (cell.value, cell.checkpoint_completion) = (None, None);
        assert_eq!(told(&cell, "2026-07"), "三季度目标 30亿元");
        cell.checkpoint = None;
        assert_eq!(told(&cell, "2026-07"), "");
    }

    #[test]
    fn behind_is_told_without_a_minus() {
        let slow = pace_words(Lang::Zh, "-13.6");
        assert_eq!(slow, ("落后序时 13.6 个百分点".to_owned(), Some("slow")));
        let ahead = pace_words(Lang::Zh, "6.7");
        assert_eq!(ahead, ("超序时 6.7 个百分点".to_owned(), None));
    }
}
