//! A corpus of two articles, in our own words, with every form that a file may have; then one fault at a time.

use std::fs;
use std::path::Path;

use khabar_record::{Bound, MentionForm, Stance, Status};
use tempfile::TempDir;

use super::corpus::{Article, Corpus};
use super::figure::Key;
use super::measure::compare;
use super::{show, style};

const STORY: &str = r#"
id = "t01"
title = "A road between two towns"
split = "open"
[[happening]]
id = "h1"
type = "ACCUSE"
what = "Osei accuses the army"
date = "2019-03-11"
"#;

const ENGLISH: &str = r#"
id = "t01-en-herald"
language = "en"
outlet = "The Herald"
published = "2019-03-12"
title = "Minister accuses army"
byline = ["Ama Boateng"]
origin = { kind = "own", outlet = "The Herald" }
style = "wire"
html = true
text = """
Trade minister Halima Osei accused the army on Monday of shelling a road [sic] near Tamale. "It is
our road," she said.

Reuters quoted her as saying that at least 12 people were killed. The army denies it.
"""
[[entity]]
id = "minister"
kind = "person"
names = { en = "Halima Osei" }
country = "GHA"
sectors = ["GOV"]
role = "trade minister"
name = ["Halima Osei"]
pronoun = ["[she] said", "quoted [her]"]
[[entity]]
id = "army"
kind = "organization"
country = "GHA"
sectors = ["MIL"]
nominal = ["the army", "The army"]
[[entity]]
id = "tamale"
kind = "place"
name = ["Tamale"]
[[entity]]
id = "reuters"
kind = "outlet"
name = ["Reuters"]
[[time]]
at = "Monday"
type = "DATE"
value = "2019-03-11"
[[amount]]
at = "at least 12 people"
kind = "count"
value = 12
unit = "person"
bound = "over"
of = "killed"
[[statement]]
id = "s1"
source = ["minister: Halima Osei"]
cue = "accused"
act = "accuse"
content = ["the army", "shelling … ⟦Tamale⟧"]
manner = "indirect"
kind = "claim"
stance = "accuses"
said_at = "on [Monday]"
[[statement]]
id = "s2"
source = ["minister: [she] said"]
cue = "said"
act = "say"
content = ["It is our road"]
manner = "direct"
kind = "claim"
stance = "asserts"
[[statement]]
id = "s3"
source = ["reuters: Reuters"]
cue = "quoted"
act = "relay"
content = ["that at … killed"]
manner = "indirect"
kind = "claim"
stance = "asserts"
[[statement]]
id = "s4"
source = ["minister: quoted [her]"]
cue = "saying"
act = "say"
content = ["that at … killed"]
manner = "indirect"
kind = "claim"
stance = "asserts"
within = "s3"
chain = ["reuters", "minister"]
[[statement]]
id = "s5"
source = ["army: The army"]
cue = "denies"
act = "deny"
content = ["denies [it]"]
manner = "indirect"
kind = "claim"
stance = "denies"
answers = "s1"
[[event]]
id = "v1"
type = "ACCUSE"
mode = "allege"
trigger = "accused"
actors = ["minister: Halima Osei"]
recipients = ["army: the army"]
status = "actual"
when = "Monday"
happening = "h1"
[[event]]
id = "v2"
type = "ASSAULT"
mode = "heavy-weapons"
contexts = ["military"]
trigger = "shelling"
actors = ["army: the army"]
status = "actual"
where = "tamale"
according_to = "s1"
happening = "h1"
amounts = ["at least 12 people"]
"#;

