//! Who stands where around a predicate: subjects through control and relative clauses, objects, phrases with prepositions.
//!
//! The tree is asked first. Where it gives nothing, the words beside the predicate are: a noun phrase that ends right before
//! an English verb is its subject, one that starts right behind it its object, because a parser that errs mostly errs in
//! where it hangs a phrase and not in what a phrase is.

use khabar_lang::{Deprel, Upos, Word};

use super::arabic;
use super::scene::Scene;
use crate::clauses;

/// Trees of news are not deeper than this in what is asked here; the bound guards against long walks.
const DEPTH: usize = 8;

/// Whether a predicate is in the passive, participles that describe a noun included.
pub(super) fn is_passive(scene: &Scene<'_>, predicate: Word<'_>) -> bool {
    if scene.is_arabic() {
        // Who has both a subject and an object is no passive, whatever the tagger guessed.
        let has = |relation| {
            let mut own = predicate.children();
            own.any(|child| child.deprel().universal() == relation && child.upos() != Upos::Pron)
        };
        let guessed = clauses::is_passive(predicate) && !(has(Deprel::Nsubj) && has(Deprel::Obj));
        return guessed || arabic::is_written_passive(scene, predicate);
    }
    if clauses::is_passive(predicate) {
        return true;
    }
    if predicate.xpos() != "VBN" || is_flattened(predicate) {
        return false;
    }
    let has = predicate.children_by(Deprel::Aux).any(|aux| scene.lemma(aux) == "have");
    let is = predicate.children_by(Deprel::Aux).any(|aux| scene.lemma(aux) == "be");
    let bare = matches!(
        predicate.deprel().universal(),
        Deprel::Acl | Deprel::Amod | Deprel::Advcl | Deprel::Xcomp
    );
    is && has || (is || bare && !has) && predicate.child(Deprel::Obj).is_none()
}

/// Whether an English parser took a finite verb between two noun phrases for a modifier of the second ("the court rejected
/// calls"): a true participle before a noun has no noun before it but its own modifiers.
pub(super) fn is_flattened(verb: Word<'_>) -> bool {
    if verb.deprel() != Deprel::Amod || !matches!(verb.xpos(), "VBD" | "VBN") {
        return false;
    }
    let Some(head) = verb.head().filter(|head| head.index() > verb.index()) else { return false };
    let before =
        verb.previous().filter(|word| matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Pron));
    before.is_some_and(|before| {
        // "the rebel-held town": a noun that belongs to the participle is joined to it by a hyphen.
        before.head() != Some(verb)
            || before.range().end() < verb.range().start()
                && matches!(head.upos(), Upos::Noun | Upos::Propn)
    })
}

/// The grammatical subject of a predicate: its own, or the one that the clauses above control.
pub(super) fn subject<'a>(scene: &Scene<'a>, predicate: Word<'a>) -> Option<Word<'a>> {
    let mut at = predicate;
    for _ in 0..DEPTH {
        if let Some(own) = own_subject(scene, at) {
            // "Hours after the army attacked": the time is no subject, the phrase beside the verb is.
            if is_stretch_of_time(scene, own)
                && let Some(left) = beside_left(scene, at)
            {
                return Some(left);
            }
            return if is_relative(own) { antecedent(at) } else { Some(own) };
        }
        if let Some(left) = beside_left(scene, at) {
            return Some(left);
        }
        if scene.is_arabic() && at == predicate {
            let beside =
                arabic::behind_clitic(scene, at).or_else(|| arabic::behind_particle(scene, at));
            if beside.is_some() {
                return beside;
            }
        }
        let head = at.head()?;
        match at.deprel().universal() {
            Deprel::Conj if head.upos() == Upos::Verb || own_subject(scene, head).is_some() => {
                at = head;
            }
            Deprel::Xcomp | Deprel::Ccomp => match controller(scene, at, head) {
                Some(object) => return Some(object),
                None => at = head,
            },
            Deprel::Advcl | Deprel::Parataxis if !has_own_mark(at) => {
                match controller(scene, at, head) {
                    Some(object) => return Some(object),
                    None => at = head,
                }
            }
            Deprel::Acl if head.upos().is_nominal() => {
                let infinitive = at.child(Deprel::Mark).is_some_and(|mark| mark.key() == "to");
                return if infinitive { holder(scene, head) } else { Some(head) };
            }
            Deprel::Amod if !is_flattened(at) => return Some(head),
            _ => return None,
        }
    }
    None
}

/// Its own subject: of several before the predicate the nearest, because parsers hang what stands further off there too.
pub(super) fn own_subject<'a>(scene: &Scene<'_>, predicate: Word<'a>) -> Option<Word<'a>> {
    let mut subjects = predicate.children().filter(|child| {
        child.deprel().universal() == Deprel::Nsubj && !is_bare_time(scene, *child)
    });
    let first = subjects.clone().next()?;
    let before = subjects.rfind(|child| child.index() < predicate.index());
    let english = predicate.analysis().language() == khabar_lang::Language::English;
    Some(before.filter(|_| english).unwrap_or(first))
}

