//! A county with four units and accounts of every kind, asked through the real router.

use crate::app::{Answer, NOW, TestApp};
use crate::kit::stranger;
use app::backend::{
    CalendarCommand, Capability, Matter, MonthCommand, MonthDesk, SeasonName, SlipCommand,
    SlipPage, SlipsPage,
};
use app::error::AppError;
use axum::body::Body;
use axum::http::header::COOKIE;
use axum::http::{Method, Request, StatusCode};
use domain::ids::{AccountId, SeasonId, SlipId, UnitId};
use domain::month::slip::SlipState;
use serde_json::{Value, json};
use server::service::accounts;
use server::service::month::{rules, season, units};
use server::service::roster;

/// Organises, and confirms as well.
pub const FIRST: &str = "first";
/// Confirms, publishes and reads talks.
pub const SECOND: &str = "second";
/// Confirms and publishes, and reads no talks.
pub const THIRD: &str = "third";
/// Organises and nothing else.
pub const CLERK: &str = "clerk";

const ACCOUNTS: [(&str, &[Capability]); 4] = [
    (
        FIRST,
        &[Capability::Organise, Capability::Confirm, Capability::Talks],
    ),
    (
        SECOND,
        &[Capability::Confirm, Capability::Publish, Capability::Talks],
    ),
    (THIRD, &[Capability::Confirm, Capability::Publish]),
    (CLERK, &[Capability::Organise]),
];
const PASSWORD: &str = "a password of my own";

const UNITS: &str = "编码,名称,层级,上级\n01,青禾镇,乡镇,\n02,石桥乡,乡镇,\n03,双河镇,乡镇,\n\
                     04,竹海乡,乡镇,\n";
const GROUPS: &str = "赛季,组别,单位\n2026,乡镇组,01\n2026,乡镇组,02\n2026,乡镇组,03\n\
                      2026,乡镇组,04\n";
/// The second one is a named item that is due in July.
const INDICATORS: &str = "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开,到期月\n\
     2026,XM,项目,亿元,60,高,位次,0.05,月,否,是,\n\
     2026,LD,断头路,公里,40,高,目标,,月,否,是,2026-07\n";

pub struct County {
    pub app: TestApp,
    pub season: SeasonId,
    pub units: Vec<UnitId>,
    cookies: Vec<(&'static str, String)>,
}

impl County {
    pub async fn new() -> Self {
        let app = TestApp::start().await;
        let mut cookies = Vec::new();
        for (login, may) in ACCOUNTS {
            cookies.push((login, signed_in(&app, login, may).await));
        }
        let mut county = Self {
            app,
            season: SeasonId(uuid::Uuid::nil()),
            units: Vec::new(),
            cookies,
        };
        for (file, text) in [
            ("units.csv", UNITS),
            ("groups.csv", GROUPS),
            ("indicators.csv", INDICATORS),
        ] {
            county.import(file, text).await;
        }
        let store = &county.app.state.store;
        let seasons = season::list(store, county.app.now()).await;
        let units = units::units(store, &stranger(store).await)
            .await
            .expect("units");
        county.season = seasons.expect("seasons")[0].id;
        county.units = units.iter().map(|unit| unit.id).collect();
        county
    }

    pub async fn account(&self, login: &str) -> AccountId {
        let mut tx = self.app.state.store.read().await.expect("a reader");
        let sql = "select account_id from account where login = $1";
        let row = tx.row(sql, &[server::store::Value::from(login)]).await;
        row.expect("the account").id("account_id").expect("an id")
    }

    pub async fn import(&self, file: &str, text: &str) {
        let act = self.app.act(self.account(FIRST).await);
        let bytes = text.as_bytes().to_vec().into();
        let report = roster::apply(&self.app.state.store, &act, file, bytes).await;
        let report = report.expect("a report");
        assert!(report.applied, "{file}: {:?}", report.problems);
    }

    /// The season goes from January to December.
    pub async fn of_a_year(&self) {
        let months = CalendarCommand::SetMonths {
            from: "2026-01".to_owned(),
            to: "2026-12".to_owned(),
            reason: "赛季".to_owned(),
        };
        let asked = json!({ "season": self.season, "command": months });
        done(&self.call(CLERK, "/fn/calendar/command", asked).await);
    }

