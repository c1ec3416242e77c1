//! Merit points of a month: recorded by one account, confirmed by another.

use super::record;
use crate::backend::{
    MeritMark, MeritReply, MeritRow, MeritState, MonthCommand, MonthDesk, MonthStage,
};
use crate::components::icon::Icon;
use crate::components::standing::{appeal_words, cut_words, document_words, signed};
use crate::format;
use crate::pages::admin::acts::{Acts, Ask, AskField, ask_button};
use crate::pages::admin::photo::photo;
use crate::text::{self, Lang};
use domain::ids::{MeritId, OpId};
use leptos::prelude::*;
use std::sync::Arc;
use sync::protocol::AppealState;

pub fn records(lang: Lang, desk: &MonthDesk, acts: Acts<MonthCommand>) -> AnyView {
    let is_open = desk.stage != MonthStage::Closed;
    let rows: Vec<_> = desk
        .merits
        .iter()
        .map(|merit| row(lang, desk, merit, acts))
        .collect();
    let list = if rows.is_empty() {
        view! { <p class="note pad-x">{text::month_merits_none(lang)}</p> }.into_any()
    } else {
        view! { <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section> }
            .into_any()
    };
    let record = is_open.then(|| record::buttons(lang, desk, acts));
    view! {
        <div class="head">
            <h2>{text::month_merits(lang)}</h2>
            <span class="sub">{text::month_merits_count(lang, desk.merits.len())}</span>
        </div>
        {list}
        {record}
    }
    .into_any()
}

fn row(lang: Lang, desk: &MonthDesk, merit: &MeritRow, acts: Acts<MonthCommand>) -> AnyView {
    let is_open = desk.stage != MonthStage::Closed;
    let (tone, words) = match merit.state {
        MeritState::Recorded => (Some("wait"), text::month_state_recorded(lang)),
        MeritState::Confirmed => (Some("ok"), text::month_state_confirmed(lang)),
        MeritState::Void => (None, text::month_state_void(lang)),
    };
    let state = (merit.state == MeritState::Void).then_some("struck");
    let line = [
        merit.dimension.clone(),
        merit.item.clone(),
        merit.reason.clone(),
        document_words(lang, &merit.document_no),
        format::day(lang, &merit.day),
        merit.holder.clone(),
    ];
    let line: Vec<_> = line.into_iter().filter(|part| !part.is_empty()).collect();
    let buttons =
        (is_open && merit.state != MeritState::Void).then(|| decide(lang, desk, merit, acts));
    let spot = (!merit.spot.is_empty()).then(|| {
        let line = text::month_spot_line(lang, merit.spot.clone(), spot_word(lang, merit));
        view! { <p class="row-text">{line}</p> }
    });
    let is_proposed = merit.state == MeritState::Recorded && !merit.proposed_spot.is_empty();
    let proposed = (is_proposed && desk.has_spots).then(|| {
        let place = merit.proposed_spot.clone();
        let line = text::month_spot_proposed(lang, place, spot_word(lang, merit));
        view! { <p class="row-text">{line}</p> }
    });
    let mark = merit.mark.map(|mark| {
        let words = match mark {
            MeritMark::Late => text::month_mark_late(lang),
            MeritMark::Card => text::month_mark_card(lang),
        };
        view! { <p class="row-text"><Icon name="warn" /> {words}</p> }
    });
    let cut = merit.cut.as_ref().map(|cut| cut_words(lang, cut));
    let cut = cut.map(|words| view! { <p class="row-text">{words}</p> });
    let unlisted = (merit.is_unlisted && merit.state != MeritState::Void).then(|| {
        view! { <p class="row-text"><Icon name="warn" /> {text::month_unlisted(lang)}</p> }
    });
    view! {
        <li class="row" data-state=state>
            <span class="row-no num">{signed(&merit.points)}</span>
            <div class="row-main">
                <p class="row-name">{merit.unit_name.clone()}</p>
                <p class="row-text">{line.join(text::home_comma(lang))}</p>
                {cut}
                {spot}
                {proposed}
                {mark}
                {unlisted}
                {photo(lang, OpId(merit.id.0), merit.photo)}
            </div>
            <div class="row-end"><span class="tag" data-tone=tone>{words}</span></div>
            {appeal(lang, merit, acts, is_open)}
            {replies(lang, merit)}
            {buttons}
        </li>
    }
    .into_any()
}

