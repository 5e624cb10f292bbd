//! The lists that people edit: they load, their faults name file and line, and no two rows contradict each other.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[allow(dead_code, reason = "the build script uses all of it")]
#[path = "../build/lists/mod.rs"]
mod lists;
#[allow(dead_code, reason = "the build script uses all of it")]
#[path = "../build/names.rs"]
mod names;
#[path = "../src/state_rows.rs"]
mod state_rows;

use std::path::Path;

use lists::{Codes, checks, organizations, people, places, roles, seats, states};

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

struct Lists {
    codes: Codes,
    states: Vec<states::State>,
    organizations: Vec<organizations::Organization>,
    people: Vec<people::Person>,
    places: Vec<places::Place>,
    seats: Vec<seats::Seat>,
    roles: Vec<roles::Role>,
}

fn load() -> Lists {
    let (states, mut codes) = states::load(&read("states.tsv"), &read("state_codes.tsv")).unwrap();
    let organizations = organizations::load(&read("organizations.tsv"), &mut codes).unwrap();
    let mut all_places = Vec::new();
    for file in places::FILES {
        all_places.extend(places::load(file, &read(file), &codes).unwrap());
    }
    codes.bodies.extend(all_places.iter().map(|place| place.id.clone()));
    codes.bodies.extend(khabar_atlas::outlets::outlets().iter().map(|outlet| outlet.id.to_owned()));
    let people = people::load(&read("people.tsv"), &codes).unwrap();
    let seats = seats::load(&read("seats.tsv"), &codes).unwrap();
    let mut all_roles = roles::load("roles.en.tsv", &read("roles.en.tsv"), false).unwrap();
    all_roles.extend(roles::load("roles.ar.tsv", &read("roles.ar.tsv"), true).unwrap());
    Lists { codes, states, organizations, people, places: all_places, seats, roles: all_roles }
}

/// Bodies with two claimants to an office, as `office of`.
fn rivals() -> Vec<(String, String)> {
    let text = read("rivals.tsv");
    let table = khabar_table::Table::parse("data/rivals.tsv", &text).unwrap();
    let columns = table.columns(["office", "of", "note"]).unwrap();
    let rows = table.rows().iter().map(|row| columns.cells(row));
    rows.map(|[office, of, _]| (office.to_owned(), of.to_owned())).collect()
}

#[test]
fn the_lists_load_and_are_as_long_as_they_should_be() {
    let lists = load();
    for (what, count, least) in [
        ("states", lists.states.len(), 250),
        ("people", lists.people.len(), LEAST[0]),
        ("organizations", lists.organizations.len(), LEAST[1]),
        ("places", lists.places.len(), LEAST[2]),
        ("seats", lists.seats.len(), 110),
        ("English roles", lists.roles.iter().filter(|role| !role.arabic).count(), LEAST[3]),
        ("Arabic roles", lists.roles.iter().filter(|role| role.arabic).count(), LEAST[4]),
    ] {
        assert!(count >= least, "{count} {what}");
    }
}

/// The least numbers of people, organisations, places and roles of either language.
const LEAST: [usize; 5] = [3000, 1000, 700, 800, 800];