/// A day or an hour without a preposition ("said Thursday"), which parsers take for a subject or an object.
fn is_bare_time(scene: &Scene<'_>, word: Word<'_>) -> bool {
    !scene.is_arabic() && scene.tells_time(word)
}

fn is_stretch_of_time(scene: &Scene<'_>, word: Word<'_>) -> bool {
    matches!(
        scene.lemma(word),
        "hour" | "day" | "week" | "month" | "year" | "minute" | "time" | "moment"
    )
}

pub(super) fn is_relative(word: Word<'_>) -> bool {
    matches!(
        word.key(),
        "who"
            | "which"
            | "that"
            | "whom"
            | "الذي"
            | "التي"
            | "الذين"
            | "اللذان"
            | "اللتان"
            | "اللذين"
    )
}

fn antecedent(predicate: Word<'_>) -> Option<Word<'_>> {
    predicate.ancestors().find(|word| word.upos().is_nominal() && word.index() < predicate.index())
}

/// A clause with a conjunction of its own ("after he left", "if"), whose subject may be another.
fn has_own_mark(predicate: Word<'_>) -> bool {
    let participle = matches!(predicate.xpos(), "VBG" | "VBN");
    predicate
        .child(Deprel::Mark)
        .is_some_and(|mark| !participle && !matches!(mark.key(), "to" | "ان"))
}

/// Who does what a verb's complement says: the object of verbs such as *urge* and *accuse*, else nobody but the verb's subject.
fn controller<'a>(scene: &Scene<'a>, complement: Word<'a>, head: Word<'a>) -> Option<Word<'a>> {
    if complement.deprel().universal() == Deprel::Advcl {
        let mark = complement.child(Deprel::Mark)?;
        if !matches!(mark.key(), "of" | "from" | "into" | "for") {
            return None;
        }
    }
    if matches!(scene.lemma(head), "promise" | "threaten" | "vow" | "deny") {
        return None;
    }
    let object = head
        .children()
        .find(|child| matches!(child.deprel().universal(), Deprel::Iobj))
        .or_else(|| head.child(Deprel::Obj))?;
    (object.index() < complement.index()).then_some(object)
}

/// Whose plan or promise a noun with an infinitive is: its possessor, else the subject of the verb that it is the object of.
fn holder<'a>(scene: &Scene<'a>, noun: Word<'a>) -> Option<Word<'a>> {
    if let Some(owner) = noun.child(Deprel::NmodPoss) {
        return Some(owner);
    }
    let verb = noun.head().filter(|head| head.upos() == Upos::Verb)?;
    let is_object = noun.deprel().universal() == Deprel::Obj;
    if is_object { subject_no_deeper(scene, verb) } else { None }
}

fn subject_no_deeper<'a>(scene: &Scene<'a>, verb: Word<'a>) -> Option<Word<'a>> {
    own_subject(scene, verb).filter(|own| !is_relative(*own)).or_else(|| beside_left(scene, verb))
}

/// The noun phrase that ends right before an English verb, by its top word.
fn beside_left<'a>(scene: &Scene<'a>, verb: Word<'a>) -> Option<Word<'a>> {
    if scene.is_arabic() || !matches!(verb.xpos(), "VBD" | "VBZ" | "VBP" | "VBN" | "VB") {
        return None;
    }
    let finite = matches!(verb.xpos(), "VBD" | "VBZ" | "VBP")
        || is_flattened(verb)
        || verb.children().any(|child| child.deprel().universal() == Deprel::Aux);
    if !finite {
        return None;
    }
    let mut before = verb.previous()?;
    // Adverbs and a phrase of time or place may stand between ("the US on Thursday rejected").
    for _ in 0..3 {
        while matches!(before.upos(), Upos::Aux | Upos::Adv) {
            before = before.previous()?;
        }
        match phrase_top(before, verb)? {
            (top, None) => return Some(top).filter(|top| top.deprel().universal() != Deprel::Obj),
            (_, Some(case)) => before = case.previous()?,
        }
    }
    None
}

