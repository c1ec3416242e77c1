//! From a proposal to the closed document (GY-18): nothing by itself, nothing by one person alone,
//! and nothing overwritten.

use super::county::{
    CLERK, County, FIRST, SECOND, THIRD, close, day, done, issue, refused, reopen, reply,
};
use crate::field::{ADDRESS, card, op, standing};
use crate::pad::Pad;
use app::backend::{LinkCommand, SlipCommand};
use app::error::{AppError, Code};
use app::paths;
use domain::ids::SlipId;
use domain::month::slip::{SlipState, SlipStep};
use server::service::field::links;
use server::service::month::rules;
use server::service::presence::Presences;
use server::store::Value;
use sync::protocol::{FieldAct, Standing};

const JUNE: &str = "2026-06";
const REMINDER: &str = "提醒单";

/// June is posted, and the third and the fourth unit are behind.
async fn june() -> County {
    let county = County::new().await;
    county.posted(JUNE, ["9", "8", "7", "6"], &[]).await;
    county
}

#[tokio::test]
async fn a_posted_month_proposes_and_a_person_issues() {
    let county = june().await;
    assert_eq!(
        county.standing(CLERK, SlipState::Proposed).await,
        [(REMINDER.to_owned(), 3), (REMINDER.to_owned(), 4)]
    );
    let fourth = || county.matter(JUNE, 4, REMINDER);
    let answer = county.act(CLERK, issue(fourth())).await;
    refused(&answer, "lacks_confirm:first、second、third");
    let slip = county.issue(FIRST, fourth()).await;
    let page = county.slip(CLERK, slip).await;
    assert_eq!(
        (page.row.behind, page.row.rank, page.row.of_units),
        (1, Some(4), 4)
    );
    assert_eq!(page.row.indicator, "项目");
    assert_eq!((page.issued_by.as_str(), page.row.due), (FIRST, day(10)));
    // One document for a matter.
    refused(&county.act(SECOND, issue(fourth())).await, "slip_decided");
    let unknown = county.matter(JUNE, 1, REMINDER);
    let answer = county.act(SECOND, issue(unknown)).await;
    assert_eq!(answer.json::<AppError>().code, Code::NotFound);
}

/// P10: from three days before the last one on, and over.
#[tokio::test]
async fn staff_see_what_is_nearly_due_and_what_is_overdue() {
    let mut county = june().await;
    let slip = county.issue(FIRST, county.matter(JUNE, 4, REMINDER)).await;
    let words = async |county: &County, state: SlipState| {
        let list = county
            .page(FIRST, &paths::slips(county.season, state))
            .await;
        let sheet = county.page(FIRST, &paths::slip(slip)).await;
        let tags = |text: String| {
            [("wait", "将到期"), ("alarm", "逾期")].map(|(tone, word)| {
                text.contains(&format!("data-tone=\"{tone}\" class=\"tag\">{word}<"))
            })
        };
        (tags(list.text()), tags(sheet.text()))
    };
    let issued = SlipState::Issued;
    assert_eq!(words(&county, issued).await, ([false; 2], [false; 2]));
    county.pass(7).await;
    let near = [true, false];
    assert_eq!(words(&county, issued).await, (near, near));
    county.pass(4).await;
    let past = [false, true];
    assert_eq!(words(&county, SlipState::Overdue).await, (past, past));
}

#[tokio::test]
async fn what_is_issued_says_what_and_until_when() {
    let county = june().await;
    let with = |reason: &str, demand: &str, due: &str| SlipCommand::Issue {
        matter: county.matter(JUNE, 4, REMINDER),
        reason: reason.to_owned(),
        demand: demand.to_owned(),
        due: due.to_owned(),
        late: String::new(),
    };
    let long = "长".repeat(201);
    for (command, why) in [
        (with("", "整改", &day(1)), "empty"),
        (with("落后", " ", &day(1)), "empty"),
        (with("落后", &long, &day(1)), "too_long"),
        (with("落后", "整改", "下周"), "not_a_day"),
        (with("落后", "整改", "2026-10-31"), "day_past"),
    ] {
        refused(&county.act(FIRST, command).await, why);
    }
    assert_eq!(county.standing(CLERK, SlipState::Issued).await, []);
    done(&county.act(FIRST, with("落后", "整改", &day(0))).await);
}

