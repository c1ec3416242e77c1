//! What a watchdog asks: is the process alive, can it serve, and which build is it.

use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};
use sync::protocol::{PROTOCOL_VERSION, PROTOCOL_VERSION_MIN};

/// `GET /livez`: the process answers.
pub async fn livez() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers, and nobody has asked the server to stop.
pub async fn readyz(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if *state.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    let is_up = match state.store.read().await {
        Ok(mut tx) => tx.seq_now().await.is_ok(),
        Err(_) => false,
    };
    if is_up {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "no database")
    }
}

/// `GET /version`
pub async fn version(State(state): State<AppState>) -> Json<Value> {
    Json(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "build": state.assets.build,
        "protocol": PROTOCOL_VERSION,
        "min_protocol": PROTOCOL_VERSION_MIN,
    }))
}
