//! The network that tags and parses, and its gradients.
//!
//! A word is the sum of its features' rows; layers of simple recurrent units read it in its sentence; on top, one linear map
//! feeds everything that is asked of the word: its tags, which word it depends on (a product of the two words' views,
//! after Dozat and Manning 2017, with a bias for the distance), and by which relation (a small hidden layer over the pair).
//! All is trained together, so each task helps the others. There is no parser state: a tree is found over all scores
//! at once, which leaves no early mistake to follow.

#![expect(clippy::needless_pass_by_value, reason = "a view is a reference")]

use super::encoder::{Layer, Trace};
use super::parameter::{Correction, Parameter, Rows};
use super::rng::Rng;
use khabar_lang::model::arborescence::best_tree;
use khabar_lang::model::math::{DISTANCES, distance_bucket};
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, Slice};
use std::ops::Range;

/// The sizes of a network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) width: usize,
    pub(crate) layers: usize,
    /// The size of the views between which attachment is scored.
    pub(crate) arc: usize,
    /// The size of the hidden layer that chooses relations.
    pub(crate) label: usize,
    /// The numbers of tags, of bundles of features and of relations.
    pub(crate) tags: usize,
    pub(crate) feats: usize,
    pub(crate) relations: usize,
}

impl Shape {
    /// The columns of the map on top of the layers: head view, dependent view, distances, relation views, tags, features.
    pub(crate) fn columns(&self) -> [Range<usize>; 7] {
        let sizes = [self.arc, self.arc, DISTANCES, self.label, self.label, self.tags, self.feats];
        let mut start = 0;
        sizes.map(|size| {
            start += size;
            start - size..start
        })
    }
}

/// A sentence to learn from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    /// The rows of each word's features; rows that name the word come first.
    pub(crate) features: Vec<Vec<u32>>,
    /// For each word, how many of its first rows name it and how likely training hides them.
    pub(crate) identity: Vec<(usize, f32)>,
    pub(crate) tags: Vec<u32>,
    pub(crate) feats: Vec<u32>,
    /// Heads counted from 1, 0 for the root.
    pub(crate) heads: Vec<u32>,
    pub(crate) relations: Vec<u32>,
}

/// The network.
pub(crate) struct Network {
    pub(crate) shape: Shape,
    pub(crate) rows: Rows,
    pub(crate) layers: Vec<Layer>,
    pub(crate) top: Parameter,
    pub(crate) top_bias: Parameter,
    /// The head view and the relation view of the root.
    pub(crate) root_arc: Parameter,
    pub(crate) root_label: Parameter,
    pub(crate) distance_label: Parameter,
    pub(crate) relation: Parameter,
    pub(crate) relation_bias: Parameter,
    aim: Aim,
    steps: i32,
}

/// What was right, out of how many words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) words: usize,
    pub(crate) tags: usize,
    pub(crate) feats: usize,
    pub(crate) heads: usize,
    pub(crate) labelled: usize,
    pub(crate) loss: f64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.tags += other.tags;
        self.feats += other.feats;
        self.heads += other.heads;
        self.labelled += other.labelled;
        self.loss += other.loss;
    }
}

/// What training strives for besides the plain likelihood of the gold annotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aim {
    /// What a tag counts for, where a head or a relation counts for one.
    pub(crate) tag_weight: f32,
    /// The share of the probability that is not asked of the gold tag but spread over all.
    pub(crate) smoothing: f32,
    /// What it counts for that the gold tree beats every other tree by a margin, besides each head by itself.
    pub(crate) margin: f32,
}

/// The dropout rates of training.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noise {
    pub(crate) layer: f32,
    pub(crate) feature: f32,
}

