//! 装到手机上: how to install, for each kind of phone.

use crate::components::bar::Back;
use crate::components::frame::PublicPage;
use crate::components::icon::Icon;
use crate::paths;
use crate::prefs::lang;
use crate::text::{self, Lang};
use leptos::prelude::*;

#[component]
pub fn InstallHelp() -> impl IntoView {
    let lang = lang();
    let back = Back {
        href: paths::HOME.to_owned(),
        label: text::contest_back(lang),
    };
    view! {
        <PublicPage title=text::help_title(lang) back>
            <p class="say"><Icon name="help" /><span>{text::help_lead(lang)}</span></p>
            {howto(text::help_android(lang), &android(lang))}
            {howto(text::help_ios(lang), &ios(lang))}
            {howto(text::help_wechat(lang), &wechat(lang))}
            <p class="say" data-tone="ok">
                <Icon name="check" />
                <span><b>{text::help_check(lang)}</b>" "{text::help_check_text(lang)}</span>
            </p>
        </PublicPage>
    }
    .into_any()
}

type Step = (&'static str, &'static str);

fn howto(title: &'static str, steps: &[Step]) -> AnyView {
    let steps: Vec<_> = steps
        .iter()
        .map(|(what, how)| view! { <li><b>{*what}</b><span>{*how}</span></li> })
        .collect();
    view! {
        <div class="head"><h2>{title}</h2></div>
        <section class="sheet"><ol class="howto">{steps}</ol></section>
    }
    .into_any()
}

fn android(lang: Lang) -> [Step; 3] {
    [
        (text::help_android_1(lang), text::help_android_1_text(lang)),
        (text::help_android_2(lang), text::help_android_2_text(lang)),
        (text::help_android_3(lang), text::help_android_3_text(lang)),
    ]
}

fn ios(lang: Lang) -> [Step; 3] {
    [
        (text::help_ios_1(lang), text::help_ios_1_text(lang)),
        (text::help_ios_2(lang), text::help_ios_2_text(lang)),
        (text::help_ios_3(lang), text::help_ios_3_text(lang)),
    ]
}

fn wechat(lang: Lang) -> [Step; 2] {
    [
        (text::help_wechat_1(lang), text::help_wechat_1_text(lang)),
        (text::help_wechat_2(lang), text::help_wechat_2_text(lang)),
    ]
}
