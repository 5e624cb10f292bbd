//! Learning the weights of log-linear choices: each question has several choices, some of them right, and each choice is
//! scored by the sum of the weights of what speaks for it. Weights are moved so that the right choices together become
//! likely, by stochastic steps whose size falls with use (`AdaGrad`).

/// What steers the learning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    /// How strongly weights are drawn to zero.
    pub(crate) decay: f32,
}

/// A question in numbers.
pub(crate) struct Question {
    /// Of each choice the places of its weights.
    pub(crate) choices: Vec<Vec<u32>>,
    /// Which of the choices are right.
    pub(crate) right: Vec<bool>,
    /// How much the question counts.
    pub(crate) weight: f32,
}

/// An error so small that nothing is learnt from it.
const NEGLIGIBLE: f32 = 1e-4;

/// Learns a table of so many weights; they are the mean of what they are after each round over the questions, which come in
/// another order each time.
pub(crate) fn learn(questions: &[Question], size: usize, settings: Settings) -> Vec<f32> {
    let mut weights = vec![0.0_f32; size];
    let mut sum = vec![0.0_f32; size];
    let mut used = vec![1e-3_f32; size];
    let mut order: Vec<usize> = (0..questions.len()).collect();
    // The dice are the same in every run, so that the weights are.
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..settings.epochs {
        for at in (1..order.len()).rev() {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            order.swap(at, (dice % (at as u64 + 1)) as usize);
        }
        for &at in &order {
            step(&questions[at], settings, &mut weights, &mut used);
        }
        for (sum, weight) in sum.iter_mut().zip(&weights) {
            *sum += weight;
        }
    }
    sum.iter_mut().for_each(|sum| *sum /= settings.epochs.max(1) as f32);
    sum
}

fn step(question: &Question, settings: Settings, weights: &mut [f32], used: &mut [f32]) {
    let sum = |places: &Vec<u32>| places.iter().map(|&place| weights[place as usize]).sum();
    let sums: Vec<f32> = question.choices.iter().map(sum).collect();
    let chances = chances(&sums, &question.right);
    for (places, (chance, wanted)) in question.choices.iter().zip(chances) {
        let error = (chance - wanted) * question.weight;
        if error.abs() < NEGLIGIBLE {
            continue;
        }
        for &place in places {
            let place = place as usize;
            let gradient = error + settings.decay * weights[place];
            used[place] += gradient * gradient;
            weights[place] -= settings.rate * gradient / used[place].sqrt();
        }
    }
}

/// How likely each choice is by the sums of its weights, and how likely it would be if only right ones could be chosen.
pub(crate) fn chances(sums: &[f32], right: &[bool]) -> Vec<(f32, f32)> {
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let shares: Vec<f32> = sums.iter().map(|sum| (sum - most).exp()).collect();
    let all: f32 = shares.iter().sum();
    let good: f32 = shares.iter().zip(right).filter(|(_, right)| **right).map(|(s, _)| s).sum();
    let wanted = |share: f32, right: bool| if right && good > 0.0 { share / good } else { 0.0 };
    shares.iter().zip(right).map(|(&share, &right)| (share / all, wanted(share, right))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_choices_share_what_is_wanted() {
        let chances = chances(&[1.0, 1.0, 1.0, 1.0], &[true, false, true, false]);
        assert_eq!(chances, [(0.25, 0.5), (0.25, 0.0), (0.25, 0.5), (0.25, 0.0)]);
    }

    #[test]
    fn what_speaks_for_the_right_choice_comes_to_weigh_more() {
        let question = Question {
            choices: vec![vec![0, 2], vec![1, 2]],
            right: vec![true, false],
            weight: 1.0,
        };
        let settings = Settings { epochs: 5, rate: 0.1, decay: 0.0 };
        let weights = learn(&[question], 3, settings);
        assert!(weights[0] > weights[1]);
    }
}
