//! The account that is signed in: its password, and the sessions it has elsewhere.

use crate::api::staff::{change_password, load_sessions, load_staff, revoke_session, sign_out};
use crate::backend::{Capability, SessionRow, Staff};
use crate::components::credential::credential;
use crate::components::frame::StaffPage;
use crate::components::icon::Icon;
use crate::components::loaded::loaded;
use crate::components::state::Failure;
use crate::components::words;
use crate::error::{AppError, Code};
use crate::format;
use crate::pages::admin::nav::{County, county_links};
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// Shorter ones are refused (the server decides; the form says so first).
const PASSWORD_MIN: usize = 10;

#[component]
pub fn Account() -> impl IntoView {
    let lang = lang();
    view! {
        <StaffPage title=text::staff_account(lang) links=county_links(County::Account)>
            <main id="main">
                {loaded(load(), move |(staff, rows)| account(lang, &staff, rows))}
            </main>
        </StaffPage>
    }
    .into_any()
}

/// Who is signed in. Whoever still has the one-time password sees no sessions yet.
async fn load() -> Result<(Staff, Vec<SessionRow>), AppError> {
    let staff = load_staff()
        .await?
        .ok_or_else(|| AppError::new(Code::SignIn))?;
    let rows = if staff.must_change_password {
        Vec::new()
    } else {
        load_sessions().await?
    };
    Ok((staff, rows))
}

fn account(lang: Lang, staff: &Staff, rows: Vec<SessionRow>) -> AnyView {
    let must = staff.must_change_password.then(|| {
        view! {
            <p class="say" data-tone="wait">
                <Icon name="lock" /><span>{text::account_must_change(lang)}</span>
            </p>
        }
    });
    let has_sessions = !rows.is_empty();
    view! {
        <div class="head">
            <h2>{staff.login.clone()}</h2>
        </div>
        {must}
        <PasswordForm was_one_time=staff.must_change_password />
        {may(lang, staff)}
        {has_sessions.then(|| view! { <Sessions rows /> })}
        <SignOut />
    }
    .into_any()
}

