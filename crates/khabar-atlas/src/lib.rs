//! The world that news speaks of: states, people, organisations, outlets and places, with their names in Arabic and
//! English, their codes and the dates between which they hold.
//!
//! The lists are data files in `data/` that a person can edit. They are written by the authors of khabar from general
//! knowledge; where a list comes from somewhere else, its header says so.

pub mod outlets;
mod states;

pub use states::{Name, NameKind, State, state, states};
