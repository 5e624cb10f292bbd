//! What a page says about itself, collected in two walks over its tree.
//!
//! The first walk finds the headline; the second collects everything else with its place relative to that headline,
//! because a date or a name under the headline is the article's, and the same words in a side bar are not. Nothing is
//! judged here: the modules that choose a title, authors or a date weigh what stands in [`Facts`].

use std::collections::BTreeSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};
use serde_json::Value;

use super::flags::{Flags, flags_of, leads_to_author};
use super::json_ld;
use super::words::{clip, fold, plain, squash};

/// Lines of the page that are kept: enough for a head, a story's first lines and its foot.
const MAX_LINES: usize = 6_000;
/// As many names of authors and times as an article can reasonably have, with those of the side bars.
const MAX_MARKS: usize = 200;
/// Longest piece of text that can be a name, a date or a line about them.
const MAX_MARK: usize = 400;

/// A line of the page as a reader sees it.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) flags: Flags,
}

/// The text of an element that is marked as an author.
#[derive(Clone, Debug)]
pub(crate) struct AuthorMark {
    pub(crate) text: String,
    /// Marked by `rel` or `itemprop`, not only by a class name.
    pub(crate) explicit: bool,
    pub(crate) outside: bool,
    /// The line it stands in.
    pub(crate) line: usize,
}

/// A `time` element or one marked as a date.
#[derive(Clone, Debug)]
pub(crate) struct TimeMark {
    /// The value for machines, else empty.
    pub(crate) value: String,
    pub(crate) text: String,
    /// Marked as the day of publication by `itemprop` or `pubdate`.
    pub(crate) explicit: bool,
    pub(crate) flags: Flags,
    pub(crate) line: usize,
}

/// Everything a page says about itself.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// `meta` elements: key in lower case, content; in the order of the page.
    pub(crate) meta: Vec<(String, String)>,
    pub(crate) nodes: Vec<json_ld::Node>,
    pub(crate) canonical: Option<String>,
    pub(crate) language: Option<String>,
    /// The content of `title`.
    pub(crate) title: Option<String>,
    /// The headings that could be the headline, the most likely first.
    pub(crate) headlines: Vec<String>,
    /// `itemprop` values of microdata.
    pub(crate) props: Vec<(String, String)>,
    pub(crate) authors: Vec<AuthorMark>,
    pub(crate) times: Vec<TimeMark>,
    pub(crate) lines: Vec<Line>,
    /// The line of the headline in `lines`.
    pub(crate) headline_at: Option<usize>,
}

impl Facts {
    /// Returns the values of the first of `keys` that the page has.
    pub(crate) fn meta_of<'f>(&'f self, key: &'f str) -> impl Iterator<Item = &'f str> {
        let of_key = self.meta.iter().filter(move |(name, _)| name == key);
        of_key.map(|(_, content)| content.as_str())
    }

    /// Walks over the page.
    pub(crate) fn collect(html: &Html) -> Self {
        let mut facts = Self::default();
        let headings = facts.read_head(html);
        let main = facts.choose_headline(&headings);
        let path: BTreeSet<NodeId> =
            main.iter().flat_map(|heading| heading.ancestors().map(|node| node.id())).collect();
        let main = main.map(|heading| heading.id());
        Walk::new(&mut facts, &path, main).run(html);
        facts
    }

