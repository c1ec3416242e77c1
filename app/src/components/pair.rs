//! 结对: two rivals with their scores of a month, who is ahead, and how the season went.

use crate::components::chart::rope::rope;
use crate::format;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::month::pair::Duel;
use domain::number::Decimal;
use leptos::prelude::*;

/// One of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    pub name: String,
    /// Its page; a page does not link to itself.
    pub href: Option<String>,
    pub score: Option<String>,
}

/// The season so far, seen from the left one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub won: u32,
    pub drawn: u32,
    pub lost: u32,
}

/// The card of a pair; `duel` is seen from `left`.
#[must_use]
pub fn pair(left: &Rival, right: &Rival, duel: Duel, tally: Tally) -> AnyView {
    let lang = lang();
    let Tally { won, drawn, lost } = tally;
    let tally = text::standings_tally(lang, drawn, lost, left.name.clone(), won);
    let drawing = rope(left.score.as_deref(), right.score.as_deref());
    view! {
        <li class="pair">
            {side(left, duel)} {side(right, duel.turned())} {drawing}
            <p class="pair-say"><b>{verdict(lang, left, right, duel)}</b><span>{tally}</span></p>
        </li>
    }
    .into_any()
}

/// The circle means won; the verdict below says it in words.
fn side(rival: &Rival, duel: Duel) -> AnyView {
    let win = (duel == Duel::Win).then_some("");
    let score = rival
        .score
        .as_deref()
        .map_or_else(|| "—".to_owned(), format::figure);
    let name = match &rival.href {
        Some(href) => view! { <a href=href.clone()>{rival.name.clone()}</a> }.into_any(),
        None => rival.name.clone().into_any(),
    };
    view! {
        <div class="side" data-win=win>
            <p class="side-name">{name}</p>
            <p class="num">{score}</p>
        </div>
    }
    .into_any()
}

fn verdict(lang: Lang, left: &Rival, right: &Rival, duel: Duel) -> String {
    let (ahead, behind) = match duel {
        Duel::Win => (left, right),
        Duel::Lose => (right, left),
        Duel::Draw => return text::standings_draw(lang).to_owned(),
        Duel::Open => return text::standings_open(lang).to_owned(),
    };
    let name = ahead.name.clone();
    match lead(ahead, behind) {
        Some(points) => text::standings_lead(lang, name, points),
        None => text::standings_wins(lang, name),
    }
}

/// With the decimals of the scores. `None` where the scores as they are printed are equal or no
/// numbers: they are rounded, and the duel was decided before.
fn lead(ahead: &Rival, behind: &Rival) -> Option<String> {
    let score = ahead.score.as_deref()?;
    let (high, low): (Decimal, Decimal) =
        (score.parse().ok()?, behind.score.as_deref()?.parse().ok()?);
    let lead = Decimal::from_micros(high.micros().checked_sub(low.micros())?)?;
    let lead = Some(lead).filter(|lead| Decimal::ZERO < *lead)?.to_string();
    Some(padded(lead, decimals(score)))
}

fn decimals(number: &str) -> usize {
    number.split_once('.').map_or(0, |(_, part)| part.len())
}

fn padded(number: String, places: usize) -> String {
    let have = decimals(&number);
    let point = if have == 0 && places > 0 { "." } else { "" };
    let zeros = "0".repeat(places.saturating_sub(have));
    number + point + &zeros
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rival(name: &str, score: Option<&str>) -> Rival {
        Rival {
            name: name.to_owned(),
            href: None,
            score: score.map(str::to_owned),
        }
    }

    #[test]
    fn the_verdict_names_who_is_ahead_and_by_how_much() {
        let (one, two) = (rival("甲", Some("84.62")), rival("乙", Some("91.35")));
        assert_eq!(
            verdict(Lang::Zh, &one, &two, Duel::Lose),
            "乙 胜，领先 6.73"
        );
        let three = rival("丁", Some("81.32"));
        assert_eq!(
            verdict(Lang::Zh, &one, &three, Duel::Win),
            "甲 胜，领先 3.30"
        );
        assert_eq!(verdict(Lang::Zh, &one, &two, Duel::Draw), "平");
        let none = rival("丙", None);
        assert_eq!(verdict(Lang::Zh, &one, &none, Duel::Open), "待定");
        assert_eq!(verdict(Lang::Zh, &one, &one, Duel::Win), "甲 胜");
    }
}
