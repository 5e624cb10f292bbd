//! How much two documents have in common.
//!
//! A mark weighs the more the fewer documents of the last weeks bear it: what everybody speaks of tells nothing. Few documents
//! would make everything rare, so that each kind of mark starts from the frequency that it usually has.

use super::marks::{Kind, Mark, Marks};
use crate::quick::QuickMap;

/// How many documents of the time in question bear each mark.
#[derive(Debug, Default)]
pub(crate) struct Rarity {
    frequencies: QuickMap<Mark, u32>,
    documents: u32,
}

/// The number of documents that the usual frequencies are reckoned for.
const USUAL_DOCUMENTS: f32 = 1000.0;

/// In how many of [`USUAL_DOCUMENTS`] a mark of a kind usually stands.
fn usual(kind: Kind) -> f32 {
    match kind {
        Kind::Known | Kind::Amount => 8.0,
        Kind::Named => 1.0,
        Kind::Place => 6.0,
        Kind::Country => 60.0,
        Kind::Word => 25.0,
        Kind::Event => 15.0,
        Kind::Surname => 3.0,
    }
}

/// How much a kind of mark says of the happening that a document is about.
fn importance(kind: Kind) -> f32 {
    match kind {
        Kind::Known | Kind::Place | Kind::Named | Kind::Country | Kind::Word => 1.0,
        Kind::Amount | Kind::Event => 0.7,
        Kind::Surname => 0.5,
    }
}

impl Rarity {
    pub(crate) fn add(&mut self, marks: &Marks) {
        self.documents += 1;
        for (mark, _) in &marks.counts {
            *self.frequencies.entry(*mark).or_default() += 1;
        }
    }

    pub(crate) fn remove(&mut self, marks: &Marks) {
        self.documents -= 1;
        for (mark, _) in &marks.counts {
            if let Some(count) = self.frequencies.get_mut(mark) {
                *count -= 1;
                if *count == 0 {
                    self.frequencies.remove(mark);
                }
            }
        }
    }

    /// The weight of a mark however often it stands in a document.
    pub(crate) fn of(&self, mark: Mark) -> f32 {
        let frequency = self.frequencies.get(&mark).copied().unwrap_or(0) as f32;
        ((USUAL_DOCUMENTS + self.documents as f32) / (usual(mark.kind()) + frequency)).ln().max(0.0)
    }

    fn weight(&self, mark: Mark, count: u8) -> f32 {
        self.of(mark) * importance(mark.kind()) * (1.0 + f32::from(count).ln())
    }
}

/// What two documents have in common, each part as a cosine.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Likeness {
    /// Of whom and what they speak, in any language.
    pub(crate) matter: f32,
    /// The words, which are the same in one language only.
    pub(crate) words: f32,
    /// The weight of the rare marks that they share, the kinds that are no words.
    pub(crate) shared: f32,
}

/// Compares the marks of two documents.
pub(crate) fn compare(one: &Marks, other: &Marks, rarity: &Rarity) -> Likeness {
    let mut both = [0.0_f32; 2];
    let mut alone = [[0.0_f32; 2]; 2];
    let mut shared = 0.0;
    let part = |mark: Mark| usize::from(mark.kind() == Kind::Word);
    for (n, marks) in [one, other].into_iter().enumerate() {
        for &(mark, count) in &marks.counts {
            alone[n][part(mark)] += rarity.weight(mark, count).powi(2);
        }
    }
    let mut rest = other.counts.as_slice();
    for &(mark, count) in &one.counts {
        let skip = rest.partition_point(|&(known, _)| known < mark);
        rest = &rest[skip..];
        if let Some(&(same, theirs)) = rest.first()
            && same == mark
        {
            both[part(mark)] += rarity.weight(mark, count) * rarity.weight(mark, theirs);
            if mark.kind() != Kind::Word {
                shared += rarity.of(mark) * importance(mark.kind());
            }
        }
    }
    let cosine = |n: usize| {
        let length = (alone[0][n] * alone[1][n]).sqrt();
        if length > 0.0 { both[n] / length } else { 0.0 }
    };
    Likeness { matter: cosine(0), words: cosine(1), shared }
}

/// How likely two documents tell of the same happening, by what they have in common and how many days lie between them.
pub(crate) fn kinship(likeness: Likeness, same_language: bool, gap: i64) -> f32 {
    let content =
        if same_language { 0.5 * likeness.matter + 0.5 * likeness.words } else { likeness.matter };
    content * (1.0 - gap as f32 / FADE)
}

/// Days after which nothing is left of a story.
const FADE: f32 = 60.0;