impl Network {
    pub(crate) fn new(shape: Shape, aim: Aim, feature_rows: usize, rng: &mut Rng) -> Self {
        let columns = shape.columns()[6].end;
        Self {
            shape,
            rows: Rows::random(feature_rows, shape.width, 0.1, rng),
            layers: (0..shape.layers).map(|_| Layer::new(shape.width, rng)).collect(),
            top: Parameter::random(shape.width, columns, rng),
            top_bias: Parameter::zeros(1, columns),
            root_arc: Parameter::random(1, shape.arc, rng),
            root_label: Parameter::random(1, shape.label, rng),
            distance_label: Parameter::random(DISTANCES, shape.label, rng),
            relation: Parameter::random(shape.label, shape.relations, rng),
            relation_bias: Parameter::zeros(1, shape.relations),
            aim,
            steps: 0,
        }
    }

    /// Learns from a batch.
    pub(crate) fn train(
        &mut self,
        batch: &[&Example],
        unknown: u32,
        noise: Noise,
        rate: f32,
        rng: &mut Rng,
    ) -> Tally {
        let (chosen, input) = self.embed(batch, Some((unknown, noise.feature, rng)));
        let sentences = ranges(batch);
        let mut masks = Vec::new();
        let mut traces: Vec<Trace> = Vec::new();
        let mut current = input;
        for layer in &self.layers {
            let mask = dropout_mask(&sentences, self.shape.width, noise.layer, rng);
            current *= &mask;
            masks.push(mask);
            let trace = layer.forward(current, &sentences);
            traces.push(trace);
            current = traces[traces.len() - 1].output.to_owned();
        }
        let top_mask = dropout_mask(&sentences, self.shape.width, noise.layer, rng);
        current *= &top_mask;
        let mut scores = current.dot(&self.top.value);
        scores += &self.top_bias.value;
        let mut of_scores = Array2::zeros(scores.raw_dim());
        let tally = self.losses(batch, &sentences, &scores, Some(&mut of_scores));

        self.top.gradient += &current.t().dot(&of_scores);
        for row in of_scores.rows() {
            self.top_bias.gradient.row_mut(0).zip_mut_with(&row, |sum, g| *sum += g);
        }
        let mut gradient = of_scores.dot(&self.top.value.t());
        gradient *= &top_mask;
        for (index, trace) in traces.iter().enumerate().rev() {
            gradient = self.layers[index].backward(trace, &gradient, &sentences);
            gradient *= &masks[index];
        }
        for (rows, gradient) in chosen.iter().zip(gradient.rows()) {
            let gradient = gradient.as_slice().expect("a contiguous row");
            for &row in rows {
                self.rows.add_gradient(row, gradient);
            }
        }
        self.step(rate, tally.words);
        tally
    }

    /// Measures on a batch, without a tree search.
    pub(crate) fn measure(&mut self, batch: &[&Example]) -> Tally {
        let (_, mut current) = self.embed(batch, None);
        let sentences = ranges(batch);
        for layer in &self.layers {
            current = layer.forward(current, &sentences).output;
        }
        let mut scores = current.dot(&self.top.value);
        scores += &self.top_bias.value;
        self.losses(batch, &sentences, &scores, None)
    }

    /// The sums of the feature rows, and which rows those were.
    fn embed(
        &self,
        batch: &[&Example],
        mut noise: Option<(u32, f32, &mut Rng)>,
    ) -> (Vec<Vec<u32>>, Array2<f32>) {
        let words: usize = batch.iter().map(|example| example.features.len()).sum();
        let mut input = Array2::zeros((words, self.shape.width));
        let mut chosen = Vec::with_capacity(words);
        for (features, &(names, hidden)) in
            batch.iter().flat_map(|example| example.features.iter().zip(&example.identity))
        {
            let rows = match &mut noise {
                None => features.clone(),
                Some((unknown, rate, rng)) => {
                    let mut rows = Vec::with_capacity(features.len());
                    if names > 0 && rng.unit() < hidden {
                        rows.push(*unknown);
                    } else {
                        rows.extend_from_slice(&features[..names]);
                    }
                    rows.extend(features[names..].iter().filter(|_| rng.unit() >= *rate));
                    rows
                }
            };
            let mut sum = input.row_mut(chosen.len());
            for &row in &rows {
                sum += &self.rows.value.row(row as usize);
            }
            chosen.push(rows);
        }
        (chosen, input)
    }

