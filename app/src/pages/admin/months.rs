//! 月账: the seasons, and the months of each.

use crate::api::month::{load_seasons, open_season};
use crate::backend::{MonthStage, MonthState, SeasonCard};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::state::{Empty, Failure};
use crate::error::AppError;
use crate::pages::admin::hooks::hooks;
use crate::pages::admin::nav::{County, county_links};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SeasonId;
use domain::month::ladder::LadderPreset;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Months() -> impl IntoView {
    let lang = lang();
    let done = RwSignal::new(0_u64);
    let again = Signal::derive(move || done.get());
    let content = current(load_seasons, again, RwSignal::new(false), move |seasons| {
        view! { {move || seasons.with(|seasons| list(lang, seasons))} }.into_any()
    });
    view! {
        <StaffPage title=text::month_title(lang) links=county_links(County::Months)>
            <main id="main">{content} <OpenSeason done /> {hooks(lang)}</main>
        </StaffPage>
    }
    .into_any()
}

fn list(lang: Lang, seasons: &[SeasonCard]) -> AnyView {
    if seasons.is_empty() {
        let body = text::month_empty_text(lang);
        return view! { <Empty icon="board" title=text::month_empty(lang) body /> }.into_any();
    }
    let seasons: Vec<_> = seasons.iter().map(|season| card(lang, season)).collect();
    seasons.into_any()
}

fn card(lang: Lang, season: &SeasonCard) -> AnyView {
    let line = [
        text::month_units(lang, season.units),
        text::month_indicators(lang, season.indicators),
    ];
    let rows: Vec<_> = season
        .months
        .iter()
        .map(|month| row(lang, season.id, month))
        .collect();
    view! {
        <div class="head">
            <h2>{season.name.clone()} " " {season.title.clone()}</h2>
            <span class="sub">{line.join(text::home_comma(lang))}</span>
        </div>
        <p class="pad-x">
            <a class="inline" href=paths::links(season.id)>{text::links_title(lang)}</a>
            " "
            <a class="inline" href=paths::calendar(season.id)>{text::calendar_title(lang)}</a>
        </p>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
    }
    .into_any()
}

fn row(lang: Lang, season: SeasonId, month: &MonthState) -> AnyView {
    let (tone, words) = stage(lang, month.stage);
    view! {
        <li>
            <a class="row" href=paths::month_desk(season, month.period)>
                <span class="row-no"><Icon name="board" /></span>
                <span class="row-main">
                    <span class="row-name">{format::month(lang, month.period)}</span>
                </span>
                <span class="row-end"><span class="tag" data-tone=tone>{words}</span></span>
            </a>
        </li>
    }
    .into_any()
}

/// The stage of a month: the tone of its tag, and the word.
#[must_use]
pub fn stage(lang: Lang, stage: MonthStage) -> (Option<&'static str>, &'static str) {
    match stage {
        MonthStage::Open => (None, text::month_stage_open(lang)),
        MonthStage::Closed => (Some("wait"), text::month_stage_closed(lang)),
        MonthStage::Posted => (Some("ok"), text::month_stage_posted(lang)),
    }
}

#[component]
fn OpenSeason(done: RwSignal<u64>) -> impl IntoView {
    let lang = lang();
    let name = NodeRef::<html::Input>::new();
    let copies = NodeRef::<html::Input>::new();
    let ladder = RwSignal::new(LadderPreset::default());
    let error = RwSignal::new(None::<AppError>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = name.get_untracked() else {
            return;
        };
        error.set(None);
        spawn_local(async move {
            let copies = copies
                .get_untracked()
                .is_some_and(|copies| copies.checked());
            let ladder = (!copies).then(|| ladder.get_untracked());
            match open_season(input.value(), ladder).await {
                Ok(_) => {
                    input.set_value("");
                    done.try_update(|done| *done += 1);
                }
                Err(fault) => {
                    error.try_set(Some(fault));
                }
            }
        });
    };
    view! {
        <div class="head">
            <h2>{text::month_open(lang)}</h2>
        </div>
        <form class="sheet pad-x stack block-gap" on:submit=submit>
            <div class="field">
                <label class="lab" for="season-name">{text::month_name(lang)}</label>
                <input
                    class="input"
                    id="season-name"
                    node_ref=name
                    maxlength="20"
                    autocomplete="off"
                    aria-describedby="season-hint"
                />
                <p class="field-hint" id="season-hint">{text::month_name_hint(lang)}</p>
            </div>
            <label class="agree">
                <input type="checkbox" node_ref=copies />
                <span>{text::month_copies(lang)}</span>
            </label>
            {ladder_field(lang, ladder)}
            <Failure error />
            <button class="btn" type="submit" data-wide="">{text::month_open(lang)}</button>
        </form>
    }
    .into_any()
}

fn ladder_field(lang: Lang, ladder: RwSignal<LadderPreset>) -> AnyView {
    let option = |preset: LadderPreset| {
        let words = match preset {
            LadderPreset::Guanyun => text::month_ladder_guanyun(lang),
            LadderPreset::ThreeColours => text::month_ladder_three_colours(lang),
        };
        view! { <option>{words}</option> }
    };
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let is_three = chosen == text::month_ladder_three_colours(lang);
        ladder.set(match is_three {
            true => LadderPreset::ThreeColours,
            false => LadderPreset::Guanyun,
        });
    };
    view! {
        <div class="field">
            <label class="lab" for="season-ladder">{text::month_ladder(lang)}</label>
            <select class="input" id="season-ladder" on:change=choose>
                {LadderPreset::ALL.map(option)}
            </select>
        </div>
    }
    .into_any()
}
