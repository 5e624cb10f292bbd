//! The cues of a language: loading the list, and finding its rows in a text.
//!
//! A row is found by the dictionary form of its first word, so that one row serves all inflected forms; the written forms
//! are made too, because taggers err. The other words of a phrase may stand a little apart: "made a very strong case",
//! أعرب الوزير عن أمله.

use std::borrow::Cow;
use std::collections::HashMap;

use khabar_lang::normalize::{self, Fold};
use khabar_lang::{Analysis, Deprel, Language, Upos, Word};
use khabar_record::{Stance, StatementKind, TextRange, TextSize};
use khabar_table::{Row, Table, TableError};

use super::frame::Frame;
use super::words::Words;
use crate::inflect::{arabic_circumstance, arabic_imperfect, arabic_perfect, english_verb};
use crate::keys;

/// How many words may stand between the words of an English phrase.
const ENGLISH_GAP: usize = 3;
/// How many tokens may stand between the words of an Arabic phrase: its subject comes there.
const ARABIC_GAP: usize = 9;

/// How many letters a word must have to be taken for two that lost the space between them.
const GLUED: usize = 7;

/// One row of the list.
#[derive(Debug)]
pub(super) struct Cue {
    pub(super) rule: String,
    pub(super) lemma: String,
    pub(super) act: String,
    pub(super) stance: Stance,
    pub(super) kind: StatementKind,
    pub(super) frame: Frame,
    /// Whether the row is an Arabic passive, which is spelt like the active but has no subject behind it.
    pub(super) passive: bool,
}

/// What kind of word reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Verb,
    /// An Arabic participle that carries on the speech of the clause's subject (مضيفا).
    Participle,
    /// A noun, or a masdar.
    Noun,
    Adjective,
    Preposition,
}

/// A cue found in a text.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    pub(super) cue: &'a Cue,
    pub(super) part: Part,
    /// Its first word.
    pub(super) word: Word<'a>,
    /// Its last word; the first when there is one only.
    pub(super) last: Word<'a>,
    /// How many bytes of the first word stand before it: a word that was written onto it without a space.
    pub(super) behind: u32,
}

impl Found<'_> {
    /// Whether it is an Arabic passive: a row that is one, or a verb whose passive vowel is written.
    pub(super) fn is_passive(&self) -> bool {
        let vowel = self.word.text().chars().nth(1) == Some('\u{64f}');
        self.cue.passive || vowel && self.part == Part::Verb
    }

    /// The words of the cue in the text: all of it when they stand together, else the first.
    pub(super) fn span(&self) -> TextRange {
        let near = self.last.index() - self.word.index() <= 4;
        let whole = self.word.range().cover(self.last.range());
        let span = if near { whole } else { self.word.range() };
        TextRange::new(span.start() + TextSize::from(self.behind as usize), span.end())
    }
}

#[derive(Debug)]
struct Entry {
    cue: usize,
    part: Part,
    rest: Vec<Rest>,
}

/// A further word of a phrase.
#[derive(Debug)]
enum Rest {
    /// This key or lemma.
    Word(String),
    /// A possessive ("one's").
    Possessive,
    /// A reflexive pronoun ("oneself").
    Reflexive,
    /// An Arabic token with this stem, whatever pronoun, article or ending it has.
    Stem(String),
    /// An Arabic particle that is written onto the next word.
    Attached(String),
}

/// The cues of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    cues: Vec<Cue>,
    /// By the key of the first word, its forms included.
    entries: HashMap<String, Vec<Entry>>,
    /// Words around cues.
    pub(super) words: Words,
}

impl Lexicon {
    pub(super) fn load(language: Language) -> Result<Self, TableError> {
        let words = Words::load(language)?;
        let mut lexicon = Self { cues: Vec::new(), entries: HashMap::new(), words };
        match language {
            Language::English => lexicon.load_english()?,
            Language::Arabic => lexicon.load_arabic()?,
        }
        Ok(lexicon)
    }

