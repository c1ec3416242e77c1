//! The sheets file: many rows become one sheet for each entry and seat. All rows of a sheet bear
//! one state, and no criterion stands twice (domain rules 2.1 Panel, Files).

use super::files::{Keys, Text};
use super::problem::{Problem, RowReason};
use super::table::{Row, Table};
use domain::charter::Charter;
use domain::mark::Mark;
use domain::scoring::{SheetInput, SheetState};
use std::collections::HashMap;

const COLUMNS: [&str; 5] = ["entry", "seat", "criterion", "mark", "state"];
const CRITERION: usize = 2;
const MARK: usize = 3;
const STATE: usize = 4;
const STATES: &str = "counted, absent, abstain, recused, void";

/// Reads the sheets of entries, seats, and the classes of the seats.
pub(super) fn sheets(
    charter: &Charter,
    text: &Text,
    (entries, seats, classes): (&Keys, &Keys, &[usize]),
    problems: &mut Vec<Problem>,
) -> Vec<SheetInput> {
    let table = Table::open(&text.name, &text.bytes, &COLUMNS, &[], problems);
    let Some(table) = table else {
        return Vec::new();
    };
    let mut sheets = Sheets {
        charter,
        list: Vec::new(),
        positions: HashMap::new(),
    };
    table.each(problems, |row, problems| {
        let entry = entries.find(row, 0, "entry", problems);
        let seat = seats.find(row, 1, "seat", problems);
        let class = seat.and_then(|seat| classes.get(seat).copied());
        let criterion = sheets.criterion(row, class, problems);
        let mark = sheets.mark(row, criterion.flatten(), problems);
        let state = state(row, problems);
        let (Some(entry), Some(seat), Some(state)) = (entry, seat, state) else {
            return;
        };
        let sheet = sheets.sheet(entry, seat, state, row.line);
        if let (Some(sheet), Some(criterion)) = (sheet, criterion) {
            sheet.add(row, state, criterion, mark, problems);
        }
    });
    sheets.list.into_iter().map(|sheet| sheet.input).collect()
}

struct Sheets<'a> {
    charter: &'a Charter,
    list: Vec<Sheet>,
    /// Where the sheet of an entry and seat stands in the list.
    positions: HashMap<(usize, usize), usize>,
}

/// A sheet under construction.
struct Sheet {
    input: SheetInput,
    /// The line of its first row.
    line: u64,
    /// The line of each criterion's row.
    rows: Vec<Option<u64>>,
    /// The line of its row without a criterion.
    bare: Option<u64>,
}

impl Sheets<'_> {
    /// The criterion of a row: `Some(None)` where the field is empty, `None` after a fault.
    fn criterion(
        &self,
        row: &Row<'_>,
        class: Option<usize>,
        problems: &mut Vec<Problem>,
    ) -> Option<Option<usize>> {
        let text = row.text(CRITERION, problems)?;
        if text.is_empty() {
            return Some(None);
        }
        let Some(index) = self.charter.criterion_index(text) else {
            let (what, key) = ("criterion", text.to_owned());
            problems.push(row.at(CRITERION, RowReason::Unknown { what, key }));
            return None;
        };
        let class = class.and_then(|class| self.charter.classes().get(class));
        if let Some(class) = class.filter(|class| !class.criteria.contains(&index)) {
            let class = class.key.clone();
            problems.push(row.at(CRITERION, RowReason::NotMarked { class }));
        }
        Some(Some(index))
    }

    /// The mark of a row. A sheet that does not count may carry marks; they are checked as well.
    fn mark(
        &self,
        row: &Row<'_>,
        criterion: Option<usize>,
        problems: &mut Vec<Problem>,
    ) -> Option<Mark> {
        let text = row.text(MARK, problems).filter(|text| !text.is_empty())?;
        let criterion = self.charter.criteria().get(criterion?)?;
        match criterion.parse_mark(text) {
            Ok(mark) => Some(mark),
            Err(error) => {
                let text = text.to_owned();
                problems.push(row.at(MARK, RowReason::Mark { text, error }));
                None
            }
        }
    }

    /// The sheet of an entry and seat, a new one at its first row.
    fn sheet(
        &mut self,
        entry: usize,
        seat: usize,
        state: SheetState,
        line: u64,
    ) -> Option<&mut Sheet> {
        let criteria = self.charter.criteria().len();
        let new = self.list.len();
        let position = *self.positions.entry((entry, seat)).or_insert(new);
        if position == new {
            let input = SheetInput {
                entry,
                seat,
                state,
                marks: vec![None; criteria],
            };
            self.list.push(Sheet {
                input,
                line,
                rows: vec![None; criteria],
                bare: None,
            });
        }
        self.list.get_mut(position)
    }
}

impl Sheet {
    fn add(
        &mut self,
        row: &Row<'_>,
        state: SheetState,
        criterion: Option<usize>,
        mark: Option<Mark>,
        problems: &mut Vec<Problem>,
    ) {
        if state != self.input.state {
            let (state, line) = (word(self.input.state), self.line);
            problems.push(row.at(STATE, RowReason::TwoStates { state, line }));
        }
        let Some(criterion) = criterion else {
            return self.add_bare(row, state, problems);
        };
        if let Some(line) = self.bare {
            problems.push(row.at(CRITERION, RowReason::NotAlone { line }));
        }
        let slots = (
            self.rows.get_mut(criterion),
            self.input.marks.get_mut(criterion),
        );
        let (Some(first), Some(slot)) = slots else {
            return;
        };
        if let Some(line) = *first {
            problems.push(row.at(CRITERION, RowReason::SecondMark { line }));
            return;
        }
        *first = Some(row.line);
        *slot = mark;
    }

    /// A sheet that does not count may be one row with an empty criterion.
    fn add_bare(&mut self, row: &Row<'_>, state: SheetState, problems: &mut Vec<Problem>) {
        if state == SheetState::Counted {
            problems.push(row.at(CRITERION, RowReason::CountedWithoutCriterion));
        }
        if row
            .text(MARK, problems)
            .is_some_and(|text| !text.is_empty())
        {
            problems.push(row.at(MARK, RowReason::MarkWithoutCriterion));
        }
        let first_row = self.rows.iter().flatten().min().copied();
        if let Some(line) = self.bare {
            problems.push(row.at(CRITERION, RowReason::SecondMark { line }));
        } else if first_row.is_some() {
            problems.push(row.at(CRITERION, RowReason::NotAlone { line: row.line }));
        }
        self.bare.get_or_insert(row.line);
    }
}

fn state(row: &Row<'_>, problems: &mut Vec<Problem>) -> Option<SheetState> {
    let text = row.text(STATE, problems)?;
    let state = SheetState::from_word(text);
    if state.is_none() {
        let text = text.to_owned();
        problems.push(row.at(
            STATE,
            RowReason::Word {
                text,
                allowed: STATES,
            },
        ));
    }
    state
}

fn word(state: SheetState) -> &'static str {
    SheetState::ALL
        .into_iter()
        .find(|(_, other)| *other == state)
        .map_or("", |(word, _)| word)
}
