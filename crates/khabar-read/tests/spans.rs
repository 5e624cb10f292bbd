//! Whatever the text, every span of a record lies in it, on the edges of characters.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

use std::sync::LazyLock;

use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_record::{Article, Document};
use proptest::prelude::*;

static TOOLS: LazyLock<(Analyzer, Reader)> =
    LazyLock::new(|| (Analyzer::new().unwrap(), Reader::new()));

fn read(text: &str, language: Language) {
    let (analyzer, reader) = &*TOOLS;
    let analysis = analyzer.analyze(text, language, &[]);
    let document = Document { text: text.to_owned(), ..Document::default() };
    let record = reader.read(Article { document, blocks: vec![] }, &analysis);
    let statements = record.statements.len();
    for statement in &record.statements {
        assert!(statement.within.is_none_or(|id| (id.0 as usize) <= statements));
    }
    // Turning the spans into code points panics when one lies outside the text or cuts a character.
    let counted = record.clone().into_code_points();
    assert_eq!(counted.into_bytes().unwrap(), record);
}

/// Pieces out of which sentences that nearly mean something are made.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "said",
        "that",
        "“",
        "”",
        "\"",
        "according to",
        "Russia",
        "President",
        "Ivan",
        ",",
        ".",
        "attacked",
        "the ministry",
        "قال",
        "وقالت",
        "إن",
        "أن",
        "«",
        "»",
        ":",
        "بحسب",
        "روسيا",
        "للصين",
        "الرئيس",
        "وأضاف",
        "مضيفا",
        "هاجمت",
        "،",
        "؟",
        "\n\n",
        "لَمْ",
        "وزيرُ الخارجيةِ",
        "12",
        "نفى",
    ]);
    prop_oneof![4 => words.prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

proptest! {
    #[test]
    fn spans_lie_in_the_text(pieces in prop::collection::vec(piece(), 0..40), arabic: bool) {
        let language = if arabic { Language::Arabic } else { Language::English };
        read(&pieces.join(" "), language);
        read(&pieces.concat(), language);
    }
}
