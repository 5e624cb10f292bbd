//! Quoted stretches of a text.
//!
//! Who said what hangs on where a quotation starts and ends, and the marks of real pages are a mess: straight marks,
//! marks of other languages, a mark forgotten. The rules here:
//! * a quotation does not run past its paragraph, unless the next paragraph opens with a mark of the same kind, which is how
//!   print carries a quotation over several paragraphs: then each paragraph's part is a [`Quote`] of its own, and all but
//!   the first say that they continue;
//! * straight marks open after white space or an opening bracket and close otherwise;
//! * a mark that opens and never closes makes a quotation up to the end of the paragraph that says it is not closed;
//! * two single marks in a row are one double mark, as typewriters and old wire feeds have it (two grave accents open too);
//! * a mark that closes nothing is ignored, and apostrophes are no quotation marks.

use khabar_record::TextRange;

/// A quoted stretch of the text, inside one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The stretch with its marks.
    pub range: TextRange,
    /// The stretch without its marks.
    pub content: TextRange,
    /// How many quotations lie around it.
    pub depth: u8,
    /// Whether its closing mark was found in its paragraph.
    pub closed: bool,
    /// Whether it carries on a quotation that the paragraph before left open.
    pub continues: bool,
}

/// The kinds of marks, each of which closes only its own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
    Guillemet,
    SingleGuillemet,
}

/// What a mark may do where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
}

struct Open {
    kind: Kind,
    quote: usize,
}

/// Finds the quotations of a text whose paragraphs are given.
pub(super) fn find(text: &str, paragraphs: &[TextRange]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut carried: Option<Kind> = None;
    for &paragraph in paragraphs {
        let mut open: Vec<Open> = Vec::new();
        let source = &text[paragraph];
        let offset = paragraph.start().to_usize();
        let first_word = source.len() - source.trim_start().len();
        let mut marks = source.char_indices().peekable();
        while let Some((at, mark)) = marks.next() {
            // Of three in a row the first closes a single quotation inside.
            let third = source[at + mark.len_utf8()..].chars().nth(1) == Some(mark);
            let inner = third && open.last().is_some_and(|open| open.kind == Kind::Single);
            let doubled =
                is_half(mark) && !inner && marks.peek().is_some_and(|&(_, next)| next == mark);
            let mark_end = if doubled {
                marks.next();
                at + 2 * mark.len_utf8()
            } else {
                at + mark.len_utf8()
            };
            let before = source[..at].chars().next_back();
            let after = source[mark_end..].chars().next();
            let read = if doubled { '"' } else { mark };
            let Some((kind, role)) = classify(read, before, after, &open) else {
                continue;
            };
            let (start, end) = (offset + at, offset + mark_end);
            match role {
                Role::Opens => {
                    open.push(Open { kind, quote: quotes.len() });
                    quotes.push(Quote {
                        range: TextRange::new(start, paragraph.end()),
                        content: TextRange::new(end, paragraph.end()),
                        depth: (open.len() - 1).min(255) as u8,
                        closed: false,
                        continues: at == first_word && carried == Some(kind),
                    });
                }
                Role::Closes => close(&mut quotes, &mut open, kind, start, end),
            }
        }
        carried = open.first().map(|open| open.kind);
    }
    quotes
}

/// Whether two of this mark in a row are one double mark.
fn is_half(mark: char) -> bool {
    matches!(mark, '\'' | '`' | '‘' | '’')
}

fn close(quotes: &mut [Quote], open: &mut Vec<Open>, kind: Kind, start: usize, end: usize) {
    let Some(depth) = open.iter().rposition(|open| open.kind == kind) else {
        return;
    };
    // What was opened inside and never closed ends with the quotation around it.
    for inner in open.drain(depth + 1..) {
        let quote = &mut quotes[inner.quote];
        quote.range = TextRange::new(quote.range.start(), start);
        quote.content = TextRange::new(quote.content.start().min(start.into()), start);
    }
    if let Some(done) = open.pop() {
        let quote = &mut quotes[done.quote];
        quote.range = TextRange::new(quote.range.start(), end);
        quote.content = TextRange::new(quote.content.start(), start);
        quote.closed = true;
    }
}

