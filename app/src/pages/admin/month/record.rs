//! 记一笔 by an account: one of the charter's check items by a tap (ES-3), or in free words. Nothing
//! is chosen beforehand that somebody could leave as it stands by inattention.

use crate::backend::{MonthCommand, MonthDesk, UnitCard};
use crate::components::icon::Icon;
use crate::components::standing::signed;
use crate::format;
use crate::pages::admin::acts::{Acts, Ask, AskField, FieldKind, Tap, unit_of};
use crate::text::{self, Lang};
use domain::month::item::CheckItem;
use domain::month::{Day, Period};
use leptos::prelude::*;
use std::sync::Arc;

/// The ways to a record: the items first, where the charter has some.
pub fn buttons(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    if desk.units.is_empty() {
        return ().into_any();
    }
    let button = |ask: Ask<MonthCommand>| {
        let words = ask.act;
        view! {
            <button class="btn" type="button" on:click=move |_| acts.ask(ask.clone())>
                <Icon name="plus" />
                {words}
            </button>
        }
    };
    let has_items = !desk.items.is_empty();
    let by_item = has_items.then(|| button(by_item(lang, desk)));
    let free_words = match has_items {
        true => text::month_record_other(lang),
        false => text::month_record(lang),
    };
    let free = (!desk.items_only).then(|| button(free(lang, desk, free_words)));
    view! { <p class="cluster pad-x block-gap">{by_item} {free}</p> }.into_any()
}

fn by_item(lang: Lang, desk: &MonthDesk) -> Ask<MonthCommand> {
    let items = desk.items.clone();
    let has_document = items.iter().any(|item| item.has_document);
    Ask {
        title: text::month_record(lang).to_owned(),
        body: text::month_record_body(lang).to_owned(),
        fields: vec![
            unit(lang, &desk.units),
            AskField {
                kind: FieldKind::Taps(taps(lang, &desk.items)),
                missing: text::month_item_missing(lang),
                ..AskField::line(text::month_item(lang))
            },
            reason(lang),
            day(lang, desk),
        ]
        .into_iter()
        .chain(has_document.then(|| document_no(lang)))
        .collect(),
        act: text::month_record(lang),
        stops: false,
        command: Arc::new(move |values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            let item = value(1);
            let mut known = items.iter().filter(|known| known.name == item);
            let points = known.next().map(|known| known.points.to_string());
            MonthCommand::RecordItem {
                unit: unit_of(&value(0)),
                points: points.unwrap_or_default(),
                item,
                reason: value(2),
                day: value(3),
                document_no: value(4),
            }
        }),
    }
}

/// For honours (XY-15); other items leave it empty.
fn document_no(lang: Lang) -> AskField {
    AskField {
        hint: text::month_document_hint(lang),
        is_required: false,
        ..AskField::line(text::month_document(lang))
    }
}

fn free(lang: Lang, desk: &MonthDesk, words: &'static str) -> Ask<MonthCommand> {
    let field = |label, hint| AskField {
        hint,
        ..AskField::line(label)
    };
    Ask {
        title: words.to_owned(),
        body: text::month_record_body(lang).to_owned(),
        fields: vec![
            unit(lang, &desk.units),
            field(text::month_points(lang), text::month_points_hint(lang)),
            field(
                text::month_dimension(lang),
                text::month_dimension_hint(lang),
            ),
            reason(lang),
            day(lang, desk),
        ],
        act: words,
        stops: false,
        command: Arc::new(move |values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            MonthCommand::Record {
                unit: unit_of(&value(0)),
                points: value(1),
                dimension: value(2),
                reason: value(3),
                day: value(4),
            }
        }),
    }
}

/// Nobody, until somebody chooses.
fn unit(lang: Lang, units: &[UnitCard]) -> AskField {
    let nobody = (String::new(), text::month_unit_choose(lang).to_owned());
    let units = units
        .iter()
        .map(|unit| (unit.id.to_string(), unit.name.clone()));
    AskField {
        kind: FieldKind::Choice(std::iter::once(nobody).chain(units).collect()),
        missing: text::month_unit_missing(lang),
        ..AskField::line(text::month_unit(lang))
    }
}

