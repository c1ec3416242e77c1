//! A month of a large season: how long its close takes, and how fast its page is served and
//! rendered. The county is written straight into the tables; what is measured goes through the
//! services and the real binary.

use crate::calibration::timed;
use crate::client::{LANES, Request, ask, drive};
use crate::page;
use crate::process::{Folder, Server};
use crate::table::{Row, median};
use app::backend::MonthCommand;
use domain::ids::{AccountId, IndicatorId, Millis, SeasonId, UnitId};
use domain::month::Period;
use futures::FutureExt as _;
use serde_json::json;
use server::service::accounts::{self, Passwords};
use server::service::act::Act;
use server::service::chance::Chance;
use server::service::{month, roster};
use server::store::{CountySeed, Store, StoreError, Value};
use std::time::Instant;
use tokio::runtime::Runtime;
use uuid::Uuid;

const GROUPS: usize = 6;
const MONTHS: usize = 36;
const MERITS: usize = 100_000;
const ROUNDS: usize = 5;
const REQUESTS: usize = 100;
const RENDERS: usize = 20;

/// What is asked for.
const CLOSE_MS: f64 = 1_000.0;
const OF_NGINX: f64 = 0.3;
const OF_SVELTE: f64 = 1.0;

const FIGURE: &str = "insert into figure (indicator_id, unit_id, county_id, period, revision,
        value, target, account_id, created_at)
    values ($1, $2, $3, $4, 1, $5, $6, $7, 0)";
const MERIT: &str = "insert into merit (merit_id, county_id, season_id, unit_id, period, day,
        dimension, points, reason, state, recorded_by, decided_by, created_at)
    values ($1, $2, $3, $4, $5, $5 || '-12', '责任落实', $6, '防汛值守到岗到人', 'confirmed',
        $7, $8, 0)";

/// A season of so many units and indicators.
struct Large {
    store: Store,
    accounts: [AccountId; 2],
    season: SeasonId,
    units: Vec<UnitId>,
    indicators: Vec<IndicatorId>,
}

pub fn measure() -> Vec<Row> {
    let (folder, runtime) = (Folder::new(), Runtime::new().expect("a runtime"));
    let ours = folder.file("leitai.db");
    let large = runtime.block_on(Large::new(&ours, "2024", (70, 60)));
    let mut rows = vec![close(&runtime, &large)];
    let board = runtime.block_on(Large::new(&ours, "2027", (300, 10)));
    runtime.block_on(async {
        board.figures(period(0)).await;
        board.post(period(0)).await;
        board.store.close().await;
        large.store.close().await;
    });
    let server = leitai(&ours);
    rows.push(cached(&folder, &server, &address(&large, MONTHS - 1)));
    rows.push(rendered(&folder, &server, &board));
    rows
}

/// Three years from January on.
fn period(at: usize) -> Period {
    let (year, month) = (2024 + at / 12, at % 12 + 1);
    let year = u16::try_from(year).expect("a year");
    Period::new(year, u8::try_from(month).expect("a month")).expect("a month")
}

fn address(large: &Large, at: usize) -> String {
    format!("/months/{}/{}", large.season, period(at))
}

/// The last month is closed a few times over and posted once.
fn close(runtime: &Runtime, large: &Large) -> Row {
    let last = period(MONTHS - 1);
    runtime.block_on(async {
        for at in 0..MONTHS {
            large.figures(period(at)).await;
        }
        large.merits().await;
        for at in 0..MONTHS - 1 {
            large.post(period(at)).await;
        }
    });
    let close = timed(ROUNDS, || runtime.block_on(large.close(last)));
    let reopen = Instant::now();
    runtime.block_on(large.say(0, last, MonthCommand::Reopen));
    let reopen = reopen.elapsed().as_secs_f64() * 1000.0;
    let post = Instant::now();
    runtime.block_on(large.post(last));
    let both = post.elapsed().as_secs_f64() * 1000.0;
    println!(
        "month: close {close:.0} ms, taken back {reopen:.0} ms, close, look and post {both:.0} ms"
    );
    let metric = format!(
        "month closed and frozen: 70 units x 60 indicators x {MONTHS} months, {MERITS} records"
    );
    Row::at_most(metric, both, CLOSE_MS, "ms")
}

