//! A month from its figures to the posted result: two accounts, nothing that moves under the second
//! one's eyes, and editions that never change.

use crate::kit::{NOW, Place, story, stranger, today};
use app::backend::{MeritState, MonthBoards, MonthCommand, MonthDesk, MonthPage, MonthStage};
use domain::ids::{AccountId, Millis, SeasonId, UnitId};
use domain::month::board::Listed;
use domain::month::{Day, Period};
use server::clock::Clock as _;
use server::demo::story::Story;
use server::service::accounts::{self, Passwords};
use server::service::act::Act;
use server::service::error::ServiceError;
use server::service::month::{self, boards, read, units};
use server::service::roster;
use server::store::Value;

const UNITS: &str = "编码,名称,层级,上级\n01,青禾镇,乡镇,\n02,石桥乡,乡镇,\n03,双河镇,乡镇,\n\
                     04,竹海乡,乡镇,\n";
const GROUPS: &str = "赛季,组别,单位\n2026,乡镇组,01\n2026,乡镇组,02\n2026,乡镇组,03\n\
                      2026,乡镇组,04\n";
const PAIRS: &str = "赛季,单位,对手\n2026,01,02\n2026,03,04\n";
const INDICATORS: &str = "赛季,编码,名称,计量单位,权重,方向,计分,步长,频次,门槛,公开\n\
     2026,XM,项目,亿元,60,高,位次,0.05,月,否,是\n\
     2026,NB,内部,,40,高,位次,0.05,月,否,否\n";

/// A county with four units, two indicators, and two accounts.
pub struct County {
    pub story: Story,
    pub second: AccountId,
    pub season: SeasonId,
    pub units: Vec<UnitId>,
}

pub fn july() -> Period {
    "2026-07".parse().expect("a month")
}

impl County {
    pub async fn new(place: &Place) -> Self {
        Self::over(story(place).await).await
    }

    pub async fn over(story: Story) -> Self {
        Self::with(
            story,
            &[
                ("units.csv", UNITS),
                ("groups.csv", GROUPS),
                ("pairs.csv", PAIRS),
                ("indicators.csv", INDICATORS),
            ],
        )
        .await
    }

    /// A county of these files, which name one season, and two accounts.
    pub async fn with(story: Story, files: &[(&str, &str)]) -> Self {
        let made = accounts::create(&story.store, &Passwords::new(), "second", NOW).await;
        made.expect("a second account");
        let mut tx = story.store.read().await.expect("a reader");
        let second = [Value::from("second")];
        let row = tx
            .row("select account_id from account where login = $1", &second)
            .await;
        let second = row.expect("the account").id("account_id").expect("its id");
        drop(tx);
        let county = Self {
            story,
            second,
            season: SeasonId(uuid::Uuid::nil()),
            units: Vec::new(),
        };
        for (file, text) in files {
            county.import(file, text).await;
        }
        let seasons = month::season::list(&county.story.store, NOW)
            .await
            .expect("seasons");
        let units = units::units(&county.story.store, &stranger(&county.story.store).await)
            .await
            .expect("units");
        Self {
            season: seasons[0].id,
            units: units.iter().map(|unit| unit.id).collect(),
            ..county
        }
    }

    fn now(&self) -> Millis {
        self.story.clock.wall()
    }

    /// A posted month as anybody reads it.
    pub async fn page(&self, period: Period) -> MonthPage {
        let store = &self.story.store;
        let month = (self.season, period);
        let today = Day::of(self.now());
        let page = read::month(store, &stranger(store).await, month, today).await;
        page.expect("a posted month")
    }

    pub async fn import(&self, file: &str, text: &str) {
        let bytes = text.as_bytes().to_vec().into();
        let report = roster::apply(&self.story.store, &self.story.act(), file, bytes).await;
        let report = report.expect("a report");
        assert!(report.applied, "{file}: {:?}", report.problems);
    }

    /// Both indicators of the four units, the better the sooner they stand in the roster.
    pub async fn figures(&self, values: [&str; 4]) {
        self.figures_of("2026-07", values).await;
    }

