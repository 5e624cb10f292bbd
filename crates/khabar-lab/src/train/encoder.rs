//! A layer of simple recurrent units, forwards and backwards through the sentence.
//!
//! The simple recurrent unit (Lei et al. 2018) keeps what makes recurrent networks read well, gates over a running state, but
//! multiplies matrices only over the input of all words at once; the recurrence itself is element by element. It so
//! runs many times faster than an LSTM on one core.

use super::parameter::Parameter;
use super::rng::Rng;
use khabar_lang::model::math::{sigmoid, tanh};
use ndarray::Array2;
use std::ops::Range;

/// The parameters of a layer. Of each group of `width` columns the first half reads forwards, the second backwards.
pub(crate) struct Layer {
    /// The map of the input to candidate, forget gate and reset gate.
    pub(crate) weights: Parameter,
    /// The biases of the three.
    pub(crate) bias: Parameter,
    /// The influence of the state on the two gates.
    pub(crate) peephole: Parameter,
}

/// What the backward pass needs of a forward pass.
pub(crate) struct Trace {
    /// The input after dropout, which the weights saw.
    input: Array2<f32>,
    /// The candidates and gates before their curves; the gates after them.
    gates: Array2<f32>,
    state: Array2<f32>,
    curved: Array2<f32>,
    /// The output.
    pub(crate) output: Array2<f32>,
}

impl Layer {
    pub(crate) fn new(width: usize, rng: &mut Rng) -> Self {
        let mut bias = Parameter::zeros(1, 3 * width);
        // States should last at first, and outputs start near inputs.
        bias.value.row_mut(0).iter_mut().skip(width).take(width).for_each(|b| *b = 0.5);
        Self {
            weights: Parameter::random(width, 3 * width, rng),
            bias,
            peephole: Parameter::zeros(2, width),
        }
    }

    fn width(&self) -> usize {
        self.weights.value.nrows()
    }

    /// Runs the layer over sentences that stand one after the other in the rows of `input`.
    pub(crate) fn forward(&self, input: Array2<f32>, sentences: &[Range<usize>]) -> Trace {
        let width = self.width();
        let rows = input.nrows();
        let mut gates = input.dot(&self.weights.value);
        gates += &self.bias.value;
        let mut trace = Trace {
            gates,
            state: Array2::zeros((rows, width)),
            curved: Array2::zeros((rows, width)),
            output: Array2::zeros((rows, width)),
            input,
        };
        for sentence in sentences {
            self.forward_half(&mut trace, sentence.clone(), 0..width / 2);
            self.forward_half(&mut trace, sentence.clone().rev(), width / 2..width);
        }
        trace
    }

    fn forward_half(
        &self,
        trace: &mut Trace,
        order: impl Iterator<Item = usize>,
        half: Range<usize>,
    ) {
        let width = self.width();
        let mut state = vec![0.0_f32; half.len()];
        let (forget_peep, reset_peep) = (self.peephole.value.row(0), self.peephole.value.row(1));
        let forget_peep = &forget_peep.as_slice().expect("a contiguous row")[half.clone()];
        let reset_peep = &reset_peep.as_slice().expect("a contiguous row")[half.clone()];
        for row in order {
            let gates = row_mut(&mut trace.gates, row);
            let (candidate, rest) = gates.split_at_mut(width);
            let (forget, reset) = rest.split_at_mut(width);
            let (candidate, forget, reset) =
                (&candidate[half.clone()], &mut forget[half.clone()], &mut reset[half.clone()]);
            let input = &row_ref(&trace.input, row)[half.clone()];
            let states = &mut row_mut(&mut trace.state, row)[half.clone()];
            let curved = &mut row_mut(&mut trace.curved, row)[half.clone()];
            let output = &mut row_mut(&mut trace.output, row)[half.clone()];
            for i in 0..state.len() {
                let f = sigmoid(forget[i] + forget_peep[i] * state[i]);
                let r = sigmoid(reset[i] + reset_peep[i] * state[i]);
                let c = f * state[i] + (1.0 - f) * candidate[i];
                let g = tanh(c);
                state[i] = c;
                forget[i] = f;
                reset[i] = r;
                states[i] = c;
                curved[i] = g;
                output[i] = r * g + (1.0 - r) * input[i];
            }
        }
    }

