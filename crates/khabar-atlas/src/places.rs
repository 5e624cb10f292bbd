//! Which of several places of one name is meant.
//!
//! There are dozens of Springfields and three Tripolis worth the name. Three things tell them apart, in this order: what
//! the words say themselves ("Paris, Texas", طرابلس اللبنانية), which other places and states the document speaks of, and how
//! big a place is, since a report that gives no hint means the one that everybody knows.
//!
//! All toponyms of a document are weighed together. Each is first given its biggest bearer; then each is asked again in
//! the light of what the others now are, until nothing changes. Small places, other spellings and names that are words
//! as well count only when something speaks for them.

use std::collections::BTreeMap;

use crate::atlas::{Hit, Sense};
use crate::entry::{Entry, EntryKind, PlaceKind};

/// The place names of one document, in the order of the text, with the hints that bear on all of them.
#[derive(Clone, Debug, Default)]
pub struct Toponyms {
    names: Vec<Toponym>,
    hints: BTreeMap<&'static str, f64>,
    home: Option<Entry>,
}

#[derive(Clone, Debug)]
struct Toponym {
    candidates: Vec<Candidate>,
    /// How often the document names it.
    weight: f64,
    /// The toponym that follows behind a comma, or the state that an adjective names.
    within: Option<Within>,
}

#[derive(Clone, Copy, Debug)]
enum Within {
    Toponym(usize),
    Country(&'static str),
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    hit: Hit,
    place: (f64, f64),
    country: Option<&'static str>,
    division: u16,
    prior: f64,
}

/// A place that a toponym was resolved to.
#[derive(Clone, Copy, Debug)]
pub struct Resolved {
    /// The bearer of the name.
    pub hit: Hit,
    /// What speaks for it beyond its size; with nothing (0), an ambiguous or minor name had better not be taken for a place.
    pub support: f64,
}

/// At most so many bearers of a name are weighed, the biggest ones.
const MOST_CANDIDATES: usize = 40;
/// The toponyms settle in two or three rounds.
const ROUNDS: usize = 4;
/// What being a capital weighs beside the number of inhabitants.
const CAPITAL: f64 = 1.5;
/// Within this distance places speak for each other as neighbours.
const NEAR_KM: f64 = 150.0;

impl Toponyms {
    /// Makes an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells that the document names a state or its people, `times` often.
    pub fn hint(&mut self, state: Entry, times: usize) {
        if let Some(country) = state.country() {
            *self.hints.entry(country).or_default() += times as f64;
        }
    }

    /// Tells where the report was written or its outlet is at home.
    pub fn home(&mut self, place: Entry) {
        self.home = Some(place);
    }

    /// Adds a name with its bearers and returns its number. Bearers that are no places or states don't count.
    pub fn add(&mut self, hits: impl IntoIterator<Item = Hit>) -> usize {
        let hits: Vec<Hit> = hits.into_iter().collect();
        // A capital may have more spellings in the list of states than in the list of towns.
        let capitals = hits.iter().filter(|hit| hit.sense == Sense::Capital).filter_map(|hit| {
            let mut town = *hit;
            (town.entry, town.sense) = (hit.entry.capital()?, Sense::Name);
            Some(town)
        });
        let mut candidates: Vec<Candidate> =
            hits.iter().copied().chain(capitals).filter_map(Candidate::new).collect();
        prefer_capitals(&hits, &mut candidates);
        candidates.sort_by(|a, b| b.prior.total_cmp(&a.prior).then(a.hit.entry.cmp(&b.hit.entry)));
        candidates.dedup_by_key(|candidate| candidate.hit.entry);
        candidates.truncate(MOST_CANDIDATES);
        prefer_parts(&mut candidates);
        self.names.push(Toponym { candidates, weight: 1.0, within: None });
        self.names.len() - 1
    }

    /// Tells that a name occurs once more.
    pub fn again(&mut self, toponym: usize) {
        if let Some(toponym) = self.names.get_mut(toponym) {
            toponym.weight += 1.0;
        }
    }

