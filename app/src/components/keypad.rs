//! The keypad: twelve keys in rows of four, 0 at the bottom right.

use crate::components::icon::Icon;
use crate::mounted::{IntoMounted, act};
use crate::pad::typing::Key;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;

#[component]
pub fn Keypad(press: Callback<Key>) -> impl IntoView {
    let lang = lang();
    let digit = move |digit: u8| {
        view! {
            <button type="button" class="key" on:click=act(move |_| press.run(Key::Digit(digit)))>
                {digit}
            </button>
        }
        .mounted()
    };
    view! {
        <div class="keys" role="group" aria-label=text::pad_keys(lang)>
            {[1, 2, 3].map(digit)}
            <button
                type="button"
                class="key"
                data-kind="aux"
                aria-label=text::pad_back_key(lang)
                on:click=act(move |_| press.run(Key::Back))
            >
                <Icon name="bksp" />
            </button>
            {[4, 5, 6].map(digit)}
            <button
                type="button"
                class="key"
                data-kind="aux"
                aria-label=text::pad_point_key(lang)
                on:click=act(move |_| press.run(Key::Point))
            >
                "."
            </button>
            {[7, 8, 9, 0].map(digit)}
        </div>
    }
    .mounted()
}
