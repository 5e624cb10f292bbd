//! Trained models: what a word looks like to them, how they are stored, and how they are run.
//!
//! The module is public for `khabar-lab`, which trains the models with the very features that they are run with; it is not
//! part of the interface that readers use.

pub mod arborescence;
pub(crate) mod definite;
pub mod features;
pub mod file;
pub mod hash;
pub mod lemma;
pub mod lexicon;
pub mod math;
pub mod matrix;
mod multiply;
pub mod network;
pub mod segment;
mod simd;
pub mod spelling;
pub mod table;
