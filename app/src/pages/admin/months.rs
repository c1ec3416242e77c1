//! 月账: the seasons, and the months of each.

use crate::api::month::{load_seasons, open_season};
use crate::backend::{MonthStage, MonthState, SeasonBegin, SeasonCard, SeasonsPage};
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
use domain::month::season_months::SeasonMonths;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Months() -> impl IntoView {
    let lang = lang();
    let done = RwSignal::new(0_u64);
    let again = Signal::derive(move || done.get());
    let content = current(load_seasons, again, RwSignal::new(false), move |seasons| {
        let page = move |page: &SeasonsPage| {
            let beginnings = beginnings(lang, page);
            view! { {list(lang, &page.seasons)} <OpenSeason beginnings done /> }
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
fn OpenSeason(beginnings: Vec<Beginning>, done: RwSignal<u64>) -> impl IntoView {
    let lang = lang();
    let name = NodeRef::<html::Input>::new();
    let begin = NodeRef::<html::Select>::new();
    let months = beginnings.first().map(|first| typed(first.months));
    let months = RwSignal::new(months.unwrap_or_default());
    let words = beginnings.iter().map(|one| one.words.clone());
    let options: Vec<_> = words
        .map(|words| view! { <option>{words}</option> })
        .collect();
    let chosen = StoredValue::new(beginnings);
    let at = move || {
        let at = begin.get_untracked()?.selected_index();
        chosen.with_value(|all| {
            all.get(usize::try_from(at).ok()?)
                .map(|one| (one.begin, one.months))
        })
    };
    let offer = move |_| {
        if let Some((_, of)) = at() {
            months.set(typed(of));
        }
    };
    let error = RwSignal::new(None::<AppError>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(input), Some((begin, _))) = (name.get_untracked(), at()) else {
            return;
        };
        error.set(None);
        spawn_local(async move {
            match open_season(input.value(), begin, months.get_untracked()).await {
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
            {name_field(lang, name)}
            <div class="field">
                <label class="lab" for="season-begin">{text::month_begin(lang)}</label>
                <select class="input" id="season-begin" node_ref=begin on:change=offer>
                    {options}
                </select>
                <p class="field-hint">{text::month_begin_hint(lang)}</p>
            </div>
            {first_and_last(lang, months)}
            <Failure error />
            <button class="btn" type="submit" data-wide="">{text::month_open(lang)}</button>
        </form>
    }
    .into_any()
}

fn name_field(lang: Lang, name: NodeRef<html::Input>) -> AnyView {
    view! {
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
    }
    .into_any()
}

/// The first and the last month, in two fields.
fn first_and_last(lang: Lang, months: RwSignal<(String, String)>) -> AnyView {
    let field = |id: &'static str, label, value: Signal<String>, set: fn(&mut Months, String)| {
        view! {
            <div class="field">
                <label class="lab" for=id>{label}</label>
                <input
                    class="input"
                    id=id
                    type="month"
                    autocomplete="off"
                    aria-describedby="season-months-hint"
                    prop:value=value
                    on:input=move |event| {
                        months.update(|months| set(months, event_target_value(&event)));
                    }
                />
            </div>
        }
    };
    let from = Signal::derive(move || months.with(|(from, _)| from.clone()));
    let to = Signal::derive(move || months.with(|(_, to)| to.clone()));
    let from_words = text::calendar_dates_from(lang);
    let to_words = text::calendar_dates_to(lang);
    view! {
        {field("season-from", from_words, from, |months, from| months.0 = from)}
        {field("season-to", to_words, to, |months, to| months.1 = to)}
        <p class="field-hint" id="season-months-hint">{text::month_dates_hint(lang)}</p>
    }
    .into_any()
}

/// The first and the last month as they are typed.
type Months = (String, String);

fn typed(months: SeasonMonths) -> Months {
    (months.from.to_string(), months.to.to_string())
}

/// What a new season may begin with, and the months that it is offered.
#[derive(Clone)]
struct Beginning {
    begin: SeasonBegin,
    words: String,
    months: SeasonMonths,
}

/// Where the rules come from: every season there is, the newest first, to go on from or to copy,
/// then every preset.
fn beginnings(lang: Lang, page: &SeasonsPage) -> Vec<Beginning> {
    let copies = page.seasons.iter().flat_map(|season| {
        let follows = text::month_follows(lang, season.name.clone());
        let copies = text::month_copies(lang, season.name.clone());
        [
            (SeasonBegin::Follow(season.id), follows),
            (SeasonBegin::Copy(season.id), copies),
        ]
        .map(|(begin, words)| Beginning {
            begin,
            words,
            months: season.next.unwrap_or(page.year),
        })
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
            SeasonPreset::Jingzhou => text::month_preset_jingzhou(lang),
            SeasonPreset::Suqian => text::month_preset_suqian(lang),
            SeasonPreset::Xian => text::month_preset_xian(lang),
            SeasonPreset::Longchang => text::month_preset_longchang(lang),
        };
        Beginning {
            begin: SeasonBegin::Preset(preset),
            words: words.to_owned(),
            months: page.year,
        }
    });
    copies.chain(presets).collect()
}