    pub async fn figures_of(&self, month: &str, values: [&str; 4]) {
        let mut text = "赛季,月份,指标,单位,完成值,目标值\n".to_owned();
        for (unit, value) in values.iter().enumerate() {
            for code in ["XM", "NB"] {
                text += &format!("2026,{month},{code},0{},{value},\n", unit + 1);
            }
        }
        self.import("figures.csv", &text).await;
    }

    pub fn second(&self) -> Act {
        Act {
            account: self.second,
            ..self.story.act()
        }
    }

    pub async fn say(&self, act: &Act, command: MonthCommand) -> Result<(), ServiceError> {
        self.say_of(july(), act, command).await
    }

    pub async fn say_of(
        &self,
        month: Period,
        act: &Act,
        command: MonthCommand,
    ) -> Result<(), ServiceError> {
        month::command(&self.story.store, act, (self.season, month), command).await
    }

    /// By the first account, of another month than July.
    pub async fn own_in(&self, period: Period, command: MonthCommand) -> Result<(), ServiceError> {
        self.say_of(period, &self.story.act(), command).await
    }

    /// Posts what is closed of another month than July.
    pub async fn post_in(&self, period: Period) {
        let desk = self.desk_of(period, self.second).await;
        let post = MonthCommand::Post {
            code: desk.close_code,
            reason: String::new(),
            despite: String::new(),
        };
        let posted = self.say_of(period, &self.second(), post).await;
        posted.expect("posted");
    }

    pub async fn own(&self, command: MonthCommand) -> Result<(), ServiceError> {
        self.say(&self.story.act(), command).await
    }

    pub async fn desk(&self, account: AccountId) -> MonthDesk {
        self.desk_of(july(), account).await
    }

    pub async fn desk_of(&self, month: Period, account: AccountId) -> MonthDesk {
        let (store, now) = (&self.story.store, self.now());
        let desk = month::desk::page(store, account, self.season, month, now).await;
        desk.expect("the desk")
    }

    /// Posts what is closed now.
    pub async fn post(&self, act: &Act, reason: &str) -> Result<(), ServiceError> {
        let code = self.desk(self.second).await.close_code;
        let reason = reason.to_owned();
        self.say(
            act,
            MonthCommand::Post {
                code,
                reason,
                despite: String::new(),
            },
        )
        .await
    }

    /// As anybody reads them.
    pub async fn boards(&self, season: Option<SeasonId>) -> MonthBoards {
        let store = &self.story.store;
        let boards = boards::boards(store, &stranger(store).await, season, today()).await;
        boards.expect("the boards")
    }

    pub async fn record(&self, unit: usize, points: &str) {
        let record = record(self.units[unit], points, "2026-07-12");
        self.own(record).await.expect("a record");
    }

    /// The second person confirms everything that waits.
    pub async fn confirm_all(&self) {
        for merit in self.desk(self.second).await.merits {
            if merit.state == MeritState::Recorded {
                let confirm = MonthCommand::Confirm { merit: merit.id };
                self.say(&self.second(), confirm).await.expect("confirmed");
            }
        }
    }
}

fn record(unit: UnitId, points: &str, day: &str) -> MonthCommand {
    MonthCommand::Record {
        unit,
        points: points.to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "值守到岗".to_owned(),
        day: day.to_owned(),
    }
}

pub fn close(reason: &str) -> MonthCommand {
    MonthCommand::Close {
        reason: reason.to_owned(),
    }
}

#[track_caller]
pub fn refused(answer: Result<(), ServiceError>, why: &str) {
    match answer {
        Err(ServiceError::Conflict(code)) => assert_eq!(code, why),
        Err(ServiceError::Invalid(details)) => assert_eq!(details[0].message, why),
        other => panic!("{other:?} instead of {why}"),
    }
}

