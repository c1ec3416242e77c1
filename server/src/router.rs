//! Every route, grouped by who calls it, and the layers around them.

use crate::http::{
    api, auth, by_link, exports, health, pages, photos, pictures, pwa, rendered, scans, security,
    uploads,
};
use crate::state::AppState;
use axum::routing::{get, post};
use axum::{Router, middleware};
use leptos_axum::LeptosRoutes as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

/// Bytes of a form or of a server function's arguments.
const FORM_BYTES_MAX: usize = 1024 * 1024;

/// The whole server as one service.
pub fn router(state: AppState) -> Router {
    let routes = pages::routes().to_vec();
    let context_state = state.clone();
    Router::new()
        // The app: pages rendered here with their server functions, and the shell that pads start
        // from.
        .leptos_routes_with_context(
            &state,
            routes,
            move || pages::provide(&context_state),
            pages::document(&state),
        )
        .layer(middleware::from_fn_with_state(
            state.clone(),
            rendered::serve,
        ))
        .layer(RequestBodyLimitLayer::new(FORM_BYTES_MAX))
        .merge(pwa::shell_routes())
        .route("/prefs", post(pages::set_prefs))
        // Files that come and go.
        .merge(exports::routes())
        .merge(pictures::routes())
        .merge(photos::routes())
        .merge(by_link::routes())
        .merge(uploads::routes())
        .merge(scans::routes())
        // Built files.
        .merge(pwa::asset_routes(&state))
        // Machines.
        .merge(api::routes(&state))
        .route("/livez", get(health::livez))
        .route("/readyz", get(health::readyz))
        .route("/version", get(health::version))
        .fallback(pages::fallback)
        .layer(auth::session_layer(&state))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            security::headers,
        ))
        .layer(CsrfLayer::new())
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(state)
}
