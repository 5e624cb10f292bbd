//! Whose report this is.
//!
//! Half of what outlets publish was written elsewhere: taken from an agency, from another paper, or translated from
//! either. Counting such copies as so many reports is how event data comes to hold 150 rows for one occurrence, so the
//! origin is read from what the page itself says: a dateline, a credit line, a note that the piece first stood elsewhere.
//! Each sign is a rule in `rules/<lang>/origin.tsv`, and the words that it rests on are kept. Where nothing is said and
//! the page's outlet isn't known, there is no answer.

mod rules;
#[cfg(test)]
mod tests;

use std::ops::Range;

use khabar_atlas::outlets::{Outlet, OutletKind, outlets};
use khabar_record::{Article, BlockKind, FurnitureKind, Origin, OriginKind, TextRange};

use self::rules::{Class, rules};
use crate::meta::words::{clip, floor, fold, is_arabic};

/// Datelines stand in the first blocks.
const FIRST_BLOCKS: usize = 2;
/// Sign-offs and notes about the source stand in the last ones.
const LAST_BLOCKS: usize = 3;
/// A note about the source is short.
const MAX_NOTE: usize = 260;
/// A list of outlets is short; a life of an author names outlets too.
const MAX_LIST: usize = 60;
/// A place in a dateline has few words: "بيروت في 7 يناير", "WASHINGTON, D.C.".
const MAX_PLACE_WORDS: usize = 8;

/// What is known of the page besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings<'a> {
    /// The outlet whose page it is, by name, and if it is a known one.
    pub(crate) page_name: Option<&'a str>,
    pub(crate) page: Option<&'static Outlet>,
    /// Names that the page credits as authors, organisations among them.
    pub(crate) credited: &'a [String],
    /// The source that the page's head names.
    pub(crate) declared_source: Option<&'a str>,
    /// The host of the canonical link if it is another site's than the one the page was read from.
    pub(crate) foreign_host: Option<&'a str>,
    /// Persons are named as authors.
    pub(crate) has_authors: bool,
    pub(crate) language: Option<&'a str>,
}

/// The outlet that a sign names.
#[derive(Clone, Debug)]
enum Named {
    Known(&'static Outlet),
    /// As the page writes it.
    Other(String),
    /// Agencies without a name.
    Agencies,
}

/// Where the words of a sign stand.
#[derive(Clone, Debug)]
enum Place {
    Text(Range<usize>),
    Furniture(u32),
    /// In the page's head or address.
    Head,
}

#[derive(Clone, Debug)]
struct Sign {
    class: Class,
    named: Option<Named>,
    place: Place,
}

/// Returns the names that a credit line gives to people, as it writes them: lists that are yet to be split.
pub(crate) fn credited_names(line: &str) -> Vec<String> {
    for class in [Class::Credit, Class::House, Class::Names] {
        for rule in rules(class) {
            if let Some(found) = rule.captures(line)
                && let Some(names) = found.name("names")
            {
                return vec![names.as_str().to_string()];
            }
        }
    }
    Vec::new()
}

/// Reads whose report the article is.
pub(crate) fn find(article: &Article, around: &Surroundings) -> Option<Origin> {
    let mut signs = Vec::new();
    in_text(article, around, &mut signs);
    in_furniture(article, around, &mut signs);
    in_head(around, &mut signs);
    judge(article, around, &signs)
}

/// Reads datelines, sign-offs and notes in the text.
fn in_text(article: &Article, around: &Surroundings, signs: &mut Vec<Sign>) {
    let text = &article.document.text;
    let blocks: Vec<Range<usize>> = article
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Heading)
        .map(|block| block.range.to_usize())
        .filter(|range| text.get(range.clone()).is_some())
        .collect();
    for (index, range) in blocks.iter().take(FIRST_BLOCKS).enumerate() {
        let words = first_line(&text[range.clone()]);
        if let Some((named, at)) = dateline(words, around) {
            let place = Place::Text(range.start + at.start..range.start + at.end);
            let class = if named.is_none() { Class::Own } else { Class::Dateline };
            signs.push(Sign { class, named, place });
            break;
        }
        // A second block is looked at only behind a very short first one, which may be a summary or a place.
        if index == 0 && words.len() > 200 {
            break;
        }
    }
    let last = blocks.len().saturating_sub(LAST_BLOCKS);
    for (index, range) in blocks.iter().enumerate().skip(last) {
        let words = &text[range.clone()];
        if index + 1 == blocks.len() {
            signs.extend(signoff(words, around).map(|(named, at)| Sign {
                class: Class::Signoff,
                named: Some(named),
                place: Place::Text(range.start + at.start..range.start + at.end),
            }));
        }
        if words.len() <= MAX_NOTE {
            let place = Place::Text(range.clone());
            note(words, around, &place, true, signs);
        }
    }
}

