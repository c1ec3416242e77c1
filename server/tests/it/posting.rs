//! 发布: what is frozen, when it may be, and how it is corrected.

use crate::kit::{
    NINE, Place, close, desk_page, hall, mark, perform, post, rule, seal_offline, send, sheet_at,
    story,
};
use app::backend::{DeskCommand, DeskSheet};
use server::assets::hex;
use server::demo::contests::Plan;
use server::demo::story::{Hall, Story};
use server::service::calculation::calculation;
use server::service::contests::{Posted, boards, page, posted_of, screen};
use server::service::error::ServiceError;
use server::service::exports::{Export, export};
use server::service::record::EntryRecord;
use sha2::{Digest as _, Sha256};
use sync::protocol::{SignedOp, Standing};

/// Two entries are enough where order is not the point.
const TWO: Plan = Plan {
    topics: &[(0, ""), (1, "")],
    ..NINE
};

#[tokio::test]
async fn a_result_is_posted_after_the_last_gate_and_not_before() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &TWO).await;
    perform(&story, &mut hall, 0, 800).await;
    assert_eq!(
        rule(story.say(hall.contest, post("")).await),
        "gates_not_closed"
    );
    let open = story.open(&hall, 1).await.expect("an open gate");
    mark(&story, &mut hall, &open, 700, 1..=9).await;
    assert_eq!(
        rule(story.say(hall.contest, post("")).await),
        "gates_not_closed"
    );
    story.close(&hall, 1, "").await.expect("a closed gate");
    story
        .say(hall.contest, post(""))
        .await
        .expect("a posted result");
    let names: Vec<_> = newest(&story, &hall).await.result.rows;
    assert_eq!(names[0].rank, Some(1));
    assert_eq!(names[0].entry, hall.entry(0).expect("an entry"));
}

#[tokio::test]
async fn before_posting_public_pages_hold_no_number_of_the_result() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &TWO).await;
    perform(&story, &mut hall, 0, 800).await;
    perform(&story, &mut hall, 1, 700).await;
    let computed = calculation(&story.store, hall.contest)
        .await
        .expect("a calculation");
    let score = computed.result.entries[0]
        .score
        .score
        .expect("a score")
        .to_fixed(2);
    let public = public_text(&story, &hall).await;
    assert!(!public.contains(&score), "{score} leaked");
    assert!(!public.contains("号评委"), "a person's name leaked");
    assert!(matches!(
        posted_of(&story.store, hall.contest).await,
        Err(ServiceError::NotFound(_))
    ));
    story
        .say(hall.contest, post(""))
        .await
        .expect("a posted result");
    let public = public_text(&story, &hall).await;
    assert!(public.contains(&score), "{score} is not shown");
    assert!(!public.contains("号评委"), "a person's name leaked");
}

#[tokio::test]
async fn posting_with_sheets_outstanding_asks_for_a_reason_and_keeps_it() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &TWO).await;
    perform(&story, &mut hall, 0, 800).await;
    let entry = story.open(&hall, 1).await.expect("an open gate");
    mark(&story, &mut hall, &entry, 700, 1..=8).await;
    story
        .say(hall.contest, close(&hall, 1, "9 号席断网"))
        .await
        .expect("a closed gate");
    assert_eq!(
        rule(story.say(hall.contest, post("")).await),
        "reason: outstanding:1"
    );
    story
        .say(hall.contest, post("9 号席设备损坏"))
        .await
        .expect("a posted result");
    let posted = newest(&story, &hall).await.result;
    assert_eq!(
        (posted.outstanding, posted.outstanding_reason.as_str()),
        (1, "9 号席设备损坏")
    );
    let mean = &posted.rows[1].classes[0];
    assert_eq!((mean.valid, mean.eligible, mean.kept), (8, 9, 6));
}

#[tokio::test]
async fn a_sheet_sealed_before_the_close_counts_when_it_comes_before_posting() {
    let place = Place::new();
    let story = story(&place).await;
    let (mut hall, entry, early, _) = two_unsent(&story).await;
    perform(&story, &mut hall, 1, 700).await;
    send(&story, &hall, 8, early).await;
    let eight = hall.seat(8).expect("a seat");
    assert_eq!(
        sheet_at(&story, &hall, entry.id, eight).await,
        DeskSheet::Offline
    );
    story
        .say(hall.contest, post("9 号席未到"))
        .await
        .expect("a posted result");
    let posted = newest(&story, &hall).await.result;
    let row = posted
        .rows
        .iter()
        .find(|row| row.entry == entry.id)
        .expect("a row");
    assert_eq!(row.offline_sheets, 1);
}

#[tokio::test]
async fn a_sheet_that_comes_after_posting_changes_nothing_until_a_correction_is_posted() {
    let place = Place::new();
    let story = story(&place).await;
    let (mut hall, entry, early, late) = two_unsent(&story).await;
    perform(&story, &mut hall, 1, 700).await;
    send(&story, &hall, 8, early).await;
    story
        .say(hall.contest, post("9 号席未到"))
        .await
        .expect("a posted result");
    let first = newest(&story, &hall).await;

    send(&story, &hall, 9, late).await;
    let nine = hall.seat(9).expect("a seat");
    assert_eq!(
        sheet_at(&story, &hall, entry.id, nine).await,
        DeskSheet::Quarantined
    );
    assert_eq!(
        newest(&story, &hall).await.hash,
        first.hash,
        "what is posted stays"
    );
    assert_eq!(
        rule(story.say(hall.contest, post("更正")).await),
        "nothing_changed"
    );
    let held = desk_page(&story, &hall).await.held;
    assert!(matches!(held[0].standing, Standing::Quarantined { .. }));
    let count = DeskCommand::CountSheet {
        op: held[0].op,
        reason: "监票、总监同意".to_owned(),
    };
    story.say(hall.contest, count).await.expect("a decision");
    assert_eq!(
        newest(&story, &hall).await.hash,
        first.hash,
        "a decision posts nothing"
    );
    assert_eq!(
        rule(story.say(hall.contest, post("")).await),
        "reason: empty"
    );
    story
        .say(hall.contest, post("补计 9 号席"))
        .await
        .expect("a correction");
    let second = newest(&story, &hall).await;
    assert_eq!((second.result.edition, second.result.outstanding), (2, 0));
    assert!(
        second.result.correction.starts_with("补计 9 号席；"),
        "{}",
        second.result.correction
    );
    assert_ne!(second.check_code(), first.check_code());
}

