//! What the phone and the server say to each other, and the phone's outbox. No IO and no clock:
//! every machine here is told what happened and answers with what to do.
//!
//! Reading order: [`protocol`] (every durable shape), [`record`] (what lies on the phone's disk),
//! [`outbox`] (the machine that brings it to the server), [`driver`] (the loop that turns it),
//! then what the judge sees: [`draft`], [`offline_mode`], [`overlay`].

pub mod posted;
pub mod posted_month;
pub mod protocol;

pub mod backoff;
pub mod driver;
pub mod outbox;
pub mod record;
pub mod typed;

pub mod draft;
pub mod offline_mode;
pub mod overlay;
