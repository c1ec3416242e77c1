//! Groups of different kinds have indicators of their own (GY-1, GY-5): what the import takes, what
//! a month is computed from and keeps, and what stands in its table and its files.

use crate::import::{dry, import, places};
use crate::import_matrix::{LABELS, applied, downloaded};
use crate::import_month::{counts, rows};
use crate::kit::Place;
use crate::month::{County, close, july};
use app::backend::{ImportReport, MonthStage, RegistryPart, SeasonBegin};
use server::service::month::season;
use server::service::roster::{self, columns::TableKind};
use server::service::table::{Table, workbook};

/// 双河镇 and 竹海乡 are banks here, with the pair that they are.
const BANKS: &str = "赛季,组别,单位\n2026,金融组,03\n2026,金融组,04\n";
const INDICATORS: &str = "赛季,编码,名称,计量单位,权重,方向,计分,步长,公开,组别\n\
     2026,XM,项目,亿元,60,高,位次,0.05,是,\n\
     2026,NB,内部,,40,高,位次,0.05,是,乡镇组\n\
     2026,DK,贷款,亿元,30,高,位次,0.2,是,金融组\n";
const FIGURES: &str = "赛季,月份,指标,单位,完成值\n\
     2026,2026-07,XM,01,9\n2026,2026-07,XM,02,8\n2026,2026-07,XM,03,7\n2026,2026-07,XM,04,6\n\
     2026,2026-07,NB,01,9\n2026,2026-07,NB,02,8\n2026,2026-07,DK,03,3\n2026,2026-07,DK,04,5\n";
const GROUPS_OF: &str = "select code, groups from indicator order by position";

/// Two townships and two banks, with one indicator of both and one of each.
pub async fn two_kinds(county: &County) {
    county.import("groups.csv", BANKS).await;
    county.import("indicators.csv", INDICATORS).await;
}

/// With every figure of July that is asked for.
pub async fn filled(county: &County) {
    two_kinds(county).await;
    county.import("figures.csv", FIGURES).await;
}

fn values(report: &ImportReport) -> Vec<&str> {
    let problems = report.problems.iter();
    problems.map(|problem| problem.value.as_str()).collect()
}

#[tokio::test]
async fn an_indicator_names_the_groups_that_it_is_asked_of() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.import("groups.csv", BANKS).await;
    let head = "赛季,编码,名称,权重,方向,计分,组别\n";
    let wrong = format!("{head}2026,DK,贷款,30,高,位次,\"金融组、企业组，景区组\"\n");
    let report = import(&county.story, "indicators.csv", &wrong).await;
    let unknown = (2, "组别", "unknown_group");
    assert_eq!(places(&report.problems), [unknown, unknown]);
    assert_eq!(values(&report), ["企业组", "景区组"]);
    assert_eq!(report.problems[0].near, ["乡镇组", "金融组"]);

    let right = format!("{head}2026,DK,贷款,30,高,位次,\"金融组、 乡镇组，金融组\"\n");
    let report = import(&county.story, "indicators.csv", &right).await;
    assert_eq!((report.applied, counts(&report)), (true, (1, 0, 0)));
    let expected = ["XM []", "NB []", r#"DK ["金融组","乡镇组"]"#];
    assert_eq!(rows(&county.story, GROUPS_OF).await, expected);
    let again = import(&county.story, "indicators.csv", &right).await;
    assert_eq!((counts(&again), again.notes.len()), ((0, 0, 1), 0));

    // A file without the column leaves them; that every group is asked has to be said.
    let without = "赛季,编码,名称,权重,方向,计分\n2026,DK,贷款,30,高,位次\n";
    let report = dry(&county.story, "indicators.csv", without).await;
    assert_eq!((counts(&report), report.notes.len()), ((0, 0, 1), 0));
    for every in ["各组", "清空"] {
        let said = format!("{head}2026,DK,贷款,30,高,位次,{every}\n");
        let report = dry(&county.story, "indicators.csv", &said).await;
        assert_eq!(places(&report.notes), [(2, "组别", "other_groups")]);
        assert_eq!(report.notes[0].value, "贷款：金融组、乡镇组 → 各组");
        assert_eq!(counts(&report), (0, 1, 0));
    }
}

/// It would be asked of nobody, and nobody would see it missing.
#[tokio::test]
async fn a_group_that_an_indicator_names_is_not_emptied_under_it() {
    let place = Place::new();
    let county = County::new(&place).await;
    two_kinds(&county).await;
    let renamed = "赛季,组别,单位\n2026,银行组,03\n2026,银行组,双河镇\n2026,银行组,04\n";
    let report = import(&county.story, "groups.csv", renamed).await;
    let left = |row| (row, "组别", "indicator_left_behind");
    let twice = (3, "单位", "unit_twice");
    assert_eq!(places(&report.problems), [twice, left(2), left(3), left(4)]);
    assert_eq!(values(&report)[1], "金融组 — 贷款");

    let table = |kind: TableKind, text: &str| {
        let mut lines = text.lines();
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let header = cells(lines.next().expect("a header"));
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let mut table = Table::new(kind.chinese_name(), &header);
        table.rows = lines.map(cells).collect();
        table
    };
    let groups = table(
        TableKind::Groups,
        "赛季,组别,单位\n2026,银行组,03\n2026,银行组,04",
    );
    let of = INDICATORS.replace("金融组", "银行组");
    let indicators = table(TableKind::Indicators, &of);
    let bytes = workbook(&[groups, indicators]).expect("a workbook");
    let (story, act) = (&county.story, county.story.act());
    let report = roster::apply(&story.store, &act, "r.xlsx", bytes.into());
    let report = report.await.expect("a report");
    assert!(report.applied, "{:?}", report.problems);
}

