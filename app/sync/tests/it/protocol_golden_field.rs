//! Golden files of what holders outside contests see and say. See `protocol_golden.rs`.

use crate::protocol_golden::{check, reads};
use crate::support::{id, new_op, op_id, stored};
use domain::ids::{IndicatorId, MeritId, Millis, SlipId, UnitId};
use domain::month::charter::Side;
use domain::month::slip::SlipState;
use sync::protocol::*;

fn unit() -> UnitId {
    UnitId(id(1))
}

fn record() -> FieldRecord {
    FieldRecord {
        unit: unit(),
        points: "-1.5".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "河道有漂浮物".to_owned(),
        day: "2026-07-12".to_owned(),
        spot: String::new(),
        draft: 7,
        photo: None,
        item: String::new(),
        document_no: String::new(),
    }
}

fn slip() -> FieldSlip {
    FieldSlip {
        id: SlipId(id(4)),
        rule: "提醒单".to_owned(),
        year: 2026,
        number: 3,
        reason: "7月末位".to_owned(),
        demand: "一周内清理河道".to_owned(),
        due: "2026-08-12".to_owned(),
        state: SlipState::Replied,
        replies: vec![FieldReply {
            day: "2026-08-05".to_owned(),
            words: "已派人清理".to_owned(),
        }],
    }
}

fn entry() -> FieldEntry {
    FieldEntry {
        period: "2026-07".parse().expect("a month"),
        until: "2026-08-18".to_owned(),
        indicators: vec![FieldIndicator {
            id: IndicatorId(id(5)),
            name: "投资".to_owned(),
            measure: "亿元".to_owned(),
            cells: vec![FieldCell {
                unit: unit(),
                value: "12.5".to_owned(),
                target: "20".to_owned(),
                earlier: "11".to_owned(),
            }],
        }],
        later: Vec::new(),
        is_over: false,
    }
}

/// So many values, each as long as a value gets.
fn figures(count: usize) -> FieldFigures {
    let figure = FieldFigure {
        unit: unit(),
        value: "-999999.999999".to_owned(),
        seen: "-999999.999999".to_owned(),
    };
    FieldFigures {
        indicator: IndicatorId(id(5)),
        period: "2026-07".parse().expect("a month"),
        figures: vec![figure; count],
        draft: 11,
    }
}

#[test]
fn as_many_figures_as_one_act_may_hold_fit_into_an_op() {
    let act = FieldAct::Figures(figures(FIGURES_MAX));
    let mut op = stored(new_op(1), 1).op.expect("readable");
    op.change = Change::Field(serde_json::to_string(&act).expect("JSON"));
    let bytes = serde_json::to_string(&op).expect("JSON").len();
    assert!(bytes <= OP_BYTES_MAX, "{bytes} bytes");
}

/// WZ-14: what is asked for once a quarter.
#[test]
fn a_department_sees_when_the_rest_is_asked_for() {
    let later = FieldLater {
        id: IndicatorId(id(6)),
        name: "就业".to_owned(),
        measure: "人".to_owned(),
        next: "2026-09".parse().expect("a month"),
    };
    let entry = FieldEntry {
        later: vec![later],
        indicators: Vec::new(),
        ..entry()
    };
    check("field_entry_later", &entry);
}

#[test]
fn a_plan_of_the_longest_fits_into_an_op() {
    // Twice escaped, a quotation mark takes more room than any other sign that may be typed.
    for sign in ["整", "\""] {
        let act = FieldAct::MeritReply {
            merit: MeritId(id(2)),
            words: sign.repeat(PLAN_MAX),
            draft: 12,
        };
        let mut op = stored(new_op(1), 1).op.expect("readable");
        op.change = Change::Field(serde_json::to_string(&act).expect("JSON"));
        let bytes = serde_json::to_string(&op).expect("JSON").len();
        assert!(bytes <= OP_BYTES_MAX, "{bytes} bytes");
    }
}

/// A record with everything that it may have had when it was released.
fn merit() -> FieldMerit {
    FieldMerit {
        id: MeritId(id(2)),
        op_id: Some(op_id(1)),
        unit: unit(),
        unit_name: "青禾镇".to_owned(),
        points: "-1.5".to_owned(),
        dimension: "责任落实".to_owned(),
        reason: "河道有漂浮物".to_owned(),
        day: "2026-07-12".to_owned(),
        state: FieldState::Void,
        decided: "照片属实".to_owned(),
        appeal_until: "2026-07-20".to_owned(),
        appeal: Some(Appeal {
            reason: "当天已清理".to_owned(),
            state: AppealState::Upheld,
            decided: "照片属实".to_owned(),
        }),
        photo: None,
        item: String::new(),
        document_no: String::new(),
        is_unlisted: false,
        replies: Vec::new(),
    }
}

