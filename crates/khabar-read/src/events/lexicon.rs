//! The lists of senses, and finding their words in a text.
//!
//! A trigger is looked up by the dictionary form of its first word and, because taggers err, by the forms that the word can
//! take. The other words of a phrase are sought behind it, a few words away at most, or as the subject of a passive.

use std::cmp::Reverse;
use std::collections::HashMap;

use khabar_lang::{Deprel, Language, Upos, Word};
use khabar_table::{Table, TableError, list};

use super::arabic::{stands_as_noun, stands_as_verb};
use super::classes::Classes;
use super::scene::{Scene, hyphenated};
use super::sense::{Condition, Frame, Pos, Sense};
use crate::inflect::{
    arabic_circumstance, arabic_imperfect, arabic_passives, arabic_perfect, english_verb,
};
use crate::keys;

/// How many words may stand between two words of a phrase.
const GAP: usize = 4;

/// How far behind it a word of a phrase is sought that the tree hangs on the phrase's first word.
const REACH: usize = 14;

/// The senses of one language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    senses: Vec<Sense>,
    entries: Vec<Entry>,
    /// The entries by the key of their first word, the longest phrase first, then in the order of the list.
    by_first: HashMap<String, Vec<usize>>,
    pub(super) classes: Classes,
}

/// One way to say a sense.
#[derive(Debug)]
struct Entry {
    sense: usize,
    form: Form,
    /// The keys of the words behind the first.
    rest: Vec<String>,
}

/// As what a trigger stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Verb,
    /// A verb and the noun that says what happens.
    Light,
    Noun,
    Adjective,
    /// An Arabic verbal noun.
    Masdar,
    /// An Arabic participle that carries a clause on (داعيا إلى).
    Participle,
}

/// A sense whose words stand in the text.
#[derive(Clone, Debug)]
pub(super) struct Match<'r, 'a> {
    pub(super) sense: &'r Sense,
    pub(super) form: Form,
    /// The first word of the phrase.
    pub(super) head: Word<'a>,
    /// The word that names the event.
    pub(super) trigger: Word<'a>,
    /// All words of the phrase.
    pub(super) words: Vec<Word<'a>>,
}

impl<'a> Match<'_, 'a> {
    /// The word that stands for the event in the tree: of an Arabic verbal noun with the noun of its act (فرض عقوبات) the former.
    pub(super) fn node(&self) -> Word<'a> {
        if self.form == Form::Masdar { self.head } else { self.trigger }
    }
}

