//! The day of publication, with its source, or none.
//!
//! A wrong day poisons every time expression of the article, so a day is believed only as far as its source goes, and
//! sources are held against each other. JSON-LD and `meta` are best; but templates put the day of the last change there,
//! or the first of January for "some time that year", or the day on which an archive was moved. The address mostly keeps
//! the day on which the story was made. What readers see under the headline decides between them. Where the page
//! contradicts itself and nothing decides, there is no day.

use jiff::Span;
use jiff::civil::Date;
use khabar_record::{DateSource, Furniture, FurnitureKind};

use super::Hints;
use super::dates::{Found, Order, in_text, machine};
use super::facts::Facts;
use super::flags::Flags;
use super::keys::{self, Field};
use super::labels::{self, Label};
use super::path_date::{PathDate, in_url};
use super::publisher::Publisher;

/// How far below the headline a visible date may stand, in lines.
const BELOW: usize = 30;
/// How far above it.
const ABOVE: usize = 10;
/// Two days this near are one day in two time zones.
const SAME: i32 = 1;
/// Readers may be shown a day this long after the address was made, when nothing else says which is right.
const SHOWN_LATER: i32 = 3;
/// A story may be prepared, and its address made, this long before it is published.
const PREPARED: i32 = 30;

/// A day that some part of the page gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Candidate {
    date: Date,
    source: DateSource,
    /// A time of day other than midnight stands with it.
    has_time: bool,
}

/// Everything the page says about days.
#[derive(Debug, Default)]
struct Evidence {
    /// From JSON-LD, `meta`, `time`: best first.
    told: Vec<Candidate>,
    modified: Option<Date>,
    path: Option<PathDate>,
    visible: Vec<Candidate>,
}

/// Chooses the day of publication.
pub(crate) fn choose(
    facts: &Facts,
    furniture: &[Furniture],
    hints: &Hints,
    publisher: &Publisher,
    language: Option<&str>,
) -> Option<(Date, DateSource)> {
    if let Some(date) = hints.published {
        return Some((date, DateSource::Given));
    }
    let evidence = gather(facts, furniture, hints, order_of(publisher, language));
    decide(&evidence)
}

/// In which order the outlet's land writes days and months.
fn order_of(publisher: &Publisher, language: Option<&str>) -> Order {
    let country = publisher.known.map(|outlet| outlet.country);
    match (country, language) {
        (Some("USA" | "PHL"), Some("en")) => Order::MonthFirst,
        (Some("CAN" | "INT"), _) | (None, Some("en") | None) => Order::Unknown,
        _ => Order::DayFirst,
    }
}

fn gather(facts: &Facts, furniture: &[Furniture], hints: &Hints, order: Order) -> Evidence {
    let mut evidence = Evidence::default();
    let mut tell = |value: &str, source: DateSource| {
        if let Some((date, has_time)) = machine(value) {
            evidence.told.push(Candidate { date, source, has_time });
        }
    };
    let articles = || facts.nodes.iter().filter(|node| node.rank < 5);
    for node in articles().take(3) {
        let value = node.published.as_deref().or(node.created.as_deref());
        if let Some(value) = value {
            tell(value, DateSource::JsonLd);
        }
    }
    for value in keys::values(facts, Field::Published).into_iter().take(6) {
        tell(value, DateSource::Meta);
    }
    for mark in
        facts.times.iter().filter(|mark| mark.explicit && !mark.flags.has(Flags::UPDATED)).take(3)
    {
        tell(if mark.value.is_empty() { &mark.text } else { &mark.value }, DateSource::TimeElement);
    }
    // A page's own node is heard last: its day is often that of the template.
    for node in facts.nodes.iter().filter(|node| node.rank == 5).take(1) {
        node.published.iter().for_each(|value| tell(value, DateSource::JsonLd));
    }
    let modified = articles().find_map(|node| node.modified.as_deref());
    evidence.modified = modified
        .and_then(machine)
        .or_else(|| keys::values(facts, Field::Modified).into_iter().find_map(machine))
        .map(|(date, _)| date);
    let mut addresses = [hints.url, facts.canonical.as_deref()]
        .into_iter()
        .flatten()
        .chain(keys::values(facts, Field::Url).into_iter().take(1));
    evidence.path = addresses.find_map(in_url);
    evidence.visible = visible(facts, furniture, order);
    evidence
}