#[tokio::test]
async fn a_deduction_after_posting_shows_only_in_the_next_edition() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &TWO).await;
    perform(&story, &mut hall, 0, 800).await;
    perform(&story, &mut hall, 1, 700).await;
    story
        .say(hall.contest, post(""))
        .await
        .expect("a posted result");
    let entry = hall.entry(0).expect("an entry");
    let deduct = |points: &str| DeskCommand::Deduct {
        entry,
        points: points.to_owned(),
        reason: "超时".to_owned(),
    };
    assert_eq!(
        rule(story.say(hall.contest, deduct("0")).await),
        "points: zero"
    );
    assert!(rule(story.say(hall.contest, deduct("1,5")).await).starts_with("points: "));
    story
        .say(hall.contest, deduct("1.5"))
        .await
        .expect("a deduction");
    assert_eq!(newest(&story, &hall).await.result.rows[0].deductions, "");
    story
        .say(hall.contest, post("漏记超时扣分"))
        .await
        .expect("a correction");
    assert_eq!(
        newest(&story, &hall).await.result.rows[0].deductions,
        "1.50"
    );
    let id = desk_page(&story, &hall).await.entries[0].deductions[0]
        .id
        .clone();
    story
        .say(hall.contest, DeskCommand::RemoveDeduction { id })
        .await
        .expect("none");
    assert!(
        desk_page(&story, &hall).await.entries[0]
            .deductions
            .is_empty()
    );
}

#[tokio::test]
async fn the_hash_is_that_of_the_very_bytes_that_are_kept() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &TWO).await;
    perform(&story, &mut hall, 0, 800).await;
    perform(&story, &mut hall, 1, 800).await;
    story
        .say(hall.contest, post(""))
        .await
        .expect("a posted result");
    let posted = newest(&story, &hall).await;
    assert_eq!(
        hex(&Sha256::digest(posted.snapshot.as_bytes())),
        posted.hash
    );
    let code = posted.check_code();
    assert_eq!(code.replace('-', "").to_lowercase(), posted.hash[..8]);
    assert_eq!(
        serde_json::to_string(&posted.result).expect("JSON"),
        posted.snapshot
    );
}

#[tokio::test]
async fn no_gate_moves_once_the_result_is_out() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &TWO).await;
    perform(&story, &mut hall, 0, 800).await;
    perform(&story, &mut hall, 1, 700).await;
    story
        .say(hall.contest, post(""))
        .await
        .expect("a posted result");
    let entry = hall.entry(0).expect("an entry");
    let reopen = DeskCommand::ReopenGate {
        entry,
        reason: "再评".to_owned(),
    };
    assert_eq!(rule(story.say(hall.contest, reopen).await), "contest_state");
}

#[tokio::test]
async fn only_entries_behind_a_closed_gate_are_computed() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &TWO).await;
    perform(&story, &mut hall, 0, 800).await;
    let open = story.open(&hall, 1).await.expect("an open gate");
    mark(&story, &mut hall, &open, 700, 1..=9).await;
    let computed = calculation(&story.store, hall.contest)
        .await
        .expect("a calculation");
    assert_eq!((computed.entries.len(), computed.not_closed), (1, 1));
    assert_eq!(computed.result.entries.len(), 1);
    let sheets = text(&story, &hall, Export::SheetsCsv).await;
    assert_eq!(
        sheets.lines().count(),
        1 + 9,
        "nor does an export hold their marks"
    );
}

/// Seven seats have sent, two have sealed without network, and the first gate is closed.
async fn two_unsent(story: &Story) -> (Hall, EntryRecord, SignedOp, SignedOp) {
    let mut hall = hall(story, &TWO).await;
    let entry = story.open(&hall, 0).await.expect("an open gate");
    mark(story, &mut hall, &entry, 800, 1..=7).await;
    let early = seal_offline(story, &mut hall, &entry, 8, 820);
    let late = seal_offline(story, &mut hall, &entry, 9, 990);
    story
        .say(hall.contest, close(&hall, 0, "两席断网"))
        .await
        .expect("a closed gate");
    (hall, entry, early, late)
}

async fn newest(story: &Story, hall: &Hall) -> Posted {
    posted_of(&story.store, hall.contest)
        .await
        .expect("a posted result")
}

async fn text(story: &Story, hall: &Hall, file: Export) -> String {
    let bytes = export(&story.store, hall.contest, file)
        .await
        .expect("an export");
    String::from_utf8(bytes).expect("UTF-8")
}

/// Everything that anybody may read of the contest.
async fn public_text(story: &Story, hall: &Hall) -> String {
    let page = page(&story.store, hall.contest, false)
        .await
        .expect("a page");
    let screen = screen(&story.store, hall.contest).await.expect("a screen");
    let boards = boards(&story.store).await.expect("boards");
    serde_json::to_string(&(page, screen, boards)).expect("JSON")
}
