//! What the page step took out of a text: kept for the record's sake, deflated, since it is as long as the text and nobody
//! searches it.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use khabar_record::{CodePointRange, Furniture};

/// The most bytes that a list may have; more is a damaged file.
const LIMIT: u64 = 512 << 20;

pub(crate) fn pack(furniture: &[Furniture<CodePointRange>]) -> Option<Vec<u8>> {
    if furniture.is_empty() {
        return None;
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(5));
    encoder.write_all(&serde_json::to_vec(furniture).ok()?).ok()?;
    encoder.finish().ok()
}

pub(crate) fn unpack(bytes: &[u8]) -> Option<Vec<Furniture<CodePointRange>>> {
    let mut json = Vec::new();
    DeflateDecoder::new(bytes).take(LIMIT).read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}
