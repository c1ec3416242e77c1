//! What is posted is told to the robots of groups: against a robot on loopback that answers as it
//! is told to.

use crate::kit::{NINE, Place, hall, perform, post, rule, story};
use crate::month::{County, close};
use app::backend::{DeskCommand, HookCommand, HookRow};
use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post as post_route;
use domain::ids::Millis;
use domain::month::SeasonCharter;
use domain::month::audience::Audience;
use serde_json::{Value, json};
use server::service::error::ServiceError;
use server::service::month::rules;
use server::service::notify::delivery::{Robots, deliver};
use server::service::notify::{command, hooks};
use server::store::Store;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

const SITE: &str = "https://leitai.example";

/// A robot: what it was sent, and what it will answer; at the end it takes everything.
#[derive(Clone, Default)]
struct Robot {
    heard: Arc<Mutex<Vec<Value>>>,
    answers: Arc<Mutex<VecDeque<(u16, Value)>>>,
}

impl Robot {
    /// Starts to listen, and says where.
    async fn listen(&self) -> String {
        let app = Router::new()
            .route("/send", post_route(hear))
            .with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, app).await });
        format!("http://{address}/send")
    }

    fn answer(&self, status: u16, body: Value) {
        let mut answers = self.answers.lock().expect("a lock");
        answers.push_back((status, body));
    }

    fn heard(&self) -> Vec<Value> {
        self.heard.lock().expect("a lock").clone()
    }
}

async fn hear(State(robot): State<Robot>, Json(body): Json<Value>) -> (StatusCode, Json<Value>) {
    robot.heard.lock().expect("a lock").push(body);
    let next = robot.answers.lock().expect("a lock").pop_front();
    let (status, body) = next.unwrap_or((200, json!({ "errcode": 0, "code": 0 })));
    (StatusCode::from_u16(status).expect("a status"), Json(body))
}

fn add(name: &str, kind: &str, address: &str) -> HookCommand {
    HookCommand::Add {
        name: name.to_owned(),
        kind: kind.to_owned(),
        address: address.to_owned(),
        secret: "SEC1".to_owned(),
    }
}

async fn send(store: &Store, now: Millis) {
    let robots = Robots::new().expect("a client");
    let sent = deliver(store, &robots, SITE, now).await;
    sent.expect("a round");
}

async fn only(store: &Store) -> HookRow {
    let rows = hooks(store).await.expect("hooks");
    rows.into_iter().next().expect("a hook")
}

/// A county with a robot, and a posted month.
async fn posted(place: &Place, kind: &str) -> (County, Robot) {
    posted_for(place, kind, Audience::Public).await
}

/// The same for other readers.
async fn posted_for(place: &Place, kind: &str, audience: Audience) -> (County, Robot) {
    let (county, robot) = (County::new(place).await, Robot::default());
    let add = add("工作群", kind, &robot.listen().await);
    let act = county.story.act();
    let added = command(&county.story.store, &act, add).await;
    added.expect("a robot");
    if audience != Audience::Public {
        let mut charter = SeasonCharter::guanyun();
        (charter.audience.board, charter.audience.unit) = (audience, audience);
        let charter = serde_json::to_string(&charter).expect("JSON");
        let set = rules::set(&county.story.store, ("2026", &charter), act.now).await;
        set.expect("a charter");
    }
    county.figures(["9", "8", "7", "6"]).await;
    county.own(close("")).await.expect("closed");
    county.post(&county.second(), "").await.expect("posted");
    (county, robot)
}

#[tokio::test]
async fn each_kind_is_told_once_where_the_posted_month_is() {
    for kind in ["wecom", "dingtalk", "feishu"] {
        let place = Place::new();
        let (county, robot) = posted(&place, kind).await;
        let now = county.story.act().now;
        send(&county.story.store, now).await;
        send(&county.story.store, Millis(now.0 + 3_600_000)).await;
        let heard = robot.heard();
        assert_eq!(heard.len(), 1, "{kind}");
        let text = match kind {
            "feishu" => &heard[0]["content"]["text"],
            _ => &heard[0]["text"]["content"],
        };
        let text = text.as_str().expect("a text");
        assert!(text.contains("2026年7月结果已发布"), "{text}");
        let link = format!("{SITE}/months/{}/2026-07", county.season);
        assert!(text.ends_with(&link) && !text.contains("青禾镇"), "{text}");
        assert_eq!(heard[0].get("sign").is_some(), kind == "feishu");
        let row = only(&county.story.store).await;
        assert_eq!((row.last_sent_at, row.waiting), (Some(now), 0));
    }
}

/// A group is sent to no page that is not there for it, and no key goes into a chat by itself.
#[tokio::test]
async fn a_group_is_told_as_far_as_it_may_read() {
    for (audience, heard) in [(Audience::Link, 1), (Audience::Staff, 0)] {
        let place = Place::new();
        let (county, robot) = posted_for(&place, "wecom", audience).await;
        send(&county.story.store, county.story.act().now).await;
        let said = robot.heard();
        assert_eq!(said.len(), heard, "{audience:?}");
        for message in said {
            let text = message["text"]["content"].as_str().expect("a text");
            assert!(text.ends_with("2026年7月结果已发布"), "{text}");
        }
        assert_eq!(only(&county.story.store).await.waiting, 0);
    }
}

