//! Every address of the interface, built in one place: links, redirects and tests agree.

use domain::ids::{ContestId, EntryId, OpId, PledgeId, SeasonId, SeatId, SlipId, UnitId};
use domain::month::cadence::{Output, Span};
use domain::month::period::Period;
use domain::month::slip::SlipState;
use domain::worklist::WorkState;
use leptos_router::location::Url;

pub const HOME: &str = "/";
pub const BOARDS: &str = "/boards";
pub const UNITS: &str = "/units";
pub const PREFS: &str = "/prefs";
pub const CARD: &str = "/card";
pub const SEATS: &str = "/seat";
pub const HOSTS: &str = "/host";
pub const FIELDS: &str = "/field";
pub const ADMIN: &str = "/admin";
pub const SIGN_IN: &str = "/admin/sign-in";
pub const ACCOUNT: &str = "/admin/account";
pub const ROSTER: &str = "/admin/roster";
pub const SEASONS: &str = "/admin/months";
/// 提醒单, 督办单, 约谈.
pub const SLIPS: &str = "/admin/slips";
pub const NEW_CONTEST: &str = "/admin/contests/new";
/// Takes a multipart form with a file and what it is.
pub const UPLOADS: &str = "/admin/uploads";
/// Empty roster files to fill in.
pub const TEMPLATES: &str = "/admin/roster/template";
/// Style of what is hung up, projected or printed, which no pad loads.
pub const SHEETS_CSS: &str = "/sheets.css";
/// Style of charts, which no pad loads.
pub const CHARTS_CSS: &str = "/charts.css";
/// What a messenger shows beside a link.
pub const CARD_PICTURE: &str = "/icons/icon-512.png";
pub const INSTALL_HELP: &str = "/help/install";

/// The photo of a record, for staff.
#[must_use]
pub fn photo(op: OpId) -> String {
    format!("/admin/photos/{op}")
}

#[must_use]
pub fn contest(contest: ContestId) -> String {
    format!("/contests/{contest}")
}

#[must_use]
pub fn screen(contest: ContestId) -> String {
    format!("/screen/{contest}")
}

/// A posted month.
#[must_use]
pub fn month(season: SeasonId, period: Period) -> String {
    format!("/months/{season}/{period}")
}

/// The boards of one season.
#[must_use]
pub fn boards(season: SeasonId) -> String {
    format!("{BOARDS}?season={season}")
}

/// A posted month, from a poster of this edition.
#[must_use]
pub fn month_printed(season: SeasonId, period: Period, edition: u32) -> String {
    format!("/months/{season}/{period}?edition={edition}")
}

/// A posted month to hang on a wall.
#[must_use]
pub fn month_poster(season: SeasonId, period: Period) -> String {
    format!("/months/{season}/{period}/poster")
}

/// A posted month as a picture.
#[must_use]
pub fn month_picture(season: SeasonId, period: Period) -> String {
    format!("/months/{season}/{period}/picture.svg")
}

/// Who held which flag.
#[must_use]
pub fn month_flags(season: SeasonId, period: Period) -> String {
    format!("/months/{season}/{period}/flags")
}

/// The same page by the key of a season's link.
#[must_use]
pub fn by_link(key: &str, path: &str) -> String {
    format!("/link/{key}{path}")
}

/// A posted month for the projector.
#[must_use]
pub fn month_screen(season: SeasonId, period: Period) -> String {
    format!("/screen/months/{season}/{period}")
}

#[must_use]
pub fn unit(unit: UnitId) -> String {
    format!("/units/{unit}")
}

/// Where a unit stands, as a picture.
#[must_use]
pub fn unit_picture(unit: UnitId) -> String {
    format!("/units/{unit}/picture.svg")
}

/// The staff's page of a month.
#[must_use]
pub fn month_desk(season: SeasonId, period: Period) -> String {
    format!("/admin/months/{season}/{period}")
}

/// The figures of a month to fill in and import.
#[must_use]
pub fn month_figures(season: SeasonId, period: Period) -> String {
    format!("/admin/months/{season}/{period}/figures.xlsx")
}

/// A file of a posted month.
#[must_use]
pub fn month_file(season: SeasonId, period: Period, file: &str) -> String {
    format!("/admin/months/{season}/{period}/export/{file}")
}

/// The bulletin of a posted month, on paper.
#[must_use]
pub fn month_print(season: SeasonId, period: Period) -> String {
    format!("/admin/months/{season}/{period}/print")
}

/// The slips of a season that stand in a state.
#[must_use]
pub fn slips(season: SeasonId, state: SlipState) -> String {
    format!("{SLIPS}?season={season}&state={}", state.word())
}

