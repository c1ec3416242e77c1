//! What the host reads where something is not as it should be.

use super::Hand;
use super::link::{Failed, Link, Lost, Why};
use crate::components::icon::Icon;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::prefs::lang;
use crate::text;
use crate::when;
use leptos::prelude::*;

/// Nothing came from the server yet.
pub fn opening(link: Link) -> Mounted {
    let lang = lang();
    let body = live(move || {
        if link.silent.get() {
            text::host_silent(lang)
        } else {
            text::error_loading(lang)
        }
    });
    view! {
        <main id="main">
            <section class="sheet empty" aria-busy="true">
                <div class="ring" data-tone="off"><Icon name="clock" /></div>
                <p role="status">{body}</p>
            </section>
        </main>
    }
    .mounted()
}

/// This device moves no gate of this contest.
pub fn lost(lost: Lost) -> Mounted {
    let lang = lang();
    let (title, body) = match lost {
        Lost::NotHere => (text::host_not_here(lang), text::host_not_here_body(lang)),
        Lost::Replaced => (text::host_replaced(lang), text::host_replaced_body(lang)),
        Lost::Withdrawn => (text::host_withdrawn(lang), text::host_withdrawn_body(lang)),
        Lost::Expired => (text::host_expired(lang), text::host_withdrawn_body(lang)),
        Lost::TooOld => (text::host_too_old(lang), text::host_too_old_body(lang)),
    };
    view! {
        <main id="main">
            <section class="sheet empty" data-state="error">
                <div class="ring"><Icon name="lock" /></div>
                <p role="alert"><b>{title}</b></p>
                <p class="sub">{body}</p>
            </section>
        </main>
    }
    .mounted()
}

/// A command that did not go through, a line that is silent, or a take-over.
pub fn notices(hand: Hand) -> Mounted {
    let link = hand.link;
    let lang = lang();
    // A failure is told where it happened: beside another entry it would be read as that one's.
    let here = move || {
        let chosen = hand.chosen.get();
        link.failed
            .get()
            .filter(|failed| Some(failed.command.entry) == chosen)
    };
    let failed = live(move || here().map(|failed| failure(link, failed)));
    let silent = live(move || {
        (link.silent.get() && here().is_none())
            .then(|| say("wait", "off", text::host_silent(lang).to_owned()))
    });
    let took_over = Memo::new(move |_| {
        let view = link.view;
        view.with(|view| view.as_ref()?.credential.took_over_at)
    });
    let took_over = live(move || {
        let at = took_over.get()?;
        let words = text::host_took_over(lang, when::clock(at));
        Some(say("wait", "fork", words))
    });
    view! { <div class="stack">{failed} {silent} {took_over}</div> }.mounted()
}

fn failure(link: Link, failed: Failed) -> Mounted {
    let lang = lang();
    let words = match failed.why {
        Why::Silence => text::host_unanswered(lang),
        Why::Moved => text::host_moved(lang),
        Why::ReasonDue => text::host_reason_due(lang),
        Why::Refused => text::host_refused(lang),
    };
    let again = (failed.why == Why::Silence).then(|| {
        let command = failed.command;
        view! {
            <button
                type="button"
                class="btn"
                data-size="small"
                on:click=act(move |_| link.send(command.clone()))
            >
                {text::host_retry(lang)}
            </button>
        }
        .mounted()
    });
    view! {
        <div class="say" data-tone="alarm" role="alert">
            <Icon name="warn" />
            <span>{words}</span>
            {again}
        </div>
    }
    .mounted()
}

fn say(tone: &'static str, icon: &'static str, words: String) -> Mounted {
    view! {
        <div class="say" data-tone=tone role="status">
            <Icon name=icon />
            <span>{words}</span>
        </div>
    }
    .mounted()
}
