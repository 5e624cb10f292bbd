//! Reading CoNLL-U.

use anyhow::{Context, Result, bail};
use std::path::Path;

/// A sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    /// Its syntactic words.
    pub(crate) words: Vec<Word>,
    /// Whether a paragraph or a document begins with it.
    pub(crate) begins_paragraph: bool,
}

/// A syntactic word of a treebank.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    /// The form, as it stands in the text.
    pub(crate) form: String,
    /// The lemma.
    pub(crate) lemma: String,
    /// The universal part of speech.
    pub(crate) upos: String,
    /// The treebank's own part of speech.
    pub(crate) xpos: String,
    /// The features.
    pub(crate) feats: String,
    /// The head, counted from 1; 0 for the root.
    pub(crate) head: usize,
    /// The relation.
    pub(crate) deprel: String,
    /// Whether white space follows.
    pub(crate) space_after: bool,
    /// Whether the word goes on with the token that the word before it belongs to.
    pub(crate) continues_token: bool,
}

impl Sentence {
    /// The text of the sentence, without white space after its last word.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for word in &self.words {
            text.push_str(&word.form);
            if word.space_after {
                text.push(' ');
            }
        }
        text.truncate(text.trim_end().len());
        text
    }
}

/// Reads a file of sentences.
pub(crate) fn read(path: &Path) -> Result<Vec<Sentence>> {
    let content =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    parse(&content).with_context(|| format!("in {}", path.display()))
}

/// Reads sentences. The words of a multiword token are taken to tile it, which holds of the treebanks used here.
pub(crate) fn parse(content: &str) -> Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let mut token: Option<MultiwordToken> = None;
    for (index, line) in content.lines().enumerate() {
        if line.is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            token = None;
        } else if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            sentence.begins_paragraph |=
                comment.starts_with("newpar") || comment.starts_with("newdoc");
        } else {
            read_line(line, &mut sentence, &mut token)
                .with_context(|| format!("line {}", index + 1))?;
        }
    }
    if !sentence.words.is_empty() {
        sentences.push(sentence);
    }
    Ok(sentences)
}

struct MultiwordToken {
    first: usize,
    last: usize,
    space_after: bool,
}

fn read_line(
    line: &str,
    sentence: &mut Sentence,
    token: &mut Option<MultiwordToken>,
) -> Result<()> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = columns[..] else {
        bail!("{} columns", columns.len());
    };
    let space_after = !misc.split('|').any(|item| item == "SpaceAfter=No");
    if let Some((first, last)) = id.split_once('-') {
        *token = Some(MultiwordToken { first: first.parse()?, last: last.parse()?, space_after });
        return Ok(());
    }
    if id.contains('.') {
        return Ok(());
    }
    let id: usize = id.parse()?;
    let inside = token.as_ref().filter(|token| (token.first..=token.last).contains(&id));
    sentence.words.push(Word {
        form: form.replace(' ', "\u{a0}"),
        lemma: lemma.to_owned(),
        upos: second_version(upos).to_owned(),
        xpos: xpos.to_owned(),
        feats: feats.to_owned(),
        head: head.parse().unwrap_or(0),
        deprel: second_version(deprel).to_owned(),
        space_after: inside.map_or(space_after, |token| id == token.last && token.space_after),
        continues_token: inside.is_some_and(|token| id > token.first),
    });
    Ok(())
}

/// The label of version 2 of Universal Dependencies for one of version 1, where it was only renamed.
fn second_version(label: &str) -> &str {
    match label {
        "CONJ" => "CCONJ",
        "dobj" => "obj",
        "nsubjpass" => "nsubj:pass",
        "csubjpass" => "csubj:pass",
        "auxpass" => "aux:pass",
        "neg" => "advmod",
        "mwe" => "fixed",
        "foreign" | "name" => "flat",
        _ => label,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiword_tokens_and_empty_nodes() {
        let text = "# newpar\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
            1\tdo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n\
            2.1\tx\tx\tX\t_\t_\t_\t_\t_\t_\n3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n";
        let sentences = parse(text).unwrap();
        assert_eq!(sentences.len(), 1);
        assert!(sentences[0].begins_paragraph);
        assert_eq!(sentences[0].text(), "don'tgo");
        assert!(sentences[0].words[1].continues_token);
        assert_eq!(sentences[0].words[2].head, 0);
    }
}
