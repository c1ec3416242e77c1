//! Confirmers: a second look from a phone, at one group or at all of them.

use super::item::{litter, set};
use super::{
    County, FieldAct, FieldState, MALFORMED, MeritId, MeritState, appeal, card, op, standing, view,
};
use crate::pad::Pad;
use app::backend::{Capability, Duty, LinkCommand, LinkRow, MonthCommand};
use server::service::accounts;
use server::service::error::ServiceError;
use server::service::field::links;
use sync::protocol::{HolderKind, QuarantineReason, Standing};

pub const OVERTAKEN: Standing = Standing::Quarantined {
    reason: QuarantineReason::Overtaken,
};

pub(super) async fn confirmer(county: &County, group: &str) -> LinkRow {
    let issue = LinkCommand::IssueConfirmer {
        holder: "督查室".to_owned(),
        group: group.to_owned(),
        until: String::new(),
    };
    county.links(issue).await.expect("a card");
    let link = county.page().await.links.pop().expect("the newest link");
    assert_eq!(
        (link.kind, link.scope.as_str()),
        (HolderKind::Confirmer, group)
    );
    link
}

fn decide(merit: MeritId, is_confirmed: bool, draft: u64) -> FieldAct {
    FieldAct::Decide {
        merit,
        is_confirmed,
        reason: if is_confirmed { "" } else { "地点不符" }.to_owned(),
        draft,
    }
}

async fn says(county: &County, pad: &mut Pad, act: &FieldAct) -> Standing {
    let op = op(pad, act);
    standing(pad.push_one(&county.app, &op).await)
}

/// Two records, of an inspector's phone and of an account.
async fn recorded(county: &County) -> Vec<MeritId> {
    let mut inspector = county.paired(&county.inspector().await).await;
    let record = FieldAct::Record(county.record(0, "-1"));
    assert_eq!(
        says(county, &mut inspector, &record).await,
        Standing::Counted
    );
    let record = MonthCommand::Record {
        unit: county.units[1],
        points: "2".to_owned(),
        dimension: "服务成效".to_owned(),
        reason: "路灯修好了".to_owned(),
        day: app::when::day(county.app.now()),
    };
    county.say(county.second, record).await.expect("a record");
    county.merits().await.iter().map(|merit| merit.id).collect()
}

/// ES-3: what is not recorded by the charter's items is looked at twice, on the phone too.
#[tokio::test]
async fn a_confirmers_phone_says_which_records_the_charter_does_not_list() {
    let county = County::new().await;
    let merits = recorded(&county).await;
    let mut pad = county.paired(&confirmer(&county, "").await).await;
    let unlisted = async |pad: &Pad| {
        let merits = view(&county, pad).await.merits;
        let unlisted = merits.iter().filter(|merit| merit.is_unlisted);
        unlisted.map(|merit| merit.id).collect::<Vec<_>>()
    };
    assert_eq!(unlisted(&pad).await, []);
    set(&county, |charter| {
        charter.items = vec![litter()];
        charter.items_only = true;
    })
    .await;
    assert_eq!(unlisted(&pad).await, merits);
    let act = decide(merits[0], true, 1);
    assert_eq!(says(&county, &mut pad, &act).await, Standing::Counted);
    assert_eq!(unlisted(&pad).await, merits[1..], "it was decided about");
}

#[tokio::test]
async fn a_confirmers_card_lets_a_record_count_or_strikes_it_out() {
    let county = County::new().await;
    let merits = recorded(&county).await;
    let mut pad = county.paired(&confirmer(&county, "").await).await;
    let seen = view(&county, &pad).await.merits;
    assert!(seen.iter().all(|merit| merit.state == FieldState::Recorded));
    assert_eq!(seen.len(), 2);
    for (number, merit) in merits.iter().enumerate() {
        let act = decide(*merit, number == 0, number as u64 + 1);
        assert_eq!(says(&county, &mut pad, &act).await, Standing::Counted);
    }
    let after = county.merits().await;
    let states: Vec<_> = after.iter().map(|merit| merit.state).collect();
    assert_eq!(states, [MeritState::Confirmed, MeritState::Void]);
    let again = decide(merits[0], false, 9);
    assert_eq!(says(&county, &mut pad, &again).await, OVERTAKEN);
    let seen = view(&county, &pad).await;
    assert_eq!(seen.merits.len(), 2, "what was decided stays in view");
    assert_eq!(
        seen.kept.len(),
        1,
        "and what could not be entered is not lost"
    );
}

#[tokio::test]
async fn a_strike_out_says_why_and_a_group_has_its_own_confirmer() {
    let county = County::new().await;
    let merits = recorded(&county).await;
    let nobody = LinkCommand::IssueConfirmer {
        holder: "某组".to_owned(),
        group: "没有的组".to_owned(),
        until: String::new(),
    };
    assert!(county.links(nobody).await.is_err());
    let mut own = county.paired(&confirmer(&county, "乡镇组").await).await;
    assert_eq!(view(&county, &own).await.merits.len(), 2);
    let silent = FieldAct::Decide {
        merit: merits[0],
        is_confirmed: false,
        reason: " ".to_owned(),
        draft: 1,
    };
    assert_eq!(says(&county, &mut own, &silent).await, MALFORMED);
    county.regroup("02,部门组").await;
    assert_eq!(view(&county, &own).await.merits.len(), 1);
    let other = decide(merits[1], true, 2);
    assert_eq!(says(&county, &mut own, &other).await, MALFORMED);
    let states: Vec<_> = county.merits().await.iter().map(|one| one.state).collect();
    assert_eq!(states, [MeritState::Recorded; 2]);
}