impl Lexicon {
    pub(crate) fn load(
        language: Language,
        senses: (&'static str, &str),
        classes: (&'static str, &str),
        participles: Option<(&'static str, &str)>,
    ) -> Result<Self, TableError> {
        let classes = Classes::load(classes)?;
        let mut lexicon =
            Self { senses: Vec::new(), entries: Vec::new(), by_first: HashMap::new(), classes };
        match language {
            Language::English => lexicon.load_english(senses)?,
            Language::Arabic => {
                let participles = participles.map(load_participles).transpose()?;
                lexicon.load_arabic(senses, &participles.unwrap_or_default())?;
            }
        }
        Ok(lexicon)
    }

    fn load_english(&mut self, (file, text): (&'static str, &str)) -> Result<(), TableError> {
        let table = Table::parse(file, text)?;
        let columns = table.columns([
            "id", "trigger", "past", "pos", "type", "mode", "contexts", "frame", "if", "cameo",
            "example", "note",
        ])?;
        for row in table.rows() {
            let [id, trigger, past, pos, kind, mode, contexts, frame, conditions, cameo, _, _] =
                columns.cells(row);
            let cells = Cells { id, pos, kind, mode, contexts, frame, conditions, cameo };
            let sense = cells.sense(&self.classes).map_err(|fault| row.error(fault))?;
            let pos = sense.pos;
            let at = self.add_sense(sense);
            for trigger in list(trigger) {
                let (first, rest) = split(trigger);
                let mut forms = vec![first.to_owned()];
                match pos {
                    Pos::Verb | Pos::Light => {
                        let past: Vec<&str> = list(past).map(|form| split(form).0).collect();
                        forms.extend(english_verb(first, &past));
                    }
                    Pos::Noun => forms.push(plural(first)),
                    Pos::Adjective => {}
                }
                let form = Form::of(pos);
                self.add_entry(at, form, forms, rest);
            }
        }
        Ok(())
    }

    fn load_arabic(
        &mut self,
        (file, text): (&'static str, &str),
        participles: &HashMap<String, Vec<String>>,
    ) -> Result<(), TableError> {
        let table = Table::parse(file, text)?;
        let columns = table.columns([
            "id",
            "trigger",
            "imperfect",
            "masdar",
            "pos",
            "type",
            "mode",
            "contexts",
            "frame",
            "if",
            "cameo",
            "example",
            "note",
        ])?;
        for row in table.rows() {
            let [
                id,
                trigger,
                imperfect,
                masdar,
                pos,
                kind,
                mode,
                contexts,
                frame,
                conditions,
                cameo,
                _,
                _,
            ] = columns.cells(row);
            let cells = Cells { id, pos, kind, mode, contexts, frame, conditions, cameo };
            let sense = cells.sense(&self.classes).map_err(|fault| row.error(fault))?;
            let pos = sense.pos;
            let at = self.add_sense(sense);
            for trigger in list(trigger) {
                let (first, rest) = split(trigger);
                let mut forms = vec![first.to_owned()];
                if matches!(pos, Pos::Verb | Pos::Light) {
                    forms.extend(arabic_perfect(first).into_iter().map(|(form, _)| form));
                    for imperfect in list(imperfect) {
                        let imperfect = split(imperfect).0;
                        let made = arabic_imperfect(imperfect);
                        forms.extend(made.into_iter().map(|(form, _)| form));
                        forms.extend(arabic_passives(first, imperfect));
                    }
                }
                self.add_entry(at, Form::of(pos), forms, rest);
                if let Some(forms) = participles.get(first).filter(|_| pos == Pos::Verb) {
                    self.add_entry(at, Form::Participle, forms.clone(), rest);
                }
            }
            if matches!(pos, Pos::Verb | Pos::Light) {
                for masdar in list(masdar) {
                    let (first, rest) = split(masdar);
                    let bare = first.strip_prefix("ال").unwrap_or(first);
                    self.add_entry(at, Form::Masdar, vec![bare.to_owned()], rest);
                }
            }
        }
        Ok(())
    }

    fn add_sense(&mut self, sense: Sense) -> usize {
        self.senses.push(sense);
        self.senses.len() - 1
    }

    fn add_entry(&mut self, sense: usize, form: Form, forms: Vec<String>, rest: &str) {
        let rest = rest
            .split_whitespace()
            .filter(|word| *word != "*")
            .map(|word| bare(&keys::key(word)).to_owned())
            .collect();
        let at = self.entries.len();
        self.entries.push(Entry { sense, form, rest });
        for first in forms {
            let entries = self.by_first.entry(bare(&keys::key(&first)).to_owned()).or_default();
            if entries.last() != Some(&at) {
                entries.push(at);
            }
        }
    }

    /// All senses whose words stand at this word, the longest phrase first, then in the order of the list.
    pub(super) fn at<'r, 'a>(&'r self, scene: &Scene<'a>, word: Word<'a>) -> Vec<Match<'r, 'a>> {
        let lemma = scene.lemma(word);
        let key = bare(word.key());
        let by = |key: &str| self.by_first.get(key).map_or(&[] as &[usize], Vec::as_slice);
        // A form that both the lemma and the spelling lead to is surer than one that only the spelling does, and that surer than a
        // lemma alone, which the tagger may have got wrong.
        let (by_lemma, by_key) = (by(bare(lemma)), by(key));
        let doubt = |at: &usize| match (by_key.contains(at), by_lemma.contains(at)) {
            (true, true) => 0,
            (true, false) => 1,
            _ => 2,
        };
        let mut found: Vec<usize> = by_lemma.to_vec();
        found.extend_from_slice(by_key);
        let joined: Vec<usize> =
            scene.joined(word).iter().flat_map(|spelling| by(spelling)).copied().collect();
        found.extend_from_slice(&joined);
        // An English word's default of being no event stands behind all its other uses, wherever the list has them.
        let is_default = |entry: &Entry| {
            let sense = &self.senses[entry.sense];
            sense.kind.is_none() && sense.conditions.is_empty()
        };
        if scene.is_arabic() {
            found.sort_by_key(|at| (Reverse(self.entries[*at].rest.len()), doubt(at), *at));
        } else {
            found.sort_by_key(|&at| {
                let entry = &self.entries[at];
                (Reverse(entry.rest.len()), is_default(entry), at)
            });
        }
        found.dedup();
        let stands = |at: usize| {
            let entry = &self.entries[at];
            if joined.contains(&at) {
                return entry.form.fits_joined(word) && is_joined_top(scene, word);
            }
            entry.form.fits(word)
        };
        let matched = |at: usize| self.matched(scene, word, &self.entries[at]);
        let all: Vec<_> = found.iter().filter(|at| stands(**at)).map(|at| matched(*at)).collect();
        let all: Vec<_> = all.into_iter().flatten().collect();
        if all.is_empty() && is_verb_of_headline(scene, word) {
            let verbal = |at: &&usize| matches!(self.entries[**at].form, Form::Verb | Form::Light);
            return found.iter().filter(verbal).filter_map(|at| matched(*at)).collect();
        }
        all
    }

    fn matched<'r, 'a>(
        &'r self,
        scene: &Scene<'a>,
        head: Word<'a>,
        entry: &'r Entry,
    ) -> Option<Match<'r, 'a>> {
        let words = if entry.rest.is_empty() { vec![head] } else { phrase(scene, head, entry)? };
        let sense = &self.senses[entry.sense];
        let trigger = if scene.is_arabic() {
            self.arabic_trigger(scene, entry, sense, &words)
        } else {
            entry.form.trigger(&words)
        };
        Some(Match { sense, form: entry.form, head, trigger, words })
    }

    /// The word of an Arabic phrase that says what happens: of a verb that says little and its noun the noun (شن غارة), but the
    /// verb where the noun names no such act by itself (أطلق النار، قطع الطريق، دعا إلى وقف القصف).
    fn arabic_trigger<'a>(
        &self,
        scene: &Scene<'a>,
        entry: &Entry,
        sense: &Sense,
        words: &[Word<'a>],
    ) -> Word<'a> {
        let head = words[0];
        if !matches!(entry.form, Form::Light | Form::Masdar) {
            return head;
        }
        let says = |word: &&Word<'a>| {
            matches!(word.upos(), Upos::Noun | Upos::Propn)
                && self.names(scene, **word).any(|kind| sense.kind.as_deref() == Some(kind))
        };
        words[1..].iter().find(says).copied().unwrap_or(head)
    }

    /// The types of the acts that a noun may name by itself.
    pub(super) fn names<'r>(
        &'r self,
        scene: &Scene<'_>,
        noun: Word<'_>,
    ) -> impl Iterator<Item = &'r str> {
        let noun = scene.word(noun.index());
        let keys = scene.keys(noun).map(bare);
        let found = keys.into_iter().filter_map(|key| self.by_first.get(key)).flatten();
        let entries: Vec<&Entry> = found.map(|at| &self.entries[*at]).collect();
        entries
            .into_iter()
            .filter(|entry| {
                entry.rest.is_empty() && matches!(entry.form, Form::Noun | Form::Masdar)
            })
            .filter_map(|entry| self.senses[entry.sense].kind.as_deref())
    }
}

/// The cells that both languages have.
struct Cells<'t> {
    id: &'t str,
    pos: &'t str,
    kind: &'t str,
    mode: &'t str,
    contexts: &'t str,
    frame: &'t str,
    conditions: &'t str,
    cameo: &'t str,
}

