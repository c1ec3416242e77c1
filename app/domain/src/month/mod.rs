//! The month (月): figures and merit points in, rankings, red and black list, flags and the ladder
//! out. Pure: what was published before comes in as [`Past`], nothing is remembered here.
//!
//! Read in this order: [`period`] which month, [`day`] which day, [`charter`] the season's rules as
//! data, [`item`] what it lists to be looked at, [`indicator`] one figure and its points,
//! [`ranking`] places inside a group, [`input`] and [`close`] the whole month, `follow` what
//! earlier months add to it, then what follows from it: [`pair`], [`board`], [`flag`], [`ladder`],
//! [`slip`]. [`season_months`] is how long a season goes, [`cadence`] its calendar, [`assessment`]
//! what several months come to, [`year`] the score that is made of it, [`outcome`] what they
//! propose, [`leader`] and [`pledge`] who answers for what, [`deadline`] how near a last day is,
//! [`audience`] who may read what, [`preset`] holds charters to begin from.

pub mod assessment;
pub mod audience;
pub mod board;
pub mod cadence;
pub mod charter;
pub mod close;
pub mod day;
pub mod deadline;
pub mod flag;
mod follow;
pub mod indicator;
pub mod input;
pub mod item;
pub mod ladder;
pub mod leader;
pub mod outcome;
pub mod pair;
pub mod period;
pub mod pledge;
pub mod preset;
pub mod ranking;
pub mod season_months;
pub mod slip;
pub mod year;

pub use charter::SeasonCharter;
pub use close::{MonthResult, UnitResult, close};
pub use day::Day;
pub use input::{Group, Member, Merit, MonthInput, Past};
pub use period::Period;