/// A unit's appeal: its words, and the decision or the way to one.
fn appeal(lang: Lang, merit: &MeritRow, acts: Acts<MonthCommand>, is_open: bool) -> AnyView {
    let Some(appeal) = &merit.appeal else {
        return ().into_any();
    };
    let (tone, words) = appeal_words(lang, appeal.state);
    let late = appeal.is_late.then(|| text::month_appeal_late(lang));
    let is_to_decide = is_open && appeal.state == AppealState::Open;
    let acts = match (is_to_decide, merit.is_own_decision) {
        (false, _) => ().into_any(),
        (true, true) => view! { <p class="sub">{text::month_appeal_other(lang)}</p> }.into_any(),
        (true, false) => {
            let ask = |is_upheld| ask_button(acts, decision(lang, merit.id, is_upheld));
            view! { <div class="cluster">{ask(true)} {ask(false)}</div> }.into_any()
        }
    };
    view! {
        <div class="row-more">
            <p class="row-text">
                <span class="tag" data-tone=tone>{words}</span>
                " "
                {appeal.reason.clone()}
                " "
                {late}
            </p>
            <p class="row-text">{appeal.decided.clone()}</p>
            {acts}
        </div>
    }
    .into_any()
}

/// What the unit answered, each with the time at which it came.
fn replies(lang: Lang, merit: &MeritRow) -> AnyView {
    if merit.replies.is_empty() {
        return ().into_any();
    }
    let row = |reply: &MeritReply| {
        let came = format::moment(lang, reply.at);
        view! { <p class="row-text">{text::month_reply(lang, came, reply.words.clone())}</p> }
    };
    let rows: Vec<_> = merit.replies.iter().map(row).collect();
    view! { <div class="row-more">{rows}</div> }.into_any()
}

fn decision(lang: Lang, merit: MeritId, is_upheld: bool) -> Ask<MonthCommand> {
    let (act, body) = match is_upheld {
        true => (text::month_uphold(lang), text::month_uphold_body(lang)),
        false => (text::month_reject(lang), text::month_reject_body(lang)),
    };
    Ask {
        title: act.to_owned(),
        body: body.to_owned(),
        fields: vec![AskField::reason(true)],
        act,
        stops: is_upheld,
        command: Arc::new(move |values| MonthCommand::DecideAppeal {
            merit,
            is_upheld,
            reason: values.first().cloned().unwrap_or_default(),
        }),
    }
}

fn decide(lang: Lang, desk: &MonthDesk, merit: &MeritRow, acts: Acts<MonthCommand>) -> AnyView {
    let id = merit.id;
    // What two people decided is not undone by the one who began it.
    let is_appealed = (merit.appeal.as_ref()).is_some_and(|one| one.state == AppealState::Open);
    let may_strike = !is_appealed && (merit.state == MeritState::Recorded || !merit.is_own);
    let strike = may_strike.then(|| ask_button(acts, strike(lang, id)));
    let confirm = match (merit.state, merit.is_own) {
        (MeritState::Recorded, false) => view! {
            <button
                class="btn"
                type="button"
                data-size="small"
                on:click=move |_| acts.run(MonthCommand::Confirm { merit: id })
            >
                {text::month_confirm(lang)}
            </button>
            {desk.has_spots.then(|| ask_button(acts, spot(lang, merit)))}
        }
        .into_any(),
        (MeritState::Recorded, true) => {
            view! { <p class="sub">{text::month_own(lang)}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    view! { <div class="row-more cluster">{confirm} {strike}</div> }.into_any()
}

fn spot_word(lang: Lang, merit: &MeritRow) -> &'static str {
    match merit.points.starts_with('-') {
        true => text::standings_black_spot(lang),
        false => text::standings_red_spot(lang),
    }
}

/// Confirms a record that stands out, with its place (P7).
fn spot(lang: Lang, row: &MeritRow) -> Ask<MonthCommand> {
    let merit = row.id;
    Ask {
        title: text::month_spot_title(lang, spot_word(lang, row)),
        body: text::month_spot_body(lang).to_owned(),
        fields: vec![AskField {
            hint: text::month_spot_hint(lang),
            value: row.proposed_spot.clone(),
            ..AskField::line(text::month_spot_place(lang))
        }],
        act: text::month_spot(lang),
        stops: false,
        command: Arc::new(move |values| MonthCommand::ConfirmSpot {
            merit,
            place: values.first().cloned().unwrap_or_default(),
        }),
    }
}

fn strike(lang: Lang, merit: MeritId) -> Ask<MonthCommand> {
    Ask {
        title: text::month_strike_title(lang).to_owned(),
        body: String::new(),
        fields: vec![AskField::reason(true)],
        act: text::month_strike(lang),
        stops: true,
        command: Arc::new(move |values| MonthCommand::Strike {
            merit,
            reason: values.first().cloned().unwrap_or_default(),
        }),
    }
}
