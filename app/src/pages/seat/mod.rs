//! The pad: claiming a seat, the judge's list, one contestant a view, the review, the records.
//! None of these pages is ever rendered on the server; they start from the offline shell.

mod card;
mod entry;
pub mod frame;
mod list;
mod list_row;
mod now;
mod own_order;
mod ready;
mod records;
mod review;
pub mod scope;
mod score_pad;
mod sealed;
mod seats;
mod standards;
pub mod words;
mod working;

pub use card::Card;
pub use entry::Entry;
pub use list::JudgeList;
pub use records::Records;
pub use review::Review;
pub use seats::Seats;
