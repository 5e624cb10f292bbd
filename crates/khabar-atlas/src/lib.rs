//! The states, people, organisations and places that news speaks of.

pub mod outlets;
