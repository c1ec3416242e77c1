//! 查单位: every unit, found by its name or by the first letters of its syllables. Without script
//! the form asks for the same page with `?q=`; with the app the list follows the typing.

use crate::api::month::load_units;
use crate::backend::UnitCard;
use crate::components::bar::Back;
use crate::components::frame::{PublicPage, Tab};
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::state::Empty;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn Units() -> impl IntoView {
    let lang = lang();
    let back = Back {
        href: paths::BOARDS.to_owned(),
        label: text::standings_back(lang),
    };
    let asked = use_query_map().with_untracked(|query| query.get("q"));
    let wanted = RwSignal::new(asked.unwrap_or_default());
    view! {
        <PublicPage title=text::units_title(lang) back tab=Tab::Boards>
            {loaded(load_units(), move |units| list(lang, wanted, units))}
        </PublicPage>
    }
    .into_any()
}

fn list(lang: Lang, wanted: RwSignal<String>, units: Vec<UnitCard>) -> AnyView {
    if units.is_empty() {
        let body = text::units_empty_text(lang);
        return view! { <Empty icon="list" title=text::units_empty(lang) body /> }.into_any();
    }
    view! {
        {search(lang, wanted)}
        {move || wanted.with(|wanted| found(lang, wanted, &units))}
    }
    .into_any()
}

fn search(lang: Lang, wanted: RwSignal<String>) -> AnyView {
    let typed = move |event| wanted.set(event_target_value(&event));
    view! {
        <form class="form search" role="search" method="get" action=paths::UNITS>
            <label class="lab" for="q">{text::units_search(lang)}</label>
            <input
                class="input"
                id="q"
                name="q"
                type="search"
                autocomplete="off"
                aria-describedby="q-hint"
                prop:value=wanted.get_untracked()
                value=wanted.get_untracked()
                on:input=typed
            />
            <button class="btn" type="submit">{text::units_find(lang)}</button>
            <p class="field-hint" id="q-hint">{text::units_hint(lang)}</p>
        </form>
    }
    .into_any()
}

fn found(lang: Lang, wanted: &str, units: &[UnitCard]) -> AnyView {
    let wanted = plain(wanted);
    let found: Vec<_> = units
        .iter()
        .filter(|unit| is_found(unit, &wanted))
        .map(row)
        .collect();
    let (title, count) = if wanted.is_empty() {
        (
            text::units_all(lang),
            text::standings_count(lang, found.len()),
        )
    } else {
        (
            text::units_results(lang),
            text::units_found(lang, found.len()),
        )
    };
    if found.is_empty() {
        let body = text::units_none_text(lang);
        return view! { <Empty icon="list" title=text::units_none(lang) body /> }.into_any();
    }
    view! {
        <div class="head">
            <h2>{title}</h2>
            <span class="sub" role="status">{count}</span>
        </div>
        <section class="sheet"><ul class="ledger" role="list">{found}</ul></section>
    }
    .into_any()
}

/// Small letters without spaces: a keyboard for Chinese sets some between letters.
pub fn plain(text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

fn is_found(unit: &UnitCard, wanted: &str) -> bool {
    let names = [&unit.name, &unit.parent, &unit.group];
    is_named(&names, &unit.initials, wanted)
}

/// By a part of one of its names, or by how its first letters begin. `wanted` is [`plain`].
pub fn is_named(names: &[&String], initials: &str, wanted: &str) -> bool {
    names.iter().any(|name| plain(name).contains(wanted)) || plain(initials).starts_with(wanted)
}

fn row(unit: &UnitCard) -> AnyView {
    let line = [unit.parent.clone(), unit.group.clone()];
    let line: Vec<_> = line.into_iter().filter(|part| !part.is_empty()).collect();
    view! {
        <li>
            <a class="row" href=paths::unit(unit.id)>
                <span class="row-no"><Icon name="seat" /></span>
                <span class="row-main">
                    <span class="row-name">{unit.name.clone()}</span>
                    <span class="row-text">{line.join("·")}</span>
                </span>
                <span class="row-end"><Icon name="next" /></span>
            </a>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_found_by_name_and_by_first_letters() {
        let unit = UnitCard {
            id: "00000000-0000-7000-8000-000000000001"
                .parse()
                .expect("an id"),
            name: "青禾镇".to_owned(),
            parent: "云岭县".to_owned(),
            group: "乡镇组".to_owned(),
            initials: "qhz".to_owned(),
        };
        for wanted in ["", "青禾", "禾", "q", "QH", "q h z", "乡镇", "云岭"] {
            assert!(is_found(&unit, &plain(wanted)), "{wanted}");
        }
        for wanted in ["hz", "白鹭", "qhzx"] {
            assert!(!is_found(&unit, &plain(wanted)), "{wanted}");
        }
    }
}
