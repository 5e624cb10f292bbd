//! Anchors: spans named by their words.
//!
//! Counted offsets rot with the first edit of a text and no person can check them. An anchor is checked by reading it, and
//! one that no longer fits is a fault that names its words. The forms stand in `corpus/GUIDELINES.md`.

use std::fmt;

use khabar_record::TextRange;

/// Why an anchor names no span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AnchorFault {
    /// There are no words in it.
    Empty,
    /// The words do not stand in the text.
    Missing(String),
    /// The words stand there more than once, and nothing says which time is meant.
    Ambiguous(String, usize),
    /// The words stand there less often than the anchor counts.
    TooFew(String, usize),
    /// The last words do not follow the first.
    NoEnd(String),
}

impl fmt::Display for AnchorFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("an anchor without words"),
            Self::Missing(words) => write!(f, "not in the text: {words:?}"),
            Self::Ambiguous(words, times) => write!(f, "{times} times in the text: {words:?}"),
            Self::TooFew(words, times) => write!(f, "only {times} times in the text: {words:?}"),
            Self::NoEnd(words) => write!(f, "these last words do not follow the first: {words:?}"),
        }
    }
}

const TO: &str = " … ";

/// Finds the span that `anchor` names in `text`.
pub(crate) fn resolve(text: &str, anchor: &str) -> Result<TextRange, AnchorFault> {
    let Some((first, last)) = anchor.split_once(TO) else {
        return resolve_one(text, anchor);
    };
    let start = resolve_one(text, first)?.start().to_usize();
    let (last, _) = split_count(last);
    let pattern = Pattern::unmarked(last);
    let end =
        pattern.next(text, start).ok_or_else(|| AnchorFault::NoEnd(last.to_owned()))?.whole_end;
    Ok(TextRange::new(start, end))
}

fn resolve_one(text: &str, anchor: &str) -> Result<TextRange, AnchorFault> {
    let (words, count) = split_count(anchor);
    let pattern = Pattern::marked(words);
    if pattern.parts.is_empty() {
        return Err(AnchorFault::Empty);
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(hit) = pattern.next(text, from) {
        from = hit.whole_end;
        found.push(hit.target);
    }
    let fail = |fault: fn(String, usize) -> AnchorFault| fault(words.to_owned(), found.len());
    match (count, found.as_slice()) {
        (_, []) => Err(AnchorFault::Missing(words.to_owned())),
        (None, [one]) => Ok(*one),
        (None, _) => Err(fail(AnchorFault::Ambiguous)),
        (Some(n), all) => n
            .checked_sub(1)
            .and_then(|n| all.get(n))
            .copied()
            .ok_or_else(|| fail(AnchorFault::TooFew)),
    }
}

/// Splits `words#2` into the words and the count.
fn split_count(anchor: &str) -> (&str, Option<usize>) {
    match anchor.rsplit_once('#') {
        Some((words, count)) if !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()) => {
            count.parse().map_or((anchor, None), |count| (words, Some(count)))
        }
        _ => (anchor, None),
    }
}

/// Words to look for; any run of white space stands for any other.
struct Pattern<'a> {
    parts: Vec<Part<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    Word(&'a str),
    Space,
    Open,
    Close,
}

struct Hit {
    target: TextRange,
    whole_end: usize,
}

impl<'a> Pattern<'a> {
    /// A pattern whose brackets mark the target. Double brackets take precedence, for texts that hold single ones.
    fn marked(anchor: &'a str) -> Self {
        for (open, close) in [('⟦', '⟧'), ('[', ']')] {
            let Some((left, rest)) = anchor.split_once(open) else {
                continue;
            };
            let Some((target, right)) = rest.split_once(close) else {
                continue;
            };
            let mut parts = Vec::new();
            push_words(&mut parts, left);
            parts.push(Part::Open);
            push_words(&mut parts, target.trim());
            parts.push(Part::Close);
            push_words(&mut parts, right);
            return Self::new(parts);
        }
        Self::unmarked(anchor)
    }

    /// A pattern that is its own target; brackets in it count for nothing.
    fn unmarked(anchor: &'a str) -> Self {
        let mut parts = Vec::new();
        let brackets: &[char] = if anchor.contains('⟦') { &['⟦', '⟧'] } else { &['[', ']'] };
        for piece in anchor.split(brackets) {
            push_words(&mut parts, piece);
        }
        Self::new(parts)
    }

    fn new(mut parts: Vec<Part<'a>>) -> Self {
        // White space at the edges of an anchor asks for nothing.
        while parts.last() == Some(&Part::Space) {
            parts.pop();
        }
        let lead = parts.iter().take_while(|&&part| part == Part::Space).count();
        parts.drain(..lead);
        if !parts.iter().any(|part| matches!(part, Part::Word(_))) {
            parts.clear();
        }
        Self { parts }
    }

