//! Whatever is asked for, the atlas answers without a fault, and every entry finds itself.

use khabar_atlas::{Atlas, Entry, EntryKind, Hit};
use khabar_fold::{Fold, fold};
use proptest::prelude::*;

fn keys(text: &str) -> Vec<String> {
    fold(text, Fold::KEY).split_whitespace().map(str::to_owned).collect()
}

fn longest(keys: &[String]) -> Option<(usize, Vec<Hit>)> {
    let words: Vec<&str> = keys.iter().map(String::as_str).collect();
    let found = Atlas::get().longest_at(&words)?;
    Some((found.words, found.hits().collect()))
}

#[test]
fn every_entry_is_found_by_its_own_names() {
    for kind in [
        EntryKind::State,
        EntryKind::Person,
        EntryKind::Organization,
        EntryKind::Seat,
        EntryKind::Role,
        EntryKind::Place,
    ] {
        let mut count = 0;
        for entry in Atlas::get().entries(kind) {
            let names = [entry.name("en"), entry.name("ar")];
            assert!(names.iter().any(Option::is_some), "{entry:?} has no name");
            // What stands behind a comma tells a place from its namesakes and is no part of its name in a text.
            let plain = |name: &&str| !name.contains([',', '،']);
            for name in names.into_iter().flatten().filter(plain) {
                let mut bearers = Atlas::get().named(name);
                assert!(bearers.any(|hit| hit.entry == entry), "{entry:?} is not found as {name}");
            }
            count += 1;
        }
        assert!(count > 0, "no {kind:?}");
    }
}

#[test]
fn entries_of_lists_have_both_languages() {
    for kind in [EntryKind::State, EntryKind::Person, EntryKind::Organization, EntryKind::Seat] {
        for entry in Atlas::get().entries(kind) {
            assert!(entry.name("en").is_some() && entry.name("ar").is_some(), "{entry:?}");
            let id = entry.id().unwrap();
            assert_eq!(Atlas::get().entry_of(kind, id), Some(entry), "{id}");
        }
    }
}

#[test]
fn places_lie_on_the_globe_and_in_states() {
    for entry in Atlas::get().entries(EntryKind::Place) {
        let (lat, lon) = entry.coordinates().unwrap();
        assert!(lat.abs() <= 90.0 && lon.abs() <= 180.0, "{entry:?} {lat} {lon}");
        assert!(entry.country().is_none_or(|code| Atlas::get().state(code).is_some()), "{entry:?}");
        assert!(entry.place_kind().is_some());
    }
}

#[test]
fn states_have_their_capitals_on_the_map() {
    let with_capital = Atlas::get()
        .entries(EntryKind::State)
        .filter(|state| state.successor().is_none())
        .filter(|state| state.capital().is_some())
        .count();
    assert!(with_capital >= 190, "{with_capital}");
}

#[test]
fn the_longest_name_is_found_inside_a_sentence() {
    let keys = keys("the foreign minister of the United Arab Emirates said");
    let (words, hits) = longest(&keys[5..]).unwrap();
    assert_eq!(words, 3);
    assert_eq!(hits[0].entry.id(), Some("ARE"));
}

#[test]
fn spelling_does_not_matter() {
    let one =
        |name: &str| -> Vec<Entry> { Atlas::get().named(name).map(|hit| hit.entry).collect() };
    for (a, b) in [
        ("عبد الله", "عبدالله"),
        ("أبو ظبي", "ابوظبي"),
        ("أديس أبابا", "اديس ابابا"),
        ("Türkiye", "Turkiye"),
        ("Sana'a", "Sanaa"),
        ("São Paulo", "Sao Paulo"),
        ("St Petersburg", "Saint Petersburg"),
        ("غوتنغن", "جوتنجن"),
    ] {
        let (a_hits, b_hits) = (one(a), one(b));
        assert!(a_hits == b_hits || a_hits.iter().any(|entry| b_hits.contains(entry)), "{a} {b}");
    }
}

proptest! {
    #[test]
    fn any_words_may_be_asked_for(words in prop::collection::vec("\\PC{0,12}", 0..20)) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut longer = usize::MAX;
        for found in Atlas::get().matches_at(&words) {
            prop_assert!(found.words > 0 && found.words <= words.len() && found.words < longer);
            longer = found.words;
            prop_assert!(found.hits().next().is_some());
        }
    }

    #[test]
    fn a_found_name_is_the_same_name_when_asked_for_as_a_whole(
        state in 0..200_usize, behind in "[a-z]{1,6}",
    ) {
        let entry = Atlas::get().entries(EntryKind::State).nth(state).unwrap();
        let name = entry.name("en").unwrap();
        let mut words = keys(name);
        words.push(behind);
        let (count, _) = longest(&words).unwrap();
        let whole: String = words[..count.min(words.len())].join(" ");
        prop_assert!(Atlas::get().named(&whole).next().is_some());
    }
}
