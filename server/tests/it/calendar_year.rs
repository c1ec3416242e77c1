//! The score of a year on its assessment (GY-10), and what contests count in it (WZ-12), through
//! the real router.

use crate::app::Answer;
use crate::kit::NOW;
use crate::ladder::county::{CLERK, County, THIRD, done, refused};
use app::backend::{CalendarCommand, DutySheet, NewContest, NewEntry, NewSeats, YearCommand};
use app::error::AppError;
use app::paths;
use axum::http::StatusCode;
use domain::ids::ContestId;
use domain::month::cadence::{Output, Span};
use futures::FutureExt as _;
use serde_json::{Value, json};
use server::service::create;
use server::service::error::ServiceError;
use server::service::month::rules;
use server::store::Value as Cell;

const PART: &str = "综合考核";

fn year() -> Span {
    Span {
        from: "2026-01-01".parse().expect("a day"),
        to: "2026-12-31".parse().expect("a day"),
    }
}

async fn sheet(county: &County, login: &str) -> DutySheet {
    let asked = json!({ "season": county.season, "output": Output::Assessment, "span": year() });
    let answer = county.call(login, "/fn/calendar/sheet", asked).await;
    done(&answer);
    answer.json()
}

async fn say(county: &County, login: &str, word: YearCommand) -> Answer {
    let asked = json!({ "season": county.season, "command": CalendarCommand::Year(word) });
    county.call(login, "/fn/calendar/command", asked).await
}

async fn rule(county: &County, rule: Value) {
    let store = &county.app.state.store;
    let text = rules::written(store, "2026").await.expect("a charter");
    let mut charter: Value = serde_json::from_str(&text).expect("JSON");
    charter["year"] = rule;
    let set = rules::set(store, ("2026", &charter.to_string()), NOW).await;
    set.expect("a charter that is taken over");
}

/// The first gets three points and the last loses one, two at most.
fn whole() -> Value {
    json!({ "months": "60", "parts": [{ "name": PART, "weight": "40" }],
        "contests": [{ "side": "top", "from": 1, "to": 1, "points": "3" },
            { "side": "bottom", "from": 1, "to": 1, "points": "-1" }],
        "contests_cap": "2" })
}

/// The same without what is assessed elsewhere.
fn whole_of_months() -> Value {
    let whole = whole();
    json!({ "months": "100", "contests": whole["contests"], "contests_cap": "2" })
}

/// A contest of three of the units, by their numbers.
async fn contest(county: &County) -> ContestId {
    let presets = domain::charter::presets();
    let preset = presets.iter().find(|preset| preset.key == "nine-judges");
    let entry = |number: usize| NewEntry {
        name: format!("参赛{number}"),
        topic: String::new(),
        unit: Some(county.units[number - 1]),
        multiplier: String::new(),
    };
    let seats = NewSeats {
        class: "J".to_owned(),
        count: 9,
    };
    let new = NewContest {
        title: "书记擂台赛".to_owned(),
        subtitle: "第三期".to_owned(),
        held_on: "2026-10-18".to_owned(),
        place: String::new(),
        charter: preset.expect("the preset").toml.to_owned(),
        entries: [1, 2, 4].into_iter().map(entry).collect(),
        seats: vec![seats],
    };
    let act = county.app.act(county.account(CLERK).await);
    let created = create::create(&county.app.state.store, &act, new).await;
    created.expect("a contest")
}

/// A further edition of its result: the units by their numbers, in the order of their places.
async fn result(county: &County, contest: ContestId, edition: i64, places: [usize; 3]) {
    let row = |(rank, unit): (usize, usize)| {
        json!({ "entry": uuid::Uuid::now_v7(), "position": rank, "name": "参赛", "rank": rank,
            "unit": county.units[unit - 1], "score": "9", "classes": [] })
    };
    let rows: Vec<Value> = (1..).zip(places).map(row).collect();
    let snapshot = json!({ "v": 1, "contest": contest, "title": "书记擂台赛",
        "subtitle": "第三期", "county": "云岭县", "edition": edition, "posted_at": NOW,
        "charter_title": "规则", "charter_version": 1, "classes": [], "rows": rows });
    let account = county.account(CLERK).await;
    let store = &county.app.state.store;
    let written = store.write(move |tx| {
        async move {
            let row: Vec<Cell> = vec![
                contest.into(),
                tx.county().into(),
                edition.into(),
                snapshot.to_string().into(),
                NOW.into(),
                account.into(),
            ];
            let sql = "insert into posted
                (contest_id, county_id, edition, snapshot, hash, posted_at, account_id)
                values ($1, $2, $3, $4, '', $5, $6)";
            tx.execute(sql, &row).await.map_err(ServiceError::from)
        }
        .boxed()
    });
    written.await.expect("an edition");
}