const ARABIC: &str = r#"
id = "t01-ar-sahifa"
language = "ar"
outlet = "الصحيفة"
published = "2019-03-12"
title = "الجيش ينفي"
byline = []
origin = { kind = "translated", outlet = "The Herald" }
style = "brief"
text = """
نفى الجيش قصف الطريق، وأضاف أن زيارتها لم تتم. وبحسب وثيقة مسربة، قُتل جنديان.
"""
[[entity]]
id = "army"
kind = "organization"
names = { ar = "الجيش" }
nominal = ["الجيش"]
implicit = ["وأضاف"]
[[entity]]
id = "minister"
kind = "person"
pronoun = ["زيارت[ها]"]
[[statement]]
id = "s1"
source = ["army: الجيش"]
cue = "نفى"
act = "deny"
content = ["قصف الطريق"]
manner = "indirect"
kind = "claim"
stance = "denies"
answers = "t01-en-herald/s1"
[[statement]]
id = "s2"
source = ["army"]
cue = "و[أضاف]"
act = "add"
content = ["أن زيارتها … تتم"]
manner = "indirect"
kind = "claim"
stance = "denies"
[[statement]]
id = "s3"
source = [": وثيقة مسربة"]
cue = "بحسب"
act = "according-to"
content = ["قُتل جنديان"]
manner = "indirect"
kind = "claim"
stance = "asserts"
"#;

const PAGE: &str =
    "<title>x</title><p>Trade minister Halima Osei accused the army on <b>Monday</b> of
shelling a road [sic] near Tamale. \"It is our road,\" she said.</p><p>Ad</p>
<p>Reuters quoted her as saying that at least 12 people were killed. The army denies it.</p>";

const FILES: [(&str, &str); 4] = [
    ("articles/t01/story.toml", STORY),
    ("articles/t01/t01-en-herald.toml", ENGLISH),
    ("articles/t01/t01-ar-sahifa.toml", ARABIC),
    ("articles/t01/t01-en-herald.html", PAGE),
];

/// Writes the corpus with `old` replaced by `new` in the files whose name ends in `file`.
fn corpus(file: &str, old: &str, new: &str) -> (TempDir, Corpus) {
    let root = TempDir::new().unwrap();
    for (name, text) in FILES {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let changed = name.ends_with(file);
        assert!(!changed || text.contains(old), "{old:?} is not in {name}");
        fs::write(path, if changed { text.replace(old, new) } else { text.to_owned() }).unwrap();
    }
    let corpus = Corpus::load(root.path()).unwrap();
    (root, corpus)
}

fn sound() -> Corpus {
    corpus("story.toml", "t01", "t01").1
}

fn english(corpus: &Corpus) -> &Article {
    corpus.articles.iter().find(|article| article.file.language == "en").unwrap()
}

#[test]
fn a_sound_corpus_compiles_without_fault() {
    let corpus = sound();
    assert_eq!(corpus.faults, []);
    assert_eq!((corpus.stories, corpus.happenings, corpus.articles.len()), (1, 1, 2));
    let record = &english(&corpus).gold.record;
    let text = &record.document.text;
    let content: Vec<&str> = record.statements[0].content.iter().map(|span| &text[*span]).collect();
    assert_eq!(content, ["the army", "shelling a road [sic] near Tamale"]);
    assert_eq!(record.statements[0].said_at, Some(0));
    assert_eq!(record.statements[3].chain.len(), 2);
    assert_eq!(record.statements[4].answers, Some(record.statements[0].id));
    let event = &record.events[1];
    assert_eq!((&text[event.trigger], event.status), ("shelling", Status::Actual));
    assert_eq!(
        (event.according_to, event.amounts.as_slice()),
        (Some(record.statements[0].id), &[0][..])
    );
    assert_eq!((record.amounts[0].bound, record.amounts[0].value), (Bound::Over, 12.0));
}

#[test]
fn an_arabic_annotation_compiles_to_its_letters() {
    let corpus = sound();
    let article = corpus.articles.iter().find(|article| article.file.language == "ar").unwrap();
    let record = &article.gold.record;
    let text = &record.document.text;
    let words: Vec<(&str, MentionForm)> =
        record.mentions.iter().map(|m| (&text[m.span], m.form)).collect();
    let wanted = [
        ("الجيش", MentionForm::Nominal),
        ("وأضاف", MentionForm::Implicit),
        ("ها", MentionForm::Pronoun),
    ];
    assert_eq!(words, wanted);
    let cues: Vec<&str> =
        record.statements.iter().map(|s| &text[s.cue.as_ref().unwrap().span]).collect();
    assert_eq!(cues, ["نفى", "أضاف", "بحسب"]);
    assert_eq!(&text[record.statements[1].content[0]], "أن زيارتها لم تتم");
    let document = &record.statements[2].source[0];
    assert_eq!(
        (document.entity, document.span.map(|span| &text[span])),
        (None, Some("وثيقة مسربة"))
    );
    assert_eq!(article.gold.answers_elsewhere[0].1, "t01-en-herald/s1");
}