    fn load_english(&mut self) -> Result<(), TableError> {
        let table = Table::parse("rules/en/cues.tsv", include_str!("../../rules/en/cues.tsv"))?;
        let columns = table
            .columns(["id", "cue", "past", "pos", "act", "stance", "kind", "frame", "note"])?;
        for row in table.rows() {
            let [id, phrase, past, pos, act, stance, kind, frame, _] = columns.cells(row);
            let cue = self.add(row, [id, phrase, act, stance, kind, frame])?;
            let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
            let part = parse_part(pos).ok_or_else(|| unknown(row, "part of speech", pos))?;
            let forms = match part {
                Part::Verb => {
                    let past: Vec<&str> = past.split('|').filter(|form| !form.is_empty()).collect();
                    english_verb(first, &past)
                }
                Part::Noun => vec![first.to_owned(), plural(first)],
                _ => vec![first.to_owned()],
            };
            self.enter(&forms, || Entry { cue, part, rest: english_rest(rest) });
        }
        Ok(())
    }

    fn load_arabic(&mut self) -> Result<(), TableError> {
        let table = Table::parse("rules/ar/cues.tsv", include_str!("../../rules/ar/cues.tsv"))?;
        let columns = table.columns([
            "id",
            "perfect",
            "imperfect",
            "masdar",
            "participle",
            "pos",
            "act",
            "stance",
            "kind",
            "frame",
            "note",
        ])?;
        for row in table.rows() {
            let [id, perfect, imperfect, masdar, participle, pos, act, stance, kind, frame, _] =
                columns.cells(row);
            let lemma = perfect.split('|').next().unwrap_or_default();
            let cue = self.add(row, [id, lemma, act, stance, kind, frame])?;
            let part = parse_part(pos).ok_or_else(|| unknown(row, "part of speech", pos))?;
            if part != Part::Verb {
                for phrase in perfect.split('|').chain(masdar.split('|')) {
                    self.enter_arabic(phrase, part, cue, arabic_noun);
                }
                continue;
            }
            for phrase in perfect.split('|') {
                self.enter_arabic(phrase, part, cue, |first| {
                    let mut made = forms(arabic_perfect(first));
                    // Before a pronoun the final ى is written as ا (نفاه).
                    made.extend(first.strip_suffix('ى').map(|stem| format!("{stem}ا")));
                    made
                });
            }
            for phrase in imperfect.split('|') {
                let made = |first: &str| match first {
                    "لا" | "لم" | "لن" | "ما" => vec![first.to_owned()],
                    _ => forms(arabic_imperfect(first)),
                };
                self.enter_arabic(phrase, part, cue, made);
            }
            for phrase in masdar.split('|') {
                self.enter_arabic(phrase, Part::Noun, cue, arabic_noun);
            }
            for phrase in participle.split('|') {
                let made = |first: &str| forms(arabic_circumstance(first));
                self.enter_arabic(phrase, Part::Participle, cue, made);
            }
        }
        Ok(())
    }

    fn add(&mut self, row: &Row<'_>, cells: [&str; 6]) -> Result<usize, TableError> {
        let [id, lemma, act, stance, kind, frame] = cells;
        self.cues.push(Cue {
            rule: id.to_owned(),
            lemma: lemma.to_owned(),
            act: act.to_owned(),
            stance: parse_stance(stance).ok_or_else(|| unknown(row, "stance", stance))?,
            kind: parse_kind(kind).ok_or_else(|| unknown(row, "kind", kind))?,
            frame: Frame::parse(frame).map_err(|fault| row.error(fault))?,
            passive: lemma.contains('\u{64f}'),
        });
        Ok(self.cues.len() - 1)
    }

    fn enter_arabic(
        &mut self,
        phrase: &str,
        part: Part,
        cue: usize,
        made: impl Fn(&str) -> Vec<String>,
    ) {
        let phrase = phrase.trim();
        let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        if !first.is_empty() {
            self.enter(&made(first), || Entry { cue, part, rest: arabic_rest(rest) });
        }
    }

