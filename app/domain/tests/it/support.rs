//! Small contests in a few characters: a charter from TOML lines, seats as one letter each, a
//! sheet as `"8 9"` (one mark for each criterion, `-` for a missing one) or a word for its state.

use domain::charter::{Charter, CharterDraft, CharterError};
use domain::ratio::Ratio;
use domain::scoring::{
    ContestInput, ContestResult, EntryInput, EntryResult, SeatInput, SheetInput, SheetState,
    score_contest,
};

/// One criterion `c` from 0 to 10.
pub const ONE: &str = r#"criteria = [{ key = "c", name = "c", max = "10", step = "0.1" }]"#;
/// Two criteria `c` and `d` from 0 to 10, `d` counting double.
pub const TWO: &str = r#"criteria = [
  { key = "c", name = "c", max = "10", step = "0.1" },
  { key = "d", name = "d", max = "10", step = "0.1", factor = "2" },
]"#;
/// One class `A` with the mean.
pub const MEAN: &str = r#"classes = [{ key = "A", name = "A" }]"#;

pub fn draft(lines: &[&str]) -> CharterDraft {
    let text = format!("title = \"t\"\nversion = \"1\"\n{}\n", lines.join("\n"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub fn charter(lines: &[&str]) -> Charter {
    Charter::from_draft(draft(lines)).unwrap_or_else(|errors| panic!("{}", join(&errors)))
}

pub fn join(errors: &[CharterError]) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}

pub fn ratio(num: i128, den: i128) -> Ratio {
    Ratio::new(num, den).expect("a small fraction")
}

/// A contest under construction.
#[derive(Clone)]
pub struct Contest {
    pub charter: Charter,
    pub input: ContestInput,
}

impl Contest {
    /// `seats` has one letter, the key of its class, for each seat.
    pub fn new(lines: &[&str], seats: &str) -> Contest {
        let charter = charter(lines);
        let class = |key: char| charter.class_index(&key.to_string()).expect("a class");
        let seats = seats.chars().map(|key| SeatInput { class: class(key) }).collect();
        Contest { charter, input: ContestInput { seats, ..ContestInput::default() } }
    }

    /// One entry with a sheet for each seat.
    pub fn entry(mut self, sheets: &[&str]) -> Contest {
        let entry = self.input.entries.len();
        self.input.entries.push(EntryInput::default());
        for (seat, text) in sheets.iter().enumerate() {
            self.input.sheets.extend(sheet(&self.charter, entry, seat, text));
        }
        self
    }

    pub fn multiplier(mut self, text: &str) -> Contest {
        self.last().multiplier = Some(text.parse().unwrap());
        self
    }

    pub fn deduct(mut self, text: &str) -> Contest {
        self.last().deductions.push(text.parse().unwrap());
        self
    }

    pub fn withdrawn(mut self) -> Contest {
        self.last().withdrawn = true;
        self
    }

    pub fn result(&self) -> ContestResult {
        score_contest(&self.charter, &self.input).unwrap()
    }

    pub fn of(&self, entry: usize) -> EntryResult {
        self.result().entry(entry).unwrap().clone()
    }

    fn last(&mut self) -> &mut EntryInput {
        self.input.entries.last_mut().expect("an entry")
    }
}

/// `none` is a seat without a sheet.
pub fn sheet(charter: &Charter, entry: usize, seat: usize, text: &str) -> Option<SheetInput> {
    if text == "none" {
        return None;
    }
    if let Some(state) = SheetState::from_word(text) {
        return Some(SheetInput { entry, seat, state, marks: Vec::new() });
    }
    let mark = |(criterion, text): (usize, &str)| match text {
        "-" => None,
        text => Some(charter.criteria()[criterion].parse_mark(text).unwrap()),
    };
    let marks = text.split(' ').enumerate().map(mark).collect();
    Some(SheetInput { entry, seat, state: SheetState::Counted, marks })
}

/// The scores in file order, `-` for none.
#[track_caller]
pub fn check_scores(contest: &Contest, expected: &[&str]) {
    let places = contest.charter.rounding().places;
    let score = |entry| match contest.of(entry).score.score {
        Some(score) => score.to_fixed(places),
        None => "-".to_owned(),
    };
    let scores: Vec<String> = (0..contest.input.entries.len()).map(score).collect();
    assert_eq!(scores, expected);
}

/// The ranks in file order, 0 for none.
#[track_caller]
pub fn check_ranks(contest: &Contest, expected: &[u32]) {
    let rank = |entry| contest.of(entry).standing.rank.unwrap_or_default();
    let ranks: Vec<u32> = (0..contest.input.entries.len()).map(rank).collect();
    assert_eq!(ranks, expected);
}

/// The codes of one entry's notes.
#[track_caller]
pub fn check_notes(contest: &Contest, entry: usize, expected: &[&str]) {
    let result = contest.of(entry);
    let codes: Vec<String> = result.notes().map(|note| note.code(&contest.charter)).collect();
    assert_eq!(codes, expected);
}

/// The tie steps of one entry.
#[track_caller]
pub fn check_ties(contest: &Contest, entry: usize, expected: &[&str]) {
    let steps = contest.of(entry).standing.ties;
    let codes: Vec<String> = steps.iter().map(|step| step.code(&contest.charter)).collect();
    assert_eq!(codes, expected);
}

/// `n/N kept` of one class of the first entry.
#[track_caller]
pub fn check_panel(contest: &Contest, class: usize, expected: &str) {
    let panel = contest.of(0).score.classes[class].panel;
    assert_eq!(format!("{}/{} {}", panel.valid, panel.eligible, panel.kept), expected);
}

/// The fates of all seats in a column of the first class, `k`, `h`, `l` or `o` each.
#[track_caller]
pub fn check_fates(contest: &Contest, column: usize, expected: &str) {
    use domain::scoring::Fate;
    let score = contest.of(0).score;
    let fates = score.classes[0].columns[column].lines.iter().map(|line| match line.fate {
        Fate::Kept => 'k',
        Fate::StruckHigh => 'h',
        Fate::StruckLow => 'l',
        Fate::Out(_) => 'o',
    });
    assert_eq!(fates.collect::<String>(), expected);
}
