//! 主持卡: the card of the host's tablet, how that tablet is, and what can be done with the card.

use crate::backend::{CardPrint, CardState, Cards, DeskCommand, HostCard, Pairing};
use crate::components::icon::Icon;
use crate::pages::admin::acts::{Acts, Ask, ask_button};
use crate::pages::admin::cards::printed;
use crate::text::{self, Lang};
use crate::{format, when};
use leptos::prelude::*;

/// What is known of the host's card, and the acts on it.
pub fn host_panel(lang: Lang, host: &HostCard, acts: Acts) -> AnyView {
    let facts: Vec<_> = facts(lang, host)
        .into_iter()
        .map(|(state, icon, words)| {
            view! { <li data-state=state><Icon name=icon />{words}</li> }
        })
        .collect();
    view! {
        <section class="sheet block-gap no-print">
            <div class="head"><h2>{text::cards_host(lang)}</h2></div>
            <p class="say"><Icon name="help" /><span>{text::cards_host_lead(lang)}</span></p>
            <div class="pad-x stack">
                <ul class="facts" role="list">{facts}</ul>
                <div class="cluster">{buttons(lang, host, acts)}</div>
            </div>
        </section>
    }
    .into_any()
}

/// The card itself; nothing while there is none that works.
pub fn host_card(lang: Lang, page: &Cards) -> Option<AnyView> {
    let print: &CardPrint = page.host.print.as_ref()?;
    let head = view! { <b>{text::cards_host(lang)}</b> }.into_any();
    let label = text::cards_host_label(lang).to_owned();
    let open = text::cards_host_open(lang).to_owned();
    let how = text::cards_host_how(lang);
    Some(printed(
        lang,
        &page.card.title,
        (label, open),
        (head, "", how),
        print,
    ))
}

fn facts(lang: Lang, host: &HostCard) -> Vec<(&'static str, &'static str, String)> {
    match (host.state, &host.pairing) {
        (CardState::None, _) => vec![("note", "slip", text::cards_host_none(lang).to_owned())],
        (CardState::Withdrawn, _) => vec![("no", "x", text::cards_host_withdrawn(lang).to_owned())],
        (CardState::Locked, _) => vec![("no", "lock", text::seats_locked(lang).to_owned())],
        (CardState::Issued, None) => {
            vec![("note", "slip", text::cards_host_unpaired(lang).to_owned())]
        }
        (CardState::Issued, Some(tablet)) => tablet_facts(lang, tablet),
    }
}

fn tablet_facts(lang: Lang, tablet: &Pairing) -> Vec<(&'static str, &'static str, String)> {
    let since = format::moment(lang, tablet.paired_at);
    let seen = match (tablet.online, tablet.last_seen) {
        (true, _) => ("yes", "done", text::desk_seat_ready(lang).to_owned()),
        (false, Some(at)) => ("note", "off", text::desk_seen(lang, when::clock(at))),
        (false, None) => ("note", "off", text::desk_seat_offline(lang).to_owned()),
    };
    let mut facts = vec![("yes", "phone", text::seats_paired_at(lang, since)), seen];
    if let Some(at) = tablet.took_over_at {
        let words = text::seats_took_over(lang, when::clock(at));
        facts.push(("no", "fork", words));
    }
    facts
}

fn buttons(lang: Lang, host: &HostCard, acts: Acts) -> Vec<AnyView> {
    if host.state == CardState::None {
        let issue = move |_| acts.run(DeskCommand::IssueHostCard);
        return vec![
            view! {
                <button class="btn" type="button" data-size="small" on:click=issue>
                    {text::cards_host_issue(lang)}
                </button>
            }
            .into_any(),
        ];
    }
    questions(lang, host)
        .into_iter()
        .map(|ask| ask_button(acts, ask))
        .collect()
}

fn questions(lang: Lang, host: &HostCard) -> Vec<Ask> {
    let mut asks = Vec::new();
    if host.state == CardState::Locked {
        let unlock = DeskCommand::UnlockCard { seat: None };
        asks.push(Ask::plain(text::cards_host_unlock(lang), "", false, unlock));
    }
    let reissue = DeskCommand::ReissueCard { seat: None };
    let body = text::cards_host_reissue_body(lang);
    asks.push(Ask::plain(
        text::cards_host_reissue(lang),
        body,
        false,
        reissue,
    ));
    if host.state != CardState::Withdrawn {
        let withdraw = DeskCommand::WithdrawCard { seat: None };
        let body = text::cards_host_withdraw_body(lang);
        asks.push(Ask::plain(
            text::cards_host_withdraw(lang),
            body,
            true,
            withdraw,
        ));
    }
    asks
}
