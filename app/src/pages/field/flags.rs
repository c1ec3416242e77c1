//! The flags of a confirmer's group in months that wait for the second person (GY-6): who gives and
//! gets which, where these units stand, and the group's word on it, once for each close.

use super::ask::{Asked, Asking};
use super::standing::on_its_way;
use super::work::{Work, about_of, flags_key};
use crate::components::icon::Icon;
use crate::format;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::text::{self, Lang};
use domain::month::charter::Side;
use leptos::prelude::*;
use sync::protocol::{FieldAct, FieldFlag, FieldFlags, FlagBasis, FlagDecision};

/// What the buttons work with. Copied freely.
#[derive(Clone, Copy)]
struct Ways {
    work: Work,
    lang: Lang,
    asking: Asking,
    /// The close that was agreed to with a first tap. A second one sends it: nobody takes it back.
    sure: RwSignal<String>,
}

pub fn flags(work: Work, lang: Lang, months: Vec<FieldFlags>, asking: Asking) -> Mounted {
    let sure = RwSignal::new(String::new());
    let ways = Ways {
        work,
        lang,
        asking,
        sure,
    };
    let months = months.into_iter().map(|month| of_month(ways, month));
    months.collect_view().mounted()
}

fn of_month(ways: Ways, month: FieldFlags) -> Mounted {
    let lang = ways.lang;
    let rows = month.flags.iter().map(|flag| row(lang, flag));
    let rows = rows.collect_view();
    let title = text::field_flags(lang, format::month(lang, month.period));
    let earlier = month.earlier.as_ref().map(|earlier| {
        let words = decided(lang, earlier);
        view! { <p class="note pad-x">{text::field_flags_earlier(lang, words)}</p> }.mounted()
    });
    view! {
        <div class="head"><h2>{title}</h2></div>
        <p class="note pad-x">{text::field_flags_lead(lang)}</p>
        <section class="sheet"><ol class="ledger" role="list">{rows}</ol></section>
        {earlier}
        <div class="pad-x block-gap">{live(move || answer(ways, &month))}</div>
    }
    .mounted()
}

fn row(lang: Lang, flag: &FieldFlag) -> Mounted {
    let shape = match flag.side {
        Side::Top => "red",
        Side::Bottom => "yellow",
    };
    let name = text::standings_flag(lang, flag.number, flag.name.clone());
    let basis = flag.basis.iter().map(|basis| {
        let line = basis_line(lang, basis);
        view! { <p class="row-text">{line}</p> }.mounted()
    });
    let basis = basis.collect_view();
    view! {
        <li class="row">
            <span class="row-no"><Icon name="flag" /></span>
            <div class="row-main">
                <p class="row-name">{moved(lang, flag)}</p>
                {basis}
            </div>
            <div class="row-end">
                <span class="flag" data-flag=shape><Icon name="flag" />{name}</span>
            </div>
        </li>
    }
    .mounted()
}

/// Who gives it and who gets it.
fn moved(lang: Lang, flag: &FieldFlag) -> String {
    match (flag.from.clone(), flag.to.clone()) {
        (Some(from), Some(to)) if from == to => text::field_flag_kept(lang, to),
        (Some(from), Some(to)) => text::field_flag_handed(lang, from, to),
        (Some(from), None) => text::field_flag_returned(lang, from),
        (None, Some(to)) => text::field_flag_taken(lang, to),
        (None, None) => String::new(),
    }
}

fn basis_line(lang: Lang, basis: &FlagBasis) -> String {
    let unit = basis.unit.clone();
    match (basis.rank, &basis.score) {
        (Some(rank), Some(score)) => {
            text::field_flag_basis(lang, rank, format::figure(score), unit)
        }
        _ => text::field_flag_no_place(lang, unit),
    }
}

/// 同意, or 有异议 with its reason; who said it, and when.
pub fn decided(lang: Lang, decision: &FlagDecision) -> String {
    let word = match decision.is_agreed {
        true => text::field_flags_agreed(lang).to_owned(),
        false => text::field_flags_objected(lang, decision.reason.clone()),
    };
    let at = format::moment(lang, decision.at);
    [word, decision.who.clone(), at].join(text::home_comma(lang))
}

/// What was decided, is on its way, or can be decided.
fn answer(ways: Ways, month: &FieldFlags) -> Mounted {
    let Ways {
        work,
        lang,
        asking,
        sure,
    } = ways;
    if let Some(decision) = &month.decision {
        let tone = if decision.is_agreed { "ok" } else { "wait" };
        let words = decided(lang, decision);
        return view! {
            <p class="say" data-tone=tone><Icon name="done" /><span>{words}</span></p>
        }
        .mounted();
    }
    if let Some(op) = work.op_about(flags_key(month.period, &month.close)) {
        return on_its_way(work, lang, &op);
    }
    let is_sure = sure.with(|close| *close == month.close);
    let words = match is_sure {
        true => text::field_flags_sure(lang),
        false => text::field_flags_agree(lang),
    };
    let (period, close) = (month.period, month.close.clone());
    let agree = move |_| {
        if !is_sure {
            sure.set(close.clone());
            return;
        }
        let agreed = FieldAct::DecideFlags {
            period,
            close: close.clone(),
            is_agreed: true,
            reason: String::new(),
            draft: work.new_draft(),
        };
        if untrack(|| work.op_about(about_of(&agreed))).is_none() {
            work.seal(&agreed);
        }
    };
    let month = month.clone();
    let object = move |_| asking.ask(Asked::Object(month.clone()));
    view! {
        <p class="cluster">
            <button class="btn" data-kind="main" on:click=act(agree)>{words}</button>
            <button class="btn" on:click=act(object)>{text::field_flags_object(lang)}</button>
        </p>
    }
    .mounted()
}
