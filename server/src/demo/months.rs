//! Twelve posted months of the demo county, the last one of the year before, and one that is still
//! open: figures by import, records by two accounts, closed by one and posted by the other, through
//! the services of every month. [`super::figures`] makes the numbers.

use super::county::{SEASON, grouped};
use super::figures::{dice, figures, indicators, pairs};
use super::ladder;
use super::story::Story;
use super::year;
use crate::clock::Clock as _;
use crate::service::act::Act;
use crate::service::calendar;
use crate::service::month;
use crate::service::month::rules;
use crate::service::month::season::{follow, open};
use crate::service::roster;
use crate::service::table::{Table, workbook};
use crate::store::params;
use crate::store::statements;
use anyhow::{Context as _, bail};
use app::backend::{CalendarCommand, MonthCommand, SeasonBegin};
use domain::ids::{AccountId, MeritId, Millis, SeasonId, UnitId};
use domain::month::cadence::{DutyState, Every, Output};
use domain::month::charter::Side;
use domain::month::outcome::OutcomeRule;
use domain::month::season_months::SeasonMonths;
use domain::month::{Day, Period, SeasonCharter};
use futures::FutureExt as _;

/// The season before, of which little is known.
const YEAR_BEFORE: &str = "2024—2025";
/// Posted months; the one after them is open.
const POSTED: usize = 12;
/// The first of them.
pub(super) const FIRST: (u16, u8) = (2025, 9);
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
/// Half past nine in the morning.
const OFFICE_HOUR_MS: u64 = (9 * 60 + 30) * 60 * 1_000;
/// 2025-09-01 in China.
pub const BEGINS: Millis = Millis(1_756_656_000_000);
/// Records of a month.
const GOOD: usize = 16;
const BAD: usize = 9;

statements! {
    DEMO_UNITS = "select unit_id, code from unit";
    DEMO_SEASON = "select season_id from season where name = $1";
    DEMO_RECORDS = "select merit_id from merit where season_id = $1 and period = $2
        and state = 'recorded' order by merit_id";
}

/// Points, dimension and reason of records, for better and for worse.
pub(super) struct Reasons {
    pub good: &'static [[&'static str; 3]],
    pub bad: &'static [[&'static str; 3]],
}

const GOOD_REASONS: [[&str; 3]; 5] = [
    ["2", "责任落实", "防汛值守到岗到人，转移群众及时"],
    ["1.5", "问题化解", "三件多年的土地纠纷当月了结"],
    ["1", "服务成效", "便民服务站周末开门，群众来信表扬"],
    ["3", "服务成效", "项目落地手续全程代办，比期限早九天"],
    ["1", "责任落实", "河道清淤提前完成"],
];
const BAD_REASONS: [[&str; 3]; 5] = [
    ["-1", "责任落实", "值班电话两次无人接听"],
    ["-1.5", "问题化解", "交办的积水点逾期未整改"],
    ["-2", "服务成效", "窗口材料反复退回，群众投诉属实"],
    ["-1", "责任落实", "秸秆露天焚烧两处"],
    ["-0.5", "问题化解", "月报迟交三天"],
];
const REASONS: Reasons = Reasons {
    good: &GOOD_REASONS,
    bad: &BAD_REASONS,
};

/// Makes the season and its months.
///
/// # Errors
/// A service refused, which the demo's test rules out.
pub async fn posted(story: &Story, second: AccountId) -> anyhow::Result<()> {
    let mut period = Period::new(FIRST.0, FIRST.1).context("the first month")?;
    let mut begins = BEGINS;
    import(story, vec![pairs(), indicators()]).await?;
    let codes: Vec<String> = grouped().into_iter().map(|(code, _)| code).collect();
    let (season, units) = known(story, SEASON, &codes).await?;
    dates(story, season, (&period.to_string(), "2026-12")).await?;
    outcomes(story).await?;
    year_before(story, second, season, &units).await?;
    for number in 0..=POSTED {
        story.clock.set(begins);
        let is_open = number == POSTED;
        story.clock.pass(27 * DAY_MS / 1_000);
        import(story, vec![figures(SEASON, period, is_open)]).await?;
        records(story, (season, period), &units, (number, &REASONS)).await?;
        confirm(story, second, (season, period), is_open).await?;
        let Some(next) = period.next() else { break };
        begins = Millis(begins.0 + days(period) * DAY_MS);
        if !is_open {
            story
                .clock
                .set(Millis(begins.0 + 3 * DAY_MS + OFFICE_HOUR_MS));
            close_and_post(story, second, (season, period)).await?;
            // What the last month's calendar asks for is left to do.
            if number + 1 < POSTED {
                calendar(story, season).await?;
            }
            ladder::decide(story, second, season, number + 1 == POSTED).await?;
        }
        period = next;
    }
    Ok(())
}

