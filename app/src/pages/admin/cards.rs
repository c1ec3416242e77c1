//! 席卡: one card for each seat and one for the host, on the screen and on paper. The link opens
//! the seat, the digits under the fold claim it.

use crate::api::desk::load_cards;
use crate::backend::{CardPrint, CardSheet, CardState, Cards, DeskCommand};
use crate::components::frame::StaffPage;
use crate::components::freshness::Freshness;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::print::print_cards;
use crate::components::state::{Empty, error_state};
use crate::error::{AppError, Code};
use crate::live::live;
use crate::pages::admin::acts::{Acts, AskDialog};
use crate::pages::admin::host_card::{host_card, host_panel};
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
    // A card that locks, and a tablet that is taken over, are seen here at once.
    let fresh = Freshness::of(live(contest));
    let again = Signal::derive(move || fresh.seq().wrapping_add(acts.done.get()));
    let content = current(
        move || load_cards(contest),
        again,
        fresh.stale,
        move |page| {
            view! { {move || page.with(|page| cards(lang, contest, page, acts))} }.into_any()
        },
    );
    view! {
        <StaffPage
            title=text::staff_cards(lang)
            back=back_to_contests()
            kind="cards"
            slip=fresh.slip(acts.again())
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
    let mut prints = page.sheets.iter().map(|sheet| &sheet.print);
    let printable = page.host.print.is_some() || prints.any(Option::is_some);
    let print = printable.then(|| print_cards(lang));
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
        {host_panel(lang, &page.host, acts)}
        <div class="cards">{host_card(lang, page)} {sheets}</div>
    }
    .into_any()
}

pub fn refusal(lang: Lang, why: &str) -> AnyView {
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
        Some(print) => {
            let head = view! { <b>{sheet.number}</b>" "{text::cards_seat(lang)} }.into_any();
            let label = text::cards_label(lang, sheet.number);
            let open = text::cards_open(lang, sheet.number);
            let words = (head, name.as_str(), text::cards_how(lang));
            printed(lang, &page.card.title, (label, open), words, print)
        }
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

/// A card as it is printed: what assistive technology calls it and its link; whose it is, in big
/// and in small, and what to do with it; its link and digits.
pub fn printed(
    lang: Lang,
    title: &str,
    (label, open): (String, String),
    (head, name, how): (AnyView, &str, &'static str),
    print: &CardPrint,
) -> AnyView {
    let size = print.qr_size + 4;
    view! {
        <article class="card" aria-label=label>
            <div class="card-top">
                <div class="card-text">
                    <p class="card-contest">{title.to_owned()}</p>
                    <p class="card-seat">{head}</p>
                    <p class="card-class">{name.to_owned()}</p>
                    <p class="card-how">{how}</p>
                </div>
                <a href=print.url.clone() rel="external" aria-label=open>
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