    /// Sets a key of the season's charter.
    pub async fn rule(&self, key: &str, value: Value) {
        let store = &self.app.state.store;
        let text = rules::written(store, "2026").await.expect("a charter");
        let mut charter: Value = serde_json::from_str(&text).expect("JSON");
        charter[key] = value;
        let set = rules::set(store, ("2026", &charter.to_string()), self.app.now()).await;
        set.expect("a charter that is taken over");
    }

    fn cookie(&self, login: &str) -> &str {
        let mut cookies = self.cookies.iter();
        let cookie = cookies.find(|(known, _)| *known == login);
        &cookie.expect("a known login").1
    }

    /// A server function, called as the browser of this account.
    pub async fn call(&self, login: &str, path: &str, arguments: Value) -> Answer {
        self.app
            .call(path, Some(self.cookie(login)), arguments)
            .await
    }

    /// A page, as the browser of this account gets it.
    pub async fn page(&self, login: &str, path: &str) -> Answer {
        let request = crate::app::request(Method::GET, path, None, Body::empty());
        self.send(login, request).await
    }

    /// Any request of this account's browser.
    pub async fn send(&self, login: &str, mut request: Request<Body>) -> Answer {
        let cookie = self.cookie(login).parse().expect("a cookie");
        request.headers_mut().insert(COOKIE, cookie);
        self.app.send(request).await
    }

    pub async fn month(&self, login: &str, period: &str, command: MonthCommand) -> Answer {
        let arguments = json!({ "season": self.season, "period": period, "command": command });
        self.call(login, "/fn/month/command", arguments).await
    }

    pub fn season_name(&self) -> SeasonName {
        SeasonName {
            id: self.season,
            name: "2026".to_owned(),
        }
    }

    /// Days later; sessions do not last that long.
    pub async fn pass(&mut self, days: u64) {
        self.app.clock.advance(days * 24 * 60 * 60 * 1_000);
        for (login, cookie) in &mut self.cookies {
            *cookie = cookie_of(&self.app, login, PASSWORD).await;
        }
    }

    /// Figures of both indicators for a month. `values` are those of the four units; the second
    /// indicator is missed by nobody but the units in `overdue`, by their numbers.
    pub fn figures(&self, period: &str, values: [&str; 4], overdue: &[usize]) -> String {
        let mut text = "赛季,月份,指标,单位,完成值,目标值\n".to_owned();
        for (at, value) in values.iter().enumerate() {
            let number = at + 1;
            let road = if overdue.contains(&number) { "1" } else { "9" };
            text += &format!("2026,{period},XM,0{number},{value},\n");
            text += &format!("2026,{period},LD,0{number},{road},9\n");
        }
        text
    }

    /// With these figures, closed by the clerk and posted by the second one.
    pub async fn posted(&self, period: &str, values: [&str; 4], overdue: &[usize]) {
        let text = self.figures(period, values, overdue);
        self.import("figures.csv", &text).await;
        self.close_and_post(period, "").await;
    }

    /// A correction needs a reason.
    pub async fn close_and_post(&self, period: &str, reason: &str) {
        let close = MonthCommand::Close {
            reason: String::new(),
        };
        done(&self.month(CLERK, period, close).await);
        let post = MonthCommand::Post {
            code: self.month_desk(SECOND, period).await.close_code,
            reason: reason.to_owned(),
            despite: String::new(),
        };
        done(&self.month(SECOND, period, post).await);
        self.app.clock.advance(1_000);
    }

