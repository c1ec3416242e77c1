//! The document on A4, with room for the reply and lines to sign on. Black only.

use super::paper::{Paper, paper};
use super::slip_param;
use crate::api::ladder::load_slip;
use crate::components::loaded::loaded;
use crate::components::print::print_sheet;
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::SlipId;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn SlipPrint() -> impl IntoView {
    let lang = lang();
    let content = match slip_param() {
        Some(slip) => loaded(load_slip(slip), move |page| {
            sheet(lang, slip, paper(lang, &page))
        }),
        None => error_state(&AppError::new(Code::NotFound)),
    };
    view! {
        <Title text=text::slip_title(lang) />
        <link rel="stylesheet" href=paths::SHEETS_CSS />
        <div class="page" data-kind="doc">{content}</div>
    }
    .into_any()
}

fn sheet(lang: Lang, slip: SlipId, paper: Paper) -> AnyView {
    let paragraphs = paper.paragraphs.into_iter();
    let paragraphs: Vec<_> = paragraphs.map(|words| view! { <p>{words}</p> }).collect();
    let heads = paper
        .columns
        .map(|name| view! { <th scope="col">{name}</th> });
    let rows = if paper.replies.is_empty() {
        // To be filled in by hand.
        vec![view! { <tr data-blank=""><td></td><td></td><td></td></tr> }.into_any()]
    } else {
        let row = |cells: [String; 3]| {
            let cells = cells.map(|words| view! { <td>{words}</td> });
            view! { <tr>{cells}</tr> }.into_any()
        };
        paper.replies.into_iter().map(row).collect()
    };
    let signs = paper
        .signs
        .map(|label| view! { <div><span>{label}</span><i></i></div> });
    view! {
        <nav class="cluster pad-x no-print" aria-label=text::app_main_nav(lang)>
            <a class="btn" data-size="small" href=paths::slip(slip)>{text::slip_back(lang)}</a>
            {print_sheet(lang)}
        </nav>
        <main id="main">
            <article class="a4" data-kind="letter">
                <h1>{paper.title}</h1>
                <p class="sub">{paper.number}</p>
                <p class="letter-to">{paper.to}</p>
                <div class="letter-text">{paragraphs}</div>
                <p class="letter-from">{paper.issuer}<br />{paper.day}</p>
                <p class="a4-lab">{paper.reply}</p>
                <table class="grid">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <div class="signs">{signs}</div>
            </article>
        </main>
    }
    .into_any()
}
