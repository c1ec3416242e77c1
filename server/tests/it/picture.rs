//! What is passed on of a posted month: pictures for a public account, and what a messenger shows
//! of a link.

use crate::app::Answer;
use crate::month::close;
use crate::publication::Office;
use app::backend::MonthCommand;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use domain::ids::UnitId;

fn month_picture(office: &Office) -> String {
    format!("/months/{}/2026-07/picture.svg", office.county.season)
}

fn unit_picture(office: &Office, unit: usize) -> String {
    format!("/units/{}/picture.svg", office.county.units[unit])
}

/// As somebody without an account.
async fn drawn(office: &Office, path: &str) -> String {
    let answer = office.app.get(path, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    assert_eq!(answer.headers[CONTENT_TYPE], "image/svg+xml");
    assert_eq!(answer.headers[CACHE_CONTROL], "private, no-store");
    answer.text()
}

#[track_caller]
fn assert_holds(drawn: &str, words: &[&str]) {
    for word in words {
        assert!(drawn.contains(word), "{word} is not in {drawn}");
    }
}

#[track_caller]
fn assert_lacks(drawn: &str, words: &[&str]) {
    for word in words {
        assert!(!drawn.contains(word), "{word} is in {drawn}");
    }
}

/// GY-14: from the frozen month, and of that what is public.
#[tokio::test]
async fn a_months_picture_holds_the_lists_with_reasons_the_first_places_and_the_flags() {
    let office = Office::posted().await;
    let picture = drawn(&office, &month_picture(&office)).await;
    assert_holds(
        &picture,
        &[
            r#"width="1080""#,
            ">2026年7月榜单</text>",
            "测试县　比学争赶超月度竞赛",
            ">红榜</text>",
            ">黑榜</text>",
            ">+2</text>",
            ">−1.5</text>",
            ">值守到岗</text>",
            ">1 青禾镇</text>",
            ">102.00</text>",
            "红旗　青禾镇、石桥乡",
            "2026年11月1日发布　第 1 版",
            &format!("校验码 {}", office.check_code().await),
            "http://localhost:3000",
            "<path d=\"M0 0h7v1h-7z",
        ],
    );
    assert_lacks(&picture, &["内部", "提醒单", "<script", "演示"]);
}

#[tokio::test]
async fn nothing_is_drawn_before_it_is_posted_nor_of_what_comes_later() {
    let office = Office::open().await;
    let early = office.app.get(&month_picture(&office), None).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    let early = office.app.get(&unit_picture(&office, 0), None).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);

    let office = Office::posted().await;
    let paths = [month_picture(&office), unit_picture(&office, 1)];
    let before = [
        drawn(&office, &paths[0]).await,
        drawn(&office, &paths[1]).await,
    ];
    office.county.figures(["1", "2", "3", "99"]).await;
    office.county.record(1, "7").await;
    office.county.confirm_all().await;
    office.county.own(close("")).await.expect("closed again");
    let after = [
        drawn(&office, &paths[0]).await,
        drawn(&office, &paths[1]).await,
    ];
    assert_eq!(before, after);
}

#[tokio::test]
async fn words_of_others_are_escaped_broken_into_lines_and_cut() {
    let office = Office::open().await;
    let county = &office.county;
    county.figures(["9", "8", "7", "6"]).await;
    let record = MonthCommand::Record {
        unit: county.units[0],
        points: "2".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: format!("<b>\"甲\" & 乙</b>{}", "长".repeat(80)),
        day: "2026-07-12".to_owned(),
    };
    county.own(record).await.expect("a record");
    county.confirm_all().await;
    office.post("").await;
    for path in [month_picture(&office), unit_picture(&office, 0)] {
        let picture = drawn(&office, &path).await;
        assert_holds(&picture, &["&lt;b&gt;&quot;甲&quot; &amp; 乙&lt;/b&gt;长"]);
        assert_lacks(&picture, &["<b>"]);
        let lines = picture.split("</text>").filter(|line| line.contains('长'));
        let counts: Vec<usize> = lines.map(|line| line.matches('长').count()).collect();
        assert_eq!(
            counts,
            [19, 26],
            "two lines of 27 characters, the second one cut"
        );
    }
}

#[tokio::test]
async fn a_units_picture_tells_its_place_its_points_and_its_list() {
    let office = Office::posted().await;
    let first = drawn(&office, &unit_picture(&office, 0)).await;
    assert_holds(
        &first,
        &[
            ">青禾镇</text>",
            "2026年7月　乡镇组",
            ">第 1 名</text>",
            "共 4 家",
            ">红榜</text>",
            ">值守到岗</text>",
            ">指标得分</text>",
            ">102.00</text>",
            "红旗 1 号　颁发",
            "第 1 版",
        ],
    );
    assert_lacks(&first, &["内部", "提醒单", "石桥乡", "黑榜"]);
    let second = drawn(&office, &unit_picture(&office, 1)).await;
    assert_holds(&second, &[">第 2 名</text>"]);
    assert_lacks(&second, &["红榜", "黑榜", "值守到岗"]);
    let nobody = format!("/units/{}/picture.svg", UnitId(uuid::Uuid::nil()));
    let nobody = office.app.get(&nobody, None).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

fn meta(page: &Answer, property: &str) -> String {
    let text = page.text();
    let start = format!("<meta property=\"{property}\" content=\"");
    let (_, rest) = text
        .split_once(&start)
        .unwrap_or_else(|| panic!("no {property}: {text}"));
    rest.split_once('"').expect("its end").0.to_owned()
}

/// What a messenger shows of a link is what the page says, with addresses that lead there.
#[tokio::test]
async fn a_link_to_a_month_a_unit_and_the_boards_has_a_card() {
    let office = Office::posted().await;
    let (season, unit) = (office.county.season, office.county.units[0]);
    for (path, title, about) in [
        (
            format!("/months/{season}/2026-07"),
            "2026年7月 比学争赶超月度竞赛",
            "红榜：青禾镇；黑榜：竹海乡；乡镇组：青禾镇",
        ),
        (
            format!("/units/{unit}"),
            "青禾镇 · 擂台榜单",
            "2026年7月，乡镇组第 1，综合 102.00 分，红榜",
        ),
        (
            "/boards".to_owned(),
            "2026年7月 比学争赶超月度竞赛",
            "乡镇组：青禾镇",
        ),
    ] {
        let page = office.app.get(&path, None).await;
        assert_eq!(meta(&page, "og:title"), title);
        assert_eq!(meta(&page, "og:description"), about);
        assert_eq!(
            meta(&page, "og:url"),
            format!("http://localhost:3000{path}")
        );
        let picture = meta(&page, "og:image");
        assert_eq!(picture, "http://localhost:3000/icons/icon-512.png");
    }
}

/// Without script the address stands on the page, and the picture is a link.
#[tokio::test]
async fn a_units_page_holds_its_address_and_the_way_to_its_picture() {
    let office = Office::posted().await;
    let path = format!("/units/{}", office.county.units[0]);
    let page = office.app.get(&path, None).await.text();
    let address = format!("http://localhost:3000{path}");
    assert_holds(
        &page,
        &[
            &format!(">{address}<"),
            &format!("href=\"{path}/picture.svg\""),
            "data-share=\"picture\"",
            "data-share=\"link\"",
        ],
    );
}
