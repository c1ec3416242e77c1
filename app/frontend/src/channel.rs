//! What the tabs of this browser tell each other, within a moment.

use crate::json;
use domain::ids::SeatId;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use sync::outbox::TabNote;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "leitai";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TabMessage {
    /// An outbox speaks to the outboxes of the same seat.
    Outbox { seat: SeatId, note: TabNote },
    /// Drafts or notes of a seat were written.
    Drafts { seat: SeatId },
    /// A newer view of a seat was downloaded.
    View { seat: SeatId },
    /// A seat was claimed, left, or has another number of sheets that wait.
    Holders,
    /// 立即上传 was pressed in a tab that does not send.
    SendNow,
    /// May the new build take over?
    MayUpdate,
    /// No: a sheet is open here.
    Veto,
    #[serde(other)]
    Unknown,
}

thread_local! {
    static CHANNEL: OnceCell<Option<BroadcastChannel>> = const { OnceCell::new() };
}

pub fn tell(message: &TabMessage) {
    if let Some(text) = json::write(message) {
        with_channel(|channel| {
            let _ = channel.post_message(&text.into());
        });
    }
}

pub fn listen(hear: impl Fn(TabMessage) + 'static) {
    with_channel(|channel| {
        crate::browser::on(channel, "message", move |event| {
            let data = event.unchecked_ref::<MessageEvent>().data();
            let message = data.as_string().and_then(|text| json::read(&text));
            hear(message.unwrap_or(TabMessage::Unknown));
        });
    });
}

fn with_channel(act: impl FnOnce(&BroadcastChannel)) {
    CHANNEL.with(|channel| {
        let channel = channel.get_or_init(|| BroadcastChannel::new(NAME).ok());
        if let Some(channel) = channel {
            act(channel);
        }
    });
}
