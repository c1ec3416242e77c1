//! The month's picture: red and black list with reasons (units alone, never people), then the first
//! of each group with its flags.

use super::super::words;
use super::canvas::{self, Anchor, Canvas, MARGIN, Type, WIDTH};
use super::{Frame, more, reasons};
use app::components::standing::{signed, sponsor_words};
use app::format::{self, wrapped};
use app::text::Lang;
use domain::month::board::Listed;
use sync::posted_month::{PostedFlags, PostedGroup, PostedMonth, PostedUnit};

/// What goes beyond is counted, and stands on the page that the code leads to.
const UNITS_MAX: usize = 10;
const PLACES: u32 = 3;
/// Characters in a line, by the size of its type.
const NAME_CHARS: usize = 14;
const CARD_CHARS: usize = 14;
const CARD_NAME_CHARS: usize = 8;
const FLAG_LINES: usize = 3;
/// Groups stand on cards, two beside one another.
const CARD: u32 = 460;
const CARD_GAP: u32 = 32;
const CARD_PAD: u32 = 24;
const CARD_HEAD: u32 = 52;
const CARD_LINE: u32 = 44;

pub fn draw(month: &PostedMonth, frame: &Frame) -> String {
    let mut canvas = Canvas::default();
    let period = format::month(Lang::Zh, month.period);
    let title = format!("{period}榜单");
    let season = [
        Some(format!("赛季 {}", month.season_name)),
        sponsor_words(Lang::Zh, &month.sponsor),
    ];
    let season: Vec<_> = season.into_iter().flatten().collect();
    let lines = [
        format!("{}　{}", month.county, month.title),
        season.join("　"),
    ];
    frame.head(&mut canvas, &title, &lines);
    for (listed, colour) in [(Listed::Red, canvas::ZHU), (Listed::Black, canvas::INK)] {
        list(&mut canvas, month, listed, colour);
    }
    let words = match (
        month.names(Listed::Red) || month.names(Listed::Black),
        month.taken_down,
    ) {
        (_, 1..) => Some("黑榜已到期撤下"),
        (false, 0) => Some("本月没有单位上榜"),
        (true, 0) => None,
    };
    if let Some(words) = words {
        canvas.space(90);
        canvas.write(Type::plain(34, canvas::INK_2), MARGIN, Anchor::Start, words);
    }
    groups(&mut canvas, month);
    frame.foot(&mut canvas, month);
    canvas.finish()
}

fn heading(canvas: &mut Canvas, words: &str, colour: &'static str) {
    canvas.space(56);
    canvas.rect((MARGIN, canvas.y()), (16, 56), colour);
    canvas.space(46);
    canvas.write(Type::bold(48, colour), MARGIN + 36, Anchor::Start, words);
    canvas.space(22);
}

fn list(canvas: &mut Canvas, month: &PostedMonth, listed: Listed, colour: &'static str) {
    let units = month.listed(listed);
    if units.is_empty() {
        return;
    }
    heading(canvas, words::list(listed), colour);
    for (group, unit) in units.iter().take(UNITS_MAX) {
        listed_unit(canvas, group, unit, colour);
    }
    more(canvas, units.len().saturating_sub(UNITS_MAX), "家");
}

fn listed_unit(canvas: &mut Canvas, group: &PostedGroup, unit: &PostedUnit, colour: &'static str) {
    canvas.space(52);
    let name = wrapped(&unit.name, NAME_CHARS, 1).concat();
    canvas.write(Type::bold(40, canvas::INK), MARGIN, Anchor::Start, &name);
    let net = signed(&unit.merit);
    canvas.write(Type::bold(40, colour), WIDTH - MARGIN, Anchor::End, &net);
    canvas.space(40);
    canvas.write(
        Type::plain(28, canvas::INK_2),
        MARGIN,
        Anchor::Start,
        &group.name,
    );
    reasons(canvas, &unit.merits);
    canvas.space(24);
    canvas.rule();
}

/// A group: its first ones, each with movement and score, and lines of who holds its flags.
struct Card<'a> {
    name: &'a str,
    places: Vec<(String, String)>,
    flags: Vec<String>,
}

fn groups(canvas: &mut Canvas, month: &PostedMonth) {
    if month.groups.is_empty() {
        return;
    }
    heading(canvas, "各组前三和流动旗", canvas::ACT);
    for two in month.groups.chunks(2) {
        let cards: Vec<Card> = two.iter().map(|group| Card::of(month, group)).collect();
        let height = cards.iter().map(Card::height).max().unwrap_or_default();
        let top = canvas.y() + CARD_GAP / 2;
        for (card, x) in cards.iter().zip([MARGIN, WIDTH - MARGIN - CARD]) {
            canvas.rect((x, top), (CARD, height), canvas::SHEET);
            canvas.at(top);
            card.write(canvas, x);
        }
        canvas.at(top + height + CARD_GAP / 2);
    }
}

impl<'a> Card<'a> {
    fn of(month: &PostedMonth, group: &'a PostedGroup) -> Self {
        let is_first = |unit: &&PostedUnit| unit.rank.is_some_and(|rank| rank <= PLACES);
        let places = group.units.iter().filter(is_first).take(PLACES as usize);
        let flags = group.flags.iter().filter_map(|flags| held(month, flags));
        Self {
            name: &group.name,
            places: places.map(place).collect(),
            flags: flags.flatten().collect(),
        }
    }

    fn height(&self) -> u32 {
        let lines = u32::try_from(self.places.len() + self.flags.len()).unwrap_or_default();
        CARD_HEAD + lines * CARD_LINE + 2 * CARD_PAD
    }

    fn write(&self, canvas: &mut Canvas, x: u32) {
        let (start, end) = (x + CARD_PAD, x + CARD - CARD_PAD);
        canvas.space(CARD_HEAD);
        let name = wrapped(self.name, CARD_CHARS, 1).concat();
        canvas.write(Type::bold(32, canvas::ACT), start, Anchor::Start, &name);
        for (words, figure) in &self.places {
            canvas.space(CARD_LINE);
            canvas.write(Type::plain(28, canvas::INK), start, Anchor::Start, words);
            canvas.write(Type::bold(28, canvas::INK), end, Anchor::End, figure);
        }
        canvas.space(CARD_PAD);
        for line in &self.flags {
            canvas.space(CARD_LINE);
            canvas.write(Type::plain(28, canvas::INK_2), start, Anchor::Start, line);
        }
    }
}

/// Who holds the flags of a name (GY-13), in lines: `红旗　青禾镇（留住）、石桥乡`.
fn held(month: &PostedMonth, flags: &PostedFlags) -> Option<Vec<String>> {
    let holders = flags.hand_overs.iter().filter_map(|flag| {
        let kept = if flag.is_kept() { "（留住）" } else { "" };
        Some(format!("{}{kept}", month.name(flag.to?)))
    });
    let holders: Vec<_> = holders.collect();
    let words = format!("{}　{}", flags.name, holders.join("、"));
    (!holders.is_empty()).then(|| wrapped(&words, CARD_CHARS, FLAG_LINES))
}

fn place(unit: &PostedUnit) -> (String, String) {
    let name = wrapped(&unit.name, CARD_NAME_CHARS, 1).concat();
    let score = unit.score.as_deref().map(format::figure);
    let moved = unit.moved.map(format::moved);
    let figure: Vec<_> = moved.into_iter().chain(score).collect();
    (format!("{} {name}", words::place(unit)), figure.join("　"))
}
