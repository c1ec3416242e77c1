//! What several months come to (ES-4, GY-10).

use super::number;
use domain::month::assessment::{mean, standing};
use domain::ratio::Ratio;

fn ratios(numbers: &[&str]) -> Vec<Ratio> {
    numbers.iter().map(|text| number(text).ratio()).collect()
}

#[test]
fn a_mean_is_exact_and_of_nothing_there_is_none() {
    assert_eq!(mean(&[]), Ok(None));
    let third = mean(&ratios(&["1", "0", "0"])).unwrap().unwrap();
    assert_eq!((third.numerator(), third.denominator()), (1, 3));
    assert_eq!(
        mean(&ratios(&["88.25", "-1"]))
            .unwrap()
            .unwrap()
            .to_fixed(2),
        "43.63",
        "half away from zero, once"
    );
}

#[test]
fn who_reads_the_same_mean_reads_the_same_place() {
    let third = mean(&ratios(&["1", "0", "0"])).unwrap();
    let near = mean(&ratios(&["0.33"])).unwrap();
    let more = mean(&ratios(&["0.34"])).unwrap();
    assert_eq!(
        standing(&[third, near, more, None]),
        [Some(2), Some(2), Some(1), None]
    );
}
