//! What could not be entered, as 岗位卡 shows it: in words, from whom, when it was sealed and when it
//! came, and as bytes only where nobody can read it.

use super::{County, FieldAct, appeal, op, op_of, recorded, standing};
use crate::pad::Pad;
use app::backend::{KeptFigure, KeptFigures, KeptOp, KeptRecord, KeptSaid, LinkCommand};
use domain::ids::{IndicatorId, MeritId, Millis, SlipId, UnitId};
use sync::protocol::{
    FieldFigure, FieldFigures, FieldRecord, HandOver, HolderKind, Op, QuarantineReason, Standing,
};
use uuid::Uuid;

const MINUTE_MS: u64 = 60 * 1_000;

/// An op that is kept and not entered.
async fn is_kept(county: &County, pad: &mut Pad, op: &Op) {
    let standing = standing(pad.push_one(&county.app, op).await);
    assert!(
        matches!(standing, Standing::Quarantined { .. }),
        "{standing:?}"
    );
}

async fn newest(county: &County) -> KeptOp {
    county.page().await.kept.remove(0)
}

/// 岗位卡 as staff read it.
async fn shown(county: &County) -> String {
    county.shown(&app::paths::links(county.season)).await
}

#[tokio::test]
async fn a_record_is_read_by_its_unit_its_points_and_both_its_times() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    let too_much = FieldRecord {
        spot: "李家湾村口".to_owned(),
        day: "2026-07-12".to_owned(),
        item: "河道有垃圾".to_owned(),
        ..county.record(0, "-1000")
    };
    let mut late = op(&mut pad, &FieldAct::Record(too_much));
    late.recorded_at = Millis(county.app.now().0 - 90 * MINUTE_MS);
    is_kept(&county, &mut pad, &late).await;
    let kept = newest(&county).await;
    assert_eq!(
        kept.said,
        KeptSaid::Record(KeptRecord {
            unit: Some("青禾镇".to_owned()),
            points: "-1000".to_owned(),
            dimension: "责任落实".to_owned(),
            item: "河道有垃圾".to_owned(),
            document_no: String::new(),
            reason: "河道有漂浮物，约二十米".to_owned(),
            day: "2026-07-12".to_owned(),
            spot: "李家湾村口".to_owned(),
        })
    );
    assert_eq!(
        (kept.holder.as_str(), kept.kind, kept.is_carried),
        ("第一检查组", HolderKind::Inspector, false)
    );
    assert_eq!(kept.sealed_at, Some(late.recorded_at));
    assert_eq!(kept.at, county.app.now());
    assert!(!kept.said.may_be_entered(), "it is recorded anew instead");

    let page = shown(&county).await;
    for words in [
        "记一笔",
        "第一检查组（检查员）",
        "青禾镇 -1000",
        "河道有垃圾",
        "7月12日（算2026年7月的）",
        "检查员提议列为黑点：李家湾村口",
        &app::format::moment(app::text::Lang::Zh, late.recorded_at),
        &app::format::moment(app::text::Lang::Zh, kept.at),
    ] {
        assert!(page.contains(words), "{words}");
    }
    for bytes in ["device_seq", "&quot;points", "看原文", "走快了"] {
        assert!(!page.contains(bytes), "{bytes}");
    }
}

