//! What holds for every contest: found by generated ones.

use crate::support::{Contest, charter};
use domain::charter::{Charter, TrimBy};
use domain::mark::Mark;
use domain::ratio::Ratio;
use domain::scoring::{
    ContestInput, ContestResult, EntryInput, Fate, SeatInput, SheetInput, SheetState, score_contest,
};
use proptest::prelude::*;

const STATES: [SheetState; 5] = [
    SheetState::Counted,
    SheetState::Absent,
    SheetState::Abstain,
    SheetState::Recused,
    SheetState::Void,
];

/// A charter from a few choices: (trim by, missing, aggregate, high, low, reweight).
type Choices = (bool, u8, u8, usize, usize, bool);

fn choices() -> impl Strategy<Value = Choices> {
    (
        any::<bool>(),
        0_u8..3,
        0_u8..3,
        0_usize..3,
        0_usize..3,
        any::<bool>(),
    )
}

fn built((by_criterion, missing, aggregate, high, low, reweight): Choices) -> Charter {
    let by = if by_criterion { "criterion" } else { "seat" };
    let missing = ["exclude", "hold", "zero"][usize::from(missing)];
    let aggregate = ["mean", "median", "sum"][usize::from(aggregate)];
    let absent = if reweight { "reweight" } else { "hold" };
    let trim = format!(
        "{{ high = {high}, low = {low}, min_panel = {} }}",
        high + low + 1
    );
    let class = |key: &str, weight: &str| {
        format!(
            "{{ key = \"{key}\", name = \"{key}\", weight = \"{weight}\", \
             aggregate = \"{aggregate}\", trim = {trim} }}"
        )
    };
    charter(&[
        &format!("trim_by = \"{by}\"\nmissing = \"{missing}\"\nclass_absent = \"{absent}\""),
        "ties = [{ step = \"untrimmed_mean\" }, { step = \"criterion\", key = \"c\" }]",
        "criteria = [{ key = \"c\", name = \"c\", max = \"10\", step = \"0.1\" },
          { key = \"d\", name = \"d\", max = \"20\", step = \"0.5\", factor = \"1.5\" }]",
        &format!("classes = [{}, {}]", class("A", "0.6"), class("B", "0.4")),
    ])
}

/// One sheet: whether there is one, its state, and two marks.
type Cell = (u8, Option<u8>, Option<u8>);

fn cells(entries: usize, seats: usize) -> impl Strategy<Value = Vec<Cell>> {
    let mark = || prop_oneof![9 => (0_u8..=40).prop_map(Some), 1 => Just(None)];
    // Most sheets count, so that most classes have a panel.
    let kind = prop_oneof![8 => Just(0_u8), 3 => 1_u8..6];
    prop::collection::vec((kind, mark(), mark()), entries * seats)
}

fn input(entries: usize, seats: usize, cells: &[Cell]) -> ContestInput {
    let mut input = ContestInput {
        entries: vec![EntryInput::default(); entries],
        seats: (0..seats)
            .map(|seat| SeatInput { class: seat % 2 })
            .collect(),
        sheets: Vec::new(),
    };
    for (index, (kind, first, second)) in cells.iter().enumerate() {
        let Some(state) = STATES.get(usize::from(*kind)).copied() else {
            continue;
        };
        let mark = |value: Option<u8>| value.map(|value| Mark(i64::from(value) * 500 / 2));
        let marks = vec![mark(*first), mark(*second)];
        let (entry, seat) = (index / seats, index % seats);
        input.sheets.push(SheetInput {
            entry,
            seat,
            state,
            marks,
        });
    }
    input
}

fn contests() -> impl Strategy<Value = (Charter, ContestInput)> {
    (1_usize..6, 1_usize..14, choices()).prop_flat_map(|(entries, seats, choices)| {
        cells(entries, seats).prop_map(move |cells| (built(choices), input(entries, seats, &cells)))
    })
}

fn score(charter: &Charter, input: &ContestInput) -> ContestResult {
    score_contest(charter, input).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_order_in_which_sheets_arrive_changes_nothing(
        (charter, input) in contests(), seed in any::<prop::sample::Index>(),
    ) {
        let mut shuffled = input.clone();
        shuffled.sheets.reverse();
        let count = shuffled.sheets.len();
        shuffled.sheets.rotate_left(seed.index(count + 1));
        prop_assert_eq!(score(&charter, &shuffled), score(&charter, &input));
    }

    #[test]
    fn the_order_of_seats_changes_no_score_and_no_place((charter, input) in contests()) {
        let last = input.seats.len() - 1;
        let mut turned = input.clone();
        turned.seats.reverse();
        turned.sheets.iter_mut().for_each(|sheet| sheet.seat = last - sheet.seat);
        let (before, after) = (score(&charter, &input), score(&charter, &turned));
        for (before, after) in before.entries.iter().zip(&after.entries) {
            prop_assert_eq!(&before.standing, &after.standing);
            prop_assert_eq!(before.score.exact, after.score.exact);
            prop_assert_eq!(before.score.untrimmed_mean, after.score.untrimmed_mean);
            prop_assert_eq!(&before.score.tie_values, &after.score.tie_values);
        }
    }

    #[test]
    fn the_order_of_entries_changes_no_score((charter, input) in contests()) {
        let last = input.entries.len() - 1;
        let mut turned = input.clone();
        turned.entries.reverse();
        turned.sheets.iter_mut().for_each(|sheet| sheet.entry = last - sheet.entry);
        let (before, after) = (score(&charter, &input), score(&charter, &turned));
        for entry in 0..=last {
            let (left, right) = (before.entry(entry).unwrap(), after.entry(last - entry).unwrap());
            prop_assert_eq!(left.score.exact, right.score.exact);
            prop_assert_eq!(left.standing.rank, right.standing.rank);
            prop_assert_eq!(&left.score.notes, &right.score.notes);
        }
    }

    #[test]
    fn a_recusal_never_changes_another_entrys_score(
        (charter, input) in contests(), pick in any::<prop::sample::Index>(),
    ) {
        prop_assume!(!input.sheets.is_empty());
        let mut recused = input.clone();
        let chosen = pick.index(recused.sheets.len());
        recused.sheets[chosen].state = SheetState::Recused;
        let entry = recused.sheets[chosen].entry;
        let (before, after) = (score(&charter, &input), score(&charter, &recused));
        for other in (0..input.entries.len()).filter(|other| *other != entry) {
            prop_assert_eq!(
                &before.entry(other).unwrap().score, &after.entry(other).unwrap().score
            );
        }
    }

    #[test]
    fn trimming_removes_exactly_high_and_low_values((charter, input) in contests()) {
        for result in score(&charter, &input).entries {
            for class in result.score.classes.iter().filter(|class| class.value.is_some()) {
                let trim = charter.classes()[class.class].trim.unwrap();
                for column in &class.columns {
                    let count = |fate| column.lines.iter().filter(|l| l.fate == fate).count();
                    let trimmed = column.valid >= trim.min_panel;
                    let (high, low) = if trimmed { (trim.high, trim.low) } else { (0, 0) };
                    prop_assert_eq!(count(Fate::StruckHigh), high);
                    prop_assert_eq!(count(Fate::StruckLow), low);
                    prop_assert_eq!(count(Fate::Kept), column.kept);
                    prop_assert_eq!(column.valid, column.kept + high + low);
                }
            }
        }
    }

    #[test]
    fn nothing_kept_lies_beyond_what_was_struck((charter, input) in contests()) {
        for result in score(&charter, &input).entries {
            for column in result.score.classes.iter().flat_map(|class| &class.columns) {
                let values = |fate| {
                    column.lines.iter().filter(move |l| l.fate == fate).filter_map(|l| l.value)
                };
                let kept_max = values(Fate::Kept).max();
                let kept_min = values(Fate::Kept).min();
                prop_assert!(values(Fate::StruckHigh).all(|high| Some(high) >= kept_max));
                prop_assert!(
                    values(Fate::StruckLow).all(|low| kept_min.is_none_or(|min| low <= min))
                );
            }
        }
    }

    #[test]
    fn a_mean_or_median_lies_between_the_least_and_the_largest_number(
        (charter, input) in contests(),
    ) {
        prop_assume!(charter.classes()[0].aggregate != domain::charter::Aggregate::Sum);
        for result in score(&charter, &input).entries {
            let columns = result.score.classes.iter().flat_map(|class| &class.columns);
            for column in columns {
                let Some(aggregate) = column.aggregate else { continue };
                let values = || column.lines.iter().filter_map(|line| line.value);
                prop_assert!(values().min().is_some_and(|least| least <= aggregate));
                prop_assert!(values().max().is_some_and(|largest| aggregate <= largest));
            }
            if let Some(exact) = result.score.exact {
                // Full marks: 10 + 1.5 x 20, with weights that total one.
                prop_assert!(Ratio::ZERO <= exact && exact <= crate::support::ratio(40, 1));
            }
        }
    }

    #[test]
    fn every_entry_has_a_score_or_a_reason((charter, input) in contests()) {
        let result = score(&charter, &input);
        prop_assert_eq!(result.entries.len(), input.entries.len());
        for entry in &result.entries {
            let held = entry.notes().any(|note| note.code(&charter).starts_with("held:"));
            prop_assert_eq!(entry.score.score.is_none(), held);
            prop_assert_eq!(entry.standing.rank.is_none(), held);
        }
    }

    #[test]
    fn panels_only_shrink_from_seats_to_eligible_to_valid_to_kept(
        (charter, input) in contests(),
    ) {
        for result in score(&charter, &input).entries {
            for class in &result.score.classes {
                let panel = class.panel;
                prop_assert!(panel.seats >= panel.eligible && panel.eligible >= panel.valid);
                prop_assert!(panel.valid >= panel.kept);
            }
        }
    }

    #[test]
    fn the_unfolded_calculation_adds_up_to_the_score((charter, input) in contests()) {
        for result in score(&charter, &input).entries {
            let Some(exact) = result.score.exact else { continue };
            let mut sum = Ratio::ZERO;
            for class in &result.score.classes {
                if let Some(contribution) = class.contribution {
                    let product = class.weight.unwrap().times(class.value.unwrap()).unwrap();
                    prop_assert_eq!(contribution, product);
                    sum = sum.plus(contribution).unwrap();
                }
                let factored = class.columns.iter().filter_map(|column| column.factored);
                let total = factored.fold(Ratio::ZERO, |sum, part| sum.plus(part).unwrap());
                prop_assert!(class.value.is_none_or(|value| value == total));
            }
            prop_assert_eq!(sum, exact);
        }
    }

    #[test]
    fn without_trim_and_missing_marks_both_ways_of_trimming_agree(
        rows in prop::collection::vec((0_u8..=40, 0_u8..=40), 1..9),
    ) {
        let class = "classes = [{ key = \"A\", name = \"A\" }]";
        let seats = "A".repeat(rows.len());
        let contest = |by: &str| {
            let mut contest = Contest::new(&[by, crate::support::TWO, class], &seats).entry(&[]);
            for (seat, (first, second)) in rows.iter().enumerate() {
                let marks = vec![
                    Some(Mark(i64::from(*first) * 100)), Some(Mark(i64::from(*second) * 100)),
                ];
                let state = SheetState::Counted;
                contest.input.sheets.push(SheetInput { entry: 0, seat, state, marks });
            }
            contest
        };
        let (seat, criterion) =
            (contest("trim_by = \"seat\""), contest("trim_by = \"criterion\""));
        prop_assert_eq!(criterion.charter.trim_by(), TrimBy::Criterion);
        prop_assert_eq!(seat.of(0).score.exact, criterion.of(0).score.exact);
    }
}
