//! 录数: a department gives the figures of its own indicators, one sheet an indicator. Each letter
//! lies on the disk; what was submitted shows as the value until the server's view has it.

use super::sheet;
use super::standing::field_words;
use super::work::{Work, said, sheet_key};
use crate::components::icon::Icon;
use crate::format;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::{EntryId, IndicatorId, UnitId};
use domain::month::indicator::is_far;
use domain::month::period::Period;
use leptos::prelude::*;
use std::collections::BTreeMap;
use sync::outbox::OpState;
use sync::protocol::{
    FIGURES_MAX, FieldAct, FieldEntry, FieldFigure, FieldFigures, FieldIndicator, figure_value,
};

/// The signals of the page. Copied freely.
#[derive(Clone, Copy)]
pub struct Entry {
    pub work: Work,
    /// The sheet that is open. A download does not move it: another month has another sheet.
    pub open: RwSignal<Option<Sheet>>,
    /// What was typed into it, as it stands in the fields.
    pub typed: RwSignal<BTreeMap<UnitId, FieldFigure>>,
    /// What its fields began with, or what was submitted since: what the person has seen.
    pub base: RwSignal<BTreeMap<UnitId, String>>,
    /// Faults are shown from the first try to submit on.
    pub tried: RwSignal<bool>,
    /// Values far from the last ones were shown, and are meant so.
    sure: RwSignal<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub indicator: IndicatorId,
    pub period: Period,
}

impl Sheet {
    pub fn key(self) -> EntryId {
        sheet_key(self.indicator, self.period)
    }

    fn act(self, figures: Vec<FieldFigure>, draft: u64) -> FieldAct {
        FieldAct::Figures(FieldFigures {
            indicator: self.indicator,
            period: self.period,
            figures,
            draft,
        })
    }
}

impl Entry {
    pub fn new(work: Work) -> Self {
        Self {
            work,
            open: RwSignal::new(None),
            typed: RwSignal::new(BTreeMap::new()),
            base: RwSignal::new(BTreeMap::new()),
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
    fn begin(self, sheet: Sheet) {
        let typed = match untrack(|| self.work.kept(sheet.key())) {
            Some(FieldAct::Figures(kept)) => kept.figures,
            _ => Vec::new(),
        };
        // What was submitted before the page went is seen, and no change any more.
        let base = untrack(|| self.shown(sheet));
        let is_open = |figure: &FieldFigure| base.get(&figure.unit) != Some(&figure.value);
        let typed = typed.into_iter().filter(is_open);
        self.typed
            .set(typed.map(|figure| (figure.unit, figure)).collect());
        self.base.set(base);
        self.tried.set(false);
        self.sure.set(false);
        self.open.set(Some(sheet));
    }

    /// Takes one field's text, and lays the sheet on the disk.
    pub fn write(self, sheet: Sheet, unit: UnitId, value: String) {
        self.sure.set(false);
        self.typed.update(|typed| {
            let base = self.base.with_untracked(|base| base.get(&unit).cloned());
            let known = typed.remove(&unit).map(|figure| figure.seen);
            let seen = known.or(base).unwrap_or_default();
            if value != seen {
                typed.insert(unit, FieldFigure { unit, value, seen });
            }
        });
        let figures: Vec<_> = self
            .typed
            .with_untracked(|typed| typed.values().cloned().collect());
        match figures.is_empty() {
            true => self.work.drop_kept(sheet.key()),
            false => {
                let act = sheet.act(figures, self.work.new_draft());
                self.work.keep(sheet.key(), &act);
            }
        }
    }

    /// Every unit's value: the server's, and over it what is on its way from here. Of a month that
    /// is over nothing is shown, since the server sends the one that is on.
    pub fn shown(self, sheet: Sheet) -> BTreeMap<UnitId, String> {
        let is_on = self.read(|entry| entry.period) == Some(sheet.period);
        let known = self.indicator(sheet.indicator).filter(|_| is_on);
        let cells = known.map(|known| known.cells).unwrap_or_default();
        let cells = cells.into_iter().map(|cell| (cell.unit, cell.value));
        let mut shown: BTreeMap<_, _> = cells.collect();
        let arrived = self.work.arrived();
        self.work.pad.outbox.with(|outbox| {
            let on_the_way = outbox.ops.iter().filter(|op| {
                // What the disk refused is nowhere yet.
                !arrived.contains(&op.op_id) && !matches!(op.state, OpState::NotSaved(_))
            });
            for op in on_the_way {
                let Some(FieldAct::Figures(figures)) = said(op) else {
                    continue;
                };
                if (figures.indicator, figures.period) == (sheet.indicator, sheet.period) {
                    let figures = figures.figures.into_iter();
                    shown.extend(figures.map(|figure| (figure.unit, figure.value)));
                }
            }
        });
        shown
    }

    /// What would be sent of the open sheet, as plain decimals. Each carries what was seen while it
    /// was typed, whatever came since: so the server overwrites nothing unseen.
    pub fn changes(self) -> Vec<FieldFigure> {
        let change = |figure: &FieldFigure| {
            let value = figure_value(&figure.value)?.to_string();
            (value != figure.seen).then(|| FieldFigure {
                value,
                ..figure.clone()
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

    fn submit(self, sheet: Sheet) {
        self.tried.set(true);
        let changes = untrack(|| self.changes());
        let about = sheet.key();
        if changes.is_empty() || 0 < untrack(|| self.faults()) || self.work.is_sealing(about) {
            return;
        }
        if 0 < untrack(|| self.far(sheet.indicator, &changes)) && !self.sure.get_untracked() {
            return self.sure.set(true);
        }
        let first = self.work.new_draft();
        for (draft, figures) in (first..).zip(changes.chunks(FIGURES_MAX)) {
            self.work.seal(&sheet.act(figures.to_vec(), draft));
            self.work.drop_when_sealed(about, draft);
        }
        // From here on the op says it, and the fields begin anew with it.
        self.typed.set(BTreeMap::new());
        self.base.update(|base| {
            base.extend(
                changes
                    .into_iter()
                    .map(|figure| (figure.unit, figure.value)),
            );
        });
        self.tried.set(false);
        self.sure.set(false);
    }
}

pub fn entry(entry: Entry) -> Mounted {
    let lang = lang();
    live(move || match entry.open.get() {
        Some(open) => sheet::sheet(entry, open),
        None => list(entry, lang),
    })
    .mounted()
}

/// 提交 of the open sheet, and the way back; what was typed stays.
pub fn dock(entry: Entry) -> Mounted {
    let lang = lang();
    live(move || {
        let open = entry.open.get()?;
        let changes = Kept::new(move || entry.changes().len());
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
                    let changes = entry.changes();
                    text::field_entry_far(lang, entry.far(open.indicator, &changes))
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
                <button class="btn" data-kind="main" on:click=act(move |_| entry.submit(open))>
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
    let period = known.period;
    let left = leftovers(entry, lang, &known);
    let rows = known.indicators.into_iter();
    let rows = rows
        .map(|one| row(entry, lang, (period, one)))
        .collect_view();
    view! {
        {left}
        <p class="say" data-tone=tone><Icon name="clock" /><span>{words}</span></p>
        <div class="head"><h2>{text::field_entry_month(lang, month)}</h2></div>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
    }
    .mounted()
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
        let mut named = known
            .indicators
            .iter()
            .filter(|one| one.id == figures.indicator);
        let name = named.next().map(|one| one.name.clone()).unwrap_or_default();
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
