//! Ids are types: two of them in one signature cannot be mixed up. They are made outside, never
//! here.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A county (县): the tenant. Every table carries it.
    CountyId,
    /// A unit (单位) of the tree county -> township -> village -> group.
    UnitId,
    /// A person on the roster.
    PersonId,
    /// A staff account.
    AccountId,
    /// One contest (一期擂台赛).
    ContestId,
    /// One contestant of a contest (参赛者).
    EntryId,
    /// A place on the panel (席位).
    SeatId,
    /// A seat card (席卡), or a host's.
    CardId,
    /// A paired device's credential.
    CredentialId,
    /// A device, made at random in its IndexedDB when it pairs.
    DeviceId,
    /// One sheet (评分表): the marks of one seat for one entry and attempt.
    SheetId,
    /// One operation of a device's outbox.
    OpId,
    /// A season of months (赛季).
    SeasonId,
    /// One indicator (指标) of a season.
    IndicatorId,
    /// One record of merit points (加减分).
    MeritId,
    /// A holder of a card outside contests (岗位): an inspector or a unit.
    LinkId,
    /// An issued slip (提醒单, 督办单) or talk (约谈).
    SlipId,
    /// A leader who answers for units in a season (领导包保).
    LeaderId,
    /// An item of a worklist (清单).
    WorkId,
    /// What a unit signed to reach (军令状).
    PledgeId,
}

/// Milliseconds since 1970-01-01 UTC.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Millis(pub u64);

/// The server's sequence number of an event. Order rests on it alone, never on a time.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Seq(pub u64);
