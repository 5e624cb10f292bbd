//! Names of persons out of the lines that carry them.
//!
//! A byline is the least regular line of a page: "By Ann Lee, Political Editor, and Tom Roe in Cairo", "كتبت: منى علي -
//! القاهرة", "Story by A. Writer | Photos by B. Maker". What is wanted is the authors' names and nothing else, since
//! offices, places, agencies and sites taken for persons would stand in records as people. So a line is cut at everything
//! that can't be part of a name, and of the pieces only those are kept that look like one.

use std::collections::HashSet;
use std::sync::LazyLock;

use khabar_atlas::outlets::outlets;

use super::table::{Table, TableError, sound, table};
use super::words::{fold, is_arabic, plain, squash};

/// Longest list of authors that is believed.
const MAX_NAMES: usize = 16;

const TABLES: [Table; 2] = [table!("en/byline.tsv"), table!("ar/byline.tsv")];

/// The words around names, folded.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Sorted by falling length, so that the longest label is taken off; with whether it is a sure one.
    labels: Vec<(String, bool)>,
    stops: Vec<Vec<String>>,
    roles: HashSet<String>,
    fields: HashSet<String>,
    orgs: HashSet<String>,
    never: HashSet<String>,
    tails: Vec<Vec<String>>,
    joins: HashSet<String>,
    particles: HashSet<String>,
    titles: HashSet<String>,
    waw: HashSet<String>,
}

impl Lexicon {
    /// Loads the tables.
    pub(crate) fn load() -> Result<Self, TableError> {
        let mut lexicon = Self::default();
        let words = |text: &str| fold(text).split(' ').map(ToString::to_string).collect::<Vec<_>>();
        for table in TABLES {
            for row in table.rows::<3>()? {
                let (text, kind) = (row.cells[0], row.cells[1]);
                let folded = fold(text);
                match kind {
                    "label" => lexicon.labels.push((folded, true)),
                    "weak" => lexicon.labels.push((folded, false)),
                    "stop" => lexicon.stops.push(words(text)),
                    "tail" => lexicon.tails.push(words(text)),
                    "role" => drop(lexicon.roles.insert(folded)),
                    "field" => drop(lexicon.fields.insert(folded)),
                    "org" => drop(lexicon.orgs.insert(folded)),
                    "never" => drop(lexicon.never.insert(folded)),
                    "join" => drop(lexicon.joins.insert(folded)),
                    "particle" => drop(lexicon.particles.insert(folded)),
                    "title" => drop(lexicon.titles.insert(folded)),
                    "waw" => drop(lexicon.waw.insert(folded)),
                    other => return Err(row.error(format!("unknown kind {other:?}"))),
                }
            }
        }
        lexicon.labels.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
        lexicon.labels.dedup();
        lexicon.stops.sort_by_key(|words| std::cmp::Reverse(words.len()));
        Ok(lexicon)
    }

    fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| sound(Lexicon::load()));
        &LEXICON
    }
}

/// How much is known about the line that names are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// The page says that this is the name of a person.
    Person,
    /// The page says that authors stand here.
    Authors,
    /// A line that may hold names behind a label.
    Line,
}

/// Reads the persons' names of a line. `sites` are the folded names of the outlet.
pub(crate) fn persons(line: &str, trust: Trust, sites: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if line.len() > 1_200 {
        return names;
    }
    let cleaned = without_addresses(&plain(line));
    let (body, labelled) = without_label(&cleaned);
    if trust == Trust::Line && !labelled {
        return names;
    }
    for piece in pieces(before_stop(body)) {
        if let Some(name) = person(&piece, trust, sites)
            && !names.iter().any(|other| fold(other) == fold(&name))
            && names.len() < MAX_NAMES
        {
            names.push(name);
        }
    }
    names
}

/// Whether a line begins with a label such as "By" or بقلم.
pub(crate) fn has_label(line: &str) -> bool {
    without_label(&squash(line)).1
}