/// The top of the noun phrase that a word ends, with the preposition before it.
fn phrase_top<'a>(last: Word<'a>, verb: Word<'a>) -> Option<(Word<'a>, Option<Word<'a>>)> {
    if !matches!(last.upos(), Upos::Noun | Upos::Propn | Upos::Pron) {
        return None;
    }
    let mut top = last;
    for _ in 0..DEPTH {
        let Some(head) = top.head() else { break };
        let inside = matches!(
            top.deprel().universal(),
            Deprel::Nmod | Deprel::Compound | Deprel::Flat | Deprel::Appos | Deprel::Conj
        );
        let opens_clause = clauses::marker(top)
            .is_some_and(|marker| matches!(marker, "after" | "before" | "since" | "until" | "as"));
        if !inside || opens_clause || head.index() > verb.index() || !head.upos().is_nominal() {
            break;
        }
        top = head;
    }
    let case = top.children_by(Deprel::Case).find(|case| {
        let opens_clause = matches!(case.key(), "after" | "before" | "since" | "until" | "as");
        case.index() < top.index() && !opens_clause
    });
    (top.index() < verb.index()).then_some((top, case))
}

/// The object of a verb, the noun that a relative clause says it of, or the noun phrase right behind the verb.
pub(super) fn object<'a>(scene: &Scene<'a>, verb: Word<'a>) -> Option<Word<'a>> {
    if is_flattened(verb) {
        return verb.head();
    }
    let own = verb.children_by(Deprel::Obj).find(|object| !is_bare_time(scene, *object));
    let indirect = verb.child(Deprel::Iobj);
    if let Some(object) = own {
        // An Arabic clitic in a relative clause stands for the noun that the clause describes.
        let resumes = object.upos() == Upos::Pron && verb.deprel() == Deprel::AclRelcl;
        return if resumes && scene.is_arabic() { verb.head() } else { Some(object) };
    }
    if indirect.is_some() {
        return indirect;
    }
    let subjects: Vec<Word<'a>> =
        verb.children().filter(|child| child.deprel() == Deprel::Nsubj).collect();
    if let [first, second] = subjects[..]
        && (scene.is_arabic() || second.index() > verb.index())
    {
        return Some(if first.index() > verb.index() && !scene.is_arabic() {
            first
        } else {
            second
        });
    }
    if verb.deprel() == Deprel::AclRelcl && !scene.is_arabic() {
        let gap = subjects.first().is_some_and(|subject| !is_relative(*subject));
        if gap {
            return verb.head();
        }
    }
    if scene.is_arabic() {
        behind_subject(scene, verb).or_else(|| arabic::behind_verb(scene, verb))
    } else {
        beside_right(scene, verb)
    }
}

/// The noun phrase that starts right behind an English verb, by its top word.
fn beside_right<'a>(scene: &Scene<'a>, verb: Word<'a>) -> Option<Word<'a>> {
    let mut at = verb.next()?;
    while matches!(at.upos(), Upos::Det | Upos::Adj | Upos::Num) || is_bare_time(scene, at) {
        at = at.next()?;
    }
    if !matches!(at.upos(), Upos::Noun | Upos::Propn | Upos::Pron) {
        return None;
    }
    for _ in 0..DEPTH {
        let Some(head) = at.head() else { break };
        let inside = matches!(
            at.deprel().universal(),
            Deprel::Compound | Deprel::Flat | Deprel::Amod | Deprel::NmodPoss | Deprel::Nmod
        );
        if !inside || head.index() < at.index() || !head.upos().is_nominal() {
            break;
        }
        at = head;
    }
    let elsewhere = matches!(
        at.deprel().universal(),
        Deprel::Nsubj | Deprel::Obl | Deprel::Conj | Deprel::Root
    );
    (!elsewhere).then_some(at)
}

/// The second noun phrase behind an Arabic verb, which parsers hang on the subject before it.
fn behind_subject<'a>(scene: &Scene<'a>, verb: Word<'a>) -> Option<Word<'a>> {
    let subject = own_subject(scene, verb).filter(|own| own.index() > verb.index())?;
    if let Some(object) = clauses::demonstrated_behind(subject) {
        return Some(object);
    }
    subject.children().find(|child| {
        let free = child.child(Deprel::Case).is_none() && child.index() > subject.index();
        let other = scene.mention(*child).is_some_and(|at| scene.mention(subject) != Some(at));
        let apposed = match child.deprel().universal() {
            Deprel::Appos => scene.known(*child).is_some(),
            // Two states in a row are no name: دعت فرنسا إسرائيل إلى.
            Deprel::Flat => other && scene.kind(*child) == Some(khabar_record::EntityKind::State),
            _ => false,
        };
        let plural = matches!(child.deprel().universal(), Deprel::Amod | Deprel::Nmod)
            && is_human_plural(*child)
            && !is_human_plural(subject);
        free && (apposed || plural)
    })
}

/// Whether an Arabic word has the ending of a plural of people (متظاهرين).
pub(super) fn is_human_plural(word: Word<'_>) -> bool {
    let key = word.key();
    key.chars().count() > 5 && (key.ends_with("ين") || key.ends_with("ون"))
}