    fn losses(
        &mut self,
        batch: &[&Example],
        sentences: &[Range<usize>],
        scores: &Array2<f32>,
        mut of_scores: Option<&mut Array2<f32>>,
    ) -> Tally {
        let columns = self.shape.columns();
        let mut total = Tally::default();
        for (example, sentence) in batch.iter().zip(sentences) {
            let scores = scores.slice_axis(Axis(0), Slice::from(sentence.clone()));
            let mut spare;
            let mut gradient = if let Some(all) = &mut of_scores {
                all.slice_axis_mut(Axis(0), Slice::from(sentence.clone()))
            } else {
                spare = Array2::zeros(scores.raw_dim());
                spare.view_mut()
            };
            let mut tally = Tally { words: example.tags.len(), ..Tally::default() };
            let Aim { tag_weight, smoothing, .. } = self.aim;
            for (range, gold, right, weight, smoothing) in [
                (&columns[5], &example.tags, &mut tally.tags, tag_weight, smoothing),
                (&columns[6], &example.feats, &mut tally.feats, 1.0, 0.0),
            ] {
                let view = scores.slice_axis(Axis(1), Slice::from(range.clone()));
                let mut of_view = gradient.slice_axis_mut(Axis(1), Slice::from(range.clone()));
                tally.loss += softmax(view, gold, smoothing, &mut of_view, right);
                of_view *= weight;
            }
            let predicted = self.arc_loss(example, scores, &mut gradient, &mut tally);
            self.label_loss(example, scores, &mut gradient, &predicted, &mut tally);
            total += tally;
        }
        total
    }

    /// The loss of choosing heads; gives the heads that score best.
    fn arc_loss(
        &mut self,
        example: &Example,
        scores: ArrayView2<'_, f32>,
        gradient: &mut ArrayViewMut2<'_, f32>,
        tally: &mut Tally,
    ) -> Vec<u32> {
        let [heads, dependents, distances, ..] = self.shape.columns();
        let n = scores.nrows();
        let mut views = Array2::zeros((n + 1, self.shape.arc));
        views.row_mut(0).assign(&self.root_arc.value.row(0));
        views
            .slice_axis_mut(Axis(0), Slice::from(1..))
            .assign(&scores.slice_axis(Axis(1), Slice::from(heads.clone())));
        views.mapv_inplace(|x: f32| x.max(0.0));
        let dependent = scores.slice_axis(Axis(1), Slice::from(dependents.clone()));
        let mut arcs = dependent.dot(&views.t());
        for ((d, h), score) in arcs.indexed_iter_mut() {
            *score += match h {
                0 => scores[[d, distances.start]],
                _ if h == d + 1 => f32::NEG_INFINITY,
                _ => scores[[d, distances.start + distance_bucket(h - 1, d)]],
            };
        }
        let mut of_arcs = Array2::zeros(arcs.raw_dim());
        tally.loss +=
            softmax(arcs.view(), &example.heads, 0.0, &mut of_arcs.view_mut(), &mut tally.heads);
        let predicted = arcs.rows().into_iter().map(|row| best(row.iter()) as u32).collect();
        if self.aim.margin > 0.0 {
            margin_loss(&arcs, &example.heads, self.aim.margin, &mut of_arcs);
        }

        let of_dependent = of_arcs.dot(&views);
        gradient.slice_axis_mut(Axis(1), Slice::from(dependents)).assign(&of_dependent);
        let mut of_views = of_arcs.t().dot(&dependent);
        of_views.zip_mut_with(&views, |g, &v| {
            if v <= 0.0 {
                *g = 0.0;
            }
        });
        self.root_arc.gradient.row_mut(0).zip_mut_with(&of_views.row(0), |sum, g| *sum += g);
        gradient
            .slice_axis_mut(Axis(1), Slice::from(heads))
            .assign(&of_views.slice_axis(Axis(0), Slice::from(1..)));
        for ((d, h), &g) in of_arcs.indexed_iter().filter(|&((d, h), _)| h != d + 1) {
            let bucket = if h == 0 { 0 } else { distance_bucket(h - 1, d) };
            gradient[[d, distances.start + bucket]] += g;
        }
        predicted
    }