    fn enter(&mut self, forms: &[String], entry: impl Fn() -> Entry) {
        let mut keys: Vec<String> = forms.iter().map(|form| keys::key(form)).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            self.entries.entry(key).or_default().push(entry());
        }
    }

    /// The rows that can be read at a word, the longest phrase first.
    pub(super) fn at<'a>(&'a self, word: Word<'a>) -> Vec<Found<'a>> {
        let lemma = folded(word.lemma());
        let token = whole_token(word);
        let keys = [(word.key(), word), (lemma.as_ref(), word)];
        // Most words are no cue, and nothing more is done for them.
        let listed = |key: &str| self.entries.contains_key(key);
        if !listed(word.key())
            && !listed(&lemma)
            && !token.as_ref().is_some_and(|(key, _)| listed(key))
        {
            return self.glued(word).into_iter().collect();
        }
        let mut found = Vec::new();
        let mut seen = Vec::new();
        let keys = keys.into_iter().chain(token.as_ref().map(|(key, last)| (key.as_str(), *last)));
        for (trust, (key, first)) in keys.enumerate() {
            for entry in self.entries.get(key).into_iter().flatten() {
                let same = (entry.cue, entry.part);
                let opens = trust == 0 && entry.part == Part::Verb && self.opens_as_verb(word);
                if seen.contains(&same) || !fits(word, entry.part) && !opens {
                    continue;
                }
                let near = self.cues[entry.cue].passive;
                if let Some(last) = match_rest(first, &entry.rest, near) {
                    seen.push(same);
                    found.push((entry.rest.len(), trust, entry.cue, entry.part, last));
                }
            }
        }
        // What is written counts for more than what the lemmatiser makes of it.
        found.sort_by_key(|&(length, trust, cue, ..)| (std::cmp::Reverse(length), trust, cue));
        let of =
            |(_, _, cue, part, last)| Found { cue: &self.cues[cue], part, word, last, behind: 0 };
        found.into_iter().map(of).collect()
    }

    /// Whether a word that is tagged as a noun is a verb: it opens an Arabic sentence, its subject follows, and no noun of saying
    /// is written so.
    fn opens_as_verb(&self, word: Word<'_>) -> bool {
        let arabic = word.analysis().language() == Language::Arabic;
        if !arabic || !matches!(word.upos(), Upos::Noun | Upos::Adj | Upos::X) {
            return false;
        }
        let start = word.sentence().word_range().start;
        let first = word.index() == start
            || word.index() == start + 1
                && word.previous().is_some_and(|and| matches!(and.key(), "و" | "ف"));
        let noun = self
            .entries
            .get(word.key())
            .is_some_and(|entries| entries.iter().any(|entry| entry.part != Part::Verb));
        let subject = word.next().is_some_and(|next| {
            next.upos() == Upos::Propn
                || matches!(next.upos(), Upos::Noun | Upos::Adj) && next.key().starts_with("ال")
        });
        first && subject && !noun && word.key().chars().nth(2).is_some()
    }

    /// The verb of saying at the end of an Arabic word, behind an و that lost its space: الشهروزعم is الشهر وزعم.
    fn glued<'a>(&'a self, word: Word<'a>) -> Option<Found<'a>> {
        let text = word.text();
        let long = text.chars().nth(GLUED - 1).is_some();
        if !long || word.analysis().language() == Language::English {
            return None;
        }
        text.match_indices('و').find_map(|(at, and)| {
            let behind = at + and.len();
            let apart = text[..at].chars().nth(3).is_some();
            let key = keys::key(&text[behind..]);
            let entry = self
                .entries
                .get(&key)
                .filter(|_| apart && key.chars().nth(2).is_some())?
                .iter()
                .find(|entry| entry.part == Part::Verb && entry.rest.is_empty())?;
            let cue = &self.cues[entry.cue];
            let reports = cue.frame.quotes() && !cue.passive;
            reports.then_some(Found {
                cue,
                part: Part::Verb,
                word,
                last: word,
                behind: behind as u32,
            })
        })
    }
}

