//! Departments enter the figures of their own indicators, in a window; what does not fit waits for
//! an account, and nothing is overwritten unseen.

use super::item::set;
use super::{County, FieldAct, INDICATORS, card, op, standing, view};
use crate::pad::Pad;
use app::backend::{
    CalendarCommand, Capability, KeptFigures, KeptOp, KeptSaid, LinkCommand, LinkRow, MonthCommand,
};
use domain::ids::{IndicatorId, OpId};
use domain::month::Period;
use domain::month::preset::SeasonPreset;
use server::service::accounts;
use server::service::calendar;
use server::service::error::ServiceError;
use server::service::field::links;
use server::service::month;
use server::service::roster;
use sync::protocol::{
    FieldEntry, FieldFigure, FieldFigures, HolderKind, QuarantineReason, Standing,
};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
const OVERTAKEN: Standing = Standing::Quarantined {
    reason: QuarantineReason::Overtaken,
};
const OVER: Standing = Standing::Quarantined {
    reason: QuarantineReason::SealedAfterClose,
};

/// The card of 统计局; 交通局 has the other one.
async fn source(county: &County) -> LinkRow {
    county
        .links(LinkCommand::IssueSources {
            until: String::new(),
        })
        .await
        .expect("cards");
    let page = county.page().await;
    let of_sources = |link: &LinkRow| link.kind == HolderKind::Source;
    let links: Vec<_> = page.links.into_iter().filter(of_sources).collect();
    let holders: Vec<_> = links.iter().map(|link| link.holder.as_str()).collect();
    assert_eq!(holders, ["交通局", "统计局"]);
    assert!(page.sources_without == 0);
    links[1].clone()
}

async fn entry(county: &County, pad: &Pad) -> FieldEntry {
    view(county, pad)
        .await
        .entry
        .expect("what is to be entered")
}

fn figures(county: &County, to: &FieldEntry, cells: &[(usize, &str, &str)]) -> FieldFigures {
    let figure = |(unit, value, seen): &(usize, &str, &str)| FieldFigure {
        unit: county.units[*unit],
        value: (*value).to_owned(),
        seen: (*seen).to_owned(),
    };
    FieldFigures {
        indicator: to.indicators[0].id,
        period: to.period,
        figures: cells.iter().map(figure).collect(),
        draft: county.app.now().0,
    }
}

/// Each time a draft of its own.
async fn says(county: &County, pad: &mut Pad, figures: &FieldFigures) -> Standing {
    let figures = FieldFigures {
        draft: figures.draft + pad.sealed,
        ..figures.clone()
    };
    let op = op(pad, &FieldAct::Figures(figures));
    standing(pad.push_one(&county.app, &op).await)
}

async fn values(county: &County, pad: &Pad) -> Vec<String> {
    let entry = entry(county, pad).await;
    let cells = entry.indicators[0].cells.iter();
    cells.map(|cell| cell.value.clone()).collect()
}

async fn kept(county: &County) -> Vec<KeptOp> {
    county.page().await.kept
}

#[tokio::test]
async fn a_department_enters_its_own_indicators_and_each_change_is_a_revision() {
    let county = County::new().await;
    let mut pad = county.paired(&source(&county).await).await;
    let to = entry(&county, &pad).await;
    assert_eq!(to.indicators.len(), 1, "and not those of 交通局");
    assert_eq!(to.indicators[0].name, "投资");
    assert_eq!(to.period, county.period());
    let first = figures(&county, &to, &[(0, "12.50", ""), (1, "８", "")]);
    assert_eq!(says(&county, &mut pad, &first).await, Standing::Counted);
    assert_eq!(values(&county, &pad).await, ["12.5", "8"]);
    let second = figures(&county, &to, &[(1, "9", "8")]);
    assert_eq!(says(&county, &mut pad, &second).await, Standing::Counted);
    assert_eq!(values(&county, &pad).await, ["12.5", "9"]);
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let sql = "select count(*) as n, count(account_id) as by_account from figure";
    let row = tx.row(sql, &[]).await.expect("figures");
    assert_eq!(
        (row.u32("n").ok(), row.u32("by_account").ok()),
        (Some(3), Some(0))
    );
}

