//! The HTML document of a server-rendered page.

use crate::app::App;
use crate::components::watermark::{Demo, Watermark};
use crate::prefs::{Prefs, Scale, prefs};
use leptos::config::LeptosOptions;
use leptos::hydration::AutoReload;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The files of a build that every page names: their addresses on this site.
#[derive(Clone, Debug, Default)]
pub struct BuiltFiles {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

/// Wraps [`App`] into the document. Nothing of the app is named in a way that a browser would
/// fetch: `/boot.js` begins it when the page stands, so that it takes no share of the network and
/// the processor from what is being read. (Leptos's own scripts fetch it with the page.)
pub fn shell(options: LeptosOptions, files: BuiltFiles) -> impl IntoView {
    let BuiltFiles { js, wasm, css } = files;
    let Prefs { lang, scale } = prefs();
    let scale = (scale != Scale::Standard).then(|| scale.name());
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag() data-type=scale data-js=js data-wasm=wasm>
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
                <link id="leptos" rel="stylesheet" href=css />
                <script src="/boot.js" defer></script>
                <AutoReload options />
                <MetaTags />
            </head>
            <body>
                <App />
                {use_context::<Demo>().map(|_| view! { <Watermark /> })}
            </body>
        </html>
    }
}