    /// Tells that the document says one name to lie in another: "Paris, Texas".
    pub fn within(&mut self, inner: usize, outer: usize) {
        if let Some(inner) = self.names.get_mut(inner) {
            inner.within = Some(Within::Toponym(outer));
        }
    }

    /// Tells that the document says a name to lie in a state: طرابلس اللبنانية.
    pub fn within_state(&mut self, inner: usize, state: Entry) {
        if let (Some(inner), Some(country)) = (self.names.get_mut(inner), state.country()) {
            inner.within = Some(Within::Country(country));
        }
    }

    /// Chooses a bearer for each name, in the order in which they were added.
    pub fn resolve(&self) -> Vec<Option<Resolved>> {
        let mut chosen: Vec<usize> = vec![0; self.names.len()];
        for _ in 0..ROUNDS {
            let evidence = self.evidence(&chosen);
            let next: Vec<usize> =
                (0..self.names.len()).map(|at| self.best(at, &chosen, &evidence)).collect();
            if next == chosen {
                break;
            }
            chosen = next;
        }
        let evidence = self.evidence(&chosen);
        (0..self.names.len())
            .map(|at| {
                let candidate = self.names[at].candidates.get(chosen[at])?;
                let support = self.support(at, candidate, &chosen, &evidence);
                Some(Resolved { hit: candidate.hit, support })
            })
            .collect()
    }

