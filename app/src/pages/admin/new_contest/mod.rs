//! 开一期擂台: a charter from a preset or a file, who performs, how many seats of each class. What
//! is wrong is said with its place, and nothing is made before all of it is right.

mod fields;

use crate::api::desk::{create_contest, load_presets};
use crate::api::roster::{load_roster, load_upload_text};
use crate::backend::{NewContest, NewEntry, NewSeats, PresetCard, UnitRow};
use crate::components::bar::Back;
use crate::components::frame::StaffPage;
use crate::components::loaded::loaded;
use crate::components::state::Failure;
use crate::error::AppError;
use crate::pages::admin::contests::signed_in;
use crate::pages::admin::nav::{County, county_links};
use crate::paths;
use crate::prefs::lang;
use crate::text;
use fields::{charter_fields, charter_upload, entry_fields, name_fields, seat_fields};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_query_map};
use serde::{Deserialize, Serialize};

/// What the form starts from.
#[derive(Clone, Serialize, Deserialize)]
struct Start {
    presets: Vec<PresetCard>,
    units: Vec<UnitRow>,
    /// A charter that was sent as a file.
    uploaded: Option<String>,
}

/// The form while it is being filled in.
#[derive(Clone, Copy)]
struct Form {
    title: RwSignal<String>,
    subtitle: RwSignal<String>,
    held_on: RwSignal<String>,
    place: RwSignal<String>,
    /// The key of the preset; empty for a charter of one's own.
    preset: RwSignal<String>,
    charter: RwSignal<String>,
    entries: RwSignal<String>,
    seats: RwSignal<Vec<(String, String, String)>>,
    own_classes: RwSignal<String>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
}

#[component]
pub fn NewContestPage() -> impl IntoView {
    let lang = lang();
    let upload = use_query_map().with_untracked(|query| query.get("upload"));
    let back = Back {
        href: paths::ADMIN.to_owned(),
        label: text::staff_back(lang),
    };
    view! {
        <StaffPage title=text::staff_new(lang) back links=county_links(County::Contests)>
            <main id="main">
                {loaded(load(upload), move |start| view! { <ContestForm start /> }.into_any())}
            </main>
        </StaffPage>
    }
    .into_any()
}

async fn load(upload: Option<String>) -> Result<Start, AppError> {
    signed_in().await?;
    let presets = load_presets().await?;
    let units = load_roster().await?.units;
    let uploaded = match upload {
        Some(upload) => Some(load_upload_text(upload).await?),
        None => None,
    };
    Ok(Start {
        presets,
        units,
        uploaded,
    })
}

#[component]
fn ContestForm(start: Start) -> impl IntoView {
    let lang = lang();
    let form = new_form(&start);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        form.busy.set(true);
        form.error.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = create_contest(contest_of(form)).await;
            form.busy.try_set(false);
            match answer {
                Ok(contest) => navigate(&paths::desk_seats(contest), Default::default()),
                Err(fault) => {
                    form.error.try_set(Some(fault));
                }
            }
        });
    };
    view! {
        <form class="form stack" method="post" on:submit=submit>
            {charter_fields(lang, form, start.presets)}
            {name_fields(lang, form)}
            {entry_fields(lang, form, start.units)}
            {seat_fields(lang, form)}
            <Failure error=form.error />
            <button
                class="btn"
                data-kind="main"
                data-size="big"
                data-wide=""
                type="submit"
                aria-busy=move || form.busy.get().then_some("true")
            >
                {text::new_create(lang)}
            </button>
        </form>
        {charter_upload(lang)}
    }
    .into_any()
}

fn new_form(start: &Start) -> Form {
    let first = start.presets.first();
    let (preset, charter) = match (&start.uploaded, first) {
        (Some(text), _) => (String::new(), text.clone()),
        (None, Some(preset)) => (preset.key.clone(), preset.toml.clone()),
        (None, None) => Default::default(),
    };
    let seats = if preset.is_empty() {
        Vec::new()
    } else {
        first.map(seats_of).unwrap_or_default()
    };
    Form {
        title: RwSignal::new(String::new()),
        subtitle: RwSignal::new(String::new()),
        held_on: RwSignal::new(String::new()),
        place: RwSignal::new(String::new()),
        preset: RwSignal::new(preset),
        charter: RwSignal::new(charter),
        entries: RwSignal::new(String::new()),
        seats: RwSignal::new(seats),
        own_classes: RwSignal::new(String::new()),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    }
}

/// Key, name and count of each class of a preset.
fn seats_of(preset: &PresetCard) -> Vec<(String, String, String)> {
    let classes = preset.classes.iter();
    classes
        .map(|(key, name)| (key.clone(), name.clone(), String::new()))
        .collect()
}

fn contest_of(form: Form) -> NewContest {
    let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
    let is_own = form.preset.with_untracked(String::is_empty);
    let seats = if is_own {
        form.own_classes.with_untracked(|lines| own_seats(lines))
    } else {
        form.seats
            .with_untracked(|seats| seats.iter().filter_map(seats_row).collect())
    };
    NewContest {
        title: text(form.title),
        subtitle: text(form.subtitle),
        held_on: text(form.held_on),
        place: text(form.place),
        charter: form.charter.get_untracked(),
        entries: form.entries.with_untracked(|lines| entries_of(lines)),
        seats,
    }
}

fn seats_row((class, _, count): &(String, String, String)) -> Option<NewSeats> {
    let count = count.trim().parse().ok().filter(|count| *count > 0)?;
    Some(NewSeats {
        class: class.clone(),
        count,
    })
}

/// One class a line: key and count, with a blank or a bar between.
fn own_seats(lines: &str) -> Vec<NewSeats> {
    let seats = lines.lines().filter_map(|line| {
        let (class, count) = line.trim().rsplit_once([' ', '｜', '|', '\t'])?;
        let count = count.trim().parse().ok()?;
        Some(NewSeats {
            class: class.trim().to_owned(),
            count,
        })
    });
    seats.collect()
}

/// One entry a line: the name, and after a bar its topic.
fn entries_of(lines: &str) -> Vec<NewEntry> {
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let entry = |line: &str| {
        let (name, topic) = line.split_once(['｜', '|']).unwrap_or((line, ""));
        NewEntry {
            name: name.trim().to_owned(),
            topic: topic.trim().to_owned(),
            unit: None,
            multiplier: String::new(),
        }
    };
    lines.map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_a_line_with_its_topic_after_a_bar() {
        let entries = entries_of("青禾镇｜一条河\n\n 石桥乡 \n竹海乡|竹");
        let pairs: Vec<_> = entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.topic.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [("青禾镇", "一条河"), ("石桥乡", ""), ("竹海乡", "竹")]
        );
    }

    #[test]
    fn seats_of_an_own_charter_are_a_key_and_a_count() {
        let seats = own_seats("A 5\nB｜30\nC");
        let pairs: Vec<_> = seats
            .iter()
            .map(|seats| (seats.class.as_str(), seats.count))
            .collect();
        assert_eq!(pairs, [("A", 5), ("B", 30)]);
    }
}