    /// Finds the first place at or behind `from` where the pattern fits.
    fn next(&self, text: &str, from: usize) -> Option<Hit> {
        let first = self.parts.iter().find_map(|part| match part {
            Part::Word(word) => Some(*word),
            _ => None,
        })?;
        let mut at = from;
        loop {
            let start = at + text.get(at..)?.find(first)?;
            if let Some(hit) = self.fit(text, start) {
                return Some(hit);
            }
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
    }

    fn fit(&self, text: &str, start: usize) -> Option<Hit> {
        let (mut at, mut open, mut close) = (start, None, None);
        for part in &self.parts {
            let rest = &text[at..];
            match part {
                Part::Word(word) => at += rest.strip_prefix(word).map(|_| word.len())?,
                Part::Space => {
                    let width = rest.len() - rest.trim_start().len();
                    if width == 0 {
                        return None;
                    }
                    at += width;
                }
                Part::Open => open = Some(at),
                Part::Close => close = Some(at),
            }
        }
        let target = TextRange::new(open.unwrap_or(start), close.unwrap_or(at));
        Some(Hit { target, whole_end: at })
    }
}

fn push_words<'a>(parts: &mut Vec<Part<'a>>, piece: &'a str) {
    let mut rest = piece;
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            rest = rest.trim_start();
            if parts.last() != Some(&Part::Space) {
                parts.push(Part::Space);
            }
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            parts.push(Part::Word(&rest[..end]));
            rest = &rest[end..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "Osei arrived in Accra.\n\nOn Tuesday Osei said: \"The road [sic] is open by June\". Osei left by June.";
    const AR: &str = "قال الوزير إن للجزيرة خبرا، وأضاف أن  الممر\nآمن، وزيارتها للصين قريبة.";

    fn cut<'t>(text: &'t str, anchor: &str) -> Result<&'t str, AnchorFault> {
        resolve(text, anchor).map(|range| &text[range])
    }

    #[test]
    fn words_that_stand_once() {
        assert_eq!(cut(EN, "On Tuesday"), Ok("On Tuesday"));
        assert_eq!(cut(AR, "أن الممر آمن"), Ok("أن  الممر\nآمن"));
        assert_eq!(cut(EN, "  Accra. On\tTuesday "), Ok("Accra.\n\nOn Tuesday"));
    }

    #[test]
    fn the_nth_time() {
        assert_eq!(resolve(EN, "Osei#3"), Ok(TextRange::new(80u32, 84u32)));
        assert_eq!(cut("aaaa", "aa#2"), Ok("aa"));
        assert_eq!(resolve("aaaa", "aa#2"), Ok(TextRange::new(2u32, 4u32)));
    }

    #[test]
    fn a_target_in_its_context() {
        assert_eq!(resolve(EN, "[Osei] left"), resolve(EN, "Osei#3"));
        assert_eq!(cut(AR, "زيارت[ها]"), Ok("ها"));
        assert_eq!(cut(AR, "ل[لجزيرة]"), Ok("لجزيرة"));
        assert_eq!(resolve(EN, "[Osei]#3"), resolve(EN, "Osei#3"));
        assert_eq!(cut(EN, "The ⟦road [sic]⟧ is"), Ok("road [sic]"));
    }

    #[test]
    fn from_first_to_last_words() {
        assert_eq!(cut(EN, "The road … by June"), Ok("The road [sic] is open by June"));
        assert_eq!(cut(EN, "Osei#3 … June"), Ok("Osei left by June"));
        assert_eq!(cut(EN, "Osei [said] … is open"), Ok("said: \"The road [sic] is open"));
        assert_eq!(cut(AR, "الممر … و[زيارتها]"), Ok("الممر\nآمن، وزيارتها"));
    }

    #[test]
    fn each_fault_says_which_words() {
        let words = |text: &str| text.to_owned();
        assert_eq!(cut(EN, "Kumasi"), Err(AnchorFault::Missing(words("Kumasi"))));
        assert_eq!(cut(EN, "Osei"), Err(AnchorFault::Ambiguous(words("Osei"), 3)));
        assert_eq!(cut(EN, "Osei#4"), Err(AnchorFault::TooFew(words("Osei"), 3)));
        assert_eq!(cut(EN, "Osei#0"), Err(AnchorFault::TooFew(words("Osei"), 3)));
        assert_eq!(cut(EN, "On Tuesday … Accra"), Err(AnchorFault::NoEnd(words("Accra"))));
        assert_eq!(cut(EN, " [ ] "), Err(AnchorFault::Empty));
        assert_eq!(cut(AR, "وأضاف ان"), Err(AnchorFault::Missing(words("وأضاف ان"))));
    }
}
