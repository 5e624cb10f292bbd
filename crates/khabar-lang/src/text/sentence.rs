//! Tokens to sentences.
//!
//! A sentence ends at a terminator with the closing marks after it, unless what follows goes on with it: a small letter
//! (“Why?” he asked), a reporting verb after a quotation that asks or shouts, a name after a title. It also ends where a
//! line ends that was not broken for its length, since headlines and list items have no full stop.

use super::rules::{Abbreviation, TextRules};
use super::token::{Kind, RawToken};
use crate::language::Language;

/// No sentence has more tokens; a longer run is a table or a list that lost its line breaks.
const MAX_TOKENS: usize = 240;

/// Gives the ends, as indices of tokens, of the sentences of one paragraph.
pub(crate) fn split(text: &str, tokens: &[RawToken], rules: &TextRules, ends: &mut Vec<usize>) {
    let first_new = ends.len();
    let splitter = Splitter { text, tokens, rules, is_wrapped: is_hard_wrapped(text, tokens) };
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let end = splitter.boundary_after(at).unwrap_or(0).max(if at + 1 == tokens.len() {
            at + 1
        } else {
            0
        });
        if end > at {
            ends.push(end);
            start = end;
            at = end;
        } else if at + 1 - start >= MAX_TOKENS {
            let end = splitter.emergency_break(start, at + 1);
            ends.push(end);
            start = end;
            at = at.max(end);
        } else {
            at += 1;
        }
    }
    debug_assert!(ends[first_new..].is_sorted());
}

struct Splitter<'t, 'r> {
    text: &'t str,
    tokens: &'t [RawToken],
    rules: &'r TextRules,
    is_wrapped: bool,
}

impl Splitter<'_, '_> {
    /// The index after the last token of the sentence, if it ends with token `at` and the closing marks after it.
    fn boundary_after(&self, at: usize) -> Option<usize> {
        let token = self.tokens[at];
        let ends = match token.kind {
            Kind::Terminator | Kind::Ellipsis => return self.after_terminator(at),
            Kind::Abbreviation(kind) => self.abbreviation_ends(kind, at),
            Kind::Initial => self.next_opens(at + 1),
            _ => false,
        };
        if ends {
            let end = self.skip_closers(at + 1);
            return Some(end);
        }
        self.line_ends_after(at).then_some(at + 1)
    }

    fn after_terminator(&self, at: usize) -> Option<usize> {
        let end = self.skip_closers(at + 1);
        if end >= self.tokens.len() {
            return Some(end);
        }
        let next = self.tokens[end];
        let is_attached = self.tokens[end - 1].end == next.start;
        let is_line_end = self.line_ends_after(end - 1);
        let Some(first) = self.first_letter(end) else {
            return Some(end);
        };
        if is_line_end {
            return Some(end);
        }
        if first.is_lowercase() || matches!(next.kind, Kind::Punctuation) && ",;:،؛".contains(first)
        {
            return None;
        }
        let closed_quote = end > at + 1;
        // `example.Com`, `No.5`: without space only a closing mark or another script shows a new sentence.
        if is_attached
            && !closed_quote
            && first.is_ascii_alphanumeric()
            && self.tokens[at].kind == Kind::Terminator
            && self.tokens[at].text(self.text) == "."
            && first.is_ascii_digit()
        {
            return None;
        }
        let shouts = self.tokens[at].text(self.text) != ".";
        if closed_quote && shouts && self.speech_follows(end) {
            return None;
        }
        if self.is_list_number(at) {
            return None;
        }
        Some(end)
    }

    /// `3.` at the start of its line numbers what follows.
    fn is_list_number(&self, at: usize) -> bool {
        let Some(number) = at.checked_sub(1) else {
            return false;
        };
        let token = self.tokens[number];
        let starts_line = number == 0 || self.has_newline(number);
        let text = token.text(self.text);
        starts_line
            && token.end == self.tokens[at].start
            && text.len() <= 4
            && text.chars().all(char::is_numeric)
    }

    fn abbreviation_ends(&self, kind: Abbreviation, at: usize) -> bool {
        let next = self.skip_closers(at + 1);
        match kind {
            Abbreviation::Leads | Abbreviation::Numbers => false,
            Abbreviation::MayEnd => self.next_opens(next),
            Abbreviation::Ends if self.rules.language == Language::Arabic => false,
            Abbreviation::Ends => {
                self.tokens[at].text(self.text).ends_with('.')
                    && self.tokens.get(next).is_some_and(|token| {
                        let word = token.text(self.text);
                        word.starts_with(char::is_uppercase)
                            && token.kind == Kind::Plain
                            && !is_zone_or_day(word)
                    })
            }
        }
    }

