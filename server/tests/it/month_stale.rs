//! A month that is posted after its successors (GY-19): it says so, and they follow by corrections,
//! in their order and by two accounts.

use crate::kit::Place;
use crate::month::{County, close, refused};
use app::backend::MonthCommand;
use domain::month::Period;

/// 石桥乡 and 双河镇 are the first of their groups; 青禾镇 is behind.
const VALUES: [&str; 4] = ["6", "8", "9", "7"];

fn month(number: u8) -> Period {
    Period::new(2026, number).expect("a month")
}

impl County {
    async fn post_of(&self, number: u8) {
        let period = month(number);
        self.figures_of(&period.to_string(), VALUES).await;
        let own = self.story.act();
        self.say_of(period, &own, close("")).await.expect("closed");
        let code = self.desk_of(period, self.second).await.close_code;
        let reason = String::new();
        let post = MonthCommand::Post {
            code,
            reason,
            despite: String::new(),
        };
        let posted = self.say_of(period, &self.second(), post).await;
        posted.expect("posted");
    }

    async fn stale(&self) -> Vec<u8> {
        let stale = self.desk_of(month(3), self.second).await.stale;
        stale.iter().map(|one| one.period.month()).collect()
    }

    async fn post_stale(&self, reason: &str) -> MonthCommand {
        let code = self.desk_of(month(3), self.second).await.stale_code;
        let reason = reason.to_owned();
        MonthCommand::PostStale {
            code,
            reason,
            despite: String::new(),
        }
    }
}

fn close_stale() -> MonthCommand {
    MonthCommand::CloseStale {
        reason: String::new(),
    }
}

#[tokio::test]
async fn a_month_that_comes_late_says_so_and_touches_no_other() {
    let place = Place::new();
    let county = County::new(&place).await;
    for number in [1, 2, 4, 5] {
        county.post_of(number).await;
    }
    let april = county.page(month(4)).await.month;
    assert_eq!(county.stale().await, [] as [u8; 0]);
    county.post_of(3).await;
    let march = county.desk_of(month(3), county.second).await.month;
    let last = march.groups[0].units.last().expect("a unit");
    assert!(march.late && !last.due.is_empty(), "{:?}", last.due);
    assert!(!county.desk_of(month(2), county.second).await.month.late);
    assert_eq!(county.page(month(4)).await.month, april);
    assert_eq!(county.stale().await, [4, 5]);
    assert!(county.desk_of(month(5), county.second).await.is_changed);
}

#[tokio::test]
async fn the_later_months_follow_in_one_act_of_each_account() {
    let place = Place::new();
    let county = County::new(&place).await;
    for number in [1, 2, 4, 5, 3] {
        county.post_of(number).await;
    }
    let (first, second) = (county.story.act(), county.second());
    let say = async |act, command| county.say_of(month(3), act, command).await;
    let none = county.post_stale("三月补发").await;
    refused(say(&second, none).await, "month_not_closed");
    say(&first, close_stale()).await.expect("closed");
    refused(say(&first, close_stale()).await, "month_closed");
    let desk = county.desk_of(month(3), county.second).await;
    assert!(desk.stale.iter().all(|one| one.waits && !one.is_own));
    let post = county.post_stale("三月补发").await;
    refused(say(&first, post.clone()).await, "same_account");
    let unseen = MonthCommand::PostStale {
        code: "1234-5678".to_owned(),
        reason: "三月补发".to_owned(),
        despite: String::new(),
    };
    refused(say(&second, unseen).await, "month_changed");
    let silent = county.post_stale("").await;
    refused(say(&second, silent).await, "empty");
    assert_eq!(
        county.page(month(4)).await.month.edition,
        1,
        "all or nothing"
    );
    say(&second, post).await.expect("posted");

    assert_eq!(county.stale().await, [] as [u8; 0]);
    let (april, may) = (
        county.page(month(4)).await.month,
        county.page(month(5)).await.month,
    );
    assert_eq!((april.edition, may.edition), (2, 2));
    assert!(april.correction.starts_with("三月补发"));
    // Five months won, and not four: May follows April as it was corrected.
    let pair = may.pairs.iter().find(|pair| pair.won + pair.lost == 5);
    assert!(pair.is_some(), "{:?}", may.pairs);
    refused(say(&first, close_stale()).await, "nothing_changed");
}

#[tokio::test]
async fn a_close_is_not_posted_after_another_month_than_it_was_computed_after() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.post_of(1).await;
    county.figures_of("2026-03", VALUES).await;
    let own = county.story.act();
    let closed = county.say_of(month(3), &own, close("")).await;
    closed.expect("closed");
    county.post_of(2).await;
    let code = county.desk_of(month(3), county.second).await.close_code;
    let reason = String::new();
    let post = MonthCommand::Post {
        code,
        reason,
        despite: String::new(),
    };
    let answer = county.say_of(month(3), &county.second(), post).await;
    refused(answer, "past_changed");
}
