//! The trained part of the reader: a linear model that refuses rows which the lists and rules make and annotators do not.
//!
//! What a cue does by itself is in the lists. Whether it reports where it stands hangs on many small things at once: who would
//! hold the content, in what shape it stands, whose words the cue is in, whether the verb is denied, wished for or only
//! thought of. Their weights are learnt from the open half of the gold corpus (`khabar-lab train statements`), and a row is
//! refused when it is much more likely to be none.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use khabar_lang::{Deprel, Language, Person, Upos, Word};
use khabar_record::{EntityKind, Manner, Record, Statement, StatementKind};
use khabar_table::{Table, TableError};

use super::lexicon::Part;
use super::scene::Scene;
use super::words::Class;
use crate::clauses;

/// A content of more words than this makes a claim rather than to point at one.
const POINTER: usize = 7;

/// The weights of one language.
#[derive(Debug)]
pub(super) struct Gate {
    weights: HashMap<String, f64, FixedState>,
    /// A row less likely than this to be a statement is refused.
    least: f64,
}

impl Gate {
    pub(super) fn load(language: Language) -> Result<Self, TableError> {
        let (file, text) = match language {
            Language::English => {
                ("models/statements.en.tsv", include_str!("../../models/statements.en.tsv"))
            }
            Language::Arabic => {
                ("models/statements.ar.tsv", include_str!("../../models/statements.ar.tsv"))
            }
        };
        let table = Table::parse(file, text)?;
        let columns = table.columns(["feature", "weight"])?;
        let (mut weights, mut least) = (HashMap::<String, f64, FixedState>::default(), 0.0);
        for row in table.rows() {
            let [feature, weight] = columns.cells(row);
            let value: f64 =
                weight.parse().map_err(|_| row.error(format!("{weight:?} is no number")))?;
            if feature == "least" {
                least = value;
            } else {
                weights.insert(feature.to_owned(), value);
            }
        }
        Ok(Self { weights, least })
    }

    /// Whether a row with these features is to be refused.
    pub(super) fn refuses(&self, features: &[String]) -> bool {
        if self.weights.is_empty() || features.is_empty() {
            return false;
        }
        let sum: f64 = features.iter().filter_map(|feature| self.weights.get(feature)).sum();
        1.0 / (1.0 + (-sum).exp()) < self.least
    }
}

/// What is known of a row; nothing of one without a cue, which no model judges.
pub(super) fn features(scene: &Scene<'_>, record: &Record, at: usize) -> Vec<String> {
    let statement = &record.statements[at];
    let Some(cue) = &statement.cue else { return Vec::new() };
    let Some(word) = scene.analysis.word_at(cue.span.start()) else { return Vec::new() };
    let found = scene.cues_at(word.index()).iter().find(|found| found.cue.rule == statement.rule);
    let part = found.map_or("other", |found| match found.part {
        Part::Verb => "verb",
        Part::Participle => "participle",
        Part::Noun => "noun",
        Part::Adjective => "adjective",
        Part::Preposition => "preposition",
    });
    let kind = match statement.kind {
        StatementKind::Claim => "claim",
        StatementKind::Attitude => "attitude",
    };
    let stance = format!("{:?}", statement.stance).to_lowercase();
    let slot = slot(scene, statement);
    let source = source(scene, record, statement);
    let mut features: Vec<String> = ["all".to_owned()].into();
    let mut add = |parts: &[&str]| features.push(parts.join(":"));
    add(&["rule", &statement.rule]);
    add(&["act", &cue.act]);
    add(&["part", part, kind]);
    add(&["stance", &stance]);
    add(&["slot", slot]);
    add(&["slot", slot, part, kind]);
    add(&["slot", slot, "act", &cue.act]);
    add(&["source", source]);
    add(&["source", source, kind]);
    add(&["source", source, slot]);
    add(&["source", source, "act", &cue.act]);
    add(&["object", object(scene, statement)]);
    add(&["object", object(scene, statement), kind]);
    add(&["object", object(scene, statement), source]);
    add(&["object", object(scene, statement), "act", &cue.act]);
    if points(scene, statement) {
        add(&["points at a claim", &stance]);
    }
    if let Some(gap) = gap(scene, statement, word) {
        add(&["source stands", gap]);
        add(&["source stands", gap, part]);
    }
    add(&["length", length(scene, statement)]);
    add(&["length", length(scene, statement), part]);
    add(&["manner", manner(statement)]);
    let carrier = record.statements.iter().find(|other| Some(other.id) == statement.within);
    let around = carrier.map_or("text", |outer| match outer.manner {
        Manner::Direct => "quotation",
        Manner::Mixed => "mixed",
        Manner::Indirect => "report",
    });
    add(&["in", around]);
    add(&["in", around, kind]);
    add(&["in", around, slot]);
    add(&["in", around, source]);
    if let Some(outer) = carrier {
        add(&["carrier", &format!("{:?}", outer.stance).to_lowercase(), kind]);
    }
    for shape in shapes(word) {
        add(&["shape", shape]);
        add(&["shape", shape, kind]);
        add(&["shape", shape, around]);
    }
    if scene.analysis.language() == Language::English {
        add(&["tag", word.xpos(), kind]);
    }
    add(&["relation", &format!("{:?}", word.deprel().universal()).to_lowercase(), part]);
    features
}