#[tokio::test]
async fn a_month_is_closed_by_one_account_and_posted_by_another() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.figures(["9", "8", "7", "6"]).await;
    county.record(3, "-1.5").await;
    county.confirm_all().await;
    refused(
        county.post(&county.story.act(), "").await,
        "month_not_closed",
    );
    county.own(close("")).await.expect("closed");
    assert!(county.desk(county.story.account).await.is_own_close);
    refused(county.post(&county.story.act(), "").await, "same_account");
    assert_eq!(county.boards(None).await.newest, None);
    county.post(&county.second(), "").await.expect("posted");

    let page = county.page(july()).await;
    let group = &page.month.groups[0];
    let scores: Vec<_> = group
        .units
        .iter()
        .map(|unit| unit.score.as_deref())
        .collect();
    // 100, 95, 90, and 85 less 1.5.
    assert_eq!(
        scores,
        [Some("100.00"), Some("95.00"), Some("90.00"), Some("83.50")]
    );
    assert_eq!(group.units[3].listed, Some(Listed::Black));
    assert_eq!(group.units[3].merits[0].reason, "值守到岗");
    assert_eq!(page.month.pairs.len(), 2);
}

#[tokio::test]
async fn readers_see_public_indicators_and_nothing_of_slips() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.figures(["9", "8", "7", "6"]).await;
    county.own(close("")).await.expect("closed");
    let seen = county.desk(county.second).await.month;
    assert_eq!(seen.groups[0].units[3].due, ["提醒单"]);
    county.post(&county.second(), "").await.expect("posted");
    let page = county.page(july()).await;
    let text = serde_json::to_string(&page).expect("JSON");
    assert!(!text.contains("提醒单") && !text.contains("内部"), "{text}");
    assert!(
        page.month.groups[0]
            .units
            .iter()
            .all(|unit| unit.cells.len() == 1)
    );
    let unit = units::unit(
        &county.story.store,
        &stranger(&county.story.store).await,
        county.units[3],
        today(),
    )
    .await
    .expect("a unit");
    let text = serde_json::to_string(&unit).expect("JSON");
    assert!(!text.contains("提醒单") && !text.contains("内部"), "{text}");
    assert_eq!(
        (unit.course.len(), unit.course[0].rank, unit.course[0].of),
        (1, Some(4), 4)
    );
    assert_eq!(unit.unit.initials, "zhx");
}

#[tokio::test]
async fn what_is_missing_or_not_confirmed_needs_a_reason() {
    let place = Place::new();
    let county = County::new(&place).await;
    county
        .import(
            "figures.csv",
            "赛季,月份,指标,单位,完成值\n2026,2026-07,XM,01,9\n2026,2026-07,NB,01,9\n",
        )
        .await;
    county.record(0, "2").await;
    // Two indicators of three units, and one record.
    refused(county.own(close("")).await, "missing:7");
    county.own(close("三个乡镇晚报")).await.expect("closed");
    county.post(&county.second(), "").await.expect("posted");
    let page = county.page(july()).await;
    assert_eq!(
        (page.month.missing, page.month.missing_reason.as_str()),
        (6, "三个乡镇晚报")
    );
    let ranks: Vec<_> = page.month.groups[0]
        .units
        .iter()
        .map(|unit| unit.rank)
        .collect();
    assert_eq!(ranks, [Some(1), None, None, None]);
    assert_eq!(
        page.month.groups[0].units[0].merit, "0.00",
        "an unconfirmed record counts nothing"
    );
}

#[tokio::test]
async fn a_record_counts_once_another_account_confirmed_it() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.record(0, "2").await;
    let merit = county.desk(county.second).await.merits[0].id;
    refused(
        county.own(MonthCommand::Confirm { merit }).await,
        "same_account",
    );
    county.confirm_all().await;
    let again = county
        .say(&county.second(), MonthCommand::Confirm { merit })
        .await;
    refused(again, "merit_decided");
    let reason = String::new();
    refused(
        county.own(MonthCommand::Strike { merit, reason }).await,
        "empty",
    );
    let strike = || MonthCommand::Strike {
        merit,
        reason: "记错单位".to_owned(),
    };
    refused(county.own(strike()).await, "same_account");
    let struck = county.say(&county.second(), strike()).await;
    struck.expect("struck out");
    let desk = county.desk(county.second).await;
    assert_eq!(desk.merits[0].state, MeritState::Void, "it stays on record");
}

#[tokio::test]
async fn the_same_record_is_not_taken_twice() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.record(0, "2").await;
    let again = record(county.units[0], "2", "2026-07-12");
    refused(county.own(again).await, "merit_twice");
    county.record(1, "2").await;
    assert_eq!(county.desk(county.second).await.merits.len(), 2);
}

