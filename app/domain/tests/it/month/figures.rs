//! Indicators and their points (P12, ZR-3).

use super::{Season, figure, indicator, number, period, unit};
use domain::month::indicator::{Against, Better, Cadence, Cell, Figure, Indicator, Rule};
use domain::month::{Member, MonthResult, UnitResult};
use domain::ratio::Ratio;

fn rank() -> Rule {
    Rule::Rank {
        step: number("0.05"),
    }
}

fn points(indicator: &Indicator, at: &str, figures: &[Figure]) -> Vec<String> {
    let cells = indicator.cells(period(at), figures);
    let text = |points: Option<Ratio>| points.map_or("—".to_owned(), |points| points.to_fixed(2));
    cells.iter().map(|cell| text(cell.points)).collect()
}

#[test]
fn in_july_81_7_percent_of_the_target_is_ahead_of_58_3_percent_of_the_time() {
    let pace = indicator(
        "10",
        Rule::Pace {
            step: number("0.05"),
        },
    );
    let cells = pace.cells(
        period("2026-07"),
        &[figure("81.7", "100"), figure("50", "100")],
    );
    let percent = |share: Option<Ratio>| {
        let hundred = Ratio::new(100, 1).unwrap();
        share.unwrap().times(hundred).unwrap().to_fixed(1)
    };
    assert_eq!(percent(cells[0].completion), "81.7");
    assert_eq!(percent(Some(period("2026-07").share_of_year())), "58.3");
    assert_eq!(percent(cells[0].pace), "23.4");
    assert_eq!(percent(cells[1].pace), "-8.3");
    // 8.33 points behind cost 5 % each: 10 x (1 - 0.41667).
    assert_eq!(
        points(
            &pace,
            "2026-07",
            &[figure("81.7", "100"), figure("50", "100")]
        ),
        ["10.00", "5.83"]
    );
}

#[test]
fn a_met_target_gives_all_points_and_a_missed_one_none() {
    let target = indicator("4", Rule::Target);
    let figures = [
        figure("20", "20"),
        figure("19.999999", "20"),
        figure("25", "20"),
    ];
    assert_eq!(
        points(&target, "2026-01", &figures),
        ["4.00", "0.00", "4.00"]
    );
}

#[test]
fn where_less_is_better_the_target_is_met_from_below() {
    let mut target = indicator("4", Rule::Target);
    target.better = Better::Lower;
    let figures = [figure("3", "3"), figure("3.1", "3"), figure("0", "3")];
    assert_eq!(
        points(&target, "2026-01", &figures),
        ["4.00", "0.00", "4.00"]
    );
}

#[test]
fn each_place_costs_five_percent_and_equal_values_share_a_place() {
    let figures = [
        figure("9", ""),
        figure("8", ""),
        figure("8", ""),
        figure("7", ""),
    ];
    assert_eq!(
        points(&indicator("6", rank()), "2026-01", &figures),
        ["6.00", "5.70", "5.70", "5.10"]
    );
}

#[test]
fn a_place_far_behind_never_costs_more_than_all_points() {
    let figures: Vec<Figure> = (0..30)
        .map(|value| figure(&value.to_string(), ""))
        .collect();
    let all = points(&indicator("6", rank()), "2026-01", &figures);
    assert_eq!((all[0].as_str(), all[29].as_str()), ("0.00", "6.00"));
}

#[test]
fn a_mixed_indicator_gives_four_points_by_the_target_and_six_by_the_place() {
    let mixed = Rule::Mixed {
        target: number("0.4"),
        step: number("0.05"),
    };
    let figures = [figure("6.5", "6"), figure("5.9", "6"), figure("6.2", "6")];
    assert_eq!(
        points(&indicator("10", mixed), "2026-01", &figures),
        ["10.00", "5.40", "9.70"]
    );
}

#[test]
fn twelve_monthly_and_four_quarterly_indicators_weigh_69_and_31() {
    let monthly = (0..12).map(|at| indicator(if at < 9 { "6" } else { "5" }, Rule::Target));
    let quarterly = (0..4).map(|at| Indicator {
        cadence: Cadence::Quarterly,
        ..indicator(if at < 3 { "8" } else { "7" }, Rule::Target)
    });
    let mut season = Season::of(&[3]);
    season.indicators = monthly.chain(quarterly).collect();
    let figures = (0..16).flat_map(|at| (1..=3).map(move |of| ((at, unit(of)), figure("1", "1"))));
    let figures = figures.collect();
    let may = season.closed("2026-05", &figures, &[]);
    assert_eq!(
        (may.asked.len(), may.groups[0].units[0].score),
        (12, Some(Ratio::scaled(69, 1)))
    );
    let june = season.closed("2026-06", &figures, &[]);
    assert_eq!(
        (june.asked.len(), june.groups[0].units[0].score),
        (16, Some(Ratio::scaled(100, 1)))
    );
}

