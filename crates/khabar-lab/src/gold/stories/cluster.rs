//! Two clusterings of the same items held against each other.

use std::collections::{BTreeMap, BTreeSet};

/// Items, each with its cluster in the gold and its cluster as found.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    items: BTreeMap<String, (String, String)>,
}

impl Clusters {
    pub(super) fn add(&mut self, item: String, gold: String, found: String) {
        self.items.insert(item, (gold, found));
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    fn groups(&self) -> (Groups<'_>, Groups<'_>) {
        let (mut gold, mut found) = (Groups::new(), Groups::new());
        for (item, (ours, theirs)) in &self.items {
            gold.entry(ours).or_default().insert(item);
            found.entry(theirs).or_default().insert(item);
        }
        (gold, found)
    }

    /// How many clusters there are in the gold and how many were found.
    pub(super) fn counts(&self) -> (usize, usize) {
        let (gold, found) = self.groups();
        (gold.len(), found.len())
    }

    /// How many clusters there are on both sides, without the one that stands for none.
    pub(super) fn counts_without(&self, none: &str) -> (usize, usize) {
        let (gold, found) = self.groups();
        let count = |groups: &Groups<'_>| groups.keys().filter(|id| **id != none).count();
        (count(&gold), count(&found))
    }

    /// Clusters of the gold and clusters found that have more items in common than not.
    pub(super) fn matched(&self) -> Vec<(String, String)> {
        let (gold, found) = self.groups();
        let mut pairs = Vec::new();
        for (theirs, items) in found.iter().filter(|(id, _)| !id.is_empty()) {
            let golds: BTreeSet<&String> =
                items.iter().map(|item| &self.items[item.as_str()].0).collect();
            for ours in golds.into_iter().filter(|id| !id.is_empty()) {
                let common = items.intersection(&gold[ours]).count();
                if 2 * common > items.union(&gold[ours]).count() {
                    pairs.push((ours.clone(), (*theirs).clone()));
                }
            }
        }
        pairs
    }

    /// What stands together in one clustering and apart in the other.
    pub(super) fn differences(&self) -> Vec<String> {
        let (gold, found) = self.groups();
        let mut lines = Vec::new();
        for (cluster, items) in &gold {
            let parts: BTreeSet<&String> =
                items.iter().map(|item| &self.items[item.as_str()].1).collect();
            if parts.len() > 1 {
                let shown: Vec<String> = parts
                    .iter()
                    .map(|part| {
                        let here =
                            items.iter().filter(|item| self.items[item.as_str()].1 == **part);
                        here.map(|item| item.as_str()).collect::<Vec<_>>().join(" + ")
                    })
                    .collect();
                lines.push(format!("apart ({cluster}): {}", shown.join(" | ")));
            }
        }
        for items in found.values() {
            let parts: BTreeSet<&String> =
                items.iter().map(|item| &self.items[item.as_str()].0).collect();
            if parts.len() > 1 {
                let shown: Vec<&str> = items.iter().map(|item| item.as_str()).collect();
                lines.push(format!("together: {}", shown.join(" + ")));
            }
        }
        lines
    }
}

type Groups<'c> = BTreeMap<&'c String, BTreeSet<&'c String>>;

/// Precision, recall and F1 by B³: the mean over the items of how much of the cluster an item was put into is of its
/// gold cluster, and the other way round.
pub(super) fn b_cubed(clusters: &Clusters) -> (f64, f64, f64) {
    let (gold, found) = clusters.groups();
    let (mut precision, mut recall) = (0.0, 0.0);
    for (ours, theirs) in clusters.items.values() {
        let common = gold[ours].intersection(&found[theirs]).count() as f64;
        precision += common / found[theirs].len() as f64;
        recall += common / gold[ours].len() as f64;
    }
    let n = (clusters.len() as f64).max(1.0);
    f1(precision / n, recall / n)
}

/// Precision and recall with their harmonic mean.
pub(super) fn f1(precision: f64, recall: f64) -> (f64, f64, f64) {
    let sum = precision + recall;
    (precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_of_a_split_and_a_merge() {
        let mut clusters = Clusters::default();
        for (item, gold, found) in
            [("a", "1", "x"), ("b", "1", "x"), ("c", "1", "y"), ("d", "2", "y")]
        {
            clusters.add(item.into(), gold.into(), found.into());
        }
        let (p, r, _) = b_cubed(&clusters);
        assert!(
            (p - 0.75).abs() < 1e-9 && (r - (2.0 / 3.0 * 2.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9
        );
        assert_eq!(
            (clusters.counts(), clusters.matched().len(), clusters.differences().len()),
            ((2, 2), 1, 2)
        );
    }
}
