//! How deep the elements of a page are nested, and which tags to drop when it is too deep.

use std::collections::HashMap;

/// How many inline elements may be open at once. A parser opens all of them again in every paragraph that follows, so that
/// unclosed ones multiply.
const OPEN_INLINE: usize = 24;

/// How many elements the parser may be made to open again in the whole page.
const REOPENED: usize = 100_000;

/// How many open elements are looked through for the one that a tag closes. Real pages need a few dozen, and a page of a
/// million unclosed ones must not be searched a million times.
const SEARCH: usize = 1024;

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];

const INLINE: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements whose end tag may be left out: a new start tag of the second list closes an open one of the first, up to the
/// nearest of the third.
const CLOSED_BY: &[(&[&str], &[&str], &[&str])] = &[
    (&["li"], &["li"], &["ul", "ol", "menu"]),
    (&["dd", "dt"], &["dd", "dt"], &["dl"]),
    (&["option"], &["option", "optgroup"], &["select", "datalist"]),
    (&["td", "th"], &["td", "th", "tr", "tbody", "thead", "tfoot"], &["table"]),
    (&["tr"], &["tr", "tbody", "thead", "tfoot"], &["table"]),
    (&["tbody", "thead", "tfoot"], &["tbody", "thead", "tfoot"], &["table"]),
];

const CLOSES_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements that an end tag of another element does not close from inside.
const SCOPES: &[&str] =
    &["table", "td", "th", "caption", "html", "object", "marquee", "applet", "template", "button"];

#[derive(Debug)]
struct Open<'a> {
    name: &'a str,
    written: bool,
}

/// The elements open at one place of a page.
#[derive(Debug)]
pub(super) struct Nesting<'a> {
    max_depth: usize,
    stack: Vec<Open<'a>>,
    /// How many elements of each name are on the stack, so that a stray end tag costs nothing.
    open: HashMap<String, usize>,
    inline_open: usize,
    /// How many inline elements the parser has had to open again.
    reopened: usize,
    inline_dropped: HashMap<String, usize>,
}

fn is(list: &[&str], name: &str) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

impl<'a> Nesting<'a> {
    pub(super) fn new(max_depth: usize) -> Self {
        Self {
            max_depth,
            stack: Vec::new(),
            open: HashMap::new(),
            inline_open: 0,
            reopened: 0,
            inline_dropped: HashMap::new(),
        }
    }

    /// Takes a start tag; says whether it is to be written.
    pub(super) fn open(&mut self, name: &'a str) -> bool {
        if is(VOID, name) {
            return true;
        }
        if is(INLINE, name) {
            return self.open_inline(name);
        }
        self.reopened += self.inline_open;
        if is(CLOSES_PARAGRAPH, name) {
            self.pop_to(&["p"], SCOPES);
        }
        for (closed, by, boundary) in CLOSED_BY {
            if is(by, name) {
                self.pop_to(closed, boundary);
            }
        }
        // Past that number only dropping the blocks stops the parser; their text runs together, as on such a page it may.
        let worn = self.reopened > REOPENED && self.inline_open > 2;
        let written = self.stack.len() < self.max_depth && !worn;
        self.stack.push(Open { name, written });
        *self.open.entry(name.to_ascii_lowercase()).or_default() += 1;
        written
    }

    /// Takes an end tag; says whether it is to be written.
    pub(super) fn close(&mut self, name: &str) -> bool {
        if is(INLINE, name) {
            return self.close_inline(name);
        }
        if self.count(name) == 0 {
            // Some end tags make an element; `</p>` an empty paragraph, `</br>` a line break. Neither is missed.
            return false;
        }
        // The end tag of a generic element does not reach through a block, that of a block not through a table cell.
        let generic = !is(CLOSES_PARAGRAPH, name)
            && !is(SCOPES, name)
            && !CLOSED_BY.iter().any(|(c, ..)| is(c, name));
        let scoped = !is(SCOPES, name)
            && !["tr", "tbody", "thead", "tfoot"].iter().any(|n| n.eq_ignore_ascii_case(name));
        for at in (0..self.stack.len()).rev().take(SEARCH) {
            let open = &self.stack[at];
            if open.name.eq_ignore_ascii_case(name) {
                let written = open.written;
                self.truncate(at);
                return written;
            }
            if (generic && is(CLOSES_PARAGRAPH, open.name)) || (scoped && is(SCOPES, open.name)) {
                return false;
            }
        }
        false
    }

    fn open_inline(&mut self, name: &str) -> bool {
        if self.inline_open < OPEN_INLINE {
            self.inline_open += 1;
            *self.open.entry(name.to_ascii_lowercase()).or_default() += 1;
            return true;
        }
        *self.inline_dropped.entry(name.to_ascii_lowercase()).or_default() += 1;
        false
    }

    fn close_inline(&mut self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        if let Some(dropped) = self.inline_dropped.get_mut(&name).filter(|n| **n > 0) {
            *dropped -= 1;
            return false;
        }
        match self.open.get_mut(&name).filter(|n| **n > 0) {
            Some(open) => {
                *open -= 1;
                self.inline_open -= 1;
                true
            }
            None => false,
        }
    }

    /// Closes the nearest open element of `names`, with what stands in it, unless one of `boundary` is nearer.
    fn pop_to(&mut self, names: &[&str], boundary: &[&str]) {
        if names.iter().all(|name| self.count(name) == 0) {
            return;
        }
        for at in (0..self.stack.len()).rev().take(SEARCH) {
            let name = self.stack[at].name;
            if is(names, name) {
                self.truncate(at);
                return;
            }
            if is(boundary, name) {
                return;
            }
        }
    }

    fn truncate(&mut self, len: usize) {
        for open in self.stack.drain(len..) {
            if let Some(count) = self.open.get_mut(&open.name.to_ascii_lowercase()) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn count(&self, name: &str) -> usize {
        self.open.get(&name.to_ascii_lowercase()).copied().unwrap_or(0)
    }
}