#[test]
fn a_bonus_for_the_first_three_needs_every_gate_to_be_met() {
    let mut season = Season::of(&[4]);
    season.charter.top_bonus = ["0.5", "0.3", "0.1"].map(number).to_vec();
    season.indicators.push(Indicator {
        gate: true,
        ..indicator("0", Rule::Target)
    });
    let value = |of: u32| ((0, unit(of)), figure(&(10 - of).to_string(), ""));
    let gate = |of: u32| ((1, unit(of)), figure(if of == 2 { "0" } else { "1" }, "1"));
    let month = season.closed(
        "2026-01",
        &(1..=4).flat_map(|of| [value(of), gate(of)]).collect(),
        &[],
    );
    let scores: Vec<_> = month
        .units()
        .map(|unit| unit.score.unwrap().to_fixed(1))
        .collect();
    assert_eq!(scores, ["100.5", "99.0", "98.1", "97.0"]);
}

#[test]
fn a_missing_figure_is_not_zero_and_holds_the_unit() {
    let mut season = Season::of(&[3]);
    let values = [(1, "9"), (3, "7")];
    let month = season.month("2026-01", &values, &[(2, "5")]);
    let ranks: Vec<_> = month.units().map(|unit| unit.rank).collect();
    assert_eq!(ranks, [Some(1), None, Some(2)]);
    assert_eq!(month.groups[0].units[1].score, None);
    season.charter.missing = domain::month::charter::Missing::Zero;
    let month = season.month("2026-01", &values, &[(2, "5")]);
    assert_eq!(month.groups[0].units[1].score, Some(Ratio::scaled(5, 1)));
}

#[test]
fn a_peer_from_outside_takes_a_place_and_has_no_score() {
    let mut season = Season::of(&[2]);
    season.groups[0].members.push(Member {
        unit: unit(9),
        external: true,
    });
    let month = season.month("2026-01", &[(1, "5"), (2, "3"), (9, "8")], &[]);
    let units = &month.groups[0].units;
    assert_eq!(
        units
            .iter()
            .map(|unit| unit.cells[0].and_then(|cell| cell.rank))
            .collect::<Vec<_>>(),
        [Some(2), Some(3), Some(1)]
    );
    assert_eq!(
        units.iter().map(|unit| unit.rank).collect::<Vec<_>>(),
        [Some(1), Some(2), None]
    );
    assert_eq!(units[2].score, None);
}

#[test]
fn a_target_of_zero_is_met_or_not_and_nothing_is_divided_by_it() {
    let figures = [figure("0", "0"), figure("-1", "0")];
    let cells = indicator("4", Rule::Target).cells(period("2026-01"), &figures);
    assert_eq!((cells[0].completion, cells[0].met), (None, Some(true)));
    assert_eq!((cells[1].completion, cells[1].met), (None, Some(false)));
}

#[test]
fn closing_the_same_month_twice_gives_the_same() {
    let season = Season::of(&[5, 7]);
    let values: Vec<(u32, String)> = (1..=12).map(|of| (of, (of * 7 % 11).to_string())).collect();
    let values: Vec<(u32, &str)> = values
        .iter()
        .map(|(of, value)| (*of, value.as_str()))
        .collect();
    assert_eq!(
        season.month("2026-02", &values, &[]),
        season.month("2026-02", &values, &[])
    );
}

#[test]
fn sixty_indicators_behind_time_still_add_up() {
    let mut season = Season::of(&[3]);
    let pace = Rule::Pace {
        step: number("0.05"),
    };
    season.indicators = (0..60).map(|_| indicator("1.5", pace)).collect();
    let figures = (0..60).flat_map(|at| {
        (1..=3).map(move |of| {
            let target = format!("{}.{:02}", 101 + at * 7 + of as usize, 3 + at % 90);
            ((at, unit(of)), figure("40.37", &target))
        })
    });
    let month = season.closed("2026-07", &figures.collect(), &[]);
    assert!(month.units().all(|unit| unit.score.is_some()));
}

