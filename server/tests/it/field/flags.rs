//! The confirmer of a group decides about its flags before the second person posts (GY-6): once for
//! each close, holding nobody up, and an objection is passed over only with a reason on record.

use super::roles::{OVERTAKEN, confirmer};
use super::{County, FieldAct, MALFORMED, MonthCommand, op, standing, view};
use crate::pad::Pad;
use app::backend::{GroupFlags, LinkCommand};
use domain::ids::AccountId;
use domain::month::Period;
use server::service::error::ServiceError;
use server::service::month;
use sync::protocol::{FieldFlag, FieldFlags, FlagBasis, Outcome, QuarantineReason, Standing};

const TOWNS: &str = "乡镇组";
const OFFICES: &str = "部门组";
const WHY: &str = "青禾镇的数还在核";

/// Two groups of two units each, with figures of the month that is on: the first unit of each is
/// the first of its group.
async fn contested() -> County {
    let county = County::new().await;
    let more = "编码,名称,层级,上级\n03,财政局,部门,\n04,教育局,部门,\n";
    county.import("units.csv", more).await;
    county.regroup("03,部门组").await;
    county.regroup("04,部门组").await;
    values(&county, county.period(), ["9", "6", "9", "6"]).await;
    county
}

async fn values(county: &County, period: Period, values: [&str; 4]) {
    let mut text = "赛季,月份,指标,单位,完成值,目标值\n".to_owned();
    for (value, number) in values.iter().zip(1..) {
        for indicator in ["TZ", "LD"] {
            text += &format!("2026,{period},{indicator},0{number},{value},9\n");
        }
    }
    county.import("figures.csv", &text).await;
}

async fn say(
    county: &County,
    account: AccountId,
    period: Period,
    command: MonthCommand,
) -> Result<(), ServiceError> {
    let act = county.app.act(account);
    let month = (county.season, period);
    month::command(&county.app.state.store, &act, month, command).await
}

async fn close(county: &County, period: Period) {
    let reason = String::new();
    let closed = say(
        county,
        county.account,
        period,
        MonthCommand::Close { reason },
    )
    .await;
    closed.expect("closed");
}

async fn post(
    county: &County,
    account: AccountId,
    period: Period,
    despite: &str,
) -> Result<(), ServiceError> {
    let store = &county.app.state.store;
    let now = county.app.now();
    let desk = month::desk::page(store, county.second, county.season, period, now).await;
    let post = MonthCommand::Post {
        code: desk.expect("the desk").close_code,
        reason: String::new(),
        despite: despite.to_owned(),
    };
    say(county, account, period, post).await
}

/// What the newest card of a confirmer is for, on a phone.
async fn group_pad(county: &County, group: &str) -> Pad {
    county.paired(&confirmer(county, group).await).await
}

fn decide(month: &FieldFlags, reason: &str, draft: u64) -> FieldAct {
    FieldAct::DecideFlags {
        period: month.period,
        close: month.close.clone(),
        is_agreed: reason.is_empty(),
        reason: reason.to_owned(),
        draft,
    }
}

async fn says(county: &County, pad: &mut Pad, act: &FieldAct) -> Standing {
    let op = op(pad, act);
    standing(pad.push_one(&county.app, &op).await)
}

async fn waiting(county: &County, pad: &Pad) -> FieldFlags {
    let mut months = view(county, pad).await.flags;
    assert_eq!(months.len(), 1);
    months.remove(0)
}

async fn of_group(county: &County, group: &str) -> GroupFlags {
    let flags = county.desk(county.second).await.flags;
    let found = flags.into_iter().find(|one| one.group == group);
    found.expect("the group stands at the desk")
}

/// The newest row of the audit.
async fn audited(county: &County) -> serde_json::Value {
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let sql = "select act from audit where act like '%post_month%' order by at desc, audit_id desc";
    let row = tx.row_opt(sql, &[]).await.expect("the audit");
    let text = row.expect("a posting").text("act").expect("its act");
    serde_json::from_str(&text).expect("JSON")
}

