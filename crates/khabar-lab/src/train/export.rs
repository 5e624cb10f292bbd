//! From trained numbers to a model file.

use super::data::Inventory;
use super::network::Network;
use super::parameter::Parameter;
use khabar_lang::model::matrix::Matrix;
use khabar_lang::model::network::{self, Layer};
use khabar_lang::model::table::Table;
use ndarray::ArrayView1;

/// Rounds a network to the form in which it is run.
pub fn quantize(trained: &Network, inventory: &Inventory) -> network::Network {
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
        top: matrix(&trained.top),
        top_bias: flat(&trained.top_bias),
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
    let rows: Vec<Vec<f32>> = parameter
        .value
        .columns()
        .into_iter()
        .map(|column| column.to_vec())
        .collect();
    Matrix::quantize(&rows)
}

fn quantize_row(row: ArrayView1<'_, f32>, out: &mut Vec<i8>) -> f32 {
    let largest = row.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
    let factor = if largest > 0.0 { 127.0 / largest } else { 0.0 };
    out.extend(row.iter().map(|x| (x * factor).round() as i8));
    largest / 127.0
}