#[test]
fn no_two_people_hold_one_office_at_a_time() {
    let rivals = rivals();
    let rivals: Vec<(&str, &str)> =
        rivals.iter().map(|(office, of)| (office.as_str(), of.as_str())).collect();
    let found = checks::overlaps(&load().people, &rivals);
    assert!(found.is_empty(), "{} overlaps:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_name_of_two_bearers_is_marked() {
    let lists = load();
    let people = lists
        .people
        .iter()
        .flat_map(|row| [(row.id.as_str(), &row.english[..]), (row.id.as_str(), &row.arabic[..])]);
    let organizations = lists
        .organizations
        .iter()
        .flat_map(|row| [(row.id.as_str(), &row.english[..]), (row.id.as_str(), &row.arabic[..])]);
    let states = lists.states.iter().flat_map(|row| {
        [(row.iso3.as_str(), &row.english[..]), (row.iso3.as_str(), &row.arabic[..])]
    });
    let mut found = checks::shared(people);
    found.extend(checks::shared(organizations));
    found.extend(checks::shared(states));
    assert!(found.is_empty(), "{} shared names:\n{}", found.len(), found.join("\n"));
}

#[test]
fn faults_name_file_and_line() {
    let mut codes = load().codes;
    let person =
        "id\tname_en\tvariants_en\tname_ar\tvariants_ar\tcountry\toffices\twikidata\tnote\n";
    let person = |row: &str| people::load(&format!("{person}{row}\n"), &codes).err();
    let place = "id\tkind\tcountry\tname_en\tvariants_en\tname_ar\tvariants_ar\tlat\tlon\tgeonames\tpopulation\tnote\n";
    let place = |row: &str| places::load("places.tsv", &format!("{place}{row}\n"), &codes).err();
    let role = "id\tnoun\tplural\tsectors\tkind\toffice\tnote\n";
    let role = |row: &str| roles::load("roles.en.tsv", &format!("{role}{row}\n"), false).err();
    for (error, fault) in [
        (person("a\tAnn\t\tآن\t\tXQX\t\t\t"), "data/people.tsv:2: \"XQX\" is the code of no state"),
        (person("a\tAnn\t\t\t\tUSA\t\t\t"), "lacks an Arabic name"),
        (person("a\tAnn\t\tAnn\t\tUSA\t\t\t"), "stands among the Arabic names"),
        (person("A b\tAnn\t\tآن\t\tUSA\t\t\t"), "is no identifier"),
        (person("a\tAnn\t\tآن\t\tUSA\tpresident:USA\t\t"), "is not office:of:from:to"),
        (person("a\tAnn\t\tآن\t\tUSA\tpresident:USA:2020-13:\t\t"), "is no month"),
        (person("a\tAnn\t\tآن\t\tUSA\tpresident:USA:2020:2010\t\t"), "lies behind"),
        (person("a\tAnn\t\tآن\t\tUSA\tpresident:no-such-body::\t\t"), "neither a state nor"),
        (person("a\tAnn\t\tآن\t\tUSA\t\t77\t"), "no Wikidata identifier"),
        (place("a\tcity\tUSA\tA\t\tأ\t\t91\t0\t\t\t"), "lies nowhere on the globe"),
        (place("a\tcity\tUSA\tA\t\tأ\t\t\t\t\t\t"), "lacks coordinates"),
        (place("a\thamlet\tUSA\tA\t\tأ\t\t1\t0\t\t\t"), "no kind"),
        (role("a\tspy\t\tXYZ\tperson\t\t"), "is not among"),
        (role("a\tspy\t\tSPY\tthing\t\t"), "is not among"),
    ] {
        let error = error.expect(fault).to_string();
        assert!(error.contains(fault) && error.contains(".tsv:2:"), "{error}");
    }
    let head = "id\tkind\tcountry\tsectors\tname_en\tvariants_en\tname_ar\tvariants_ar\tfrom\tto\tparent\twikidata\tnote\n";
    let row = "a\tngo\tINT\tNGO\tA\t\tأ\t\t\t\tnobody\t\t\n";
    let error = organizations::load(&format!("{head}{row}"), &mut codes).err().unwrap();
    assert!(error.to_string().contains("is no parent"), "{error}");
}

#[test]
fn role_nouns_take_their_forms() {
    let head = "id\tnoun\tplural\tsectors\tkind\toffice\tnote\n";
    let forms = |row: &str, arabic: bool| -> (Vec<String>, Vec<String>) {
        let all = roles::load("roles.tsv", &format!("{head}{row}\n"), arabic).unwrap();
        let texts = |forms: &[(String, bool)]| forms.iter().map(|(form, _)| form.clone()).collect();
        (texts(&all[0].singular), texts(&all[0].plural))
    };
    let plural = |noun: &str| forms(&format!("a\t{noun}\t\tGOV\tperson\t\t"), false).1.remove(0);
    assert_eq!(plural("protester"), "protesters");
    assert_eq!(plural("deputy minister"), "deputy ministers");
    assert_eq!(plural("secretary of state"), "secretaries of state");
    assert_eq!(plural("spokeswoman"), "spokeswomen");
    assert_eq!(plural("attorney general"), "attorneys general");
    assert_eq!(plural("coach"), "coaches");
    let (one, several) = forms("a\tمتظاهر\tمتظاهرون\tCVL\tperson\t\t", true);
    for form in ["متظاهر", "المتظاهر", "متظاهرة", "المتظاهرة"] {
        assert!(one.iter().any(|known| known == form), "{form}");
    }
    for form in ["متظاهرون", "المتظاهرين", "متظاهري", "متظاهران", "المتظاهرين"]
    {
        assert!(several.iter().any(|known| known == form), "{form}");
    }
    let (one, _) = forms("a\tوزير الخارجية\tوزراء الخارجية\tGOV\tperson\t\t", true);
    assert!(
        one.contains(&"وزيرة الخارجية".to_owned()) && !one.contains(&"الوزير الخارجية".to_owned())
    );
}
