//! `POST /api/v1/pair`: a card and its digits become a device's credential. Opening a card's link
//! changes nothing; only this request does, and a seat that is taken needs an explicit 接管 (R6).

use domain::ids::{CardId, ContestId, CredentialId, DeviceId, Millis, SeatId};
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairRequest {
    pub protocol: u32,
    pub card: CardId,
    /// From the link's fragment.
    pub secret: String,
    /// The four digits under the fold of the card.
    pub digits: String,
    /// Made at random in this holder's IndexedDB.
    pub device: DeviceId,
    /// The person confirmed on this device that the other one loses the seat.
    #[serde(default)]
    pub takeover: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairResponse {
    pub protocol: u32,
    pub credential: CredentialId,
    /// Goes as `Authorization: Bearer …` with push and pull.
    pub token: String,
    pub seat_key: SeatKey,
    /// Whose the credential is; a phone that was never told of hosts holds a seat.
    #[serde(default, skip_serializing_if = "HolderKind::is_seat")]
    pub kind: HolderKind,
    /// Nil for a host, who has none; outside contests its link.
    pub seat: SeatId,
    /// Nil outside contests.
    pub contest: ContestId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contest_title: String,
    pub expires_at: Millis,
    pub server_time: Millis,
    /// The device that lost the seat, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<DeviceId>,
}

/// What a card, and so a credential, is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolderKind {
    #[default]
    Seat,
    /// 主持: the running order and the gates.
    Host,
    /// 检查员: records merit points in the field (GY-16).
    Inspector,
    /// 单位: sees its own records and slips, appeals and replies.
    Unit,
    /// 数据部门: enters the figures of its own indicators.
    Source,
    /// 确认人: looks at records, of all units or of one group.
    Confirmer,
    #[serde(other)]
    Unknown,
}

impl HolderKind {
    pub fn is_seat(&self) -> bool {
        *self == Self::Seat
    }

    /// Works with a season instead of a contest, through the same outbox.
    pub fn is_field(&self) -> bool {
        matches!(
            self,
            Self::Inspector | Self::Unit | Self::Source | Self::Confirmer
        )
    }
}

/// 32 random bytes in hex, with which this device seals its ops.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SeatKey(pub String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairRefusal {
    /// The link or the digits are wrong; `left` tries remain until the card locks.
    WrongDigits {
        left: u32,
    },
    /// Five wrong tries: the organiser unlocks it.
    Locked,
    /// The card was withdrawn or re-issued.
    Withdrawn,
    /// Another device holds the seat: ask, then pair again with `takeover`.
    Taken {
        paired_at: Millis,
        #[serde(default)]
        last_seen: Option<Millis>,
    },
    /// No such card, or a wrong secret.
    UnknownCard,
    ContestOver,
    Protocol {
        min_protocol: u32,
    },
    #[serde(other)]
    Unknown,
}

// Secrets never reach a log by way of a derived `Debug`.
impl fmt::Debug for PairRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PairRequest")
            .field("card", &self.card)
            .field("device", &self.device)
            .field("takeover", &self.takeover)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PairResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PairResponse")
            .field("credential", &self.credential)
            .field("kind", &self.kind)
            .field("seat", &self.seat)
            .field("contest", &self.contest)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SeatKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SeatKey(…)")
    }
}
