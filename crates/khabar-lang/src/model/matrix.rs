//! Matrices of small integers.
//!
//! Integers make the models small, run several products an instruction on every processor of the last twenty years, and add
//! up to the same sum in whatever order, so that a text gets the same trees on every machine. Inputs are scaled
//! row by row to eleven bits and weights likewise, which keeps the sums within 32 bits.

#![expect(clippy::inline_always, reason = "kernels are inlined into each version, see `simd`")]

use super::file::{Reader, Writer};
use super::multiply::{self, Packed, Product};
use super::simd::{self, NullaryFnOnce};
use crate::error::Error;

const LIMIT: f32 = 2047.0;

/// The largest number of columns for which no sum can overflow.
const MAX_COLUMNS: usize = 512;

/// A matrix of weights; each row makes one output.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    columns: usize,
    weights: Vec<i16>,
    scales: Vec<f32>,
    packed: Packed,
}

impl Matrix {
    /// Rounds weights, given row by row.
    pub fn quantize(rows: &[Vec<f32>]) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        let mut matrix =
            Self { columns, weights: vec![0; rows.len() * columns], ..Self::default() };
        for (row, out) in rows.iter().zip(matrix.weights.chunks_exact_mut(columns.max(1))) {
            matrix.scales.push(quantize_row(row, out));
        }
        matrix.packed = Packed::new(&matrix.weights, columns);
        matrix
    }

    /// The number of outputs.
    pub fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        self.columns
    }

    /// Multiplies each row of the input with the matrix and adds the bias. `out` gets one row of outputs per row of input.
    pub fn apply(&self, input: &Quantized, bias: &[f32], out: &mut Vec<f32>) {
        let outputs = self.outputs();
        out.clear();
        out.resize(input.rows() * outputs, 0.0);
        let product = Product {
            packed: &self.packed,
            columns: self.columns,
            scales: &self.scales,
            bias: &bias[..outputs],
            input,
            out,
        };
        if let Err(Product { out, .. }) = multiply::wide(product) {
            simd::dispatch(Multiply { matrix: self, input, bias, out });
        }
    }

    /// One output for one row of the input, without the bias.
    pub fn output(&self, input: &Quantized, row: usize, output: usize) -> f32 {
        let weights = &self.weights[output * self.columns..(output + 1) * self.columns];
        let values = &input.values[row * self.columns..(row + 1) * self.columns];
        dot(weights, values) as f32 * (self.scales[output] * input.scales[row])
    }

    /// Writes the matrix.
    pub fn write(&self, writer: &mut Writer, name: &str) {
        writer.i16s(&format!("{name}.weights"), &self.weights);
        writer.f32s(&format!("{name}.scales"), &self.scales);
    }

    /// Reads what [`Matrix::write`] wrote, provided that it has this many inputs.
    pub fn read(reader: &Reader<'_>, name: &str, columns: usize) -> Result<Self, Error> {
        let mut matrix = Self {
            columns,
            weights: reader.i16s(&format!("{name}.weights"))?,
            scales: reader.f32s(&format!("{name}.scales"))?,
            packed: Packed::default(),
        };
        if !columns.is_multiple_of(2)
            || columns == 0
            || columns > MAX_COLUMNS
            || matrix.weights.len() != columns * matrix.scales.len()
            || matrix.weights.iter().any(|weight| f32::from(weight.saturating_abs()) > LIMIT)
        {
            return Err(reader.error(format!("{name} is not a matrix of {columns} columns")));
        }
        matrix.packed = Packed::new(&matrix.weights, columns);
        Ok(matrix)
    }
}

/// Rows of numbers rounded to integers, each with the scale that undoes it.
#[derive(Clone, Debug, Default)]
pub struct Quantized {
    values: Vec<i16>,
    scales: Vec<f32>,
}

impl Quantized {
    /// Rounds rows of this many columns.
    pub fn set(&mut self, rows: &[f32], columns: usize) {
        self.values.clear();
        self.values.resize(rows.len(), 0);
        self.scales.clear();
        simd::dispatch(Round { rows, columns, out: self });
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.scales.len()
    }

    /// A row of this many columns.
    #[inline(always)]
    pub(super) fn row(&self, row: usize, columns: usize) -> &[i16] {
        &self.values[row * columns..(row + 1) * columns]
    }

    /// The scale of a row.
    #[inline(always)]
    pub(super) fn scale(&self, row: usize) -> f32 {
        self.scales[row]
    }

    /// The product of two rows of equal length.
    #[inline(always)]
    pub fn product(&self, row: usize, other: &Self, other_row: usize, columns: usize) -> f32 {
        let a = &self.values[row * columns..(row + 1) * columns];
        let b = &other.values[other_row * columns..(other_row + 1) * columns];
        dot(a, b) as f32 * (self.scales[row] * other.scales[other_row])
    }
}

/// The kernel of [`Matrix::apply`].
struct Multiply<'a> {
    matrix: &'a Matrix,
    input: &'a Quantized,
    bias: &'a [f32],
    out: &'a mut [f32],
}

