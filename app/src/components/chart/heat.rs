//! Units by indicators as a field of colours: who is ahead, and where it stalls, at one look. Every
//! cell holds its number, and what is behind stands on a foot, so that nothing rests on colour.

use crate::components::markup::Markup;
use crate::format;
use leptos::prelude::*;
use std::fmt::Write as _;

/// Lengths are tenths of the type's size, so that the field grows with the type scale.
const TYPE: &str = "10";
const CELL_W: usize = 46;
const CELL_H: usize = 26;
const NAME_W: usize = 70;
const LINE_H: usize = 11;
/// From the top of a line of type to where it stands.
const BASELINE: usize = 8;
/// Between the heads and the cells.
const HEAD_GAP: usize = 5;
/// Between two cells.
const GAP: usize = 1;
/// Characters in a line of a column's head and of a row's name.
const HEAD_CHARS: usize = 4;
const HEAD_LINES: usize = 3;
const NAME_CHARS: usize = 6;
const NAME_LINES: usize = 2;
/// In thousandths of a percentage point: what is so far off is far off.
const FAR: i64 = 10_000;

/// How far a figure is from what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heat {
    FarAhead,
    Ahead,
    Behind,
    FarBehind,
}

impl Heat {
    pub const ALL: [Heat; 4] = [Self::FarAhead, Self::Ahead, Self::Behind, Self::FarBehind];

    /// By the lead in thousandths of a percentage point; a negative one is a gap.
    #[must_use]
    pub fn of_lead(lead: i64) -> Self {
        match lead {
            FAR.. => Self::FarAhead,
            0.. => Self::Ahead,
            lead if -FAR <= lead => Self::Behind,
            _ => Self::FarBehind,
        }
    }