fn reason(lang: Lang) -> AskField {
    AskField {
        hint: text::month_reason_public_hint(lang),
        ..AskField::line(text::month_reason_public(lang))
    }
}

/// Today, where it lies in the month; otherwise somebody has to say which day it was.
fn day(lang: Lang, desk: &MonthDesk) -> AskField {
    let (first, last) = (desk.period.first_day(), desk.period.last_day());
    AskField {
        kind: FieldKind::Day(first.to_string(), last.to_string()),
        missing: text::month_day_missing(lang),
        value: day_in(desk.period, &desk.today),
        ..AskField::line(text::month_day(lang))
    }
}

/// Today, or nothing where it is no day of the month.
fn day_in(period: Period, today: &str) -> String {
    let today = today.parse::<Day>().ok();
    let today = today.filter(|today| Period::of(*today) == period);
    today.map_or(String::new(), String::from)
}

/// The items by their dimensions, as the charter has them.
fn taps(lang: Lang, items: &[CheckItem]) -> Vec<(String, Vec<Tap>)> {
    let mut groups: Vec<(String, Vec<Tap>)> = Vec::new();
    for item in items {
        let points = signed(&item.points.to_string());
        let tap = Tap {
            value: item.name.clone(),
            words: item.name.clone(),
            note: match item.cap {
                Some(cap) => {
                    text::field_item_capped(lang, format::figure(&cap.to_string()), points)
                }
                None => text::field_item_points(lang, points),
            },
        };
        match groups.iter_mut().find(|(name, _)| *name == item.dimension) {
            Some((_, row)) => row.push(tap),
            None => groups.push((item.dimension.clone(), vec![tap])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::UnitId;

    #[test]
    fn no_unit_is_chosen_beforehand() {
        let known = UnitCard {
            id: UnitId(uuid::Uuid::from_u128(1)),
            name: "青禾镇".to_owned(),
            parent: String::new(),
            group: String::new(),
            initials: String::new(),
        };
        let field = unit(Lang::Zh, std::slice::from_ref(&known));
        assert!(field.value.is_empty() && field.is_required);
        assert_eq!(field.missing, "请选择单位，再记。");
        let FieldKind::Choice(choices) = field.kind else {
            panic!("a choice");
        };
        // What stands first is what an empty value shows.
        assert_eq!(choices[0], (String::new(), "请选择单位".to_owned()));
        assert_eq!(choices[1], (known.id.to_string(), known.name));
    }

    #[test]
    fn the_day_is_today_in_its_own_month_alone() {
        let period = "2026-07".parse().expect("a month");
        assert_eq!(day_in(period, "2026-07-31"), "2026-07-31");
        for other in ["2026-08-01", "2026-06-30", "2025-07-12", ""] {
            assert_eq!(day_in(period, other), "", "{other}");
        }
    }

    #[test]
    fn items_stand_under_their_dimensions_with_points_and_cap() {
        let item = |dimension: &str, name: &str, points: &str, cap: Option<&str>| CheckItem {
            dimension: dimension.to_owned(),
            name: name.to_owned(),
            points: points.parse().expect("a number"),
            cap: cap.map(|cap| cap.parse().expect("a number")),
            has_document: false,
        };
        let items = [
            item("责任落实", "台账清楚", "1", None),
            item("服务成效", "河道有垃圾", "-1.5", Some("3")),
            item("责任落实", "逾期没有办", "-2", None),
        ];
        let groups = taps(Lang::Zh, &items);
        let read = groups.iter().map(|(name, row)| {
            let row = row.iter().map(|tap| format!("{} {}", tap.words, tap.note));
            (name.as_str(), row.collect::<Vec<_>>())
        });
        let expected = [
            (
                "责任落实",
                vec!["台账清楚 +1 分".to_owned(), "逾期没有办 −2 分".to_owned()],
            ),
            (
                "服务成效",
                vec!["河道有垃圾 −1.5 分，每月封顶 3 分".to_owned()],
            ),
        ];
        assert_eq!(read.collect::<Vec<_>>(), expected);
    }
}
