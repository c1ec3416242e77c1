//! The questions before something is said of a leader.

use crate::backend::{Leader, LeaderCommand, LeaderUnit, LeadersPage, Visit};
use crate::format;
use crate::pages::admin::acts::{Ask, AskField, FieldKind, unit_of, value};
use crate::text::{self, Lang};
use domain::month::period::Period;
use std::sync::Arc;

pub(super) fn account(lang: Lang, one: &Leader) -> Ask<LeaderCommand> {
    let leader = one.id;
    let login = AskField {
        hint: text::leader_account_hint(lang),
        is_required: false,
        value: one.login.clone().unwrap_or_default(),
        ..AskField::line(text::leader_login(lang))
    };
    Ask {
        title: one.name.clone(),
        body: String::new(),
        fields: vec![login],
        act: text::leader_set_account(lang),
        stops: false,
        command: Arc::new(move |values| LeaderCommand::Account {
            leader,
            login: value(values, 0),
        }),
    }
}

pub(super) fn add(lang: Lang) -> Ask<LeaderCommand> {
    let login = AskField {
        hint: text::leader_login_hint(lang),
        is_required: false,
        ..AskField::line(text::leader_login(lang))
    };
    Ask {
        title: text::leader_add(lang).to_owned(),
        body: String::new(),
        fields: vec![
            AskField::line(text::leader_name(lang)),
            AskField::line(text::leader_post(lang)),
            login,
        ],
        act: text::leader_add(lang),
        stops: false,
        command: Arc::new(|values| LeaderCommand::Add {
            name: value(values, 0),
            post: value(values, 1),
            login: value(values, 2),
        }),
    }
}

/// Units that are not the leader's now, and the season's months; the present one first.
pub(super) fn bind(lang: Lang, page: &LeadersPage, one: &Leader) -> Ask<LeaderCommand> {
    let leader = one.id;
    let is_bound = |id| {
        let mut units = one.units.iter();
        units.any(|unit| unit.bound.unit == id && unit.bound.until.is_none())
    };
    let units = page.units.iter().filter(|(id, _)| !is_bound(*id));
    let units = units.map(|(id, name)| (id.to_string(), name.clone()));
    Ask {
        title: one.name.clone(),
        body: text::leader_bind_body(lang).to_owned(),
        fields: vec![
            unit(lang, units),
            months(lang, page, text::leader_from(lang)),
        ],
        act: text::leader_bind(lang),
        stops: false,
        command: Arc::new(move |values| LeaderCommand::Bind {
            leader,
            unit: unit_of(&value(values, 0)),
            from: value(values, 1),
        }),
    }
}

/// A unit is not the leader's any more, from one of the season's months.
pub(super) fn release(
    lang: Lang,
    page: &LeadersPage,
    (one, unit): (&Leader, &LeaderUnit),
) -> Ask<LeaderCommand> {
    let (leader, bound) = (one.id, unit.bound.unit);
    Ask {
        title: format!("{} {}", one.name, unit.name),
        body: text::leader_release_body(lang).to_owned(),
        fields: vec![
            months(lang, page, text::leader_until(lang)),
            AskField::reason(true),
        ],
        act: text::leader_release(lang),
        stops: true,
        command: Arc::new(move |values| LeaderCommand::Release {
            leader,
            unit: bound,
            until: value(values, 0),
            reason: value(values, 1),
        }),
    }
}

/// To a unit that is or was the leader's; today, unless another day is chosen.
pub(super) fn visit(lang: Lang, page: &LeadersPage, one: &Leader) -> Ask<LeaderCommand> {
    let leader = one.id;
    let units = one.units.iter();
    let units = units.map(|unit| (unit.bound.unit.to_string(), unit.name.clone()));
    let first = one.units.iter().map(|unit| unit.bound.from).min();
    let first = first.unwrap_or(Period::of(page.today)).first_day();
    let today = page.today.to_string();
    Ask {
        title: one.name.clone(),
        body: String::new(),
        fields: vec![
            unit(lang, units),
            AskField {
                kind: FieldKind::Day(first.to_string(), today.clone()),
                value: today,
                ..AskField::line(text::leader_day(lang))
            },
            AskField {
                hint: text::leader_words_hint(lang),
                ..AskField::line(text::leader_words(lang))
            },
        ],
        act: text::leader_visit(lang),
        stops: false,
        command: Arc::new(move |values| LeaderCommand::Visit {
            leader,
            unit: unit_of(&value(values, 0)),
            day: value(values, 1),
            words: value(values, 2),
        }),
    }
}

pub(super) fn strike(lang: Lang, (one, visit): (&Leader, &Visit)) -> Ask<LeaderCommand> {
    let (leader, position) = (one.id, visit.position);
    let day = format::day_with_year(lang, &visit.day.to_string());
    Ask {
        title: format!("{} {day}", visit.unit),
        body: text::leader_strike_body(lang).to_owned(),
        fields: vec![AskField::reason(true)],
        act: text::leader_strike(lang),
        stops: true,
        command: Arc::new(move |values| LeaderCommand::Strike {
            leader,
            position,
            reason: value(values, 0),
        }),
    }
}

/// None, until one is chosen.
fn unit(lang: Lang, units: impl Iterator<Item = (String, String)>) -> AskField {
    let none = (String::new(), text::month_unit_choose(lang).to_owned());
    AskField {
        kind: FieldKind::Choice(std::iter::once(none).chain(units).collect()),
        missing: text::month_unit_missing(lang),
        ..AskField::line(text::leader_unit(lang))
    }
}

/// One of the season's months, the present one unless another is chosen.
fn months(lang: Lang, page: &LeadersPage, label: &'static str) -> AskField {
    let choices = page.months.iter();
    let choices = choices.map(|period| (period.to_string(), format::month(lang, *period)));
    let current = Period::of(page.today);
    let current = page.months.contains(&current).then(|| current.to_string());
    AskField {
        kind: FieldKind::Choice(choices.collect()),
        value: current.unwrap_or_default(),
        ..AskField::line(label)
    }
}
