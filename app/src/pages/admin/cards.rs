//! 席卡: one card for each seat, on the screen and on paper. The link opens the seat, the digits
//! under the fold claim it.

use crate::api::desk::load_cards;
use crate::backend::{CardPrint, CardSheet, CardState, Cards, DeskCommand};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::state::{Empty, error_state};
use crate::error::{AppError, Code};
use crate::pages::admin::acts::{Acts, AskDialog};
use crate::pages::admin::nav::{OfContest, back_to_contests, contest_links};
use crate::pages::contest::contest_param;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::ContestId;
use leptos::prelude::*;

#[component]
pub fn CardsPage() -> impl IntoView {
    match contest_param() {
        Some(contest) => cards_page(contest),
        None => error_state(&AppError::new(Code::NotFound)),
    }
}

fn cards_page(contest: ContestId) -> AnyView {
    let lang = lang();
    let acts = Acts::new(contest);
    let again = Signal::derive(move || acts.done.get());
    let content = current(
        move || load_cards(contest),
        again,
        RwSignal::new(false),
        move |page| {
            view! { {move || page.with(|page| cards(lang, contest, page, acts))} }.into_any()
        },
    );
    view! {
        <StaffPage
            title=text::staff_cards(lang)
            back=back_to_contests()
            kind="cards"
            links=contest_links(contest, OfContest::Cards)
        >
            <main id="main" class="wide">{content}</main>
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}

fn cards(lang: Lang, contest: ContestId, page: &Cards, acts: Acts) -> AnyView {
    if page.sheets.is_empty() {
        let body = text::cards_no_seats_text(lang);
        return view! {
            <Empty icon="seat" title=text::cards_no_seats(lang) body>
                <a
                    class="btn"
                    data-kind="main"
                    href=paths::desk_seats(contest)
                >
                    {text::cards_add_seats(lang)}
                </a>
            </Empty>
        }
        .into_any();
    }
    if let Some(why) = &page.refused {
        return refusal(lang, why);
    }
    let missing = page
        .sheets
        .iter()
        .filter(|sheet| sheet.state == CardState::None)
        .count();
    let issue = (missing > 0).then(|| {
        view! {
            <button
                class="btn"
                type="button"
                data-kind="main"
                aria-busy=move || acts.busy.get().then_some("true")
                on:click=move |_| acts.run(DeskCommand::IssueCards)
            >
                {text::cards_issue(lang, missing)}
            </button>
        }
    });
    let printable = page.sheets.iter().any(|sheet| sheet.print.is_some());
    let print = printable.then(|| {
        view! {
            <button class="btn" type="button" on:click=move |_| {
                // A browser without printing has nothing else to offer either.
                let _ = window().print();
            }>
                <Icon name="print" />
                {text::contest_print(lang)}
            </button>
        }
    });
    let sheets: Vec<_> = page
        .sheets
        .iter()
        .map(|sheet| card(lang, page, sheet))
        .collect();
    view! {
        <div class="no-print">
            <p class="say"><Icon name="help" /><span>{text::cards_lead(lang)}</span></p>
            <div class="cluster pad-x">{issue} {print}</div>
        </div>
        <div class="cards">{sheets}</div>
    }
    .into_any()
}

fn refusal(lang: Lang, why: &str) -> AnyView {
    view! {
        <section class="sheet empty" data-state="error">
            <div class="ring"><Icon name="lock" /></div>
            <p><b>{text::cards_refused(lang)}</b></p>
            <p class="sub">{text::cards_refused_why(lang, why)}</p>
            <p class="sub">{text::cards_refused_how(lang)}</p>
        </section>
    }
    .into_any()
}

fn card(lang: Lang, page: &Cards, sheet: &CardSheet) -> AnyView {
    let name = if sheet.person.is_empty() {
        sheet.class_name.clone()
    } else {
        format!("{} · {}", sheet.class_name, sheet.person)
    };
    match &sheet.print {
        Some(print) => printed(lang, page, sheet, &name, print),
        None => {
            let why = match sheet.state {
                CardState::Withdrawn => text::cards_withdrawn(lang),
                CardState::Locked => text::cards_locked(lang),
                CardState::None => text::cards_none(lang),
                CardState::Issued => text::cards_hidden(lang),
            };
            view! {
                <article class="card no-print">
                    <div class="card-top">
                        <div class="card-text">
                            <p
                                class="card-seat"
                            >
                                <b>{sheet.number}</b>" "{text::cards_seat(lang)}
                            </p>
                            <p class="card-class">{name}</p>
                            <p class="card-how">{why}</p>
                        </div>
                    </div>
                </article>
            }
            .into_any()
        }
    }
}

fn printed(lang: Lang, page: &Cards, sheet: &CardSheet, name: &str, print: &CardPrint) -> AnyView {
    let size = print.qr_size + 4;
    view! {
        <article class="card" aria-label=text::cards_label(lang, sheet.number)>
            <div class="card-top">
                <div class="card-text">
                    <p class="card-contest">{page.card.title.clone()}</p>
                    <p class="card-seat"><b>{sheet.number}</b>" "{text::cards_seat(lang)}</p>
                    <p class="card-class">{name.to_owned()}</p>
                    <p class="card-how">{text::cards_how(lang)}</p>
                </div>
                <a
                    href=print.url.clone()
                    rel="external"
                    aria-label=text::cards_open(lang, sheet.number)
                >
                    <svg class="qr" viewBox=format!("-2 -2 {size} {size}") aria-hidden="true">
                        <path d=print.qr_path.clone()></path>
                    </svg>
                </a>
            </div>
            <p class="card-fold">
                <span class="card-hint">{text::cards_fold(lang)}</span>
                <b class="card-code">{print.digits.clone()}</b>
            </p>
        </article>
    }
    .into_any()
}
