//! Cutting clitics off Arabic tokens.
//!
//! A token is a stem with words written on to it on both sides: conjunctions and prepositions before it, pronouns after it.
//! Which clitics there are, and in which order they stand, is known; whether the ب of `بحث` is one is not. So all cuts
//! that the inventory allows are weighed against each other by a linear model over what each would leave: is the stem a
//! word, how common is it next to the whole, what do its ends look like, what stands beside it.

use super::file::{Reader, Writer};
use super::hash::{hash, mix};
use super::lexicon::Lexicon;
use super::table::Table;
use crate::error::Error;

/// The sequences of clitics that are weighed whether or not a treebank has them: those before the stem, those after it.
pub fn standard_clitics() -> Result<(Vec<String>, Vec<String>), Error> {
    let file = "rules/ar/clitics.tsv";
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (index, line) in include_str!("../../rules/ar/clitics.tsv").lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut columns = line.split('\t');
        match (columns.next(), columns.next()) {
            (Some("before"), Some(clitics)) => before.push(clitics.to_owned()),
            (Some("after"), Some(clitics)) => after.push(clitics.to_owned()),
            _ => {
                let problem = "`before` or `after` and clitics are needed".to_owned();
                return Err(Error::Rule { file, line: index + 1, problem });
            }
        }
    }
    Ok((before, after))
}

/// How a token is cut: the lengths, in bytes of its form, of the clitics before and after the stem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// The index of the sequence of clitics before the stem.
    pub before: usize,
    /// The index of the sequence of clitics after the stem.
    pub after: usize,
}

/// A token and its neighbours, all in [`crate::Word::form`]'s spelling.
#[derive(Clone, Copy, Debug)]
pub struct Context<'w> {
    /// The token.
    pub token: &'w str,
    /// The token before it, or nothing.
    pub previous: &'w str,
    /// The token after it, or nothing.
    pub next: &'w str,
}

/// A segmenter.
#[derive(Clone, Debug)]
pub struct Segmenter {
    /// Sequences of clitics before the stem, each its clitics with `+` between them; the first is empty.
    before: Vec<String>,
    /// Sequences of clitics after the stem.
    after: Vec<String>,
    weights: Table,
    scale: f32,
}

impl Segmenter {
    /// A segmenter with these sequences of clitics and weights.
    pub fn build(before: Vec<String>, after: Vec<String>, weights: &[(u64, f32)]) -> Self {
        let largest = weights.iter().fold(1e-6_f32, |largest, (_, w)| largest.max(w.abs()));
        let scale = largest / 32_000.0;
        let rounded: Vec<(u64, u32)> = weights
            .iter()
            .map(|&(feature, weight)| (feature, ((weight / scale).round() as i32) as u32))
            .collect();
        Self { before, after, weights: Table::build(rounded.into_iter()), scale }
    }

    /// The cuts that the inventory allows, the empty one first.
    pub fn candidates(before: &[String], after: &[String], token: &str) -> Vec<Cut> {
        let mut cuts = vec![Cut::default()];
        if !token.chars().any(is_arabic_letter) {
            return cuts;
        }
        for (b, front) in before.iter().enumerate() {
            let Some(rest) = strip(token, front, false) else {
                continue;
            };
            for (a, back) in after.iter().enumerate() {
                if (b, a) != (0, 0) && strip(rest, back, true).is_some_and(|stem| !stem.is_empty())
                {
                    cuts.push(Cut { before: b, after: a });
                }
            }
        }
        cuts
    }

    /// The features of a cut, appended to `out`.
    pub fn features(
        before: &str,
        after: &str,
        context: Context<'_>,
        lexicon: &Lexicon,
        out: &mut Vec<u64>,
    ) {
        let token = context.token;
        let Some(stem) = strip(token, before, false).and_then(|rest| strip(rest, after, true))
        else {
            return;
        };
        let text = |part: &str| hash(0, part.as_bytes());
        let (b, a) = (text(before), text(after));
        let both = mix(b, a);
        let mut template = 0;
        let mut push = |value: u64| {
            template += 1;
            out.push(mix(template, value));
        };
        let stem_band = u64::from(lexicon.band(stem));
        let token_band = u64::from(lexicon.band(token));
        let mut buffer = String::with_capacity(token.len() + 8);
        let mut attested = |parts: &[&str]| {
            buffer.clear();
            buffer.extend(parts.iter().copied());
            u64::from(lexicon.band(&buffer))
        };
        // Several templates ask for the same words.
        let with_article = attested(&["ال", stem]);
        let with_alef = attested(&["ا", stem]);
        let with_ha = attested(&[stem, "ها"]);
        let with_h_or_hm = mix(attested(&[stem, "ه"]), attested(&[stem, "هم"]));
        let as_feminine = attested(&[stem.strip_suffix('ت').unwrap_or(stem), "ة"]);
        let first = |count| take_front(stem, count);
        let last = |count| take_back(stem, count);
        push(both);
        push(mix(both, text(token)));
        push(text(stem));
        push(mix(b, text(stem)));
        push(mix(a, text(stem)));
        for count in 1..=3 {
            push(mix(b, text(first(count))));
            push(mix(a, text(last(count))));
        }
        push(mix(both, mix(text(first(2)), text(last(2)))));
        push(mix(mix(b, text(first(1))), text(take_front(context.next, 2))));
        push(mix(both, stem_band));
        push(mix(both, mix(stem_band, token_band)));
        push(mix(both, token_band));
        push(mix(both, (stem_band + 16 - token_band).min(24)));
        push(mix(both, stem.chars().count().min(8) as u64));
        push(mix(b, with_article));
        push(mix(b, with_alef));
        push(mix(b, mix(stem_band, with_article)));
        push(mix(a, with_ha));
        push(mix(a, mix(as_feminine, stem_band)));
        push(mix(a, with_h_or_hm));
        push(mix(b, mix(attested(&["و", stem]), attested(&["ب", stem]))));
        push(mix(b, attested(&["ي", stem])));
        // What holds of clitics of one side in general, for those that are rare.
        let count =
            |clitics: &str| clitics.split('+').filter(|clitic| !clitic.is_empty()).count() as u64;
        let class = mix(count(before), count(after));
        let pronoun = mix(count(after), 1);
        push(mix(class, stem_band));
        push(mix(class, mix(stem_band, token_band)));
        push(mix(class, stem.chars().count().min(8) as u64));
        push(mix(pronoun, text(last(1))));
        push(mix(pronoun, text(last(2))));
        push(mix(pronoun, with_ha));
        push(mix(pronoun, with_h_or_hm));
        push(mix(pronoun, as_feminine));
        push(mix(mix(count(before), 2), mix(with_article, stem_band)));
        // And what holds of the clitic next to the stem, and of the first one, whatever stands beside them.
        let next_to_stem = before.rsplit('+').next().unwrap_or_default();
        let n = text(next_to_stem);
        push(mix(n, stem_band));
        push(mix(n, text(stem)));
        push(mix(n, mix(with_article, with_alef)));
        push(mix(n, mix(stem_band, with_article)));
        for count in 1..=3 {
            push(mix(n, text(first(count))));
        }
        let outermost = before.split('+').next().unwrap_or_default();
        let rest = token.strip_prefix(outermost).unwrap_or(token);
        let f = text(outermost);
        push(mix(f, mix(attested(&[rest]), token_band)));
        push(mix(f, text(take_front(rest, 2))));
        push(mix(both, text(take_back(context.previous, 2))));
        push(mix(both, text(take_front(context.next, 2))));
        push(mix(both, text(context.previous)));
        push(mix(both, text(context.next)));
    }

