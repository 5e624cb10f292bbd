//! What is known about an article besides its text: title, authors, outlet, address, day, language, origin.
//!
//! Everything behind this step leans on it: a wrong day moves every "yesterday", a side bar's author becomes a person who
//! wrote this, an agency's dispatch counts as ten reports. Pages say these things in many places and contradict
//! themselves, so [`facts`] collects all that is said, and one module a question weighs it. A question that the page
//! doesn't answer well enough stays open.

pub(crate) mod authors;
pub(crate) mod dates;
pub(crate) mod facts;
pub(crate) mod flags;
pub(crate) mod json_ld;
pub(crate) mod keys;
pub(crate) mod labels;
pub(crate) mod language;
pub(crate) mod names;
pub(crate) mod path_date;
pub(crate) mod published;
pub(crate) mod publisher;
pub(crate) mod table;
#[cfg(test)]
mod tests;
pub(crate) mod title;
pub(crate) mod words;

use jiff::civil::Date;
use khabar_record::{Article, PublishedTime};
use scraper::Html;

use self::facts::Facts;
use self::json_ld::AgentKind;
use self::keys::Field;
use self::publisher::Publisher;
use crate::origin::{self, Surroundings};

/// What came with the input and is believed before the page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hints<'a> {
    pub(crate) url: Option<&'a str>,
    pub(crate) published: Option<Date>,
    pub(crate) published_time: Option<PublishedTime>,
    pub(crate) language: Option<&'a str>,
    pub(crate) outlet: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
}

/// Fills in what the page says about its article, whose text, blocks and furniture are there already.
pub(crate) fn complete(article: &mut Article, html: Option<&str>, hints: &Hints) {
    match html {
        Some(html) => complete_page(article, &Html::parse_document(html), hints),
        None => complete_with(article, &Facts::default(), hints),
    }
}

/// The same for a page that is parsed already.
pub(crate) fn complete_page(article: &mut Article, html: &Html, hints: &Hints) {
    complete_with(article, &Facts::collect(html), hints);
}

fn complete_with(article: &mut Article, facts: &Facts, hints: &Hints) {
    let publisher = Publisher::find(facts, hints);
    let document = &mut article.document;
    let claimed = facts
        .language
        .as_deref()
        .or_else(|| facts.nodes.iter().find_map(|node| node.language.as_deref()))
        .or_else(|| keys::values(facts, Field::Language).first().copied());
    let title =
        hints.title.and_then(title::clean).or_else(|| title::choose(facts, &publisher.names));
    if title.is_some() {
        document.title = title;
    }
    document.language = hints.language.and_then(language::normalize).or_else(|| {
        let short = document.text.chars().count() < 80;
        let words = if short {
            format!("{} {}", document.title.as_deref().unwrap_or_default(), document.text)
        } else {
            String::new()
        };
        language::detect(if short { &words } else { &document.text }, claimed)
    });
    document.byline = authors::choose(facts, &document.furniture, &publisher.names);
    document.url = publisher::canonical(facts, hints);
    document.outlet.clone_from(&publisher.name);
    let day = published::choose(
        facts,
        &document.furniture,
        hints,
        &publisher,
        document.language.as_deref(),
    );
    document.published = day.map(|(date, _)| date);
    document.published_time = hints.published_time;
    document.published_from = day.map(|(_, source)| source);
    article.document.origin = find_origin(article, facts, hints, &publisher);
}

fn find_origin(
    article: &Article,
    facts: &Facts,
    hints: &Hints,
    publisher: &Publisher,
) -> Option<khabar_record::Origin> {
    let mut credited: Vec<String> = Vec::new();
    let node = facts.nodes.iter().find(|node| node.rank < 4 && !node.authors.is_empty());
    for agent in node.iter().flat_map(|node| &node.authors) {
        if agent.kind != AgentKind::Person || !article.document.byline.contains(&agent.name) {
            credited.push(agent.name.clone());
        }
    }
    credited
        .extend(keys::values(facts, Field::Author).into_iter().take(4).map(ToString::to_string));
    let source =
        facts.nodes.iter().filter(|node| node.rank < 4).find_map(|node| node.source.as_deref());
    let declared = source.or_else(|| keys::values(facts, Field::Source).first().copied());
    let read_from = hints.url.and_then(publisher::host_of);
    let canonical = facts.canonical.as_deref().and_then(publisher::host_of);
    let foreign = match (&read_from, &canonical) {
        (Some(from), Some(to)) if !publisher::same_site(from, to) => Some(to.as_str()),
        _ => None,
    };
    let around = Surroundings {
        page_name: publisher.name.as_deref(),
        page: publisher.known,
        credited: &credited,
        declared_source: declared,
        foreign_host: foreign,
        has_authors: !article.document.byline.is_empty(),
        language: article.document.language.as_deref(),
    };
    origin::find(article, &around)
}

/// Entries for fuzzing: each takes any bytes and must return.
pub(crate) mod fuzz {
    use khabar_record::Article;

    /// Reads bytes as a JSON-LD script.
    pub fn json_ld(bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        if let Some(value) = super::json_ld::parse(&text) {
            super::json_ld::nodes(&[value]);
        }
    }

    /// Reads bytes as a date, in every way that dates are read.
    ///
    /// # Panics
    /// If a date that was found lies across a character, which is what the fuzzer looks for.
    pub fn date(bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        super::dates::machine(&text);
        super::path_date::in_url(&text);
        for found in super::dates::in_text(&text, super::dates::Order::DayFirst) {
            assert!(text.get(found.range).is_some(), "a date lies on character boundaries");
        }
    }

    /// Reads bytes as a byline and as a credit line.
    pub fn names(bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        super::names::persons(&text, super::names::Trust::Authors, &[]);
        crate::origin::credited_names(&text);
    }

    /// Reads bytes as a page.
    pub fn page(bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        super::complete(&mut Article::default(), Some(&text), &super::Hints::default());
    }
}
