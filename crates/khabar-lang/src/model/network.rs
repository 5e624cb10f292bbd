//! The network that tags and parses, as it is run: see `khabar-lab`'s `train::network` for how it is trained and why it has
//! this form.

#![expect(clippy::inline_always, reason = "kernels are inlined into each version, see `simd`")]

use super::arborescence::best_tree;
use super::features::Templates;
use super::file::{Reader, Writer};
use super::math::{DISTANCES, decay, distance_bucket, sigmoid, tanh};
use super::matrix::{Matrix, Quantized};
use super::simd::{self, NullaryFnOnce};
use super::table::Table;
use crate::error::Error;
use crate::grammar::{Deprel, Feats, Upos};
use std::ops::Range;

/// A part of speech: the universal one and the treebank's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag {
    /// The universal part of speech.
    pub upos: Upos,
    /// The treebank's own.
    pub xpos: String,
}

/// A trained network.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The row of each feature.
    pub dictionary: Table,
    /// The rows, rounded, and what undoes it.
    pub rows: Vec<i8>,
    /// The scale of each row.
    pub row_scales: Vec<f32>,
    /// The layers.
    pub layers: Vec<Layer>,
    /// The map that feeds all questions but the one for features.
    pub top: Matrix,
    /// Its bias.
    pub top_bias: Vec<f32>,
    /// The map that scores bundles of features, of which only those are worked out that go with a word's tag.
    pub bundles: Matrix,
    /// Its bias.
    pub bundles_bias: Vec<f32>,
    /// The root as a head.
    pub root_arc: Vec<f32>,
    /// The root as the head of a relation.
    pub root_label: Vec<f32>,
    /// What the distance to the head tells of the relation.
    pub distance_label: Vec<f32>,
    /// The map to relations.
    pub relation: Matrix,
    /// Its bias.
    pub relation_bias: Vec<f32>,
    /// The tags.
    pub tags: Vec<Tag>,
    /// The bundles of features.
    pub feats: Vec<Feats>,
    /// The bundles seen with each tag, as bits: bundle `b` goes with tag `t` if `t * feats.len() + b` is set.
    pub pairs: Vec<u64>,
    /// The relations.
    pub relations: Vec<Deprel>,
}

/// A layer of simple recurrent units.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// The map of the input to candidate, forget gate and reset gate.
    pub weights: Matrix,
    /// Its bias.
    pub bias: Vec<f32>,
    /// The influence of the state on the forget gate, then on the reset gate.
    pub peephole: Vec<f32>,
}

/// What the network says of the words of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Indices into [`Network::tags`].
    pub tags: Vec<u32>,
    /// Features.
    pub feats: Vec<Feats>,
    /// Heads counted from 1, 0 for the root.
    pub heads: Vec<u32>,
    /// Relations.
    pub relations: Vec<Deprel>,
}

/// Memory that is used again from sentence to sentence.
#[derive(Default)]
pub struct Scratch {
    /// The input: one row of [`Network::width`] numbers a word.
    pub input: Vec<f32>,
    output: Vec<f32>,
    gates: Vec<f32>,
    scores: Vec<f32>,
    views: Vec<f32>,
    arcs: Vec<f32>,
    labels: Vec<f32>,
    state: Vec<f32>,
    quantized: Quantized,
    head_views: Quantized,
}

impl Network {
    /// The size of a word's vector.
    pub fn width(&self) -> usize {
        self.top.inputs()
    }

    /// Adds up the rows of a word's features. `names` are the features that name the word: when the network knows none of
    /// them, the row for unknown words stands in.
    pub fn embed(&self, features: &[u64], names: impl Iterator<Item = u64>, out: &mut [f32]) {
        out.fill(0.0);
        let mut is_known = false;
        for name in names {
            is_known |= self.dictionary.get(name).is_some();
        }
        let unknown = (!is_known).then_some(&Templates::UNKNOWN);
        let width = self.width();
        for row in unknown.into_iter().chain(features).filter_map(|&f| self.dictionary.get(f)) {
            let row = row as usize;
            let scale = self.row_scales[row];
            for (sum, &x) in out.iter_mut().zip(&self.rows[row * width..(row + 1) * width]) {
                *sum += f32::from(x) * scale;
            }
        }
    }

