//! The photo beside a record (ES-3): chosen in the form, kept on the disk as the letters are, sent
//! after its record, and shown to whom the record is. What a browser does with it is in `photo.js`.

use super::work::Work;
use crate::components::icon::Icon;
use crate::components::wire::Wire;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pad::Command;
use crate::photo::PhotoPort;
use crate::text::{self, Lang};
use domain::ids::{EntryId, OpId, SeatId};
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use sync::outbox::OpState;
use sync::protocol::{PhotoName, PhotoState};
use uuid::Uuid;

/// Where the file is chosen; `photo.js` reads it by this id.
const INPUT: &str = "photo";

/// What `photo.js` is asked.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Ask {
    /// Makes the chosen file smaller.
    Shrink {
        input: &'static str,
    },
    /// Sends what lies here; not those of ops that the server does not have yet.
    Send {
        holder: SeatId,
        hold: Vec<OpId>,
    },
    Show {
        holder: SeatId,
        op: OpId,
    },
    /// Takes one that the server refuses off this phone.
    Drop {
        holder: SeatId,
        op: OpId,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shrunk {
    Photo(Chosen),
    Fault(Fault),
}

/// A photo as it lies on the disk while its record is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    sha256: String,
    size: u32,
    /// The JPEG in base64.
    data: String,
}

impl Chosen {
    pub fn name(&self) -> PhotoName {
        PhotoName {
            sha256: self.sha256.clone(),
            size: self.size,
        }
    }

