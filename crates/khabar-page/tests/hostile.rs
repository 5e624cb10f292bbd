//! No input may panic, hang, or overflow the stack.

#[allow(dead_code, reason = "shared with the `hostile` example")]
mod shared;

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use khabar_page::{Guarded, PageOptions, RawContent, RawInput, fuzz};

#[test]
fn mutated_pages_are_read_or_refused() {
    let fixtures = shared::fixtures();
    for n in 0..120 {
        let bytes = shared::hostile(&fixtures, n);
        fuzz::decode_bytes(&bytes);
        fuzz::markup(&bytes);
        fuzz::html(&bytes);
        fuzz::text(&bytes);
    }
}

#[test]
fn mutated_documents_and_archives_are_read_or_refused() {
    let line = "{\"id\":\"a\",\"text\":\"قال الوزير.\\n\\nREAD  عنوان\",\"published\":\"2024-01-02\",\"language\":\"ar\"}\n".repeat(3);
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(line.as_bytes()).unwrap();
    let inputs = [line.clone().into_bytes(), gz.finish().unwrap()];
    for n in 0..600 {
        let bytes = shared::hostile(&inputs, n);
        fuzz::ndjson(&bytes);
        fuzz::gz(&bytes);
    }
}

#[test]
fn deep_pages_do_not_overflow_a_worker() {
    let mut reader = Guarded::new(PageOptions::default());
    for (name, bytes) in
        shared::giants().into_iter().filter(|(name, _)| name.starts_with("100,000"))
    {
        let source = name.to_owned();
        // An article or an error; what counts is that there is an answer.
        drop(reader.read(RawInput { source, line: None, content: RawContent::Html(bytes) }));
    }
}
