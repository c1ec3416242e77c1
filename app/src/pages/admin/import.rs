//! 试导入: what a file would change, and everything that is wrong with it, before anything is done.
//! An import is all or nothing.

use crate::api::roster::{apply_import, load_import_report};
use crate::backend::{
    ImportProblem, ImportReport, ImportTable, SeenImport, UnitChoice, UnitMatches, UploadId,
};
use crate::components::bar::Back;
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::import_faults::import_fault;
use crate::components::loaded::loaded;
use crate::components::state::Failure;
use crate::error::AppError;
use crate::pages::admin::import_changes::changes;
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
        async move { load_import_report(wanted, UnitMatches::new()).await },
        move |report| view! { <Report upload=upload.clone() report /> }.into_any(),
    )
}

/// A report at work.
#[derive(Clone, Copy)]
struct Work {
    upload: StoredValue<UploadId>,
    report: RwSignal<ImportReport>,
    /// Units that a person chose for names of the file.
    matches: RwSignal<UnitMatches>,
    checked: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
}

impl Work {
    /// Asks for another report, or to have this one applied; one at a time.
    fn ask<F>(self, answer: impl FnOnce(UploadId) -> F)
    where
        F: Future<Output = Result<ImportReport, AppError>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let answer = answer(self.upload.get_value());
        spawn_local(async move {
            let answer = answer.await;
            self.busy.try_set(false);
            // What is shown now is another report, or was applied.
            self.checked.try_set(false);
            match answer {
                Ok(answer) => {
                    self.report.try_set(answer);
                }
                Err(fault) => {
                    self.error.try_set(Some(fault));
                }
            }
        });
    }

    fn apply(self) {
        let seen = SeenImport {
            plan: self.report.with_untracked(|report| report.plan.clone()),
            is_checked: self.checked.get_untracked(),
            matches: self.matches.get_untracked(),
        };
        self.ask(|upload| apply_import(upload, seen));
    }

    /// Tries the file again by what a person says of its names.
    fn choose(self, change: impl FnOnce(&mut UnitMatches)) {
        if self.busy.get_untracked() {
            return;
        }
        self.matches.update(change);
        let matches = self.matches.get_untracked();
        self.ask(|upload| load_import_report(upload, matches));
    }
}

