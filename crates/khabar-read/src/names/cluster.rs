//! Names to actors: which names mean the same one.
//!
//! A name that the lists know means whom they know. Another one means the actor before it whose name holds all its words
//! ("Babiker Hamdan", later "Hamdan"), or an acronym that was given in brackets; else it is somebody new.

use std::collections::BTreeMap;

use jiff::civil::Date;
use khabar_atlas::{Entry, EntryKind, Sense};
use khabar_lang::{Deprel, Gender, Language, Upos};
use khabar_record::{EntityKind, MentionForm, Record};

use super::actors::{Actor, ActorId, Actors, Spot, head_of};
use super::find::Name;
use super::known::{fill, gender_of_noun, given_gender};
use super::nouns::bare;
use super::place::Places;
use super::{Text, flag};

/// Makes actors of the names of a text.
pub(crate) fn cluster(text: Text<'_>, names: &[Name], record: &Record) -> Actors {
    let published = record.document.published;
    let places = Places::new(text, names, record.document.outlet.as_deref());
    let mut clusters = Clusters { text, published, places, actors: Actors::default() };
    // Longer names first, so that a short name before its long form ("Putin … Vladimir Putin") finds it too.
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(names[at].words.len().min(2)), at));
    let mut of_name: BTreeMap<usize, ActorId> = BTreeMap::new();
    for at in order {
        if let Some(actor) = clusters.place(&names[at]) {
            of_name.insert(at, actor);
        }
    }
    for (at, actor) in of_name {
        clusters.spot(&names[at], actor);
    }
    clusters.actors
}

/// Whom a name means.
enum Reading {
    /// Nobody: a demonym that only describes.
    Nobody,
    /// One whom the atlas does not know.
    Unknown,
    /// One whom it knows.
    Known(Entry),
}

struct Clusters<'a> {
    text: Text<'a>,
    published: Option<Date>,
    places: Places,
    actors: Actors,
}

