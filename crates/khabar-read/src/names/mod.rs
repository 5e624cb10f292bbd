//! Who and where is spoken of: names, whom they mean, and what else means the same ones.
//!
//! `words` and the model in `tagger` look at single words, `find` makes names of what they and the lists see,
//! `cluster` makes actors of the names, `follow` adds descriptions, pronouns and bare verbs, `homes` tells the state of each, and `cast` answers the
//! later readers who a phrase stands for. Names enter the record at once; descriptions of the unnamed only when a
//! statement or an event needs them.

mod actors;
mod agree;
mod alike;
mod antecedents;
mod bodies;
mod cast;
mod cluster;
mod described;
mod echo;
mod edges;
mod extents;
mod find;
mod follow;
mod homes;
mod known;
mod memory;
mod nouns;
mod offices;
mod pairs;
mod place;
pub mod reasons;
mod speakers;
pub mod tagger;
mod taking_part;
mod titled;
mod words;
mod world;

use std::collections::BTreeMap;

use khabar_lang::{Analysis, Language, Number, Upos, Word};
use khabar_record::{EntityId, EntityKind, Mention, MentionForm, Record, TextRange};

pub(crate) use agree::Wanted;
pub(crate) use bodies::Bodies;
pub(crate) use cast::Cast;
pub(crate) use edges::name_start;
pub(crate) use nouns::Nouns;
pub(crate) use offices::Offices;
pub(crate) use pairs::Pairs;
pub(crate) use reasons::Weighing;
pub(crate) use speakers::{name_first_persons, name_reporters};
pub(crate) use words::{WordLists, flag};

use crate::rules::Rules;
use actors::{ActorId, Actors};
use nouns::Noun;
use reasons::{Decision, What, Who};
use world::World;

/// Reads the names of a text into the record.
pub(crate) fn read(rules: &Rules, analysis: &Analysis, record: &mut Record) -> Cast {
    let world = World::scan(analysis);
    let (mut actors, _) = people(rules, &world, analysis, record);
    let weights = rules.weighing.of(What::Part);
    for id in actors.ids() {
        let named =
            actors.spots.iter().any(|spot| spot.actor == id && spot.form == MentionForm::Name);
        let takes_part = || {
            let text = Text { rules, analysis, world: &world, flags: &[], times: &[] };
            taking_part::decision(text, &actors, id)
                .is_some_and(|decision| weights.choose(&decision.choices).is_some())
        };
        if named || takes_part() {
            actors.enter(record, id);
        }
    }
    let peoples = (0..analysis.word_count())
        .filter_map(|at| world.demonym(at).map(|state| (at, state)))
        .collect();
    let pairs: BTreeMap<usize, [EntityId; 2]> = analysis
        .words()
        .filter_map(|word| Some((word.index(), rules.pairs.read(record, word)?)))
        .collect();
    for (&at, pair) in &pairs {
        let span = crate::clauses::noun_phrase(analysis.word(at));
        let form = MentionForm::Nominal;
        record.mentions.extend(pair.map(|entity| Mention { entity, span, form }));
    }
    Cast::new(actors, peoples, pairs)
}

/// Finds all of whom a text speaks, with the questions that were decided on the way.
fn people(
    rules: &Rules,
    world: &World,
    analysis: &Analysis,
    record: &Record,
) -> (Actors, Vec<Decision>) {
    let flags = flags(rules, world, analysis);
    let times: Vec<TextRange> = record.times.iter().map(|time| time.span).collect();
    let tagged = rules.tagger.names(analysis, &flags);
    let text = Text { rules, analysis, world, flags: &flags, times: &times };
    let names = find::names(text, &tagged);
    let mut actors = cluster::cluster(text, &names, record);
    own_outlet(&mut actors, record);
    let decisions = follow::follow(text, &names, &mut actors);
    titled::join(text, &mut actors);
    homes::settle(text, &names, &mut actors, record);
    (actors, decisions)
}

/// Takes the page's own outlet for one where the text names it and the atlas does not know it.
fn own_outlet(actors: &mut Actors, record: &Record) {
    let Some(outlet) = record.document.outlet.as_deref() else { return };
    let words = outlet.split_whitespace().map(crate::keys::key);
    let wanted: Vec<String> = words.filter(|word| word != "the").collect();
    for actor in &mut actors.all {
        if actor.keys == wanted {
            actor.learn_outlet();
        }
    }
}

/// What the weights of reasons are learnt from: the questions that came up in a text, and where each of those spoken of
/// stands in it.
#[derive(Clone, Debug, Default)]
pub struct Lesson {
    /// The questions.
    pub decisions: Vec<Decision>,
    /// Actor, words and form of every mention.
    pub mentions: Vec<(usize, TextRange, MentionForm)>,
}

