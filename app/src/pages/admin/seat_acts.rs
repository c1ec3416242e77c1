//! What can be done with one seat: who sits on it, whom it does not mark, its card.

use crate::backend::{CardState, DeskCommand, DeskPage, DeskSeat, DeskSheet};
use crate::pages::admin::acts::{Acts, Ask, AskField, FieldKind, ask_button};
use crate::text::{self, Lang};
use domain::ids::EntryId;
use leptos::prelude::*;
use std::sync::Arc;
use sync::protocol::StageState;

pub fn seat_acts(lang: Lang, page: &DeskPage, seat: &DeskSeat, acts: Acts) -> AnyView {
    let buttons: Vec<_> = questions(lang, page, seat)
        .into_iter()
        .map(|ask| ask_button(acts, ask))
        .collect();
    view! { <div class="cluster">{buttons}</div> }.into_any()
}

fn questions(lang: Lang, page: &DeskPage, seat: &DeskSeat) -> Vec<Ask> {
    let id = seat.id;
    let mut asks = vec![person(lang, seat)];
    let open: Vec<_> = names(page, seat, |sheet| {
        !matches!(sheet, DeskSheet::Recused | DeskSheet::Absent)
    });
    let recused = names(page, seat, |sheet| sheet == DeskSheet::Recused);
    if !open.is_empty() {
        asks.push(recuse(lang, seat, open));
    }
    if !recused.is_empty() {
        asks.push(lift_recusal(lang, seat, recused));
    }
    if seat.absence.is_some() {
        let lift = move |_: &[String]| DeskCommand::LiftAbsence {
            seat: id,
            entry: None,
        };
        asks.push(plain(lang, seat, text::seats_lift_absence(lang), "", lift));
    } else {
        asks.push(absence(lang, seat, page));
    }
    asks.extend(card_questions(lang, seat));
    if seat.pairing.is_none() && matches!(page.card.state, StageState::Draft | StageState::Ready) {
        let body = text::seats_remove_body(lang);
        let remove = move |_: &[String]| DeskCommand::RemoveSeat { seat: id };
        let ask = plain(lang, seat, text::seats_remove(lang), body, remove);
        asks.push(Ask { stops: true, ..ask });
    }
    asks
}

fn card_questions(lang: Lang, seat: &DeskSeat) -> Vec<Ask> {
    let id = seat.id;
    let mut asks = Vec::new();
    if seat.card == CardState::Locked {
        let unlock = move |_: &[String]| DeskCommand::UnlockCard { seat: Some(id) };
        asks.push(plain(lang, seat, text::seats_unlock(lang), "", unlock));
    }
    if seat.card != CardState::None {
        let body = text::seats_reissue_body(lang);
        let reissue = move |_: &[String]| DeskCommand::ReissueCard { seat: Some(id) };
        asks.push(plain(lang, seat, text::seats_reissue(lang), body, reissue));
    }
    if matches!(seat.card, CardState::Issued | CardState::Locked) {
        let body = text::seats_withdraw_body(lang);
        let withdraw = move |_: &[String]| DeskCommand::WithdrawCard { seat: Some(id) };
        let ask = plain(lang, seat, text::seats_withdraw(lang), body, withdraw);
        asks.push(Ask { stops: true, ..ask });
    }
    asks
}

/// Value and words of the entries whose sheet from this seat fits.
fn names(
    page: &DeskPage,
    seat: &DeskSeat,
    fits: impl Fn(DeskSheet) -> bool,
) -> Vec<(String, String)> {
    let sheet = |entry: EntryId| {
        seat.entries
            .iter()
            .find(|row| row.entry == entry)
            .map_or(DeskSheet::Missing, |row| row.sheet)
    };
    let fitting = page.entries.iter().filter(|entry| fits(sheet(entry.id)));
    fitting
        .map(|entry| (entry.id.to_string(), entry.name.clone()))
        .collect()
}

/// A question without a field: only "are you sure".
fn plain(
    lang: Lang,
    seat: &DeskSeat,
    act: &'static str,
    body: &str,
    command: impl Fn(&[String]) -> DeskCommand + Send + Sync + 'static,
) -> Ask {
    Ask {
        title: text::seats_ask_title(lang, act, seat.number),
        body: body.to_owned(),
        fields: Vec::new(),
        act,
        stops: false,
        command: Arc::new(command),
    }
}

fn person(lang: Lang, seat: &DeskSeat) -> Ask {
    let id = seat.id;
    Ask {
        fields: vec![AskField {
            is_required: false,
            value: seat.person.clone(),
            hint: text::seats_person_hint(lang),
            ..AskField::line(text::seats_person(lang))
        }],
        ..plain(
            lang,
            seat,
            text::seats_change_person(lang),
            "",
            move |values| DeskCommand::SeatPerson {
                seat: id,
                person: value(values, 0),
            },
        )
    }
}

fn recuse(lang: Lang, seat: &DeskSeat, entries: Vec<(String, String)>) -> Ask {
    let id = seat.id;
    let body = text::seats_recuse_body(lang);
    Ask {
        fields: vec![
            choice(text::seats_entry(lang), entries),
            AskField::reason(true),
        ],
        ..plain(lang, seat, text::seats_recuse(lang), body, move |values| {
            DeskCommand::Recuse {
                seat: id,
                entry: entry_of(values),
                reason: value(values, 1),
            }
        })
    }
}

fn lift_recusal(lang: Lang, seat: &DeskSeat, entries: Vec<(String, String)>) -> Ask {
    let id = seat.id;
    Ask {
        fields: vec![choice(text::seats_entry(lang), entries)],
        ..plain(
            lang,
            seat,
            text::seats_lift_recusal(lang),
            "",
            move |values| DeskCommand::LiftRecusal {
                seat: id,
                entry: entry_of(values),
            },
        )
    }
}

fn absence(lang: Lang, seat: &DeskSeat, page: &DeskPage) -> Ask {
    let id = seat.id;
    let body = text::seats_absence_body(lang);
    let mut entries = vec![(String::new(), text::seats_whole_contest(lang).to_owned())];
    entries.extend(names(page, seat, |sheet| sheet == DeskSheet::Missing));
    let field = AskField {
        is_required: false,
        ..choice(text::seats_absent_from(lang), entries)
    };
    Ask {
        fields: vec![field, AskField::reason(true)],
        ..plain(lang, seat, text::seats_absence(lang), body, move |values| {
            DeskCommand::Excuse {
                seat: id,
                entry: value(values, 0).parse().ok(),
                reason: value(values, 1),
            }
        })
    }
}

fn choice(label: &'static str, choices: Vec<(String, String)>) -> AskField {
    AskField {
        kind: FieldKind::Choice(choices),
        ..AskField::line(label)
    }
}

fn value(values: &[String], index: usize) -> String {
    values.get(index).cloned().unwrap_or_default()
}

/// The entry that was chosen; one that nobody has, where nothing was: the server refuses it.
fn entry_of(values: &[String]) -> EntryId {
    value(values, 0)
        .parse()
        .unwrap_or(EntryId(uuid::Uuid::nil()))
}