/// Drops e-mail addresses, links, handles and what stands in brackets.
fn without_addresses(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut depth = 0usize;
    for c in line.chars() {
        match c {
            '(' | '[' | '{' | '<' => {
                depth += 1;
                out.push('|');
            }
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let keep = |word: &&str| {
        !word.contains('@')
            && !word.contains("://")
            && !word.starts_with("www.")
            && !word.starts_with('#')
    };
    let kept: Vec<&str> = out.split(' ').map(|word| if keep(&word) { word } else { "|" }).collect();
    kept.join(" ")
}

/// Takes labels off the front, and says whether there was a sure one.
fn without_label(line: &str) -> (&str, bool) {
    let mut rest = line.trim();
    let mut found = false;
    for _ in 0..3 {
        let trimmed = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let label = Lexicon::get()
            .labels
            .iter()
            .find_map(|(label, sure)| prefix(trimmed, label).map(|end| (end, *sure)));
        let Some((end, sure)) = label else { break };
        rest = trimmed[end..]
            .trim_start_matches([':', '：', '-', '–', '—', '|', '/', 'ـ', ' ', '.', '،', ',']);
        // Before a colon even a weak label is meant as one.
        found |= sure || trimmed[end..].trim_start().starts_with([':', '：']);
    }
    (rest, found)
}

/// Returns how many bytes of `text` spell the folded words of `label`, when a word ends there.
fn prefix(text: &str, label: &str) -> Option<usize> {
    let count = label.split(' ').count();
    let mut end = 0;
    let mut rest = text;
    for _ in 0..count {
        let start = rest.find(char::is_alphanumeric)?;
        let len = rest[start..]
            .find(|c: char| !c.is_alphanumeric() && !is_mark_of_word(c))
            .unwrap_or(rest.len() - start);
        end += start + len;
        rest = &text[end..];
    }
    (fold(&text[..end]) == label).then_some(end)
}

fn is_mark_of_word(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{640}' | '\u{670}')
}

/// Cuts a line before the first words after which no author is named.
fn before_stop(line: &str) -> &str {
    let mut words: Vec<(usize, String)> = Vec::new();
    for (at, word) in word_starts(line) {
        words.push((at, fold(word)));
    }
    let stops = &Lexicon::get().stops;
    for index in 0..words.len() {
        let hit = stops.iter().any(|stop| {
            words.len() >= index + stop.len()
                && stop.iter().zip(&words[index..]).all(|(stop, (_, word))| stop == word)
        });
        // A single word such as "via" or صور may be a name's part unless something parts it from what stands before.
        // A single Latin word such as "Published" is no part of a name that is whole already.
        let late = index >= 2 && !is_arabic(&words[index].1);
        if hit
            && (index == 0
                || late
                || parted(&line[..words[index].0])
                || stop_is_sure(&words[index..], stops))
        {
            return &line[..words[index].0];
        }
    }
    line
}

fn parted(before: &str) -> bool {
    before.trim_end().ends_with(|c: char| !c.is_alphanumeric())
}

fn stop_is_sure(words: &[(usize, String)], stops: &[Vec<String>]) -> bool {
    stops.iter().any(|stop| {
        stop.len() > 1
            && words.len() >= stop.len()
            && stop.iter().zip(words).all(|(stop, (_, word))| stop == word)
    })
}

fn word_starts(line: &str) -> impl Iterator<Item = (usize, &str)> {
    line.split_whitespace().map(move |word| (word.as_ptr() as usize - line.as_ptr() as usize, word))
}

/// Splits a line at everything that parts names.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for part in line
        .split([',', ';', '|', '/', '•', '·', '،', '؛', '\n', '+', '\u{2022}', '»', '«', ':', '*'])
    {
        for part in part
            .split(" - ")
            .flat_map(|p| p.split(" – "))
            .flat_map(|p| p.split(" — "))
            .flat_map(|p| p.split(" ـ "))
        {
            split_joined(part.trim_matches(['-', '–', '—', ' ', 'ـ']), &mut pieces);
        }
    }
    pieces
}

/// Splits at words that mean "and", the Arabic letter that is written to the next word among them.
fn split_joined(part: &str, pieces: &mut Vec<String>) {
    let lexicon = Lexicon::get();
    let mut piece: Vec<&str> = Vec::new();
    let mut close = |piece: &mut Vec<&str>| {
        if !piece.is_empty() {
            pieces.push(piece.join(" "));
            piece.clear();
        }
    };
    for word in part.split_whitespace() {
        let folded = fold(word);
        if lexicon.joins.contains(&folded) || word == "&" {
            close(&mut piece);
        } else if piece.len() >= 2
            && let Some(rest) = word.strip_prefix('و')
            && rest.chars().count() >= 2
            && (!lexicon.waw.contains(&folded) || lexicon.waw.contains(&fold(rest)))
        {
            close(&mut piece);
            piece.push(rest);
        } else {
            piece.push(word);
        }
    }
    close(&mut piece);
}

/// Returns the name in a piece, if there is one.
fn person(piece: &str, trust: Trust, sites: &[String]) -> Option<String> {
    let lexicon = Lexicon::get();
    let mut words: Vec<&str> = piece.split_whitespace().collect();
    // What has digits in it is a date or a count, and so is everything behind it.
    if let Some(at) = words.iter().position(|word| word.chars().any(char::is_numeric)) {
        words.truncate(at);
        while words.last().is_some_and(|word| super::dates::is_month(word)) {
            words.pop();
        }
    }
    cut_tail(&mut words, lexicon);
    // An organisation must not lose its last word and pass for a person.
    if is_known(&words.join(" "), lexicon, sites) {
        return None;
    }
    while words.len() > 1 && words.first().is_some_and(|word| lexicon.titles.contains(&fold(word)))
    {
        words.remove(0);
    }
    if words.len() > 2 {
        cut_offices(&mut words, lexicon, sites);
    }
    let name = words.join(" ");
    let name = name
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
        .trim_end_matches("'s")
        .trim_end_matches("’s");
    let folded = fold(name);
    let name = if name.ends_with('.') && !ends_in_initial(name) {
        name.trim_end_matches('.')
    } else {
        name
    };
    let known = is_known(name, lexicon, sites);
    (!known && !folded.is_empty() && looks_like_name(name, trust, lexicon))
        .then(|| name.to_string())
}

/// Whether a text is the site's name, an outlet's, or one of those that stand where a name should.
fn is_known(name: &str, lexicon: &Lexicon, sites: &[String]) -> bool {
    let folded = fold(name);
    lexicon.never.contains(&folded)
        || sites.contains(&folded)
        || !outlets().all_by_name(name).is_empty()
}

fn ends_in_initial(name: &str) -> bool {
    let last = name.split_whitespace().last().unwrap_or_default();
    last.chars().filter(|c| c.is_alphabetic()).count() <= 2
}

/// Cuts "in Cairo", "for The Paper", "مراسل الصحيفة" off the end.
fn cut_tail(words: &mut Vec<&str>, lexicon: &Lexicon) {
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let cut = (1..folded.len()).find(|&at| {
        lexicon.tails.iter().any(|tail| folded.len() > at + tail.len() - 1 && tail.iter().zip(&folded[at..]).all(|(tail, word)| tail == word))
            // Small words are part of names in some languages, never in capitals.
            && words[at].chars().next().is_some_and(|c| !c.is_uppercase())
    });
    words.truncate(cut.unwrap_or(words.len()));
}

/// Cuts offices and organisations off the end, as in "Ann Lee Political Editor" or "Ann Lee BBC News".
fn cut_offices(words: &mut Vec<&str>, lexicon: &Lexicon, sites: &[String]) {
    let is_office = |word: &str| {
        let word = fold(word);
        lexicon.roles.contains(&word)
            || lexicon.fields.contains(&word)
            || lexicon.orgs.contains(&word)
    };
    let ends_in_office = words.last().is_some_and(|word| lexicon.roles.contains(&fold(word)));
    for keep in 2..words.len() {
        let tail = words[keep..].join(" ");
        let folded = fold(&tail);
        let named = sites.contains(&folded) || !outlets().all_by_name(&tail).is_empty();
        let offices = words[keep..]
            .iter()
            .all(|word| is_office(word) || lexicon.particles.contains(&fold(word)));
        // "Deputy Content Hub Director": between the first word of an office and its last there may be any.
        if named || ((offices || ends_in_office) && is_office(words[keep])) {
            words.truncate(keep);
            return;
        }
    }
}

fn looks_like_name(name: &str, trust: Trust, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let least = if trust == Trust::Person { 1 } else { 2 };
    if words.len() < least
        || words.len() > 6
        || name.chars().count() > 60
        || name.chars().count() < 3
    {
        return false;
    }
    let sound = |c: char| {
        c.is_alphabetic()
            || is_mark_of_word(c)
            || matches!(c, '.' | '-' | '\'' | '’' | '‘' | '`' | '‑' | 'ʻ')
    };
    if !name.chars().all(|c| sound(c) || c == ' ') {
        return false;
    }
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    // What a template credits itself with stands behind a "by" of its own.
    if folded.iter().any(|word| word == "by") {
        return false;
    }
    let article = matches!(folded[0].as_str(), "the" | "a" | "our" | "your" | "this");
    if article || folded.iter().any(|word| lexicon.orgs.contains(word)) {
        return false;
    }
    let roles = folded.iter().filter(|word| lexicon.roles.contains(*word)).count();
    let fields = folded.iter().filter(|word| lexicon.fields.contains(*word)).count();
    if roles > 0 || fields == words.len() || (fields > 0 && words.len() > 3) {
        return false;
    }
    if is_arabic(name) {
        // "الشؤون الدولية": what has the article on every word is a thing and not a person.
        return !folded.iter().all(|word| word.starts_with("ال"));
    }
    let capital =
        |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    let small = words.iter().zip(&folded).filter(|(word, _)| !capital(word));
    match trust {
        // Some systems write every name in small letters.
        Trust::Person if words.iter().all(|word| !capital(word)) => words.len() > 1,
        _ => {
            small.map(|(_, folded)| folded).all(|folded| lexicon.particles.contains(folded))
                && capital(words[words.len() - 1])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, trust: Trust, names: &[&str]) {
        assert_eq!(persons(line, trust, &["example times".to_string()]), names, "{line}");
    }

    #[test]
    fn english_bylines_give_names_only() {
        for (line, names) in [
            ("By Ann Lee, Tom Roe and Mia van Dyk", &["Ann Lee", "Tom Roe", "Mia van Dyk"][..]),
            ("Written by Ann Lee", &["Ann Lee"]),
            ("By Ann Lee, Political Editor", &["Ann Lee"]),
            ("By Ann Lee Political Correspondent", &["Ann Lee"]),
            ("By Ann Lee in Cairo and Tom Roe in Amman", &["Ann Lee", "Tom Roe"]),
            ("By ANN LEE for Example Times", &["ANN LEE"]),
            ("By Ann Lee | Example Times", &["Ann Lee"]),
            ("By Ann Lee (ann.lee@news.example)", &["Ann Lee"]),
            ("By Dr. Ann O’Hara-Lee & Tom J. Roe Jr.", &["Ann O’Hara-Lee", "Tom J. Roe Jr."]),
            ("Reporting by Ann Lee; Editing by Tom Roe", &["Ann Lee"]),
            ("By Ann Lee Published 12 May 2024", &["Ann Lee"]),
            ("By Ann Lee, Photos by Tom Roe", &["Ann Lee"]),
            ("By Staff Reporter", &[]),
            ("By Reuters", &[]),
            ("By The Associated Press", &[]),
            ("By Example Times", &[]),
            ("By the Editorial Board", &[]),
            ("By the sea, the houses were empty", &[]),
        ] {
            check(line, Trust::Authors, names);
        }
    }

    #[test]
    fn arabic_bylines_give_names_only() {
        for (line, names) in [
            ("كتب: سامر حداد", &["سامر حداد"][..]),
            ("كتبت - ليلى منصور", &["ليلى منصور"]),
            ("بقلم: د. سامر حداد", &["سامر حداد"]),
            ("إعداد: ليلى منصور وسامر حداد ووليد نجار", &["ليلى منصور", "سامر حداد", "وليد نجار"]),
            ("من ليلى منصور وسامر حداد", &["ليلى منصور", "سامر حداد"]),
            ("كتب سامر وهبي وليلى منصور", &["سامر وهبي", "ليلى منصور"]),
            ("كتب سامر حداد، مراسل الشؤون الدولية", &["سامر حداد"]),
            ("بقلم ليلى منصور - القاهرة", &["ليلى منصور"]),
            ("كتبت: ليلى منصور، ترجمة: سامر حداد", &["ليلى منصور"]),
            ("إعداد: قسم الأخبار", &[]),
            ("بقلم: هيئة التحرير", &[]),
            ("المصدر: وكالات", &[]),
        ] {
            check(line, Trust::Authors, names);
        }
    }

    #[test]
    fn an_unlabelled_line_names_nobody() {
        check("Ann Lee, Tom Roe", Trust::Line, &[]);
        check("By Ann Lee", Trust::Line, &["Ann Lee"]);
    }

    #[test]
    fn a_single_name_needs_the_pages_word_for_it() {
        check("Pelé", Trust::Person, &["Pelé"]);
        check("Pelé", Trust::Authors, &[]);
        check("admin", Trust::Person, &[]);
    }
}
