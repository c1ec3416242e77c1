//! A sheet that is not sealed yet. It lies on this phone only and never leaves it; neither does
//! the private note, which no op has a place for (rule 6 of the outbox).

use crate::protocol::SheetMark;
use domain::charter::Criterion;
use domain::ids::{EntryId, Millis, OpId, SheetId};
use serde::{Deserialize, Serialize};

/// The version that this build writes. It reads every version.
pub const DRAFT_VERSION: u32 = 1;
/// Steps that can be taken back before sealing (R19).
pub const UNDO_MAX: usize = 50;
/// Characters of the private note.
pub const NOTE_CHARS_MAX: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub v: u32,
    pub entry: EntryId,
    pub attempt: u32,
    pub sheet_id: SheetId,
    /// The version that this one will stand for, when a sealed sheet is edited (R9).
    #[serde(default)]
    pub replaces: Option<OpId>,
    pub version: u32,
    pub marks: Vec<DraftMark>,
    #[serde(default)]
    pub note: String,
    /// What the steps so far have changed, to take them back.
    #[serde(default)]
    pub undo: Vec<DraftMark>,
    pub changed_at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftMark {
    pub criterion: String,
    /// `None` is "no mark", not zero (R13).
    pub millis: Option<i64>,
    /// The judge has set it, be it to "no mark".
    pub touched: bool,
}

/// A sum of factor x mark, exact: thousandths of a point times millionths of a factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetSum(pub i128);

/// One unit of [`SheetSum`] is this part of a point.
pub const SHEET_SUM_PER_POINT: i128 = 1_000_000_000;

/// The criteria that the judge has not touched, by key, in the charter's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untouched(pub Vec<String>);

impl Draft {
    /// An empty sheet.
    pub fn new(entry: EntryId, attempt: u32, sheet_id: SheetId, now: Millis) -> Self {
        Self {
            v: DRAFT_VERSION,
            entry,
            attempt,
            sheet_id,
            replaces: None,
            version: 1,
            marks: Vec::new(),
            note: String::new(),
            undo: Vec::new(),
            changed_at: now,
        }
    }

    /// The next version of a sealed sheet, filled in as it was (R9).
    #[must_use]
    pub fn editing(self, replaces: OpId, version: u32, marks: &[SheetMark]) -> Self {
        let filled = marks.iter().map(|mark| DraftMark {
            criterion: mark.criterion.clone(),
            millis: mark.millis,
            touched: true,
        });
        Self {
            replaces: Some(replaces),
            version: version.saturating_add(1),
            marks: filled.collect(),
            ..self
        }
    }

    pub fn mark(&self, criterion: &str) -> Option<&DraftMark> {
        self.marks.iter().find(|mark| mark.criterion == criterion)
    }

    /// Sets a mark, or "no mark". The charter's limits are checked by [`Criterion`], before.
    pub fn set(&mut self, criterion: &str, millis: Option<i64>, now: Millis) {
        let before = self
            .mark(criterion)
            .cloned()
            .unwrap_or_else(|| untouched(criterion));
        if self.undo.len() == UNDO_MAX {
            self.undo.remove(0);
        }
        self.undo.push(before);
        self.put(DraftMark {
            criterion: criterion.to_owned(),
            millis,
            touched: true,
        });
        self.changed_at = now;
    }

    /// Takes the last step back; says which criterion it was about.
    pub fn undo(&mut self, now: Millis) -> Option<String> {
        let before = self.undo.pop()?;
        let criterion = before.criterion.clone();
        self.put(before);
        self.changed_at = now;
        Some(criterion)
    }

    /// Cut to its limit at a character, never inside one.
    pub fn set_note(&mut self, note: &str, now: Millis) {
        self.note = note.chars().take(NOTE_CHARS_MAX).collect();
        self.changed_at = now;
    }

    /// Whether there is anything that would be a loss.
    pub fn is_dirty(&self) -> bool {
        self.marks.iter().any(|mark| mark.touched) || !self.note.is_empty()
    }

