//! Words for two or more who were named before: "both sides", "the two leaders", الطرفان، الزعيمان.

use std::collections::HashMap;

use khabar_lang::{Language, Word};
use khabar_record::{EntityId, EntityKind, Record};
use khabar_table::{Table, TableError, list};

use crate::keys;

/// How far back, in mentions, the two are looked for.
const REACH: usize = 40;

/// Who may be meant by such a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// People in office, or simply people.
    Person,
    /// States, by name.
    State,
    /// Whoever can act.
    Any,
}

/// The words of a language that stand for two who were named.
#[derive(Debug)]
pub(crate) struct Pairs {
    words: HashMap<String, Kind>,
    /// Words without which a plural noun does not say that they are two: *both*, *two*.
    marks: Vec<String>,
}

impl Pairs {
    /// Reads a list `words kind note`; the kind is `person`, `state`, `any`, or `mark`.
    pub(crate) fn load((file, text): (&'static str, &str)) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        let columns = table.columns(["words", "kind", "note"])?;
        let mut pairs = Self { words: HashMap::new(), marks: Vec::new() };
        for row in table.rows() {
            let [words, kind, _] = columns.cells(row);
            let kind = match kind {
                "person" => Kind::Person,
                "state" => Kind::State,
                "any" => Kind::Any,
                "mark" => {
                    pairs.marks.extend(list(words).map(keys::key));
                    continue;
                }
                _ => return Err(row.error(format!("unknown kind {kind:?}"))),
            };
            pairs.words.extend(list(words).map(|word| (keys::key(word), kind)));
        }
        Ok(pairs)
    }

    /// Whether the phrase with this head stands for two who were named.
    pub(crate) fn means_two(&self, head: Word<'_>) -> bool {
        let english = head.analysis().language() == Language::English;
        let marked =
            || head.children().any(|child| self.marks.iter().any(|mark| mark == child.key()));
        self.words.contains_key(head.key()) && (!english || marked())
    }

    /// The two whom the phrase with this head stands for, if it is such a phrase and two fitting ones were named before.
    pub(crate) fn read(&self, record: &Record, head: Word<'_>) -> Option<[EntityId; 2]> {
        let kind = *self.words.get(head.key())?;
        if !self.means_two(head) {
            return None;
        }
        let start = head.range().start();
        let mut before: Vec<_> =
            record.mentions.iter().filter(|mention| mention.span.end() <= start).collect();
        before.sort_by_key(|mention| std::cmp::Reverse(mention.span.end()));
        let mut found: Vec<EntityId> = Vec::new();
        for mention in before.into_iter().take(REACH) {
            let entity = &record.entities[mention.entity.0 as usize - 1];
            let fits = match kind {
                Kind::Person => entity.kind == EntityKind::Person,
                Kind::State => entity.kind == EntityKind::State,
                Kind::Any => matches!(
                    entity.kind,
                    EntityKind::State | EntityKind::Group | EntityKind::Organization
                ),
            };
            // Of two names of one state's people the nearer counts: the two leaders are of two states.
            let doubled = found.iter().any(|other| {
                let other = &record.entities[other.0 as usize - 1];
                other.id == entity.id
                    || kind == Kind::Person
                        && other.country.is_some()
                        && other.country == entity.country
            });
            if fits && !doubled {
                found.push(entity.id);
            }
            if let [first, second] = found[..] {
                return Some([second, first]);
            }
        }
        None
    }
}
