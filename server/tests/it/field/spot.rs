//! An inspector proposes a record as a spot (P7); whoever confirms it decides.

use super::{County, op, standing, view};
use app::backend::MonthCommand;
use domain::month::SeasonCharter;
use server::service::month::rules;
use sync::protocol::{FieldAct, FieldRecord, Standing};

const SEASON: &str = "2026";
const PLACE: &str = "李家湾村口";

async fn allow_spots(county: &County) {
    let store = &county.app.state.store;
    let text = rules::written(store, SEASON).await.expect("a charter");
    let charter: SeasonCharter = serde_json::from_str(&text).expect("JSON");
    let charter = SeasonCharter {
        spots: true,
        ..charter
    };
    let text = serde_json::to_string(&charter).expect("JSON");
    let set = rules::set(store, (SEASON, &text), county.app.now()).await;
    set.expect("a charter that is taken over");
}

#[tokio::test]
async fn a_spot_that_an_inspector_proposes_is_one_when_it_is_confirmed_as_one() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    assert!(!view(&county, &pad).await.has_spots, "the charter has none");
    allow_spots(&county).await;
    assert!(view(&county, &pad).await.has_spots);
    for (draft, unit) in [(1, 0), (2, 1)] {
        let record = FieldRecord {
            spot: format!(" {PLACE} "),
            draft,
            ..county.record(unit, "-1")
        };
        let op = op(&mut pad, &FieldAct::Record(record));
        let outcome = pad.push_one(&county.app, &op).await;
        assert_eq!(standing(outcome), Standing::Counted);
    }
    let merits = county.merits().await;
    assert!(
        merits
            .iter()
            .all(|one| one.proposed_spot == PLACE && one.spot.is_empty())
    );

    let (listed, plain) = (merits[0].id, merits[1].id);
    let confirm_spot = MonthCommand::ConfirmSpot {
        merit: listed,
        place: merits[0].proposed_spot.clone(),
    };
    county
        .say(county.second, confirm_spot)
        .await
        .expect("a spot");
    let confirm = MonthCommand::Confirm { merit: plain };
    county.say(county.second, confirm).await.expect("confirmed");
    let desk = county.desk(county.account).await;
    let spots: Vec<&str> = desk
        .month
        .spots
        .iter()
        .map(|spot| spot.place.as_str())
        .collect();
    assert_eq!(spots, [PLACE], "a proposal alone is none");
}

#[tokio::test]
async fn a_place_that_is_too_long_is_kept_and_not_entered() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    let record = FieldRecord {
        spot: "村".repeat(41),
        ..county.record(0, "-1")
    };
    let op = op(&mut pad, &FieldAct::Record(record));
    assert_eq!(
        standing(pad.push_one(&county.app, &op).await),
        super::MALFORMED
    );
    assert!(county.merits().await.is_empty());
}
