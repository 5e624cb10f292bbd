//! The whole layer behind one function.

use crate::analysis::{Analysis, Draft};
use crate::error::Error;
use crate::grammar::Upos;
use crate::language::Language;
use crate::model::definite::Parsed;
use crate::model::features::{Casing, Input, Templates};
use crate::model::file::Reader;
use crate::model::lemma::Lemmatizer;
use crate::model::lexicon::Lexicon;
use crate::model::network::{Network, Reading, Scratch};
use crate::model::segment::{Context, SegmentScratch, Segmenter};
use crate::model::spelling::{lexical, spell};
use crate::normalize::{Fold, Normalized, fold_into};
use crate::text::{RawToken, TextRules, outline};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use khabar_record::{Block, TextRange};
use std::ops::Range;

/// The rules and models of every language, loaded once and shared between threads.
pub struct Analyzer {
    arabic: Pipeline,
    english: Pipeline,
}

/// A token of text that somebody else has cut into tokens and words.
#[derive(Clone, Debug, Default)]
pub struct GivenToken<'t> {
    /// Its words, which put together are the token.
    pub words: Vec<&'t str>,
    /// Whether white space follows.
    pub space_after: bool,
}

/// What reads one language.
struct Pipeline {
    language: Language,
    rules: TextRules,
    templates: Templates,
    lexicon: Lexicon,
    lemmatizer: Lemmatizer,
    segmenter: Option<Segmenter>,
    network: Network,
    tag_names: Vec<String>,
}

impl Analyzer {
    /// Loads the rules and models that are compiled in.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            arabic: Pipeline::load(
                Language::Arabic,
                "models/ar.bin",
                include_bytes!("../models/ar.bin"),
            )?,
            english: Pipeline::load(
                Language::English,
                "models/en.bin",
                include_bytes!("../models/en.bin"),
            )?,
        })
    }

    /// Puts another model in the place of the one that is compiled in for this language.
    pub fn with_model(
        mut self,
        language: Language,
        file: &str,
        model: &[u8],
    ) -> Result<Self, Error> {
        let pipeline = Pipeline::load(language, file, model)?;
        match language {
            Language::Arabic => self.arabic = pipeline,
            Language::English => self.english = pipeline,
        }
        Ok(self)
    }

    /// Analyses a text. Sentences do not cross the bounds of `blocks`; without blocks, empty lines set paragraphs apart.
    pub fn analyze(&self, text: &str, language: Language, blocks: &[Block]) -> Analysis {
        self.pipeline(language).analyze(text, blocks)
    }

    /// Tags and parses sentences that are already cut into tokens and words, each a paragraph of its own.
    pub fn analyze_tokens(
        &self,
        sentences: &[Vec<GivenToken<'_>>],
        language: Language,
    ) -> Analysis {
        self.pipeline(language).analyze_tokens(sentences)
    }

    fn pipeline(&self, language: Language) -> &Pipeline {
        match language {
            Language::Arabic => &self.arabic,
            Language::English => &self.english,
        }
    }
}

impl Pipeline {
    fn load(language: Language, file: &str, model: &[u8]) -> Result<Self, Error> {
        let reader = Reader::new(file, model)?;
        let network = Network::read(&reader)?;
        Ok(Self {
            language,
            rules: TextRules::load(language)?,
            templates: Templates::load(language)?,
            lexicon: Lexicon::read(&reader)?,
            lemmatizer: Lemmatizer::read(&reader)?,
            segmenter: match language {
                Language::Arabic => Some(Segmenter::read(&reader)?),
                Language::English => None,
            },
            tag_names: network
                .tags
                .iter()
                .map(|tag| format!("{} {}", tag.upos, tag.xpos))
                .collect(),
            network,
        })
    }

    fn analyze(&self, text: &str, blocks: &[Block]) -> Analysis {
        let skeleton = outline(text, blocks, &self.rules);
        let mut draft = Draft::new(text, self.language);
        let mut words = WordBuffers::default();
        let mut at = 0;
        for paragraph in &skeleton.paragraphs {
            draft.begin_paragraph(paragraph.range);
            for &end in &paragraph.sentence_ends {
                draft.begin_sentence();
                for index in at..end {
                    self.push_token(&mut draft, &skeleton.tokens[at..end], index - at, &mut words);
                }
                at = end;
            }
        }
        self.annotate(&mut draft);
        draft.finish()
    }