#[tokio::test]
async fn what_was_not_taken_is_sent_again_later_and_staff_see_why() {
    let place = Place::new();
    let (county, robot) = posted(&place, "dingtalk").await;
    let (store, now) = (&county.story.store, county.story.act().now);
    robot.answer(502, json!({}));
    robot.answer(
        200,
        json!({ "errcode": 310_000, "errmsg": "sign not match" }),
    );
    send(store, now).await;
    let row = only(store).await;
    assert_eq!((row.waiting, row.error.as_str()), (1, "HTTP 502"));
    send(store, Millis(now.0 + 9_000)).await;
    assert_eq!(robot.heard().len(), 1, "not before its time");
    send(store, Millis(now.0 + 11_000)).await;
    assert_eq!(only(store).await.error, "310000 sign not match");
    send(store, Millis(now.0 + 60_000)).await;
    let row = only(store).await;
    assert_eq!((row.waiting, row.error.as_str()), (0, ""));
    assert_eq!(robot.heard().len(), 3);
}

#[tokio::test]
async fn what_was_given_up_is_sent_when_somebody_asks_for_it() {
    let place = Place::new();
    let (county, robot) = posted(&place, "wecom").await;
    let (store, mut now) = (&county.story.store, county.story.act().now);
    for _ in 0..20 {
        robot.answer(500, json!({}));
        send(store, now).await;
        now = Millis(now.0 + 2 * 3_600_000);
    }
    let row = only(store).await;
    assert_eq!((row.waiting, row.failed), (0, 1));
    send(store, now).await;
    assert_eq!(robot.heard().len(), 20);
    let again = HookCommand::Again {
        name: "工作群".to_owned(),
    };
    let asked = command(store, &county.story.act(), again).await;
    asked.expect("asked again");
    send(store, now).await;
    assert_eq!((robot.heard().len(), only(store).await.failed), (21, 0));
}

#[tokio::test]
async fn a_board_that_is_switched_off_tells_nothing() {
    let place = Place::new();
    let story = story(&place).await;
    let robot = Robot::default();
    let (store, act) = (&story.store, story.act());
    let added = command(store, &act, add("工作群", "wecom", &robot.listen().await)).await;
    added.expect("a robot");
    let switch = |contests| HookCommand::Switch {
        name: "工作群".to_owned(),
        contests,
        months: true,
    };
    let switched = command(store, &act, switch(false)).await;
    switched.expect("a switch");
    let mut hall = hall(&story, &NINE).await;
    for entry in 0..NINE.topics.len() {
        perform(&story, &mut hall, entry, 800).await;
    }
    story.say(hall.contest, post("")).await.expect("posted");
    let later = Millis(story.act().now.0 + 1);
    send(store, later).await;
    assert_eq!(robot.heard(), [] as [Value; 0]);
    let switched = command(store, &act, switch(true)).await;
    switched.expect("a switch");
    let deduct = DeskCommand::Deduct {
        entry: hall.entry(0).expect("an entry"),
        points: "1.5".to_owned(),
        reason: "超时".to_owned(),
    };
    story.say(hall.contest, deduct).await.expect("a deduction");
    let corrected = story.say(hall.contest, post("漏记超时扣分")).await;
    corrected.expect("a correction");
    send(store, Millis(story.act().now.0 + 1)).await;
    let heard = robot.heard();
    let text = heard[0]["text"]["content"].as_str().expect("a text");
    assert!(text.contains("成绩更正（第2版）"), "{text}");
    assert!(
        !text.contains("漏记"),
        "no words that somebody wrote: {text}"
    );
    assert_eq!(heard.len(), 1);
}

#[tokio::test]
async fn an_address_is_called_encrypted_or_on_this_machine() {
    let place = Place::new();
    let story = story(&place).await;
    for address in [
        "http://robot.example/send",
        "ftp://127.0.0.1/x",
        "https://",
        "robot",
        "",
    ] {
        let answer = command(&story.store, &story.act(), add("群", "wecom", address)).await;
        assert!(rule(answer).starts_with("address"), "{address}");
    }
    let unknown = add("群", "icq", "https://robot.example/send");
    let answer = command(&story.store, &story.act(), unknown).await;
    assert_eq!(rule(answer), "kind: unknown");
    let right = || add("群", "wecom", "https://robot.example/send?key=k");
    let added = command(&story.store, &story.act(), right()).await;
    added.expect("a robot");
    let again = command(&story.store, &story.act(), right()).await;
    assert_eq!(rule(again), "name: taken");
    let row = serde_json::to_string(&only(&story.store).await).expect("JSON");
    assert!(!row.contains("key=k") && !row.contains("SEC1"), "{row}");
    let gone = HookCommand::Remove {
        name: "无".to_owned(),
    };
    let answer = command(&story.store, &story.act(), gone).await;
    assert!(matches!(answer, Err(ServiceError::NotFound(_))));
}
