//! The tables of the demo's months: pairs, indicators and figures, from a small formula, so that
//! they are the same on every machine.

use super::county::{self, SEASON, grouped};
use super::months::FIRST;
use crate::service::roster::columns::TableKind;
use crate::service::table::Table;
use domain::month::Period;

/// Code, name, unit of measure, weight, direction, rule, step, part by the target, how often, gate,
/// public, dimension, groups: the five items of GY-5, one of a quarter, one that bars a bonus, and
/// one of banks alone. The last two are not scored.
const INDICATORS: [[&str; 13]; 8] = [
    [
        "XM",
        "重点项目推进",
        "亿元",
        "25",
        "高",
        "序时",
        "0.05",
        "",
        "月",
        "否",
        "是",
        "重点项目推进",
        "",
    ],
    [
        "ZS",
        "招商引资到位资金",
        "亿元",
        "20",
        "高",
        "序时",
        "0.05",
        "",
        "月",
        "否",
        "是",
        "招商引资",
        "",
    ],
    [
        "ZJ",
        "争取上级资金",
        "万元",
        "15",
        "高",
        "位次",
        "0.05",
        "",
        "月",
        "否",
        "否",
        "争取资金",
        "",
    ],
    [
        "SR",
        "财政收入",
        "万元",
        "20",
        "高",
        "混合",
        "0.05",
        "0.4",
        "月",
        "否",
        "是",
        "财政收入",
        "",
    ],
    [
        "CY",
        "产业发展指数",
        "",
        "10",
        "高",
        "位次",
        "0.05",
        "",
        "月",
        "否",
        "否",
        "产业发展",
        "",
    ],
    [
        "MY",
        "群众满意度",
        "%",
        "10",
        "高",
        "目标",
        "",
        "",
        "季",
        "否",
        "是",
        "",
        "",
    ],
    [
        "AQ",
        "安全生产事故",
        "起",
        "0",
        "低",
        "目标",
        "",
        "",
        "月",
        "是",
        "是",
        "",
        "乡镇组、园区组、企业组、景区组",
    ],
    [
        "DK",
        "新增贷款",
        "亿元",
        "0",
        "高",
        "位次",
        "0.05",
        "",
        "月",
        "否",
        "是",
        "",
        "金融组",
    ],
];

/// 38 pairs (GY-2): neighbours of a group, and its last unit with its first, who then has two
/// rivals.
pub fn pairs() -> Table {
    let mut table = county::table(TableKind::Pairs);
    let units = grouped();
    let mut start = 0;
    while let Some((_, group)) = units.get(start) {
        let end = start
            + units[start..]
                .iter()
                .take_while(|(_, other)| other == group)
                .count();
        let codes: Vec<&str> = units[start..end]
            .iter()
            .map(|(code, _)| code.as_str())
            .collect();
        for pair in codes.chunks_exact(2) {
            table.rows.push(county::row([SEASON, pair[0], pair[1]]));
        }
        if let (Some(last), Some(first)) = (codes.last(), codes.first()) {
            table.rows.push(county::row([SEASON, last, first]));
        }
        start = end;
    }
    table
}

pub fn indicators() -> Table {
    let mut table = county::table(TableKind::Indicators);
    for [
        code,
        name,
        measure,
        weight,
        better,
        rule,
        step,
        share,
        cadence,
        gate,
        public,
        dimension,
        groups,
    ] in INDICATORS
    {
        let source = "县统计局";
        table.rows.push(county::row([
            SEASON, code, name, measure, weight, better, rule, step, share, cadence, gate, public,
            "", source, "", dimension, groups,
        ]));
    }
    table
}