    /// As the style names it.
    fn name(self) -> &'static str {
        match self {
            Self::FarAhead => "far-ahead",
            Self::Ahead => "ahead",
            Self::Behind => "behind",
            Self::FarBehind => "far-behind",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatCell {
    pub words: String,
    /// `None`: there is nothing that the figure could be held against.
    pub heat: Option<Heat>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeatRow {
    pub name: String,
    /// One for each head.
    pub cells: Vec<HeatCell>,
}

/// Draws the field; it scrolls sideways in its box, and the names stay. `label` says where the same
/// stands in numbers.
#[must_use]
pub fn heat(heads: &[String], rows: &[HeatRow], label: String) -> AnyView {
    let wrapped = |head: &String| format::wrapped(head, HEAD_CHARS, HEAD_LINES);
    let heads: Vec<_> = heads.iter().map(wrapped).collect();
    let bottom = heads.iter().map(Vec::len).max().unwrap_or_default() * LINE_H;
    let top = bottom + HEAD_GAP;
    let height = top + rows.len() * CELL_H;
    let width = heads.len() * CELL_W;
    let mut words = Markup::new();
    for (at, lines) in heads.into_iter().enumerate() {
        let top = bottom - lines.len() * LINE_H;
        lines_at(&mut words, lines, (at * CELL_W + CELL_W / 2, top));
    }
    for (at, row) in rows.iter().enumerate() {
        numbers(&mut words, row, top + at * CELL_H);
    }
    let fields = Heat::ALL.map(|level| {
        let (cells, feet) = paths(rows, level, top);
        view! {
            <path data-heat=level.name() d=cells></path>
            <path data-foot=level.name() d=feet></path>
        }
    });
    view! {
        <div class="heat" tabindex="0" role="region" aria-label=label>
            <svg
                class="heat-names"
                viewBox=format!("0 0 {NAME_W} {height}")
                width=em(NAME_W)
                height=em(height)
                aria-hidden="true"
            >
                <g font-size=TYPE inner_html=names(rows, top).into_text()></g>
            </svg>
            <svg
                viewBox=format!("0 0 {width} {height}")
                width=em(width)
                height=em(height)
                aria-hidden="true"
            >
                {fields}
                <g font-size=TYPE inner_html=words.into_text()></g>
            </svg>
        </div>
    }
    .into_any()
}

/// What a colour means: a cell without a number, to stand before words.
#[must_use]
pub fn heat_sample(level: Heat) -> AnyView {
    let sample = HeatCell {
        words: String::new(),
        heat: Some(level),
    };
    let row = HeatRow {
        name: String::new(),
        cells: vec![sample],
    };
    let (cell, foot) = paths(&[row], level, 0);
    view! {
        <svg
            class="heat-sample"
            viewBox=format!("0 0 {CELL_W} {CELL_H}")
            width="2em"
            height="1.1em"
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path data-heat=level.name() d=cell></path>
            <path data-foot=level.name() d=foot></path>
        </svg>
    }
    .into_any()
}

fn names(rows: &[HeatRow], top: usize) -> Markup {
    let mut names = Markup::new();
    for (at, row) in rows.iter().enumerate() {
        let lines = format::wrapped(&row.name, NAME_CHARS, NAME_LINES);
        let top = top + at * CELL_H + (CELL_H - lines.len() * LINE_H) / 2;
        lines_at(&mut names, lines, (0, top));
    }
    names
}

/// Lines of type below one another, the first one's top at `top`.
fn lines_at(to: &mut Markup, lines: Vec<String>, (x, top): (usize, usize)) {
    for (line, words) in lines.iter().enumerate() {
        let y = top + line * LINE_H + BASELINE;
        to.tags("<text x=\"").number(x).tags("\" y=\"").number(y);
        to.tags("\">").words(words).tags("</text>");
    }
}

/// The cells of one colour as path data, and the lines along their feet; the rows begin at `top`.
fn paths(rows: &[HeatRow], level: Heat, top: usize) -> (String, String) {
    let (mut cells, mut feet) = (String::new(), String::new());
    let (width, height) = (CELL_W - GAP, CELL_H - GAP);
    for (row, of) in rows.iter().enumerate() {
        let own = of.cells.iter().enumerate();
        for (column, _) in own.filter(|(_, cell)| cell.heat == Some(level)) {
            let (x, y) = (column * CELL_W, top + row * CELL_H);
            // Writing into a string cannot fail.
            let _ = write!(cells, "M{x} {y}h{width}v{height}h-{width}z");
            let _ = write!(feet, "M{x} {}h{width}", y + height - 1);
        }
    }
    (cells, feet)
}

fn numbers(to: &mut Markup, row: &HeatRow, top: usize) {
    let y = top + (CELL_H - LINE_H) / 2 + BASELINE;
    to.tags("<text y=\"").number(y).tags("\">");
    for (column, cell) in row.cells.iter().enumerate() {
        let x = column * CELL_W + CELL_W / 2;
        to.tags("<tspan x=\"").number(x);
        if let Some(level) = cell.heat {
            to.tags("\" data-on=\"").tags(level.name());
        }
        to.tags("\">").words(&cell.words).tags("</tspan>");
    }
    to.tags("</text>");
}

fn em(tenths: usize) -> String {
    format!("{}.{}em", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(heats: &[Option<Heat>]) -> HeatRow {
        let cell = |heat: &Option<Heat>| HeatCell {
            words: String::new(),
            heat: *heat,
        };
        HeatRow {
            name: String::new(),
            cells: heats.iter().map(cell).collect(),
        }
    }

    #[test]
    fn ten_points_are_far_and_nothing_behind_is_not_behind() {
        let levels = [10_000, 9_999, 0, -1, -10_000, -10_001].map(Heat::of_lead);
        use Heat::{Ahead, Behind, FarAhead, FarBehind};
        assert_eq!(levels, [FarAhead, Ahead, Ahead, Behind, Behind, FarBehind]);
    }

    #[test]
    fn a_cell_is_drawn_in_its_colour_alone() {
        let rows = [row(&[None, Some(Heat::Ahead)]), row(&[Some(Heat::Behind)])];
        let ahead = paths(&rows, Heat::Ahead, 40);
        assert_eq!(ahead.0, "M46 40h45v25h-45z");
        assert_eq!(paths(&rows, Heat::Behind, 40).1, "M0 90h45");
        assert_eq!(paths(&rows, Heat::FarBehind, 40), Default::default());
    }

    #[test]
    fn lengths_follow_the_type() {
        assert_eq!((em(46), em(300)), ("4.6em".to_owned(), "30.0em".to_owned()));
    }
}
