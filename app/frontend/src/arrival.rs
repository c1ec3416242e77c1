//! A page that the server rendered is read at once. The app is built beside it, from the answer
//! that came in its HTML, and takes its place in one step when it is whole.

use crate::browser;
use app::components::frame::OldCopy;
use app::components::wire::CarriedPort;
use domain::ids::Millis;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventInit, HtmlElement, MutationObserver, MutationObserverInit};

/// What Leptos calls the answers that it writes into the HTML.
const ANSWERS: &str = "__RESOLVED_RESOURCES";
/// What the watermark of a demo says: it belongs to the document and not to a page.
const STAYS: &str = ".watermark";
/// What a person may have filled in while the app was on its way.
const FIELDS: &str = "input, select, textarea";

/// Hands out the answer that the page was rendered from, once.
pub fn carried() -> CarriedPort {
    CarriedPort(Callback::new(|()| {
        let answers = browser::field(&window(), ANSWERS)?.dyn_into::<js_sys::Array>();
        let answers = answers.ok()?;
        let answer = answers.iter().find_map(|answer| answer.as_string());
        answers.set_length(0);
        answer
    }))
}

/// Set where the worker answered with a copy that it kept.
pub fn old_copy() -> Option<OldCopy> {
    let at = browser::root_attribute("data-kept")?.parse().ok()?;
    Some(OldCopy {
        at: Millis(at),
        again: Callback::new(|()| {
            let _ = window().location().reload();
        }),
    })
}

/// Builds the app and shows it when its page, which may come in a module of its own, is there.
pub fn take_place<V: IntoView + 'static>(
    app: impl FnOnce() -> V + 'static,
    done: impl FnOnce() + 'static,
) {
    let built = document().create_element("div").expect("an element");
    let built: HtmlElement = built.unchecked_into();
    leptos::mount::mount_to(built.clone(), app).forget();
    let mut done = Some(done);
    let mut show = move |built: &Element| {
        if has_page(built)
            && let Some(done) = done.take()
        {
            replace(built);
            done();
        }
    };
    show(&built);
    let target = built.clone();
    let look = Closure::<dyn FnMut(JsValue, MutationObserver)>::new(
        move |_, observer: MutationObserver| {
            show(&built);
            if !built.has_child_nodes() {
                observer.disconnect();
            }
        },
    );
    if let Ok(observer) = MutationObserver::new(look.into_js_value().unchecked_ref()) {
        let watched = MutationObserverInit::new();
        watched.set_child_list(true);
        watched.set_subtree(true);
        let _ = observer.observe_with_options(&target, &watched);
    }
}

fn has_page(built: &Element) -> bool {
    matches!(built.query_selector("main"), Ok(Some(_)))
}

fn replace(built: &Element) {
    let body = document().body().expect("a page has a body");
    let focused = carry_over(&body, built);
    let old = body.children();
    let old: Vec<Element> = (0..old.length()).filter_map(|at| old.item(at)).collect();
    for element in old
        .iter()
        .filter(|old| !matches!(old.matches(STAYS), Ok(true)))
    {
        element.remove();
    }
    let first = body.first_child();
    while let Some(node) = built.first_child() {
        let _ = body.insert_before(&node, first.as_ref());
    }
    if let Some(field) = focused {
        let _ = field.focus();
    }
}

/// What was filled in goes over field by field: both pages were made from the same answer by the
/// same code. Gives the field that the cursor stands in, if any does.
fn carry_over(old: &Element, new: &Element) -> Option<HtmlElement> {
    let focused = document().active_element();
    let mut cursor = None;
    for (old, new) in fields(old).into_iter().zip(fields(new)) {
        // The value of a file field cannot be set; its files can.
        let filled = ["value", "checked", "files"].map(|name| {
            let typed = browser::field(&old, name);
            let differs = typed != browser::field(&new, name);
            typed.is_some_and(|typed| {
                differs && js_sys::Reflect::set(&new, &name.into(), &typed).is_ok()
            })
        });
        if filled.contains(&true) {
            tell(&new, "input");
            tell(&new, "change");
        }
        if focused.as_ref() == Some(&old) {
            cursor = Some(new.unchecked_into());
        }
    }
    cursor
}

fn fields(page: &Element) -> Vec<Element> {
    let Ok(found) = page.query_selector_all(FIELDS) else {
        return Vec::new();
    };
    let fields = (0..found.length()).filter_map(|at| found.item(at));
    fields.map(JsCast::unchecked_into).collect()
}

fn tell(field: &Element, event: &str) {
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(event, &bubbles) {
        let _ = field.dispatch_event(&event);
    }
}
