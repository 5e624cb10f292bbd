//! All models of a language in one file.

use super::data::Extractor;
use super::lemma::Exception;
use super::{Settings, export, lemma, segment, train_network};
use crate::treebank::Sentence;
use anyhow::Result;
use khabar_lang::Language;
use khabar_lang::model::features::Templates;
use khabar_lang::model::file::Writer;
use khabar_lang::model::lexicon::Lexicon;
use khabar_lang::model::network;

/// Trains everything that reads a language and gives the bytes of its model file; a network that is given is taken as it is.
pub(crate) fn train(
    language: Language,
    sentences: &[&Sentence],
    held_out: &[&Sentence],
    lexicon: &Lexicon,
    exceptions: &[Exception],
    settings: &Settings,
    network: Option<&network::Network>,
) -> Result<Vec<u8>> {
    let extractor = Extractor { language, templates: Templates::load(language)?, lexicon };
    let mut writer = Writer::default();
    lexicon.write(&mut writer);
    lemma::train(&extractor, sentences, exceptions).write(&mut writer);
    if language == Language::Arabic {
        segment::train(sentences, lexicon, 12, settings.seed)?.write(&mut writer);
    }
    if let Some(network) = network {
        network.write(&mut writer);
    } else {
        let trained = train_network(&extractor, sentences, held_out, settings)?;
        export::quantize(&trained.network, &trained.inventory).write(&mut writer);
    }
    Ok(writer.finish())
}