fn count(contest: ContestId, edition: u32) -> YearCommand {
    YearCommand::Count {
        contest,
        edition,
        reason: "县委办通知".to_owned(),
    }
}

fn enter(lines: &str, replaces: bool) -> YearCommand {
    YearCommand::Enter {
        rule: "年终考评".to_owned(),
        span: year().from,
        part: PART.to_owned(),
        lines: lines.to_owned(),
        replaces,
        basis: "县考评办1号".to_owned(),
    }
}

const ALL: &str = "青禾镇\t90\n石桥乡 80\n双河镇，85.5\n竹海乡 70\n";

/// Mean of the months, score and place of each unit, in the order of their numbers.
fn standing(county: &County, sheet: &DutySheet) -> Vec<(String, String, Option<u32>)> {
    let units = sheet.groups.iter().flat_map(|group| &group.units);
    let units: Vec<_> = units.collect();
    let of = |unit| {
        let unit = units.iter().find(|known| known.unit == unit);
        let unit = unit.expect("a unit of the sheet");
        let score = unit.score().unwrap_or_default().to_owned();
        let mean = unit.mean_score.clone().unwrap_or_default();
        (mean, score, unit.place)
    };
    county.units.iter().map(|unit| of(*unit)).collect()
}

fn scores(county: &County, sheet: &DutySheet) -> Vec<String> {
    let standing = standing(county, sheet).into_iter();
    standing.map(|(_, score, _)| score).collect()
}