#[tokio::test]
async fn an_appeal_and_a_decision_name_the_record_that_they_are_about() {
    let county = County::new().await;
    let (mut own, mut other, merit) = recorded(&county).await;
    // Nobody appeals against a record about somebody else.
    let foreign = op(&mut other, &appeal(merit, 1));
    is_kept(&county, &mut other, &foreign).await;
    let kept = newest(&county).await;
    let KeptSaid::Appeal {
        about: Some(about),
        reason,
    } = &kept.said
    else {
        panic!("{:?}", kept.said);
    };
    assert_eq!(about.unit.as_deref(), Some("青禾镇"));
    assert_eq!(
        (about.points.as_str(), kept.holder.as_str()),
        ("-1", "石桥乡")
    );
    assert_eq!(reason, "当天已清理，有照片存档");

    let nowhere = FieldAct::Decide {
        merit: MeritId(Uuid::from_u128(9)),
        is_confirmed: false,
        reason: "地点不符".to_owned(),
        draft: 2,
    };
    let nowhere = op(&mut own, &nowhere);
    is_kept(&county, &mut own, &nowhere).await;
    let gone = KeptSaid::Decide {
        about: None,
        is_confirmed: false,
        reason: "地点不符".to_owned(),
    };
    assert_eq!(newest(&county).await.said, gone);
    let page = shown(&county).await;
    for words in [
        "对这一笔：青禾镇 −1，责任落实",
        "写的是：当天已清理，有照片存档",
        "所指的那一笔，本赛季里没有。",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_reply_to_a_slip_that_is_not_there_can_only_be_left() {
    let county = County::new().await;
    let (mut own, _, _) = recorded(&county).await;
    let reply = FieldAct::Reply {
        slip: SlipId(Uuid::from_u128(9)),
        words: "已派人清理".to_owned(),
        draft: 1,
    };
    let reply = op(&mut own, &reply);
    is_kept(&county, &mut own, &reply).await;
    let kept = newest(&county).await;
    assert!(!kept.said.may_be_entered());
    let enter = LinkCommand::EnterKept {
        op: kept.op,
        saw: Vec::new(),
        reason: "电话核对过".to_owned(),
    };
    assert!(county.links(enter).await.is_err());
    let page = shown(&county).await;
    assert!(page.contains("写的是：已派人清理"));
    assert!(page.contains("所指的单子，本赛季里没有。"));
    assert!(!page.contains(">作为例外入账"));
}

#[tokio::test]
async fn values_of_what_is_not_there_are_read_and_not_entered() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    let figure = |unit, value: &str| FieldFigure {
        unit,
        value: value.to_owned(),
        seen: String::new(),
    };
    let figures = FieldFigures {
        indicator: IndicatorId(Uuid::from_u128(9)),
        period: county.period(),
        figures: vec![
            figure(county.units[0], "-3"),
            figure(UnitId(Uuid::from_u128(9)), "4"),
        ],
        draft: 1,
    };
    let figures = op(&mut pad, &FieldAct::Figures(figures));
    is_kept(&county, &mut pad, &figures).await;
    let row = |unit: Option<&str>, value: &str| KeptFigure {
        unit: unit.map(str::to_owned),
        value: value.to_owned(),
        now: String::new(),
    };
    let kept = newest(&county).await;
    let values = KeptSaid::Figures(KeptFigures {
        indicator: None,
        period: county.period(),
        rows: vec![row(Some("青禾镇"), "-3"), row(None, "4")],
    });
    assert_eq!(kept.said, values);
    assert!(!kept.said.may_be_entered());
    let page = shown(&county).await;
    for words in [
        "指标表里没有的指标",
        "青禾镇：−3（现在是 空）",
        "名单里没有的单位：4",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[tokio::test]
async fn what_nobody_can_read_lies_behind_a_fold_as_it_came() {
    let county = County::new().await;
    let mut pad = county.paired(&county.inspector().await).await;
    let mut newer = op_of(&mut pad, "{\"juggle\":7}".to_owned());
    // The phone's clock is an hour ahead, and staff brought the file.
    newer.recorded_at = Millis(county.app.now().0 + 60 * MINUTE_MS);
    let file = HandOver::new(pad.contest, pad.seat, pad.device, vec![pad.sign(&newer)]);
    let bytes = serde_json::to_vec(&file).expect("JSON");
    let (store, now) = (&county.app.state.store, county.app.now());
    let brought = server::service::sync::import_hand_over(store, county.account, &bytes, now).await;
    brought.expect("imported");
    let kept = newest(&county).await;
    assert_eq!(kept.reason, QuarantineReason::Malformed);
    assert!(kept.is_carried);
    let KeptSaid::Unread(body) = &kept.said else {
        panic!("read: {:?}", kept.said);
    };
    assert_eq!(serde_json::from_str::<Op>(body).expect("as it came"), newer);
    let page = shown(&county).await;
    for words in [
        "读不出来的一条",
        ">看原文<",
        "juggle",
        "手机的钟走快了，以收到的时间为准。",
        "由工作人员用文件带来。",
    ] {
        assert!(page.contains(words), "{words}");
    }
}
