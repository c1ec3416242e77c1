//! The organiser's desk: gates, panel, order, held sheets.

use crate::kit::{NINE, Place, close, desk_page, hall, mark, perform, post, rule, sheet_at, story};
use app::backend::{DeskCommand, DeskSheet, NewEntry, NewSeats};
use server::clock::Clock as _;
use server::demo::phones::{Phone, Take};
use server::service::desk::pads;
use sync::protocol::Standing;

#[tokio::test]
async fn closing_with_sheets_outstanding_asks_for_a_reason() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &NINE).await;
    let entry = story.open(&hall, 0).await.expect("an open gate");
    mark(&story, &mut hall, &entry, 800, 1..=7).await;
    let refused = story.say(hall.contest, close(&hall, 0, " ")).await;
    assert_eq!(rule(refused), "reason: outstanding:2");
    let closed = story
        .say(hall.contest, close(&hall, 0, "两席设备故障"))
        .await;
    assert!(closed.is_ok());
    let page = desk_page(&story, &hall).await;
    let tally = page.entries[0].tally;
    assert_eq!((tally.expected, tally.received, tally.counted), (9, 7, 7));
}

#[tokio::test]
async fn the_desk_sees_states_and_no_marks_while_a_gate_is_open() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &NINE).await;
    let entry = story.open(&hall, 0).await.expect("an open gate");
    mark(&story, &mut hall, &entry, 873, [4]).await;
    let page = desk_page(&story, &hall).await;
    assert_eq!(page.seats[3].entries[0].sheet, DeskSheet::Received);
    let text = serde_json::to_string(&page).expect("a page as JSON");
    let marks = crate::kit::marks(&hall, &entry, 4, 873);
    let millis = marks[0].millis.expect("a mark");
    let points = domain::mark::Mark(millis).to_string();
    assert!(!text.contains(&format!("\"{points}\"")) && !text.contains(&millis.to_string()));
}

#[tokio::test]
async fn two_pads_that_claim_one_seat_wait_for_a_person_and_both_stay_on_record() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &NINE).await;
    let entry = story.open(&hall, 0).await.expect("an open gate");
    mark(&story, &mut hall, &entry, 800, 1..=9).await;
    let seat = hall.record.seats[2].clone();
    let mut tx = story.store.read().await.expect("a reader");
    let card = pads::cards(&mut tx, hall.contest).await.expect("cards")[&seat.id].id;
    drop(tx);
    let take = Take {
        card,
        from: Some(&hall.phones[2]),
        now: story.clock.wall(),
    };
    let mut second = Phone::pair(&story.store, &story.chance, &hall.record, &seat, take)
        .await
        .expect("a second phone");
    let other = crate::kit::marks(&hall, &entry, 3, 900);
    let now = story.clock.wall();
    second
        .mark(&story.store, &story.chance, &entry, other, now)
        .await
        .expect("a sheet");
    assert_eq!(
        sheet_at(&story, &hall, entry.id, seat.id).await,
        DeskSheet::Conflict
    );
    story
        .say(hall.contest, close(&hall, 0, "两份不一致"))
        .await
        .expect("a closed gate");

    let page = desk_page(&story, &hall).await;
    assert_eq!(page.held.len(), 2, "both values stand side by side");
    assert_ne!(page.held[0].device, page.held[1].device);
    assert_ne!(page.held[0].total, page.held[1].total);
    let chosen = page.held[1].op;
    let reason = "评委本人确认第二台".to_owned();
    let count = DeskCommand::CountSheet { op: chosen, reason };
    story
        .say(hall.contest, count.clone())
        .await
        .expect("a decision");
    assert_eq!(
        sheet_at(&story, &hall, entry.id, seat.id).await,
        DeskSheet::Received
    );
    assert!(desk_page(&story, &hall).await.held.is_empty());
    let record = story.record(hall.contest).await.expect("the record");
    let of_seat: Vec<_> = record
        .sheets
        .iter()
        .filter(|sheet| sheet.seat == seat.id)
        .collect();
    assert_eq!(of_seat.len(), 2, "the other version stays on record");
    assert_eq!(of_seat[0].standing, Standing::Void);
    assert_eq!(
        rule(story.say(hall.contest, count).await),
        "nothing_to_decide"
    );
}

#[tokio::test]
async fn a_recused_seat_leaves_n_of_its_entry_and_of_no_other() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &NINE).await;
    let (seat, entry) = (
        hall.seat(5).expect("a seat"),
        hall.entry(1).expect("an entry"),
    );
    let reason = "本人所在单位".to_owned();
    let recuse = DeskCommand::Recuse {
        seat,
        entry,
        reason,
    };
    story
        .say(hall.contest, recuse.clone())
        .await
        .expect("a recusal");
    assert_eq!(rule(story.say(hall.contest, recuse).await), "recused");
    perform(&story, &mut hall, 0, 800).await;
    perform(&story, &mut hall, 1, 800).await;
    let page = desk_page(&story, &hall).await;
    assert_eq!(page.entries[0].tally.expected, 9);
    assert_eq!(page.entries[1].tally.expected, 8);
    // The phone did not know; its sheet is kept and does not count.
    assert_eq!(page.seats[4].entries[1].sheet, DeskSheet::Recused);
    assert_eq!(page.seats[4].entries[1].reason, "本人所在单位");

    let lift = DeskCommand::LiftRecusal { seat, entry };
    story
        .say(hall.contest, lift)
        .await
        .expect("a lifted recusal");
    assert_eq!(
        sheet_at(&story, &hall, entry, seat).await,
        DeskSheet::Received
    );
}

