//! Whose card it is, and what the unit has to answer: slips that nobody replied to (GY-18), and a
//! written plan (P6).

use super::{FieldMerit, FieldPlan, FieldState, FieldView};
use domain::ids::UnitId;
use domain::month::slip::SlipState;
use serde::{Deserialize, Serialize};

/// What waits for a unit's answer, or nothing; every list of this device's cards says it, and the
/// unit's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// What a device of an earlier build kept does not say whose it is.
    #[serde(default)]
    pub unit: Option<UnitId>,
    pub count: u32,
    /// The first last day among them, `2026-07-12`, or empty.
    #[serde(default)]
    pub until: String,
}

impl FieldView {
    /// What this unit, whose view it is, has to answer: slips that nobody replied to, and a written
    /// plan.
    #[must_use]
    pub fn owed(&self, unit: UnitId) -> Owed {
        let slips = self.slips.iter();
        let slips =
            slips.filter(|slip| matches!(slip.state, SlipState::Issued | SlipState::Overdue));
        let is_given = |plan: &&FieldPlan| self.merits.iter().any(|one| plan.is_given_by(one));
        // A unit whose deductions were all struck out has nothing to answer.
        let is_asked = |plan: &&FieldPlan| self.merits.iter().any(|one| plan.is_about(one));
        let plan = self.plan.as_ref().filter(is_asked);
        let plan = plan.filter(|plan| !is_given(plan));
        let due = slips.map(|slip| &slip.due);
        let due = due.chain(plan.map(|plan| &plan.until));
        Owed {
            unit: Some(unit),
            count: u32::try_from(due.clone().count()).unwrap_or(u32::MAX),
            until: due.min().cloned().unwrap_or_default(),
        }
    }
}

impl FieldMerit {
    #[must_use]
    pub fn is_deduction(&self) -> bool {
        self.points.starts_with('-')
    }
}

impl FieldPlan {
    /// A deduction of the month, which still stands.
    #[must_use]
    pub fn is_about(&self, merit: &FieldMerit) -> bool {
        let is_of_month = merit.day.starts_with(&self.period.to_string());
        is_of_month && merit.is_deduction() && merit.state == FieldState::Confirmed
    }

    /// A deduction of the month, answered since the list is out.
    #[must_use]
    pub fn is_given_by(&self, merit: &FieldMerit) -> bool {
        self.is_about(merit) && merit.replies.iter().any(|reply| self.since <= reply.day)
    }
}
