//! Who may read what of the season, as its charter has it, and the link for what is read by link.

use crate::backend::{LinkCommand, LinksPage};
use crate::components::icon::Icon;
use crate::components::share;
use crate::pages::admin::acts::{Acts, Ask, ask_button};
use crate::text::{self, Lang};
use domain::month::audience::{Audience, SlipAudience};
use leptos::prelude::*;

pub fn reading(lang: Lang, page: &LinksPage, acts: Acts<LinkCommand>) -> AnyView {
    let rule = page.audience;
    let slips = match rule.slips {
        SlipAudience::Unit => text::reading_by_unit(lang),
        SlipAudience::Staff => text::reading_by_staff(lang),
    };
    let rows = [
        (text::reading_board(lang), circle(lang, rule.board)),
        (text::reading_unit(lang), circle(lang, rule.unit)),
        (text::reading_bulletin(lang), circle(lang, rule.bulletin)),
        (text::reading_slips(lang), slips),
    ];
    let rows = rows.map(|(what, who)| {
        view! {
            <li class="row">
                <span class="row-no"><Icon name="lock" /></span>
                <div class="row-main">
                    <p class="row-name">{what}</p>
                    <p class="row-text">{who}</p>
                </div>
            </li>
        }
    });
    let link = rule.has_link().then(|| link(lang, page, acts));
    view! {
        <div class="head"><h2>{text::reading_title(lang)}</h2></div>
        <section class="sheet">
            <ul class="ledger" role="list">{rows.into_iter().collect_view()}</ul>
        </section>
        {link}
    }
    .into_any()
}

fn circle(lang: Lang, audience: Audience) -> &'static str {
    match audience {
        Audience::Public => text::reading_by_all(lang),
        Audience::Link => text::reading_by_link(lang),
        Audience::Staff => text::reading_by_staff(lang),
    }
}

fn link(lang: Lang, page: &LinksPage, acts: Acts<LinkCommand>) -> AnyView {
    let Some(url) = page.reading.clone() else {
        let make = Ask::plain(
            text::reading_make(lang),
            "",
            false,
            LinkCommand::RenewReading,
        );
        return view! {
            <p class="note pad-x cluster">{text::reading_none(lang)} {ask_button(acts, make)}</p>
        }
        .into_any();
    };
    let body = text::reading_renew_body(lang);
    let renew = Ask::plain(
        text::reading_renew(lang),
        body,
        true,
        LinkCommand::RenewReading,
    );
    let title = text::links_season(lang, page.season_name.clone());
    let ways = view! { {share::link(lang, url.clone(), title)} {ask_button(acts, renew)} };
    view! {
        <p class="note pad-x block-gap">{text::reading_link(lang)} " " <code>{url}</code></p>
        <div class="pad-x">{share::share_box(ways.into_any())}</div>
    }
    .into_any()
}
