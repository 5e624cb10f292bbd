//! One module a command.

pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod claims;
pub(crate) mod export;
pub(crate) mod parse;
pub(crate) mod read;
pub(crate) mod reference;
pub(crate) mod reread;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod stories;
pub(crate) mod timeline;
pub(crate) mod who;
