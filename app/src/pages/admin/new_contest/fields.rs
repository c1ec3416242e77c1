//! The parts of the form for a new contest.

use super::{Form, entries_of, seats_of};
use crate::backend::{PresetCard, UnitRow};
use crate::components::icon::Icon;
use crate::paths;
use crate::text::{self, Lang};
use leptos::prelude::*;

pub fn charter_fields(lang: Lang, form: Form, presets: Vec<PresetCard>) -> AnyView {
    let choices: Vec<_> = presets
        .into_iter()
        .map(|preset| {
            let key = preset.key.clone();
            let chosen = preset.key.clone();
            let (title, source) = (preset.title.clone(), preset.source.clone());
            let choose = move |_| {
                form.preset.set(preset.key.clone());
                form.charter.set(preset.toml.clone());
                form.seats.set(seats_of(&preset));
            };
            choice(form, key, chosen, title, source, choose)
        })
        .collect();
    let own = choice(
        form,
        String::new(),
        String::new(),
        text::new_own_charter(lang).to_owned(),
        text::new_own_charter_text(lang).to_owned(),
        move |_| form.preset.set(String::new()),
    );
    let own_text = move || {
        form.preset.with(String::is_empty).then(|| {
            view! {
                <div class="field">
                    <label class="lab" for="charter">{text::new_charter_toml(lang)}</label>
                    <textarea
                        class="input"
                        id="charter"
                        rows="12"
                        spellcheck="false"
                        prop:value=move || form.charter.get()
                        on:input=move |event| form.charter.set(event_target_value(&event))
                    >
                        {form.charter.get_untracked()}
                    </textarea>
                    <p class="field-hint">{text::new_charter_hint(lang)}</p>
                </div>
            }
        })
    };
    view! {
        <fieldset class="field">
            <legend class="lab">{text::contest_rules(lang)}</legend>
            <div class="stack" data-gap="2">{choices} {own}</div>
        </fieldset>
        {own_text}
    }
    .into_any()
}

/// One charter to choose, with its source line.
fn choice(
    form: Form,
    key: String,
    value: String,
    title: String,
    source: String,
    choose: impl Fn(leptos::ev::Event) + 'static,
) -> AnyView {
    let is_chosen = form.preset.with_untracked(|preset| *preset == key);
    view! {
        <label class="agree">
            <input
                type="radio"
                name="preset"
                value=value
                checked=is_chosen
                prop:checked=move || form.preset.with(|preset| *preset == key)
                on:change=choose
            />
            <span><b>{title}</b><br /><span class="note">{source}</span></span>
        </label>
    }
    .into_any()
}

pub fn name_fields(lang: Lang, form: Form) -> AnyView {
    let theme = [text::new_theme(lang), text::new_theme_hint(lang)];
    view! {
        <div class="form-grid">
            {line("title", [text::new_title(lang), text::new_title_hint(lang)], "text", form.title)}
            {line("theme", theme, "text", form.subtitle)}
            {line("day", [text::contest_date(lang), ""], "date", form.held_on)}
            {line("place", [text::contest_place(lang), ""], "text", form.place)}
        </div>
    }
    .into_any()
}