    /// Reads what stands in the head, scripts and headings, and returns the headings.
    fn read_head<'h>(&mut self, html: &'h Html) -> Vec<ElementRef<'h>> {
        let mut headings = Vec::new();
        let mut scripts = Vec::new();
        for node in html.tree.root().descendants() {
            let Some(element) = ElementRef::wrap(node) else {
                continue;
            };
            match element.value().name() {
                "html" => {
                    self.language = element.attr("lang").or(element.attr("xml:lang")).map(squash);
                }
                "meta" => self.read_meta(element.value()),
                "link" => self.read_link(element.value()),
                "title" if self.title.is_none() => {
                    let inside_picture = element
                        .ancestors()
                        .filter_map(ElementRef::wrap)
                        .any(|ancestor| ancestor.value().name() == "svg");
                    if !inside_picture {
                        self.title = Some(plain(&element.text().collect::<String>()));
                    }
                }
                "script" if element.attr("type").is_some_and(is_json_ld) => {
                    scripts.extend(json_ld::parse(&element.text().collect::<String>()));
                }
                "h1" | "h2" | "h3" if headings.len() < MAX_MARKS => headings.push(element),
                _ => {}
            }
        }
        self.nodes = json_ld::nodes(&scripts as &[Value]);
        headings
    }

    fn read_meta(&mut self, element: &Element) {
        let key =
            ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| element.attr(key));
        if let (Some(key), Some(content)) = (key, element.attr("content"))
            && self.meta.len() < 2_000
        {
            let content = plain(clip(content, 4_000));
            if !content.is_empty() {
                let key = key.trim().to_lowercase();
                if element.attr("itemprop").is_some() {
                    self.props.push((key.clone(), content.clone()));
                }
                self.meta.push((key, content));
            }
        }
    }

    fn read_link(&mut self, element: &Element) {
        let canonical =
            element.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if canonical && self.canonical.is_none() {
            self.canonical = element.attr("href").map(squash).filter(|href| !href.is_empty());
        }
    }

    /// Chooses the heading that is most like what the page calls its title elsewhere, else the first `h1`.
    fn choose_headline<'h>(&mut self, headings: &[ElementRef<'h>]) -> Option<ElementRef<'h>> {
        let mut wanted: Vec<String> = Vec::new();
        wanted.extend(self.meta_of("og:title").map(fold));
        wanted.extend(self.meta_of("twitter:title").map(fold));
        wanted.extend(
            self.nodes
                .iter()
                .filter(|node| node.rank < 4)
                .filter_map(|node| node.headline.as_deref().map(fold)),
        );
        wanted.extend(self.title.as_deref().map(fold));
        let mut scored: Vec<(f32, usize, String)> = headings
            .iter()
            .enumerate()
            .filter_map(|(index, heading)| {
                let text = plain(&text_of(*heading, 600));
                let folded = fold(&text);
                if folded.is_empty() {
                    return None;
                }
                let likeness =
                    wanted.iter().map(|title| likeness(&folded, title)).fold(0.0, f32::max);
                let level = match heading.value().name() {
                    "h1" => 0.35,
                    "h2" => 0.05,
                    _ => 0.0,
                };
                let sound = likeness + level >= 0.35;
                sound.then_some((likeness + level, index, text))
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.headlines = scored
            .iter()
            .filter(|(score, ..)| *score >= 0.35)
            .map(|(_, _, text)| text.clone())
            .collect();
        scored.first().map(|(_, index, _)| headings[*index])
    }
}

fn is_json_ld(kind: &str) -> bool {
    kind.trim().to_ascii_lowercase().starts_with("application/ld+json")
}

/// How much of the words of two folded titles is shared: 1 when they are the same.
pub(crate) fn likeness(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (words, others): (BTreeSet<&str>, BTreeSet<&str>) =
        (a.split(' ').collect(), b.split(' ').collect());
    let shared = words.intersection(&others).count() as f32;
    2.0 * shared / (words.len() + others.len()).max(1) as f32
}

/// Returns the text of an element, up to about `limit` bytes.
pub(crate) fn text_of(element: ElementRef, limit: usize) -> String {
    let mut out = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(text) => out.push_str(text),
            Node::Element(inner) if is_block(inner.name()) || inner.name() == "br" => out.push(' '),
            _ => {}
        }
        if out.len() > limit {
            break;
        }
    }
    clip(&out, limit).to_string()
}

/// Whether an element starts a new line.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "td"
            | "th"
            | "tr"
            | "ul"
    )
}

/// Whether an element of a line is set apart from its neighbours by style alone, as names and days are.
fn is_separate(name: &str) -> bool {
    matches!(name, "a" | "span" | "time" | "cite")
}

/// Whether an element's content is never shown as text.
fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "head"
            | "iframe"
            | "object"
            | "select"
            | "button"
            | "math"
    )
}

/// The second walk.
struct Walk<'f> {
    facts: &'f mut Facts,
    /// Ancestors of the headline: whatever their class names say, the article is in them.
    path: &'f BTreeSet<NodeId>,
    main: Option<NodeId>,
    open: Vec<Flags>,
    hidden: usize,
    line: String,
    line_flags: Flags,
}

impl<'f> Walk<'f> {
    fn new(facts: &'f mut Facts, path: &'f BTreeSet<NodeId>, main: Option<NodeId>) -> Self {
        Self {
            facts,
            path,
            main,
            open: Vec::new(),
            hidden: 0,
            line: String::new(),
            line_flags: Flags::default(),
        }
    }

