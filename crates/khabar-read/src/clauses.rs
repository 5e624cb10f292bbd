//! Who does what in a clause, read off its tree: the questions that statements and events both ask.

use khabar_lang::{Deprel, Language, Upos, Voice, Word};
use khabar_record::{TextRange, TextSize};

/// Whether the predicate is in the passive.
pub(crate) fn is_passive(predicate: Word<'_>) -> bool {
    let marked = |relation| predicate.child(relation).is_some();
    match predicate.analysis().language() {
        // Unvocalised passives look like actives, so that the tagger's guess is all there is.
        Language::Arabic => {
            predicate.feats().voice() == Some(Voice::Pass) || marked(Deprel::NsubjPass)
        }
        // An English passive shows its auxiliary, unless it describes a noun ("a man arrested on Monday"); with an object it is
        // an active past that the tagger took for a participle.
        Language::English => {
            let describes = predicate.deprel() == Deprel::Acl && predicate.xpos() == "VBN";
            marked(Deprel::AuxPass) || describes && !marked(Deprel::Obj)
        }
    }
}

/// The grammatical subject of a predicate: its own, or the one it shares with the clause that it is joined to, or the
/// noun that it describes as a relative clause or participle.
pub(crate) fn subject(predicate: Word<'_>) -> Option<Word<'_>> {
    let mut at = predicate;
    // The bound only guards against an endless walk; trees of news are not that deep.
    for _ in 0..8 {
        if let Some(own) = own_subject(at) {
            if !is_relative_pronoun(own) {
                return Some(own);
            }
            return at.ancestors().find(|word| word.upos().is_nominal());
        }
        let head = at.head()?;
        match at.deprel() {
            // "He came and saw": the conjunct has the first verb's subject; "came, adding" too.
            Deprel::Conj if head.upos() == Upos::Verb => at = head,
            // "by claiming that …": a participle shares the subject whatever stands before it.
            Deprel::Advcl | Deprel::Xcomp if !has_finite_mark(at) || at.xpos() == "VBG" => {
                at = head;
            }
            Deprel::Acl | Deprel::AclRelcl if head.upos().is_nominal() => {
                return Some(head);
            }
            _ => return None,
        }
    }
    None
}

fn own_subject(predicate: Word<'_>) -> Option<Word<'_>> {
    predicate.children().find(|child| child.deprel().universal() == Deprel::Nsubj)
}

fn is_relative_pronoun(word: Word<'_>) -> bool {
    matches!(word.key(), "who" | "which" | "that" | "الذي" | "التي" | "الذين" | "اللذان" | "اللتان")
}

/// Whether an adverbial clause has a conjunction of its own ("after he left"), so that its subject may be another.
fn has_finite_mark(predicate: Word<'_>) -> bool {
    predicate.child(Deprel::Mark).is_some_and(|mark| mark.key() != "to")
}

/// The doer that a passive names ("by the army", من قبل الجيش).
pub(crate) fn agent(predicate: Word<'_>) -> Option<Word<'_>> {
    predicate.children_by(Deprel::Obl).find(|child| {
        child.deprel() == Deprel::OblAgent || matches!(marker(*child), Some("by" | "قبل"))
    })
}

/// The object of a verb.
pub(crate) fn object(predicate: Word<'_>) -> Option<Word<'_>> {
    predicate.child(Deprel::Obj)
}

/// The preposition that marks a phrase, by its key; of a phrase like من قبل the last word.
pub(crate) fn marker(phrase: Word<'_>) -> Option<&str> {
    let case = phrase.children_by(Deprel::Case).last()?;
    Some(case.children_by(Deprel::Fixed).last().unwrap_or(case).key())
}

/// Phrases with one of these prepositions below a predicate or a noun.
pub(crate) fn marked_by<'a>(
    word: Word<'a>,
    prepositions: &[String],
) -> impl Iterator<Item = Word<'a>> {
    word.children().filter(move |child| {
        matches!(child.deprel().universal(), Deprel::Obl | Deprel::Nmod)
            && marker(*child).is_some_and(|key| prepositions.iter().any(|p| p == key))
    })
}

/// The noun phrase that a word heads, with what says for whom it speaks (المتحدث باسم الجيش), which trees often hang on the
/// verb.
pub(crate) fn noun_phrase(head: Word<'_>) -> TextRange {
    let analysis = head.analysis();
    let phrase = before_demonstrative(head, before_colon(head, head.noun_phrase()));
    let behind = analysis.words_in(phrase).end;
    let key = |at: usize| (at < analysis.word_count()).then(|| analysis.word(at).key());
    let name = match (key(behind), key(behind + 1)) {
        (Some("ب"), Some("اسم" | "لسان")) => behind + 1,
        (Some("باسم" | "بلسان"), _) => behind,
        _ => return phrase,
    };
    let same_sentence = analysis.word(name).sentence().range().contains_range(phrase);
    if same_sentence { phrase.cover(analysis.word(name).noun_phrase()) } else { phrase }
}

/// An Arabic phrase up to a demonstrative behind its head that opens a phrase of its own: in نفى المتحدث هذه الاتهامات the
/// accusations are no part of the spokesman.
fn before_demonstrative(head: Word<'_>, phrase: TextRange) -> TextRange {
    let analysis = head.analysis();
    if analysis.language() != Language::Arabic {
        return phrase;
    }
    match demonstrative_within(head, phrase) {
        Some(at) => cut_at(phrase, analysis.word(at - 1).range().end()),
        None => phrase,
    }
}

/// The demonstrative behind a head that opens another phrase, by its index.
fn demonstrative_within(head: Word<'_>, phrase: TextRange) -> Option<usize> {
    let analysis = head.analysis();
    let words = analysis.words_in(phrase);
    (head.index() + 1..words.end).find(|&at| {
        let demonstrative = matches!(
            analysis.word(at).key(),
            "هذا" | "هذه" | "هذان" | "هذين" | "هؤلاء" | "تلك" | "ذلك"
        );
        let bare = analysis.word(at - 1).upos().is_nominal();
        demonstrative && bare && at + 1 < words.end && analysis.word(at + 1).key().starts_with("ال")
    })
}

/// The Arabic noun with a demonstrative that parsers hang on the phrase before it: the accusations of نفى المتحدث هذه الاتهامات.
pub(crate) fn demonstrated_behind(head: Word<'_>) -> Option<Word<'_>> {
    let analysis = head.analysis();
    if analysis.language() != Language::Arabic {
        return None;
    }
    demonstrative_within(head, head.noun_phrase()).map(|at| analysis.word(at + 1))
}

/// A phrase up to a place in it. The phrase of a mark does not hold the mark, so that the place can lie before it: then it stays whole.
pub(crate) fn cut_at(phrase: TextRange, end: TextSize) -> TextRange {
    if end < phrase.start() { phrase } else { TextRange::new(phrase.start(), end) }
}

/// A phrase up to the colon behind its head: what stands behind a label (المراسل: …) is no part of it.
fn before_colon(head: Word<'_>, phrase: TextRange) -> TextRange {
    let text = head.analysis().text();
    let behind = TextRange::new(head.range().end(), phrase.end().max(head.range().end()));
    match text[behind].find(':') {
        Some(at) => {
            let end = behind.start().to_usize() + text[behind][..at].trim_end().len();
            cut_at(phrase, TextSize::from(end))
        }
        None => phrase,
    }
}

/// The words of a noun phrase and of the phrases coordinated with it.
pub(crate) fn coordinated(head: Word<'_>) -> Vec<Word<'_>> {
    let conjuncts = head.children_by(Deprel::Conj).filter(|word| word.upos().is_nominal());
    std::iter::once(head).chain(conjuncts).collect()
}

/// Whether the predicate is denied: not, never, لم, لن, لا.
pub(crate) fn is_negated(predicate: Word<'_>) -> bool {
    let negates = |word: Word<'_>| {
        matches!(
            word.key(),
            "not"
                | "n't"
                | "never"
                | "no"
                | "neither"
                | "nor"
                | "لم"
                | "لن"
                | "لا"
                | "ما"
                | "ليس"
                | "ليست"
                | "عدم"
        )
    };
    let directly = predicate.children().any(|child| {
        negates(child)
            && matches!(
                child.deprel().universal(),
                Deprel::Advmod | Deprel::Aux | Deprel::Det | Deprel::CompoundPrt | Deprel::Dep
            )
    });
    // ما before a verb is more often "what" than "not", so it counts only where the tree takes it for a negation.
    directly || predicate.previous().is_some_and(|word| word.key() != "ما" && negates(word))
}

/// The stretches of the text that these words cover, each run of neighbours one stretch; words in `without` cut it.
///
/// Punctuation and quotation marks at the edges of a stretch are left out.
pub(crate) fn stretches(words: &[Word<'_>]) -> Vec<TextRange> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for word in words {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == word.index() => *last = word.index(),
            _ => runs.push((word.index(), word.index())),
        }
    }
    let analysis = match words.first() {
        Some(word) => word.analysis(),
        None => return Vec::new(),
    };
    runs.into_iter()
        .filter_map(|(first, last)| {
            let bare = |at: &usize| analysis.word(*at).upos() != Upos::Punct;
            let first = (first..=last).find(bare)?;
            let last = (first..=last).rev().find(bare)?;
            Some(analysis.word(first).range().cover(analysis.word(last).range()))
        })
        .collect()
}