    /// The loss of naming the relations to the true heads; counts as right what has both right.
    fn label_loss(
        &mut self,
        example: &Example,
        scores: ArrayView2<'_, f32>,
        gradient: &mut ArrayViewMut2<'_, f32>,
        predicted: &[u32],
        tally: &mut Tally,
    ) {
        let [_, _, _, head_columns, own_columns, ..] = self.shape.columns();
        let mut hidden = scores.slice_axis(Axis(1), Slice::from(own_columns.clone())).to_owned();
        for (d, mut row) in hidden.rows_mut().into_iter().enumerate() {
            let head = example.heads[d] as usize;
            if head == 0 {
                row += &self.root_label.value.row(0);
            } else {
                row += &scores.row(head - 1).slice_axis(Axis(0), Slice::from(head_columns.clone()));
            }
            row += &self.distance_label.value.row(bucket(head, d));
        }
        hidden.mapv_inplace(|x| x.max(0.0));
        let mut labels = hidden.dot(&self.relation.value);
        labels += &self.relation_bias.value;
        let mut of_labels = Array2::zeros(labels.raw_dim());
        tally.loss +=
            softmax(labels.view(), &example.relations, 0.0, &mut of_labels.view_mut(), &mut 0);
        for (d, &head) in predicted.iter().enumerate() {
            let right = head == example.heads[d]
                && best(labels.row(d).iter()) as u32 == example.relations[d];
            tally.labelled += usize::from(right);
        }

        self.relation.gradient += &hidden.t().dot(&of_labels);
        self.relation_bias.gradient += &of_labels.sum_axis(Axis(0)).insert_axis(Axis(0));
        let mut of_hidden = of_labels.dot(&self.relation.value.t());
        of_hidden.zip_mut_with(&hidden, |g, &h| {
            if h <= 0.0 {
                *g = 0.0;
            }
        });
        gradient.slice_axis_mut(Axis(1), Slice::from(own_columns)).assign(&of_hidden);
        for (d, row) in of_hidden.rows().into_iter().enumerate() {
            let head = example.heads[d] as usize;
            if head == 0 {
                self.root_label.gradient.row_mut(0).zip_mut_with(&row, |sum, g| *sum += g);
            } else {
                gradient
                    .row_mut(head - 1)
                    .slice_axis_mut(Axis(0), Slice::from(head_columns.clone()))
                    .zip_mut_with(&row, |sum, g| *sum += g);
            }
            self.distance_label
                .gradient
                .row_mut(bucket(head, d))
                .zip_mut_with(&row, |sum, g| *sum += g);
        }
    }

    fn step(&mut self, rate: f32, words: usize) {
        self.steps += 1;
        let correction = Correction::at(self.steps);
        let (rows, parameters) = self.parameters();
        let mut squared = rows.squared_norm();
        squared += parameters.iter().map(|parameter| parameter.squared_norm()).sum::<f32>();
        let scale = 1.0 / words.max(1) as f32;
        let norm = squared.sqrt() * scale;
        let scale = if norm > 5.0 { scale * 5.0 / norm } else { scale };
        for parameter in parameters {
            parameter.step(rate, scale, correction);
        }
        rows.step(rate, scale, correction);
    }

    /// Moves the running average of all parameters towards what they are now, by a share of what lies between.
    pub(crate) fn follow(&mut self, share: f32) {
        let (rows, parameters) = self.parameters();
        rows.follow(share);
        parameters.into_iter().for_each(|parameter| parameter.follow(share));
    }

    /// Puts the running average of the parameters in their place.
    pub(crate) fn take_average(&mut self) {
        let (rows, parameters) = self.parameters();
        rows.take_average();
        parameters.into_iter().for_each(Parameter::take_average);
    }

