//! Descriptions: whom "the minister", "Houthi fighters" or "his country" mean.

use std::ops::Range;

use khabar_atlas::Atlas;
use khabar_lang::{Deprel, Gender, Language, Upos, Word};
use khabar_record::{EntityKind, MentionForm, TextRange};

use super::super::actors::{self, Actor, ActorId};
use super::super::described::{self, Descriptions};
use super::super::find::cover;
use super::super::known::fill;
use super::super::nouns::{Noun, bare};
use super::super::reasons::What;
use super::super::{extents, homes};
use super::Follower;
use crate::clauses;

impl<'a> Follower<'a> {
    /// Gives a description to whom it means: the one whose name it holds or stands beside, the whole of which it is a part, one
    /// who was spoken of before, else somebody new.
    pub(super) fn noun(&mut self, word: Word<'a>, noun: Noun) {
        if matches!(word.upos(), Upos::Verb | Upos::Adv | Upos::Adp | Upos::Aux | Upos::Det)
            || matches!(word.deprel(), Deprel::Compound | Deprel::Fixed)
            || word.child(Deprel::Cop).is_some()
            || self.only_qualifies(word)
            || self.text.rules.pairs.means_two(word)
        {
            return;
        }
        if let Some(at) = self.titles[word.index()] {
            self.described(word, at);
            return;
        }
        if self.names_in_marks(word, noun) {
            return;
        }
        let mut words = extents::of(word, &self.in_name, self.text.times);
        let key = self.noun_key(word);
        let (word, noun) = match one_of(word).filter(|_| noun.plural) {
            Some(one) => {
                words.start = one.index();
                (one, Noun { kind: EntityKind::Person, plural: false, ..noun })
            }
            None => (word, noun),
        };
        if let Some((id, words)) = self.holds_name(word, &words, noun) {
            let range = cover(self.text.analysis, &words);
            self.actors.get_mut(id).nouns.push(key);
            self.add(id, word, words, range, MentionForm::Nominal);
            return;
        }
        let range = cover(self.text.analysis, &words);
        let whole = self.state_of_side(word, &words).or_else(|| self.body_of_members(word, &words));
        if let Some(id) = whole {
            self.add(id, word, words, range, MentionForm::Nominal);
            return;
        }
        if let Some(id) = self.beside_name(word, &words, noun) {
            self.actors.get_mut(id).nouns.push(key);
            self.add(id, word, words, range, MentionForm::Nominal);
            return;
        }
        let meant = self.means(word, noun, &key, &words, range);
        if let Some(id) = meant
            && noun.kind == EntityKind::Outlet
        {
            self.actors.get_mut(id).learn_outlet();
        }
        let id = meant
            .or_else(|| self.own_state(word, noun))
            .unwrap_or_else(|| self.somebody(word, noun, &words));
        self.actors.get_mut(id).nouns.push(key);
        let form = self.form(word, noun, &words);
        self.add(id, word, words, range, form);
    }

    /// Whether an Arabic noun only says what kind of body the name in quotation marks behind it is: صحيفة «الميناء».
    fn names_in_marks(&self, word: Word<'a>, noun: Noun) -> bool {
        let body =
            matches!(noun.kind, EntityKind::Organization | EntityKind::Outlet | EntityKind::Group);
        let mark = word.index() + 1;
        self.text.is_arabic()
            && body
            && !word.key().starts_with("ال")
            && mark + 1 < self.in_name.len()
            && self.text.word(mark).upos() == Upos::Punct
            && self.names.iter().any(|name| name.words.start == mark + 1)
            && self.text.analysis.quotes().iter().any(|quote| {
                quote.closed && quote.range.start() == self.text.word(mark).range().start()
            })
    }

    /// A body with a complement is named by its description ("وزارة المالية"); others are described.
    fn form(&self, word: Word<'_>, noun: Noun, words: &Range<usize>) -> MentionForm {
        let named = noun.kind == EntityKind::Organization
            && self.text.is_arabic()
            && words.start == word.index()
            && words.len() > 1;
        if named { MentionForm::Name } else { MentionForm::Nominal }
    }

    fn noun_key(&self, word: Word<'_>) -> String {
        match self.text.analysis.language() {
            Language::English => word.lemma().to_lowercase(),
            Language::Arabic => bare(word.key()).to_owned(),
        }
    }

