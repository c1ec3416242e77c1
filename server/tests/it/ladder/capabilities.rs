//! What an account may do is checked where it is done, and a refusal names who can (GY-6).

use super::county::{CLERK, County, FIRST, SECOND, done, refused};
use app::backend::{Cards, MonthCommand, Staff};
use app::error::{AppError, Code};
use serde_json::json;
use server::service::accounts;

const JULY: &str = "2026-07";

fn record(county: &County) -> MonthCommand {
    MonthCommand::Record {
        unit: county.units[0],
        points: "2".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "值守到岗".to_owned(),
        day: "2026-07-12".to_owned(),
    }
}

fn close() -> MonthCommand {
    MonthCommand::Close {
        reason: "试行".to_owned(),
    }
}

async fn post(county: &County, login: &str) -> crate::app::Answer {
    let code = county.month_desk(login, JULY).await.close_code;
    let reason = String::new();
    let post = MonthCommand::Post {
        code,
        reason,
        despite: String::new(),
    };
    county.month(login, JULY, post).await
}

#[tokio::test]
async fn each_act_of_a_month_asks_for_its_capability_and_names_who_has_it() {
    let county = County::new().await;
    let answer = county.month(SECOND, JULY, record(&county)).await;
    assert_eq!(answer.json::<AppError>().code, Code::Forbidden);
    refused(&answer, "lacks_organise:clerk、first");
    done(&county.month(CLERK, JULY, record(&county)).await);
    let merit = county.month_desk(CLERK, JULY).await.merits[0].id;
    let confirm = || MonthCommand::Confirm { merit };
    let answer = county.month(CLERK, JULY, confirm()).await;
    refused(&answer, "lacks_confirm:first、second、third");
    done(&county.month(SECOND, JULY, confirm()).await);
    let answer = county.month(SECOND, JULY, close()).await;
    refused(&answer, "lacks_organise:clerk、first");
    done(&county.month(CLERK, JULY, close()).await);
    refused(&post(&county, FIRST).await, "lacks_publish:second、third");
    done(&post(&county, SECOND).await);
}

#[tokio::test]
async fn who_may_do_both_halves_still_needs_the_second_person() {
    let county = County::new().await;
    let store = &county.app.state.store;
    let all = app::backend::Capability::ALL;
    accounts::allow(store, FIRST, &all).await.expect("allowed");
    done(&county.month(FIRST, JULY, record(&county)).await);
    let merit = county.month_desk(FIRST, JULY).await.merits[0].id;
    let confirm = MonthCommand::Confirm { merit };
    refused(&county.month(FIRST, JULY, confirm).await, "same_account");
    done(&county.month(FIRST, JULY, close()).await);
    refused(&post(&county, FIRST).await, "same_account");
    done(&post(&county, SECOND).await);
}

#[tokio::test]
async fn contests_and_imports_ask_for_theirs() {
    let county = County::new().await;
    let open = json!({ "name": "2027", "begin": { "preset": "guanyun" } });
    let answer = county
        .call(SECOND, "/fn/month/open-season", open.clone())
        .await;
    refused(&answer, "lacks_organise:clerk、first");
    done(&county.call(CLERK, "/fn/month/open-season", open).await);
    let first = county.account(FIRST).await;
    let stage = county.app.stage(first, 1, 1).await;
    let desk = |command| json!({ "contest": stage.contest, "command": command });
    let cards = desk(json!({ "do": "issue_cards" }));
    let answer = county.call(SECOND, "/fn/desk/command", cards.clone()).await;
    refused(&answer, "lacks_organise:clerk、first");
    done(&county.call(CLERK, "/fn/desk/command", cards).await);
    // Who holds a card scores with it: only who may issue them gets to see what is on them.
    let asked = json!({ "contest": stage.contest });
    for (login, sees) in [(CLERK, true), (SECOND, false)] {
        let page = county.call(login, "/fn/desk/cards", asked.clone()).await;
        let page: Cards = page.json();
        assert!(
            page.sheets
                .iter()
                .all(|sheet| sheet.print.is_some() == sees)
        );
        assert!(sees || page.host.print.is_none());
    }
    let post = desk(json!({ "do": "post", "reason": "" }));
    let answer = county.call(CLERK, "/fn/desk/command", post.clone()).await;
    refused(&answer, "lacks_publish:second、third");
    // The second account gets as far as the contest, which is not over.
    let answer = county.call(SECOND, "/fn/desk/command", post).await;
    assert_eq!(answer.json::<AppError>().code, Code::Conflict);
    let act = county.app.act(county.account(SECOND).await);
    let units = "编码,名称,层级,上级\n05,云溪镇,乡镇,\n".as_bytes().to_vec();
    let import = server::service::roster::apply(store(&county), &act, "units.csv", units.into());
    let error = AppError::from(import.await.expect_err("a refusal"));
    assert_eq!(error.details[0].message, "lacks_organise:clerk、first");
}

fn store(county: &County) -> &server::store::Store {
    &county.app.state.store
}

#[tokio::test]
async fn an_account_sees_what_it_may_do() {
    let county = County::new().await;
    let staff: Staff = county
        .call(CLERK, "/fn/staff/staff", json!({}))
        .await
        .json();
    let words: Vec<_> = staff.may.iter().map(|one| one.word()).collect();
    assert_eq!(words, ["organise"]);
    let page = county.page(CLERK, "/admin/account").await.text();
    assert_eq!(page.matches("没有这一项").count(), 3);
    let page = county.page(FIRST, "/admin/account").await.text();
    assert_eq!(page.matches("没有这一项").count(), 1);
    let nobody = accounts::allow(store(&county), "nobody", &staff.may).await;
    assert!(nobody.is_err());
}