fn first_line(block: &str) -> &str {
    let line = block.lines().next().unwrap_or(block);
    clip(line, 240)
}

/// Reads a dateline. The outlet is `None` where the line says that the report is the outlet's own.
fn dateline(words: &str, around: &Surroundings) -> Option<(Option<Named>, Range<usize>)> {
    for rule in rules(Class::Dateline) {
        let Some(found) = rule.captures(words) else {
            continue;
        };
        let Some(outlet) = found.name("outlet") else {
            continue;
        };
        let place_words =
            found.name("place").map_or(0, |place| place.as_str().split_whitespace().count());
        if place_words > MAX_PLACE_WORDS
            || found.name("place").is_some_and(|place| is_sentence(place.as_str()))
        {
            continue;
        }
        if rules(Class::Own).any(|rule| rule.is_match(outlet.as_str().trim())) {
            return Some((None, outlet.range()));
        }
        let bare = found.name("place").is_none() && outlet.start() == 0;
        if let Some(named) = resolve(outlet.as_str(), around, Exactness::Whole)
            && (!bare || is_plain_agency(&named, outlet.as_str()))
        {
            return Some((Some(named), outlet.range()));
        }
    }
    None
}

/// Whether a name at the very start of a text, without a place or brackets, can only be an agency's: "Nature: …" and
/// "معا: …" begin with everyday words.
fn is_plain_agency(named: &Named, words: &str) -> bool {
    match named {
        Named::Known(outlet) => outlet.is_agency() && found_inside(words).is_some(),
        Named::Agencies => true,
        Named::Other(_) => false,
    }
}

/// Whether words end a sentence before the outlet, which a place never does.
fn is_sentence(place: &str) -> bool {
    place.contains(". ") && !place.to_uppercase().eq(place)
}

fn signoff(words: &str, around: &Surroundings) -> Option<(Named, Range<usize>)> {
    let from = words.len().saturating_sub(120);
    let from = floor(words, from);
    let tail = &words[from..];
    rules(Class::Signoff).find_map(|rule| {
        let found = rule.captures(tail)?;
        let outlet = found.name("outlet")?;
        let named = resolve(outlet.as_str(), around, Exactness::Whole)?;
        let agency = match &named {
            Named::Known(outlet) => outlet.is_agency(),
            Named::Agencies => true,
            Named::Other(_) => false,
        };
        agency.then(|| (named, from + outlet.start()..from + outlet.end()))
    })
}

/// How an outlet must be written to be taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exactness {
    /// The words are its name, or a list of names.
    Whole,
    /// The words hold its name.
    Holds,
    /// The words are its name, known or not.
    Any,
}

/// Finds the outlet that words name.
fn resolve(words: &str, around: &Surroundings, exactness: Exactness) -> Option<Named> {
    let words = words.trim().trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
    if words.is_empty() {
        return None;
    }
    if let Some(known) = whole_name(words, around) {
        return Some(Named::Known(known));
    }
    if rules(Class::Generic).any(|rule| rule.is_match(words)) {
        return Some(Named::Agencies);
    }
    // "أ ف ب، رويترز" and "AP/Reuters": the first one that is known.
    let parts = words.split(['/', '،', ',', '+', '&', '؛', ';', '-', '–', '—']).map(str::trim);
    let listed = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>();
    if listed.len() > 1
        && words.len() <= MAX_LIST
        && let Some(known) = listed.iter().find_map(|part| whole_name(part, around))
    {
        return Some(Named::Known(known));
    }
    match exactness {
        Exactness::Whole => None,
        Exactness::Holds => found_inside(words),
        Exactness::Any => found_inside(words).or_else(|| other_name(words)),
    }
}