/// What the account may do, and what it may not.
fn may(lang: Lang, staff: &Staff) -> AnyView {
    let row = |one: Capability| {
        let is_allowed = staff.may.contains(&one);
        let icon = if is_allowed { "check" } else { "minus" };
        let line = match one {
            Capability::Organise => text::account_may_organise_text(lang),
            Capability::Confirm => text::account_may_confirm_text(lang),
            Capability::Publish => text::account_may_publish_text(lang),
            Capability::Talks => text::account_may_talks_text(lang),
        };
        let not =
            (!is_allowed).then(|| view! { <span class="tag">{text::account_may_not(lang)}</span> });
        view! {
            <li class="row" data-off=(!is_allowed).then_some("")>
                <span class="row-no"><Icon name=icon /></span>
                <div class="row-main">
                    <p class="row-name">{words::capability(lang, one)}</p>
                    <p class="row-text">{line}</p>
                </div>
                <div class="row-end">{not}</div>
            </li>
        }
    };
    view! {
        <div class="head">
            <h2>{text::account_may(lang)}</h2>
            <span class="sub">{text::account_may_two(lang)}</span>
        </div>
        <section class="sheet">
            <ul class="ledger" role="list">{Capability::ALL.map(row)}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn PasswordForm(was_one_time: bool) -> impl IntoView {
    let lang = lang();
    let old = NodeRef::<html::Input>::new();
    let new = NodeRef::<html::Input>::new();
    let error = RwSignal::new(None::<AppError>);
    let short = RwSignal::new(false);
    let done = RwSignal::new(false);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(old), Some(new)) = (old.get(), new.get()) else {
            return;
        };
        let (old, new) = (old.value(), new.value());
        error.set(None);
        done.set(false);
        short.set(new.chars().count() < PASSWORD_MIN);
        if short.get_untracked() {
            return;
        }
        let navigate = navigate.clone();
        spawn_local(async move {
            match change_password(old, new).await {
                Ok(()) if was_one_time => navigate(paths::ADMIN, Default::default()),
                Ok(()) => {
                    done.try_set(true);
                }
                Err(fault) => {
                    error.try_set(Some(fault));
                }
            }
        });
    };
    let old_label = if was_one_time {
        text::account_one_time(lang)
    } else {
        text::account_old(lang)
    };
    let too_short = move || {
        short.get().then(|| {
            let line = text::account_new_hint(lang, PASSWORD_MIN);
            view! { <p class="field-error" role="alert"><Icon name="warn" />{line}</p> }
        })
    };
    view! {
        <form class="form stack" method="post" on:submit=submit>
            {credential("old", old_label, "current-password", old)}
            {credential("new", text::account_new(lang), "new-password", new)}
            <p class="field-hint">{text::account_new_hint(lang, PASSWORD_MIN)}</p>
            {too_short}
            <Failure error />
            {move || done.get().then(|| view! {
                <p class="say" data-tone="ok" role="status">
                    <Icon name="check" /><span>{text::account_changed(lang)}</span>
                </p>
            })}
            <button class="btn" data-kind="main" type="submit">{text::account_change(lang)}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Sessions(rows: Vec<SessionRow>) -> impl IntoView {
    let lang = lang();
    let rows = RwSignal::new(rows);
    let error = RwSignal::new(None::<AppError>);
    let revoke = move |id: String| {
        spawn_local(async move {
            match revoke_session(id.clone()).await {
                Ok(()) => {
                    rows.try_update(|rows| rows.retain(|row| row.id != id));
                }
                Err(fault) => {
                    error.try_set(Some(fault));
                }
            }
        });
    };
    view! {
        <div class="head">
            <h2>{text::account_sessions(lang)}</h2>
            <span class="sub">
                {move || text::account_sessions_count(lang, rows.with(Vec::len))}
            </span>
        </div>
        <Failure error />
        <section class="sheet">
            <ul class="ledger" role="list">
                {move || {
                    let rows = rows.get().into_iter();
                    rows.map(|row| session(lang, row, revoke)).collect::<Vec<_>>()
                }}
            </ul>
        </section>
    }
    .into_any()
}

fn session(
    lang: Lang,
    row: SessionRow,
    revoke: impl Fn(String) + Copy + Send + 'static,
) -> AnyView {
    let seen = format::moment(lang, row.last_seen);
    let started = format::moment(lang, row.started_at);
    let id = row.id.clone();
    let end = if row.current {
        view! { <span class="tag" data-tone="ok">{text::account_here(lang)}</span> }.into_any()
    } else {
        view! {
            <button
                class="btn"
                type="button"
                data-size="small"
                data-kind="stop"
                on:click=move |_| revoke(id.clone())
            >
                {text::account_revoke(lang)}
            </button>
        }
        .into_any()
    };
    view! {
        <li class="row">
            <span class="row-no"><Icon name="phone" /></span>
            <div class="row-main">
                <p class="row-name">{row.device}</p>
                <p class="row-text">{text::account_session_line(lang, seen, started)}</p>
            </div>
            <div class="row-end">{end}</div>
        </li>
    }
    .into_any()
}

#[component]
fn SignOut() -> impl IntoView {
    let lang = lang();
    let navigate = use_navigate();
    let leave = move |_| {
        let navigate = navigate.clone();
        spawn_local(async move {
            // Signed out here even if the answer is lost: the next page asks anyway.
            let _ = sign_out().await;
            navigate(paths::SIGN_IN, Default::default());
        });
    };
    view! {
        <p class="pad-x block-gap">
            <button
                class="btn"
                type="button"
                data-wide=""
                on:click=leave
            >
                {text::account_sign_out(lang)}
            </button>
        </p>
    }
    .into_any()
}
