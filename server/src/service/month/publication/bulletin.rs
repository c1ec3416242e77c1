//! The bulletin as a workbook: a sheet for each group with every unit's figures, then red and black
//! list, pairs, flags and the indicators.

use super::figure::{Part, told};
use super::sheet::{Head, Sheet, workbook as write};
use super::words;
use crate::service::error::ServiceError;
use crate::service::month::posting::Posted;
use domain::month::board::Listed;
use domain::month::indicator::Better;
use sync::posted_month::{PostedGroup, PostedMonth, PostedUnit};

/// # Errors
/// It could not be written into memory.
pub fn workbook(posted: &Posted) -> Result<Vec<u8>, ServiceError> {
    let month = &posted.month;
    let mut sheets: Vec<Sheet> = month
        .groups
        .iter()
        .map(|group| matrix(month, group))
        .collect();
    sheets.push(lists(month));
    sheets.push(pairs(month));
    sheets.push(flags(month));
    sheets.push(indicators(month));
    write(posted, "通报", &sheets)
}

/// Unit by indicator, the places and points in front (WZ-13).
fn matrix(month: &PostedMonth, group: &PostedGroup) -> Sheet {
    let fixed = ["名次", "单位", "升降"].into_iter();
    let fixed = fixed
        .chain(month.has_moved_in_year().then_some("比去年同月"))
        .chain(["得分", "指标得分", "名次加分", "加减分"]);
    let asked = month.asked_of(group);
    let told: Vec<Vec<Part>> = asked.map(|(at, _)| told(month, at)).collect();
    let asked = month.asked_of(group).zip(&told);
    let figures = asked.map(|((_, indicator), told)| {
        let parts = told.iter().map(|part| part.head());
        Head::over(words::indicator(indicator), parts.collect())
    });
    Sheet {
        name: group.name.clone(),
        header: fixed.map(Head::one).chain(figures).collect(),
        rows: group
            .units
            .iter()
            .map(|unit| unit_row(month, group, unit, &told))
            .collect(),
        frozen: 2,
    }
}

fn unit_row(
    month: &PostedMonth,
    group: &PostedGroup,
    unit: &PostedUnit,
    told: &[Vec<Part>],
) -> Vec<String> {
    let mut row = vec![words::place(unit), unit.name.clone(), words::movement(unit)];
    let in_year = || words::movement_in_year(unit);
    row.extend(month.has_moved_in_year().then(in_year));
    row.push(unit.score.clone().unwrap_or_default());
    row.push(unit.figures.clone().unwrap_or_default());
    // A peer from outside has no points of its own, so none are shown.
    if unit.external {
        row.extend([String::new(), String::new()]);
    } else {
        row.extend([unit.bonus.clone(), unit.merit.clone()]);
    }
    for ((_, cell), told) in month.figures(group, unit).zip(told) {
        row.extend(told.iter().map(|part| part.of(cell)));
    }
    row
}

/// Units with the records that brought them there, a row for each; no people (ES-4, ES-5).
fn lists(month: &PostedMonth) -> Sheet {
    let heads = [
        "榜",
        "单位",
        "组别",
        "净加减分",
        "日期",
        "维度",
        "分值",
        "事由",
    ];
    Sheet {
        name: "红黑榜".to_owned(),
        header: heads.into_iter().map(Head::one).collect(),
        rows: [Listed::Red, Listed::Black]
            .into_iter()
            .flat_map(|listed| [list_rows(month, listed), spot_rows(month, listed)].concat())
            .collect(),
        frozen: 2,
    }
}

fn list_rows(month: &PostedMonth, listed: Listed) -> Vec<Vec<String>> {
    let units = month.listed(listed).into_iter();
    let rows = units.flat_map(|(group, unit)| {
        unit.merits.iter().map(move |merit| {
            vec![
                words::list(listed).to_owned(),
                unit.name.clone(),
                group.name.clone(),
                unit.merit.clone(),
                merit.day.clone(),
                words::dimension(merit),
                merit.points.clone(),
                words::reason(merit),
            ]
        })
    });
    rows.collect()
}

/// Places that stand out, beside the units (P7): they have no net points.
fn spot_rows(month: &PostedMonth, listed: Listed) -> Vec<Vec<String>> {
    let rows = month.spots(listed).map(|spot| {
        vec![
            words::spots(listed).to_owned(),
            month.name(spot.unit).to_owned(),
            words::group(month, spot.unit).to_owned(),
            String::new(),
            spot.record.day.clone(),
            words::dimension(&spot.record),
            spot.record.points.clone(),
            format!("{}：{}", spot.place, words::reason(&spot.record)),
        ]
    });
    rows.collect()
}

fn pairs(month: &PostedMonth) -> Sheet {
    let heads = [
        "单位",
        "得分",
        "对手",
        "对手得分",
        "本月",
        "本赛季胜",
        "平",
        "负",
    ];
    let rows = month.pairs.iter().map(|pair| {
        let own = month.unit(pair.a).and_then(|unit| unit.score.clone());
        let rival = month.unit(pair.b).and_then(|unit| unit.score.clone());
        vec![
            month.name(pair.a).to_owned(),
            own.unwrap_or_default(),
            month.name(pair.b).to_owned(),
            rival.unwrap_or_default(),
            words::duel(pair.duel).to_owned(),
            pair.won.to_string(),
            pair.drawn.to_string(),
            pair.lost.to_string(),
        ]
    });
    Sheet {
        name: "对子".to_owned(),
        header: heads.into_iter().map(Head::one).collect(),
        rows: rows.collect(),
        frozen: 1,
    }
}

fn flags(month: &PostedMonth) -> Sheet {
    let heads = ["组别", "旗", "编号", "变动", "送出单位", "接旗单位"];
    let rows = month.hand_overs().map(|(group, flags, hand_over)| {
        let name = |unit| month.name(unit).to_owned();
        vec![
            group.name.clone(),
            flags.name.clone(),
            hand_over.number.to_string(),
            words::hand_over(hand_over).to_owned(),
            hand_over.from.map(name).unwrap_or_default(),
            hand_over.to.map(name).unwrap_or_default(),
        ]
    });
    Sheet {
        name: "流动旗".to_owned(),
        header: heads.into_iter().map(Head::one).collect(),
        rows: rows.collect(),
        frozen: 0,
    }
}

fn indicators(month: &PostedMonth) -> Sheet {
    let heads = [
        "编码",
        "指标",
        "计量单位",
        "权重",
        "方向",
        "公开",
        "维度",
        "组别",
    ];
    let rows = month.indicators.iter().map(|indicator| {
        let better = match indicator.better {
            Better::Higher => "越高越好",
            Better::Lower => "越低越好",
        };
        vec![
            indicator.code.clone(),
            indicator.name.clone(),
            indicator.measure.clone(),
            indicator.weight.clone(),
            better.to_owned(),
            if indicator.public { "是" } else { "否" }.to_owned(),
            indicator.dimension.clone(),
            words::groups(indicator),
        ]
    });
    Sheet {
        name: "指标".to_owned(),
        header: heads.into_iter().map(Head::one).collect(),
        rows: rows.collect(),
        frozen: 2,
    }
}
