//! The bulletin as a document: what is read aloud first, the figures at the end.

use super::words;
use crate::docx::{Align, Column, Document, Page};
use crate::service::error::ServiceError;
use crate::service::month::posting::Posted;
use app::components::standing::checkpoint_words;
use app::format;
use app::text::Lang;
use domain::month::Period;
use domain::month::board::Listed;
use sync::posted_month::{PostedCell, PostedGroup, PostedMerit, PostedMonth, PostedUnit};

/// Indicators beside one another on a page that lies; more go on below.
const INDICATORS_ACROSS: usize = 7;
const NUMERALS: [&str; 5] = ["一", "二", "三", "四", "五"];

/// Writes a part of the bulletin.
type Section = fn(&mut Document, &PostedMonth);

/// # Errors
/// It could not be written into memory.
pub fn document(posted: &Posted) -> Result<Vec<u8>, ServiceError> {
    let month = &posted.month;
    let mut document = Document::new(Page::Landscape);
    let title = format!("{}情况通报", month.title);
    document.title(&words::title(month, &title));
    let mut preface = words::preface(posted).into_iter();
    document.paragraph(Align::Centre, &preface.next().unwrap_or_default());
    for line in preface {
        document.paragraph(Align::Indented, &line);
    }
    let sections: [(&str, Section, bool); 5] = [
        ("综合排名", places, !month.groups.is_empty()),
        ("红黑榜", lists, has_lists(month)),
        ("流动旗", flags, month.hand_overs().next().is_some()),
        ("结对比分", pairs, !month.pairs.is_empty()),
        ("逐项数据", figures, !month.indicators.is_empty()),
    ];
    let there = sections.into_iter().filter(|(_, _, is_there)| *is_there);
    for ((name, write, _), numeral) in there.zip(NUMERALS) {
        document.heading(&format!("{numeral}、{name}"));
        write(&mut document, month);
    }
    document.paragraph(Align::Right, &month.county);
    document.paragraph(Align::Right, &words::posting_day(month));
    let bytes = document.finish();
    bytes.map_err(|error| ServiceError::Internal(error.into()))
}

fn has_lists(month: &PostedMonth) -> bool {
    month.names(Listed::Red) || month.names(Listed::Black)
}

fn columns(heads: &[(&str, u32, Align)]) -> Vec<Column> {
    let column = |(name, share, align): &(&str, u32, Align)| Column::new(*name, *share, *align);
    heads.iter().map(column).collect()
}

fn places(document: &mut Document, month: &PostedMonth) {
    let in_year = month.has_moved_in_year();
    let mut heads = vec![
        ("名次", 2, Align::Centre),
        ("单位", 6, Align::Left),
        ("升降", 2, Align::Centre),
    ];
    heads.extend(in_year.then_some(("比去年同月", 3, Align::Centre)));
    heads.extend([
        ("得分", 3, Align::Right),
        ("指标得分", 3, Align::Right),
        ("名次加分", 3, Align::Right),
        ("加减分", 3, Align::Right),
    ]);
    let columns = columns(&heads);
    for group in &month.groups {
        document.paragraph(Align::Indented, &group.name);
        let rows: Vec<_> = group
            .units
            .iter()
            .map(|unit| place_row(unit, in_year))
            .collect();
        document.table(&columns, &rows);
    }
}

fn place_row(unit: &PostedUnit, in_year: bool) -> Vec<String> {
    let own = |points: &String| {
        let points = (!unit.external).then(|| points.clone());
        points.unwrap_or_default()
    };
    let mut row = vec![words::place(unit), unit.name.clone(), words::movement(unit)];
    row.extend(in_year.then(|| words::movement_in_year(unit)));
    row.extend([
        unit.score.clone().unwrap_or_default(),
        unit.figures.clone().unwrap_or_default(),
        own(&unit.bonus),
        own(&unit.merit),
    ]);
    row
}

fn lists(document: &mut Document, month: &PostedMonth) {
    let columns = columns(&[
        ("榜", 2, Align::Centre),
        ("单位", 4, Align::Left),
        ("组别", 3, Align::Left),
        ("净加减分", 3, Align::Right),
        ("事由", 14, Align::Left),
    ]);
    let both = [Listed::Red, Listed::Black].into_iter();
    let rows = both.flat_map(|listed| {
        let units = month.listed(listed).into_iter();
        units.map(move |(group, unit)| {
            vec![
                words::list(listed).to_owned(),
                unit.name.clone(),
                group.name.clone(),
                unit.merit.clone(),
                reasons(unit),
            ]
        })
    });
    let spots = month.spots.iter().map(|spot| {
        vec![
            words::spots(spot.listed).to_owned(),
            month.name(spot.unit).to_owned(),
            words::group(month, spot.unit).to_owned(),
            String::new(),
            format!("{}：{}", spot.place, reason(&spot.record)),
        ]
    });
    document.table(&columns, &rows.chain(spots).collect::<Vec<_>>());
}

