//! The tests of `sync` from outside: rules by name, golden wire shapes, the simulator.

mod bench;
mod driver;
mod outbox_faults;
mod outbox_rules;
mod overlay;
mod owed;
mod posted_golden;
mod protocol_golden;
mod protocol_golden_field;
mod protocol_golden_host;
mod protocol_golden_seat;
mod push_answer;
mod simulation;
mod support;
