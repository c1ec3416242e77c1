//! 领导包保: who answers for which units (GY-8), where they were, and what the months gave their
//! units and thereby them (GY-9).

mod asks;

use crate::api::leader::{command_leaders, load_leaders};
use crate::backend::{Leader, LeaderCommand, LeaderUnit, LeadersPage, Visit};
use crate::components::icon::Icon;
use crate::components::state::Empty;
use crate::format;
use crate::pages::admin::acts::{Acts, ask_button};
use crate::pages::admin::calendar::assessment::cell;
use crate::pages::admin::calendar::paper::slips_words;
use crate::pages::admin::season_page::{of_season, season_page};
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::SeasonId;
use domain::month::leader::{Bound, LeaderRule, Share};
use domain::month::period::Period;
use leptos::prelude::*;

#[component]
pub fn Leaders() -> impl IntoView {
    of_season(page)
}

fn page(season: SeasonId) -> AnyView {
    let acts = Acts::over(move |command| Box::pin(command_leaders(season, command)));
    let title = text::leader_title(lang());
    season_page((title, true), acts, move || load_leaders(season), leaders)
}

fn leaders(lang: Lang, page: &LeadersPage, acts: Acts<LeaderCommand>) -> AnyView {
    let Some(rule) = page.rule else {
        let (title, body) = (text::leader_none(lang), text::leader_none_text(lang));
        return view! { <Empty icon="list" title body /> }.into_any();
    };
    let add = page.may_organise.then(|| ask_button(acts, asks::add(lang)));
    let none = page.leaders.is_empty().then(|| {
        let (title, body) = (text::leader_empty(lang), text::leader_empty_text(lang));
        view! { <Empty icon="list" title body /> }
    });
    let told = page.leaders.iter();
    let told: Vec<_> = told.map(|one| leader(lang, page, one, acts)).collect();
    view! {
        <p class="say"><Icon name="help" /><span>{lead(lang, page, rule)}</span></p>
        {none}
        <div class="pad-x cluster block-gap">{add}</div>
        {told}
    }
    .into_any()
}

fn lead(lang: Lang, page: &LeadersPage, rule: LeaderRule) -> String {
    let share = match rule.share {
        Share::Mean => text::leader_mean(lang),
        Share::Least => text::leader_least(lang),
    };
    text::leader_lead(lang, page.season_name.clone(), share, rule.visits)
}

fn leader(lang: Lang, page: &LeadersPage, one: &Leader, acts: Acts<LeaderCommand>) -> AnyView {
    let visits = one
        .visits
        .iter()
        .map(|visit| visit_row(lang, (one, visit), acts));
    let visits: Vec<_> = visits.collect();
    let visits = (!visits.is_empty()).then(|| {
        let counted = one.visits.iter().filter(|visit| visit.struck.is_none());
        view! {
            <details class="fold">
                <summary>{text::leader_visits(lang, counted.count())}</summary>
                <ul class="ledger" role="list">{visits}</ul>
            </details>
        }
    });
    let units = one.units.iter();
    let units: Vec<_> = units
        .map(|unit| unit_row(lang, page, (one, unit), acts))
        .collect();
    let none = units.is_empty().then(|| text::leader_no_units(lang));
    let none = none.map(|words| view! { <p class="note pad-x">{words}</p> });
    let account = one.login.clone().filter(|_| page.may_organise);
    let account = account.map(|login| {
        view! { <p class="note pad-x block-gap">{text::leader_account(lang, login)}</p> }
    });
    view! {
        <section class="sheet block-gap">
            <div class="head">
                <h2>{one.name.clone()}</h2>
                <span class="sub">{one.post.clone()}</span>
                {state(lang, page, one)}
            </div>
            {missed(lang, &one.missed)}
            {account}
            <div class="pad-x cluster block-gap">{buttons(lang, page, one, acts)}</div>
            {none}
            <ul class="ledger block-gap" role="list">{units}</ul>
            {course(lang, page, one)}
            {visits}
        </section>
    }
    .into_any()
}

/// Whether this month's visits are made; nothing while no unit is the leader's.
fn state(lang: Lang, page: &LeadersPage, one: &Leader) -> Option<AnyView> {
    let current = Period::of(page.today);
    let is_on = page.months.contains(&current);
    if !is_on || !one.units.iter().any(|unit| unit.bound.is_of(current)) {
        return None;
    }
    let (tone, words) = match one.owed? {
        0 => ("ok", text::leader_enough(lang).to_owned()),
        owed => ("wait", text::leader_owed(lang, owed)),
    };
    Some(view! { <span class="tag" data-tone=tone>{words}</span> }.into_any())
}

fn missed(lang: Lang, missed: &[Period]) -> Option<AnyView> {
    if missed.is_empty() {
        return None;
    }
    let months = missed.iter().map(|period| format::month(lang, *period));
    let months = months.collect::<Vec<_>>().join(text::unit_list_comma(lang));
    let words = text::leader_missed(lang, months);
    let line = view! {
        <p class="say" data-tone="alarm"><Icon name="warn" /><span>{words}</span></p>
    };
    Some(line.into_any())
}