fn whole_name(words: &str, around: &Surroundings) -> Option<&'static Outlet> {
    let all = outlets().all_by_name(words);
    let home = around.page.filter(|page| all.iter().any(|outlet| outlet.id == page.id));
    home.or_else(|| outlets().by_name(words)).or_else(|| {
        let country = around.page?.country;
        outlets().by_name_in(words, country)
    })
}

fn found_inside(words: &str) -> Option<Named> {
    outlets().find_in(words).first().map(|(_, outlet)| Named::Known(outlet))
}

/// Takes words for the name of an outlet that isn't listed: few, and written like a name.
fn other_name(words: &str) -> Option<Named> {
    let name = words.strip_prefix("the ").unwrap_or(words);
    let count = name.split_whitespace().count();
    let capital = name
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic());
    let arabic_limit = if is_arabic(name) { 4 } else { 6 };
    (capital && count <= arabic_limit && name.chars().count() >= 3)
        .then(|| Named::Other(name.to_string()))
}

/// Reads a line about the report: a credit, a source, a translator; with `names`, also an outlet's bare name.
fn note(words: &str, around: &Surroundings, place: &Place, names: bool, signs: &mut Vec<Sign>) {
    let words = words.trim();
    let in_text = matches!(place, Place::Text(_));
    let mut push = |class, named| {
        signs.push(Sign { class, named, place: place.clone() });
    };
    for class in [
        Class::House,
        Class::Credit,
        Class::First,
        Class::Source,
        Class::Translated,
        Class::Helped,
        Class::Copyright,
        Class::Name,
    ] {
        // In the text, people speak of "this report" too, so only notes that are made for the reader count there.
        if in_text && matches!(class, Class::Copyright | Class::Name) && words.len() > 60 {
            continue;
        }
        // A bare name among the furniture may be a link or a picture's credit.
        if class == Class::Name && !names {
            continue;
        }
        for rule in rules(class) {
            let Some(found) = rule.captures(words) else {
                continue;
            };
            let fixed = rule.outlet.and_then(|id| outlets().by_id(id)).map(Named::Known);
            let named = fixed.or_else(|| {
                let exactness = match class {
                    Class::First if !in_text => Exactness::Any,
                    Class::Name | Class::Source => Exactness::Whole,
                    _ => Exactness::Holds,
                };
                resolve(found.name("outlet")?.as_str(), around, exactness)
            });
            if named.is_some() || class == Class::Translated {
                push(class, named);
                return;
            }
        }
    }
}

/// Reads bylines, credits and other furniture.
fn in_furniture(article: &Article, around: &Surroundings, signs: &mut Vec<Sign>) {
    for (index, piece) in article.document.furniture.iter().enumerate() {
        let speaks = matches!(
            piece.kind,
            FurnitureKind::Byline
                | FurnitureKind::Credit
                | FurnitureKind::DateLine
                | FurnitureKind::AuthorNote
                | FurnitureKind::Copyright
                | FurnitureKind::Other
        );
        let Ok(index) = u32::try_from(index) else {
            break;
        };
        if !speaks || piece.text.len() > 2 * MAX_NOTE {
            continue;
        }
        let place = Place::Furniture(index);
        match piece.kind {
            FurnitureKind::Byline => {
                let before = signs.len();
                note(&piece.text, around, &place, piece.kind == FurnitureKind::Byline, signs);
                if signs.len() == before {
                    let rest = piece.text.trim_start_matches("By ").trim_start_matches("by ");
                    if let Some(named) = byline_outlet(rest, around) {
                        signs.push(Sign { class: Class::Name, named: Some(named), place });
                    }
                }
            }
            // Rights of pictures and of the page's template say nothing of the report.
            FurnitureKind::Copyright => {
                let before = signs.len();
                note(&piece.text, around, &place, piece.kind == FurnitureKind::Byline, signs);
                signs.truncate(before + usize::from(signs.len() > before));
            }
            FurnitureKind::Credit => note(&piece.text, around, &place, true, signs),
            _ => note(&piece.text, around, &place, false, signs),
        }
    }
}