#[test]
fn a_peer_without_a_target_does_not_change_what_places_go_by() {
    let mixed = Rule::Mixed {
        target: number("0.4"),
        step: number("0.05"),
    };
    let figures = [
        figure("120", "100"),
        figure("900", "1000"),
        figure("5000", ""),
    ];
    let cells = indicator("10", mixed).cells(period("2026-01"), &figures);
    let ranks: Vec<_> = cells.iter().map(|cell| cell.rank).collect();
    assert_eq!(ranks, [Some(1), Some(2), None]);
}

#[test]
fn a_value_below_zero_is_nothing_done_and_not_a_missing_figure() {
    let pace = indicator(
        "10",
        Rule::Pace {
            step: number("0.05"),
        },
    );
    let figures = [figure("-3", "100"), figure("100", "100")];
    assert_eq!(points(&pace, "2026-07", &figures), ["0.00", "10.00"]);
}

/// GY-4: the completion is known against both targets, and the indicator says which one scores.
#[test]
fn a_raised_target_stands_beside_the_other_and_one_of_them_scores() {
    let raised = |value: &str, target: &str, raised: &str| Figure {
        raised: (!raised.is_empty()).then(|| number(raised)),
        ..figure(value, target)
    };
    let figures = [
        raised("100", "100", "120"),
        raised("120", "100", "120"),
        raised("150", "100", ""),
    ];
    let base = indicator("10", Rule::Target);
    let cells = base.cells(period("2026-07"), &figures);
    assert_eq!(cells[0].completion, Some(Ratio::ONE));
    assert_eq!(cells[0].raised_completion, Some(Ratio::scaled(5, 6)));
    assert_eq!(
        points(&base, "2026-07", &figures),
        ["10.00", "10.00", "10.00"]
    );
    let by_raised = Indicator {
        against: Against::Raised,
        ..base
    };
    // Who has none is not held against the easier one.
    assert_eq!(
        points(&by_raised, "2026-07", &figures),
        ["0.00", "10.00", "—"]
    );
    let pace = Indicator {
        rule: Rule::Pace {
            step: number("0.05"),
        },
        ..by_raised
    };
    let cells = pace.cells(period("2026-12"), &figures);
    assert_eq!(cells[0].pace, Some(Ratio::scaled(-1, 6)));
}

/// ZR-5: 一季度目标 30，完成 28，93.3 %. What is said of the quarter takes nothing from the year: in
/// March 28 % of the year's target are 3 points ahead of time, and that scores.
#[test]
fn a_checkpoint_stands_beside_the_years_target_and_scores_nothing() {
    let year = [figure("28", "100"), figure("20", "100"), figure("30", "")];
    let first_quarter = year.map(|figure| Figure {
        checkpoint: Some(number("30")),
        ..figure
    });
    let step = number("0.05");
    let mixed = Rule::Mixed {
        target: number("0.4"),
        step,
    };
    for rule in [Rule::Target, rank(), mixed, Rule::Pace { step }] {
        for against in [Against::Base, Against::Raised] {
            let indicator = Indicator {
                against,
                ..indicator("10", rule)
            };
            let plain = indicator.cells(period("2026-03"), &year);
            let cells = indicator.cells(period("2026-03"), &first_quarter);
            let without = cells.iter().zip(year).map(|(cell, figure)| Cell {
                figure,
                checkpoint_completion: None,
                ..*cell
            });
            assert_eq!(without.collect::<Vec<_>>(), plain, "{rule:?}");
        }
    }
    let pace = indicator("10", Rule::Pace { step });
    let cells = pace.cells(period("2026-03"), &first_quarter);
    let percent = |share: Option<Ratio>| {
        let hundred = Ratio::new(100, 1).unwrap();
        share.map(|share| share.times(hundred).unwrap().to_fixed(1))
    };
    let done = cells.iter().map(|cell| percent(cell.checkpoint_completion));
    let done: Vec<Option<String>> = done.collect();
    let expected = ["93.3", "66.7", "100.0"].map(|done| Some(done.to_owned()));
    assert_eq!(done, expected);
    assert_eq!(percent(cells[0].pace).as_deref(), Some("3.0"));
    assert_eq!(
        points(&pace, "2026-03", &first_quarter),
        ["10.00", "7.50", "—"]
    );
}

