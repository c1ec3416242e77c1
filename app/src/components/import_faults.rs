//! What is wrong with a row of an import, as a sentence. What only a month's tables can have wrong
//! stands here and not among the other faults, so that no phone in a hall carries its sentences.

use crate::components::faults::fault;
use crate::format;
use crate::text::{self, Lang};

/// A code of an import's report as a sentence.
#[must_use]
pub fn import_fault(lang: Lang, code: &str) -> String {
    match code.split_once(':') {
        Some(("with_measure", "")) => text::fault_with_measure_none(lang).to_owned(),
        Some(("with_measure", measure)) => text::fault_with_measure(lang, measure),
        Some(("target_holds", since)) => target_holds(lang, since),
        _ => import_of_month(lang, code).map_or_else(|| fault(lang, code), str::to_owned),
    }
}

/// A month took back a target that it does not have of its own.
fn target_holds(lang: Lang, since: &str) -> String {
    let month = since
        .parse()
        .map(|since| format::month_of_year(lang, since));
    text::fault_target_holds(lang, month.unwrap_or(since))
}

/// What a row of pairs, indicators or figures can have wrong.
fn import_of_month(lang: Lang, code: &str) -> Option<&'static str> {
    Some(match code {
        "pair_with_itself" => text::fault_pair_with_itself(lang),
        "pair_twice" => text::fault_pair_twice(lang),
        "not_in_one_group" => text::fault_not_in_one_group(lang),
        "too_many_decimals" => text::fault_too_many_decimals(lang),
        "number_too_large" => text::fault_number_too_large(lang),
        "not_a_share" => text::fault_not_a_share(lang),
        "negative" => text::fault_negative(lang),
        "not_a_month" => text::fault_not_a_month(lang),
        "not_yes_or_no" => text::fault_not_yes_or_no(lang),
        "unknown_better" => text::fault_unknown_better(lang),
        "unknown_rule" => text::fault_unknown_rule(lang),
        "unknown_cadence" => text::fault_unknown_cadence(lang),
        "only_for_mixed" => text::fault_only_for_mixed(lang),
        "unknown_indicator" => text::fault_unknown_indicator(lang),
        "ambiguous_indicator" => text::fault_ambiguous_indicator(lang),
        "unexpected_percent" => text::fault_unexpected_percent(lang),
        "figure_twice" => text::fault_figure_twice(lang),
        "far_from_history" => text::fault_far_from_history(lang),
        "outside_season" => text::fault_outside_season(lang),
        "percent_or_share" => text::fault_percent_or_share(lang),
        "unknown_against" => text::fault_unknown_against(lang),
        "moves_group" => text::fault_moves_group(lang),
        "leaves_group" => text::fault_leaves_group(lang),
        "not_in_group" => text::fault_not_in_group(lang),
        "pair_left_behind" => text::fault_pair_left_behind(lang),
        "pair_removed" => text::fault_pair_removed(lang),
        "no_such_pair" => text::fault_no_such_pair(lang),
        "work_twice" => text::fault_work_twice(lang),
        "work_other" => text::fault_work_other(lang),
        "work_decided" => text::fault_work_decided(lang),
        "work_planned_anew" => text::fault_work_planned_anew(lang),
        "unknown_work_kind" => text::fault_unknown_work_kind(lang),
        "member_twice" => text::fault_member_twice(lang),
        "no_such_member" => text::fault_no_such_member(lang),
        "team_too_large" => text::fault_team_too_large(lang),
        "new_season" => text::fault_new_season(lang),
        "unknown_group" => text::fault_unknown_group(lang),
        "other_groups" => text::fault_other_groups(lang),
        "matched" => text::fault_matched(lang),
        "not_asked" => text::fault_not_asked(lang),
        "indicator_left_behind" => text::fault_indicator_left_behind(lang),
        "no_checkpoint" => text::fault_no_checkpoint(lang),
        "month_posted" => text::fault_month_posted(lang),
        _ => return None,
    })
}
