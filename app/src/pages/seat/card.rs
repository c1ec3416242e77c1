//! 领取席位: the page behind the code on a card, a seat's or the host's. Opening it
//! changes nothing; only the digits under the fold, sent from here, pair this device.

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::components::scale_switch::ScaleSwitch;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pad::card_link::CardLink;
use crate::pad::view::{Claimed, PairState};
use crate::pad::{Command, pad};
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::when;
use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use sync::protocol::PairRefusal;

/// Digits under the fold of a card.
const DIGITS: usize = 4;

#[component]
pub fn Card() -> impl IntoView {
    let lang = lang();
    let pad = pad();
    let location = use_location();
    let link = Kept::new(move || location.hash.with(|hash| hash.parse::<CardLink>().ok()));
    go_when_paired();
    // Kept, because the rest of the device's facts change while somebody types.
    let insecure = Kept::new(move || pad.device.with(|device| device.secure == Some(false)));
    let form = live(move || {
        if insecure.get() {
            return note("warn", Some("alarm"), text::card_insecure(lang));
        }
        match link.get() {
            Some(link) => view! { <Form link /> }.mounted(),
            None => note("warn", Some("alarm"), text::card_bad_link(lang)),
        }
    });
    let wechat = live(move || {
        pad.device.with(|device| device.wechat).then(|| {
            view! {
                <ol class="howto">
                    <li>
                        <b>{text::install_wechat_1(lang)}</b>
                        <span>{text::install_wechat_2(lang)}</span>
                    </li>
                </ol>
            }
            .mounted()
        })
    });
    view! {
        <Title text=text::card_title(lang) />
        <div class="page">
            <header class="door-top">
                <p class="brand"><Icon name="mark" />{text::app_name(lang)}</p>
                <h1>{text::card_title(lang)}</h1>
                <p>{text::card_intro(lang)}</p>
            </header>
            <main class="door" id="main">
                {form}
                {wechat}
                <p class="note text-center">{text::card_help(lang)}</p>
            </main>
        </div>
    }
    .mounted()
}

/// The secret leaves the address bar together with this page.
fn go_when_paired() {
    let pad = pad();
    let navigate = StoredValue::new_local(use_navigate());
    on_cleanup(move || pad.send(Command::LeaveCard));
    Effect::new(move |_| {
        if let PairState::Done(claimed) = pad.pairing.get() {
            let to = match claimed {
                Claimed::Seat(seat) => paths::seat(seat),
                Claimed::Host(contest) => paths::host(contest),
                Claimed::Field(link) => paths::field(link),
            };
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate.with_value(|navigate| navigate(&to, options));
        }
    });
}

#[component]
fn Form(link: CardLink) -> impl IntoView {
    let lang = lang();
    let pad = pad();
    let digits = RwSignal::new(String::new());
    let agreed = RwSignal::new(false);
    let takeover = RwSignal::new(false);
    let link = StoredValue::new(link);
    let pair = move |takeover: bool| {
        let digits = digits.get_untracked();
        pad.send(Command::Pair {
            link: link.get_value(),
            digits,
            takeover,
        });
    };
    Effect::new(move |_| {
        let taken = matches!(
            pad.pairing.get(),
            PairState::Refused(PairRefusal::Taken { .. })
        );
        takeover.set(taken);
    });
    let busy = Kept::new(move || pad.pairing.get() == PairState::Busy);
    let ready = Kept::new(move || digits.with(|d| d.len() == DIGITS) && agreed.get());
    let blocked = live(move || (!ready.get()).then_some("true"));
    let why = move || match (digits.with(|d| d.len() == DIGITS), agreed.get()) {
        (false, _) => Some(text::card_why_digits(lang)),
        (true, false) => Some(text::card_why_agree(lang)),
        (true, true) => None,
    };
    let submit = act(move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if ready.get_untracked() && !busy.get_untracked() {
            pair(false);
        }
    });
    view! {
        <form class="stack" on:submit=submit>
            <Digits digits />
            <div class="field">
                <span class="lab" id="card-scale">{text::prefs_scale(lang)}</span>
                <ScaleSwitch labelled_by="card-scale" />
            </div>
            <label class="agree">
                <input
                    type="checkbox"
                    prop:checked=agreed
                    on:change=act(move |event| agreed.set(event_target_checked(&event)))
                />
                <span>{text::card_consent(lang)}</span>
            </label>
            <Refusal />
            <button
                class="btn"
                data-kind="main"
                data-wide
                aria-disabled=blocked
                aria-describedby="pair-why"
                aria-busy=live(move || busy.get().then_some("true"))
            >
                {text::card_claim(lang)}
            </button>
            <p class="why" id="pair-why">{why}</p>
        </form>
        <Takeover open=takeover take=Callback::new(move |()| pair(true)) />
    }
    .mounted()
}

