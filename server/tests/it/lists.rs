//! What a season's charter says of the lists (ES-4, P6, P7): thresholds, spots and days, taken over
//! from a file.

use crate::kit::{NOW, Place, today};
use crate::month::{County, close, july, refused};
use crate::publication::{row, sheets};
use app::backend::{MeritState, MonthCommand, Staff};
use domain::month::SeasonCharter;
use domain::month::board::{BoardRule, Listed, Scope};
use server::service::audience::Reader;
use server::service::error::ServiceError;
use server::service::month::publication::{self, MonthFile};
use server::service::month::rules;
use sync::posted_month::PostedMonth;

const SEASON: &str = "2026";

async fn charter(county: &County) -> SeasonCharter {
    let text = rules::written(&county.story.store, SEASON).await;
    serde_json::from_str(&text.expect("a charter")).expect("JSON")
}

async fn set(county: &County, charter: &SeasonCharter) -> Result<u32, ServiceError> {
    let text = serde_json::to_string(charter).expect("JSON");
    rules::set(&county.story.store, (SEASON, &text), NOW).await
}

async fn posted(county: &County) -> PostedMonth {
    county.figures(["9", "8", "7", "6"]).await;
    county.own(close("")).await.expect("closed");
    let posted = county.post(&county.second(), "").await;
    posted.expect("posted");
    county.page(july()).await.month
}

fn names(month: &PostedMonth, listed: Listed) -> Vec<&str> {
    let units = month.listed(listed).into_iter();
    units.map(|(_, unit)| unit.name.as_str()).collect()
}

#[tokio::test]
async fn a_charters_thresholds_decide_who_is_listed() {
    let place = Place::new();
    let county = County::new(&place).await;
    let mut rules = charter(&county).await;
    rules.board = BoardRule {
        scope: Scope::Season,
        red: None,
        black: None,
        red_net_from: "2".parse().ok(),
        black_net_to: "-1.5".parse().ok(),
        black_deducted_from: None,
    };
    assert_eq!(set(&county, &rules).await.expect("taken over"), 2);
    for (unit, points) in [(0, "1.5"), (1, "2"), (2, "-1"), (3, "-1.5")] {
        county.record(unit, points).await;
    }
    county.confirm_all().await;
    let month = posted(&county).await;
    assert_eq!(names(&month, Listed::Red), ["石桥乡"]);
    assert_eq!(names(&month, Listed::Black), ["竹海乡"]);
    assert_eq!((month.charter_version, month.notes), (2, vec![]));
}

#[tokio::test]
async fn a_charter_that_is_wrong_is_refused_by_its_keys() {
    let place = Place::new();
    let county = County::new(&place).await;
    let rules = charter(&county).await;
    refused(set(&county, &rules).await.map(drop), "nothing_changed");
    let mut wrong = rules.clone();
    wrong.board.red = None;
    wrong.black_days = 0;
    let Err(ServiceError::Invalid(details)) = set(&county, &wrong).await else {
        panic!("taken over");
    };
    let keys: Vec<&str> = details.iter().map(|one| one.at.as_str()).collect();
    assert_eq!(keys, ["black_days", "board.red"]);
    let store = &county.story.store;
    assert!(rules::set(store, (SEASON, "{}"), NOW).await.is_err());
    assert!(rules::written(store, "1999").await.is_err());
    assert_eq!(charter(&county).await, rules, "nothing was taken over");
}

#[tokio::test]
async fn a_spot_is_flagged_by_who_confirms_and_posted_with_the_lists() {
    let place = Place::new();
    let county = County::new(&place).await;
    for (unit, points) in [(0, "2"), (2, "-3"), (3, "-1")] {
        county.record(unit, points).await;
    }
    let merits = county.desk(county.second).await.merits;
    let flag = |unit: usize, place: &str| {
        let merit = merits.iter().find(|one| one.unit == county.units[unit]);
        MonthCommand::ConfirmSpot {
            merit: merit.expect("a record").id,
            place: place.to_owned(),
        }
    };
    let second = county.second();
    let early = county.say(&second, flag(0, "河堤")).await;
    refused(early, "nothing_to_decide");
    let mut rules = charter(&county).await;
    rules.spots = true;
    set(&county, &rules).await.expect("taken over");
    refused(county.say(&second, flag(0, " ")).await, "empty");
    refused(county.own(flag(0, "河堤")).await, "same_account");
    for (unit, place) in [(0, "河堤"), (2, "镇区主街"), (3, "李家湾村口")] {
        county
            .say(&second, flag(unit, place))
            .await
            .expect("confirmed");
    }
    let desk = county.desk(county.second).await;
    let confirmed = desk
        .merits
        .iter()
        .all(|one| one.state == MeritState::Confirmed);
    assert!(desk.has_spots && confirmed);

    let month = posted(&county).await;
    let spots: Vec<_> = month
        .spots
        .iter()
        .map(|spot| (spot.listed, spot.place.as_str(), month.name(spot.unit)))
        .collect();
    assert_eq!(
        spots,
        [
            (Listed::Red, "河堤", "青禾镇"),
            (Listed::Black, "镇区主街", "双河镇"),
            (Listed::Black, "李家湾村口", "竹海乡"),
        ]
    );
    assert_eq!(month.spots[0].record.reason, "值守到岗");
    // In the columns that bear these names: 榜, 单位, 组别, 净加减分 … 分值, 事由.
    let store = &county.story.store;
    let staff = Staff {
        account: county.second,
        login: String::new(),
        must_change_password: false,
        may: Vec::new(),
    };
    let staff = Reader::load(store, Some(staff), &[]).await;
    let of = ((county.season, month.period), None);
    let file = MonthFile::BulletinXlsx;
    let file = publication::export(store, &staff.expect("a reader"), of, file, today()).await;
    let sheets = sheets(&file.expect("a file").bytes);
    let lists = sheets.iter().find(|(name, _)| name == "红黑榜");
    let spot = row(&lists.expect("the lists").1, "红点");
    assert_eq!(spot[1..4], ["青禾镇", "乡镇组", ""]);
    assert_eq!(spot[6..], ["2", "河堤：值守到岗"]);
    assert!(!county.desk(county.second).await.is_changed);
}