impl Cells<'_> {
    fn sense(&self, classes: &Classes) -> Result<Sense, String> {
        let pos = Pos::parse(self.pos)?;
        let filled = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        let kind = if self.kind == "-" { None } else { filled(self.kind) };
        if kind.is_none() && self.kind != "-" {
            return Err("the type is missing".to_owned());
        }
        super::plover::check(kind.as_deref(), self.mode, list(self.contexts))?;
        Ok(Sense {
            rule: self.id.to_owned(),
            pos,
            kind,
            mode: filled(self.mode),
            contexts: list(self.contexts).map(str::to_owned).collect(),
            frame: Frame::parse(self.frame, pos)?,
            conditions: Condition::parse_all(self.conditions, classes)?,
            cameo: filled(self.cameo),
        })
    }
}

impl Form {
    /// Its name, as the trained models know it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Verb => "verb",
            Self::Light => "light",
            Self::Noun => "noun",
            Self::Adjective => "adjective",
            Self::Masdar => "masdar",
            Self::Participle => "participle",
        }
    }

    fn of(pos: Pos) -> Self {
        match pos {
            Pos::Verb => Self::Verb,
            Pos::Light => Self::Light,
            Pos::Noun => Self::Noun,
            Pos::Adjective => Self::Adjective,
        }
    }

    /// Whether a word of the text can stand in this form.
    fn fits(self, word: Word<'_>) -> bool {
        let arabic = word.analysis().language() == Language::Arabic;
        match self {
            Self::Verb | Self::Light => {
                let verbal = matches!(word.upos(), Upos::Verb | Upos::Aux);
                verbal && !(arabic && stands_as_noun(word)) || arabic && stands_as_verb(word)
            }
            // A listed noun may start with a participle or an adjective ("armed clash").
            Self::Noun => match word.upos() {
                Upos::Noun => true,
                Upos::Propn => arabic,
                Upos::Adj => !arabic,
                Upos::Verb => arabic && stands_as_noun(word),
                _ => false,
            },
            Self::Masdar => {
                word.upos() == Upos::Noun || word.upos() == Upos::Verb && stands_as_noun(word)
            }
            // With the article, as subject or object or behind a preposition it is a noun: the demonstrators.
            Self::Participle => {
                matches!(word.upos(), Upos::Noun | Upos::Adj | Upos::Adv | Upos::Verb | Upos::X)
                    && !word.key().starts_with("ال")
                    && !matches!(
                        word.deprel().universal(),
                        Deprel::Nsubj | Deprel::Obj | Deprel::Nmod | Deprel::Amod
                    )
                    && word.child(Deprel::Case).is_none()
            }
            Self::Adjective => matches!(word.upos(), Upos::Adj | Upos::Verb | Upos::Noun),
        }
    }

    /// Whether what hyphens join can stand in this form: a verb when it ends in one ("air-dropped").
    fn fits_joined(self, word: Word<'_>) -> bool {
        let run = hyphenated_around(word);
        let verbal = word.analysis().word(run.end - 1).upos() == Upos::Verb;
        match self {
            Self::Verb | Self::Light => verbal,
            Self::Noun => !verbal,
            Self::Adjective => true,
            Self::Masdar | Self::Participle => false,
        }
    }

    /// The word of an English phrase that says what happens.
    fn trigger<'a>(self, words: &[Word<'a>]) -> Word<'a> {
        let head = words[0];
        let is_noun = |word: &&Word<'_>| matches!(word.upos(), Upos::Noun | Upos::Propn);
        match self {
            Self::Verb | Self::Adjective | Self::Masdar | Self::Participle => head,
            Self::Light => *words[1..].iter().rev().find(is_noun).unwrap_or(&head),
            // "Cessation of hostilities" is a cessation, a "peace talk" is a talk.
            Self::Noun => {
                let of = words.iter().position(|word| word.upos() == Upos::Adp);
                words[..of.unwrap_or(words.len())].last().copied().unwrap_or(head)
            }
        }
    }
}

