//! What waits for a unit's answer (GY-18, P6), as every list of this device's cards says it.

use domain::ids::UnitId;
use serde_json::{Value, json};
use sync::protocol::{FieldMerit, FieldPlan, FieldView, Owed};
use uuid::Uuid;

fn merit(points: &str, day: &str, replied: Option<&str>) -> Value {
    let replies = replied.map(|day| json!({ "day": day, "words": "十日内装上护栏" }));
    json!({
        "id": "00000000-0000-0000-0000-000000000002",
        "unit": "00000000-0000-0000-0000-000000000001",
        "unit_name": "青禾镇",
        "points": points,
        "dimension": "责任落实",
        "reason": "河道有漂浮物",
        "day": day,
        "state": "confirmed",
        "replies": replies.into_iter().collect::<Vec<_>>(),
    })
}

fn slip(state: &str, due: &str) -> Value {
    json!({
        "id": "00000000-0000-0000-0000-000000000003",
        "rule": "提醒单",
        "year": 2026,
        "number": 1,
        "reason": "本月末位",
        "demand": "一周内清理河道",
        "due": due,
        "state": state,
    })
}

fn plan() -> Value {
    json!({ "period": "2026-07", "since": "2026-08-03", "until": "2026-11-01" })
}

/// How many, and by when.
fn owed(slips: &[Value], merits: &[Value], plan: &Value) -> (u32, String) {
    let view = json!({
        "season_name": "2026",
        "period": "2026-08",
        "today": "2026-08-10",
        "units": [],
        "slips": slips,
        "merits": merits,
        "plan": plan,
    });
    let view: FieldView = serde_json::from_value(view).expect("a view");
    let own = UnitId(Uuid::from_u128(1));
    let Owed { unit, count, until } = view.owed(own);
    assert_eq!(unit, Some(own));
    (count, until)
}

#[test]
fn slips_without_a_reply_are_owed_by_the_first_of_their_days() {
    let slips = [
        slip("issued", "2026-08-20"),
        slip("overdue", "2026-08-09"),
        slip("replied", "2026-08-01"),
        slip("closed", "2026-07-01"),
    ];
    let by = |count, until: &str| (count, until.to_owned());
    assert_eq!(owed(&slips, &[], &Value::Null), by(2, "2026-08-09"));
    assert_eq!(owed(&slips[2..], &[], &Value::Null), by(0, ""));
    let deduction = [merit("-1.5", "2026-07-12", None)];
    let with_plan = owed(&slips[..1], &deduction, &plan());
    assert_eq!(with_plan, by(2, "2026-08-20"), "the earlier of both days");
}

#[test]
fn a_plan_is_owed_until_a_deduction_of_the_month_is_answered_after_its_posting() {
    let one = (1, "2026-11-01".to_owned());
    let none = (0, String::new());
    let deduction = |replied| [merit("-1.5", "2026-07-12", replied)];
    assert_eq!(owed(&[], &deduction(None), &plan()), one);
    assert_eq!(owed(&[], &deduction(Some("2026-07-20")), &plan()), one);
    assert_eq!(owed(&[], &deduction(Some("2026-08-03")), &plan()), none);
    let [mut struck] = deduction(None);
    struck["state"] = json!("void");
    assert_eq!(
        owed(&[], &[struck], &plan()),
        none,
        "nothing is left to answer"
    );
}

#[test]
fn a_plan_is_about_deductions_of_the_month_that_still_stand() {
    let plan: FieldPlan = serde_json::from_value(plan()).expect("a plan");
    let read = |merit: Value| serde_json::from_value::<FieldMerit>(merit).expect("a merit");
    for (points, day, is_asked) in [
        ("-1.5", "2026-07-12", true),
        ("2", "2026-07-12", false),
        ("-1.5", "2026-08-12", false),
    ] {
        assert_eq!(
            plan.is_about(&read(merit(points, day, None))),
            is_asked,
            "{points} {day}"
        );
    }
    let mut struck = merit("-1.5", "2026-07-12", None);
    struck["state"] = json!("void");
    assert!(!plan.is_about(&read(struck)));
}

/// A device keeps what an earlier build wrote: the card stays on its list, and its outbox is sent.
#[test]
fn what_does_not_say_whose_it_is_can_be_read() {
    let kept = json!({ "count": 1, "until": "2026-08-20" });
    let kept: Owed = serde_json::from_value(kept).expect("what waits");
    assert_eq!((kept.unit, kept.count), (None, 1));
}
