//! Entry points for fuzzing: each takes any bytes and must neither panic nor hang.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use khabar_record::Article;

use crate::error::PageError;
pub use crate::meta::fuzz::*;
use crate::{PageOptions, decode, guard, input};

/// Decodes bytes of any encoding.
pub fn decode_bytes(bytes: &[u8]) {
    let text = decode::decode(bytes);
    assert!(text.len() <= bytes.len().saturating_mul(4) + 4, "a decoded text has grown too much");
}

/// Prepares markup for the parser.
pub fn markup(bytes: &[u8]) {
    let text = decode::decode(bytes);
    let prepared = guard::prepare(&text, PageOptions::default().limits.max_depth);
    assert!(
        prepared.html.len() <= text.len().saturating_mul(6) + 64,
        "prepared markup has grown too much"
    );
}

/// Reads a page.
pub fn html(bytes: &[u8]) {
    check(&crate::read_html(bytes, "fuzz", &PageOptions::default()));
}

/// Reads a plain text, cleaned and as it is.
pub fn text(bytes: &[u8]) {
    check(&crate::read_text(bytes, "fuzz", &PageOptions::default()));
    let options = PageOptions { as_is: true, ..PageOptions::default() };
    check(&crate::read_text(bytes, "fuzz", &options));
}

/// Reads the lines of an NDJSON file.
pub fn ndjson(bytes: &[u8]) {
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if let Some(document) = input::parse_line(line) {
            check(&crate::read_document(&document, "fuzz", &PageOptions::default()));
        }
    }
}

/// Unpacks a gzip stream and reads what it holds.
pub fn gz(bytes: &[u8]) {
    const LIMIT: u64 = 4 << 20;
    let mut unpacked = Vec::new();
    // A broken stream still gives what came before the break.
    let _ = MultiGzDecoder::new(bytes).take(LIMIT).read_to_end(&mut unpacked);
    input::sniff_kind("fuzz.gz", &unpacked);
    text(&unpacked);
}

/// Holds an article against what everything behind the page step relies on.
fn check(result: &Result<Article, PageError>) {
    let Ok(article) = result else {
        return;
    };
    let text = &article.document.text;
    let mut end = 0;
    for block in &article.blocks {
        let range = block.range.start().to_usize()..block.range.end().to_usize();
        assert!(range.start >= end, "blocks overlap");
        assert!(text[end..range.start].trim().is_empty(), "text outside blocks");
        assert!(!text[range.clone()].trim().is_empty(), "an empty block");
        end = range.end;
    }
    assert!(text[end..].trim().is_empty(), "text after the last block");
    for furniture in &article.document.furniture {
        assert!(!furniture.text.trim().is_empty(), "empty furniture");
        if let Some(at) = furniture.at {
            assert!(
                at.start() == at.end() && text.is_char_boundary(at.start().to_usize()),
                "a place that is none"
            );
        }
    }
}
