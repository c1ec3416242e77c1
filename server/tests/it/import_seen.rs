//! An import applies what a person saw and checked, and nothing else; and what it may have meant is
//! offered, never guessed.

use crate::import::{dry, import, places};
use crate::import_month::{FIGURE_ROWS, county, rows};
use crate::kit::{NOW, Place, story};
use crate::month::{County, close, july, refused};
use app::backend::{FigurePart, ImportProblem, ImportReport, SeenImport, UnitMatches};
use server::demo::story::Story;
use server::service::roster::{self, apply_seen};

const HEAD: &str = "season,period,indicator,unit,value\n";

async fn figures(story: &Story, lines: &str) -> ImportReport {
    import(story, "figures.csv", &format!("{HEAD}{lines}")).await
}

async fn looked_at(story: &Story, lines: &str) -> ImportReport {
    dry(story, "figures.csv", &format!("{HEAD}{lines}")).await
}

async fn seen(story: &Story, lines: &str, plan: &str, is_checked: bool) -> ImportReport {
    let bytes = format!("{HEAD}{lines}").into_bytes().into();
    let seen = SeenImport {
        plan: plan.to_owned(),
        is_checked,
        ..SeenImport::default()
    };
    let report = apply_seen(&story.store, &story.act(), ("figures.csv", bytes), seen).await;
    report.expect("a report")
}

#[tokio::test]
async fn what_changed_since_the_dry_run_is_shown_before_it_is_replaced() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    figures(&story, "2026,2026-07,TZ,X01,12\n").await;
    let lines = "2026,2026-07,TZ,X01,13\n2026,2026-07,TZ,X02,8\n";
    let first = looked_at(&story, lines).await;
    let change = &first.changes[0];
    assert_eq!(
        (
            change.unit.as_str(),
            change.indicator.as_str(),
            change.period,
            change.part
        ),
        ("青禾镇", "固定资产投资", july(), FigurePart::Value)
    );
    assert_eq!(
        (change.before.as_str(), change.after.as_str()),
        ("12", "13")
    );
    assert_eq!(first.changes.len(), 1, "what is new replaces nothing");

    // Meanwhile another value comes.
    figures(&story, "2026,2026-07,TZ,X01,12.5\n").await;
    let newer = seen(&story, lines, &first.plan, true).await;
    assert_eq!((newer.applied, newer.is_newer), (false, true));
    assert_eq!(newer.changes[0].before, "12.5");
    assert_eq!(rows(&story, FIGURE_ROWS).await.len(), 2);
    let unread = seen(&story, lines, &newer.plan, false).await;
    assert_eq!((unread.applied, unread.is_newer), (false, false));
    let done = seen(&story, lines, &newer.plan, true).await;
    assert_eq!((done.applied, done.is_newer), (true, false));
    assert_eq!(rows(&story, FIGURE_ROWS).await.len(), 4);
}

#[tokio::test]
async fn a_value_far_from_its_history_is_applied_by_who_says_that_it_was_checked() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    figures(&story, "2026,2026-06,TZ,X01,12\n").await;
    let lines = "2026,2026-07,TZ,X01,121\n";
    let report = looked_at(&story, lines).await;
    assert_eq!(places(&report.doubts), [(2, "value", "far_from_history")]);
    assert_eq!((report.problems, report.notes), (vec![], vec![]));
    let unchecked = seen(&story, lines, &report.plan, false).await;
    assert_eq!((unchecked.applied, unchecked.is_newer), (false, false));
    assert!(seen(&story, lines, &report.plan, true).await.applied);
}

/// Most figures count up through the year, so January would be far from every December.
#[tokio::test]
async fn a_month_is_held_against_the_same_one_of_last_year_or_else_against_its_own_year() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    figures(&story, "2026,2025-12,TZ,X01,130\n2026,2025-12,TZ,X02,130\n").await;
    let january = looked_at(&story, "2026,2026-01,TZ,X01,9\n").await;
    assert_eq!(january.doubts, []);
    figures(&story, "2026,2026-01,TZ,X01,9\n2026,2026-01,TZ,X02,9\n").await;

    // The next season's January against this one's, and its February against its January.
    let copied = [
        (
            "groups.csv",
            "season,group,unit\n2027,乡镇组,X01\n2027,乡镇组,X02\n",
        ),
        (
            "indicators.csv",
            "赛季,编码,名称,计量单位,权重,方向,计分\n2027,TZ,固定资产投资,亿元,10,高,目标
2027,JD,投产进度,％,5,≥,序时\n",
        ),
    ];
    for (name, text) in copied {
        assert!(import(&story, name, text).await.applied);
    }
    let lines = "2027,2027-01,TZ,X01,91\n2027,2027-01,TZ,X02,12\n2027,2027-02,TZ,X02,121\n";
    let report = looked_at(&story, lines).await;
    let values: Vec<_> = report.doubts.iter().map(|one| one.value.as_str()).collect();
    assert_eq!(values, ["91 (2026-01: 9)", "121 (2027-01: 12)"]);

    // Another measure is another indicator.
    let other = copied[1].1.replace("亿元", "万元");
    assert!(import(&story, "indicators.csv", &other).await.applied);
    let report = looked_at(&story, "2027,2027-01,TZ,X01,90000\n").await;
    assert_eq!(report.doubts, []);
}

