//! Pairs that belong together with some probability, made into groups.
//!
//! The two groups whose pairs are likeliest on the average become one, until none are likely enough; what has no link counts
//! as nothing. Each group keeps the sums of its links, and a heap finds the best pair, so that a story of thousands of reports
//! takes little longer for each than one of ten.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// The mean probability from which on two groups become one.
pub(super) const LIKELY: f32 = 0.5;

/// Probabilities of pairs.
#[derive(Debug, Default)]
pub(super) struct Links {
    sums: BTreeMap<usize, BTreeMap<usize, f32>>,
}

impl Links {
    pub(super) fn add(&mut self, one: usize, other: usize, probability: f32) {
        for (a, b) in [(one, other), (other, one)] {
            *self.sums.entry(a).or_default().entry(b).or_default() += probability;
        }
    }

    /// Gives all links of a group to another.
    fn hand_over(&mut self, gone: usize, kept: usize) {
        for (other, sum) in self.sums.remove(&gone).unwrap_or_default() {
            let theirs = self.sums.entry(other).or_default();
            theirs.remove(&gone);
            if other != kept {
                self.add(kept, other, sum);
            }
        }
    }
}

/// Two groups that may become one, as they were when this was reckoned.
#[derive(Debug)]
struct Candidate {
    mean: f32,
    pair: (usize, usize),
    sizes: (usize, usize),
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| other.pair.cmp(&self.pair))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

/// Makes groups; each is known by its first member and in order.
pub(super) fn join(members: &[usize], mut links: Links) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<usize, Vec<usize>> = members.iter().map(|&n| (n, vec![n])).collect();
    let mut heap = BinaryHeap::new();
    for &member in members {
        candidates(member, &links, &groups, &mut heap);
    }
    while let Some(Candidate { pair: (kept, gone), sizes, .. }) = heap.pop() {
        let size = |group| groups.get(group).map_or(0, Vec::len);
        if (size(&kept), size(&gone)) != sizes {
            continue;
        }
        let members = groups.remove(&gone).unwrap_or_default();
        let group = groups.entry(kept).or_default();
        group.extend(members);
        group.sort_unstable();
        links.hand_over(gone, kept);
        candidates(kept, &links, &groups, &mut heap);
    }
    groups.into_values().collect()
}

/// Puts the pairs of a group that are likely enough into the heap. A group only ever grows, so that its size tells whether a
/// pair is out of date.
fn candidates(
    group: usize,
    links: &Links,
    groups: &BTreeMap<usize, Vec<usize>>,
    heap: &mut BinaryHeap<Candidate>,
) {
    for (&other, &sum) in links.sums.get(&group).into_iter().flatten() {
        let pair = (group.min(other), group.max(other));
        let sizes = (groups[&pair.0].len(), groups[&pair.1].len());
        let mean = sum / (sizes.0 * sizes.1) as f32;
        if mean >= LIKELY {
            heap.push(Candidate { mean, pair, sizes });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(pairs: &[(usize, usize, f32)]) -> Links {
        let mut links = Links::default();
        for &(one, other, probability) in pairs {
            links.add(one, other, probability);
        }
        links
    }

    #[test]
    fn the_likeliest_pairs_come_first_and_groups_go_together_as_wholes() {
        let all = [0, 1, 2, 3];
        assert_eq!(join(&all, Links::default()), [[0], [1], [2], [3]]);
        let chain = links(&[(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9)]);
        // The middle pair is one of four between the two groups.
        assert_eq!(join(&all, chain), [[0, 1], [2, 3]]);
        let ring = links(&[(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.3)]);
        assert_eq!(join(&all, ring), [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn thousands_are_joined_in_no_time() {
        let mut many = Links::default();
        let all: Vec<usize> = (0..4_000).collect();
        for &n in &all {
            for other in n.saturating_sub(50)..n {
                many.add(other, n, if n % 7 == other % 7 { 0.95 } else { 0.1 });
            }
        }
        let groups = join(&all, many);
        assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), all.len());
        assert!(groups.iter().all(|group| group.iter().all(|n| n % 7 == group[0] % 7)));
    }
}
