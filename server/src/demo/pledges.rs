//! What units of the demo's season signed (GY-12), where its rules have pledges.

use super::county::SEASON;
use super::story::Story;
use crate::service::month::rules;
use crate::service::pledges::command;
use crate::store::{params, statements};
use app::backend::PledgeCommand;
use domain::ids::SeasonId;
use domain::month::SeasonCharter;

/// Unit, who signed, the number of the file, and the lines of the paper.
const SIGNED: [(&str, &str, &str, &str); 3] = [
    (
        "青禾镇",
        "青禾镇党政班子",
        "县委办 2026-001",
        "XM 4 2026-06\nZS 8 2026-08\nXM 9 2026-12",
    ),
    (
        "石桥乡",
        "石桥乡党政班子",
        "县委办 2026-002",
        "XM 4 2026-06\nZS 4 2026-12",
    ),
    (
        "云岭经济开发区",
        "开发区管委会班子",
        "县委办 2026-003",
        "ZS 20 2026-12",
    ),
];
const DAY: &str = "2026-01-08";

statements! {
    PLEDGES_SEASON = "select season_id from season where name = $1";
    PLEDGES_UNIT = "select unit_id from unit where name = $1";
}

pub(super) async fn signed(story: &Story) -> anyhow::Result<()> {
    let text = rules::written(&story.store, SEASON).await?;
    let mut charter: SeasonCharter = serde_json::from_str(&text)?;
    charter.pledges = true;
    let text = serde_json::to_string(&charter)?;
    rules::set(&story.store, (SEASON, &text), story.act().now).await?;
    let mut tx = story.store.read().await?;
    let season = tx.row(PLEDGES_SEASON, &params![SEASON]).await?;
    let season: SeasonId = season.id("season_id")?;
    drop(tx);
    for (unit, signer, document, items) in SIGNED {
        let mut tx = story.store.read().await?;
        let unit = tx.row(PLEDGES_UNIT, &params![unit]).await?.id("unit_id")?;
        drop(tx);
        let sign = PledgeCommand::Sign {
            unit,
            signer: signer.to_owned(),
            day: DAY.to_owned(),
            document: document.to_owned(),
            items: items.to_owned(),
        };
        command(&story.store, &story.act(), season, sign).await?;
    }
    Ok(())
}
