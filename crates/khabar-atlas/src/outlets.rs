//! The press of the world: who publishes, under which names, on which domains, and for whom.
//!
//! A report's worth hangs on whose report it is. The same page may carry an agency's dispatch, a translation of another
//! paper's story or the outlet's own work, and it says so in few words: an acronym behind a place name, a domain in a
//! link, a name in a credit line. This module knows those words in both scripts, `AFP` as well as `أ ف ب`, and gives each
//! of them one identity.
//!
//! The rows stand in `data/outlets.tsv` and are parsed once, on first use. Names that several outlets share (الوطن is a
//! paper in half a dozen states) or that are everyday words (*Time*, *Metro*) are marked there; they answer when asked
//! for as a whole name and never when a running text is searched.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The embedded list; the first row names the columns.
const DATA: &str = include_str!("../data/outlets.tsv");
const FILE: &str = "data/outlets.tsv";
/// Columns a row must have.
const COLUMNS: usize = 11;

/// What sort of publisher an outlet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OutletKind {
    /// Sells or hands its reports to other outlets.
    Agency,
    /// A printed or formerly printed paper.
    Newspaper,
    /// Radio or television.
    Broadcaster,
    /// A publisher on the web alone.
    Site,
    /// A periodical that is not a daily.
    Magazine,
    /// An outlet that speaks for a state abroad.
    StateMedia,
    /// Shows other outlets' reports and has next to none of its own.
    Aggregator,
}

/// Who owns an outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ownership {
    /// The state, or those who rule it.
    State,
    /// A public body with a charter of its own.
    Public,
    /// Persons or companies.
    Private,
    /// A party or an armed movement.
    Party,
    /// A cooperative, a trust or a foundation.
    NonProfit,
    /// A church or another religious body.
    Religious,
    /// Not known.
    Unknown,
}

/// One publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// The identifier within this list.
    pub id: &'static str,
    /// What sort of publisher it is.
    pub kind: OutletKind,
    /// Where it is based, as ISO 3166-1 alpha-3.
    pub country: &'static str,
    /// The usual name in Latin script.
    pub name_en: &'static str,
    /// The usual name in Arabic.
    pub name_ar: &'static str,
    /// Other names, in both scripts.
    pub variants: Vec<&'static str>,
    /// Its domains; their sub-domains belong to it too unless another row has them.
    pub domains: Vec<&'static str>,
    /// Who owns it.
    pub ownership: Ownership,
    /// The outlet that it is a service or a part of.
    pub parent: Option<&'static str>,
    /// Its Wikidata item.
    pub wikidata: Option<&'static str>,
}

impl Outlet {
    /// Whether the outlet's reports are made to be printed by others.
    pub fn is_agency(&self) -> bool {
        self.kind == OutletKind::Agency
    }
}

/// A row of an embedded list that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct OutletDataError {
    file: &'static str,
    line: usize,
    problem: String,
}

/// All known outlets with their indexes.
#[derive(Debug)]
pub struct Outlets {
    rows: Vec<Outlet>,
    by_id: HashMap<&'static str, usize>,
    by_domain: HashMap<&'static str, usize>,
    by_name: HashMap<String, Bearers>,
    /// Names that may be looked for in running text, with the spelling they must have there if case matters.
    in_text: HashMap<String, Vec<(usize, Option<&'static str>)>>,
    longest: usize,
}

/// The outlets that bear one name.
#[derive(Debug, Default)]
struct Bearers {
    /// Those whose name it is as it stands.
    whole: Vec<usize>,
    /// Those that the list tells apart by a qualifier, as in "The Guardian (Nigeria)".
    qualified: Vec<usize>,
}

/// Returns the list of outlets.
///
/// # Panics
/// If the embedded list is damaged, which the tests of this crate rule out.
pub fn outlets() -> &'static Outlets {
    static LIST: LazyLock<Outlets> =
        LazyLock::new(|| Outlets::parse(DATA).unwrap_or_else(|error| panic!("{error}")));
    &LIST
}

