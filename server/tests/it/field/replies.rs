//! A unit answers a record about it (整改回复, P6): each answer is a row with the time at which it
//! came, whatever became of the month, and none of them counts.

use super::{
    County, FieldAct, FieldState, MALFORMED, MeritId, MonthCommand, appeal, op, recorded, standing,
    view,
};
use crate::pad::Pad;
use app::backend::{KeptSaid, LinkCommand, MeritReply};
use server::service::error::ServiceError;
use sync::protocol::{Outcome, PLAN_MAX, QuarantineReason, Standing};
use uuid::Uuid;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
const WORDS: &str = "十日内装上护栏，张家湾先装";

fn reply(merit: MeritId, words: &str, draft: u64) -> FieldAct {
    FieldAct::MeritReply {
        merit,
        words: words.to_owned(),
        draft,
    }
}

async fn says(county: &County, pad: &mut Pad, act: &FieldAct) -> Standing {
    let op = op(pad, act);
    standing(pad.push_one(&county.app, &op).await)
}

async fn replies(county: &County) -> Vec<MeritReply> {
    county.merits().await.remove(0).replies
}

async fn close(county: &County) {
    let reason = "单位都齐了".to_owned();
    let close = MonthCommand::Close { reason };
    county.say(county.account, close).await.expect("closed");
}

async fn enter_kept(county: &County) -> Result<(), ServiceError> {
    let op = county.page().await.kept[0].op;
    let reason = "电话核对过".to_owned();
    let saw = Vec::new();
    county
        .links(LinkCommand::EnterKept { op, saw, reason })
        .await
}

#[tokio::test]
async fn a_unit_answers_as_often_as_it_has_something_to_say() {
    let county = County::new().await;
    let (mut own, mut other, merit) = recorded(&county).await;
    let first = op(&mut own, &reply(merit, WORDS, 1));
    let taken = own.push_one(&county.app, &first).await;
    assert_eq!(standing(taken), Standing::Counted);
    let first_at = county.app.now();
    county.app.clock.advance(DAY_MS);
    let again = own.push_one(&county.app, &first).await;
    assert!(matches!(again, Outcome::Duplicate { .. }));
    let same_draft = says(&county, &mut own, &reply(merit, WORDS, 1)).await;
    assert!(matches!(same_draft, Standing::Superseded { .. }));
    let second = reply(merit, "护栏已装好", 2);
    assert_eq!(says(&county, &mut own, &second).await, Standing::Counted);
    // An appeal is another matter.
    let appealed = says(&county, &mut own, &appeal(merit, 3)).await;
    assert_eq!(appealed, Standing::Counted);
    let foreign = says(&county, &mut other, &second).await;
    assert_eq!(foreign, MALFORMED, "a record about somebody else");

    let told = replies(&county).await;
    let told: Vec<_> = told
        .iter()
        .map(|one| (one.at, one.words.as_str()))
        .collect();
    assert_eq!(
        told,
        [(first_at, WORDS), (county.app.now(), "护栏已装好")],
        "to staff, with the time at which each came"
    );
    let seen = view(&county, &own).await.merits.remove(0).replies;
    let seen: Vec<_> = seen.iter().map(|one| one.words.as_str()).collect();
    assert_eq!(seen, [WORDS, "护栏已装好"]);
    assert!(view(&county, &other).await.merits.is_empty());

    let at = app::format::moment(app::text::Lang::Zh, first_at);
    let path = app::paths::month_desk(county.season, county.period());
    let page = county.shown(&path).await;
    assert!(page.contains(&format!("单位 {at} 写来：{WORDS}")), "{at}");
}

#[tokio::test]
async fn an_answer_comes_in_whatever_became_of_the_month_and_counts_nothing() {
    let county = County::new().await;
    let (mut own, _, merit) = recorded(&county).await;
    close(&county).await;
    let code = county.desk(county.second).await.close_code;
    let waiting = reply(merit, WORDS, 1);
    assert_eq!(says(&county, &mut own, &waiting).await, Standing::Counted);
    let desk = county.desk(county.second).await;
    assert_eq!(desk.close_code, code, "what the second person saw");
    let reason = String::new();
    let post = MonthCommand::Post {
        code,
        reason,
        despite: String::new(),
    };
    county.say(county.second, post).await.expect("posted");
    let posted = reply(merit, "护栏已装好", 2);
    assert_eq!(says(&county, &mut own, &posted).await, Standing::Counted);
    let desk = county.desk(county.second).await;
    assert_eq!(desk.merits[0].replies.len(), 2);
    assert!(!desk.is_changed, "nothing is to be corrected");
    assert_eq!(desk.undecided, 0);
}