impl Clusters<'_> {
    /// Finds or makes the actor that a name means; none when the name is no mention.
    fn place(&mut self, name: &Name) -> Option<ActorId> {
        let known = match self.reading(name) {
            Reading::Nobody => return None,
            Reading::Unknown => None,
            Reading::Known(entry) => Some(entry),
        };
        if known.is_some()
            && let Some(at) = self.actors.all.iter().position(|actor| actor.known == known)
        {
            let id = ActorId(at);
            self.learn(id, name);
            return Some(id);
        }
        let keys: Vec<String> = name
            .words
            .clone()
            .map(|at| self.text.word(at))
            .filter(|word| word.upos() != Upos::Punct && word.key() != "the")
            .map(|word| word.key().to_owned())
            .collect();
        if keys.is_empty() {
            return None;
        }
        let known = known.filter(|_| !self.is_of_document(name, &keys));
        if known.is_none()
            && let Some(id) = self.same(name, &keys)
        {
            self.learn(id, name);
            return Some(id);
        }
        let mut actor = Actor::new(name.kind);
        actor.keys = keys;
        actor.known = known;
        match known {
            Some(entry) => fill(self.text, &mut actor, entry, self.published),
            None => self.guess(&mut actor, name),
        }
        let id = self.actors.add(actor);
        self.learn(id, name);
        Some(id)
    }

    /// Whether a single word is the last name of somebody whom the document names in full and the atlas does not know: then it
    /// means him and not who else is called so.
    fn is_of_document(&self, name: &Name, keys: &[String]) -> bool {
        let [key] = keys else { return false };
        name.kind == EntityKind::Person
            && name.title.is_none()
            && self.actors.all.iter().any(|actor| {
                actor.known.is_none()
                    && actor.kind == EntityKind::Person
                    && actor.keys.len() > 1
                    && actor.keys.last() == Some(key)
            })
    }

    /// Whom the atlas means by a name here.
    fn reading(&self, name: &Name) -> Reading {
        let Some(first) = name.bearers.first() else { return Reading::Unknown };
        if first.sense() == Sense::Demonym {
            return if self.means_state(name) {
                Reading::Known(first.entry())
            } else {
                Reading::Nobody
            };
        }
        if name.kind == EntityKind::Person {
            return self.person(name).map_or(Reading::Unknown, Reading::Known);
        }
        let capital = name.bearers.iter().find(|bearer| bearer.sense() == Sense::Capital);
        if let Some(capital) = capital {
            if self.acts(name) {
                return Reading::Known(capital.entry());
            }
        } else if first.entry().kind() == EntryKind::Seat {
            let state = first.entry().seat_of().filter(|of| of.kind() == EntryKind::State);
            return match state {
                // A seat that acts is its government, which news names for the state; else it is where that government sits.
                Some(state) if self.is_state_seat(first.entry()) && self.acts(name) => {
                    Reading::Known(state)
                }
                _ => Reading::Known(first.entry()),
            };
        } else if first.entry().kind() != EntryKind::Place
            && (first.sure || first.entry().kind() != EntryKind::State)
        {
            return Reading::Known(first.entry());
        }
        let Some(chosen) = self.places.choose(name) else { return Reading::Unknown };
        // A capital that does not act is a town, whose state has lent it its entry only where the atlas lacks the town.
        let lent = capital.is_some()
            && chosen.kind() == EntryKind::State
            && name
                .bearers
                .iter()
                .all(|bearer| bearer.entry() != chosen || bearer.sense() == Sense::Capital);
        Reading::Known(chosen.capital().filter(|_| lent).unwrap_or(chosen))
    }

    /// Whether a seat is that of a government, which news names for the state.
    #[allow(clippy::unused_self, reason = "a question like its neighbours")]
    fn is_state_seat(&self, seat: Entry) -> bool {
        matches!(seat.subkind(), Some("presidency" | "government" | "prime minister" | "monarchy"))
    }

    /// The person of the atlas that a name means: who holds the office that the title names, or an office at all, on the
    /// day; a name that means other things as often needs such support.
    fn person(&self, name: &Name) -> Option<Entry> {
        let all =
            || name.bearers.iter().filter(|bearer| bearer.entry().kind() == EntryKind::Person);
        let role = name.title.as_ref().and_then(|title| title.role.as_deref());
        let of_country =
            |entry: Entry| name.country.is_none_or(|state| entry.country() == state.country());
        let titled = all().find(|bearer| {
            role.is_some_and(|role| bearer.entry().offices().any(|held| held.office == role))
                && of_country(bearer.entry())
        });
        let in_office = || {
            let day = self.published?;
            all().find(|bearer| {
                bearer.sure
                    && bearer.entry().offices_at(day).next().is_some()
                    && of_country(bearer.entry())
            })
        };
        let sure = || all().find(|bearer| bearer.sure && of_country(bearer.entry()));
        titled.or_else(in_office).or_else(sure).map(super::world::Bearer::entry)
    }

    /// Whether a demonym stands beside an arm of its state.
    fn means_state(&self, name: &Name) -> bool {
        let is = |at: usize, what: u32| self.text.is(at, what);
        let word = |at: usize| self.text.analysis.word(at);
        match self.text.analysis.language() {
            Language::English => {
                let mut behind = name.words.end;
                // "South Korean and North Korean envoys": what is said of one is said of both.
                while is(behind + 1, flag::DEMONYM) && word(behind).upos() == Upos::Cconj
                    || is(behind, flag::DEMONYM)
                {
                    behind += 1;
                }
                let nominal = |at: usize| {
                    at + 1 < self.text.flags.len()
                        && matches!(word(at).upos(), Upos::Adj | Upos::Noun | Upos::Propn)
                };
                is(behind, flag::STATE_ARM) || nominal(behind) && is(behind + 1, flag::STATE_ARM)
            }
            Language::Arabic => name.words.start > 0 && is(name.words.start - 1, flag::STATE_ARM),
        }
    }

    /// Whether a capital's name stands for its government here: as a subject, or as one of the parties of talks.
    fn acts(&self, name: &Name) -> bool {
        if self.is_dateline(name) {
            return false;
        }
        let head = head_of(self.text.analysis, &name.words);
        let marked = head.child(Deprel::Case).is_some();
        match head.deprel().universal() {
            Deprel::Nsubj => {
                !marked
                    && head.deprel() != Deprel::NsubjPass
                    && head.head().is_some_and(|verb| verb.upos() == Upos::Verb)
            }
            Deprel::Conj => head.head().is_some_and(|first| {
                first.deprel().universal() == Deprel::Nsubj
                    && self.text.is(first.index(), flag::STATE | flag::PLACE)
            }),
            Deprel::Nmod | Deprel::Obl => head.child(Deprel::Case).is_some_and(|case| {
                matches!(
                    case.key(),
                    "between" | "بين" | "with" | "مع" | "لدي" | "لدى" | "ضد" | "against"
                )
            }),
            _ => false,
        }
    }

    /// Whether a name opens a paragraph as the place that it is written from: "BEIRUT (AFP)", الخرطوم - .
    fn is_dateline(&self, name: &Name) -> bool {
        let first = self.text.word(name.words.start);
        let sentence = first.sentence();
        let begins = sentence.word_range().start == name.words.start;
        let mark = (name.words.end < sentence.word_range().end)
            .then(|| self.text.word(name.words.end).text());
        begins && mark.is_some_and(|mark| matches!(mark, "(" | "-" | "--" | "–" | "—" | "/"))
    }

    /// The actor before whose name holds this one.
    fn same(&self, name: &Name, keys: &[String]) -> Option<ActorId> {
        let fits = |actor: &Actor| match (name.kind, actor.kind) {
            (EntityKind::Person, EntityKind::Person) => same_person(&actor.keys, keys),
            // The model often takes one name for a body here and for a place there.
            (EntityKind::Person, _) | (_, EntityKind::Person) => actor.keys == keys,
            _ => same_words(&actor.keys, keys) || is_acronym(&actor.keys, keys),
        };
        let ids: Vec<ActorId> = self.actors.ids().filter(|&id| fits(self.actors.get(id))).collect();
        // A surname that two of them bear means neither for sure.
        match ids.as_slice() {
            [only] => Some(*only),
            [] => None,
            several => several
                .iter()
                .copied()
                .find(|&id| self.actors.get(id).keys == keys)
                .or_else(|| several.last().copied()),
        }
    }

    /// What the words of a name tell of an actor that the atlas does not know.
    fn guess(&self, actor: &mut Actor, name: &Name) {
        let text = self.text.analysis.text()[name.range].split_whitespace();
        let text = text.collect::<Vec<_>>().join(" ");
        if actor.kind == EntityKind::Person {
            actor.gender = given_gender(self.text.flags[name.words.start]);
        } else {
            actor.gender = gender_of_noun(self.text, Some(&text));
        }
        actor.names.insert(self.text.analysis.language().code().to_owned(), text);
        if actor.kind == EntityKind::Person {
            return;
        }
        if actor.kind == EntityKind::Organization && self.at_outlet_noun(name) {
            actor.kind = EntityKind::Outlet;
        }
        for at in name.words.clone() {
            let state = self.text.world.state_at(at).and_then(Entry::country);
            actor.learn_country(state);
            if let Some(noun) = self.text.noun(self.text.word(at))
                && matches!(noun.kind, EntityKind::Organization | EntityKind::Outlet)
                && actor.sectors.is_empty()
            {
                actor.sectors.extend(noun.sector.map(str::to_owned));
                if noun.kind == EntityKind::Outlet {
                    actor.kind = EntityKind::Outlet;
                }
            }
        }
    }

    /// Whether a noun for an outlet stands at a name, with nothing but a quotation mark between them: صحيفة «النهار», "the Herald
    /// newspaper".
    fn at_outlet_noun(&self, name: &Name) -> bool {
        let is_mark = |at: usize| self.text.word(at).upos() == Upos::Punct;
        let is_outlet = |at: usize| {
            self.text.noun(self.text.word(at)).is_some_and(|noun| noun.kind == EntityKind::Outlet)
        };
        let sentence = self.text.word(name.words.start).sentence().word_range();
        if self.text.is_arabic() {
            let mut before = (sentence.start..name.words.start).rev().skip_while(|&at| is_mark(at));
            before.next().is_some_and(is_outlet)
        } else {
            name.words.end < sentence.end && is_outlet(name.words.end)
        }
    }

    /// Takes in what a title and a country at one of its names tell.
    fn learn(&mut self, id: ActorId, name: &Name) {
        let keys: Vec<String> =
            name.words.clone().map(|at| self.text.analysis.word(at).key().to_owned()).collect();
        let language = self.text.analysis.language().code();
        let text =
            self.text.analysis.text()[name.range].split_whitespace().collect::<Vec<_>>().join(" ");
        let gender = self.gender_of_title(name);
        let actor = self.actors.get_mut(id);
        if actor.known.is_none() && keys.len() > actor.keys.len() {
            actor.keys = keys;
            actor.names.insert(language.to_owned(), text);
        }
        actor.learn_country(name.country.and_then(Entry::country));
        if let Some(title) = &name.title {
            if actor.role.is_none() {
                actor.role.clone_from(&title.role);
            }
            if actor.sectors.is_empty() {
                actor.sectors.extend(title.sector.clone());
            }
            if actor.gender.is_none() {
                actor.gender = gender;
            }
        }
    }

    /// The gender that a title shows.
    #[allow(clippy::match_same_arms, reason = "one arm a language and gender")]
    fn gender_of_title(&self, name: &Name) -> Option<Gender> {
        let first =
            (name.description < name.words.start).then(|| self.text.word(name.description))?;
        Some(match (first.key(), self.text.is_arabic()) {
            (key, true) if key.ends_with('ه') => Gender::Fem,
            (_, true) => Gender::Masc,
            ("mrs" | "mrs." | "ms" | "ms." | "queen" | "lady" | "dame" | "princess", _) => {
                Gender::Fem
            }
            ("mr" | "mr." | "sir" | "king" | "prince" | "lord", _) => Gender::Masc,
            _ => return None,
        })
    }

    fn spot(&mut self, name: &Name, actor: ActorId) {
        let head = head_of(self.text.analysis, &name.words).index();
        self.actors.spot(Spot {
            actor,
            range: name.range,
            form: MentionForm::Name,
            head,
            words: name.words.clone(),
        });
    }
}

