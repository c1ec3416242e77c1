//! 组织者登录. The form needs script; without it nothing is sent, so no password ends up in an
//! address.

use crate::api::staff::sign_in;
use crate::components::credential::credential;
use crate::components::icon::Icon;
use crate::components::scale_switch::ScaleButton;
use crate::error::{AppError, Code};
use crate::paths;
use crate::prefs::lang;
use crate::text;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;

#[component]
pub fn SignIn() -> impl IntoView {
    let lang = lang();
    view! {
        <Title text=text::sign_in_title(lang) />
        <div class="page">
            <header class="door-top">
                <p class="brand"><Icon name="mark" />{text::app_name(lang)}</p>
                <h1>{text::sign_in_title(lang)}</h1>
                <p>{text::sign_in_lead(lang)}</p>
            </header>
            <main class="door" id="main">
                <SignInForm />
                <p class="note text-center">{text::sign_in_forgotten(lang)}</p>
                <p class="text-center">
                    <a class="inline" href=paths::HOME>{text::contest_back(lang)}</a>
                </p>
                <div class="text-center">{view! { <ScaleButton /> }.into_any()}</div>
            </main>
        </div>
    }
    .into_any()
}

#[component]
fn SignInForm() -> impl IntoView {
    let lang = lang();
    let login = NodeRef::<html::Input>::new();
    let password = NodeRef::<html::Input>::new();
    let busy = RwSignal::new(false);
    let fault = RwSignal::new(None::<&'static str>);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(login), Some(password)) = (login.get(), password.get()) else {
            return;
        };
        let (login, password) = (login.value(), password.value());
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        fault.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = sign_in(login, password).await;
            busy.try_set(false);
            match answer {
                Ok(staff) if staff.must_change_password => {
                    navigate(paths::ACCOUNT, Default::default());
                }
                Ok(_) => navigate(paths::ADMIN, Default::default()),
                Err(error) => {
                    fault.try_set(Some(sentence(&error)));
                }
            }
        });
    };
    let fault = move || {
        fault.get().map(|fault| {
            view! { <p class="field-error" role="alert"><Icon name="warn" />{fault}</p> }
        })
    };
    view! {
        <form class="stack" method="post" on:submit=submit>
            {credential("login", text::sign_in_login(lang), "username", login)}
            {credential("password", text::sign_in_password(lang), "current-password", password)}
            {fault}
            <button
                class="btn"
                data-kind="main"
                data-wide=""
                type="submit"
                aria-busy=move || busy.get().then_some("true")
            >
                {text::sign_in_act(lang)}
            </button>
        </form>
    }
    .into_any()
}

fn sentence(error: &AppError) -> &'static str {
    let lang = lang();
    match error.code {
        Code::SignIn | Code::Forbidden | Code::Invalid | Code::NotFound => {
            text::sign_in_wrong(lang)
        }
        _ => error.sentence(lang),
    }
}
