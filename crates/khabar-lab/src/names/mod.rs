//! Names in text: the corpora that they are learnt from, the training of the model and its scores.

pub(crate) mod coreference;
pub(crate) mod corpora;
pub(crate) mod crf;
pub(crate) mod examples;
pub(crate) mod lessons;
pub(crate) mod reading;
pub(crate) mod sentences;
pub(crate) mod weigh;
