//! A posted month keeps what it was computed by: what changes in the season afterwards leaves it
//! alone, unless somebody takes it over, which the correction says.

use crate::import::import;
use crate::kit::{NOW, Place};
use crate::month::{County, close, july, refused};
use app::backend::{MonthCommand, MonthStage, RegistryPart, SeasonBegin};
use domain::ids::{IndicatorId, UnitId};
use domain::month::SeasonCharter;
use domain::month::indicator::{Against, Better, Cadence, Indicator, Rule};
use domain::month::preset::SeasonPreset;
use futures::FutureExt as _;
use server::service::month::registry::*;
use server::service::month::{self, season};
use server::store::{StoreError, Tx, Value};
use sync::posted_month::PostedMonth;
use uuid::Uuid;

const MORE: &str = "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开\n\
                    2026,XZ,新指标,亿元,60,高,位次,0.05,月,否,是\n";
const APART: &str = "赛季,单位,对手,移除\n2026,03,04,是\n";
const GONE: &str = "赛季,组别,单位,移除\n2026,乡镇组,04,是\n";
const MOVED: &str = "赛季,组别,单位\n2026,街道组,04\n";

impl County {
    pub async fn posted(place: &Place) -> Self {
        let county = Self::new(place).await;
        county.figures(["9", "8", "7", "6"]).await;
        county.own(close("")).await.expect("closed");
        county.post(&county.second(), "").await.expect("posted");
        county
    }

    /// The season's charter becomes another one.
    async fn change_charter(&self) {
        let charter = SeasonCharter {
            title: "新办法".to_owned(),
            places: 1,
            ..SeasonCharter::guanyun()
        };
        let row = [
            Value::from(self.season),
            Value::from(serde_json::to_string(&charter).expect("JSON")),
        ];
        let sql = "update season set charter_json = $2, charter_version = 2 where season_id = $1";
        let written: Result<u64, StoreError> = self
            .story
            .store
            .write(move |tx: &mut Tx| async move { tx.execute(sql, &row).await }.boxed())
            .await;
        written.expect("written");
    }

    /// 竹海乡 goes to another group, without its pair.
    async fn move_unit(&self) {
        self.import("pairs.csv", APART).await;
        self.import("groups.csv", MOVED).await;
    }

    /// An indicator comes, a unit goes to another group, and the charter changes.
    async fn change_everything(&self) {
        self.import("indicators.csv", MORE).await;
        self.move_unit().await;
        self.change_charter().await;
    }
}

/// Scenario 11 with all of P12's indicators and every file is in `month_package.rs`.
#[tokio::test]
async fn a_change_of_the_season_leaves_posted_months_alone() {
    let place = Place::new();
    let county = County::posted(&place).await;
    let first = county.page(july()).await.month;
    county.change_everything().await;
    let desk = county.desk(county.second).await;
    assert_eq!((desk.is_changed, desk.stage), (false, MonthStage::Posted));
    assert_eq!(desk.missing, [], "the new indicator is not asked for");
    assert_eq!(
        desk.newer,
        [
            RegistryPart::Charter,
            RegistryPart::Groups,
            RegistryPart::Pairs,
            RegistryPart::Indicators
        ]
    );
    assert_eq!(county.page(july()).await.month, first);
    // A close for a correction finds nothing that changed.
    county.own(close("")).await.expect("closed");
    refused(
        county.post(&county.second(), "复核").await,
        "nothing_changed",
    );
}

#[tokio::test]
async fn a_correction_of_a_figure_changes_that_figure_and_nothing_else() {
    let place = Place::new();
    let county = County::posted(&place).await;
    let first = county.page(july()).await.month;
    county.change_everything().await;
    // 竹海乡 stays the last, with another figure.
    county.figures(["9", "8", "7", "6.5"]).await;
    county.own(close("")).await.expect("closed");
    county
        .post(&county.second(), "竹海乡补报")
        .await
        .expect("posted");
    let mut second = county.page(july()).await.month;
    assert_eq!((second.edition, second.title.as_str()), (2, &*first.title));
    let cell = &mut second.groups[0].units[3].cells[0];
    assert_eq!(cell.value.as_deref(), Some("6.5"));
    cell.value
        .clone_from(&first.groups[0].units[3].cells[0].value);
    assert_eq!(second.groups, first.groups);
    assert_eq!(second.indicators, first.indicators);
    assert_eq!(second.pairs, first.pairs);
}

/// Its figures of a month that it stood in can still be put right, and no others.
#[tokio::test]
async fn a_unit_that_left_is_corrected_in_the_months_it_was_in() {
    let place = Place::new();
    let county = County::posted(&place).await;
    county.import("pairs.csv", APART).await;
    county.import("groups.csv", GONE).await;
    let figure = |period| format!("赛季,月份,指标,单位,完成值\n2026,{period},XM,04,6.5\n");
    let later = import(&county.story, "figures.csv", &figure("2026-08")).await;
    let problems: Vec<_> = later.problems.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(problems, ["not_in_season"]);
    county.import("figures.csv", &figure("2026-07")).await;
    county.own(close("")).await.expect("closed");
    let posted = county.post(&county.second(), "竹海乡补报").await;
    posted.expect("posted");
    let cell = &county.page(july()).await.month.groups[0].units[3].cells[0];
    assert_eq!(cell.value.as_deref(), Some("6.5"));
}

