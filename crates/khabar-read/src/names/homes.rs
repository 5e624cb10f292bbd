//! The state that each of those spoken of belongs to, where no list and no title has told it.
//!
//! Three things tell it, the first that does counts: the words of its own description ("the Kenyan trade minister",
//! "protesters in Nairobi", "its spokeswoman"), for what is named beside a state or place its neighbour in the phrase, and
//! at last the setting: the state that the sentence, the sentences around it and the whole text speak of most. News
//! names a country once and then says "the police". Whoever belongs to no state, such as an international body, is left
//! without one.

use std::collections::BTreeMap;
use std::ops::Range;

use khabar_atlas::outlets::outlets;
use khabar_atlas::{Atlas, EntryKind, Sense};
use khabar_lang::{Deprel, Language, Upos, Word};
use khabar_record::{EntityKind, MentionForm, Record};

use super::actors::{ActorId, Actors};
use super::find::Name;
use super::nouns::bare;
use super::{Text, bodies, flag, known};

/// What a mention of a state in the same sentence weighs; in other sentences it weighs less.
const SAME_SENTENCE: f32 = 2.0;
/// What it weighs in a neighbouring sentence.
const NEAR: f32 = 1.0;
/// What it weighs anywhere in the text.
const ANYWHERE: f32 = 0.35;
/// What a state that the title names weighs beside one named in the text.
const TITLE: f32 = 1.5;
/// What the home of the outlet weighs.
const HOME: f32 = 1.0;
/// What a state in the first sentence weighs beside one named later.
const OPENING: f32 = 2.0;
/// The share of all weight that the setting must have.
const CLEAR: f32 = 0.4;

/// The agencies that report from everywhere.
const WORLDWIDE: [&str; 6] = [
    "Reuters",
    "Agence France-Presse",
    "Associated Press",
    "Deutsche Presse-Agentur",
    "UPI",
    "Bloomberg",
];

/// Gives a state to the actors of whom the text shows one.
pub(crate) fn settle(text: Text<'_>, names: &[Name], actors: &mut Actors, record: &Record) {
    let mut homes = Homes { text, names, actors };
    // Who is described by another ("its spokeswoman") can be told only after that one.
    for _ in 0..2 {
        homes.by_description();
    }
    known::by_office(text, homes.actors, record.document.published);
    let setting = Setting::new(&homes, record);
    homes.by_setting(&setting);
    bodies::unite(text, homes.actors);
}

struct Homes<'a, 'b> {
    text: Text<'a>,
    names: &'a [Name],
    actors: &'b mut Actors,
}

impl Homes<'_, '_> {
    /// Whether an actor can belong to a state that is not known yet.
    fn is_open(&self, id: ActorId) -> bool {
        let actor = self.actors.get(id);
        actor.country.is_none()
            && actor.known.is_none()
            && !actor.sectors.iter().any(|sector| sector == "IGO")
            && !(actor.kind == EntityKind::Organization
                && actor.sectors.iter().any(|s| s == "NGO")
                && actor.known.is_some())
            && actor.kind != EntityKind::State
    }

    fn by_description(&mut self) {
        for id in self.actors.ids() {
            if !self.is_open(id) {
                continue;
            }
            let mut spots = self.actors.spots.iter().filter(|spot| {
                spot.actor == id && matches!(spot.form, MentionForm::Name | MentionForm::Nominal)
            });
            let country = spots.find_map(|spot| {
                let mut words = spot.words.clone();
                if spot.form == MentionForm::Name
                    && let Some(name) = self.names.iter().find(|name| name.words == words)
                {
                    words.start = name.description.min(words.start);
                }
                self.in_phrase(id, self.text.word(spot.head), &words)
            });
            if let Some(country) = country {
                self.actors.get_mut(id).country = Some(country);
            } else if let Some(sector) = self.body_above(id) {
                self.actors.get_mut(id).sectors.insert(0, sector.to_owned());
            }
        }
    }

