//! 月账: the seasons, and the months of each.

use crate::api::month::{load_seasons, open_season};
use crate::backend::{MonthStage, MonthState, SeasonBegin, SeasonCard};
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
use domain::month::preset::SeasonPreset;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Months() -> impl IntoView {
    let lang = lang();
    let done = RwSignal::new(0_u64);
    let again = Signal::derive(move || done.get());
    let content = current(load_seasons, again, RwSignal::new(false), move |seasons| {
        let page = move |seasons: &Vec<SeasonCard>| {
            let beginnings = beginnings(lang, seasons);
            view! { {list(lang, seasons)} <OpenSeason beginnings done /> }
        };
        view! { {move || seasons.with(page)} }.into_any()
    });
    view! {
        <StaffPage title=text::month_title(lang) links=county_links(County::Months)>
            <main id="main">{content} {hooks(lang)}</main>
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
fn OpenSeason(beginnings: Vec<(SeasonBegin, String)>, done: RwSignal<u64>) -> impl IntoView {
    let lang = lang();
    let name = NodeRef::<html::Input>::new();
    let begin = NodeRef::<html::Select>::new();
    let (begins, words): (Vec<_>, Vec<_>) = beginnings.into_iter().unzip();
    let error = RwSignal::new(None::<AppError>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(input), Some(chosen)) = (name.get_untracked(), begin.get_untracked()) else {
            return;
        };
        let at = usize::try_from(chosen.selected_index()).unwrap_or_default();
        let Some(begin) = begins.get(at).copied() else {
            return;
        };
        error.set(None);
        spawn_local(async move {
            match open_season(input.value(), begin).await {
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
    let options: Vec<_> = words
        .into_iter()
        .map(|words| view! { <option>{words}</option> })
        .collect();
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
            <div class="field">
                <label class="lab" for="season-begin">{text::month_begin(lang)}</label>
                <select class="input" id="season-begin" node_ref=begin>
                    {options}
                </select>
                <p class="field-hint">{text::month_begin_hint(lang)}</p>
            </div>
            <Failure error />
            <button class="btn" type="submit" data-wide="">{text::month_open(lang)}</button>
        </form>
    }
    .into_any()
}

/// Where the rules come from: every season there is, the newest first, to go on from or to copy,
/// then every preset.
fn beginnings(lang: Lang, seasons: &[SeasonCard]) -> Vec<(SeasonBegin, String)> {
    let copies = seasons.iter().flat_map(|season| {
        let follows = text::month_follows(lang, season.name.clone());
        let copies = text::month_copies(lang, season.name.clone());
        [
            (SeasonBegin::Follow(season.id), follows),
            (SeasonBegin::Copy(season.id), copies),
        ]
    });
    let presets = SeasonPreset::ALL.map(|preset| {
        let words = match preset {
            SeasonPreset::Guanyun => text::month_preset_guanyun(lang),
            SeasonPreset::Jiangshan => text::month_preset_jiangshan(lang),
            SeasonPreset::Jiantou => text::month_preset_jiantou(lang),
            SeasonPreset::Dongtou => text::month_preset_dongtou(lang),
            SeasonPreset::Xincheng => text::month_preset_xincheng(lang),
            SeasonPreset::ThreeColours => text::month_preset_three_colours(lang),
            SeasonPreset::Assessment => text::month_preset_assessment(lang),
            SeasonPreset::Eshan => text::month_preset_eshan(lang),
        };
        (SeasonBegin::Preset(preset), words.to_owned())
    });
    copies.chain(presets).collect()
}
