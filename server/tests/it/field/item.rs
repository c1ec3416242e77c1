//! Check items of a season's charter (ES-3): tapped on a phone or at the desk, capped in a month.

use super::{County, op, standing, view};
use crate::month::refused;
use app::backend::{MeritRow, MeritState, MonthCommand};
use domain::ids::{MeritId, UnitId};
use domain::month::SeasonCharter;
use domain::month::item::CheckItem;
use domain::month::preset::SeasonPreset;
use server::service::month::rules;
use sync::protocol::{FieldAct, FieldRecord, RecordFault, Standing};

const SEASON: &str = "2026";
const ITEM: &str = "河道有垃圾";

/// Two points off for each record, three in a month.
pub(super) fn litter() -> CheckItem {
    CheckItem {
        dimension: "服务成效".to_owned(),
        name: ITEM.to_owned(),
        points: "-2".parse().expect("a number"),
        cap: "3".parse().ok(),
        has_document: false,
    }
}

pub(super) async fn set(county: &County, change: impl FnOnce(&mut SeasonCharter)) {
    let store = &county.app.state.store;
    let text = rules::written(store, SEASON).await.expect("a charter");
    let mut charter: SeasonCharter = serde_json::from_str(&text).expect("JSON");
    change(&mut charter);
    let text = serde_json::to_string(&charter).expect("JSON");
    let set = rules::set(store, (SEASON, &text), county.app.now()).await;
    set.expect("a charter that is taken over");
}

fn tapped(county: &County, draft: u64, points: &str) -> FieldRecord {
    FieldRecord {
        dimension: "服务成效".to_owned(),
        item: ITEM.to_owned(),
        draft,
        ..county.record(0, points)
    }
}

fn at_desk(county: &County, item: &str, points: &str, reason: &str) -> MonthCommand {
    MonthCommand::RecordItem {
        unit: county.units[0],
        item: item.to_owned(),
        points: points.to_owned(),
        reason: reason.to_owned(),
        document_no: String::new(),
        day: app::when::day(county.app.now()),
    }
}

async fn confirm_all(county: &County) {
    for merit in county.merits().await {
        let confirm = MonthCommand::Confirm { merit: merit.id };
        if merit.state == MeritState::Recorded {
            county.say(county.second, confirm).await.expect("confirmed");
        }
    }
}

/// What counts of each row: all of it, or what the cap leaves.
fn counted(merits: &[MeritRow]) -> Vec<&str> {
    let rows = merits.iter().map(|row| row.cut.as_ref());
    rows.map(|cut| cut.map_or("all", |cut| cut.counted.as_str()))
        .collect()
}

#[tokio::test]
async fn a_phone_shows_the_items_and_its_record_keeps_the_one_that_was_tapped() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    let seen = view(&county, &pad).await;
    assert!(
        seen.items.is_empty() && !seen.items_only,
        "the charter has none"
    );
    set(&county, |charter| {
        charter.items = vec![litter()];
        charter.items_only = true;
    })
    .await;
    let seen = view(&county, &pad).await;
    assert!(seen.items_only);
    let [item] = seen.items.as_slice() else {
        panic!("one item, not {:?}", seen.items);
    };
    assert_eq!((item.name.as_str(), item.points.as_str()), (ITEM, "-2"));
    assert_eq!(item.cap, "3");

    let op = op(&mut pad, &FieldAct::Record(tapped(&county, 1, "-2")));
    let outcome = pad.push_one(&county.app, &op).await;
    assert_eq!(standing(outcome), Standing::Counted);
    let merits = county.merits().await;
    assert_eq!(
        (merits[0].item.as_str(), merits[0].is_unlisted),
        (ITEM, false)
    );
    assert_eq!(view(&county, &pad).await.merits[0].item, ITEM);
}

#[tokio::test]
async fn what_an_older_charter_listed_otherwise_is_entered_and_marked() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    set(&county, |charter| {
        charter.items = vec![litter()];
        charter.items_only = true;
    })
    .await;
    let gone = FieldRecord {
        item: "没有这一项".to_owned(),
        ..tapped(&county, 3, "-2")
    };
    for record in [tapped(&county, 1, "-1.5"), county.record(1, "-1"), gone] {
        let record = FieldRecord {
            draft: record.draft + u64::from(record.item.is_empty()) * 10,
            ..record
        };
        let op = op(&mut pad, &FieldAct::Record(record));
        let outcome = pad.push_one(&county.app, &op).await;
        assert_eq!(standing(outcome), Standing::Counted);
    }
    let merits = county.merits().await;
    let rows = merits
        .iter()
        .map(|row| (row.points.as_str(), row.is_unlisted));
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [("-1.5", true), ("-1", true), ("-2", true)]
    );
}