    pub async fn slips(&self, login: &str, state: SlipState) -> SlipsPage {
        let arguments = json!({ "season": self.season, "state": state });
        let answer = self.call(login, "/fn/ladder/slips", arguments).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// Rule and number of the unit, of everything that stands in a state.
    pub async fn standing(&self, login: &str, state: SlipState) -> Vec<(String, usize)> {
        let page = self.slips(login, state).await;
        let number = |unit| {
            self.units
                .iter()
                .position(|one| *one == unit)
                .expect("known")
                + 1
        };
        let rows = page.rows.iter();
        rows.map(|row| (row.matter.rule.clone(), number(row.matter.unit)))
            .collect()
    }

    pub async fn slip(&self, login: &str, slip: SlipId) -> SlipPage {
        let answer = self
            .call(login, "/fn/ladder/slip", json!({ "slip": slip }))
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    pub async fn act(&self, login: &str, command: SlipCommand) -> Answer {
        let arguments = json!({ "command": command });
        self.call(login, "/fn/ladder/command", arguments).await
    }

    pub fn matter(&self, period: &str, unit: usize, rule: &str) -> Matter {
        Matter {
            season: self.season,
            period: period.parse().expect("a month"),
            unit: self.units[unit - 1],
            rule: rule.to_owned(),
        }
    }

    /// Issues what is proposed, and answers the document.
    pub async fn issue(&self, login: &str, matter: Matter) -> SlipId {
        done(&self.act(login, issue(matter.clone())).await);
        for state in [SlipState::Issued, SlipState::Overdue] {
            let rows = self.slips(SECOND, state).await.rows;
            let row = rows.into_iter().find(|row| row.matter == matter);
            if let Some(slip) = row.and_then(|row| row.slip) {
                return slip;
            }
        }
        panic!("nothing was issued for {matter:?}");
    }

    pub async fn month_desk(&self, login: &str, period: &str) -> MonthDesk {
        let arguments = json!({ "season": self.season, "period": period });
        let answer = self.call(login, "/fn/month/desk", arguments).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }
}

/// An account with a password of its own, and the cookie of its browser.
async fn signed_in(app: &TestApp, login: &str, may: &[Capability]) -> String {
    let state = &app.state;
    let now = app.now();
    let printed = accounts::create_for(&state.store, &state.passwords, (login, may), now).await;
    let printed = printed.expect("an account");
    let cookie = cookie_of(app, login, &printed).await;
    let change = json!({ "old": printed, "new": PASSWORD });
    let path = "/fn/staff/change-password";
    let answer = app.call(path, Some(&cookie), change).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.cookie().expect("a new cookie")
}

async fn cookie_of(app: &TestApp, login: &str, password: &str) -> String {
    let sign_in = json!({ "login": login, "password": password });
    let answer = app.call("/fn/staff/sign-in", None, sign_in).await;
    answer.cookie().expect("a cookie")
}

#[track_caller]
pub fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

/// The answer refuses with this rule or fault.
#[track_caller]
pub fn refused(answer: &Answer, why: &str) {
    assert_ne!(answer.status, StatusCode::OK, "done instead of {why}");
    let error: AppError = answer.json();
    let messages: Vec<_> = error
        .details
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(messages, [why]);
}

pub fn issue(matter: Matter) -> SlipCommand {
    SlipCommand::Issue {
        matter,
        reason: "连续落后".to_owned(),
        demand: "十日内报整改措施".to_owned(),
        due: day(10),
        late: String::new(),
    }
}

pub fn reply(slip: SlipId, words: &str) -> SlipCommand {
    SlipCommand::Reply {
        slip,
        who: "镇党政办".to_owned(),
        day: day(0),
        words: words.to_owned(),
    }
}

pub fn close(slip: SlipId) -> SlipCommand {
    SlipCommand::Close {
        slip,
        words: "现场看过，已整改".to_owned(),
    }
}

pub fn reopen(slip: SlipId) -> SlipCommand {
    SlipCommand::Reopen {
        slip,
        reason: "问题又有了".to_owned(),
        due: day(20),
    }
}

/// The day so many days after the tests begin.
pub fn day(after: u64) -> String {
    let at = NOW / 1_000 + after * 24 * 60 * 60;
    let at = time::OffsetDateTime::from_unix_timestamp(i64::try_from(at).expect("a time"));
    let at = at.expect("a time").to_offset(time::macros::offset!(+8));
    format!(
        "{:04}-{:02}-{:02}",
        at.year(),
        u8::from(at.month()),
        at.day()
    )
}
