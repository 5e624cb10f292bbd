//! The subcommands, one module each.

pub(crate) mod crossval;
pub(crate) mod eval;
pub(crate) mod parse;
pub(crate) mod train;