fn view() -> FieldView {
    FieldView {
        season_name: "2026".to_owned(),
        period: "2026-07".parse().expect("a month"),
        today: "2026-07-12".to_owned(),
        units: vec![FieldUnit {
            id: unit(),
            name: "青禾镇".to_owned(),
            group: "乡镇组".to_owned(),
            initials: "qhz".to_owned(),
        }],
        dimensions: vec!["责任落实".to_owned()],
        merits: vec![merit()],
        appeal_days: 7,
        takes_photos: false,
        slips: vec![slip()],
        entry: Some(entry()),
        kept: vec![FieldKept {
            op_id: op_id(2),
            at: Millis(1_783_814_400_000),
            text: "{}".to_owned(),
            is_entered: false,
            decided: "电话核对过".to_owned(),
        }],
        has_spots: true,
        is_page_withheld: true,
        items: Vec::new(),
        items_only: false,
        plan: None,
        flags: Vec::new(),
        due: Vec::new(),
    }
}

#[test]
fn what_a_holder_sees() {
    check("field_view", &view());
    check("field_view_items", &with_items(view()));
    for (text, state) in [
        (r#""recorded""#, FieldState::Recorded),
        (r#""late""#, FieldState::Late),
        (r#""confirmed""#, FieldState::Confirmed),
        (r#""juggled""#, FieldState::Unknown),
    ] {
        reads(text, state);
    }
    reads(r#""juggled""#, AppealState::Unknown);
}

/// ES-3: what an inspector taps, and a record that was made so.
fn with_items(mut view: FieldView) -> FieldView {
    let item = |name: &str, points: &str, cap: &str| FieldItem {
        dimension: "责任落实".to_owned(),
        name: name.to_owned(),
        points: points.to_owned(),
        cap: cap.to_owned(),
        has_document: false,
    };
    view.items = vec![item("台账清楚", "1", ""), item("河道有垃圾", "-1.5", "3")];
    view.items_only = true;
    let mut merit = view.merits.remove(0);
    merit.item = "河道有垃圾".to_owned();
    FieldView {
        merits: vec![merit],
        units: Vec::new(),
        slips: Vec::new(),
        entry: None,
        kept: Vec::new(),
        ..view
    }
}

#[test]
fn a_record_keeps_the_item_that_was_tapped() {
    let tapped = FieldRecord {
        item: "河道有垃圾".to_owned(),
        ..record()
    };
    check("field_record_item", &FieldAct::Record(tapped));
}

/// XY-15.
#[test]
fn an_honour_bears_the_number_of_its_document() {
    let document_no = "云政发〔2026〕7号".to_owned();
    let item = FieldItem {
        dimension: "荣誉".to_owned(),
        name: "省级荣誉".to_owned(),
        points: "3".to_owned(),
        cap: "6".to_owned(),
        has_document: true,
    };
    let merit = FieldMerit {
        document_no: document_no.clone(),
        ..merit()
    };
    check("field_honour_item", &item);
    check("field_honour", &merit);
    let unlisted = FieldMerit {
        is_unlisted: true,
        ..merit
    };
    check("field_merit_unlisted", &unlisted);
    let record = FieldRecord {
        document_no,
        ..record()
    };
    check("field_record_honour", &FieldAct::Record(record));
}

#[test]
fn a_unit_answers_its_records_and_is_asked_for_a_plan() {
    let answered = FieldMerit {
        replies: vec![FieldReply {
            day: "2026-07-15".to_owned(),
            words: "十日内装上护栏".to_owned(),
        }],
        ..merit()
    };
    let asked = FieldView {
        merits: vec![answered],
        plan: Some(FieldPlan {
            period: "2026-06".parse().expect("a month"),
            since: "2026-07-10".to_owned(),
            until: "2026-10-08".to_owned(),
        }),
        ..view()
    };
    check("field_view_plan", &asked);
    let reply = FieldAct::MeritReply {
        merit: MeritId(id(2)),
        words: "十日内装上护栏".to_owned(),
        draft: 12,
    };
    assert_eq!(reply.draft(), 12);
    check("field_merit_reply", &reply);
}

#[test]
fn a_group_decides_about_its_flags() {
    let decision = |is_agreed, reason: &str| FlagDecision {
        is_agreed,
        reason: reason.to_owned(),
        who: "乡镇组管理员".to_owned(),
        at: Millis(1_783_814_400_000),
    };
    let flag = FieldFlag {
        name: "红旗".to_owned(),
        side: Side::Top,
        number: 1,
        from: None,
        to: Some("青禾镇".to_owned()),
        basis: vec![
            FlagBasis {
                unit: "青禾镇".to_owned(),
                rank: Some(1),
                score: Some("98.50".to_owned()),
            },
            FlagBasis {
                unit: "石桥乡".to_owned(),
                rank: None,
                score: None,
            },
        ],
    };
    let closed = FieldFlags {
        period: "2026-06".parse().expect("a month"),
        close: "1A2B-3C4D".to_owned(),
        flags: vec![flag],
        decision: Some(decision(true, "")),
        earlier: Some(decision(false, "数还在核")),
    };
    let seen = FieldView {
        flags: vec![closed],
        ..view()
    };
    check("field_view_flags", &seen);
    let act = FieldAct::DecideFlags {
        period: "2026-06".parse().expect("a month"),
        close: "1A2B-3C4D".to_owned(),
        is_agreed: false,
        reason: "数还在核".to_owned(),
        draft: 13,
    };
    assert_eq!(act.draft(), 13);
    check("field_decide_flags", &act);
}

#[test]
fn what_a_holder_says_travels_as_text_in_an_op() {
    let with_spot = FieldRecord {
        spot: "李家湾村口".to_owned(),
        ..record()
    };
    let acts = vec![
        FieldAct::Record(record()),
        FieldAct::Record(with_spot),
        FieldAct::Appeal {
            merit: MeritId(id(2)),
            reason: "当天已清理".to_owned(),
            draft: 8,
        },
        FieldAct::Reply {
            slip: SlipId(id(4)),
            words: "已派人清理".to_owned(),
            draft: 9,
        },
        FieldAct::Decide {
            merit: MeritId(id(2)),
            is_confirmed: false,
            reason: "地点不符".to_owned(),
            draft: 10,
        },
        FieldAct::Figures(figures(1)),
    ];
    check("field_acts", &acts);
    let text = serde_json::to_string(&acts[0]).expect("JSON");
    let mut op = stored(new_op(1), 1).op.expect("readable");
    op.change = Change::Field(text);
    check("op_field", &op);
    assert_eq!(op.check_envelope(), Ok(()));
    assert_eq!(op.check().err(), Some(OpFault::UnknownChange), "no sheet");
}

#[test]
fn a_record_names_the_photo_that_follows_it() {
    let photo = PhotoName {
        sha256: "5e".repeat(32),
        size: 204_800,
    };
    assert!(photo.is_sound());
    for unsound in [
        PhotoName {
            sha256: "5E".repeat(32),
            ..photo.clone()
        },
        PhotoName {
            size: 0,
            ..photo.clone()
        },
        PhotoName {
            size: 614_401,
            ..photo.clone()
        },
    ] {
        assert!(!unsound.is_sound(), "{unsound:?}");
    }
    let with_photo = FieldRecord {
        photo: Some(photo),
        ..record()
    };
    check("field_record_photo", &FieldAct::Record(with_photo));
    check("photo_states", &vec![PhotoState::Missing, PhotoState::Here]);
    reads(r#""juggled""#, PhotoState::Unknown);
}

#[test]
fn kinds_of_holders() {
    let kinds = vec![
        HolderKind::Inspector,
        HolderKind::Unit,
        HolderKind::Source,
        HolderKind::Confirmer,
    ];
    check("field_holders", &kinds);
    assert!(kinds.iter().all(HolderKind::is_field));
    assert!(
        ![HolderKind::Seat, HolderKind::Host]
            .iter()
            .any(HolderKind::is_field)
    );
}

#[test]
fn what_the_calendar_asks_of_a_holder_is_read_also_of_a_newer_server() {
    let day = |text: &str| text.parse().expect("a day");
    let duty = FieldDuty {
        rule: "周督查".to_owned(),
        what: FieldDutyKind::Inspect,
        span: domain::month::cadence::Span {
            from: day("2026-07-06"),
            to: day("2026-07-12"),
        },
        until: day("2026-07-12"),
    };
    let seen = FieldView {
        due: vec![duty],
        ..view()
    };
    check("field_view_due", &seen);
    reads("\"carry_flags\"", FieldDutyKind::Attend);
}
