//! 录数: a department gives the figures of its own indicators, one sheet an indicator. Each letter
//! lies on the disk; what was submitted shows as the value until the server's view has it.

use super::indicators::list;
use super::sheet;
use super::work::{Work, said, sheet_key};
use crate::format;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::{EntryId, IndicatorId, UnitId};
use domain::month::indicator::is_far;
use domain::month::period::Period;
use domain::number::Decimal;
use leptos::prelude::*;
use std::collections::BTreeMap;
use sync::outbox::OpState;
use sync::protocol::{
    FIGURES_MAX, FieldAct, FieldCell, FieldEntry, FieldFigure, FieldFigures, FieldIndicator,
};
use sync::typed::{FigureFault, Number, figure, is_percent, is_whole, may_be_shares};

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

    /// The indicator as a sheet shows it: a month that is over has only what was typed into it, and
    /// neither targets nor last values, which the server sends for the month that is on.
    pub fn of_sheet(self, sheet: Sheet) -> FieldIndicator {
        if self.read(|entry| entry.period) == Some(sheet.period)
            && let Some(indicator) = self.indicator(sheet.indicator)
        {
            return indicator;
        }
        let named = |entry: &FieldEntry| {
            let (name, measure) = entry.named(sheet.indicator)?;
            Some((name.to_owned(), measure.to_owned()))
        };
        let (name, measure) = self.read(named).flatten().unwrap_or_default();
        let mut cells = self.shown(sheet);
        self.typed.with(|typed| {
            for unit in typed.keys() {
                cells.entry(*unit).or_default();
            }
        });
        let cell = |(unit, value)| FieldCell {
            unit,
            value,
            target: String::new(),
            earlier: String::new(),
        };
        FieldIndicator {
            id: sheet.indicator,
            name,
            measure,
            cells: cells.into_iter().map(cell).collect(),
        }
    }

    /// Opens a sheet with what was being typed there.
    pub fn begin(self, sheet: Sheet) {
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

    /// How the open sheet's indicator is measured.
    fn measure(self) -> String {
        let of = |entry: &FieldEntry| {
            let (_, measure) = entry.named(self.open.get()?.indicator)?;
            Some(measure.to_owned())
        };
        self.read(of).flatten().unwrap_or_default()
    }

    /// A figure of the open sheet with what it is measured in.
    pub fn measured(self, value: &str) -> String {
        format!("{}{}", format::figure(value), self.measure())
    }

    /// What a text in a field of the open sheet says, as an import reads it.
    pub fn number(self, text: &str) -> Result<Number, FigureFault> {
        figure(text, &self.measure())
    }

    /// What would be sent of the open sheet, as plain decimals. Each carries what was seen while it
    /// was typed, whatever came since: so the server overwrites nothing unseen.
    pub fn changes(self) -> Vec<FieldFigure> {
        let measure = self.measure();
        let change = |typed: &FieldFigure| {
            let value = figure(&typed.value, &measure).ok()?.value.to_string();
            (value != typed.seen).then(|| FieldFigure {
                value,
                ..typed.clone()
            })
        };
        self.typed
            .with(|typed| typed.values().filter_map(change).collect())
    }

    /// How many fields hold no number, or one that the indicator is not measured in.
    pub fn faults(self) -> usize {
        let measure = self.measure();
        self.typed.with(|typed| {
            let wrong = typed
                .values()
                .filter(|one| figure(&one.value, &measure).is_err());
            wrong.count()
        })
    }

    /// The first figure with a part behind its point, where all that are typed may be shares of an
    /// indicator in percent: an import asks then, too.
    fn share(self) -> Option<Decimal> {
        let measure = self.measure();
        if !is_percent(&measure) {
            return None;
        }
        let numbers: Vec<Number> = self.typed.with(|typed| {
            let typed = typed.values();
            typed
                .filter_map(|one| figure(&one.value, &measure).ok())
                .collect()
        });
        let part = numbers.iter().find(|number| !is_whole(**number));
        part.filter(|_| may_be_shares(&numbers))
            .map(|number| number.value)
    }

    /// What a person has to say once more, if anything.
    fn doubt(self, lang: Lang, indicator: IndicatorId) -> Option<String> {
        if let Some(share) = self.share() {
            let percent = |value: Decimal| format!("{}%", format::figure(&value.to_string()));
            let hundredfold = Decimal::from_micros(share.micros().checked_mul(100)?)?;
            let (more, now) = (percent(hundredfold), percent(share));
            return Some(text::field_entry_shares(lang, more, now));
        }
        let far = self.far(indicator, &self.changes());
        (0 < far).then(|| text::field_entry_far(lang, far))
    }

    /// Units whose new value is far from their last one.
    fn far(self, indicator: IndicatorId, changes: &[FieldFigure]) -> usize {
        let cells = self.indicator(indicator).map(|known| known.cells);
        let cells = cells.unwrap_or_default();
        let is_far = |change: &&FieldFigure| {
            let mut earlier = cells.iter().filter(|cell| cell.unit == change.unit);
            let earlier = earlier.next().map(|cell| cell.earlier.parse());
            match (change.value.parse(), earlier) {
                (Ok(value), Some(Ok(earlier))) => is_far(value, earlier),
                _ => false,
            }
        };
        changes.iter().filter(is_far).count()
    }

    pub fn submit(self, sheet: Sheet) {
        self.tried.set(true);
        let changes = untrack(|| self.changes());
        let about = sheet.key();
        if changes.is_empty() || 0 < untrack(|| self.faults()) || self.work.is_sealing(about) {
            return;
        }
        let is_doubted = untrack(|| self.doubt(lang(), sheet.indicator)).is_some();
        if is_doubted && !self.sure.get_untracked() {
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
                _ if entry.sure.get() => entry.doubt(lang, open.indicator)?,
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
