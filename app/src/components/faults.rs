//! What is wrong with an input, as a sentence: the codes of imports, of forms, and of acts that
//! the present state does not allow. What has no sentence here, such as a slip in the syntax of a
//! charter, is shown as the server wrote it.

use crate::backend::Capability;
use crate::components::charter_faults::charter_fault;
use crate::components::words;
use crate::text::{self, Lang};

/// A code as a sentence.
#[must_use]
pub fn fault(lang: Lang, code: &str) -> String {
    charter_fault(lang, code).unwrap_or_else(|| known(lang, code))
}

fn known(lang: Lang, code: &str) -> String {
    let (kind, rest) = code.split_once(':').unwrap_or((code, ""));
    let sentence = match kind {
        "outstanding" => return text::fault_outstanding(lang, rest),
        "lacks_organise" | "lacks_confirm" | "lacks_publish" | "lacks_talks" => {
            return lacks(lang, kind, rest);
        }
        "missing" if !rest.is_empty() => return text::fault_missing(lang, rest),
        "rules" => rules(lang, rest).unwrap_or(code),
        "rules_text" => return rules_text(lang, rest),
        "objected" => return text::fault_objected(lang, rest),
        "empty" => text::fault_empty(lang),
        "too_long" => text::fault_too_long(lang),
        "too_large" | "too_large_inside" => text::fault_too_large(lang),
        "too_many"
        | "too_many_entries"
        | "too_many_rows"
        | "too_many_deductions"
        | "too_many_ops" => text::fault_too_many(lang),
        "zero" => text::fault_zero(lang),
        "not_a_day" => text::fault_not_a_day(lang),
        "zero_byte" | "control_character" => text::fault_control(lang),
        "unreadable" | "unreadable_encoding" => text::fault_unreadable(lang),
        "unknown_kind" => text::fault_unknown_kind(lang),
        "no_entries" => text::fault_no_entries(lang),
        "not_utf8" => text::fault_not_utf8(lang),
        "not_hand_over" => text::fault_not_hand_over(lang),
        "multiplier_not_allowed" => text::fault_multiplier_not_allowed(lang),
        "not_a_multiplier" => text::fault_not_a_multiplier(lang),
        _ => {
            return rule(lang, kind)
                .or_else(|| month(lang, kind))
                .or_else(|| import(lang, kind))
                .unwrap_or(code)
                .to_owned();
        }
    };
    sentence.to_owned()
}

/// What is wrong with a value of a season's rules.
fn rules(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "empty" => text::fault_rules_empty(lang),
        "too_long" => text::fault_too_long(lang),
        "too_large" | "out_of_range" => text::fault_rules_range(lang),
        "too_many" => text::fault_too_many(lang),
        "negative" => text::charter_negative(lang),
        "twice" => text::fault_rules_twice(lang),
        "not_plain" => text::fault_rules_not_plain(lang),
        "below_points" => text::fault_rules_below_points(lang),
        "no_items" => text::fault_rules_no_items(lang),
        "wider_than_board" => text::fault_rules_wider(lang),
        "no_assessment" => text::fault_rules_no_assessment(lang),
        "no_red_slip" => text::fault_rules_no_red_slip(lang),
        "not_a_hundred" => text::fault_rules_not_a_hundred(lang),
        _ => return None,
    })
}

/// Where a text stops being rules: line, column, and the reader's own words, which name the key.
fn rules_text(lang: Lang, rest: &str) -> String {
    let mut parts = rest.splitn(3, ':');
    let mut next = || parts.next().unwrap_or_default();
    let (line, column, words) = (next(), next(), next());
    text::fault_rules_text(lang, column, line, words)
}

/// A capability that the account has not, and the accounts that have it.
fn lacks(lang: Lang, kind: &str, who: &str) -> String {
    let capability = kind.strip_prefix("lacks_").and_then(Capability::from_word);
    let may = capability.map(|capability| words::capability(lang, capability));
    let may = may.unwrap_or_default();
    match who {
        "" => text::fault_lacks_nobody(lang, may),
        who => text::fault_lacks(lang, may, who),
    }
}

/// What stands in the way of an act on a month.
fn month(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "same_account" => text::fault_same_account(lang),
        "slip_decided" => text::fault_slip_decided(lang),
        "slip_corrected" => text::fault_slip_corrected(lang),
        "slip_state" => text::fault_slip_state(lang),
        "day_past" => text::fault_day_past(lang),
        "day_far" => text::fault_day_far(lang),
        "entry_day" => text::fault_entry_day(lang),
        "day_of_reply" => text::fault_day_of_reply(lang),
        "month_closed" => text::fault_month_closed(lang),
        "not_in_season" => text::fault_not_in_season(lang),
        "not_a_number" => text::fault_not_a_number(lang),
        "month_not_closed" => text::fault_month_not_closed(lang),
        "month_changed" => text::fault_month_changed(lang),
        "season_followed" => text::fault_season_followed(lang),
        "season_months" => text::fault_season_months(lang),
        "past_changed" => text::fault_past_changed(lang),
        "merit_twice" => text::fault_merit_twice(lang),
        "appeal_decided" => text::fault_appeal_decided(lang),
        "merit_appealed" => text::fault_merit_appealed(lang),
        "figure_changed" => text::fault_figure_changed(lang),
        "kept_decided" | "merit_decided" => text::fault_merit_decided(lang),
        "no_units" => text::fault_no_units(lang),
        "numbers_too_large" => text::fault_numbers_too_large(lang),
        "items_only" => text::fault_items_only(lang),
        "items_changed" => text::fault_items_changed(lang),
        "other_month" => text::fault_other_month(lang),
        "out_of_range" => text::fault_points_range(lang),
        "taken" => text::fault_taken(lang),
        _ => return year(lang, code),
    })
}

