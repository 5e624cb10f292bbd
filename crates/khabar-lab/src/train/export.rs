//! From trained numbers to a model file.

#![expect(clippy::needless_pass_by_value, reason = "a view is a reference")]

use super::data::Inventory;
use super::network::Network;
use super::parameter::Parameter;
use khabar_lang::model::matrix::Matrix;
use khabar_lang::model::network::{self, Layer};
use khabar_lang::model::table::Table;
use ndarray::ArrayView1;
use std::ops::Range;

/// Rounds a network to the form in which it is run.
pub(crate) fn quantize(trained: &Network, inventory: &Inventory) -> network::Network {
    let mut entries: Vec<(u64, u32)> = inventory.rows.iter().map(|(&f, &row)| (f, row)).collect();
    entries.sort_unstable();
    let (mut rows, mut row_scales) = (Vec::new(), Vec::new());
    for row in trained.rows.value.rows() {
        row_scales.push(quantize_row(row, &mut rows));
    }
    let bundles = inventory.feats.len();
    let mut pairs = vec![0_u64; (inventory.tags.len() * bundles).div_ceil(64)];
    for &(tag, bundle) in &inventory.pairs {
        let bit = tag as usize * bundles + bundle as usize;
        pairs[bit / 64] |= 1 << (bit % 64);
    }
    let feats = trained.shape.columns()[6].clone();
    network::Network {
        dictionary: Table::build(entries.into_iter()),
        rows,
        row_scales,
        layers: trained
            .layers
            .iter()
            .map(|layer| Layer {
                weights: matrix(&layer.weights),
                bias: flat(&layer.bias),
                peephole: flat(&layer.peephole),
            })
            .collect(),
        top: matrix_part(&trained.top, 0..feats.start),
        top_bias: flat(&trained.top_bias)[..feats.start].to_vec(),
        bundles: matrix_part(&trained.top, feats.clone()),
        bundles_bias: flat(&trained.top_bias)[feats].to_vec(),
        root_arc: flat(&trained.root_arc),
        root_label: flat(&trained.root_label),
        distance_label: flat(&trained.distance_label),
        relation: matrix(&trained.relation),
        relation_bias: flat(&trained.relation_bias),
        tags: inventory.tags.clone(),
        feats: inventory.feats.clone(),
        pairs,
        relations: inventory.relations.clone(),
    }
}

fn flat(parameter: &Parameter) -> Vec<f32> {
    parameter.value.iter().copied().collect()
}

/// The matrix with one row for each output.
fn matrix(parameter: &Parameter) -> Matrix {
    matrix_part(parameter, 0..parameter.value.ncols())
}

fn matrix_part(parameter: &Parameter, outputs: Range<usize>) -> Matrix {
    let rows: Vec<Vec<f32>> =
        outputs.map(|output| parameter.value.column(output).to_vec()).collect();
    Matrix::quantize(&rows)
}

fn quantize_row(row: ArrayView1<'_, f32>, out: &mut Vec<i8>) -> f32 {
    let largest = row.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
    let factor = if largest > 0.0 { 127.0 / largest } else { 0.0 };
    out.extend(row.iter().map(|x| (x * factor).round() as i8));
    largest / 127.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::network::{Aim, Example, Noise, Shape};
    use crate::train::rng::Rng;
    use khabar_lang::model::network::{Reading, Scratch, Tag};
    use khabar_lang::{Deprel, Feats, Upos};
    use std::collections::{BTreeSet, HashMap};

    /// The rounded network decides as the one that it was made from.
    #[test]
    fn rounding_changes_next_to_nothing() {
        let mut rng = Rng::new(5);
        let shape =
            Shape { width: 32, layers: 2, arc: 16, label: 16, tags: 3, feats: 1, relations: 2 };
        let mut network =
            Network::new(shape, Aim { tag_weight: 1.0, smoothing: 0.0, margin: 0.0 }, 12, &mut rng);
        let example = Example {
            features: (0..9).map(|i| vec![1 + i % 11, 1 + (i * 7) % 11]).collect(),
            identity: vec![(1, 0.0); 9],
            tags: (0..9).map(|i| i % 3).collect(),
            feats: vec![0; 9],
            heads: (0..9).collect(),
            relations: (0..9).map(|i| u32::from(i == 0)).collect(),
        };
        let noise = Noise { layer: 0.0, feature: 0.0 };
        for _ in 0..300 {
            network.train(&[&example], 0, noise, 0.01, &mut rng);
        }
        let tally = network.measure(&[&example]);
        assert_eq!((tally.tags, tally.labelled), (9, 9), "{tally:?}");
        let inventory = Inventory {
            rows: (0..12).map(|row| (u64::from(row) + 1, row)).collect::<HashMap<_, _>>(),
            tags: [Upos::Adj, Upos::Noun, Upos::Verb]
                .map(|upos| Tag { upos, xpos: "_".to_owned() })
                .to_vec(),
            feats: vec![Feats::NONE],
            pairs: BTreeSet::from([(0, 0), (1, 0), (2, 0)]),
            relations: vec![Deprel::Conj, Deprel::Root],
            ..Inventory::default()
        };
        let quantized = quantize(&network, &inventory);
        let (mut scratch, mut reading) = (Scratch::default(), Reading::default());
        for features in &example.features {
            let features: Vec<u64> = features.iter().map(|&row| u64::from(row) + 1).collect();
            let mut vector = vec![0.0; 32];
            quantized.embed(&features, [features[0]].into_iter(), &mut vector);
            scratch.input.extend(vector);
        }
        quantized.read_sentence(&mut scratch, &mut reading);
        assert_eq!(reading.tags, example.tags);
        assert_eq!(reading.heads, example.heads);
    }
}