#[tokio::test]
async fn the_score_of_the_year_is_made_of_what_the_rule_names_and_waits_for_what_is_missing() {
    let county = County::new().await;
    county.posted("2026-09", ["9", "8", "7", "6"], &[]).await;
    assert_eq!(sheet(&county, CLERK).await.year, None);
    let means = scores(&county, &sheet(&county, CLERK).await);
    rule(&county, whole()).await;
    assert_eq!(scores(&county, &sheet(&county, CLERK).await), [""; 4]);

    done(&say(&county, CLERK, enter(ALL, false)).await);
    let page = sheet(&county, CLERK).await;
    let parts = ["90", "80", "85.5", "70"].into_iter();
    let expected: Vec<String> = means
        .iter()
        .zip(parts)
        .map(|(mean, part)| {
            let number =
                |text: &str| -> domain::number::Decimal { text.parse().expect("a number") };
            let (mean, part) = (number(mean).micros(), number(part).micros());
            domain::ratio::Ratio::scaled(mean * 60 + part * 40, 100_000_000).to_fixed(2)
        })
        .collect();
    assert_eq!(scores(&county, &page), expected);
    let of_year = page.year.as_ref().expect("a rule");
    assert_eq!((of_year.charter_version, of_year.may_enter), (2, true));
    assert!(!sheet(&county, THIRD).await.year.expect("a rule").may_enter);

    // The third has more from elsewhere than the second had from its months.
    let places: Vec<_> = standing(&county, &page)
        .into_iter()
        .map(|one| one.2)
        .collect();
    assert_eq!(places, [Some(1), Some(3), Some(2), Some(4)]);
    let path = paths::duty_sheet(county.season, Output::Assessment, year());
    let text = county.page(CLERK, &path).await.text();
    for words in [
        "考评分＝平均得分×60%＋综合考核×40%＋擂台加减分",
        "第 1 名 +3 分",
        "倒数第 1 名 −1 分",
        "最多加 2 分",
        "规则第 2 版",
        "85.5 → 34.20",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// What contests brought each unit, in the order of their numbers.
fn brought(county: &County, sheet: &DutySheet) -> Vec<String> {
    let units = sheet.groups.iter().flat_map(|group| &group.units);
    let units: Vec<_> = units.collect();
    let of = |unit| units.iter().find(|known| known.unit == unit);
    let years = county.units.iter();
    let years = years.filter_map(|unit| of(*unit)?.year.as_ref());
    years.map(|year| year.contests_sum.clone()).collect()
}

#[tokio::test]
async fn a_contest_counts_when_an_organiser_says_so_by_the_edition_that_was_looked_at() {
    let county = County::new().await;
    county.posted("2026-09", ["9", "8", "7", "6"], &[]).await;
    rule(&county, whole_of_months()).await;
    let contest = contest(&county).await;
    assert_eq!(
        sheet(&county, CLERK).await.year.expect("a rule").contests,
        []
    );
    result(&county, contest, 1, [1, 2, 4]).await;
    let before = sheet(&county, CLERK).await;
    let plain = standing(&county, &before);
    assert!(
        plain.iter().all(|(mean, score, _)| mean == score),
        "{plain:?}"
    );
    refused(
        &say(&county, CLERK, count(contest, 2)).await,
        "result_changed",
    );
    let other = say(&county, THIRD, count(contest, 1)).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    done(&say(&county, CLERK, count(contest, 1)).await);
    refused(
        &say(&county, CLERK, count(contest, 1)).await,
        "nothing_changed",
    );

    let page = sheet(&county, CLERK).await;
    // Three points, of which two count; the third was not there, and the fourth was last.
    assert_eq!(brought(&county, &page), ["2.00", "0.00", "0.00", "-1.00"]);

    // A correction changes nothing by itself, and is said.
    result(&county, contest, 2, [2, 1, 4]).await;
    let page = sheet(&county, CLERK).await;
    assert_eq!(brought(&county, &page), ["2.00", "0.00", "0.00", "-1.00"]);
    let year = page.year.expect("a rule");
    assert!(year.contests[0].is_stale());
    refused(
        &say(&county, CLERK, count(contest, 1)).await,
        "result_changed",
    );
    done(&say(&county, CLERK, count(contest, 2)).await);
    let page = sheet(&county, CLERK).await;
    assert_eq!(brought(&county, &page), ["0.00", "2.00", "0.00", "-1.00"]);
}

#[tokio::test]
async fn what_counts_stays_under_another_table_until_somebody_says_so() {
    let county = County::new().await;
    county.posted("2026-09", ["9", "8", "7", "6"], &[]).await;
    rule(&county, whole_of_months()).await;
    let contest = contest(&county).await;
    result(&county, contest, 1, [2, 1, 4]).await;
    done(&say(&county, CLERK, count(contest, 1)).await);
    rule(&county, json!({ "months": "100", "contests": [] })).await;
    let page = sheet(&county, CLERK).await;
    assert_eq!(brought(&county, &page), ["0.00", "3.00", "0.00", "-1.00"]);
    assert!(page.year.expect("a rule").contests[0].is_stale());

    let leave = YearCommand::Leave {
        contest,
        reason: "不属于本年度".to_owned(),
    };
    done(&say(&county, CLERK, leave.clone()).await);
    refused(&say(&county, CLERK, leave).await, "nothing_changed");
    let page = sheet(&county, CLERK).await;
    assert_eq!(brought(&county, &page), ["0.00"; 4]);
    let said = &page.year.expect("a rule").contests[0].said;
    let said: Vec<_> = said
        .iter()
        .map(|word| (word.is_counted, word.edition))
        .collect();
    assert_eq!(said, [(true, 1), (false, 1)]);
}

#[tokio::test]
async fn scores_from_elsewhere_come_all_or_none_and_overwrite_nothing_unasked() {
    let county = County::new().await;
    county.posted("2026-09", ["9", "8", "7", "6"], &[]).await;
    refused(
        &say(&county, CLERK, enter(ALL, false)).await,
        "nothing_to_decide",
    );
    rule(&county, whole()).await;
    let wrong = "青禾镇 90\n青禾村 80\n双河镇 一百\n竹海乡 100.5\n青禾镇 91\n石桥乡 80%";
    let answer = say(&county, CLERK, enter(wrong, false)).await;
    let error: AppError = answer.json();
    let faults = error.details.iter();
    let faults: Vec<_> = faults
        .map(|one| (one.at.as_str(), one.message.as_str()))
        .collect();
    assert_eq!(
        faults,
        [
            ("2. 青禾村 80", "unknown_unit"),
            ("3. 双河镇 一百", "not_a_number"),
            ("4. 竹海乡 100.5", "not_of_a_hundred"),
            ("5. 青禾镇 91", "line_twice"),
            ("6. 石桥乡 80%", "not_of_a_hundred"),
        ]
    );
    let entered = |sheet: &DutySheet| -> usize {
        let units = sheet.groups.iter().flat_map(|group| &group.units);
        let years = units.filter_map(|unit| unit.year.as_ref());
        years.filter_map(|year| year.parts[0].as_ref()).count()
    };
    assert_eq!(entered(&sheet(&county, CLERK).await), 0);
    refused(&say(&county, CLERK, enter(" \n", false)).await, "empty");

    done(&say(&county, CLERK, enter(ALL, false)).await);
    refused(
        &say(&county, CLERK, enter(ALL, false)).await,
        "nothing_changed",
    );
    let changed = "青禾镇 90\n石桥乡 ８１";
    refused(
        &say(&county, CLERK, enter(changed, false)).await,
        "score_stands",
    );
    done(&say(&county, CLERK, enter(changed, true)).await);
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let sql = "select position, score from year_part where unit_id = $1 order by position";
    let rows = tx.rows(sql, &[county.units[1].into()]).await.expect("rows");
    let rows = rows.iter().map(|row| row.text("score").expect("a score"));
    assert_eq!(rows.collect::<Vec<_>>(), ["80", "81"]);
    assert_eq!(entered(&sheet(&county, CLERK).await), 4);
}