    pub fn untouched(&self, criteria: &[&Criterion]) -> Vec<String> {
        let open = criteria
            .iter()
            .filter(|criterion| !self.mark(&criterion.key).is_some_and(|mark| mark.touched));
        open.map(|criterion| criterion.key.clone()).collect()
    }

    /// What the marks so far come to.
    pub fn subtotal(&self, criteria: &[&Criterion]) -> SheetSum {
        let terms = criteria.iter().filter_map(|criterion| {
            let millis = self.mark(&criterion.key).and_then(|mark| mark.millis)?;
            Some(term(criterion, millis))
        });
        SheetSum(terms.sum())
    }

    /// The total; there is none while a mark is missing.
    pub fn total(&self, criteria: &[&Criterion]) -> Option<SheetSum> {
        sum(criteria, |key| self.mark(key).and_then(|mark| mark.millis))
    }

    /// The marks to be sealed. Every criterion must have been touched.
    pub fn seal(&self, criteria: &[&Criterion]) -> Result<Vec<SheetMark>, Untouched> {
        let untouched = self.untouched(criteria);
        if !untouched.is_empty() {
            return Err(Untouched(untouched));
        }
        let marks = criteria
            .iter()
            .filter_map(|criterion| self.mark(&criterion.key));
        let marks = marks.map(|mark| SheetMark {
            criterion: mark.criterion.clone(),
            millis: mark.millis,
        });
        Ok(marks.collect())
    }

    fn put(&mut self, mark: DraftMark) {
        match self
            .marks
            .iter_mut()
            .find(|known| known.criterion == mark.criterion)
        {
            Some(known) => *known = mark,
            None => self.marks.push(mark),
        }
    }
}

/// The total of sealed marks; there is none while a mark is missing.
pub fn sealed_total(criteria: &[&Criterion], marks: &[SheetMark]) -> Option<SheetSum> {
    sum(criteria, |key| {
        marks
            .iter()
            .find(|mark| mark.criterion == key)
            .and_then(|mark| mark.millis)
    })
}

/// The judge's own ranking (1, 1, 3) of the sheets with a total, best first; equal totals stand
/// in the order given.
pub fn own_ranking(totals: &[(EntryId, SheetSum)]) -> Vec<(u32, EntryId, SheetSum)> {
    // Each in its place: for a few rows the general sort is only more code to load.
    let mut ranked: Vec<(EntryId, SheetSum)> = Vec::with_capacity(totals.len());
    for row in totals {
        let place = ranked.partition_point(|other| row.1 <= other.1);
        ranked.insert(place, *row);
    }
    let ranks = ranked.iter().map(|(entry, total)| {
        let better = totals.iter().filter(|(_, other)| total < other).count();
        (
            u32::try_from(better).unwrap_or(u32::MAX).saturating_add(1),
            *entry,
            *total,
        )
    });
    ranks.collect()
}

fn sum<'a>(
    criteria: &'a [&Criterion],
    millis_of: impl Fn(&'a str) -> Option<i64>,
) -> Option<SheetSum> {
    let terms = criteria
        .iter()
        .map(|criterion| millis_of(&criterion.key).map(|millis| term(criterion, millis)));
    terms.sum::<Option<i128>>().map(SheetSum)
}

fn term(criterion: &Criterion, millis: i64) -> i128 {
    i128::from(criterion.factor.micros()) * i128::from(millis)
}