/// The outlet of a byline: the whole of it, or what stands behind its last bar.
fn byline_outlet(words: &str, around: &Surroundings) -> Option<Named> {
    resolve(words, around, Exactness::Whole).or_else(|| {
        let last = words.rsplit(['|', '،', ',', '-', '–', '—', '/', '(']).next()?;
        resolve(last, around, Exactness::Whole)
    })
}

/// Reads what the page's head says.
fn in_head(around: &Surroundings, signs: &mut Vec<Sign>) {
    for credited in around.credited {
        if let Some(named) = resolve(credited, around, Exactness::Whole) {
            signs.push(Sign { class: Class::Name, named: Some(named), place: Place::Head });
        }
    }
    if let Some(source) = around.declared_source
        && let Some(named) = resolve(source, around, Exactness::Whole)
    {
        signs.push(Sign { class: Class::Name, named: Some(named), place: Place::Head });
    }
    if let Some(outlet) = around.foreign_host.and_then(|host| outlets().by_domain(host)) {
        signs.push(Sign {
            class: Class::First,
            named: Some(Named::Known(outlet)),
            place: Place::Head,
        });
    }
}

/// Weighs the signs.
fn judge(article: &Article, around: &Surroundings, signs: &[Sign]) -> Option<Origin> {
    let translated = signs.iter().any(|sign| sign.class == Class::Translated);
    let is_foreign = |sign: &&Sign| match &sign.named {
        Some(Named::Known(outlet)) => {
            around.page.is_none_or(|page| !outlets().same_house(page, outlet))
                && !is_page_name(outlet, around)
        }
        Some(Named::Other(name)) => around.page_name.is_none_or(|page| fold(page) != fold(name)),
        Some(Named::Agencies) => true,
        None => false,
    };
    let tells =
        |sign: &&Sign| !matches!(sign.class, Class::Helped | Class::Copyright | Class::Translated);
    let mut foreign: Vec<&Sign> = signs.iter().filter(is_foreign).filter(tells).collect();
    // An agency among the sources of a story with its own authors has helped; only its dateline makes the story its own.
    if around.has_authors && around.page_name.is_some() {
        foreign.retain(|sign| {
            !matches!(sign.class, Class::Name | Class::Signoff)
                || matches!(sign.place, Place::Furniture(_))
        });
    }
    foreign.sort_by_key(|sign| strength(sign));
    if let Some(first) = foreign.first() {
        return Some(taken_over(article, around, signs, &foreign, first, translated));
    }
    if translated {
        let named = signs.iter().find_map(|sign| sign.named.as_ref());
        let outlet = named.and_then(name_of).or_else(|| around.page_name.map(ToString::to_string));
        return Some(origin(
            OriginKind::Translated,
            outlet,
            signs.iter().filter(|s| s.class == Class::Translated),
        ));
    }
    own(article, around, signs)
}

fn is_page_name(outlet: &Outlet, around: &Surroundings) -> bool {
    around
        .page_name
        .is_some_and(|name| outlets().all_by_name(name).iter().any(|other| other.id == outlet.id))
}

/// How much a sign says, the most first.
fn strength(sign: &Sign) -> u8 {
    let unnamed = u8::from(matches!(sign.named, Some(Named::Agencies))) * 10;
    unnamed
        + match sign.class {
            Class::First | Class::Source => 0,
            Class::House => 1,
            Class::Dateline => 2,
            Class::Credit => 3,
            Class::Name => 4,
            _ => 5,
        }
}