/// The doer that a passive names.
pub(super) fn agent<'a>(scene: &Scene<'a>, predicate: Word<'a>) -> Option<Word<'a>> {
    let keys: &[&str] =
        if scene.is_arabic() { &["قبل", "يد", "ايدي", "جانب"] } else { &["by"] };
    clauses::agent(predicate)
        .or_else(|| {
            keys.iter().find_map(|key| {
                phrase_nouns(predicate).find(|noun| clauses::marker(*noun) == Some(key))
            })
        })
        .or_else(|| {
            // على يد القوات: the hand is a noun of its own, and whose it is is its genitive.
            let hand = phrase_nouns(predicate).find(|noun| {
                scene.is_arabic() && matches!(scene.lemma(*noun), "يد" | "ايد" | "قبل" | "جانب")
            })?;
            hand.children().find(|child| child.deprel().universal() == Deprel::Nmod)
        })
}

/// The nouns with prepositions below a predicate or a noun, also those that hang on its object.
fn phrase_nouns(word: Word<'_>) -> impl Iterator<Item = Word<'_>> {
    let own = word.children();
    let of_objects = word
        .children()
        .filter(|child| matches!(child.deprel().universal(), Deprel::Obj | Deprel::Obl))
        .flat_map(Word::children);
    own.chain(of_objects).filter(|child| {
        matches!(child.deprel().universal(), Deprel::Obl | Deprel::Nmod | Deprel::Conj)
    })
}

/// The phrases behind a preposition that belong to a predicate or a noun, the nearest first.
pub(super) fn marked<'a>(scene: &Scene<'a>, word: Word<'a>, key: &str) -> Vec<Word<'a>> {
    let fits = |noun: &Word<'a>| clauses::marker(*noun) == Some(key);
    let direct: Vec<Word<'a>> = word
        .children()
        .filter(|child| {
            matches!(
                child.deprel().universal(),
                Deprel::Obl | Deprel::Nmod | Deprel::Iobj | Deprel::Advmod
            )
        })
        .filter(fits)
        .collect();
    if !direct.is_empty() {
        return direct;
    }
    if let Some(compound) = compound_marker(scene, word, key) {
        return vec![compound];
    }
    if key == "by" && word.upos() == Upos::Noun && !scene.is_arabic() {
        // "The release of the blogger by Turkey": who did it often hangs on whom it befell.
        let befell = word.children().filter(|child| clauses::marker(*child) == Some("of"));
        return befell.flat_map(Word::children).filter(fits).collect();
    }
    if matches!(key, "of" | "by") {
        return Vec::new();
    }
    let behind = word.index() + 1;
    let end = word.sentence().word_range().end.min(behind + 14);
    (behind..end)
        .map(|at| scene.word(at))
        .take_while(|other| other.upos() != Upos::Punct || other.key() == "\"")
        .filter(|other| matches!(other.deprel().universal(), Deprel::Obl | Deprel::Nmod))
        .find(|other| fits(other) && reaches(*other, word))
        .into_iter()
        .collect()
}

/// Prepositions that are a preposition and a noun (بحق، باتجاه): whom they govern is the noun's genitive.
fn compound_marker<'a>(scene: &Scene<'a>, word: Word<'a>, key: &str) -> Option<Word<'a>> {
    let rest = key.strip_prefix('ب').filter(|_| scene.is_arabic())?;
    let noun = word
        .children()
        .find(|child| clauses::marker(*child) == Some("ب") && scene.says(*child, rest))?;
    noun.children().find(|child| child.deprel().universal() == Deprel::Nmod)
}

/// Whether a word hangs below another without a clause between.
fn reaches(below: Word<'_>, top: Word<'_>) -> bool {
    for ancestor in below.ancestors().take(DEPTH) {
        if ancestor == top {
            return true;
        }
        if ancestor.heads_clause() {
            return false;
        }
    }
    false
}

/// The genitives and possessive pronouns of a noun.
pub(super) fn genitives(noun: Word<'_>) -> impl Iterator<Item = Word<'_>> {
    noun.children().filter(move |child| {
        let possessive = child.deprel() == Deprel::NmodPoss;
        let bare =
            child.deprel().universal() == Deprel::Nmod && child.child(Deprel::Case).is_none();
        let arabic = noun.analysis().language() == khabar_lang::Language::Arabic;
        possessive || arabic && bare && child.index() > noun.index()
    })
}

/// The clause or noun that says what is asked, promised, said.
pub(super) fn content_clause(predicate: Word<'_>) -> Option<Word<'_>> {
    let clause = predicate
        .children()
        .find(|child| matches!(child.deprel().universal(), Deprel::Ccomp | Deprel::Xcomp));
    clause.or_else(|| {
        predicate.children().find(|child| {
            matches!(child.deprel().universal(), Deprel::Advcl | Deprel::Acl)
                && child.child(Deprel::Mark).is_some_and(|mark| {
                    matches!(mark.key(), "to" | "of" | "ان" | "from" | "for" | "that")
                })
        })
    })
}
