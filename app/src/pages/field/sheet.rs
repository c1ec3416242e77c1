//! One indicator's sheet: a field for each unit, with its target and its last value.

use super::entry::{Entry, Sheet};
use super::indicators::measured;
use super::standing::{again, field_words, refused};
use crate::components::icon::Icon;
use crate::format;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pad::Command;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::UnitId;
use leptos::prelude::*;
use std::collections::BTreeMap;
use sync::protocol::{FieldCell, FieldFigure, FieldIndicator, FieldUnit};
use sync::typed::FigureFault;

pub fn sheet(entry: Entry, open: Sheet) -> Mounted {
    let lang = lang();
    let pad = entry.work.pad;
    Effect::new(move |_| pad.send(Command::SheetOpen(true)));
    on_cleanup(move || pad.send(Command::SheetOpen(false)));
    // Built once: a download must not take a field away from under the fingers.
    let indicator = untrack(|| entry.of_sheet(open));
    let head = measured(lang, &indicator);
    let month = text::field_entry_month(lang, format::month(lang, open.period));
    view! {
        <div class="head"><h2>{head}</h2> <span class="sub">{month}</span></div>
        <p class="note pad-x">{text::field_entry_rule(lang)}</p>
        {on_its_way(entry, lang, open)}
        {groups(entry, lang, (open, indicator))}
    }
    .mounted()
}

fn groups(entry: Entry, lang: Lang, (open, indicator): (Sheet, FieldIndicator)) -> Mounted {
    let units = entry.work.view.with_untracked(|view| {
        let units = view.as_ref().map(|view| view.units.clone());
        units.unwrap_or_default()
    });
    // Read once for all fields: it goes through everything that is on its way.
    let now = Kept::new(move || entry.shown(open));
    let cells = indicator.cells.into_iter().map(|cell| (cell.unit, cell));
    let mut cells: BTreeMap<_, _> = cells.collect();
    let mut groups: Vec<(String, Vec<Mounted>)> = Vec::new();
    for unit in units {
        let Some(cell) = cells.remove(&unit.id) else {
            continue;
        };
        let group = unit.group.clone();
        let row = field(entry, lang, now, (open, &unit, &cell));
        match groups.last_mut().filter(|(name, _)| *name == group) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((group, vec![row])),
        }
    }
    let section = |(group, rows): (String, Vec<Mounted>)| {
        view! {
            <div class="head"><h3>{group}</h3></div>
            <section class="sheet">
                <ol class="ledger" data-kind="line" role="list">{rows}</ol>
            </section>
        }
        .mounted()
    };
    groups.into_iter().map(section).collect_view().mounted()
}

fn field(
    entry: Entry,
    lang: Lang,
    now: Kept<BTreeMap<UnitId, String>>,
    (open, unit, cell): (Sheet, &FieldUnit, &FieldCell),
) -> Mounted {
    let id = unit.id;
    let typed = Kept::new(move || entry.typed.with(|typed| typed.get(&id).cloned()));
    let base = entry.base.with_untracked(|base| base.get(&id).cloned());
    let start = untrack(|| typed.get()).map_or(base.unwrap_or_default(), |figure| figure.value);
    // Somebody else entered another value since the field was opened.
    let news = live(move || {
        let now = now.with(|now| now.get(&id).cloned()).unwrap_or_default();
        let seen = entry
            .base
            .with(|base| base.get(&id).cloned())
            .unwrap_or_default();
        (now != seen).then(|| {
            let now = text::field_entry_now(lang, format::figure(&now));
            view! { <p class="field-error" role="status"><Icon name="warn" />{now}</p> }.mounted()
        })
    });
    let read = live(move || read(entry, lang, &typed.get()?));
    let part = |words: fn(Lang, String) -> String, number: &str| {
        (!number.is_empty()).then(|| words(lang, format::figure(number)))
    };
    let target = part(text::field_entry_target, &cell.target);
    let earlier = part(text::field_entry_earlier, &cell.earlier);
    let facts: Vec<_> = target.into_iter().chain(earlier).collect();
    let facts = facts.join(text::home_comma(lang));
    let (name, label) = (unit.name.clone(), unit.name.clone());
    let write = move |event| entry.write(open, id, event_target_value(&event));
    view! {
        <li class="row">
            <span class="row-no"></span>
            <div class="row-main">
                <p class="row-name">{name}</p>
                <p class="row-text">{facts}</p>
                {news}
                {read}
            </div>
            <div class="row-end">
                <input
                    class="input"
                    data-size="figure"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-label=label
                    prop:value=start
                    on:input=act(write)
                />
            </div>
        </li>
    }
    .mounted()
}

/// How a text is read, where it is not written as it will stand; or why it cannot be read, once
/// somebody tried to submit.
fn read(entry: Entry, lang: Lang, typed: &FieldFigure) -> Option<Mounted> {
    let fault = match entry.number(&typed.value) {
        Ok(number) => {
            let value = number.value.to_string();
            let named = (value != typed.value.trim()).then(|| entry.measured(&value))?;
            let words = text::field_entry_read(lang, named);
            return Some(view! { <p class="row-text">{words}</p> }.mounted());
        }
        // Half typed, it is no fault yet.
        Err(_) if !entry.tried.get() => return None,
        Err(FigureFault::Percent) => text::field_entry_percent(lang),
        Err(FigureFault::Measured | FigureFault::Number(_)) => text::field_entry_fault(lang),
    };
    let view = view! {
        <p class="field-error" role="alert"><Icon name="warn" />{fault}</p>
    };
    Some(view.mounted())
}

/// Where the last submission of this sheet stands; what the disk refused can be tried again.
fn on_its_way(entry: Entry, lang: Lang, open: Sheet) -> Mounted {
    let op = Kept::new(move || entry.work.op_about(open.key()));
    live(move || {
        let op = op.get()?;
        let words = field_words(&op.state, lang);
        let again = refused(&op).map(|op| again(entry.work, lang, op));
        let view = view! {
            <p class="say" data-tone=words.tone role="status">
                <Icon name=words.icon />
                <span>{words.word} " " {words.why} {again}</span>
            </p>
        };
        Some(view.mounted())
    })
    .mounted()
}
