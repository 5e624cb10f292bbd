//! Pages too large to build a tree of, read tag by tag.
//!
//! A page of many megabytes is a log, a data dump, or an attack. Its text is worth having if it costs one pass; boxes and
//! their hints are given up, and what is left to tell prose from links is the share of text in anchors.

use super::segment::{Page, Piece, PieceKind};
use crate::guard::{Token, Tokens};

/// No piece gets longer than this, in bytes; what has no end of paragraph in so much text is no paragraph.
const LONGEST_PIECE: usize = 1 << 20;

const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "img", "kbd", "mark", "q",
    "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Takes a page apart by its tags alone.
pub(super) fn page_of(html: &str) -> Page {
    let mut reader = Reader::default();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => reader.push(text),
            Token::Comment => {}
            Token::Start(tag) => {
                if ["script", "title"].iter().any(|n| tag.name.eq_ignore_ascii_case(n)) {
                    tokens.raw_text(tag.name);
                } else {
                    reader.start(tag.name);
                }
            }
            Token::End { name, .. } => reader.end(name),
        }
    }
    reader.flush();
    reader.page
}

struct Reader {
    page: Page,
    text: String,
    chars: usize,
    linked: usize,
    in_link: bool,
    space: bool,
    kind: PieceKind,
}

impl Default for Reader {
    fn default() -> Self {
        let page = Page { boxes: vec![super::segment::PageBox::default()], ..Page::default() };
        Self {
            page,
            text: String::new(),
            chars: 0,
            linked: 0,
            in_link: false,
            space: false,
            kind: PieceKind::Loose,
        }
    }
}

impl Reader {
    fn start(&mut self, name: &str) {
        if INLINE.iter().any(|n| name.eq_ignore_ascii_case(n)) {
            self.in_link |= name.eq_ignore_ascii_case("a");
            return;
        }
        self.flush();
        let level = name
            .strip_prefix(['h', 'H'])
            .and_then(|n| n.parse::<u8>().ok())
            .filter(|n| (1..=6).contains(n));
        self.kind = match (level, name.to_ascii_lowercase().as_str()) {
            (Some(level), _) => PieceKind::Heading(level),
            (_, "p") => PieceKind::Paragraph,
            (_, "li") => PieceKind::ListItem,
            (_, "figcaption") => PieceKind::Caption,
            (_, "button") => PieceKind::Control,
            _ => PieceKind::Loose,
        };
    }

    fn end(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("a") {
            self.in_link = false;
        } else if !INLINE.iter().any(|n| name.eq_ignore_ascii_case(n)) {
            self.flush();
            self.kind = PieceKind::Loose;
        }
    }

    fn push(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (c, len) = if c == '&' { reference(rest) } else { (c, c.len_utf8()) };
            rest = &rest[len..];
            if c.is_whitespace() {
                self.space = true;
            } else if !c.is_control() {
                if std::mem::take(&mut self.space) && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.text.push(c);
                self.chars += 1;
                self.linked += usize::from(self.in_link);
            }
            if self.text.len() > LONGEST_PIECE {
                self.flush();
            }
        }
    }

    fn flush(&mut self) {
        self.space = false;
        let text = std::mem::take(&mut self.text);
        let (chars, linked) = (std::mem::take(&mut self.chars), std::mem::take(&mut self.linked));
        if !text.is_empty() {
            let kind = self.kind;
            self.page.pieces.push(Piece {
                text,
                kind,
                parent: 0,
                chars,
                linked,
                bold: 0,
                soft: false,
                hint: None,
            });
        }
    }
}

/// Reads the character reference at the start of `text`; an ampersand that starts none stands for itself.
fn reference(text: &str) -> (char, usize) {
    const LONGEST: usize = 12;
    let window = &text.as_bytes()[..text.len().min(LONGEST)];
    let none = ('&', 1);
    let Some(end) = memchr::memchr(b';', window) else {
        return none;
    };
    let name = &text[1..end];
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        "hellip" => Some('…'),
        "copy" => Some('©'),
        _ => match name.strip_prefix('#') {
            Some(digits) => match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            }
            .and_then(char::from_u32),
            None => None,
        },
    };
    c.map_or(none, |c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_references() {
        let page = page_of(
            "<title>no</title><p>One &amp; <b>two</b> &#x2014; &unknown; a & b</p><ul><li><a href=x>link</a>",
        );
        let texts: Vec<_> =
            page.pieces.iter().map(|p| (p.text.as_str(), p.kind, p.linked)).collect();
        assert_eq!(
            texts,
            [
                ("One & two — &unknown; a & b", PieceKind::Paragraph, 0),
                ("link", PieceKind::ListItem, 4)
            ]
        );
    }
}
