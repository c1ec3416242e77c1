//! The one question of these pages that wants words: why a unit appeals, what it answers, why a
//! confirmer strikes a record out. What is written lies on the disk with every letter.

use super::records::{line, reason};
use super::work::{Work, about_of};
use crate::components::dialog::Dialog;
use crate::components::icon::Icon;
use crate::components::standing::signed;
use crate::format;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::prefs::lang;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::protocol::{FieldAct, FieldFlags, FieldMerit, FieldSlip, PLAN_MAX, REASON_MAX};

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Appeal(FieldMerit),
    Strike(FieldMerit),
    Reply(FieldSlip),
    MeritReply(FieldMerit),
    Object(FieldFlags),
}

/// The dialog's signals. Copied freely.
#[derive(Clone, Copy)]
pub struct Asking {
    asked: RwSignal<Option<Asked>>,
    open: RwSignal<bool>,
}

impl Asking {
    pub fn new() -> Self {
        Self {
            asked: RwSignal::new(None),
            open: RwSignal::new(false),
        }
    }

    pub fn ask(self, asked: Asked) {
        self.asked.set(Some(asked));
        self.open.set(true);
    }
}

impl Asked {
    /// What is said with these words.
    fn act(&self, words: String, draft: u64) -> FieldAct {
        match self {
            Self::Appeal(merit) => FieldAct::Appeal {
                merit: merit.id,
                reason: words,
                draft,
            },
            Self::Strike(merit) => FieldAct::Decide {
                merit: merit.id,
                is_confirmed: false,
                reason: words,
                draft,
            },
            Self::Reply(slip) => FieldAct::Reply {
                slip: slip.id,
                words,
                draft,
            },
            Self::MeritReply(merit) => FieldAct::MeritReply {
                merit: merit.id,
                words,
                draft,
            },
            Self::Object(flags) => FieldAct::DecideFlags {
                period: flags.period,
                close: flags.close.clone(),
                is_agreed: false,
                reason: words,
                draft,
            },
        }
    }

    fn title(&self, lang: Lang) -> &'static str {
        match self {
            Self::Appeal(_) => text::field_appeal(lang),
            Self::Strike(_) => text::field_strike(lang),
            Self::Reply(_) => text::field_reply(lang),
            Self::MeritReply(merit) => match merit.is_deduction() {
                true => text::field_answer_plan(lang),
                false => text::field_answer(lang),
            },
            Self::Object(_) => text::field_flags_object(lang),
        }
    }

    fn submit(&self, lang: Lang) -> &'static str {
        match self {
            Self::Appeal(_) => text::field_appeal_submit(lang),
            Self::Strike(_) => text::field_strike(lang),
            Self::Reply(_) => text::field_reply_submit(lang),
            Self::MeritReply(_) => text::field_answer_submit(lang),
            Self::Object(_) => text::field_flags_submit(lang),
        }
    }

    fn lead(&self, lang: Lang) -> String {
        match self {
            Self::Appeal(merit) | Self::Strike(merit) | Self::MeritReply(merit) => {
                let words = line(
                    lang,
                    [
                        &merit.dimension,
                        &merit.item,
                        &reason(lang, &merit.reason, &merit.document_no),
                    ],
                    &merit.day,
                );
                format!("{} {words}", signed(&merit.points))
            }
            Self::Reply(slip) => text::slip_paper_demand(lang, slip.demand.clone()),
            Self::Object(flags) => text::field_flags(lang, format::month(lang, flags.period)),
        }
    }

    fn hint(&self, lang: Lang) -> &'static str {
        match self {
            Self::Appeal(_) => text::field_appeal_hint(lang),
            Self::Strike(_) => text::field_strike_hint(lang),
            Self::Reply(_) => text::field_reply_hint(lang),
            Self::MeritReply(merit) => match merit.is_deduction() {
                true => text::field_answer_plan_hint(lang),
                false => text::field_answer_hint(lang),
            },
            Self::Object(_) => text::field_flags_hint(lang),
        }
    }

    /// Characters.
    fn words_max(&self) -> usize {
        match self {
            Self::MeritReply(_) => PLAN_MAX,
            Self::Appeal(_) | Self::Strike(_) | Self::Reply(_) | Self::Object(_) => REASON_MAX,
        }
    }
}

/// The words of an act that the dialog made.
fn words_of(act: &FieldAct) -> &str {
    match act {
        FieldAct::Appeal { reason, .. }
        | FieldAct::Decide { reason, .. }
        | FieldAct::DecideFlags { reason, .. } => reason,
        FieldAct::Reply { words, .. } | FieldAct::MeritReply { words, .. } => words,
        FieldAct::Record(_) | FieldAct::Figures(_) => "",
    }
}

#[component]
pub fn AskDialog(work: Work, asking: Asking) -> impl IntoView {
    let lang = lang();
    let Asking { asked, open } = asking;
    // The fault is shown from the first try to submit nothing.
    let tried = RwSignal::new(false);
    let body = move || {
        tried.set(false);
        asked.get().map(|asked| question(work, lang, asked, tried))
    };
    let title = Signal::derive(move || {
        let title = asked.with(|asked| asked.as_ref().map(|asked| asked.title(lang)));
        title.unwrap_or_default()
    });
    let words = move || live(move || asked.get().map(|asked| asked.submit(lang)));
    let submit = move |_| {
        let Some(asked) = asked.get_untracked() else {
            return;
        };
        let about = about_of(&asked.act(String::new(), 0));
        let kept = untrack(|| work.kept(about));
        let is_said = |act: &FieldAct| {
            !words_of(act).trim().is_empty() && untrack(|| work.op_of(act.draft())).is_none()
        };
        let Some(act) = kept.filter(is_said) else {
            return tried.set(true);
        };
        work.seal(&act);
        // The op holds the words from the moment it is on the disk; the note goes with it.
        work.drop_when_sealed(about, act.draft());
        open.set(false);
    };
    view! {
        <Dialog
            open
            title
            acts=move || {
                view! {
                    <button type="button" class="btn" on:click=act(move |_| open.set(false))>
                        {text::prefs_close(lang)}
                    </button>
                    <button type="button" class="btn" data-kind="main" on:click=act(submit)>
                        {words()}
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

fn question(work: Work, lang: Lang, asked: Asked, tried: RwSignal<bool>) -> Mounted {
    let about = about_of(&asked.act(String::new(), 0));
    // What became an op is said; another word is another draft.
    let kept = untrack(|| work.kept(about));
    let kept = kept.filter(|act| untrack(|| work.op_of(act.draft())).is_none());
    let draft = kept
        .as_ref()
        .map_or_else(|| work.new_draft(), FieldAct::draft);
    let written = kept.as_ref().map(words_of).unwrap_or_default().to_owned();
    let (lead, hint) = (asked.lead(lang), asked.hint(lang));
    let words_max = asked.words_max();
    let typed = move |event| {
        let words = event_target_value(&event).replace('\n', " ");
        tried.set(false);
        work.keep(about, &asked.act(words, draft));
    };
    let fault = live(move || {
        tried.get().then(|| {
            let fault = text::field_words_missing(lang);
            view! { <p class="field-error" role="alert"><Icon name="warn" />{fault}</p> }.mounted()
        })
    });
    view! {
        <p>{lead}</p>
        <div class="field block-gap">
            <label class="lab" for="words">{text::field_words(lang)}</label>
            <textarea
                class="input"
                id="words"
                rows="4"
                maxlength=words_max.to_string()
                prop:value=written
                on:input=act(typed)
            ></textarea>
            {fault}
            <p class="field-hint">{hint}</p>
        </div>
    }
    .mounted()
}