/// In what shape the content stands.
fn slot(scene: &Scene<'_>, statement: &Statement) -> &'static str {
    if statement.manner == Manner::Direct {
        return "quotation";
    }
    let Some(part) = statement.content.first() else { return "none" };
    let words = scene.analysis.words_in(*part);
    let mut said = words.map(|at| scene.word(at)).filter(|word| word.upos() != Upos::Punct);
    let Some(first) = said.next() else { return "none" };
    match (first.key(), first.upos()) {
        ("that" | "ان" | "انه" | "بان" | "الا", _) => "clause",
        ("to", _) => "infinitive",
        (
            "whether" | "if" | "why" | "how" | "when" | "where" | "هل" | "كيف" | "لماذا" | "عما",
            _,
        ) => "question",
        ("what" | "who" | "which" | "ما" | "من", _) => "relative",
        (_, Upos::Adp) => {
            let clause = said.next().is_some_and(|word| word.key() == "ان");
            if clause { "clause" } else { "preposition" }
        }
        (_, Upos::Verb | Upos::Aux) => "verb",
        (_, Upos::Pron) => "pronoun",
        _ => {
            let verbal = std::iter::once(first).chain(said).any(super::scene::is_finite);
            if verbal { "sentence" } else { "phrase" }
        }
    }
}

/// What kind of source a row has.
fn source(scene: &Scene<'_>, record: &Record, statement: &Statement) -> &'static str {
    let Some(party) = statement.source.first() else { return "none" };
    let pronoun = party.span.is_some_and(|span| {
        let words = scene.analysis.words_in(span);
        words.len() == 1 && scene.word(words.start).upos() == Upos::Pron
    });
    let entity = party.entity.and_then(|id| record.entities.get(id.0 as usize - 1));
    match (entity, party.span) {
        (None, _) if pronoun => "pronoun",
        (None, Some(span)) => thing(scene, span),
        (None, None) => "unknown",
        (Some(_), None) => "implied",
        (Some(_), Some(_)) if pronoun => "known-pronoun",
        (Some(entity), Some(_)) if entity.names.is_empty() => "unnamed",
        (Some(entity), Some(_)) => match entity.kind {
            EntityKind::Person => "person",
            EntityKind::State | EntityKind::Place => "place",
            EntityKind::Outlet => "outlet",
            _ => "body",
        },
    }
}

/// What kind of thing holds a content that is no entity.
fn thing(scene: &Scene<'_>, span: khabar_record::TextRange) -> &'static str {
    let words = scene.analysis.words_in(span).map(|at| scene.word(at));
    let mut kind = "thing";
    for word in words {
        if matches!(
            word.key(),
            "those"
                | "anyone"
                | "everyone"
                | "people"
                | "whoever"
                | "anybody"
                | "everybody"
                | "who"
                | "none"
                | "nobody"
                | "some"
                | "many"
                | "others"
                | "من"
                | "البعض"
                | "الجميع"
        ) {
            return "anybody";
        }
        if scene.words.medium(word.lemma()).is_some() || scene.words.medium(word.key()).is_some() {
            kind = "document";
        } else if kind == "thing"
            && (scene.words.is(Class::Norm, word.lemma())
                || scene.words.is(Class::Norm, word.key()))
        {
            kind = "rule";
        }
    }
    kind
}

/// What kind of noun phrase a content is that is none of the clauses.
fn object(scene: &Scene<'_>, statement: &Statement) -> &'static str {
    let Some(part) = statement.content.first() else { return "none" };
    let words: Vec<Word<'_>> = scene
        .analysis
        .words_in(*part)
        .map(|at| scene.word(at))
        .filter(|word| word.upos() != Upos::Punct)
        .collect();
    if words.iter().any(|word| matches!(word.upos(), Upos::Verb | Upos::Aux | Upos::Sconj)) {
        return "with a verb";
    }
    let Some(noun) = words.iter().find(|word| matches!(word.upos(), Upos::Noun | Upos::Propn))
    else {
        return "without a noun";
    };
    if noun.upos() == Upos::Propn {
        return "name";
    }
    let act = if scene.is_arabic() {
        // Masdars of the longer patterns.
        let key = noun.key().trim_start_matches("ال");
        let letters = key.chars().count();
        key.starts_with('ا') && letters >= 5
            || key.starts_with('ت') && letters >= 4
            || key.ends_with("يه") && letters >= 5
    } else {
        let key = noun.lemma();
        key.len() >= 6
            && ["tion", "sion", "ment", "ance", "ence", "ing", "al", "ity", "ness", "ism", "ure"]
                .iter()
                .any(|end| key.ends_with(end))
    };
    let number = words.first().is_some_and(|word| word.upos() == Upos::Num);
    match (act, number) {
        (_, true) => "number",
        (true, _) => "act",
        (false, _) if words.len() == 1 => "bare",
        (false, _) => "noun",
    }
}

/// Whether a content names a claim instead of making one: "the report", "it", هذه المزاعم.
fn points(scene: &Scene<'_>, statement: &Statement) -> bool {
    let Some(part) = statement.content.first() else { return false };
    let words = scene.analysis.words_in(*part);
    words.len() <= POINTER
        && words.map(|at| scene.word(at)).any(|word| {
            [Class::NamedClaim, Class::NamedCharge, Class::NamedDemand]
                .into_iter()
                .any(|class| scene.words.is(class, word.key()))
        })
}

/// How far from its cue a source stands, and on which side.
fn gap(scene: &Scene<'_>, statement: &Statement, cue: Word<'_>) -> Option<&'static str> {
    let span = statement.source.first()?.span?;
    let words = scene.analysis.words_in(span);
    Some(if words.end <= cue.index() {
        match cue.index() - words.end {
            0 => "right before",
            1..=3 => "before",
            _ => "far before",
        }
    } else if words.start > cue.index() {
        match words.start - cue.index() {
            1..=3 => "behind",
            _ => "far behind",
        }
    } else {
        "around"
    })
}

fn length(scene: &Scene<'_>, statement: &Statement) -> &'static str {
    let words: usize =
        statement.content.iter().map(|part| scene.analysis.words_in(*part).len()).sum();
    match words {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=5 => "3",
        6..=10 => "6",
        _ => "11",
    }
}

fn manner(statement: &Statement) -> &'static str {
    match statement.manner {
        Manner::Direct => "direct",
        Manner::Mixed => "mixed",
        Manner::Indirect => "indirect",
    }
}

/// How the verb of a cue stands: denied, possible, to be done, asked about, in whose person.
fn shapes(word: Word<'_>) -> Vec<&'static str> {
    let mut shapes = Vec::new();
    let mut note = |holds: bool, name: &'static str| {
        if holds {
            shapes.push(name);
        }
    };
    note(clauses::is_negated(word), "negated");
    note(clauses::is_passive(word), "passive");
    let modal = |child: Word<'_>| {
        child.deprel().universal() == Deprel::Aux
            && matches!(
                child.key(),
                "will"
                    | "would"
                    | "may"
                    | "might"
                    | "could"
                    | "can"
                    | "should"
                    | "must"
                    | "ll"
                    | "'ll"
                    | "سوف"
                    | "س"
            )
    };
    note(word.children().any(modal), "modal");
    let marks = |wanted: &[&str]| {
        let mark = word.child(Deprel::Mark).map(Word::key);
        let before = word.previous().map(Word::key);
        mark.or(before).is_some_and(|key| wanted.contains(&key))
    };
    note(marks(&["to"]), "infinitive");
    note(marks(&["ان", "لن", "كي", "لكي", "حتي", "ل"]), "subjunctive");
    note(
        marks(&["if", "when", "unless", "until", "whether", "اذا", "لو", "عندما", "حين", "كلما"]),
        "conditional",
    );
    note(matches!(word.deprel().universal(), Deprel::Acl), "describing");
    note(matches!(word.feats().person(), Some(Person::First)), "first-person");
    note(matches!(word.feats().person(), Some(Person::Second)), "second-person");
    let subject = clauses::subject(word).map(Word::key);
    note(matches!(subject, Some("i" | "we" | "انا" | "نحن")), "i-or-we");
    note(matches!(subject, Some("you" | "انت" | "انتم")), "you");
    note(subject.is_none(), "no-subject");
    shapes
}