/// The words that hyphens join to this one.
fn hyphenated_around(word: Word<'_>) -> std::ops::Range<usize> {
    let analysis = word.analysis();
    let sentence = word.sentence().word_range();
    let mut first = word.index();
    while first >= sentence.start + 2 && hyphenated(analysis, first - 2).contains(&first) {
        first -= 2;
    }
    hyphenated(analysis, first)
}

/// Whether a word stands for all that hyphens join to it: the others hang on it.
fn is_joined_top(scene: &Scene<'_>, word: Word<'_>) -> bool {
    let run = hyphenated_around(word);
    let inside = word.head().is_some_and(|head| run.contains(&head.index()));
    !inside && !scene.joined(word).is_empty()
}

/// Whether a word that is tagged as a noun may be the verb of a headline ("G7 slams Tehran", "Rebels down arms"): the line has
/// no full stop, and the noun before it and it agree as a subject and its verb do.
fn is_verb_of_headline(scene: &Scene<'_>, word: Word<'_>) -> bool {
    if scene.is_arabic() || !matches!(word.upos(), Upos::Noun | Upos::Propn) {
        return false;
    }
    let range = word.sentence().word_range();
    let last = scene.word(range.end - 1);
    if last.upos() == Upos::Punct && matches!(last.key(), "." | "!" | "?")
        || word.index() == range.start
    {
        return false;
    }
    let (before, behind) = (scene.word(word.index() - 1), word.next());
    let Some(behind) = behind.filter(|behind| behind.index() < range.end) else { return false };
    let goes_on = !matches!(behind.upos(), Upos::Verb | Upos::Aux | Upos::Punct | Upos::Part)
        && behind.key() != "of";
    let subject = matches!(before.upos(), Upos::Noun | Upos::Propn);
    let singular_verb = word.key().ends_with('s') && !word.key().ends_with("ss");
    let plural_subject =
        before.key().ends_with('s') && before.upos() == Upos::Noun || before.key() == "police";
    goes_on && subject && singular_verb != plural_subject
}

