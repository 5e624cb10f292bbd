//! Which quotation belongs to a cue.
//!
//! A quotation stands right before its cue ("…," the mayor said) or right behind it (the mayor said: "…"), or on both sides.
//! What may stand between them is the speaker, the hearer, the time and the place, but no clause of its own: then the
//! quotation is only a part of what is said.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::{TextRange, TextSize};

use super::lexicon::{Found, Part};
use super::order;
use super::scene::{self, Scene};
use super::speech::Speech;

/// How many words may stand between a quotation and its cue.
const WITHIN: usize = 40;
/// How far behind a noun the quotation that it announces may begin.
const NOUN_GAP: usize = 5;
/// How far behind a cue the comma may stand behind which its sentence goes on.
const REST: usize = 10;

/// The quotations beside a cue, by their index.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside {
    pub(super) before: Option<usize>,
    pub(super) behind: Option<usize>,
    /// Where the sentence starts that the quotation before the cue only completes: "The vote was a “farce,” she said".
    pub(super) opens: Option<TextSize>,
    /// Where the sentence goes on behind the report: "“It is bad luck,” he said, that …".
    pub(super) rest: Option<TextRange>,
}

impl Beside {
    pub(super) fn all(self) -> impl Iterator<Item = usize> {
        self.before.into_iter().chain(self.behind)
    }
}

/// Finds the quotations beside a cue that stands outside of them.
pub(super) fn beside(scene: &Scene<'_>, found: &Found<'_>) -> Beside {
    if scene.around(found.word.index()).is_some() {
        return Beside::default();
    }
    // An English noun takes the quotation that it announces, not the one behind which its sentence goes on.
    let noun = found.part == Part::Noun && !scene.is_arabic();
    if noun {
        let near =
            |index: &usize| scene.speeches[*index].words.start <= found.last.index() + NOUN_GAP;
        return Beside { behind: behind(scene, found).filter(near), ..Beside::default() };
    }
    let before = before(scene, found);
    let opens = before.map(|index| opening(scene, index));
    // A title or a word in marks is part of the sentence that goes on behind the cue.
    if before.is_some_and(|index| !starts_sentence(scene, index))
        && order::clause_behind(scene, found).is_some()
    {
        return Beside { behind: behind(scene, found), ..Beside::default() };
    }
    let rest = before.and_then(|_| rest(scene, found));
    let behind = behind(scene, found).filter(|&index| {
        rest.is_none_or(|rest| !rest.contains_range(scene.speeches[index].content))
    });
    Beside { before, behind, opens: opens.flatten(), rest }
}

/// Whether nothing of the reporter stands before a quotation in its sentence.
fn starts_sentence(scene: &Scene<'_>, index: usize) -> bool {
    let first = scene.speeches[index].words.start;
    let start = scene.word(first).sentence().word_range().start;
    scene
        .words_between(start, first)
        .all(|word| word.upos() == Upos::Punct || scene.around(word.index()).is_some())
}

/// Where the sentence starts whose end a quotation is; none when the quotation is a sentence of its own.
fn opening(scene: &Scene<'_>, index: usize) -> Option<TextSize> {
    if scene.is_arabic() {
        return None;
    }
    let speech = &scene.speeches[index];
    let start = scene.word(speech.words.start).sentence().word_range().start;
    let colon = (start..speech.words.start).rev().find(|&at| scene.word(at).text() == ":");
    let from = colon.map_or(start, |colon| colon + 1);
    let bare = |word: Word<'_>| word.upos() != Upos::Punct;
    let first = scene.words_between(from, speech.words.start).find(|word| bare(*word))?;
    let finite = scene.words_between(from, speech.words.start).any(scene::is_finite);
    let capital =
        scene.analysis.text()[speech.content].starts_with(|letter: char| letter.is_uppercase());
    let quoted_before = scene.around(first.index()).is_some();
    (!quoted_before && (finite || !capital)).then(|| first.range().start())
}

/// What goes on behind a report and its comma with a verb or "that".
fn rest(scene: &Scene<'_>, found: &Found<'_>) -> Option<TextRange> {
    let reach = scene.reach(found.word);
    if scene.is_arabic() {
        return None;
    }
    let from = found.last.index() + 1;
    let comma = (from..(from + REST).min(reach.end))
        .find(|&at| scene.word(at).text() == "," || scene::is_finite(scene.word(at)))?;
    let next = (scene.word(comma).text() == "," && comma + 1 < reach.end)
        .then(|| scene.word(comma + 1))?;
    let goes_on = next.key() == "that" && next.upos() != Upos::Det
        || scene::is_finite(next) && !scene.reports_at(next.index());
    let last = scene::last_word(found.word.sentence()).min(reach.end - 1);
    (goes_on && last > next.index()).then(|| scene.stretch(next.index(), last))
}

