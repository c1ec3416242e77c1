//! What the season's calendar asks of holders of cards (GY-15).

use super::item::set;
use super::roles::confirmer;
use super::{County, op, view};
use app::backend::{CalendarCommand, LinkCommand};
use domain::month::cadence::{CadenceRule, Every, Output, Owner};
use domain::month::{Day, Period};
use server::service::calendar;
use sync::protocol::{FieldAct, FieldDuty, FieldDutyKind, FieldView, HolderKind};

fn row(name: &str, every: Every, output: Output, days_after: u32) -> CadenceRule {
    CadenceRule {
        name: name.to_owned(),
        every,
        days_after,
        owner: Owner::Organise,
        output,
    }
}

fn told(view: &FieldView) -> Vec<(&str, FieldDutyKind)> {
    let due = view.due.iter();
    due.map(|duty| (duty.rule.as_str(), duty.what)).collect()
}

async fn say(county: &County, command: CalendarCommand) {
    let store = &county.app.state.store;
    let act = county.app.act(county.account);
    let said = calendar::command(store, &act, county.season, command).await;
    said.expect("a word");
}

#[tokio::test]
async fn each_card_says_what_the_calendar_asks_of_its_holder_until_it_is_done() {
    let county = County::new().await;
    say(
        &county,
        CalendarCommand::SetMonths {
            from: "2026-01".to_owned(),
            to: "2026-12".to_owned(),
            reason: "赛季".to_owned(),
        },
    )
    .await;
    set(&county, |charter| {
        charter.cadence = vec![
            row("周督查", Every::Week, Output::Records, 0),
            row("月公示", Every::Month, Output::Posting, 31),
            row("季过堂", Every::Month, Output::Hearing, 31),
            row("年终考评", Every::Month, Output::Assessment, 31),
        ];
    })
    .await;
    let inspector = county.inspector().await;
    let mut inspector = county.paired(&inspector).await;
    let confirmer = confirmer(&county, "乡镇组").await;
    let confirmer = county.paired(&confirmer).await;
    let issue = LinkCommand::IssueUnits {
        until: String::new(),
    };
    county.links(issue).await.expect("cards");
    let links = county.page().await.links.into_iter();
    let mut links = links.filter(|link| link.kind == HolderKind::Unit);
    let unit = county.paired(&links.next().expect("a unit's card")).await;

    let seen = view(&county, &inspector).await;
    assert_eq!(told(&seen), [("周督查", FieldDutyKind::Inspect)]);
    let today = Day::of(county.app.now());
    let FieldDuty { span, until, .. } = seen.due[0];
    assert!(span.contains(today) && until == span.to, "this week");
    let seen = view(&county, &confirmer).await;
    assert_eq!(told(&seen), [("月公示", FieldDutyKind::Decide)]);
    let seen = view(&county, &unit).await;
    assert_eq!(told(&seen), [("季过堂", FieldDutyKind::Attend)]);

    // One record is not the whole week; a hearing that was held is over.
    let record = op(&mut inspector, &FieldAct::Record(county.record(0, "-1.5")));
    inspector.push_one(&county.app, &record).await;
    assert_eq!(view(&county, &inspector).await.due.len(), 1);
    let before = Period::of(today).previous().expect("a month");
    say(
        &county,
        CalendarCommand::Done {
            rule: "季过堂".to_owned(),
            span: before.first_day(),
            words: "已过堂".to_owned(),
        },
    )
    .await;
    assert_eq!(view(&county, &unit).await.due, []);
}
