//! The subcommands, one module each.

pub(crate) mod answers;
pub(crate) mod crossval;
pub(crate) mod eval;
pub(crate) mod events;
pub(crate) mod follow;
pub(crate) mod geonames;
mod learning;
pub(crate) mod names;
pub(crate) mod near_copies;
pub(crate) mod parse;
pub(crate) mod parties;
pub(crate) mod reading;
pub(crate) mod search;
pub(crate) mod statements;
pub(crate) mod store;
pub(crate) mod train;