#[tokio::test]
async fn a_group_sees_its_own_flags_with_their_basis_and_agrees_once() {
    let county = contested().await;
    let mut towns = group_pad(&county, TOWNS).await;
    let mut again = group_pad(&county, TOWNS).await;
    let all = group_pad(&county, "").await;
    assert!(
        view(&county, &towns).await.flags.is_empty(),
        "not closed yet"
    );
    assert!(county.desk(county.second).await.flags.is_empty());
    close(&county, county.period()).await;
    assert!(view(&county, &all).await.flags.is_empty());

    let month = waiting(&county, &towns).await;
    let red = FieldFlag {
        from: None,
        to: Some("青禾镇".to_owned()),
        basis: vec![FlagBasis {
            unit: "青禾镇".to_owned(),
            rank: Some(1),
            score: month.flags[0].basis[0].score.clone(),
        }],
        ..month.flags[0].clone()
    };
    assert_eq!(month.flags[0], red);
    assert!(red.basis[0].score.is_some());
    let names = |flag: &FieldFlag| flag.basis.iter().any(|one| one.unit.ends_with('局'));
    assert!(!month.flags.iter().any(names), "of no other group");
    let own = of_group(&county, TOWNS).await;
    assert_eq!((own.holders.len(), own.decision), (2, None));
    let flags = county.desk(county.second).await.flags;
    assert_eq!(flags.len(), 1, "{OFFICES} has no card");

    let agreed = op(&mut towns, &decide(&month, "", 1));
    let taken = towns.push_one(&county.app, &agreed).await;
    assert_eq!(standing(taken), Standing::Counted);
    let twice = towns.push_one(&county.app, &agreed).await;
    assert!(matches!(twice, Outcome::Duplicate { .. }));
    let other = says(&county, &mut again, &decide(&month, WHY, 1)).await;
    assert_eq!(other, OVERTAKEN, "once for a close, whoever says it");
    let decision = of_group(&county, TOWNS).await.decision.expect("a word");
    assert_eq!(
        (decision.is_agreed, decision.who.as_str()),
        (true, "督查室")
    );
    assert_eq!(waiting(&county, &again).await.decision, Some(decision));

    let posted = post(&county, county.second, county.period(), "").await;
    posted.expect("posted");
    assert_eq!(audited(&county).await.get("despite"), None);
    assert!(view(&county, &towns).await.flags.is_empty());
    let after = of_group(&county, TOWNS).await;
    assert!(after.decision.is_some() && after.other.is_none());
}

#[tokio::test]
async fn the_second_person_needs_no_word_and_a_reason_over_an_objection() {
    let county = contested().await;
    let mut towns = group_pad(&county, TOWNS).await;
    close(&county, county.period()).await;
    let month = waiting(&county, &towns).await;
    let silent = FieldAct::DecideFlags {
        period: month.period,
        close: month.close.clone(),
        is_agreed: false,
        reason: " ".to_owned(),
        draft: 1,
    };
    assert_eq!(says(&county, &mut towns, &silent).await, MALFORMED);
    let objection = decide(&month, WHY, 2);
    assert_eq!(
        says(&county, &mut towns, &objection).await,
        Standing::Counted
    );
    assert!(of_group(&county, TOWNS).await.objects());
    let page = county
        .shown(&app::paths::month_desk(county.season, county.period()))
        .await;
    for words in ["各组认定流动旗", WHY, "督查室"] {
        assert!(page.contains(words), "{words}");
    }

    let refused = post(&county, county.second, county.period(), " ").await;
    let Err(ServiceError::Invalid(details)) = refused else {
        panic!("posted: {refused:?}");
    };
    assert_eq!(
        (details[0].at.as_str(), details[0].message.as_str()),
        ("despite", "objected:乡镇组")
    );
    let own = post(&county, county.account, county.period(), "核过了").await;
    assert!(
        matches!(own, Err(ServiceError::Conflict("same_account"))),
        "who closes does not post: {own:?}"
    );
    let posted = post(&county, county.second, county.period(), "核过了，数没有错").await;
    posted.expect("posted");
    let audited = audited(&county).await;
    assert_eq!(audited["despite"], "核过了，数没有错");
    assert_eq!(audited["objecting"][0], TOWNS);
    assert!(of_group(&county, TOWNS).await.objects(), "it stays in view");
}

#[tokio::test]
async fn nobody_waits_for_a_group_that_says_nothing() {
    let county = contested().await;
    group_pad(&county, TOWNS).await;
    group_pad(&county, OFFICES).await;
    close(&county, county.period()).await;
    let flags = county.desk(county.second).await.flags;
    assert!(flags.iter().all(|one| one.decision.is_none()));
    assert_eq!(flags.len(), 2);
    let posted = post(&county, county.second, county.period(), "").await;
    posted.expect("posted");
}

