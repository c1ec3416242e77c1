//! What arrived from this card and could not be entered: it is not lost, and an account decides.

use super::work::Work;
use crate::components::icon::Icon;
use crate::components::wire::Wire;
use crate::mounted::{IntoMounted, Mounted, live};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, when};
use leptos::prelude::*;
use leptos::server::codee::Decoder;
use sync::protocol::{FieldAct, FieldKept, FieldView};

pub fn kept(work: Work) -> Mounted {
    let lang = lang();
    live(move || {
        let view = work.view.get()?;
        if view.kept.is_empty() {
            return None;
        }
        let rows = view.kept.iter();
        let rows = rows.map(|one| row(lang, &view, one)).collect_view();
        let list = view! {
            <div class="head"><h2>{text::field_kept(lang)}</h2></div>
            <p class="note pad-x">{text::field_kept_why(lang)}</p>
            <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
        };
        Some(list.mounted())
    })
    .mounted()
}

fn row(lang: Lang, view: &FieldView, one: &FieldKept) -> Mounted {
    let (tone, word) = match (one.is_entered, one.decided.is_empty()) {
        (true, _) => ("ok", text::field_kept_entered(lang)),
        (false, true) => ("wait", text::field_kept_word(lang)),
        (false, false) => ("wait", text::field_kept_left(lang)),
    };
    let name = what(lang, view, &one.text);
    let decided = one.decided.clone();
    let at = when::day_and_clock(one.at, lang);
    view! {
        <li class="row">
            <span class="row-no"><Icon name="box" /></span>
            <div class="row-main">
                <p class="row-name">{name}</p>
                <p class="row-text">{at} " " {decided}</p>
            </div>
            <div class="row-end"><span class="tag" data-tone=tone>{word}</span></div>
        </li>
    }
    .mounted()
}

/// In one line, what was said.
fn what(lang: Lang, view: &FieldView, text: &str) -> String {
    let Ok(act) = <Wire as Decoder<FieldAct>>::decode(text) else {
        return text::field_kept_unread(lang).to_owned();
    };
    match act {
        FieldAct::Record(record) => {
            let mut units = view.units.iter();
            let unit = units.find(|unit| unit.id == record.unit);
            let name = unit.map(|unit| unit.name.clone()).unwrap_or_default();
            [name, record.points, record.reason].join(" ")
        }
        FieldAct::Appeal { reason, .. } => {
            [text::field_appeal(lang).to_owned(), reason].join(text::home_comma(lang))
        }
        FieldAct::Reply { words, .. } => {
            [text::field_reply(lang).to_owned(), words].join(text::home_comma(lang))
        }
        FieldAct::MeritReply { words, .. } => {
            [text::links_kept_merit_reply(lang).to_owned(), words].join(text::home_comma(lang))
        }
        FieldAct::Decide { is_confirmed, .. } => match is_confirmed {
            true => text::field_confirm(lang).to_owned(),
            false => text::field_strike(lang).to_owned(),
        },
        FieldAct::DecideFlags {
            period, is_agreed, ..
        } => {
            let word = match is_agreed {
                true => text::links_kept_flags_agreed(lang),
                false => text::links_kept_flags_objected(lang),
            };
            [format::month(lang, period), word.to_owned()].join(text::home_comma(lang))
        }
        FieldAct::Figures(figures) => {
            let entry = view.entry.as_ref();
            let named = entry.and_then(|entry| entry.named(figures.indicator));
            let name = named.map(|(name, _)| name.to_owned()).unwrap_or_default();
            let month = format::month(lang, figures.period);
            text::field_kept_figures(lang, month, figures.figures.len(), name)
        }
    }
}