fn before(scene: &Scene<'_>, found: &Found<'_>) -> Option<usize> {
    let cue = found.word;
    let index = scene.speeches.iter().rposition(|speech| {
        speech.words.end <= cue.index() && speech.range.end() <= cue.range().start()
    })?;
    let speech = &scene.speeches[index];
    let gap = speech.words.end..cue.index();
    if speech.claimed || gap.len() > WITHIN {
        return None;
    }
    // «غير صحيح»، قال الوزير: a short piece is said when nothing but a comma stands between it and the verb.
    let said_at_once = scene.is_arabic()
        && starts_sentence(scene, index)
        && scene.words_between(gap.start, gap.end).all(|word| word.upos() == Upos::Punct);
    if !speech.long && speech.end != Some(',') && !said_at_once {
        return None;
    }
    let sentence = cue.sentence();
    let goes_on = speech.end.is_some_and(|end| ",?!،؟—-–…".contains(end));
    let same = sentence.range().overlaps(speech.range);
    let after_mark =
        scene.words_between(gap.start, gap.end).find(|word| word.upos() != Upos::Punct);
    let first = after_mark.unwrap_or(cue);
    let next_paragraph =
        first.sentence().paragraph() != scene.word(speech.words.start).sentence().paragraph();
    // A full stop inside ends the sentence, whatever the splitter says.
    let stopped = speech.end == Some('.') && first.text().starts_with(char::is_uppercase);
    if next_paragraph || stopped && !scene.is_arabic() || !(same || goes_on) {
        return None;
    }
    let text = scene.analysis.text();
    let between = &text[TextRange::new(speech.range.end(), cue.range().start())];
    if between.contains([';', ':', '؛']) || speech.end == Some('.') && scene.is_arabic() {
        return None;
    }
    // Without a mark at its end the quotation is part of the clause around it, unless a comma follows it.
    let marked =
        goes_on || between.trim_start_matches(['"', '”', '»', '’', '\'']).starts_with([',', '،']);
    let clear = scene.words_between(gap.start, gap.end).all(|word| is_aside(word, cue));
    (marked && clear).then_some(index)
}

/// Whether a word can stand between a quotation and the cue behind it: anything but the verb of another main clause.
fn is_aside(word: Word<'_>, cue: Word<'_>) -> bool {
    if word.upos() == Upos::Cconj && word.head().is_some_and(|head| head.upos() == Upos::Verb) {
        return word.head() == Some(cue);
    }
    if !matches!(word.upos(), Upos::Verb | Upos::Aux) {
        return true;
    }
    let own =
        word.head() == Some(cue) && matches!(word.deprel().universal(), Deprel::Aux | Deprel::Cop);
    let inside_phrase = std::iter::once(word)
        .chain(word.ancestors())
        .take_while(|ancestor| *ancestor != cue)
        .any(|ancestor| {
            matches!(
                ancestor.deprel().universal(),
                Deprel::Acl | Deprel::Amod | Deprel::Appos | Deprel::Nmod
            )
        });
    own || inside_phrase || matches!(word.xpos(), "VBG" | "VBN")
}