#[tokio::test]
async fn a_season_that_would_be_opened_is_asked_about() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let slip = "season,group,unit\n2026,乡镇组,X04\n20226,乡镇组,X01\n20226,乡镇组,X02\n";
    let report = dry(&story, "groups.csv", slip).await;
    assert_eq!(places(&report.doubts), [(3, "season", "new_season")]);
    assert_eq!(report.doubts[0].value, "20226");
    let seen = SeenImport {
        plan: report.plan,
        is_checked: false,
        ..SeenImport::default()
    };
    let file = ("groups.csv", slip.as_bytes().to_vec().into());
    let report = apply_seen(&story.store, &story.act(), file, seen).await;
    assert!(!report.expect("a report").applied);
    assert_eq!(rows(&story, "select name from season").await, ["2026"]);
}

/// Missing is not zero: what was entered for the wrong unit is taken back; the history keeps it.
#[tokio::test]
async fn a_figure_is_taken_back_to_not_reported() {
    let place = Place::new();
    let county = County::new(&place).await;
    county.figures(["9", "8", "7", "6"]).await;
    let story = &county.story;
    let report = figures(story, "2026,2026-07,XM,02,清空\n2026,2026-06,XM,03,Clear\n").await;
    assert!(report.applied, "{:?}", report.problems);
    assert_eq!(report.changes.len(), 1, "June has nothing to be cleared");
    let history = "select f.revision, f.value from figure f join unit u on u.unit_id = f.unit_id
        join indicator i on i.indicator_id = f.indicator_id
        where u.code = '02' and i.code = 'XM' order by f.revision";
    assert_eq!(rows(story, history).await, ["1 8", "2 "]);
    let missing = county.desk(county.second).await.missing;
    assert_eq!(
        (missing.len(), &missing[0].units),
        (1, &vec!["石桥乡".to_owned()])
    );
    refused(county.own(close("")).await, "missing:1");
}

/// A target holds until the year gives another; one that was taken back never held.
#[tokio::test]
async fn a_target_that_was_taken_back_holds_no_more() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let head = "season,period,indicator,unit,value,target\n";
    for lines in [
        "2026,2026-01,TZ,X01,,10\n2026,2026-07,TZ,X01,8,9\n2026,2026-07,TZ,X02,8,9\n",
        "2026,2026-07,TZ,X01,,清空\n2026,2026-07,TZ,X02,,清空\n",
    ] {
        assert!(
            import(&story, "figures.csv", &format!("{head}{lines}"))
                .await
                .applied
        );
    }
    let again = format!("{head}2026,2026-07,TZ,X01,,清空\n2026,2026-06,TZ,X02,,清空\n");
    let report = import(&story, "figures.csv", &again).await;
    // January's stays where it is, and X02 has none that could.
    assert_eq!(
        places(&report.notes),
        [(2, "target", "target_holds:2026-01")]
    );
    let season = rows(&story, "select season_id from season").await[0].parse();
    let desk = server::service::month::desk::page(
        &story.store,
        story.account,
        season.expect("an id"),
        july(),
        NOW,
    );
    let desk = desk.await.expect("a desk");
    let at = desk
        .month
        .indicators
        .iter()
        .position(|one| one.name == "固定资产投资");
    let units = desk.month.groups.iter().flat_map(|group| &group.units);
    let targets = units.map(|unit| {
        let target = unit.cells[at.expect("the indicator")].target.clone();
        (unit.name.as_str(), target)
    });
    let targets: Vec<_> = targets.filter(|(_, target)| target.is_some()).collect();
    assert_eq!(targets, [("青禾镇", Some("10".to_owned()))]);
}

#[tokio::test]
async fn a_name_that_nobody_has_offers_those_that_may_be_meant() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let report = looked_at(
        &story,
        "2026,2026-07,TZ,青河镇,1\n2026,2026-07,TZ,松溪,1\n2026,2026-07,TZ,水利局,1\n",
    )
    .await;
    let near: Vec<_> = report
        .problems
        .iter()
        .map(|one| offered(one).join(" "))
        .collect();
    assert_eq!(near, ["青禾镇（X01） 双河镇（X03）", "松溪镇（X02）", ""]);
    let twins = "code,name,level,parent\nX09,双河镇,部门,\n";
    assert!(import(&story, "units.csv", twins).await.applied);
    let report = looked_at(&story, "2026,2026-07,TZ,双河镇,1\n").await;
    assert_eq!(report.problems[0].code, "ambiguous_name");
    assert_eq!(
        offered(&report.problems[0]),
        ["双河镇（X03）", "双河镇（X09）"]
    );
}

