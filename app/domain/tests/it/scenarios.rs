//! The acceptance scenarios that concern scoring, and the edges that must not break it.

use crate::support::{
    Contest, MEAN, ONE, TWO, check_notes, check_panel, check_ranks, check_scores,
};
use domain::mark::Mark;
use domain::scoring::{
    EntryInput, InputError, SeatInput, SheetInput, SheetState, Status, score_contest, score_entry,
};

const TRIMMED: &str =
    r#"classes = [{ key = "A", name = "A", trim = { high = 1, low = 1, min_panel = 5 } }]"#;

/// Scenario 2 and XY-7: performers are voters too.
#[test]
fn scenario_2_ten_county_leaders_perform_and_vote_and_each_has_the_sheets_of_nine_peers() {
    let mut contest = Contest::new(&[ONE, TRIMMED], &"A".repeat(10));
    for performer in 0..10 {
        let mark = |seat: usize| match seat == performer {
            true => "recused".to_owned(),
            false => (1 + (seat + performer) % 9).to_string(),
        };
        let sheets: Vec<String> = (0..10).map(mark).collect();
        contest = contest.entry(&sheets.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for performer in 0..10 {
        let panel = contest.of(performer).score.classes[0].panel;
        assert_eq!((panel.seats, panel.eligible, panel.valid, panel.kept), (10, 9, 9, 7));
        check_notes(&contest, performer, &["partial_panel:A"]);
    }
}

#[test]
fn scenario_12_all_judges_give_equal_marks() {
    let contest = Contest::new(&[ONE, TRIMMED], "AAAAAA").entry(&["7"; 6]).entry(&["7"; 6]);
    check_scores(&contest, &["7.00", "7.00"]);
    check_panel(&contest, 0, "6/6 4");
    check_ranks(&contest, &[1, 1]);
}

#[test]
fn scenario_12_one_judge_is_present() {
    let sheets = ["7", "absent", "absent", "none", "void"];
    let contest = Contest::new(&[ONE, TRIMMED], "AAAAA").entry(&sheets);
    check_scores(&contest, &["7.00"]);
    check_panel(&contest, 0, "1/5 1");
    check_notes(&contest, 0, &["partial_panel:A", "below_min_panel:A"]);
}

#[test]
fn scenario_12_all_judges_are_recused() {
    let contest = Contest::new(&[ONE, TRIMMED], "AAAAA").entry(&["recused"; 5]);
    check_scores(&contest, &["-"]);
    check_panel(&contest, 0, "0/0 0");
    check_ranks(&contest, &[0]);
    check_notes(&contest, 0, &["partial_panel:A", "held:class_absent:A"]);
}

#[test]
fn a_withdrawn_entry_keeps_its_sheets_and_counts_none() {
    let contest = Contest::new(&[ONE, MEAN], "AA").entry(&["9", "recused"]).withdrawn();
    check_scores(&contest, &["-"]);
    check_panel(&contest, 0, "0/1 0");
    assert_eq!(contest.of(0).score.status, Status::Withdrawn);
    assert_eq!(contest.of(0).score.classes[0].value, None);
}

#[test]
fn a_contest_without_entries_or_seats_is_empty() {
    assert_eq!(Contest::new(&[ONE, MEAN], "").result().entries.len(), 0);
    check_scores(&Contest::new(&[ONE, MEAN], "").entry(&[]), &["-"]);
}

#[test]
fn a_number_too_large_for_exact_arithmetic_holds_the_entry() {
    // Forty denominators without a common factor: every criterion has another panel size.
    let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71];
    let primes: Vec<usize> = primes.into_iter().chain([73, 79, 83, 89, 97, 101, 103]).collect();
    let criterion =
        |index: usize| format!("{{ key = \"k{index}\", name = \"k\", max = \"10\", step = \"1\" }}");
    let criteria: Vec<String> = (0..primes.len()).map(criterion).collect();
    let criteria = format!("criteria = [{}]", criteria.join(","));
    let mut contest =
        Contest::new(&["trim_by = \"criterion\"", &criteria, MEAN], &"A".repeat(103));
    contest.input.entries.push(EntryInput::default());
    for seat in 0..103 {
        let mark = |prime: &usize| (seat < *prime).then_some(Mark(if seat == 0 { 1 } else { 0 }));
        let marks = primes.iter().map(mark).collect();
        let state = SheetState::Counted;
        contest.input.sheets.push(SheetInput { entry: 0, seat, state, marks });
    }
    check_scores(&contest, &["-"]);
    check_notes(&contest, 0, &["held:too_large"]);
}

#[test]
fn one_entry_alone_scores_as_it_does_in_the_contest() {
    let contest =
        Contest::new(&[TWO, TRIMMED], "AAAAA").entry(&["8 7"; 5]).entry(&["9 1", "2 2", "7 7"]);
    let sheets: Vec<&SheetInput> =
        contest.input.sheets.iter().filter(|sheet| sheet.entry == 1).collect();
    let mut slots = vec![None; 5];
    for sheet in sheets {
        slots[sheet.seat] = Some(sheet);
    }
    let Contest { charter, input } = &contest;
    let alone = score_entry(charter, &input.seats, 1, &input.entries[1], &slots);
    assert_eq!(alone, contest.of(1).score);
    // Slots that were never filled are seats without a sheet.
    let short = score_entry(charter, &input.seats, 1, &input.entries[1], &slots[..3]);
    assert_eq!(short, alone);
}

#[test]
fn an_index_that_names_nothing_is_refused() {
    let contest = Contest::new(&[ONE, MEAN], "A").entry(&["8"]);
    let check = |change: &dyn Fn(&mut Contest), expected: InputError| {
        let mut contest = contest.clone();
        change(&mut contest);
        assert_eq!(score_contest(&contest.charter, &contest.input), Err(expected));
    };
    check(&|c| c.input.sheets[0].entry = 7, InputError::UnknownEntry { sheet: 0, entry: 7 });
    check(&|c| c.input.sheets[0].seat = 7, InputError::UnknownSeat { sheet: 0, seat: 7 });
    check(
        &|c| c.input.seats.push(SeatInput { class: 9 }),
        InputError::UnknownClass { seat: 1, class: 9 },
    );
    check(
        &|c| c.input.sheets.push(c.input.sheets[0].clone()),
        InputError::SecondSheet { sheet: 1 },
    );
}

#[test]
fn a_result_reads_back_from_json_as_it_was() {
    let contest = Contest::new(&[TWO, TRIMMED], "AAAAA")
        .entry(&["8 7", "9 9", "7 -", "1 1", "5 5"])
        .deduct("0.1")
        .entry(&["recused"; 5]);
    let result = contest.result();
    let json = serde_json::to_string(&result).unwrap();
    assert_eq!(serde_json::from_str::<domain::scoring::ContestResult>(&json).unwrap(), result);
}

#[test]
fn a_judges_own_running_total_is_the_seat_total() {
    use domain::scoring::sheet_total;
    let contest = Contest::new(&[TWO, MEAN], "A").entry(&["8 7"]);
    let marks = [Some(Mark(8_000)), Some(Mark(7_000))];
    let (total, missing) = sheet_total(&contest.charter, 0, &marks);
    assert_eq!((Some(total), missing), (contest.of(0).score.exact, 0));
    let (total, missing) = sheet_total(&contest.charter, 0, &[None, Some(Mark(7_000))]);
    assert_eq!((total.to_fixed(1), missing), ("14.0".to_owned(), 1));
}
