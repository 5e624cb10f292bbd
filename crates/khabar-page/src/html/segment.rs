//! A page taken apart into the pieces that its reader sees as such.
//!
//! An extractor says which words are the story; where the paragraphs are, what stands in a caption, a link or a quotation,
//! and which container a piece shares with which others, only the page's tree can say. So the tree is laid flat once, into
//! pieces in reading order that remember their containers, and everything after works on pieces.

use std::hash::{DefaultHasher, Hash, Hasher};

use ego_tree::NodeRef;
use khabar_record::FurnitureKind;
use scraper::node::Element;
use scraper::{Html, Node};

use super::align::words;
use super::structure::{Hint, HintCache};

/// The deepest tree that is walked; deeper ones have slipped through the guard and are read by other means.
pub(crate) const DEEPEST: usize = 600;

/// A page in reading order.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) boxes: Vec<PageBox>,
    /// What the page's head and its first heading say its title is, as [words](super::align::words).
    pub(crate) titles: Vec<Vec<u64>>,
    /// What the page's head says it is about, in the same form.
    pub(crate) descriptions: Vec<Vec<u64>>,
}

/// A run of text that stands by itself.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) kind: PieceKind,
    /// The box that holds the piece: an index into [`Page::boxes`].
    pub(crate) parent: usize,
    /// How many characters the text has, spaces left out.
    pub(crate) chars: usize,
    /// How many of them stand in links.
    pub(crate) linked: usize,
    /// How many of them are set in bold.
    pub(crate) bold: usize,
    /// The piece follows the one before on a new line of the same paragraph.
    pub(crate) soft: bool,
    /// What an inline element around the whole of it says it is.
    pub(crate) hint: Option<Hint>,
}

/// What kind of piece it is, by its element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    Paragraph,
    Heading(u8),
    ListItem,
    Quote,
    TableRow,
    Preformatted,
    Caption,
    Control,
    /// Text that no element sets apart as a paragraph.
    Loose,
}

/// An element that holds pieces or other boxes.
#[derive(Debug, Default)]
pub(crate) struct PageBox {
    pub(crate) parent: usize,
    pub(crate) tag: BoxTag,
    /// What the element's attributes say it is.
    pub(crate) hint: Option<Hint>,
    /// A number that boxes with the same tag and class share.
    pub(crate) look: u64,
    pub(crate) hidden: bool,
    /// The table row around it: an index into [`Page::boxes`].
    row: Option<usize>,
}

/// The elements whose name says what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum BoxTag {
    Article,
    Aside,
    Blockquote,
    Body,
    Figure,
    Footer,
    Form,
    Header,
    List,
    Main,
    Nav,
    Paragraph,
    Table,
    #[default]
    Other,
}

impl Page {
    /// Takes a parsed page apart. Returns nothing when its tree is deeper than [`DEEPEST`].
    pub(crate) fn of(html: &Html) -> Option<Self> {
        let mut page = Self::under(body_of(html)?)?;
        page.titles = titles_of(html);
        page.descriptions = descriptions_of(html);
        page.add_heading_title();
        Some(page)
    }

    /// A page with one first-rank heading has its headline there.
    fn add_heading_title(&mut self) {
        let mut first: Vec<_> = self
            .pieces
            .iter()
            .filter(|p| p.kind == PieceKind::Heading(1))
            .map(|p| words(&p.text))
            .collect();
        first.dedup();
        if let [only] = &first[..]
            && only.len() >= 3
        {
            self.titles.push(only.clone());
        }
    }

    /// Takes a parsed fragment of a page apart.
    pub(crate) fn of_fragment(html: &Html) -> Option<Self> {
        Self::under(html.tree.root())
    }

    fn under(body: NodeRef<'_, Node>) -> Option<Self> {
        let mut walk = Walk::default();
        let mut depth = 0usize;
        for edge in body.traverse() {
            match edge {
                ego_tree::iter::Edge::Open(node) => {
                    depth += 1;
                    if depth > DEEPEST {
                        return None;
                    }
                    walk.enter(node);
                }
                ego_tree::iter::Edge::Close(node) => {
                    depth -= 1;
                    walk.leave(node);
                }
            }
        }
        walk.flush();
        let mut page = walk.page;
        page.join_rows();
        Some(page)
    }

    /// Iterates over the boxes around a piece, the nearest first.
    pub(crate) fn boxes_of(&self, piece: &Piece) -> impl Iterator<Item = &PageBox> {
        let mut next = Some(piece.parent);
        std::iter::from_fn(move || {
            let index = next?;
            let found = &self.boxes[index];
            next = (index > 0).then_some(found.parent);
            Some(found)
        })
    }

