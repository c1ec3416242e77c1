//! A unit's picture: its place, large, with what moved, the list it is on and why, and what its
//! score is the sum of.

use super::super::words;
use super::canvas::{self, Anchor, Canvas, MARGIN, Type, WIDTH};
use super::{Frame, reasons};
use app::backend::UnitPage;
use app::components::standing::signed;
use app::format::{self, wrapped};
use app::text::Lang;
use domain::month::board::Listed;
use sync::posted_month::{PostedGroup, PostedMonth, PostedUnit};

const NAME_CHARS: usize = 12;

/// `None`: nothing was posted of the unit.
pub fn draw(page: &UnitPage, frame: &Frame) -> Option<String> {
    let month = page.month.as_ref()?;
    let (group, unit) = month.units().find(|(_, unit)| unit.unit == page.unit.id)?;
    let mut canvas = Canvas::default();
    let period = format::month(Lang::Zh, month.period);
    let name = wrapped(&unit.name, NAME_CHARS, 1).concat();
    let lines = [
        format!("{}　{}", month.county, month.title),
        format!("{period}　{}", group.name),
    ];
    frame.head(&mut canvas, &name, &lines);
    standing(&mut canvas, group, unit);
    if let Some(listed) = unit.listed {
        mark(&mut canvas, unit, listed);
    }
    points(&mut canvas, unit);
    flags(&mut canvas, month, group, unit);
    frame.foot(&mut canvas, month);
    Some(canvas.finish())
}

fn standing(canvas: &mut Canvas, group: &PostedGroup, unit: &PostedUnit) {
    canvas.space(250);
    let place = match unit.rank {
        Some(rank) => format!("第 {rank} 名"),
        None => words::place(unit),
    };
    canvas.write(
        Type::bold(180, canvas::INK),
        WIDTH / 2,
        Anchor::Middle,
        &place,
    );
    canvas.space(70);
    let of = Some(format!("共 {} 家", group.ranked()));
    let streak = app::components::standing::streak(Lang::Zh, unit.first_in_a_row);
    let moved = Some(words::movement(unit)).filter(|words| !words.is_empty());
    let line: Vec<_> = [of, moved, streak].into_iter().flatten().collect();
    let line = line.join("　");
    canvas.write(
        Type::plain(38, canvas::INK_2),
        WIDTH / 2,
        Anchor::Middle,
        &line,
    );
    canvas.space(20);
}

/// The band of the list that the unit is on, with the reasons below it.
fn mark(canvas: &mut Canvas, unit: &PostedUnit, listed: Listed) {
    let colour = match listed {
        Listed::Red => canvas::ZHU,
        Listed::Black => canvas::INK,
    };
    canvas.space(40);
    canvas.rect((MARGIN, canvas.y()), (WIDTH - 2 * MARGIN, 84), colour);
    canvas.space(58);
    let (on, list) = (Type::bold(44, canvas::ON_BAR), words::list(listed));
    canvas.write(on, MARGIN + 28, Anchor::Start, list);
    canvas.write(on, WIDTH - MARGIN - 28, Anchor::End, &signed(&unit.merit));
    canvas.space(26);
    reasons(canvas, &unit.merits);
}

/// What the score is the sum of; a peer from outside has none.
fn points(canvas: &mut Canvas, unit: &PostedUnit) {
    let Some(score) = &unit.score else { return };
    let figures = unit.figures.as_deref().map(format::figure);
    let rows = [
        ("指标得分", figures.unwrap_or_default()),
        ("名次加分", signed(&unit.bonus)),
        ("加减分", signed(&unit.merit)),
        ("综合得分", format::figure(score)),
    ];
    canvas.space(30);
    for (at, (what, points)) in rows.iter().enumerate() {
        let of = if at + 1 == rows.len() {
            Type::bold(44, canvas::ACT)
        } else {
            Type::plain(34, canvas::INK)
        };
        canvas.space(56);
        canvas.write(of, MARGIN, Anchor::Start, what);
        canvas.write(of, WIDTH - MARGIN, Anchor::End, points);
        canvas.space(20);
        if at + 1 < rows.len() {
            canvas.rule();
        }
    }
}

/// The flags that the unit holds at the month's end (GY-13).
fn flags(canvas: &mut Canvas, month: &PostedMonth, group: &PostedGroup, unit: &PostedUnit) {
    let own = month.hand_overs();
    let own = own.filter(|(of, _, flag)| of.name == group.name && flag.to == Some(unit.unit));
    for (_, flags, flag) in own {
        canvas.space(56);
        let words = format!(
            "{} {} 号　{}",
            flags.name,
            flag.number,
            words::hand_over(flag)
        );
        canvas.write(Type::bold(34, canvas::INK), MARGIN, Anchor::Start, &words);
    }
}