/// A line for each record.
fn reasons(unit: &PostedUnit) -> String {
    let lines = unit.merits.iter().map(reason);
    lines.collect::<Vec<_>>().join("\n")
}

fn reason(merit: &PostedMerit) -> String {
    let (points, reason, of) = (&merit.points, words::reason(merit), words::dimension(merit));
    format!("{points}　{reason}（{of}，{}）", merit.day)
}

fn flags(document: &mut Document, month: &PostedMonth) {
    let columns = columns(&[
        ("组别", 4, Align::Left),
        ("旗", 3, Align::Left),
        ("变动", 3, Align::Centre),
        ("送出单位", 5, Align::Left),
        ("接旗单位", 5, Align::Left),
    ]);
    let rows = month.hand_overs().map(|(group, flags, hand_over)| {
        let name = |unit| month.name(unit).to_owned();
        vec![
            group.name.clone(),
            format!("{} {} 号", flags.name, hand_over.number),
            words::hand_over(hand_over).to_owned(),
            hand_over.from.map(name).unwrap_or_default(),
            hand_over.to.map(name).unwrap_or_default(),
        ]
    });
    document.table(&columns, &rows.collect::<Vec<_>>());
}

fn pairs(document: &mut Document, month: &PostedMonth) {
    let columns = columns(&[
        ("单位", 5, Align::Left),
        ("得分", 3, Align::Right),
        ("本月", 2, Align::Centre),
        ("得分", 3, Align::Right),
        ("对手", 5, Align::Left),
        ("本赛季胜平负", 4, Align::Centre),
    ]);
    let score = |unit| month.unit(unit).and_then(|unit| unit.score.clone());
    let rows = month.pairs.iter().map(|pair| {
        vec![
            month.name(pair.a).to_owned(),
            score(pair.a).unwrap_or_default(),
            words::duel(pair.duel).to_owned(),
            score(pair.b).unwrap_or_default(),
            month.name(pair.b).to_owned(),
            format!("{} 胜 {} 平 {} 负", pair.won, pair.drawn, pair.lost),
        ]
    });
    document.table(&columns, &rows.collect::<Vec<_>>());
}

/// Unit by indicator (WZ-13): value, completion, that of the quarter's checkpoint, the year before,
/// and place with movement below one another in a cell.
fn figures(document: &mut Document, month: &PostedMonth) {
    let is_asked = |group: &&PostedGroup| month.asked_of(group).next().is_some();
    for group in month.groups.iter().filter(is_asked) {
        document.paragraph(Align::Indented, &group.name);
        for from in (0..month.asked_of(group).count()).step_by(INDICATORS_ACROSS) {
            figures_from(document, month, group, from);
        }
    }
}

fn figures_from(document: &mut Document, month: &PostedMonth, group: &PostedGroup, from: usize) {
    let indicators = month.asked_of(group).skip(from).take(INDICATORS_ACROSS);
    let heads = indicators.map(|(_, indicator)| {
        let name = words::indicator(indicator).replace('（', "\n（");
        Column::new(name, 3, Align::Centre)
    });
    let unit = Column::new("单位", 4, Align::Left);
    let columns: Vec<Column> = std::iter::once(unit).chain(heads).collect();
    let rows = group.units.iter().map(|unit| {
        let cells = month.figures(group, unit).map(|(_, cell)| cell);
        let cells = cells.skip(from).take(INDICATORS_ACROSS);
        let name = std::iter::once(unit.name.clone());
        let cells = cells.map(|cell| figure(month.period, cell));
        name.chain(cells).collect::<Vec<_>>()
    });
    document.table(&columns, &rows.collect::<Vec<_>>());
}

fn figure(period: Period, cell: &PostedCell) -> String {
    let Some(value) = &cell.value else {
        return "未报".to_owned();
    };
    let completion = cell.completion.as_ref().map(|done| format!("{done}%"));
    let moved = cell.moved.map(format::moved).unwrap_or_default();
    let rank = cell.rank.map(|rank| format!("第 {rank}　{moved}"));
    let rank = rank.map(|line| line.trim_end().to_owned());
    let checkpoint = checkpoint_words(Lang::Zh, period, cell);
    let lines = [
        Some(value.clone()),
        completion,
        checkpoint,
        words::in_year(cell),
        rank,
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