#[tokio::test]
async fn an_absent_seat_explains_a_gap_until_it_is_there_again() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &NINE).await;
    let seat = hall.seat(9).expect("a seat");
    let reason = "请假".to_owned();
    let excuse = DeskCommand::Excuse {
        seat,
        entry: None,
        reason,
    };
    story.say(hall.contest, excuse).await.expect("an absence");
    let entry = story.open(&hall, 0).await.expect("an open gate");
    mark(&story, &mut hall, &entry, 800, 1..=8).await;
    story
        .close(&hall, 0, "")
        .await
        .expect("nothing is outstanding");
    assert_eq!(
        sheet_at(&story, &hall, entry.id, seat).await,
        DeskSheet::Absent
    );
    assert_eq!(desk_page(&story, &hall).await.entries[0].tally.expected, 8);
    let lift = DeskCommand::LiftAbsence { seat, entry: None };
    story
        .say(hall.contest, lift)
        .await
        .expect("a lifted absence");
    assert_eq!(
        sheet_at(&story, &hall, entry.id, seat).await,
        DeskSheet::Missing
    );
    let again = DeskCommand::Excuse {
        seat,
        entry: None,
        reason: "  ".to_owned(),
    };
    assert_eq!(rule(story.say(hall.contest, again).await), "reason: empty");
}

#[tokio::test]
async fn the_panel_is_fixed_once_the_first_gate_has_opened() {
    let place = Place::new();
    let story = story(&place).await;
    let hall = hall(&story, &NINE).await;
    let seats = NewSeats {
        class: "J".to_owned(),
        count: 2,
    };
    story
        .say(
            hall.contest,
            DeskCommand::AddSeats {
                seats: seats.clone(),
            },
        )
        .await
        .expect("seats");
    let page = desk_page(&story, &hall).await;
    assert_eq!((page.seats.len(), page.seats[10].number), (11, 11));
    let seat = page.seats[10].id;
    story
        .say(hall.contest, DeskCommand::RemoveSeat { seat })
        .await
        .expect("a seat less");
    let taken = DeskCommand::RemoveSeat {
        seat: hall.seat(1).expect("a seat"),
    };
    assert_eq!(
        rule(story.say(hall.contest, taken.clone()).await),
        "seat_paired"
    );
    story.open(&hall, 0).await.expect("an open gate");
    let add = DeskCommand::AddSeats { seats };
    assert_eq!(rule(story.say(hall.contest, add).await), "contest_started");
    assert_eq!(
        rule(story.say(hall.contest, taken).await),
        "contest_started"
    );
}

#[tokio::test]
async fn an_entry_that_has_not_begun_moves_in_the_order() {
    let place = Place::new();
    let story = story(&place).await;
    let hall = hall(&story, &NINE).await;
    let before = desk_page(&story, &hall).await;
    let last = hall.entry(2).expect("an entry");
    let shift = |position| DeskCommand::MoveEntry {
        entry: last,
        position,
    };
    story
        .say(hall.contest, shift(1))
        .await
        .expect("a moved entry");
    let page = desk_page(&story, &hall).await;
    assert_eq!(page.entries[0].id, last);
    assert!(
        before.roster_version < page.roster_version,
        "pads have to fetch the order anew"
    );
    let beyond = story.say(hall.contest, shift(4)).await;
    assert_eq!(rule(beyond), "position: no_such_place");
    story
        .say(hall.contest, DeskCommand::OpenGate { entry: last })
        .await
        .expect("an open gate");
    assert_eq!(
        rule(story.say(hall.contest, shift(2)).await),
        "gate_was_opened"
    );
}

#[tokio::test]
async fn an_entry_may_come_or_go_until_the_result_is_posted() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &NINE).await;
    for index in 0..3 {
        perform(&story, &mut hall, index, 800).await;
    }
    let entry = |multiplier: &str| NewEntry {
        name: "加赛".to_owned(),
        topic: String::new(),
        unit: None,
        multiplier: multiplier.to_owned(),
    };
    let add = |entry| DeskCommand::AddEntry { entry };
    let refused = story.say(hall.contest, add(entry("1.5"))).await;
    assert_eq!(rule(refused), "entry.multiplier: multiplier_not_allowed");
    story
        .say(hall.contest, add(entry("")))
        .await
        .expect("an entry more");
    assert_eq!(
        rule(story.say(hall.contest, post("")).await),
        "gates_not_closed"
    );
    let added = desk_page(&story, &hall).await.entries[3].id;
    let withdraw = DeskCommand::WithdrawEntry {
        entry: added,
        reason: "设备故障".to_owned(),
    };
    story
        .say(hall.contest, withdraw)
        .await
        .expect("an entry less");
    story
        .say(hall.contest, post(""))
        .await
        .expect("a posted result");
    assert_eq!(
        rule(story.say(hall.contest, add(entry(""))).await),
        "posted"
    );
}

#[tokio::test]
async fn a_second_attempt_archives_the_sheets_of_the_first() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &NINE).await;
    let entry = story.open(&hall, 0).await.expect("an open gate");
    mark(&story, &mut hall, &entry, 800, 1..=4).await;
    let restart = |reason: &str| DeskCommand::RestartEntry {
        entry: entry.id,
        reason: reason.to_owned(),
    };
    assert_eq!(
        rule(story.say(hall.contest, restart("")).await),
        "reason: empty"
    );
    story
        .say(hall.contest, restart("话筒故障"))
        .await
        .expect("a new attempt");
    let page = desk_page(&story, &hall).await;
    assert_eq!(page.entries[0].gate.attempt, 2);
    assert_eq!(page.entries[0].tally.received, 0);
    let record = story.record(hall.contest).await.expect("the record");
    assert_eq!(record.sheets.len(), 4, "nothing is deleted");
    assert!(
        record
            .sheets
            .iter()
            .all(|sheet| sheet.standing == Standing::Void)
    );
}