/// Reads a text up to its names for the learning of weights.
pub(crate) fn lesson(rules: &Rules, analysis: &Analysis, record: &Record) -> Lesson {
    let world = World::scan(analysis);
    let (actors, mut decisions) = people(rules, &world, analysis, record);
    for decision in &mut decisions {
        for choice in &mut decision.choices {
            if let Who::Actor(id) = &mut choice.who {
                *id = actors.settled(ActorId(*id)).0;
            }
        }
    }
    let named = |id: ActorId| {
        actors.spots.iter().any(|spot| spot.actor == id && spot.form == MentionForm::Name)
    };
    let text = Text { rules, analysis, world: &world, flags: &[], times: &[] };
    let parts = actors.ids().filter(|&id| !named(id));
    decisions.extend(parts.filter_map(|id| taking_part::decision(text, &actors, id)));
    let mentions = actors.spots.iter().map(|spot| (spot.actor.0, spot.range, spot.form)).collect();
    Lesson { decisions, mentions }
}

/// The name of a kind of entity in the list of weights.
fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::State => "state",
        EntityKind::Place => "place",
        EntityKind::Organization => "organization",
        EntityKind::Group => "group",
        EntityKind::Outlet => "outlet",
        EntityKind::Role => "role",
    }
}

/// The name of a form of mention in the list of weights.
fn form_name(form: MentionForm) -> &'static str {
    match form {
        MentionForm::Name => "name",
        MentionForm::Nominal => "nominal",
        MentionForm::Pronoun => "pronoun",
        MentionForm::Implicit => "implicit",
    }
}

/// A text with all that is known of its words.
#[derive(Clone, Copy)]
struct Text<'a> {
    rules: &'a Rules,
    analysis: &'a Analysis,
    world: &'a World,
    /// The stretches that name a time.
    times: &'a [TextRange],
    flags: &'a [u32],
}

impl<'a> Text<'a> {
    fn word(self, index: usize) -> Word<'a> {
        self.analysis.word(index)
    }

    fn is_arabic(self) -> bool {
        self.analysis.language() == Language::Arabic
    }

    /// What a word describes, if it describes anybody: by the atlas, and for what it has no nouns for by our own list.
    fn noun(self, word: Word<'_>) -> Option<Noun> {
        let own = self.rules.nouns.of(word);
        if own.is_some_and(|noun| {
            matches!(noun.kind, EntityKind::State | EntityKind::Place | EntityKind::Outlet)
        }) {
            return own;
        }
        let Some(role) = self.world.role(word.index()) else {
            return own.or_else(|| self.people(word));
        };
        let plural = role.plural || word.xpos() == "NNS";
        let kind = match role.entry.subkind() {
            Some("organization") => EntityKind::Organization,
            Some("group") => EntityKind::Group,
            _ if plural => EntityKind::Group,
            _ => EntityKind::Person,
        };
        Some(Noun {
            kind: own.map_or(kind, |own| if role.length == 1 { own.kind } else { kind }),
            sector: role.entry.sectors().next().or(own.and_then(|own| own.sector)),
            plural: kind == EntityKind::Group,
            office: role.entry.office(),
        })
    }

    /// Several people of a state, by its demonym alone ("two Azerbaijanis").
    fn people(self, word: Word<'_>) -> Option<Noun> {
        self.world.demonym(word.index())?;
        let several = match self.analysis.language() {
            Language::English => matches!(word.xpos(), "NNS" | "NNPS"),
            Language::Arabic => {
                word.upos() == Upos::Noun && word.feats().number() == Some(Number::Plur)
            }
        };
        several.then_some(Noun {
            kind: EntityKind::Group,
            sector: None,
            plural: true,
            office: None,
        })
    }

    /// Whether one of these bits is set for a word.
    fn is(self, index: usize, flags: u32) -> bool {
        self.flags.get(index).is_some_and(|known| known & flags != 0)
    }
}

/// What the lists know of each word of a text.
fn flags(rules: &Rules, world: &World, analysis: &Analysis) -> Vec<u32> {
    let mut flags: Vec<u32> = analysis.words().map(|word| rules.words.flags(word.key())).collect();
    world.mark(&mut flags);
    flags
}

/// What the lists know of each word of a text, for training.
pub(crate) fn known_flags(rules: &Rules, analysis: &Analysis) -> Vec<u32> {
    flags(rules, &World::scan(analysis), analysis)
}
