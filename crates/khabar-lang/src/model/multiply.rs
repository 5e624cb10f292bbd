//! The product of matrices of small integers, in which most of the time of a reading is spent.
//!
//! The plain loop in [`super::matrix`] is right everywhere. On processors with 256-bit integer vectors the sums of eight
//! outputs stand side by side in one vector instead, so that they never have to be added up across a vector; for that the
//! weights are packed in the order in which they are used. The sums are of integers, so both ways give the same numbers.

#![expect(clippy::inline_always, reason = "kernels are inlined into each version, see `simd`")]

use super::matrix::Quantized;
use super::simd::NullaryFnOnce;

/// The outputs that are worked out side by side.
const LANES: usize = 8;

/// Weights in the order of use: for every eight outputs, for every two inputs, the two weights of each output.
#[derive(Clone, Debug, Default)]
pub(super) struct Packed {
    pairs: Vec<[i16; 2 * LANES]>,
}

impl Packed {
    /// Packs the rows of a matrix with an even number of columns.
    pub(super) fn new(weights: &[i16], columns: usize) -> Self {
        let outputs = weights.len() / columns.max(1);
        let mut pairs = Vec::with_capacity(outputs.div_ceil(LANES) * columns / 2);
        for block in 0..outputs.div_ceil(LANES) {
            for pair in 0..columns / 2 {
                let mut packed = [0; 2 * LANES];
                for lane in 0..LANES.min(outputs - block * LANES) {
                    let at = (block * LANES + lane) * columns + 2 * pair;
                    packed[2 * lane..2 * lane + 2].copy_from_slice(&weights[at..at + 2]);
                }
                pairs.push(packed);
            }
        }
        Self { pairs }
    }
}

/// A product to work out: `out` gets, for each row of the input, the scaled sums and the bias of each output.
pub(super) struct Product<'a> {
    pub(super) packed: &'a Packed,
    pub(super) columns: usize,
    pub(super) scales: &'a [f32],
    pub(super) bias: &'a [f32],
    pub(super) input: &'a Quantized,
    pub(super) out: &'a mut [f32],
}

/// Works out a product with wide vectors; gives it back where the processor has none.
#[cfg(target_arch = "x86_64")]
pub(super) fn wide(product: Product<'_>) -> Result<(), Product<'_>> {
    match pulp::x86::V3::try_new() {
        Some(simd) => {
            simd.vectorize(Wide { simd, product });
            Ok(())
        }
        None => Err(product),
    }
}

/// Other processors have no version of their own yet.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn wide(product: Product<'_>) -> Result<(), Product<'_>> {
    Err(product)
}

#[cfg(target_arch = "x86_64")]
struct Wide<'a> {
    simd: pulp::x86::V3,
    product: Product<'a>,
}

#[cfg(target_arch = "x86_64")]
impl NullaryFnOnce for Wide<'_> {
    type Output = ();

    /// Four rows of input at a time, so that weights are loaded once for all of them.
    #[inline(always)]
    fn call(self) {
        let Self { simd, product } = self;
        let Product { packed, columns, scales, bias, input, out } = product;
        let outputs = scales.len();
        let mut row = 0;
        while row < input.rows() {
            let rows = input.rows().min(row + 4) - row;
            // When fewer than four are left, the last is worked out more than once.
            let inputs = [0, 1, 2, 3].map(|i| {
                let (pairs, _) = input.row(row + i.min(rows - 1), columns).as_chunks::<2>();
                pairs
            });
            for (block, weights) in packed.pairs.chunks_exact(columns / 2).enumerate() {
                let sums = block_sums(simd, weights, inputs);
                let first = block * LANES;
                let width = LANES.min(outputs - first);
                let (scales, bias) = (&scales[first..first + width], &bias[first..first + width]);
                for (i, sums) in sums.iter().enumerate().take(rows) {
                    let scale = input.scale(row + i);
                    let out = &mut out[(row + i) * outputs + first..][..width];
                    for lane in 0..width {
                        out[lane] = sums[lane] as f32 * (scales[lane] * scale) + bias[lane];
                    }
                }
            }
            row += 4;
        }
    }
}

/// The sums of eight outputs for four rows of input.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn block_sums(
    simd: pulp::x86::V3,
    weights: &[[i16; 2 * LANES]],
    inputs: [&[[i16; 2]]; 4],
) -> [[i32; LANES]; 4] {
    let (avx, avx2) = (simd.avx, simd.avx2);
    // The four sums are variables of their own, not an array that is looped over: they have to stay in registers, and
    // whether a loop of four is unrolled depends on how the crate is built.
    let [mut first, mut second, mut third, mut fourth] = [avx._mm256_setzero_si256(); 4];
    let [a, b, c, d] = inputs.map(|pairs| &pairs[..weights.len()]);
    for ((((&weights, &a), &b), &c), &d) in weights.iter().zip(a).zip(b).zip(c).zip(d) {
        let weights = pulp::cast(weights);
        let add = |sum, pair: [i16; 2]| {
            let pair = avx._mm256_set1_epi32(pulp::cast(pair));
            avx2._mm256_add_epi32(sum, avx2._mm256_madd_epi16(weights, pair))
        };
        first = add(first, a);
        second = add(second, b);
        third = add(third, c);
        fourth = add(fourth, d);
    }
    [first, second, third, fourth].map(pulp::cast)
}
