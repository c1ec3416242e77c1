//! 记一笔: unit, points, dimension, reason, day. Every change lies on the disk, and nothing is sent
//! before it was submitted.

use super::items::{self, Shown};
use super::photo;
use super::standing::{again, field_words, refused};
use super::work::Work;
use crate::components::icon::Icon;
use crate::kept::Kept;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pad::Command;
use crate::pages::units::{is_named, plain};
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::UnitId;
use leptos::prelude::*;
use sync::protocol::{DIMENSION_MAX, FieldRecord, FieldUnit, REASON_MAX, RecordFault, SPOT_MAX};

/// Units that are offered at once.
const FOUND_MAX: usize = 8;

pub fn form(work: Work) -> Mounted {
    let lang = lang();
    keep_open(work);
    // What was submitted is what is saved: until it is, or was given up, nothing of it moves.
    let is_on_its_way = Kept::new(move || {
        let draft = work
            .record
            .with(|record| record.as_ref().map(|one| one.draft));
        draft.is_some_and(|draft| work.op_of(draft).is_some())
    });
    view! {
        <section class="sheet form" aria-label=text::field_record(lang)>
            <fieldset class="form-grid" disabled=live(move || is_on_its_way.get())>
                {unit(work, lang)}
                {items::what(work, lang)}
                {reason(work, lang)}
                {day(work, lang)}
                {photo::field(work, lang)}
                {spot(work, lang)}
            </fieldset>
        </section>
        {trouble(work, lang)}
    }
    .mounted()
}

/// 提交, and the way back that drops the draft.
pub fn dock(work: Work) -> Mounted {
    let lang = lang();
    let submit = move |_| {
        work.tried.set(true);
        let Some(record) = work.record.get_untracked() else {
            return;
        };
        // Otherwise the record would go without it.
        if work.photos.busy.get_untracked() {
            return;
        }
        if record.faults(&work.today()).is_empty() && untrack(|| work.op_of(record.draft)).is_none()
        {
            work.seal_record(record);
        }
    };
    let is_tried = Kept::new(move || work.tried.get());
    let why = live(move || {
        let faults = faults(work);
        (is_tried.get() && !faults.is_empty()).then(|| {
            view! { <p class="why" role="alert">{text::field_faults(lang, faults.len())}</p> }
                .mounted()
        })
    });
    view! {
        <footer class="dock" data-kind="one">
            <button class="btn" on:click=act(move |_| work.drop_record())>
                {text::field_drop(lang)}
            </button>
            <button class="btn" data-kind="main" on:click=act(submit)>
                {text::field_submit(lang)}
            </button>
            {why}
        </footer>
    }
    .mounted()
}

/// No new build takes over under an open form, and the screen stays on.
fn keep_open(work: Work) {
    let pad = work.pad;
    Effect::new(move |_| pad.send(Command::SheetOpen(true)));
    on_cleanup(move || pad.send(Command::SheetOpen(false)));
}

fn faults(work: Work) -> Vec<RecordFault> {
    let today = work.today();
    let faults = work
        .record
        .with(|record| record.as_ref().map(|record| record.faults(&today)));
    let mut faults = faults.unwrap_or_default();
    if items::shown(work) == Shown::Items {
        // One tap enters both.
        faults.retain(|fault| *fault != RecordFault::Dimension);
    }
    faults
}

/// The sentence below a field that is not right, once somebody tried.
pub fn fault(work: Work, of: RecordFault, sentence: &'static str) -> Mounted {
    let is_wrong = Kept::new(move || work.tried.get() && faults(work).contains(&of));
    live(move || {
        is_wrong.get().then(|| {
            view! { <p class="field-error" role="alert"><Icon name="warn" />{sentence}</p> }
                .mounted()
        })
    })
    .mounted()
}

/// A part of the record, as it stands.
pub fn part<T: PartialEq + Default + Send + Sync + 'static>(
    work: Work,
    read: fn(&FieldRecord) -> T,
) -> Kept<T> {
    Kept::new(move || {
        let record = work.record.with(|record| record.as_ref().map(read));
        record.unwrap_or_default()
    })
}

fn unit(work: Work, lang: Lang) -> Mounted {
    let wanted = RwSignal::new(String::new());
    let chosen = Kept::new(move || {
        work.record
            .with(|record| record.as_ref().map(|one| one.unit))
    });
    let content = live(move || {
        let units = work.view.get().map(|view| view.units).unwrap_or_default();
        let known = units.iter().find(|unit| Some(unit.id) == chosen.get());
        match known {
            Some(unit) => picked(work, lang, unit),
            None => search(work, lang, wanted),
        }
    });
    view! {
        <div class="field" data-span="all">
            <p class="lab" id="unit-label">{text::field_unit(lang)}</p>
            {content}
            {fault(work, RecordFault::Unit, text::field_unit_fault(lang))}
        </div>
    }
    .mounted()
}

fn picked(work: Work, lang: Lang, unit: &FieldUnit) -> Mounted {
    let nobody = UnitId(uuid::Uuid::nil());
    let other = move |_| work.change_record(|record| record.unit = nobody);
    view! {
        <div class="cluster">
            <span><b>{unit.name.clone()}</b> <span class="note">{unit.group.clone()}</span></span>
            <button type="button" class="btn" data-size="small" on:click=act(other)>
                {text::field_unit_other(lang)}
            </button>
        </div>
    }
    .mounted()
}

