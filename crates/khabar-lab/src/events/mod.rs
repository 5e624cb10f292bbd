//! Training the model of events: which sense a trigger has, and whether it is an event at all.

pub(crate) mod data;
pub(crate) mod parties;
mod table;
pub(crate) mod train;
pub(crate) mod weigh;