/// The report of another outlet: through the wire, in translation, or taken over.
fn taken_over(
    article: &Article,
    around: &Surroundings,
    signs: &[Sign],
    foreign: &[&Sign],
    first: &Sign,
    translated: bool,
) -> Origin {
    let outlet = first.named.as_ref().and_then(name_of);
    let of_same = |sign: &&&Sign| sign.named.as_ref().and_then(name_of) == outlet;
    let mut evidence: Vec<&Sign> = foreign.iter().filter(of_same).copied().collect();
    let known = match first.named {
        Some(Named::Known(outlet)) => Some(outlet),
        _ => None,
    };
    let is_wire =
        matches!(first.named, Some(Named::Agencies)) || known.is_some_and(Outlet::is_agency);
    let by_machine = looks_machine_translated(&article.document.text, around.language)
        && known.is_some_and(|outlet| !is_of_arab_world(outlet));
    let kind = if translated || by_machine {
        evidence.extend(signs.iter().filter(|sign| sign.class == Class::Translated));
        OriginKind::Translated
    } else if is_wire {
        OriginKind::Wire
    } else if around.page_name.is_none() && !has_foreign_frame(article, around) {
        // A text without a page around it that bears one outlet's mark is that outlet's report as far as anyone can see.
        OriginKind::Own
    } else {
        OriginKind::Republished
    };
    origin(kind, outlet, evidence.into_iter())
}

/// Whether the frame around the text is another site's: a comment form or links that an outlet's own text would lack
/// when it is handed on without its page.
fn has_foreign_frame(article: &Article, around: &Surroundings) -> bool {
    let arabic = around.language == Some("ar");
    article.document.furniture.iter().any(|piece| match piece.kind {
        FurnitureKind::CommentForm => true,
        FurnitureKind::RelatedLink => {
            arabic && piece.text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic())
        }
        _ => false,
    })
}

fn is_of_arab_world(outlet: &Outlet) -> bool {
    const ARAB_STATES: &[&str] = &[
        "DZA", "BHR", "COM", "DJI", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MRT", "MAR", "OMN",
        "PSE", "QAT", "SAU", "SOM", "SDN", "SYR", "TUN", "ARE", "YEM",
    ];
    ARAB_STATES.contains(&outlet.country)
}

/// Whether an Arabic text has the marks of a translating machine: commas set apart from the word before them, as no
/// Arabic typist sets them, nearly throughout.
fn looks_machine_translated(text: &str, language: Option<&str>) -> bool {
    if language != Some("ar") {
        return false;
    }
    let all = text.matches('،').count();
    let apart = text.matches(" ،").count();
    all >= 5 && apart * 5 >= all * 3
}

/// The outlet's own report, if anything says so.
fn own(article: &Article, around: &Surroundings, signs: &[Sign]) -> Option<Origin> {
    let page = around.page_name?;
    if around.page.is_some_and(|outlet| outlet.kind == OutletKind::Aggregator) {
        return None;
    }
    let telling: Vec<&Sign> = signs
        .iter()
        .filter(|sign| !matches!(sign.class, Class::Helped | Class::Copyright))
        .collect();
    let byline =
        article.document.furniture.iter().position(|piece| piece.kind == FurnitureKind::Byline);
    let told = around.page.is_some() || around.has_authors || !telling.is_empty();
    if !told {
        return None;
    }
    let mut result = origin(OriginKind::Own, Some(page.to_string()), telling.into_iter());
    if around.has_authors
        && result.evidence.is_empty()
        && let Some(index) = byline.and_then(|index| u32::try_from(index).ok())
        && !result.evidence_furniture.contains(&index)
    {
        result.evidence_furniture.push(index);
        result.evidence_furniture.sort_unstable();
    }
    Some(result)
}

fn name_of(named: &Named) -> Option<String> {
    match named {
        Named::Known(outlet) => Some(outlet.name_en.to_string()),
        Named::Other(name) => Some(name.clone()),
        Named::Agencies => None,
    }
}

fn origin<'s>(
    kind: OriginKind,
    outlet: Option<String>,
    signs: impl Iterator<Item = &'s Sign>,
) -> Origin {
    let mut result = Origin { kind, outlet, evidence: Vec::new(), evidence_furniture: Vec::new() };
    for sign in signs {
        match &sign.place {
            Place::Text(range) => result.evidence.push(TextRange::from(range.clone())),
            Place::Furniture(index) => result.evidence_furniture.push(*index),
            Place::Head => {}
        }
    }
    result.evidence.sort();
    result.evidence.dedup();
    result.evidence_furniture.sort_unstable();
    result.evidence_furniture.dedup();
    result
}