fn offered(problem: &ImportProblem) -> Vec<String> {
    let units = problem.units.iter();
    let units = units.map(|unit| format!("{}（{}）", unit.name, unit.code));
    units.collect()
}

/// What a person said of a name holds for the file that it was said of, and is told in the report.
#[tokio::test]
async fn a_name_is_imported_for_the_unit_that_a_person_chose() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let lines = "2026,2026-07,TZ,青河镇,7\n2026,2026-07,TZ,水利局,1\n";
    let file = format!("{HEAD}{lines}").into_bytes();
    let tried = async |matches: &UnitMatches| {
        let report = roster::dry_run_by(&story.store, ("figures.csv", &file), matches).await;
        report.expect("a report")
    };
    let said = |name: &str, code: &str| UnitMatches::from([(name.to_owned(), code.to_owned())]);
    let one = tried(&said("青河镇", "X01")).await;
    assert_eq!(places(&one.notes), [(2, "unit", "matched")]);
    assert_eq!(one.notes[0].value, "青河镇 → 青禾镇（X01）");
    assert_eq!(
        places(&one.problems),
        [(3, "unit", "unknown_unit")],
        "the other one is still nobody's"
    );
    // Neither a code that is none nor a name that a unit has is overruled.
    let none = tried(&said("青河镇", "X77")).await;
    assert_eq!(none.problems.len(), 2);
    let mut both = said("青河镇", "X01");
    both.extend(said("水利局", "X02"));
    both.extend(said("X02", "X03"));
    let right = tried(&both).await;
    assert!(right.problems.is_empty(), "{:?}", right.problems);

    let seen = async |matches: UnitMatches| {
        let seen = SeenImport {
            plan: right.plan.clone(),
            is_checked: true,
            matches,
        };
        let file = ("figures.csv", file.clone().into());
        let report = apply_seen(&story.store, &story.act(), file, seen).await;
        report.expect("a report")
    };
    let other = seen(said("青河镇", "X01")).await;
    assert!(!other.applied, "another choice is another plan");
    assert!(seen(both).await.applied);
    let stored = rows(&story, FIGURE_ROWS).await;
    assert_eq!(stored, ["TZ X01 2026-07 1 7 ", "TZ X02 2026-07 1 1 "]);
}

/// Both villages of one name may stand in a list of people, and nothing would tell their people
/// apart.
#[tokio::test]
async fn people_of_two_units_with_one_name_are_asked_for_by_code() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let twins = "编码,名称,层级,上级\nV01,向阳村,village,X01\nV02,向阳村,village,X02\n";
    import(&story, "units.csv", twins).await;
    let groups = "赛季,组别,单位\n2026,村组,V01\n2026,村组,V02\n";
    import(&story, "groups.csv", groups).await;
    let said = UnitMatches::from([("向阳村".to_owned(), "V01".to_owned())]);
    let tried = async |name: &str, text: &str| {
        let file = (name, text.as_bytes());
        let report = roster::dry_run_by(&story.store, file, &said).await;
        let problems = report.expect("a report").problems.into_iter();
        problems
            .map(|one| (one.row, one.code, one.units.len()))
            .collect::<Vec<_>>()
    };
    let ambiguous = |row| (row, "ambiguous_name".to_owned(), 0);
    let teams = "赛季,单位,姓名,职务\n2026,向阳村,钟红,\n2026,向阳村,程平,\n";
    assert_eq!(
        tried("teams.csv", teams).await,
        [ambiguous(2), ambiguous(3)]
    );
    let people = "编码,姓名,单位,职务\nR1,钟红,向阳村,\n";
    assert_eq!(tried("people.csv", people).await, [ambiguous(2)]);
    // Here a second row of the same unit is a mistake that is seen.
    let figures = format!("{HEAD}2026,2026-07,TZ,向阳村,7\n");
    assert_eq!(tried("figures.csv", &figures).await, []);
}

#[tokio::test]
async fn the_largest_figure_goes_in_and_a_larger_one_is_named() {
    let place = Place::new();
    let story = story(&place).await;
    county(&story).await;
    let report = figures(&story, "2026,2026-07,TZ,X01,100000000000.1\n").await;
    assert_eq!(places(&report.problems), [(2, "value", "number_too_large")]);
    let largest = "2026,2026-07,TZ,X01,\"100,000,000,000\"\n";
    assert!(figures(&story, largest).await.applied);
    let stored = &rows(&story, FIGURE_ROWS).await[0];
    assert_eq!(stored, "TZ X01 2026-07 1 100000000000 ");
}