    /// Whether the token begins a sentence even after an abbreviation: “in the U.S. The …”.
    fn next_opens(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        let opening =
            matches!(token.kind, Kind::Bracket) && "\"“«‘".contains(token.text(self.text));
        if opening && self.tokens[at - 1].end < token.start {
            return self.next_opens(at + 1);
        }
        self.rules.opens_sentence(token.text(self.text))
    }

    /// After “Why now?”: whether a reporting verb follows within a few words, before the clause ends.
    fn speech_follows(&self, at: usize) -> bool {
        self.tokens[at..]
            .iter()
            .take(8)
            .take_while(|token| {
                !matches!(token.kind, Kind::Terminator | Kind::Ellipsis | Kind::Bracket)
                    && token.text(self.text) != ","
            })
            .any(|token| self.rules.is_speech_verb(token.text(self.text)))
    }

    /// The index of the first token after closing quotation marks and brackets.
    fn skip_closers(&self, mut at: usize) -> usize {
        while let Some(token) = self.tokens.get(at) {
            let mark = token.text(self.text);
            let is_attached = self.tokens[at - 1].end == token.start;
            let always = matches!(mark, ")" | "]" | "”" | "’" | "»" | "›" | "''");
            let when_attached = matches!(mark, "\"" | "'" | "“" | "*");
            let before_space = self.text[token.end as usize..].starts_with(char::is_whitespace)
                || self.tokens.get(at + 1).is_none_or(|next| next.start > token.end)
                || self.tokens.get(at + 1).is_some_and(|next| next.kind != Kind::Plain);
            if !(always || when_attached && is_attached && before_space) {
                break;
            }
            at += 1;
        }
        at
    }

    /// The first letter or sign of the next sentence, behind opening quotation marks and brackets.
    fn first_letter(&self, at: usize) -> Option<char> {
        self.tokens[at..]
            .iter()
            .find(|token| token.kind != Kind::Bracket)
            .and_then(|token| token.text(self.text).chars().next())
    }

    fn has_newline(&self, at: usize) -> bool {
        let before = self.tokens[at - 1].end as usize;
        self.text[before..self.tokens[at].start as usize].contains('\n')
    }

    /// Whether a line ends after the token that was not broken only for its length.
    fn line_ends_after(&self, at: usize) -> bool {
        if at + 1 >= self.tokens.len() || !self.has_newline(at + 1) {
            return false;
        }
        let first = self.first_letter(at + 1);
        let goes_on = first.is_some_and(char::is_lowercase)
            || matches!(self.tokens[at].text(self.text), "," | "،" | "-" | "و");
        !self.is_wrapped && !goes_on
    }

    /// Where to cut a run that is too long: after its last semicolon, comma or bracket.
    fn emergency_break(&self, start: usize, end: usize) -> usize {
        let middle = start + (end - start) / 2;
        (middle..end)
            .rev()
            .find(|&at| matches!(self.tokens[at].text(self.text), ";" | "؛" | "," | "،" | "|"))
            .map_or(end, |at| at + 1)
    }
}

/// Whether the lines of a paragraph were broken for their length: three or more, all but the last nearly as long as the
/// longest, which is not too long for a terminal.
fn is_hard_wrapped(text: &str, tokens: &[RawToken]) -> bool {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return false;
    };
    let lengths: Vec<usize> = text[first.start as usize..last.end as usize]
        .lines()
        .map(|line| line.trim().chars().count())
        .collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    lengths.len() >= 3
        && (40..=100).contains(&longest)
        && lengths[..lengths.len() - 1].iter().all(|&length| length * 4 >= longest * 3)
}

/// Words that follow a time and do not begin a sentence: “at 5 p.m. EST”, “9 a.m. Monday”.
fn is_zone_or_day(word: &str) -> bool {
    let is_zone = matches!(word.len(), 2..=4) && word.chars().all(|c| c.is_ascii_uppercase());
    is_zone
        || [
            "Mon",
            "Tue",
            "Wed",
            "Thu",
            "Fri",
            "Sat",
            "Sun",
            "GMT",
            "Eastern",
            "Pacific",
            "Central",
            "London",
            "Greenwich",
        ]
        .iter()
        .any(|name| word.starts_with(name))
}