fn untouched(criterion: &str) -> DraftMark {
    DraftMark {
        criterion: criterion.to_owned(),
        millis: None,
        touched: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::mark::Mark;
    use uuid::Uuid;

    fn criterion(key: &str, factor: &str) -> Criterion {
        Criterion {
            key: key.to_owned(),
            name: key.to_owned(),
            min: Mark(0),
            max: Mark(10_000),
            step: Mark(100),
            factor: factor.parse().expect("a decimal"),
            levels: Vec::new(),
        }
    }

    fn draft() -> Draft {
        let entry = EntryId(Uuid::from_u128(1));
        Draft::new(entry, 1, SheetId(Uuid::from_u128(2)), Millis(0))
    }

    fn points(points: i128) -> SheetSum {
        SheetSum(points * SHEET_SUM_PER_POINT)
    }

    #[test]
    fn a_blank_is_not_a_zero() {
        let (a, b) = (criterion("a", "1"), criterion("b", "0.6"));
        let criteria = [&a, &b];
        let mut draft = draft();
        draft.set("a", Some(8_000), Millis(1));
        assert_eq!(draft.subtotal(&criteria), points(8));
        assert_eq!(draft.total(&criteria), None);
        draft.set("b", Some(0), Millis(2));
        assert_eq!(draft.total(&criteria), Some(points(8)));
        draft.set("b", Some(5_000), Millis(3));
        assert_eq!(draft.total(&criteria), Some(points(11)));
    }

    #[test]
    fn every_criterion_must_be_touched_before_sealing() {
        let (a, b) = (criterion("a", "1"), criterion("b", "1"));
        let mut draft = draft();
        draft.set("b", None, Millis(1));
        assert_eq!(draft.seal(&[&a, &b]), Err(Untouched(vec!["a".to_owned()])));
        draft.set("a", Some(7_500), Millis(2));
        let sealed = draft.seal(&[&a, &b]).expect("both are touched");
        let marks: Vec<_> = sealed
            .iter()
            .map(|mark| (&*mark.criterion, mark.millis))
            .collect();
        assert_eq!(marks, [("a", Some(7_500)), ("b", None)]);
        assert_eq!(sealed_total(&[&a, &b], &sealed), None);
    }

    #[test]
    fn undo_goes_back_to_untouched() {
        let a = criterion("a", "1");
        let mut draft = draft();
        draft.set("a", Some(1_000), Millis(1));
        draft.set("a", Some(2_000), Millis(2));
        assert_eq!(draft.undo(Millis(3)).as_deref(), Some("a"));
        assert_eq!(draft.total(&[&a]), Some(points(1)));
        assert_eq!(draft.undo(Millis(4)).as_deref(), Some("a"));
        assert_eq!(draft.untouched(&[&a]), ["a"]);
        assert_eq!(draft.undo(Millis(5)), None);
        assert!(!draft.is_dirty());
    }

    #[test]
    fn the_undo_list_is_bounded() {
        let mut draft = draft();
        for step in 0..200 {
            draft.set("a", Some(step), Millis(1));
        }
        assert_eq!(draft.undo.len(), UNDO_MAX);
    }

    #[test]
    fn editing_opens_filled_in_and_names_the_version_it_replaces() {
        let a = criterion("a", "1");
        let marks = [SheetMark {
            criterion: "a".to_owned(),
            millis: Some(9_000),
        }];
        let op = OpId(Uuid::from_u128(7));
        let edit = draft().editing(op, 1, &marks);
        assert_eq!((edit.replaces, edit.version), (Some(op), 2));
        assert_eq!(edit.total(&[&a]), sealed_total(&[&a], &marks));
    }

    #[test]
    fn own_ranking_shares_a_place_and_leaves_a_gap() {
        let entry = |number| EntryId(Uuid::from_u128(number));
        let totals = [
            (entry(1), points(80)),
            (entry(2), points(90)),
            (entry(3), points(90)),
        ];
        let ranks: Vec<_> = own_ranking(&totals)
            .iter()
            .map(|row| (row.0, row.1))
            .collect();
        assert_eq!(ranks, [(1, entry(2)), (1, entry(3)), (3, entry(1))]);
        let fourth = own_ranking(&[totals.as_slice(), &[(entry(4), points(70))]].concat());
        assert_eq!(fourth.last().map(|row| row.0), Some(4));
    }

    #[test]
    fn a_note_is_cut_between_characters() {
        let mut draft = draft();
        draft.set_note(&"评".repeat(NOTE_CHARS_MAX + 5), Millis(1));
        assert_eq!(draft.note.chars().count(), NOTE_CHARS_MAX);
    }
}
