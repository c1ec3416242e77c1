//! The states of a page that has nothing to show: loading, empty, failed.

use crate::components::faults::fault;
use crate::components::icon::Icon;
use crate::error::{AppError, Code};
use crate::pages::missing::ResponseStatus;
use crate::paths;
use crate::prefs::lang;
use crate::text;
use leptos::prelude::*;
use leptos_router::components::Redirect;

/// How many rows a list that is being loaded pretends to have.
const SKELETON_ROWS: usize = 4;

/// Rows in the grid of a list. The style shows them after 300 ms, so a fast answer never flashes.
#[must_use]
pub fn skeleton() -> AnyView {
    let row = || {
        view! {
            <div class="row">
                <span class="row-no"></span>
                <div class="row-main"><div class="skel"></div><div class="skel"></div></div>
            </div>
        }
    };
    let rows: Vec<_> = std::iter::repeat_with(row).take(SKELETON_ROWS).collect();
    view! {
        <section class="sheet" aria-busy="true" aria-label=text::error_loading(lang())>
            <div class="ledger">{rows}</div>
        </section>
    }
    .into_any()
}

/// Nothing is here: one sentence, when something will be, one way on.
#[component]
pub fn Empty(
    icon: &'static str,
    title: &'static str,
    #[prop(into)] body: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="sheet empty" data-state="empty">
            <div class="ring" data-tone="off"><Icon name=icon /></div>
            <p><b>{title}</b></p>
            <p class="sub">{body}</p>
            {children.map(|children| children())}
        </section>
    }
    .into_any()
}

/// What a page shows instead of what it could not load. Whoever is not signed in is sent to the
/// sign-in page; what is not there answers 404.
#[must_use]
pub fn error_state(error: &AppError) -> AnyView {
    let lang = lang();
    set_status(error.code);
    match error.code {
        Code::SignIn => view! { <Redirect path=paths::SIGN_IN /> }.into_any(),
        // What every account may do once it chose its own password: the account's page says so.
        Code::Forbidden => view! { <Redirect path=paths::ACCOUNT /> }.into_any(),
        Code::Unreachable => view! {
            <section class="sheet empty" data-state="error">
                <div class="ring"><Icon name="off" /></div>
                <p><b>{text::error_offline_title(lang)}</b></p>
                <p class="sub">{text::error_offline_body(lang)}</p>
                <a class="btn" data-kind="main" href="" rel="external">{text::error_again(lang)}</a>
                <a
                    class="btn"
                    href=paths::SEATS
                    rel="external"
                >
                    {text::error_offline_seats(lang)}
                </a>
            </section>
        }
        .into_any(),
        _ => view! {
            <section class="sheet empty" data-state="error">
                <div class="ring"><Icon name="warn" /></div>
                <p><b>{text::error_title(lang)}</b></p>
                <p class="sub">{error.sentence(lang)}</p>
                <p class="note">{text::error_code(lang, error.code.name())}</p>
                <a class="btn" data-kind="main" href="" rel="external">{text::error_again(lang)}</a>
            </section>
        }
        .into_any(),
    }
}

/// A failed act, where it was tried: what is wrong, and where.
#[component]
pub fn Failure(#[prop(into)] error: Signal<Option<AppError>>) -> impl IntoView {
    move || error.get().map(|error| failure(&error))
}

fn failure(error: &AppError) -> AnyView {
    let lang = lang();
    let details: Vec<_> = error
        .details
        .iter()
        .map(|detail| {
            // A rule has no place, and a missing thing no message; both read well alone.
            let at = (!detail.at.is_empty()).then(|| view! { <b>{detail.at.clone()}</b>" " });
            view! { <li>{at}{fault(lang, &detail.message)}</li> }
        })
        .collect();
    view! {
        <div class="say" data-tone="alarm" role="alert">
            <Icon name="warn" />
            <span>
                {error.sentence(lang)} <ul role="list">{details}</ul>
                <span class="note">{text::error_code(lang, error.code.name())}</span>
            </span>
        </div>
    }
    .into_any()
}

fn set_status(code: Code) {
    let status = match code {
        Code::SignIn | Code::Forbidden => return,
        Code::NotFound => http::StatusCode::NOT_FOUND,
        Code::Unreachable => http::StatusCode::SERVICE_UNAVAILABLE,
        Code::Conflict => http::StatusCode::CONFLICT,
        Code::Invalid => http::StatusCode::BAD_REQUEST,
        Code::TooMany => http::StatusCode::TOO_MANY_REQUESTS,
        Code::Internal | Code::Unknown => http::StatusCode::INTERNAL_SERVER_ERROR,
    };
    if let Some(ResponseStatus(set)) = use_context() {
        set.run(status);
    }
}