    /// Returns the box that holds the piece's element, not the element itself.
    pub(crate) fn container(&self, piece: &Piece) -> usize {
        let mut index = piece.parent;
        while self.boxes[index].tag == BoxTag::Paragraph && index > 0 {
            index = self.boxes[index].parent;
        }
        index
    }

    /// Joins the short cells of a table's row into one piece; the cells of a table that lays out the page stay apart.
    fn join_rows(&mut self) {
        let mut joined: Vec<Piece> = Vec::with_capacity(self.pieces.len());
        let mut row = None;
        for (piece, this) in std::mem::take(&mut self.pieces).into_iter().map(|p| {
            let row = self.row_of(&p);
            (p, row)
        }) {
            if let (Some(this), Some(last)) = (this, joined.last_mut())
                && row == Some(this)
            {
                last.text.push_str(" | ");
                last.text.push_str(&piece.text);
                last.linked += piece.linked;
                last.bold += piece.bold;
                last.kind = PieceKind::TableRow;
                continue;
            }
            row = this;
            joined.push(piece);
        }
        self.pieces = joined;
    }

    fn row_of(&self, piece: &Piece) -> Option<usize> {
        const LONGEST_CELL: usize = 160;
        if piece.kind != PieceKind::TableRow || piece.text.len() > LONGEST_CELL {
            return None;
        }
        self.boxes[piece.parent].row
    }
}

fn body_of(html: &Html) -> Option<NodeRef<'_, Node>> {
    let root = html.tree.root();
    let element = |node: &NodeRef<Node>, name: &str| {
        node.value().as_element().is_some_and(|e| e.name() == name)
    };
    let document = root.children().find(|n| element(n, "html"))?;
    document.children().find(|n| element(n, "body")).or(Some(document))
}

/// Reads the titles in the head; the outlet's name at an end of them is left for the comparison to forgive.
fn titles_of(html: &Html) -> Vec<Vec<u64>> {
    let mut titles = Vec::new();
    for node in html.tree.nodes() {
        let Some(element) = node.value().as_element() else {
            continue;
        };
        let text = match element.name() {
            "title" => node.first_child().and_then(|t| t.value().as_text().map(|t| t.to_string())),
            "meta" => {
                let name = element.attr("property").or_else(|| element.attr("name")).unwrap_or("");
                let is_title = [
                    "og:title",
                    "twitter:title",
                    "title",
                    "dc.title",
                    "sailthru.title",
                    "parsely-title",
                ]
                .iter()
                .any(|n| name.eq_ignore_ascii_case(n));
                is_title.then(|| element.attr("content").unwrap_or("").to_owned())
            }
            "body" => break,
            _ => None,
        };
        for part in
            text.iter().flat_map(|t| std::iter::once(t.as_str()).chain(t.split(['|', '»', '•'])))
        {
            let part = words(part);
            if part.len() >= 3 && !titles.contains(&part) {
                titles.push(part);
            }
        }
    }
    titles
}

fn descriptions_of(html: &Html) -> Vec<Vec<u64>> {
    let elements = html.tree.nodes().filter_map(|n| n.value().as_element());
    let metas = elements.take_while(|e| e.name() != "body").filter(|e| e.name() == "meta");
    let described = metas.filter(|e| {
        let name = e.attr("property").or_else(|| e.attr("name")).unwrap_or("");
        ["description", "og:description", "twitter:description"]
            .iter()
            .any(|n| name.eq_ignore_ascii_case(n))
    });
    described.filter_map(|e| e.attr("content")).map(words).filter(|w| w.len() >= 6).collect()
}

/// How an element takes part in the flow of text.
enum Flow {
    Skip,
    Inline,
    Break,
    Block(BoxTag, Option<PieceKind>),
}