#[tokio::test]
async fn a_cap_leaves_out_what_comes_later_and_a_struck_record_makes_room() {
    let county = County::new().await;
    set(&county, |charter| charter.items = vec![litter()]).await;
    for reason in ["村口", "桥下", "渡口"] {
        let record = at_desk(&county, ITEM, "-2", reason);
        county.say(county.account, record).await.expect("a record");
    }
    confirm_all(&county).await;
    let desk = county.desk(county.account).await;
    let stands = |desk: &app::backend::MonthDesk, unit: UnitId| {
        let unit = desk.month.unit(unit).expect("the unit");
        let posted = unit.merits.iter().map(|merit| match &merit.cut {
            Some(cut) => (merit.item.clone(), cut.counted.clone(), cut.cap.clone()),
            None => (merit.item.clone(), "all".to_owned(), String::new()),
        });
        (unit.merit.clone(), posted.collect::<Vec<_>>())
    };
    assert_eq!(counted(&desk.merits), ["all", "-1", "0"]);
    let (net, posted) = stands(&desk, county.units[0]);
    assert_eq!(net, "-3.00");
    assert_eq!(
        posted[1],
        (ITEM.to_owned(), "-1".to_owned(), "3".to_owned())
    );

    let first: MeritId = desk.merits[0].id;
    let reason = "照片不是本村".to_owned();
    let strike = MonthCommand::Strike {
        merit: first,
        reason,
    };
    county.say(county.second, strike).await.expect("struck out");
    let desk = county.desk(county.account).await;
    assert_eq!(counted(&desk.merits), ["all", "all", "-1"]);
    assert_eq!(stands(&desk, county.units[0]).0, "-3.00");
}

#[tokio::test]
async fn the_desk_records_an_item_with_its_own_points_alone() {
    let county = County::new().await;
    let free = |reason: &str| MonthCommand::Record {
        unit: county.units[0],
        points: "-1".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: reason.to_owned(),
        day: app::when::day(county.app.now()),
    };
    county
        .say(county.account, free("村口"))
        .await
        .expect("free words");
    set(&county, |charter| {
        charter.items = vec![litter()];
        charter.items_only = true;
    })
    .await;
    let say = async |command| county.say(county.account, command).await;
    refused(say(free("桥下")).await, "items_only");
    refused(
        say(at_desk(&county, ITEM, "-1", "桥下")).await,
        "items_changed",
    );
    refused(
        say(at_desk(&county, "没有这一项", "-2", "桥下")).await,
        "items_changed",
    );
    say(at_desk(&county, ITEM, "-2", "桥下"))
        .await
        .expect("an item");
    refused(
        say(at_desk(&county, ITEM, "-2", "桥下")).await,
        "merit_twice",
    );
    let desk = county.desk(county.account).await;
    assert_eq!(desk.items, [litter()]);
    assert!(desk.items_only);
    assert_eq!(desk.today, app::when::day(county.app.now()));
    let rows = desk.merits.iter();
    let rows = rows.map(|row| (row.dimension.as_str(), row.item.as_str(), row.is_unlisted));
    assert_eq!(
        rows.collect::<Vec<_>>(),
        [("责任落实", "", true), ("服务成效", ITEM, false)],
        "what was recorded before stays"
    );
}

/// XY-15: an honour is known by its document, from a phone as from the desk, to where it is posted.
#[tokio::test]
async fn an_honour_bears_the_number_of_its_document() {
    const NUMBER: &str = "云政发〔2026〕7号";
    let county = County::new().await;
    let honours = SeasonPreset::Eshan.charter().items;
    let honour = honours.into_iter().find(|item| item.has_document);
    let honour = honour.expect("an honour");
    set(&county, |charter| {
        charter.items = vec![litter(), honour.clone()]
    })
    .await;
    let mut pad = county.paired(&county.inspector().await).await;
    let seen = view(&county, &pad).await;
    let has: Vec<bool> = seen.items.iter().map(|item| item.has_document).collect();
    assert_eq!(has, [false, true]);
    let record = |document_no: &str, draft| FieldRecord {
        dimension: honour.dimension.clone(),
        item: honour.name.clone(),
        document_no: document_no.to_owned(),
        draft,
        ..county.record(0, &honour.points.to_string())
    };
    let told = op(&mut pad, &FieldAct::Record(record(NUMBER, 1)));
    let outcome = pad.push_one(&county.app, &told).await;
    assert_eq!(standing(outcome), Standing::Counted);
    assert_eq!(view(&county, &pad).await.merits[0].document_no, NUMBER);
    let too_long = record(&"号".repeat(41), 2);
    assert_eq!(too_long.faults("9999-12-31"), [RecordFault::DocumentNo]);
    let at_desk = |number: &str| MonthCommand::RecordItem {
        unit: county.units[1],
        item: honour.name.clone(),
        points: honour.points.to_string(),
        reason: "省级文明单位".to_owned(),
        document_no: number.to_owned(),
        day: app::when::day(county.app.now()),
    };
    let say = async |command| county.say(county.account, command).await;
    say(at_desk("〔2026〕8号")).await.expect("an honour");
    refused(say(at_desk("〔2026〕8号")).await, "merit_twice");
    say(at_desk("〔2026〕9号")).await.expect("another honour");
    confirm_all(&county).await;
    let desk = county.desk(county.account).await;
    let numbers: Vec<&str> = desk
        .merits
        .iter()
        .map(|row| row.document_no.as_str())
        .collect();
    assert_eq!(numbers, [NUMBER, "〔2026〕8号", "〔2026〕9号"]);
    let posted = desk.month.unit(county.units[0]).expect("the unit");
    assert_eq!(posted.merits[0].document_no, NUMBER);
}

#[tokio::test]
async fn nothing_is_recorded_without_a_unit_or_on_no_day() {
    let county = County::new().await;
    let record = |unit, day: &str| MonthCommand::Record {
        unit,
        points: "-1".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "村口".to_owned(),
        day: day.to_owned(),
    };
    let nobody = UnitId(uuid::Uuid::nil());
    let today = app::when::day(county.app.now());
    let say = async |command| county.say(county.account, command).await;
    refused(say(record(nobody, &today)).await, "not_in_season");
    for day in ["", "+2026-07-12", "2026-7-12", "2026-02-30"] {
        refused(say(record(county.units[0], day)).await, "not_a_day");
    }
}
