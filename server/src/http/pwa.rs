//! What makes the site an app: the offline shell, the service worker, the manifest, and the cache
//! headers of built files.

use crate::assets::Assets;
use crate::state::AppState;
use app::shell::BuiltFiles;
use app::text::{self, Lang};
use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Request};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde_json::json;
use std::sync::Arc;
use tower_http::services::{ServeDir, ServeFile};

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The shell, and the addresses of pads and hosts, which are never rendered on the server: they
/// start from the shell of the build, so that page, code and storage are always of one build.
pub fn shell_routes() -> Router<AppState> {
    Router::new()
        .route("/app-shell", get(shell))
        .route("/card", get(shell))
        .route("/seat", get(shell))
        .route("/seat/{*rest}", get(shell))
        .route("/host/{contest}", get(shell))
        .route("/field/{link}", get(shell))
}

/// Built files. `/pkg` is named by content where the build hashes names.
pub fn asset_routes(state: &AppState) -> Router<AppState> {
    let root = state.leptos_options.site_root.to_string();
    let folder = |name: &str| ServeDir::new(format!("{root}/{name}")).precompressed_br();
    let file = |name: &str| ServeFile::new(format!("{root}/{name}")).precompressed_br();
    let hashed = state.assets.hashed;
    let cache = middleware::from_fn(move |request: Request<axum::body::Body>, next: Next| {
        let is_named_by_content = hashed && request.uri().path().starts_with("/pkg/");
        async move { cached(next.run(request).await, is_named_by_content) }
    });
    Router::new()
        .nest_service("/pkg", folder("pkg"))
        .nest_service("/icons", folder("icons"))
        .nest_service("/screenshots", folder("screenshots"))
        .route_service("/boot.js", file("boot.js"))
        .route_service("/sheets.css", file("sheets.css"))
        .route_service("/charts.css", file("charts.css"))
        .route_service("/share.js", file("share.js"))
        .route_service("/photo.js", file("photo.js"))
        .layer(cache)
        .route("/sw.js", get(service_worker))
        .route("/manifest.webmanifest", get(manifest))
}

fn cached(mut response: Response, is_named_by_content: bool) -> Response {
    let value = if is_named_by_content && response.status().is_success() {
        FOR_EVER
    } else {
        ASK_AGAIN
    };
    response.headers_mut().insert(CACHE_CONTROL, value);
    response
}

async fn shell(State(assets): State<Arc<Assets>>) -> Response {
    let Assets { build, files, .. } = &*assets;
    let BuiltFiles { js, wasm, css } = files;
    let name = text::app_name(Lang::Zh);
    let page = format!(
        r##"<!DOCTYPE html>
<html lang="zh-CN" data-shell data-build="{build}" data-js="{js}" data-wasm="{wasm}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#07393a">
<title>{name}</title>
<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="/icons/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icons/apple-touch-icon.png">
<link rel="modulepreload" href="{js}">
<link rel="stylesheet" href="{css}">
<script src="/boot.js"></script>
</head>
<body></body>
</html>
"##
    );
    ([(CACHE_CONTROL, ASK_AGAIN)], Html(page)).into_response()
}

async fn service_worker(State(state): State<AppState>) -> Response {
    let body = if state.config.kill_service_worker {
        include_str!("sw_off.js").to_owned()
    } else {
        let list: Vec<_> = state
            .assets
            .precache
            .iter()
            .map(|file| json!([file.url, file.revision]))
            .collect();
        include_str!("sw.js")
            .replace("__BUILD__", &state.assets.build)
            .replace("__PRECACHE__", &json!(list).to_string())
    };
    let headers = [(CACHE_CONTROL, ASK_AGAIN), (CONTENT_TYPE, javascript())];
    (headers, body).into_response()
}

fn javascript() -> HeaderValue {
    HeaderValue::from_static("text/javascript; charset=utf-8")
}

async fn manifest() -> Response {
    let icon = |file: &str, size: &str, purpose: &str| {
        json!({
            "src": format!("/icons/{file}"),
            "sizes": size,
            "type": if file.ends_with("svg") { "image/svg+xml" } else { "image/png" },
            "purpose": purpose,
        })
    };
    // A browser shows them where it offers to install; both are pictures of the demo county.
    let screenshot = |file: &str, size: &str, form: &str, label: &str| {
        json!({
            "src": format!("/screenshots/{file}"),
            "sizes": size,
            "type": "image/png",
            "form_factor": form,
            "label": label,
        })
    };
    let body = json!({
        "id": "/",
        "name": "擂台",
        "short_name": "擂台",
        "description": "比武擂台：现场打分，断网也能评",
        "lang": "zh-CN",
        "dir": "ltr",
        "start_url": "/?src=pwa",
        "scope": "/",
        "display": "standalone",
        "display_override": ["standalone", "minimal-ui"],
        "orientation": "any",
        "theme_color": "#07393a",
        "background_color": "#eef2ef",
        "categories": ["government", "productivity"],
        "icons": [
            icon("icon.svg", "any", "any"),
            icon("icon-192.png", "192x192", "any"),
            icon("icon-512.png", "512x512", "any"),
            icon("icon-maskable-192.png", "192x192", "maskable"),
            icon("icon-maskable-512.png", "512x512", "maskable"),
            icon("icon-monochrome.svg", "any", "monochrome"),
        ],
        "screenshots": [
            screenshot("pad.png", "360x740", "narrow", "评委打分，断网也能评"),
            screenshot("desk.png", "1024x768", "wide", "主控：开卷、封卷、收卷"),
        ],
        "shortcuts": [
            { "name": "接着评分", "url": "/seat" },
            { "name": "榜单", "url": "/boards" },
        ],
        "launch_handler": { "client_mode": "navigate-existing" },
        "prefer_related_applications": false,
    });
    let kind = HeaderValue::from_static("application/manifest+json");
    (
        [(CACHE_CONTROL, ASK_AGAIN), (CONTENT_TYPE, kind)],
        body.to_string(),
    )
        .into_response()
}
