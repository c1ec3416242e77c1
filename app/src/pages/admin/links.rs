//! 岗位卡: the cards of a season, for inspectors, confirmers, departments and units. Issued, printed,
//! taken back; and what a phone sent that could not be entered.

mod issue;
mod kept;
mod reading;
mod said;

use crate::api::field::load_links;
use crate::backend::{CardState, LinkCommand, LinkRow, LinksPage};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::print::print_cards;
use crate::components::state::Empty;
use crate::pages::admin::acts::{Acts, Ask, AskDialog, ask_button};
use crate::pages::admin::cards::{printed, refusal};
use crate::pages::admin::nav::{County, back_to_months, county_links};
use crate::pages::admin::season_page::of_season;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, when};
use domain::ids::SeasonId;
use leptos::prelude::*;
use sync::protocol::HolderKind;

/// In the order in which a month needs them.
const KINDS: [HolderKind; 4] = [
    HolderKind::Source,
    HolderKind::Inspector,
    HolderKind::Confirmer,
    HolderKind::Unit,
];

#[component]
pub fn Links() -> impl IntoView {
    of_season(page)
}

fn page(season: SeasonId) -> AnyView {
    let lang = lang();
    let acts = Acts::of_links(season);
    let again = Signal::derive(move || acts.done.get());
    let content = current(
        move || load_links(season),
        again,
        RwSignal::new(false),
        move |page| view! { {move || page.with(|page| links(lang, page, acts))} }.into_any(),
    );
    view! {
        <StaffPage
            title=text::links_title(lang)
            back=back_to_months()
            kind="cards"
            links=county_links(County::Months)
        >
            <main id="main" class="wide">{content}</main>
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}

fn links(lang: Lang, page: &LinksPage, acts: Acts<LinkCommand>) -> AnyView {
    if let Some(why) = &page.refused {
        return refusal(lang, why);
    }
    let is_printable = page.links.iter().any(|link| link.print.is_some());
    let print = is_printable.then(|| print_cards(lang));
    let cards: Vec<_> = page
        .links
        .iter()
        .filter_map(|link| card(lang, page, link))
        .collect();
    view! {
        <div class="no-print">
            <p class="say"><Icon name="help" /><span>{text::links_lead(lang)}</span></p>
            <div class="cluster pad-x">{issue::issue(lang, page, acts)} {print}</div>
            {kept::kept(lang, &page.kept, acts)}
            {KINDS.map(|kind| list(lang, page, kind, acts)).into_iter().collect_view()}
            {nobody(lang, page)}
            {reading::reading(lang, page, acts)}
        </div>
        <div class="cards">{cards}</div>
    }
    .into_any()
}

fn nobody(lang: Lang, page: &LinksPage) -> AnyView {
    if !page.links.is_empty() {
        return ().into_any();
    }
    let body = text::links_none_text(lang);
    view! { <Empty icon="seat" title=text::links_none(lang) body /> }.into_any()
}

fn list(lang: Lang, page: &LinksPage, kind: HolderKind, acts: Acts<LinkCommand>) -> AnyView {
    let of_kind = page.links.iter().filter(|link| link.kind == kind);
    let rows: Vec<_> = of_kind.map(|link| row(lang, page, link, acts)).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let title = role(lang, kind);
    let until = (kind == HolderKind::Source).then(|| {
        let words = text::links_entry_day(lang, page.entry_day);
        let ask = ask_button(acts, issue::entry_day(lang, page.entry_day));
        view! { <p class="note pad-x cluster">{words} {ask}</p> }
    });
    view! {
        <div class="head"><h2>{title}</h2></div>
        {until}
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
    }
    .into_any()
}

fn role(lang: Lang, kind: HolderKind) -> &'static str {
    match kind {
        HolderKind::Unit => text::links_units(lang),
        HolderKind::Source => text::links_sources(lang),
        HolderKind::Confirmer => text::links_confirmers(lang),
        _ => text::links_inspectors(lang),
    }
}

