//! Documents on the same happening, grouped day by day.
//!
//! Days are taken in order. The documents of a day are held against each other and against those of the weeks before; the two
//! groups that are nearest become one, until none are near enough. What earlier days decided stays, so that a day's result
//! depends on the past alone: adding today's news never touches an old story, and in whichever order documents arrive, going
//! on from the earliest day with something new gives what one pass over everything would.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::marks::{Kind, Mark, Marks};
use super::weigh::{Rarity, Weighed, compare, kinship};
use crate::quick::QuickMap;

/// Days that a document is remembered for.
pub(crate) const WINDOW: i64 = 30;

/// Groups that are at least so near become one.
const NEAR: f32 = 0.2;

/// A rarer mark than this makes two documents worth comparing.
const TELLING: f32 = 2.5;

/// At most so many of the most promising documents are compared with a new one.
const COMPARED: usize = 60;

/// So many of the nearest pairs decide how near two groups are.
const PAIRS: usize = 3;

/// A document on its way into a story.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) doc: i64,
    pub(crate) day: i64,
    pub(crate) language: i64,
    pub(crate) marks: Marks,
    /// The first document of its story.
    pub(crate) story: i64,
}

/// The documents of the last weeks.
#[derive(Debug, Default)]
pub(crate) struct Window {
    items: VecDeque<Item>,
    /// The number of the first item; numbers grow without end.
    first: usize,
    bearers: QuickMap<Mark, VecDeque<usize>>,
    rarity: Rarity,
}

impl Window {
    /// Puts in a document whose story is decided. Documents come in the order of their days and keys.
    pub(crate) fn remember(&mut self, item: Item) {
        let number = self.first + self.items.len();
        for (mark, _) in &item.marks.counts {
            self.bearers.entry(*mark).or_default().push_back(number);
        }
        self.rarity.add(&item.marks);
        self.items.push_back(item);
    }

    fn forget_before(&mut self, day: i64) {
        while self.items.front().is_some_and(|item| item.day < day) {
            let Some(item) = self.items.pop_front() else { break };
            for (mark, _) in &item.marks.counts {
                if let Some(numbers) = self.bearers.get_mut(mark) {
                    numbers.pop_front();
                    if numbers.is_empty() {
                        self.bearers.remove(mark);
                    }
                }
            }
            self.rarity.remove(&item.marks);
            self.first += 1;
        }
    }

    /// Finds the stories of a day's documents, which come in the order of their keys, and remembers them. Returns each
    /// document with the first of its story.
    pub(crate) fn step(&mut self, day: i64, items: Vec<Item>) -> Vec<(i64, i64)> {
        self.forget_before(day - WINDOW);
        let before = self.first + self.items.len();
        for item in items {
            self.remember(Item { story: item.doc, ..item });
        }
        let after = self.first + self.items.len();
        let mut links: BTreeMap<(usize, usize), f32> = BTreeMap::new();
        // Nothing is added until the day is done, and most documents are compared with several.
        let mut weighed: QuickMap<usize, Weighed> = QuickMap::default();
        for number in before..after {
            for other in self.promising(number) {
                for it in [number, other] {
                    weighed.entry(it).or_insert_with(|| self.rarity.weigh(&self.item(it).marks));
                }
                let near = self.kinship((number, &weighed[&number]), (other, &weighed[&other]));
                if near > 0.0 {
                    links.insert((other, number), near);
                }
            }
        }
        for (number, story) in self.agglomerate(before, &links) {
            self.items[number - self.first].story = story;
        }
        let day = self.items.iter().skip(before - self.first);
        day.map(|item| (item.doc, item.story)).collect()
    }

    fn item(&self, number: usize) -> &Item {
        &self.items[number - self.first]
    }

    /// The earlier documents that share telling marks with a document.
    fn promising(&self, number: usize) -> Vec<usize> {
        let mut shared: QuickMap<usize, f32> = QuickMap::default();
        for (mark, _) in &self.item(number).marks.counts {
            let rarity = self.rarity.of(*mark);
            // Words are many; one alone is no reason.
            let reason = if mark.kind() == Kind::Word { rarity * 0.5 } else { rarity };
            if rarity < TELLING {
                continue;
            }
            for &bearer in self.bearers.get(mark).into_iter().flatten() {
                if bearer < number {
                    *shared.entry(bearer).or_default() += reason;
                }
            }
        }
        let mut found: Vec<(f32, usize)> =
            shared.into_iter().map(|(bearer, reason)| (reason, bearer)).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(COMPARED);
        found.into_iter().map(|(_, bearer)| bearer).collect()
    }

