//! Running the language layer over a treebank.

use super::Sentence;
use super::score::Counts;
use khabar_lang::{Analysis, Analyzer, GivenToken, Language};
use std::time::{Duration, Instant};

/// The counts of a run and the time that it took.
pub(crate) struct Evaluation {
    pub(crate) counts: Counts,
    pub(crate) words_per_s: f64,
}

/// Analyses the sentences, from their raw text or with their tokens and words given, and compares.
pub(crate) fn evaluate(
    analyzer: &Analyzer,
    language: Language,
    sentences: &[&Sentence],
    raw: bool,
) -> Evaluation {
    let text = raw_text(sentences);
    let given: Vec<Vec<GivenToken<'_>>> =
        sentences.iter().map(|sentence| given_tokens(sentence)).collect();
    let run = || -> Analysis {
        if raw {
            analyzer.analyze(&text, language, &[])
        } else {
            analyzer.analyze_tokens(&given, language)
        }
    };
    let start = processor_time();
    let analysis = run();
    let spent = processor_time().saturating_sub(start);
    Evaluation {
        counts: Counts::of(sentences, &analysis),
        words_per_s: analysis.word_count() as f64 / spent.as_secs_f64().max(1e-9),
    }
}

/// The text of the sentences, with an empty line between paragraphs.
pub(crate) fn raw_text(sentences: &[&Sentence]) -> String {
    let mut text = String::new();
    for (index, sentence) in sentences.iter().enumerate() {
        if index > 0 {
            let joined = sentences[index - 1].words.last().is_some_and(|word| !word.space_after);
            text.push_str(match (sentence.begins_paragraph, joined) {
                (true, _) => "\n\n",
                (false, false) => " ",
                (false, true) => "",
            });
        }
        text.push_str(&sentence.text());
    }
    text
}

/// The tokens and words of a sentence without what the treebank says of them.
pub(crate) fn given_tokens(sentence: &Sentence) -> Vec<GivenToken<'_>> {
    let mut tokens: Vec<GivenToken<'_>> = Vec::new();
    for word in &sentence.words {
        match tokens.last_mut().filter(|_| word.continues_token) {
            Some(token) => {
                token.words.push(&word.form);
                token.space_after = word.space_after;
            }
            None => {
                tokens.push(GivenToken { words: vec![&word.form], space_after: word.space_after });
            }
        }
    }
    tokens
}

/// The time that this thread has run, which other programs on the machine do not lengthen; the time of day where the system
/// does not tell.
fn processor_time() -> Duration {
    use std::sync::LazyLock;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split(' ').next()?.parse().ok())
        .map_or_else(|| START.elapsed(), Duration::from_nanos)
}
