//! Close and post, by two accounts.

use super::flags::despite;
use crate::backend::{MonthCommand, MonthDesk, MonthStage, RegistryPart};
use crate::components::icon::Icon;
use crate::pages::admin::acts::{Acts, Ask, AskField, ask_button, blocked_button};
use crate::paths;
use crate::text::{self, Lang};
use leptos::prelude::*;
use std::sync::Arc;

/// Where the next act stands on the page.
const NEXT: &str = "next";

pub fn acts(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    let next = match desk.stage {
        MonthStage::Open => main(acts, close(lang, desk), "main"),
        MonthStage::Closed => closed(lang, desk, acts),
        MonthStage::Posted if desk.is_changed => main(acts, close(lang, desk), "main"),
        MonthStage::Posted => ().into_any(),
    };
    let posted = (!desk.check_code.is_empty()).then(|| {
        view! {
            <p class="frozen">
                <Icon name="lock" />
                <span>{text::contest_frozen(lang, desk.check_code.clone())}</span>
            </p>
            <p class="cluster pad-x">
                <a class="btn" data-size="small" href=paths::month(desk.season, desk.period)>
                    {text::desk_public(lang)}
                </a>
            </p>
        }
    });
    view! {
        <div class="pad-x block-gap stack" id=NEXT>{next}</div>
        {newer(lang, desk, acts)}
        {posted}
    }
    .into_any()
}

/// The way there from the top of a long page; nothing of a month that is out as it is.
pub fn way(lang: Lang, desk: &MonthDesk) -> Option<AnyView> {
    let words = match desk.stage {
        MonthStage::Closed => text::month_post_way(lang),
        MonthStage::Posted if !desk.is_changed => return None,
        MonthStage::Open | MonthStage::Posted => text::month_close_way(lang),
    };
    let view = view! {
        <p class="cluster pad-x block-gap">
            <a class="btn" data-size="small" href=format!("#{NEXT}") rel="external">
                {words}
            </a>
        </p>
    };
    Some(view.into_any())
}

/// A posted month goes by what it was closed by; that the season's rules are others by now is said,
/// and one act takes them over.
fn newer(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    if desk.newer.is_empty() || desk.stage != MonthStage::Posted {
        return ().into_any();
    }
    let word = |part: &RegistryPart| match part {
        RegistryPart::Charter => text::month_newer_charter(lang),
        RegistryPart::Groups => text::month_newer_groups(lang),
        RegistryPart::Pairs => text::month_newer_pairs(lang),
        RegistryPart::Indicators => text::month_newer_indicators(lang),
        RegistryPart::Teams => text::month_newer_teams(lang),
    };
    let parts: Vec<_> = desk.newer.iter().map(word).collect();
    let why = AskField {
        hint: text::desk_reason_hint(lang),
        is_required: true,
        ..AskField::line(text::desk_reason(lang))
    };
    let missing = AskField {
        hint: text::month_by_today_missing_hint(lang),
        is_required: false,
        ..AskField::line(text::month_by_today_missing(lang))
    };
    let ask = Ask {
        title: text::month_by_today(lang).to_owned(),
        body: text::month_by_today_body(lang).to_owned(),
        fields: vec![why, missing],
        act: text::month_by_today(lang),
        stops: false,
        command: Arc::new(|values: &[String]| MonthCommand::CloseByToday {
            why: values.first().cloned().unwrap_or_default(),
            reason: values.get(1).cloned().unwrap_or_default(),
        }),
    };
    view! {
        <p class="note pad-x">{text::month_newer(lang, parts.join(text::home_comma(lang)))}</p>
        <p class="cluster pad-x">{ask_button(acts, ask)}</p>
    }
    .into_any()
}

/// The one act that comes next.
pub(super) fn main(
    acts: Acts<MonthCommand>,
    ask: Ask<MonthCommand>,
    kind: &'static str,
) -> AnyView {
    let words = ask.act;
    view! {
        <button
            class="btn"
            type="button"
            data-wide=""
            data-size="big"
            data-kind=kind
            on:click=move |_| acts.ask(ask.clone())
        >
            {words}
        </button>
    }
    .into_any()
}

fn closed(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    let post = if desk.is_own_close {
        blocked_button(text::month_post(lang), text::month_post_other(lang))
    } else {
        main(acts, post(lang, desk), "call")
    };
    view! {
        {post}
        <button class="btn" type="button" on:click=move |_| acts.run(MonthCommand::Reopen)>
            {text::month_reopen(lang)}
        </button>
    }
    .into_any()
}

fn close(lang: Lang, desk: &MonthDesk) -> Ask<MonthCommand> {
    let figures: usize = desk.missing.iter().map(|row| row.units.len()).sum();
    let figures = (0 < figures).then(|| text::month_close_figures(lang, figures));
    let records = (0 < desk.undecided).then(|| text::month_close_undecided(lang, desk.undecided));
    let lacking: Vec<String> = figures.into_iter().chain(records).collect();
    let (body, fields) = match lacking.is_empty() {
        true => (text::month_close_body(lang).to_owned(), Vec::new()),
        false => (
            text::month_close_missing(lang, lacking.join(text::home_comma(lang))),
            vec![AskField::reason(true)],
        ),
    };
    Ask {
        title: text::month_close(lang).to_owned(),
        body,
        fields,
        act: text::month_close(lang),
        stops: false,
        command: Arc::new(|values| MonthCommand::Close {
            reason: values.first().cloned().unwrap_or_default(),
        }),
    }
}

fn post(lang: Lang, desk: &MonthDesk) -> Ask<MonthCommand> {
    let is_correction = !desk.check_code.is_empty();
    let code = desk.close_code.clone();
    let objecting = desk.flags.iter().filter(|group| group.objects());
    let objecting: Vec<_> = objecting.map(|group| group.group.clone()).collect();
    let (words, body, mut fields) = if is_correction {
        let what = AskField::line(text::calc_what_changed(lang));
        (
            text::month_correct(lang),
            text::month_correct_body(lang),
            vec![what],
        )
    } else {
        (
            text::month_post(lang),
            text::month_post_body(lang),
            Vec::new(),
        )
    };
    let despite = despite(lang, &objecting);
    let body = match &despite {
        Some(_) => {
            let objected = text::month_despite_body(lang, objecting.join(text::home_comma(lang)));
            format!("{objected} {body}")
        }
        None => body.to_owned(),
    };
    // After what the correction says, where it is one.
    let despite_at = fields.len();
    fields.extend(despite);
    Ask {
        title: words.to_owned(),
        body,
        fields,
        act: words,
        stops: false,
        command: Arc::new(move |values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            MonthCommand::Post {
                code: code.clone(),
                reason: if is_correction {
                    value(0)
                } else {
                    String::new()
                },
                despite: value(despite_at),
            }
        }),
    }
}
