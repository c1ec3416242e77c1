//! How the score came about: what it is the sum of, and every public indicator.

use crate::components::chart::meter::meter;
use crate::components::icon::Icon;
use crate::components::standing::{moved_words, signed};
use crate::format;
use crate::text::{self, Lang};
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
        .map(|(indicator, cell)| bar(lang, indicator, cell))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let view = view! {
        <div class="head"><h2>{text::unit_progress(lang)}</h2></div>
        <ul class="sheet bars" role="list">{rows}</ul>
        <p class="note pad-x block-gap">{text::unit_public_only(lang)}</p>
    };
    Some(view.into_any())
}

fn bar(lang: Lang, indicator: &PostedIndicator, cell: &PostedCell) -> AnyView {
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

    #[test]
    fn parts_that_do_not_come_to_the_score_are_explained_and_others_not() {
        let told = |unit: PostedUnit| rounded(Lang::Zh, &unit).is_some();
        assert!(!told(unit("90.00", "89.33", &["60.00", "30.00"])));
        assert!(told(unit("90.00", "89.34", &["60.00", "30.00"])));
        assert!(told(unit("90.00", "89.33", &["59.99", "30.00"])));
        // Thirty points are no rounding: an indicator that is not shown to everybody.
        assert!(!told(unit("90.00", "89.33", &["60.00"])));
    }

    #[test]
    fn behind_is_told_without_a_minus() {
        let slow = pace_words(Lang::Zh, "-13.6");
        assert_eq!(slow, ("落后序时 13.6 个百分点".to_owned(), Some("slow")));
        let ahead = pace_words(Lang::Zh, "6.7");
        assert_eq!(ahead, ("超序时 6.7 个百分点".to_owned(), None));
    }
}