fn flow_of(name: &str) -> Flow {
    use BoxTag as B;
    use PieceKind as K;
    match name {
        "script" | "style" | "template" | "noscript" | "svg" | "head" | "iframe" | "object"
        | "audio" | "video" | "canvas" | "select" | "datalist" | "map" | "textarea"
        | "progress" | "meter" | "title" | "meta" | "link" => Flow::Skip,
        "br" => Flow::Break,
        "article" => Flow::Block(B::Article, None),
        "aside" => Flow::Block(B::Aside, None),
        "blockquote" => Flow::Block(B::Blockquote, Some(K::Quote)),
        "figure" | "picture" | "figcaption" | "caption" => Flow::Block(B::Figure, Some(K::Caption)),
        "footer" => Flow::Block(B::Footer, None),
        "form" | "fieldset" | "dialog" => Flow::Block(B::Form, None),
        "header" | "hgroup" => Flow::Block(B::Header, None),
        "ul" | "ol" | "dl" | "menu" => Flow::Block(B::List, None),
        "main" => Flow::Block(B::Main, None),
        "nav" => Flow::Block(B::Nav, None),
        "p" => Flow::Block(B::Paragraph, Some(K::Paragraph)),
        "h1" => Flow::Block(B::Paragraph, Some(K::Heading(1))),
        "h2" => Flow::Block(B::Paragraph, Some(K::Heading(2))),
        "h3" => Flow::Block(B::Paragraph, Some(K::Heading(3))),
        "h4" => Flow::Block(B::Paragraph, Some(K::Heading(4))),
        "h5" => Flow::Block(B::Paragraph, Some(K::Heading(5))),
        "h6" => Flow::Block(B::Paragraph, Some(K::Heading(6))),
        "li" | "dt" | "dd" => Flow::Block(B::Other, Some(K::ListItem)),
        "table" | "tbody" | "thead" | "tfoot" | "tr" => Flow::Block(B::Table, None),
        "td" | "th" => Flow::Block(B::Table, Some(K::TableRow)),
        "pre" => Flow::Block(B::Paragraph, Some(K::Preformatted)),
        "button" | "legend" | "summary" => Flow::Block(B::Other, Some(K::Control)),
        "body" | "html" => Flow::Block(B::Body, None),
        "div" | "section" | "center" | "address" | "details" | "hr" | "search" | "frameset" => {
            Flow::Block(B::Other, None)
        }
        _ if name.contains('-') => Flow::Block(B::Other, None),
        _ => Flow::Inline,
    }
}

#[derive(Default)]
struct Walk {
    page: Page,
    /// The open boxes: index, and the kind of piece that text in it is.
    open: Vec<(usize, PieceKind)>,
    text: String,
    space: bool,
    /// Line breaks since the last character.
    breaks: u32,
    /// The next piece follows the last on a new line, not in a new paragraph.
    soft: bool,
    links: u32,
    strong: u32,
    linked: usize,
    bold: usize,
    inline_hint: Option<(Hint, u32)>,
    hinted: usize,
    piece_hint: Option<Hint>,
    skip: u32,
    hints: HintCache,
}

impl Walk {
    fn enter(&mut self, node: NodeRef<'_, Node>) {
        if self.skip > 0 {
            self.skip += u32::from(node.value().is_element());
            return;
        }
        match node.value() {
            Node::Text(text) => self.push(text),
            Node::Element(element) => match flow_of(element.name()) {
                Flow::Skip => self.skip = 1,
                Flow::Break => self.breaks += 1,
                Flow::Inline => self.enter_inline(element),
                Flow::Block(tag, kind) => {
                    self.flush();
                    self.soft = false;
                    self.open_box(element, tag, kind);
                }
            },
            _ => {}
        }
    }

    fn leave(&mut self, node: NodeRef<'_, Node>) {
        let Some(element) = node.value().as_element() else {
            return;
        };
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match flow_of(element.name()) {
            Flow::Skip | Flow::Break => {}
            Flow::Inline => self.leave_inline(element),
            Flow::Block(..) => {
                self.flush();
                self.soft = false;
                self.open.pop();
            }
        }
    }

    fn enter_inline(&mut self, element: &Element) {
        match element.name() {
            "a" => self.links += 1,
            "b" | "strong" => self.strong += 1,
            _ => {}
        }
        self.space |= self.in_furniture();
        if let Some((_, depth)) = &mut self.inline_hint {
            *depth += 1;
        } else if let Some(hint) = self.hints.get(element).or_else(|| time_hint(element)) {
            if self.is_apart(hint) {
                self.flush();
                self.soft = false;
            }
            self.inline_hint = Some((hint, 1));
        }
    }

    fn leave_inline(&mut self, element: &Element) {
        self.space |= self.in_furniture();
        match element.name() {
            "a" => self.links = self.links.saturating_sub(1),
            "b" | "strong" => self.strong = self.strong.saturating_sub(1),
            _ => {}
        }
        if let Some((hint, depth)) = &mut self.inline_hint {
            *depth -= 1;
            if *depth == 0 {
                let hint = *hint;
                if self.is_apart(hint) {
                    self.flush();
                    self.soft = false;
                }
                self.inline_hint = None;
            }
        }
    }

    /// In menus and bars it is the style sheet that sets inline elements apart, where prose has spaces.
    fn in_furniture(&self) -> bool {
        let Some((index, PieceKind::Loose | PieceKind::Control)) = self.open.last() else {
            return false;
        };
        let around = &self.page.boxes[*index];
        matches!(around.hint, Some(Hint::Furniture(..)))
            || matches!(around.tag, BoxTag::Nav | BoxTag::Header | BoxTag::Footer)
    }

