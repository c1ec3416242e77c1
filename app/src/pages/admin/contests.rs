//! The staff's home: what is due for this account, and the list of contests.

use crate::api::public::load_contests;
use crate::api::staff::{load_duties, load_staff};
use crate::backend::{ContestCard, Duties};
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::state::Empty;
use crate::components::words;
use crate::error::{AppError, Code};
use crate::pages::admin::duties;
use crate::pages::admin::nav::{County, county_links};
use crate::pages::home::card_line;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use leptos::prelude::*;
use sync::protocol::StageState;

#[component]
pub fn Contests() -> impl IntoView {
    let lang = lang();
    view! {
        <StaffPage title=text::staff_title(lang) links=county_links(County::Contests)>
            <main id="main">
                {loaded(
                    load(),
                    move |(duties, contests)| {
                        view! { {duties::list(lang, &duties)} {list(lang, &contests)} }.into_any()
                    },
                )}
            </main>
        </StaffPage>
    }
    .into_any()
}

/// The list is public; what is due, and the page around both, are not.
async fn load() -> Result<(Duties, Vec<ContestCard>), AppError> {
    signed_in().await?;
    Ok((load_duties().await?, load_contests().await?))
}

/// Refuses who is not signed in, and who has to change a one-time password first.
pub async fn signed_in() -> Result<(), AppError> {
    match load_staff().await? {
        None => Err(AppError::new(Code::SignIn)),
        Some(staff) if staff.must_change_password => Err(AppError::new(Code::Forbidden)),
        Some(_) => Ok(()),
    }
}

fn list(lang: Lang, contests: &[ContestCard]) -> AnyView {
    let new = view! {
        <p class="pad-x block-gap">
            <a class="btn" data-kind="main" data-wide="" href=paths::NEW_CONTEST>
                <Icon name="plus" />
                {text::staff_new(lang)}
            </a>
        </p>
    };
    if contests.is_empty() {
        let body = text::staff_empty_text(lang);
        return view! {
            <Empty icon="ring" title=text::home_empty(lang) body>
                <a class="btn" href=paths::ROSTER>{text::staff_to_roster(lang)}</a>
            </Empty>
            {new}
        }
        .into_any();
    }
    let rows: Vec<_> = contests.iter().map(|card| row(lang, card)).collect();
    view! {
        <div class="head">
            <h2>{text::staff_contests(lang)}</h2>
            <span class="sub">{text::staff_count(lang, contests.len())}</span>
        </div>
        <section class="sheet"><ul class="ledger" role="list">{rows}</ul></section>
        {new}
    }
    .into_any()
}

fn row(lang: Lang, card: &ContestCard) -> AnyView {
    let tone = match card.state {
        StageState::Open => Some("honour"),
        StageState::Posted => Some("ok"),
        StageState::Closed => Some("wait"),
        _ => None,
    };
    let mine = (card.state == StageState::Open).then_some("");
    view! {
        <li>
            <a class="row" href=paths::desk(card.id) data-mine=mine>
                <span class="row-no"><Icon name="ring" /></span>
                <span class="row-main">
                    <span class="row-name">{card.title.clone()}</span>
                    <span class="row-text">{card_line(lang, card)}</span>
                </span>
                <span class="row-end">
                    <span class="tag" data-tone=tone>{words::stage_state(lang, card.state)}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}
