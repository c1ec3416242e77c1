//! The seam to the pages over HTTP: what anybody gets, what staff get, and what nobody gets.

use crate::app::{Answer, TestApp, request};
use crate::kit::{NINE, hall, perform, post, story_as};
use app::backend::{ContestPage, DeskPage, ImportReport, RosterPage, ScreenPage};
use app::error::{AppError, Code};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, LOCATION};
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use server::demo::contests::Plan;
use server::demo::phones::Phone;
use server::demo::story::{Hall, Story};
use server::service::roster::columns::TableKind;
use sync::posted::PostedResult;
use sync::protocol::HandOver;

const BOUNDARY: &str = "leitai-test-boundary";
const ONE: Plan = Plan {
    topics: &[(0, "稻香示范带")],
    ..NINE
};

/// A server with a hall in it, and an organiser's browser.
struct Desk {
    app: TestApp,
    story: Story,
    cookie: String,
}

async fn desk() -> Desk {
    let app = TestApp::start().await;
    let (account, printed) = app.organiser().await;
    let cookie = app.desk_cookie(&printed).await;
    let story = story_as(app.state.store.clone(), account);
    Desk { app, story, cookie }
}

impl Desk {
    async fn call(&self, path: &str, arguments: Value) -> Answer {
        self.app.call(path, Some(&self.cookie), arguments).await
    }

    async fn get(&self, path: &str) -> Answer {
        let mut get = request(Method::GET, path, None, Body::empty());
        get.headers_mut()
            .insert(COOKIE, self.cookie.parse().expect("a cookie"));
        self.app.send(get).await
    }

    async fn upload(&self, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
        let mut upload = multipart("/admin/uploads", fields, file);
        upload
            .headers_mut()
            .insert(COOKIE, self.cookie.parse().expect("a cookie"));
        self.app.send(upload).await
    }
}

#[tokio::test]
async fn anybody_reads_the_order_before_and_the_result_after_it_is_posted() {
    let Desk { app, story, .. } = desk().await;
    let mut hall = hall(&story, &ONE).await;
    let arguments = json!({ "contest": hall.contest });
    perform(&story, &mut hall, 0, 800).await;
    let result = format!("/api/v1/contests/{}/result.json", hall.contest);
    assert_eq!(app.get(&result, None).await.status, StatusCode::NOT_FOUND);
    let answer = app
        .call("/fn/public/contest", None, arguments.clone())
        .await;
    let page: ContestPage = answer.json();
    assert_eq!((page.result, page.order[0].name.as_str()), (None, "青禾镇"));
    assert!(!answer.text().contains("号评委"), "a person's name leaked");

    story
        .say(hall.contest, post(""))
        .await
        .expect("a posted result");
    let page: ContestPage = app
        .call("/fn/public/contest", None, arguments.clone())
        .await
        .json();
    let posted = page.result.expect("a posted result");
    let screen: ScreenPage = app.call("/fn/public/screen", None, arguments).await.json();
    assert_eq!(screen.result.as_ref(), Some(&posted));
    let answer = app.get(&result, None).await;
    assert_eq!(answer.json::<PostedResult>(), posted);
    let hash = server::service::posting::canonical(&posted)
        .expect("JSON")
        .1;
    assert_eq!(answer.headers["etag"], format!("\"{hash}\""));
}

#[tokio::test]
async fn a_contest_in_draft_is_there_for_staff_alone() {
    let desk = desk().await;
    let contest = json!({ "contest": {
        "title": "还没有席位", "subtitle": "", "held_on": "", "place": "",
        "charter": domain::charter::presets()[2].toml, "entries": [], "seats": [],
    }});
    let id: Value = desk.call("/fn/desk/create-contest", contest).await.json();
    let one = json!({ "contest": id });
    let hidden = desk.app.call("/fn/public/contest", None, one.clone()).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let list = desk.app.call("/fn/public/contests", None, json!({})).await;
    assert_eq!(list.json::<Vec<Value>>().len(), 0);
    assert_eq!(
        desk.call("/fn/public/contest", one).await.status,
        StatusCode::OK
    );
    let list = desk.call("/fn/public/contests", json!({})).await;
    assert_eq!(list.json::<Vec<Value>>().len(), 1);
}