    /// The best cut of a token, as the ends in bytes of all its words but the last. The token must be in form spelling.
    pub fn cut(
        &self,
        context: Context<'_>,
        lexicon: &Lexicon,
        scratch: &mut SegmentScratch,
        ends: &mut Vec<usize>,
    ) {
        ends.clear();
        let cuts = Self::candidates(&self.before, &self.after, context.token);
        let mut best = (f32::NEG_INFINITY, 0);
        if cuts.len() > 1 {
            for (index, cut) in cuts.iter().enumerate() {
                scratch.features.clear();
                let (before, after) = (&self.before[cut.before], &self.after[cut.after]);
                Self::features(before, after, context, lexicon, &mut scratch.features);
                let known = scratch.features.iter().filter_map(|&f| self.weights.get(f));
                let score: i64 = known.map(|weight| i64::from(weight.cast_signed())).sum();
                let score = score as f32 * self.scale;
                if score > best.0 {
                    best = (score, index);
                }
            }
        }
        let cut = &cuts[best.1];
        cut_ends(&self.before[cut.before], &self.after[cut.after], context.token.len(), ends);
    }

    /// Writes the segmenter.
    pub fn write(&self, writer: &mut Writer) {
        writer.strings("segment.before", &self.before);
        writer.strings("segment.after", &self.after);
        writer.f32s("segment.scale", &[self.scale]);
        self.weights.write(writer, "segment.weights");
    }

    /// Reads what [`Segmenter::write`] wrote.
    pub fn read(reader: &Reader<'_>) -> Result<Self, Error> {
        let strings = |name| -> Result<Vec<String>, Error> {
            let strings = reader.bytes(name)?;
            let strings = std::str::from_utf8(strings)
                .map_err(|_| reader.error(format!("{name} is not text")))?;
            Ok(strings.split('\n').map(str::to_owned).collect())
        };
        Ok(Self {
            before: strings("segment.before")?,
            after: strings("segment.after")?,
            weights: Table::read(reader, "segment.weights")?,
            scale: reader.f32s("segment.scale")?.first().copied().unwrap_or(1.0),
        })
    }
}

/// Memory that is used again from token to token.
#[derive(Default)]
pub struct SegmentScratch {
    features: Vec<u64>,
}

/// The ends in bytes of all words but the last, for a token of this length.
pub fn cut_ends(before: &str, after: &str, length: usize, ends: &mut Vec<usize>) {
    let mut at = 0;
    for clitic in before.split('+').filter(|clitic| !clitic.is_empty()) {
        at += clitic.len();
        ends.push(at);
    }
    let mut at = length - after.split('+').map(str::len).sum::<usize>();
    for clitic in after.split('+').filter(|clitic| !clitic.is_empty()) {
        ends.push(at);
        at += clitic.len();
    }
}

/// What is left of a word without a sequence of clitics.
fn strip<'w>(word: &'w str, clitics: &str, at_end: bool) -> Option<&'w str> {
    let mut rest = word;
    let mut parts: Vec<&str> = clitics.split('+').collect();
    if at_end {
        parts.reverse();
    }
    for part in parts {
        rest = if at_end { rest.strip_suffix(part)? } else { rest.strip_prefix(part)? };
    }
    Some(rest)
}

fn take_front(word: &str, count: usize) -> &str {
    word.char_indices().nth(count).map_or(word, |(end, _)| &word[..end])
}

fn take_back(word: &str, count: usize) -> &str {
    word.char_indices().nth_back(count - 1).map_or(word, |(start, _)| &word[start..])
}

fn is_arabic_letter(c: char) -> bool {
    ('\u{0621}'..='\u{064A}').contains(&c)
}
