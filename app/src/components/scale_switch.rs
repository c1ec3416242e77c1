//! The type scale (标准, 大字, 特大) and the language. In the bar of every page it is a link to the
//! preferences, which work without script; with script it opens in place.

use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::mounted::{act, live};
use crate::paths;
use crate::prefs::{PrefsPort, Scale, lang, prefs};
use crate::text::{self, Lang};
use leptos::prelude::*;

/// The control in the bar.
#[component]
pub fn ScaleButton() -> impl IntoView {
    let lang = lang();
    let open = RwSignal::new(false);
    let port = use_context::<PrefsPort>();
    let has_port = port.is_some();
    let label = text::prefs_open_now(lang, scale_word(prefs().scale, lang));
    view! {
        <a
            class="bar-btn"
            href=paths::PREFS
            aria-label=label
            on:click=act(move |event: leptos::ev::MouseEvent| {
                if has_port {
                    event.prevent_default();
                    open.set(true);
                }
            })
        >
            <Icon name="type" />
            {text::prefs_open(lang)}
        </a>
        <Dialog
            open
            title=text::prefs_title(lang)
            acts=move || {
                view! {
                    <button class="btn" on:click=act(move |_| open.set(false))>
                        {text::prefs_close(lang)}
                    </button>
                }
            }
        >
            <div class="field">
                <span class="lab" id="scale-lab">{text::prefs_scale(lang)}</span>
                <ScaleSwitch labelled_by="scale-lab" />
            </div>
            <div class="field">
                <span class="lab" id="lang-lab">{text::prefs_language(lang)}</span>
                <LangSwitch labelled_by="lang-lab" />
            </div>
        </Dialog>
    }
}

/// The three scales side by side, each in its own size. It needs script.
#[component]
pub fn ScaleSwitch(labelled_by: &'static str) -> impl IntoView {
    let lang = lang();
    let chosen = RwSignal::new(prefs().scale);
    let port = use_context::<PrefsPort>();
    let choose = move |scale: Scale| {
        chosen.set(scale);
        if let Some(PrefsPort { set_scale, .. }) = port {
            set_scale.run(scale);
        }
    };
    let choices = Scale::ALL.map(|scale| {
        view! {
            <button
                type="button"
                role="radio"
                data-size=scale.name()
                aria-checked=live(move || if chosen.get() == scale { "true" } else { "false" })
                on:click=act(move |_| choose(scale))
            >
                {scale_word(scale, lang)}
            </button>
        }
    });
    view! { <div class="seg" role="radiogroup" aria-labelledby=labelled_by>{choices}</div> }
}

/// The two languages; choosing one loads the page anew.
#[component]
pub fn LangSwitch(labelled_by: &'static str) -> impl IntoView {
    let chosen = lang();
    let port = use_context::<PrefsPort>();
    let choices = [(Lang::Zh, "中文"), (Lang::En, "English")].map(|(lang, name)| {
        view! {
            <button
                type="button"
                role="radio"
                lang=lang.tag()
                aria-checked=if chosen == lang { "true" } else { "false" }
                on:click=act(move |_| {
                    if let Some(PrefsPort { set_lang, .. }) = port {
                        set_lang.run(lang);
                    }
                })
            >
                {name}
            </button>
        }
    });
    view! { <div class="seg" role="radiogroup" aria-labelledby=labelled_by>{choices}</div> }
}

fn scale_word(scale: Scale, lang: Lang) -> &'static str {
    match scale {
        Scale::Standard => text::prefs_scale_std(lang),
        Scale::Large => text::prefs_scale_lg(lang),
        Scale::ExtraLarge => text::prefs_scale_xl(lang),
    }
}
