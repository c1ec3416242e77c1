//! The two acts on a proposal: issue it, or leave it with a reason.

use super::place;
use crate::backend::{Capability, SlipCommand, SlipRow, SlipsPage};
use crate::format;
use crate::pages::admin::acts::{Acts, Ask, AskField, ask_button};
use crate::text::{self, Lang};
use domain::month::slip::SlipState;
use leptos::prelude::*;
use std::sync::Arc;

pub fn acts(lang: Lang, row: &SlipRow, page: &SlipsPage, acts: Acts<SlipCommand>) -> AnyView {
    if row.is_corrected {
        return ().into_any();
    }
    if !page.may.contains(&Capability::Confirm) {
        let words = text::slip_needs_confirm(lang);
        return view! { <p class="row-more sub">{words}</p> }.into_any();
    }
    let aside = (row.state == SlipState::Proposed).then(|| ask_button(acts, aside(lang, row)));
    view! { <div class="row-more cluster">{ask_button(acts, issue(lang, row))} {aside}</div> }
        .into_any()
}

fn issue(lang: Lang, row: &SlipRow) -> Ask<SlipCommand> {
    let (rule, unit) = (row.matter.rule.clone(), row.unit_name.clone());
    let field = |label, hint| AskField {
        hint,
        ..AskField::line(label)
    };
    let mut fields = vec![
        AskField {
            value: reason(lang, row),
            ..AskField::line(text::slip_reason(lang))
        },
        field(text::slip_demand(lang), text::slip_demand_hint(lang)),
        field(text::slip_last_day(lang), text::slip_last_day_hint(lang)),
    ];
    let body = match row.is_late {
        true => {
            fields.push(AskField::line(text::slip_why_late(lang)));
            text::slip_issue_body_late(lang)
        }
        false => text::slip_issue_body(lang),
    };
    let matter = row.matter.clone();
    Ask {
        title: text::slip_issue_title(lang, rule, unit),
        body: body.to_owned(),
        fields,
        act: text::slip_issue(lang),
        stops: false,
        command: Arc::new(move |values| {
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            SlipCommand::Issue {
                matter: matter.clone(),
                reason: value(0),
                demand: value(1),
                due: value(2),
                late: value(3),
            }
        }),
    }
}

/// The facts of the proposal as a sentence, for the person who issues it to change.
#[must_use]
pub fn reason(lang: Lang, row: &SlipRow) -> String {
    let (month, group) = (format::month(lang, row.matter.period), row.group.clone());
    let facts = match (row.behind, row.rank) {
        (0, _) => text::slip_reason_item(lang, place(lang, row)),
        (behind, Some(rank)) => {
            text::slip_reason_behind(lang, group, month, behind, row.of_units, rank)
        }
        (behind, None) => text::slip_reason_plain(lang, group, month, behind),
    };
    match row.indicator.is_empty() {
        true => facts,
        false => format!("{facts}{}", text::slip_about(lang, row.indicator.clone())),
    }
}

fn aside(lang: Lang, row: &SlipRow) -> Ask<SlipCommand> {
    let matter = row.matter.clone();
    let (rule, unit) = (row.matter.rule.clone(), row.unit_name.clone());
    Ask {
        title: text::slip_aside_title(lang, rule, unit),
        body: String::new(),
        fields: vec![AskField::reason(true)],
        act: text::slip_aside(lang),
        stops: true,
        command: Arc::new(move |values| SlipCommand::SetAside {
            matter: matter.clone(),
            reason: values.first().cloned().unwrap_or_default(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Matter;
    use domain::ids::{SeasonId, UnitId};
    use domain::month::charter::Document;
    use uuid::Uuid;

    fn row(behind: u32, rank: Option<u32>) -> SlipRow {
        SlipRow {
            matter: Matter {
                season: SeasonId(Uuid::nil()),
                period: "2026-07".parse().expect("a month"),
                unit: UnitId(Uuid::nil()),
                rule: "红色督办单".to_owned(),
            },
            slip: None,
            number: None,
            state: SlipState::Proposed,
            document: Document::Slip,
            colour: None,
            unit_name: "青禾镇".to_owned(),
            group: "乡镇组".to_owned(),
            behind,
            rank,
            of_units: 4,
            indicator: "断头路（逾期）".to_owned(),
            reason: String::new(),
            due: String::new(),
            edition: 1,
            is_late: false,
            is_corrected: false,
        }
    }

    /// P9: an item may be past due of a unit that is the first of its group.
    #[test]
    fn a_reason_speaks_of_months_behind_where_there_are_any() {
        let of = |behind, rank| reason(Lang::Zh, &row(behind, rank));
        let stood = "2026年7月乡镇组第 1 名，共 4 个单位。事项：断头路（逾期）";
        assert_eq!(of(0, Some(1)), stood);
        assert_eq!(of(0, None), "2026年7月乡镇组。事项：断头路（逾期）");
        let behind =
            "2026年7月乡镇组第 4 名，共 4 个单位，连续 2 个公布月份落后。事项：断头路（逾期）";
        assert_eq!(of(2, Some(4)), behind);
        let english = reason(Lang::En, &row(0, Some(1)));
        assert!(english.contains("place 1 of 4. About:"), "{english}");
    }
}
