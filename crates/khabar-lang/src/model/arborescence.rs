//! The best tree over scored arcs: the algorithm of Chu, Liu and Edmonds, with one root.

/// Chooses a head for each of `n` words so that the sum of scores is greatest among trees with one root (exactly so unless
/// several words compete for the root, which is then given to the one that gains most by it).
///
/// `scores[d * (n + 1) + h]` is the score of word `d` hanging on head `h`, where 0 is the root and `h` is word `h - 1`. The
/// result counts heads the same way. The scores are changed.
pub fn best_tree(scores: &mut [f32], n: usize, heads: &mut Vec<u32>) {
    choose(scores, n, heads);
    // A cycle that is opened could come to hang on the root, too, so the root is given away first.
    if heads.iter().filter(|&&head| head == 0).count() != 1 || has_cycle(heads) {
        leave_one_root(scores, n);
        choose(scores, n, heads);
    }
    if has_cycle(heads) {
        contract(scores, n, heads);
    }
}

fn choose(scores: &[f32], n: usize, heads: &mut Vec<u32>) {
    heads.clear();
    heads.extend((0..n).map(|d| best_head(&scores[d * (n + 1)..(d + 1) * (n + 1)], d)));
}

fn best_head(row: &[f32], dependent: usize) -> u32 {
    let mut best = (0, f32::NEG_INFINITY);
    for (head, &score) in row.iter().enumerate() {
        if score > best.1 && head != dependent + 1 {
            best = (head, score);
        }
    }
    best.0 as u32
}

/// The score of an arc that must not be. It is finite, because cycles are opened by differences of scores.
const FORBIDDEN: f32 = -1e6;

/// Forbids the root to all words but the one that loses most without it.
fn leave_one_root(scores: &mut [f32], n: usize) {
    let gain = |d: usize| {
        let row = &scores[d * (n + 1)..(d + 1) * (n + 1)];
        let others = row.iter().enumerate().skip(1).filter(|&(h, _)| h != d + 1);
        let best = others.fold(f32::NEG_INFINITY, |best, (_, &score)| best.max(score));
        if n == 1 { 0.0 } else { row[0] - best }
    };
    let root = (0..n).fold((0, f32::NEG_INFINITY), |best, d| {
        let gain = gain(d);
        if gain > best.1 { (d, gain) } else { best }
    });
    for d in (0..n).filter(|&d| d != root.0) {
        scores[d * (n + 1)] = FORBIDDEN;
    }
    for h in 1..=n {
        scores[root.0 * (n + 1) + h] = FORBIDDEN;
    }
}

fn has_cycle(heads: &[u32]) -> bool {
    let mut walk_of = vec![0_u32; heads.len() + 1];
    walk_of[0] = u32::MAX;
    for start in 1..=heads.len() {
        let mut at = start;
        while walk_of[at] == 0 {
            walk_of[at] = start as u32;
            at = heads[at - 1] as usize;
        }
        if walk_of[at] == start as u32 {
            return true;
        }
    }
    false
}

/// A cycle that became one node.
struct Contraction {
    node: usize,
    /// The nodes of the cycle with their heads on it.
    cycle: Vec<(usize, usize)>,
}

/// The general case: cycles become nodes until there are none, then the nodes are opened again.
fn contract(scores: &[f32], n: usize, heads: &mut [u32]) {
    let capacity = 2 * n + 1;
    // `arc[d * capacity + h]`: the score, and the words that the arc really joins.
    let mut arcs = vec![(f32::NEG_INFINITY, 0_u32, 0_u32); capacity * capacity];
    for d in 1..=n {
        for h in (0..=n).filter(|&h| h != d) {
            arcs[d * capacity + h] = (scores[(d - 1) * (n + 1) + h], d as u32, h as u32);
        }
    }
    let mut live: Vec<usize> = (1..=n).collect();
    let mut contractions: Vec<Contraction> = Vec::new();
    let mut best = vec![0_usize; capacity];
    loop {
        for &d in &live {
            let candidates = std::iter::once(0).chain(live.iter().copied().filter(|&h| h != d));
            best[d] = candidates
                .fold((0, f32::NEG_INFINITY), |best, h| {
                    let score = arcs[d * capacity + h].0;
                    if score > best.1 { (h, score) } else { best }
                })
                .0;
        }
        let Some(cycle) = find_cycle(&live, &best) else {
            break;
        };
        let node = n + 1 + contractions.len();
        if node >= capacity {
            break;
        }
        for &other in live.iter().chain(&[0]).filter(|other| !cycle.contains(other)) {
            let mut incoming = (f32::NEG_INFINITY, 0, 0);
            let mut outgoing = (f32::NEG_INFINITY, 0, 0);
            for &member in &cycle {
                let (score, d, h) = arcs[member * capacity + other];
                let gained = score - arcs[member * capacity + best[member]].0;
                if gained > incoming.0 {
                    incoming = (gained, d, h);
                }
                let arc = arcs[other * capacity + member];
                if other != 0 && arc.0 > outgoing.0 {
                    outgoing = arc;
                }
            }
            arcs[node * capacity + other] = incoming;
            if other != 0 {
                arcs[other * capacity + node] = outgoing;
            }
        }
        live.retain(|member| !cycle.contains(member));
        live.push(node);
        let cycle = cycle.into_iter().map(|member| (member, best[member])).collect();
        contractions.push(Contraction { node, cycle });
    }
    expand(&arcs, capacity, &live, &best, &contractions, heads);
}

