//! Each group's figures as a field of colours: how far each unit is ahead of time, or how much of
//! its target it has done where the target is not the year's.

use crate::components::chart::heat::{Heat, HeatCell, HeatRow, heat, heat_sample};
use crate::components::chart::thousandths;
use crate::components::standing::signed;
use crate::format;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::posted_month::{PostedCell, PostedGroup, PostedIndicator, PostedMonth};

/// A target that is met, in thousandths of a percent.
const MET: i64 = 100_000;

/// `None`: no figure of the group can be held against anything.
pub fn field(lang: Lang, month: &PostedMonth, group: &PostedGroup) -> Option<AnyView> {
    let rows: Vec<HeatRow> = group
        .units
        .iter()
        .map(|unit| HeatRow {
            name: unit.name.clone(),
            cells: month
                .figures(group, unit)
                .map(|(indicator, cell)| self::cell(lang, indicator, cell))
                .collect(),
        })
        .collect();
    if !rows.iter().flat_map(|row| &row.cells).any(is_coloured) {
        return None;
    }
    let heads = month.asked_of(group);
    let heads: Vec<_> = heads.map(|(_, one)| one.name.clone()).collect();
    let label = text::standings_heat_of(lang, group.name.clone());
    Some(heat(&heads, &rows, label))
}

/// What the colours mean, where there are any.
pub fn key(lang: Lang, month: &PostedMonth) -> Option<AnyView> {
    let mut cells = month.units().flat_map(|(group, unit)| {
        let cells = month.figures(group, unit);
        cells.map(|(indicator, cell)| self::cell(lang, indicator, cell))
    });
    if !cells.any(|cell| is_coloured(&cell)) {
        return None;
    }
    let levels = Heat::ALL.map(|level| {
        let words = match level {
            Heat::FarAhead => text::standings_heat_far_ahead(lang),
            Heat::Ahead => text::standings_heat_ahead(lang),
            Heat::Behind => text::standings_heat_behind(lang),
            Heat::FarBehind => text::standings_heat_far_behind(lang),
        };
        view! { <li>{heat_sample(level)} " " {words}</li> }
    });
    let view = view! {
        <p class="note pad-x">{text::standings_heat_hint(lang)}</p>
        <ul class="heat-key pad-x" role="list">{levels}</ul>
    };
    Some(view.into_any())
}

fn is_coloured(cell: &HeatCell) -> bool {
    cell.heat.is_some()
}

fn cell(lang: Lang, indicator: &PostedIndicator, cell: &PostedCell) -> HeatCell {
    let done = cell.scored(indicator);
    let of_lead = |lead: &str, met| thousandths(lead).map(|lead| Heat::of_lead(lead - met));
    let (words, heat) = match (cell.pace.as_deref(), done, cell.met) {
        (Some(pace), _, _) => (signed(pace), of_lead(pace, 0)),
        (None, Some(done), _) => (format!("{}%", format::figure(done)), of_lead(done, MET)),
        (None, None, Some(true)) => (text::standings_heat_met(lang).to_owned(), Some(Heat::Ahead)),
        (None, None, Some(false)) => (
            text::standings_heat_missed(lang).to_owned(),
            Some(Heat::FarBehind),
        ),
        (None, None, None) => {
            let place = cell.rank.map(|rank| text::standings_place(lang, rank));
            (place.unwrap_or_else(|| "—".to_owned()), None)
        }
    };
    HeatCell { words, heat }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::month::indicator::{Against, Better, Rule};

    fn shown(
        pace: Option<&str>,
        done: Option<&str>,
        met: Option<bool>,
        rank: Option<u32>,
    ) -> HeatCell {
        let indicator = PostedIndicator {
            code: String::new(),
            name: String::new(),
            measure: String::new(),
            weight: "10".to_owned(),
            better: Better::Higher,
            rule: Rule::Target,
            against: Against::Base,
            public: true,
            dimension: String::new(),
            groups: Vec::new(),
        };
        let own = |text: Option<&str>| text.map(str::to_owned);
        let posted = PostedCell {
            value: own(Some("1")),
            completion: own(done),
            pace: own(pace),
            met,
            rank,
            ..PostedCell::default()
        };
        cell(Lang::Zh, &indicator, &posted)
    }

    #[test]
    fn pace_goes_before_completion_and_a_place_has_no_colour() {
        for (cell, words, heat) in [
            (
                shown(Some("6.7"), Some("65.0"), Some(false), Some(2)),
                "+6.7",
                Some(Heat::Ahead),
            ),
            (
                shown(Some("-13.6"), Some("44.7"), None, None),
                "−13.6",
                Some(Heat::FarBehind),
            ),
            (
                shown(None, Some("100.0"), Some(true), Some(1)),
                "100.0%",
                Some(Heat::Ahead),
            ),
            (
                shown(None, Some("92.5"), None, Some(3)),
                "92.5%",
                Some(Heat::Behind),
            ),
            (
                shown(None, None, Some(true), Some(1)),
                "达标",
                Some(Heat::Ahead),
            ),
            (
                shown(None, None, Some(false), Some(1)),
                "未达标",
                Some(Heat::FarBehind),
            ),
            (shown(None, None, None, Some(4)), "第 4", None),
            (shown(None, None, None, None), "—", None),
        ] {
            assert_eq!((cell.words.as_str(), cell.heat), (words, heat));
        }
    }
}
