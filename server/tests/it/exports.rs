//! Files that leave the house: the posted result, and the files of a recount.

use crate::kit::{NINE, Place, hall, perform, post, story};
use server::demo::chapters;
use server::demo::contests::Plan;
use server::recount::{self, RecountArgs};
use server::service::contests::{boards, posted_of};
use server::service::error::ServiceError;
use server::service::exports::{Export, export};
use std::io::{Cursor, Read as _};

/// One entry is enough.
const ONE: Plan = Plan {
    topics: &[(0, "")],
    ..NINE
};

#[tokio::test]
async fn exports_hold_the_posted_result_and_the_files_of_a_recount() {
    let place = Place::new();
    let story = story(&place).await;
    let mut hall = hall(&story, &ONE).await;
    perform(&story, &mut hall, 0, 800).await;
    let early = export(&story.store, hall.contest, Export::ResultCsv).await;
    assert!(matches!(early, Err(ServiceError::NotFound(_))));
    story
        .say(hall.contest, post(""))
        .await
        .expect("a posted result");
    let posted = posted_of(&story.store, hall.contest)
        .await
        .expect("a result")
        .result;
    let csv = export(&story.store, hall.contest, Export::ResultCsv)
        .await
        .expect("a table");
    let csv = String::from_utf8(csv).expect("UTF-8");
    assert!(
        csv.starts_with('\u{feff}'),
        "Excel has to see that it is UTF-8"
    );
    assert!(csv.contains(posted.rows[0].score.as_deref().expect("a score")));
    let xlsx = export(&story.store, hall.contest, Export::ResultXlsx)
        .await
        .expect("a workbook");
    assert!(xlsx.starts_with(b"PK"));

    let bytes = export(&story.store, hall.contest, Export::RecountZip)
        .await
        .expect("a zip");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        let name = file.name().expect("a name").into_owned();
        assert!(!text.is_empty(), "{name} is empty");
        names.push(name);
    }
    let expected = [
        "charter.toml",
        "entries.csv",
        "seats.csv",
        "sheets.csv",
        "deductions.csv",
    ];
    assert_eq!(names, expected);
}

#[tokio::test]
async fn a_recount_from_the_exported_files_agrees_with_what_was_posted() {
    let place = Place::new();
    let story = story(&place).await;
    chapters::posted(&story).await.expect("a posted contest");
    let posted = boards(&story.store).await.expect("boards").remove(0);
    for name in [
        "charter.toml",
        "entries.csv",
        "seats.csv",
        "sheets.csv",
        "deductions.csv",
    ] {
        let file = Export::of_name(name).expect("an export");
        let bytes = export(&story.store, posted.contest, file)
            .await
            .expect("a file");
        std::fs::write(place.file(name), bytes).expect("a written file");
    }
    let args = RecountArgs {
        charter: place.file("charter.toml"),
        entries: place.file("entries.csv"),
        seats: place.file("seats.csv"),
        sheets: place.file("sheets.csv"),
        deductions: Some(place.file("deductions.csv")),
        json: true,
    };
    let text = recount::run(&args).expect("a recount");
    let recounted: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let recounted = recounted["entries"].as_array().expect("entries");
    assert_eq!(recounted.len(), posted.rows.len());
    for (row, again) in posted.rows.iter().zip(recounted) {
        assert_eq!(again["entry"], row.position.to_string());
        assert_eq!(again["rank"], serde_json::json!(row.rank), "{}", row.name);
        assert_eq!(again["score"], serde_json::json!(row.score), "{}", row.name);
        assert_eq!(again["ties"], serde_json::json!(row.ties), "{}", row.name);
    }
}
