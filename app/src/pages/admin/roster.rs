//! 名册: the unit tree of the county by level, its groups, and its people; and how it gets in.

use crate::api::roster::load_roster;
use crate::backend::{MemberRow, MonthToFill, PersonRow, RosterPage, UnitRow};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::state::Empty;
use crate::components::words::level;
use crate::pages::admin::nav::{County, county_links};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::ids::UnitId;
use leptos::prelude::*;
use std::collections::BTreeMap;

#[component]
pub fn Roster() -> impl IntoView {
    let lang = lang();
    view! {
        <StaffPage title=text::staff_roster(lang) links=county_links(County::Roster)>
            <main id="main">
                {loaded(load_roster(), move |page| roster(lang, &page))} {upload(lang)}
            </main>
        </StaffPage>
    }
    .into_any()
}

fn roster(lang: Lang, page: &RosterPage) -> AnyView {
    if page.units.is_empty() && page.persons.is_empty() {
        let body = text::roster_empty_text(lang);
        return view! { <Empty icon="list" title=text::roster_empty(lang) body /> }.into_any();
    }
    view! {
        {groups(lang, &page.units)}
        <div class="head">
            <h2>{text::import_units(lang)}</h2>
            <span class="sub">{text::roster_units_count(lang, page.units.len())}</span>
        </div>
        <section class="sheet">{tree(&page.units)}</section>
        {people(lang, &page.persons)}
        {teams(lang, &page.teams)}
        {month_files(lang, &page.months)}
    }
    .into_any()
}

/// The figures of a month to fill in.
fn month_files(lang: Lang, months: &[MonthToFill]) -> AnyView {
    if months.is_empty() {
        return ().into_any();
    }
    let files = months.iter().map(|one| {
        let month = format::month(lang, one.period);
        let words = text::roster_month_file(lang, month, one.season_name.clone());
        let href = paths::month_figures(one.season, one.period);
        view! {
            <a class="btn" data-size="small" href=href rel="external" download="">
                {words}
            </a>
        }
    });
    let files: Vec<_> = files.collect();
    view! {
        <div class="head"><h2>{text::roster_month_files(lang)}</h2></div>
        <p class="note pad-x">{text::roster_month_files_hint(lang)}</p>
        <div class="cluster pad-x">{files}</div>
    }
    .into_any()
}

fn groups(lang: Lang, units: &[UnitRow]) -> AnyView {
    let mut groups: BTreeMap<&str, u32> = BTreeMap::new();
    for unit in units.iter().filter(|unit| !unit.group.is_empty()) {
        *groups.entry(&unit.group).or_default() += 1;
    }
    if groups.is_empty() {
        return ().into_any();
    }
    let count = groups.len();
    let rows: Vec<_> = groups
        .into_iter()
        .map(|(group, units)| {
            view! { <li><b>{group.to_owned()}</b>{text::roster_units_count(lang, units)}</li> }
        })
        .collect();
    view! {
        <div class="head">
            <h2>{text::import_groups(lang)}</h2>
            <span class="sub">{text::roster_groups_count(lang, count)}</span>
        </div>
        <section class="sheet"><ul class="plain-list" role="list">{rows}</ul></section>
    }
    .into_any()
}

/// Units that stand under no other, each with what is under it folded away.
fn tree(units: &[UnitRow]) -> AnyView {
    let mut under: BTreeMap<Option<UnitId>, Vec<&UnitRow>> = BTreeMap::new();
    for unit in units {
        // A parent that is not in the list is as good as none: nothing must vanish.
        let parent = unit
            .parent
            .filter(|parent| units.iter().any(|unit| unit.id == *parent));
        under.entry(parent).or_default().push(unit);
    }
    branch(&under, None)
}

fn branch(under: &BTreeMap<Option<UnitId>, Vec<&UnitRow>>, parent: Option<UnitId>) -> AnyView {
    let lang = lang();
    let Some(units) = under.get(&parent) else {
        return ().into_any();
    };
    let rows: Vec<_> = units
        .iter()
        .map(|unit| {
            let below = under.get(&Some(unit.id)).map_or(0, Vec::len);
            let line = text::roster_unit_line(lang, unit.code.clone(), level(lang, &unit.level));
            let group = (!unit.group.is_empty())
                .then(|| view! { <span class="tag">{unit.group.clone()}</span> });
            let fold = (below > 0).then(|| {
                view! {
                    <details class="fold row-more" open=parent.is_none() && units.len() == 1>
                        <summary>{text::roster_below(lang, below)}</summary>
                        {branch(under, Some(unit.id))}
                    </details>
                }
            });
            view! {
                <li class="row">
                    <span class="row-no"><Icon name="me" /></span>
                    <div class="row-main">
                        <p class="row-name">{unit.name.clone()}</p>
                        <p class="row-text">{line}</p>
                    </div>
                    <div class="row-end">{group}</div>
                    {fold}
                </li>
            }
        })
        .collect();
    view! { <ul class="ledger" role="list">{rows}</ul> }.into_any()
}

