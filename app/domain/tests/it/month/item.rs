//! Check items with their points and caps (ES-3, XY-15).

use super::{Season, number, period, unit};
use domain::month::board::Listed;
use domain::month::item::{CheckItem, ITEM_NAME_MAX, ITEMS_MAX};
use domain::month::preset::SeasonPreset;
use domain::month::{Merit, MonthInput, MonthResult, SeasonCharter, close};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn item(name: &str, points: &str, cap: &str) -> CheckItem {
    CheckItem {
        dimension: "服务成效".to_owned(),
        name: name.to_owned(),
        points: number(points),
        cap: (!cap.is_empty()).then(|| number(cap)),
        has_document: false,
    }
}

fn merit(of: u32, day: &str, points: &str, item: Option<usize>) -> Merit {
    Merit {
        unit: unit(of),
        points: number(points),
        day: day.parse().unwrap(),
        item,
    }
}

/// Six units in the order of their places, and these records.
fn closed(items: &[CheckItem], merits: &[Merit]) -> MonthResult {
    let mut season = Season::of(&[6]);
    season.charter.items = items.to_vec();
    let values = (1..=6).map(|of| ((0, unit(of)), super::figure(&(10 - of).to_string(), "")));
    let figures: BTreeMap<_, _> = values.collect();
    close(&MonthInput {
        period: period("2026-07"),
        charter: &season.charter,
        groups: &season.groups,
        pairs: &season.pairs,
        indicators: &season.indicators,
        figures: &figures,
        merits,
        last_year: &season.last_year,
        past: &season.past,
        earlier: &season.earlier,
    })
    .unwrap()
}

fn counted(items: &[CheckItem], merits: &[Merit]) -> Vec<String> {
    let month = closed(items, merits);
    month.counted.iter().map(ToString::to_string).collect()
}

#[test]
fn what_goes_beyond_an_items_cap_does_not_count() {
    let items = [item("垃圾", "-2", "3"), item("台账", "1.5", "3")];
    let bad = |day| merit(1, day, "-2", Some(0));
    let good = |day| merit(1, day, "1.5", Some(1));
    let merits = [
        bad("2026-07-01"),
        good("2026-07-02"),
        bad("2026-07-03"),
        good("2026-07-04"),
        bad("2026-07-05"),
        good("2026-07-06"),
    ];
    let month = closed(&items, &merits);
    let counted: Vec<_> = month.counted.iter().map(ToString::to_string).collect();
    assert_eq!(counted, ["-2", "1.5", "-1", "1.5", "0", "0"]);
    let unit = month.unit(unit(1)).unwrap();
    assert_eq!(unit.merit, number("0").ratio(), "3 less 3");
    let score = unit.figures.unwrap().plus(unit.merit).unwrap();
    assert_eq!(unit.score, Some(score));
    assert_eq!(unit.listed, Some(Listed::Red), "its net is zero");
}

#[test]
fn a_cap_is_of_one_unit_and_one_item() {
    let items = [item("垃圾", "-2", "2"), item("台账", "-2", "2")];
    let day = "2026-07-01";
    let merits = [
        merit(1, day, "-2", Some(0)),
        merit(2, day, "-2", Some(0)),
        merit(1, day, "-2", Some(1)),
        merit(1, day, "-2", None),
        merit(1, day, "-2", Some(0)),
    ];
    assert_eq!(counted(&items, &merits), ["-2", "-2", "-2", "-2", "0"]);
}

#[test]
fn records_count_by_their_days_and_on_one_day_as_they_were_recorded() {
    let items = [item("垃圾", "-2", "3")];
    let bad = |day| merit(1, day, "-2", Some(0));
    // Recorded last, and of the first day: a phone that was away.
    let merits = [bad("2026-07-09"), bad("2026-07-09"), bad("2026-07-01")];
    assert_eq!(counted(&items, &merits), ["-1", "0", "-2"]);
    // The last one is struck out, so it is not there, and the others move up.
    assert_eq!(counted(&items, &merits[..2]), ["-2", "-1"]);
    assert_eq!(counted(&items, &merits[1..]), ["-1", "-2"]);
}

#[test]
fn without_a_cap_or_an_item_a_record_counts_whole() {
    let items = [item("垃圾", "-2", "")];
    let day = "2026-07-01";
    let merits = [
        merit(1, day, "-2", Some(0)),
        merit(1, day, "-2", Some(0)),
        merit(1, day, "-5", None),
        // Of an item that the charter has no more.
        merit(1, day, "-5", Some(7)),
    ];
    assert_eq!(counted(&items, &merits), ["-2", "-2", "-5", "-5"]);
}

#[test]
fn what_does_not_count_is_no_deduction_of_the_black_list() {
    let mut items = vec![item("垃圾", "-2", "")];
    let bad = |of, item| merit(of, "2026-07-01", "-2", item);
    let merits = [bad(1, None), bad(1, None), bad(2, Some(0)), bad(2, Some(0))];
    let net = |items: &[CheckItem]| {
        let month = closed(items, &merits);
        [1, 2].map(|of| month.unit(unit(of)).unwrap().merit)
    };
    assert_eq!(net(&items), [number("-4").ratio(); 2]);
    items[0].cap = Some(number("2"));
    assert_eq!(net(&items), [number("-4").ratio(), number("-2").ratio()]);
}

