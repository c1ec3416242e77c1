//! What units signed to reach (GY-12), through the real router.

use crate::app::Answer;
use crate::ladder::county::{CLERK, County, FIRST, SECOND, THIRD, done, refused};
use crate::pages::multipart;
use app::backend::{Pledge, PledgeCommand, PledgesPage};
use app::error::AppError;
use app::paths;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::month::pledge::PledgeState;
use serde_json::json;
use server::service::uploads::UPLOAD_BYTES_MAX;

async fn page(county: &County, login: &str) -> PledgesPage {
    let asked = json!({ "season": county.season });
    let answer = county.call(login, "/fn/pledge/page", asked).await;
    done(&answer);
    answer.json()
}

async fn say(county: &County, login: &str, command: PledgeCommand) -> Answer {
    let asked = json!({ "season": county.season, "command": command });
    county.call(login, "/fn/pledge/command", asked).await
}

/// A county whose units sign, in a season of a year.
async fn signing() -> County {
    let county = County::new().await;
    county.of_a_year().await;
    county.rule("pledges", json!(true)).await;
    county
}

fn sign(county: &County, unit: usize, items: &str) -> PledgeCommand {
    PledgeCommand::Sign {
        unit: county.units[unit - 1],
        signer: "镇长".to_owned(),
        day: "2026-05-06".to_owned(),
        document: "县委办 2026-017".to_owned(),
        items: items.to_owned(),
    }
}

/// What stands and what it came to, as told to this account.
async fn first(county: &County) -> Pledge {
    page(county, CLERK).await.pledges.remove(0)
}

fn header(answer: &Answer, name: &str) -> String {
    let value = answer.headers.get(name).expect("the header");
    value.to_str().expect("plain letters").to_owned()
}

fn states(pledge: &Pledge) -> Vec<PledgeState> {
    pledge.items.iter().map(|item| item.state).collect()
}

#[tokio::test]
async fn nobody_signs_where_the_charter_does_not_say_so_and_nothing_is_told_when_it_stops() {
    let county = County::new().await;
    refused(
        &say(&county, CLERK, sign(&county, 1, "XM 8")).await,
        "nothing_to_decide",
    );
    let text = county
        .page(CLERK, &paths::pledges(county.season))
        .await
        .text();
    assert!(text.contains("这个赛季没有军令状"));
    county.rule("pledges", json!(true)).await;
    done(&say(&county, CLERK, sign(&county, 1, "XM 8")).await);
    assert_eq!(page(&county, SECOND).await.pledges.len(), 1);
    county.rule("pledges", json!(false)).await;
    assert_eq!(page(&county, CLERK).await.pledges, []);
}