impl NullaryFnOnce for Multiply<'_> {
    type Output = ();

    /// Four rows of input at a time, so that weights are loaded once for all of them.
    #[inline(always)]
    fn call(self) {
        let Self { matrix, input, bias, out } = self;
        let (columns, outputs) = (matrix.columns, matrix.outputs());
        let mut row = 0;
        while row < input.rows() {
            let rows = input.rows().min(row + 4) - row;
            // When fewer than four are left, the last is worked out more than once.
            let at = |i: usize| {
                let row = row + i.min(rows - 1);
                &input.values[row * columns..(row + 1) * columns]
            };
            let (a, b, c, d) = (at(0), at(1), at(2), at(3));
            for (output, weights) in matrix.weights.chunks_exact(columns).enumerate() {
                let sums = dot4(weights, a, b, c, d);
                for (i, sum) in sums.into_iter().enumerate().take(rows) {
                    let scale = matrix.scales[output] * input.scales[row + i];
                    out[(row + i) * outputs + output] = sum as f32 * scale + bias[output];
                }
            }
            row += 4;
        }
    }
}

/// The kernel of [`Quantized::set`].
struct Round<'a> {
    rows: &'a [f32],
    columns: usize,
    out: &'a mut Quantized,
}

impl NullaryFnOnce for Round<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Quantized { values, scales } = self.out;
        let out = values.chunks_exact_mut(self.columns);
        for (row, out) in self.rows.chunks_exact(self.columns).zip(out) {
            scales.push(quantize_row(row, out));
        }
    }
}

#[inline(always)]
fn quantize_row(row: &[f32], out: &mut [i16]) -> f32 {
    let largest = row.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
    if largest == 0.0 || !largest.is_finite() {
        out.fill(0);
        return 0.0;
    }
    let factor = LIMIT / largest;
    for (x, out) in row.iter().zip(out) {
        // Adding this number leaves the nearest integer in the low bits of the sum.
        const SHIFT: f32 = 12_582_912.0;
        *out = (x * factor + SHIFT).to_bits().wrapping_sub(SHIFT.to_bits()) as i16;
    }
    largest / LIMIT
}

#[inline(always)]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}

#[inline(always)]
fn dot4(weights: &[i16], a: &[i16], b: &[i16], c: &[i16], d: &[i16]) -> [i32; 4] {
    let count = weights.len();
    let (a, b, c, d) = (&a[..count], &b[..count], &c[..count], &d[..count]);
    let mut sums = [0_i32; 4];
    for (i, &weight) in weights.iter().enumerate() {
        let weight = i32::from(weight);
        sums[0] += weight * i32::from(a[i]);
        sums[1] += weight * i32::from(b[i]);
        sums[2] += weight * i32::from(c[i]);
        sums[3] += weight * i32::from(d[i]);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_near_the_exact_ones() {
        let value = |i: usize| ((i * 7919 % 101) as f32 - 50.0) / 37.0;
        let rows: Vec<Vec<f32>> =
            (0..5).map(|r| (0..32).map(|c| value(r * 32 + c)).collect()).collect();
        let input: Vec<f32> = (0..7 * 32).map(|i| value(i + 13)).collect();
        let mut quantized = Quantized::default();
        quantized.set(&input, 32);
        let mut out = Vec::new();
        Matrix::quantize(&rows).apply(&quantized, &[0.5; 5], &mut out);
        for (i, x) in input.chunks_exact(32).enumerate() {
            for (o, w) in rows.iter().enumerate() {
                let exact: f32 = x.iter().zip(w).map(|(x, w)| x * w).sum::<f32>() + 0.5;
                assert!((out[i * 5 + o] - exact).abs() < 0.05, "{} {exact}", out[i * 5 + o]);
            }
        }
    }

    #[test]
    fn both_kernels_give_the_same_numbers() {
        let value = |i: usize| ((i * 7919 % 211) as f32 - 100.0) / 37.0;
        for (outputs, rows) in [(1, 1), (7, 3), (8, 4), (13, 9), (24, 6)] {
            let weights: Vec<Vec<f32>> =
                (0..outputs).map(|o| (0..32).map(|c| value(o * 32 + c)).collect()).collect();
            let matrix = Matrix::quantize(&weights);
            let bias: Vec<f32> = (0..outputs).map(value).collect();
            let mut input = Quantized::default();
            input.set(&(0..rows * 32).map(|i| value(i + 5)).collect::<Vec<_>>(), 32);
            let (mut one, mut other) = (Vec::new(), vec![0.0; rows * outputs]);
            matrix.apply(&input, &bias, &mut one);
            Multiply { matrix: &matrix, input: &input, bias: &bias, out: &mut other }.call();
            assert_eq!(one, other);
        }
    }

    #[test]
    fn the_largest_sums_fit() {
        let rows = vec![vec![-1.0; MAX_COLUMNS]];
        let mut quantized = Quantized::default();
        quantized.set(&[1.0; MAX_COLUMNS], MAX_COLUMNS);
        let mut out = Vec::new();
        Matrix::quantize(&rows).apply(&quantized, &[0.0], &mut out);
        assert!((out[0] + MAX_COLUMNS as f32).abs() < 0.5);
    }
}
