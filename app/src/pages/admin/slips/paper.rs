//! What stands on the paper of a slip or a talk, for the page that is printed and for the Word file
//! alike.

use super::number;
use crate::backend::{SlipPage, SlipStepRow};
use crate::format;
use crate::text::{self, Lang};
use crate::when;
use domain::month::charter::Document;
use domain::month::slip::SlipStep;

/// The parts of the document, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// 提醒单, 督办单, 约谈.
    pub title: String,
    /// 提醒单〔2026〕3号.
    pub number: String,
    /// The unit, with a colon.
    pub to: String,
    pub paragraphs: Vec<String>,
    /// The county and the contest, and the day.
    pub issuer: String,
    pub day: String,
    /// The heading of the replies, and the heads of their columns.
    pub reply: &'static str,
    pub columns: [&'static str; 3],
    /// Who replied, when, and what: none as long as the field is to be filled in by hand.
    pub replies: Vec<[String; 3]>,
    pub signs: [&'static str; 2],
}

#[must_use]
pub fn paper(lang: Lang, page: &SlipPage) -> Paper {
    let is_talk = page.row.document == Document::Talk;
    let day = format::day_with_year(lang, &page.row.due);
    let (due, reply, who) = if is_talk {
        (
            text::slip_paper_due_talk(lang, day),
            text::slip_paper_reply_talk(lang),
            text::slip_paper_who_talk(lang),
        )
    } else {
        (
            text::slip_paper_due(lang, day),
            text::slip_paper_reply(lang),
            text::slip_paper_who(lang),
        )
    };
    let mut paragraphs = vec![page.row.reason.clone()];
    if !page.late_reason.is_empty() {
        paragraphs.push(text::slip_paper_late(lang, page.late_reason.clone()));
    }
    paragraphs.push(text::slip_paper_demand(lang, page.demand.clone()));
    paragraphs.push(due);
    let (year, month, on) = when::date(page.issued_at);
    let issued = format!("{year:04}-{month:02}-{on:02}");
    let replies = page
        .steps
        .iter()
        .filter(|step| step.step == SlipStep::Reply);
    Paper {
        title: page.row.matter.rule.clone(),
        number: number(lang, &page.row),
        to: text::slip_to(lang, page.row.unit_name.clone()),
        paragraphs,
        issuer: text::slip_paper_issuer(lang, page.county.clone(), page.title.clone()),
        day: format::day_with_year(lang, &issued),
        reply,
        columns: [
            who,
            text::slip_paper_day(lang),
            text::slip_paper_words(lang),
        ],
        replies: replies.map(|step| line(lang, step)).collect(),
        signs: [text::slip_paper_sign(lang), text::slip_paper_receive(lang)],
    }
}

fn line(lang: Lang, step: &SlipStepRow) -> [String; 3] {
    let day = format::day_with_year(lang, &step.day);
    [step.who.clone(), day, step.words.clone()]
}