/// The key of a lemma; most English ones are their own.
fn folded(lemma: &str) -> Cow<'_, str> {
    if lemma.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Cow::Borrowed(lemma)
    } else {
        Cow::Owned(normalize::fold(lemma, Fold::KEY))
    }
}

/// The key of an Arabic token of several words that starts here (بحسب), with its last word.
fn whole_token(word: Word<'_>) -> Option<(String, Word<'_>)> {
    if word.analysis().language() == Language::English {
        return None;
    }
    let token = word.token();
    let last = token.words().last().filter(|last| *last != word)?;
    let conjunction = |word: Word<'_>| matches!(word.key(), "و" | "ف");
    let first = token.words().find(|word| !conjunction(*word))?;
    (first == word).then(|| {
        let rest = first.range().cover(last.range());
        (keys::key(&word.analysis().text()[rest]), last)
    })
}

fn forms(made: Vec<(String, crate::inflect::Agreement)>) -> Vec<String> {
    made.into_iter().map(|(form, _)| form).collect()
}

fn plural(noun: &str) -> String {
    match noun.as_bytes() {
        [.., b's' | b'x'] | [.., b's' | b'c', b'h'] => format!("{noun}es"),
        [.., before, b'y'] if !b"aeiou".contains(before) => {
            format!("{}ies", &noun[..noun.len() - 1])
        }
        _ => format!("{noun}s"),
    }
}

fn arabic_noun(first: &str) -> Vec<String> {
    let bare = first.strip_prefix("ال").unwrap_or(first);
    // Before a pronoun the feminine ending is written as ت (شهادته).
    let joined = bare.strip_suffix('ة').map(|stem| format!("{stem}ت"));
    let own = [first.to_owned(), bare.to_owned(), format!("ال{bare}")];
    own.into_iter().chain(joined).collect()
}

fn english_rest(rest: &str) -> Vec<Rest> {
    rest.split(' ')
        .filter(|word| !matches!(*word, "" | "a" | "an" | "the"))
        .map(|word| match word {
            "one's" | "*" => Rest::Possessive,
            "oneself" => Rest::Reflexive,
            _ => Rest::Word(keys::key(word)),
        })
        .collect()
}

fn arabic_rest(rest: &str) -> Vec<Rest> {
    rest.split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "ب" | "ل" | "ك" => Rest::Attached(word.to_owned()),
            _ => Rest::Stem(stem(&keys::key(word)).to_owned()),
        })
        .collect()
}

/// Takes article and pronoun off an Arabic token's key, as long as three letters stay.
fn stem(key: &str) -> &str {
    let long = |rest: &&str| rest.chars().nth(2).is_some();
    let bare = key.strip_prefix("ال").filter(long).unwrap_or(key);
    let cut = ["هما", "ها", "هم", "هن", "نا", "كم", "ه", "ي", "ا", "ت"];
    cut.iter().find_map(|ending| bare.strip_suffix(ending).filter(long)).unwrap_or(bare)
}

/// Whether the tagger's word class lets a word be this part of speech. Taggers err, so that only plain contradictions count.
fn fits(word: Word<'_>, part: Part) -> bool {
    let arabic = word.analysis().language() == Language::Arabic;
    let upos = word.upos();
    match part {
        Part::Verb => matches!(upos, Upos::Verb | Upos::Aux) || arabic && upos == Upos::Part,
        Part::Participle | Part::Preposition => upos != Upos::Punct,
        Part::Noun => upos == Upos::Noun || arabic && upos == Upos::X,
        Part::Adjective => {
            matches!(upos, Upos::Adj | Upos::Verb | Upos::Adv) || arabic && upos == Upos::Noun
        }
    }
}

