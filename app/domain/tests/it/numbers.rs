//! Domain rules 2.1 Numbers, and exact arithmetic.

use crate::support::ratio;
use domain::mark::Mark;
use domain::number::{Decimal, NumberError};
use domain::ratio::{Ratio, TooLarge};
use proptest::prelude::*;
use std::cmp::Ordering;

#[track_caller]
fn check_decimal(text: &str, expected: Result<i64, NumberError>) {
    assert_eq!(text.parse().map(Decimal::micros), expected, "{text:?}");
}

#[test]
fn a_number_is_a_string_with_a_decimal_point() {
    check_decimal("0.6", Ok(600_000));
    check_decimal("20", Ok(20_000_000));
    check_decimal("-1.25", Ok(-1_250_000));
    check_decimal("0", Ok(0));
    check_decimal("007", Ok(7_000_000));
    for text in [
        "", "-", ".", ".5", "8.", "8,5", "1e3", "+1", " 1", "1 ", "--1", "１", "NaN", "8.5.1",
    ] {
        check_decimal(text, Err(NumberError::NotANumber));
    }
}

#[test]
fn a_number_has_at_most_six_decimals() {
    check_decimal("0.123456", Ok(123_456));
    check_decimal("0.1234567", Err(NumberError::TooManyDecimals { max: 6 }));
    check_decimal("1.0000000", Err(NumberError::TooManyDecimals { max: 6 }));
}

#[test]
fn a_number_is_at_most_a_hundred_thousand_million_in_magnitude() {
    let too_large = Err(NumberError::TooLarge {
        max: 100_000_000_000,
    });
    check_decimal("100000000000", Ok(100_000_000_000_000_000));
    check_decimal("-100000000000", Ok(-100_000_000_000_000_000));
    check_decimal("100000000000.000001", too_large);
    check_decimal("99999999999999999999999999", too_large);
}

#[test]
fn a_mark_is_integer_milli_points() {
    assert_eq!("8.5".parse(), Ok(Mark(8_500)));
    assert_eq!("-0.125".parse(), Ok(Mark(-125)));
    assert_eq!("8.500000".parse(), Ok(Mark(8_500)));
    assert_eq!(
        "0.0005".parse::<Mark>(),
        Err(NumberError::TooManyDecimals { max: 3 })
    );
}

#[test]
fn a_mark_is_at_most_a_million_in_magnitude() {
    assert_eq!("-1000000".parse(), Ok(Mark(-Mark::LIMIT.0)));
    assert_eq!(
        "1000000.001".parse::<Mark>(),
        Err(NumberError::TooLarge { max: 1_000_000 })
    );
}

#[test]
fn numbers_print_as_short_as_they_can_be_written() {
    for text in ["0", "0.6", "20", "-1.25", "0.000001", "-0.5"] {
        assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
    }
    assert_eq!(Mark(8_500).to_string(), "8.5");
    assert_eq!(Mark(-20).to_string(), "-0.02");
}

#[track_caller]
fn check_fixed(num: i128, den: i128, places: u32, expected: &str) {
    assert_eq!(ratio(num, den).to_fixed(places), expected, "{num}/{den}");
}

#[test]
fn half_up_is_half_away_from_zero() {
    check_fixed(5, 1000, 2, "0.01");
    check_fixed(-5, 1000, 2, "-0.01");
    check_fixed(4999, 1_000_000, 2, "0.00");
    check_fixed(-4999, 1_000_000, 2, "0.00");
    check_fixed(5, 2, 0, "3");
    check_fixed(-5, 2, 0, "-3");
    check_fixed(2675, 1000, 2, "2.68");
    check_fixed(999_999, 1000, 1, "1000.0");
    check_fixed(2, 3, 6, "0.666667");
    assert_eq!(ratio(-5, 2).round(0), ratio(-3, 1));
    assert_eq!(ratio(1, 3).round(2), ratio(33, 100));
}

#[test]
fn fractions_are_kept_in_lowest_terms() {
    assert_eq!(ratio(6, -4), ratio(-3, 2));
    assert_eq!(ratio(0, -7), Ratio::ZERO);
    assert_eq!(ratio(-3, 2).to_string(), "-3/2");
    assert_eq!("-6/4".parse(), Ok(ratio(-3, 2)));
}