    /// The line under a headline holds the writer and the day side by side, each of which is a piece.
    fn is_apart(&self, hint: Hint) -> bool {
        use FurnitureKind::{Byline, DateLine};
        let apart = matches!(hint, Hint::Furniture(Byline | DateLine, _));
        let around = self.open.iter().rev().take(2);
        apart
            && around
                .into_iter()
                .any(|o| matches!(self.page.boxes[o.0].hint, Some(Hint::Furniture(..))))
    }

    fn open_box(&mut self, element: &Element, tag: BoxTag, kind: Option<PieceKind>) {
        let parent = self.open.last().map_or(0, |o| o.0);
        let inherited = self.open.last().map_or(PieceKind::Loose, |o| o.1);
        // A paragraph in a quotation, a list item or a caption is that first of all.
        let kind = kind_within(inherited, kind, tag);
        let row = if element.name() == "tr" {
            Some(self.page.boxes.len())
        } else {
            self.page.boxes.get(parent).and_then(|b| b.row)
        };
        self.open.push((self.page.boxes.len(), kind));
        let hidden = self.page.boxes.get(parent).is_some_and(|b| b.hidden) || is_hidden(element);
        self.page.boxes.push(PageBox {
            parent,
            tag,
            hint: self.hints.get(element),
            look: look_of(element),
            hidden,
            row,
        });
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ' '
                | '\t'
                | '\n'
                | '\r'
                | '\u{a0}'
                | '\u{c}'
                | '\u{2000}'..='\u{200a}'
                | '\u{202f}'
                | '\u{3000}' => self.space = true,
                '\u{ad}'
                | '\u{200b}'
                | '\u{feff}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' => {}
                c if c.is_control() || c == '\u{fffc}' => {}
                '\u{2028}' | '\u{2029}' => self.breaks += 1,
                c => self.push_char(c),
            }
        }
    }

    fn push_char(&mut self, c: char) {
        if self.breaks > 0 {
            let paragraph = self.breaks > 1;
            self.flush();
            self.soft = !paragraph && self.soft;
        }
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push(c);
        self.linked += usize::from(self.links > 0);
        self.bold += usize::from(self.strong > 0);
        if let Some((hint, _)) = self.inline_hint {
            self.hinted += 1;
            self.piece_hint = Some(hint);
        }
    }

    /// Ends the piece that is being written.
    fn flush(&mut self) {
        self.breaks = 0;
        self.space = false;
        if self.text.is_empty() {
            return;
        }
        if self.open.is_empty() {
            self.page.boxes.push(PageBox::default());
            self.open.push((0, PieceKind::Loose));
        }
        let (parent, kind) = self.open[self.open.len() - 1];
        let text = std::mem::take(&mut self.text);
        let chars = text.chars().filter(|c| *c != ' ').count();
        let hint = self.piece_hint.filter(|_| self.hinted * 10 >= chars * 8);
        self.page.pieces.push(Piece {
            text,
            kind,
            parent,
            chars,
            linked: self.linked,
            bold: self.bold,
            soft: self.soft,
            hint,
        });
        self.soft = true;
        (self.linked, self.bold, self.hinted) = (0, 0, 0);
        self.piece_hint = None;
    }
}

fn time_hint(element: &Element) -> Option<Hint> {
    (element.name() == "time").then_some(Hint::Furniture(FurnitureKind::DateLine, false))
}

/// Names the kind of text in a box of `kind`, or of none, that stands in text of the kind `outer`.
fn kind_within(outer: PieceKind, kind: Option<PieceKind>, tag: BoxTag) -> PieceKind {
    use PieceKind as K;
    match (outer, kind) {
        (K::Quote | K::ListItem | K::Caption, Some(K::Paragraph))
        | (K::Caption, Some(K::Heading(_)))
        | (K::Control | K::Quote | K::Caption | K::Heading(_), None) => outer,
        (K::ListItem, None) if tag != BoxTag::List => outer,
        (_, Some(kind)) => kind,
        _ => K::Loose,
    }
}

fn is_hidden(element: &Element) -> bool {
    element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("style").is_some_and(|s| {
            s.contains("display:none")
                || s.contains("display: none")
                || s.contains("visibility:hidden")
        })
}

fn look_of(element: &Element) -> u64 {
    let mut hasher = DefaultHasher::new();
    element.name().hash(&mut hasher);
    element.attr("class").unwrap_or("").hash(&mut hasher);
    hasher.finish()
}