#[tokio::test]
async fn nobody_posts_another_close_than_they_saw() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.figures(["9", "8", "7", "6"]).await;
    county.own(close("")).await.expect("closed");
    let code = county.desk(county.second).await.close_code;
    county.own(MonthCommand::Reopen).await.expect("taken back");
    county.figures(["1", "8", "7", "6"]).await;
    county.own(close("")).await.expect("closed again");
    let reason = String::new();
    let second = county.second();
    let post = MonthCommand::Post {
        code,
        reason,
        despite: String::new(),
    };
    refused(county.say(&second, post).await, "month_changed");
    county.post(&county.second(), "").await.expect("posted");
}

#[tokio::test]
async fn a_record_names_a_unit_of_the_season_a_day_of_the_month_and_points() {
    let place = Place::new();
    let county = County::new(&place).await;
    let unit = county.units[0];
    for (points, day, why) in [
        ("0", "2026-07-12", "out_of_range"),
        ("101", "2026-07-12", "out_of_range"),
        ("-101", "2026-07-12", "out_of_range"),
        ("两分", "2026-07-12", "out_of_range"),
        ("1", "2026-08-01", "other_month"),
        ("1", "2026-07-32", "not_a_day"),
    ] {
        refused(county.own(record(unit, points, day)).await, why);
    }
    let stranger = UnitId(uuid::Uuid::nil());
    refused(
        county.own(record(stranger, "1", "2026-07-12")).await,
        "not_in_season",
    );
    assert!(county.desk(county.second).await.merits.is_empty());
}

#[tokio::test]
async fn nothing_moves_while_a_closed_month_waits() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.figures(["9", "8", "7", "6"]).await;
    county.record(0, "2").await;
    county.own(close("一笔待查")).await.expect("closed");
    refused(county.own(close("再来")).await, "month_closed");
    refused(
        county.own(record(county.units[0], "1", "2026-07-12")).await,
        "month_closed",
    );
    let merit = county.desk(county.second).await.merits[0].id;
    let confirm = county
        .say(&county.second(), MonthCommand::Confirm { merit })
        .await;
    refused(confirm, "month_closed");
    county.own(MonthCommand::Reopen).await.expect("taken back");
    refused(county.own(MonthCommand::Reopen).await, "month_not_closed");
    county.confirm_all().await;
    assert_eq!(county.desk(county.second).await.stage, MonthStage::Open);
}

#[tokio::test]
async fn a_correction_is_a_further_edition_that_names_what_changed() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.figures(["9", "8", "7", "6"]).await;
    county.own(close("")).await.expect("closed");
    county.post(&county.second(), "").await.expect("posted");
    let first = county.page(july()).await;

    county.own(close("")).await.expect("closed again");
    refused(
        county.post(&county.second(), "复核").await,
        "nothing_changed",
    );
    county.own(MonthCommand::Reopen).await.expect("taken back");
    // The input changes, and the frozen month does not (scenario 11).
    county.figures(["9", "8", "7", "7.5"]).await;
    let same = county.page(july()).await;
    assert_eq!(same, first);
    assert!(county.desk(county.second).await.is_changed);

    county.own(close("")).await.expect("closed again");
    refused(county.post(&county.second(), "").await, "empty");
    county
        .post(&county.second(), "竹海乡补报")
        .await
        .expect("posted");
    let second = county.page(july()).await;
    assert_eq!(second.month.edition, 2);
    assert_eq!(
        second.month.correction,
        "竹海乡补报；竹海乡 85.00 → 90.00，第 4 → 第 3；双河镇 90.00 → 85.00，第 3 → 第 4；流动旗有变"
    );
    assert_ne!(second.check_code, first.check_code);
    assert_eq!(county.boards(None).await.months, [(july(), 2)]);
}

#[tokio::test]
async fn a_correction_names_what_moves_no_place_as_well() {
    let place = Place::new();
    let county = County::posted(&place).await;
    county.figures(["9.5", "8", "7", "6"]).await;
    county.own(close("")).await.expect("closed again");
    let second = county.post(&county.second(), "抄错一个数").await;
    second.expect("posted");
    let desk = county.desk(county.second).await;
    assert_eq!(desk.month.correction, "抄错一个数；青禾镇 数据更正");
}
