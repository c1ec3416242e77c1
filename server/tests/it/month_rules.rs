//! The rules of a season, changed by an organiser in the browser, through the real router.

use crate::ladder::county::{CLERK, County, THIRD, done, refused};
use app::backend::{RuleChange, RulesCommand, RulesPage};
use app::error::AppError;
use app::paths;
use serde_json::{Value, json};
use server::store::Value as Cell;

async fn page(county: &County, login: &str) -> RulesPage {
    let answer = county
        .call(login, "/fn/rules/page", json!({ "season": county.season }))
        .await;
    done(&answer);
    answer.json()
}

/// The text with one value changed, and whether that is to count.
fn with_days(page: &RulesPage, days: Value, reason: Option<&str>) -> RulesCommand {
    let mut charter: Value = serde_json::from_str(&page.text).expect("JSON");
    charter["black_days"] = days;
    RulesCommand {
        text: charter.to_string(),
        version: page.version,
        reason: reason.map(str::to_owned),
    }
}

async fn say(county: &County, login: &str, command: &RulesCommand) -> crate::app::Answer {
    let asked = json!({ "season": county.season, "command": command });
    county.call(login, "/fn/rules/command", asked).await
}

async fn last_record(county: &County) -> Value {
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let sql = "select act from audit where act like $1 order by audit_id desc limit 1";
    let row = tx.row(sql, &[Cell::from("%set_charter%")]).await;
    let text: String = row
        .expect("a record")
        .text("act")
        .expect("words")
        .to_owned();
    serde_json::from_str(&text).expect("JSON")
}

#[tokio::test]
async fn a_look_tells_what_changes_and_changes_nothing_and_a_reason_makes_it_count() {
    let county = County::new().await;
    let before = page(&county, CLERK).await;
    let look = with_days(&before, json!(7), None);
    let seen: Vec<RuleChange> = say(&county, CLERK, &look).await.json();
    let keys: Vec<_> = seen.iter().map(|change| change.key.as_str()).collect();
    assert_eq!(keys, ["black_days"]);
    assert_eq!(seen[0].after.as_deref(), Some("7"));
    assert_eq!(page(&county, CLERK).await, before);

    refused(
        &say(&county, CLERK, &with_days(&before, json!(7), Some(" "))).await,
        "empty",
    );
    let save = with_days(&before, json!(7), Some("县委会议定"));
    done(&say(&county, CLERK, &save).await);
    let after = page(&county, CLERK).await;
    assert_eq!(after.version, before.version + 1);
    assert!(after.text.contains("\"black_days\": 7"));
    let record = last_record(&county).await;
    assert_eq!(record["reason"], "县委会议定");
    let kept: Value =
        serde_json::from_str(record["before"].as_str().expect("words")).expect("JSON");
    assert_eq!(
        kept,
        serde_json::from_str::<Value>(&before.text).expect("JSON")
    );

    // Pressed twice, and from a page that is older than another's change.
    refused(&say(&county, CLERK, &save).await, "rules_changed");
    refused(&say(&county, CLERK, &look).await, "rules_changed");
    refused(
        &say(&county, CLERK, &with_days(&after, json!(7), Some("again"))).await,
        "nothing_changed",
    );
}

#[tokio::test]
async fn rules_that_are_wrong_are_refused_by_their_key_and_only_organisers_change_any() {
    let county = County::new().await;
    let before = page(&county, CLERK).await;
    let wrong = with_days(&before, json!(0), Some("r"));
    let answer = say(&county, CLERK, &wrong).await;
    let error: AppError = answer.json();
    let at: Vec<_> = error
        .details
        .iter()
        .map(|detail| detail.at.as_str())
        .collect();
    assert_eq!(at, ["black_days"]);
    assert_eq!(error.details[0].message, "rules:out_of_range");
    let broken = RulesCommand {
        text: before.text.replacen('{', "", 1),
        ..with_days(&before, json!(7), Some("r"))
    };
    let error: AppError = say(&county, CLERK, &broken).await.json();
    let words = &error.details[0].message;
    assert!(words.starts_with("rules_text:2:"), "{words}");
    assert_eq!(page(&county, CLERK).await, before);

    assert!(!page(&county, THIRD).await.may_change);
    let save = with_days(&before, json!(7), Some("r"));
    let error: AppError = say(&county, THIRD, &save).await.json();
    assert!(error.details[0].message.starts_with("lacks_organise:"));
    assert_eq!(page(&county, CLERK).await, before);
    let text = county
        .page(CLERK, &paths::rules(county.season))
        .await
        .text();
    assert!(text.contains("看看改了什么") && text.contains("<textarea"));
    let text = county
        .page(THIRD, &paths::rules(county.season))
        .await
        .text();
    assert!(text.contains("只有组织方能改规则") && !text.contains("看看改了什么"));
}
