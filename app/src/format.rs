//! Days and figures as a person reads them. The domain has already rounded; here a figure only
//! gets its true minus, its per cent sign, or the width that its size on the page depends on.

use crate::text::{self, Lang};
use crate::when;
use domain::ids::Millis;
use domain::month::Period;
use domain::number::Decimal;

/// The longest name that has a size rule of its own; longer ones share the smallest.
const NAME_WIDTH_MAX: u32 = 24;
/// The mark that no line ends with, and those that none begins with.
const OPENING: char = '（';
const HANGING: [char; 8] = ['，', '、', '。', '；', '：', '）', '》', '」'];

/// `2026-10-18` as `10月18日`; empty stays empty, and what is no date is shown as it stands.
#[must_use]
pub fn day(lang: Lang, held_on: &str) -> String {
    match parts(held_on) {
        Some((_, month, day)) => text::format_day(lang, day, month_name(lang, month)),
        None => held_on.to_owned(),
    }
}

/// `2026-10-18` as `2026年10月18日`.
#[must_use]
pub fn day_with_year(lang: Lang, held_on: &str) -> String {
    match parts(held_on) {
        Some((year, month, day)) => text::format_day_year(lang, day, month_name(lang, month), year),
        None => held_on.to_owned(),
    }
}

/// `2026-07` as `2026年7月`.
#[must_use]
pub fn month(lang: Lang, period: Period) -> String {
    text::format_month_year(lang, month_of_year(lang, period), period.year())
}

/// `2026-07` as `二〇二六年七月`, for text that stands upright.
#[must_use]
pub fn month_upright(lang: Lang, period: Period) -> String {
    if lang != Lang::Zh {
        return month(lang, period);
    }
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let year = period.year().to_string();
    let digits = year.chars().filter_map(|digit| digit.to_digit(10));
    let year: String = digits.map(|digit| DIGITS[digit as usize]).collect();
    let month = match usize::from(period.month()) {
        10 => "十".to_owned(),
        month @ 11.. => format!("十{}", DIGITS[month - 10]),
        month => DIGITS[month].to_string(),
    };
    format!("{year}年{month}月")
}

/// `2026-07` as `7月`.
#[must_use]
pub fn month_of_year(lang: Lang, period: Period) -> &'static str {
    month_name(lang, period.month().into())
}

/// The quarter that a month lies in: `一季度`.
#[must_use]
pub fn quarter(lang: Lang, period: Period) -> &'static str {
    let index = usize::from(period.quarter() - 1);
    let mut names = text::format_quarters(lang).split(' ');
    names.nth(index).unwrap_or_default()
}

/// The day of a moment, in Beijing.
#[must_use]
pub fn day_of(lang: Lang, at: Millis) -> String {
    let (_, month, day) = when::date(at);
    text::format_day(lang, day, month_name(lang, month))
}

/// `10月18日 14:30`.
#[must_use]
pub fn moment(lang: Lang, at: Millis) -> String {
    text::format_moment(lang, day_of(lang, at), when::clock(at))
}

/// A figure with a true minus sign.
#[must_use]
pub fn figure(number: &str) -> String {
    number.replace('-', "−")
}

/// Places won or lost, where there is no room for words: `▲2`, `▼1`, `—` for none.
#[must_use]
pub fn moved(places: i64) -> String {
    match places {
        0 => "—".to_owned(),
        1.. => format!("▲{places}"),
        _ => format!("▼{}", places.unsigned_abs()),
    }
}

/// By how many millionths a total as shown is more than its parts as shown. Each was rounded for
/// itself, from what is exact. `None`: one of them is no number.
#[must_use]
pub fn sum_gap<'a>(parts: impl IntoIterator<Item = &'a str>, total: &str) -> Option<i64> {
    let micros = |number: &str| Some(number.parse::<Decimal>().ok()?.micros());
    let sum: i64 = parts.into_iter().map(micros).sum::<Option<i64>>()?;
    Some(micros(total)? - sum)
}

/// A weight such as `0.6` as `60%`. What is no decimal is shown as it stands.
#[must_use]
pub fn share(weight: &str) -> String {
    weight
        .parse::<Decimal>()
        .ok()
        .and_then(|weight| Decimal::from_micros(weight.micros().checked_mul(100)?))
        .map_or_else(|| weight.to_owned(), |percent| format!("{percent}%"))
}

/// How wide a name is, in full-width characters: Latin letters and digits count half.
#[must_use]
pub fn name_width(name: &str) -> u32 {
    let width = halves(name).div_ceil(2);
    u32::try_from(width)
        .unwrap_or(u32::MAX)
        .clamp(1, NAME_WIDTH_MAX)
}

/// Breaks words into lines of so many full-width characters; Latin letters and digits count half.
/// What does not fit into the lines ends in `…`. A mark that may not begin a line hangs over the
/// end of the one before.
#[must_use]
pub fn wrapped(words: &str, width: usize, lines_max: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 2 * width;
    for letter in words.trim().chars() {
        let wide = if letter.is_ascii() { 1 } else { 2 };
        if 2 * width < used + wide && !HANGING.contains(&letter) {
            if lines.len() == lines_max {
                shorten(lines.last_mut(), width);
                return lines;
            }
            // Neither does a line end in an opening bracket.
            let opened = lines.last_mut().filter(|line| line.ends_with(OPENING));
            let opened = opened.and_then(String::pop).map(String::from);
            let line = opened.unwrap_or_default();
            used = halves(&line);
            lines.push(line);
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push(letter);
        }
    }
    lines
}