fn leitai(database: &str) -> Server {
    Server::start(env!("CARGO_BIN_EXE_leitai"), |address| {
        let listen = format!("--listen={address}");
        let database = format!("--db={database}");
        vec!["serve".to_owned(), listen, database]
    })
}

/// The page as it is kept, beside the same bytes from somebody who does nothing else.
fn cached(folder: &Folder, server: &Server, address: &str) -> Row {
    let bytes = ask(server.address, &Request::get(address));
    let (name, peer) = page::peer(folder, bytes.as_bytes());
    let lane = || (0..REQUESTS).map(|_| Request::get(address)).collect();
    let lanes: Vec<Vec<Request>> = (0..LANES).map(|_| lane()).collect();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(drive(server.address, &lanes));
        theirs.push(drive(peer.address, &lanes));
    }
    let metric = format!("posted month's page as kept, {} KB", bytes.len() / 1024);
    let theirs = (name, median(theirs));
    Row::rate(&metric, median(ours), theirs, Some(OF_NGINX))
}

/// With a query a page is rendered each time. Svelte renders the long parts of the same month,
/// with the answer in the page as well.
fn rendered(folder: &Folder, server: &Server, board: &Large) -> Row {
    let address = format!("{}?bench", address(board, 0));
    let bytes = ask(server.address, &Request::get(&address)).len();
    let metric = format!("month of 300 units rendered anew, {} KB", bytes / 1024);
    let lane = || -> Vec<Request> { (0..RENDERS).map(|_| Request::get(&address)).collect() };
    let asked = json!({ "season": board.season, "period": period(0) }).to_string();
    let page = Request::json("POST", "/fn/public/month", None, &asked);
    let page: serde_json::Value =
        serde_json::from_str(&ask(server.address, &page)).expect("the month as JSON");
    let Some(peer) = page::svelte(folder, &page["month"].to_string()) else {
        let rate = drive(server.address, &[lane()]);
        return Row {
            metric,
            ours: format!("{rate:.1}/s"),
            peer: "Svelte is not installed".to_owned(),
            ..Row::default()
        };
    };
    let theirs = ask(peer.address, &Request::get("/")).len();
    let name = format!("Svelte 5, {} KB", theirs / 1024);
    let (mut ours, mut svelte) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(drive(server.address, &[lane()]));
        svelte.push(drive(peer.address, &[lane()]));
    }
    Row::rate(
        &metric,
        median(ours),
        (&name, median(svelte)),
        Some(OF_SVELTE),
    )
}

impl Large {
    async fn new(file: &str, season: &str, (units, indicators): (usize, usize)) -> Self {
        let seed = CountySeed {
            name: "测速县".to_owned(),
            demo: false,
            now: Millis(0),
        };
        let store = Store::open(file, &seed).await.expect("a database");
        for login in ["first", "second"] {
            // The second season finds them there.
            let _ = accounts::create(&store, &Passwords::new(), login, Millis(0)).await;
        }
        let accounts = ids(
            &store,
            "select account_id as id from account order by login",
            "",
        )
        .await;
        let mut large = Self {
            accounts: [accounts[0], accounts[1]].map(AccountId),
            store,
            season: SeasonId(Uuid::nil()),
            units: Vec::new(),
            indicators: Vec::new(),
        };
        for (name, text) in tables(season, units, indicators) {
            let (act, bytes) = (large.act(0), text.into_bytes().into());
            let report = roster::apply(&large.store, &act, name, bytes).await;
            let report = report.expect("a report");
            assert!(report.applied, "{name}: {:?}", report.problems);
        }
        let of_season = |sql| ids(&large.store, sql, season);
        let found = of_season("select season_id as id from season where name = $1").await;
        large.season = SeasonId(found[0]);
        let units = "select unit_id as id from unit_group where season = $1 order by unit_id";
        large.units = of_season(units).await.into_iter().map(UnitId).collect();
        let found = of_season("select indicator_id as id from indicator where season = $1").await;
        large.indicators = found.into_iter().map(IndicatorId).collect();
        large
    }

