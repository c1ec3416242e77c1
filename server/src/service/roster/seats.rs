//! The table of seats: who sits where, on the panels of contests that exist already.

use super::columns::{Column, TableKind};
use super::existing::{Existing, KnownContest, Seat};
use super::file::Row;
use super::plan::{Counts, Plan, PlannedSeat, SEAT_NUMBER_MAX, is_filled};
use domain::ids::ContestId;
use std::collections::BTreeMap;

const KIND: TableKind = TableKind::Seats;

/// Checks the rows and plans the seats that they add or change.
pub fn seats(plan: &mut Plan, after: &mut Existing, rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    let mut seen: BTreeMap<(ContestId, u32), u32> = BTreeMap::new();
    for row in rows {
        if !is_filled(plan, KIND, row, KIND.required()) {
            continue;
        }
        let person = match person(plan, after, row) {
            Some(person) => person,
            None => continue,
        };
        let Some(contest) = contest(plan, after, row) else {
            continue;
        };
        let (number, class) = (number(plan, row), class(plan, contest, row));
        let (Some(number), Some(class)) = (number, class) else {
            continue;
        };
        if seen.insert((contest.id, number), row.number).is_some() {
            plan.problems
                .push(row.problem(KIND, Column::Seat, "duplicate_seat"));
            continue;
        }
        let seat = PlannedSeat {
            contest: contest.id,
            number,
            class,
            person,
        };
        let before = contest.seats.get(&number).cloned();
        if is_too_late(contest, before.as_ref(), &seat) {
            plan.problems
                .push(row.problem(KIND, Column::Class, "contest_started"));
            continue;
        }
        let planned = Seat::from(&seat);
        if counts.count(before.as_ref(), &planned) {
            plan.seats.push(seat);
        }
    }
    counts
}

/// A contest is named by its id or by a title that only one has.
fn contest<'a>(plan: &mut Plan, after: &'a Existing, row: &Row) -> Option<&'a KnownContest> {
    let text = row.get(Column::Contest);
    let is_named =
        |contest: &&KnownContest| contest.title == text || contest.id.to_string() == text;
    let mut named = after.contests.iter().filter(is_named);
    let code = match (named.next(), named.next()) {
        (Some(contest), None) => return Some(contest),
        (Some(_), Some(_)) => "ambiguous_contest",
        (None, _) => "unknown_contest",
    };
    plan.problems.push(row.problem(KIND, Column::Contest, code));
    None
}

fn number(plan: &mut Plan, row: &Row) -> Option<u32> {
    let text = row.get(Column::Seat);
    // 「3号」 and 「3号席」 are what people write.
    let digits = text.trim_end_matches('席').trim_end_matches('号').trim();
    let number = digits
        .parse()
        .ok()
        .filter(|number| (1..=SEAT_NUMBER_MAX).contains(number));
    if number.is_none() {
        plan.problems
            .push(row.problem(KIND, Column::Seat, "bad_seat_number"));
    }
    number
}

fn class(plan: &mut Plan, contest: &KnownContest, row: &Row) -> Option<String> {
    let text = row.get(Column::Class);
    let is_named = |(key, name): &&(String, String)| key == text || name == text;
    let found = contest
        .classes
        .iter()
        .find(is_named)
        .map(|(key, _)| key.clone());
    if found.is_none() {
        plan.problems
            .push(row.problem(KIND, Column::Class, "unknown_class"));
    }
    found
}

/// A person is named by code, by a name that only one has, or is not named at all.
fn person(plan: &mut Plan, after: &Existing, row: &Row) -> Option<String> {
    let text = row.get(Column::Person);
    if text.is_empty() {
        return Some(String::new());
    }
    if let Some(person) = after.people.get(text) {
        return Some(person.name.clone());
    }
    let mut named = after.people.values().filter(|person| person.name == text);
    let code = match (named.next(), named.next()) {
        (Some(person), None) => return Some(person.name.clone()),
        (Some(_), Some(_)) => "ambiguous_name",
        (None, _) => "unknown_person",
    };
    plan.problems.push(row.problem(KIND, Column::Person, code));
    None
}

fn is_too_late(contest: &KnownContest, before: Option<&Seat>, seat: &PlannedSeat) -> bool {
    contest.frozen && before.is_none_or(|before| before.class != seat.class)
}
