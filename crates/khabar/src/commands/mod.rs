//! One module a command.

pub(crate) mod parse;
pub(crate) mod read;
pub(crate) mod reference;
