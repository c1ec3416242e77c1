//! Places inside one group: equal values share a place and the next one is left out (1, 1, 3).

use crate::ratio::Ratio;

/// The place of each value, the greatest first. What has no value has no place.
#[must_use]
pub fn places(values: &[Option<Ratio>]) -> Vec<Option<u32>> {
    let place = |value: &Ratio| {
        let ahead = values
            .iter()
            .flatten()
            .filter(|other| value < other)
            .count();
        u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1)
    };
    values
        .iter()
        .map(|value| value.as_ref().map(place))
        .collect()
}

/// Which values are the first `count`; who is equal at the edge is in.
#[must_use]
pub fn first(values: &[Option<Ratio>], count: u32) -> Vec<bool> {
    let places = places(values);
    let is_first = |place: &Option<u32>| place.is_some_and(|place| place <= count);
    places.iter().map(is_first).collect()
}

/// Which values are the last `count`; who is equal at the edge is out.
#[must_use]
pub fn last(values: &[Option<Ratio>], count: u32) -> Vec<bool> {
    let is_last = |value: &Option<Ratio>| {
        value.is_some_and(|value| {
            let mut others = values.iter().flatten();
            // As many as this one and all behind it.
            let behind = others.by_ref().filter(|other| **other <= value).count();
            u32::try_from(behind).is_ok_and(|behind| behind <= count)
        })
    };
    values.iter().map(is_last).collect()
}

/// Half of those that have a value, so that nobody is among the first and the last.
#[must_use]
pub fn half(values: &[Option<Ratio>]) -> u32 {
    u32::try_from(values.iter().flatten().count() / 2).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &[i64]) -> Vec<Option<Ratio>> {
        let value = |value: &i64| (0 <= *value).then(|| Ratio::scaled(*value, 1));
        values.iter().map(value).collect()
    }

    #[test]
    fn equal_values_share_a_place_and_what_is_missing_has_none() {
        let places = places(&values(&[7, 9, 9, -1, 3]));
        assert_eq!(places, [Some(3), Some(1), Some(1), None, Some(4)]);
    }

    #[test]
    fn at_the_edge_the_first_are_all_in_and_the_last_all_out() {
        let values = values(&[9, 8, 8, 7, 5, 5, 4, -1]);
        let first = first(&values, 2);
        assert_eq!(first, [true, true, true, false, false, false, false, false]);
        let last = last(&values, 2);
        assert_eq!(
            last,
            [false, false, false, false, false, false, true, false]
        );
    }
}