#[test]
fn a_charter_names_each_fault_of_its_items() {
    let long = "长".repeat(ITEM_NAME_MAX + 1);
    let mut charter = SeasonCharter::guanyun();
    charter.items_only = true;
    let faults = |charter: &SeasonCharter| {
        let faults = charter.faults().into_iter();
        let faults = faults.map(|fault| format!("{} {}", fault.key, fault.code));
        faults.collect::<Vec<_>>()
    };
    assert_eq!(faults(&charter), ["items_only no_items"]);
    charter.items = vec![
        item("垃圾", "-2", "2"),
        item("垃圾", "0", "-1"),
        item(&long, "100.5", ""),
        item(" 台账", "2", "1.5"),
        CheckItem {
            dimension: String::new(),
            ..item("", "1", "0")
        },
    ];
    assert_eq!(
        faults(&charter),
        [
            "items[1].points out_of_range",
            "items[1].cap out_of_range",
            "items[1].name twice",
            "items[2].name too_long",
            "items[2].points out_of_range",
            "items[3].name not_plain",
            "items[3].cap below_points",
            "items[4].dimension empty",
            "items[4].name empty",
            "items[4].cap out_of_range",
        ]
    );
    let many = 0..=ITEMS_MAX;
    charter.items = many.map(|at| item(&at.to_string(), "1", "")).collect();
    assert_eq!(faults(&charter), ["items too_many"]);
}

#[test]
fn a_charter_without_items_is_written_as_it_always_was() {
    let charter = SeasonCharter::guanyun();
    let text = serde_json::to_string(&charter).unwrap();
    assert!(!text.contains("items"), "{text}");
    let with_items = SeasonPreset::Eshan.charter();
    let text = serde_json::to_string(&with_items).unwrap();
    let honour =
        r#"{"dimension":"荣誉","name":"国家级荣誉","points":"5","cap":"5","has_document":true}"#;
    assert!(text.contains(honour), "{text}");
    let plain = r#""name":"责任到户到人，台账清楚","points":"1","cap":"2"}"#;
    assert!(text.contains(plain), "{text}");
    assert_eq!(
        serde_json::from_str::<SeasonCharter>(&text).ok(),
        Some(with_items)
    );
}

#[test]
fn a_charter_lists_an_item_with_its_own_dimension_and_points_alone() {
    let mut charter = SeasonCharter::guanyun();
    charter.items = vec![item("垃圾", "-2", "")];
    let lists = |charter: &SeasonCharter, name, dimension, points| {
        charter.lists(name, dimension, number(points))
    };
    assert!(lists(&charter, "垃圾", "服务成效", "-2"));
    assert!(!lists(&charter, "垃圾", "服务成效", "-3"));
    assert!(!lists(&charter, "垃圾", "责任落实", "-2"));
    assert!(!lists(&charter, "台账", "服务成效", "-2"));
    assert!(lists(&charter, "", "责任落实", "-3"), "the free form");
    charter.items_only = true;
    assert!(!lists(&charter, "", "责任落实", "-3"));
}

#[test]
fn the_dimensions_of_a_preset_are_those_of_its_source() {
    let charter = SeasonPreset::Eshan.charter();
    let mut dimensions: Vec<&str> = charter
        .items
        .iter()
        .map(|item| item.dimension.as_str())
        .collect();
    dimensions.dedup();
    assert_eq!(dimensions, ["责任落实", "问题化解", "服务成效", "荣誉"]);
    assert!(
        charter
            .source
            .contains("荣誉各级的分值和封顶均为本系统预设")
    );
    let others = SeasonPreset::ALL
        .into_iter()
        .filter(|one| *one != SeasonPreset::Eshan);
    assert!(
        others
            .map(SeasonPreset::charter)
            .all(|charter| charter.items.is_empty())
    );
}

proptest! {
    /// Whatever is recorded: a unit's sum by an item stays within the cap, no record counts more
    /// than its points or the other way round, and as long as the cap is not reached all count.
    #[test]
    fn a_sum_never_leaves_its_cap(
        cap in 1_i64..40,
        records in prop::collection::vec((1_u32..4, 1_u8..29, -20_i64..20), 0..40),
    ) {
        let items = [item("垃圾", "1", &cap.to_string())];
        let merits: Vec<Merit> = records
            .iter()
            .filter(|(_, _, points)| *points != 0)
            .map(|(of, day, points)| {
                merit(*of, &format!("2026-07-{day:02}"), &points.to_string(), Some(0))
            })
            .collect();
        let counted = closed(&items, &merits).counted;
        for of in 1..4 {
            let own = merits.iter().zip(&counted).filter(|(merit, _)| merit.unit == unit(of));
            let sum: i64 = own.clone().map(|(_, counts)| counts.micros()).sum();
            prop_assert!(sum.abs() <= cap * 1_000_000);
            for (merit, counts) in own {
                let (whole, part) = (merit.points.micros(), counts.micros());
                prop_assert!(part.abs() <= whole.abs() && 0 <= part * whole.signum());
            }
        }
    }
}
