//! Figures that an import would change: each old value beside the new one, so that nothing which
//! somebody else entered is replaced unseen.

use crate::backend::{FigureChange, FigurePart};
use crate::format;
use crate::text::{self, Lang};
use leptos::prelude::*;

/// So many stand open; more are folded away behind their number.
const OPEN_MAX: usize = 20;

pub fn changes(lang: Lang, changes: &[FigureChange], is_done: bool) -> AnyView {
    if changes.is_empty() {
        return ().into_any();
    }
    let title = match is_done {
        true => text::import_changed_done(lang),
        false => text::import_changes(lang),
    };
    let count = changes.len();
    let rows: Vec<_> = changes.iter().map(|change| row(lang, change)).collect();
    view! {
        <div class="head">
            <h2>{title}</h2>
            <span class="sub">{text::import_count(lang, count)}</span>
        </div>
        <section class="sheet">
            <details class="fold pad-x" open=count <= OPEN_MAX>
                <summary>{text::import_changes_show(lang, count)}</summary>
                <ul class="ledger" data-kind="line" role="list">{rows}</ul>
            </details>
        </section>
    }
    .into_any()
}

fn row(lang: Lang, change: &FigureChange) -> AnyView {
    let part = match change.part {
        FigurePart::Value => text::import_part_value(lang),
        FigurePart::Target => text::import_part_target(lang),
        FigurePart::Raised => text::import_part_raised(lang),
        FigurePart::Checkpoint => text::import_part_checkpoint(lang),
    };
    let figure = |figure: &str| match figure {
        "" => text::import_not_reported(lang).to_owned(),
        figure => format::figure(figure),
    };
    let (before, after) = (figure(&change.before), figure(&change.after));
    let month = format::month(lang, change.period);
    let line = text::import_change_line(lang, after, before, month, part);
    view! {
        <li class="row">
            <span class="row-no"></span>
            <div class="row-main">
                <p class="row-name">
                    {text::import_change_of(lang, change.indicator.clone(), change.unit.clone())}
                </p>
                <p class="row-text">{line}</p>
            </div>
        </li>
    }
    .into_any()
}