    /// A title that is a noun phrase of its own before a name.
    fn described(&mut self, word: Word<'a>, at: usize) {
        let name = &self.names[at];
        let words = name.description..name.words.start;
        if self.titles[word.index().saturating_sub(1)] == Some(at) && word.index() > words.start {
            return;
        }
        let full = match self.text.analysis.language() {
            Language::Arabic => words.len() > 1,
            Language::English => words.len() > 2,
        };
        let Some(id) = self
            .actors
            .widest_at(actors::head_of(self.text.analysis, &name.words).index())
            .map(|spot| spot.actor)
        else {
            return;
        };
        let key = self.noun_key(word);
        self.actors.get_mut(id).nouns.push(key);
        if full {
            let range = cover(self.text.analysis, &words);
            self.add(id, word, words, range, MentionForm::Nominal);
        }
    }

    /// Whether a noun only says of what kind another is: an Arabic adjective, or what a ministry is for.
    fn only_qualifies(&self, word: Word<'_>) -> bool {
        self.text.is_arabic()
            && (word.deprel() == Deprel::Amod
                || word.head().is_some_and(|head| {
                    head.index() + 1 == word.index() && bare(head.key()).starts_with("وزار")
                }))
    }

    /// The state that a side or a delegation with its name stands for.
    fn state_of_side(&self, word: Word<'_>, words: &Range<usize>) -> Option<ActorId> {
        if !self.text.rules.nouns.is_side(word) {
            return None;
        }
        let country = described::country_in(self.text, words)?;
        self.actors.ids().find(|&id| {
            let actor = self.actors.get(id);
            actor.kind == EntityKind::State && actor.country.as_deref() == Some(country)
        })
    }

    /// The body that its members stand for, when it is named right beside them ("Houthi fighters", أفراد العصابة).
    fn body_of_members(&self, word: Word<'_>, words: &Range<usize>) -> Option<ActorId> {
        if !self.text.rules.nouns.is_member(word) {
            return None;
        }
        let at = word.index();
        let spot = self.actors.spots.iter().find(|spot| {
            let beside = if self.text.is_arabic() {
                spot.words.start == at + 1
            } else {
                spot.words.end == at && words.contains(&spot.words.start)
            };
            let actor = self.actors.get(spot.actor);
            beside
                && spot.form == MentionForm::Name
                && matches!(actor.kind, EntityKind::Organization | EntityKind::Group)
        });
        spot.map(|spot| spot.actor)
    }

    /// The person whose name a description runs into ("المتهم رجب عثمان"), with the words before the name. Behind a
    /// noun without article or complement the name is another's ("والدة عثمان").
    fn holds_name(
        &self,
        word: Word<'_>,
        words: &Range<usize>,
        noun: Noun,
    ) -> Option<(ActorId, Range<usize>)> {
        if noun.plural || noun.kind != EntityKind::Person {
            return None;
        }
        // "Republican nominee Donald Trump, in particular": an English name stands right behind the noun.
        let reach = if self.text.is_arabic() { words.end } else { words.end.min(word.index() + 2) };
        let behind = word.index() + 1..reach;
        let spot = self.actors.spots.iter().find(|spot| {
            spot.form == MentionForm::Name
                && behind.contains(&spot.words.start)
                && self.actors.get(spot.actor).kind == EntityKind::Person
        })?;
        let before = self.text.word(spot.words.start - 1);
        let open = matches!(before.upos(), Upos::Adp | Upos::Cconj | Upos::Sconj)
            || before.key() == "بن"
            || self.text.is_arabic() && before == word && !word.key().starts_with("ال");
        let mut end = spot.words.start;
        while end > word.index() + 1 && self.text.word(end - 1).upos() == Upos::Punct {
            end -= 1;
        }
        (!open).then_some((spot.actor, words.start..end))
    }

    /// The person whose name stands right behind or before a description.
    fn beside_name(&self, word: Word<'_>, words: &Range<usize>, noun: Noun) -> Option<ActorId> {
        if noun.plural || noun.kind != EntityKind::Person {
            return None;
        }
        let is_comma = |at: usize| {
            at < self.text.analysis.word_count()
                && matches!(self.text.word(at).key(), "," | "-" | "–" | "—")
        };
        let sentence = word.sentence().word_range();
        let before = words.start.checked_sub(2).filter(|_| is_comma(words.start - 1));
        let behind = if is_comma(words.end) { words.end + 1 } else { words.end };
        let person_at = |at: usize, ends: bool| {
            let name = self.names.iter().find(|name| {
                name.kind == EntityKind::Person
                    && sentence.contains(&at)
                    && (if ends { name.words.end == at + 1 } else { name.words.start == at })
            })?;
            let head = actors::head_of(self.text.analysis, &name.words);
            self.actors.at(head.index()).map(|spot| spot.actor).next()
        };
        let definite = self.is_definite(word, words);
        before.and_then(|at| person_at(at, true)).or_else(|| {
            let direct = behind == words.end || definite;
            // "والدة عثمان": behind a noun without article the name says whose.
            let genitive = self.text.is_arabic()
                && behind == word.index() + 1
                && !word.key().starts_with("ال");
            person_at(behind, false).filter(|_| direct && !genitive)
        })
    }

