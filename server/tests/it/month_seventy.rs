//! A county of 灌云's size (scenario 1), from its import to what anybody reads: 70 units in six
//! groups of odd sizes, 38 pairs, both rankings.

use crate::kit::{Place, story, stranger, today};
use crate::month::{County, close, july};
use domain::month::Period;
use domain::month::pair::Duel;
use server::service::month::units;
use std::collections::BTreeMap;
use sync::posted_month::{PostedMonth, PostedUnit};

const GROUPS: [(&str, usize); 6] = [
    ("乡镇组", 19),
    ("部门组", 17),
    ("园区组", 13),
    ("金融组", 9),
    ("企业组", 7),
    ("景区组", 5),
];
const UNITS: usize = 70;
const PAIRS: usize = 38;

fn june() -> Period {
    "2026-06".parse().expect("a month")
}

/// Numbers of the units of each group, from 1.
fn numbers() -> impl Iterator<Item = (&'static str, Vec<usize>)> {
    let mut next = 1..;
    GROUPS
        .map(|(name, size)| (name, next.by_ref().take(size).collect()))
        .into_iter()
}

/// Neighbours, and the last of a group, which is left over, with the first, which has two rivals.
fn pairs() -> Vec<(usize, usize)> {
    let of_group = |(_, units): (&str, Vec<usize>)| {
        let two = units.chunks_exact(2).map(|two| (two[0], two[1]));
        let over = units.last().copied().zip(units.first().copied());
        two.chain(over).collect::<Vec<_>>()
    };
    numbers().flat_map(of_group).collect()
}

/// The place of a group's unit: two further from each to the next, from the middle on. In a group
/// of five the places are 3, 5, 2, 4, 1.
fn place(at: usize, size: usize) -> usize {
    (2 * at + size / 2) % size + 1
}

fn figures(month: &str, value: impl Fn(usize, usize) -> usize) -> String {
    let mut text = "赛季,月份,指标,单位,完成值\n".to_owned();
    for (_, units) in numbers() {
        for (at, unit) in units.iter().enumerate() {
            let value = value(at, units.len());
            text += &format!("2026,{month},XM,U{unit},{value}\n");
        }
    }
    text
}

/// With June and July posted. In June each unit is the better the sooner it stands in its group,
/// but for the last one, which is equal to the first; in July the places are [`place`]'s.
async fn posted(place_of_files: &Place) -> County {
    let mut rows = "编码,名称,层级,上级\n".to_owned();
    let mut groups = "赛季,组别,单位\n".to_owned();
    for (group, units) in numbers() {
        for unit in units {
            rows += &format!("U{unit},第{unit}单位,乡镇,\n");
            groups += &format!("2026,{group},U{unit}\n");
        }
    }
    let rivals = pairs()
        .into_iter()
        .map(|(a, b)| format!("2026,U{a},U{b}\n"));
    let rivals = rivals.fold("赛季,单位,对手\n".to_owned(), |text, row| text + &row);
    let indicators = "赛季,编码,名称,计量单位,权重,方向,计分,步长,公开\n\
                      2026,XM,项目,亿元,100,高,位次,0.01,是\n";
    let files = [
        ("units.csv", rows.as_str()),
        ("groups.csv", &groups),
        ("pairs.csv", &rivals),
        ("indicators.csv", indicators),
    ];
    let county = County::with(story(place_of_files).await, &files).await;
    let in_june = figures("2026-06", |at, size| 100 - at % (size - 1));
    county.import("figures.csv", &in_june).await;
    county.own_in(june(), close("")).await.expect("closed");
    county.post_in(june()).await;
    let in_july = figures("2026-07", |at, size| 100 - place(at, size));
    county.import("figures.csv", &in_july).await;
    county.own(close("")).await.expect("closed");
    county.post_in(july()).await;
    county
}

fn number(unit: &PostedUnit) -> usize {
    let digits: String = unit.name.chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("a number")
}

/// Each unit's place in its group, by its number.
fn ranks(month: &PostedMonth) -> BTreeMap<usize, u32> {
    let ranked = month.units().map(|(_, unit)| (number(unit), unit.rank));
    ranked
        .map(|(unit, rank)| (unit, rank.expect("a place")))
        .collect()
}