/// Makes room for the ellipsis, which is as wide as a full character.
fn shorten(line: Option<&mut String>, width: usize) {
    let Some(line) = line else { return };
    while !line.is_empty() && width <= halves(line).div_ceil(2) {
        line.pop();
    }
    line.push('…');
}

fn halves(words: &str) -> usize {
    let wide = |letter: char| if letter.is_ascii() { 1 } else { 2 };
    words.chars().map(wide).sum()
}

fn parts(held_on: &str) -> Option<(u64, u64, u64)> {
    let mut parts = held_on.split('-').map(|part| part.parse::<u64>().ok());
    let date = (parts.next()??, parts.next()??, parts.next()??);
    (parts.next().is_none() && (1..=12).contains(&date.1)).then_some(date)
}

fn month_name(lang: Lang, month: u64) -> &'static str {
    let index = usize::try_from(month).unwrap_or_default().saturating_sub(1);
    text::format_months(lang)
        .split(' ')
        .nth(index)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_were_rounded_may_not_come_to_the_total() {
        assert_eq!(sum_gap(["90.00", "5", "-1.5"], "93.50"), Some(0));
        assert_eq!(sum_gap(["33.33", "33.33", "33.33"], "100.00"), Some(10_000));
        assert_eq!(sum_gap(["80.67", "2.35", "0"], "83.01"), Some(-10_000));
        assert_eq!(sum_gap(["—", "2.33"], "83.01"), None);
    }

    #[test]
    fn a_day_is_written_in_the_readers_language() {
        assert_eq!(day(Lang::Zh, "2026-10-18"), "10月18日");
        assert_eq!(day(Lang::En, "2026-01-05"), "5 Jan");
        assert_eq!(day_with_year(Lang::Zh, "2026-10-18"), "2026年10月18日");
        assert_eq!(day(Lang::Zh, ""), "");
        assert_eq!(day(Lang::Zh, "2026-13-01"), "2026-13-01");
    }

    #[test]
    fn a_month_is_written_in_the_readers_language() {
        let july: Period = "2026-07".parse().expect("a month");
        assert_eq!(month(Lang::Zh, july), "2026年7月");
        assert_eq!(month(Lang::En, july), "Jul 2026");
    }

    #[test]
    fn a_month_that_stands_upright_has_chinese_digits() {
        for (period, upright) in [
            ("2026-07", "二〇二六年七月"),
            ("2030-10", "二〇三〇年十月"),
            ("2025-12", "二〇二五年十二月"),
        ] {
            let period: Period = period.parse().expect("a month");
            assert_eq!(month_upright(Lang::Zh, period), upright);
        }
        let july: Period = "2026-07".parse().expect("a month");
        assert_eq!(month_upright(Lang::En, july), "Jul 2026");
    }

    #[test]
    fn a_moment_is_told_in_beijing() {
        let at = Millis(1_792_290_720_000);
        assert_eq!(moment(Lang::Zh, at), "10月18日 10:32");
        assert_eq!(moment(Lang::En, at), "18 Oct, 10:32");
    }

    #[test]
    fn a_weight_is_a_share_of_a_hundred() {
        assert_eq!(share("0.6"), "60%");
        assert_eq!(share("0.125"), "12.5%");
        assert_eq!(share("1"), "100%");
        assert_eq!(share("half"), "half");
    }

    #[test]
    fn a_minus_is_a_minus_and_no_hyphen() {
        assert_eq!(figure("-0.5"), "−0.5");
    }

    #[test]
    fn places_won_point_up() {
        assert_eq!([2, -1, 0].map(moved), ["▲2", "▼1", "—"]);
    }

    #[test]
    fn words_are_broken_by_their_width_and_cut_at_the_last_line() {
        assert_eq!(wrapped("青禾镇", 4, 2), ["青禾镇"]);
        assert_eq!(wrapped("规上工业增加值", 4, 2), ["规上工业", "增加值"]);
        assert_eq!(wrapped("5G 基站 AB", 4, 2), ["5G 基站 ", "AB"]);
        assert_eq!(wrapped("一二三四五六七", 3, 2), ["一二三", "四五…"]);
        assert_eq!(wrapped("abcdefghi", 4, 1), ["abcdef…"]);
        assert_eq!(wrapped("甲（乙）、丙", 3, 2), ["甲（乙）、", "丙"]);
        assert_eq!(wrapped("甲乙（丙）", 3, 2), ["甲乙", "（丙）"]);
        assert!(wrapped("", 4, 2).is_empty());
    }

    #[test]
    fn a_names_width_counts_latin_letters_half() {
        assert_eq!(name_width("青禾镇"), 3);
        assert_eq!(name_width("A12 组"), 3);
        assert_eq!(name_width(""), 1);
        assert_eq!(name_width(&"长".repeat(40)), NAME_WIDTH_MAX);
    }
}
