//! What a unit sees of its own: confirmed records, and an appeal against each within its days.

use super::records::line;
use super::work::Work;
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::components::standing::{appeal_words, signed};
use crate::format;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pages::seat::words::op_words;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use domain::ids::{EntryId, MeritId};
use leptos::prelude::*;
use sync::protocol::{FieldAct, FieldMerit, FieldState, REASON_MAX};

pub fn own(work: Work) -> Mounted {
    let lang = lang();
    let asked = RwSignal::new(None::<FieldMerit>);
    let open = RwSignal::new(false);
    let list = live(move || {
        let Some(view) = work.view.get() else {
            return ().into_view().mounted();
        };
        let page = view.units.first().map(|unit| {
            view! {
                <p class="pad-x">
                    <a class="inline" href=paths::unit(unit.id)>{text::field_unit_page(lang)}</a>
                </p>
            }
            .mounted()
        });
        if view.merits.is_empty() {
            return view! {
                {page}
                <section class="sheet empty" data-state="empty">
                    <div class="ring"><Icon name="note" /></div>
                    <p><b>{text::field_own_none(lang)}</b></p>
                    <p class="sub">{text::field_own_none_body(lang)}</p>
                </section>
            }
            .mounted();
        }
        let ask = move |merit: FieldMerit| {
            asked.set(Some(merit));
            open.set(true);
        };
        let rows = view.merits.into_iter();
        let rows = rows.map(|merit| row(work, lang, merit, ask)).collect_view();
        view! {
            {page}
            <div class="head"><h2>{text::month_merits(lang)}</h2></div>
            <section class="sheet">
                <ol class="ledger" data-kind="score" role="list">{rows}</ol>
            </section>
            <p class="note pad-x">{text::field_appeal_days(lang, view.appeal_days)}</p>
        }
        .mounted()
    });
    view! {
        {list}
        <AppealDialog work asked open />
    }
    .mounted()
}

fn row(
    work: Work,
    lang: Lang,
    merit: FieldMerit,
    ask: impl Fn(FieldMerit) + Copy + Send + 'static,
) -> Mounted {
    let is_struck = (merit.state == FieldState::Void).then_some("struck");
    let line = [merit.reason.clone(), format::day(lang, &merit.day)].join(text::home_comma(lang));
    let points = signed(&merit.points);
    let name = merit.dimension.clone();
    view! {
        <li class="row" data-state=is_struck>
            <span class="row-no num">{points}</span>
            <div class="row-main">
                <p class="row-name">{name}</p>
                <p class="row-text">{line}</p>
            </div>
            <div class="row-more">{live(move || standing(work, lang, &merit, ask))}</div>
        </li>
    }
    .mounted()
}

/// What became of an appeal, or the way to one.
fn standing(
    work: Work,
    lang: Lang,
    merit: &FieldMerit,
    ask: impl Fn(FieldMerit) + Copy + Send + 'static,
) -> Mounted {
    if let Some(appeal) = &merit.appeal {
        let (tone, words) = appeal_words(lang, appeal.state);
        let decided = appeal.decided.clone();
        return view! {
            <p class="row-text"><span class="tag" data-tone=tone>{words}</span> " " {decided}</p>
        }
        .mounted();
    }
    // On its way, it is in the outbox alone.
    if let Some(op) = work.appeal_of(merit.id) {
        let words = op_words(&op.state, lang);
        return view! {
            <p class="row-text">
                <span class="tag" data-tone=words.tone><Icon name=words.icon />{words.word}</span>
                " " {words.why}
            </p>
        }
        .mounted();
    }
    if merit.appeal_until.is_empty() || merit.appeal_until < work.today() {
        return ().into_view().mounted();
    }
    let until = text::field_appeal_until(lang, format::day(lang, &merit.appeal_until));
    let merit = merit.clone();
    view! {
        <p class="row-text cluster">
            <button
                class="btn"
                data-size="small"
                on:click=act(move |_| ask(merit.clone()))
            >
                {text::field_appeal(lang)}
            </button>
            <span>{until}</span>
        </p>
    }
    .mounted()
}

/// 申诉. What is written lies on the disk with every letter.
#[component]
fn AppealDialog(
    work: Work,
    asked: RwSignal<Option<FieldMerit>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let lang = lang();
    let body = move || asked.get().map(|merit| question(work, lang, &merit));
    let submit = move |_| {
        let act = asked
            .get_untracked()
            .and_then(|merit| untrack(|| work.kept(key(merit.id))));
        let is_said = |act: &FieldAct| match act {
            FieldAct::Appeal { reason, .. } => !reason.trim().is_empty(),
            FieldAct::Record(_) => false,
        };
        if let Some(act) = act.filter(is_said) {
            work.seal(&act);
            open.set(false);
        }
    };
    view! {
        <Dialog
            open
            title=text::field_appeal(lang)
            acts=move || {
                view! {
                    <button type="button" class="btn" on:click=act(move |_| open.set(false))>
                        {text::prefs_close(lang)}
                    </button>
                    <button type="button" class="btn" data-kind="main" on:click=act(submit)>
                        {text::field_appeal_submit(lang)}
                    </button>
                }
                .mounted()
            }
        >
            {live(body)}
        </Dialog>
    }
    .mounted()
}

fn question(work: Work, lang: Lang, merit: &FieldMerit) -> Mounted {
    let id = merit.id;
    let kept = untrack(|| work.kept(key(id)));
    let (written, draft) = match kept {
        Some(FieldAct::Appeal { reason, draft, .. }) => (reason, draft),
        _ => (String::new(), work.new_draft()),
    };
    let line = line(lang, [&merit.dimension, &merit.reason], &merit.day);
    let typed = move |event| {
        let reason = event_target_value(&event).replace('\n', " ");
        let act = FieldAct::Appeal {
            merit: id,
            reason,
            draft,
        };
        work.keep(key(id), &act);
    };
    view! {
        <p>{signed(&merit.points)} " " {line}</p>
        <div class="field block-gap">
            <label class="lab" for="appeal">{text::field_appeal_reason(lang)}</label>
            <textarea
                class="input"
                id="appeal"
                rows="4"
                maxlength=REASON_MAX.to_string()
                prop:value=written
                on:input=act(typed)
            ></textarea>
            <p class="field-hint">{text::field_appeal_hint(lang)}</p>
        </div>
    }
    .mounted()
}

fn key(merit: MeritId) -> EntryId {
    EntryId(merit.0)
}
