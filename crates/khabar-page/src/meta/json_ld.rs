//! What a page says about itself in JSON-LD, the most trustworthy thing it says.
//!
//! Publishers assemble these scripts from templates, so a good part of them is not JSON: commas too many or too few, raw
//! line breaks inside strings, HTML entities, comment marks around the whole. A strict parser reads first; a lenient one
//! takes over where that fails. Neither recurses deeper than [`MAX_DEPTH`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::table::{TableError, sound, table};
use super::words::plain;

/// Values nested deeper than this are cut off.
const MAX_DEPTH: usize = 48;
/// Scripts longer than this are not worth reading: they hold whole comment threads.
const MAX_BYTES: usize = 2 << 20;
/// As many nodes as are looked at on one page.
const MAX_NODES: usize = 20_000;

/// A person or organisation that a node names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Agent {
    pub(crate) name: String,
    pub(crate) kind: AgentKind,
}

/// What the page says an agent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AgentKind {
    Person,
    Organization,
    Unsaid,
}

/// One node that describes an article or a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// How sure its type makes it that this is the article: lower is better.
    pub(crate) rank: u8,
    pub(crate) headline: Option<String>,
    pub(crate) authors: Vec<Agent>,
    pub(crate) publisher: Option<String>,
    /// The organisation that the report was taken from.
    pub(crate) source: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) created: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) based_on: Option<String>,
    pub(crate) language: Option<String>,
}

/// Types of nodes that describe the page's article, with their ranks.
fn types() -> &'static BTreeMap<&'static str, u8> {
    static TYPES: LazyLock<BTreeMap<&'static str, u8>> = LazyLock::new(|| sound(load()));
    &TYPES
}

/// Reads the table of types.
pub(crate) fn load() -> Result<BTreeMap<&'static str, u8>, TableError> {
    table!("any/jsonld_types.tsv")
        .rows::<3>()?
        .into_iter()
        .map(|row| {
            let rank = row.cells[1].parse().map_err(|_| row.error("the rank is no number"))?;
            Ok((row.cells[0], rank))
        })
        .collect()
}

/// Keys under which other articles than the page's own are described.
const FOREIGN: &[&str] = &[
    "itemListElement",
    "mentions",
    "citation",
    "comment",
    "review",
    "liveBlogUpdate",
    "relatedLink",
    "hasPart",
    "isPartOf",
    "significantLink",
    "blogPost",
    "subjectOf",
    "recipeInstructions",
];

/// Reads the text of a script, strictly if it can be, leniently otherwise.
pub(crate) fn parse(script: &str) -> Option<Value> {
    if script.len() > MAX_BYTES {
        return None;
    }
    let text = unwrap(script);
    if text.is_empty() {
        return None;
    }
    serde_json::from_str(text).ok().or_else(|| {
        if text.contains("&quot;") || text.contains("&#34;") {
            let decoded = text.replace("&quot;", "\"").replace("&#34;", "\"");
            let parsed = serde_json::from_str(&decoded).ok();
            return parsed.or_else(|| Lenient::new(&decoded).document());
        }
        Lenient::new(text).document()
    })
}

/// Takes away what templates put around the JSON: comments, CDATA marks, a byte order mark, a final semicolon.
fn unwrap(script: &str) -> &str {
    let mut text = script;
    for _ in 0..4 {
        text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == ';');
        for mark in ["<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/", "// <![CDATA["] {
            text = text.strip_prefix(mark).unwrap_or(text);
        }
        for mark in ["-->", "//]]>", "]]>", "/*]]>*/", "// ]]>", "//"] {
            text = text.strip_suffix(mark).unwrap_or(text);
        }
    }
    text.trim()
}

/// A parser that takes what people write for JSON and never fails, except by finding nothing.
struct Lenient {
    chars: Vec<char>,
    at: usize,
}