/// One month's figures. In the open month the last three units still owe theirs.
pub fn figures(season: &str, period: Period, is_open: bool) -> Table {
    let mut table = county::table(TableKind::Figures);
    let units = grouped();
    let owing = if is_open { 3 } else { 0 };
    let month = u64::from(period.month());
    for (at, (unit, group)) in units.iter().enumerate().take(units.len() - owing) {
        for [code, _, _, _, _, _, _, _, cadence, _, _, _, groups] in INDICATORS {
            let mut named = groups.split('、');
            let is_asked = groups.is_empty() || named.any(|one| one == county::group_name(*group));
            if !is_asked || (cadence == "季" && !period.ends_a_quarter()) {
                continue;
            }
            let (value, target) = figure(code, at as u64, (month, grown(period, at as u64)));
            let checkpoint = checkpoint(code, at as u64, period);
            let period = period.to_string();
            // Nobody raises a target.
            let row = [
                season,
                &period,
                code,
                unit,
                &value,
                &target,
                "",
                &checkpoint,
            ];
            table.rows.push(county::row(row));
        }
    }
    table
}

/// What a month comes to of a figure of the demo's first twelve, in thousandths: the years before
/// and after them are a little lower and higher.
fn grown(period: Period, unit: u64) -> u64 {
    let (year, month) = FIRST;
    let at = (period.year(), period.month());
    match at {
        at if at < FIRST => 880 + dice(&[unit, 7]) % 140,
        at if at < (year + 1, month) => 1_000,
        _ => 970 + dice(&[unit, 8]) % 110,
    }
}

/// Value so far and target of one unit, in a month of the year.
fn figure(code: &str, unit: u64, (month, grown): (u64, u64)) -> (String, String) {
    // What a unit is like all year, and what this month is like, in thousandths.
    let kind = kind_of(code);
    let unit_share = 900 + dice(&[unit, kind, 3]) % 150;
    let month_share = 910 + dice(&[unit, kind, month, 4]) % 180;
    let share = unit_share * month_share / 1_000 * grown / 1_000;
    match code {
        "XM" | "ZS" => {
            let year = year_target(unit, kind);
            (
                hundredths(year * share * month / 12 / 1_000),
                hundredths(year),
            )
        }
        "ZJ" => (hundredths(20_000 * share * month / 1_000), String::new()),
        "SR" => {
            let target = 4_000 * month;
            (hundredths(target * share / 960), hundredths(target))
        }
        "CY" => (hundredths(share * 10), String::new()),
        "DK" => (hundredths(share * month), String::new()),
        "MY" => (
            hundredths((8_800 * share / 1_000).min(9_990)),
            hundredths(8_500),
        ),
        _ => (
            u64::from(dice(&[unit, month, 6]).is_multiple_of(17)).to_string(),
            "0".to_owned(),
        ),
    }
}

/// A project's year in hundredths.
fn year_target(unit: u64, kind: u64) -> u64 {
    300 + dice(&[unit, kind, 5]) % 900
}

/// 开门红 (ZR-5): projects are to be ahead of the year at the end of each quarter. The last one's
/// checkpoint is the year's target.
fn checkpoint(code: &str, unit: u64, period: Period) -> String {
    let percent = match (code, period.quarter()) {
        ("XM", 1) => 28,
        ("XM", 2) => 55,
        ("XM", 3) => 80,
        _ => return String::new(),
    };
    hundredths(year_target(unit, kind_of(code)) * percent / 100)
}

fn kind_of(code: &str) -> u64 {
    code.bytes().map(u64::from).sum()
}

fn hundredths(value: u64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

/// A number that follows from others and looks like none.
pub fn dice(of: &[u64]) -> u64 {
    of.iter().fold(0x9e37_79b9_7f4a_7c15, |mixed, one| {
        let mixed = (mixed ^ one).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^ (mixed >> 29)
    }) >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seventy_units_stand_in_thirty_eight_pairs() {
        assert_eq!((grouped().len(), pairs().rows.len()), (70, 38));
    }

    #[test]
    fn a_months_figures_are_the_same_every_time() {
        let march = Period::new(2026, 3).expect("a month");
        assert_eq!(
            figures(SEASON, march, false).rows,
            figures(SEASON, march, false).rows
        );
        let of = |name: &str| {
            let units = grouped().into_iter();
            units
                .filter(|(_, group)| county::group_name(*group) == name)
                .count()
        };
        let (banks, offices) = (of("金融组"), of("部门组"));
        // Accidents are asked of neither, loans of banks alone.
        assert_eq!(
            figures(SEASON, march, false).rows.len(),
            70 * 6 + (70 - banks - offices) + banks
        );
    }
}