    /// Adds to the gradients and gives the gradient of the input.
    pub(crate) fn backward(
        &mut self,
        trace: &Trace,
        of_output: &Array2<f32>,
        sentences: &[Range<usize>],
    ) -> Array2<f32> {
        let width = self.width();
        let mut of_gates = Array2::<f32>::zeros(trace.gates.raw_dim());
        let mut of_input = Array2::<f32>::zeros(trace.input.raw_dim());
        for sentence in sentences {
            let forwards: Vec<usize> = sentence.clone().collect();
            let backwards: Vec<usize> = sentence.clone().rev().collect();
            self.backward_half(
                trace,
                of_output,
                &forwards,
                0..width / 2,
                &mut of_gates,
                &mut of_input,
            );
            self.backward_half(
                trace,
                of_output,
                &backwards,
                width / 2..width,
                &mut of_gates,
                &mut of_input,
            );
        }
        self.weights.gradient += &trace.input.t().dot(&of_gates);
        for row in of_gates.rows() {
            self.bias.gradient.row_mut(0).zip_mut_with(&row, |sum, g| *sum += g);
        }
        of_input += &of_gates.dot(&self.weights.value.t());
        of_input
    }

    fn backward_half(
        &mut self,
        trace: &Trace,
        of_output: &Array2<f32>,
        order: &[usize],
        half: Range<usize>,
        of_gates: &mut Array2<f32>,
        of_input: &mut Array2<f32>,
    ) {
        let width = self.width();
        let zeros = vec![0.0_f32; half.len()];
        let mut of_state = zeros.clone();
        for (step, &row) in order.iter().enumerate().rev() {
            let before = match step.checked_sub(1) {
                Some(earlier) => &row_ref(&trace.state, order[earlier])[half.clone()],
                None => &zeros,
            };
            let gates = row_ref(&trace.gates, row);
            let (candidate, forget, reset) = (
                &gates[half.clone()],
                &gates[width + half.start..width + half.end],
                &gates[2 * width + half.start..2 * width + half.end],
            );
            let input = &row_ref(&trace.input, row)[half.clone()];
            let curved = &row_ref(&trace.curved, row)[half.clone()];
            let of_out = &row_ref(of_output, row)[half.clone()];
            let of_in = &mut row_mut(of_input, row)[half.clone()];
            let of_gate = row_mut(of_gates, row);
            for i in 0..of_state.len() {
                let (f, r, g, h) = (forget[i], reset[i], curved[i], of_out[i]);
                of_in[i] = h * (1.0 - r);
                let of_reset = h * (g - input[i]) * r * (1.0 - r);
                let of_c = of_state[i] + h * r * (1.0 - g * g);
                let of_forget = of_c * (before[i] - candidate[i]) * f * (1.0 - f);
                let column = half.start + i;
                of_gate[column] = of_c * (1.0 - f);
                of_gate[width + column] = of_forget;
                of_gate[2 * width + column] = of_reset;
                let (forget_peep, reset_peep) =
                    (self.peephole.value[[0, column]], self.peephole.value[[1, column]]);
                self.peephole.gradient[[0, column]] += of_forget * before[i];
                self.peephole.gradient[[1, column]] += of_reset * before[i];
                of_state[i] = of_c * f + of_forget * forget_peep + of_reset * reset_peep;
            }
        }
    }

    /// The parameters, for the optimiser.
    pub(crate) fn parameters(&mut self) -> [&mut Parameter; 3] {
        [&mut self.weights, &mut self.bias, &mut self.peephole]
    }
}

fn row_ref(matrix: &Array2<f32>, row: usize) -> &[f32] {
    let columns = matrix.ncols();
    &matrix.as_slice().expect("standard layout")[row * columns..(row + 1) * columns]
}

fn row_mut(matrix: &mut Array2<f32>, row: usize) -> &mut [f32] {
    let columns = matrix.ncols();
    &mut matrix.as_slice_mut().expect("standard layout")[row * columns..(row + 1) * columns]
}