/// What is wrong with what was entered for the score of a year.
fn year(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "line_twice" => text::fault_line_twice(lang),
        "score_stands" => text::fault_score_stands(lang),
        "not_of_a_hundred" => text::fault_not_of_a_hundred(lang),
        "result_changed" => text::fault_result_changed(lang),
        "rules_changed" => text::fault_rules_changed(lang),
        "two_of_name" => text::fault_two_of_name(lang),
        _ => return leaders(lang, code),
    })
}

/// What is wrong with what was said of a leader.
fn leaders(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "no_leaders" => text::fault_no_leaders(lang),
        "unit_bound" => text::fault_unit_bound(lang),
        "until_before" => text::fault_until_before(lang),
        "day_ahead" => text::fault_day_ahead(lang),
        "not_bound" => text::fault_not_bound(lang),
        "visit_twice" => text::fault_visit_twice(lang),
        "unknown_login" => text::fault_unknown_login(lang),
        _ => return works(lang, code),
    })
}

/// What stands in the way of an act on an item of a worklist, or is wrong on a pledge.
fn works(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "not_planned" => text::fault_not_planned(lang),
        "plan_incomplete" => text::fault_plan_incomplete(lang),
        "work_state" => text::fault_work_state(lang),
        "work_changed" => text::fault_work_changed(lang),
        "work_number" => text::fault_work_number(lang),
        "pledge_line" => text::fault_pledge_line(lang),
        "pledge_indicator" => text::fault_pledge_indicator(lang),
        "pledge_month" => text::fault_pledge_month(lang),
        "pledge_share" => text::fault_pledge_share(lang),
        "pledge_twice" => text::fault_pledge_twice(lang),
        "no_scan" => text::fault_no_scan(lang),
        _ => return None,
    })
}

/// A rule of the contest's state that stands in the way.
fn rule(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "gate_open" => text::fault_gate_open(lang),
        "gate_state" | "contest_state" => text::fault_gate_state(lang),
        "gate_was_opened" => text::fault_gate_was_opened(lang),
        "gates_not_closed" | "contest_not_closed" => text::fault_gates_not_closed(lang),
        "contest_started" => text::fault_contest_started(lang),
        "posted" => text::fault_posted(lang),
        "withdrawn" | "entry_withdrawn" => text::fault_withdrawn(lang),
        "attempt_archived" => text::fault_attempt_archived(lang),
        "seat_paired" => text::fault_seat_paired(lang),
        "seat_has_sheets" => text::fault_seat_has_sheets(lang),
        "recused" => text::fault_recused(lang),
        "absent" => text::fault_absent(lang),
        "not_recused" | "not_absent" | "nothing_changed" | "nothing_to_decide" => {
            text::fault_nothing(lang)
        }
        "no_card" => text::fault_no_card(lang),
        "no_such_place" => text::fault_no_such_place(lang),
        "exists" => text::fault_exists(lang),
        "sheet_counts" => text::fault_sheet_counts(lang),
        "roster_changed" => text::fault_roster_changed(lang),
        _ => return None,
    })
}

/// What a row of a roster file can have wrong.
fn import(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "unknown_level" => text::fault_unknown_level(lang),
        "duplicate_code" => text::fault_duplicate_code(lang),
        "duplicate_name" => text::fault_duplicate_name(lang),
        "duplicate_seat" => text::fault_duplicate_seat(lang),
        "parent_missing" => text::fault_parent_missing(lang),
        "unknown_parent" => text::fault_unknown_parent(lang),
        "parent_level" => text::fault_parent_level(lang),
        "unit_twice" => text::fault_unit_twice(lang),
        "unknown_unit" => text::fault_unknown_unit(lang),
        "unknown_class" => text::fault_unknown_class(lang),
        "unknown_contest" => text::fault_unknown_contest(lang),
        "unknown_person" => text::fault_unknown_person(lang),
        "ambiguous_name" => text::fault_ambiguous_name(lang),
        "ambiguous_contest" => text::fault_ambiguous_contest(lang),
        "not_a_workbook" => text::fault_not_a_workbook(lang),
        "cell_error" => text::fault_cell_error(lang),
        "bad_seat_number" => text::fault_bad_seat_number(lang),
        "renamed" => text::fault_renamed(lang),
        "table_twice" => text::fault_table_twice(lang),
        "no_table" | "not_a_table" | "unknown_table" => text::fault_no_table(lang),
        "column_twice" => text::fault_column_twice(lang),
        "unknown_column" => text::fault_unknown_column(lang),
        "missing_column" => text::fault_missing_column(lang),
        "example" => text::fault_example(lang),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_becomes_a_sentence_and_anything_else_is_shown_as_it_is() {
        assert_eq!(
            fault(Lang::En, "outstanding:2"),
            "Sheets outstanding: 2. Say why."
        );
        assert_eq!(
            fault(Lang::Zh, "rules_text:3:7:unknown field `a:b`"),
            "第 3 行第 7 个字附近读不懂：unknown field `a:b`"
        );
        assert_eq!(fault(Lang::Zh, "rules:twice"), "和前面的重复了。");
        assert_eq!(fault(Lang::En, "expected a table"), "expected a table");
        assert_eq!(
            fault(Lang::Zh, "entry_day"),
            "写 1 到 28 中的一天，每个月都有的。"
        );
        assert_eq!(
            fault(Lang::Zh, "day_far"),
            "日期太远，最多到两年多以后（800 天）。"
        );
    }
}