    pub fn data(&self) -> Arc<str> {
        self.data.as_str().into()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fault {
    TooLarge,
    /// No answer: the network is away.
    Silence,
    #[serde(other)]
    Unreadable,
}

/// What lies here and is not on the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
struct Left {
    /// Taken by the server just now.
    sent: usize,
    waiting: usize,
    /// The server does not take them, however often it is asked.
    refused: Vec<OpId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shown {
    Url(String),
    Fault(Fault),
}

#[derive(Clone, Copy)]
pub struct Photos {
    port: Option<PhotoPort>,
    /// Beside the record that is being written.
    pub chosen: RwSignal<Option<Arc<Chosen>>>,
    /// The chosen file is being made smaller.
    pub busy: RwSignal<bool>,
    fault: RwSignal<Option<Fault>>,
    left: RwSignal<Left>,
}

impl Photos {
    pub fn new() -> Self {
        Self {
            port: use_context(),
            chosen: RwSignal::new(None),
            busy: RwSignal::new(false),
            fault: RwSignal::new(None),
            left: RwSignal::new(Left::default()),
        }
    }

    /// Takes back what was chosen before a reload.
    pub fn restore(self, note: Option<&str>) {
        let chosen = note.and_then(|text| <Wire as Decoder<Chosen>>::decode(text).ok());
        self.chosen.set(chosen.map(Arc::new));
    }

    pub fn clear(self) {
        self.chosen.set(None);
        self.fault.set(None);
    }

    /// Makes the chosen file smaller, and keeps it on the disk beside the draft.
    fn choose(self, work: Work) {
        let draft = move || {
            work.record
                .with_untracked(|one| one.as_ref().map(|one| one.draft))
        };
        let begun = draft();
        self.busy.set(true);
        self.fault.set(None);
        spawn_local(async move {
            let shrunk = self.ask(&Ask::Shrink { input: INPUT }).await;
            self.busy.set(false);
            // The form may be about another record by now, or about none.
            if begun.is_none() || draft() != begun {
                return;
            }
            match shrunk {
                Some(Shrunk::Photo(photo)) => {
                    work.keep_photo(&photo);
                    self.chosen.set(Some(Arc::new(photo)));
                }
                Some(Shrunk::Fault(fault)) => self.fault.set(Some(fault)),
                None => self.fault.set(Some(Fault::Unreadable)),
            }
        });
    }

    /// Sends what lies here, whenever the server answered something else or an op went through.
    pub fn follow(self, work: Work) {
        Effect::new(move |_| {
            work.pad.contact.track();
            let Some(holder) = work.read(|view| view.seat.id) else {
                return;
            };
            let hold = work.pad.outbox.with(|outbox| {
                let ops = outbox.ops.iter();
                let here = ops.filter(|op| !matches!(op.state, OpState::Acknowledged(_)));
                here.map(|op| op.op_id).collect()
            });
            self.send(work, Ask::Send { holder, hold });
        });
    }

    fn send(self, work: Work, ask: Ask) {
        spawn_local(async move {
            let Some(left) = self.ask::<Left>(&ask).await else {
                return;
            };
            let sent = left.sent;
            if self.left.get_untracked() != left {
                self.left.set(left);
            }
            if 0 < sent {
                // The record's row says that its photo is there once the view is read again.
                work.pad.send(Command::SendNow);
            }
        });
    }

    fn drop_refused(self, work: Work, op: OpId) {
        let Some(holder) = work.read(|view| view.seat.id) else {
            return;
        };
        spawn_local(async move {
            let _: Option<Left> = self.ask(&Ask::Drop { holder, op }).await;
            self.left
                .update(|left| left.refused.retain(|one| *one != op));
        });
    }

    async fn ask<T: DeserializeOwned>(self, ask: &Ask) -> Option<T> {
        let PhotoPort(port) = self.port?;
        let question = <Wire as Encoder<Ask>>::encode(ask).ok()?;
        let answer = port(question).await?;
        <Wire as Decoder<T>>::decode(&answer).ok()
    }
}

/// Where the photo lies while its record is written: a note of its own, so that no letter that is
/// typed writes it again.
pub fn photo_key() -> EntryId {
    EntryId(Uuid::from_u128(1))
}

/// The field of the form; nothing where the season takes no photos.
pub fn field(work: Work, lang: Lang) -> Mounted {
    let photos = work.photos;
    let is_asked = crate::kept::Kept::new(move || {
        let takes = work.view.with(|view| {
            let view = view.as_ref();
            view.is_some_and(|view| view.takes_photos)
        });
        takes || photos.chosen.with(Option::is_some)
    });
    live(move || is_asked.get().then(|| input(work, lang))).mounted()
}

fn input(work: Work, lang: Lang) -> Mounted {
    let photos = work.photos;
    // A field that says that no file is chosen would stand beside the photo that was.
    let content = live(move || match photos.chosen.get() {
        Some(photo) => thumbnail(work, lang, &photo),
        None => file(work),
    });
    let trouble = live(move || {
        let words = match (photos.busy.get(), photos.fault.get()?) {
            (true, _) => return None,
            (false, Fault::TooLarge) => text::field_photo_too_large(lang),
            (false, _) => text::field_photo_unreadable(lang),
        };
        let view = view! {
            <p class="field-error" role="alert"><Icon name="warn" />{words}</p>
        };
        Some(view.mounted())
    });
    let state = live(move || photos.busy.get().then(|| text::field_photo_busy(lang)));
    view! {
        <div class="field" data-span="all">
            <label class="lab" for=INPUT>{text::field_photo(lang)}</label>
            {content}
            <p class="field-hint" id="photo-hint">{text::field_photo_hint(lang)}</p>
            <p class="field-hint" role="status">{state}</p>
            {trouble}
        </div>
    }
    .mounted()
}

fn thumbnail(work: Work, lang: Lang, photo: &Chosen) -> Mounted {
    let source = format!("data:image/jpeg;base64,{}", photo.data);
    let size = text::field_photo_size(lang, photo.size.div_ceil(1024));
    let drop = move |_| work.drop_photo();
    view! {
        <div class="cluster block-gap">
            <img src=source width="120" alt=text::field_photo_chosen(lang) />
            <span class="note">{size}</span>
            <button type="button" class="btn" data-size="small" on:click=act(drop)>
                {text::field_photo_drop(lang)}
            </button>
        </div>
    }
    .mounted()
}

fn file(work: Work) -> Mounted {
    let choose = move |_: leptos::ev::Event| work.photos.choose(work);
    view! {
        <input
            class="input"
            id=INPUT
            type="file"
            accept="image/*"
            aria-describedby="photo-hint"
            on:change=act(choose)
        />
    }
    .mounted()
}

/// Photos that lie on this phone and not on the server.
pub fn left(work: Work, lang: Lang) -> Mounted {
    let photos = work.photos;
    live(move || {
        let left = photos.left.get();
        let waiting = (0 < left.waiting).then(|| {
            view! {
                <p class="say" data-tone="wait" role="status">
                    <Icon name="up" />
                    <span>
                        <b>{text::field_photo_waiting(lang, left.waiting)}</b>
                        " "
                        {text::field_photo_waiting_why(lang)}
                    </span>
                </p>
            }
            .mounted()
        });
        let refused = left.refused.into_iter();
        let refused = refused.map(|op| refusal(work, lang, op)).collect_view();
        view! { {waiting} {refused} }.mounted()
    })
    .mounted()
}

fn refusal(work: Work, lang: Lang, op: OpId) -> Mounted {
    let drop = move |_| work.photos.drop_refused(work, op);
    view! {
        <div class="say" data-tone="alarm" role="status">
            <Icon name="warn" />
            <div>
                <p>{text::field_photo_refused(lang)}</p>
                {shown(work, lang, (op, Some(PhotoState::Here)))}
                <button class="btn" data-size="small" on:click=act(drop)>
                    {text::field_photo_refused_drop(lang)}
                </button>
            </div>
        </div>
    }
    .mounted()
}

/// 看照片, and then the photo; or that it has not come yet.
pub fn shown(work: Work, lang: Lang, (op, state): (OpId, Option<PhotoState>)) -> Mounted {
    let Some(state) = state else {
        return ().into_view().mounted();
    };
    if state != PhotoState::Here {
        return view! { <p class="row-text">{text::field_photo_missing(lang)}</p> }.mounted();
    }
    let answer = RwSignal::new(None::<Result<String, Fault>>);
    let show = move |_| {
        let Some(holder) = work.read(|view| view.seat.id) else {
            return;
        };
        spawn_local(async move {
            let shown = work.photos.ask(&Ask::Show { holder, op }).await;
            answer.set(Some(match shown {
                Some(Shown::Url(url)) => Ok(url),
                Some(Shown::Fault(fault)) => Err(fault),
                None => Err(Fault::Silence),
            }));
        });
    };
    live(move || match answer.get() {
        Some(Ok(url)) => {
            view! { <p><img src=url width="100%" alt=text::field_photo_of(lang) /></p> }.mounted()
        }
        failed => {
            let why = failed.map(|_| text::field_photo_silence(lang));
            view! {
                <p class="row-text">
                    <button class="btn" data-size="small" on:click=act(show)>
                        {text::field_photo_show(lang)}
                    </button>
                    " "
                    {why}
                </p>
            }
            .mounted()
        }
    })
    .mounted()
}
