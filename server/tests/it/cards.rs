//! Cards: where they may be printed, and what becomes of a pad whose card was taken back.

use crate::kit::{
    NINE, Place, close, desk_page, hall, mark, rule, seal_offline, send, sheet_at, story,
};
use app::backend::{CardState, Cards, DeskCommand, DeskSheet};
use server::clock::Clock as _;
use server::demo::story::{Hall, Story};
use server::service::cards::{CardAddress, NOT_SECURE, cards};
use server::service::presence::Presences;

async fn cards_page(story: &Story, hall: &Hall, address: CardAddress<'_>) -> Cards {
    let presences = Presences::default();
    let pads = (&presences as _, story.clock.wall());
    cards(&story.store, story.account, hall.contest, address, pads)
        .await
        .expect("the cards")
}

#[tokio::test]
async fn cards_print_only_for_an_address_at_which_a_phone_can_be_offline() {
    let place = Place::new();
    let story = story(&place).await;
    let hall = hall(&story, &NINE).await;
    let plain = CardAddress {
        public_url: "http://10.0.0.5:3000",
        is_secure: false,
    };
    let page = cards_page(&story, &hall, plain).await;
    assert_eq!(page.refused.as_deref(), Some(NOT_SECURE));
    let bare = page.sheets.iter().all(|sheet| sheet.print.is_none());
    assert!(bare, "no secret is sent to a page that may not print it");

    let secure = CardAddress {
        public_url: "https://leitai.example",
        is_secure: true,
    };
    let page = cards_page(&story, &hall, secure).await;
    let print = page.sheets[0].print.as_ref().expect("a printed card");
    assert!(
        print.url.starts_with("https://leitai.example/card#"),
        "{}",
        print.url
    );
    assert!(print.qr_path.starts_with('M') && print.digits.len() == 4);

    let seat = hall.seat(1).expect("a seat");
    story
        .say(hall.contest, DeskCommand::ReissueCard { seat: Some(seat) })
        .await
        .expect("a new card");
    let again = cards_page(&story, &hall, secure).await;
    assert_ne!(
        again.sheets[0].print.as_ref().map(|print| &print.url),
        Some(&print.url)
    );
    story
        .say(hall.contest, DeskCommand::WithdrawCard { seat: Some(seat) })
        .await
        .expect("no card");
    let gone = cards_page(&story, &hall, secure).await;
    assert_eq!(gone.sheets[0].state, CardState::Withdrawn);
    assert!(gone.sheets[0].print.is_none());
    let unlock = DeskCommand::UnlockCard { seat: Some(seat) };
    assert_eq!(rule(story.say(hall.contest, unlock).await), "no_card");
}

#[tokio::test]
async fn what_a_withdrawn_pad_still_sends_is_kept_and_counts_only_by_decision() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &NINE).await;
    let entry = story.open(&hall, 0).await.expect("an open gate");
    mark(&story, &mut hall, &entry, 800, 1..=8).await;
    let op = seal_offline(&story, &mut hall, &entry, 9, 820);
    let seat = hall.seat(9).expect("a seat");
    story
        .say(hall.contest, DeskCommand::WithdrawCard { seat: Some(seat) })
        .await
        .expect("no card");
    send(&story, &hall, 9, op).await;
    assert_eq!(
        sheet_at(&story, &hall, entry.id, seat).await,
        DeskSheet::Quarantined
    );
    let held = desk_page(&story, &hall).await.held;
    assert!(held[0].marks.is_empty(), "the gate is still open");
    let count = DeskCommand::CountSheet {
        op: held[0].op,
        reason: "已核对".to_owned(),
    };
    assert_eq!(
        rule(story.say(hall.contest, count.clone()).await),
        "gate_open"
    );
    story
        .say(hall.contest, close(&hall, 0, "9 号席待定"))
        .await
        .expect("a closed gate");
    assert_eq!(desk_page(&story, &hall).await.held[0].marks.len(), 1);
    story.say(hall.contest, count).await.expect("a decision");
    assert_eq!(
        sheet_at(&story, &hall, entry.id, seat).await,
        DeskSheet::Received
    );
}
