//! The villages' own season (ES-1, ES-2): three posted months of one indicator and merit points, in
//! two groups, beside the county's twelve. Its lists are what hangs outside the township hall.

use super::county::{self, villages};
use super::figures::dice;
use super::months::{Reasons, act, calendar, confirm, dates, days, import, known, post, records};
use super::story::Story;
use crate::service::roster::columns::TableKind;
use crate::service::table::Table;
use anyhow::Context as _;
use app::backend::MonthCommand;
use domain::ids::{AccountId, Millis};
use domain::month::Period;

pub const SEASON: &str = "2026年村居";
const VILLAGES: &str = "行政村组";
const COMMUNITIES: &str = "社区组";
/// 人居环境检查得分, of a hundred.
const INDICATOR: &str = "RJ";

/// 村两委, 驻村工作队, 村组干部.
const POSTS: [&str; 3] = ["村党支部书记", "驻村工作队队长", "村民小组长"];

const FIRST: (u16, u8) = (2026, 6);
const POSTED: usize = 3;
/// 2026-06-01 in China.
const BEGINS: Millis = Millis(1_780_243_200_000);
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
/// The second of the following month, ten in the morning: before the county's own.
const CLOSES_MS: u64 = DAY_MS + 10 * 60 * 60 * 1_000;

const REASONS: Reasons = Reasons {
    good: &[
        ["2", "责任落实", "汛期巡堤两班倒，险情当夜报到镇里"],
        ["1", "服务成效", "村口垃圾点天天清，走访群众都说好"],
        ["1.5", "问题化解", "两户宅基地纠纷当月调成，双方签字"],
        ["1", "责任落实", "河长巡河记录齐全，漂浮物当天清"],
    ],
    bad: &[
        ["-1", "责任落实", "主路两侧乱堆柴草三处"],
        ["-2", "问题化解", "上月通报的积水沟没有清"],
        ["-0.5", "服务成效", "便民点上班时间没人，两次"],
        ["-1", "责任落实", "河边倾倒建筑垃圾一处"],
    ],
};

/// Makes the season and its months.
///
/// # Errors
/// A service refused, which the demo's test rules out.
pub async fn posted(story: &Story, second: AccountId) -> anyhow::Result<()> {
    let mut period = Period::new(FIRST.0, FIRST.1).context("the first month")?;
    let mut begins = BEGINS;
    story.clock.set(begins);
    import(story, vec![groups(), indicator(), teams()]).await?;
    let codes: Vec<String> = villages().into_iter().map(|(code, _)| code).collect();
    let (season, units) = known(story, SEASON, &codes).await?;
    dates(story, season, ("2026-06", "2026-12")).await?;
    for number in 0..POSTED {
        let month = (season, period);
        story.clock.set(Millis(begins.0 + 27 * DAY_MS));
        import(story, vec![figures(period)]).await?;
        records(story, month, &units, (number, &REASONS)).await?;
        confirm(story, second, month, false).await?;
        begins = Millis(begins.0 + days(period) * DAY_MS);
        story.clock.set(Millis(begins.0 + CLOSES_MS));
        let close = MonthCommand::Close {
            reason: String::new(),
        };
        act(story, story.act(), month, close).await?;
        story.clock.pass(60 * 60);
        post(story, second, month).await?;
        period = period.next().context("the next month")?;
    }
    calendar(story, season).await
}

fn groups() -> Table {
    let mut table = county::table(TableKind::Groups);
    for (code, is_community) in villages() {
        let group = if is_community { COMMUNITIES } else { VILLAGES };
        table.rows.push(county::row([SEASON, group, &code]));
    }
    table
}

/// Who a red list credits (ES-6); nobody of the demo has a name.
fn teams() -> Table {
    let mut table = county::table(TableKind::Teams);
    for (code, _) in villages() {
        for (member, post) in (1..).zip(POSTS) {
            let name = format!("{member}号队员");
            table.rows.push(county::row([SEASON, &code, &name, post]));
        }
    }
    table
}

fn indicator() -> Table {
    let mut table = county::table(TableKind::Indicators);
    table.rows.push(county::row([
        SEASON,
        INDICATOR,
        "人居环境检查",
        "分",
        "100",
        "高",
        "混合",
        "0.02",
        "0.6",
        "月",
        "否",
        "是",
        "",
        "县农业农村局",
    ]));
    table
}

/// Between 78 and 98 of a hundred, against 85.
fn figures(period: Period) -> Table {
    let mut table = county::table(TableKind::Figures);
    let month = u64::from(period.month());
    for (at, (code, _)) in villages().iter().enumerate() {
        let kind = dice(&[at as u64, 11]) % 120;
        let now = dice(&[at as u64, month, 12]) % 80;
        let tenths = 780 + kind + now;
        let value = format!("{}.{}", tenths / 10, tenths % 10);
        let period = period.to_string();
        table.rows.push(county::row([
            SEASON, &period, INDICATOR, code, &value, "85",
        ]));
    }
    table
}
