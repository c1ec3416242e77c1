//! The HTML document of a server-rendered page.

use crate::app::App;
use crate::components::watermark::{Demo, Watermark};
use crate::prefs::{Prefs, Scale, prefs};
use leptos::config::LeptosOptions;
use leptos::hydration::{AutoReload, HydrationScripts};
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

/// Wraps [`App`] into the document. `/boot.js` stands before the wasm, because it makes every
/// IndexedDB transaction durable before the first one is opened. The wasm begins when the browser
/// has nothing else to do: what was rendered can be read before it is there.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let Prefs { lang, scale } = prefs();
    let scale = (scale != Scale::Standard).then(|| scale.name());
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag() data-type=scale>
            <head>
                <meta charset="utf-8" />
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover"
                />
                <meta name="theme-color" content="#07393a" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="icon" href="/icons/icon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
                <HashedStylesheet options=options.clone() />
                <script src="/boot.js"></script>
                <AutoReload options=options.clone() />
                <HydrationScripts options defer=true />
                <MetaTags />
            </head>
            <body>
                <App />
                {use_context::<Demo>().map(|_| view! { <Watermark /> })}
            </body>
        </html>
    }
}
