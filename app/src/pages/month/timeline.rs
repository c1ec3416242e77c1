//! Where the flags went: each flag with its holders, the present one first (GY-13).

use super::month_param;
use crate::api::month::load_flags;
use crate::backend::{FlagCourse, FlagStay, FlagTimeline};
use crate::components::bar::Back;
use crate::components::frame::{PublicPage, Tab};
use crate::components::loaded::loaded;
use crate::components::standing::{flag_words, unit_name};
use crate::components::state::{Empty, error_state};
use crate::error::{AppError, Code};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use leptos::prelude::*;

#[component]
pub fn Timeline() -> impl IntoView {
    let lang = lang();
    let month = month_param();
    let back = Back {
        href: month.map_or_else(
            || paths::BOARDS.to_owned(),
            |(season, period)| paths::month(season, period),
        ),
        label: text::posted_timeline_back(lang),
    };
    let content = match month {
        Some((season, period)) => loaded(load_flags(season, period), move |page| {
            timeline(lang, &page)
        }),
        None => error_state(&AppError::new(Code::NotFound)),
    };
    view! {
        <PublicPage title=text::posted_timeline(lang) back tab=Tab::Boards>
            {content}
        </PublicPage>
    }
    .into_any()
}

fn timeline(lang: Lang, page: &FlagTimeline) -> AnyView {
    if page.flags.is_empty() {
        let body = text::posted_timeline_none_text(lang);
        return view! { <Empty icon="flag" title=text::posted_timeline_none(lang) body /> }
            .into_any();
    }
    // Flags come group by group.
    let groups: Vec<_> = page
        .flags
        .chunk_by(|one, next| one.group == next.group)
        .map(|flags| group(lang, page, flags))
        .collect();
    view! {
        <div class="head">
            <h2>{page.title.clone()}</h2>
            <span class="sub">{format::month(lang, page.period)}</span>
        </div>
        <p class="note pad-x">{text::posted_timeline_hint(lang)}</p>
        {groups}
    }
    .into_any()
}

fn group(lang: Lang, page: &FlagTimeline, flags: &[FlagCourse]) -> AnyView {
    let name = flags.first().map(|flag| flag.group.clone());
    let rows: Vec<_> = flags.iter().map(|flag| course(lang, page, flag)).collect();
    view! {
        <div class="head"><h3>{name}</h3></div>
        <section class="sheet"><ul class="handed" role="list">{rows}</ul></section>
    }
    .into_any()
}

fn course(lang: Lang, page: &FlagTimeline, flag: &FlagCourse) -> AnyView {
    let stays: Vec<_> = flag
        .stays
        .iter()
        .rev()
        .map(|stay| self::stay(lang, page, stay))
        .collect();
    view! {
        <li>
            {flag_words(lang, &flag.name, flag.side, flag.number)}
            <ol class="stays" role="list">{stays}</ol>
        </li>
    }
    .into_any()
}

fn stay(lang: Lang, page: &FlagTimeline, stay: &FlagStay) -> AnyView {
    let holder = match stay.unit {
        Some(unit) => unit_name(unit, &stay.name, page.has_units),
        None => text::standings_with_organiser(lang).into_any(),
    };
    let since = format::month(lang, stay.since);
    let is_now = stay.until == page.period;
    let span = if is_now {
        text::posted_timeline_since(lang, since, stay.months)
    } else if stay.since == stay.until {
        text::posted_timeline_in(lang, since)
    } else {
        let until = format::month(lang, stay.until);
        text::posted_timeline_span(lang, stay.months, since, until)
    };
    view! {
        <li data-now=is_now.then_some("")>
            <span class="row-name">{holder}</span>
            <span class="note">{span}</span>
        </li>
    }
    .into_any()
}