/// Four boxes that go on by themselves; a code that is pasted or filled in is taken as a whole.
#[component]
fn Digits(digits: RwSignal<String>) -> impl IntoView {
    let lang = lang();
    let boxes: Vec<NodeRef<html::Input>> = (0..DIGITS).map(|_| NodeRef::new()).collect();
    let nodes = StoredValue::new_local(boxes.clone());
    let focus = move |index: usize| {
        let node = nodes.with_value(|nodes| nodes.get(index).copied());
        if let Some(input) = node.and_then(|node| node.get_untracked()) {
            let _ = input.focus();
            input.select();
        }
    };
    let typed = move |index: usize, value: String| {
        let new: Vec<char> = value.chars().filter(char::is_ascii_digit).collect();
        digits.update(|digits| {
            digits.truncate(index);
            digits.extend(new.iter().take(DIGITS - index));
        });
        focus((index + new.len()).min(DIGITS - 1));
    };
    let back = move |index: usize, event: leptos::ev::KeyboardEvent| {
        if event.key() == "Backspace" && digits.with_untracked(|digits| digits.len() <= index) {
            event.prevent_default();
            digits.update(|digits| digits.truncate(index.saturating_sub(1)));
            focus(index.saturating_sub(1));
        }
    };
    let inputs = boxes.into_iter().enumerate().map(|(index, node)| {
        let value = move || {
            digits.with(|digits| {
                digits
                    .chars()
                    .nth(index)
                    .map(String::from)
                    .unwrap_or_default()
            })
        };
        view! {
            <input
                node_ref=node
                inputmode="numeric"
                autocomplete=if index == 0 { "one-time-code" } else { "off" }
                aria-label=text::card_digit(lang, index + 1)
                prop:value=value
                on:focus=act(move |_| focus_select(node))
                on:keydown=act(move |event| back(index, event))
                on:input=act(move |event| typed(index, event_target_value(&event)))
            />
        }
        .mounted()
    });
    view! {
        <fieldset class="field">
            <legend class="lab">{text::card_digits(lang)}</legend>
            <div class="code">{inputs.collect_view()}</div>
        </fieldset>
    }
    .mounted()
}

/// A box that is entered again is overwritten.
fn focus_select(node: NodeRef<html::Input>) {
    if let Some(input) = node.get_untracked() {
        input.select();
    }
}

#[component]
fn Refusal() -> impl IntoView {
    let lang = lang();
    let pad = pad();
    live(move || {
        refusal_words(pad.pairing.get(), lang).map(|sentence| {
            view! { <p class="field-error" role="alert"><Icon name="warn" />{sentence}</p> }
                .mounted()
        })
    })
}

fn refusal_words(state: PairState, lang: Lang) -> Option<String> {
    let sentence = match state {
        PairState::Idle | PairState::Busy | PairState::Done(_) => return None,
        PairState::Unreachable => text::card_unreachable(lang),
        PairState::NotSaved => text::card_not_saved(lang),
        PairState::Refused(refusal) => match refusal {
            PairRefusal::WrongDigits { left } => return Some(text::card_wrong(lang, left)),
            PairRefusal::Locked => text::card_locked(lang),
            PairRefusal::Withdrawn => text::card_withdrawn(lang),
            PairRefusal::Taken { .. } => return None,
            PairRefusal::UnknownCard => text::card_unknown(lang),
            PairRefusal::ContestOver => text::card_over(lang),
            PairRefusal::Protocol { .. } => text::card_protocol(lang),
            PairRefusal::Unknown => text::card_refused(lang),
        },
    };
    Some(sentence.to_owned())
}

/// 接管: another device holds the seat; the person confirms that it loses it (R6).
#[component]
fn Takeover(open: RwSignal<bool>, take: Callback<()>) -> impl IntoView {
    let lang = lang();
    let pad = pad();
    let since = move || match pad.pairing.get() {
        PairState::Refused(PairRefusal::Taken {
            paired_at,
            last_seen,
        }) => {
            let seen = last_seen.unwrap_or(paired_at);
            let seen = when::day_and_clock(seen, lang);
            text::card_taken_body(lang, when::day_and_clock(paired_at, lang), seen)
        }
        _ => String::new(),
    };
    let confirm = move |_| {
        open.set(false);
        take.run(());
    };
    view! {
        <Dialog
            open
            title=text::card_taken(lang)
            acts=move || {
                view! {
                    <button type="button" class="btn" on:click=act(move |_| open.set(false))>
                        {text::card_taken_no(lang)}
                    </button>
                    <button type="button" class="btn" data-kind="stop" on:click=act(confirm)>
                        {text::card_taken_yes(lang)}
                    </button>
                }.mounted()
            }
        >
            <p>{live(since)}</p>
            <p class="sub">{text::card_taken_kept(lang)}</p>
        </Dialog>
    }
    .mounted()
}

fn note(icon: &'static str, tone: Option<&'static str>, sentence: &'static str) -> Mounted {
    view! { <p class="say" data-tone=tone><Icon name=icon /><span>{sentence}</span></p> }.mounted()
}
