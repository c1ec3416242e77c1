//! The slider over a drawn track, with the names of the levels under it. It is never the only way
//! to a mark, so short screens leave it out.

use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pad::rules::{mark_text, percent, share};
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::charter::{Criterion, Level};
use domain::mark::Mark;
use leptos::prelude::*;

#[component]
pub fn Slider(
    criterion: Kept<Criterion>,
    #[prop(into)] mark: Signal<Option<i64>>,
    /// The new mark in thousandths.
    slide: Callback<i64>,
) -> impl IntoView {
    let lang = lang();
    let limit = move |end: fn(&Criterion) -> Mark| criterion.with(|c| end(c).milli().to_string());
    let label = move || criterion.with(|c| text::pad_slider(lang, c.max, c.min, &c.name));
    let fill = move || criterion.with(|c| percent(mark.get().map_or(0, |mark| share(c, mark))));
    let value = live(move || {
        mark.get()
            .unwrap_or_else(|| criterion.with(|c| c.min.milli()))
            .to_string()
    });
    let spoken = live(move || criterion.with(|c| mark.get().map(|mark| mark_text(c, mark))));
    let state = move || {
        if mark.get().is_some() {
            "done"
        } else {
            "blank"
        }
    };
    let on_input = act(move |event| {
        if let Ok(millis) = event_target_value(&event).parse::<i64>() {
            slide.run(millis);
        }
    });
    view! {
        <label class="slider" data-state=live(state)>
            <span class="vh">{label}</span>
            <svg class="slider-track" aria-hidden="true">
                <rect class="slider-fill" width=fill height="100%"></rect>
                {live(move || criterion.with(cuts))}
            </svg>
            <input
                type="range"
                min=live(move || limit(|c| c.min))
                max=live(move || limit(|c| c.max))
                step=live(move || limit(|c| c.step))
                prop:value=value
                aria-valuetext=spoken
                on:input=on_input
            />
        </label>
        <svg class="levels" aria-hidden="true">
            {live(move || criterion.with(|c| levels(c, mark.get())))}
        </svg>
    }
    .mounted()
}

/// From which mark to which a level reaches, and its wording where the charter has one.
#[must_use]
pub fn level_words(lang: Lang, criterion: &Criterion, level: &Level) -> String {
    let from = mark_text(criterion, level.from.milli());
    let to = mark_text(criterion, level.to.milli());
    let range = text::pad_level_range(lang, from, to);
    match level.text.as_str() {
        "" => range,
        words => text::pad_level(lang, range, words),
    }
}

fn cuts(criterion: &Criterion) -> Mounted {
    let inner = criterion
        .levels
        .iter()
        .filter(|level| criterion.min < level.from);
    inner
        .map(|level| {
            let at = percent(share(criterion, level.from.milli()));
            view! { <rect class="slider-cut" x=at width="2" height="100%"></rect> }.mounted()
        })
        .collect_view()
        .mounted()
}

fn levels(criterion: &Criterion, mark: Option<i64>) -> Mounted {
    let now = mark.and_then(|mark| criterion.level(Mark(mark)));
    criterion
        .levels
        .iter()
        .map(|level| {
            let ends = share(criterion, level.from.milli()) + share(criterion, level.to.milli());
            let state = (now == Some(level)).then_some("on");
            view! {
                <text x=percent(ends / 2) y="50%" data-state=state>{level.name.clone()}</text>
            }
            .mounted()
        })
        .collect_view()
        .mounted()
}