/// One slip or talk.
#[must_use]
pub fn slip(slip: SlipId) -> String {
    format!("{SLIPS}/{slip}")
}

/// The same on paper.
#[must_use]
pub fn slip_print(slip: SlipId) -> String {
    format!("{SLIPS}/{slip}/print")
}

/// The same as a Word file.
#[must_use]
pub fn slip_docx(slip: SlipId) -> String {
    format!("{SLIPS}/{slip}/export/slip.docx")
}

#[must_use]
pub fn desk(contest: ContestId) -> String {
    format!("/admin/contests/{contest}")
}

/// The desk with one entry in its middle.
#[must_use]
pub fn desk_entry(contest: ContestId, entry: EntryId) -> String {
    format!("/admin/contests/{contest}?entry={entry}")
}

#[must_use]
pub fn desk_seats(contest: ContestId) -> String {
    format!("/admin/contests/{contest}/seats")
}

#[must_use]
pub fn cards(contest: ContestId) -> String {
    format!("/admin/contests/{contest}/cards")
}

#[must_use]
pub fn calculation(contest: ContestId) -> String {
    format!("/admin/contests/{contest}/calculation")
}

#[must_use]
pub fn import(upload: &str) -> String {
    format!("/admin/roster/import/{upload}")
}

#[must_use]
pub fn template(file: &str) -> String {
    format!("{TEMPLATES}/{file}")
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

/// The host's page of a contest.
#[must_use]
pub fn host(contest: ContestId) -> String {
    format!("{HOSTS}/{contest}")
}

/// The page of an inspector or a unit, by its link.
#[must_use]
pub fn field(link: SeatId) -> String {
    format!("{FIELDS}/{link}")
}

/// The cards of a season.
#[must_use]
pub fn links(season: SeasonId) -> String {
    format!("/admin/links/{season}")
}

/// The charter of a season.
#[must_use]
pub fn rules(season: SeasonId) -> String {
    format!("/admin/rules/{season}")
}

/// The worklist of a season: of a batch, by state.
#[must_use]
pub fn work(season: SeasonId, batch: Option<&str>, state: Option<WorkState>) -> String {
    let batch = batch.map(|batch| format!("batch={}", Url::escape(batch)));
    let state = state.map(|state| format!("state={}", state.word()));
    let query: Vec<String> = [batch, state].into_iter().flatten().collect();
    match query.is_empty() {
        true => format!("/admin/work/{season}"),
        false => format!("/admin/work/{season}?{}", query.join("&")),
    }
}

/// What of a season's worklist is past its last day.
#[must_use]
pub fn work_overdue(season: SeasonId) -> String {
    format!("/admin/work/{season}?overdue")
}

/// What a season's worklist has of a unit.
#[must_use]
pub fn work_of_unit(season: SeasonId, unit: UnitId) -> String {
    format!("/admin/work/{season}?unit={unit}")
}

/// What the units of a season signed to reach.
#[must_use]
pub fn pledges(season: SeasonId) -> String {
    format!("/admin/pledges/{season}")
}

/// The same, with the code of what was wrong with a paper that was brought.
#[must_use]
pub fn pledges_with(season: SeasonId, fault: Option<&str>) -> String {
    let fault = fault.map(|fault| format!("?fault={fault}"));
    pledges(season) + &fault.unwrap_or_default()
}

/// The signed paper of a pledge: read, or brought by a multipart form with the file.
#[must_use]
pub fn pledge_scan(pledge: PledgeId) -> String {
    format!("/admin/pledges/{pledge}/scan")
}

/// The leaders of a season.
#[must_use]
pub fn leaders(season: SeasonId) -> String {
    format!("/admin/leaders/{season}")
}

/// The duties of a season.
#[must_use]
pub fn calendar(season: SeasonId) -> String {
    format!("/admin/calendar/{season}")
}

/// The document of a duty, on paper.
#[must_use]
pub fn duty_sheet(season: SeasonId, output: Output, span: Span) -> String {
    let (output, Span { from, to }) = (output.word(), span);
    format!("/admin/calendar/{season}/{output}/{from}/{to}")
}

/// The same as a Word file.
#[must_use]
pub fn duty_sheet_docx(season: SeasonId, output: Output, span: Span) -> String {
    format!("{}/export/sheet.docx", duty_sheet(season, output, span))
}

/// A file of a contest's data.
#[must_use]
pub fn export(contest: ContestId, file: &str) -> String {
    format!("/admin/contests/{contest}/export/{file}")
}

/// The calculation as sheets to sign.
#[must_use]
pub fn print_sheets(contest: ContestId) -> String {
    format!("/admin/contests/{contest}/print")
}