/// The words of a phrase: one behind the other with little between, or the noun of a light verb as subject of its passive.
fn phrase<'a>(scene: &Scene<'a>, head: Word<'a>, entry: &Entry) -> Option<Vec<Word<'a>>> {
    let end = head.sentence().word_range().end;
    let contiguous = matches!(entry.form, Form::Noun);
    let gap = if contiguous { 0 } else { GAP };
    let reach = if contiguous || !scene.is_arabic() { 0 } else { REACH };
    let mut words = vec![head];
    let mut at = head.index() + 1;
    for key in &entry.rest {
        let near = (at..end.min(at + gap + 1))
            .map(|index| scene.word(index))
            .take_while(|word| word.upos() != Upos::Punct || word.key() == "\"")
            .find_map(|word| said(scene, word, key).filter(|found| belongs(found[0], head)));
        // A long subject may stand between, but what the tree hangs on the verb is the verb's.
        let far = || {
            (at + gap + 1..end.min(at + reach))
                .map(|index| scene.word(index))
                .find_map(|word| said(scene, word, key).filter(|found| hangs(found, head)))
        };
        match near.or_else(far) {
            Some(found) => {
                at = found[found.len() - 1].index() + 1;
                words.extend(found);
            }
            None => return passive_phrase(scene, head, entry),
        }
    }
    Some(words)
}

/// The words from one on that a word of a phrase stands for: it, or the Arabic particle that it is written with and the word
/// behind (بالأعمال, للدموع).
fn said<'a>(scene: &Scene<'a>, word: Word<'a>, key: &str) -> Option<Vec<Word<'a>>> {
    if scene.says(word, key) {
        return Some(vec![word]);
    }
    let rest = key.strip_prefix(word.key()).filter(|rest| rest.chars().nth(1).is_some())?;
    let next = word.next().filter(|next| next.token().range() == word.token().range())?;
    let next = scene.word(next.index());
    let particle = matches!(word.key(), "ب" | "ل" | "ك");
    let article = rest.strip_prefix('ل').filter(|_| word.key() == "ل");
    let fits = scene.says(next, bare(rest)) || article.is_some_and(|rest| scene.says(next, rest));
    (particle && fits).then(|| vec![word, next])
}

/// Whether the tree hangs a word of a phrase, or the noun of its preposition, right on the phrase's first word.
fn hangs(found: &[Word<'_>], head: Word<'_>) -> bool {
    let noun = match found {
        [one] if matches!(one.upos(), Upos::Adp) => one.head(),
        _ => found.last().copied(),
    };
    noun.and_then(Word::head) == Some(head)
}

/// A preposition or particle belongs to the verb only when the tree hangs it there.
fn belongs(word: Word<'_>, head: Word<'_>) -> bool {
    if !matches!(word.upos(), Upos::Adp | Upos::Adv | Upos::Part)
        || word.index() == head.index() + 1
    {
        return true;
    }
    word.head() == Some(head) || word.head().and_then(Word::head) == Some(head)
}

fn passive_phrase<'a>(scene: &Scene<'a>, head: Word<'a>, entry: &Entry) -> Option<Vec<Word<'a>>> {
    if scene.is_arabic() && entry.rest.len() > 1 {
        return None;
    }
    let noun = entry.rest.last().filter(|_| entry.form == Form::Light)?;
    let subject = head.children().find(|child| child.deprel().universal() == Deprel::Nsubj);
    let described = head.head().filter(|_| head.deprel().universal() == Deprel::Acl);
    let found = subject.into_iter().chain(described).find(|word| scene.says(*word, noun))?;
    Some(vec![head, found])
}

/// The forms of the participles that carry a clause on, by the perfect of their verb.
fn load_participles(
    (file, text): (&'static str, &str),
) -> Result<HashMap<String, Vec<String>>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns(["perfect", "participle", "note"])?;
    let mut verbs: HashMap<String, Vec<String>> = HashMap::new();
    for row in table.rows() {
        let [perfect, participles, _] = columns.cells(row);
        if perfect.is_empty() || participles.is_empty() {
            return Err(row.error("a verb and its participle are wanted".to_owned()));
        }
        let made = list(participles).flat_map(arabic_circumstance).map(|(form, _)| form);
        verbs.entry(perfect.to_owned()).or_default().extend(made);
    }
    Ok(verbs)
}

/// A key without the Arabic article.
pub(super) fn bare(key: &str) -> &str {
    key.strip_prefix("ال").filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(key)
}

fn split(phrase: &str) -> (&str, &str) {
    phrase.split_once(' ').unwrap_or((phrase, ""))
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