/// File, what is replaced there by what, and what must be said.
const FAULTS: &[(&str, &str, &str, &str)] = &[
    (
        "en-herald.toml",
        "[\"Tamale\"]",
        "[\"Kumasi\"]",
        "entity tamale name: not in the text: \"Kumasi\"",
    ),
    ("en-herald.toml", "\"said\"", "\"army\"", "statement s2: 2 times in the text: \"army\""),
    (
        "en-herald.toml",
        "\"said\"",
        "\"army#9\"",
        "statement s2: only 2 times in the text: \"army\"",
    ),
    ("en-herald.toml", "⟦Tamale⟧", "Accra", "these last words do not follow the first: \"Accra\""),
    (
        "en-herald.toml",
        "[\"the army\", \"The army\"]",
        "[\"the army\", \"[the army] on\"]",
        "names a span that stands already",
    ),
    ("en-herald.toml", "kind = \"outlet\"", "kind = \"paper\"", "unknown variant `paper`"),
    ("en-herald.toml", "role =", "rank =", "unknown field `rank`"),
    ("en-herald.toml", "\"GHA\"", "\"GHX\"", "entity minister: unknown country \"GHX\""),
    ("en-herald.toml", "\"MIL\"", "\"ARM\"", "entity army: unknown sector \"ARM\""),
    (
        "en-herald.toml",
        "id = \"army\"",
        "id = \"minister\"",
        "entity minister: the id stands twice",
    ),
    (
        "en-herald.toml",
        "\"army: The army\"",
        "\"navy: The army\"",
        "statement s5: no entity \"navy\"",
    ),
    (
        "en-herald.toml",
        "\"army: The army\"",
        "\"\"",
        "statement s5: a party without entity and words",
    ),
    (
        "en-herald.toml",
        "\"on [Monday]\"",
        "\"Tamale\"",
        "statement s1: \"Tamale\" is the anchor of no time",
    ),
    (
        "en-herald.toml",
        "amounts = [\"at least 12 people\"]",
        "amounts = [\"12 people\"]",
        "event v2: \"12 people\" is the anchor of no amount",
    ),
    (
        "en-herald.toml",
        "act = \"deny\"",
        "medium = \"denies\"",
        "statement s5: the medium \"denies\" has no kind",
    ),
    ("en-herald.toml", "within = \"s3\"", "within = \"s9\"", "statement s4: no statement \"s9\""),
    ("en-herald.toml", "within = \"s3\"", "within = \"s4\"", "statement s4: it lies within itself"),
    ("en-herald.toml", "answers = \"s1\"", "answers = \"s5\"", "statement s5: it answers itself"),
    ("en-herald.toml", "\"ASSAULT\"", "\"ATTACK\"", "event v2: unknown type \"ATTACK\""),
    ("en-herald.toml", "\"heavy-weapons\"", "\"visit\"", "event v2: ASSAULT has no mode \"visit\""),
    ("en-herald.toml", "\"military\"", "\"martial\"", "event v2: unknown context \"martial\""),
    ("en-herald.toml", "\"h1\"", "\"h2\"", "no happening \"h2\""),
    ("en-herald.toml", "\"h1\"", "\"h2\"", "happening h1: no event is of this happening"),
    ("en-herald.toml", "\"Halima Osei\"]", "\" [ ] \"]", "an anchor without words"),
    (
        "en-herald.toml",
        "id = \"t01-en-herald\"",
        "id = \"t02-en-herald\"",
        "is not the file's name",
    ),
    ("en-herald.toml", "language = \"en\"", "language = \"fr\"", "unknown language \"fr\""),
    (
        "en-herald.toml",
        "html = true",
        "html = false",
        "a page whose article does not say html = true",
    ),
    (
        "en-herald.html",
        "denies",
        "denied",
        "the page lacks the paragraph \"Reuters quoted her as saying that at least\"",
    ),
    ("ar-sahifa.toml", "style =", "html = true\nstyle =", "html = true, but there is no page"),
    ("ar-sahifa.toml", "t01-en-herald/s1", "t01-en-herald/s9", "there is no such statement"),
    ("ar-sahifa.toml", "t01-en-herald/s1", "t02-en-x/s1", "there is no article \"t02-en-x\""),
    ("story.toml", "id = \"t01\"", "id = \"t02\"", "the id \"t02\" is not the folder's name"),
    ("story.toml", "\"open\"", "\"ajar\"", "unknown variant `ajar`"),
];

