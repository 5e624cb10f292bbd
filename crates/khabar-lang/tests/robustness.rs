//! Whatever the text, spans tile it, trees are trees and nothing panics.

use khabar_lang::{Analyzer, Language, fuzz};
use proptest::prelude::*;
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new().expect("the data loads"));

const SEEDS: &[&str] = &[
    "“Why now?” Mr. Amin asked. The U.S. didn't say: “We’ll see…” He paid $3.5bn (about €3m) at 10am.",
    "قالَ الوزيرُ: «سنعودُ غداً»، ثم غادر القاعة. وأضاف: هل من سؤال؟ لا؛ شكراً…",
    "1. First item\n2. Second item\n\nHEADLINE WITHOUT STOP\n\nhttps://example.com/a_(b)?c=d, mail@example.org.",
    "\u{202B}العـــراق\u{202C} ٢٠٢٣٪ ﷲ \u{FEFF}د. أحمد (أ.ف.ب) - بيروت",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_tiled(text in "\\PC{0,120}") {
        fuzz::analyze_bytes(&ANALYZER, text.as_bytes());
    }

    #[test]
    fn newsy_text_is_tiled(
        text in "([A-Za-z]{1,6}|[ء-ي]{1,6}|[.!?؟،,;:…\"'“”‘’«»()-]{1,3}|[0-9٠-٩]{1,3}|U\\.S\\.|[ \n]{1,2}|ً|ـ|\u{200F}){0,60}",
    ) {
        fuzz::analyze_bytes(&ANALYZER, text.as_bytes());
    }

    #[test]
    fn mutated_news_is_tiled(
        seed in 0..SEEDS.len(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 0..12),
    ) {
        let mut bytes = SEEDS[seed].as_bytes().to_vec();
        for (at, byte, kind) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        fuzz::analyze_bytes(&ANALYZER, &bytes);
    }
}

#[test]
fn long_runs_end() {
    for unit in ["a", "ا", "(", "\"", ".", "'", "a.", "-a", "\n\n", "«", "و ", "1,", "a'", "[a "]
    {
        let text = unit.repeat(1_500);
        for language in Language::ALL {
            let analysis = ANALYZER.analyze(&text, language, &[]);
            assert_eq!(analysis.text(), text);
        }
    }
}
