//! The import of pairs, indicators and figures: what is read, what is refused, what a person has
//! to look at, and what then stands in the database.

use crate::import::{dry, import, places, table};
use crate::kit::{NOW, Place, seed, story, story_over};
use crate::postgres::Postgres;
use app::backend::{ImportReport, MonthCommand};
use domain::ids::{AccountId, SeasonId};
use domain::month::{Period, SeasonCharter};
use rust_xlsxwriter::{Format, Workbook};
use server::demo::story::Story;
use server::service::accounts::{self, Passwords};
use server::service::act::Act;
use server::service::month;
use server::service::roster::columns::TableKind;
use server::service::roster::{apply, dry_run};
use server::service::table::workbook;
use server::store::Store;

const UNITS: &str = "code,name,level,parent
YL,云岭县,县,
X01,青禾镇,乡镇,YL
X02,松溪镇,乡镇,YL
X03,双河镇,乡镇,YL
X04,白鹭镇,乡镇,YL
B01,发改局,部门,YL
";
/// X04 is in none.
const GROUPS: &str = "season,group,unit
2026,乡镇组,X01
2026,乡镇组,X02
2026,乡镇组,X03
2026,部门组,B01
";
const INDICATORS: &str = "赛季,编码,名称,计量单位,权重,方向,计分
2026,TZ,固定资产投资,亿元,10,高,目标
2026,JD,投产进度,％,5,≥,序时
";
const FIGURES: &str = "season,period,indicator,unit,value,target
2026,2026-06,TZ,X01,12,20
2026,2026-06,JD,X01,50%,100%
2026,2026-06,TZ,X02,8,10
";
pub const FIGURE_ROWS: &str =
    "select i.code, u.code as unit, f.period, f.revision, f.value, f.target
    from figure f join indicator i on i.indicator_id = f.indicator_id
    join unit u on u.unit_id = f.unit_id order by f.period, i.code, u.code, f.revision";

/// A county with units, groups and two indicators.
pub async fn county(story: &Story) {
    for (name, text) in [
        ("units.csv", UNITS),
        ("groups.csv", GROUPS),
        ("indicators.csv", INDICATORS),
    ] {
        let report = import(story, name, text).await;
        assert!(report.applied, "{name}: {:?}", report.problems);
    }
}

#[tokio::test]
async fn pairs_are_edges_inside_a_group_and_have_no_direction() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let bad = "season,unit,rival
2026,X01,X02
2026,X01,X01
2026,X01,发改局
2026,X04,X01
2026,X01,X04
2026,X02,X01
2026,X01,无名镇
2027,X01,X02
2026,X01,
";
    let report = import(&story, "pairs.csv", bad).await;
    assert!(!report.applied);
    let expected = [
        (3, "rival", "pair_with_itself"),
        (4, "rival", "not_in_one_group"),
        (5, "unit", "not_in_season"),
        (6, "rival", "not_in_season"),
        (7, "rival", "pair_twice"),
        (8, "rival", "unknown_unit"),
        (9, "unit", "not_in_season"),
        (10, "rival", "empty"),
    ];
    assert_eq!(places(&report.problems), expected);
    assert_eq!(rows(&story, PAIR_ROWS).await, [""; 0]);

    let right = "赛季,单位,对手\n2026,X01,X02\n2026,双河镇,X01\n";
    let report = import(&story, "对子.csv", right).await;
    assert_eq!((report.applied, counts(&report)), (true, (2, 0, 0)));
    assert_eq!(
        rows(&story, PAIR_ROWS).await,
        ["2026 X01 X02 1", "2026 X03 X01 2"]
    );
    let turned = "season,unit,rival\n2026,X02,X01\n2026,X03,X01\n2026,X02,X03\n";
    assert_eq!(
        counts(&import(&story, "pairs.csv", turned).await),
        (1, 0, 2)
    );
    assert_eq!(rows(&story, PAIR_ROWS).await.len(), 3);
}

