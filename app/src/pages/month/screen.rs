//! A posted month for the projector: the red list, the black list, and the first of each group. It
//! is built from what was posted and is public, so nothing else can appear. Lists that are longer
//! than the screen take turns.

use super::lists::{list_name, spots_name};
use super::month_param;
use crate::api::month::load_month;
use crate::backend::MonthPage;
use crate::components::loaded::current;
use crate::components::standing::{signed, sponsor_words};
use crate::components::state::error_state;
use crate::error::{AppError, Code};
use crate::pages::screen::{pulse, turn_pages};
use crate::prefs::lang;
use crate::text::{self, Lang};
use crate::{format, paths};
use domain::month::board::Listed;
use domain::month::charter::Side;
use leptos::prelude::*;
use leptos_meta::{Html, Title};
use sync::posted_month::{PostedGroup, PostedMonth};

/// Rows that can be read from the back: of the red list, which has a column of its own, and of the
/// black list and the groups, which share one.
const RED_MAX: usize = 10;
const BLACK_MAX: usize = 5;
const GROUPS_MAX: usize = 6;
/// Turns of a page, of twelve seconds each, until the screen asks whether there is a correction.
const ASK_TURNS: usize = 5;

#[component]
pub fn MonthScreen() -> impl IntoView {
    let lang = lang();
    let content = match month_param() {
        Some((season, period)) => {
            let (turn, stale) = (RwSignal::new(0), RwSignal::new(false));
            turn_pages(turn);
            let again = Memo::new(move |_| u64::try_from(turn.get() / ASK_TURNS).unwrap_or(0));
            current(
                move || load_month(season, period, None),
                again.into(),
                stale,
                move |page| {
                    view! { {move || page.with(|page| wall(lang, page, stale.into(), turn.get()))} }
                        .into_any()
                },
            )
        }
        None => error_state(&AppError::new(Code::NotFound)),
    };
    view! {
        <Html {..} data-theme="stage" />
        <Title text=text::posted_screen(lang) />
        <link rel="stylesheet" href=paths::SHEETS_CSS />
        <div class="page" data-kind="stage">{content}</div>
    }
    .into_any()
}

fn wall(lang: Lang, page: &MonthPage, lost: Signal<bool>, turn: usize) -> AnyView {
    let month = &page.month;
    let posted = text::standings_posted(lang, format::moment(lang, month.posted_at));
    let facts = [
        Some(month.title.clone()),
        sponsor_words(lang, &month.sponsor),
        Some(text::contest_edition(lang, month.edition)),
        Some(text::posted_check(lang, page.check_code.clone())),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    view! {
        <main class="stage" id="main">
            <header class="couplet">
                <h1>{format::month_upright(lang, month.period)}</h1>
                <span>{month.county.clone()}</span>
            </header>
            <div class="wall">
                <div class="wall-col">{list(lang, month, Listed::Red, RED_MAX, turn)}</div>
                <div class="wall-col">
                    {list(lang, month, Listed::Black, BLACK_MAX, turn)}
                    {firsts(lang, month, turn)}
                </div>
            </div>
            <footer class="st-foot">
                <p>{facts.join(" · ")}</p>
                {pulse(lang, lost, posted)}
            </footer>
        </main>
    }
    .into_any()
}

/// The rows whose turn it is, and which page that is where there are several.
fn page_of<T>(rows: Vec<T>, max: usize, turn: usize) -> (Vec<T>, Option<(usize, usize)>) {
    let pages = rows.len().div_ceil(max).max(1);
    let shown = turn % pages;
    let rows = rows.into_iter().skip(shown * max).take(max).collect();
    (rows, (pages > 1).then_some((shown + 1, pages)))
}

fn list(lang: Lang, month: &PostedMonth, listed: Listed, max: usize, turn: usize) -> AnyView {
    let (name, kind) = list_name(lang, listed);
    let units = month.listed(listed);
    let count = text::standings_count(lang, units.len());
    let (spot, _) = spots_name(lang, listed);
    let units = units
        .iter()
        .map(|(_, unit)| (None, &unit.name, &unit.merit));
    let spots = month
        .spots(listed)
        .map(|one| (Some(spot), &one.place, &one.record.points));
    let (rows, page) = page_of(units.chain(spots).collect(), max, turn);
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(kind, name, points)| {
            view! {
                <li>
                    <b data-n=format::name_width(name)>
                        {kind.map(|kind| view! { <small>{kind}</small> })} {name.clone()}
                    </b>
                    <span class="num">{signed(points)}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    let is_over = listed == Listed::Black && month.taken_down > 0;
    let none = match is_over {
        true => text::standings_black_over(lang, month.taken_down),
        false => text::posted_screen_none(lang).to_owned(),
    };
    let page = page.map(|(at, of)| text::screen_page(lang, at, of));
    section((kind, name, count), rows, &none, page)
}

fn firsts(lang: Lang, month: &PostedMonth, turn: usize) -> AnyView {
    let groups = month.groups.iter();
    let groups = groups.filter(|group| group.units.iter().any(|unit| unit.rank == Some(1)));
    let groups: Vec<_> = groups.collect();
    let count = text::standings_count(lang, groups.len());
    let (groups, page) = page_of(groups, GROUPS_MAX, turn);
    let rows: Vec<_> = groups.into_iter().map(|group| first(lang, group)).collect();
    section(
        ("first", text::posted_screen_firsts(lang), count),
        rows,
        text::posted_screen_none(lang),
        page.map(|(at, of)| text::screen_page(lang, at, of)),
    )
}

/// A group and its first; whoever shares the first place shares the line.
fn first(lang: Lang, group: &PostedGroup) -> AnyView {
    let units: Vec<_> = group
        .units
        .iter()
        .filter(|unit| unit.rank == Some(1))
        .collect();
    let names: Vec<_> = units.iter().map(|unit| unit.name.clone()).collect();
    let name = names.join(text::unit_list_comma(lang));
    let top = group.flags.iter().find(|flags| flags.side == Side::Top);
    let flag = top.filter(|flags| {
        let mut holders = flags.hand_overs.iter().filter_map(|flag| flag.to);
        holders.any(|holder| units.iter().any(|unit| unit.unit == holder))
    });
    let flag = flag.map(|flags| {
        view! { <span class="flag" data-flag="red">{flags.name.clone()}</span> }
    });
    view! {
        <li>
            <b data-n=format::name_width(&name)>
                <small>{group.name.clone()}</small>
                {name.clone()}
            </b>
            {flag}
        </li>
    }
    .into_any()
}

fn section(
    (kind, name, count): (&'static str, &'static str, String),
    rows: Vec<AnyView>,
    none: &str,
    page: Option<String>,
) -> AnyView {
    let content = if rows.is_empty() {
        view! { <p class="wall-none">{none.to_owned()}</p> }.into_any()
    } else {
        let count = rows.len();
        view! { <ol role="list" data-rows=count>{rows}</ol> }.into_any()
    };
    view! {
        <section data-wall=kind>
            <h2>{name}<small>{page.unwrap_or(count)}</small></h2>
            {content}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_too_long_takes_turns() {
        let rows: Vec<usize> = (0..12).collect();
        assert_eq!(page_of(rows.clone(), 20, 7), (rows.clone(), None));
        assert_eq!(page_of(rows.clone(), 10, 1), (vec![10, 11], Some((2, 2))));
        assert_eq!(page_of(rows, 10, 2).0.len(), 10, "and begins again");
        assert_eq!(page_of(Vec::<usize>::new(), 10, 3), (Vec::new(), None));
    }
}