#[test]
fn each_fault_names_file_row_and_words() {
    for (file, old, new, wanted) in FAULTS {
        let (_root, corpus) = corpus(file, old, new);
        let told: Vec<String> = corpus.faults.iter().map(ToString::to_string).collect();
        assert!(
            told.iter().any(|fault| fault.contains(*wanted)),
            "{new:?} should give {wanted:?}, not {told:#?}"
        );
    }
}

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

#[test]
fn an_article_is_shown_with_its_layers() {
    let corpus = sound();
    let article = english(&corpus);
    let shown = show::render(&article.file, &article.gold, &[]);
    for wanted in [
        "t01-en-herald · The Herald · 2019-03-12",
        "time “Monday” = Date 2019-03-11",
        "amount “at least 12 people” = count Over 12 person killed",
        "s4 minister “her” · “saying” (say) · Asserts Indirect Claim",
        "within s3 · reuters > minister",
        "v2 ASSAULT heavy-weapons “shelling” · Actual · military",
        "minister: Person · Halima Osei · GHA · GOV · trade minister",
    ] {
        assert!(shown.contains(wanted), "{wanted:?} is not in\n{shown}");
    }
    let arabic = corpus.articles.iter().find(|article| article.file.language == "ar").unwrap();
    let shown = show::render(&arabic.file, &arabic.gold, &[]);
    assert!(shown.contains("\u{2068}“نفى”\u{2069} (deny)"), "{shown}");
}

#[test]
fn departures_from_the_guidelines_are_told() {
    let rules = |old: &str, new: &str| -> Vec<String> {
        let (_root, corpus) = corpus("en-herald.toml", old, new);
        let all = style::departures(&corpus);
        all.iter().map(|d| d.what.split(':').next().unwrap().to_owned()).collect()
    };
    assert!(rules("html = true", "html = true").is_empty());
    assert_eq!(rules("at = \"Monday\"", "at = \"on Monday\"")[0], "time-preposition");
    assert_eq!(rules("bound = \"over\"", "bound = \"exactly\""), ["amount-bound"]);
    assert_eq!(rules("[\"denies [it]\"]", "[\"it.\"]"), ["content-edge"]);
    assert_eq!(rules("act = \"say\"", "act = \"say so\""), ["act-spelling", "act-spelling"]);
    assert_eq!(
        rules("recipients = [\"army: the army\"]", "recipients = [\"reuters\"]"),
        ["party-elsewhere"]
    );
    assert_eq!(
        rules("[\"reuters\", \"minister\"]", "[\"army\", \"minister\"]"),
        ["chain-and-tree"]
    );
    assert_eq!(rules("type = \"ACCUSE\"\nmode = \"allege\"", "type = \"AID\"").len(), 0);
    assert_eq!(rules("status = \"actual\"\nwhen", "status = \"future\"\nwhen"), ["happening"]);
}

#[test]
fn stances_are_read_as_written() {
    let corpus = sound();
    assert_eq!(english(&corpus).gold.record.statements[4].stance, Stance::Denies);
}

/// The corpus itself must be sound at every commit.
#[test]
fn the_corpus_has_no_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let corpus = Corpus::load(&root).unwrap();
    let told: Vec<String> = corpus.faults.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(corpus.articles.len() >= 130);
}