#[tokio::test]
async fn nothing_is_entered_that_is_not_the_departments_to_give() {
    let county = County::new().await;
    let mut pad = county.paired(&source(&county).await).await;
    let to = entry(&county, &pad).await;
    let right = figures(&county, &to, &[(0, "1", "")]);
    let other = FieldFigures {
        indicator: other_indicator(&county).await,
        ..right.clone()
    };
    let no_number = figures(&county, &to, &[(0, "1", ""), (1, "约一", "")]);
    let nothing = figures(&county, &to, &[]);
    let twice = figures(&county, &to, &[(0, "1", ""), (0, "2", "")]);
    let later = FieldFigures {
        period: to.period.next().expect("a month"),
        ..right.clone()
    };
    for wrong in [other, no_number, nothing, twice, later] {
        let standing = says(&county, &mut pad, &wrong).await;
        assert!(
            matches!(standing, Standing::Quarantined { .. }),
            "{wrong:?}"
        );
    }
    assert_eq!(
        values(&county, &pad).await,
        ["", ""],
        "all of an op or none"
    );
    assert_eq!(says(&county, &mut pad, &right).await, Standing::Counted);
}

/// GY-1: the phone shows the units that an indicator is asked of, and a value of another one waits.
#[tokio::test]
async fn a_department_is_asked_for_the_units_of_some_groups_only() {
    let county = County::new().await;
    let mut pad = county.paired(&source(&county).await).await;
    let all = entry(&county, &pad).await;
    assert_eq!(all.indicators[0].cells.len(), 2);
    county
        .import("groups.csv", "赛季,组别,单位\n2026,金融组,02\n")
        .await;
    let of_one = "赛季,编码,名称,计量单位,权重,方向,计分,数据来源,组别\n\
                  2026,TZ,投资,亿元,60,高,目标,统计局,金融组\n";
    county.import("indicators.csv", of_one).await;
    let to = entry(&county, &pad).await;
    let units: Vec<_> = to.indicators[0]
        .cells
        .iter()
        .map(|cell| cell.unit)
        .collect();
    assert_eq!(units, [county.units[1]]);
    let old = figures(&county, &all, &[(0, "1", ""), (1, "2", "")]);
    let waits = Standing::Quarantined {
        reason: QuarantineReason::Malformed,
    };
    assert_eq!(
        says(&county, &mut pad, &old).await,
        waits,
        "typed before it changed"
    );
    assert_eq!(values(&county, &pad).await, [""], "all of an op or none");
    let right = figures(&county, &to, &[(1, "2", "")]);
    assert_eq!(says(&county, &mut pad, &right).await, Standing::Counted);
    let of_both = &kept(&county).await[0];
    assert_eq!(saw(of_both), ["", "2"]);
}

async fn other_indicator(county: &County) -> IndicatorId {
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let sql = "select indicator_id from indicator where code = 'LD'";
    let row = tx.row(sql, &[]).await.expect("the indicator");
    row.id("indicator_id").expect("an id")
}

#[tokio::test]
async fn what_the_phone_had_not_seen_is_not_overwritten() {
    let county = County::new().await;
    let mut pad = county.paired(&source(&county).await).await;
    let to = entry(&county, &pad).await;
    county.figures(to.period, "5").await;
    let stale = figures(&county, &to, &[(0, "7", ""), (1, "7", "")]);
    assert_eq!(says(&county, &mut pad, &stale).await, OVERTAKEN);
    assert_eq!(
        values(&county, &pad).await,
        ["5", ""],
        "all of an op or none"
    );
    let waits = kept(&county).await;
    let KeptSaid::Figures(KeptFigures { rows, .. }) = &waits[0].said else {
        panic!("no values: {:?}", waits[0].said);
    };
    assert_eq!((rows[0].value.as_str(), rows[0].now.as_str()), ("7", "5"));
    let stale = LinkCommand::EnterKept {
        op: waits[0].op,
        saw: saw(&waits[0]),
        reason: "电话核对过".to_owned(),
    };
    county.figures(to.period, "6").await;
    let refused = county.links(stale).await;
    assert!(matches!(
        refused,
        Err(ServiceError::Conflict("figure_changed"))
    ));
    decide(&county, waits[0].op, true).await.expect("entered");
    assert_eq!(values(&county, &pad).await, ["7", "7"]);
    let twice = decide(&county, waits[0].op, false).await;
    assert!(matches!(twice, Err(ServiceError::Conflict("kept_decided"))));
    let seen = view(&county, &pad).await.kept;
    assert!(seen[0].is_entered && seen[0].decided == "电话核对过");
}

