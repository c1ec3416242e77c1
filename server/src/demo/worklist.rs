//! A batch of the demo's worklist (WZ-15, WZ-16, GY-7), with items in every state.

use super::county::SEASON;
use super::story::Story;
use crate::service::act::Act;
use crate::service::roster;
use crate::service::worklist::command;
use crate::store::{params, statements};
use anyhow::bail;
use app::backend::WorkCommand;
use domain::ids::{AccountId, SeasonId, WorkId};

const BATCH: &str = "助企问题第一批";
/// Content, unit, team, schedule, last day, and how far it came: that many of asked and struck.
type Given = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    usize,
);

const TEAM: &str = "分管副镇长带队，三人";
const GIVEN: [Given; 12] = [
    (
        "厂区门口道路积水",
        "清泉饮品公司",
        TEAM,
        "9月清管，10月通车",
        "2026-10-31",
        2,
    ),
    (
        "用地红线没有办下来",
        "石桥建材公司",
        TEAM,
        "9月补件，10月报批",
        "2026-10-31",
        2,
    ),
    (
        "招工缺五十人",
        "南塘水产公司",
        TEAM,
        "10月两场招聘会",
        "2026-10-31",
        2,
    ),
    (
        "高峰时段用电不够",
        "清泉饮品公司",
        TEAM,
        "9月测算，11月增容",
        "2026-11-30",
        2,
    ),
    (
        "冷链车进城要绕路",
        "南塘水产公司",
        TEAM,
        "10月定通行时段",
        "2026-10-31",
        2,
    ),
    (
        "贷款到期要续",
        "石桥建材公司",
        TEAM,
        "9月对接银行",
        "2026-09-30",
        1,
    ),
    (
        "污水接不进管网",
        "南塘水产公司",
        TEAM,
        "9月勘察，11月接通",
        "2026-11-30",
        1,
    ),
    (
        "职工子女入学",
        "清泉饮品公司",
        TEAM,
        "8月底前落实",
        "2026-08-31",
        0,
    ),
    (
        "厂房消防验收排队",
        "石桥建材公司",
        TEAM,
        "10月约验，11月拿证",
        "2026-11-30",
        0,
    ),
    (
        "网速慢",
        "云岭经济开发区",
        TEAM,
        "12月换光缆",
        "2026-12-31",
        0,
    ),
    (
        "园区没有公交",
        "云岭经济开发区",
        "",
        "12月开通",
        "2026-12-31",
        0,
    ),
    ("标准厂房不够", "云岭经济开发区", "", "", "2026-12-31", 0),
];

statements! {
    WORKLIST_SEASON = "select season_id from season where name = $1";
    WORKLIST_ITEMS = "select work_id from work_item where season_id = $1
        order by length(number), number";
}

pub(super) async fn told(story: &Story, second: AccountId) -> anyhow::Result<()> {
    let mut file = "赛季,批次,编号,类别,内容,责任单位,班子,时间表,期限\n".to_owned();
    for (at, (content, unit, team, schedule, due, _)) in GIVEN.iter().enumerate() {
        let number = at + 1;
        file +=
            &format!("{SEASON},{BATCH},{number},问题,{content},{unit},{team},{schedule},{due}\n");
    }
    let bytes = file.replace("，", "、").into_bytes().into();
    let report = roster::apply(&story.store, &story.act(), "worklist.csv", bytes).await?;
    if !report.applied {
        bail!("the demo's worklist has problems: {:?}", report.problems);
    }
    let mut tx = story.store.read().await?;
    let season = tx.row(WORKLIST_SEASON, &params![SEASON]).await?;
    let season: SeasonId = season.id("season_id")?;
    let items = tx.rows(WORKLIST_ITEMS, &params![season]).await?;
    drop(tx);
    for (row, (.., came)) in items.iter().zip(GIVEN) {
        let work: WorkId = row.id("work_id")?;
        let ask = WorkCommand::Ask {
            work,
            seen: 1,
            proof: "已办结，企业签字确认，照片存档".to_owned(),
        };
        let approve = WorkCommand::Approve {
            work,
            seen: 2,
            words: "到现场看过".to_owned(),
        };
        let by_second = Act {
            account: second,
            ..story.act()
        };
        let acts = [(story.act(), ask), (by_second, approve)];
        for (act, word) in acts.into_iter().take(came) {
            command(&story.store, &act, season, word).await?;
        }
    }
    Ok(())
}
