//! Finding names: what the model, the lists and the titles say, made into one list of names that do not overlap.

use std::cmp::Reverse;
use std::ops::Range;

use khabar_atlas::Entry;
use khabar_lang::{Analysis, Upos};
use khabar_record::{EntityKind, TextRange};

use super::echo;
use super::edges::{name_end, name_start};
use super::tagger::Tagged;
use super::tagger::labels::Class;
use super::world::{Bearer, Hit, kind_of};
use super::{Text, flag};
use crate::rules::Title;

/// The most words that a title and the demonym behind it have.
const LONGEST_TITLE: usize = 7;
/// The longest name that a title is taken to introduce, in words.
const LONGEST_NAME: usize = 4;

/// A name in the text.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// The indices of its words.
    pub(crate) words: Range<usize>,
    /// Its place in the text.
    pub(crate) range: TextRange,
    /// What it names.
    pub(crate) kind: EntityKind,
    /// Whom the atlas knows by this name, the likeliest first; the first one is meant wherever the name stands when it is
    /// sure.
    pub(crate) bearers: Vec<Bearer>,
    /// What the title before it says.
    pub(crate) title: Option<Title>,
    /// The state whose demonym stands at the title.
    pub(crate) country: Option<Entry>,
    /// The first word of the title and of what belongs to it, else the name's own.
    pub(crate) description: usize,
}

/// How many words a name in quotation marks may have.
const QUOTED: usize = 5;

/// Finds the names of a text in their order.
pub(crate) fn names(text: Text<'_>, tagged: &[Tagged]) -> Vec<Name> {
    let finder = Finder { text };
    let mut names = finder.known();
    names.extend(
        tagged.iter().flat_map(|tagged| at_commas(text, tagged)).filter_map(|t| finder.tagged(&t)),
    );
    names.extend(finder.titled(&names));
    let quoted = finder.quoted();
    // What was taken for a name across the marks of another is none.
    names.retain(|name| {
        quoted.iter().all(|other| {
            let apart = name.words.end <= other.words.start || other.words.end <= name.words.start;
            apart || name.words == other.words
        })
    });
    names.extend(
        quoted
            .into_iter()
            .filter(|name| !names.iter().any(|other| other.words == name.words))
            .collect::<Vec<_>>(),
    );
    let mut names = finder.without_overlaps(names);
    finder.behind_outlets(&mut names);
    for name in &mut names {
        finder.describe(name);
    }
    echo::agree(text, &mut names);
    let again = echo::again(text, &names);
    names.extend(again.into_iter().map(|(words, kind)| {
        let mut name = finder.name(words, kind);
        finder.describe(&mut name);
        name
    }));
    finder.without_overlaps(names)
}

/// The names of a list of places that the model took for one: "Athens, Georgia" and "Jordan and Britain" name two.
fn at_commas(text: Text<'_>, tagged: &Tagged) -> Vec<Tagged> {
    let listed = text.world.at(tagged.words.start).is_some_and(|hit| hit.words == tagged.words);
    let is_comma = |at: &usize| {
        let word = text.word(*at);
        matches!(word.key(), "," | "،") || word.upos() == Upos::Cconj && !listed
    };
    if tagged.class != Class::Location || !tagged.words.clone().any(|at| is_comma(&at)) {
        return vec![tagged.clone()];
    }
    let mut parts = Vec::new();
    let mut start = tagged.words.start;
    for at in tagged.words.clone().filter(is_comma).chain([tagged.words.end]) {
        if at > start {
            parts.push(Tagged { words: start..at, ..tagged.clone() });
        }
        start = at + 1;
    }
    parts
}

struct Finder<'a> {
    text: Text<'a>,
}

