//! 字号和语言 as plain forms: they work without script, and come back to the page one was on.

use crate::components::bar::{Back, Bar};
use crate::paths;
use crate::prefs::{Scale, prefs};
use crate::text::{self, Lang};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn Settings() -> impl IntoView {
    let lang = prefs().lang;
    let back = use_query_map().with_untracked(|query| query.get("back"));
    let back = back
        .filter(|path| path.starts_with('/') && !path.starts_with("//"))
        .unwrap_or_else(|| paths::HOME.to_owned());
    let bar_back = Back {
        href: back.clone(),
        label: text::prefs_back(lang),
    };
    view! {
        <Title text=text::prefs_title(lang) />
        <div class="page">
            <Bar title=text::prefs_title(lang) back=bar_back />
            <main id="main">
                <form method="post" action=paths::PREFS class="form">
                    <input type="hidden" name="back" value=back />
                    <section class="prefs">
                        <fieldset class="field">
                            <legend class="lab">{text::prefs_scale(lang)}</legend>
                            <div class="seg">{scales(lang)}</div>
                        </fieldset>
                        <fieldset class="field">
                            <legend class="lab">{text::prefs_language(lang)}</legend>
                            <div class="seg">{languages(lang)}</div>
                        </fieldset>
                    </section>
                    <div class="form-acts">
                        <button class="btn" data-kind="main" type="submit">
                            {text::settings_save(lang)}
                        </button>
                    </div>
                </form>
            </main>
        </div>
    }
    .into_any()
}

fn scales(lang: Lang) -> impl IntoView {
    let chosen = prefs().scale;
    let words = [
        (Scale::Standard, text::prefs_scale_std(lang)),
        (Scale::Large, text::prefs_scale_lg(lang)),
        (Scale::ExtraLarge, text::prefs_scale_xl(lang)),
    ];
    words.map(|(scale, word)| {
        let is_chosen = scale == chosen;
        view! {
            <label data-size=scale.name()>
                <input type="radio" class="vh" name="scale" value=scale.name() checked=is_chosen />
                <span data-size=scale.name()>{word}</span>
            </label>
        }
    })
}

fn languages(chosen: Lang) -> impl IntoView {
    [(Lang::Zh, "中文"), (Lang::En, "English")].map(|(lang, word)| {
        let is_chosen = lang == chosen;
        view! {
            <label lang=lang.tag()>
                <input type="radio" class="vh" name="lang" value=lang.tag() checked=is_chosen />
                <span>{word}</span>
            </label>
        }
    })
}
