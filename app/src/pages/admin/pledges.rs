//! 军令状: what each unit signed to reach, and what the posted months say to it (GY-12).

use crate::api::pledge::{command_pledges, load_pledges};
use crate::backend::{Capability, Checkpoint, Pledge, PledgeCommand, PledgeItem, PledgesPage};
use crate::components::faults::fault;
use crate::components::icon::Icon;
use crate::components::state::Empty;
use crate::pages::admin::acts::{Acts, Ask, AskField, FieldKind};
use crate::pages::admin::acts::{ask_button, unit_of, value};
use crate::pages::admin::season_page::{of_season, season_page};
use crate::pages::admin::slips::Tag;
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::SeasonId;
use domain::month::day::Day;
use domain::month::indicator::Better;
use domain::month::period::Period;
use domain::month::pledge::PledgeState;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// What can be wrong with a paper that was brought; the address says no other words.
const SCAN_FAULTS: [&str; 6] = [
    "empty",
    "too_large",
    "unreadable",
    "no_scan",
    "exists",
    "nothing_to_decide",
];

#[component]
pub fn Pledges() -> impl IntoView {
    of_season(page)
}

fn page(season: SeasonId) -> AnyView {
    let acts = Acts::over(move |command| Box::pin(command_pledges(season, command)));
    let title = text::pledge_title(lang());
    season_page((title, true), acts, move || load_pledges(season), pledges)
}

fn pledges(lang: Lang, page: &PledgesPage, acts: Acts<PledgeCommand>) -> AnyView {
    if !page.is_on {
        let (title, body) = (text::pledge_off(lang), text::pledge_off_text(lang));
        return view! { <Empty icon="list" title body /> }.into_any();
    }
    let organises = page.may.contains(&Capability::Organise);
    let sign = organises.then(|| ask_button(acts, sign(lang, page)));
    let none = page.pledges.is_empty().then(|| {
        let (title, body) = (text::pledge_empty(lang), text::pledge_empty_text(lang));
        view! { <Empty icon="list" title body /> }
    });
    let papers = page.pledges.iter();
    let papers: Vec<_> = papers.map(|one| paper(lang, page, one, acts)).collect();
    let wrong = use_query_map().with_untracked(|query| query.get("fault"));
    let wrong = wrong.filter(|code| SCAN_FAULTS.contains(&code.as_str()));
    let wrong = wrong.map(|code| {
        let words = text::pledge_scan_fault(lang, fault(lang, &code));
        view! {
            <p class="say" data-tone="alarm" role="alert">
                <Icon name="warn" />
                <span>{words}</span>
            </p>
        }
    });
    view! {
        <p class="say">
            <Icon name="help" />
            <span>{text::pledge_lead(lang, page.season_name.clone())}</span>
        </p>
        {wrong}
        {none}
        <div class="pad-x cluster block-gap">{sign}</div>
        {papers}
    }
    .into_any()
}

fn paper(lang: Lang, page: &PledgesPage, one: &Pledge, acts: Acts<PledgeCommand>) -> AnyView {
    let head = text::pledge_head(
        lang,
        format::day_with_year(lang, &one.signed_on.to_string()),
        one.signer.clone(),
    );
    let lies = text::pledge_lies(
        lang,
        format::moment(lang, one.at),
        one.by.clone(),
        one.document.clone(),
    );
    let withdrawn = one.withdrawn.as_ref();
    let withdrawn = withdrawn.map(|(why, by)| {
        let words = text::pledge_withdrawn(lang, by.clone(), why.clone());
        view! { <p class="say" data-tone="warn"><Icon name="warn" /><span>{words}</span></p> }
    });
    let is_struck = withdrawn.is_some();
    let rows: Vec<_> = one
        .items
        .iter()
        .map(|item| row(lang, item, is_struck))
        .collect();
    let may_withdraw = page.may.contains(&Capability::Confirm) && !one.is_own && !is_struck;
    let withdraw = may_withdraw.then(|| {
        let button = ask_button(acts, withdraw(lang, one));
        view! { <div class="pad-x cluster block-gap">{button}</div> }
    });
    view! {
        <section class="sheet block-gap">
            <div class="head">
                <h2>{one.unit_name.clone()}</h2>
                <span class="sub">{head}</span>
            </div>
            {withdrawn}
            <ul class="ledger" role="list">{rows}</ul>
            <p class="note pad-x block-gap">{lies}</p>
            {scan(lang, page, one)}
            {withdraw}
        </section>
    }
    .into_any()
}

