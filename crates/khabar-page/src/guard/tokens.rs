//! Tags and text of a page, read in one pass without building anything.

use memchr::memchr;

/// A piece of markup.
#[derive(Debug)]
pub(crate) enum Token<'a> {
    Text(&'a str),
    Start(Tag<'a>),
    End {
        name: &'a str,
        text: &'a str,
    },
    /// A comment, declaration or processing instruction.
    Comment,
}

/// A start tag as it stands in the page.
#[derive(Debug)]
pub(crate) struct Tag<'a> {
    /// The name, in the page's own case.
    pub(crate) name: &'a str,
    /// The whole tag.
    pub(crate) text: &'a str,
    pub(crate) self_closing: bool,
}

/// Reads a page tag by tag, by the rules of the HTML standard's tokenizer.
pub(crate) struct Tokens<'a> {
    page: &'a str,
    at: usize,
    /// An element was found to have no end, so that no other of its kind is looked for again.
    endless: bool,
}

/// Elements that end a drawing even where it is not closed (the standard's list for foreign content, shortened to what
/// stands in a page's body).
const ENDS_DRAWING: &[&str] = &[
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "ul",
];

impl<'a> Tokens<'a> {
    pub(crate) fn new(page: &'a str) -> Self {
        Self { page, at: 0, endless: false }
    }

    /// Returns what stands before the end tag `</name`, and moves behind that tag.
    pub(crate) fn raw_text(&mut self, name: &str) -> &'a str {
        let start = self.at;
        let bytes = self.page.as_bytes();
        let mut from = start;
        while let Some(offset) = memchr(b'<', &bytes[from..]) {
            let at = from + offset;
            if let Some(after) = end_tag_at(bytes, at, name) {
                let end = memchr(b'>', &bytes[after..]).map_or(bytes.len(), |n| after + n + 1);
                self.at = end;
                return &self.page[start..at];
            }
            from = at + 1;
        }
        self.at = bytes.len();
        &self.page[start..]
    }

    /// Moves behind the end of a template, whose start tag has been read; nothing is skipped when it has no end.
    pub(crate) fn skip_element(&mut self, name: &str) {
        if self.endless {
            return;
        }
        let start = self.at;
        let mut open = 1u32;
        while let Some(token) = self.next() {
            match token {
                Token::Start(tag) if tag.name.eq_ignore_ascii_case(name) => open += 1,
                Token::Start(tag) if tag.name.eq_ignore_ascii_case("script") => {
                    self.raw_text("script");
                }
                Token::End { name: end, .. } if end.eq_ignore_ascii_case(name) => {
                    open -= 1;
                    if open == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
        self.at = start;
        self.endless = true;
    }

    /// Moves behind the end of an `svg` element, whose start tag has been read.
    pub(crate) fn skip_drawing(&mut self) {
        let mut open = 1u32;
        loop {
            let before = self.at;
            match self.next() {
                None => return,
                Some(Token::Start(tag)) => {
                    if tag.name.eq_ignore_ascii_case("svg") {
                        open += u32::from(!tag.self_closing);
                    } else if tag.name.eq_ignore_ascii_case("style") {
                        self.raw_text("style");
                    } else if ENDS_DRAWING.iter().any(|n| tag.name.eq_ignore_ascii_case(n)) {
                        self.at = before;
                        return;
                    }
                }
                Some(Token::End { name, .. }) if name.eq_ignore_ascii_case("svg") => {
                    open -= 1;
                    if open == 0 {
                        return;
                    }
                }
                Some(_) => {}
            }
        }
    }

    fn markup(&mut self) -> Token<'a> {
        let bytes = self.page.as_bytes();
        let start = self.at;
        match bytes.get(start + 1) {
            Some(b'!' | b'?') => self.comment(),
            Some(b'/') => match bytes.get(start + 2) {
                Some(c) if c.is_ascii_alphabetic() => {
                    let name = self.name(start + 2);
                    let end = tag_end(bytes, start + 2 + name.len());
                    self.at = end;
                    Token::End { name, text: &self.page[start..end] }
                }
                _ => self.comment(),
            },
            Some(c) if c.is_ascii_alphabetic() => {
                let name = self.name(start + 1);
                let end = tag_end(bytes, start + 1 + name.len());
                self.at = end;
                let text = &self.page[start..end];
                Token::Start(Tag { name, text, self_closing: text.ends_with("/>") })
            }
            _ => {
                self.at = start + 1;
                Token::Text(&self.page[start..=start])
            }
        }
    }

    fn comment(&mut self) -> Token<'a> {
        let bytes = self.page.as_bytes();
        let start = self.at;
        if bytes[start..].starts_with(b"<!--") {
            let body = start + 4;
            // `<!-->` and `<!--->` are whole comments.
            let end = ["", "-"]
                .iter()
                .map(|dashes| format!("{dashes}>"))
                .find(|s| bytes[body..].starts_with(s.as_bytes()));
            self.at = match end {
                Some(end) => body + end.len(),
                None => memchr::memmem::find(&bytes[body..], b"-->")
                    .map_or(bytes.len(), |n| body + n + 3),
            };
        } else {
            self.at = memchr(b'>', &bytes[start..]).map_or(bytes.len(), |n| start + n + 1);
        }
        Token::Comment
    }

    fn name(&self, start: usize) -> &'a str {
        let rest = &self.page[start..];
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
        &rest[..end.unwrap_or(rest.len())]
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.page.as_bytes();
        if *bytes.get(self.at)? == b'<' {
            return Some(self.markup());
        }
        let start = self.at;
        self.at = memchr(b'<', &bytes[start..]).map_or(bytes.len(), |n| start + n);
        Some(Token::Text(&self.page[start..self.at]))
    }
}

