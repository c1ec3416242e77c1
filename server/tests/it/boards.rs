//! 榜单 by season and month: every posted month is reached from there, however old.

use crate::kit::NOW;
use crate::month::{County, close};
use crate::publication::Office;
use app::backend::MonthBoards;
use axum::http::header::CACHE_CONTROL;
use domain::ids::SeasonId;
use domain::month::Period;
use futures::FutureExt as _;
use server::service::month::season;
use server::store::{StoreError, Value};

const VILLAGES: &str = "2026村";

fn month(year: u16, number: u8) -> Period {
    Period::new(year, number).expect("a month")
}

/// A second season, of villages, whose May was posted.
async fn villages(county: &County) -> SeasonId {
    county
        .import(
            "units.csv",
            "编码,名称,层级,上级\n0101,河口村,村,01\n0102,山前村,村,01\n",
        )
        .await;
    let groups = "赛季,组别,单位\n2026村,村组,0101\n2026村,村组,0102\n";
    county.import("groups.csv", groups).await;
    let indicators = "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开\n\
                      2026村,HJ,环境,分,100,高,位次,0.05,月,否,是\n";
    county.import("indicators.csv", indicators).await;
    let figures = "赛季,月份,指标,单位,完成值,目标值\n\
                   2026村,2026-05,HJ,0101,9,\n2026村,2026-05,HJ,0102,8,\n";
    county.import("figures.csv", figures).await;
    let seasons = season::list(&county.story.store, NOW)
        .await
        .expect("seasons");
    let found = seasons.into_iter().find(|one| one.name == VILLAGES);
    let of_villages = County {
        season: found.expect("the season").id,
        story: server::demo::story::Story {
            store: county.story.store.clone(),
            clock: county.story.clock.clone(),
            account: county.story.account,
            chance: county.story.chance.clone(),
        },
        second: county.second,
        units: Vec::new(),
    };
    let may = month(2026, 5);
    of_villages.own_in(may, close("")).await.expect("closed");
    of_villages.post_in(may).await;
    of_villages.season
}

fn names(boards: &MonthBoards) -> Vec<(&str, Vec<&str>)> {
    let seasons = boards.seasons.iter();
    seasons
        .map(|one| {
            let levels = one.levels.iter().map(String::as_str);
            (one.name.as_str(), levels.collect())
        })
        .collect()
}

#[tokio::test]
async fn a_season_is_chosen_and_by_it_the_level_of_its_units() {
    let office = Office::posted().await;
    let villages = villages(&office.county).await;
    let any = office.county.boards(None).await;
    assert_eq!(
        names(&any),
        [("2026", vec!["township"]), (VILLAGES, vec!["village"])],
        "the newest month's first"
    );
    let season = |boards: &MonthBoards| boards.newest.as_ref().map(|card| card.season);
    assert_eq!(season(&any), Some(office.county.season));
    let chosen = office.county.boards(Some(villages)).await;
    assert_eq!(season(&chosen), Some(villages));
    assert_eq!(chosen.months, [(month(2026, 5), 1)]);
    let never = SeasonId(uuid::Uuid::nil());
    assert_eq!(office.county.boards(Some(never)).await, any);

    let page = office.app.get("/boards", None).await;
    let chosen = office
        .app
        .get(&format!("/boards?season={villages}"), None)
        .await;
    assert!(page.text().contains("看全部排名") && page.text().contains("青禾镇"));
    assert!(chosen.text().contains("河口村"));
    for text in [page.text(), chosen.text()] {
        assert!(text.contains("2026村，村") && text.contains("2026，乡镇"));
        assert!(text.contains(&format!("href=\"/boards?season={villages}\"")));
    }
    assert_eq!(page.headers.get(CACHE_CONTROL), None, "phones keep it");
}

#[tokio::test]
async fn of_many_levels_the_first_are_named() {
    let office = Office::posted().await;
    villages(&office.county).await;
    let units = "编码,名称,层级,上级\n11,发改局,部门,\n12,开发区,园区,\n13,农商行,金融,\n";
    office.county.import("units.csv", units).await;
    let groups = "赛季,组别,单位\n2026,部门组,11\n2026,部门组,12\n2026,部门组,13\n";
    office.county.import("groups.csv", groups).await;
    let page = office.app.get("/boards", None).await.text();
    assert!(page.contains(">2026，乡镇、部门、园区等<"));
}

#[tokio::test]
async fn every_month_is_reached_however_old() {
    let office = Office::posted().await;
    let store = &office.app.state.store;
    let sql = "insert into posted_month (season_id, period, edition, county_id, snapshot, hash,
            past, registry, past_hash, closed_by, posted_by, posted_at, black_until)
        select season_id, $1, edition, county_id, snapshot, hash, past, registry, past_hash,
            closed_by, posted_by, posted_at, black_until
        from posted_month where period = '2026-07'";
    let job = store.write(move |tx| {
        async move {
            for year in 2019..=2025_u16 {
                for number in 1..=12 {
                    let period = month(year, number).to_string();
                    tx.execute(sql, &[Value::from(period)]).await?;
                }
            }
            Ok::<_, StoreError>(())
        }
        .boxed()
    });
    job.await.expect("older months");
    let boards = office.county.boards(None).await;
    assert_eq!(boards.months.len(), 7 * 12 + 1);
    let page = office.app.get("/boards", None).await.text();
    for year in 2019..=2025_u16 {
        assert!(page.contains(&format!(">{year}年<")), "{year}");
        for number in 1..=12 {
            let at = month(year, number);
            let href = format!("href=\"/months/{}/{at}\"", office.county.season);
            assert!(page.contains(&href), "{at}");
        }
    }
}