const PAIR_ROWS: &str = "select p.season, u.code as unit, r.code as rival, p.position
    from unit_pair p join unit u on u.unit_id = p.unit_id join unit r on r.unit_id = p.rival_id
    order by p.position";

#[tokio::test]
async fn a_pair_is_checked_against_the_groups_that_its_own_file_leaves() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let groups = table(
        TableKind::Groups,
        &[&["2026", "乡镇组", "X04"], &["2026", "部门组", "X03"]],
    );
    let pairs = table(
        TableKind::Pairs,
        &[&["2026", "X04", "X01"], &["2026", "X03", "X01"]],
    );
    let bytes = workbook(&[pairs, groups]).expect("a workbook");
    let report = dry_run(&story.store, "r.xlsx", &bytes).await;
    let report = report.expect("a report");
    assert_eq!(places(&report.problems), [(3, "对手", "not_in_one_group")]);
}

#[tokio::test]
async fn an_indicator_is_stored_as_the_month_computes_with_it() {
    let place = Place::new();
    let story = story(&place).await;
    import(&story, "units.csv", UNITS).await;
    let file = "赛季,编码,名称,计量单位,权重,方向,计分,步长,目标占比,频次,门槛,公开,到期月,数据来源
2026,A,甲,亿元,10.5,越高越好,目标,,,,,,,
2026,B,乙,件,５,低,位次,,,季,是,是,2026年6月,信访局
2026,C,丙,％,20,≤,混合,10%,,月,否,否,2026/7,
2026,D,丁,个,0,higher,mixed,0.02,50%,monthly,no,yes,2026-12,统计局
2026,E,戊,个,3,>=,pace,5%,,quarterly,1,0,,
";
    let report = import(&story, "指标.csv", file).await;
    assert_eq!(report.problems, []);
    assert_eq!(counts(&report), (5, 0, 0));
    let sql =
        "select code, name, measure, weight, better, rule, cadence, gate, public, due, source,
        position from indicator order by position";
    assert_eq!(
        rows(&story, sql).await,
        [
            r#"A 甲 亿元 10.5 higher "target" monthly 0 0   1"#,
            r#"B 乙 件 5 lower {"rank":{"step":"0.05"}} quarterly 1 1 2026-06 信访局 2"#,
            r#"C 丙 ％ 20 lower {"mixed":{"step":"0.1","target":"0.4"}} monthly 0 0 2026-07  3"#,
            r#"D 丁 个 0 higher {"mixed":{"step":"0.02","target":"0.5"}} monthly 0 1 2026-12 统计局 4"#,
            r#"E 戊 个 3 higher {"pace":{"step":"0.05"}} quarterly 1 0   5"#,
        ]
    );
    assert_eq!(counts(&import(&story, "指标.csv", file).await), (0, 0, 5));
}

#[tokio::test]
async fn a_known_code_changes_its_indicator_and_keeps_its_figures() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    import(&story, "figures.csv", FIGURES).await;
    let file = "season,code,name,measure,weight,better,rule,due
2026,TZ,投资,亿元,12,高,位次,2026-12
2026,JD,投产进度,％,5,≥,序时,
2027,TZ,固定资产投资,亿元,10,高,目标,
";
    let report = import(&story, "indicators.csv", file).await;
    assert_eq!((report.applied, counts(&report)), (true, (1, 1, 1)));
    assert_eq!(places(&report.notes), [(2, "name", "renamed")]);
    let sql = "select season, code, name, weight, due, position from indicator
        order by season, position";
    assert_eq!(
        rows(&story, sql).await,
        [
            "2026 TZ 投资 12 2026-12 1",
            "2026 JD 投产进度 5  2",
            "2027 TZ 固定资产投资 10  4"
        ]
    );
    assert_eq!(rows(&story, FIGURE_ROWS).await.len(), 3);
}