/// Returns the offset behind the tag whose attributes start at `from`; a `>` inside a quoted value does not end it.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => return at,
            b'=' => {
                while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                    at += 1;
                }
                if let Some(&quote @ (b'"' | b'\'')) = bytes.get(at) {
                    match memchr(quote, &bytes[at + 1..]) {
                        Some(n) => at += n + 2,
                        None => return bytes.len(),
                    }
                }
            }
            _ => {}
        }
    }
    bytes.len()
}

fn end_tag_at(bytes: &[u8], at: usize, name: &str) -> Option<usize> {
    let after = at + 2 + name.len();
    let tag = bytes.get(at..after)?;
    let ends = bytes.get(after).is_none_or(|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>'));
    (tag[1] == b'/' && tag[2..].eq_ignore_ascii_case(name.as_bytes()) && ends).then_some(after)
}

/// Returns the value of an attribute of a start tag, without decoding character references.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let bytes = tag.as_bytes();
    let mut at = 1;
    while at < bytes.len() && !bytes[at].is_ascii_whitespace() && bytes[at] != b'/' {
        at += 1;
    }
    loop {
        while bytes.get(at).is_some_and(|c| c.is_ascii_whitespace() || *c == b'/') {
            at += 1;
        }
        let start = at;
        while bytes
            .get(at)
            .is_some_and(|c| !c.is_ascii_whitespace() && !matches!(c, b'=' | b'>' | b'/'))
        {
            at += 1;
        }
        if at == start {
            // A stray `=` is skipped, anything else is the end of the tag.
            if bytes.get(at) != Some(&b'=') {
                return None;
            }
            at += 1;
            continue;
        }
        let found = tag[start..at].eq_ignore_ascii_case(name);
        let value = value(bytes, &mut at);
        if found {
            return Some(value.map_or("", |range| &tag[range]));
        }
    }
}

fn value(bytes: &[u8], at: &mut usize) -> Option<std::ops::Range<usize>> {
    let mut next = *at;
    let skip_space = |next: &mut usize| {
        while bytes.get(*next).is_some_and(u8::is_ascii_whitespace) {
            *next += 1;
        }
    };
    skip_space(&mut next);
    if bytes.get(next) != Some(&b'=') {
        return None;
    }
    next += 1;
    skip_space(&mut next);
    let range = if let Some(&quote @ (b'"' | b'\'')) = bytes.get(next) {
        let end = memchr(quote, &bytes[next + 1..]).map_or(bytes.len(), |n| next + 1 + n);
        *at = (end + 1).min(bytes.len());
        next + 1..end
    } else {
        let end = bytes[next..]
            .iter()
            .position(|c| c.is_ascii_whitespace() || *c == b'>')
            .map_or(bytes.len(), |n| next + n);
        *at = end;
        next..end
    };
    Some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_in_every_form() {
        let tag = "<div a=1 CLASS = \"x > y\" hidden data-b='<p>' id=z>";
        assert_eq!(attribute(tag, "a"), Some("1"));
        assert_eq!(attribute(tag, "class"), Some("x > y"));
        assert_eq!(attribute(tag, "hidden"), Some(""));
        assert_eq!(attribute(tag, "data-b"), Some("<p>"));
        assert_eq!(attribute(tag, "id"), Some("z"));
        assert_eq!(attribute(tag, "none"), None);
        assert_eq!(attribute("<div =x a=b>", "a"), Some("b"));
        assert_eq!(attribute("<div", "a"), None);
    }

    #[test]
    fn a_greater_than_sign_in_a_value_does_not_end_the_tag() {
        let tags: Vec<_> = Tokens::new("<a title=\"1 > 0\">x</a>")
            .map(|t| match t {
                Token::Start(tag) => tag.text,
                Token::End { text, .. } | Token::Text(text) => text,
                Token::Comment => "",
            })
            .collect();
        assert_eq!(tags, ["<a title=\"1 > 0\">", "x", "</a>"]);
    }
}