    fn is_definite(&self, word: Word<'_>, words: &Range<usize>) -> bool {
        match self.text.analysis.language() {
            Language::English => {
                let first = self.text.word(words.start);
                matches!(first.key(), "the" | "this" | "that" | "these" | "those")
                    || word.children_by(Deprel::NmodPoss).next().is_some()
                    || word.child(Deprel::Det).is_some_and(|det| det.key() == "the")
            }
            Language::Arabic => words.clone().any(|at| {
                let word = self.text.word(at);
                word.key().starts_with("ال") || word.upos() == Upos::Pron || self.in_name[at]
            }),
        }
    }

    /// Whom a description means that was spoken of before.
    fn means(
        &mut self,
        word: Word<'a>,
        noun: Noun,
        key: &str,
        words: &Range<usize>,
        range: TextRange,
    ) -> Option<ActorId> {
        // A counterpart is another than all who were spoken of so far.
        if !self.is_definite(word, words) || homes::is_counterpart(word) {
            return None;
        }
        let choices = Descriptions {
            text: self.text,
            actors: self.actors,
            memory: &self.memory,
            word,
            noun,
            key,
            words: words.clone(),
            country: described::country_in(self.text, words),
            home: self.home_of_subject(word),
        }
        .choices();
        self.decide(What::Noun, range, choices)
    }

    /// The state of whoever does something in the clauses around a word ("the minister said his country …").
    fn home_of_subject(&self, word: Word<'_>) -> Option<String> {
        word.ancestors().find_map(|above| {
            let subject = clauses::subject(above).filter(|subject| *subject != word);
            let at = subject.map_or(above.index(), Word::index);
            self.actors.at(at).find_map(|spot| self.actors.get(spot.actor).country.clone())
        })
    }

    /// The state of whoever calls it his ("his country", بلاده), though nothing has named it so far.
    fn own_state(&mut self, word: Word<'_>, noun: Noun) -> Option<ActorId> {
        let his = word.children().any(|child| {
            child.deprel() == Deprel::NmodPoss && child.upos() == Upos::Pron
                || self.text.is_arabic() && child.upos() == Upos::Pron && child.is_attached()
        });
        let code = self.home_of_subject(word).filter(|_| noun.kind == EntityKind::State && his)?;
        let named = self.actors.ids().find(|&id| {
            let actor = self.actors.get(id);
            actor.kind == EntityKind::State && actor.country.as_ref() == Some(&code)
        });
        named.or_else(|| {
            let mut actor = Actor::new(EntityKind::State);
            fill(self.text, &mut actor, Atlas::get().state(&code)?, None);
            Some(self.actors.add(actor))
        })
    }

    /// Makes an actor of a description that means nobody before it.
    fn somebody(&mut self, word: Word<'_>, noun: Noun, words: &Range<usize>) -> ActorId {
        let mut actor = Actor::new(noun.kind);
        actor.plural = noun.plural;
        actor.sectors.extend(noun.sector.map(str::to_owned));
        actor.country = described::country_in(self.text, words).map(str::to_owned);
        actor.role = noun.office.filter(|_| !noun.plural).map(str::to_owned);
        if self.text.is_arabic() && !noun.plural {
            let key = word.key();
            let feminine = key.ends_with('ه') || word.feats().gender() == Some(Gender::Fem);
            actor.gender = Some(if feminine { Gender::Fem } else { Gender::Masc });
        } else if self.text.is_arabic() && word.key().ends_with("ات") {
            // "السلطات … وأضافت": such plurals take the feminine singular.
            actor.gender = Some(Gender::Fem);
        }
        self.actors.add(actor)
    }
}

/// The word for one of those whom a noun describes: أحد in أحد المتظاهرين, *one* in "one of the protesters".
fn one_of(noun: Word<'_>) -> Option<Word<'_>> {
    match noun.analysis().language() {
        Language::Arabic => noun.previous().filter(|word| matches!(word.key(), "احد" | "احدي")),
        Language::English => {
            let one = noun.head().filter(|head| head.key() == "one" && head.index() < noun.index());
            one.filter(|_| clauses::marker(noun) == Some("of"))
        }
    }
}
