//! Who comes in by a card but to no contest: inspectors who record merit points without network
//! (GY-16), and units that see their records and appeal. What their phones send lies in a log as it
//! came, and each draft counts once. Nobody's record counts before an account has confirmed it.

pub mod links;
mod take;
mod view;

pub use take::{carry, push};
pub use view::pull;
