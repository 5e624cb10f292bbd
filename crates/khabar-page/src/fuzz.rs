//! Entry points for fuzzing: each takes any bytes and must neither panic nor hang.

pub use crate::meta::fuzz::*;
use crate::{PageOptions, decode, guard};

/// Decodes bytes of any encoding.
pub fn decode_bytes(bytes: &[u8]) {
    let text = decode::decode(bytes);
    assert!(text.len() <= bytes.len().saturating_mul(4) + 4);
}

/// Prepares and reads a page.
pub fn html(bytes: &[u8]) {
    let options = PageOptions::default();
    drop(guard::prepare(&decode::decode(bytes), options.limits.max_depth));
    drop(crate::read_html(bytes, "fuzz", &options));
}

/// Reads a plain text.
pub fn text(bytes: &[u8]) {
    drop(crate::read_text(bytes, "fuzz", &PageOptions::default()));
}
