//! What a department's month is asked for: a row for each indicator, what comes later, and what was
//! left of a month that is over.

use super::entry::{Entry, Sheet};
use super::standing::field_words;
use crate::components::icon::Icon;
use crate::format;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::text::{self, Lang};
use domain::month::period::Period;
use leptos::prelude::*;
use std::collections::BTreeMap;
use sync::protocol::{FieldEntry, FieldFigures, FieldIndicator, FieldLater};

pub fn list(entry: Entry, lang: Lang) -> Mounted {
    let known = entry.read(FieldEntry::clone);
    let is_source = |known: &FieldEntry| !known.indicators.is_empty() || !known.later.is_empty();
    let Some(known) = known.filter(is_source) else {
        return view! {
            <section class="sheet empty" data-state="empty">
                <div class="ring"><Icon name="note" /></div>
                <p><b>{text::field_entry_none(lang)}</b></p>
                <p class="sub">{text::field_entry_none_body(lang)}</p>
            </section>
        }
        .mounted();
    };
    let left = leftovers(entry, lang, &known);
    if known.is_over {
        return view! { {left} {over(lang)} }.mounted();
    }
    let later = later(lang, &known.later);
    view! { {left} {asked(entry, lang, known)} {later} }.mounted()
}

/// The season's last month is done.
fn over(lang: Lang) -> Mounted {
    view! {
        <section class="sheet empty" data-state="empty">
            <div class="ring"><Icon name="check" /></div>
            <p><b>{text::field_entry_season_over(lang)}</b></p>
            <p class="sub">{text::field_entry_season_over_body(lang)}</p>
        </section>
    }
    .mounted()
}

/// What the month is asked for, and until when.
fn asked(entry: Entry, lang: Lang, known: FieldEntry) -> Mounted {
    let period = known.period;
    let month = text::field_entry_month(lang, format::month(lang, period));
    if known.indicators.is_empty() {
        let nothing = text::field_entry_later_only(lang);
        return view! {
            <div class="head"><h2>{month}</h2></div>
            <p class="say" data-tone="ok"><Icon name="check" /><span>{nothing}</span></p>
        }
        .mounted();
    }
    let until = format::day(lang, &known.until);
    let (tone, words) = match known.until < entry.work.today() {
        true => ("wait", text::field_entry_over(lang, until)),
        false => ("ok", text::field_entry_until(lang, until)),
    };
    let rows = known.indicators.into_iter();
    let rows = rows
        .map(|one| row(entry, lang, (period, one)))
        .collect_view();
    view! {
        <p class="say" data-tone=tone><Icon name="clock" /><span>{words}</span></p>
        <div class="head"><h2>{month}</h2></div>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
    }
    .mounted()
}

/// When the other indicators are asked for, in a line for each such month.
fn later(lang: Lang, later: &[FieldLater]) -> Mounted {
    let mut months: BTreeMap<Period, Vec<&str>> = BTreeMap::new();
    for one in later {
        months.entry(one.next).or_default().push(&one.name);
    }
    let line = |(next, names): (Period, Vec<&str>)| {
        let names = names.join(text::unit_list_comma(lang));
        let words = text::field_entry_later(lang, format::month(lang, next), names);
        view! { <p class="note pad-x block-gap">{words}</p> }.mounted()
    };
    months.into_iter().map(line).collect_view().mounted()
}

/// What was typed into a month that went on meanwhile: it can still be submitted, and an account
/// decides, or thrown away.
fn leftovers(entry: Entry, lang: Lang, known: &FieldEntry) -> Mounted {
    let notes = entry.work.left_figures();
    let of_others = notes
        .into_iter()
        .filter(|figures| figures.period != known.period);
    let row = |figures: FieldFigures| {
        let sheet = Sheet {
            indicator: figures.indicator,
            period: figures.period,
        };
        let named = known.named(figures.indicator);
        let name = named.map(|(name, _)| name.to_owned()).unwrap_or_default();
        let month = format::month(lang, figures.period);
        let words = text::field_entry_left(lang, month, figures.figures.len(), name);
        let send = move |_| {
            entry.begin(sheet);
            entry.submit(sheet);
        };
        let drop = move |_| entry.work.drop_kept(sheet.key());
        view! {
            <div class="say" data-tone="wait">
                <Icon name="note" />
                <span class="cluster">
                    {words}
                    <button class="btn" data-size="small" on:click=act(send)>
                        {text::field_submit(lang)}
                    </button>
                    <button class="btn" data-size="small" on:click=act(drop)>
                        {text::field_drop(lang)}
                    </button>
                </span>
            </div>
        }
        .mounted()
    };
    of_others.map(row).collect_view().mounted()
}

fn row(entry: Entry, lang: Lang, (period, indicator): (Period, FieldIndicator)) -> Mounted {
    let of = indicator.cells.len();
    let sheet = Sheet {
        indicator: indicator.id,
        period,
    };
    let filled = live(move || {
        let shown = entry.shown(sheet);
        let filled = shown.values().filter(|value| !value.is_empty()).count();
        text::field_entry_filled(lang, filled, of)
    });
    let state = live(move || {
        let op = entry.work.op_about(sheet.key())?;
        let words = field_words(&op.state, lang);
        let tag = view! {
            <span class="tag" data-tone=words.tone><Icon name=words.icon />{words.word}</span>
        };
        Some(tag.mounted())
    });
    let name = measured(lang, &indicator);
    view! {
        <li class="row">
            <span class="row-no"><Icon name="note" /></span>
            <div class="row-main">
                <p class="row-name">{name}</p>
                <p class="row-text">{filled}</p>
            </div>
            <div class="row-end">
                {state}
                <button class="btn" data-size="small" on:click=act(move |_| entry.begin(sheet))>
                    {text::field_entry_open(lang)}
                </button>
            </div>
        </li>
    }
    .mounted()
}

/// An indicator's name with its unit of measure.
pub fn measured(lang: Lang, indicator: &FieldIndicator) -> String {
    match indicator.measure.as_str() {
        "" => indicator.name.clone(),
        measure => text::field_entry_measured(lang, measure.to_owned(), indicator.name.clone()),
    }
}