#[tokio::test]
async fn every_wrong_cell_of_an_indicator_is_named() {
    let place = Place::new();
    let story = story(&place).await;
    import(&story, "units.csv", UNITS).await;
    let long = "长".repeat(21);
    let file = format!(
        "season,code,name,weight,better,rule,step,target_share,cadence,gate,public,due
2026,A,甲,重,好,随便,5,-1,年,也许,或者,七月
2026,B,乙,-1,高,位次,,40%,,,,
2026,C,丙,5%,高,目标,,,,,,
2026,D,丁,5,高,目标,,,,,,
2026,D,丁,5,高,目标,,,,,,
2026,,戊,5,高,目标,,,,,,
{long},F,己,5,高,目标,,,,,,
"
    );
    let report = import(&story, "indicators.csv", &file).await;
    let expected = [
        (2, "weight", "not_a_number"),
        (2, "better", "unknown_better"),
        (2, "rule", "unknown_rule"),
        (2, "step", "not_a_share"),
        (2, "target_share", "not_a_share"),
        (2, "cadence", "unknown_cadence"),
        (2, "gate", "not_yes_or_no"),
        (2, "due", "not_a_month"),
        (2, "public", "not_yes_or_no"),
        (3, "weight", "negative"),
        (3, "target_share", "only_for_mixed"),
        (4, "weight", "unexpected_percent"),
        (6, "code", "duplicate_code"),
        (7, "code", "empty"),
        (8, "season", "too_long"),
    ];
    assert_eq!(places(&report.problems), expected);
    assert_eq!(rows(&story, "select code from indicator").await, [""; 0]);
    assert_eq!(rows(&story, "select name from season").await, [""; 0]);
}

#[tokio::test]
async fn figures_are_read_as_people_write_them() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let file = "月份,指标,单位,完成值,目标值,赛季
2026年7月,固定资产投资,青禾镇,\"１，２３４．５\",\"123,456\",2026
2026/7,JD,X01,８１．７％,90,2026
2026-07,TZ,X02,－3,+4,2026
2026-7,TZ,X03,0,,2026
";
    let report = import(&story, "数据.csv", file).await;
    assert_eq!(report.problems, []);
    assert_eq!((report.applied, counts(&report)), (true, (4, 0, 0)));
    assert_eq!(
        rows(&story, FIGURE_ROWS).await,
        [
            "JD X01 2026-07 1 81.7 90",
            "TZ X01 2026-07 1 1234.5 123456",
            "TZ X02 2026-07 1 -3 4",
            "TZ X03 2026-07 1 0 ",
        ]
    );
}

#[tokio::test]
async fn dates_and_calculated_numbers_of_a_workbook_read_as_they_look() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let mut file = Workbook::new();
    let sheet = file.add_worksheet();
    sheet.set_name("数据").expect("a name");
    let header = ["赛季", "月份", "指标", "单位", "完成值"];
    sheet.write_row(0, 0, header).expect("a header");
    let month = Format::new().set_num_format("yyyy\"年\"m\"月\"");
    sheet.write_number(1, 0, 2026).expect("a cell");
    // 2026-07-01 as a spreadsheet counts days.
    sheet
        .write_number_with_format(1, 1, 46_204, &month)
        .expect("a cell");
    sheet.write_row(1, 2, ["TZ", "X01"]).expect("cells");
    sheet.write_number(1, 4, 4.35 * 100.0).expect("a cell");
    let bytes = file.save_to_buffer().expect("a workbook");
    let report = apply(&story.store, &story.act(), "f.xlsx", bytes.into()).await;
    let report = report.expect("a report");
    assert_eq!(report.problems, []);
    assert_eq!(rows(&story, FIGURE_ROWS).await, ["TZ X01 2026-07 1 435 "]);
}

