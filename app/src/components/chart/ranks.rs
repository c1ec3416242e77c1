//! The course of a unit's places, the first at the top.

use super::length;
use leptos::prelude::*;

/// Where the first and the last place lie, in thousandths of the height.
const TOP: i64 = 100;
const BOTTOM: i64 = 900;

/// A month below the axis. `None`: no place, or nothing was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankPoint {
    pub label: String,
    pub rank: Option<u32>,
}

/// Draws the places of a group of `of` units; `label` says the same in words. A month without a
/// place leaves a gap, over which the line is dotted.
#[must_use]
pub fn ranks(points: &[RankPoint], of: u32, label: String) -> AnyView {
    let places = places(points, of);
    let lines: Vec<_> = places
        .windows(2)
        .map(|ends| {
            let [from, to] = [&ends[0], &ends[1]];
            let gap = (from.month + 1 < to.month).then_some("gap");
            view! {
                <line
                    data-line=gap
                    x1=length(from.x)
                    y1=length(from.y)
                    x2=length(to.x)
                    y2=length(to.y)
                ></line>
            }
        })
        .collect();
    let dots: Vec<_> = places
        .iter()
        .map(|place| {
            let now = (place.month + 1 == points.len()).then_some("now");
            let radius = if now.is_some() { "7" } else { "4.5" };
            view! { <circle data-dot=now cx=length(place.x) cy=length(place.y) r=radius></circle> }
        })
        .collect();
    let axis: Vec<_> = points
        .iter()
        .map(|point| {
            let rank = point
                .rank
                .map_or_else(|| "—".to_owned(), |rank| rank.to_string());
            view! { <li><b>{rank}</b>{point.label.clone()}</li> }
        })
        .collect();
    view! {
        <figure class="spark" role="img" aria-label=label>
            <svg aria-hidden="true">
                <line data-line="grid" x1="0%" y1=length(TOP) x2="100%" y2=length(TOP)></line>
                <line data-line="grid" x1="0%" y1=length(BOTTOM) x2="100%" y2=length(BOTTOM)></line>
                {lines}
                {dots}
            </svg>
            <ol class="spark-x" aria-hidden="true">{axis}</ol>
        </figure>
    }
    .into_any()
}

/// A place in the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    /// The month's number on the axis, from 0.
    month: usize,
    x: i64,
    y: i64,
}

fn places(points: &[RankPoint], of: u32) -> Vec<Place> {
    let columns = i64::try_from(points.len()).unwrap_or(i64::MAX).max(1);
    let last = i64::from(of.max(2)) - 1;
    let centres = (0..columns).map(|column| (2 * column + 1) * super::WHOLE / (2 * columns));
    let ranked = points.iter().zip(centres).enumerate();
    ranked
        .filter_map(|(month, (point, x))| {
            let below = i64::from(point.rank?).saturating_sub(1).clamp(0, last);
            let y = TOP + below * (BOTTOM - TOP) / last;
            Some(Place { month, x, y })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(rank: Option<u32>) -> RankPoint {
        RankPoint {
            label: String::new(),
            rank,
        }
    }

    #[test]
    fn the_first_place_is_at_the_top_and_a_gap_has_no_dot() {
        let found = places(&[point(Some(1)), point(None), point(Some(9))], 9);
        let at = |month, x, y| Place { month, x, y };
        assert_eq!(found, [at(0, 166, TOP), at(2, 833, BOTTOM)]);
    }

    #[test]
    fn odd_places_stay_inside() {
        let ys: Vec<i64> = places(&[point(Some(0)), point(Some(u32::MAX))], 0)
            .into_iter()
            .map(|place| place.y)
            .collect();
        assert_eq!(ys, [TOP, BOTTOM]);
        assert_eq!(places(&[], 5), []);
    }
}
