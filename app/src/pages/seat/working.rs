//! The sheet at work: which criterion is on, what is being typed, and what each key, step and
//! slide does to the draft. Every change goes to the disk at once; what is wrong never does.

use super::scope::Scope;
use crate::components::dial::Figure;
use crate::kept::Kept;
use crate::pad::Command;
use crate::pad::rules::{mark_text, stepped};
use crate::pad::typing::{self, Key, Typed};
use crate::text::{self, Lang};
use domain::charter::{Criterion, MarkError};
use domain::ids::EntryId;
use leptos::prelude::*;
use litemap::LiteMap;
use sync::draft::Draft;

#[derive(Clone, Copy)]
pub struct Working {
    pub scope: Scope,
    pub entry: EntryId,
    pub criteria: StoredValue<Vec<Criterion>>,
    /// The marks of the draft, in the order of the criteria.
    pub marks: Kept<Vec<Option<i64>>>,
    /// The criterion at work.
    pub at: RwSignal<usize>,
    /// What is typed and stands in place of the mark; `None` shows the mark itself.
    texts: RwSignal<LiteMap<usize, String>>,
    /// The present run of keys has changed the draft already, so the next key takes its place.
    has_step: StoredValue<bool>,
}

impl Working {
    pub fn new(scope: Scope, entry: EntryId) -> Self {
        let criteria = scope
            .read(|_, rules| rules.criteria().to_vec())
            .unwrap_or_default();
        let criteria = StoredValue::new(criteria);
        let marks = Kept::new(move || {
            let draft = scope.draft(entry);
            criteria.with_value(|criteria| {
                criteria
                    .iter()
                    .map(|criterion| mark_of(draft.as_ref(), criterion))
                    .collect()
            })
        });
        let first = marks.with_untracked(|marks: &Vec<Option<i64>>| blank_after(marks, None));
        Self {
            scope,
            entry,
            criteria,
            marks,
            at: RwSignal::new(first.unwrap_or(0)),
            texts: RwSignal::new(LiteMap::new()),
            has_step: StoredValue::new(false),
        }
    }

    pub fn count(&self) -> usize {
        self.criteria.with_value(Vec::len)
    }

    /// Criteria with a mark.
    pub fn done(&self) -> usize {
        self.marks.with(|marks| marks.iter().flatten().count())
    }

    /// Runs `read` over the criterion at work.
    pub fn with_current<R>(&self, read: impl FnOnce(&Criterion) -> R) -> Option<R> {
        let at = self.at.get();
        self.criteria
            .with_value(|criteria| criteria.get(at).map(read))
    }

    pub fn mark(&self) -> Option<i64> {
        self.marks
            .with(|marks| marks.get(self.at.get()).copied().flatten())
    }

    /// What stands for the criterion `index` in dial and strip.
    pub fn figure(&self, index: usize) -> Figure {
        let typed = self.texts.with(|texts| texts.get(&index).cloned());
        let mark = self.marks.with(|marks| marks.get(index).copied().flatten());
        self.criteria
            .with_value(|criteria| match (typed, criteria.get(index)) {
                (Some(text), Some(criterion)) => match typing::read(criterion, &text) {
                    Typed::Empty => Figure::Blank,
                    Typed::Wrong(_) => Figure::Wrong(text),
                    Typed::Mark(_) | Typed::Unfinished if self.is_left(index) => {
                        Figure::Wrong(text)
                    }
                    Typed::Mark(_) | Typed::Unfinished => Figure::Mark(text),
                },
                (None, Some(criterion)) => mark.map_or(Figure::Blank, |mark| {
                    Figure::Mark(mark_text(criterion, mark))
                }),
                (_, None) => Figure::Blank,
            })
    }

    /// The sentence under a wrong figure.
    pub fn fault(&self, lang: Lang) -> Option<String> {
        let at = self.at.get();
        let text = self.texts.with(|texts| texts.get(&at).cloned())?;
        self.with_current(|criterion| match typing::read(criterion, &text) {
            Typed::Wrong(error) => Some(fault_words(criterion, error, lang)),
            _ => None,
        })?
    }

    pub fn press(&self, key: Key) {
        let at = self.at.get_untracked();
        let shown = self.texts.with_untracked(|texts| texts.get(&at).cloned());
        let before = match (shown, key) {
            (Some(text), _) => text,
            // A digit begins a new number; back-space shortens the one that stands.
            (None, Key::Back) => self.short_text(at),
            (None, Key::Digit(_) | Key::Point) => String::new(),
        };
        let text = typing::press(&before, key);
        let typed = self.criteria.with_value(|criteria| {
            criteria
                .get(at)
                .map_or(Typed::Empty, |criterion| typing::read(criterion, &text))
        });
        self.texts.update(|texts| {
            texts.insert(at, text);
        });
        match typed {
            Typed::Mark(mark) => self.set(at, Some(mark.milli()), true),
            Typed::Empty => self.set(at, None, true),
            Typed::Unfinished | Typed::Wrong(_) => self.take_back_run(),
        }
    }

    pub fn step(&self, up: bool) {
        let at = self.at.get_untracked();
        let mark = self
            .marks
            .with_untracked(|marks| marks.get(at).copied().flatten());
        let next = self.criteria.with_value(|criteria| {
            criteria
                .get(at)
                .map(|criterion| stepped(criterion, mark, up))
        });
        if let Some(next) = next {
            self.put(next);
        }
    }