#[test]
fn what_does_not_fit_is_an_error_and_never_a_wrong_number() {
    let large = Ratio::new(10_i128.pow(24), 1).unwrap();
    assert_eq!(large.times(large), Err(TooLarge));
    assert_eq!(
        Ratio::new(10_i128.pow(37) + 1, 10_i128.pow(36)),
        Err(TooLarge)
    );
    assert_eq!(Ratio::new(i128::MIN, 1), Err(TooLarge));
    assert_eq!(Ratio::new(1, i128::MAX), Err(TooLarge));
    assert_eq!(Ratio::new(1, 0), Err(TooLarge));
    assert_eq!(Ratio::ONE.over(Ratio::ZERO), Err(TooLarge));
    let fine = Ratio::new(1, 10_i128.pow(36) + 1).unwrap();
    let other = Ratio::new(1, 10_i128.pow(36) + 3).unwrap();
    assert_eq!(fine.plus(other), Err(TooLarge));
    assert_eq!(fine.to_fixed(12), "0.000000000000");
}

#[test]
fn comparing_never_overflows() {
    let den = 10_i128.pow(36);
    let left = Ratio::new(den - 1, den).unwrap();
    let right = Ratio::new(den, den + 1).unwrap();
    assert_eq!(left.cmp(&right), Ordering::Less);
    assert_eq!(right.cmp(&left), Ordering::Greater);
    assert_eq!(left.negated().cmp(&right.negated()), Ordering::Greater);
    assert_eq!(left.cmp(&left), Ordering::Equal);
}

proptest! {
    #[test]
    fn arithmetic_agrees_with_cross_multiplication(
        a in -10_000_i128..10_000, b in 1_i128..500, c in -10_000_i128..10_000, d in 1_i128..500,
    ) {
        let (left, right) = (ratio(a, b), ratio(c, d));
        prop_assert_eq!(left.plus(right), Ratio::new(a * d + c * b, b * d));
        prop_assert_eq!(left.minus(right), Ratio::new(a * d - c * b, b * d));
        prop_assert_eq!(left.times(right), Ratio::new(a * c, b * d));
        prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        if c != 0 {
            prop_assert_eq!(left.over(right), Ratio::new(a * d, b * c));
        }
    }

    #[test]
    fn rounding_is_within_half_a_unit_and_keeps_the_order(
        a in -1_000_000_i128..1_000_000, b in 1_i128..999, c in -1_000_000_i128..1_000_000,
        places in 0_u32..7,
    ) {
        let (left, right) = (ratio(a, b), ratio(c, b));
        let half = ratio(1, 2 * 10_i128.pow(places));
        let off = left.round(places).minus(left).unwrap();
        prop_assert!(off <= half && off >= half.negated());
        prop_assert_eq!(left.round(places).negated(), left.negated().round(places));
        if left <= right {
            prop_assert!(left.round(places) <= right.round(places));
        }
    }

    #[test]
    fn large_fractions_compare_like_small_ones(
        a in 1_i128..1_000_000, b in 1_i128..1_000_000, c in 1_i128..1_000_000,
        d in 1_i128..1_000_000,
    ) {
        // Numerators near the limit force the path without products.
        let scale = 10_i128.pow(30);
        let left = Ratio::new(a * scale + 1, b * scale + 1);
        let right = Ratio::new(c * scale + 1, d * scale + 1);
        if let (Ok(left), Ok(right)) = (left, right)
            && a * d != c * b
        {
            prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        }
    }

    #[test]
    fn every_decimal_reads_back_as_it_prints(micros in -1_000_000_000_000_i64..=1_000_000_000_000) {
        let decimal = Decimal::from_micros(micros).unwrap();
        prop_assert_eq!(decimal.to_string().parse(), Ok(decimal));
    }

    #[test]
    fn no_text_panics(text in "\\PC*") {
        let _ = text.parse::<Decimal>();
        let _ = text.parse::<Ratio>();
    }
}
