//! 试导入: what a file would change, and everything that is wrong with it, before anything is done.
//! An import is all or nothing.

use crate::api::roster::{apply_import, load_import_report};
use crate::backend::{ImportProblem, ImportReport, ImportTable, UploadId};
use crate::components::bar::Back;
use crate::components::faults::fault;
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::state::Failure;
use crate::error::AppError;
use crate::pages::admin::nav::{County, county_links};
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use std::collections::BTreeMap;

#[component]
pub fn Import() -> impl IntoView {
    let lang = lang();
    let upload = use_params_map()
        .with_untracked(|params| params.get("upload"))
        .unwrap_or_default();
    let back = Back {
        href: paths::ROSTER.to_owned(),
        label: text::import_back(lang),
    };
    view! {
        <StaffPage title=text::import_title(lang) back links=county_links(County::Roster)>
            <main id="main">{import_report(upload)}</main>
        </StaffPage>
    }
    .into_any()
}

/// The report of an upload, with the button that applies it.
#[must_use]
pub fn import_report(upload: UploadId) -> AnyView {
    let wanted = upload.clone();
    loaded(
        async move { load_import_report(wanted).await },
        move |report| view! { <Report upload=upload.clone() report /> }.into_any(),
    )
}

#[component]
fn Report(upload: UploadId, report: ImportReport) -> impl IntoView {
    let report = RwSignal::new(report);
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<AppError>);
    let apply = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        let upload = upload.clone();
        spawn_local(async move {
            let answer = apply_import(upload).await;
            busy.try_set(false);
            match answer {
                Ok(answer) => {
                    report.try_set(answer);
                }
                Err(fault) => {
                    error.try_set(Some(fault));
                }
            }
        });
    });
    view! {
        {move || report.with(|report| report_view(lang(), report, apply, busy))}
        <Failure error />
    }
    .into_any()
}

fn report_view(
    lang: Lang,
    report: &ImportReport,
    apply: Callback<()>,
    busy: RwSignal<bool>,
) -> AnyView {
    let tables: Vec<_> = report
        .tables
        .iter()
        .map(|table| table_tally(lang, table))
        .collect();
    view! {
        <div class="head">
            <h2>{report.file.clone()}</h2>
            <span class="sub">{text::import_problems_count(lang, report.problems.len())}</span>
        </div>
        {tables}
        {verdict(lang, report, apply, busy)}
        {problems(lang, &report.problems, text::import_problems(lang))}
        {problems(lang, &report.notes, text::import_notes(lang))}
    }
    .into_any()
}

fn table_tally(lang: Lang, table: &ImportTable) -> AnyView {
    view! {
        <section class="sheet" aria-label=table_name(lang, &table.kind)>
            <p class="pad-x block-gap"><b>{table_name(lang, &table.kind)}</b></p>
            <div class="tally">
                <p><b>{table.rows}</b>{text::import_rows(lang)}</p>
                <p><b>{table.new}</b>{text::import_new(lang)}</p>
                <p><b>{table.changed}</b>{text::import_changed(lang)}</p>
                <p><b>{table.unchanged}</b>{text::import_unchanged(lang)}</p>
            </div>
        </section>
    }
    .into_any()
}

fn verdict(
    lang: Lang,
    report: &ImportReport,
    apply: Callback<()>,
    busy: RwSignal<bool>,
) -> AnyView {
    if report.applied {
        return view! {
            <p class="say" data-tone="ok" role="status">
                <Icon name="check" /><span>{text::import_applied(lang)}</span>
            </p>
        }
        .into_any();
    }
    let is_blocked = !report.problems.is_empty();
    let why = is_blocked
        .then(|| view! { <p class="why" id="import-why">{text::import_blocked(lang)}</p> });
    view! {
        <div class="pad-x block-gap">
            <button
                class="btn"
                type="button"
                data-kind="main"
                data-wide=""
                aria-disabled=is_blocked.then_some("true")
                aria-describedby=is_blocked.then_some("import-why")
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| {
                    if !is_blocked {
                        apply.run(());
                    }
                }
            >
                {text::import_apply(lang)}
            </button>
            {why}
        </div>
    }
    .into_any()
}

/// All problems, one table after the other, by row.
fn problems(lang: Lang, problems: &[ImportProblem], title: &'static str) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let mut tables: BTreeMap<&str, Vec<&ImportProblem>> = BTreeMap::new();
    for problem in problems {
        tables.entry(&problem.table).or_default().push(problem);
    }
    let tables: Vec<_> = tables
        .into_iter()
        .map(|(table, problems)| {
            let count = text::import_problems_count(lang, problems.len());
            let rows: Vec<_> = problems
                .into_iter()
                .map(|problem| row(lang, problem))
                .collect();
            view! {
                <div class="head">
                    <h2>{text::import_of_table(lang, table_name(lang, table), title)}</h2>
                    <span class="sub">{count}</span>
                </div>
                <section class="sheet">
                    <ol class="ledger problems" data-kind="line" role="list">{rows}</ol>
                </section>
            }
        })
        .collect();
    tables.into_any()
}

fn row(lang: Lang, problem: &ImportProblem) -> AnyView {
    let value = (!problem.value.is_empty())
        .then(|| view! { <span class="wrong">{problem.value.clone()}</span> });
    let column =
        (!problem.column.is_empty()).then(|| text::import_column(lang, problem.column.clone()));
    view! {
        <li class="row">
            <span class="row-no">{problem.row}</span>
            <div class="row-main">
                <p class="row-name">{column} " " {value}</p>
                <p class="row-text">{fault(lang, &problem.code)}</p>
            </div>
        </li>
    }
    .into_any()
}

fn table_name(lang: Lang, kind: &str) -> String {
    let name = match kind {
        "units" => text::import_units(lang),
        "groups" => text::import_groups(lang),
        "people" => text::import_people(lang),
        "seats" => text::import_seats(lang),
        "pairs" => text::import_pairs(lang),
        "indicators" => text::import_indicators(lang),
        "figures" => text::import_figures(lang),
        "sheets" => text::import_sheets(lang),
        _ => kind,
    };
    name.to_owned()
}