#[tokio::test]
async fn a_reply_comes_and_another_account_closes() {
    let county = june().await;
    let slip = county.issue(FIRST, county.matter(JUNE, 4, REMINDER)).await;
    refused(&county.act(SECOND, close(slip)).await, "slip_state");
    done(&county.act(CLERK, reply(slip, "已开现场会")).await);
    done(&county.act(CLERK, reply(slip, "补：措施附后")).await);
    refused(&county.act(FIRST, close(slip)).await, "same_account");
    let answer = county.act(CLERK, close(slip)).await;
    refused(&answer, "lacks_confirm:first、second、third");
    done(&county.act(THIRD, close(slip)).await);
    refused(&county.act(CLERK, reply(slip, "再补")).await, "slip_state");
    refused(&county.act(SECOND, close(slip)).await, "slip_state");
    done(&county.act(FIRST, reopen(slip)).await);
    let page = county.slip(CLERK, slip).await;
    assert_eq!((page.row.state, page.row.due), (SlipState::Issued, day(20)));
    let steps: Vec<_> = page
        .steps
        .iter()
        .map(|step| (step.step, step.words.as_str(), step.by.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            (SlipStep::Reply, "已开现场会", CLERK),
            (SlipStep::Reply, "补：措施附后", CLERK),
            (SlipStep::Close, "现场看过，已整改", THIRD),
            (SlipStep::Reopen, "问题又有了", FIRST),
        ],
        "each step stays, with who and when"
    );
}

#[tokio::test]
async fn what_nobody_replied_to_is_overdue_after_its_day() {
    let mut county = june().await;
    let slip = county.issue(FIRST, county.matter(JUNE, 4, REMINDER)).await;
    county.pass(10).await;
    assert_eq!(county.slip(CLERK, slip).await.row.state, SlipState::Issued);
    county.pass(1).await;
    assert_eq!(county.slip(CLERK, slip).await.row.state, SlipState::Overdue);
    assert_eq!(
        county.slips(CLERK, SlipState::Overdue).await.counts,
        [1, 0, 1, 0, 0, 0]
    );
    let today = SlipCommand::Reply {
        slip,
        who: "镇党政办".to_owned(),
        day: day(11),
        words: "迟了，已整改".to_owned(),
    };
    done(&county.act(CLERK, today).await);
    assert_eq!(county.slip(CLERK, slip).await.row.state, SlipState::Replied);
    let early = SlipCommand::Reply {
        slip,
        who: "镇党政办".to_owned(),
        day: "2026-10-31".to_owned(),
        words: "早".to_owned(),
    };
    refused(&county.act(CLERK, early).await, "day_of_reply");
}

#[tokio::test]
async fn a_proposal_is_set_aside_with_a_reason_and_may_be_issued_later() {
    let county = june().await;
    let third = || county.matter(JUNE, 3, REMINDER);
    let aside = |reason: &str| SlipCommand::SetAside {
        matter: third(),
        reason: reason.to_owned(),
    };
    refused(&county.act(FIRST, aside("")).await, "empty");
    done(&county.act(FIRST, aside("当月受灾")).await);
    refused(&county.act(SECOND, aside("再来")).await, "slip_decided");
    let rows = county.slips(CLERK, SlipState::SetAside).await.rows;
    assert_eq!((rows.len(), rows[0].reason.as_str()), (1, "当月受灾"));
    county.issue(SECOND, third()).await;
    assert_eq!(county.slips(CLERK, SlipState::SetAside).await.rows, []);
}

/// `〔2026〕n号`: each kind by itself, each year anew, none left out by what was refused.
#[tokio::test]
async fn numbers_have_no_gap() {
    let mut county = County::new().await;
    county.posted(JUNE, ["9", "8", "7", "6"], &[]).await;
    county.posted("2026-07", ["9", "8", "7", "6"], &[4]).await;
    county
        .issue(FIRST, county.matter("2026-07", 3, REMINDER))
        .await;
    let refusal = SlipCommand::Issue {
        matter: county.matter("2026-07", 4, "督办单"),
        reason: "落后".to_owned(),
        demand: "整改".to_owned(),
        due: "2026-10-01".to_owned(),
        late: String::new(),
    };
    refused(&county.act(FIRST, refusal).await, "day_past");
    county
        .issue(FIRST, county.matter("2026-07", 4, "督办单"))
        .await;
    county
        .issue(SECOND, county.matter("2026-07", 4, "约谈"))
        .await;
    let late = |county: &County, unit, due: String| SlipCommand::Issue {
        matter: county.matter(JUNE, unit, REMINDER),
        reason: "落后".to_owned(),
        demand: "整改".to_owned(),
        due,
        late: "上月漏发".to_owned(),
    };
    done(&county.act(FIRST, late(&county, 3, day(1))).await);
    // The next year counts from one.
    county.pass(61).await;
    let next_year = late(&county, 4, "2027-02-01".to_owned());
    done(&county.act(FIRST, next_year).await);
    let mut numbers = Vec::new();
    for state in [SlipState::Issued, SlipState::Overdue] {
        for row in county.slips(SECOND, state).await.rows {
            let number = row.number.expect("a number");
            numbers.push((row.matter.rule, number.year, number.number));
        }
    }
    numbers.sort();
    let number = |rule: &str, year, number| (rule.to_owned(), year, number);
    assert_eq!(
        numbers,
        [
            number(REMINDER, 2026, 1),
            number(REMINDER, 2026, 2),
            number(REMINDER, 2027, 1),
            number("督办单", 2026, 1),
            number("约谈", 2026, 1),
        ]
    );
}