    /// The sector of the international body that a description belongs to ("U.N. peacekeepers", مبعوث الأمم المتحدة).
    fn body_above(&self, id: ActorId) -> Option<&'static str> {
        let mut spots = self.actors.spots.iter().filter(|spot| {
            spot.actor == id && matches!(spot.form, MentionForm::Name | MentionForm::Nominal)
        });
        spots.find_map(|spot| {
            let start = self
                .names
                .iter()
                .find(|name| name.words == spot.words)
                .map_or(spot.words.start, |name| name.description.min(spot.words.start));
            let head = self.text.word(spot.head);
            let words = start..spot.words.end;
            words.clone().filter(|&at| self.depth(head, at, &words).is_some()).find_map(|at| {
                let mut inner = self.actors.at(at).filter(|spot| spot.actor != id);
                inner.find_map(|spot| {
                    let body = self.actors.get(spot.actor);
                    let international = body.known.is_some()
                        && body.country.is_none()
                        && body.kind == EntityKind::Organization;
                    international.then_some(())?;
                    ["IGO", "NGO"]
                        .into_iter()
                        .find(|&code| body.sectors.first().is_some_and(|sector| sector == code))
                })
            })
        })
    }

    /// The state that the words of a description name, the one nearest to its head in the tree.
    fn in_phrase(&self, id: ActorId, head: Word<'_>, words: &Range<usize>) -> Option<String> {
        let nearest = |country: &dyn Fn(usize) -> Option<String>| {
            let all =
                words.clone().filter_map(|at| Some((self.depth(head, at, words)?, country(at)?)));
            all.min_by_key(|&(depth, _)| depth).map(|(_, country)| country)
        };
        // "his Belarusian counterpart": a state that is named goes before whose he is.
        nearest(&|at| self.named_at(at)).or_else(|| {
            let other = is_counterpart(head);
            nearest(&|at| self.country_at(at, Some(id))).filter(|_| !other)
        })
    }

    /// The state whose name or people stands at a word.
    fn named_at(&self, at: usize) -> Option<String> {
        let state = self.text.world.sure_state_at(at).filter(|_| !is_part(self.text, at))?;
        state.country().map(str::to_owned)
    }

    /// How far below a head a word stands, when all between them only says whose it is or where.
    fn depth(&self, head: Word<'_>, at: usize, words: &Range<usize>) -> Option<usize> {
        let mut word = self.text.word(at);
        for depth in 0..6 {
            if word.index() == head.index() || !words.contains(&word.index()) {
                return Some(depth);
            }
            let belongs = match word.deprel().universal() {
                Deprel::Nmod => word.children_by(Deprel::Case).last().is_none_or(is_of),
                Deprel::Amod | Deprel::Compound | Deprel::Flat | Deprel::Det | Deprel::Appos => {
                    true
                }
                Deprel::Conj => word.upos() != Upos::Verb,
                _ => false,
            };
            if !belongs {
                return None;
            }
            word = word.head()?;
        }
        None
    }

    /// The state that is named at a word, or that somebody who is named there belongs to.
    fn country_at(&self, at: usize, but: Option<ActorId>) -> Option<String> {
        if is_part(self.text, at) {
            return None;
        }
        let of_spot = self
            .actors
            .at(at)
            .filter(|spot| Some(spot.actor) != but)
            .find_map(|spot| self.actors.get(spot.actor).country.clone());
        of_spot.or_else(|| self.named_at(at))
    }

    fn by_setting(&mut self, setting: &Setting) {
        let mut of_actor: BTreeMap<ActorId, Vec<usize>> = BTreeMap::new();
        for spot in &self.actors.spots {
            if matches!(spot.form, MentionForm::Name | MentionForm::Nominal) {
                of_actor.entry(spot.actor).or_default().push(spot.head);
            }
        }
        for (id, heads) in of_actor {
            if !self.is_open(id) {
                continue;
            }
            let sentences: Vec<usize> =
                heads.iter().map(|&head| self.text.word(head).sentence().index()).collect();
            if let Some(country) = setting.around(&sentences) {
                self.actors.get_mut(id).country = Some(country);
            }
        }
    }
}

/// Whether a state's name is only a part of a compound that says who helps or fights somebody ("Syrian-backed").
fn is_part(text: Text<'_>, at: usize) -> bool {
    let is = |at: Option<usize>, key: &str| {
        at.is_some_and(|at| at < text.flags.len() && text.word(at).key() == key)
    };
    let behind = is(Some(at + 1), "-")
        && at + 2 < text.flags.len()
        && text.flags[at + 2] & (flag::DEMONYM | flag::STATE) == 0;
    let before = is(at.checked_sub(1), "-")
        && (is(at.checked_sub(2), "pro") || is(at.checked_sub(2), "anti"));
    behind || before
}