#[component]
fn Report(upload: UploadId, report: ImportReport) -> impl IntoView {
    let work = Work {
        upload: StoredValue::new(upload),
        report: RwSignal::new(report),
        matches: RwSignal::new(UnitMatches::new()),
        checked: RwSignal::new(false),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    view! {
        {move || work.report.with(|report| report_view(lang(), report, work))}
        <Failure error=work.error />
    }
    .into_any()
}

fn report_view(lang: Lang, report: &ImportReport, work: Work) -> AnyView {
    let newer = report.is_newer.then(|| {
        view! {
            <p class="say" data-tone="wait" role="alert">
                <Icon name="warn" /><span>{text::import_newer(lang)}</span>
            </p>
        }
    });
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
        {newer}
        {tables}
        {problems(lang, &report.problems, text::import_problems(lang), work)}
        {changes(lang, &report.changes, report.applied)}
        {problems(lang, &report.notes, text::import_notes(lang), work)}
        {chosen(lang, report, work)}
        {doubts(lang, report, work)}
        {verdict(lang, report, work)}
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

/// That units were chosen, and the way back.
fn chosen(lang: Lang, report: &ImportReport, work: Work) -> Option<AnyView> {
    let count = work.matches.with_untracked(UnitMatches::len);
    (0 < count && !report.applied).then(|| {
        view! {
            <p class="say" data-tone="ok">
                <Icon name="check" />
                <span class="cluster">
                    {text::import_meant_count(lang, count)}
                    <button
                        class="btn"
                        type="button"
                        data-size="small"
                        on:click=move |_| work.choose(UnitMatches::clear)
                    >
                        {text::import_meant_undo(lang)}
                    </button>
                </span>
            </p>
        }
        .into_any()
    })
}

/// What has to be checked, right above the box that says so.
fn doubts(lang: Lang, report: &ImportReport, work: Work) -> AnyView {
    let is_far = |doubt: &ImportProblem| doubt.code == "far_from_history";
    let rule = report.doubts.iter().any(is_far).then(|| {
        view! { <p class="note pad-x">{text::import_far_rule(lang)}</p> }
    });
    view! { {problems(lang, &report.doubts, text::import_doubts(lang), work)} {rule} }.into_any()
}

fn verdict(lang: Lang, report: &ImportReport, work: Work) -> AnyView {
    let (busy, checked) = (work.busy, work.checked);
    if report.applied {
        return view! {
            <p class="say" data-tone="ok" role="status">
                <Icon name="check" /><span>{text::import_applied(lang)}</span>
            </p>
            <p class="cluster pad-x">
                <a class="btn" data-size="small" href=paths::SEASONS>
                    {text::import_to_months(lang)}
                </a>
            </p>
        }
        .into_any();
    }
    let is_wrong = !report.problems.is_empty();
    let doubts = report.doubts.len() + report.changes.len();
    let why = move || match (is_wrong, doubts) {
        (true, _) => Some(text::import_blocked(lang).to_owned()),
        (false, 1..) if !checked.get() => Some(text::import_unchecked(lang, doubts)),
        _ => None,
    };
    let is_blocked = move || why().is_some();
    let tick = (!is_wrong && 0 < doubts).then(|| {
        view! {
            <label class="agree">
                <input
                    type="checkbox"
                    prop:checked=checked
                    on:change=move |event| checked.set(event_target_checked(&event))
                />
                <span>{text::import_checked(lang, doubts)}</span>
            </label>
        }
    });
    view! {
        <div class="pad-x block-gap">
            {tick}
            <button
                class="btn"
                type="button"
                data-kind="main"
                data-wide=""
                aria-disabled=move || is_blocked().then_some("true")
                aria-describedby=move || is_blocked().then_some("import-why")
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| {
                    if !is_blocked() {
                        work.apply();
                    }
                }
            >
                {text::import_apply(lang)}
            </button>
            {move || why().map(|why| view! { <p class="why" id="import-why">{why}</p> })}
        </div>
    }
    .into_any()
}

/// All problems, one table after the other, by row. One that many rows share, such as a name that
/// nobody has, stands once, with all of them.
fn problems(lang: Lang, problems: &[ImportProblem], title: &'static str, work: Work) -> AnyView {
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
            let count = text::import_count(lang, problems.len());
            let mut shared: Vec<(&ImportProblem, Vec<u32>)> = Vec::new();
            for problem in problems {
                let mut known = shared.iter_mut();
                match known.find(|(known, _)| is_same(known, problem)) {
                    Some((_, rows)) => rows.push(problem.row),
                    None => shared.push((problem, vec![problem.row])),
                }
            }
            let rows: Vec<_> = shared
                .into_iter()
                .map(|(problem, rows)| row(lang, problem, &rows, work))
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

/// Whether the two differ by their rows alone.
fn is_same(one: &ImportProblem, other: &ImportProblem) -> bool {
    let of_row = |problem: &ImportProblem| ImportProblem {
        row: 0,
        ..problem.clone()
    };
    !one.value.is_empty() && of_row(one) == of_row(other)
}

fn row(lang: Lang, problem: &ImportProblem, rows: &[u32], work: Work) -> AnyView {
    let value = (!problem.value.is_empty())
        .then(|| view! { <span class="wrong">{problem.value.clone()}</span> });
    let near = (!problem.near.is_empty()).then(|| {
        let units = problem.near.join(text::home_comma(lang));
        text::import_near(lang, units)
    });
    let meant = (!problem.units.is_empty()).then(|| {
        let units = problem.units.iter().cloned();
        let units: Vec<_> = units
            .map(|unit| choice(lang, &problem.value, unit, work))
            .collect();
        view! {
            <p class="row-text">{text::import_meant(lang)}</p>
            <div class="cluster">{units}</div>
        }
    });
    let others: Vec<String> = rows.iter().skip(1).map(u32::to_string).collect();
    let others = (!others.is_empty()).then(|| {
        let rows = others.join(text::unit_list_comma(lang));
        view! { <p class="row-text">{text::import_also(lang, rows)}</p> }
    });
    let column =
        (!problem.column.is_empty()).then(|| text::import_column(lang, problem.column.clone()));
    view! {
        <li class="row">
            <span class="row-no">{problem.row}</span>
            <div class="row-main">
                <p class="row-name">{column} " " {value}</p>
                <p class="row-text">{import_fault(lang, &problem.code)} " " {near}</p>
                {others}
                {meant}
            </div>
        </li>
    }
    .into_any()
}

/// A unit that a name may mean: whoever taps it says so.
fn choice(lang: Lang, name: &str, unit: UnitChoice, work: Work) -> AnyView {
    let words = text::import_meant_unit(lang, unit.code.clone(), unit.name);
    let name = name.to_owned();
    let choose = move |_| {
        let (name, code) = (name.clone(), unit.code.clone());
        work.choose(|matches| {
            matches.insert(name, code);
        });
    };
    view! {
        <button class="btn" type="button" data-size="small" on:click=choose>
            {words}
        </button>
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
        "teams" => text::import_teams(lang),
        "worklist" => text::import_works(lang),
        "sheets" => text::import_sheets(lang),
        _ => kind,
    };
    name.to_owned()
}