#[tokio::test]
async fn what_a_card_says_that_was_taken_away_is_entered_by_an_account_with_its_own_time() {
    let county = County::new().await;
    let (mut own, _, merit) = recorded(&county).await;
    let said = op(&mut own, &reply(merit, WORDS, 1));
    let link = county.page().await.links[0].id;
    let withdraw = LinkCommand::Withdraw { link };
    county.links(withdraw).await.expect("taken back");
    let came = county.app.now();
    let reason = QuarantineReason::CredentialReplaced;
    assert_eq!(
        standing(own.push_one(&county.app, &said).await),
        Standing::Quarantined { reason }
    );
    assert!(replies(&county).await.is_empty());
    let kept = county.page().await.kept.remove(0);
    let KeptSaid::MeritReply {
        about: Some(about),
        words,
    } = &kept.said
    else {
        panic!("{:?}", kept.said);
    };
    assert_eq!((about.points.as_str(), words.as_str()), ("-1", WORDS));
    county.app.clock.advance(3 * DAY_MS);
    enter_kept(&county).await.expect("entered");
    let told = replies(&county).await;
    assert_eq!(
        (told.len(), told[0].at),
        (1, came),
        "not when it was entered"
    );
}

#[tokio::test]
async fn an_answer_to_nothing_is_kept_and_not_entered() {
    let county = County::new().await;
    let (mut own, _, merit) = recorded(&county).await;
    // Nobody confirmed this one, so the unit does not know of it.
    let record = MonthCommand::Record {
        unit: county.units[0],
        points: "-2".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "夜间无人值守".to_owned(),
        day: app::when::day(county.app.now()),
    };
    county.say(county.account, record).await.expect("a record");
    let merits = county.merits().await;
    let unconfirmed = merits.iter().find(|one| one.id != merit).expect("it").id;
    let nowhere = MeritId(Uuid::from_u128(9));
    let long = "改".repeat(PLAN_MAX + 1);
    let wrong = [
        reply(merit, " ", 1),
        reply(merit, &long, 2),
        reply(unconfirmed, WORDS, 3),
        reply(nowhere, WORDS, 4),
    ];
    for act in &wrong {
        assert_eq!(says(&county, &mut own, act).await, MALFORMED, "{act:?}");
    }
    assert_eq!(view(&county, &own).await.kept.len(), wrong.len());
    let kept = &county.page().await.kept[0].said;
    assert!(!kept.may_be_entered(), "{kept:?}");
    assert!(enter_kept(&county).await.is_err());
    assert!(
        county
            .merits()
            .await
            .iter()
            .all(|one| one.replies.is_empty())
    );
    let longest = reply(merit, &"改".repeat(PLAN_MAX), 5);
    assert_eq!(says(&county, &mut own, &longest).await, Standing::Counted);
}

#[tokio::test]
async fn what_was_answered_stays_in_view_when_the_record_is_struck_out() {
    let county = County::new().await;
    let (mut own, _, merit) = recorded(&county).await;
    let before = reply(merit, WORDS, 1);
    assert_eq!(says(&county, &mut own, &before).await, Standing::Counted);
    let strike = MonthCommand::Strike {
        merit,
        reason: "记错了".to_owned(),
    };
    county.say(county.second, strike).await.expect("struck out");
    let after = says(&county, &mut own, &reply(merit, "护栏已装好", 2)).await;
    let reason = QuarantineReason::Overtaken;
    assert_eq!(after, Standing::Quarantined { reason });
    let seen = view(&county, &own).await.merits.remove(0);
    assert_eq!((seen.state, seen.replies.len()), (FieldState::Void, 1));
    enter_kept(&county).await.expect("on record all the same");
    assert_eq!(replies(&county).await.len(), 2);
}
