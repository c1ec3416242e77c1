//! Plus or minus, and how much: the usual amounts by one tap, any other by typing.

use super::form::{fault, part};
use super::work::Work;
use crate::mounted::{IntoMounted, Mounted, act, live};
use crate::pages::units::plain;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::protocol::{FieldRecord, RecordFault};

/// Points that one tap enters.
const AMOUNTS: [&str; 5] = ["0.5", "1", "2", "3", "5"];

pub fn points(work: Work, lang: Lang) -> Mounted {
    let minus = part(work, |record| record.points.starts_with('-'));
    let amount = part(work, |record| amount(record).to_owned());
    let side = move |is_minus: bool, words: &'static str| {
        let set = move |_| {
            work.change_record(|record| record.points = points_text(is_minus, amount_of(record)));
        };
        let checked = live(move || {
            if minus.get() == is_minus {
                "true"
            } else {
                "false"
            }
        });
        view! {
            <button type="button" role="radio" aria-checked=checked on:click=act(set)>
                {words}
            </button>
        }
        .mounted()
    };
    let quick = AMOUNTS.map(|value| {
        let set = move |_| {
            work.change_record(|record| {
                record.points = points_text(record.points.starts_with('-'), value.to_owned());
            });
        };
        let pressed = live(move || {
            if amount.get() == value {
                "true"
            } else {
                "false"
            }
        });
        view! {
            <button type="button" aria-pressed=pressed on:click=act(set)>{value}</button>
        }
        .mounted()
    });
    let typed = move |event| {
        let text = plain(&event_target_value(&event));
        work.change_record(|record| {
            record.points = points_text(record.points.starts_with('-'), text);
        });
    };
    view! {
        <div class="field" data-span="all">
            <p class="lab">{text::field_points(lang)}</p>
            <div class="seg" role="radiogroup" aria-label=text::field_points(lang)>
                {side(false, text::field_plus(lang))} {side(true, text::field_minus(lang))}
            </div>
            <div class="seg block-gap">{quick.into_iter().collect_view()}</div>
            <input
                class="input block-gap"
                inputmode="decimal"
                autocomplete="off"
                maxlength="6"
                aria-label=text::field_points_other(lang)
                placeholder=text::field_points_other(lang)
                prop:value=live(move || amount.get())
                on:input=act(typed)
            />
            {fault(work, RecordFault::Points, text::field_points_fault(lang))}
        </div>
    }
    .mounted()
}

/// The points without their sign.
fn amount(record: &FieldRecord) -> &str {
    record.points.trim_start_matches('-')
}

fn amount_of(record: &FieldRecord) -> String {
    amount(record).to_owned()
}

fn points_text(is_minus: bool, amount: String) -> String {
    let amount = amount.trim_start_matches(['-', '+', '−']);
    if is_minus {
        format!("-{amount}")
    } else {
        amount.to_owned()
    }
}
