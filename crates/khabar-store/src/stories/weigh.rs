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

    /// What the marks of a document weigh as long as no document is added or removed.
    pub(crate) fn weigh(&self, marks: &Marks) -> Weighed {
        let mut weighed =
            Weighed { marks: Vec::with_capacity(marks.counts.len()), alone: [0.0; 2] };
        for &(mark, count) in &marks.counts {
            let rare = self.of(mark) * importance(mark.kind());
            let weight = rare * (1.0 + f32::from(count).ln());
            weighed.alone[part(mark)] += weight.powi(2);
            weighed.marks.push((mark, rare, weight));
        }
        weighed
    }
}

/// The marks of a document with how rare each is and what it weighs there, in order.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    marks: Vec<(Mark, f32, f32)>,
    /// The sums of the squares of the weights, of words and of the rest.
    alone: [f32; 2],
}

/// Words are compared by themselves, since they are the same in one language only.
fn part(mark: Mark) -> usize {
    usize::from(mark.kind() == Kind::Word)
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
pub(crate) fn compare(one: &Weighed, other: &Weighed) -> Likeness {
    let mut both = [0.0_f32; 2];
    let mut shared = 0.0;
    let (mut a, mut b) = (0, 0);
    while let (Some(&(mark, rare, weight)), Some(&(theirs, _, their_weight))) =
        (one.marks.get(a), other.marks.get(b))
    {
        if mark == theirs {
            both[part(mark)] += weight * their_weight;
            if mark.kind() != Kind::Word {
                shared += rare;
            }
        }
        a += usize::from(mark <= theirs);
        b += usize::from(theirs <= mark);
    }
    let cosine = |n: usize| {
        let length = (one.alone[n] * other.alone[n]).sqrt();
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
