//! The judge's list: who is on, whether this device could go on without network, and the running
//! order with the state of each of the seat's own sheets.

use super::frame::Frame;
use super::list_row::{Row, RowView, rows};
use super::now::Now;
use super::ready::Ready;
use super::scope::{Scope, with_seat};
use crate::components::bar::Back;
use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pad::Command;
use crate::paths;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use sync::offline_mode::Mode;
use sync::protocol::CredentialState;

#[component]
pub fn JudgeList() -> impl IntoView {
    with_seat(page)
}

fn page(scope: Scope) -> Mounted {
    let lang = lang();
    let many = scope
        .pad
        .holders
        .with_untracked(|holders| holders.as_ref().is_some_and(|holders| 1 < holders.len()));
    let title = Signal::derive(move || scope.seat_name());
    let context = Signal::derive(move || scope.contest_title());
    let content = view! {
        <CredentialNotice scope />
        <ModeNotice scope />
        <Now scope />
        <Ready scope />
        <Uploads scope />
        <Order scope />
    }
    .mounted();
    if many {
        let back = Back {
            href: paths::SEATS.to_owned(),
            label: text::seat_to_seats(lang),
        };
        view! { <Frame title context back>{content}</Frame> }.mounted()
    } else {
        view! { <Frame title context>{content}</Frame> }.mounted()
    }
}

/// This device lost the seat, or took it over (R6).
#[component]
fn CredentialNotice(scope: Scope) -> impl IntoView {
    let lang = lang();
    let credential = Kept::new(move || scope.read(|view, _| view.credential));
    live(move || {
        let credential = credential.get()?;
        let (tone, sentence) = match credential.state {
            CredentialState::Replaced => (Some("alarm"), text::seat_replaced(lang)),
            CredentialState::Withdrawn => (Some("alarm"), text::seat_withdrawn(lang)),
            CredentialState::Expired => (Some("alarm"), text::seat_expired(lang)),
            CredentialState::Active | CredentialState::Unknown => {
                credential.took_over_at?;
                (None, text::seat_took_over(lang))
            }
        };
        Some(
            view! {
                <p class="say" data-tone=tone><Icon name="seat" /><span>{sentence}</span></p>
            }
            .mounted(),
        )
    })
}

/// 没有网络，自己按顺序评: offered after twenty seconds without an answer, never forced.
#[component]
pub fn ModeNotice(scope: Scope) -> impl IntoView {
    let lang = lang();
    let mode = Kept::new(move || scope.pad.mode.with(|mode| mode.mode()));
    let go = move |alone: bool| scope.pad.send(Command::GoAlone(alone));
    live(move || match mode.get() {
        Mode::Following => None,
        Mode::Offered => Some(
            view! {
                <div class="say" data-tone="wait" role="status">
                    <Icon name="off" />
                    <span>{text::seat_offer(lang)}</span>
                    <button class="btn" data-size="small" on:click=act(move |_| go(true))>
                        {text::seat_go_alone(lang)}
                    </button>
                </div>
            }
            .mounted(),
        ),
        Mode::Alone => Some(
            view! {
                <div class="say" data-tone="wait" role="status">
                    <Icon name="off" />
                    <span>{text::seat_alone(lang)}</span>
                    <button class="btn" data-size="small" on:click=act(move |_| go(false))>
                        {text::seat_wait_host(lang)}
                    </button>
                </div>
            }
            .mounted(),
        ),
    })
}

/// 立即上传 and 导出, while anything waits.
#[component]
fn Uploads(scope: Scope) -> impl IntoView {
    let lang = lang();
    let pending = Kept::new(move || scope.pad.outbox.with(|outbox| outbox.pending));
    live(move || {
        (0 < pending.get()).then(|| {
            view! {
                <div class="two pad-x block-gap">
                    <button class="btn" on:click=act(move |_| scope.pad.send(Command::SendNow))>
                        <Icon name="up" />
                        {text::seat_send_now(lang)}
                    </button>
                    <button class="btn" on:click=act(move |_| scope.pad.send(Command::Export))>
                        <Icon name="share" />
                        {text::seat_export(lang, pending.get())}
                    </button>
                </div>
            }
            .mounted()
        })
    })
}

#[component]
fn Order(scope: Scope) -> impl IntoView {
    let lang = lang();
    let rows = Kept::new(move || rows(scope, lang));
    let done = live(move || {
        rows.with(|rows| {
            let sealed = rows.iter().filter(|row| row.is_sealed).count();
            text::seat_done(lang, rows.len(), sealed)
        })
    });
    let list = move || {
        rows.get()
            .into_iter()
            .map(|row: Row| view! { <RowView row /> }.mounted())
            .collect_view()
    };
    view! {
        <div class="head"><h2>{text::seat_order(lang)}</h2><span class="sub">{done}</span></div>
        <section class="sheet"><ol class="ledger" role="list">{list}</ol></section>
    }
    .mounted()
}
