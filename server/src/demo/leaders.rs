//! The leaders of the demo's season (GY-8, GY-9): their units, and where they were.

use super::SECOND;
use super::county::SEASON;
use super::story::Story;
use crate::service::leaders::command;
use crate::store::{params, statements};
use app::backend::LeaderCommand;
use domain::ids::{LeaderId, SeasonId, UnitId};

/// Name, post, the account if there is one, units, and the days of visits, each with the unit's
/// place among them.
type Told = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [(usize, &'static str)],
);

/// From this month on.
const FROM: &str = "2026-05";
const LEADERS: [Told; 2] = [
    (
        "县领导甲",
        "分管农业农村",
        SECOND,
        &["青禾镇", "石桥乡"],
        &[
            (0, "2026-05-12"),
            (1, "2026-06-09"),
            (0, "2026-07-14"),
            (1, "2026-08-20"),
            (0, "2026-09-08"),
        ],
    ),
    (
        "县领导乙",
        "分管工业和园区",
        "",
        &["云岭经济开发区", "清泉饮品公司"],
        &[
            (0, "2026-05-20"),
            (1, "2026-06-11"),
            (0, "2026-08-06"),
            (1, "2026-09-17"),
            (0, "2026-10-13"),
        ],
    ),
];
const WORDS: &str = "到现场看进度，和班子商量下个月的安排";

statements! {
    LEADERS_SEASON = "select season_id from season where name = $1";
    LEADERS_UNIT = "select unit_id from unit where name = $1";
    LEADERS_ID = "select leader_id from leader where name = $1";
}

pub(super) async fn told(story: &Story) -> anyhow::Result<()> {
    let mut tx = story.store.read().await?;
    let season = tx.row(LEADERS_SEASON, &params![SEASON]).await?;
    let season: SeasonId = season.id("season_id")?;
    drop(tx);
    for (name, post, login, units, visits) in LEADERS {
        let add = LeaderCommand::Add {
            name: name.to_owned(),
            post: post.to_owned(),
            login: login.to_owned(),
        };
        command(&story.store, &story.act(), season, add).await?;
        let mut tx = story.store.read().await?;
        let leader: LeaderId = tx.row(LEADERS_ID, &params![name]).await?.id("leader_id")?;
        let mut ids: Vec<UnitId> = Vec::new();
        for unit in units {
            ids.push(tx.row(LEADERS_UNIT, &params![*unit]).await?.id("unit_id")?);
        }
        drop(tx);
        let bind = |unit: &UnitId| LeaderCommand::Bind {
            leader,
            unit: *unit,
            from: FROM.to_owned(),
        };
        let visit = |(at, day): &(usize, &str)| LeaderCommand::Visit {
            leader,
            unit: ids[*at],
            day: (*day).to_owned(),
            words: WORDS.to_owned(),
        };
        let words = ids.iter().map(bind).chain(visits.iter().map(visit));
        for word in words.collect::<Vec<_>>() {
            command(&story.store, &story.act(), season, word).await?;
        }
    }
    Ok(())
}