async fn decide(county: &County, op: OpId, is_entered: bool) -> Result<(), ServiceError> {
    let reason = "电话核对过".to_owned();
    let waits = kept(county).await;
    let one = waits.iter().find(|kept| kept.op == op).expect("a kept op");
    let command = match is_entered {
        true => LinkCommand::EnterKept {
            saw: saw(one),
            op,
            reason,
        },
        false => LinkCommand::LeaveKept { op, reason },
    };
    county.links(command).await
}

/// The values beside which the account decides.
fn saw(kept: &KeptOp) -> Vec<String> {
    kept.said.values_now()
}

#[tokio::test]
async fn after_the_window_an_account_decides() {
    let county = County::new().await;
    let link = source(&county).await;
    let mut pad = county.paired(&link).await;
    let to = entry(&county, &pad).await;
    let op = figures(&county, &to, &[(0, "3", "")]);
    let last_day: Period = to.until[..7].parse().expect("a month");
    assert_eq!(
        (last_day, &to.until[8..]),
        (to.period.next().expect("a month"), "03")
    );
    while app::when::day(county.app.now()) <= to.until {
        assert_eq!(says(&county, &mut pad, &op).await, Standing::Counted);
        county.app.clock.advance(DAY_MS);
    }
    let late = figures(&county, &to, &[(0, "4", "3")]);
    assert_eq!(says(&county, &mut pad, &late).await, OVER);
    assert_eq!(values_of(&county, to.period).await, ["3"]);
    let op = kept(&county).await[0].op;
    decide(&county, op, false).await.expect("left out");
    assert_eq!(values_of(&county, to.period).await, ["3"]);
    county
        .links(LinkCommand::SetEntryDay { day: 28 })
        .await
        .expect("a later day");
    let again = figures(&county, &to, &[(0, "4", "3")]);
    assert_eq!(says(&county, &mut pad, &again).await, Standing::Counted);
    assert_eq!(values_of(&county, to.period).await, ["3", "4"]);
    for day in [0, 29, 31] {
        let refused = county.links(LinkCommand::SetEntryDay { day }).await;
        let Err(ServiceError::Invalid(faults)) = refused else {
            panic!("{day} was taken");
        };
        assert_eq!(faults[0].message, "entry_day", "with words of its own");
    }
}

async fn values_of(county: &County, period: Period) -> Vec<String> {
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let sql = "select value from figure where period = $1 order by revision";
    let rows = tx.rows(sql, &[period.to_string().into()]).await;
    let rows = rows.expect("figures");
    rows.iter()
        .map(|row| row.text("value").expect("a value"))
        .collect()
}

#[tokio::test]
async fn a_card_that_was_taken_back_enters_nothing_and_loses_nothing() {
    let county = County::new().await;
    let link = source(&county).await;
    let mut pad = Pad::pair(&county.app, &card(&link)).await;
    let to = entry(&county, &pad).await;
    let op = figures(&county, &to, &[(0, "3", "")]);
    county
        .links(LinkCommand::Withdraw { link: link.id })
        .await
        .expect("taken back");
    let late = says(&county, &mut pad, &op).await;
    let reason = QuarantineReason::CredentialReplaced;
    assert_eq!(late, Standing::Quarantined { reason });
    assert!(values_of(&county, to.period).await.is_empty());
    let op = kept(&county).await[0].op;
    let store = &county.app.state.store;
    let allowed = accounts::allow(store, "second", &[Capability::Confirm]).await;
    allowed.expect("no more than that");
    let command = LinkCommand::EnterKept {
        op,
        saw: vec![String::new()],
        reason: "电话核对过".to_owned(),
    };
    let act = county.app.act(county.second);
    let refused = links::command(store, &act, county.season, command).await;
    assert!(
        matches!(refused, Err(ServiceError::Lacks { .. })),
        "{refused:?}"
    );
    decide(&county, op, true).await.expect("entered");
    assert_eq!(values_of(&county, to.period).await, ["3"]);
}