#[tokio::test]
async fn one_bad_figure_and_none_is_written() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let twins = "season,code,name,weight,better,rule
2026,P,同名,1,高,目标\n2026,Q,同名,1,高,目标\n";
    import(&story, "indicators.csv", twins).await;
    let file = "season,period,indicator,unit,value,target
2026,2026-07,TZ,X01,12,15
2026,2026-07,TZ,X02,约12,15
2026,2026-07,TZ,X03,0.1234567,15
2026,2026-07,JD,X01,100000000001,x
2026,2026-07,TZ,B01,50%,60%
2026,2026-07,TZ,X04,5,
2026,2026-07,无此,X01,5,
2026,2026-07,同名,X01,5,
2026,7月,TZ,X99,5,
2026,2026年7月,固定资产投资,青禾镇,13,
2026,2026-07,TZ,X02,,
2027,2026-07,TZ,X01,5,
";
    let report = import(&story, "figures.csv", file).await;
    assert!(!report.applied);
    let expected = [
        (3, "value", "not_a_number"),
        (4, "value", "too_many_decimals"),
        (5, "value", "number_too_large"),
        (5, "target", "not_a_number"),
        (6, "value", "unexpected_percent"),
        (6, "target", "unexpected_percent"),
        (7, "unit", "not_in_season"),
        (8, "indicator", "unknown_indicator"),
        (9, "indicator", "ambiguous_indicator"),
        (10, "period", "not_a_month"),
        (10, "unit", "unknown_unit"),
        (11, "indicator", "figure_twice"),
        (12, "value", "empty"),
        (13, "unit", "not_in_season"),
        (13, "indicator", "unknown_indicator"),
    ];
    assert_eq!(places(&report.problems), expected);
    assert_eq!(rows(&story, FIGURE_ROWS).await, [""; 0]);
    assert_eq!(rows(&story, "select name from season").await, ["2026"]);
}

async fn a_changed_figure_is_a_further_revision(url: &str) {
    let store = Store::open(url, &seed()).await.expect("a store");
    let story = story_over(store).await;
    county(&story).await;
    assert_eq!(
        counts(&import(&story, "figures.csv", FIGURES).await),
        (3, 0, 0)
    );
    assert_eq!(
        counts(&import(&story, "figures.csv", FIGURES).await),
        (0, 0, 3)
    );
    assert_eq!(rows(&story, FIGURE_ROWS).await.len(), 3);
    // A value, a target, and a row without one, which leaves it as it is.
    let changed = "season,period,indicator,unit,value,target
2026,2026-06,TZ,X01,13,20
2026,2026-06,JD,X01,50,90
2026,2026-06,TZ,X02,8,
";
    let other = account(&story, "statistics").await;
    let act = Act {
        account: other,
        ..story.act()
    };
    let bytes = changed.as_bytes().to_vec().into();
    let report = apply(&story.store, &act, "figures.csv", bytes).await;
    assert_eq!(counts(&report.expect("a report")), (0, 2, 1));
    assert_eq!(
        rows(&story, FIGURE_ROWS).await,
        [
            "JD X01 2026-06 1 50 100",
            "JD X01 2026-06 2 50 90",
            "TZ X01 2026-06 1 12 20",
            "TZ X01 2026-06 2 13 20",
            "TZ X02 2026-06 1 8 10",
        ]
    );
    let by = "select distinct account_id, revision from figure order by revision";
    let expected = [format!("{} 1", story.account), format!("{other} 2")];
    assert_eq!(rows(&story, by).await, expected);
    // Back to what it was is a change like any other.
    import(&story, "figures.csv", FIGURES).await;
    let newest = &rows(&story, FIGURE_ROWS).await[5];
    assert_eq!(newest, "TZ X01 2026-06 3 12 20");
}

#[tokio::test]
async fn a_value_far_from_the_one_before_is_shown_before_it_is_applied() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    import(&story, "figures.csv", FIGURES).await;
    // The months in any order: July is far from June, August is not far from July.
    let file = "season,period,indicator,unit,value