/// As against every target: less is better, and of zero there is no part.
#[test]
fn a_checkpoint_is_completed_as_a_target_is() {
    let at = |value: &str, checkpoint: &str| Figure {
        checkpoint: Some(number(checkpoint)),
        ..figure(value, "")
    };
    let mut lower = indicator("4", Rule::Target);
    lower.better = Better::Lower;
    let done = |indicator: &Indicator, figure: Figure| {
        indicator.cells(period("2026-06"), &[figure])[0].checkpoint_completion
    };
    assert_eq!(done(&lower, at("4", "3")), Some(Ratio::scaled(3, 4)));
    let higher = indicator("4", Rule::Target);
    assert_eq!(done(&higher, at("3", "0")), None);
    assert_eq!(done(&higher, at("", "3")), None);
    assert_eq!(done(&higher, figure("3", "4")), None);
}

/// WZ-13: the movement of each indicator, against the last published month that had a place for it.
#[test]
fn a_unit_moves_by_each_indicator() {
    let mut season = Season::of(&[3]);
    season.indicators = ["a", "b"]
        .map(|key| Indicator {
            key: key.to_owned(),
            ..indicator("50", rank())
        })
        .to_vec();
    let closed = |season: &Season, at: &str, values: [[&str; 3]; 2]| {
        let by_indicator = (0..).zip(values);
        let figures = by_indicator.flat_map(|(of, values)| {
            (1..)
                .zip(values)
                .map(move |(number, value)| ((of, unit(number)), figure(value, "")))
        });
        season.closed(at, &figures.collect(), &[])
    };
    let moved = |month: &MonthResult| -> Vec<Vec<Option<i64>>> {
        let cells = |unit: &UnitResult| {
            unit.cells
                .iter()
                .map(|cell| cell.and_then(|cell| cell.moved))
                .collect()
        };
        month.units().map(cells).collect()
    };
    let january = closed(&season, "2026-01", [["9", "8", "7"], ["1", "2", "3"]]);
    assert_eq!(moved(&january), [[None, None], [None, None], [None, None]]);
    season.publish(&january);
    // Nobody reported the second indicator.
    let february = closed(&season, "2026-02", [["7", "8", "9"], ["", "", ""]]);
    assert_eq!(
        moved(&february),
        [[Some(-2), None], [Some(0), None], [Some(2), None]]
    );
    season.publish(&february);
    let march = closed(&season, "2026-03", [["7", "8", "9"], ["3", "1", "2"]]);
    assert_eq!(
        moved(&march),
        [[Some(0), Some(2)], [Some(0), Some(-1)], [Some(0), Some(-1)]]
    );
    // What an earlier build left behind knows of no places.
    let mut past = serde_json::to_value(&season.past).expect("it encodes");
    for month in past.as_array_mut().expect("months") {
        month.as_object_mut().expect("a month").remove("indicators");
    }
    season.past = serde_json::from_value(past).expect("it still reads");
    let march = closed(&season, "2026-03", [["7", "8", "9"], ["3", "1", "2"]]);
    assert_eq!(moved(&march), [[None, None], [None, None], [None, None]]);
}

/// A county's product in 元 against the target of a village: no step of the way overflows.
#[test]
fn the_largest_figures_are_completed_compared_and_scored() {
    const MOST: &str = "100000000000";
    let figures = [
        figure(MOST, "0.000001"),
        figure("0.000001", MOST),
        figure("-100000000000", MOST),
        figure("99999999999.999999", "99999999999.999998"),
    ];
    let step = number("0.05");
    let mixed = Rule::Mixed {
        target: number("0.4"),
        step,
    };
    for rule in [Rule::Target, rank(), mixed, Rule::Pace { step }] {
        let cells = indicator("10", rule).cells(period("2026-06"), &figures);
        assert!(cells.iter().all(|cell| cell.points.is_some()), "{rule:?}");
    }
    let cells = indicator("10", mixed).cells(period("2026-06"), &figures);
    let ranks: Vec<_> = cells.iter().map(|cell| cell.rank).collect();
    assert_eq!(ranks, [Some(1), Some(3), Some(4), Some(2)]);
    let completion = cells[0].completion.expect("a completion");
    assert_eq!(completion.to_string(), "100000000000000000");
}
