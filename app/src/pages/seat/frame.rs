//! The frame of every page of a seat: bar with the sync slip, content, dock, toasts, and the
//! records that open from the slip.

use super::records::RecordsDialog;
use crate::components::bar::{Back, Bar};
use crate::components::scale_switch::ScaleButton;
use crate::components::sync_slip::{Slip, SyncSlip};
use crate::components::watermark::Watermark;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, MountedChildren, act, live};
use crate::pad::view::{SeatLoad, Update};
use crate::pad::{Command, pad};
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use leptos_meta::Title;
use sync::outbox::Badge;

#[component]
pub fn Frame(
    #[prop(into)] title: Signal<String>,
    #[prop(into, optional)] context: Signal<String>,
    #[prop(optional)] back: Option<Back>,
    /// `pad` fills the screen and leaves the type scale out of its bar.
    #[prop(optional)]
    kind: Option<&'static str>,
    /// The footer, `.dock`.
    #[prop(optional)]
    dock: Option<Mounted>,
    children: MountedChildren,
) -> impl IntoView {
    let pad = pad();
    let records = RwSignal::new(false);
    let slip = Signal::derive(move || match pad.seat.get() {
        SeatLoad::Open(_) => Slip::Outbox(pad.outbox.with(|outbox| outbox.badge)),
        _ => match (pad.pending(), pad.holders.with(Option::is_some)) {
            (0, true) => Slip::Outbox(Badge::Saved),
            (0, false) => Slip::Quiet,
            (waiting, _) => Slip::Outbox(Badge::Queued { waiting }),
        },
    });
    let scale = (kind != Some("pad")).then(|| view! { <ScaleButton /> }.mounted());
    let bar = view! {
        <SyncSlip slip on_press=Callback::new(move |()| records.set(true)) />
        {scale}
    }
    .mounted();
    view! {
        <Title text=title />
        <div class="page" data-kind=kind>
            {match back {
                Some(back) => view! { <Bar title context back>{bar}</Bar> }.mounted(),
                None => view! { <Bar title context>{bar}</Bar> }.mounted(),
            }}
            <main id="main">{children.run()}</main>
            {dock}
            <Toasts />
            <RecordsDialog open=records />
        </div>
        <DemoMark />
    }
    .mounted()
}

/// A newer build waits: 评完再换. It never takes over while a sheet is open.
#[component]
fn Toasts() -> impl IntoView {
    let pad = pad();
    let lang = lang();
    let later = move |_| pad.send(Command::DismissUpdate);
    let toast = live(move || match pad.update.get() {
        Update::None | Update::Dismissed => None,
        Update::Waiting => Some(
            view! {
                <div class="toast" role="status">
                    <span>{text::install_update(lang)}</span>
                    <button type="button" on:click=later>{text::install_later(lang)}</button>
                    <button type="button" on:click=act(move |_| pad.send(Command::TakeUpdate))>
                        {text::install_take(lang)}
                    </button>
                </div>
            }
            .mounted(),
        ),
        Update::Vetoed => Some(
            view! {
                <div class="toast" role="status">
                    <span>{text::install_vetoed(lang)}</span>
                    <button type="button" on:click=later>{text::install_understood(lang)}</button>
                </div>
            }
            .mounted(),
        ),
    });
    view! { <div class="toasts">{toast}</div> }.mounted()
}

/// 演示 on a contest of the demo county: the shell that a pad starts from knows no county.
#[component]
fn DemoMark() -> impl IntoView {
    let pad = pad();
    let demo = Kept::new(move || {
        pad.seat.with(|seat| match seat {
            SeatLoad::Open(open) => open
                .downloaded
                .as_ref()
                .is_some_and(|downloaded| downloaded.view.contest.demo),
            _ => false,
        })
    });
    live(move || demo.get().then(|| view! { <Watermark /> }.mounted()))
}
