//! What a confirmer looks at: the flags of its group, records that wait for a second person, and
//! those decided here.

use super::ask::{AskDialog, Asked, Asking};
use super::records::{line, merit_words, reason};
use super::standing::{on_its_way, tag_line};
use super::work::{Work, about_of};
use super::{flags, photo};
use crate::components::icon::Icon;
use crate::components::standing::signed;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::EntryId;
use leptos::prelude::*;
use sync::protocol::{FieldAct, FieldMerit, FieldState};

pub fn confirm(work: Work) -> Mounted {
    let lang = lang();
    let asking = Asking::new();
    let list = live(move || {
        let Some(view) = work.view.get() else {
            return ().into_view().mounted();
        };
        let (merits, months) = (view.merits, view.flags);
        let has_flags = !months.is_empty();
        let flags = flags::flags(work, lang, months, asking);
        let (waiting, decided): (Vec<_>, Vec<_>) = merits.into_iter().partition(waits);
        if waiting.is_empty() && decided.is_empty() && has_flags {
            return flags;
        }
        if waiting.is_empty() && decided.is_empty() {
            return view! {
                <section class="sheet empty" data-state="empty">
                    <div class="ring"><Icon name="note" /></div>
                    <p><b>{text::field_confirm_none(lang)}</b></p>
                    <p class="sub">{text::field_confirm_none_body(lang)}</p>
                </section>
            }
            .mounted();
        }
        let count = text::field_count(lang, waiting.len());
        let titles = (
            text::field_confirm_waiting(lang),
            text::field_confirm_done(lang),
        );
        let section = move |title: &'static str, count: Option<String>, merits: Vec<FieldMerit>| {
            if merits.is_empty() {
                return None;
            }
            let rows = merits.into_iter();
            let rows = rows
                .map(|merit| row(work, lang, merit, asking))
                .collect_view();
            let view = view! {
                <div class="head"><h2>{title}</h2> <span class="sub">{count}</span></div>
                <section class="sheet">
                    <ol class="ledger" data-kind="score" role="list">{rows}</ol>
                </section>
            };
            Some(view.mounted())
        };
        let waiting = section(titles.0, Some(count), waiting);
        view! { {flags} {waiting} {section(titles.1, None, decided)} }.mounted()
    });
    view! {
        {list}
        <AskDialog work asking />
    }
    .mounted()
}

fn waits(merit: &FieldMerit) -> bool {
    matches!(merit.state, FieldState::Recorded | FieldState::Late)
}

fn row(work: Work, lang: Lang, merit: FieldMerit, asking: Asking) -> Mounted {
    let is_struck = (merit.state == FieldState::Void).then_some("struck");
    let line = line(
        lang,
        [
            &merit.dimension,
            &merit.item,
            &reason(lang, &merit.reason, &merit.document_no),
        ],
        &merit.day,
    );
    let (points, unit) = (signed(&merit.points), merit.unit_name.clone());
    let photo = merit
        .op_id
        .map(|op| photo::shown(work, lang, (op, merit.photo)));
    let unlisted = merit.is_unlisted.then(|| {
        let words = text::month_unlisted(lang);
        view! { <p class="row-text"><Icon name="warn" /> {words}</p> }.mounted()
    });
    view! {
        <li class="row" data-state=is_struck>
            <span class="row-no num">{points}</span>
            <div class="row-main">
                <p class="row-name">{unit}</p>
                <p class="row-text">{line}</p>
                {unlisted}
                {photo}
            </div>
            <div class="row-more">{live(move || standing(work, lang, &merit, asking))}</div>
        </li>
    }
    .mounted()
}

/// What was decided, is on its way, or can be decided.
fn standing(work: Work, lang: Lang, merit: &FieldMerit, asking: Asking) -> Mounted {
    if let Some(op) = work.op_about(EntryId(merit.id.0)) {
        return on_its_way(work, lang, &op);
    }
    if !waits(merit) {
        return tag_line(merit_words(merit, lang));
    }
    let id = merit.id;
    let confirm = move |_| {
        let act = FieldAct::Decide {
            merit: id,
            is_confirmed: true,
            reason: String::new(),
            draft: work.new_draft(),
        };
        if untrack(|| work.op_about(about_of(&act))).is_none() {
            work.seal(&act);
        }
    };
    let late = (merit.state == FieldState::Late)
        .then(|| view! { <span class="row-text">{text::field_state_late(lang)}</span> }.mounted());
    let merit = merit.clone();
    let strike = move |_| asking.ask(Asked::Strike(merit.clone()));
    view! {
        <p class="cluster">
            <button class="btn" data-size="small" data-kind="main" on:click=act(confirm)>
                {text::field_confirm(lang)}
            </button>
            <button class="btn" data-size="small" on:click=act(strike)>
                {text::field_strike(lang)}
            </button>
            {late}
        </p>
    }
    .mounted()
}
