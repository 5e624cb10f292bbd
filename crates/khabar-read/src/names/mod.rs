//! Who and where is spoken of: names, whom they mean, and what else means the same ones.
//!
//! `words` and the model in `tagger` look at single words, `find` makes names of what they and the lists see,
//! `cluster` makes actors of the names, `follow` adds descriptions, pronouns and bare verbs, `homes` tells the state of each, and `cast` answers the
//! later readers who a phrase stands for. Names enter the record at once; descriptions of the unnamed only when a
//! statement or an event needs them.

mod actors;
mod agree;
mod alike;
mod bodies;
mod cast;
mod cluster;
mod find;
mod follow;
mod homes;
mod known;
mod nouns;
mod offices;
mod pairs;
mod place;
pub mod tagger;
mod titled;
mod words;
mod world;

use khabar_lang::{Analysis, Language, Word};
use khabar_record::{EntityKind, MentionForm, Record};

pub(crate) use agree::Wanted;
pub(crate) use bodies::Bodies;
pub(crate) use cast::Cast;
pub(crate) use find::person_start;
pub(crate) use nouns::Nouns;
pub(crate) use offices::Offices;
pub(crate) use pairs::Pairs;
pub(crate) use words::{WordLists, flag};

use crate::rules::Rules;
use nouns::Noun;
use world::World;

/// Reads the names of a text into the record.
pub(crate) fn read(rules: &Rules, analysis: &Analysis, record: &mut Record) -> Cast {
    let world = World::scan(analysis);
    let flags = flags(rules, &world, analysis);
    let tagged = rules.tagger.names(analysis, &flags);
    let text = Text { rules, analysis, world: &world, flags: &flags };
    let names = find::names(text, &tagged);
    let mut actors = cluster::cluster(text, &names, record);
    follow::follow(text, &names, &mut actors);
    titled::join(text, &mut actors);
    homes::settle(text, &names, &mut actors, record);
    for id in actors.ids() {
        let named =
            actors.spots.iter().any(|spot| spot.actor == id && spot.form == MentionForm::Name);
        // Who does something in a clause takes part in what is told, named or not.
        let acts = || {
            actors
                .spots
                .iter()
                .any(|spot| spot.actor == id && analysis.word(spot.head).deprel().is_subject())
        };
        if named || acts() {
            actors.enter(record, id);
        }
    }
    let peoples = (0..analysis.word_count())
        .filter_map(|at| world.demonym(at).map(|state| (at, state)))
        .collect();
    let pairs = analysis
        .words()
        .filter_map(|word| Some((word.index(), rules.pairs.read(record, word)?)))
        .collect();
    Cast::new(actors, peoples, pairs)
}

/// A text with all that is known of its words.
#[derive(Clone, Copy)]
struct Text<'a> {
    rules: &'a Rules,
    analysis: &'a Analysis,
    world: &'a World,
    flags: &'a [u16],
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
        let Some(role) = self.world.role(word.index()) else { return own };
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

    /// Whether one of these bits is set for a word.
    fn is(self, index: usize, flags: u16) -> bool {
        self.flags.get(index).is_some_and(|known| known & flags != 0)
    }
}

/// What the lists know of each word of a text.
fn flags(rules: &Rules, world: &World, analysis: &Analysis) -> Vec<u16> {
    let mut flags: Vec<u16> = analysis.words().map(|word| rules.words.flags(word.key())).collect();
    world.mark(&mut flags);
    flags
}

/// What the lists know of each word of a text, for training.
pub(crate) fn known_flags(rules: &Rules, analysis: &Analysis) -> Vec<u16> {
    flags(rules, &World::scan(analysis), analysis)
}
