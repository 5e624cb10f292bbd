//! Holding two records of an article against each other: each difference and the figures that it lowers.

use std::fs;

use super::super::corpus::Corpus;
use super::super::figure::Key;
use super::super::measure::compare;
use super::fixture::{ENGLISH, corpus, english, sound};

#[test]
fn a_second_annotation_is_held_against_its_article() {
    let (root, _) = corpus("story.toml", "t01", "t01");
    let second = root.path().join("second");
    fs::create_dir(&second).unwrap();
    let rows = &ENGLISH[ENGLISH.find("[[entity]]").unwrap()..];
    fs::write(second.join("t01-en-herald.toml"), format!("id = \"t01-en-herald\"\n{rows}"))
        .unwrap();
    fs::write(second.join("t09-en-x.toml"), "id = \"t09-en-x\"").unwrap();
    let corpus = Corpus::load(root.path()).unwrap();
    let told: Vec<String> = corpus.faults.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["second/t09-en-x.toml: there is no article \"t09-en-x\""]);
    let article = english(&corpus);
    let sheet = compare(&article.gold, &article.second.as_ref().unwrap().record);
    assert_eq!(sheet.differences, []);
    for key in [
        Key::Mentions,
        Key::Linked,
        Key::TimeValue,
        Key::AmountUnit,
        Key::Relation,
        Key::Answers,
        Key::EventType,
        Key::Actors,
    ] {
        assert!((sheet.figure(key).prf().2 - 1.0).abs() < 1e-9, "{key:?}");
    }
    assert_eq!(sheet.figure(Key::Relayed).gold as u32, 1);
}

/// Returns the figures whose value is below one when `old` is read as `new`.
fn lowered(old: &str, new: &str) -> Vec<Key> {
    let gold = sound();
    let (_root, other) = corpus("en-herald.toml", old, new);
    assert_eq!(other.faults, []);
    let sheet = compare(&english(&gold).gold, &english(&other).gold.record);
    let mut keys: Vec<Key> = sheet.differences.iter().map(|difference| difference.key).collect();
    keys.dedup();
    keys
}

#[test]
fn each_difference_lowers_its_figure_and_no_other() {
    let cases: [(&str, &str, &[Key]); 12] = [
        ("value = \"2019-03-11\"", "value = \"2019-03-04\"", &[Key::TimeValue]),
        ("value = 12\n", "value = 21\n", &[Key::AmountValue]),
        ("bound = \"over\"", "bound = \"exactly\"", &[Key::AmountBound]),
        ("stance = \"accuses\"", "stance = \"asserts\"", &[Key::Stance]),
        ("manner = \"direct\"", "manner = \"mixed\"", &[Key::Manner]),
        ("answers = \"s1\"\n", "", &[Key::Answers]),
        ("within = \"s3\"\nchain = [\"reuters\", \"minister\"]", "", &[Key::Within, Key::Chain]),
        ("mode = \"allege\"", "mode = \"disapprove\"", &[Key::Mode]),
        ("type = \"ACCUSE\"\nmode = \"allege\"", "type = \"REJECT\"", &[Key::EventType]),
        ("recipients = [\"army: the army\"]", "recipients = []", &[Key::Recipients]),
        ("according_to = \"s1\"\n", "", &[Key::AccordingTo]),
        ("where = \"tamale\"\n", "", &[Key::Where]),
    ];
    for (old, new, keys) in cases {
        assert_eq!(lowered(old, new), keys, "{new:?}");
    }
    // The chain is the same fact as the tree, so that one of them is enough.
    assert_eq!(lowered("chain = [\"reuters\", \"minister\"]\n", ""), []);
    // Another extent of a nominal, or an article more, is no difference.
    assert_eq!(
        lowered("[\"the army\", \"The army\"]", "[\"accused the [army]\", \"The army\"]"),
        []
    );
}

#[test]
fn wrong_entities_are_told_apart_from_wrong_spans() {
    let moved =
        lowered("pronoun = [\"[she] said\", \"quoted [her]\"]", "pronoun = [\"[she] said\"]");
    assert_eq!(moved, [Key::Pronouns]);
    let gold = sound();
    let old = "source = [\"minister: [she] said\"]";
    let (_root, other) = corpus("en-herald.toml", old, "source = [\"army: [she] said\"]");
    let sheet = compare(&english(&gold).gold, &english(&other).gold.record);
    let source = sheet.figure(Key::Source);
    assert_eq!((source.gold_right, source.gold), (4.0, 5.0));
    // The relation asks for the words of the source alone.
    assert_eq!(sheet.figure(Key::Relation).gold_right as u32, 5);
}

#[test]
fn an_empty_record_finds_nothing() {
    let gold = sound();
    let article = english(&gold);
    let empty = khabar_record::Record::new(article.gold.record.document.clone());
    let sheet = compare(&article.gold, &empty);
    for key in [Key::Mentions, Key::Relation, Key::EventType] {
        let figure = sheet.figure(key);
        assert_eq!((figure.gold_right, figure.found), (0.0, 0.0), "{key:?}");
        assert!(figure.gold > 0.0);
    }
}