    fn run(mut self, html: &Html) {
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => {
                        let key = node.id();
                        let reference = ElementRef::wrap(node);
                        self.open_element(element, reference, key);
                    }
                    Node::Text(text) if self.hidden == 0 && self.line.len() < 4_000 => {
                        self.line.push_str(text);
                        if !text.trim().is_empty() {
                            self.line_flags = self.line_flags.with(self.current());
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Node::Element(element) = node.value() {
                        self.close_element(element.name());
                    }
                }
            }
        }
        self.flush();
    }

    fn current(&self) -> Flags {
        self.open.last().copied().unwrap_or_default()
    }

    fn flush(&mut self) {
        let text = squash(&self.line);
        self.line.clear();
        let flags = std::mem::take(&mut self.line_flags);
        if !text.is_empty() && self.facts.lines.len() < MAX_LINES {
            if flags.has(Flags::HEADLINE) && self.facts.headline_at.is_none() {
                self.facts.headline_at = Some(self.facts.lines.len());
            }
            self.facts.lines.push(Line { text, flags });
        }
    }

    fn open_element(&mut self, element: &Element, reference: Option<ElementRef>, key: NodeId) {
        let name = element.name();
        if is_block(name) || name == "br" {
            self.flush();
        } else if is_separate(name) {
            self.line.push(' ');
        }
        if is_hidden(name) {
            self.hidden += 1;
        }
        let own = if self.path.contains(&key) { Flags::default() } else { flags_of(element) };
        let mut flags = self.current().with(own);
        if self.main == Some(key) {
            flags = flags.with(Flags::HEADLINE).without(Flags::OUTSIDE);
        }
        self.open.push(flags);
        if self.hidden == 0
            && let Some(reference) = reference
        {
            self.mark(element, reference, own, flags);
        }
    }

    fn close_element(&mut self, name: &str) {
        if is_block(name) {
            self.flush();
        } else if is_separate(name) {
            self.line.push(' ');
        }
        if is_hidden(name) {
            self.hidden = self.hidden.saturating_sub(1);
        }
        self.open.pop();
    }

    /// Keeps the element if it is marked as an author, a date or a property.
    fn mark(&mut self, element: &Element, reference: ElementRef, own: Flags, flags: Flags) {
        let prop = element.attr("itemprop").unwrap_or_default();
        let line = self.facts.lines.len();
        let outside = flags.has(Flags::OUTSIDE);
        let is_author = prop.split_whitespace().any(|p| p == "author" || p == "creator")
            || element.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|r| r == "author"));
        let is_link = element.name() == "a" && element.attr("href").is_some_and(leads_to_author);
        if (is_author || is_link || own.has(Flags::BYLINE)) && self.facts.authors.len() < MAX_MARKS
        {
            let text = author_text(element, reference);
            if !text.is_empty() && text.len() < MAX_MARK {
                self.facts.authors.push(AuthorMark { text, explicit: is_author, outside, line });
            }
        }
        let is_published =
            prop == "datePublished" || prop == "dateCreated" || element.attr("pubdate").is_some();
        if (element.name() == "time" || is_published || prop == "dateModified")
            && element.name() != "meta"
            && self.facts.times.len() < MAX_MARKS
        {
            let value = ["datetime", "content", "data-datetime", "title"]
                .iter()
                .find_map(|key| element.attr(key));
            let mut flags = flags;
            if prop == "dateModified" {
                flags = flags.with(Flags::UPDATED);
            }
            self.facts.times.push(TimeMark {
                value: value.map(squash).unwrap_or_default(),
                text: squash(&text_of(reference, MAX_MARK)),
                explicit: is_published,
                flags,
                line,
            });
        }
        if prop == "headline" && !outside {
            let text = element
                .attr("content")
                .map_or_else(|| text_of(reference, 600), ToString::to_string);
            self.facts.props.push(("headline".to_string(), plain(&text)));
        }
    }
}

/// Reads the name inside an author's element: the nested `itemprop=name` if there is one.
fn author_text(element: &Element, reference: ElementRef) -> String {
    let named = reference
        .descendants()
        .filter_map(ElementRef::wrap)
        .take(40)
        .find(|inner| inner.attr("itemprop") == Some("name"));
    match (element.attr("content"), named) {
        (Some(content), _) if element.name() == "meta" => plain(content),
        (_, Some(inner)) => {
            let content = inner.attr("content").map(plain);
            content.unwrap_or_else(|| squash(&text_of(inner, MAX_MARK)))
        }
        _ => squash(&text_with_bars(reference)),
    }
}

/// Returns the text of an element with its blocks set apart by bars, so that a name and a role under it stay two.
fn text_with_bars(element: ElementRef) -> String {
    let mut out = String::new();
    let mut hidden = 0usize;
    for edge in element.traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens && hidden == 0 => out.push_str(text),
            Node::Element(inner) => {
                if is_hidden(inner.name()) {
                    hidden = if opens { hidden + 1 } else { hidden.saturating_sub(1) };
                }
                let breaks = is_block(inner.name()) || inner.name() == "br";
                out.push_str(if breaks { " | " } else { " " });
            }
            _ => {}
        }
        if out.len() > MAX_MARK {
            break;
        }
    }
    out
}