impl Finder<'_> {
    fn name(&self, words: Range<usize>, kind: EntityKind) -> Name {
        let range = cover(self.text.analysis, &words);
        Name {
            description: words.start,
            words,
            range,
            kind,
            bearers: Vec::new(),
            title: None,
            country: None,
        }
    }

    /// The names that the atlas knows and that mean somebody wherever they stand.
    fn known(&self) -> Vec<Name> {
        let mut names = Vec::new();
        let mut index = 0;
        while index < self.text.analysis.word_count() {
            let hit =
                self.text.world.at(index).filter(|hit| {
                    hit.bearers[0].sure && !(self.text.is_arabic() && self.is_verb(hit))
                });
            let Some(hit) = hit else {
                index += 1;
                continue;
            };
            let mut name = self.name(hit.words.clone(), kind_of(hit.bearers[0].entry()));
            name.range = hit.range;
            name.bearers.clone_from(&hit.bearers);
            index = hit.words.end;
            names.push(name);
        }
        names
    }

    /// Whether a single Arabic word that could be a name is a verb here.
    fn is_verb(&self, hit: &Hit) -> bool {
        hit.words.len() == 1 && self.text.word(hit.words.start).upos() == Upos::Verb
    }

    /// A name that the model has found, without titles and clitics at its edges.
    fn tagged(&self, tagged: &Tagged) -> Option<Name> {
        let mut words = tagged.words.clone();
        // Two states in a row (حذرت إيران إسرائيل) are two names, which the atlas knows.
        let states = self.text.is_arabic() && words.len() == 2;
        if states && words.clone().all(|at| self.text.world.sure_state_at(at).is_some()) {
            return None;
        }
        let is_edge = |at: usize| {
            let word = self.text.word(at);
            matches!(word.upos(), Upos::Punct | Upos::Det | Upos::Adp | Upos::Cconj)
                && word.text().chars().count() < 4
                && !matches!(word.key(), "al" | "el" | "de" | "la" | "le" | "los" | "las")
        };
        while words.start < words.end && is_edge(words.start) {
            words.start += 1;
        }
        while words.start < words.end
            && (is_edge(words.end - 1) || self.text.word(words.end - 1).text() == "'s")
        {
            words.end -= 1;
        }
        words.start = name_start(
            self.text.rules,
            self.text.analysis,
            self.text.flags,
            words.clone(),
            tagged.class,
        );
        words.end = name_end(self.text, words.clone(), tagged.class);
        let pronouns = || words.clone().all(|at| self.text.word(at).upos() == Upos::Pron);
        if words.is_empty() || tagged.class == Class::Person && pronouns() {
            return None;
        }
        // المدينة is the town that was spoken of, and no Medina.
        let generic = |at: usize| {
            let word = self.text.word(at);
            word.upos() == Upos::Noun
                && word.key().starts_with("ال")
                && self.text.is(at, flag::PLACE_HEAD)
        };
        if self.text.is_arabic() && words.len() == 1 && generic(words.start) {
            return None;
        }
        let kind = match tagged.class {
            Class::Person => EntityKind::Person,
            Class::Organization => EntityKind::Organization,
            Class::Location => EntityKind::Place,
        };
        let kind = if kind == EntityKind::Organization && self.is_headed_as_place(&words) {
            EntityKind::Place
        } else {
            kind
        };
        let mut name = self.name(words, kind);
        if let Some(hit) =
            self.text.world.at(name.words.start).filter(|hit| hit.words == name.words)
        {
            name.bearers.extend(hit.bearers.iter().filter(|bearer| {
                match (kind, kind_of(bearer.entry())) {
                    (EntityKind::Person, other) => other == EntityKind::Person,
                    (EntityKind::Place, other) => {
                        matches!(other, EntityKind::Place | EntityKind::State)
                    }
                    (_, other) => other != EntityKind::Person,
                }
            }));
            name.range = hit.range;
        }
        Some(name)
    }

    /// Makes outlets of the names right behind an Arabic noun for one, whatever else they name: صحيفة «الوطن», جريدة فلسطين.
    fn behind_outlets(&self, names: &mut [Name]) {
        for name in names.iter_mut().filter(|_| self.text.is_arabic()) {
            let is_mark = |at: &usize| matches!(self.text.word(*at).text(), "«" | "\"" | "“");
            let before = name.words.start.checked_sub(1);
            let before =
                before.and_then(|at| if is_mark(&at) { at.checked_sub(1) } else { Some(at) });
            let noun = before.map(|at| (self.text.word(at), self.text.flags[at]));
            let named = noun.is_some_and(|(noun, known)| {
                known & flag::GENERIC_OUTLET != 0
                    && known & flag::PLACE_HEAD == 0
                    && noun.sentence().index()
                        == self.text.word(name.words.start).sentence().index()
            });
            if named && name.kind != EntityKind::Person {
                name.kind = EntityKind::Organization;
                name.bearers.retain(|bearer| kind_of(bearer.entry()) == EntityKind::Outlet);
            }
        }
    }

    /// Arabic names in quotation marks right behind a noun for bodies or outlets: صحيفة «الميناء»، منظمة «أطباء بلا حدود».
    fn quoted(&self) -> Vec<Name> {
        if !self.text.is_arabic() {
            return Vec::new();
        }
        let analysis = self.text.analysis;
        let named = analysis.quotes().iter().filter(|quote| quote.closed).filter_map(|quote| {
            let words = analysis.words_in(quote.content);
            let opens = words.start.checked_sub(1)?;
            let noun = self.text.word(opens.checked_sub(1)?);
            let kind = self.text.noun(noun).map(|noun| noun.kind);
            let body = (self.text.is(noun.index(), flag::GENERIC_OUTLET | flag::ORG_HEAD)
                || matches!(kind, Some(EntityKind::Outlet | EntityKind::Organization)))
                && noun.upos().is_nominal()
                && !noun.key().starts_with("ال")
                && noun.sentence().index() == self.text.word(words.start).sentence().index();
            let plain = (1..=QUOTED).contains(&words.len())
                && words.clone().all(|at| {
                    !matches!(self.text.word(at).upos(), Upos::Punct | Upos::Sconj | Upos::Pron)
                });
            (body && plain).then(|| {
                let hit = self.text.world.at(words.start).filter(|hit| hit.words == words);
                let mut name = self.name(words.clone(), EntityKind::Organization);
                if let Some(hit) = hit {
                    let bodies = hit.bearers.iter().filter(|bearer| {
                        matches!(
                            kind_of(bearer.entry()),
                            EntityKind::Organization | EntityKind::Outlet
                        )
                    });
                    name.bearers = bodies.copied().collect();
                }
                name
            })
        });
        named.collect()
    }

    /// Whether the noun that heads a name of several words is one for places and for no bodies: سجن بدر, "Red Bridge".
    fn is_headed_as_place(&self, words: &Range<usize>) -> bool {
        let head = if self.text.is_arabic() { words.start } else { words.end - 1 };
        words.len() > 1
            && self.text.is(head, flag::PLACE_HEAD)
            && !self.text.is(head, flag::ORG_HEAD | flag::COMPANY_TAIL)
    }

    /// Names behind titles ("Foreign Minister Qin Gang", وزير الخارجية تشين قانغ) that nothing else has found.
    fn titled(&self, found: &[Name]) -> Vec<Name> {
        let mut names = Vec::new();
        let mut index = 0;
        while index < self.text.analysis.word_count() {
            let Some(title) = self.text.rules.titles.at(self.text.analysis, index) else {
                index += 1;
                continue;
            };
            let start = self.behind_demonym(title.end);
            index = title.end;
            let other = found.iter().filter(|name| name.words.contains(&start));
            let longest = other.map(|name| name.words.end).max().unwrap_or(start);
            if let Some(end) = self.name_end(start).filter(|&end| end > longest) {
                names.push(self.name(start..end, EntityKind::Person));
            }
        }
        names
    }

    /// The word behind the demonym that stands at `index`, if one does.
    fn behind_demonym(&self, index: usize) -> usize {
        let mut end = index;
        while end < self.text.flags.len()
            && end < index + 2
            && self.text.flags[end] & flag::DEMONYM != 0
        {
            end += 1;
        }
        end
    }

    /// Returns the index behind the name that starts at a word, when one does.
    fn name_end(&self, start: usize) -> Option<usize> {
        if start >= self.text.analysis.word_count() {
            return None;
        }
        let limit = self.text.word(start).sentence().word_range().end.min(start + LONGEST_NAME);
        let mut end = start;
        while end < limit && self.in_name(end, end - start) {
            end += 1;
        }
        // A name does not end in a particle ("Ludwig van").
        while end > start && self.text.flags[end - 1] & flag::PARTICLE != 0 {
            end -= 1;
        }
        (end > start).then_some(end)
    }

    /// Whether a word can carry on a name that has `length` words already.
    fn in_name(&self, index: usize, length: usize) -> bool {
        let word = self.text.word(index);
        let known = self.text.flags[index];
        let particle = known & flag::PARTICLE != 0;
        if known & (flag::STATE | flag::DEMONYM | flag::TITLE | flag::ORG_HEAD) != 0
            && known & (flag::GIVEN_M | flag::GIVEN_F) == 0
        {
            return false;
        }
        if !self.text.is_arabic() {
            return is_upper(word.text()) && word.upos() != Upos::Det || (length > 0 && particle);
        }
        let listed = self.text.analysis.word(index).upos() == Upos::Verb
            || self.text.rules.not_names.at(self.text.analysis, index).is_some();
        let after_particle = length > 0 && self.text.flags[index - 1] & flag::PARTICLE != 0;
        let given = known & (flag::GIVEN_M | flag::GIVEN_F) != 0;
        // A word that is not tagged carries on a given name by one word, and by two behind a particle.
        let fits = match word.upos() {
            Upos::Propn => true,
            Upos::X => length < 2 || particle || after_particle,
            Upos::Noun | Upos::Adj => given || length == 1 || after_particle,
            _ => given,
        };
        let article = length == 0 && word.key().starts_with("ال");
        let letters = word.text().chars().any(char::is_alphabetic);
        fits && letters && !listed && !article && word.key().chars().count() > 1
    }

    /// Of names that overlap one stays: the longer one, of two as long the one that the lists know.
    fn without_overlaps(&self, mut names: Vec<Name>) -> Vec<Name> {
        names.sort_by_key(|name| (Reverse(name.words.len()), !name.is_sure(), name.words.start));
        let mut taken = vec![false; self.text.analysis.word_count()];
        let mut kept: Vec<Name> = Vec::new();
        for name in names {
            if name.words.clone().any(|word| taken[word]) {
                continue;
            }
            for word in name.words.clone() {
                taken[word] = true;
            }
            kept.push(name);
        }
        kept.sort_by_key(|name| name.words.start);
        kept
    }

    /// The first word of a state's name or people right before a title ("Chinese", in English also "U.S." and "Britain's").
    fn state_before(&self, first: usize, sentence: usize) -> Option<usize> {
        let is = |at: usize, flags: u32| at >= sentence && self.text.flags[at] & flags != 0;
        let at = first.checked_sub(1)?;
        if is(at, flag::DEMONYM) {
            return Some(at);
        }
        if self.text.is_arabic() {
            return None;
        }
        let possessive = matches!(self.text.word(at).key(), "'s" | "’s" | "'" | "’");
        let last = if possessive { at.checked_sub(1)? } else { at };
        let start = (last.saturating_sub(3)..=last).find(|&start| {
            start >= sentence
                && self.text.world.at(start).is_some_and(|hit| hit.words.end == last + 1)
        })?;
        is(start, flag::STATE).then_some(start)
    }

    /// Reads the title before a name, with the demonym at it.
    fn describe(&self, name: &mut Name) {
        if name.kind != EntityKind::Person {
            return;
        }
        let start = name.words.start;
        let sentence = self.text.word(start).sentence().word_range().start;
        for first in start.saturating_sub(LONGEST_TITLE).max(sentence)..start {
            let Some(title) = self.text.rules.titles.at(self.text.analysis, first) else {
                continue;
            };
            let behind = self.behind_demonym(title.end);
            if behind != start {
                continue;
            }
            name.title = Some(title.value.clone());
            name.description = first;
            let before = self.state_before(first, sentence);
            let demonym = (behind > title.end).then_some(title.end);
            name.country = demonym
                .and_then(|at| self.text.world.demonym(at))
                .or_else(|| before.and_then(|at| self.text.world.state_at(at)));
            if let Some(before) = before {
                name.description = before;
            }
            return;
        }
    }
}

impl Name {
    /// Whether the atlas alone is enough to take it for a name.
    pub(super) fn is_sure(&self) -> bool {
        self.bearers.first().is_some_and(|bearer| bearer.sure)
    }
}

/// The stretch of the text that words cover.
pub(crate) fn cover(analysis: &Analysis, words: &Range<usize>) -> TextRange {
    analysis.word(words.start).range().cover(analysis.word(words.end - 1).range())
}

/// Whether a word begins with a capital.
pub(crate) fn is_upper(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}
