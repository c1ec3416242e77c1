//! What the shell tells the outbox, and what the outbox tells the shell to do.

use crate::protocol::{
    Outcome, Problem, ProblemCode, PushRequest, PushResponse, RejectReason, Standing,
};
use crate::record::{NewOp, StoredOp};
use domain::ids::{ContestId, DeviceId, Millis, OpId, SeatId, Seq};
use serde::{Deserialize, Serialize};

/// Whose outbox it is. Each holder of a credential has a database and an outbox of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub contest: ContestId,
    pub seat: SeatId,
    pub device: DeviceId,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The answer to [`Effect::Load`]; `seen` are the own sheets of the cached view.
    Loaded {
        stored: Vec<StoredOp>,
        seen: Vec<(OpId, Ack)>,
    },
    LoadFailed(StoreFault),
    /// The judge sealed a sheet.
    Seal(NewOp),
    /// The answer to [`Effect::Record`]: it is on disk, strictly.
    Recorded(StoredOp),
    RecordFailed {
        op_id: OpId,
        fault: StoreFault,
    },
    /// A pull brought these own sheets back: the read-back of an acknowledgement (R10).
    Seen(Vec<(OpId, Ack)>),
    /// Another tab of this browser speaks.
    Elsewhere(TabNote),
    /// This tab won or lost the sender lock.
    Leading(bool),
    /// The answer to [`Effect::Send`].
    Replied {
        batch: u64,
        reply: Reply,
    },
    /// Another request or the live stream was answered, and names this server sequence.
    Heard {
        last_seq: Seq,
    },
    /// The pad has, or has not, heard from the host in the last seconds.
    Following(bool),
    Nudge(Nudge),
    /// There is a valid credential again.
    SignedIn,
    /// The judge asks to try an op again that needs attention or was not saved.
    Retry(OpId),
    /// The wake-up that was asked for.
    Tick,
}

/// Why it may be worth trying before the wait is over (R23).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// 立即上传. Also tries again after a sign-in or an update was asked for.
    Manual,
    /// The browser says it is online. It may be wrong.
    Online,
    /// The page is visible again.
    Visible,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read all records and the cached view, then report [`Event::Loaded`].
    Load,
    /// Number, encode, sign and write strictly. Then [`Event::Recorded`].
    Record(NewOp),
    /// The server has it and it was read back.
    Remove(OpId),
    /// Push, then report [`Event::Replied`] with its batch number.
    Send(PushRequest),
    /// Nobody waits for this batch any more; the request may be aborted.
    Abandon { batch: u64 },
    /// Report [`Event::Tick`] after this time. Each takes the place of the one before.
    Wake { after_ms: u64 },
    /// Tell the other tabs of this browser.
    Tell(TabNote),
}

/// What one tab tells the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TabNote {
    /// An op was put on disk.
    Recorded,
    Acked {
        op_id: OpId,
        ack: Ack,
    },
    /// An op needs attention.
    Stuck {
        op_id: OpId,
        attention: Attention,
    },
    #[serde(other)]
    Unknown,
}

/// The server's word that it holds an op.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// Server time.
    pub at: Millis,
    pub standing: Standing,
}

/// How a push ended, as the transport saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// 200 with a body of the right content type that reads as an answer.
    Answer(Box<PushResponse>),
    /// Another status; `problem` if the body is one of ours.
    Refused {
        status: u16,
        problem: Option<Problem>,
        retry_after_ms: Option<u64>,
    },
    /// 200 with anything else: a captive portal (D-22).
    NotOurs,
    /// No answer at all.
    Unreachable,
}

/// Why the disk did not take or give a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreFault {
    /// No room left (D-9).
    Quota,
    Unavailable,
    /// More than [`super::QUEUE_MAX`] unsent sheets.
    QueueFull,
}

/// Why an op stays on the phone until a person looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    Rejected(RejectReason),
    /// The server refused the request whenever it held this op, even alone.
    Refused(Option<ProblemCode>),
    TooLarge,
    /// The server gave an outcome that this build does not know.
    UnknownOutcome,
}

/// Why nothing is pushed at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    SignIn(Option<ProblemCode>),
    /// The server and this build do not speak the same protocol: please update.
    Update,
}

/// What an outcome means for the op.
pub(super) enum Verdict {
    Done(Ack),
    Stuck(Attention),
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Applied { at, standing, .. } | Outcome::Duplicate { at, standing, .. } => {
                Verdict::Done(Ack { at, standing })
            }
            Outcome::Rejected { reason } => Verdict::Stuck(Attention::Rejected(reason)),
            Outcome::Unknown => Verdict::Stuck(Attention::UnknownOutcome),
        }
    }
}
