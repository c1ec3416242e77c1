//! What became of the demo's proposals: issued or set aside by the second person, replied to, and
//! closed by the organiser. Of the newest month some are still to be decided.

use super::figures::dice;
use super::story::Story;
use crate::clock::Clock as _;
use crate::service::act::Act;
use crate::service::ladder::{command, read};
use anyhow::Context as _;
use app::backend::{SlipCommand, SlipRow};
use app::pages::admin::slips::reason;
use app::text::Lang;
use app::when;
use domain::ids::{AccountId, Millis, SeasonId, SlipId};
use domain::month::charter::Document;
use domain::month::slip::SlipState;

const DAY_S: u64 = 24 * 60 * 60;
/// Days within which a reply is wanted.
const DUE_DAYS: u64 = 10;
/// One reminder in so many is issued; for the others a word was enough.
const ISSUED_OF: u64 = 4;

const ASIDE: &str = "分管领导已当面提醒，本月不另发单";
const DEMAND: &str = "对照年度目标分析原因，列出补进度的措施、责任人和完成时间";
const DEMAND_TALK: &str = "主要负责人说明连续落后的原因，带下两个月的补进度计划";
const REPLIES: [&str; 3] = [
    "已开专题会，缺的两个项目倒排工期，责任人和时间见附表",
    "原因是用地手续晚批，手续已齐，本月底补上进度",
    "措施和时间表已报主管部门，每周报一次进展",
];
const TALKED: &str = "谈了连续落后的原因，单位认账，补进度计划已交，下月底看结果";
const CHECKED: &str = "到现场看过，措施在做，数据回升";

/// Decides what the month that was just posted proposes, and lets the answers come.
///
/// # Errors
/// A service refused, which the demo's test rules out.
pub async fn decide(
    story: &Story,
    second: AccountId,
    season: SeasonId,
    is_newest: bool,
) -> anyhow::Result<()> {
    story.clock.pass(DAY_S);
    for (at, row) in (0_u64..).zip(rows(story, second, season, SlipState::Proposed).await?) {
        let is_reminder = row.document == Document::Slip && row.behind < 2;
        let is_chosen = dice(&[u64::from(row.of_units), at, 5]).is_multiple_of(ISSUED_OF);
        // The newest month is only half decided.
        if is_newest && at % 2 == 1 {
            continue;
        }
        let decision = match is_reminder && !is_chosen {
            true => SlipCommand::SetAside {
                matter: row.matter,
                reason: ASIDE.to_owned(),
            },
            false => issue(story, row),
        };
        say(story, second, decision).await?;
    }
    story.clock.pass(5 * DAY_S);
    let issued = rows(story, second, season, SlipState::Issued).await?;
    for (at, row) in issued.into_iter().enumerate() {
        let slip = row.slip.context("a document")?;
        // One unit of the newest month still owes its reply, another is not closed.
        let is_left = is_newest && at % 3 == 0;
        if !is_left {
            say(story, story.account, reply(story, slip, row.document, at)).await?;
        }
        let is_replied_only = is_newest && at % 3 == 1;
        if !(is_left || is_replied_only) {
            say(story, story.account, close(slip)).await?;
        }
    }
    Ok(())
}

async fn rows(
    story: &Story,
    second: AccountId,
    season: SeasonId,
    state: SlipState,
) -> anyhow::Result<Vec<SlipRow>> {
    let now = story.clock.wall();
    let page = read::slips(&story.store, second, (Some(season), state), now).await;
    Ok(page.context("the slips")?.rows)
}

async fn say(story: &Story, account: AccountId, what: SlipCommand) -> anyhow::Result<()> {
    let act = Act {
        account,
        ..story.act()
    };
    command(&story.store, &act, what)
        .await
        .context("a slip of the demo")
}

fn issue(story: &Story, row: SlipRow) -> SlipCommand {
    let demand = match row.document {
        Document::Slip => DEMAND,
        Document::Talk => DEMAND_TALK,
    };
    SlipCommand::Issue {
        reason: reason(Lang::Zh, &row),
        matter: row.matter,
        demand: demand.to_owned(),
        due: when::day(Millis(story.clock.wall().0 + DUE_DAYS * DAY_S * 1_000)),
        late: String::new(),
    }
}

fn reply(story: &Story, slip: SlipId, document: Document, at: usize) -> SlipCommand {
    let (who, words) = match document {
        Document::Slip => ("单位办公室", REPLIES[at % REPLIES.len()]),
        Document::Talk => ("县分管领导、单位主要负责人", TALKED),
    };
    SlipCommand::Reply {
        slip,
        who: who.to_owned(),
        day: when::day(story.clock.wall()),
        words: words.to_owned(),
    }
}

fn close(slip: SlipId) -> SlipCommand {
    SlipCommand::Close {
        slip,
        words: CHECKED.to_owned(),
    }
}