fn expand(
    arcs: &[(f32, u32, u32)],
    capacity: usize,
    live: &[usize],
    best: &[usize],
    contractions: &[Contraction],
    heads: &mut [u32],
) {
    // For each node still to be opened, the arc between words that enters it.
    let mut entering = vec![None; capacity];
    for &d in live {
        let (_, word, head) = arcs[d * capacity + best[d]];
        entering[d] = Some((word, head));
    }
    for contraction in contractions.iter().rev() {
        let Some((entered, head)) = entering[contraction.node] else {
            continue;
        };
        for &(member, member_head) in &contraction.cycle {
            let (_, word, word_head) = arcs[member * capacity + member_head];
            let is_entered = holds(contractions, member, entered as usize);
            entering[member] = Some(if is_entered { (entered, head) } else { (word, word_head) });
        }
    }
    for (word, &arc) in entering.iter().enumerate().skip(1).take(heads.len()) {
        if let Some((_, head)) = arc {
            heads[word - 1] = head;
        }
    }
}

/// Whether a node is the word or was made of it.
fn holds(contractions: &[Contraction], node: usize, word: usize) -> bool {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if node == word {
            return true;
        }
        let inside = contractions.iter().find(|contraction| contraction.node == node);
        open.extend(inside.into_iter().flat_map(|c| c.cycle.iter().map(|&(member, _)| member)));
    }
    false
}

fn find_cycle(live: &[usize], best: &[usize]) -> Option<Vec<usize>> {
    let mut walk_of = vec![0; best.len()];
    for &start in live {
        let mut at = start;
        while at != 0 && walk_of[at] == 0 {
            walk_of[at] = start;
            at = best[at];
        }
        if at != 0 && walk_of[at] == start {
            let mut cycle = vec![at];
            let mut next = best[at];
            while next != at {
                cycle.push(next);
                next = best[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_tree(heads: &[u32]) -> bool {
        heads.iter().filter(|&&head| head == 0).count() == 1 && !has_cycle(heads)
    }

    /// The best tree with the given root by trying all.
    fn brute_force(scores: &[f32], n: usize, root: u32) -> f32 {
        let mut best = f32::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let mut rest = code;
            let heads: Vec<u32> = (0..n)
                .map(|_| {
                    let head = rest % (n + 1);
                    rest /= n + 1;
                    head as u32
                })
                .collect();
            if heads.iter().enumerate().any(|(d, &h)| h as usize == d + 1)
                || !is_tree(&heads)
                || heads[root as usize] != 0
            {
                continue;
            }
            best = best.max(total(scores, n, &heads));
        }
        best
    }

    fn total(scores: &[f32], n: usize, heads: &[u32]) -> f32 {
        heads.iter().enumerate().map(|(d, &h)| scores[d * (n + 1) + h as usize]).sum()
    }

    proptest! {
        #[test]
        fn the_tree_is_the_best_for_its_root(
            n in 1_usize..6,
            scores in proptest::collection::vec(-5.0_f32..5.0, 30),
        ) {
            let scores = &scores[..n * (n + 1)];
            let mut heads = Vec::new();
            best_tree(&mut scores.to_vec(), n, &mut heads);
            prop_assert!(is_tree(&heads), "{heads:?}");
            let root = heads.iter().position(|&head| head == 0).unwrap() as u32;
            let best = brute_force(scores, n, root);
            prop_assert!((total(scores, n, &heads) - best).abs() < 1e-3);
        }

        #[test]
        fn large_inputs_give_trees(
            n in 1_usize..40,
            seed in any::<u64>(),
        ) {
            let mut scores: Vec<f32> = (0..n * (n + 1))
                .map(|i| (crate::model::hash::mix(seed, i as u64) % 1000) as f32)
                .collect();
            let mut heads = Vec::new();
            best_tree(&mut scores, n, &mut heads);
            prop_assert!(is_tree(&heads), "{heads:?}");
        }
    }
}