/// The paper itself, or the form that brings it.
fn scan(lang: Lang, page: &PledgesPage, one: &Pledge) -> Option<AnyView> {
    let address = paths::pledge_scan(one.id);
    if one.has_scan {
        let link = view! {
            <p class="pad-x">
                <a class="inline" href=address rel="external" target="_blank">
                    {text::pledge_scan(lang)}
                </a>
            </p>
        };
        return Some(link.into_any());
    }
    if one.withdrawn.is_some() || !page.may.contains(&Capability::Organise) {
        return None;
    }
    let id = format!("scan-{}", one.id);
    let form = view! {
        <form class="form stack" method="post" action=address enctype="multipart/form-data">
            <div class="field">
                <label class="lab" for=id.clone()>{text::pledge_scan_file(lang)}</label>
                <input
                    class="input"
                    id=id
                    type="file"
                    name="file"
                    accept="image/jpeg,application/pdf"
                    required
                />
                <p class="field-hint">{text::pledge_scan_hint(lang)}</p>
            </div>
            <button class="btn" data-size="small" type="submit">
                {text::pledge_scan_put(lang)}
            </button>
        </form>
    };
    let fold = view! {
        <details class="fold pad-x">
            <summary>{text::pledge_scan_none(lang)}</summary>
            {form}
        </details>
    };
    Some(fold.into_any())
}

fn row(lang: Lang, item: &PledgeItem, is_struck: bool) -> AnyView {
    let target = format::figure(&item.target);
    let measure = item.measure.clone();
    let due = format::month(lang, item.due);
    let target = match item.better {
        Better::Higher => text::pledge_least(lang, due, measure, target),
        Better::Lower => text::pledge_most(lang, due, measure, target),
    };
    let checkpoints = item
        .checkpoints
        .iter()
        .map(|one| checkpoint(lang, item, one));
    let checkpoints = checkpoints.collect::<Vec<_>>();
    let checkpoints = match checkpoints.is_empty() {
        true => text::pledge_not_posted(lang).to_owned(),
        false => checkpoints.join(text::unit_list_comma(lang)),
    };
    let tag = (!is_struck).then(|| {
        let (tone, words) = state(lang, item.state);
        view! { <span class="row-end"><span class="tag" data-tone=tone>{words}</span></span> }
    });
    view! {
        <li class="row" data-state=is_struck.then_some("struck")>
            <span class="row-no"><Icon name="pen" /></span>
            <span class="row-main">
                <span class="row-name">{item.name.clone()}</span>
                <span class="row-text">{target}</span>
                <span class="row-text">{checkpoints}</span>
            </span>
            {tag}
        </li>
    }
    .into_any()
}

fn checkpoint(lang: Lang, item: &PledgeItem, one: &Checkpoint) -> String {
    let month = format::month(lang, one.period);
    match &one.value {
        None => text::pledge_no_figure(lang, month),
        Some(value) => {
            let value = format::figure(value);
            text::pledge_figure(lang, item.measure.clone(), month, value)
        }
    }
}

fn state(lang: Lang, state: PledgeState) -> Tag {
    match state {
        PledgeState::Open => (None, text::pledge_open(lang)),
        PledgeState::Kept => (Some("ok"), text::pledge_kept(lang)),
        PledgeState::Broken => (Some("alarm"), text::pledge_broken(lang)),
        PledgeState::Unknown => (Some("wait"), text::pledge_unknown(lang)),
    }
}

fn sign(lang: Lang, page: &PledgesPage) -> Ask<PledgeCommand> {
    let nobody = (String::new(), text::month_unit_choose(lang).to_owned());
    let units = page.units.iter();
    let units = units.map(|(id, name)| (id.to_string(), name.clone()));
    let today = page.today;
    let first = first_day(today).to_string();
    Ask {
        title: text::pledge_sign(lang).to_owned(),
        body: text::pledge_sign_body(lang).to_owned(),
        fields: vec![
            AskField {
                kind: FieldKind::Choice(std::iter::once(nobody).chain(units).collect()),
                missing: text::month_unit_missing(lang),
                ..AskField::line(text::pledge_unit(lang))
            },
            AskField::line(text::pledge_signer(lang)),
            AskField {
                kind: FieldKind::Day(first, today.to_string()),
                missing: text::pledge_day_missing(lang),
                ..AskField::line(text::pledge_day(lang))
            },
            AskField {
                hint: text::pledge_document_hint(lang),
                ..AskField::line(text::pledge_document(lang))
            },
            AskField {
                hint: text::pledge_items_hint(lang),
                kind: FieldKind::Lines,
                ..AskField::line(text::pledge_items(lang))
            },
        ],
        act: text::pledge_sign(lang),
        stops: false,
        command: Arc::new(|values| PledgeCommand::Sign {
            unit: unit_of(&value(values, 0)),
            signer: value(values, 1),
            day: value(values, 2),
            document: value(values, 3),
            items: value(values, 4),
        }),
    }
}

/// The first day that a paper may bear.
fn first_day(today: Day) -> Day {
    let years = Period::of(today);
    let before = years.year_before().and_then(Period::year_before);
    before.map_or(today, Period::first_day)
}

fn withdraw(lang: Lang, one: &Pledge) -> Ask<PledgeCommand> {
    let pledge = one.id;
    Ask {
        title: one.unit_name.clone(),
        body: text::pledge_withdraw_body(lang).to_owned(),
        fields: vec![AskField::reason(true)],
        act: text::pledge_withdraw(lang),
        stops: true,
        command: Arc::new(move |values| PledgeCommand::Withdraw {
            pledge,
            reason: value(values, 0),
        }),
    }
}