fn buttons(
    lang: Lang,
    page: &LeadersPage,
    one: &Leader,
    acts: Acts<LeaderCommand>,
) -> Vec<AnyView> {
    let mut buttons = Vec::new();
    if one.shows_visits() && !one.units.is_empty() {
        buttons.push(ask_button(acts, asks::visit(lang, page, one)));
    }
    if page.may_organise {
        buttons.push(ask_button(acts, asks::bind(lang, page, one)));
        buttons.push(ask_button(acts, asks::account(lang, one)));
    }
    buttons
}

fn unit_row(
    lang: Lang,
    page: &LeadersPage,
    (one, unit): (&Leader, &LeaderUnit),
    acts: Acts<LeaderCommand>,
) -> AnyView {
    let release = (page.may_organise && unit.bound.until.is_none())
        .then(|| ask_button(acts, asks::release(lang, page, (one, unit))));
    let release = release.map(|button| view! { <div class="row-more cluster">{button}</div> });
    let released = unit.released.as_ref();
    let released = released.map(|(why, by)| {
        let words = text::leader_released(lang, by.clone(), why.clone());
        view! { <span class="row-text">{words}</span> }
    });
    let slips = (!unit.slips.is_empty()).then(|| slips_words(lang, &unit.slips));
    let slips = slips.map(|words| view! { <span class="row-text">{lines(&words)}</span> });
    view! {
        <li class="row">
            <span class="row-no"><Icon name="board" /></span>
            <span class="row-main">
                <span class="row-name">{unit.name.clone()}</span>
                <span class="row-text">{since(lang, unit.bound)}</span>
                {released}
                {slips}
            </span>
            {release}
        </li>
    }
    .into_any()
}

fn since(lang: Lang, bound: Bound) -> String {
    let from = format::month(lang, bound.from);
    match bound.until {
        Some(until) => text::leader_span(lang, from, format::month(lang, until)),
        None => text::leader_since(lang, from),
    }
}

/// The months of the units, and below them the leader's own score.
fn course(lang: Lang, page: &LeadersPage, one: &Leader) -> Option<AnyView> {
    if page.posted.is_empty() || one.units.is_empty() {
        return None;
    }
    let months = page.posted.iter().map(|period| {
        let name = format::month(lang, *period);
        view! { <th scope="col">{name}</th> }
    });
    let months: Vec<_> = months.collect();
    let rows = one.units.iter().map(|unit| {
        let cells = unit.course.iter().map(|place| {
            let words = cell(lang, place.as_ref());
            view! { <td>{lines(&words)}</td> }
        });
        let cells: Vec<_> = cells.collect();
        view! { <tr><th scope="row">{unit.name.clone()}</th>{cells}</tr> }
    });
    let rows: Vec<_> = rows.collect();
    let line = one.line.iter().map(|score| {
        let words = score.as_deref().map(format::figure);
        let words = words.unwrap_or_else(|| text::leader_line_none(lang).to_owned());
        view! { <td>{words}</td> }
    });
    let line: Vec<_> = line.collect();
    let title = text::leader_course(lang, one.name.clone());
    let table = view! {
        <div class="table-box" tabindex="0" role="region" aria-label=title>
            <table class="table">
                <thead><tr><th scope="col">{text::posted_col_unit(lang)}</th>{months}</tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr><th scope="row">{text::leader_line(lang)}</th>{line}</tr></tfoot>
            </table>
        </div>
    };
    Some(table.into_any())
}

fn visit_row(lang: Lang, (one, visit): (&Leader, &Visit), acts: Acts<LeaderCommand>) -> AnyView {
    let day = format::day_with_year(lang, &visit.day.to_string());
    let said = text::leader_visit_by(lang, format::moment(lang, visit.at), visit.by.clone());
    let struck = visit.struck.as_ref();
    let struck = struck.map(|(why, by)| text::leader_struck(lang, by.clone(), why.clone()));
    let is_struck = struck.is_some();
    let struck = struck.map(|words| view! { <span class="row-text">{words}</span> });
    let strike = (!is_struck && one.shows_visits())
        .then(|| ask_button(acts, asks::strike(lang, (one, visit))));
    let strike = strike.map(|button| view! { <div class="row-more cluster">{button}</div> });
    let name = format!("{} {day}", visit.unit);
    let name = match is_struck {
        true => view! { <s>{name}</s> }.into_any(),
        false => name.into_any(),
    };
    view! {
        <li class="row">
            <span class="row-no"><Icon name="pen" /></span>
            <span class="row-main">
                <span class="row-name">{name}</span>
                <span class="row-text">{visit.words.clone()}</span>
                <span class="row-text">{said}</span>
                {struck}
            </span>
            {strike}
        </li>
    }
    .into_any()
}

/// Lines below one another.
fn lines(words: &str) -> Vec<AnyView> {
    let lines = words.lines().map(str::to_owned);
    lines
        .map(|line| view! { <span>{line}</span><br /> }.into_any())
        .collect()
}