    fn kinship(&self, one: (usize, &Weighed), other: (usize, &Weighed)) -> f32 {
        let likeness = compare(one.1, other.1);
        let (one, other) = (self.item(one.0), self.item(other.0));
        kinship(likeness, one.language == other.language, (one.day - other.day).abs())
    }

    /// Joins the nearest groups until none are near enough; returns the stories of the documents from `before` on.
    fn agglomerate(
        &self,
        before: usize,
        links: &BTreeMap<(usize, usize), f32>,
    ) -> Vec<(usize, i64)> {
        let mut groups = Groups::new(self, before, links);
        while groups.join_nearest() {}
        groups.stories(self, before)
    }
}

/// Groups on their way; one is known by the number of its first document in the window.
struct Groups {
    group_of: HashMap<usize, usize>,
    /// The documents of this day in each group, and whether the group was there before.
    members: BTreeMap<usize, Vec<usize>>,
    sizes: BTreeMap<usize, usize>,
    old: BTreeSet<usize>,
    /// The links between two groups, the strongest first.
    links: BTreeMap<(usize, usize), Vec<f32>>,
}

impl Groups {
    fn new(window: &Window, before: usize, links: &BTreeMap<(usize, usize), f32>) -> Self {
        let mut first_of: HashMap<i64, usize> = HashMap::new();
        let mut groups = Self {
            group_of: HashMap::new(),
            members: BTreeMap::new(),
            sizes: BTreeMap::new(),
            old: BTreeSet::new(),
            links: BTreeMap::new(),
        };
        for (n, item) in window.items.iter().enumerate() {
            let number = window.first + n;
            let group = if number < before {
                let first = *first_of.entry(item.story).or_insert(number);
                groups.old.insert(first);
                first
            } else {
                groups.members.insert(number, vec![number]);
                number
            };
            *groups.sizes.entry(group).or_default() += 1;
            groups.group_of.insert(number, group);
        }
        for (&(one, other), &near) in links {
            let pair = ordered(groups.group_of[&one], groups.group_of[&other]);
            groups.links.entry(pair).or_default().push(near);
        }
        groups
    }

    /// How near two groups are: the mean of their strongest links, where links that are missing count as nothing.
    fn nearness(&self, pair: (usize, usize), links: &[f32]) -> f32 {
        let pairs = (self.sizes[&pair.0] * self.sizes[&pair.1]).min(PAIRS);
        let mut strongest = links.to_vec();
        strongest.sort_by(|a, b| b.total_cmp(a));
        strongest.iter().take(pairs).sum::<f32>() / pairs as f32
    }

    fn join_nearest(&mut self) -> bool {
        let nearest = self
            .links
            .iter()
            .map(|(&pair, links)| (self.nearness(pair, links), pair))
            .filter(|&(near, _)| near >= NEAR)
            // The first of equals is the same for the same documents.
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, (kept, gone))) = nearest else { return false };
        self.links.remove(&(kept, gone));
        let moved: Vec<(usize, usize)> =
            self.links.keys().copied().filter(|pair| pair.0 == gone || pair.1 == gone).collect();
        for pair in moved {
            let links = self.links.remove(&pair).unwrap_or_default();
            let other = if pair.0 == gone { pair.1 } else { pair.0 };
            // Stories of the past are not joined any more.
            if !(self.old.contains(&kept) && self.old.contains(&other)) {
                self.links.entry(ordered(kept, other)).or_default().extend(links);
            }
        }
        let members = self.members.remove(&gone).unwrap_or_default();
        self.members.entry(kept).or_default().extend(members);
        let size = self.sizes.remove(&gone).unwrap_or(0);
        *self.sizes.entry(kept).or_default() += size;
        true
    }

    fn stories(self, window: &Window, before: usize) -> Vec<(usize, i64)> {
        let mut stories = Vec::new();
        for (group, members) in self.members {
            let first = members.iter().copied().min().unwrap_or(group);
            let story =
                if group < before { window.item(group).story } else { window.item(first).doc };
            stories.extend(members.into_iter().map(|number| (number, story)));
        }
        stories
    }
}

fn ordered(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}