2026,2026-08,TZ,X01,130
2026,2026-07,TZ,X01,121
2026,2026-07,TZ,X02,80
2026,2026-07,JD,X01,4.9
2026,2026-07,TZ,X03,900
2026,2026-05,TZ,X01,999
";
    let report = dry(&story, "figures.csv", file).await;
    assert_eq!(report.problems, []);
    let far = [
        (3, "value", "far_from_history"),
        (5, "value", "far_from_history"),
    ];
    assert_eq!(places(&report.doubts), far);
    assert_eq!(report.doubts[0].value, "121 (2026-06: 12)");
    assert!(import(&story, "figures.csv", file).await.applied);
    // Once it is there, nobody is asked again.
    let again = "season,period,indicator,unit,value,target
2026,2026-07,TZ,X01,121,
2026,2026-07,JD,X01,4.9,80
";
    let report = dry(&story, "figures.csv", again).await;
    assert_eq!((counts(&report), report.doubts.len()), ((0, 1, 1), 0));
}

#[tokio::test]
async fn a_closed_month_stays_as_it_is_and_a_posted_one_asks_for_a_look() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    import(&story, "figures.csv", FIGURES).await;
    let changed = "season,period,indicator,unit,value
2026,2026-06,TZ,X01,13
2026,2026-06,TZ,X02,8
2026,2026-06,TZ,X03,9
2026,2026-07,TZ,X01,13
";
    let reason = "试".to_owned();
    let close = MonthCommand::Close {
        reason: reason.clone(),
    };
    say(&story, story.account, close).await;
    let report = import(&story, "figures.csv", changed).await;
    assert!(!report.applied);
    let closed = [(2, "period", "month_closed"), (4, "period", "month_closed")];
    assert_eq!(places(&report.problems), closed);
    assert_eq!(rows(&story, FIGURE_ROWS).await.len(), 3);
    let same = dry(&story, "figures.csv", FIGURES).await;
    assert_eq!((same.problems, same.notes), (vec![], vec![]));

    let second = account(&story, "second").await;
    let (season, june) = june(&story).await;
    let desk = month::desk::page(&story.store, second, season, june, NOW).await;
    let code = desk.expect("a desk").close_code;
    say(
        &story,
        second,
        MonthCommand::Post {
            code,
            reason,
            despite: String::new(),
        },
    )
    .await;
    let report = import(&story, "figures.csv", changed).await;
    assert!(report.applied, "{:?}", report.problems);
    let posted = [(2, "period", "month_posted"), (4, "period", "month_posted")];
    assert_eq!(places(&report.notes), posted);
    assert_eq!(rows(&story, FIGURE_ROWS).await.len(), 6);
}

#[tokio::test]
async fn a_season_that_a_file_names_gets_the_rules_of_the_preset_once() {
    let place = Place::new();
    let story = story(&place).await;
    import(&story, "units.csv", UNITS).await;
    let seasons = "select name, charter_version, charter_json from season order by name";
    dry(&story, "groups.csv", GROUPS).await;
    assert_eq!(rows(&story, seasons).await, [""; 0]);
    import(&story, "groups.csv", GROUPS).await;
    let charter = serde_json::json!(SeasonCharter::guanyun());
    assert_eq!(rows(&story, seasons).await, [format!("2026 1 {charter}")]);
    import(&story, "groups.csv", GROUPS).await;
    let next = INDICATORS.replace("2026", "2027");
    import(&story, "indicators.csv", &next).await;
    assert_eq!(
        rows(&story, "select name from season order by name").await,
        ["2026", "2027"]
    );
}