impl Lenient {
    fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), at: 0 }
    }

    /// Reads all values that stand one behind the other.
    fn document(mut self) -> Option<Value> {
        let mut values = Vec::new();
        while self.at < self.chars.len() && values.len() < 64 {
            match self.peek() {
                Some('{' | '[') => values.extend(self.value(0)),
                Some(_) => self.at += 1,
                None => break,
            }
        }
        match values.len() {
            0 => None,
            1 => values.pop(),
            _ => Some(Value::Array(values)),
        }
    }

    /// Returns the next character that is neither white space nor part of a comment.
    fn peek(&mut self) -> Option<char> {
        loop {
            let c = *self.chars.get(self.at)?;
            if c.is_whitespace() || c == '\u{feff}' {
                self.at += 1;
            } else if c == '/' && self.chars.get(self.at + 1) == Some(&'*') {
                self.at += 2;
                while self.at < self.chars.len() && !self.starts_with(['*', '/']) {
                    self.at += 1;
                }
                self.at += 2;
            } else {
                return Some(c);
            }
        }
    }

    fn starts_with(&self, pair: [char; 2]) -> bool {
        self.chars[self.at..].starts_with(&pair)
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            self.at = self.chars.len();
            return None;
        }
        match self.peek()? {
            '{' => Some(self.object(depth)),
            '[' => Some(self.array(depth)),
            quote @ ('"' | '\'' | '“' | '”') => Some(Value::String(self.string(quote))),
            _ => self.bare(),
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut map = Map::new();
        loop {
            match self.peek() {
                None => break,
                Some('}') => {
                    self.at += 1;
                    break;
                }
                Some(',' | ':' | ']' | ';') => self.at += 1,
                Some(quote @ ('"' | '\'' | '“' | '”')) => {
                    let key = self.string(quote);
                    self.entry(key, &mut map, depth);
                }
                Some(_) => {
                    let key = self.word(&[':', ',', '}']);
                    self.entry(key, &mut map, depth);
                }
            }
        }
        Value::Object(map)
    }

    fn entry(&mut self, key: String, map: &mut Map<String, Value>, depth: usize) {
        if self.peek() == Some(':') {
            self.at += 1;
            if !matches!(self.peek(), Some(',' | '}'))
                && let Some(value) = self.value(depth + 1)
            {
                map.insert(key, value);
            }
        }
    }

    fn array(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            match self.peek() {
                None => break,
                Some(']') => {
                    self.at += 1;
                    break;
                }
                Some('}' | ',' | ':' | ';') => self.at += 1,
                Some(_) => items.extend(self.value(depth + 1)),
            }
        }
        Value::Array(items)
    }

    /// Reads a string. A quotation mark ends it only if what follows could stand behind a string, because titles are
    /// pasted in with their own quotation marks.
    fn string(&mut self, quote: char) -> String {
        self.at += 1;
        let mut out = String::new();
        while let Some(&c) = self.chars.get(self.at) {
            self.at += 1;
            if c == '\\' {
                self.escape(&mut out);
            } else if c == quote || (quote == '“' && c == '”') {
                if self.string_ends_here() {
                    break;
                }
                out.push(c);
            } else {
                out.push(if c.is_control() { ' ' } else { c });
            }
        }
        out
    }

    fn string_ends_here(&self) -> bool {
        let mut rest = self.chars[self.at..].iter().copied().filter(|c| !c.is_whitespace()).take(2);
        match rest.next() {
            None | Some('}' | ']' | ':') => true,
            Some(',') => matches!(
                rest.next(),
                None | Some(
                    '"' | '\'' | '{' | '[' | '}' | ']' | '0'..='9' | 't' | 'f' | 'n' | '-' | '“'
                )
            ),
            Some('"') => self.key_follows(),
            Some(_) => false,
        }
    }

    /// Whether a quoted word and a colon follow: the next key of an object whose comma was forgotten.
    fn key_follows(&self) -> bool {
        let mut rest = self.chars[self.at..].iter().skip_while(|c| c.is_whitespace()).skip(1);
        let key = rest.by_ref().take(60).position(|c| matches!(c, '"' | ',' | '{' | '['));
        key.is_some_and(|len| len > 0) && rest.find(|c| !c.is_whitespace()) == Some(&':')
    }

    fn escape(&mut self, out: &mut String) {
        let Some(&c) = self.chars.get(self.at) else {
            return;
        };
        self.at += 1;
        match c {
            'n' | 'r' | 't' | 'b' | 'f' => out.push(' '),
            'u' => {
                let first = self.hex();
                let code = match first {
                    Some(high @ 0xd800..=0xdbff) if self.starts_with(['\\', 'u']) => {
                        self.at += 2;
                        self.hex()
                            .filter(|low| (0xdc00..=0xdfff).contains(low))
                            .map(|low| 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
                    }
                    other => other,
                };
                out.extend(code.and_then(char::from_u32));
            }
            other => out.push(other),
        }
    }

    fn hex(&mut self) -> Option<u32> {
        let digits: String = self.chars.get(self.at..self.at + 4)?.iter().collect();
        let code = u32::from_str_radix(&digits, 16).ok()?;
        self.at += 4;
        Some(code)
    }

    fn word(&mut self, ends: &[char]) -> String {
        let start = self.at;
        while self.chars.get(self.at).is_some_and(|c| !ends.contains(c)) {
            self.at += 1;
        }
        if self.at == start {
            self.at += 1;
        }
        let end = self.at.min(self.chars.len());
        self.chars[start..end].iter().collect::<String>().trim().to_string()
    }

    fn bare(&mut self) -> Option<Value> {
        let word = self.word(&[',', '}', ']', '\n']);
        match word.as_str() {
            "" | "null" | "undefined" | "None" => None,
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => Some(serde_json::from_str(&word).unwrap_or(Value::String(word))),
        }
    }
}

