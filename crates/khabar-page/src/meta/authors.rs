//! Choosing the authors among what the page offers.

use khabar_record::{Furniture, FurnitureKind};

use super::facts::Facts;
use super::json_ld::AgentKind;
use super::keys::{self, Field};
use super::names::{Trust, has_label, persons};
use super::words::fold;
use crate::origin;

/// How far above and below the headline a byline may stand, in lines.
const ABOVE: usize = 12;
const BELOW: usize = 40;

/// Names the authors. `sites` are the folded names of the outlet, which is nobody's name.
pub(crate) fn choose(facts: &Facts, furniture: &[Furniture], sites: &[String]) -> Vec<String> {
    let seen = visible(facts, furniture, sites);
    let told = told(facts, seen.as_deref(), sites);
    match (told, seen) {
        // The page's head often names the first author alone; the line that readers see has them all.
        (told, Some(seen))
            if !told.is_empty() && told.len() < seen.len() && covers(&seen, &told) =>
        {
            seen
        }
        (told, _) if !told.is_empty() => told,
        (_, Some(seen)) => seen,
        (_, None) => credited(furniture, sites),
    }
}

fn covers(all: &[String], some: &[String]) -> bool {
    let all: Vec<String> = all.iter().map(|name| fold(name)).collect();
    some.iter().all(|name| all.contains(&fold(name)))
}

/// What the page tells machines: JSON-LD first, then the `meta` elements.
fn told(facts: &Facts, seen: Option<&[String]>, sites: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    let node = facts.nodes.iter().find(|node| node.rank < 5 && !node.authors.is_empty());
    for agent in node.iter().flat_map(|node| &node.authors) {
        let trust = if agent.kind == AgentKind::Person { Trust::Person } else { Trust::Authors };
        let found = persons(&agent.name, trust, sites);
        // Templates call every author an organisation; readers are told that it is one by the byline.
        let shown =
            |name: &String| seen.is_some_and(|seen| covers(seen, std::slice::from_ref(name)));
        let told: Vec<String> = found
            .into_iter()
            .filter(|name| agent.kind != AgentKind::Organization || shown(name))
            .collect();
        add(&mut names, told);
    }
    if names.is_empty() {
        for value in keys::values(facts, Field::Author) {
            if value.contains("://") || value.starts_with('@') {
                continue;
            }
            let found = persons(value, Trust::Authors, sites);
            let more = names.is_empty() || !covers(&names, &found);
            if more && names.len() < 8 && (names.is_empty() || same_key(facts, value)) {
                add(&mut names, found);
            }
        }
    }
    names
}

/// Whether several `meta` elements with the key of this value name one author each.
fn same_key(facts: &Facts, value: &str) -> bool {
    facts
        .meta
        .iter()
        .find(|(_, content)| content == value)
        .is_some_and(|(key, _)| facts.meta_of(key).count() > 1)
}

fn add(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        let folded = fold(&name);
        if !names.iter().any(|other| fold(other) == folded) {
            names.push(name);
        }
    }
}

/// What readers see: elements marked as authors near the headline, lines that begin with "By", and the byline that the
/// text lost as furniture.
fn visible(facts: &Facts, furniture: &[Furniture], sites: &[String]) -> Option<Vec<String>> {
    let headline = facts.headline_at.unwrap_or(0);
    let near = headline.saturating_sub(ABOVE)..headline + BELOW;
    let marks = || facts.authors.iter().filter(|mark| !mark.outside && near.contains(&mark.line));
    let mut names = Vec::new();
    for mark in marks().filter(|mark| mark.explicit) {
        add(&mut names, persons(&mark.text, Trust::Authors, sites));
    }
    let mut best = Vec::new();
    for mark in marks().filter(|mark| !mark.explicit) {
        let found = persons(&mark.text, Trust::Authors, sites);
        if found.len() > best.len() {
            best = found;
        }
    }
    if names.is_empty() || (best.len() > names.len() && covers(&best, &names)) {
        names = best;
    }
    if names.is_empty() {
        let lines = facts.lines.iter().enumerate().filter(|(index, _)| near.contains(index));
        let found = lines
            .filter(|(_, line)| line.text.len() < 200 && has_label(&line.text))
            .map(|(_, line)| persons(&line.text, Trust::Line, sites))
            .find(|found| !found.is_empty());
        names = found.unwrap_or_default();
    }
    if names.is_empty() {
        let bylines = furniture.iter().filter(|piece| piece.kind == FurnitureKind::Byline);
        for piece in bylines {
            add(&mut names, persons(&piece.text, Trust::Authors, sites));
        }
    }
    (!names.is_empty()).then_some(names)
}

/// Names in credit lines, when nothing else names anyone.
fn credited(furniture: &[Furniture], sites: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    for piece in furniture.iter().filter(|piece| piece.kind == FurnitureKind::Credit) {
        for words in origin::credited_names(&piece.text) {
            add(&mut names, persons(&words, Trust::Authors, sites));
        }
    }
    names
}
