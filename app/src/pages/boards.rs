//! 榜单: the posted results, newest first, each with who won it.

use crate::api::public::load_boards;
use crate::components::frame::{PublicPage, Tab};
use crate::components::loaded::loaded;
use crate::components::ranking::champions;
use crate::components::state::Empty;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use leptos::prelude::*;
use sync::posted::PostedResult;

#[component]
pub fn Boards() -> impl IntoView {
    let lang = lang();
    view! {
        <PublicPage title=text::boards_title(lang) tab=Tab::Boards>
            {loaded(load_boards(), move |results| boards(lang, &results))}
        </PublicPage>
    }
    .into_any()
}

fn boards(lang: Lang, results: &[PostedResult]) -> AnyView {
    if results.is_empty() {
        let body = text::boards_empty_text(lang);
        return view! {
            <Empty icon="board" title=text::boards_empty(lang) body>
                <a class="btn" href=paths::HOME>{text::boards_to_contests(lang)}</a>
            </Empty>
        }
        .into_any();
    }
    results
        .iter()
        .map(|result| board(lang, result))
        .collect::<Vec<_>>()
        .into_any()
}

fn board(lang: Lang, result: &PostedResult) -> AnyView {
    let href = paths::contest(result.contest);
    let id = format!("board-{}", result.contest);
    let line = [
        result.subtitle.clone(),
        text::boards_posted(lang, format::day_of(lang, result.posted_at)),
    ];
    let line: Vec<_> = line.into_iter().filter(|part| !part.is_empty()).collect();
    let correction = (result.edition > 1)
        .then(|| view! { <span class="tag">{text::contest_correction(lang)}</span> });
    view! {
        <div class="head">
            <h2 id=id.clone()>{result.title.clone()} " " {correction}</h2>
            <a href=href>{text::boards_all(lang, result.rows.len())}</a>
        </div>
        <p class="note pad-x">{line.join(text::home_comma(lang))}</p>
        <section class="board" data-board="result" aria-labelledby=id>
            <p class="spine"><span class="spine-in">{text::boards_champion(lang)}</span></p>
            {champions(result)}
        </section>
    }
    .into_any()
}