fn classify(
    mark: char,
    before: Option<char>,
    after: Option<char>,
    open: &[Open],
) -> Option<(Kind, Role)> {
    let at_word_start = before.is_none_or(|c| c.is_whitespace() || "([{—–-/:«“„\"".contains(c));
    // A mark before a comma or a stop opens nothing, whichever way it is turned.
    let before_word = after.is_some_and(|c| !c.is_whitespace() && !",.;:!?)]،؛؟".contains(c));
    let is_open = |kind| open.iter().any(|open| open.kind == kind);
    let neutral = |kind| {
        let role = match (at_word_start && before_word, is_open(kind)) {
            (true, false) => Role::Opens,
            (false, true) => Role::Closes,
            // `said:"Yes"` and `"…"he`: the mark's neighbours do not tell, so take turns.
            (false, false) => {
                if before_word {
                    Role::Opens
                } else {
                    return None;
                }
            }
            (true, true) => {
                if at_word_start
                    && before.is_some_and(char::is_whitespace)
                    && before_word
                    && open.last().is_some_and(|open| open.kind != kind)
                {
                    Role::Opens
                } else {
                    Role::Closes
                }
            }
        };
        Some((kind, role))
    };
    match mark {
        '"' | '＂' => neutral(Kind::Double),
        '“' | '‟' => {
            // “ closes what „ opened.
            let closes = is_open(Kind::Double) && !before_word_start(at_word_start, before_word);
            Some((Kind::Double, if closes { Role::Closes } else { Role::Opens }))
        }
        '„' => Some((Kind::Double, Role::Opens)),
        '”' => match (is_open(Kind::Double), at_word_start && before_word) {
            (false, true) => Some((Kind::Double, Role::Opens)),
            _ => Some((Kind::Double, Role::Closes)),
        },
        '«' => Some(guillemet(Kind::Guillemet, true, is_open(Kind::Guillemet), at_word_start)),
        '»' => Some(guillemet(Kind::Guillemet, false, is_open(Kind::Guillemet), at_word_start)),
        '‹' => Some(guillemet(
            Kind::SingleGuillemet,
            true,
            is_open(Kind::SingleGuillemet),
            at_word_start,
        )),
        '›' => Some(guillemet(
            Kind::SingleGuillemet,
            false,
            is_open(Kind::SingleGuillemet),
            at_word_start,
        )),
        '‘' | '‚' => before_word.then_some((Kind::Single, Role::Opens)),
        '’' | '\'' => single(mark, before, after, at_word_start, is_open(Kind::Single)),
        _ => None,
    }
}

fn before_word_start(at_word_start: bool, before_word: bool) -> bool {
    at_word_start && before_word
}

/// `«` opens and `»` closes, except where a page has them the other way round.
fn guillemet(kind: Kind, is_left: bool, is_open: bool, at_word_start: bool) -> (Kind, Role) {
    let role = match (is_left, is_open) {
        (true, true) if !at_word_start => Role::Closes,
        (true, _) => Role::Opens,
        (false, false) if at_word_start => Role::Opens,
        (false, _) => Role::Closes,
    };
    (kind, role)
}

/// A single mark is far more often an apostrophe: it closes only at the end of a word inside an open single quotation,
/// and a straight one opens only before a word, when a partner is not impossible.
fn single(
    mark: char,
    before: Option<char>,
    after: Option<char>,
    at_word_start: bool,
    is_open: bool,
) -> Option<(Kind, Role)> {
    let after_word = before.is_some_and(|c| !c.is_whitespace());
    let ends_word = after.is_none_or(|c| !c.is_alphanumeric());
    if is_open && after_word && ends_word {
        return Some((Kind::Single, Role::Closes));
    }
    let opens = mark == '\'' && !is_open && at_word_start && after.is_some_and(char::is_alphabetic);
    opens.then_some((Kind::Single, Role::Opens))
}