    /// Reads a sentence whose vectors stand in `scratch.input`.
    pub fn read_sentence(&self, scratch: &mut Scratch, reading: &mut Reading) {
        let width = self.width();
        let n = scratch.input.len() / width;
        for layer in &self.layers {
            layer.run(scratch, width);
        }
        scratch.quantized.set(&scratch.input, width);
        self.top.apply(&scratch.quantized, &self.top_bias, &mut scratch.scores);
        let columns = self.columns();
        self.choose_tags(scratch, &columns, n, reading);
        self.choose_heads(scratch, &columns, n, reading);
        self.choose_relations(scratch, &columns, n, reading);
    }

    /// The columns of the map on top: head view, dependent view, distances, relation views, tags.
    fn columns(&self) -> [Range<usize>; 6] {
        let (arc, label) = (self.root_arc.len(), self.root_label.len());
        let sizes = [arc, arc, DISTANCES, label, label, self.tags.len()];
        let mut start = 0;
        sizes.map(|size| {
            start += size;
            start - size..start
        })
    }

    fn choose_tags(
        &self,
        scratch: &Scratch,
        columns: &[Range<usize>; 6],
        n: usize,
        reading: &mut Reading,
    ) {
        reading.tags.clear();
        reading.feats.clear();
        let rows = scratch.scores.chunks_exact(columns[5].end);
        for (word, row) in rows.enumerate().take(n) {
            let tag = self.likeliest_tag(&row[columns[5].clone()]);
            let bundles = (0..self.feats.len()).filter(|&bundle| self.go_together(tag, bundle));
            let scored = bundles.map(|bundle| {
                let score = self.bundles.output(&scratch.quantized, word, bundle);
                (bundle, score + self.bundles_bias[bundle])
            });
            reading.tags.push(tag as u32);
            reading.feats.push(self.feats[best(scored)]);
        }
    }

    /// The likeliest tag of the likeliest universal part of speech. A word whose treebank tag is in doubt between several of
    /// one part of speech still has that part of speech, so their probabilities are added up first.
    fn likeliest_tag(&self, scores: &[f32]) -> usize {
        let first = best(scores.iter().copied().enumerate());
        let mut sums = [0.0_f32; Upos::ALL.len()];
        // What is a thousand times less likely than the first decides nothing.
        let rivals =
            || scores.iter().enumerate().filter(|&(_, &score)| score > scores[first] - 7.0);
        if rivals().nth(1).is_none() {
            return first;
        }
        for (tag, score) in rivals() {
            sums[self.tags[tag].upos as usize] += decay(score - scores[first]);
        }
        let upos = best(sums.into_iter().enumerate());
        best(
            rivals()
                .filter(|&(tag, _)| self.tags[tag].upos as usize == upos)
                .map(|(tag, &score)| (tag, score)),
        )
    }