/// The season that this one follows, with its last month: what the newest posted one is held
/// against, its figures (同比) and its places (ZR-6).
async fn year_before(
    story: &Story,
    second: AccountId,
    season: SeasonId,
    units: &[UnitId],
) -> anyhow::Result<()> {
    let first = Period::new(FIRST.0, FIRST.1).context("the first month")?;
    let last = first.previous().context("a month before")?;
    let copy = SeasonBegin::Copy(season);
    let months = SeasonMonths::new(last, last);
    let before = open(&story.store, &story.act(), YEAR_BEFORE, copy, months, None).await?;
    let follows = story
        .store
        .write(move |tx| async move { follow(tx, season, before).await }.boxed());
    follows.await?;
    let month = (before, last);
    story.clock.set(Millis(BEGINS.0 - 4 * DAY_MS));
    import(story, vec![figures(YEAR_BEFORE, month.1, false)]).await?;
    records(story, month, units, (POSTED + 1, &REASONS)).await?;
    confirm(story, second, month, false).await?;
    story
        .clock
        .set(Millis(BEGINS.0 + 3 * DAY_MS + OFFICE_HOUR_MS));
    close_and_post(story, second, month).await?;
    calendar(story, before).await?;
    ladder::decide(story, second, before, false).await
}

/// One account closes, and the other posts a day later.
async fn close_and_post(
    story: &Story,
    second: AccountId,
    month: (SeasonId, Period),
) -> anyhow::Result<()> {
    let close = MonthCommand::Close {
        reason: String::new(),
    };
    act(story, story.act(), month, close).await?;
    story.clock.pass(DAY_MS / 1_000);
    post(story, second, month).await
}

/// What the half-year proposes, and the year (XY-11). Nothing is done by itself (GY-21).
async fn outcomes(story: &Story) -> anyhow::Result<()> {
    let text = rules::written(&story.store, SEASON).await?;
    let mut charter: SeasonCharter = serde_json::from_str(&text)?;
    let rule = |every, side, action: &str| OutcomeRule {
        every,
        side,
        count: 1,
        action: action.to_owned(),
    };
    charter.outcomes = [Every::HalfYear, Every::Year]
        .into_iter()
        .flat_map(|every| {
            [
                rule(every, Side::Top, "通报表扬"),
                rule(every, Side::Bottom, "送组织部门研判"),
            ]
        })
        .collect();
    charter.year = Some(year::rule());
    let text = serde_json::to_string(&charter)?;
    rules::set(&story.store, (SEASON, &text), story.act().now).await?;
    Ok(())
}

/// Says how long a season goes (GY-3): to the end of the county's working year.
pub(super) async fn dates(
    story: &Story,
    season: SeasonId,
    (from, to): (&str, &str),
) -> anyhow::Result<()> {
    let months = CalendarCommand::SetMonths {
        from: from.to_owned(),
        to: to.to_owned(),
        reason: "与全县年度工作合在一起，到年底为一季".to_owned(),
    };
    calendar::command(&story.store, &story.act(), season, months).await?;
    Ok(())
}

/// Enters what the calendar has asked for by now and nothing else says was done.
pub(super) async fn calendar(story: &Story, season: SeasonId) -> anyhow::Result<()> {
    let today = Day::of(story.clock.wall());
    let page = calendar::page(&story.store, story.account, season, today).await?;
    let due = page.rows.into_iter().filter(|row| {
        let is_due = matches!(row.state, DutyState::Open | DutyState::Overdue);
        is_due && row.output != Output::Posting
    });
    for row in due {
        let words = match row.output {
            Output::Records => "各镇走了一遍，没有要记的",
            _ => "在县政府二楼会议室开会，名单和材料存督查室",
        };
        let done = CalendarCommand::Done {
            rule: row.rule,
            span: row.span.from,
            words: words.to_owned(),
        };
        calendar::command(&story.store, &story.act(), season, done).await?;
    }
    Ok(())
}

