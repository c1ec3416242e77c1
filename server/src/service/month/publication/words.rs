//! What files of a month have in common: their title, which edition they are of, and the words of
//! places, movements and flags. Files are Chinese whatever the reader's language is.

use crate::service::month::posting::Posted;
use app::components::standing::{cut_words, signed, sponsor_words};
use app::text::Lang;
use app::{format, when};
use domain::ids::UnitId;
use domain::month::board::Listed;
use domain::month::flag::HandOver;
use domain::month::pair::Duel;
use sync::posted_month::{PostedCell, PostedIndicator, PostedMerit, PostedMonth, PostedUnit};

/// Whose, of which month, and what it is: `云岭县2026年7月通报`.
pub fn title(month: &PostedMonth, what: &str) -> String {
    let period = format::month(Lang::Zh, month.period);
    format!("{}{period}{what}", month.county)
}

/// Which edition a file was made from, and what has to be said along with it.
pub fn preface(posted: &Posted) -> Vec<String> {
    let month = &posted.month;
    let parts = [
        Some(month.county.clone()),
        Some(month.title.clone()),
        sponsor_words(Lang::Zh, &month.sponsor),
        Some(format!("赛季 {}", month.season_name)),
        Some(format::month(Lang::Zh, month.period)),
        Some(format!("第 {} 版", month.edition)),
        Some(format!("{} 发布", posting_day(month))),
        Some(format!("校验码 {}", posted.check_code())),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    let mut lines = vec![parts.join("　")];
    lines.extend(remarks(month));
    if 0 < month.taken_down {
        lines.push(format!("黑榜已到期撤下，共 {} 条", month.taken_down));
    }
    lines
}

/// What the month's numbers are not read without: what a correction changed, and what is missing.
pub fn remarks(month: &PostedMonth) -> impl Iterator<Item = String> {
    let correction = Some(&month.correction).filter(|words| !words.is_empty());
    let correction = correction.map(|words| format!("更正：{words}"));
    let missing = (0 < month.missing).then(|| {
        let (count, reason) = (month.missing, &month.missing_reason);
        format!("发布时还有 {count} 项数据没有报。说明：{reason}")
    });
    correction.into_iter().chain(missing)
}

/// `2026年8月5日`, in Beijing.
pub fn posting_day(month: &PostedMonth) -> String {
    let (year, month, day) = when::date(month.posted_at);
    format!("{year}年{month}月{day}日")
}

/// With what it is measured in, if in anything.
pub fn indicator(indicator: &PostedIndicator) -> String {
    if indicator.measure.is_empty() {
        return indicator.name.clone();
    }
    format!("{}（{}）", indicator.name, indicator.measure)
}

/// A figure against the year before (XY-14): `同比 +16.5%`, or the value of then where nothing is
/// said over it.
pub fn in_year(cell: &PostedCell) -> Option<String> {
    cell.in_year().map(|(value, growth)| match growth {
        Some(growth) => format!("同比 {}%", signed(growth)),
        None => format!("去年同期 {value}"),
    })
}

/// The name of the group that a unit stands in.
pub fn group(month: &PostedMonth, unit: UnitId) -> &str {
    let mut units = month.units();
    let found = units.find(|(_, known)| known.unit == unit);
    found.map_or("", |(group, _)| group.name.as_str())
}

/// The groups that it is asked of.
pub fn groups(indicator: &PostedIndicator) -> String {
    match indicator.groups.as_slice() {
        [] => "各组".to_owned(),
        groups => groups.join("、"),
    }
}

/// A unit's place, or why it has none.
pub fn place(unit: &PostedUnit) -> String {
    match unit.rank {
        Some(rank) => rank.to_string(),
        None if unit.external => "对标".to_owned(),
        None => "待定".to_owned(),
    }
}

/// Places won or lost since the month before.
pub fn movement(unit: &PostedUnit) -> String {
    moved(unit.moved)
}

/// The same since this month of the year before (ZR-6).
pub fn movement_in_year(unit: &PostedUnit) -> String {
    moved(unit.moved_in_year)
}

fn moved(places: Option<i64>) -> String {
    match places {
        None => String::new(),
        Some(0) => "持平".to_owned(),
        Some(up @ 1..) => format!("升 {up}"),
        Some(down) => format!("降 {}", down.unsigned_abs()),
    }
}

pub fn list(listed: Listed) -> &'static str {
    match listed {
        Listed::Red => "红榜",
        Listed::Black => "黑榜",
    }
}

pub fn spots(listed: Listed) -> &'static str {
    match listed {
        Listed::Red => "红点",
        Listed::Black => "黑点",
    }
}

pub fn duel(duel: Duel) -> &'static str {
    match duel {
        Duel::Win => "胜",
        Duel::Draw => "平",
        Duel::Lose => "负",
        Duel::Open => "待定",
    }
}

/// What a record is about: its dimension, and the item where it has one (ES-3).
pub fn dimension(merit: &PostedMerit) -> String {
    match merit.item.as_str() {
        "" => merit.dimension.clone(),
        item => format!("{}：{item}", merit.dimension),
    }
}

/// Why it was recorded, by which document (XY-15), and what counts of it where that is not all.
pub fn reason(merit: &PostedMerit) -> String {
    let more: Vec<String> = document_no(merit).into_iter().chain(cut(merit)).collect();
    match more.is_empty() {
        true => merit.reason.clone(),
        false => format!("{}（{}）", merit.reason, more.join("，")),
    }
}

/// The number of the document that gave an honour.
pub fn document_no(merit: &PostedMerit) -> Option<String> {
    let number = &merit.document_no;
    (!number.is_empty()).then(|| format!("文号 {number}"))
}

/// What the cap of its item leaves of a record.
pub fn cut(merit: &PostedMerit) -> Option<String> {
    let cut = merit.cut.as_ref();
    cut.map(|cut| cut_words(Lang::Zh, cut))
}

/// What became of a flag at the month's end.
pub fn hand_over(flag: &HandOver) -> &'static str {
    match (flag.from, flag.to) {
        _ if flag.is_kept() => "留住",
        (Some(_), Some(_)) => "送出",
        (None, Some(_)) => "颁发",
        (Some(_), None) => "交回",
        (None, None) => "无人接旗",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::UnitId;
    use uuid::Uuid;

    #[test]
    fn a_flag_is_kept_sent_on_handed_out_or_given_back() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for (from, to, word) in [
            (Some(one), Some(one), "留住"),
            (Some(one), Some(other), "送出"),
            (None, Some(one), "颁发"),
            (Some(one), None, "交回"),
            (None, None, "无人接旗"),
        ] {
            let flag = HandOver {
                number: 1,
                from: from.map(UnitId),
                to: to.map(UnitId),
            };
            assert_eq!(hand_over(&flag), word);
        }
    }
}