/// The phone asks about a value by the same rule as the import: the same month of last year, which
/// lies in another season, or else the newest of this year. What was taken back is not there.
#[tokio::test]
async fn a_phone_shows_what_a_value_is_held_against_and_nothing_that_was_taken_back() {
    let county = County::new().await;
    let pad = county.paired(&source(&county).await).await;
    let period = county.period();
    let cell = async || {
        let cell = entry(&county, &pad).await.indicators[0].cells[0].clone();
        (cell.value, cell.earlier)
    };
    let texts = |value: &str, earlier: &str| (value.to_owned(), earlier.to_owned());
    county.figures(period, "12").await;
    // The month right before would be the one to enter.
    let before = period.previous().and_then(Period::previous);
    let before = before.expect("a month");
    assert_eq!(
        before.year(),
        period.year(),
        "the clock stands later in the year"
    );
    county.figures(before, "11").await;
    assert_eq!(cell().await, texts("12", "11"));
    county.figures(period, "清空").await;
    assert_eq!(cell().await, texts("", "11"));

    let last_year = period.year_before().expect("a month");
    county
        .import("groups.csv", "赛季,组别,单位\n2025,镇组,01\n")
        .await;
    let mut indicators = INDICATORS.replace("2026,", "2025,");
    county.import("indicators.csv", &indicators).await;
    let text = format!("赛季,月份,指标,单位,完成值\n2025,{last_year},TZ,01,9\n");
    county.import("figures.csv", &text).await;
    assert_eq!(cell().await, texts("", "9"));
    // Another measure is another indicator.
    indicators = indicators.replace("亿元", "万元");
    county.import("indicators.csv", &indicators).await;
    assert_eq!(cell().await, texts("", "11"));
}

/// WZ-14: an indicator that is asked for once a quarter is none of the months between.
#[tokio::test]
async fn a_quarterly_indicator_is_asked_for_in_its_month_alone() {
    let county = County::new().await;
    let quarterly = INDICATORS.replacen("数据来源\n", "数据来源,频次\n", 1);
    let quarterly = quarterly
        .replace("统计局\n", "统计局,季\n")
        .replace("交通局\n", "交通局,月\n");
    county.import("indicators.csv", &quarterly).await;
    let pad = county.paired(&source(&county).await).await;
    let to = entry(&county, &pad).await;
    assert_eq!(to.period.to_string(), "2026-11");
    assert!(to.indicators.is_empty(), "{to:?}");
    let [later] = to.later.as_slice() else {
        panic!("one indicator, not {:?}", to.later);
    };
    assert_eq!(
        (later.name.as_str(), later.measure.as_str()),
        ("投资", "亿元")
    );
    assert_eq!(later.next.to_string(), "2026-12");
    // In January nobody has closed December yet.
    county.app.clock.advance(75 * DAY_MS);
    let to = entry(&county, &pad).await;
    assert_eq!(to.period.to_string(), "2026-12");
    assert_eq!((to.indicators.len(), to.later.len()), (1, 0));
}

/// GY-3: a department is asked for the months of its season, and for no other.
#[tokio::test]
async fn a_department_is_asked_for_the_months_of_its_season() {
    let county = County::new().await;
    let mut pad = county.paired(&source(&county).await).await;
    let november = entry(&county, &pad).await;
    let months = CalendarCommand::SetMonths {
        from: "2026-12".to_owned(),
        to: "2027-01".to_owned(),
        reason: "从十二月起".to_owned(),
    };
    let (store, act) = (&county.app.state.store, county.app.act(county.account));
    let said = calendar::command(store, &act, county.season, months).await;
    said.expect("the season's months");

    let to = entry(&county, &pad).await;
    assert_eq!(to.period.to_string(), "2026-11");
    assert!(to.indicators.is_empty() && !to.is_over, "{to:?}");
    assert_eq!(to.later[0].next.to_string(), "2026-12");
    // What a phone typed before it knew waits for an account.
    let typed = figures(&county, &november, &[(0, "12", "")]);
    assert_eq!(says(&county, &mut pad, &typed).await, OVER);

    county.app.clock.advance(75 * DAY_MS);
    let to = entry(&county, &pad).await;
    assert_eq!(to.period.to_string(), "2026-12");
    assert_eq!(to.indicators.len(), 1);
    county.app.clock.advance(60 * DAY_MS);
    let to = entry(&county, &pad).await;
    assert_eq!(
        to.period.to_string(),
        "2027-01",
        "the last one stays asked for"
    );
    let close = MonthCommand::Close {
        reason: "一个数也没有报来".to_owned(),
    };
    let closed = month::command(store, &act, (county.season, to.period), close).await;
    closed.expect("closed");
    let to = entry(&county, &pad).await;
    assert!(to.is_over && to.indicators.is_empty(), "{to:?}");
    assert!(to.named(november.indicators[0].id).is_some());
}

