//! What the phone and the server say to each other, and the phone's outbox. No IO and no clock:
//! every machine here is told what happened and answers with what to do.

pub mod posted;
pub mod protocol;