/// Finds the nodes that describe the page's article, in the order of the page.
pub(crate) fn nodes(values: &[Value]) -> Vec<Node> {
    let mut objects = Vec::new();
    let mut names = BTreeMap::new();
    collect(values, &mut objects, &mut names);
    let mut nodes: Vec<Node> = objects
        .iter()
        .filter_map(|object| {
            let rank = type_names(object).filter_map(|name| types().get(name).copied()).min()?;
            Some(node(object, rank, &names))
        })
        .collect();
    nodes.sort_by_key(|node| node.rank);
    nodes
}

/// Collects the objects that speak of this page, and the names of everything that has an `@id`.
fn collect<'v>(
    values: &'v [Value],
    objects: &mut Vec<&'v Map<String, Value>>,
    names: &mut BTreeMap<&'v str, Agent>,
) {
    let mut open: Vec<(&Value, bool, usize)> = values.iter().rev().map(|v| (v, true, 0)).collect();
    let mut seen = 0;
    while let Some((value, own, depth)) = open.pop() {
        seen += 1;
        if seen > MAX_NODES || depth > MAX_DEPTH {
            break;
        }
        match value {
            Value::Array(items) => {
                open.extend(items.iter().rev().map(|item| (item, own, depth + 1)));
            }
            Value::Object(object) => {
                if let Some(id) = object.get("@id").and_then(Value::as_str)
                    && let Some(agent) = agent_of(object)
                {
                    names.insert(id, agent);
                }
                if own {
                    objects.push(object);
                }
                for (key, child) in object.iter().rev() {
                    if child.is_object() || child.is_array() {
                        let own = own && !FOREIGN.contains(&key.as_str());
                        open.push((child, own, depth + 1));
                    }
                }
            }
            _ => {}
        }
    }
}