#[tokio::test]
async fn scenario_1_both_rankings_of_70_units_in_6_groups_with_38_pairs() {
    let files = Place::new();
    let county = posted(&files).await;
    let (june, july) = (
        county.page(june()).await.month,
        county.page(july()).await.month,
    );
    let sizes = july.groups.iter().map(|group| group.units.len());
    let mut sizes: Vec<usize> = sizes.collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(sizes, GROUPS.map(|(_, size)| size));
    assert_eq!(
        (sizes.iter().sum::<usize>(), july.pairs.len()),
        (UNITS, PAIRS)
    );

    // The ranking of the groups.
    let by_group = ranks(&july);
    for (name, units) in numbers() {
        let places = units.iter().map(|unit| by_group[unit] as usize);
        let expected = (0..units.len()).map(|at| place(at, units.len()));
        assert!(places.eq(expected), "{name}");
    }
    let last: Vec<u32> = (66..=70).map(|unit| by_group[&unit]).collect();
    assert_eq!(last, [3, 5, 2, 4, 1]);

    // The ranking of the pairs: the better place wins, on both sides of a unit with two rivals.
    let names = july.units().map(|(_, unit)| (unit.unit, number(unit)));
    let names: BTreeMap<_, _> = names.collect();
    for month in [&june, &july] {
        let places = ranks(month);
        let stood = month
            .pairs
            .iter()
            .map(|pair| (names[&pair.a], names[&pair.b], pair.duel));
        let expected = pairs()
            .into_iter()
            .map(|(a, b)| match places[&a].cmp(&places[&b]) {
                std::cmp::Ordering::Less => (a, b, Duel::Win),
                std::cmp::Ordering::Equal => (a, b, Duel::Draw),
                std::cmp::Ordering::Greater => (a, b, Duel::Lose),
            });
        assert!(stood.eq(expected), "{}", month.period);
    }
    let mut rivals: BTreeMap<usize, usize> = BTreeMap::new();
    for pair in &july.pairs {
        *rivals.entry(names[&pair.a]).or_default() += 1;
        *rivals.entry(names[&pair.b]).or_default() += 1;
    }
    assert_eq!(rivals.len(), UNITS, "nobody is without a rival");
    let of_two = rivals
        .iter()
        .filter(|(_, count)| **count == 2)
        .map(|(unit, _)| *unit);
    assert_eq!(of_two.collect::<Vec<_>>(), [1, 20, 37, 50, 59, 66]);
}

/// The first of the five 景区: in June first, before its neighbour and equal to the last of the
/// group; in July third, before the same one, the fifth, and behind the other, the first.
#[tokio::test]
async fn scenario_1_a_unit_with_two_rivals_is_counted_in_both_pairs_and_once_in_its_group() {
    let files = Place::new();
    let county = posted(&files).await;
    let store = &county.story.store;
    let reader = stranger(store).await;
    let all = units::units(store, &reader).await.expect("units");
    let first = all.iter().find(|unit| unit.name == "第66单位");
    let first = first.expect("the unit").id;
    let page = units::unit(store, &reader, first, today())
        .await
        .expect("its page");
    let course = page.course.iter().map(|month| (month.rank, month.of));
    assert!(course.eq([(Some(1), 5), (Some(3), 5)]));
    let duels = page.duels.iter();
    let duels = duels.map(|one| (&*one.name, one.duel, (one.won, one.drawn, one.lost)));
    let duels: Vec<_> = duels.collect();
    let neighbour = ("第67单位", Duel::Win, (2, 0, 0));
    let left_over = ("第70单位", Duel::Lose, (0, 1, 1));
    assert_eq!(duels, [neighbour, left_over]);
    let month = page.month.expect("July");
    let units = month.groups.iter().flat_map(|group| &group.units);
    let order: Vec<_> = units.map(|unit| (unit.rank, number(unit))).collect();
    let expected = [(1, 70), (2, 68), (3, 66), (4, 69), (5, 67)];
    assert_eq!(order, expected.map(|(rank, unit)| (Some(rank), unit)));
}
