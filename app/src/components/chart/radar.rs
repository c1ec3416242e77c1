//! Shares on spokes around a middle: how evenly a unit does, against the mean of its group.

use leptos::prelude::*;
use std::f64::consts::TAU;

/// Fewer spokes span no area.
pub const SPOKES_MIN: usize = 3;
/// Thousandths in a whole.
const WHOLE: i32 = 1000;
/// From the middle to the end of a spoke, in the drawing's units, and to its number.
const RADIUS: f64 = 100.0;
const NUMBER: f64 = 113.0;
const TYPE: &str = "15";
/// Around the numbers, so that they lie inside of the drawing.
const PAD: f64 = 12.0;
const RINGS: [i32; 4] = [250, 500, 750, WHOLE];

/// Shares in thousandths. `None`: there is none, which is not the same as nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoke {
    pub share: Option<i32>,
    pub mean: Option<i32>,
}

/// Draws the spokes, numbered from 1 at the top and clockwise; `label` says the same in words.
#[must_use]
pub fn radar(spokes: &[Spoke], label: String) -> AnyView {
    let count = spokes.len();
    let rings = RINGS.map(|share| {
        let ring: Vec<_> = (0..count).map(|at| point(at, count, share)).collect();
        view! { <polygon data-line="grid" points=ring.join(" ")></polygon> }
    });
    let numbers: Vec<_> = (0..count)
        .map(|at| {
            let (x, y) = tenths(place(at, count, NUMBER));
            let end = point(at, count, WHOLE);
            view! {
                <path data-line="grid" d=format!("M0 0L{end}")></path>
                <text x=x y=y>{at + 1}</text>
            }
        })
        .collect();
    let own: Vec<_> = spokes.iter().map(|spoke| spoke.share).collect();
    let mean: Vec<_> = spokes.iter().map(|spoke| spoke.mean).collect();
    let dots: Vec<_> = own
        .iter()
        .enumerate()
        .filter_map(|(at, share)| {
            let (x, y) = tenths(place(at, count, radius(*share.as_ref()?)));
            Some(view! { <circle cx=x cy=y r="4"></circle> })
        })
        .collect();
    view! {
        <figure class="radar" role="img" aria-label=label>
            <svg viewBox=view_box(count) aria-hidden="true">
                {rings}
                <g font-size=TYPE>{numbers}</g>
                {area(&own)}
                <path data-line="mean" d=outline(&mean)></path>
                <path data-line="own" d=outline(&own)></path>
                {dots}
            </svg>
        </figure>
    }
    .into_any()
}

/// The area inside, where every spoke has a share.
fn area(shares: &[Option<i32>]) -> Option<AnyView> {
    let all: Option<Vec<i32>> = shares.iter().copied().collect();
    let all = all?.into_iter().enumerate();
    let points: Vec<_> = all
        .map(|(at, share)| point(at, shares.len(), share))
        .collect();
    Some(view! { <polygon data-area="" points=points.join(" ")></polygon> }.into_any())
}

/// A line from each spoke to the next one; what has no share leaves a gap.
fn outline(shares: &[Option<i32>]) -> String {
    let count = shares.len();
    let next = shares.iter().cycle().skip(1);
    let lines = shares.iter().zip(next).enumerate();
    let lines = lines.filter_map(|(at, (from, to))| {
        let from = point(at, count, (*from)?);
        let to = point((at + 1) % count, count, (*to)?);
        Some(format!("M{from}L{to}"))
    });
    lines.collect()
}

fn radius(share: i32) -> f64 {
    f64::from(share.clamp(0, WHOLE)) / f64::from(WHOLE) * RADIUS
}

fn point(at: usize, count: usize, share: i32) -> String {
    let (x, y) = tenths(place(at, count, radius(share)));
    format!("{x},{y}")
}

/// Where a spoke is so far from the middle, the first one straight up.
fn place(at: usize, count: usize, radius: f64) -> (f64, f64) {
    let whole = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let angle = whole(at) / whole(count.max(1)) * TAU;
    (radius * angle.sin(), -radius * angle.cos())
}

fn tenths((x, y): (f64, f64)) -> (String, String) {
    // Adding zero makes a negative zero a plain one.
    let tenth = |length: f64| format!("{:.1}", (length * 10.0).round() / 10.0 + 0.0);
    (tenth(x), tenth(y))
}

/// As high as the spokes reach: an odd number of them leaves room below.
fn view_box(count: usize) -> String {
    let ends = (0..count).map(|at| place(at, count, NUMBER).1);
    let lowest = ends.fold(-NUMBER, f64::max);
    let (side, height) = tenths((NUMBER + PAD, lowest + NUMBER + 2.0 * PAD));
    let (width, _) = tenths((2.0 * (NUMBER + PAD), 0.0));
    format!("-{side} -{side} {width} {height}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_spoke_is_at_the_top_and_the_rest_follow_clockwise() {
        let ends: Vec<_> = (0..4).map(|at| point(at, 4, WHOLE)).collect();
        assert_eq!(ends, ["0.0,-100.0", "100.0,0.0", "0.0,100.0", "-100.0,0.0"]);
        assert_eq!(point(0, 4, -5), "0.0,0.0");
        assert_eq!(point(2, 4, 9_999), "0.0,100.0");
    }

    #[test]
    fn the_drawing_ends_below_its_lowest_spoke() {
        assert_eq!(view_box(4), "-125.0 -125.0 250.0 250.0");
        assert_eq!(view_box(3), "-125.0 -125.0 250.0 193.5");
    }

    #[test]
    fn a_spoke_without_a_share_is_a_gap_and_no_zero() {
        let shares = [Some(1000), None, Some(500), Some(0)];
        assert_eq!(outline(&shares), "M0.0,50.0L0.0,0.0M0.0,0.0L0.0,-100.0");
        assert!(area(&shares).is_none());
        assert!(area(&[Some(1), Some(2), Some(3)]).is_some());
    }
}
