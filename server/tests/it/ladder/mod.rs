//! The ladder through the real router (GY-18, GY-19): who may do what, and slips and talks from the
//! posted month to the closed document.

mod capabilities;
pub mod county;
mod duties;
mod matters;
mod plan;
mod slips;
mod talks;
