//! Dimensions: what indicators are one of (GY-5), and merit points by theirs (ES-3), as a unit's
//! page holds them against its group.

use crate::kit::{Place, stranger, today};
use crate::month::{County, close, july};
use app::backend::{MonthCommand, SeasonBegin, UnitDimension, UnitPage};
use server::service::month::{read, season, units};
use server::store::Value;

const HEADER: &str = "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开";

async fn import(county: &County, dimensions: Option<[&str; 2]>) {
    let row = |code: &str, at: usize| {
        let public = if at == 0 { "是" } else { "否" };
        let end = dimensions.map_or(String::new(), |all| format!(",{}", all[at]));
        format!("2026,{code},{code},,50,高,位次,0.05,月,否,{public}{end}\n")
    };
    let head = dimensions.map_or("", |_| ",维度");
    let text = format!("{HEADER}{head}\n{}{}", row("XM", 0), row("NB", 1));
    county.import("indicators.csv", &text).await;
}

async fn kept(county: &County, season: &str) -> Vec<String> {
    let sql = "select dimension from indicator where season = $1 order by code desc";
    let mut tx = county.story.store.read().await.expect("a reader");
    let rows = tx.rows(sql, &[Value::from(season)]).await.expect("rows");
    let dimensions = rows.iter().map(|row| row.text("dimension").expect("text"));
    dimensions.collect()
}

async fn record(county: &County, unit: usize, points: &str, dimension: &str) {
    let record = MonthCommand::Record {
        unit: county.units[unit],
        points: points.to_owned(),
        dimension: dimension.to_owned(),
        reason: format!("{dimension}的事由"),
        day: "2026-07-12".to_owned(),
    };
    county.own(record).await.expect("a record");
}

async fn page(county: &County, unit: usize) -> UnitPage {
    let store = &county.story.store;
    let reader = stranger(store).await;
    let page = units::unit(store, &reader, county.units[unit], today()).await;
    page.expect("a unit's page")
}

/// GY-5. A file from before there were dimensions takes none away, and a new season keeps them.
#[tokio::test]
async fn an_import_without_dimensions_leaves_them() {
    let place = Place::new();
    let county = County::new(&place).await;
    import(&county, Some(["项目", "招商"])).await;
    assert_eq!(kept(&county, "2026").await, ["项目", "招商"]);
    import(&county, None).await;
    import(&county, Some(["", "清空"])).await;
    assert_eq!(kept(&county, "2026").await, ["项目", ""]);
    let begin = SeasonBegin::Copy(county.season);
    let copied = season::open(
        &county.story.store,
        &county.story.act(),
        "2027",
        begin,
        None,
        None,
    )
    .await;
    copied.expect("a season");
    assert_eq!(kept(&county, "2027").await, ["项目", ""]);
}

#[tokio::test]
async fn a_posted_indicator_says_its_dimension_where_it_is_public() {
    let place = Place::new();
    let county = County::new(&place).await;
    import(&county, Some(["项目", "内情"])).await;
    county.figures(["9", "8", "7", "6"]).await;
    county.own(close("")).await.expect("closed");
    county.post(&county.second(), "").await.expect("posted");
    let store = &county.story.store;
    let month = (county.season, july());
    let month = read::month(store, &stranger(store).await, month, today()).await;
    let text = serde_json::to_string(&month.expect("a month")).expect("JSON");
    assert!(
        text.contains("\"dimension\":\"项目\"") && !text.contains("内情"),
        "{text}"
    );
    let page = page(&county, 0).await;
    assert_eq!(page.dimensions, None, "nothing was recorded");
}

/// ES-3: everybody reads how the net points of a unit lie, and the reasons of lists alone.
#[tokio::test]
async fn merit_points_are_told_by_dimension_and_reasons_by_lists_alone() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.figures(["9", "8", "7", "6"]).await;
    for (unit, points, dimension) in [
        (0, "2", "责任落实"),
        (0, "1.5", "服务成效"),
        (1, "-3", "问题化解"),
        (2, "2", "服务成效"),
        (3, "0.5", "服务成效"),
        (3, "-0.5", "责任落实"),
    ] {
        record(&county, unit, points, dimension).await;
    }
    county.confirm_all().await;
    // Struck out, so it counts nowhere.
    record(&county, 0, "9", "责任落实").await;
    county.own(close("还有一条没有确认")).await.expect("closed");
    county.post(&county.second(), "").await.expect("posted");
    let page = page(&county, 3).await;
    let dimensions = page.dimensions.as_ref().expect("dimensions");
    let row = |name: &str, points: &str, mean: &str| UnitDimension {
        name: name.to_owned(),
        points: points.to_owned(),
        mean: mean.to_owned(),
    };
    assert_eq!(dimensions.most, "3");
    assert_eq!(
        dimensions.rows,
        [
            row("服务成效", "0.5", "1.00"),
            row("责任落实", "-0.5", "0.38"),
            row("问题化解", "0", "-0.75"),
        ]
    );
    let unit = page
        .month
        .as_ref()
        .and_then(|month| month.unit(page.unit.id));
    assert!(unit.is_some_and(|unit| unit.listed.is_none() && unit.merits.is_empty()));
}