pub(super) async fn act(
    story: &Story,
    act: Act,
    month: (SeasonId, Period),
    command: MonthCommand,
) -> anyhow::Result<()> {
    month::command(&story.store, &act, month, command)
        .await
        .with_context(|| format!("the month {}", month.1))
}

/// The second person looks at what was closed, and posts it.
pub(super) async fn post(
    story: &Story,
    second: AccountId,
    month: (SeasonId, Period),
) -> anyhow::Result<()> {
    let desk = month::desk::page(&story.store, second, month.0, month.1, story.act().now).await?;
    let post = MonthCommand::Post {
        code: desk.close_code,
        reason: String::new(),
        despite: String::new(),
    };
    act(story, second_act(story, second), month, post).await
}

fn second_act(story: &Story, second: AccountId) -> Act {
    Act {
        account: second,
        ..story.act()
    }
}

pub(super) async fn import(story: &Story, tables: Vec<Table>) -> anyhow::Result<()> {
    let file = workbook(&tables)?;
    let report = roster::apply(&story.store, &story.act(), "figures.xlsx", file.into()).await?;
    match report.problems.first() {
        None if report.applied => Ok(()),
        problem => bail!("the demo's figures have a problem: {problem:?}"),
    }
}

/// A season by its name, and units by their codes, in that order.
pub(super) async fn known(
    story: &Story,
    season: &str,
    codes: &[String],
) -> anyhow::Result<(SeasonId, Vec<UnitId>)> {
    let mut tx = story.store.read().await?;
    let season = tx
        .row(DEMO_SEASON, &params![season])
        .await?
        .id("season_id")?;
    let rows = tx.rows(DEMO_UNITS, &params![]).await?;
    let mut units = Vec::new();
    for code in codes {
        let row = rows
            .iter()
            .find(|row| row.text("code").is_ok_and(|known| known == *code));
        units.push(row.context("a unit of the demo")?.id("unit_id")?);
    }
    Ok((season, units))
}

pub(super) async fn records(
    story: &Story,
    month: (SeasonId, Period),
    units: &[UnitId],
    (number, reasons): (usize, &Reasons),
) -> anyhow::Result<()> {
    for at in 0..GOOD + BAD {
        let chosen = dice(&[number as u64, at as u64, 1]) as usize;
        let of = if at < GOOD { reasons.good } else { reasons.bad };
        let [points, dimension, reason] = of[chosen % of.len()];
        let unit = units[dice(&[number as u64, at as u64, 2]) as usize % units.len()];
        let record = MonthCommand::Record {
            unit,
            points: points.to_owned(),
            dimension: dimension.to_owned(),
            reason: reason.to_owned(),
            day: format!("{}-{:02}", month.1, at + 1),
        };
        act(story, story.act(), month, record).await?;
    }
    Ok(())
}

/// The second person confirms all records, but for the last of the open month.
pub(super) async fn confirm(
    story: &Story,
    second: AccountId,
    month: (SeasonId, Period),
    is_open: bool,
) -> anyhow::Result<()> {
    let of_month = params![month.0, month.1.to_string()];
    let rows = story
        .store
        .read()
        .await?
        .rows(DEMO_RECORDS, &of_month)
        .await?;
    let left = if is_open { 2 } else { 0 };
    for row in rows.iter().take(rows.len().saturating_sub(left)) {
        let merit: MeritId = row.id("merit_id")?;
        let confirm = MonthCommand::Confirm { merit };
        act(story, second_act(story, second), month, confirm).await?;
    }
    Ok(())
}

pub(super) fn days(period: Period) -> u64 {
    let month = time::Month::try_from(period.month()).unwrap_or(time::Month::January);
    u64::from(month.length(i32::from(period.year())))
}
