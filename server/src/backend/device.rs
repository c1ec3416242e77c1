//! The browser in a few words.

use axum::http::header::USER_AGENT;
use axum::http::request::Parts;

/// The system and the browser, which is what people tell their devices apart by.
pub(super) fn of(parts: &Parts) -> String {
    let agent = parts
        .headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let agent = agent.unwrap_or_default();
    // The more particular name first: every browser also claims to be an older one.
    let systems = [
        "HarmonyOS",
        "Android",
        "iPhone",
        "iPad",
        "Windows",
        "Mac OS X",
        "Linux",
    ];
    let browsers = ["MicroMessenger", "Edg", "Firefox", "Chrome", "Safari"];
    let named = |names: &[&'static str]| names.iter().find(|name| agent.contains(**name)).copied();
    let parts: Vec<&str> = [named(&systems), named(&browsers)]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" ")
}
