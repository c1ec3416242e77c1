//! Backup and restore: the restored result is the posted one, and no data is ever written over.

use crate::kit::{Place, seed, story};
use server::backup::{backup, restore};
use server::demo::chapters;
use server::service::contests::{boards, list};
use server::store::Store;

#[tokio::test]
async fn what_is_restored_is_equal_to_what_was_saved() {
    let place = Place::new();
    let story = story(&place).await;
    chapters::posted(&story).await.expect("a posted contest");
    // The server has the file open all the while.
    backup(&place.url("t.db"), &place.file("copy.leitai"))
        .await
        .expect("a backup");
    chapters::ready(&story)
        .await
        .expect("a contest that the backup does not hold");

    restore(&place.file("copy.leitai"), &place.url("new.db"))
        .await
        .expect("a restored file");
    let restored = Store::open(&place.url("new.db"), &seed())
        .await
        .expect("the restored file");
    let (before, after) = (boards(&story.store).await, boards(&restored).await);
    assert_eq!(before.expect("boards"), after.expect("boards"));
    assert_eq!(list(&restored, true).await.expect("contests").len(), 1);
    assert_eq!(restored.county(), story.store.county());
}

#[tokio::test]
async fn a_restore_never_writes_over_data() {
    let place = Place::new();
    let story = story(&place).await;
    let copy = place.file("copy.leitai");
    backup(&place.url("t.db"), &copy).await.expect("a backup");
    let refused = restore(&copy, &place.url("t.db"))
        .await
        .expect_err("a refusal");
    assert!(refused.to_string().contains("holds data"), "{refused}");
    let again = backup(&place.url("t.db"), &copy)
        .await
        .expect_err("a refusal");
    assert!(again.to_string().contains("is there already"), "{again}");
    assert!(
        list(&story.store, true).await.is_ok(),
        "the database is as it was"
    );
}

#[tokio::test]
async fn what_is_no_backup_is_not_restored() {
    let place = Place::new();
    std::fs::write(place.file("no.leitai"), "PNG").expect("a file");
    let refused = restore(&place.file("no.leitai"), &place.url("new.db")).await;
    assert!(
        refused
            .expect_err("a refusal")
            .to_string()
            .contains("is no backup")
    );
    assert!(!place.file("new.db").exists());
    let missing = backup(&place.url("none.db"), &place.file("b")).await;
    assert!(
        missing
            .expect_err("a refusal")
            .to_string()
            .contains("no database")
    );
    assert!(
        !place.file("none.db").exists(),
        "a backup makes no database"
    );
}