    fn act(&self, account: usize) -> Act {
        Act {
            account: self.accounts[account],
            now: Millis(0),
            chance: Chance::machine(),
        }
    }

    async fn say(&self, account: usize, at: Period, command: MonthCommand) {
        let act = self.act(account);
        let said = month::command(&self.store, &act, (self.season, at), command).await;
        said.expect("what is said");
    }

    /// Closes, whatever waited before.
    async fn close(&self, at: Period) {
        let (act, month) = (self.act(0), (self.season, at));
        let _ = month::command(&self.store, &act, month, MonthCommand::Reopen).await;
        let reason = String::new();
        self.say(0, at, MonthCommand::Close { reason }).await;
    }

    /// Closes, looks and posts.
    async fn post(&self, at: Period) {
        self.close(at).await;
        let (second, reason) = (self.accounts[1], String::new());
        let desk = month::desk::page(&self.store, second, self.season, at, Millis::default()).await;
        let code = desk.expect("the desk").close_code;
        self.say(
            1,
            at,
            MonthCommand::Post {
                code,
                reason,
                despite: String::new(),
            },
        )
        .await;
    }

    async fn figures(&self, at: Period) {
        let mut rows = Vec::new();
        for (place, indicator) in self.indicators.iter().enumerate() {
            for (of, unit) in self.units.iter().enumerate() {
                let value = (of * 37 + place * 11 + usize::from(at.month()) * 5) % 120 + 1;
                rows.push(vec![
                    Value::from(*indicator),
                    Value::from(*unit),
                    Value::from(self.store.county().id),
                    Value::from(at.to_string()),
                    Value::from(value.to_string()),
                    Value::from("120"),
                    Value::from(self.accounts[0]),
                ]);
            }
        }
        self.write(FIGURE, rows).await;
    }

    async fn merits(&self) {
        let row = |at: usize| {
            let points = if at.is_multiple_of(3) { "-1" } else { "0.5" };
            vec![
                Value::from(Uuid::now_v7()),
                Value::from(self.store.county().id),
                Value::from(self.season),
                Value::from(self.units[at * 7 % self.units.len()]),
                Value::from(period(at % MONTHS).to_string()),
                Value::from(points),
                Value::from(self.accounts[0]),
                Value::from(self.accounts[1]),
            ]
        };
        self.write(MERIT, (0..MERITS).map(row).collect()).await;
    }

    async fn write(&self, sql: &'static str, rows: Vec<Vec<Value>>) {
        let written: Result<(), StoreError> = self
            .store
            .write(move |tx| {
                async move {
                    for row in &rows {
                        tx.execute(sql, row).await?;
                    }
                    Ok(())
                }
                .boxed()
            })
            .await;
        written.expect("rows");
    }
}

/// Units in groups of one size, and indicators of every rule.
fn tables(season: &str, units: usize, indicators: usize) -> [(&'static str, String); 3] {
    let code = |at: usize| format!("{season}-{at:03}");
    let mut tables = [
        ("units.csv", "编码,名称,层级\n".to_owned()),
        ("groups.csv", "赛季,组别,单位\n".to_owned()),
        (
            "indicators.csv",
            "赛季,编码,名称,权重,方向,计分,公开\n".to_owned(),
        ),
    ];
    for at in 0..units {
        tables[0].1 += &format!("{0},第{0}镇,乡镇\n", code(at));
        tables[1].1 += &format!("{season},第{}组,{}\n", at % GROUPS + 1, code(at));
    }
    for at in 0..indicators {
        let rule = ["目标", "位次", "混合", "序时"][at % 4];
        let public = if at < 10 { "是" } else { "否" };
        tables[2].1 += &format!("{season},I{at:02},指标{at:02},1,高,{rule},{public}\n");
    }
    tables
}

async fn ids(store: &Store, sql: &'static str, season: &str) -> Vec<Uuid> {
    let params = match season {
        "" => Vec::new(),
        season => vec![Value::from(season)],
    };
    let mut tx = store.read().await.expect("a reader");
    let rows = tx.rows(sql, &params).await.expect("rows");
    rows.iter()
        .map(|row| row.id("id").expect("an id"))
        .collect()
}