/// P5: of months that are posted two by two, the second one is asked for, whatever was imported of
/// the first.
#[tokio::test]
async fn a_department_is_not_asked_for_a_month_that_is_never_posted() {
    let county = County::new().await;
    set(&county, |charter| {
        charter.cadence = SeasonPreset::Jingzhou.charter().cadence;
    })
    .await;
    let mut pad = county.paired(&source(&county).await).await;
    // It is November.
    let to = entry(&county, &pad).await;
    assert_eq!(to.period.to_string(), "2026-12");
    let november = FieldFigures {
        period: "2026-11".parse().expect("a month"),
        ..figures(&county, &to, &[(0, "12", "")])
    };
    says(&county, &mut pad, &november).await;
    for (days, expected) in [(40, "2026-12"), (31, "2026-12"), (31, "2027-02")] {
        county.app.clock.advance(days * DAY_MS);
        let to = entry(&county, &pad).await;
        assert_eq!(to.period.to_string(), expected);
        if expected == "2026-12" && days == 31 {
            let store = &county.app.state.store;
            let act = county.app.act(county.account);
            let close = MonthCommand::Close {
                reason: "一个数也没有报来".to_owned(),
            };
            let closed = month::command(store, &act, (county.season, to.period), close).await;
            closed.expect("closed");
        }
    }
    let (store, now) = (&county.app.state.store, county.app.now());
    let offered = roster::months_to_fill(store, now).await.expect("months");
    let offered: Vec<_> = offered.iter().map(|one| one.period.to_string()).collect();
    assert_eq!(offered, ["2027-02"]);
}

/// Phones give values alone: what else the import gave of the month goes on into each revision.
#[tokio::test]
async fn a_phones_revision_keeps_the_targets_and_the_checkpoint_of_its_month() {
    let county = County::new().await;
    // The second of February, when January is on.
    county.app.clock.advance(93 * DAY_MS);
    let mut pad = county.paired(&source(&county).await).await;
    let head = "赛季,月份,指标,单位,完成值,目标值,抬高目标,季度目标\n";
    let row = "2026,2027-01,TZ,01,,100,120,30\n";
    county.import("figures.csv", &format!("{head}{row}")).await;
    let to = entry(&county, &pad).await;
    assert_eq!(to.period.to_string(), "2027-01");
    let said = figures(&county, &to, &[(0, "9", "")]);
    assert_eq!(says(&county, &mut pad, &said).await, Standing::Counted);
    let mut tx = county.app.state.store.read().await.expect("a reader");
    let newest = "select * from figure order by revision desc limit 1";
    let row = tx.row(newest, &[]).await.expect("a figure");
    let columns = ["value", "target", "raised", "checkpoint"];
    let texts = columns.map(|column| row.text(column).expect("a text"));
    assert_eq!(texts, ["9", "100", "120", "30"]);
}

/// A phone of an earlier build took a percent sign away; what it says is read as an import is.
#[tokio::test]
async fn a_percent_sign_is_taken_in_of_what_is_measured_in_percent_alone() {
    let county = County::new().await;
    let mut pad = county.paired(&source(&county).await).await;
    let to = entry(&county, &pad).await;
    let percent = figures(&county, &to, &[(0, "12.5%", "")]);
    assert_eq!(says(&county, &mut pad, &percent).await, super::MALFORMED);
    let measured = figures(&county, &to, &[(0, "12.5亿元", "")]);
    assert_eq!(says(&county, &mut pad, &measured).await, super::MALFORMED);
    assert_eq!(values(&county, &pad).await, ["", ""]);
    county
        .import("indicators.csv", &INDICATORS.replace("亿元", "%"))
        .await;
    assert_eq!(says(&county, &mut pad, &percent).await, Standing::Counted);
    assert_eq!(values(&county, &pad).await, ["12.5", ""]);
}
