//! Annotated texts made into what the model learns from: the features of each word and its label.

use khabar_lang::{Analyzer, Language, Upos};
use khabar_read::Reader;
use khabar_read::names::tagger::features::Extractor;
use khabar_read::names::tagger::labels::{Class, Label};
use khabar_record::{TextRange, TextSize};

use super::corpora::Document;
use crate::train::rng::Rng;

/// The texts that are analysed together, to spare the start of each.
const BATCH: usize = 64;

/// The share of the names that are hidden in the second form of an example.
const HIDDEN_NAMES: f32 = 0.6;
/// The share of the other words that are hidden there, so that being hidden tells nothing.
const HIDDEN_WORDS: f32 = 0.08;

/// A sentence: for each word its features and its label.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    pub(crate) words: Vec<(Vec<u32>, usize)>,
    /// The features as they are when some of the names are new, for learning.
    pub(crate) hidden: Vec<Vec<u32>>,
    /// What it belongs to; see [`Document::group`].
    pub(crate) group: String,
}

/// Analyses the texts and returns their sentences. Spans that do not end at words are widened to them; attached
/// prepositions and conjunctions at their front are left out.
pub(crate) fn examples(
    documents: &[Document],
    language: Language,
    analyzer: &Analyzer,
    reader: &Reader,
) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut extractor = Extractor::default();
    let mut rng = Rng::new(17);
    for batch in documents.chunks(BATCH) {
        let mut text = String::new();
        let mut starts: Vec<TextSize> = Vec::new();
        let mut names: Vec<(TextRange, Class)> = Vec::new();
        for document in batch {
            let offset = TextSize::from(text.len());
            starts.push(offset);
            let moved =
                |range: TextRange| TextRange::new(range.start() + offset, range.end() + offset);
            names.extend(document.names.iter().map(|&(range, class)| (moved(range), class)));
            text.push_str(&document.text);
            text.push_str("\n\n");
        }
        let analysis = analyzer.analyze(&text, language, &[]);
        let mut labels = vec![0; analysis.word_count()];
        let mut is_hidden: Vec<bool> =
            (0..labels.len()).map(|_| rng.unit() < HIDDEN_WORDS).collect();
        let flags = reader.name_flags(&analysis);
        for (range, class) in names {
            let mut words: Vec<usize> = (0..analysis.word_count())
                .skip(analysis.words_in(TextRange::new(TextSize::ZERO, range.start())).end)
                .take_while(|&at| analysis.word(at).range().start() < range.end())
                .filter(|&at| analysis.word(at).range().overlaps(range))
                .collect();
            let is_attached = |at: usize| {
                let word = analysis.word(at);
                matches!(word.upos(), Upos::Adp | Upos::Cconj | Upos::Part)
                    && word.text().chars().count() == 1
                    && language == Language::Arabic
            };
            while words.len() > 1 && is_attached(words[0]) {
                words.remove(0);
            }
            if let (Some(&first), Some(&last)) = (words.first(), words.last()) {
                let start = reader.name_start(&analysis, &flags, first..last + 1, class);
                words.retain(|&at| at >= start);
            }
            if words.iter().all(|&at| analysis.word(at).upos() == Upos::Pron) {
                continue;
            }
            if language == Language::English {
                // Some corpora mark articles and descriptions too, which are no part of a name and no name.
                while words.first().is_some_and(|&at| analysis.word(at).upos() == Upos::Det) {
                    words.remove(0);
                }
                let capital =
                    |at: &usize| analysis.word(*at).text().starts_with(char::is_uppercase);
                if !words.iter().any(capital) {
                    continue;
                }
            }
            let demonym = words.iter().all(|&at| reader.is_demonym(flags[at]));
            if demonym {
                continue;
            }
            let hides = rng.unit() < HIDDEN_NAMES;
            for &at in &words {
                is_hidden[at] = hides;
            }
            let last = words.len().saturating_sub(1);
            for (n, at) in words.into_iter().enumerate() {
                if labels[at] == 0 {
                    labels[at] = Label::In { class, begins: n == 0, ends: n == last }.index();
                }
            }
        }
        for sentence in analysis.sentences() {
            let from = starts.partition_point(|&start| start <= sentence.range().start());
            let group = from.checked_sub(1).map(|from| batch[from].group.clone());
            let mut example = Example { group: group.unwrap_or_default(), ..Example::default() };
            let mut at = sentence.word_range().start;
            extractor.sentence(sentence, &flags, |features| {
                example.words.push((features.to_vec(), labels[at]));
                at += 1;
            });
            mend(&mut example);
            let hidden = |at: usize| is_hidden[at];
            extractor.sentence_hiding(sentence, &flags, hidden, |features| {
                example.hidden.push(features.to_vec());
            });
            examples.push(example);
        }
    }
    examples
}

/// Makes the labels of a sentence follow each other as they may: names that another name or the sentence's end cuts are
/// begun and ended there.
fn mend(example: &mut Example) {
    let count = example.words.len();
    for at in 0..count {
        let Label::In { class, begins, ends } = Label::of(example.words[at].1) else { continue };
        let same = |other: usize, fits: fn(bool, bool) -> bool| matches!(Label::of(other), Label::In { class: of, begins, ends } if of == class && fits(begins, ends));
        let carried = at > 0 && same(example.words[at - 1].1, |_, ends| !ends);
        let carries = at + 1 < count && same(example.words[at + 1].1, |begins, _| !begins);
        let label = Label::In {
            class,
            begins: if begins { true } else { !carried },
            ends: if ends { true } else { !carries },
        };
        example.words[at].1 = label.index();
    }
    for at in 1..count {
        let before = Label::of(example.words[at - 1].1);
        let now = example.words[at].1;
        if let (
            Label::In { ends: true, .. } | Label::Out,
            Label::In { class, begins: false, ends },
        ) = (before, Label::of(now))
        {
            example.words[at].1 = Label::In { class, begins: true, ends }.index();
        }
    }
}
