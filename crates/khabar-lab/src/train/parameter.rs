//! Parameters with their gradients, and the Adam rule that moves them.

use super::rng::Rng;
use ndarray::{Array2, Zip};

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.98;
const EPSILON: f32 = 1e-8;

/// A matrix that is trained.
pub(crate) struct Parameter {
    /// Its values.
    pub(crate) value: Array2<f32>,
    /// The gradient of the batch at hand.
    pub(crate) gradient: Array2<f32>,
    mean: Array2<f32>,
    variance: Array2<f32>,
    average: Array2<f32>,
}

impl Parameter {
    /// A matrix of zeros.
    pub(crate) fn zeros(rows: usize, columns: usize) -> Self {
        let zeros = || Array2::zeros((rows, columns));
        Self {
            value: zeros(),
            gradient: zeros(),
            mean: zeros(),
            variance: zeros(),
            average: zeros(),
        }
    }

    /// A matrix of small numbers, scaled to its size as Glorot and Bengio (2010) advise.
    pub(crate) fn random(rows: usize, columns: usize, rng: &mut Rng) -> Self {
        let bound = (6.0 / (rows + columns) as f32).sqrt();
        let mut parameter = Self::zeros(rows, columns);
        parameter.value.mapv_inplace(|_| rng.symmetric(bound));
        parameter
    }

    /// Moves the values against the gradient and clears it.
    pub(crate) fn step(&mut self, rate: f32, scale: f32, correction: Correction) {
        Zip::from(&mut self.value)
            .and(&mut self.gradient)
            .and(&mut self.mean)
            .and(&mut self.variance)
            .for_each(|value, gradient, mean, variance| {
                adam(value, *gradient * scale, mean, variance, rate, correction);
                *gradient = 0.0;
            });
    }

    /// Moves the running average of the values towards the values, by a share of what lies between.
    pub(crate) fn follow(&mut self, share: f32) {
        follow(&mut self.average, &self.value, share);
    }

    /// Puts the running average in the place of the values.
    pub(crate) fn take_average(&mut self) {
        self.value.assign(&self.average);
    }

    /// The sum of the squares of the gradient.
    pub(crate) fn squared_norm(&self) -> f32 {
        self.gradient.iter().map(|g| g * g).sum()
    }
}

/// What makes up for the moments starting at zero.
#[derive(Clone, Copy)]
pub(crate) struct Correction {
    mean: f32,
    variance: f32,
}

impl Correction {
    /// The correction for the `step`th step, counted from 1.
    pub(crate) fn at(step: i32) -> Self {
        Self { mean: 1.0 / (1.0 - BETA1.powi(step)), variance: 1.0 / (1.0 - BETA2.powi(step)) }
    }
}

fn follow(average: &mut Array2<f32>, value: &Array2<f32>, share: f32) {
    average.zip_mut_with(value, |average, &value| *average += (value - *average) * share);
}

fn adam(
    value: &mut f32,
    gradient: f32,
    mean: &mut f32,
    variance: &mut f32,
    rate: f32,
    correction: Correction,
) {
    *mean = BETA1 * *mean + (1.0 - BETA1) * gradient;
    *variance = BETA2 * *variance + (1.0 - BETA2) * gradient * gradient;
    let step = *mean * correction.mean / ((*variance * correction.variance).sqrt() + EPSILON);
    *value -= rate * step;
}

/// A table of rows of which a batch touches few.
pub(crate) struct Rows {
    /// Its values.
    pub(crate) value: Array2<f32>,
    gradient: Array2<f32>,
    mean: Array2<f32>,
    variance: Array2<f32>,
    average: Array2<f32>,
    is_touched: Vec<bool>,
    touched: Vec<u32>,
}

impl Rows {
    /// A table of small numbers.
    pub(crate) fn random(rows: usize, columns: usize, bound: f32, rng: &mut Rng) -> Self {
        let zeros = || Array2::zeros((rows, columns));
        let mut value: Array2<f32> = zeros();
        value.mapv_inplace(|_| rng.symmetric(bound));
        Self {
            value,
            gradient: zeros(),
            mean: zeros(),
            variance: zeros(),
            average: zeros(),
            is_touched: vec![false; rows],
            touched: Vec::new(),
        }
    }

    /// Adds to the gradient of a row.
    pub(crate) fn add_gradient(&mut self, row: u32, gradient: &[f32]) {
        let index = row as usize;
        if !self.is_touched[index] {
            self.is_touched[index] = true;
            self.touched.push(row);
        }
        for (sum, g) in self.gradient.row_mut(index).iter_mut().zip(gradient) {
            *sum += g;
        }
    }

    /// Moves the rows that were touched and clears their gradients.
    pub(crate) fn step(&mut self, rate: f32, scale: f32, correction: Correction) {
        for &row in &self.touched {
            let row = row as usize;
            self.is_touched[row] = false;
            Zip::from(self.value.row_mut(row))
                .and(self.gradient.row_mut(row))
                .and(self.mean.row_mut(row))
                .and(self.variance.row_mut(row))
                .for_each(|value, gradient, mean, variance| {
                    adam(value, *gradient * scale, mean, variance, rate, correction);
                    *gradient = 0.0;
                });
        }
        self.touched.clear();
    }

    /// Moves the running average of the values, see [`Parameter::follow`].
    pub(crate) fn follow(&mut self, share: f32) {
        follow(&mut self.average, &self.value, share);
    }

    /// Puts the running average in the place of the values.
    pub(crate) fn take_average(&mut self) {
        self.value.assign(&self.average);
    }

    /// The sum of the squares of the gradient.
    pub(crate) fn squared_norm(&self) -> f32 {
        let rows = self.touched.iter().map(|&row| self.gradient.row(row as usize));
        rows.map(|row| row.iter().map(|g| g * g).sum::<f32>()).sum()
    }
}
