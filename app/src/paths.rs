//! Every address of the interface, built in one place: links, redirects and tests agree.

use domain::ids::{ContestId, EntryId, SeatId};

pub const HOME: &str = "/";
pub const BOARDS: &str = "/boards";
pub const PREFS: &str = "/prefs";
pub const CARD: &str = "/card";
pub const SEATS: &str = "/seat";
pub const ADMIN: &str = "/admin";
pub const SIGN_IN: &str = "/admin/sign-in";

#[must_use]
pub fn contest(contest: ContestId) -> String {
    format!("/contests/{contest}")
}

#[must_use]
pub fn screen(contest: ContestId) -> String {
    format!("/screen/{contest}")
}

#[must_use]
pub fn seat(seat: SeatId) -> String {
    format!("/seat/{seat}")
}

#[must_use]
pub fn pad(seat: SeatId, entry: EntryId) -> String {
    format!("/seat/{seat}/entry/{entry}")
}

#[must_use]
pub fn review(seat: SeatId, entry: EntryId) -> String {
    format!("/seat/{seat}/entry/{entry}/review")
}

#[must_use]
pub fn records(seat: SeatId) -> String {
    format!("/seat/{seat}/records")
}