fn behind(scene: &Scene<'_>, found: &Found<'_>) -> Option<usize> {
    let from = found.last;
    let index = scene.speeches.iter().position(|speech| speech.words.start > from.index())?;
    let speech = &scene.speeches[index];
    let gap = from.index() + 1..speech.words.start;
    if speech.claimed || gap.len() > WITHIN {
        return None;
    }
    let paragraph = |word: Word<'_>| word.sentence().paragraph();
    let text = scene.analysis.text();
    let between = &text[TextRange::new(from.range().end(), speech.range.start())];
    let tail = between.trim_end();
    let colon = tail.ends_with(':');
    // A colon may introduce the quotation that makes up the next paragraph.
    let near = paragraph(from) == paragraph(scene.word(speech.words.start))
        || colon && paragraph(from) + 1 == paragraph(scene.word(speech.words.start));
    if !near || between.contains(['.', ';', '؛', '؟', '?', '!']) && !abbreviated(between) {
        return None;
    }
    let comma = tail.ends_with([',', '،']);
    let words: Vec<Word<'_>> =
        scene.words_between(gap.start, gap.end).filter(|word| word.upos() != Upos::Punct).collect();
    // In Arabic a short piece right behind the word is a name (نشرت «الميناء») unless a colon opens it.
    let named = scene.is_arabic() && !speech.long && words.is_empty() && !colon;
    let introduced = (colon || comma || words.is_empty()) && !named;
    if !introduced && !speech.long {
        return None;
    }
    let clause_mark = |word: &&Word<'_>| {
        matches!(word.key(), "that" | "whether" | "ان" | "انه" | "بان") && word.upos() != Upos::Pron
    };
    if words.last().as_ref().is_some_and(clause_mark) || words.iter().any(|word| clause_mark(&word))
    {
        return None;
    }
    // "said the “…”", "in “…”": the quotation is part of a phrase.
    let open_phrase = |word: &Word<'_>| {
        matches!(
            word.upos(),
            Upos::Det | Upos::Adp | Upos::Adj | Upos::Part | Upos::Aux | Upos::Cconj | Upos::Num
        )
    };
    if !colon && !comma && words.last().is_some_and(open_phrase) {
        return None;
    }
    if !colon && !comma && !scene.is_arabic() {
        // "would answer “in the same coin”": how it is done, and nothing that is said.
        let how = scene.word(speech.words.start).upos() == Upos::Adp
            && !scene.words_between(speech.words.start, speech.words.end).any(scene::is_finite);
        if how || is_part_of_clause(scene, found, speech) {
            return None;
        }
    }
    let cue = found.word;
    let verb = |word: &Word<'_>| {
        matches!(word.upos(), Upos::Verb | Upos::Aux) && !is_aside(*word, cue) && *word != cue
    };
    // In Arabic a verb of saying that و joins behind a comma has the quotation, whatever the tree makes of it.
    let joined = |word: &Word<'_>| {
        scene.is_arabic()
            && word.previous().is_some_and(|and| {
                matches!(and.key(), "و" | "ف")
                    && and.token().index() == word.token().index()
                    && and.previous().is_some_and(|comma| comma.text() == "،")
            })
    };
    let other_cue = words
        .iter()
        .any(|word| scene.reports_at(word.index()) && (!is_aside(*word, cue) || joined(word)));
    // What stands before the colon is said too: "said she has one quality: “…”".
    let clause = colon && order::clause_behind(scene, found).is_some();
    if (!colon || clause) && words.iter().any(verb) || other_cue {
        return None;
    }
    // In “X said “…” would follow” the quotation is the subject of what is said.
    let after = speech.words.end;
    let carried_on = (after..scene.analysis.word_count())
        .map(|at| scene.word(at))
        .find(|word| word.upos() != Upos::Punct || matches!(word.text(), "," | "." | "،" | ";"))
        .is_some_and(|word| {
            scene::is_finite(word)
                && word.sentence().index() == from.sentence().index()
                && !scene.reports_at(word.index())
                && speech.end.is_none_or(|end| !",.?!،".contains(end))
        });
    (!carried_on).then_some(index)
}

/// Whether a quotation behind an English cue is only a part of the clause that is said: "said he “regrets it”", "claimed the
/// “farce” was over", "tweeted a picture bearing the words “…”".
fn is_part_of_clause(scene: &Scene<'_>, found: &Found<'_>, speech: &Speech) -> bool {
    let first = speech.words.start;
    if order::clause_behind(scene, found).is_some_and(|start| start < first) {
        return true;
    }
    let mut gap = scene.words_between(found.last.index() + 1, first);
    if gap.any(|word| matches!(word.xpos(), "VBG" | "VBN")) {
        return true;
    }
    let next = (speech.words.end..scene.reach(found.word).end)
        .map(|at| scene.word(at))
        .find(|word| word.upos() != Upos::Punct || order::is_boundary(*word));
    !speech.long
        && next.is_some_and(|word| {
            matches!(
                word.upos(),
                Upos::Det
                    | Upos::Noun
                    | Upos::Propn
                    | Upos::Adj
                    | Upos::Verb
                    | Upos::Aux
                    | Upos::Pron
            ) || matches!(word.key(), "in" | "of" | "to" | "for")
        })
}

/// Whether the stops in a stretch only mark abbreviations ("D.", "Rep.").
fn abbreviated(between: &str) -> bool {
    between.contains('.')
        && !between.contains(['?', '!', ';', '؛', '؟'])
        && between.split_inclusive('.').filter(|part| part.ends_with('.')).all(|part| {
            let word = part.trim_end_matches('.').rsplit([' ', '.', '(']).next().unwrap_or("");
            word.chars().count() <= 4 && word.starts_with(char::is_uppercase)
        })
}
