//! 席位: who sits where, on which device, whether it would work without network, and who does not
//! mark whom.

use crate::backend::{DeskCommand, DeskPage, DeskSeat, NewSeats};
use crate::components::frame::StaffPage;
use crate::components::freshness::Freshness;
use crate::components::icon::Icon;
use crate::components::state::{Empty, error_state};
use crate::error::{AppError, Code};
use crate::live::live;
use crate::pages::admin::acts::{Acts, Ask, AskDialog, AskField, FieldKind};
use crate::pages::admin::desk::load_current;
use crate::pages::admin::nav::{OfContest, back_to_contests, contest_links};
use crate::pages::admin::seat_acts::seat_acts;
use crate::pages::admin::seat_facts::seat_facts;
use crate::pages::contest::contest_param;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::ContestId;
use leptos::prelude::*;
use std::sync::Arc;
use sync::protocol::StageState;

#[component]
pub fn SeatBoard() -> impl IntoView {
    match contest_param() {
        Some(contest) => seats_page(contest),
        None => error_state(&AppError::new(Code::NotFound)),
    }
}

fn seats_page(contest: ContestId) -> AnyView {
    let lang = lang();
    let acts = Acts::new(contest);
    let fresh = Freshness::of(live(contest));
    let content = load_current(contest, acts, fresh, move |page| {
        view! { {move || page.with(|page| board(lang, page, acts))} }.into_any()
    });
    view! {
        <StaffPage
            title=text::staff_seats(lang)
            back=back_to_contests()
            slip=fresh.slip(acts.again())
            links=contest_links(contest, OfContest::Seats)
        >
            <main id="main">{content}</main>
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}

fn board(lang: Lang, page: &DeskPage, acts: Acts) -> AnyView {
    let paired = page
        .seats
        .iter()
        .filter(|seat| seat.pairing.is_some())
        .count();
    let ready = page.seats.iter().filter(|seat| is_ready(seat)).count();
    let online = page.seats.iter().filter(|seat| is_online(seat)).count();
    let rows: Vec<_> = page
        .seats
        .iter()
        .map(|seat| row(lang, page, seat, acts))
        .collect();
    let list = if rows.is_empty() {
        let body = text::seats_empty_text(lang);
        view! { <Empty icon="seat" title=text::seats_empty(lang) body /> }.into_any()
    } else {
        view! {
            <section class="sheet">
                <div class="tally">
                    <p><b>{page.seats.len()}</b>{text::staff_seats(lang)}</p>
                    <p><b>{paired}</b>{text::seats_paired(lang)}</p>
                    <p><b>{ready}</b>{text::seats_ready(lang)}</p>
                    <p><b>{online}</b>{text::seats_online(lang)}</p>
                </div>
            </section>
            <section class="sheet block-gap">
                <ol class="ledger seatboard" role="list">{rows}</ol>
            </section>
        }
        .into_any()
    };
    view! {
        <div class="head">
            <h2>{page.card.title.clone()}</h2>
            <span class="sub">
                {text::seats_versions(lang, page.charter_version, page.roster_version)}
            </span>
        </div>
        {list}
        {add_seats(lang, page, acts)}
        {hand_over(lang, page.card.id)}
    }
    .into_any()
}

fn is_ready(seat: &DeskSeat) -> bool {
    seat.pairing.as_ref().is_some_and(|pairing| pairing.ready)
}

fn is_online(seat: &DeskSeat) -> bool {
    seat.pairing.as_ref().is_some_and(|pairing| pairing.online)
}

fn row(lang: Lang, page: &DeskPage, seat: &DeskSeat, acts: Acts) -> AnyView {
    let name = if seat.person.is_empty() {
        seat.class_name.clone()
    } else {
        text::seats_name(lang, seat.class_name.clone(), seat.person.clone())
    };
    let (state, tag, words) = if seat.absence.is_some() {
        ("off", None, text::desk_seat_absent(lang))
    } else if is_ready(seat) {
        ("ok", Some("ok"), text::seats_ready(lang))
    } else if seat.pairing.is_some() {
        ("lag", Some("wait"), text::seats_not_ready(lang))
    } else {
        ("lag", None, text::desk_seat_unpaired(lang))
    };
    view! {
        <li class="row" data-state=state>
            <span class="row-no">{seat.number}</span>
            <div class="row-main">
                <p class="row-name">{name}</p>
                {seat_facts(lang, page, seat)}
            </div>
            <div class="row-end"><span class="tag" data-tone=tag>{words}</span></div>
            <details class="fold row-more">
                <summary>{text::seats_manage(lang, seat.number)}</summary>
                {seat_acts(lang, page, seat, acts)}
            </details>
        </li>
    }
    .into_any()
}

fn add_seats(lang: Lang, page: &DeskPage, acts: Acts) -> AnyView {
    let has_started = !matches!(page.card.state, StageState::Draft | StageState::Ready);
    if has_started {
        return view! { <p class="note pad-x block-gap">{text::seats_started(lang)}</p> }
            .into_any();
    }
    let classes: Vec<_> = page
        .charter
        .classes
        .iter()
        .map(|class| (class.key.clone(), class.name.clone()))
        .collect();
    let ask = Ask {
        title: text::seats_add(lang).to_owned(),
        body: text::seats_add_body(lang).to_owned(),
        fields: vec![
            AskField {
                kind: FieldKind::Choice(classes),
                ..AskField::line(text::seats_class(lang))
            },
            AskField {
                kind: FieldKind::Number,
                value: "1".to_owned(),
                ..AskField::line(text::seats_how_many(lang))
            },
        ],
        act: text::desk_add(lang),
        stops: false,
        command: Arc::new(|values| DeskCommand::AddSeats {
            seats: NewSeats {
                class: values.first().cloned().unwrap_or_default(),
                count: values
                    .get(1)
                    .and_then(|count| count.parse().ok())
                    .unwrap_or_default(),
            },
        }),
    };
    view! {
        <p class="pad-x block-gap">
            <button class="btn" type="button" data-wide="" on:click=move |_| acts.ask(ask.clone())>
                <Icon name="plus" />
                {text::seats_add(lang)}
            </button>
        </p>
    }
    .into_any()
}

/// Sheets that came in a file, because their pad never found a network.
fn hand_over(lang: Lang, contest: ContestId) -> AnyView {
    view! {
        <div class="head"><h2>{text::seats_hand_over(lang)}</h2></div>
        <form
            class="form sheet stack"
            method="post"
            action=paths::UPLOADS
            enctype="multipart/form-data"
        >
            <input type="hidden" name="kind" value="handover" />
            <input type="hidden" name="contest" value=contest.to_string() />
            <div class="field">
                <label class="lab" for="hand-over">{text::seats_hand_over_file(lang)}</label>
                <input
                    class="input"
                    id="hand-over"
                    type="file"
                    name="file"
                    accept=".json,application/json"
                    required
                />
                <p class="field-hint">{text::seats_hand_over_hint(lang)}</p>
            </div>
            <button class="btn" type="submit">{text::seats_hand_over_read(lang)}</button>
        </form>
    }
    .into_any()
}
