//! One unit for anybody: where it stands, why, and what moved. It is read on a cheap phone by
//! whoever works in the village, so the place comes first and everything below explains it.

mod axes;
mod course;
mod due;
mod plaque;
mod profile;
mod score;

pub use score::rounded;

use crate::api::month::load_unit;
use crate::backend::{UnitDuel, UnitPage};
use crate::components::bar::Back;
use crate::components::frame::{PublicPage, Tab};
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::pair::{Rival, Tally, pair};
use crate::components::share::{self, share_box};
use crate::components::standing::{merit_line, moved_words, signed};
use crate::components::state::{Empty, error_state};
use crate::error::{AppError, Code};
use crate::pages::month::list_name;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::UnitId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use sync::posted_month::{PostedGroup, PostedMerit, PostedMonth, PostedUnit};

#[component]
pub fn Unit() -> impl IntoView {
    let lang = lang();
    let back = Back {
        href: paths::UNITS.to_owned(),
        label: text::unit_back(lang),
    };
    let params = use_params_map();
    // A unit links to its rivals, and the page stays while its address changes.
    let address = Memo::new(move |_| -> Option<UnitId> {
        params.with(|params| params.get("unit")?.parse().ok())
    });
    let content = move || match address.get() {
        Some(id) => loaded(load_unit(id), move |page| unit(lang, &page)),
        None => error_state(&AppError::new(Code::NotFound)),
    };
    view! {
        <PublicPage title=text::unit_title(lang) back tab=Tab::Boards>
            {content}
        </PublicPage>
    }
    .into_any()
}

fn unit(lang: Lang, page: &UnitPage) -> AnyView {
    let own = page.month.as_ref().and_then(|month| {
        let (group, unit) = month.units().find(|(_, unit)| unit.unit == page.unit.id)?;
        Some((month, group, unit))
    });
    let card = about(lang, page).map(|about| {
        let title = format!("{} · {}", page.unit.name, text::unit_card(lang));
        share::card(title, about, &paths::unit(page.unit.id))
    });
    let content = match own {
        Some((month, group, unit)) => standing(lang, page, month, group, unit),
        None => nothing_posted(lang),
    };
    view! {
        <Title text=page.unit.name.clone() />
        {card}
        <link rel="stylesheet" href=paths::CHARTS_CSS />
        {heading(page)}
        {due::due(lang, page)}
        {content}
        {keep(lang, page)}
        {due::own_card(lang, page)}
        {share(lang, page)}
    }
    .into_any()
}

