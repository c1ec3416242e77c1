//! Golden files of what holders outside contests see and say. See `protocol_golden.rs`.

use crate::protocol_golden::{check, reads};
use crate::support::{id, new_op, op_id, stored};
use domain::ids::{MeritId, UnitId};
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
        draft: 7,
    }
}

#[test]
fn what_a_holder_sees() {
    let merit = FieldMerit {
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
    };
    let view = FieldView {
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
        merits: vec![merit],
        appeal_days: 7,
    };
    check("field_view", &view);
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

#[test]
fn what_a_holder_says_travels_as_text_in_an_op() {
    let acts = vec![
        FieldAct::Record(record()),
        FieldAct::Appeal {
            merit: MeritId(id(2)),
            reason: "当天已清理".to_owned(),
            draft: 8,
        },
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
fn kinds_of_holders() {
    let kinds = vec![HolderKind::Inspector, HolderKind::Unit];
    check("field_holders", &kinds);
    assert!(kinds.iter().all(HolderKind::is_field));
    assert!(
        ![HolderKind::Seat, HolderKind::Host]
            .iter()
            .any(HolderKind::is_field)
    );
}
