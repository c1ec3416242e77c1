//! 分享: the page's address and its picture to pass on, and what a messenger shows of a link.
//! Without script the address stands there to be copied, and the picture is an SVG.

use crate::components::icon::Icon;
use crate::paths;
use crate::text::{self, Lang};
use leptos::prelude::*;
use leptos_meta::Meta;

/// How the site is reached, without a slash at its end. Only the server knows: whoever asks for a
/// card reads what the server wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(pub String);

/// What a messenger shows of a link to the page.
pub fn card(title: String, about: String, path: &str) -> Option<AnyView> {
    let Origin(origin) = use_context()?;
    let url = format!("{origin}{path}");
    let picture = format!("{origin}{}", paths::CARD_PICTURE);
    let view = view! {
        <Meta name="description" content=about.clone() />
        <Meta property="og:type" content="article" />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=about />
        <Meta property="og:url" content=url />
        <Meta property="og:image" content=picture />
    };
    Some(view.into_any())
}

/// A picture of what the page shows: `href` leads to the SVG, `name` is what the PNG is called.
pub fn picture(lang: Lang, href: String, name: String) -> AnyView {
    view! {
        <a
            class="btn"
            data-size="small"
            href=href
            rel="external"
            download=""
            data-share="picture"
            data-name=name
            data-done=text::share_drawn(lang)
            data-failed=text::share_not_drawn(lang)
        >
            {text::share_picture(lang)}
        </a>
    }
    .into_any()
}

/// Passes an address on: by the system where it can, by the clipboard otherwise.
pub fn link(lang: Lang, url: String, title: String) -> AnyView {
    view! {
        <a
            class="btn"
            data-size="small"
            data-kind="main"
            href=url
            rel="external"
            data-share="link"
            data-name=title
            data-done=text::share_copied(lang)
            data-failed=text::share_failed(lang)
        >
            <Icon name="share" />
            {text::share_link(lang)}
        </a>
    }
    .into_any()
}

/// Around the links: what became of them is told and shown at its end.
pub fn share_box(content: AnyView) -> AnyView {
    view! {
        <div class="stack" data-gap="2" data-share-box="">
            <p class="cluster">{content}</p>
            <p class="note" role="status"></p>
        </div>
    }
    .into_any()
}
