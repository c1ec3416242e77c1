//! 月账: the seasons, and the months of each.

use crate::api::month::{load_seasons, open_season};
use crate::backend::{MonthStage, MonthState, SeasonBegin, SeasonCard, SeasonsPage, SponsorChoice};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::standing::sponsor_words;
use crate::components::state::{Empty, Failure};
use crate::error::AppError;
use crate::pages::admin::hooks::hooks;
use crate::pages::admin::nav::{County, county_links};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::{SeasonId, UnitId};
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
            let sponsors = page.sponsors.clone();
            view! { {list(lang, page)} <OpenSeason beginnings sponsors done /> }
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

fn list(lang: Lang, page: &SeasonsPage) -> AnyView {
    if page.seasons.is_empty() {
        let body = text::month_empty_text(lang);
        return view! { <Empty icon="board" title=text::month_empty(lang) body /> }.into_any();
    }
    let seasons = page.seasons.iter();
    let seasons: Vec<_> = seasons
        .map(|season| card(lang, &page.sponsors, season))
        .collect();
    seasons.into_any()
}

fn card(lang: Lang, sponsors: &[SponsorChoice], season: &SeasonCard) -> AnyView {
    let mut sponsors = sponsors.iter();
    let sponsor = sponsors.find(|choice| Some(choice.unit) == season.sponsor);
    let line = [
        sponsor.and_then(|sponsor| sponsor_words(lang, &sponsor.name)),
        Some(text::month_units(lang, season.units)),
        Some(text::month_indicators(lang, season.indicators)),
    ];
    let line: Vec<_> = line.into_iter().flatten().collect();
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
            " "
            <a class="inline" href=paths::work(season.id, None, None)>{text::work_title(lang)}</a>
            " "
            <a class="inline" href=paths::leaders(season.id)>{text::leader_title(lang)}</a>
            " "
            <a class="inline" href=paths::pledges(season.id)>{text::pledge_title(lang)}</a>
            " "
            <a class="inline" href=paths::rules(season.id)>{text::rules_title(lang)}</a>
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
fn OpenSeason(
    beginnings: Vec<Beginning>,
    sponsors: Vec<SponsorChoice>,
    done: RwSignal<u64>,
) -> impl IntoView {
    let lang = lang();
    let name = NodeRef::<html::Input>::new();
    let begin = NodeRef::<html::Select>::new();
    let first = beginnings.first();
    let sponsor = RwSignal::new(first.and_then(|first| first.sponsor));
    let months = RwSignal::new(first.map(|first| typed(first.months)).unwrap_or_default());
    let words = beginnings.iter().map(|one| one.words.clone());
    let options: Vec<_> = words
        .map(|words| view! { <option>{words}</option> })
        .collect();
    let chosen = StoredValue::new(beginnings);
    let at = move || {
        let at = begin.get_untracked()?.selected_index();
        chosen.with_value(|all| {
            all.get(usize::try_from(at).ok()?)
                .map(|one| (one.begin, one.months, one.sponsor))
        })
    };
    let offer = move |_| {
        if let Some((_, of, by)) = at() {
            months.set(typed(of));
            sponsor.set(by);
        }
    };
    let error = RwSignal::new(None::<AppError>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(input), Some((begin, ..))) = (name.get_untracked(), at()) else {
            return;
        };
        error.set(None);
        spawn_local(async move {
            let (months, sponsor) = (months.get_untracked(), sponsor.get_untracked());
            match open_season(input.value(), begin, months, sponsor).await {
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
            {sponsor_field(lang, sponsors, sponsor)}
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

/// Who holds the season: the county, until a unit is chosen (GY-23).
fn sponsor_field(
    lang: Lang,
    sponsors: Vec<SponsorChoice>,
    sponsor: RwSignal<Option<UnitId>>,
) -> AnyView {
    let options: Vec<_> = sponsors
        .into_iter()
        .map(|choice| {
            let unit = choice.unit;
            let names = [choice.parent, choice.name].join(" ");
            view! {
                <option value=unit.to_string() prop:selected=move || sponsor.get() == Some(unit)>
                    {names.trim().to_owned()}
                </option>
            }
        })
        .collect();
    view! {
        <div class="field">
            <label class="lab" for="season-sponsor">{text::month_sponsor(lang)}</label>
            <select
                class="input"
                id="season-sponsor"
                aria-describedby="season-sponsor-hint"
                on:change=move |event| sponsor.set(event_target_value(&event).parse().ok())
            >
                <option value="" prop:selected=move || sponsor.get().is_none()>
                    {text::month_sponsor_county(lang)}
                </option>
                {options}
            </select>
            <p class="field-hint" id="season-sponsor-hint">{text::month_sponsor_hint(lang)}</p>
        </div>
    }
    .into_any()
}

/// The first and the last month as they are typed.
type Months = (String, String);

fn typed(months: SeasonMonths) -> Months {
    (months.from.to_string(), months.to.to_string())
}

/// What a new season may begin with, and the months and the sponsor that it is offered.
#[derive(Clone)]
struct Beginning {
    begin: SeasonBegin,
    words: String,
    months: SeasonMonths,
    sponsor: Option<UnitId>,
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
            sponsor: season.sponsor,
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
            sponsor: None,
        }
    });
    copies.chain(presets).collect()
}
