//! Pages rendered on the server: what Leptos gets from a request, and the reader's choices.

use crate::backend;
use crate::http::security::policy;
use crate::state::AppState;
use app::components::share::Origin;
use app::pages::missing::ResponseStatus;
use app::paths;
use app::prefs::{LANG_COOKIE, Prefs, SCALE_COOKIE, Scale, UNIT_COOKIE, cookie};
use app::text::Lang;
use axum::Form;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use domain::ids::UnitId;
use leptos::prelude::*;
use leptos_axum::{AxumRouteListing, ResponseOptions, generate_route_list};
use serde::Deserialize;
use std::sync::LazyLock;

/// The routes that the server renders: all of the app's but those of pads and hosts, which are
/// in the app, but are answered with the shell.
///
/// They are listed once in a process: while Leptos lists them, no page that is rendered on another
/// thread may load anything, and such a page would wait for ever.
pub fn routes() -> &'static [AxumRouteListing] {
    static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
        let mut routes = generate_route_list(app::App);
        routes.retain(|route| !is_pad(route.path()));
        routes
    });
    &ROUTES
}

fn is_pad(path: &str) -> bool {
    let pads = [paths::CARD, paths::SEATS, paths::HOSTS, paths::FIELDS];
    pads.iter().any(|pad| {
        path.strip_prefix(pad)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Renders the document around the app.
pub fn document(state: &AppState) -> impl Fn() -> AnyView + Clone + Send + 'static {
    let (options, files) = (state.leptos_options.clone(), state.assets.files.clone());
    move || app::shell(options.clone(), files.clone()).into_any()
}

/// Provides what the app takes from its surroundings, for one request.
pub fn provide(state: &AppState) {
    backend::provide_backend(state);
    let parts = use_context::<Parts>();
    provide_context(
        parts
            .map(|parts| prefs_of(&parts.headers))
            .unwrap_or_default(),
    );
    let options = expect_context::<ResponseOptions>();
    if let Some(nonce) = leptos::nonce::use_nonce()
        && let Ok(value) = HeaderValue::from_str(&policy(Some(&nonce), reload_origin()))
    {
        options.insert_header(CONTENT_SECURITY_POLICY, value);
    }
    if state.store.county().demo {
        provide_context(app::components::watermark::Demo);
    }
    provide_context(Origin(state.config.address("")));
    let status = move |code: StatusCode| options.set_status(code);
    provide_context(ResponseStatus(Callback::new(status)));
}

fn reload_origin() -> Option<&'static str> {
    std::env::var_os("LEPTOS_WATCH").map(|_| "ws://127.0.0.1:3001")
}

/// The unit that this device shows first.
#[must_use]
pub fn unit_of(headers: &HeaderMap) -> Option<UnitId> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    cookie(cookies, UNIT_COOKIE)?.parse().ok()
}

/// The reader's choices, from the request's headers.
#[must_use]
pub fn prefs_of(headers: &HeaderMap) -> Prefs {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    Prefs::from_cookies(text(COOKIE), text(ACCEPT_LANGUAGE))
}

/// Any other address: the app's own page for what is not there, with 404.
pub async fn fallback(State(state): State<AppState>, request: Request<Body>) -> Response {
    let provided = state.clone();
    let render =
        leptos_axum::render_app_async_with_context(move || provide(&provided), document(&state));
    render(request).await.into_response()
}

#[derive(Debug, Deserialize)]
pub struct PrefsForm {
    lang: Option<String>,
    scale: Option<String>,
    /// The unit to show first, or empty for none.
    unit: Option<String>,
    back: Option<String>,
}

/// Keeps the reader's choices for a year, in cookies that the page can read.
pub async fn set_prefs(Form(form): Form<PrefsForm>) -> Response {
    let mut response = Redirect::to(safe_back(form.back.as_deref())).into_response();
    let lang = form.lang.map(|tag| Lang::from_tag(&tag).tag().to_owned());
    let scale = form
        .scale
        .map(|name| Scale::from_name(&name).name().to_owned());
    let unit = form.unit.map(|unit| {
        let unit: Option<UnitId> = unit.parse().ok();
        unit.map(|unit| unit.to_string()).unwrap_or_default()
    });
    let choices = [
        (LANG_COOKIE, lang),
        (SCALE_COOKIE, scale),
        (UNIT_COOKIE, unit),
    ];
    for (name, value) in choices {
        let Some(value) = value else { continue };
        let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    response
}

/// A redirect stays on this site.
pub fn safe_back(back: Option<&str>) -> &str {
    back.filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'))
        // A browser leaves a tab out of an address, and `/\t/` leads elsewhere.
        .filter(|path| !path.contains(char::is_control))
        .unwrap_or("/")
}
