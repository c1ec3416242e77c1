//! What can be taken from a posted month: files, and pages for wall, screen and printer.

use crate::backend::MonthDesk;
use crate::components::share::{self, share_box};
use crate::text::{self, Lang};
use crate::{format, paths};
use leptos::prelude::*;

/// Nothing before the month was posted: files come from posted editions alone.
pub fn files(lang: Lang, desk: &MonthDesk) -> Option<AnyView> {
    if desk.check_code.is_empty() {
        return None;
    }
    let (season, period) = (desk.season, desk.period);
    let files = [
        ("bulletin.xlsx", text::posted_bulletin_xlsx(lang)),
        ("bulletin.docx", text::posted_bulletin_docx(lang)),
        ("press.xlsx", text::posted_press(lang)),
        ("flags.docx", text::posted_flags_docx(lang)),
    ];
    let files: Vec<_> = files
        .into_iter()
        .filter(|(file, _)| desk.files.iter().any(|there| there == file))
        .map(|(file, words)| {
            let href = paths::month_file(season, period, file);
            view! {
                <a class="btn" data-size="small" href=href rel="external" download="">
                    {words}
                </a>
            }
        })
        .collect();
    let pages = [
        (
            paths::month_print(season, period),
            text::posted_bulletin_print(lang),
        ),
        (
            paths::month_poster(season, period),
            text::posted_poster(lang),
        ),
        (
            paths::month_screen(season, period),
            text::posted_screen(lang),
        ),
    ];
    let pages = pages.map(|(href, words)| {
        view! { <a class="btn" data-size="small" href=href>{words}</a> }
    });
    let month = &desk.month;
    let name = format!(
        "{}{}榜单.png",
        month.county,
        format::month(Lang::Zh, period)
    );
    let picture = share::picture(lang, paths::month_picture(season, period), name);
    let view = view! {
        <div class="head"><h2>{text::posted_files(lang)}</h2></div>
        <p class="note pad-x">{text::posted_files_hint(lang)}</p>
        <p class="cluster pad-x block-gap">{files} {pages}</p>
        <p class="note pad-x block-gap">{text::posted_picture_hint(lang)}</p>
        <div class="pad-x">{share_box(picture)}</div>
    };
    Some(view.into_any())
}