impl Outlets {
    /// Reads the list from its table.
    fn parse(table: &'static str) -> Result<Self, OutletDataError> {
        let mut list = Self {
            rows: Vec::new(),
            by_id: HashMap::new(),
            by_domain: HashMap::new(),
            by_name: HashMap::new(),
            in_text: HashMap::new(),
            longest: 1,
        };
        for (number, line) in table.lines().enumerate().skip(1) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            list.add(line).map_err(|problem| OutletDataError {
                file: FILE,
                line: number + 1,
                problem,
            })?;
        }
        for row in &list.rows {
            if let Some(parent) = row.parent
                && !list.by_id.contains_key(parent)
            {
                return Err(OutletDataError {
                    file: FILE,
                    line: 0,
                    problem: format!("{} names the unknown parent {parent}", row.id),
                });
            }
        }
        Ok(list)
    }

    fn add(&mut self, line: &'static str) -> Result<(), String> {
        let fields: Vec<&'static str> = line.split('\t').map(str::trim).collect();
        if fields.len() != COLUMNS {
            return Err(format!("{} columns instead of {COLUMNS}", fields.len()));
        }
        let optional = |field: &'static str| (!field.is_empty()).then_some(field);
        let marked: Vec<&'static str> = list_of(fields[5]).collect();
        let outlet = Outlet {
            id: fields[0],
            kind: kind(fields[1])?,
            country: fields[2],
            name_en: plain(fields[3]),
            name_ar: plain(fields[4]),
            variants: marked.iter().map(|name| plain(name)).collect(),
            domains: list_of(fields[6]).collect(),
            ownership: ownership(fields[7])?,
            parent: optional(fields[8]),
            wikidata: optional(fields[9]),
        };
        if outlet.name_en.is_empty() || outlet.name_ar.is_empty() {
            return Err(format!("{} lacks a name", outlet.id));
        }
        if outlet.country.len() != 3 {
            return Err(format!("{} has no country code", outlet.id));
        }
        let index = self.rows.len();
        if self.by_id.insert(outlet.id, index).is_some() {
            return Err(format!("{} occurs twice", outlet.id));
        }
        for &domain in &outlet.domains {
            if self.by_domain.insert(domain, index).is_some() {
                return Err(format!("the domain {domain} occurs twice"));
            }
        }
        for name in [fields[3], fields[4]].into_iter().chain(marked) {
            self.add_name(name, index);
        }
        self.rows.push(outlet);
        Ok(())
    }

    /// Enters a name under its normalised spelling. A leading `~` keeps it out of running text, and so does a
    /// qualifier in parentheses, whose bare name other outlets may bear too.
    fn add_name(&mut self, marked: &'static str, index: usize) {
        let name = plain(marked);
        let key = normalize_name(name);
        self.longest = self.longest.max(key.split(' ').count());
        push_once(&mut self.by_name.entry(key.clone()).or_default().whole, index);
        let bare = name.split(" (").next().unwrap_or(name);
        if bare.len() != name.len() {
            let bearers = self.by_name.entry(normalize_name(bare)).or_default();
            push_once(&mut bearers.qualified, index);
        }
        if !marked.starts_with('~') && bare.len() == name.len() {
            let cased = name.bytes().all(|byte| byte.is_ascii_uppercase()) && name.len() < 6;
            self.in_text.entry(key).or_default().push((index, cased.then_some(name)));
        }
    }

    /// Iterates over all outlets in the order of the list.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Outlet> {
        self.rows.iter()
    }

    /// Returns the outlet with this identifier.
    pub fn by_id(&self, id: &str) -> Option<&Outlet> {
        self.by_id.get(id).map(|&index| &self.rows[index])
    }

    /// Returns the outlet whose page `host` serves: `www.bbc.co.uk`, `arabic.cnn.com`, `edition.cnn.com`. The longest
    /// domain in the list decides, so that a language service is told from its house.
    pub fn by_domain(&self, host: &str) -> Option<&Outlet> {
        let host = host.trim().trim_end_matches('.').to_lowercase();
        let mut rest = host.as_str();
        loop {
            if let Some(&index) = self.by_domain.get(rest) {
                return Some(&self.rows[index]);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// Returns the outlet that bears this whole name in either script, when only one does. Case, vowel signs, dots in
    /// acronyms, articles and words such as "agency" or صحيفة don't matter.
    ///
    /// A name that one outlet bears plainly and others only with a qualifier belongs to the former.
    pub fn by_name(&self, name: &str) -> Option<&Outlet> {
        let bearers = self.bearers(name)?;
        match (bearers.whole.as_slice(), bearers.qualified.as_slice()) {
            ([only], _) | ([], [only]) => Some(&self.rows[*only]),
            _ => None,
        }
    }

    /// Returns every outlet that bears this whole name.
    pub fn all_by_name(&self, name: &str) -> Vec<&Outlet> {
        self.bearers(name).map_or_else(Vec::new, |found| {
            let all = found.whole.iter().chain(&found.qualified);
            all.map(|&index| &self.rows[index]).collect()
        })
    }

    fn bearers(&self, name: &str) -> Option<&Bearers> {
        let key = normalize_name(name);
        self.by_name.get(&key).or_else(|| self.by_name.get(without_generic_head(&key)?))
    }

    /// Returns the outlet of this name that belongs to `country`, for names that several share.
    pub fn by_name_in(&self, name: &str, country: &str) -> Option<&Outlet> {
        let mut all = self.all_by_name(name);
        all.retain(|outlet| outlet.country == country);
        (all.len() == 1).then(|| all[0])
    }

    /// Finds the outlets that a running text names, the longest name first where several fit, as byte ranges in order.
    /// Arabic one-letter proclitics before a name are left outside its range.
    pub fn find_in(&self, text: &str) -> Vec<(Range<usize>, &Outlet)> {
        let words = words_of(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let step = (1..=self.longest.min(words.len() - at).min(12)).rev().find_map(|count| {
                let end = words[at + count - 1].end;
                let (range, outlet) = self.name_at(text, words[at].start..end)?;
                found.push((range, outlet));
                Some(count)
            });
            at += step.unwrap_or(1);
        }
        found
    }

    fn name_at(&self, text: &str, range: Range<usize>) -> Option<(Range<usize>, &Outlet)> {
        let words = text.get(range.clone())?;
        if words.contains('\n') {
            return None;
        }
        let mut start = range.start;
        for clitic in [None, Some(['و', 'ف']), Some(['ب', 'ل'])] {
            if let Some(letters) = clitic {
                let rest = &text[start..range.end];
                let Some(first) = rest.chars().next().filter(|c| letters.contains(c)) else {
                    continue;
                };
                // A lone letter is no proclitic: it belongs to an acronym.
                if !rest[first.len_utf8()..].starts_with(char::is_alphabetic) {
                    continue;
                }
                start += first.len_utf8();
            }
            let spelled = &text[start..range.end];
            if let Some(index) = self.borne_in_text(spelled) {
                return Some((start..range.end, &self.rows[index]));
            }
        }
        None
    }

    /// Returns the one outlet whose name these words are, where a running text may be searched for it.
    fn borne_in_text(&self, spelled: &str) -> Option<usize> {
        let all = self.in_text.get(&normalize_name(spelled))?;
        let (first, _) = *all.first()?;
        let one = all.iter().all(|&(index, _)| index == first);
        let cased = |name: Option<&str>| name.is_none_or(|name| is_acronym(spelled, name));
        (one && all.iter().any(|&(_, name)| cased(name))).then_some(first)
    }

    /// Whether two outlets belong to one house: the same outlet, parent and child, or children of one parent.
    pub fn same_house(&self, a: &Outlet, b: &Outlet) -> bool {
        self.head_of(a) == self.head_of(b)
    }

    /// Follows the parents up. The number of steps is bounded, so that a circle in the data can't hang a reader.
    fn head_of<'o>(&'o self, outlet: &'o Outlet) -> &'o str {
        let mut head = outlet;
        for _ in 0..8 {
            match head.parent.and_then(|id| self.by_id(id)) {
                Some(parent) => head = parent,
                None => break,
            }
        }
        head.id
    }
}

/// Whether `spelled` writes an acronym in capitals, with or without dots.
fn is_acronym(spelled: &str, name: &str) -> bool {
    spelled.chars().filter(|c| c.is_alphanumeric()).eq(name.chars())
}

fn push_once(list: &mut Vec<usize>, index: usize) {
    if !list.contains(&index) {
        list.push(index);
    }
}

fn plain(marked: &'static str) -> &'static str {
    marked.trim_start_matches('~').trim()
}

fn list_of(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split('|').map(str::trim).filter(|name| !name.is_empty())
}

fn kind(word: &str) -> Result<OutletKind, String> {
    Ok(match word {
        "agency" => OutletKind::Agency,
        "newspaper" => OutletKind::Newspaper,
        "broadcaster" => OutletKind::Broadcaster,
        "site" => OutletKind::Site,
        "magazine" => OutletKind::Magazine,
        "state-media" => OutletKind::StateMedia,
        "aggregator" => OutletKind::Aggregator,
        _ => return Err(format!("unknown kind {word:?}")),
    })
}

fn ownership(word: &str) -> Result<Ownership, String> {
    Ok(match word {
        "state" => Ownership::State,
        "public" => Ownership::Public,
        "private" => Ownership::Private,
        "party" => Ownership::Party,
        "nonprofit" => Ownership::NonProfit,
        "religious" => Ownership::Religious,
        "unknown" => Ownership::Unknown,
        _ => return Err(format!("unknown ownership {word:?}")),
    })
}

/// Words that say what an outlet is and are left out as often as not.
const GENERIC_HEADS: &[&str] = &[
    "وكاله",
    "صحيفه",
    "جريده",
    "قناه",
    "شبكه",
    "موقع",
    "مجله",
    "تلفزيون",
    "اذاعه",
    "راديو",
    "فضائيه",
    "يوميه",
    "اسبوعيه",
    "محطه",
    "منصه",
    "بوابه",
    "وكاله انباء",
    "وكاله الانباء",
    "موقع صحيفه",
    "agency",
    "newspaper",
];

fn without_generic_head(key: &str) -> Option<&str> {
    GENERIC_HEADS
        .iter()
        .filter_map(|head| key.strip_prefix(head)?.strip_prefix(' '))
        .min_by_key(|rest| rest.len())
        .or_else(|| key.strip_suffix(" news agency"))
}

/// Brings a name to the form in which names are compared: lower case, Arabic letter variants folded, vowel signs and
/// punctuation gone, single letters of an acronym joined. A leading "the" is dropped from names of several words; before a
/// single one it is what makes a name of an everyday word, as in "The Hill".
pub fn normalize_name(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in name.chars() {
        match fold(c) {
            Folded::Keep(c) => word.extend(c.to_lowercase()),
            Folded::Drop => {}
            Folded::Break => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    if words.len() > 2 && words[0] == "the" {
        words.remove(0);
    }
    let mut key = String::new();
    let mut letters = false;
    for word in words {
        let single = word.chars().count() == 1;
        if !(key.is_empty() || letters && single) {
            key.push(' ');
        }
        key.push_str(&word);
        letters = single;
    }
    key
}

enum Folded {
    Keep(char),
    Drop,
    Break,
}

fn fold(c: char) -> Folded {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => Folded::Keep('ا'),
        'ى' | 'ی' => Folded::Keep('ي'),
        'ة' => Folded::Keep('ه'),
        'ک' => Folded::Keep('ك'),
        'گ' | 'غ' => Folded::Keep('غ'),
        'ڤ' => Folded::Keep('ف'),
        'پ' => Folded::Keep('ب'),
        'ؤ' => Folded::Keep('و'),
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\'' | '\u{2019}' | '\u{2018}' | '`' => {
            Folded::Drop
        }
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Folded::Drop,
        c if c.is_alphanumeric() || c == '+' => Folded::Keep(c),
        _ => Folded::Break,
    }
}

/// Splits a text into words: runs of letters, digits and the marks inside them.
fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = !matches!(fold(c), Folded::Break);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}