/// The days that readers see near the headline, the most likely first.
fn visible(facts: &Facts, furniture: &[Furniture], order: Order) -> Vec<Candidate> {
    let mut found = Vec::new();
    if let Some(headline) = facts.headline_at {
        for (distance, mark) in time_elements(facts, headline) {
            let value =
                if mark.value.is_empty() { mark.text.as_str() } else { mark.value.as_str() };
            if let Some((date, has_time)) = machine(value) {
                found.push((
                    distance,
                    Candidate { date, source: DateSource::TimeElement, has_time },
                ));
            }
        }
        let first = headline.saturating_sub(ABOVE);
        let last = (headline + BELOW).min(facts.lines.len());
        for index in first..last {
            let line = &facts.lines[index];
            if index == headline || line.flags.has(Flags::OUTSIDE) || line.text.len() > 240 {
                continue;
            }
            let above = index < headline;
            let distance = if above { 2 * (headline - index) } else { index - headline };
            for day in labelled_days(&line.text, order, above, line.flags) {
                let candidate = Candidate {
                    date: day.date,
                    source: DateSource::Visible,
                    has_time: day.has_time,
                };
                found.push((distance, candidate));
            }
        }
    }
    found.sort_by_key(|(distance, _)| *distance);
    let mut found: Vec<Candidate> = found.into_iter().map(|(_, candidate)| candidate).collect();
    for piece in furniture
        .iter()
        .filter(|piece| matches!(piece.kind, FurnitureKind::DateLine | FurnitureKind::Byline))
    {
        for day in labelled_days(&piece.text, order, false, Flags::DATE) {
            found.push(Candidate {
                date: day.date,
                source: DateSource::Visible,
                has_time: day.has_time,
            });
        }
    }
    found
}

fn time_elements(
    facts: &Facts,
    headline: usize,
) -> impl Iterator<Item = (usize, &super::facts::TimeMark)> {
    let near = headline.saturating_sub(ABOVE)..headline + BELOW;
    facts
        .times
        .iter()
        .filter(move |mark| {
            near.contains(&mark.line)
                && !mark.flags.has(Flags::OUTSIDE)
                && !mark.flags.has(Flags::UPDATED)
        })
        .map(move |mark| (mark.line.abs_diff(headline), mark))
}

/// The days of a line that may be the day of publication: behind a label that says so, in an element for dates, or alone
/// in their line; never behind a label for later changes, and above the headline, where mastheads show the day on which
/// the page was fetched, only with a label.
fn labelled_days(line: &str, order: Order, above: bool, flags: Flags) -> Vec<Found> {
    let days = in_text(line, order);
    if days.is_empty() {
        return days;
    }
    let mut start = 0;
    let mut kept = Vec::new();
    for day in days {
        let label = labels::before(&line[start..day.range.start]);
        start = day.range.end;
        let alone = line.chars().count() < 90;
        let fits = match label {
            Some(Label::Published) => true,
            Some(Label::Updated) => false,
            None => {
                !above
                    && (flags.has(Flags::DATE) || alone)
                    && !flags.has(Flags::CAPTION)
                    && !flags.has(Flags::UPDATED)
            }
        };
        if fits {
            kept.push(day);
        }
    }
    kept
}

fn apart(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span: Span| span.get_days().abs())
}

impl Evidence {
    /// How many independent parts of the page speak for a day.
    fn support(&self, date: Date, not: DateSource) -> usize {
        let mut sources: Vec<DateSource> = self
            .told
            .iter()
            .chain(self.visible.first())
            .filter(|other| other.source != not && apart(other.date, date) <= SAME)
            .map(|other| other.source)
            .collect();
        sources.sort();
        sources.dedup();
        let path = match self.path {
            Some(PathDate::Day(day)) => apart(day, date) <= SAME,
            Some(PathDate::Month(year, month)) => (date.year(), date.month()) == (year, month),
            None => false,
        };
        sources.len() + usize::from(path)
    }