/// Whether a name can be a person's who was named before: all of it, its end or its beginning.
fn same_person(full: &[String], keys: &[String]) -> bool {
    full.ends_with(keys)
        || keys.ends_with(full)
        || (keys.len() == 1 && full.len() > 1 && full.first() == keys.first())
        || (keys.len() == 1 && full.len() > 1 && {
            let key = bare(&keys[0]);
            full.iter().any(|part| bare(part) == key && key.chars().count() > 2)
        })
        || (full.len() == 1 && keys.len() > 1 && {
            let key = bare(&full[0]);
            keys.iter().any(|part| bare(part) == key && key.chars().count() > 2)
        })
        || (full.len() > 1
            && keys.len() > 1
            && full.first() == keys.first()
            && full.last() == keys.last())
}

fn same_words(full: &[String], keys: &[String]) -> bool {
    full.len() == keys.len() && full.iter().zip(keys).all(|(a, b)| bare(a) == bare(b))
}

/// Whether one name is made of the first letters of the other's words.
fn is_acronym(full: &[String], keys: &[String]) -> bool {
    let (long, short) = match (full, keys) {
        (long, [short]) if long.len() > 1 => (long, short),
        ([short], long) if long.len() > 1 => (long, short),
        _ => return false,
    };
    let short: String = short.chars().filter(|&c| c != '.').collect();
    let letters: String = long
        .iter()
        .filter(|word| !matches!(word.as_str(), "of" | "the" | "and" | "for" | "in" | "on" | "to"))
        .filter_map(|word| word.chars().next())
        .collect();
    short.chars().count() > 1 && short == letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn short_names_and_acronyms_find_their_long_form() {
        assert!(same_person(&keys("babiker hamdan"), &keys("hamdan")));
        assert!(same_person(&keys("حسن المرواني"), &keys("مرواني")));
        assert!(!same_person(&keys("babiker hamdan"), &keys("babiker osei")));
        assert!(is_acronym(&keys("joint chiefs of staff"), &keys("jcs")));
        assert!(!is_acronym(&keys("joint chiefs of staff"), &keys("jc")));
    }
}