    /// Sets a mark as a whole: by step or slider.
    pub fn put(&self, millis: i64) {
        let at = self.at.get_untracked();
        self.forget_text(at);
        let mark = self
            .marks
            .with_untracked(|marks| marks.get(at).copied().flatten());
        if mark != Some(millis) {
            self.set(at, Some(millis), false);
        }
    }

    /// Goes to a criterion. What was typed right becomes its mark, what is wrong stays in view.
    pub fn go(&self, to: usize) {
        let from = self.at.get_untracked();
        self.settle(from);
        self.has_step.set_value(false);
        self.at.set(to);
    }

    /// The next criterion without a mark, going round; `None` when all have one.
    pub fn next_blank(&self) -> Option<usize> {
        self.marks
            .with(|marks| blank_after(marks, Some(self.at.get())))
    }

    /// Whether the criterion at work holds something that is no mark.
    pub fn is_stuck(&self) -> bool {
        let at = self.at.get_untracked();
        self.settle(at);
        self.texts.with_untracked(|texts| texts.contains_key(&at))
    }

    pub fn can_undo(&self) -> bool {
        self.scope
            .draft(self.entry)
            .is_some_and(|draft| !draft.undo.is_empty())
    }

    /// Takes the last change back and goes where it was made.
    pub fn undo(&self) {
        let Some(mut draft) = untrack(|| self.scope.draft(self.entry)) else {
            return;
        };
        let now = draft.changed_at;
        if let Some(key) = draft.undo(now) {
            let index = self
                .criteria
                .with_value(|criteria| criteria.iter().position(|criterion| criterion.key == key));
            self.texts.set(LiteMap::new());
            self.has_step.set_value(false);
            self.scope.pad.send(Command::Save(draft));
            self.at.set(index.unwrap_or_default());
        }
    }

    fn set(&self, at: usize, millis: Option<i64>, is_key: bool) {
        let Some(mut draft) = untrack(|| self.scope.draft(self.entry)) else {
            return;
        };
        let key = self
            .criteria
            .with_value(|criteria| criteria.get(at).map(|criterion| criterion.key.clone()));
        let Some(key) = key else { return };
        let now = draft.changed_at;
        if is_key && self.has_step.get_value() {
            draft.undo(now);
        }
        draft.set(&key, millis, now);
        self.has_step.set_value(is_key);
        self.scope.pad.send(Command::Save(draft));
    }

    /// The keys so far came to nothing that can be kept: the mark is as before the first of them.
    fn take_back_run(&self) {
        if !self.has_step.get_value() {
            return;
        }
        let Some(mut draft) = untrack(|| self.scope.draft(self.entry)) else {
            return;
        };
        let now = draft.changed_at;
        draft.undo(now);
        self.has_step.set_value(false);
        self.scope.pad.send(Command::Save(draft));
    }

    /// A finished number is shown as its mark; a wrong one stays as it was typed.
    fn settle(&self, at: usize) {
        let text = self.texts.with_untracked(|texts| texts.get(&at).cloned());
        let finished = self
            .criteria
            .with_value(|criteria| match (&text, criteria.get(at)) {
                (Some(text), Some(criterion)) => {
                    !matches!(typing::finish(criterion, text), Typed::Wrong(_))
                }
                _ => true,
            });
        if finished {
            self.forget_text(at);
        }
    }

    fn forget_text(&self, at: usize) {
        if self.texts.with_untracked(|texts| texts.contains_key(&at)) {
            self.texts.update(|texts| {
                texts.remove(&at);
            });
        }
    }

    fn is_left(&self, index: usize) -> bool {
        index != self.at.get()
    }

    /// The mark as short as it can be written, to go on from it.
    fn short_text(&self, at: usize) -> String {
        self.marks.with_untracked(|marks| {
            marks
                .get(at)
                .copied()
                .flatten()
                .map(|mark| domain::mark::Mark(mark).to_string())
                .unwrap_or_default()
        })
    }
}

fn mark_of(draft: Option<&Draft>, criterion: &Criterion) -> Option<i64> {
    draft?.mark(&criterion.key)?.millis
}

fn blank_after(marks: &[Option<i64>], at: Option<usize>) -> Option<usize> {
    let start = at.map_or(0, |at| at + 1);
    let around = (start..marks.len()).chain(0..start.min(marks.len()));
    around
        .into_iter()
        .find(|index| marks.get(*index).is_some_and(Option::is_none))
}

fn fault_words(criterion: &Criterion, error: MarkError, lang: Lang) -> String {
    match error {
        MarkError::AboveMax { max } => text::pad_above(lang, max, &criterion.name),
        MarkError::BelowMin { min } => text::pad_below(lang, min, &criterion.name),
        MarkError::OffStep { step, .. } => text::pad_off_step(lang, &criterion.name, step),
        MarkError::Number(_) => text::pad_no_number(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::blank_after;

    #[test]
    fn next_goes_round_to_the_first_blank() {
        let marks = [Some(1), None, Some(3), None];
        assert_eq!(blank_after(&marks, None), Some(1));
        assert_eq!(blank_after(&marks, Some(1)), Some(3));
        assert_eq!(blank_after(&marks, Some(3)), Some(1));
        assert_eq!(blank_after(&[Some(1)], Some(0)), None);
    }

    #[test]
    fn the_criterion_at_work_comes_last() {
        assert_eq!(blank_after(&[None, Some(2)], Some(0)), Some(0));
    }
}