fn type_names(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let types = object.get("@type").or_else(|| object.get("type"));
    let list = match types {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    list.iter()
        .filter_map(Value::as_str)
        .map(|name| name.rsplit(['/', ':', '#']).next().unwrap_or(name))
}

fn node(object: &Map<String, Value>, rank: u8, names: &BTreeMap<&str, Agent>) -> Node {
    let text = |key: &str| object.get(key).and_then(first_text);
    let first_agent = |key: &str| {
        let mut agents = Vec::new();
        agents_of(object.get(key), names, 0, &mut agents);
        agents.into_iter().next().map(|agent| agent.name)
    };
    let mut authors = Vec::new();
    for key in ["author", "authors", "Author", "creator"] {
        if authors.is_empty() {
            agents_of(object.get(key), names, 0, &mut authors);
        }
    }
    Node {
        rank,
        headline: text("headline").or_else(|| text("name")).or_else(|| text("alternativeHeadline")),
        authors,
        publisher: first_agent("publisher"),
        source: first_agent("sourceOrganization").or_else(|| first_agent("provider")),
        published: text("datePublished")
            .or_else(|| text("DatePublished"))
            .or_else(|| text("uploadDate")),
        created: text("dateCreated"),
        modified: text("dateModified"),
        url: text("url").or_else(|| object.get("mainEntityOfPage").and_then(first_text)),
        based_on: object
            .get("isBasedOn")
            .or_else(|| object.get("isBasedOnUrl"))
            .and_then(first_text),
        language: text("inLanguage"),
    }
}

/// Returns the first text of a value that may be a text, a list, or an object with an address or a name.
fn first_text(value: &Value) -> Option<String> {
    let mut value = value;
    for _ in 0..6 {
        match value {
            Value::String(text) => return Some(plain(text)).filter(|text| !text.is_empty()),
            Value::Number(number) => return Some(number.to_string()),
            Value::Array(items) => value = items.first()?,
            Value::Object(object) => {
                value = ["@value", "@id", "url", "name"].iter().find_map(|key| object.get(*key))?;
            }
            _ => return None,
        }
    }
    None
}

/// Lists the agents of a value: texts, objects, references to other nodes, and lists of them.
fn agents_of(
    value: Option<&Value>,
    names: &BTreeMap<&str, Agent>,
    depth: usize,
    agents: &mut Vec<Agent>,
) {
    if depth > 6 || agents.len() > 40 {
        return;
    }
    match value {
        Some(Value::Array(items)) => {
            for item in items {
                agents_of(Some(item), names, depth + 1, agents);
            }
        }
        Some(Value::Object(object)) => {
            let id = object.get("@id").and_then(Value::as_str);
            if let Some(agent) = agent_of(object) {
                agents.push(agent);
            } else if let Some(Value::Array(list)) = object.get("name") {
                for name in list.iter().filter_map(Value::as_str) {
                    agents.push(Agent { name: plain(name), kind: kind_of(object) });
                }
            } else if let Some(agent) = id.and_then(|id| names.get(id)) {
                agents.push(agent.clone());
            } else if object.contains_key("author") {
                agents_of(object.get("author"), names, depth + 1, agents);
            }
        }
        Some(Value::String(name)) => {
            if let Some(agent) = names.get(name.as_str()) {
                agents.push(agent.clone());
            } else if !plain(name).is_empty() {
                agents.push(Agent { name: plain(name), kind: AgentKind::Unsaid });
            }
        }
        _ => {}
    }
}

fn agent_of(object: &Map<String, Value>) -> Option<Agent> {
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(plain);
    let name = text("name").or_else(|| {
        let (given, family) = (text("givenName")?, text("familyName")?);
        Some(format!("{given} {family}"))
    })?;
    (!name.is_empty()).then(|| Agent { name, kind: kind_of(object) })
}

fn kind_of(object: &Map<String, Value>) -> AgentKind {
    let mut kind = AgentKind::Unsaid;
    for name in type_names(object) {
        kind = match name {
            "Person" => AgentKind::Person,
            "Organization" | "NewsMediaOrganization" | "Corporation" | "NGO" => {
                AgentKind::Organization
            }
            _ => kind,
        };
    }
    kind
}