#[tokio::test]
async fn a_pledge_is_held_against_the_posted_months_and_its_last_one_decides() {
    let county = signing().await;
    let lines = "XM ８．５亿元 2026年6月\n断头路\t9 2026-07\nXM 10 2026-07\nXM 1";
    done(&say(&county, CLERK, sign(&county, 1, lines)).await);
    let [open, kept, broken] = [PledgeState::Open, PledgeState::Kept, PledgeState::Broken];
    assert_eq!(states(&first(&county).await), [open; 4]);

    county.posted("2026-06", ["8.5", "8", "7", "6"], &[]).await;
    assert_eq!(states(&first(&county).await), [kept, open, open, open]);
    county.posted("2026-07", ["9", "8", "7", "6"], &[]).await;
    let pledge = first(&county).await;
    assert_eq!(states(&pledge), [kept, kept, broken, open]);
    let course: Vec<_> = pledge.items[2]
        .checkpoints
        .iter()
        .map(|one| (one.period.to_string(), one.value.clone().expect("a figure")))
        .collect();
    let at = |period: &str, value: &str| (period.to_owned(), value.to_owned());
    assert_eq!(course, [at("2026-06", "8.5"), at("2026-07", "9")]);
    let text = county
        .page(SECOND, &paths::pledges(county.season))
        .await
        .text();
    for words in [
        "青禾镇",
        "10亿元以上",
        "未兑现",
        "已兑现",
        "县委办 2026-017",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_figure_in_another_measure_says_nothing_of_what_was_signed() {
    let county = signing().await;
    done(
        &say(
            &county,
            CLERK,
            sign(&county, 1, "XM 9 2026-06\nXM 8 2026-07"),
        )
        .await,
    );
    county.posted("2026-06", ["8", "8", "7", "6"], &[]).await;
    let other = "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开,到期月\n\
                 2026,XM,项目,万元,60,高,位次,0.05,月,否,是,\n";
    county.import("indicators.csv", other).await;
    county
        .posted("2026-07", ["70000", "8", "7", "6"], &[])
        .await;
    let [broken, unknown] = [PledgeState::Broken, PledgeState::Unknown];
    assert_eq!(states(&first(&county).await), [broken, unknown]);
}

#[tokio::test]
async fn a_correction_of_a_month_is_what_counts() {
    let county = signing().await;
    done(&say(&county, CLERK, sign(&county, 1, "XM 9 2026-06")).await);
    county.posted("2026-06", ["9", "8", "7", "6"], &[]).await;
    assert_eq!(states(&first(&county).await), [PledgeState::Kept]);
    let text = county.figures("2026-06", ["8.9", "8", "7", "6"], &[]);
    county.import("figures.csv", &text).await;
    assert_eq!(
        states(&first(&county).await),
        [PledgeState::Kept],
        "not posted yet"
    );
    county.close_and_post("2026-06", "数报错了").await;
    assert_eq!(states(&first(&county).await), [PledgeState::Broken]);
}

#[tokio::test]
async fn what_is_wrong_is_said_line_by_line_and_nothing_of_it_is_entered() {
    let county = signing().await;
    done(&say(&county, CLERK, sign(&county, 1, "XM 8 2026-06")).await);
    let lines = "XM\n没有的 3 2026-06\nXM 很多 2026-07\nXM 9 2031-01\n\nXM 9 2026-06\n\
                 LD 9 2026-07\nLD 8 2026-07\nLD 8 2026-04";
    let error: AppError = say(&county, CLERK, sign(&county, 1, lines)).await.json();
    let details = error.details.iter();
    let details: Vec<_> = details
        .map(|one| (one.at.split('.').next().unwrap(), one.message.as_str()))
        .collect();
    assert_eq!(
        details,
        [
            ("1", "pledge_line"),
            ("2", "pledge_indicator"),
            ("3", "not_a_number"),
            ("4", "pledge_month"),
            ("6", "pledge_twice"),
            ("8", "pledge_twice"),
            ("9", "pledge_month"),
        ]
    );
    assert_eq!(page(&county, CLERK).await.pledges.len(), 1);
    for (command, code) in [
        (sign(&county, 1, " \n"), "empty"),
        (
            PledgeCommand::Sign {
                unit: county.units[0],
                signer: "镇长".to_owned(),
                day: "2031-01-01".to_owned(),
                document: "1".to_owned(),
                items: "XM 9".to_owned(),
            },
            "day_ahead",
        ),
    ] {
        let error: AppError = say(&county, CLERK, command).await.json();
        assert_eq!(error.details[0].message, code);
    }
}

#[tokio::test]
async fn a_paper_is_never_changed_and_another_account_withdraws_what_was_entered_wrongly() {
    let county = signing().await;
    let error: AppError = say(&county, THIRD, sign(&county, 1, "XM 8")).await.json();
    assert!(error.details[0].message.starts_with("lacks_organise"));
    done(&say(&county, FIRST, sign(&county, 1, "XM 80 2026-06")).await);
    let pledge = first(&county).await.id;
    let withdraw = || PledgeCommand::Withdraw {
        pledge,
        reason: "多写了一个零".to_owned(),
    };
    let error: AppError = say(&county, CLERK, withdraw()).await.json();
    assert!(error.details[0].message.starts_with("lacks_confirm"));
    refused(&say(&county, FIRST, withdraw()).await, "same_account");
    assert!(page(&county, FIRST).await.pledges[0].is_own);
    done(&say(&county, SECOND, withdraw()).await);
    refused(&say(&county, SECOND, withdraw()).await, "nothing_changed");
    // The right one stands before it.
    done(&say(&county, FIRST, sign(&county, 1, "XM 8 2026-06")).await);
    let pledges = page(&county, CLERK).await.pledges;
    let told: Vec<_> = pledges
        .iter()
        .map(|one| (one.items[0].target.as_str(), one.withdrawn.is_some()))
        .collect();
    assert_eq!(told, [("8", false), ("80", true)]);
    let text = county
        .page(CLERK, &paths::pledges(county.season))
        .await
        .text();
    assert!(text.contains("多写了一个零"));
}

#[tokio::test]
async fn the_signed_paper_is_kept_once_and_only_staff_read_it() {
    let county = signing().await;
    done(&say(&county, CLERK, sign(&county, 1, "XM 8 2026-06")).await);
    let pledge = first(&county).await;
    assert!(!pledge.has_scan);
    let address = paths::pledge_scan(pledge.id);
    let bring = async |login: &str, bytes: &[u8]| -> String {
        let form = multipart(&address, &[], ("a.jpg", bytes));
        let answer = county.send(login, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        header(&answer, "location")
    };
    let page_of = |fault: Option<&str>| paths::pledges_with(county.season, fault);
    let wrong = bring(CLERK, b"GIF89a").await;
    assert_eq!(wrong, page_of(Some("no_scan")));
    let text = county.page(CLERK, &wrong).await.text();
    assert!(text.contains("只收 JPG 照片和 PDF"));
    assert_eq!(bring(CLERK, b"").await, page_of(Some("empty")));
    let large = vec![0xFF; UPLOAD_BYTES_MAX + 1];
    assert_eq!(bring(CLERK, &large).await, page_of(Some("too_large")));
    assert_eq!(
        county.page(CLERK, &address).await.status,
        StatusCode::NOT_FOUND
    );

    let (paper, other) = (b"\xFF\xD8\xFF\xE0 paper", b"%PDF-1.7 another");
    assert_eq!(bring(CLERK, paper).await, page_of(None));
    assert_eq!(bring(CLERK, paper).await, page_of(None), "pressed twice");
    assert_eq!(bring(FIRST, other).await, page_of(Some("exists")));
    assert!(first(&county).await.has_scan);
    let shown = county.page(SECOND, &address).await;
    assert_eq!(
        (shown.status, &shown.body[..]),
        (StatusCode::OK, &paper[..])
    );
    assert_eq!(header(&shown, "content-type"), "image/jpeg");
    assert!(header(&shown, "cache-control").contains("no-store"));

    let stranger = crate::app::request(Method::GET, &address, None, Body::empty());
    let stranger = county.app.send(stranger).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    let form = multipart(&address, &[], ("a.jpg", paper));
    let form = county.send(THIRD, form).await;
    assert_eq!(form.status, StatusCode::FORBIDDEN);
    county.rule("pledges", json!(false)).await;
    assert_eq!(
        county.page(SECOND, &address).await.status,
        StatusCode::NOT_FOUND
    );
}