    /// How much the document speaks of each state, and of each division of it.
    fn evidence(&self, chosen: &[usize]) -> BTreeMap<(&'static str, u16), f64> {
        let mut evidence: BTreeMap<(&'static str, u16), f64> = BTreeMap::new();
        for (&country, &times) in &self.hints {
            *evidence.entry((country, 0)).or_default() += times;
        }
        for (name, &at) in self.names.iter().zip(chosen) {
            let Some(candidate) = name.candidates.get(at) else { continue };
            let Some(country) = candidate.country else { continue };
            // What is itself in doubt says little about others.
            let sure = if candidate.hit.minor || candidate.hit.ambiguous { 0.3 } else { 1.0 };
            let weight = sure * name.weight.min(3.0);
            *evidence.entry((country, 0)).or_default() += weight;
            if candidate.division > 0 {
                *evidence.entry((country, candidate.division)).or_default() += weight;
            }
        }
        if let Some(home) = self.home
            && let Some(country) = home.country()
        {
            *evidence.entry((country, 0)).or_default() += 2.0;
            if home.division() > 0 {
                *evidence.entry((country, home.division())).or_default() += 2.0;
            }
        }
        evidence
    }

    fn best(
        &self,
        at: usize,
        chosen: &[usize],
        evidence: &BTreeMap<(&'static str, u16), f64>,
    ) -> usize {
        let candidates = self.names[at].candidates.iter().enumerate();
        candidates
            .map(|(n, candidate)| {
                (candidate.prior + self.support(at, candidate, chosen, evidence), n)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .map_or(0, |(_, n)| n)
    }

    /// What speaks for a candidate beyond its size. The scale is that of the prior: 1 outweighs ten times the inhabitants.
    fn support(
        &self,
        at: usize,
        candidate: &Candidate,
        chosen: &[usize],
        evidence: &BTreeMap<(&'static str, u16), f64>,
    ) -> f64 {
        let name = &self.names[at];
        let mut support = 0.0;
        if let Some(within) = name.within {
            support += self.containment(candidate, within);
        }
        if let Some(country) = candidate.country {
            let own = name.candidates.get(chosen[at]);
            let same = |of: Option<&Candidate>, division: bool| {
                of.is_some_and(|own| {
                    own.country == Some(country)
                        && (!division || own.division == candidate.division)
                })
            };
            // The name itself is no evidence for its own choice.
            let own_weight = own.map_or(0.0, |own| {
                name.weight.min(3.0) * if own.hit.minor || own.hit.ambiguous { 0.3 } else { 1.0 }
            });
            let less =
                |weight: f64, same: bool| (weight - if same { own_weight } else { 0.0 }).max(0.0);
            let all: f64 =
                evidence.iter().filter(|((_, division), _)| *division == 0).map(|(_, w)| w).sum();
            let of_country =
                less(evidence.get(&(country, 0)).copied().unwrap_or(0.0), same(own, false));
            let all = (all - own_weight).max(1.0);
            support += 2.2 * (of_country / all).sqrt().min(1.0);
            if candidate.division > 0 {
                let key = (country, candidate.division);
                let of_division = less(evidence.get(&key).copied().unwrap_or(0.0), same(own, true));
                support += 1.6 * (of_division / all).sqrt().min(1.0);
            }
        }
        support + 1.2 * self.nearness(at, candidate, chosen)
    }

    fn containment(&self, candidate: &Candidate, within: Within) -> f64 {
        const CERTAIN: f64 = 6.0;
        match within {
            Within::Country(country) => {
                if candidate.country == Some(country) {
                    CERTAIN
                } else {
                    0.0
                }
            }
            Within::Toponym(outer) => {
                // Any bearer of the outer name will do: "Georgia" is the one in which there is an Athens.
                let fits = self.names.get(outer).is_some_and(|name| {
                    name.candidates.iter().any(|outer| candidate.lies_in(outer))
                });
                if fits { CERTAIN } else { 0.0 }
            }
        }
    }

    /// From 0 to 1: whether other places of the document lie near.
    fn nearness(&self, at: usize, candidate: &Candidate, chosen: &[usize]) -> f64 {
        let mut nearness = 0.0;
        for (other, name) in self.names.iter().enumerate() {
            if other == at || nearness > 1.0 {
                continue;
            }
            let Some(neighbour) = name.candidates.get(chosen[other]) else { continue };
            let same = neighbour.hit.entry == candidate.hit.entry;
            if same || neighbour.hit.entry.kind() == EntryKind::State {
                continue;
            }
            let away = kilometres(candidate.place, neighbour.place);
            nearness += (-away / NEAR_KM).exp() * 0.7;
        }
        if let Some(home) = self.home.and_then(Entry::coordinates) {
            nearness += (-kilometres(candidate.place, home) / NEAR_KM).exp();
        }
        nearness.min(1.0)
    }
}

/// Raises the towns of the states whose capital bears the name: Washington is a city first, and then a province.
fn prefer_capitals(hits: &[Hit], candidates: &mut [Candidate]) {
    let of_capital = |hit: &&Hit| hit.sense == Sense::Capital;
    let states: Vec<_> =
        hits.iter().filter(of_capital).filter_map(|hit| hit.entry.country()).collect();
    for candidate in candidates {
        let town = candidate.hit.entry.place_kind() == Some(PlaceKind::City);
        if town && candidate.country.is_some_and(|country| states.contains(&country)) {
            candidate.prior += CAPITAL;
        }
    }
}

/// Puts a part of a state that is also used for the whole before the state: England, and not the United Kingdom.
fn prefer_parts(candidates: &mut Vec<Candidate>) {
    let parts: Vec<Entry> = candidates
        .iter()
        .map(|candidate| candidate.hit.entry)
        .filter(|entry| entry.place_kind() == Some(PlaceKind::Province) && entry.id().is_some())
        .collect();
    candidates.retain(|candidate| {
        let state = candidate.hit.entry;
        state.kind() != EntryKind::State
            || !parts.iter().any(|part| {
                part.country() == state.country() && part.name("en") != state.name("en")
            })
    });
}

impl Candidate {
    fn new(hit: Hit) -> Option<Self> {
        let entry = hit.entry;
        let size = match (entry.kind(), hit.sense) {
            // A state outweighs any city of its name.
            (EntryKind::State, Sense::Name | Sense::Demonym) => 9.0,
            (EntryKind::Place, _) => {
                let people = f64::from(entry.population().max(1)).log10();
                match entry.place_kind()? {
                    PlaceKind::City | PlaceKind::Town | PlaceKind::Village => people.max(2.0),
                    PlaceKind::Province => (people - 0.3).max(4.0),
                    PlaceKind::District => 3.6,
                    // What our own list has, the news speaks of, however few live there.
                    _ => people.max(5.0),
                }
            }
            _ => return None,
        };
        let own = if entry.id().is_some() { 0.5 } else { 0.0 };
        let doubt = if hit.ambiguous { 1.0 } else { 0.0 };
        Some(Self {
            hit,
            place: entry.coordinates()?,
            country: entry.country(),
            division: entry.division(),
            prior: size + own - doubt,
        })
    }

    /// Whether it lies in another place: in a state, in a division, or near a bigger place.
    fn lies_in(&self, outer: &Self) -> bool {
        if self.hit.entry == outer.hit.entry {
            return false;
        }
        match (outer.hit.entry.kind(), outer.hit.entry.place_kind()) {
            (EntryKind::State, _) => self.country == outer.country,
            (_, Some(PlaceKind::Province | PlaceKind::Region)) => {
                self.country == outer.country
                    && self.division == outer.division
                    && outer.division > 0
            }
            _ => kilometres(self.place, outer.place) < 80.0,
        }
    }
}

/// The distance of two points on the globe.
pub fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (lat1, lat2) = (one.0.to_radians(), other.0.to_radians());
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(other.0 - one.0) + lat1.cos() * lat2.cos() * half(other.1 - one.1);
    12_742.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;

    /// Resolves names that follow each other in a text; `(inner, outer)` stand with a comma between.
    fn resolve(names: &[&str], within: &[(usize, usize)], states: &[&str]) -> Vec<String> {
        let mut toponyms = Toponyms::new();
        for state in states {
            toponyms.hint(Atlas::get().state(state).unwrap(), 2);
        }
        for name in names {
            toponyms.add(Atlas::get().named(name));
        }
        for &(inner, outer) in within {
            toponyms.within(inner, outer);
        }
        let found = toponyms.resolve().into_iter().map(|resolved| {
            let entry = resolved.unwrap().hit.entry;
            let (lat, lon) = entry.coordinates().unwrap();
            format!("{} {lat:.0} {lon:.0}", entry.country().unwrap_or("-"))
        });
        found.collect()
    }

    #[test]
    fn without_hints_the_one_that_everybody_knows_is_meant() {
        assert_eq!(resolve(&["Paris"], &[], &[]), ["FRA 49 2"]);
        assert_eq!(resolve(&["London"], &[], &[]), ["GBR 52 -0"]);
        assert_eq!(resolve(&["طرابلس"], &[], &[]), ["LBY 33 13"]);
    }

    #[test]
    fn the_words_themselves_come_first() {
        assert_eq!(resolve(&["Paris", "Texas"], &[(0, 1)], &["FRA"])[0], "USA 34 -96");
        assert_eq!(resolve(&["Athens", "Georgia"], &[(0, 1)], &[])[0], "USA 34 -83");
        assert_eq!(resolve(&["Alexandria", "Egypt"], &[(0, 1)], &["USA"])[0], "EGY 31 30");
    }

    #[test]
    fn states_and_neighbours_tell_namesakes_apart() {
        assert_eq!(resolve(&["طرابلس"], &[], &["LBN"]), ["LBN 34 36"]);
        assert_eq!(resolve(&["Tripoli", "Beirut", "Sidon"], &[], &["LBN"])[0], "LBN 34 36");
        assert_eq!(resolve(&["Alexandria", "Cairo", "Giza"], &[], &["EGY"])[0], "EGY 31 30");
        assert_eq!(resolve(&["Valencia", "Caracas", "Maracay"], &[], &["VEN"])[0], "VEN 10 -68");
    }

    #[test]
    fn the_order_of_the_bearers_does_not_matter() {
        let mut names = vec!["Paris", "Austin", "Dallas"];
        let one = resolve(&names, &[], &[]);
        names.reverse();
        let mut other = resolve(&names, &[], &[]);
        other.reverse();
        assert_eq!(one, other);
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        let away = kilometres((52.52, 13.405), (48.857, 2.352));
        assert!((away - 878.0).abs() < 5.0, "{away}");
        assert!(kilometres((0.0, 179.9), (0.0, -179.9)) < 30.0);
    }
}
