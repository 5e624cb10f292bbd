//! The whole layer behind one function.

use crate::analysis::{Analysis, Draft};
use crate::error::Error;
use crate::language::Language;
use crate::normalize::{self, Fold};
use crate::text::{RawToken, TextRules, outline};
use khabar_record::{Block, TextRange};

/// The rules and models of every language, loaded once and shared between threads.
pub struct Analyzer {
    arabic: Pipeline,
    english: Pipeline,
}

/// What reads one language.
struct Pipeline {
    language: Language,
    rules: TextRules,
}

impl Analyzer {
    /// Loads the rules and models that are compiled in.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            arabic: Pipeline::load(Language::Arabic)?,
            english: Pipeline::load(Language::English)?,
        })
    }

    /// Analyses a text. Sentences do not cross the bounds of `blocks`; without blocks, empty lines set paragraphs apart.
    pub fn analyze(&self, text: &str, language: Language, blocks: &[Block]) -> Analysis {
        self.pipeline(language).analyze(text, blocks)
    }

    fn pipeline(&self, language: Language) -> &Pipeline {
        match language {
            Language::Arabic => &self.arabic,
            Language::English => &self.english,
        }
    }
}

impl Pipeline {
    fn load(language: Language) -> Result<Self, Error> {
        Ok(Self {
            language,
            rules: TextRules::load(language)?,
        })
    }

    fn analyze(&self, text: &str, blocks: &[Block]) -> Analysis {
        let skeleton = outline(text, blocks, &self.rules);
        let mut draft = Draft::new(text, self.language);
        let mut buffers = (String::new(), String::new());
        let mut at = 0;
        for paragraph in &skeleton.paragraphs {
            draft.begin_paragraph(paragraph.range);
            for &end in &paragraph.sentence_ends {
                draft.begin_sentence();
                for &token in &skeleton.tokens[at..end] {
                    push_token(&mut draft, token, &mut buffers);
                }
                at = end;
            }
        }
        draft.finish()
    }
}

fn push_token(draft: &mut Draft<'_>, token: RawToken, (form, key): &mut (String, String)) {
    draft.begin_token(TextRange::new(token.start, token.end));
    let mut start = token.start;
    let inner = token
        .cuts
        .iter()
        .filter(|&&cut| cut != 0)
        .map(|&cut| token.start + u32::from(cut));
    for end in inner.chain([token.end]) {
        let text = draft.text();
        let word = &text[start as usize..end as usize];
        form.clear();
        key.clear();
        normalize::fold_into(word, Fold::FORM, form);
        if form.is_empty() {
            form.push_str(word);
        }
        normalize::fold_into(form, Fold::KEY, key);
        draft.push_word(TextRange::new(start, end), form, key);
        start = end;
    }
}
