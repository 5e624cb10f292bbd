//! The corpus of the tests compiled, compared, shown and judged; and the corpus itself.

mod compare;
mod faults;
mod fixture;

use std::path::Path;

use khabar_record::{Bound, MentionForm, Stance, Status};

use super::corpus::Corpus;
use super::{show, style};
use fixture::{corpus, english, sound};

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

/// So must the articles that are only learnt from.
#[test]
fn the_lessons_have_no_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/lessons");
    let lessons = Corpus::load(&root).unwrap();
    let told: Vec<String> = lessons.faults.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(lessons.articles.len() >= 160);
}