/// From the unit's own card, without a network in between.
#[tokio::test]
async fn a_unit_replies_to_its_own_slip_and_to_no_other() {
    let county = june().await;
    county.posted("2026-07", ["9", "8", "7", "6"], &[]).await;
    let slip = county
        .issue(FIRST, county.matter("2026-07", 4, REMINDER))
        .await;
    let talk = county
        .issue(FIRST, county.matter("2026-07", 4, "约谈"))
        .await;
    let mut own = card_of(&county, 3).await;
    let mut other = card_of(&county, 2).await;
    let seen = own.field(&county.app).await.slips;
    assert_eq!(seen.len(), 1, "the slip, and no talk");
    assert_eq!((seen[0].id, seen[0].state), (slip, SlipState::Issued));
    assert!(
        other
            .field(&county.app)
            .await
            .slips
            .iter()
            .all(|one| one.id != slip)
    );
    for (pad, document) in [(&mut other, slip), (&mut own, talk)] {
        let standing = bring(&county, pad, document, "已整改").await;
        assert!(
            matches!(standing, Standing::Quarantined { .. }),
            "{standing:?}"
        );
    }
    for words in ["已整改", "补：已拍照"] {
        assert_eq!(
            bring(&county, &mut own, slip, words).await,
            Standing::Counted
        );
    }
    let seen = own.field(&county.app).await.slips;
    assert_eq!(
        (seen[0].state, seen[0].replies.len()),
        (SlipState::Replied, 2)
    );
    let step = &county.slip(CLERK, slip).await.steps[0];
    assert_eq!((step.words.as_str(), step.by.as_str()), ("已整改", ""));
    assert_eq!(step.who, "竹海乡");
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let sql = "select actor_kind from slip_step where slip_id = $1 and position = 1";
    let row = tx.row(sql, &[Value::from(slip)]).await.expect("a step");
    assert_eq!(row.text("actor_kind").expect("a word"), "unit");
}

/// By its charter a season may keep slips to staff; what the unit got before is gone from its card.
#[tokio::test]
async fn a_unit_sees_its_slips_unless_the_charter_keeps_them_to_staff() {
    let county = june().await;
    county.issue(FIRST, county.matter(JUNE, 4, REMINDER)).await;
    let own = card_of(&county, 3).await;
    assert_eq!(own.field(&county.app).await.slips.len(), 1);
    let store = &county.app.state.store;
    let text = rules::written(store, "2026").await.expect("a charter");
    let for_staff = text.replace("\"slips\": \"unit\"", "\"slips\": \"staff\"");
    for (text, seen) in [(&for_staff, 0), (&text, 1)] {
        let set = rules::set(store, ("2026", text), county.app.now()).await;
        set.expect("a charter that is taken over");
        assert_eq!(own.field(&county.app).await.slips.len(), seen);
        let of_staff = county.slips(CLERK, SlipState::Issued).await.rows;
        assert_eq!(of_staff.len(), 1);
    }
}

pub(super) async fn card_of(county: &County, unit: usize) -> Pad {
    let account = county.account(FIRST).await;
    let (store, act) = (&county.app.state.store, county.app.act(account));
    let issued = links::command(
        store,
        &act,
        county.season,
        LinkCommand::IssueUnits {
            until: String::new(),
        },
    )
    .await;
    issued.expect("cards");
    let hearing = (&Presences::default() as _, county.app.now());
    let page = links::page(store, account, county.season, ADDRESS, hearing).await;
    let links = page.expect("the cards").links;
    let names = ["青禾镇", "石桥乡", "双河镇", "竹海乡"];
    let link = links.iter().find(|link| link.holder == names[unit]);
    Pad::pair(&county.app, &card(link.expect("its card"))).await
}

async fn bring(county: &County, pad: &mut Pad, slip: SlipId, words: &str) -> Standing {
    let reply = FieldAct::Reply {
        slip,
        words: words.to_owned(),
        draft: pad.sealed + 1,
    };
    let op = op(pad, &reply);
    standing(pad.push_one(&county.app, &op).await)
}
