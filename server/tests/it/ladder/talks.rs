//! Talks and their records are there for named roles only (GY-19): on no page, in no answer of the
//! API and in no file for anybody else.

use super::county::{CLERK, County, FIRST, SECOND, THIRD, close, done, issue, refused, reply};
use app::error::{AppError, Code};
use axum::http::StatusCode;
use domain::ids::SlipId;
use domain::month::slip::SlipState;
use serde_json::json;
use std::io::Read as _;

const JULY: &str = "2026-07";
const TALK: &str = "约谈";
const WORDS: &str = "同主要领导谈了产业项目";

/// Two months behind: the fourth unit is due for a talk.
async fn behind() -> County {
    let county = County::new().await;
    county.posted("2026-06", ["9", "8", "7", "6"], &[]).await;
    county.posted(JULY, ["9", "8", "7", "6"], &[]).await;
    county
}

async fn talked() -> (County, SlipId) {
    let county = behind().await;
    let talk = county.issue(FIRST, county.matter(JULY, 4, TALK)).await;
    done(&county.act(FIRST, reply(talk, WORDS)).await);
    (county, talk)
}

#[tokio::test]
async fn a_talk_goes_the_same_way_among_those_who_may_read_it() {
    let (county, talk) = talked().await;
    refused(&county.act(FIRST, close(talk)).await, "same_account");
    done(&county.act(SECOND, close(talk)).await);
    let page = county.slip(SECOND, talk).await;
    assert_eq!(
        (page.row.state, page.steps[0].words.as_str()),
        (SlipState::Closed, WORDS)
    );
}

#[tokio::test]
async fn nobody_else_sees_it_in_a_list_or_in_a_count() {
    let (county, _) = talked().await;
    for login in [THIRD, CLERK] {
        for state in SlipState::ALL {
            let page = county.slips(login, state).await;
            assert!(
                page.rows.iter().all(|row| row.matter.rule != TALK),
                "{state:?}"
            );
            assert!(page.units.iter().all(|unit| unit.talks.is_none()));
            let arguments = json!({ "season": county.season, "state": state });
            let answer = county
                .call(login, "/fn/ladder/slips", arguments)
                .await
                .text();
            assert!(
                !answer.contains(TALK) && !answer.contains(WORDS),
                "{answer}"
            );
        }
        let counts: u32 = county
            .slips(login, SlipState::Issued)
            .await
            .counts
            .iter()
            .sum();
        assert_eq!(counts, 4, "two reminders a month, and no talk");
    }
    let counts: u32 = county
        .slips(FIRST, SlipState::Issued)
        .await
        .counts
        .iter()
        .sum();
    assert_eq!(
        counts, 6,
        "the other unit that is behind is due for a talk as well"
    );
}

#[tokio::test]
async fn nobody_else_gets_its_page_its_paper_or_its_file() {
    let (county, talk) = talked().await;
    let paths = ["", "/print", "/export/slip.docx"].map(|end| format!("/admin/slips/{talk}{end}"));
    for login in [THIRD, CLERK] {
        let answer = county
            .call(login, "/fn/ladder/slip", json!({ "slip": talk }))
            .await;
        assert_eq!(answer.json::<AppError>().code, Code::NotFound);
        for path in &paths {
            let answer = county.page(login, path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} to {login}");
            assert!(!answer.text().contains(WORDS), "{path} to {login}");
        }
        for command in [reply(talk, "看不到的人"), close(talk)] {
            let answer = county.act(login, command).await;
            assert_ne!(answer.status, StatusCode::OK);
        }
        let proposed = county.act(THIRD, issue(county.matter(JULY, 3, TALK))).await;
        assert_eq!(proposed.json::<AppError>().code, Code::NotFound);
    }
    for path in &paths[..2] {
        let page = county.page(SECOND, path).await.text();
        assert!(page.contains(WORDS), "{path}");
    }
    let file = county.page(SECOND, &paths[2]).await;
    assert_eq!(file.headers["cache-control"], "private, no-store");
    let text = document(file.body);
    for part in ["约谈〔2026〕1号", "竹海乡：", WORDS, "十日内报整改措施"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(county.slip(FIRST, talk).await.steps.len(), 1);
}

#[tokio::test]
async fn a_month_on_the_staffs_page_names_talks_to_nobody_else() {
    let county = behind().await;
    let due = async |login| {
        let desk = county.month_desk(login, JULY).await;
        let units = desk.month.groups[0].units.iter();
        units.flat_map(|unit| unit.due.clone()).collect::<Vec<_>>()
    };
    assert!(due(FIRST).await.contains(&TALK.to_owned()));
    assert_eq!(due(CLERK).await, ["提醒单", "提醒单"]);
    let path = format!("/admin/months/{}/{JULY}", county.season);
    assert!(county.page(FIRST, &path).await.text().contains(TALK));
    assert!(!county.page(CLERK, &path).await.text().contains(TALK));
}

#[tokio::test]
async fn what_a_post_would_change_names_talks_to_nobody_else() {
    let county = County::new().await;
    county.posted("2026-06", ["9", "8", "7", "6"], &[]).await;
    let figures = ["9", "8", "7", "6"].into_iter().zip(1..);
    let figures = figures.flat_map(|(value, unit)| {
        let figure = |(code, value)| format!("2026,{JULY},{code},0{unit},{value},9\n");
        [("XM", value), ("LD", "9")].map(figure)
    });
    let figures: String = figures.collect();
    let text = format!("赛季,月份,指标,单位,完成值,目标值\n{figures}");
    county.import("figures.csv", &text).await;
    let due = async |login| {
        let desk = county.month_desk(login, JULY).await;
        let follows = desk.comparison.expect("a comparison").follows.into_iter();
        follows.flat_map(|one| one.due).collect::<Vec<_>>()
    };
    assert!(due(FIRST).await.contains(&TALK.to_owned()));
    assert!(!due(CLERK).await.contains(&TALK.to_owned()));
    assert!(due(CLERK).await.contains(&"提醒单".to_owned()));
    let path = format!("/admin/months/{}/{JULY}", county.season);
    let shown = county.page(FIRST, &path).await.text();
    assert!(shown.contains("与上月（2026年6月）相比") && shown.contains(TALK));
    assert!(!county.page(CLERK, &path).await.text().contains(TALK));
}

/// The text of a Word file.
fn document(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut part = archive.by_name("word/document.xml").expect("the document");
    let mut text = String::new();
    part.read_to_string(&mut text).expect("text");
    text
}
