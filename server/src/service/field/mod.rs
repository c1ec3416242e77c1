//! Who comes in by a card but to no contest: inspectors who record merit points without network
//! (GY-16), confirmers who look at them, departments that enter figures, units that see their own,
//! appeal and reply. What their phones send lies in a log as it came, and each draft counts once.
//! Nobody's record counts before somebody else has confirmed it. Read in this order: [`links`] the
//! cards, [`view`] what a phone sees, [`take`] what it brings, [`kept`] what could not be entered,
//! [`photo`] what follows a record.

mod kept;
pub mod links;
mod period;
pub mod photo;
mod take;
mod view;
mod without;

pub(super) use kept::count as kept_count;
pub use take::{carry, push};
pub use view::pull;
