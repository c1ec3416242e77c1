//! 录数: a department gives the figures of its own indicators, one sheet an indicator. Each letter
//! lies on the disk; what was submitted shows as the value until the server's view has it.

use super::sheet;
use super::work::{Work, field_words, is_new, said};
use crate::components::icon::Icon;
use crate::format;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::{EntryId, IndicatorId, UnitId};
use domain::month::indicator::is_far;
use leptos::prelude::*;
use std::collections::BTreeMap;
use sync::protocol::{
    FIGURES_MAX, FieldAct, FieldEntry, FieldFigure, FieldFigures, FieldIndicator, figure_value,
};

/// The signals of the page. Copied freely.
#[derive(Clone, Copy)]
pub struct Entry {
    pub work: Work,
    /// The indicator whose sheet is open.
    pub open: RwSignal<Option<IndicatorId>>,
    /// What was typed into it, as it stands in the fields.
    pub typed: RwSignal<BTreeMap<UnitId, FieldFigure>>,
    /// Faults are shown from the first try to submit on.
    pub tried: RwSignal<bool>,
    /// Values far from the last ones were shown, and are meant so.
    sure: RwSignal<bool>,
}

impl Entry {
    pub fn new(work: Work) -> Self {
        Self {
            work,
            open: RwSignal::new(None),
            typed: RwSignal::new(BTreeMap::new()),
            tried: RwSignal::new(false),
            sure: RwSignal::new(false),
        }
    }

    /// What is entered now, by the last download.
    pub fn read<R>(self, read: impl FnOnce(&FieldEntry) -> R) -> Option<R> {
        self.work
            .view
            .with(|view| Some(read(view.as_ref()?.entry.as_ref()?)))
    }

    pub fn indicator(self, id: IndicatorId) -> Option<FieldIndicator> {
        self.read(|entry| entry.indicators.iter().find(|one| one.id == id).cloned())?
    }

    /// Opens a sheet with what was being typed there.
    fn begin(self, id: IndicatorId) {
        let period = self.read(|entry| entry.period);
        let typed = match untrack(|| self.work.kept(EntryId(id.0))) {
            Some(FieldAct::Figures(kept)) if Some(kept.period) == period => kept.figures,
            _ => Vec::new(),
        };
        let typed = typed.into_iter().map(|figure| (figure.unit, figure));
        self.typed.set(typed.collect());
        self.tried.set(false);
        self.sure.set(false);
        self.open.set(Some(id));
    }

    /// Takes one field's text, and lays the sheet on the disk.
    pub fn write(self, indicator: IndicatorId, unit: UnitId, value: String) {
        let seen = untrack(|| self.shown(indicator)).remove(&unit);
        let seen = seen.unwrap_or_default();
        self.sure.set(false);
        self.typed.update(|typed| {
            match value == seen {
                true => typed.remove(&unit),
                false => typed.insert(unit, FieldFigure { unit, value, seen }),
            };
        });
        let about = EntryId(indicator.0);
        let figures: Vec<_> = self
            .typed
            .with_untracked(|typed| typed.values().cloned().collect());
        match (figures.is_empty(), self.read(|entry| entry.period)) {
            (false, Some(period)) => {
                let act = FieldAct::Figures(FieldFigures {
                    indicator,
                    period,
                    figures,
                    draft: self.work.new_draft(),
                });
                self.work.keep(about, &act);
            }
            _ => self.work.drop_kept(about),
        }
    }

    /// Every unit's value: the server's, and over it what is on its way.
    pub fn shown(self, indicator: IndicatorId) -> BTreeMap<UnitId, String> {
        let Some(known) = self.indicator(indicator) else {
            return BTreeMap::new();
        };
        let period = self.read(|entry| entry.period);
        let cells = known.cells.into_iter();
        let mut shown: BTreeMap<_, _> = cells.map(|cell| (cell.unit, cell.value)).collect();
        let at = self
            .work
            .view
            .with(|view| view.as_ref().map(|view| view.at));
        self.work.pad.outbox.with(|outbox| {
            for op in &outbox.ops {
                let Some(FieldAct::Figures(figures)) = said(op) else {
                    continue;
                };
                let is_here = figures.indicator == indicator && Some(figures.period) == period;
                if is_here && is_new(op, at.unwrap_or_default()) {
                    let figures = figures.figures.into_iter();
                    shown.extend(figures.map(|figure| (figure.unit, figure.value)));
                }
            }
        });
        shown
    }

    /// What would be sent of the open sheet: plain decimals, and other ones than are there.
    pub fn changes(self, indicator: IndicatorId) -> Vec<FieldFigure> {
        let shown = self.shown(indicator);
        let change = |figure: &FieldFigure| {
            let value = figure_value(&figure.value)?.to_string();
            let seen = shown.get(&figure.unit).cloned().unwrap_or_default();
            (value != seen).then_some(FieldFigure {
                unit: figure.unit,
                value,
                seen,
            })
        };
        self.typed
            .with(|typed| typed.values().filter_map(change).collect())
    }

