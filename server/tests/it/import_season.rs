//! The import through a season: percentages of a workbook, targets alone and raised ones, units
//! that move and pairs that go.

use crate::import::{dry, import, places};
use crate::import_month::{FIGURE_ROWS, counts, county, rows};
use crate::kit::{Place, story};
use rust_xlsxwriter::{Format, Workbook};
use server::service::roster::apply;

const PAIR_ROWS: &str = "select u.code, r.code as rival from unit_pair p
    join unit u on u.unit_id = p.unit_id join unit r on r.unit_id = p.rival_id order by u.code";
const GROUP_ROWS: &str = "select g.name, u.code from unit_group g
    join unit u on u.unit_id = g.unit_id order by u.code";

#[tokio::test]
async fn a_cell_that_shows_a_percentage_is_read_as_it_shows() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let mut file = Workbook::new();
    let sheet = file.add_worksheet();
    sheet.set_name("数据").expect("a name");
    let header = ["赛季", "月份", "指标", "单位", "完成值"];
    sheet.write_row(0, 0, header).expect("a header");
    let formats = ["0.0%", "0%;[Red]-0%", "0.0\"%\"", "0.0\\%"];
    for (unit, format) in ["X01", "X02", "X03", "B01"].iter().zip(formats) {
        let row = match *unit {
            "X01" => 1,
            "X02" => 2,
            "X03" => 3,
            _ => 4,
        };
        let cells = ["2026", "2026-07", "JD", *unit];
        sheet.write_row(row, 0, cells).expect("cells");
        let format = Format::new().set_num_format(format);
        let value = if row < 3 { 0.817 } else { 81.7 };
        sheet
            .write_number_with_format(row, 4, value, &format)
            .expect("a cell");
    }
    let bytes = file.save_to_buffer().expect("a workbook");
    let report = apply(&story.store, &story.act(), "f.xlsx", bytes.into()).await;
    let report = report.expect("a report");
    assert_eq!((report.problems, report.notes), (vec![], vec![]));
    let expected = ["B01", "X01", "X02", "X03"].map(|unit| format!("JD {unit} 2026-07 1 81.7 "));
    assert_eq!(rows(&story, FIGURE_ROWS).await, expected);
}

#[tokio::test]
async fn what_may_be_a_share_is_asked_with_both_readings() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let head = "season,period,indicator,unit,value\n";
    let shares = "2026,2026-07,JD,X01,1\n2026,2026-07,JD,X02,0.817\n2026,2026-07,TZ,X01,0.5\n";
    let report = dry(&story, "figures.csv", &format!("{head}{shares}")).await;
    assert_eq!(places(&report.problems), []);
    assert_eq!(places(&report.doubts), [(3, "value", "percent_or_share")]);
    assert_eq!(report.doubts[0].value, "0.817 = 0.817% / 81.7%");
    for plain in [
        "2026,2026-07,JD,X01,45\n2026,2026-07,JD,X02,0.817\n",
        "2026,2026-07,JD,X01,1\n2026,2026-07,JD,X02,0\n",
        "2026,2026-07,JD,X01,1%\n2026,2026-07,JD,X02,0.817%\n",
    ] {
        let report = dry(&story, "figures.csv", &format!("{head}{plain}")).await;
        assert_eq!(places(&report.doubts), [], "{plain}");
    }
}

/// GY-4: the contest's own target stands beside the other.
#[tokio::test]
async fn targets_come_alone_and_strike_out_nothing() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let head = "season,period,indicator,unit,value,target,raised\n";
    for (row, count) in [
        ("2026,2026-01,TZ,X01,,25,", (1, 0, 0)),
        ("2026,2026-01,TZ,X01,3,,", (0, 1, 0)),
        ("2026,2026-01,TZ,X01,,,30", (0, 1, 0)),
        ("2026,2026-01,TZ,X01,3,,", (0, 0, 1)),
    ] {
        let report = import(&story, "figures.csv", &format!("{head}{row}\n")).await;
        assert_eq!((report.applied, counts(&report)), (true, count), "{row}");
    }
    let newest = "select value, target, raised from figure order by revision desc limit 1";
    assert_eq!(rows(&story, newest).await, ["3 25 30"]);
    let nothing = dry(&story, "f.csv", &format!("{head}2026,2026-02,TZ,X01,,,\n")).await;
    assert_eq!(places(&nothing.problems), [(2, "value", "empty")]);
}

#[tokio::test]
async fn a_unit_that_moves_or_leaves_keeps_no_pair_outside_its_group() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let pairs = "season,unit,rival\n2026,X01,X02\n2026,X02,X03\n";
    assert!(import(&story, "pairs.csv", pairs).await.applied);

    let head = "赛季,组别,单位,移除\n";
    let moves = format!("{head}2026,部门组,青禾镇,\n2026,乡镇组,X03,是\n");
    let report = import(&story, "groups.csv", &moves).await;
    assert!(!report.applied);
    let expected = [
        (2, "单位", "pair_left_behind"),
        (3, "单位", "pair_left_behind"),
    ];
    assert_eq!(places(&report.problems), expected);
    assert_eq!(report.problems[0].value, "青禾镇 — 松溪镇");
    let notes = [(2, "组别", "moves_group"), (3, "单位", "leaves_group")];
    assert_eq!(places(&report.notes), notes);

    // In whichever direction it was entered.
    let gone = "赛季,单位,对手,移除\n2026,X02,X01,是\n2026,X02,X03,是\n2026,X01,X03,是\n";
    let report = import(&story, "pairs.csv", gone).await;
    assert_eq!(places(&report.problems), [(4, "对手", "no_such_pair")]);
    let gone = gone.replace("2026,X01,X03,是\n", "");
    let report = import(&story, "pairs.csv", &gone).await;
    assert_eq!((report.applied, report.notes.len()), (true, 2));
    assert_eq!(rows(&story, PAIR_ROWS).await, [""; 0]);
    assert!(import(&story, "groups.csv", &moves).await.applied);
    let groups = ["部门组 B01", "部门组 X01", "乡镇组 X02"];
    assert_eq!(rows(&story, GROUP_ROWS).await, groups);

    let wrong = format!("{head}2026,乡镇组,X01,是\n");
    let report = dry(&story, "groups.csv", &wrong).await;
    assert_eq!(places(&report.problems), [(2, "组别", "not_in_group")]);
}