    fn parameters(&mut self) -> (&mut Rows, Vec<&mut Parameter>) {
        let mut parameters: Vec<&mut Parameter> =
            self.layers.iter_mut().flat_map(Layer::parameters).collect();
        parameters.extend([
            &mut self.top,
            &mut self.top_bias,
            &mut self.root_arc,
            &mut self.root_label,
            &mut self.distance_label,
            &mut self.relation,
            &mut self.relation_bias,
        ]);
        (&mut self.rows, parameters)
    }
}

fn bucket(head: usize, dependent: usize) -> usize {
    if head == 0 { 0 } else { distance_bucket(head - 1, dependent) }
}

fn ranges(batch: &[&Example]) -> Vec<Range<usize>> {
    let mut start = 0;
    let lengths = batch.iter().map(|example| example.features.len());
    lengths
        .map(|length| {
            start += length;
            start - length..start
        })
        .collect()
}

/// The same columns are dropped for a whole sentence (Gal and Ghahramani 2016).
fn dropout_mask(sentences: &[Range<usize>], width: usize, rate: f32, rng: &mut Rng) -> Array2<f32> {
    let rows = sentences.last().map_or(0, |last| last.end);
    let mut mask = Array2::ones((rows, width));
    if rate == 0.0 {
        return mask;
    }
    for sentence in sentences {
        let columns: Vec<f32> =
            (0..width).map(|_| if rng.unit() < rate { 0.0 } else { 1.0 / (1.0 - rate) }).collect();
        for row in sentence.clone() {
            mask.row_mut(row).as_slice_mut().expect("a contiguous row").copy_from_slice(&columns);
        }
    }
    mask
}

fn best<'a>(scores: impl Iterator<Item = &'a f32>) -> usize {
    let mut winner = (0, f32::NEG_INFINITY);
    for (index, &score) in scores.enumerate() {
        if score > winner.1 {
            winner = (index, score);
        }
    }
    winner.0
}

/// Adds the gradient of a structured hinge loss: where another tree comes within a margin of the gold tree that grows with
/// the heads that it has wrong (Taskar and others 2004), the arcs of the one go down and those of the other up.
fn margin_loss(arcs: &Array2<f32>, gold: &[u32], weight: f32, gradient: &mut Array2<f32>) {
    let mut augmented: Vec<f32> = Vec::with_capacity(arcs.len());
    for (row, &gold) in arcs.rows().into_iter().zip(gold) {
        augmented.extend(
            row.iter().enumerate().map(
                |(head, &score)| {
                    if head == gold as usize { score } else { score + 1.0 }
                },
            ),
        );
    }
    let mut rival = Vec::new();
    best_tree(&mut augmented, gold.len(), &mut rival);
    for (dependent, (&rival, &gold)) in rival.iter().zip(gold).enumerate() {
        gradient[[dependent, rival as usize]] += weight;
        gradient[[dependent, gold as usize]] -= weight;
    }
}

/// The cross-entropy of each row against its gold column, with its gradient.
fn softmax(
    scores: ArrayView2<'_, f32>,
    gold: &[u32],
    smoothing: f32,
    gradient: &mut ArrayViewMut2<'_, f32>,
    right: &mut usize,
) -> f64 {
    let mut loss = 0.0;
    for ((row, mut out), &gold) in scores.rows().into_iter().zip(gradient.rows_mut()).zip(gold) {
        let gold = gold as usize;
        let top = best(row.iter());
        *right += usize::from(top == gold);
        let mut sum = 0.0;
        for (g, &score) in out.iter_mut().zip(row.iter()) {
            *g = (score - row[top]).exp();
            sum += *g;
        }
        for g in &mut out {
            *g /= sum;
        }
        loss -= f64::from(out[gold].max(1e-9).ln());
        let spread = smoothing / row.len() as f32;
        if spread > 0.0 {
            out -= spread;
        }
        out[gold] -= 1.0 - smoothing;
    }
    loss
}
