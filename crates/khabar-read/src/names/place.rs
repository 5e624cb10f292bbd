//! Which of the places that share a name is meant: the names of a text, laid before the atlas together.

use std::collections::BTreeMap;

use khabar_atlas::outlets::outlets;
use khabar_atlas::places::Toponyms;
use khabar_atlas::{Atlas, Entry, EntryKind, Sense};
use khabar_record::EntityKind;

use super::Text;
use super::find::Name;
use super::world::Bearer;

/// The places that the names of a text mean.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// By the first word of the name.
    chosen: BTreeMap<usize, Entry>,
}

impl Places {
    /// Weighs the names of a text together, with the states that it speaks of and the home of its outlet.
    pub(crate) fn new(text: Text<'_>, names: &[Name], outlet: Option<&str>) -> Self {
        let mut toponyms = Toponyms::new();
        for index in 0..text.flags.len() {
            let state = text.world.at(index).and_then(|hit| {
                let mut states = hit.bearers.iter().filter(|bearer| is_state(bearer));
                states.next().filter(|bearer| bearer.sure)
            });
            if let Some(state) = state {
                toponyms.hint(state.entry(), 1);
            }
        }
        let home = outlet.and_then(|name| outlets().by_name(name));
        if let Some(state) = home.and_then(|outlet| Atlas::get().state(outlet.country)) {
            toponyms.home(state);
        }
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut of_name: BTreeMap<usize, usize> = BTreeMap::new();
        let mut before: Option<(usize, usize)> = None;
        for name in names.iter().filter(|name| may_be_place(name)) {
            let key = crate::keys::key(&text.analysis.text()[name.range]);
            let number = match numbers.get(&key) {
                Some(&number) => {
                    toponyms.again(number);
                    number
                }
                None => toponyms.add(name.bearers.iter().map(|bearer| bearer.hit)),
            };
            numbers.insert(key, number);
            of_name.insert(name.words.start, number);
            // "Paris, Texas".
            if let Some((end, inner)) = before
                && name.words.start == end + 1
                && matches!(text.word(end).key(), ",")
                && inner != number
            {
                toponyms.within(inner, number);
            }
            before = Some((name.words.end, number));
        }
        let resolved = toponyms.resolve();
        let chosen = of_name.into_iter().filter_map(|(start, number)| {
            let resolved = resolved.get(number).copied().flatten()?;
            Some((start, resolved.hit.entry))
        });
        Self { chosen: chosen.collect() }
    }

    /// The place or state that a name most likely means.
    pub(crate) fn choose(&self, name: &Name) -> Option<Entry> {
        self.chosen.get(&name.words.start).copied()
    }
}

fn is_state(bearer: &Bearer) -> bool {
    bearer.entry().kind() == EntryKind::State && bearer.sense() != Sense::Capital
}

fn may_be_place(name: &Name) -> bool {
    matches!(name.kind, EntityKind::Place | EntityKind::State)
        && name.bearers.iter().any(|bearer| {
            matches!(bearer.entry().kind(), EntryKind::Place | EntryKind::State)
                && bearer.sense() != Sense::Demonym
        })
}
