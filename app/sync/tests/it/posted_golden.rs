//! A posted month lies frozen on the disk for ever, so its shape is pinned like what is sent.

use crate::protocol_golden::check;
use domain::ids::{Millis, SeasonId, UnitId};
use domain::month::board::{BoardNote, Listed};
use domain::month::charter::Side;
use domain::month::day::Day;
use domain::month::flag::HandOver;
use domain::month::indicator::{Against, Better, Rule};
use domain::month::pair::Duel;
use sync::posted_month::*;
use uuid::Uuid;

fn unit(number: u128) -> UnitId {
    UnitId(Uuid::from_u128(number))
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn posted_unit() -> PostedUnit {
    PostedUnit {
        unit: unit(1),
        name: "青禾镇".to_owned(),
        external: false,
        score: text("91.25"),
        rank: Some(1),
        moved: Some(-2),
        moved_in_year: Some(4),
        first_in_a_row: 3,
        figures: text("90.25"),
        bonus: "0.00".to_owned(),
        merit: "1.00".to_owned(),
        cells: vec![
            PostedCell {
                value: text("81.7"),
                target: text("100"),
                raised: None,
                completion: text("81.7"),
                raised_completion: None,
                checkpoint: None,
                checkpoint_completion: None,
                pace: text("23.4"),
                met: Some(false),
                rank: Some(2),
                moved: Some(1),
                first_in_a_row: 2,
                last_year: text("70.1"),
                growth: text("16.5"),
                points: text("10.00"),
            },
            PostedCell::default(),
        ],
        merits: vec![PostedMerit {
            points: "-1.5".to_owned(),
            dimension: "责任落实".to_owned(),
            reason: "积水点逾期未整改".to_owned(),
            day: "2026-07-12".to_owned(),
            item: String::new(),
            document_no: String::new(),
            cut: None,
        }],
        listed: Some(Listed::Red),
        team: Vec::new(),
        behind_in_a_row: 2,
        due: vec!["提醒单".to_owned()],
    }
}

fn month() -> PostedMonth {
    let indicator = |code: &str, rule, public| PostedIndicator {
        code: code.to_owned(),
        name: "重点项目推进".to_owned(),
        measure: "亿元".to_owned(),
        weight: "25".to_owned(),
        better: Better::Higher,
        rule,
        against: Against::Base,
        public,
        dimension: String::new(),
        groups: Vec::new(),
    };
    let step = "0.05".parse().expect("a number");
    PostedMonth {
        v: POSTED_MONTH_VERSION,
        season: SeasonId(Uuid::from_u128(9)),
        season_name: "2026".to_owned(),
        county: "云岭县".to_owned(),
        sponsor: String::new(),
        title: "比学争赶超月度竞赛".to_owned(),
        source: String::new(),
        charter_version: 1,
        period: "2026-07".parse().expect("a month"),
        edition: 2,
        correction: "补报".to_owned(),
        posted_at: Millis(1_785_000_000_000),
        late: false,
        missing: 1,
        missing_reason: "晚报".to_owned(),
        indicators: vec![
            indicator("XM", Rule::Pace { step }, true),
            indicator("NB", Rule::Target, false),
        ],
        groups: vec![PostedGroup {
            name: "乡镇组".to_owned(),
            units: vec![posted_unit()],
            flags: vec![PostedFlags {
                name: "红旗".to_owned(),
                side: Side::Top,
                hand_overs: vec![HandOver {
                    number: 1,
                    from: None,
                    to: Some(unit(1)),
                }],
            }],
        }],
        pairs: vec![PostedPair {
            a: unit(1),
            b: unit(2),
            duel: Duel::Win,
            won: 3,
            drawn: 1,
            lost: 0,
        }],
        givers: Vec::new(),
        notes: vec![BoardNote::QuotaCut],
        spots: Vec::new(),
        black_until: None,
        taken_down: 0,
    }
}

/// ES-3: the trace of a record by an item, and of one that the item's cap cut.
#[test]
fn a_posted_record_names_its_item_and_what_counts_of_it() {
    let plain = posted_unit().merits.remove(0);
    let by_item = PostedMerit {
        item: "河道有垃圾".to_owned(),
        ..plain
    };
    let cut = PostedMerit {
        cut: Some(PostedCut {
            counted: "-0.5".to_owned(),
            cap: "2".to_owned(),
        }),
        ..by_item.clone()
    };
    check("posted_merit_item", &vec![by_item.clone(), cut]);
    // XY-15.
    let honour = PostedMerit {
        document_no: "云政发〔2026〕7号".to_owned(),
        ..by_item
    };
    check("posted_merit_document", &honour);
}

/// GY-23: whose contest it is goes to everybody who reads the month.
#[test]
fn a_posted_month_names_the_unit_that_holds_it() {
    let held = PostedMonth {
        sponsor: "龙苴镇".to_owned(),
        ..month()
    };
    check("posted_month_sponsor", &held);
    assert_eq!(held.for_everybody(day("2026-08-01")).sponsor, "龙苴镇");
}

/// ZR-5: a cell without a checkpoint is written as it was before there were any.
#[test]
fn a_posted_cell_holds_the_quarters_checkpoint_beside_the_years_target() {
    let plain = posted_unit().cells.remove(0);
    let with = PostedCell {
        checkpoint: text("90"),
        checkpoint_completion: text("90.8"),
        ..plain
    };
    check("posted_cell_checkpoint", &with);
    let mut month = month();
    assert!(!month.has_checkpoint(0));
    month.groups[0].units[0].cells[0] = with;
    assert_eq!(
        [0, 1, 2].map(|at| month.has_checkpoint(at)),
        [true, false, false]
    );
}

/// GY-13: a flag that came from a unit that left its group says whose it was.
#[test]
fn a_posted_month_names_who_gave_a_flag_and_left() {
    let giver = PostedGiver {
        unit: unit(7),
        name: "石桥乡".to_owned(),
    };
    check("posted_giver", &giver);
    let month = PostedMonth {
        givers: vec![giver],
        ..month()
    };
    assert_eq!(
        (month.name(unit(7)), month.name(unit(1))),
        ("石桥乡", "青禾镇")
    );
    assert_eq!(month.name(unit(8)), "");
}

/// ES-6: the names of a team are in what is frozen, and shown beside a red unit alone.
#[test]
fn a_posted_team_is_shown_beside_a_red_unit_alone() {
    let member = |name: &str, post: &str| TeamMember {
        name: name.to_owned(),
        post: post.to_owned(),
    };
    let team = vec![member("甲", "村支书"), member("乙", "")];
    let unit = |listed| PostedUnit {
        listed,
        team: team.clone(),
        ..posted_unit()
    };
    let mut month = month();
    month.groups[0].units = vec![
        unit(Some(Listed::Red)),
        unit(Some(Listed::Black)),
        unit(None),
    ];
    check("posted_team", &month.groups[0].units[0]);
    let shown = month.clone().for_everybody(day("2026-08-01"));
    let sizes: Vec<usize> = shown.units().map(|(_, unit)| unit.team.len()).collect();
    assert_eq!(sizes, [2, 0, 0]);
    assert!(
        month
            .without_teams()
            .units()
            .all(|(_, unit)| unit.team.is_empty())
    );
}

/// GY-5: what it is one of, where it is one of anything.
#[test]
fn a_posted_indicator_names_its_dimension() {
    let indicator = month().indicators.remove(0);
    let dimension = "重点项目推进".to_owned();
    let named = PostedIndicator {
        dimension,
        ..indicator
    };
    check("posted_indicator_dimension", &named);
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

#[test]
fn a_posted_month_keeps_its_shape() {
    check("posted_month", &month());
}

/// GY-19: only a month that came late says so, and only to staff.
#[test]
fn a_month_that_was_posted_after_its_successor_is_marked() {
    let late = PostedMonth {
        late: true,
        ..month()
    };
    let written = serde_json::to_value(&late).expect("a shape encodes");
    assert_eq!(written["late"], true);
    let read: PostedMonth = serde_json::from_value(written).expect("a shape");
    assert_eq!(read, late);
    assert!(!read.for_everybody(day("2026-08-01")).late);
}

#[test]
fn what_everybody_sees_has_no_slip_and_no_indicator_that_is_not_public() {
    let mut month = month();
    month.groups[0].units.push(PostedUnit {
        listed: None,
        ..posted_unit()
    });
    let seen = month.for_everybody(day("2026-08-01"));
    assert_eq!(seen.indicators.len(), 1);
    for (_, unit) in seen.units() {
        assert_eq!(
            (unit.cells.len(), unit.due.len(), unit.behind_in_a_row),
            (1, 0, 0)
        );
    }
    let merits: Vec<usize> = seen.units().map(|(_, unit)| unit.merits.len()).collect();
    assert_eq!(merits, [1, 0], "reasons stand beside a list alone");
}

/// ES-4: the black list comes down when its last day is over, and the red one stays.
#[test]
fn a_black_list_is_shown_up_to_its_last_day() {
    let mut month = month();
    month.groups[0].units.push(PostedUnit {
        unit: unit(2),
        listed: Some(Listed::Black),
        ..posted_unit()
    });
    let shown = |month: &PostedMonth, today: &str| {
        let seen = month.clone().for_everybody(day(today));
        let units = seen
            .units()
            .map(|(_, unit)| (unit.listed, unit.merits.len()));
        (units.collect::<Vec<_>>(), seen.taken_down)
    };
    let (red, black) = ((Some(Listed::Red), 1), (Some(Listed::Black), 1));
    let down = (vec![red, (None, 0)], 2);
    let record = posted_unit().merits.remove(0);
    for (listed, place) in [(Listed::Red, "村口"), (Listed::Black, "镇区主街")] {
        month.spots.push(PostedSpot {
            listed,
            place: place.to_owned(),
            unit: unit(1),
            record: record.clone(),
        });
    }
    month.black_until = Some(day("2026-10-31"));
    assert_eq!(shown(&month, "2026-10-31"), (vec![red, black], 0));
    assert_eq!(shown(&month, "2026-11-01"), down);
    // Ninety days after its posting on 26 July where an earlier build froze no day.
    month.black_until = None;
    assert_eq!(shown(&month, "2026-10-24"), (vec![red, black], 0));
    assert_eq!(shown(&month, "2026-10-25"), down);
    let seen = month.clone().for_everybody(day("2026-10-25"));
    let places: Vec<&str> = seen.spots.iter().map(|spot| spot.place.as_str()).collect();
    assert_eq!(places, ["村口"]);
    assert!(seen.names(Listed::Red) && !seen.names(Listed::Black));
    assert_eq!(month.units().count(), 2, "what is frozen stays");
}

#[test]
fn the_last_day_of_a_black_list_is_frozen_with_the_month() {
    let with_day = PostedMonth {
        black_until: Some(day("2026-10-31")),
        ..month()
    };
    let written = serde_json::to_value(&with_day).expect("a shape encodes");
    assert_eq!(written["black_until"], "2026-10-31");
    assert!(
        written.get("taken_down").is_none(),
        "no part of what is frozen"
    );
    let read: PostedMonth = serde_json::from_value(written).expect("a shape");
    assert_eq!(read, with_day);
}