#[tokio::test]
async fn a_word_about_an_older_close_is_marked_and_does_not_count() {
    let county = contested().await;
    let mut towns = group_pad(&county, TOWNS).await;
    close(&county, county.period()).await;
    let older = waiting(&county, &towns).await;
    let reopened = county.say(county.account, MonthCommand::Reopen).await;
    reopened.expect("taken back");
    values(&county, county.period(), ["6", "9", "9", "6"]).await;
    let late = decide(&older, WHY, 1);
    assert_eq!(says(&county, &mut towns, &late).await, Standing::Counted);
    let open = of_group(&county, TOWNS).await;
    assert!(open.decision.is_none() && open.other.is_some());
    close(&county, county.period()).await;
    let newer = waiting(&county, &towns).await;
    assert_ne!(newer.close, older.close);
    assert!(newer.decision.is_none() && newer.earlier.is_some());
    let at_desk = of_group(&county, TOWNS).await;
    let other = at_desk.other.as_ref().expect("marked");
    assert_eq!((other.is_agreed, other.reason.as_str()), (false, WHY));
    assert!(!at_desk.objects() && at_desk.decision.is_none());

    let agreed = decide(&newer, "", 2);
    assert_eq!(says(&county, &mut towns, &agreed).await, Standing::Counted);
    let posted = post(&county, county.second, county.period(), "").await;
    posted.expect("posted without a reason");
    let at_desk = of_group(&county, TOWNS).await;
    assert!(at_desk.decision.is_some_and(|one| one.is_agreed));
}

#[tokio::test]
async fn a_word_that_comes_after_the_posting_is_marked_as_well() {
    let county = contested().await;
    let mut towns = group_pad(&county, TOWNS).await;
    close(&county, county.period()).await;
    let month = waiting(&county, &towns).await;
    let posted = post(&county, county.second, county.period(), "").await;
    posted.expect("posted");
    let late = decide(&month, WHY, 1);
    assert_eq!(says(&county, &mut towns, &late).await, Standing::Counted);
    let after = of_group(&county, TOWNS).await;
    assert_eq!(after.decision, None);
    assert_eq!(after.other.expect("not lost").reason, WHY);
}

#[tokio::test]
async fn only_the_card_of_one_group_decides_and_only_while_it_is_held() {
    let county = contested().await;
    let link = confirmer(&county, TOWNS).await;
    let mut towns = county.paired(&link).await;
    let mut all = group_pad(&county, "").await;
    let mut inspector = county.paired(&county.inspector().await).await;
    close(&county, county.period()).await;
    let month = waiting(&county, &towns).await;
    let nameless = FieldFlags {
        close: String::new(),
        ..month.clone()
    };
    for pad in [&mut all, &mut inspector] {
        let standing = says(&county, pad, &decide(&month, WHY, 1)).await;
        assert_eq!(standing, MALFORMED);
    }
    let standing = says(&county, &mut towns, &decide(&nameless, WHY, 1)).await;
    assert_eq!(standing, MALFORMED);
    let link = link.id;
    let withdraw = LinkCommand::Withdraw { link };
    county.links(withdraw).await.expect("taken back");
    let reason = QuarantineReason::CredentialReplaced;
    let gone = says(&county, &mut towns, &decide(&month, WHY, 2)).await;
    assert_eq!(gone, Standing::Quarantined { reason });
    let kept = county.page().await.kept.remove(0);
    assert!(!kept.said.may_be_entered(), "nobody speaks for a group");
    assert!(county.desk(county.second).await.flags.is_empty());
    let posted = post(&county, county.second, county.period(), "").await;
    posted.expect("nothing stands against it");
}

#[tokio::test]
async fn months_that_follow_a_correction_are_not_posted_over_an_objection_either() {
    let county = contested().await;
    let now = county.period();
    let before = now.previous().expect("a month");
    close(&county, now).await;
    post(&county, county.second, now, "").await.expect("posted");
    values(&county, before, ["6", "9", "9", "6"]).await;
    close(&county, before).await;
    let posted = post(&county, county.second, before, "").await;
    posted.expect("posted");
    let mut towns = group_pad(&county, TOWNS).await;
    let reason = String::new();
    let closed = county.say(county.account, MonthCommand::CloseStale { reason });
    closed.await.expect("closed");
    let month = waiting(&county, &towns).await;
    assert_eq!(month.flags[0].from.as_deref(), Some("石桥乡"));
    let objection = decide(&month, WHY, 1);
    assert_eq!(
        says(&county, &mut towns, &objection).await,
        Standing::Counted
    );
    let desk = county.desk(county.second).await;
    assert_eq!(desk.stale[0].objecting, [TOWNS]);
    let post_stale = |despite: &str| MonthCommand::PostStale {
        code: desk.stale_code.clone(),
        reason: "上月补发".to_owned(),
        despite: despite.to_owned(),
    };
    let refused = county.say(county.second, post_stale("")).await;
    assert!(
        matches!(refused, Err(ServiceError::Invalid(_))),
        "{refused:?}"
    );
    let posted = county.say(county.second, post_stale("核过了")).await;
    posted.expect("posted");
    assert_eq!(audited(&county).await["despite"], "核过了");
}