    /// Whether a day looks like a template's filler: the first of January, without a time of day.
    fn is_filler(&self, candidate: Candidate) -> bool {
        let first = candidate.date.month() == 1 && candidate.date.day() == 1;
        let epoch = candidate.date.year() <= 1970 && first;
        epoch
            || (first && !candidate.has_time && self.support(candidate.date, candidate.source) == 0)
    }

    /// Whether a day contradicts what is sure: it lies after the last change.
    fn is_late(&self, date: Date) -> bool {
        self.modified.is_some_and(|modified| date > modified && apart(date, modified) > SAME)
    }
}

fn decide(evidence: &Evidence) -> Option<(Date, DateSource)> {
    let sound: Vec<Candidate> =
        evidence.told.iter().filter(|c| !evidence.is_filler(**c)).copied().collect();
    let path = match evidence.path {
        Some(PathDate::Day(day)) => Some(day),
        _ => None,
    };
    let Some(best) = sound.first().copied() else {
        return undeclared(evidence, path);
    };
    let rivals: Vec<Candidate> =
        sound.iter().filter(|c| apart(c.date, best.date) > SAME).copied().collect();
    let mut chosen = best;
    for rival in rivals {
        if prefer(evidence, rival, chosen) {
            chosen = rival;
        }
    }
    if let Some(day) = path
        && apart(day, chosen.date) > SAME
    {
        return Some(against_path(evidence, chosen, day));
    }
    Some((chosen.date, chosen.source))
}

/// Whether `rival` is to be believed over `chosen`, both declared by the page.
fn prefer(evidence: &Evidence, rival: Candidate, chosen: Candidate) -> bool {
    let weight = |c: Candidate| evidence.support(c.date, c.source);
    let (a, b) = (weight(rival), weight(chosen));
    if a != b {
        return a > b;
    }
    // A change is put in the place of the publication more often than the other way round.
    evidence.modified == Some(chosen.date) && rival.date < chosen.date
}

/// Weighs a declared day against another one in the address.
fn against_path(evidence: &Evidence, declared: Candidate, path: Date) -> (Date, DateSource) {
    let seen = |date: Date| evidence.visible.iter().take(2).any(|c| apart(c.date, date) <= SAME);
    let days = apart(path, declared.date);
    let is_change =
        evidence.modified.is_some_and(|modified| apart(modified, declared.date) <= SAME);
    if seen(path) && !seen(declared.date) {
        return (path, DateSource::Url);
    }
    // An address is made when the story is, so a somewhat later publication is no contradiction, and an earlier one is
    // the page's own word against a number in a path.
    if declared.date < path
        || days <= PREPARED
        || seen(declared.date)
        || evidence.support(declared.date, declared.source) > 0
    {
        let moved = is_change && days > 2 && declared.date > path && !seen(declared.date);
        return if moved { (path, DateSource::Url) } else { (declared.date, declared.source) };
    }
    (path, DateSource::Url)
}

/// Chooses when the page declares no day: the address, or what readers see.
fn undeclared(evidence: &Evidence, path: Option<Date>) -> Option<(Date, DateSource)> {
    let shown = evidence.visible.first().copied();
    if let Some(day) = path {
        return match shown {
            // Both are there and differ: the one that readers see, if it follows the making of the address closely.
            Some(seen)
                if apart(seen.date, day) > SAME
                    && seen.date > day
                    && apart(seen.date, day) <= SHOWN_LATER =>
            {
                Some((seen.date, seen.source))
            }
            _ => Some((day, DateSource::Url)),
        };
    }
    let seen = shown?;
    if evidence.is_late(seen.date) {
        return None;
    }
    if let Some(PathDate::Month(year, month)) = evidence.path {
        let fits = |c: &&Candidate| (c.date.year(), c.date.month()) == (year, month);
        return evidence.visible.iter().find(fits).map(|c| (c.date, c.source));
    }
    let filler = seen.date.month() == 1
        && seen.date.day() == 1
        && seen.source == DateSource::TimeElement
        && !seen.has_time;
    (!filler).then_some((seen.date, seen.source))
}
