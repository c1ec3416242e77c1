//! Words and marks of a posted month that several pages share: what moved, why a unit is on a
//! list, and which flag went where.

use crate::components::icon::Icon;
use crate::components::markup::Markup;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::UnitId;
use domain::month::Period;
use domain::month::board::Listed;
use domain::month::charter::Side;
use domain::month::flag::HandOver;
use leptos::prelude::*;
use sync::posted_month::{
    PostedCell, PostedCut, PostedFlags, PostedMerit, PostedMonth, PostedUnit, TeamMember,
};
use sync::protocol::AppealState;

/// ▲2, ▼1 or 持平, and the same in words for who hears the page. Nothing where the unit had no
/// place the month before.
#[must_use]
pub fn movement(lang: Lang, moved: Option<i64>) -> AnyView {
    let view = moved.map(|moved| {
        let mut words = Markup::new();
        movement_tags(&mut words, lang, moved);
        view! { <span class="move" inner_html=words.into_text()></span> }
    });
    view.into_any()
}

/// What stands inside of it, as markup.
pub fn movement_tags(to: &mut Markup, lang: Lang, moved: i64) {
    if moved == 0 {
        to.words(text::standings_level(lang));
        return;
    }
    to.tags("<span aria-hidden=\"true\">")
        .words(&format::moved(moved));
    to.tags("</span><span class=\"vh\">")
        .words(&moved_words(lang, moved));
    to.tags("</span>");
}

/// The same in words alone.
#[must_use]
pub fn moved_words(lang: Lang, moved: i64) -> String {
    match moved {
        0 => text::standings_level(lang).to_owned(),
        1.. => text::standings_up(lang, moved.unsigned_abs()),
        _ => text::standings_down(lang, moved.unsigned_abs()),
    }
}

/// The unit that holds a season (GY-23): `主办：龙苴镇`. Nothing where it is the county's.
#[must_use]
pub fn sponsor_words(lang: Lang, sponsor: &str) -> Option<String> {
    (!sponsor.is_empty()).then(|| text::posted_sponsor(lang, sponsor))
}

/// What is done of the quarter's checkpoint (ZR-5): `一季度目标完成 93.3%`.
#[must_use]
pub fn checkpoint_words(lang: Lang, period: Period, cell: &PostedCell) -> Option<String> {
    let done = cell.checkpoint_completion.as_deref().map(format::figure);
    done.map(|done| text::standings_checkpoint(lang, done, format::quarter(lang, period)))
}

/// How long the unit has been the first of its group, from two months on.
#[must_use]
pub fn streak(lang: Lang, months: u32) -> Option<String> {
    (months > 1).then(|| text::standings_streak(lang, months))
}

/// Net points with their sign: `+4`, `−1.5`, `0`.
#[must_use]
pub fn signed(points: &str) -> String {
    let is_plain = points.starts_with('-') || points.chars().all(|one| matches!(one, '0' | '.'));
    let sign = if is_plain { "" } else { "+" };
    format!("{sign}{}", format::figure(points.trim_start_matches('+')))
}

/// How an appeal stands: the tone of its tag, and the words.
#[must_use]
pub fn appeal_words(lang: Lang, state: AppealState) -> (&'static str, &'static str) {
    match state {
        AppealState::Open | AppealState::Unknown => ("wait", text::field_appeal_open(lang)),
        AppealState::Upheld => ("ok", text::field_appeal_upheld(lang)),
        AppealState::Rejected => ("wait", text::field_appeal_rejected(lang)),
    }
}

/// The number of the document that gave an honour (XY-15), or nothing.
#[must_use]
pub fn document_words(lang: Lang, number: &str) -> String {
    match number {
        "" => String::new(),
        number => text::standings_document(lang, number),
    }
}