#[tokio::test]
async fn nobody_but_staff_reaches_a_desk_an_export_or_an_upload() {
    let Desk { app, story, .. } = desk().await;
    let hall = hall(&story, &ONE).await;
    let contest = hall.contest;
    for function in ["desk/desk", "desk/cards", "desk/calculation"] {
        let answer = app
            .call(
                &format!("/fn/{function}"),
                None,
                json!({ "contest": contest }),
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{function}");
        assert_eq!(answer.json::<AppError>().code, Code::SignIn);
        assert_eq!(answer.headers[CACHE_CONTROL], "no-store", "{function}");
    }
    for file in ["result.csv", "sheets.csv", "recount.zip"] {
        let answer = app
            .get(&format!("/admin/contests/{contest}/export/{file}"), None)
            .await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{file}");
    }
    let template = app.get("/admin/roster/template/roster.xlsx", None).await;
    assert_eq!(template.status, StatusCode::UNAUTHORIZED);
    let upload = app
        .send(multipart(
            "/admin/uploads",
            &[("kind", "roster")],
            ("u.csv", b"x"),
        ))
        .await;
    assert_eq!(upload.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_contest_is_made_from_a_charter_or_every_fault_of_it_is_told() {
    let desk = desk().await;
    let charter = domain::charter::presets()[1].toml;
    let contest = |charter: &str| {
        json!({ "contest": {
            "title": "新擂台", "subtitle": "", "held_on": "2026-12-01", "place": "",
            "charter": charter,
            "entries": [{ "name": "甲", "topic": "", "unit": null, "multiplier": "" }],
            "seats": [{ "class": "A", "count": 3 }],
        }})
    };
    let wrong = charter
        .replace("\"0.6\"", "\"0,6\"")
        .replace("step = \"0.1\"", "step = \"0\"");
    let answer = desk.call("/fn/desk/create-contest", contest(&wrong)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let error: AppError = answer.json();
    let places: Vec<&str> = error
        .details
        .iter()
        .map(|detail| detail.at.as_str())
        .collect();
    assert_eq!(
        places,
        ["charter.criteria[0].step", "charter.classes[0].weight"]
    );

    let answer = desk.call("/fn/desk/create-contest", contest(charter)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let id: Value = answer.json();
    let page = desk.call("/fn/desk/desk", json!({ "contest": id })).await;
    assert_eq!(page.headers[CACHE_CONTROL], "no-store");
    assert_eq!(page.json::<DeskPage>().seats.len(), 3);
}

#[tokio::test]
async fn a_roster_goes_from_a_plain_form_by_way_of_a_dry_run_into_the_database() {
    let desk = desk().await;
    let file = "code,name,level,parent\nYL,云岭县,county,\n".as_bytes();
    let sent = desk
        .upload(&[("kind", "roster")], ("units.csv", file))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let to = sent.headers[LOCATION].to_str().expect("a path").to_owned();
    let upload = to
        .strip_prefix("/admin/roster/import/")
        .expect("the import's page");
    let arguments = json!({ "upload": upload });
    let report: ImportReport = desk
        .call("/fn/roster/import-report", arguments.clone())
        .await
        .json();
    assert_eq!((report.tables[0].new, report.applied), (1, false));
    let seen = json!({ "plan": report.plan, "is_checked": false });
    let arguments = json!({ "upload": upload, "seen": seen });
    let report: ImportReport = desk.call("/fn/roster/apply-import", arguments).await.json();
    assert!(report.applied);
    let gone = desk
        .call("/fn/roster/import-report", json!({ "upload": "nothing" }))
        .await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_months_own_table_is_offered_and_downloaded_by_its_chinese_name() {
    let desk = desk().await;
    crate::import_month::county(&desk.story).await;
    let page: RosterPage = desk.call("/fn/roster/roster", json!({})).await.json();
    let months: Vec<_> = page
        .months
        .iter()
        .map(|one| one.season_name.as_str())
        .collect();
    assert_eq!(months, ["2026", "2026"]);
    let (season, period) = (page.months[1].season, page.months[1].period);
    assert_eq!(page.months[0].period.next(), Some(period));
    let path = format!("/admin/months/{season}/{period}/figures.xlsx");
    let file = desk.get(&path).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text());
    assert!(file.body.starts_with(b"PK"));
    let name = file.headers[CONTENT_DISPOSITION].to_str().expect("a name");
    let encoded = "%E6%95%B0%E6%8D%AE%E8%A1%A8.xlsx";
    assert!(name.ends_with(encoded), "{name}: 数据表.xlsx");
    let other = path.replace(&season.to_string(), &desk.story.account.to_string());
    assert_eq!(desk.get(&other).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_of_unsent_sheets_is_imported_once_however_often_it_is_sent() {
    let desk = desk().await;
    let mut hall = hall(&desk.story, &ONE).await;
    let entry = desk.story.open(&hall, 0).await.expect("an open gate");
    let op = crate::kit::seal_offline(&desk.story, &mut hall, &entry, 4, 800);
    let file = hand_over(&hall, &hall.phones[3], op);
    let contest = hall.contest.to_string();
    let fields = [("kind", "handover"), ("contest", contest.as_str())];
    for expected in [(1, 0), (0, 1)] {
        let sent = desk.upload(&fields, ("seat4.json", &file)).await;
        let to = sent.headers[LOCATION].to_str().expect("a path").to_owned();
        let (page, upload) = to.split_once("?import=").expect("the desk");
        assert_eq!(page, format!("/admin/contests/{contest}"));
        let seen = json!({ "plan": "", "is_checked": false });
        let arguments = json!({ "upload": upload, "seen": seen });
        let dry: ImportReport = desk
            .call("/fn/roster/import-report", arguments.clone())
            .await
            .json();
        assert_eq!((dry.tables[0].new, dry.tables[0].unchanged), expected);
        let report: ImportReport = desk.call("/fn/roster/apply-import", arguments).await.json();
        assert_eq!((report.tables[0].new, report.tables[0].unchanged), expected);
        assert_eq!(report.problems, []);
    }
    let record = desk.story.record(hall.contest).await.expect("the record");
    assert_eq!(record.sheets.len(), 1);
    assert!(record.sheets[0].carried, "the carrier is on record");
}

#[tokio::test]
async fn an_uploaded_charter_is_read_back_as_text() {
    let desk = desk().await;
    let charter = domain::charter::presets()[2].toml;
    let sent = desk
        .upload(&[("kind", "charter")], ("c.toml", charter.as_bytes()))
        .await;
    let to = sent.headers[LOCATION].to_str().expect("a path").to_owned();
    let upload = to
        .strip_prefix("/admin/contests/new?upload=")
        .expect("the new contest's page");
    let text: String = desk
        .call("/fn/roster/upload-text", json!({ "upload": upload }))
        .await
        .json();
    assert_eq!(text, charter);
}

#[tokio::test]
async fn staff_download_templates_and_exports_that_no_cache_keeps() {
    let desk = desk().await;
    let hall = hall(&desk.story, &ONE).await;
    let contest = hall.contest;
    let xlsx = desk.get("/admin/roster/template/roster.xlsx").await;
    assert!(xlsx.body.starts_with(b"PK"));
    let csv = desk.get("/admin/roster/template/units.csv").await;
    assert!(csv.text().contains("编码,名称,层级,上级"), "{}", csv.text());
    assert_eq!(csv.headers[CACHE_CONTROL], "private, no-store");
    assert!(
        csv.headers[CONTENT_DISPOSITION]
            .to_str()
            .expect("text")
            .contains("units.csv")
    );
    let seats = desk
        .get(&format!("/admin/contests/{contest}/export/seats.csv"))
        .await;
    assert_eq!(seats.text().lines().count(), 10);
    let none = desk
        .get(&format!("/admin/contests/{contest}/export/secrets.csv"))
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_roster_page_offers_a_template_of_every_table() {
    let desk = desk().await;
    let page = desk.get("/admin/roster").await.text();
    for kind in TableKind::ALL {
        let path = format!("/admin/roster/template/{}.csv", kind.name());
        assert!(page.contains(&path), "{path}");
        let header = desk.get(&path).await.text();
        for column in kind.headers() {
            assert!(header.contains(column), "{header}");
        }
        let is_of_people = matches!(kind, TableKind::People | TableKind::Teams);
        assert_eq!(header.contains("姓名"), is_of_people, "{header}");
    }
}

fn hand_over(hall: &Hall, phone: &Phone, op: sync::protocol::SignedOp) -> Vec<u8> {
    let file = HandOver::new(hall.contest, phone.seat_id(), phone.device(), vec![op]);
    serde_json::to_vec(&file).expect("JSON")
}

/// A form as a browser sends it, to this address.
pub fn multipart(to: &str, fields: &[(&str, &str)], (name, bytes): (&str, &[u8])) -> Request<Body> {
    let mut body = Vec::new();
    for (field, value) in fields {
        let head = format!("content-disposition: form-data; name=\"{field}\"");
        body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n{value}\r\n").bytes());
    }
    let head = format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"");
    body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").bytes());
    body.extend(bytes);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    let mut upload = request(Method::POST, to, None, Body::from(body));
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    upload
        .headers_mut()
        .insert(CONTENT_TYPE, kind.parse().expect("a type"));
    upload
}