#[tokio::test]
async fn todays_rules_are_taken_over_by_an_act_that_the_correction_names() {
    let place = Place::new();
    let county = County::posted(&place).await;
    let take_over = |why: &str| MonthCommand::CloseByToday {
        reason: String::new(),
        why: why.to_owned(),
    };
    refused(county.own(take_over("县里定的")).await, "nothing_changed");
    county.move_unit().await;
    refused(county.own(take_over("")).await, "empty");
    county.own(take_over("县里定的")).await.expect("closed");
    county.post(&county.second(), "复核").await.expect("posted");
    let page = county.page(july()).await.month;
    assert_eq!(page.groups.len(), 2, "竹海乡 stands in a group of its own");
    assert!(
        page.correction
            .starts_with("复核；改按现在的分组、结对计算：县里定的"),
        "{}",
        page.correction
    );
    // From now on the month goes by that.
    let desk = county.desk(county.second).await;
    assert_eq!((desk.is_changed, desk.newer.len()), (false, 0));
}

#[tokio::test]
async fn an_open_month_goes_by_todays_rules() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.figures(["9", "8", "7", "6"]).await;
    county.import("indicators.csv", MORE).await;
    let desk = county.desk(county.second).await;
    assert_eq!(desk.month.indicators.len(), 3);
    // What waits for the second person goes by what it was closed by.
    county.own(close("新指标没有数")).await.expect("closed");
    county.change_charter().await;
    assert_ne!(county.desk(county.second).await.month.title, "新办法");
    county.post(&county.second(), "").await.expect("posted");
    assert_ne!(county.page(july()).await.month.title, "新办法");
}

#[tokio::test]
async fn a_season_begins_with_what_the_last_one_was_played_by_and_none_of_its_results() {
    let place = Place::new();
    let county = County::posted(&place).await;
    county.change_charter().await;
    let (store, act) = (&county.story.store, county.story.act());
    // A season of a greater name does not come between.
    let other = SeasonBegin::Preset(SeasonPreset::default());
    let other = season::open(store, &act, "村居", other, None, None).await;
    other.expect("a season of villages");
    let copied = SeasonBegin::Copy(county.season);
    let next = season::open(store, &act, "2027", copied, None, None).await;
    let next = next.expect("a season");
    let january = "2027-01".parse().expect("a month");
    let desk = month::desk::page(store, county.second, next, january, NOW).await;
    let desk = desk.expect("the desk");
    let (old, new) = (county.page(july()).await.month, desk.month);
    assert_eq!(new.title, "新办法");
    let codes = |month: &PostedMonth| -> Vec<(String, String)> {
        let indicators = month.indicators.iter();
        indicators
            .map(|one| (one.code.clone(), one.weight.clone()))
            .collect()
    };
    // The old page shows what is public alone.
    assert_eq!((codes(&new).len(), &codes(&new)[0]), (2, &codes(&old)[0]));
    assert_eq!((new.groups.len(), new.pairs.len()), (1, 2));
    let units: Vec<_> = new.units().map(|(_, unit)| unit.unit).collect();
    assert_eq!(units.len(), 4);
    assert!(
        new.units()
            .all(|(_, unit)| unit.cells.iter().all(|cell| cell.value.is_none()))
    );
    assert!(new.pairs.iter().all(|pair| pair.won + pair.lost == 0));
    let alone = season::open(
        store,
        &act,
        "2028",
        SeasonBegin::Preset(SeasonPreset::Jiangshan),
        None,
        None,
    )
    .await;
    let page =
        month::desk::page(store, county.second, alone.expect("a season"), january, NOW).await;
    assert!(page.expect("the desk").month.groups.is_empty());
}

#[test]
fn what_a_month_keeps_is_written_as_it_was_released() {
    let unit = |number| UnitId(Uuid::from_u128(number));
    let member = |number, name: &str, external| RegistryMember {
        unit: unit(number),
        name: name.to_owned(),
        external,
    };
    let decimal = |text: &str| text.parse().expect("a decimal");
    let registry = Registry {
        v: REGISTRY_VERSION,
        charter: SeasonCharter::guanyun(),
        charter_version: 3,
        groups: vec![RegistryGroup {
            name: "乡镇组".to_owned(),
            members: vec![member(1, "青禾镇", false), member(2, "邻县", true)],
        }],
        pairs: vec![(unit(1), unit(2))],
        indicators: vec![IndicatorRecord {
            id: IndicatorId(Uuid::from_u128(3)),
            name: "固定资产投资".to_owned(),
            measure: "亿元".to_owned(),
            public: true,
            dimension: String::new(),
            rule: Indicator {
                key: "GT".to_owned(),
                weight: decimal("8.5"),
                better: Better::Higher,
                rule: Rule::Mixed {
                    target: decimal("0.6"),
                    step: decimal("0.05"),
                },
                cadence: Cadence::Quarterly,
                gate: true,
                due: Some(july()),
                against: Against::Raised,
                groups: Vec::new(),
            },
        }],
        teams: Vec::new(),
    };
    let golden = include_str!("golden/registry.json");
    let golden: serde_json::Value = serde_json::from_str(golden).expect("JSON");
    let written = serde_json::to_value(&registry).expect("JSON");
    assert_eq!(written, golden, "{written:#}");
    let read: Registry = serde_json::from_value(golden).expect("a registry");
    assert_eq!(read, registry);
}