/// Dimension, item, document and day of a record, and what counts of it where that is not all.
#[must_use]
pub fn merit_line(lang: Lang, merit: &PostedMerit) -> String {
    let cut = merit.cut.as_ref().map(|cut| cut_words(lang, cut));
    let parts = [
        merit.dimension.clone(),
        merit.item.clone(),
        document_words(lang, &merit.document_no),
        format::day(lang, &merit.day),
        cut.unwrap_or_default(),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(text::home_comma(lang))
}

/// Who a place on the red list is credited to (ES-6). Nobody beside any other unit.
#[must_use]
pub fn team_line(lang: Lang, unit: &PostedUnit) -> Option<String> {
    if unit.listed != Some(Listed::Red) || unit.team.is_empty() {
        return None;
    }
    let name = |member: &TeamMember| match member.post.as_str() {
        "" => member.name.clone(),
        post => text::standings_member(lang, member.name.clone(), post.to_owned()),
    };
    let names: Vec<_> = unit.team.iter().map(name).collect();
    let names = names.join(text::unit_list_comma(lang));
    Some(text::standings_team(lang, names))
}

/// A unit's name, and the way to its page for whoever may open that.
#[must_use]
pub fn unit_name(unit: UnitId, name: &str, has_page: bool) -> AnyView {
    let name = name.to_owned();
    match has_page {
        true => view! { <a href=paths::unit(unit)>{name}</a> }.into_any(),
        false => name.into_any(),
    }
}

/// What the cap of an item leaves of a record, and why (ES-3).
#[must_use]
pub fn cut_words(lang: Lang, cut: &PostedCut) -> String {
    text::standings_cut(lang, format::figure(&cut.cap), signed(&cut.counted))
}

/// The flag itself.
#[must_use]
pub fn flag(lang: Lang, flags: &PostedFlags, number: u32) -> AnyView {
    flag_words(lang, &flags.name, flags.side, number)
}

/// A flag by its name: a pennant for the first, a swallow-tail for the last.
#[must_use]
pub fn flag_words(lang: Lang, name: &str, side: Side, number: u32) -> AnyView {
    let shape = match side {
        Side::Top => "red",
        Side::Bottom => "yellow",
    };
    let words = text::standings_flag(lang, number, name.to_owned());
    view! { <span class="flag" data-flag=shape><Icon name="flag" />{words}</span> }.into_any()
}

/// Who gave the flag, and whether it stayed.
#[must_use]
pub fn handed(lang: Lang, month: &PostedMonth, flag: &HandOver) -> String {
    let name = |unit: UnitId| month.name(unit).to_owned();
    match (flag.from, flag.to) {
        _ if flag.is_kept() => text::standings_kept(lang).to_owned(),
        (Some(from), Some(_)) => text::standings_handed(lang, name(from)),
        (None, Some(_)) => text::standings_taken(lang).to_owned(),
        (Some(from), None) => text::standings_returned(lang, name(from)),
        (None, None) => text::standings_idle(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn net_points_bear_their_sign() {
        for (points, written) in [
            ("4", "+4"),
            ("+4.0", "+4.0"),
            ("-1.5", "−1.5"),
            ("0", "0"),
            ("0.00", "0.00"),
            ("0.5", "+0.5"),
        ] {
            assert_eq!(signed(points), written);
        }
    }

    #[test]
    fn a_record_beyond_its_items_cap_says_what_counts_of_it() {
        let mut merit = PostedMerit {
            points: "-2".to_owned(),
            dimension: "服务成效".to_owned(),
            reason: "村口有垃圾".to_owned(),
            day: "2026-07-12".to_owned(),
            item: String::new(),
            document_no: String::new(),
            cut: None,
        };
        assert_eq!(merit_line(Lang::Zh, &merit), "服务成效，7月12日");
        merit.document_no = "云政发〔2026〕7号".to_owned();
        let honour = "服务成效，文号 云政发〔2026〕7号，7月12日";
        assert_eq!(merit_line(Lang::Zh, &merit), honour);
        merit.document_no.clear();
        merit.item = "河道有垃圾".to_owned();
        merit.cut = Some(PostedCut {
            counted: "-0.5".to_owned(),
            cap: "3".to_owned(),
        });
        assert_eq!(
            merit_line(Lang::Zh, &merit),
            "服务成效，河道有垃圾，7月12日，计 −0.5，该项本月封顶 3 分，超出不计"
        );
    }

    #[test]
    fn one_month_is_no_streak() {
        assert_eq!(streak(Lang::Zh, 1), None);
        assert_eq!(streak(Lang::Zh, 3).as_deref(), Some("连续 3 个月第一"));
    }
}