fn line(
    id: &'static str,
    [label, hint]: [&'static str; 2],
    kind: &'static str,
    value: RwSignal<String>,
) -> AnyView {
    let required = id == "title";
    let hint = (!hint.is_empty()).then(|| view! { <p class="field-hint">{hint}</p> });
    view! {
        <div class="field">
            <label class="lab" for=id>{label}</label>
            <input
                class="input"
                id=id
                type=kind
                required=required
                maxlength="100"
                on:input=move |event| value.set(event_target_value(&event))
            />
            {hint}
        </div>
    }
    .into_any()
}

pub fn entry_fields(lang: Lang, form: Form, units: Vec<UnitRow>) -> AnyView {
    let add = move |name: &str| {
        form.entries.update(|lines| {
            if !lines.is_empty() && !lines.ends_with('\n') {
                lines.push('\n');
            }
            lines.push_str(name);
            lines.push('\n');
        });
    };
    let options: Vec<_> = units
        .into_iter()
        .map(|unit| view! { <option value=unit.name.clone()>{unit.name.clone()}</option> })
        .collect();
    let pick = (!options.is_empty()).then(|| {
        view! {
            <div class="field">
                <label class="lab" for="units">{text::new_pick_unit(lang)}</label>
                <select class="input" id="units" on:change=move |event| {
                    let name = event_target_value(&event);
                    if !name.is_empty() {
                        add(&name);
                    }
                }>
                    <option value="">{text::new_pick_none(lang)}</option>
                    {options}
                </select>
            </div>
        }
    });
    let count = move || form.entries.with(|lines| entries_of(lines).len());
    view! {
        <div class="field">
            <label class="lab" for="entries">
                {text::contest_order(lang)} " "
                <span class="sub">{move || text::contest_order_count(lang, count())}</span>
            </label>
            <textarea
                class="input"
                id="entries"
                rows="8"
                required
                prop:value=move || form.entries.get()
                on:input=move |event| form.entries.set(event_target_value(&event))
            ></textarea>
            <p class="field-hint">{text::new_entries_hint(lang)}</p>
        </div>
        {pick}
    }
    .into_any()
}

pub fn seat_fields(lang: Lang, form: Form) -> AnyView {
    let own = move || {
        form.preset.with(String::is_empty).then(|| {
            view! {
                <div class="field">
                    <label class="lab" for="own-seats">{text::staff_seats(lang)}</label>
                    <textarea
                        class="input"
                        id="own-seats"
                        rows="4"
                        on:input=move |event| form.own_classes.set(event_target_value(&event))
                    ></textarea>
                    <p class="field-hint">{text::new_own_seats_hint(lang)}</p>
                </div>
            }
        })
    };
    // Only a change of charter rebuilds the fields; typing into one does not.
    let classes = Memo::new(move |_| {
        form.preset.track();
        form.seats.with(|seats| {
            seats
                .iter()
                .map(|(key, name, _)| (key.clone(), name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let preset = move || {
        (!form.preset.with(String::is_empty)).then(|| {
            let fields: Vec<_> = classes
                .get()
                .into_iter()
                .enumerate()
                .map(|(index, (_, name))| class_field(lang, form, index, name))
                .collect();
            view! {
                <fieldset class="field">
                    <legend class="lab">{text::staff_seats(lang)}</legend>
                    <div class="form-grid">{fields}</div>
                    <p class="field-hint">{text::new_seats_hint(lang)}</p>
                </fieldset>
            }
        })
    };
    view! { {preset} {own} }.into_any()
}

fn class_field(lang: Lang, form: Form, index: usize, name: String) -> AnyView {
    let id = format!("class-{index}");
    let set = move |event| {
        form.seats.update(|seats| {
            if let Some(seat) = seats.get_mut(index) {
                seat.2 = event_target_value(&event);
            }
        });
    };
    // Shown from the form, so that no count is submitted that nobody sees.
    let count = move || {
        form.seats
            .with(|seats| seats.get(index).map(|seat| seat.2.clone()))
    };
    view! {
        <div class="field">
            <label class="lab" for=id.clone()>{text::new_seats_of(lang, name)}</label>
            <input
                class="input"
                id=id
                type="number"
                inputmode="numeric"
                min="0"
                max="500"
                prop:value=move || count().unwrap_or_default()
                on:input=set
            />
        </div>
    }
    .into_any()
}

pub fn charter_upload(lang: Lang) -> AnyView {
    view! {
        <div class="head"><h2>{text::new_upload(lang)}</h2></div>
        <form
            class="form sheet stack"
            method="post"
            action=paths::UPLOADS
            enctype="multipart/form-data"
        >
            <input type="hidden" name="kind" value="charter" />
            <div class="field">
                <label class="lab" for="charter-file">{text::new_upload_file(lang)}</label>
                <input
                    class="input"
                    id="charter-file"
                    type="file"
                    name="file"
                    accept=".toml"
                    required
                />
                <p class="field-hint">{text::new_upload_hint(lang)}</p>
            </div>
            <button
                class="btn"
                type="submit"
            >
                <Icon name="up" />{text::new_upload_act(lang)}
            </button>
        </form>
    }
    .into_any()
}
