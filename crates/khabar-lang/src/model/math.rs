//! The curves of the network, from the four basic operations alone.
//!
//! The exponential function of a platform's mathematical library may differ in its last bit from another's, and then a
//! text could get another tree on another machine. Sums, products and quotients are the same everywhere.

#![expect(clippy::inline_always, reason = "kernels are inlined into each version, see `simd`")]

/// The hyperbolic tangent, by a Padé approximation that is within 0.0002 of it.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let s = x * x;
    let numerator = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let denominator = 135_135.0 + s * (62_370.0 + s * (3_150.0 + s * 28.0));
    (numerator / denominator).clamp(-1.0, 1.0)
}

/// The logistic function.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// The exponential of a number that is not positive, within a twentieth of it down to -3 and ever less exact, but in the right
/// order, below.
#[inline]
pub fn decay(x: f32) -> f32 {
    let mut power = (1.0 + x / 128.0).max(0.0);
    for _ in 0..7 {
        power *= power;
    }
    power
}

/// The number of buckets for the distance between a word and its head; the first is for the root.
pub const DISTANCES: usize = 16;

/// The bucket of a head that lies `head - dependent` words away.
#[inline]
pub fn distance_bucket(head: usize, dependent: usize) -> usize {
    let (away, after) = (head.abs_diff(dependent), usize::from(head > dependent));
    let step = match away {
        0..=3 => away,
        4..=5 => 4,
        6..=9 => 5,
        10..=19 => 6,
        _ => 7,
    };
    (step * 2 - 1 + after).min(DISTANCES - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curves_are_near_the_true_ones() {
        for step in -200..=200 {
            let x = step as f32 / 20.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "tanh({x})");
            let below = decay(-x.abs());
            assert!((below - (-x.abs()).exp()).abs() < 0.005, "decay({x})");
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 2e-4, "sigmoid({x})");
        }
    }

    #[test]
    fn buckets_are_distinct_near_and_within_bounds() {
        assert_eq!(distance_bucket(4, 5), 1);
        assert_eq!(distance_bucket(6, 5), 2);
        assert_eq!(distance_bucket(3, 5), 3);
        assert_eq!(distance_bucket(500, 5), 14);
        assert!(
            (0..60).all(|h| {
                (0..60).filter(|&d| d != h).all(|d| distance_bucket(h, d) < DISTANCES)
            })
        );
    }
}