/// The last word of a phrase whose first word is given, if the others follow it; at once, when they must.
fn match_rest<'a>(first: Word<'a>, rest: &[Rest], near: bool) -> Option<Word<'a>> {
    let end = first.sentence().word_range().end;
    let analysis = first.analysis();
    let mut last = first;
    for wanted in rest {
        let end = if near { end.min(last.index() + 2) } else { end };
        match next_of(analysis, last, wanted, end) {
            Some(next) => last = next,
            None => return is_parted(first, rest).then_some(first),
        }
    }
    Some(last)
}

/// Whether the particle of an English phrasal verb stands behind its object ("waved the charge away"): the verb alone is the cue
/// then, since what stands between is none of it.
fn is_parted(first: Word<'_>, rest: &[Rest]) -> bool {
    let [Rest::Word(particle)] = rest else { return false };
    let object = first.child(Deprel::Obj).map(Word::index);
    first.children().any(|child| {
        child.deprel() == Deprel::CompoundPrt
            && child.key() == particle
            && object.is_some_and(|object| (first.index()..child.index()).contains(&object))
    })
}

fn next_of<'a>(
    analysis: &'a Analysis,
    from: Word<'a>,
    wanted: &Rest,
    end: usize,
) -> Option<Word<'a>> {
    let english = analysis.language() == Language::English;
    let gap = if english { ENGLISH_GAP } else { ARABIC_GAP };
    let limit = (from.index() + 2 + gap).min(end);
    for index in from.index() + 1..limit {
        let word = analysis.word(index);
        if is_wanted(word, wanted) {
            return Some(word);
        }
        let passes = if english { is_modifier(word) } else { word.upos() != Upos::Verb };
        // Marks may stand within an Arabic phrase (أعربت عن «قلقها»).
        let mark = !english && matches!(word.text(), "«" | "»" | "\"" | "“" | "”");
        if !passes || word.upos() == Upos::Punct && !mark {
            return None;
        }
    }
    None
}

fn is_wanted(word: Word<'_>, wanted: &Rest) -> bool {
    match wanted {
        Rest::Word(key) => word.key() == key || normalize::fold(word.lemma(), Fold::KEY) == *key,
        Rest::Possessive => matches!(word.xpos(), "PRP$" | "POS"),
        Rest::Reflexive => word.key().ends_with("self") || word.key().ends_with("selves"),
        Rest::Attached(key) => word.key() == key,
        // The word as it stands without its clitics, or the whole token with them (بالقول).
        Rest::Stem(wanted) => {
            stem(word.key()) == wanted
                || stem(&keys::key(word.token().text())) == wanted && !word.is_attached()
        }
    }
}

fn is_modifier(word: Word<'_>) -> bool {
    matches!(word.upos(), Upos::Det | Upos::Adj | Upos::Adv | Upos::Num | Upos::Part)
        || matches!(word.xpos(), "PRP$" | "POS" | "RP")
}

fn unknown(row: &Row<'_>, what: &str, value: &str) -> TableError {
    row.error(format!("unknown {what} {value:?}"))
}

fn parse_part(name: &str) -> Option<Part> {
    Some(match name {
        "verb" => Part::Verb,
        "noun" => Part::Noun,
        "adj" => Part::Adjective,
        "prep" => Part::Preposition,
        _ => return None,
    })
}

fn parse_stance(name: &str) -> Option<Stance> {
    Some(match name {
        "asserts" => Stance::Asserts,
        "denies" => Stance::Denies,
        "confirms" => Stance::Confirms,
        "doubts" => Stance::Doubts,
        "asks" => Stance::Asks,
        "demands" => Stance::Demands,
        "promises" => Stance::Promises,
        "warns" => Stance::Warns,
        "accuses" => Stance::Accuses,
        _ => return None,
    })
}

fn parse_kind(name: &str) -> Option<StatementKind> {
    match name {
        "claim" => Some(StatementKind::Claim),
        "attitude" => Some(StatementKind::Attitude),
        _ => None,
    }
}