/// The unit's standing in a line: `2026年7月，乡镇组第 3，综合 96.40 分，升 2 位`.
fn about(lang: Lang, page: &UnitPage) -> Option<String> {
    let month = page.month.as_ref()?;
    let (group, unit) = month.units().find(|(_, unit)| unit.unit == page.unit.id)?;
    let place = unit
        .rank
        .map(|rank| text::unit_card_place(lang, group.name.clone(), rank));
    let score = unit.score.as_deref().map(format::figure);
    let parts = [
        Some(format::month(lang, month.period)),
        place,
        score.map(|score| text::unit_score(lang, score)),
        unit.moved.map(|moved| moved_words(lang, moved)),
        unit.listed
            .map(|listed| list_name(lang, listed).0.to_owned()),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    Some(parts.join(text::home_comma(lang)))
}

fn heading(page: &UnitPage) -> AnyView {
    let line = [page.unit.parent.clone(), page.unit.group.clone()];
    let line: Vec<_> = line.into_iter().filter(|part| !part.is_empty()).collect();
    view! {
        <div class="head">
            <h2>{page.unit.name.clone()}</h2>
            <span class="sub">{line.join("·")}</span>
        </div>
    }
    .into_any()
}

fn nothing_posted(lang: Lang) -> AnyView {
    let body = text::unit_empty_text(lang);
    view! {
        <Empty icon="board" title=text::unit_empty(lang) body>
            <a class="btn" href=paths::BOARDS>{text::unit_to_boards(lang)}</a>
        </Empty>
    }
    .into_any()
}

fn standing(
    lang: Lang,
    page: &UnitPage,
    month: &PostedMonth,
    group: &PostedGroup,
    unit: &PostedUnit,
) -> AnyView {
    view! {
        {plaque::plaque(lang, month, group, unit)}
        {score::held(lang, month, group, unit)}
        {reasons(lang, &unit.merits)}
        {course::course(lang, page)}
        {score::points(lang, unit)}
        {profile::profile(lang, page, month, group, unit)}
        {score::progress(lang, month, group, unit)}
        {duels(lang, page, unit)}
        {frozen(lang, month)}
    }
    .into_any()
}

/// Why the unit is on a list.
fn reasons(lang: Lang, merits: &[PostedMerit]) -> Option<AnyView> {
    if merits.is_empty() {
        return None;
    }
    let rows: Vec<_> = merits
        .iter()
        .map(|merit| {
            let line = merit_line(lang, merit);
            view! {
                <li class="row">
                    <span class="row-no num">{signed(&merit.points)}</span>
                    <div class="row-main">
                        <p class="row-name">{merit.reason.clone()}</p>
                        <p class="row-text">{line}</p>
                    </div>
                </li>
            }
        })
        .collect();
    let view = view! {
        <div class="head"><h2>{text::unit_reasons(lang)}</h2></div>
        <section class="sheet">
            <ol class="ledger" data-kind="score" role="list">{rows}</ol>
        </section>
    };
    Some(view.into_any())
}

fn duels(lang: Lang, page: &UnitPage, unit: &PostedUnit) -> Option<AnyView> {
    if page.duels.is_empty() {
        return None;
    }
    let cards: Vec<_> = page.duels.iter().map(|duel| card(unit, duel)).collect();
    let view = view! {
        <div class="head"><h2>{text::unit_duels(lang)}</h2></div>
        <section class="sheet"><ul role="list">{cards}</ul></section>
        <p class="note pad-x block-gap">{text::standings_pairs_hint(lang)}</p>
    };
    Some(view.into_any())
}

fn card(unit: &PostedUnit, duel: &UnitDuel) -> AnyView {
    let own = Rival {
        name: unit.name.clone(),
        href: None,
        score: duel.own_score.clone(),
    };
    let rival = Rival {
        name: duel.name.clone(),
        href: Some(paths::unit(duel.rival)),
        score: duel.rival_score.clone(),
    };
    let tally = Tally {
        won: duel.won,
        drawn: duel.drawn,
        lost: duel.lost,
    };
    pair(&own, &rival, duel.duel, tally)
}

/// 记住这个单位: a form, so that it works without script; the choice stays on the device.
fn keep(lang: Lang, page: &UnitPage) -> AnyView {
    let (value, words) = match page.is_own {
        true => (String::new(), text::unit_forget(lang)),
        false => (page.unit.id.to_string(), text::unit_remember(lang)),
    };
    view! {
        <form class="pad-x block-gap no-print" method="post" action=paths::PREFS>
            <input type="hidden" name="unit" value=value />
            <input type="hidden" name="back" value=paths::unit(page.unit.id) />
            <button class="btn" data-size="small" type="submit">{words}</button>
            <p class="note">{text::unit_remember_hint(lang)}</p>
        </form>
    }
    .into_any()
}

/// From when all of it is, and the way to the whole month.
fn frozen(lang: Lang, month: &PostedMonth) -> AnyView {
    let when = text::standings_posted(lang, format::moment(lang, month.posted_at));
    let edition = (month.edition > 1).then(|| text::contest_edition(lang, month.edition));
    let line: Vec<_> = std::iter::once(when).chain(edition).collect();
    let words = text::unit_to_month(lang, format::month(lang, month.period));
    view! {
        <p class="frozen">
            <Icon name="lock" />
            <span>
                {line.join(text::home_comma(lang))}
                <br />
                <a class="inline" href=paths::month(month.season, month.period)>{words}</a>
            </span>
        </p>
    }
    .into_any()
}

fn share(lang: Lang, page: &UnitPage) -> AnyView {
    let name = page.unit.name.clone();
    let link = share::link(lang, page.url.clone(), about(lang, page).unwrap_or(name));
    let picture = page.month.as_ref().map(|month| {
        let period = format::month(Lang::Zh, month.period);
        let name = format!("{}{period}.png", page.unit.name);
        share::picture(lang, paths::unit_picture(page.unit.id), name)
    });
    view! {
        <div class="head no-print"><h2>{text::share_title(lang)}</h2></div>
        <section class="sheet stack no-print" data-kind="text" data-gap="2">
            {share_box(view! { {link} {picture} }.into_any())}
            <p class="note">{page.url.clone()}</p>
            <p class="note">{text::contest_share_hint(lang)}</p>
            <p>
                <a class="btn" data-size="small" href=paths::INSTALL_HELP>
                    <Icon name="phone" />
                    {text::unit_keep(lang)}
                </a>
            </p>
            <p class="note">{text::unit_keep_text(lang)}</p>
        </section>
    }
    .into_any()
}