    fn analyze_tokens(&self, sentences: &[Vec<GivenToken<'_>>]) -> Analysis {
        let mut text = String::new();
        let mut bounds = Vec::new();
        for sentence in sentences {
            let start = text.len();
            for token in sentence {
                token.words.iter().for_each(|word| text.push_str(word));
                text.push_str(if token.space_after { " " } else { "" });
            }
            bounds.push(start..text.trim_end().len());
            text.push_str("\n\n");
        }
        let mut draft = Draft::new(&text, self.language);
        let mut words = WordBuffers::default();
        for (sentence, bounds) in sentences.iter().zip(bounds) {
            let mut at = bounds.start;
            draft.begin_paragraph(bounds.into());
            draft.begin_sentence();
            for token in sentence {
                let length: usize = token.words.iter().map(|word| word.len()).sum();
                draft.begin_token(TextRange::new(at, at + length));
                for word in &token.words {
                    self.push_word(&mut draft, at..at + word.len(), &mut words);
                    at += word.len();
                }
                at += usize::from(token.space_after);
            }
        }
        self.annotate(&mut draft);
        draft.finish()
    }

    /// Adds a token of a sentence with its words.
    fn push_token(
        &self,
        draft: &mut Draft<'_>,
        sentence: &[RawToken],
        index: usize,
        words: &mut WordBuffers,
    ) {
        let token = sentence[index];
        let (start, end) = (token.start as usize, token.end as usize);
        draft.begin_token(TextRange::new(start, end));
        words.ends.clear();
        words.ends.extend(
            token.cuts.iter().filter(|&&cut| cut != 0).map(|&cut| start + usize::from(cut)),
        );
        if let Some(segmenter) = &self.segmenter {
            self.segment(segmenter, draft.text(), sentence, index, words);
        }
        words.ends.push(end);
        let mut start = start;
        for index in 0..words.ends.len() {
            let end = words.ends[index];
            self.push_word(draft, start..end, words);
            start = end;
        }
    }

    /// Finds the clitics of a token: the model cuts the form, and the cuts are brought back to the text, where vowel signs
    /// stay with the letter that they stand on.
    fn segment(
        &self,
        segmenter: &Segmenter,
        text: &str,
        sentence: &[RawToken],
        index: usize,
        words: &mut WordBuffers,
    ) {
        let neighbour = |index: Option<usize>, out: &mut String| {
            out.clear();
            if let Some(token) = index.and_then(|index| sentence.get(index)) {
                fold_into(token.text(text), Fold::FORM, out);
            }
        };
        neighbour(index.checked_sub(1), &mut words.previous);
        neighbour(Some(index), &mut words.token);
        neighbour(Some(index + 1), &mut words.next);
        let context = Context { token: &words.token, previous: &words.previous, next: &words.next };
        segmenter.cut(context, &self.lexicon, &mut words.scratch, &mut words.form_ends);
        if words.form_ends.is_empty() {
            return;
        }
        let start = sentence[index].start as usize;
        let normalized = Normalized::new(sentence[index].text(text), Fold::FORM);
        for &end in &words.form_ends {
            let at =
                start + normalized.to_original(TextRange::new(end, end + 1)).start().to_usize();
            // A ligature is not cut in two.
            if at > words.ends.last().copied().unwrap_or(start) {
                words.ends.push(at);
            }
        }
    }

    fn push_word(&self, draft: &mut Draft<'_>, range: Range<usize>, words: &mut WordBuffers) {
        let text = draft.text();
        let before = draft.attached_form(range.start).unwrap_or_default();
        words.previous.clear();
        words.previous.push_str(before);
        let before = (!words.previous.is_empty()).then_some(words.previous.as_str());
        let (form, key) = (&mut words.form, &mut words.key);
        spell(self.language, &text[range.clone()], before, &self.lexicon, form, key);
        draft.push_word(TextRange::new(range.start, range.end), form, key);
    }

    /// Tags, lemmatises and parses the words of a draft.
    fn annotate(&self, draft: &mut Draft<'_>) {
        let width = self.network.width();
        let mut vectors = Vectors { width, ..Vectors::default() };
        let mut scratch = Scratch::default();
        let mut reading = Reading::default();
        let mut grammar = Grammar::default();
        let mut lemmas = HashMap::with_hasher(FixedState::default());
        let mut lemma = String::new();
        for index in 0..draft.sentence_count() {
            let words = draft.sentence_words(index);
            scratch.input.clear();
            let casing = Casing::of(words.clone().map(|word| draft.form(word)));
            for word in words.clone() {
                let vector = vectors.of_word(self, draft, word, &words, casing);
                scratch.input.extend_from_slice(vector);
            }
            self.network.read_sentence(&mut scratch, &mut reading);
            if self.language == Language::Arabic {
                self.restore_objects(draft, &words, &mut reading, &mut grammar);
            }
            for (word, i) in words.clone().zip(0..) {
                let tag_index = reading.tags[i] as usize;
                let tag = &self.network.tags[tag_index];
                let form = draft.form_symbol(word);
                let lexical = lexical(self.language, draft.form(word), draft.key(word));
                draft.set_lexical(word, self.lexicon.entry(lexical));
                let lemma = *lemmas.entry((form, tag_index)).or_insert_with(|| {
                    self.lemmatizer.lemma(
                        draft.resolve(form),
                        &self.tag_names[tag_index],
                        &self.lexicon,
                        &mut lemma,
                    );
                    draft.intern(&lemma)
                });
                let xpos = draft.intern(&tag.xpos);
                draft.set_tag(word, tag.upos, xpos, reading.feats[i]);
                draft.set_lemma(word, lemma);
                let head = reading.heads[i].checked_sub(1).map(|head| words.start + head as usize);
                draft.set_head(word, head, reading.relations[i]);
            }
        }
    }

    /// Mends the parse of an Arabic sentence by what its articles rule out.
    fn restore_objects(
        &self,
        draft: &Draft<'_>,
        words: &Range<usize>,
        reading: &mut Reading,
        Grammar { tags, definite }: &mut Grammar,
    ) {
        tags.clear();
        tags.extend(reading.tags.iter().map(|&tag| self.network.tags[tag as usize].upos));
        definite.clear();
        definite.extend(words.clone().map(|word| draft.key(word).starts_with("ال")));
        let (heads, relations) = (&mut reading.heads, &mut reading.relations);
        Parsed { tags, definite, heads, relations }.restore_objects();
    }
}

/// What the constraints of a grammar ask of the words of a sentence.
#[derive(Default)]
struct Grammar {
    tags: Vec<Upos>,
    definite: Vec<bool>,
}

/// The vectors of the forms of a document, each made once.
#[derive(Default)]
struct Vectors {
    width: usize,
    places: HashMap<(crate::Symbol, bool, bool, Casing), usize, FixedState>,
    values: Vec<f32>,
    features: Vec<u64>,
}

impl Vectors {
    fn of_word(
        &mut self,
        pipeline: &Pipeline,
        draft: &Draft<'_>,
        word: usize,
        sentence: &Range<usize>,
        casing: Casing,
    ) -> &[f32] {
        let attached_left = word > sentence.start && draft.is_attached(word);
        let attached_right = word + 1 < sentence.end && draft.is_attached(word + 1);
        let width = self.width;
        let fresh = self.values.len();
        let place = *self
            .places
            .entry((draft.form_symbol(word), attached_left, attached_right, casing))
            .or_insert(fresh);
        if place == fresh {
            let (form, key) = (draft.form(word), draft.key(word));
            let lexical = lexical(pipeline.language, form, key);
            let input = Input { form, key, lexical, attached_left, attached_right, casing };
            self.features.clear();
            pipeline.templates.extract(input, &pipeline.lexicon, &mut self.features);
            self.values.resize(fresh + width, 0.0);
            let names = pipeline.templates.identities(input);
            pipeline.network.embed(&self.features, names, &mut self.values[fresh..]);
        }
        &self.values[place..place + width]
    }
}

/// Memory that is used again from word to word.
#[derive(Default)]
struct WordBuffers {
    form: String,
    key: String,
    previous: String,
    token: String,
    next: String,
    ends: Vec<usize>,
    form_ends: Vec<usize>,
    scratch: SegmentScratch,
}