/// Whether a noun means one of another side than the one it belongs to.
pub(super) fn is_counterpart(noun: Word<'_>) -> bool {
    match noun.analysis().language() {
        Language::English => matches!(
            noun.lemma(),
            "counterpart"
                | "rival"
                | "enemy"
                | "opponent"
                | "ally"
                | "neighbour"
                | "neighbor"
                | "foe"
                | "adversary"
        ),
        Language::Arabic => matches!(
            bare(noun.key()),
            "نظير"
                | "نظيره"
                | "نظيرت"
                | "عدو"
                | "خصم"
                | "حليف"
                | "حلفاء"
                | "جار"
                | "منافس"
        ),
    }
}

/// Whether a preposition says whose something is, or where.
fn is_of(case: Word<'_>) -> bool {
    match case.analysis().language() {
        Language::English => matches!(
            case.key(),
            "of" | "in"
                | "from"
                | "at"
                | "within"
                | "inside"
                | "across"
                | "'s"
                | "'"
                | "near"
                | "’s"
                | "’"
        ),
        Language::Arabic => matches!(case.key(), "في" | "ب" | "من" | "داخل"),
    }
}

/// The states that a text speaks of, by sentence.
struct Setting {
    named: BTreeMap<usize, BTreeMap<String, f32>>,
    everywhere: BTreeMap<String, f32>,
}

impl Setting {
    fn new(homes: &Homes<'_, '_>, record: &Record) -> Self {
        let mut setting = Self { named: BTreeMap::new(), everywhere: BTreeMap::new() };
        let mut until = 0;
        for at in 0..homes.text.flags.len() {
            if at < until {
                continue;
            }
            // Where an agency sits says nothing of where its report is set.
            let agency = homes.actors.at(at).any(|spot| {
                let name = homes.actors.get(spot.actor).names.get("en");
                name.is_some_and(|name| WORLDWIDE.contains(&name.as_str()))
            });
            let Some(country) = homes.country_at(at, None).filter(|_| !agency) else { continue };
            until = homes.text.world.at(at).map_or(at, |hit| hit.words.end);
            let sentence = homes.text.word(at).sentence().index();
            *setting.named.entry(sentence).or_default().entry(country.clone()).or_default() += 1.0;
            let weight = if sentence == 0 { OPENING } else { 1.0 };
            *setting.everywhere.entry(country).or_default() += weight;
        }
        for country in in_title(record) {
            *setting.everywhere.entry(country).or_default() += TITLE;
        }
        let outlet = record.document.outlet.as_deref().and_then(|name| outlets().by_name(name));
        if let Some(outlet) = outlet.filter(|outlet| Atlas::get().state(outlet.country).is_some()) {
            *setting.everywhere.entry(outlet.country.to_string()).or_default() += HOME;
        }
        setting
    }

    /// The state that the text speaks of around these sentences, if one stands out.
    fn around(&self, sentences: &[usize]) -> Option<String> {
        let mut weights: BTreeMap<&str, f32> = BTreeMap::new();
        for (country, count) in &self.everywhere {
            *weights.entry(country).or_default() += ANYWHERE * count;
        }
        let share = 1.0 / sentences.len().max(1) as f32;
        for &sentence in sentences {
            let near = [
                (Some(sentence), SAME_SENTENCE),
                (sentence.checked_sub(1), NEAR),
                (Some(sentence + 1), NEAR * 0.5),
            ];
            for (at, weight) in near {
                let Some(named) = at.and_then(|at| self.named.get(&at)) else { continue };
                for (country, count) in named {
                    *weights.entry(country).or_default() += weight * share * count.min(2.0);
                }
            }
        }
        let all: f32 = weights.values().sum();
        let (country, weight) = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        (weight >= CLEAR * all).then(|| country.to_owned())
    }
}

/// The states that the title names.
fn in_title(record: &Record) -> Vec<String> {
    let Some(title) = record.document.title.as_deref() else { return Vec::new() };
    let words: Vec<String> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(crate::keys::key)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let state = Atlas::get().matches_at(&words[at..]).find_map(|found| {
            let hit = found.hits().find(|hit| {
                hit.entry.kind() == EntryKind::State
                    && matches!(hit.sense, Sense::Name | Sense::Demonym)
                    && !hit.ambiguous
            })?;
            Some((found.words, hit.entry.country()?))
        });
        at += state.map_or(1, |(words, _)| words);
        found.extend(state.map(|(_, country)| country.to_owned()));
    }
    found
}