    /// How many fields hold no number.
    pub fn faults(self) -> usize {
        self.typed.with(|typed| {
            let wrong = typed
                .values()
                .filter(|one| figure_value(&one.value).is_none());
            wrong.count()
        })
    }

    /// Units whose new value is far from their last one.
    fn far(self, indicator: IndicatorId, changes: &[FieldFigure]) -> usize {
        let cells = self.indicator(indicator).map(|known| known.cells);
        let cells = cells.unwrap_or_default();
        let is_far = |change: &&FieldFigure| {
            let mut earlier = cells.iter().filter(|cell| cell.unit == change.unit);
            let earlier = earlier.next().and_then(|cell| figure_value(&cell.earlier));
            match (figure_value(&change.value), earlier) {
                (Some(value), Some(earlier)) => is_far(value, earlier),
                _ => false,
            }
        };
        changes.iter().filter(is_far).count()
    }

    fn submit(self, indicator: IndicatorId) {
        self.tried.set(true);
        let changes = untrack(|| self.changes(indicator));
        let about = EntryId(indicator.0);
        let Some(period) = self.read(|entry| entry.period) else {
            return;
        };
        if changes.is_empty() || 0 < untrack(|| self.faults()) || self.work.is_sealing(about) {
            return;
        }
        if 0 < untrack(|| self.far(indicator, &changes)) && !self.sure.get_untracked() {
            return self.sure.set(true);
        }
        let first = self.work.new_draft();
        for (draft, figures) in (first..).zip(changes.chunks(FIGURES_MAX)) {
            self.work.seal(&FieldAct::Figures(FieldFigures {
                indicator,
                period,
                figures: figures.to_vec(),
                draft,
            }));
            self.work.drop_when_sealed(about, draft);
        }
        self.tried.set(false);
    }
}

pub fn entry(entry: Entry) -> Mounted {
    let lang = lang();
    live(move || match entry.open.get() {
        Some(indicator) => sheet::sheet(entry, indicator),
        None => list(entry, lang),
    })
    .mounted()
}

/// 提交 of the open sheet, and the way back; what was typed stays.
pub fn dock(entry: Entry) -> Mounted {
    let lang = lang();
    live(move || {
        let indicator = entry.open.get()?;
        let changes = Kept::new(move || entry.changes(indicator).len());
        let words = live(move || match entry.sure.get() {
            true => text::field_entry_sure(lang, changes.get()),
            false => text::field_entry_submit(lang, changes.get()),
        });
        let why = live(move || {
            let faults = entry.faults();
            let words = match (entry.tried.get(), faults, changes.get()) {
                (true, 1.., _) => text::field_entry_faults(lang, faults),
                (true, 0, 0) => text::field_entry_same(lang).to_owned(),
                _ if entry.sure.get() => {
                    let changes = entry.changes(indicator);
                    text::field_entry_far(lang, entry.far(indicator, &changes))
                }
                _ => return None,
            };
            Some(view! { <p class="why" role="alert">{words}</p> }.mounted())
        });
        let view = view! {
            <footer class="dock" data-kind="one">
                <button class="btn" on:click=act(move |_| entry.open.set(None))>
                    {text::field_entry_back(lang)}
                </button>
                <button class="btn" data-kind="main" on:click=act(move |_| entry.submit(indicator))>
                    {words}
                </button>
                {why}
            </footer>
        };
        Some(view.mounted())
    })
    .mounted()
}

fn list(entry: Entry, lang: Lang) -> Mounted {
    let known = entry.read(FieldEntry::clone);
    let known = known.filter(|known| !known.indicators.is_empty());
    let Some(known) = known else {
        return view! {
            <section class="sheet empty" data-state="empty">
                <div class="ring"><Icon name="note" /></div>
                <p><b>{text::field_entry_none(lang)}</b></p>
                <p class="sub">{text::field_entry_none_body(lang)}</p>
            </section>
        }
        .mounted();
    };
    let month = format::month(lang, known.period);
    let until = format::day(lang, &known.until);
    let (tone, words) = match known.until < entry.work.today() {
        true => ("wait", text::field_entry_over(lang, until)),
        false => ("ok", text::field_entry_until(lang, until)),
    };
    let rows = known.indicators.into_iter();
    let rows = rows.map(|one| row(entry, lang, one)).collect_view();
    view! {
        <p class="say" data-tone=tone><Icon name="clock" /><span>{words}</span></p>
        <div class="head"><h2>{text::field_entry_month(lang, month)}</h2></div>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
    }
    .mounted()
}

fn row(entry: Entry, lang: Lang, indicator: FieldIndicator) -> Mounted {
    let (id, of) = (indicator.id, indicator.cells.len());
    let filled = live(move || {
        let shown = entry.shown(id);
        let filled = shown.values().filter(|value| !value.is_empty()).count();
        text::field_entry_filled(lang, filled, of)
    });
    let state = live(move || {
        let op = entry.work.op_about(EntryId(id.0))?;
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
                <button class="btn" data-size="small" on:click=act(move |_| entry.begin(id))>
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
