//! A month as staff work on it: what is missing, what is on record, what it comes to, and the two
//! acts that put it out, by two accounts.

mod acts;
mod comparison;
mod files;
mod flags;
mod merits;
mod outcome;
mod print;
mod record;
mod stale;

pub use print::BulletinPage;

use crate::api::month::load_month_desk;
use crate::backend::{MissingFigure, MonthCommand, MonthDesk, MonthStage};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::current;
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::pages::admin::acts::{Acts, AskDialog};
use crate::pages::admin::months::stage;
use crate::pages::admin::nav::{County, back_to_months, county_links};
use crate::pages::month::month_param;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SeasonId;
use domain::month::Period;
use leptos::prelude::*;

#[component]
pub fn MonthPage() -> impl IntoView {
    match month_param() {
        Some((season, period)) => page(season, period),
        None => error_state(&AppError::new(Code::NotFound)),
    }
}

fn page(season: SeasonId, period: Period) -> AnyView {
    let lang = lang();
    let acts = Acts::of_month(season, period);
    let again = Signal::derive(move || acts.done.get());
    let content = current(
        move || load_month_desk(season, period),
        again,
        RwSignal::new(false),
        move |desk| view! { {move || desk.with(|desk| month(lang, desk, acts))} }.into_any(),
    );
    view! {
        <StaffPage
            title=format::month(lang, period)
            back=back_to_months()
            links=county_links(County::Months)
        >
            <main id="main">{content}</main>
            <AskDialog acts />
        </StaffPage>
    }
    .into_any()
}

fn month(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    let (tone, words) = stage(lang, desk.stage);
    let changed = (desk.is_changed && desk.stage == MonthStage::Posted).then(|| {
        view! {
            <p class="say" data-tone="wait">
                <Icon name="warn" /><span>{text::month_changed(lang)}</span>
            </p>
        }
    });
    // What came of the month is looked for first once there is no more to do.
    let is_out = desk.stage == MonthStage::Posted && !desk.is_changed;
    let late = desk.month.late.then(|| {
        view! {
            <p class="say" data-tone="wait">
                <Icon name="warn" /><span>{text::month_late(lang)}</span>
            </p>
        }
    });
    // Of a close that waits: why it does not go by what the month kept.
    let by_today = (desk.stage == MonthStage::Closed && !desk.month.correction.is_empty())
        .then(|| view! { <p class="note pad-x">{desk.month.correction.clone()}</p> });
    view! {
        <div class="head">
            <h2>{desk.month.title.clone()} " " {format::month(lang, desk.period)}</h2>
            <span class="tag" data-tone=tone>{words}</span>
        </div>
        {acts::way(lang, desk)}
        {changed}
        {by_today}
        {late}
        {is_out.then(|| files::files(lang, desk))}
        {stale::stale(lang, desk, acts)}
        {missing(lang, &desk.missing)}
        {figures(lang, desk)}
        {merits::records(lang, desk, acts)}
        {outcome::outcome(lang, desk)}
        {flags::flags(lang, desk)}
        {acts::acts(lang, desk, acts)}
        {(!is_out).then(|| files::files(lang, desk))}
    }
    .into_any()
}

fn missing(lang: Lang, missing: &[MissingFigure]) -> AnyView {
    let row = |row: &MissingFigure| {
        view! {
            <li class="row">
                <span class="row-no"><Icon name="warn" /></span>
                <div class="row-main">
                    <p class="row-name">{row.indicator.clone()}</p>
                    <details class="fold">
                        <summary>{text::month_missing_count(lang, row.units.len())}</summary>
                        <p class="sub">{row.units.join(text::home_comma(lang))}</p>
                    </details>
                </div>
            </li>
        }
    };
    let content = if missing.is_empty() {
        view! {
            <p class="say" data-tone="ok">
                <Icon name="check" />
                <span>{text::month_missing_none(lang)}</span>
            </p>
        }
        .into_any()
    } else {
        let rows: Vec<_> = missing.iter().map(row).collect();
        view! {
            <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
        }
        .into_any()
    };
    view! {
        <div class="head"><h2>{text::month_missing(lang)}</h2></div>
        {content}
    }
    .into_any()
}

/// The month's figures to fill in, and where they go then. Nothing of a month that waits for the
/// second person.
fn figures(lang: Lang, desk: &MonthDesk) -> Option<AnyView> {
    if desk.stage == MonthStage::Closed {
        return None;
    }
    let file = paths::month_figures(desk.season, desk.period);
    let view = view! {
        <p class="note pad-x">{text::month_figures_hint(lang)}</p>
        <p class="cluster pad-x block-gap">
            <a class="btn" data-size="small" href=file rel="external" download="">
                {text::month_figures_file(lang)}
            </a>
            <a class="btn" data-size="small" href=paths::ROSTER>
                {text::month_figures_way(lang)}
            </a>
        </p>
    };
    Some(view.into_any())
}
