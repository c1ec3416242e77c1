//! Who may read what of a season. It is a rule of today: it belongs to the season's charter as it
//! is now, holds for months that were posted long ago as well, and changes none of them. Talks are
//! not in it: they are for named roles, whatever a charter says (GY-19).

use serde::{Deserialize, Serialize};

/// Who may read a thing. Each is a wider circle than the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    #[default]
    Public,
    /// Whoever opened the season's link, and staff.
    Link,
    Staff,
}

/// Who may read a 提醒单 or 督办单.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlipAudience {
    /// Staff, and the unit that it went to, by its card.
    #[default]
    Unit,
    Staff,
}

/// What has an audience by a charter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// A posted month: its page, poster, flags, wall, picture, and its place in every list.
    Board,
    /// A unit's own page and picture, and its place in the search.
    Unit,
    /// The bulletin as a page and as files, with the press table and the flags' papers.
    Bulletin,
}

/// The audiences of a season.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AudienceRule {
    pub board: Audience,
    pub unit: Audience,
    pub bulletin: Audience,
    pub slips: SlipAudience,
}

impl Default for AudienceRule {
    fn default() -> Self {
        Self {
            board: Audience::Public,
            unit: Audience::Public,
            bulletin: Audience::Staff,
            slips: SlipAudience::Unit,
        }
    }
}

impl AudienceRule {
    #[must_use]
    pub fn of(self, surface: Surface) -> Audience {
        match surface {
            Surface::Board => self.board,
            Surface::Unit => self.unit,
            Surface::Bulletin => self.bulletin,
        }
    }

    /// Whether a link opens anything.
    #[must_use]
    pub fn has_link(self) -> bool {
        [self.board, self.unit, self.bulletin].contains(&Audience::Link)
    }

    /// What is wrong with it: the key below `audience`, and a code. A unit's page shows the places
    /// of its group, and a bulletin those of all, so neither is for more people than the board.
    pub(super) fn faults(self) -> Vec<(&'static str, &'static str)> {
        let others = [("unit", self.unit), ("bulletin", self.bulletin)];
        let wider = others.into_iter().filter(|(_, other)| *other < self.board);
        wider.map(|(key, _)| (key, "wider_than_board")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_charter_does_not_say_is_as_it_always_was() {
        let said: AudienceRule = serde_json::from_str(r#"{"slips":"staff"}"#).expect("a rule");
        let slips = SlipAudience::Staff;
        let expected = AudienceRule {
            slips,
            ..AudienceRule::default()
        };
        assert_eq!(said, expected);
        assert_eq!(said.of(Surface::Board), Audience::Public);
        assert_eq!(said.of(Surface::Bulletin), Audience::Staff);
        assert!(serde_json::from_str::<AudienceRule>(r#"{"talks":"public"}"#).is_err());
    }

    #[test]
    fn a_units_page_and_a_bulletin_are_for_no_more_people_than_the_board() {
        let rule = AudienceRule {
            board: Audience::Link,
            ..AudienceRule::default()
        };
        assert_eq!(rule.faults(), [("unit", "wider_than_board")]);
        let rule = AudienceRule {
            unit: Audience::Link,
            bulletin: Audience::Public,
            ..rule
        };
        assert_eq!(rule.faults(), [("bulletin", "wider_than_board")]);
    }
}
