//! The atlas answers as the readers ask it.

use jiff::civil::date;
use khabar_atlas::{Atlas, Entry, EntryKind, PlaceKind, Sense};
use khabar_fold::{Fold, fold};

fn at(text: &str) -> (usize, Vec<(EntryKind, Sense, String)>) {
    let folded = fold(text, Fold::KEY);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let Some(found) = Atlas::get().longest_at(&words) else { return (0, Vec::new()) };
    let named = |entry: Entry| entry.name("en").or(entry.name("ar")).unwrap_or_default().to_owned();
    let hits = found.hits().map(|hit| (hit.entry.kind(), hit.sense, named(hit.entry)));
    (found.words, hits.collect())
}

#[test]
fn states_are_found_by_name_demonym_and_capital() {
    for (text, words, sense, code) in [
        ("Belarus said", 1, Sense::Name, "BLR"),
        ("United States of America", 4, Sense::Name, "USA"),
        ("South Korean troops", 2, Sense::Demonym, "KOR"),
        ("بيلاروسيا", 1, Sense::Name, "BLR"),
        ("الروسية", 1, Sense::Demonym, "RUS"),
        ("الكوريين الجنوبيين", 2, Sense::Demonym, "KOR"),
        ("Moscow", 1, Sense::Capital, "RUS"),
        ("واشنطن", 1, Sense::Capital, "USA"),
        ("البوسنة و الهرسك", 3, Sense::Name, "BIH"),
        ("البوسنة والهرسك", 2, Sense::Name, "BIH"),
        ("Guinea - Bissau", 3, Sense::Name, "GNB"),
        ("Cote d'Ivoire", 2, Sense::Name, "CIV"),
        ("Soviet Union", 2, Sense::Name, "SUN"),
    ] {
        let folded = fold(text, Fold::KEY);
        let words_of: Vec<&str> = folded.split_whitespace().collect();
        let found = Atlas::get().longest_at(&words_of).unwrap_or_else(|| panic!("{text}"));
        let hit = found.hits().find(|hit| hit.entry.kind() == EntryKind::State).unwrap();
        assert_eq!((found.words, hit.sense, hit.entry.id()), (words, sense, Some(code)), "{text}");
    }
}

#[test]
fn a_state_has_its_codes() {
    let state = Atlas::get().state("BLR").unwrap();
    assert_eq!(Atlas::get().state("BY"), Some(state));
    assert_eq!(Atlas::get().state("Q184"), Some(state));
    assert_eq!((state.name("en"), state.name("ar")), (Some("Belarus"), Some("بيلاروسيا")));
    assert_eq!((state.cameo(), state.cow(), state.fips()), (Some("BLR"), Some(370), Some("BO")));
    let (lat, lon) = state.coordinates().unwrap();
    assert!((lat - 53.5).abs() < 1.0 && (lon - 28.0).abs() < 1.0);
    let capital = state.capital().unwrap();
    assert_eq!((capital.name("en"), capital.geonames()), (Some("Minsk"), Some(625_144)));
    let union = Atlas::get().state("SUN").unwrap();
    assert!(union.existed_at(date(1985, 3, 11)) && !union.existed_at(date(1995, 3, 11)));
    assert_eq!(union.successor().and_then(Entry::id), Some("RUS"));
}

#[test]
fn seats_stand_for_their_bodies() {
    for (text, of) in [("الكرملين", "RUS"), ("White House", "USA"), ("10 Downing Street", "GBR")]
    {
        let (_, hits) = at(text);
        assert!(hits.iter().any(|(kind, ..)| *kind == EntryKind::Seat), "{text}: {hits:?}");
        let seat =
            Atlas::get().named(text).find(|hit| hit.entry.kind() == EntryKind::Seat).unwrap();
        assert_eq!(seat.entry.seat_of().and_then(Entry::id), Some(of));
    }
}

#[test]
fn people_hold_offices_at_their_time() {
    let found = Atlas::get().named("لوكاشينكو").map(|hit| hit.entry).collect::<Vec<_>>();
    let lukashenko = found.into_iter().find(|entry| entry.kind() == EntryKind::Person).unwrap();
    assert_eq!(lukashenko.country(), Some("BLR"));
    let held: Vec<_> = lukashenko.offices_at(date(2023, 2, 26)).map(|held| held.office).collect();
    assert!(held.contains(&"president"));
    assert!(lukashenko.offices_at(date(1985, 1, 1)).next().is_none());
}

#[test]
fn places_have_numbers_and_coordinates() {
    let bakhmut = Atlas::get().named("باخموت").find(|hit| hit.entry.kind() == EntryKind::Place);
    let bakhmut = bakhmut.unwrap().entry;
    assert_eq!((bakhmut.country(), bakhmut.name("en")), (Some("UKR"), Some("Bakhmut")));
    assert!(bakhmut.geonames().is_some() && bakhmut.population() > 50_000);
    let strait = Atlas::get().named("Strait of Hormuz").next().unwrap().entry;
    assert_eq!((strait.place_kind(), strait.country()), (Some(PlaceKind::Strait), None));
    let paris: Vec<_> =
        Atlas::get().named("Paris").filter(|hit| hit.entry.kind() == EntryKind::Place).collect();
    assert!(paris.len() > 3 && paris.iter().any(|hit| hit.entry.country() == Some("USA")));
}

#[test]
fn case_tells_acronyms_and_names_from_words() {
    let hit = |name: &str| Atlas::get().named(name).next().unwrap();
    assert!(hit("US").written_as("US") && hit("U.S.").written_as("U.S."));
    assert!(!hit("US").written_as("us"));
    assert!(!hit("Turkey").written_as("turkey") && hit("Turkey").written_as("Turkey"));
    assert!(hit("protesters").written_as("protesters"));
    assert_eq!(hit("protesters").sense, Sense::Plural);
}

#[test]
fn unknown_words_are_not_found() {
    for text in ["", "-", "xyzzyx", "because", "،"] {
        assert_eq!(at(text).0, 0, "{text}");
    }
    assert!(Atlas::get().longest_at(&[]).is_none());
}

#[test]
fn people_act_for_the_sectors_of_their_offices() {
    let lukashenko = Atlas::get().entry("alexander-lukashenko").unwrap();
    assert_eq!(lukashenko.sectors_at(date(2023, 2, 26)), ["GOV"]);
    let obama = Atlas::get().entry("barack-obama").unwrap();
    assert_eq!(obama.sectors_at(date(2012, 5, 1))[0], "GOV");
    assert_eq!(obama.sectors_at(date(2020, 5, 1)), ["ELI"]);
}

#[test]
fn words_that_are_names_too_are_marked() {
    for (name, kind) in
        [("كان", EntryKind::Person), ("مدينة", EntryKind::Place), ("Reading", EntryKind::Place)]
    {
        let hits = Atlas::get().named(name).filter(|hit| hit.entry.kind() == kind);
        let surely: Vec<_> = hits.filter(|hit| !hit.ambiguous && !hit.minor).collect();
        assert!(surely.is_empty(), "{surely:?}");
    }
    let lae = Atlas::get().named("لاي").find(|hit| hit.entry.kind() == EntryKind::Place).unwrap();
    assert!(lae.written_as("لاي") && !lae.written_as("لأي"));
}