fn people(lang: Lang, persons: &[PersonRow]) -> Option<AnyView> {
    let heads = [
        text::seats_person(lang),
        text::roster_post(lang),
        text::roster_unit(lang),
        text::roster_code(lang),
    ];
    let cells = |person: &PersonRow| {
        let [name, post] = [person.name.clone(), person.post.clone()];
        [name, post, person.unit.clone(), person.code.clone()]
    };
    let rows = persons.iter().map(cells);
    names(
        lang,
        (text::import_people(lang), None),
        heads,
        rows.collect(),
    )
}

/// Who is credited where a unit is on the red list (ES-6).
fn teams(lang: Lang, members: &[MemberRow]) -> Option<AnyView> {
    let heads = [
        text::seats_person(lang),
        text::roster_post(lang),
        text::roster_unit(lang),
        text::roster_season(lang),
    ];
    let cells = |member: &MemberRow| {
        let [name, post] = [member.name.clone(), member.post.clone()];
        [name, post, member.unit.clone(), member.season.clone()]
    };
    let rows = members.iter().map(cells);
    let title = (
        text::import_teams(lang),
        Some(text::roster_teams_hint(lang)),
    );
    names(lang, title, heads, rows.collect())
}

/// Names of people, folded away; the first cell of a row is its head.
fn names(
    lang: Lang,
    (title, hint): (&'static str, Option<&'static str>),
    heads: [&'static str; 4],
    rows: Vec<[String; 4]>,
) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let count = text::roster_people_count(lang, rows.len());
    let row = |[name, second, third, fourth]: [String; 4]| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{second}</td>
                <td>{third}</td>
                <td>{fourth}</td>
            </tr>
        }
    };
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> });
    let view = view! {
        <div class="head">
            <h2>{title}</h2>
            <span class="sub">{count}</span>
        </div>
        <section class="sheet">
            <details class="fold pad-x">
                <summary>{text::roster_show_people(lang)}</summary>
                <div class="table-box" tabindex="0" role="region" aria-label=title>
                    <table class="table">
                        <thead>
                            <tr>{heads}</tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </section>
        {hint.map(|hint| view! { <p class="note pad-x block-gap">{hint}</p> })}
    };
    Some(view.into_any())
}

fn upload(lang: Lang) -> AnyView {
    let files = [
        ("roster.xlsx", text::roster_template_all(lang)),
        ("units.csv", text::import_units(lang)),
        ("groups.csv", text::import_groups(lang)),
        ("people.csv", text::import_people(lang)),
        ("seats.csv", text::import_seats(lang)),
        ("pairs.csv", text::import_pairs(lang)),
        ("indicators.csv", text::import_indicators(lang)),
        ("figures.csv", text::import_figures(lang)),
        ("teams.csv", text::import_teams(lang)),
        ("worklist.csv", text::import_works(lang)),
    ];
    let files = files.map(|(file, words)| {
        view! {
            <a class="btn" data-size="small" href=paths::template(file) rel="external" download="">
                {words}
            </a>
        }
    });
    view! {
        <div class="head"><h2>{text::roster_import(lang)}</h2></div>
        <form
            class="form sheet stack"
            method="post"
            action=paths::UPLOADS
            enctype="multipart/form-data"
        >
            <input type="hidden" name="kind" value="roster" />
            <div class="field">
                <label class="lab" for="roster-file">{text::roster_file(lang)}</label>
                <input
                    class="input"
                    id="roster-file"
                    type="file"
                    name="file"
                    accept=".xlsx,.csv"
                    required
                />
                <p class="field-hint">{text::roster_file_hint(lang)}</p>
            </div>
            <button class="btn" data-kind="main" type="submit">{text::roster_check(lang)}</button>
        </form>
        <div class="head"><h2>{text::roster_templates(lang)}</h2></div>
        <div class="cluster pad-x">{files}</div>
    }
    .into_any()
}