async fn a_full_file_of_figures_goes_in_at_once(url: &str) {
    const UNITS: usize = 70;
    const INDICATORS: usize = 71;
    let store = Store::open(url, &seed()).await.expect("a store");
    let story = story_over(store).await;
    let lines = |head: &str, lines: &mut dyn Iterator<Item = String>| {
        lines.fold(head.to_owned(), |text, line| text + "\n" + &line)
    };
    let units = lines(
        "code,name,level,parent\nYL,县,县,",
        &mut (0..UNITS).map(|unit| format!("U{unit},{unit}镇,乡镇,YL")),
    );
    let groups = lines(
        "season,group,unit",
        &mut (0..UNITS).map(|unit| format!("2026,组,U{unit}")),
    );
    let indicators = lines(
        "season,code,name,weight,better,rule",
        &mut (0..INDICATORS).map(|one| format!("2026,I{one},指标{one},1,高,位次")),
    );
    let figures = lines(
        "season,period,indicator,unit,value",
        &mut (0..UNITS * INDICATORS).map(|at| {
            let (indicator, unit) = (at / UNITS, at % UNITS);
            format!("2026,2026-07,指标{indicator},{unit}镇,{at}.5")
        }),
    );
    import(&story, "units.csv", &units).await;
    import(&story, "groups.csv", &groups).await;
    import(&story, "indicators.csv", &indicators).await;
    let report = import(&story, "figures.csv", &figures).await;
    assert_eq!(report.problems, []);
    assert_eq!((report.applied, counts(&report)), (true, (4970, 0, 0)));
    let sums = "select count(*) as n, count(distinct value) as v from figure";
    assert_eq!(rows(&story, sums).await, ["4970 4970"]);
    let again = import(&story, "figures.csv", &figures).await;
    assert_eq!(counts(&again), (0, 0, 4970));
}

/// The same on both databases.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                let place = crate::kit::Place::new();
                super::$name(&place.url("t.db")).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                let Some(url) = super::Postgres::database() else { return };
                super::$name(&url).await;
            })*
        }
    };
}

on_both!(
    a_changed_figure_is_a_further_revision,
    a_full_file_of_figures_goes_in_at_once,
);

/// New, changed and unchanged rows of the only table.
#[track_caller]
pub fn counts(report: &ImportReport) -> (u32, u32, u32) {
    let [table] = report.tables.as_slice() else {
        panic!("{:?}", report.tables);
    };
    (table.new, table.changed, table.unchanged)
}

/// What a statement answers, a line for each row.
pub async fn rows(story: &Story, sql: &'static str) -> Vec<String> {
    let mut tx = story.store.read().await.expect("a reader");
    let rows = tx.rows(sql, &[]).await.expect("rows");
    let line = |row: &server::store::Row| {
        let values = row.values();
        let cells: Vec<String> = values.iter().map(|(_, value)| text(value)).collect();
        cells.join(" ")
    };
    rows.iter().map(line).collect()
}

fn text(value: &server::store::Value) -> String {
    match value {
        server::store::Value::Int(number) => number.map(|n| n.to_string()),
        server::store::Value::Text(text) => text.clone(),
        server::store::Value::Bytes(_) => None,
    }
    .unwrap_or_default()
}

async fn account(story: &Story, login: &str) -> AccountId {
    accounts::create(&story.store, &Passwords::new(), login, NOW)
        .await
        .expect("an account");
    let mut tx = story.store.read().await.expect("a reader");
    let login = server::store::Value::from(login);
    let row = tx
        .row("select account_id from account where login = $1", &[login])
        .await;
    row.expect("the account").id("account_id").expect("an id")
}

/// Somebody says what becomes of June.
/// The one season's June.
async fn june(story: &Story) -> (SeasonId, Period) {
    let season = rows(story, "select season_id from season").await[0].parse();
    (
        season.expect("an id"),
        Period::new(2026, 6).expect("a month"),
    )
}

async fn say(story: &Story, account: AccountId, what: MonthCommand) {
    let act = Act {
        account,
        ..story.act()
    };
    let done = month::command(&story.store, &act, june(story).await, what).await;
    done.expect("done");
}
