//! The sync slip: says in words what is stored where. It never leaves the bar (design section 3).

use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{act, live};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::when;
use domain::ids::Millis;
use leptos::prelude::*;
use sync::outbox::Badge;

/// What the slip shows. A page without an outbox of its own says how fresh it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Slip {
    /// The same on the server and at the first paint.
    #[default]
    Quiet,
    /// A pad.
    Outbox(Badge),
    /// A reader's page, and when its content was made.
    Updated(Millis),
    /// A reader's page from an old copy.
    OldCopy(Millis),
    /// A reader's page that has lost the stream.
    Lost,
}

/// Look, icon and words of one state. `spoken` leaves the counts out, so that a screen reader
/// hears a change of state and not every number.
#[derive(Clone, PartialEq, Eq)]
struct Face {
    state: &'static str,
    icon: &'static str,
    words: String,
    spoken: &'static str,
    /// Quarters that went up, of those that wait.
    sent: Option<u8>,
}

#[component]
pub fn SyncSlip(
    #[prop(into)] slip: Signal<Slip>,
    /// Opens the records.
    #[prop(into, optional)]
    on_press: Option<Callback<()>>,
) -> impl IntoView {
    let lang = lang();
    let face = Kept::new(move || face(slip.get(), lang));
    let press = act(move |_| {
        if let Some(on_press) = on_press {
            on_press.run(());
        }
    });
    view! {
        <button
            type="button"
            class="sync"
            data-state=live(move || face.with(|face| face.state))
            data-sent=live(move || face.with(|face| face.sent.map(|sent| sent.to_string())))
            on:click=press
        >
            <span>
                {live(move || face.with(|face| view! { <Icon name=face.icon /> }))}
                {live(move || face.with(|face| face.words.clone()))}
            </span>
        </button>
        <span class="vh" role="status">{live(move || face.with(|face| face.spoken))}</span>
    }
}

fn face(slip: Slip, lang: Lang) -> Face {
    match slip {
        Slip::Quiet => plain("saved", "phone", text::sync_opening(lang)),
        Slip::Outbox(badge) => outbox_face(badge, lang),
        Slip::Updated(at) => Face {
            words: text::sync_updated(lang, when::clock(at)),
            ..plain("synced", "done", text::sync_updated_spoken(lang))
        },
        Slip::OldCopy(at) => Face {
            words: text::sync_old_copy(lang, when::day_and_clock(at, lang)),
            ..plain("stale", "clock", text::sync_old_copy_spoken(lang))
        },
        Slip::Lost => plain("lag", "clock", text::sync_lost(lang)),
    }
}

fn outbox_face(badge: Badge, lang: Lang) -> Face {
    match badge {
        Badge::Loading => plain("saved", "phone", text::sync_opening(lang)),
        Badge::Saved => plain("saved", "phone", text::sync_saved(lang)),
        Badge::Queued { waiting } => Face {
            words: text::sync_queued(lang, waiting),
            ..plain("queued", "up", text::sync_queued_spoken(lang))
        },
        Badge::Offline { waiting } => Face {
            words: text::sync_offline(lang, waiting),
            ..plain("offline", "off", text::sync_offline_spoken(lang))
        },
        Badge::Sending { done, total } => Face {
            words: text::sync_sending(lang, done.saturating_add(1).min(total), total),
            sent: quarters(done, total),
            ..plain("sending", "up", text::sync_sending_spoken(lang))
        },
        Badge::Synced { at } => Face {
            words: text::sync_synced(lang, when::clock(at)),
            ..plain("synced", "done", text::sync_synced_spoken(lang))
        },
        Badge::Behind => plain("lag", "clock", text::sync_behind(lang)),
        Badge::Conflict { count } => Face {
            words: text::sync_conflict(lang, count),
            ..plain("conflict", "fork", text::sync_conflict_spoken(lang))
        },
        Badge::SignIn { .. } => plain("conflict", "lock", text::sync_sign_in(lang)),
        Badge::Update { .. } => plain("conflict", "warn", text::sync_update(lang)),
    }
}

fn plain(state: &'static str, icon: &'static str, words: &'static str) -> Face {
    Face {
        state,
        icon,
        words: words.to_owned(),
        spoken: words,
        sent: None,
    }
}

fn quarters(done: usize, total: usize) -> Option<u8> {
    let quarters = done.saturating_mul(4).checked_div(total)?;
    u8::try_from(quarters)
        .ok()
        .filter(|quarters| (1..=3).contains(quarters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slip_fills_by_quarters() {
        assert_eq!(
            [0, 1, 2, 3, 4].map(|done| quarters(done, 4)),
            [None, Some(1), Some(2), Some(3), None]
        );
        assert_eq!(quarters(0, 0), None);
    }

    #[test]
    fn every_state_of_the_outbox_has_its_words() {
        let at = Millis(1_792_290_720_000);
        let words = |badge| outbox_face(badge, Lang::Zh).words;
        assert_eq!(words(Badge::Saved), "已保存本机");
        assert_eq!(words(Badge::Queued { waiting: 3 }), "待上传 3");
        assert_eq!(words(Badge::Offline { waiting: 3 }), "离线·待上传 3");
        assert_eq!(words(Badge::Sending { done: 0, total: 3 }), "上传中 1/3");
        assert_eq!(words(Badge::Synced { at }), "已上传 10:32");
        assert_eq!(words(Badge::Behind), "与主控不同步");
    }
}