fn search(work: Work, lang: Lang, wanted: RwSignal<String>) -> Mounted {
    let found = live(move || {
        let units = work.view.get().map(|view| view.units).unwrap_or_default();
        let wanted = plain(&wanted.get());
        let found: Vec<FieldUnit> = units
            .into_iter()
            .filter(|unit| is_named(&[&unit.name, &unit.group], &unit.initials, &wanted))
            .take(FOUND_MAX)
            .collect();
        if found.is_empty() {
            return view! { <p class="field-hint" role="status">{text::units_none(lang)}</p> }
                .mounted();
        }
        let choice = |unit: FieldUnit| {
            let id = unit.id;
            view! {
                <button
                    type="button"
                    class="btn"
                    data-size="small"
                    on:click=act(move |_| work.change_record(|record| record.unit = id))
                >
                    {unit.name}
                </button>
            }
            .mounted()
        };
        let choices = found.into_iter().map(choice).collect_view();
        view! { <div class="cluster block-gap">{choices}</div> }.mounted()
    });
    view! {
        <input
            class="input"
            type="search"
            autocomplete="off"
            aria-labelledby="unit-label"
            placeholder=text::field_unit_hint(lang)
            prop:value=wanted.get_untracked()
            on:input=act(move |event| wanted.set(event_target_value(&event)))
        />
        {found}
    }
    .mounted()
}

pub fn dimension(work: Work, lang: Lang) -> Mounted {
    let now = part(work, |record| record.dimension.clone());
    let quick = live(move || {
        let used = work
            .view
            .get()
            .map(|view| view.dimensions)
            .unwrap_or_default();
        let choice = |word: String| {
            let (set, shown) = (word.clone(), word.clone());
            let pressed = live(move || if now.get() == word { "true" } else { "false" });
            let choose = move |_| work.change_record(|record| record.dimension.clone_from(&set));
            view! {
                <button
                    type="button"
                    class="btn"
                    data-size="small"
                    aria-pressed=pressed
                    on:click=act(choose)
                >
                    {shown}
                </button>
            }
            .mounted()
        };
        let choices = used.into_iter().map(choice).collect_view();
        view! { <div class="cluster">{choices}</div> }.mounted()
    });
    view! {
        <div class="field" data-span="all">
            <label class="lab" for="dimension">{text::month_dimension(lang)}</label>
            {quick}
            <input
                class="input block-gap"
                id="dimension"
                autocomplete="off"
                maxlength=DIMENSION_MAX.to_string()
                placeholder=text::month_dimension_hint(lang)
                prop:value=live(move || now.get())
                on:input=act(move |event| {
                    let text = event_target_value(&event);
                    work.change_record(|record| record.dimension = text);
                })
            />
            {fault(work, RecordFault::Dimension, text::field_dimension_fault(lang))}
        </div>
    }
    .mounted()
}

fn reason(work: Work, lang: Lang) -> Mounted {
    let now = part(work, |record| record.reason.clone());
    view! {
        <div class="field" data-span="all">
            <label class="lab" for="reason">{text::field_reason(lang)}</label>
            <textarea
                class="input"
                id="reason"
                rows="3"
                maxlength=REASON_MAX.to_string()
                aria-describedby="reason-hint"
                prop:value=now.get_untracked()
                on:input=act(move |event| {
                    let text = event_target_value(&event).replace('\n', " ");
                    work.change_record(|record| record.reason = text);
                })
            ></textarea>
            <p class="field-hint" id="reason-hint">{text::month_reason_public_hint(lang)}</p>
            {fault(work, RecordFault::Reason, text::field_reason_fault(lang))}
        </div>
    }
    .mounted()
}

fn day(work: Work, lang: Lang) -> Mounted {
    let now = part(work, |record| record.day.clone());
    view! {
        <div class="field" data-span="all">
            <label class="lab" for="day">{text::month_day(lang)}</label>
            <input
                class="input"
                id="day"
                type="date"
                max=work.today()
                prop:value=now.get_untracked()
                on:input=act(move |event| {
                    let text = event_target_value(&event);
                    work.change_record(|record| record.day = text);
                })
            />
            {fault(work, RecordFault::Day, text::field_day_fault(lang))}
        </div>
    }
    .mounted()
}

/// 红点 or 黑点 (P7), where the charter has spots: the place, if the record stands out.
fn spot(work: Work, lang: Lang) -> Mounted {
    let has_spots = Kept::new(move || work.view.get().is_some_and(|view| view.has_spots));
    let now = part(work, |record| record.spot.clone());
    let field = move || {
        view! {
            <div class="field" data-span="all">
                <label class="lab" for="spot">{text::field_spot(lang)}</label>
                <input
                    class="input"
                    id="spot"
                    autocomplete="off"
                    maxlength=SPOT_MAX.to_string()
                    placeholder=text::month_spot_hint(lang)
                    aria-describedby="spot-hint"
                    prop:value=now.get_untracked()
                    on:input=act(move |event| {
                        let text = event_target_value(&event);
                        work.change_record(|record| record.spot = text);
                    })
                />
                <p class="field-hint" id="spot-hint">{text::field_spot_hint(lang)}</p>
                {fault(work, RecordFault::Spot, text::fault_too_long(lang))}
            </div>
        }
        .mounted()
    };
    live(move || has_spots.get().then(field)).mounted()
}

/// The disk refused it: what was written stands in the form, and may be tried again.
fn trouble(work: Work, lang: Lang) -> Mounted {
    let op = Kept::new(move || {
        let draft = work
            .record
            .with(|record| record.as_ref().map(|one| one.draft))?;
        work.op_of(draft)
    });
    live(move || {
        let op = op.get()?;
        let words = field_words(&op.state, lang);
        let again = refused(&op).map(|op| again(work, lang, op));
        let view = view! {
            <p class="say" data-tone=words.tone role="status">
                <Icon name=words.icon />
                <span>{words.word} " " {words.why}</span>
            </p>
            <p class="pad-x">{again}</p>
        };
        Some(view.mounted())
    })
    .mounted()
}
