//! What is known of one seat and its device, as small facts in words.

use crate::backend::{CardState, DeskPage, DeskSeat, DeskSheet, Pairing};
use crate::components::icon::Icon;
use crate::text::{self, Lang};
use crate::{format, when};
use leptos::prelude::*;

/// One fact: its look, its icon, its words.
struct Fact(&'static str, &'static str, String);

pub fn seat_facts(lang: Lang, page: &DeskPage, seat: &DeskSeat) -> AnyView {
    let mut facts = Vec::new();
    card_facts(lang, seat, &mut facts);
    if let Some(pairing) = &seat.pairing {
        pairing_facts(lang, page, pairing, &mut facts);
    }
    panel_facts(lang, page, seat, &mut facts);
    let facts: Vec<_> = facts
        .into_iter()
        .map(|Fact(state, icon, words)| {
            view! { <li data-state=state><Icon name=icon />{words}</li> }
        })
        .collect();
    view! { <ul class="facts" role="list">{facts}</ul> }.into_any()
}

fn card_facts(lang: Lang, seat: &DeskSeat, facts: &mut Vec<Fact>) {
    match seat.card {
        CardState::Locked => facts.push(Fact("no", "lock", text::seats_locked(lang).to_owned())),
        CardState::Withdrawn => {
            facts.push(Fact("no", "x", text::seats_withdrawn(lang).to_owned()));
        }
        CardState::None => facts.push(Fact("note", "slip", text::seats_no_card(lang).to_owned())),
        CardState::Issued if seat.pairing.is_none() => {
            facts.push(Fact(
                "note",
                "slip",
                text::seats_card_issued(lang).to_owned(),
            ));
        }
        CardState::Issued => {}
    }
}

fn pairing_facts(lang: Lang, page: &DeskPage, pairing: &Pairing, facts: &mut Vec<Fact>) {
    let since = format::moment(lang, pairing.paired_at);
    facts.push(Fact("yes", "phone", text::seats_paired_at(lang, since)));
    let seen = match (pairing.online, pairing.last_seen) {
        (true, _) => Fact("yes", "done", text::desk_seat_ready(lang).to_owned()),
        (false, Some(at)) => Fact("note", "off", text::desk_seen(lang, when::clock(at))),
        (false, None) => Fact("note", "off", text::desk_seat_offline(lang).to_owned()),
    };
    facts.push(seen);
    if pairing.pending > 0 {
        facts.push(Fact("no", "up", text::desk_pending(lang, pairing.pending)));
    }
    if let Some(at) = pairing.took_over_at {
        facts.push(Fact(
            "no",
            "fork",
            text::seats_took_over(lang, when::clock(at)),
        ));
    }
    facts.extend(preflight_facts(lang, page, pairing));
}

/// Why a pad would not work without network, or with which versions it would.
fn preflight_facts(lang: Lang, page: &DeskPage, pairing: &Pairing) -> Vec<Fact> {
    let Some(report) = &pairing.preflight else {
        return vec![Fact("no", "warn", text::seats_no_report(lang).to_owned())];
    };
    let mut facts = Vec::new();
    let mut fault = |is_wrong: bool, words: &'static str| {
        if is_wrong {
            facts.push(Fact("no", "warn", words.to_owned()));
        }
    };
    fault(!report.secure_context, text::seats_not_secure(lang));
    fault(
        report.secure_context && !report.controlled,
        text::seats_no_worker(lang),
    );
    let one_build = report.worker_build.as_deref() == Some(report.build.as_str());
    fault(
        report.controlled && !one_build,
        text::seats_two_builds(lang),
    );
    let is_current = report.charter_version == page.charter_version
        && report.roster_version == page.roster_version;
    fault(!is_current, text::seats_old_versions(lang));
    fault(!report.storage, text::seats_no_storage(lang));
    fault(!report.credential, text::seats_no_credential(lang));
    let build: String = report.build.chars().take(8).collect();
    let (charter, roster) = (report.charter_version, report.roster_version);
    facts.push(Fact(
        "note",
        "check",
        text::seats_build(lang, build, charter, roster),
    ));
    if !report.persisted {
        facts.push(Fact(
            "note",
            "note",
            text::seats_not_persisted(lang).to_owned(),
        ));
    }
    facts
}

fn panel_facts(lang: Lang, page: &DeskPage, seat: &DeskSeat, facts: &mut Vec<Fact>) {
    if let Some(absence) = &seat.absence {
        let words = text::seats_absent_because(lang, absence.reason.clone());
        facts.push(Fact("note", "x", words));
    }
    for row in &seat.entries {
        let name = page.entries.iter().find(|entry| entry.id == row.entry);
        let name = name.map(|entry| entry.name.clone()).unwrap_or_default();
        match row.sheet {
            DeskSheet::Recused => facts.push(Fact(
                "note",
                "shield",
                text::seats_recused_because(lang, name, row.reason.clone()),
            )),
            DeskSheet::Absent if seat.absence.is_none() => facts.push(Fact(
                "note",
                "x",
                text::seats_absent_for(lang, name, row.reason.clone()),
            )),
            _ => {}
        }
    }
}