#[tokio::test]
async fn both_groups_are_ranked_and_nothing_is_missing() {
    let place = Place::new();
    let county = County::new(&place).await;
    filled(&county).await;
    county.own(close("")).await.expect("nothing is missing");
    county.post(&county.second(), "").await.expect("posted");
    let month = county.page(july()).await.month;
    let of: Vec<_> = month
        .indicators
        .iter()
        .map(|one| one.groups.join("、"))
        .collect();
    assert_eq!(of, ["", "乡镇组", "金融组"]);
    let standing: Vec<_> = month
        .units()
        .map(|(group, unit)| {
            let score = unit.score.as_deref().unwrap_or("待定");
            (group.name.as_str(), unit.name.as_str(), score)
        })
        .collect();
    // 60 + 40, 57 + 38; 57 + 30, 60 + 24.
    assert_eq!(
        standing,
        [
            ("乡镇组", "青禾镇", "100.00"),
            ("乡镇组", "石桥乡", "95.00"),
            ("金融组", "竹海乡", "87.00"),
            ("金融组", "双河镇", "84.00"),
        ]
    );
    assert_eq!(month.missing, 0);
}

#[tokio::test]
async fn the_table_of_a_month_marks_what_is_not_asked_for_and_refuses_it() {
    let place = Place::new();
    let county = County::new(&place).await;
    filled(&county).await;
    let month = (county.season, july());
    let tables = downloaded(&county.story, month).await;
    let cells: Vec<_> = tables[0]
        .rows
        .iter()
        .map(|row| row[LABELS..].join(" "))
        .collect();
    let expected = ["9 9 不考核", "8 8 不考核", "7 不考核 3", "6 不考核 5"];
    assert_eq!(cells, expected);
    let same = applied(&county.story, &tables).await;
    assert_eq!((same.applied, counts(&same)), (true, (0, 0, 8)));

    let mut wrong = tables.clone();
    wrong[0].rows[3][LABELS + 1] = "12.5".to_owned();
    wrong[0].rows[0][LABELS] = "不考核".to_owned();
    let report = applied(&county.story, &wrong).await;
    let expected = [
        (2, "XM 项目（亿元）", "not_a_number"),
        (5, "NB 内部", "not_asked"),
    ];
    assert_eq!(places(&report.problems), expected);
    assert_eq!(report.problems[1].table, "完成值");
    assert_eq!(values(&report)[1], "12.5");
    let row = "赛季,月份,指标,单位,完成值\n2026,2026-07,DK,青禾镇,1\n";
    let report = import(&county.story, "figures.csv", row).await;
    assert_eq!(places(&report.problems), [(2, "指标", "not_asked")]);
}

/// What was entered before the group was left out is not lost, counts nothing, and can go.
#[tokio::test]
async fn a_value_of_a_group_that_is_asked_no_more_can_be_taken_back() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.figures(["9", "8", "7", "6"]).await;
    two_kinds(&county).await;
    let clear = "赛季,月份,指标,单位,完成值\n2026,2026-07,NB,04,清空\n";
    let report = import(&county.story, "figures.csv", clear).await;
    assert_eq!((report.applied, counts(&report)), (true, (0, 1, 0)));
    let desk = county.desk(county.second).await;
    let missing: Vec<_> = desk
        .missing
        .iter()
        .map(|one| one.indicator.as_str())
        .collect();
    assert_eq!(missing, ["贷款"], "and nothing of 内部");
}

/// R1: a month that was posted when every group was asked stays so, and is corrected so.
#[tokio::test]
async fn a_posted_month_keeps_the_groups_of_its_indicators() {
    let place = Place::new();
    let county = County::posted(&place).await;
    let first = county.page(july()).await.month;
    two_kinds(&county).await;
    let desk = county.desk(county.second).await;
    assert_eq!((desk.is_changed, desk.stage), (false, MonthStage::Posted));
    assert_eq!(desk.missing, []);
    assert_eq!(desk.newer, [RegistryPart::Groups, RegistryPart::Indicators]);
    assert_eq!(county.page(july()).await.month, first);
    // 竹海乡 was asked for it then; in a later month it is not.
    let figure = |period| format!("赛季,月份,指标,单位,完成值\n2026,{period},NB,04,6.5\n");
    let later = import(&county.story, "figures.csv", &figure("2026-08")).await;
    assert_eq!(places(&later.problems), [(2, "指标", "not_asked")]);
    county.import("figures.csv", &figure("2026-07")).await;
    county.own(close("")).await.expect("closed");
    let posted = county.post(&county.second(), "补报").await;
    posted.expect("posted");
    let month = county.desk(county.second).await.month;
    let cell = &month.groups[0].units[3].cells[1];
    assert_eq!((month.edition, cell.value.as_deref()), (2, Some("6.5")));
}

#[tokio::test]
async fn a_season_that_is_copied_asks_the_same_groups() {
    let place = Place::new();
    let county = County::new(&place).await;
    two_kinds(&county).await;
    let (story, copied) = (&county.story, SeasonBegin::Copy(county.season));
    let next = season::open(&story.store, &story.act(), "2027", copied, None, None).await;
    next.expect("a season");
    let sql = "select code, groups from indicator where season = '2027' order by position";
    let expected = ["XM []", r#"NB ["乡镇组"]"#, r#"DK ["金融组"]"#];
    assert_eq!(rows(story, sql).await, expected);
}