    fn go_together(&self, tag: usize, bundle: usize) -> bool {
        let bit = tag * self.feats.len() + bundle;
        self.pairs[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn choose_heads(
        &self,
        scratch: &mut Scratch,
        columns: &[Range<usize>; 6],
        n: usize,
        reading: &mut Reading,
    ) {
        let total = columns[5].end;
        let arc = self.root_arc.len();
        let row = |d: usize| &scratch.scores[d * total..(d + 1) * total];
        scratch.views.clear();
        scratch.views.extend(self.root_arc.iter().map(|x| x.max(0.0)));
        for d in 0..n {
            scratch.views.extend(row(d)[columns[0].clone()].iter().map(|x| x.max(0.0)));
        }
        scratch.head_views.set(&scratch.views, arc);
        scratch.views.clear();
        for d in 0..n {
            scratch.views.extend_from_slice(&row(d)[columns[1].clone()]);
        }
        scratch.quantized.set(&scratch.views, arc);
        scratch.arcs.clear();
        simd::dispatch(ScoreArcs { scratch, total, distances: columns[2].clone(), arc, n });
        best_tree(&mut scratch.arcs, n, &mut reading.heads);
    }

    fn choose_relations(
        &self,
        scratch: &mut Scratch,
        columns: &[Range<usize>; 6],
        n: usize,
        reading: &mut Reading,
    ) {
        let total = columns[5].end;
        let label = self.root_label.len();
        scratch.views.clear();
        for d in 0..n {
            let own = &scratch.scores[d * total..(d + 1) * total][columns[4].clone()];
            let head = reading.heads[d] as usize;
            let (of_head, bucket) = match head.checked_sub(1) {
                None => (self.root_label.as_slice(), 0),
                Some(h) => {
                    let row = &scratch.scores[h * total..(h + 1) * total];
                    (&row[columns[3].clone()], distance_bucket(h, d))
                }
            };
            let of_distance = &self.distance_label[bucket * label..(bucket + 1) * label];
            let sums =
                own.iter().zip(of_head).zip(of_distance).map(|((a, b), c)| (a + b + c).max(0.0));
            scratch.views.extend(sums);
        }
        scratch.quantized.set(&scratch.views, label);
        self.relation.apply(&scratch.quantized, &self.relation_bias, &mut scratch.labels);
        reading.relations.clear();
        for (d, row) in scratch.labels.chunks_exact(self.relations.len()).enumerate().take(n) {
            let is_root = reading.heads[d] == 0;
            let allowed = row
                .iter()
                .copied()
                .enumerate()
                .filter(|&(relation, _)| (self.relations[relation] == Deprel::Root) == is_root);
            let chosen = best(allowed);
            reading.relations.push(self.relations[chosen]);
        }
    }

    /// Writes the network.
    pub fn write(&self, writer: &mut Writer) {
        self.dictionary.write(writer, "features");
        writer.i8s("rows", &self.rows);
        writer.f32s("row-scales", &self.row_scales);
        writer.u32s(
            "shape",
            &[self.width() as u32, self.layers.len() as u32, self.root_label.len() as u32],
        );
        for (index, layer) in self.layers.iter().enumerate() {
            layer.weights.write(writer, &format!("layer{index}"));
            writer.f32s(&format!("layer{index}.bias"), &layer.bias);
            writer.f32s(&format!("layer{index}.peephole"), &layer.peephole);
        }
        self.top.write(writer, "top");
        writer.f32s("top.bias", &self.top_bias);
        self.bundles.write(writer, "bundles");
        writer.f32s("bundles.bias", &self.bundles_bias);
        writer.f32s("root.arc", &self.root_arc);
        writer.f32s("root.label", &self.root_label);
        writer.f32s("distance.label", &self.distance_label);
        self.relation.write(writer, "relation");
        writer.f32s("relation.bias", &self.relation_bias);
        let tags: Vec<String> =
            self.tags.iter().map(|tag| format!("{} {}", tag.upos, tag.xpos)).collect();
        writer.strings("tags", &tags);
        writer.u64s("feats", &self.feats.iter().map(|feats| feats.to_bits()).collect::<Vec<_>>());
        writer.u64s("pairs", &self.pairs);
        let relations: Vec<&str> =
            self.relations.iter().map(|relation| relation.as_str()).collect();
        writer.strings("relations", &relations);
    }

    /// Reads what [`Network::write`] wrote, and checks that its parts fit together.
    pub fn read(reader: &Reader<'_>) -> Result<Self, Error> {
        let shape = reader.u32s("shape")?;
        let &[width, layers, label] = shape.as_slice() else {
            return Err(reader.error("the shape has three numbers".to_owned()));
        };
        let (width, label) = (width as usize, label as usize);
        let layers = (0..layers.min(8)).map(|index| {
            Ok(Layer {
                weights: Matrix::read(reader, &format!("layer{index}"), width)?,
                bias: reader.f32s(&format!("layer{index}.bias"))?,
                peephole: reader.f32s(&format!("layer{index}.peephole"))?,
            })
        });
        let network = Self {
            dictionary: Table::read(reader, "features")?,
            rows: reader.i8s("rows")?,
            row_scales: reader.f32s("row-scales")?,
            layers: layers.collect::<Result<_, Error>>()?,
            top: Matrix::read(reader, "top", width)?,
            top_bias: reader.f32s("top.bias")?,
            bundles: Matrix::read(reader, "bundles", width)?,
            bundles_bias: reader.f32s("bundles.bias")?,
            root_arc: reader.f32s("root.arc")?,
            root_label: reader.f32s("root.label")?,
            distance_label: reader.f32s("distance.label")?,
            relation: Matrix::read(reader, "relation", label)?,
            relation_bias: reader.f32s("relation.bias")?,
            tags: reader
                .strings("tags")?
                .into_iter()
                .map(|tag| read_tag(reader, tag))
                .collect::<Result<_, _>>()?,
            feats: reader.u64s("feats")?.into_iter().map(Feats::from_bits).collect(),
            pairs: reader.u64s("pairs")?,
            relations: reader
                .strings("relations")?
                .into_iter()
                .map(|label| label.parse().map_err(|error| reader.error(format!("{error}"))))
                .collect::<Result<_, _>>()?,
        };
        network.check(reader)?;
        Ok(network)
    }

    fn check(&self, reader: &Reader<'_>) -> Result<(), Error> {
        let width = self.width();
        let rows = self.row_scales.len();
        let fits = self.rows.len() == rows * width
            && self.dictionary.largest().is_none_or(|row| (row as usize) < rows)
            && self.layers.iter().all(|layer| {
                layer.weights.outputs() == 3 * width
                    && layer.bias.len() == 3 * width
                    && layer.peephole.len() == 2 * width
            })
            && self.top.outputs() == self.columns()[5].end
            && self.top_bias.len() == self.top.outputs()
            && self.bundles.outputs() == self.feats.len()
            && self.bundles_bias.len() == self.feats.len()
            && self.distance_label.len() == DISTANCES * self.root_label.len()
            && self.relation.outputs() == self.relations.len()
            && self.relation_bias.len() == self.relations.len()
            && !(self.tags.is_empty() || self.feats.is_empty() || self.relations.is_empty())
            && self.pairs.len() * 64 >= self.tags.len() * self.feats.len();
        if fits { Ok(()) } else { Err(reader.error("the parts do not fit together".to_owned())) }
    }
}

fn read_tag(reader: &Reader<'_>, tag: &str) -> Result<Tag, Error> {
    let (upos, xpos) = tag.split_once(' ').unwrap_or((tag, "_"));
    let upos = upos.parse().map_err(|error| reader.error(format!("{error}")))?;
    Ok(Tag { upos, xpos: xpos.to_owned() })
}

impl Layer {
    /// Replaces `scratch.input` by the layer's output.
    fn run(&self, scratch: &mut Scratch, width: usize) {
        scratch.quantized.set(&scratch.input, width);
        self.weights.apply(&scratch.quantized, &self.bias, &mut scratch.gates);
        scratch.output.clear();
        scratch.output.resize(scratch.input.len(), 0.0);
        let n = scratch.input.len() / width;
        simd::dispatch(Recur { layer: self, scratch, width, n });
        std::mem::swap(&mut scratch.input, &mut scratch.output);
    }

    #[inline(always)]
    fn run_half(
        &self,
        scratch: &mut Scratch,
        width: usize,
        order: impl Iterator<Item = usize>,
        half: Range<usize>,
    ) {
        let size = half.len();
        scratch.state.clear();
        scratch.state.resize(size, 0.0);
        let state = &mut scratch.state[..size];
        let forget_peep = &self.peephole[half.clone()][..size];
        let reset_peep = &self.peephole[width + half.start..][..size];
        for row in order {
            let gates = &scratch.gates[row * 3 * width..(row + 1) * 3 * width];
            let candidate = &gates[half.start..][..size];
            let forget = &gates[width + half.start..][..size];
            let reset = &gates[2 * width + half.start..][..size];
            let input = &scratch.input[row * width + half.start..][..size];
            let output = &mut scratch.output[row * width + half.start..][..size];
            for i in 0..size {
                let f = sigmoid(forget[i] + forget_peep[i] * state[i]);
                let r = sigmoid(reset[i] + reset_peep[i] * state[i]);
                state[i] = f * state[i] + (1.0 - f) * candidate[i];
                output[i] = r * tanh(state[i]) + (1.0 - r) * input[i];
            }
        }
    }
}

/// The kernel that runs the recurrences of a layer.
struct Recur<'a> {
    layer: &'a Layer,
    scratch: &'a mut Scratch,
    width: usize,
    n: usize,
}

impl NullaryFnOnce for Recur<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { layer, scratch, width, n } = self;
        layer.run_half(scratch, width, 0..n, 0..width / 2);
        layer.run_half(scratch, width, (0..n).rev(), width / 2..width);
    }
}

/// The kernel that scores every word as the head of every other.
struct ScoreArcs<'a> {
    scratch: &'a mut Scratch,
    /// The columns of a row of scores, and among them those of the distances.
    total: usize,
    distances: Range<usize>,
    arc: usize,
    n: usize,
}

impl NullaryFnOnce for ScoreArcs<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Scratch { scores, arcs, quantized, head_views, .. } = self.scratch;
        for d in 0..self.n {
            let row = &scores[d * self.total..(d + 1) * self.total];
            let distances = &row[self.distances.clone()];
            for h in 0..=self.n {
                let bias = match h {
                    0 => distances[0],
                    _ if h == d + 1 => f32::NEG_INFINITY,
                    _ => distances[distance_bucket(h - 1, d)],
                };
                arcs.push(quantized.product(d, head_views, h, self.arc) + bias);
            }
        }
    }
}

/// The index of the greatest score; 0 when there is none.
fn best(scores: impl Iterator<Item = (usize, f32)>) -> usize {
    let greatest = scores
        .fold((0, f32::NEG_INFINITY), |best, scored| if scored.1 > best.1 { scored } else { best });
    greatest.0
}