#[tokio::test]
async fn only_a_confirmers_card_confirms_and_only_while_it_is_held() {
    let county = County::new().await;
    let merits = recorded(&county).await;
    let mut inspector = county.paired(&county.inspector().await).await;
    let own = decide(merits[0], true, 1);
    assert_eq!(says(&county, &mut inspector, &own).await, MALFORMED);
    let link = confirmer(&county, "").await;
    let mut pad = Pad::pair(&county.app, &card(&link)).await;
    let op = op(&mut pad, &own);
    let withdraw = LinkCommand::Withdraw { link: link.id };
    county.links(withdraw).await.expect("taken back");
    let late = standing(pad.push_one(&county.app, &op).await);
    let reason = QuarantineReason::CredentialReplaced;
    assert_eq!(late, Standing::Quarantined { reason });
    assert_eq!(county.merits().await[0].state, MeritState::Recorded);
}

/// A card is no way around the second person.
#[tokio::test]
async fn who_recorded_confirms_by_no_card_that_went_through_their_hands() {
    let county = County::new().await;
    let record = MonthCommand::Record {
        unit: county.units[0],
        points: "2".to_owned(),
        dimension: "服务成效".to_owned(),
        reason: "路灯修好了".to_owned(),
        day: app::when::day(county.app.now()),
    };
    county.say(county.account, record).await.expect("a record");
    let merit = county.merits().await[0].id;
    let mut pad = county.paired(&confirmer(&county, "").await).await;
    let offered = view(&county, &pad).await.merits;
    assert!(offered.is_empty(), "nothing that it could not confirm");
    let confirm = decide(merit, true, 1);
    assert_eq!(says(&county, &mut pad, &confirm).await, MALFORMED);
    assert_eq!(county.merits().await[0].state, MeritState::Recorded);
    // Nor does who may not confirm get such a card into their hands.
    let store = &county.app.state.store;
    let allowed = accounts::allow(store, "organiser", &[Capability::Organise]).await;
    allowed.expect("no more than that");
    let links = county.page().await.links;
    assert!(links.iter().all(|link| link.print.is_none()));
    let reissue = LinkCommand::Reissue {
        link: links[0].id,
        until: String::new(),
    };
    assert!(county.links(reissue).await.is_err());
}

/// Who issued the card by then answers for what it decided: that account gets no duty, no buttons
/// and no say, also when somebody else issues the card again.
#[tokio::test]
async fn what_a_card_decided_stays_that_of_the_account_which_had_issued_it() {
    let county = County::new().await;
    let merit = recorded(&county).await[0];
    let confirmer = confirmer(&county, "").await;
    let mut pad = county.paired(&confirmer).await;
    let confirmed = says(&county, &mut pad, &decide(merit, true, 1)).await;
    assert_eq!(confirmed, Standing::Counted);
    let issue = LinkCommand::IssueUnits {
        until: String::new(),
    };
    county.links(issue).await.expect("cards");
    let links = county.page().await.links;
    let unit = links.iter().find(|link| link.kind == HolderKind::Unit);
    let mut unit = county.paired(unit.expect("a unit's card")).await;
    let appealed = says(&county, &mut unit, &appeal(merit, 1)).await;
    assert_eq!(appealed, Standing::Counted);
    assert_account_answers(&county, merit).await;

    let again = LinkCommand::Reissue {
        link: confirmer.id,
        until: String::new(),
    };
    let store = &county.app.state.store;
    let by_second = &county.app.act(county.second);
    let again = links::command(store, by_second, county.season, again).await;
    again.expect("another card");
    assert_account_answers(&county, merit).await;

    // Of a database from before, whose rows say nothing: the migration fills it in.
    let forget = "update merit set decided_by = null where decided_link is not null";
    for sql in [forget, include_str!("../../../migrations/0015_decided.sql")] {
        let done = store.write(move |tx| Box::pin(async move { tx.execute(sql, &[]).await }));
        done.await.expect("a write");
    }
    let row = &county.desk(county.second).await.merits[0];
    assert!(row.is_own_decision, "the last known issuer");
}

async fn assert_account_answers(county: &County, merit: MeritId) {
    let waits = Duty::DecideAppeals(county.season, county.period(), 1);
    for (account, decides) in [(county.account, false), (county.second, true)] {
        let row = county.desk(account).await.merits;
        let row = row.iter().find(|row| row.id == merit).expect("the record");
        assert_eq!(row.is_own_decision, !decides);
        assert_eq!(county.duties(account).await.contains(&waits), decides);
    }
    let decide = MonthCommand::DecideAppeal {
        merit,
        is_upheld: true,
        reason: "照片属实".to_owned(),
    };
    let refused = county.say(county.account, decide).await;
    assert!(matches!(
        refused,
        Err(ServiceError::Conflict("same_account"))
    ));
}