fn row(lang: Lang, page: &LinksPage, link: &LinkRow, acts: Acts<LinkCommand>) -> AnyView {
    let (tone, words) = standing(lang, link);
    let waiting = (0 < link.pending).then(|| {
        view! { <p class="row-text">{text::links_waiting(lang, link.pending)}</p> }
    });
    let scope = match (link.kind, link.scope.as_str()) {
        (HolderKind::Confirmer, "") => text::links_scope_all(lang).to_owned(),
        (_, scope) => scope.to_owned(),
    };
    let scope = (!scope.is_empty()).then(|| [scope, String::new()].join(text::home_comma(lang)));
    let buttons: Vec<_> = questions(lang, page, link)
        .into_iter()
        .map(|ask| ask_button(acts, ask))
        .collect();
    view! {
        <li class="row">
            <span class="row-no num">{link.number}</span>
            <div class="row-main">
                <p class="row-name">{link.holder.clone()}</p>
                <p class="row-text">{scope} {words}</p>
                {waiting}
            </div>
            <div class="row-end"><span class="tag" data-tone=tone>{state(lang, link)}</span></div>
            <div class="row-more cluster">{buttons}</div>
        </li>
    }
    .into_any()
}

fn state(lang: Lang, link: &LinkRow) -> &'static str {
    match (link.state, &link.pairing) {
        (CardState::Withdrawn, _) => text::links_withdrawn(lang),
        (CardState::Locked, _) => text::links_locked(lang),
        (_, None) if link.kind == HolderKind::Unit => text::links_issued(lang),
        (_, None) => text::links_unpaired(lang),
        (_, Some(pad)) if pad.online => text::desk_seat_ready(lang),
        (_, Some(_)) => text::desk_seat_offline(lang),
    }
}

fn standing(lang: Lang, link: &LinkRow) -> (Option<&'static str>, String) {
    let tone = match (link.state, &link.pairing) {
        (CardState::Locked, _) => Some("alarm"),
        (CardState::Issued, Some(pad)) if pad.online => Some("ok"),
        (CardState::Issued, None) if link.kind != HolderKind::Unit => Some("wait"),
        _ => None,
    };
    let seen = link.pairing.as_ref().map(|pad| {
        let at = pad.last_seen.unwrap_or(pad.paired_at);
        text::desk_seen(lang, when::day_and_clock(at, lang))
    });
    let words = seen
        .into_iter()
        .chain([last_day(lang, link)])
        .collect::<Vec<_>>();
    (tone, words.join(text::home_comma(lang)))
}

/// Until when the card works.
fn last_day(lang: Lang, link: &LinkRow) -> String {
    text::links_until(lang, format::day_with_year(lang, &link.until.to_string()))
}

fn questions(lang: Lang, page: &LinksPage, link: &LinkRow) -> Vec<Ask<LinkCommand>> {
    let id = link.id;
    let mut asks = Vec::new();
    if link.state == CardState::Locked {
        let unlock = LinkCommand::Unlock { link: id };
        asks.push(Ask::plain(text::links_unlock(lang), "", false, unlock));
    }
    asks.push(issue::again(lang, page, link));
    if link.state != CardState::Withdrawn {
        let withdraw = LinkCommand::Withdraw { link: id };
        let body = text::links_withdraw_body(lang);
        asks.push(Ask::plain(text::links_withdraw(lang), body, true, withdraw));
    }
    asks
}

fn card(lang: Lang, page: &LinksPage, link: &LinkRow) -> Option<AnyView> {
    let print = link.print.as_ref()?;
    let head = view! { <b>{link.holder.clone()}</b> }.into_any();
    let role = [role(lang, link.kind), &last_day(lang, link)].join(text::home_comma(lang));
    let names = (
        text::links_label(lang, link.holder.clone()),
        text::links_open(lang, link.holder.clone()),
    );
    let title = text::links_season(lang, page.season_name.clone());
    Some(printed(
        lang,
        &title,
        names,
        (head, &role, text::links_how(lang)),
        print,
    ))
}
