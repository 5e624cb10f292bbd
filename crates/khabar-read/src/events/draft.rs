//! The events of one sentence before they become rows: trigger, sense and parties as words.

use khabar_lang::{Deprel, Sentence, Word};
use khabar_record::{EntityKind, MentionForm, Record, Statement, Status, TextRange};

use super::frame::Around;
use super::lexicon::{Form, Match};
use super::parties::{self, Sides};
use super::scene::Scene;
use super::sense::Slot;
use super::{EventRules, candidate, grammar, plover, status, toward};

/// How far up the clauses an infinitive or a noun looks for the act that rules over it.
const DEPTH: usize = 4;

/// An event in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft<'r, 'a> {
    pub(super) found: Match<'r, 'a>,
    pub(super) kind: &'r str,
    pub(super) mode: Option<&'r str>,
    pub(super) verb: Option<Word<'a>>,
    pub(super) sides: Sides<'a>,
    pub(super) status: Status,
    /// The place of the statement that carries it.
    pub(super) carrier: Option<usize>,
    /// The draft, by its place in the sentence, whose act rules over this one ("urged to release").
    pub(super) ruler: Option<usize>,
}

impl<'a> Draft<'_, 'a> {
    pub(super) fn trigger(&self) -> Word<'a> {
        self.found.trigger
    }

    /// The words that stand for the event in the tree.
    pub(super) fn nodes(&self) -> [Option<Word<'a>>; 3] {
        [Some(self.found.trigger), Some(self.node()), self.verb]
    }

    /// The word that stands for the event in the tree when no verb does.
    pub(super) fn node(&self) -> Word<'a> {
        self.found.node()
    }

    pub(super) fn is_noun(&self) -> bool {
        matches!(self.found.form, Form::Noun | Form::Masdar)
    }

    pub(super) fn parties(&self) -> usize {
        self.sides.actors.len()
            + self.sides.recipients.len()
            + usize::from(self.sides.implied.is_some())
    }
}

/// Finds the events of a sentence. Of triggers that are `known` the types are given, for training.
pub(super) fn read<'r, 'a>(
    rules: &'r EventRules,
    scene: &Scene<'a>,
    record: &Record,
    sentence: Sentence<'a>,
    known: &[(TextRange, String)],
) -> Vec<Draft<'r, 'a>> {
    let mut drafts: Vec<Draft<'r, 'a>> = Vec::new();
    let mut consumed: Vec<usize> = Vec::new();
    for word in sentence.words() {
        if consumed.contains(&word.index()) {
            continue;
        }
        let Some(candidate) = candidate::at(rules, scene, record, word) else { continue };
        let given = known.iter().find(|(trigger, _)| trigger.overlaps(candidate.trigger.range()));
        let found = match given {
            Some((_, kind)) => candidate.into_kind(kind, rules.model.as_ref()),
            None => candidate.decide(rules.model.as_ref()),
        };
        let Some(found) = found else { continue };
        // The noun of a passive light verb stands before it and may have been read by itself.
        drafts.retain(|draft| !found.words.contains(&draft.trigger()));
        consumed.extend(used(rules, scene, &found));
        let Some(kind) = found.sense.kind.as_deref() else { continue };
        if describes_only(&found) || is_part_of_name(scene, record, &found) {
            continue;
        }
        let around = Around::new(scene, &rules.lexicon.classes, &rules.support, &found);
        let sides = parties::read(&around, &rules.lexicon.classes, &found);
        let carrier = carrier(record, found.trigger.range());
        if found.sense.frame.actor.contains(&Slot::Speaker) && carrier.is_none() {
            continue;
        }
        let statement = carrier.map(|at| &record.statements[at]);
        let status = status::read(&rules.signs, scene, found.node(), around.verb, statement);
        let mode = found.sense.mode.as_deref();
        let verb = around.verb;
        drafts.push(Draft { found, kind, mode, verb, sides, status, carrier, ruler: None });
    }
    toward::requests(rules, scene, record, &mut drafts);
    inherit(&mut drafts);
    happenings_act(&mut drafts);
    modes(&mut drafts);
    toward::read(rules, scene, record, &mut drafts);
    not_victims(&mut drafts);
    threatened(&mut drafts);
    drafts
}

/// The words of a trigger that name no other act: the act that an Arabic phrase asks for or refuses has a row of its own.
fn used<'s>(
    rules: &'s EventRules,
    scene: &'s Scene<'_>,
    found: &'s Match<'_, '_>,
) -> impl Iterator<Item = usize> + 's {
    let other = |word: &&Word<'_>| {
        let word = scene.word(word.index());
        scene.is_arabic()
            && found.form == Form::Light
            && found.sense.kind.as_deref().is_some_and(plover::is_speech)
            && word != found.trigger
            && matches!(word.upos(), khabar_lang::Upos::Noun)
            && rules.lexicon.names(scene, word).next().is_some_and(|kind| !plover::is_speech(kind))
    };
    found.words.iter().filter(move |word| !other(word)).map(|word| word.index())
}

/// Whether an English participle only says of what kind a noun is ("the occupied city", "an ousted leader"): it names no act
/// that the sentence tells of.
fn describes_only(found: &Match<'_, '_>) -> bool {
    let trigger = found.trigger;
    found.form == Form::Verb
        && trigger.deprel() == Deprel::Amod
        && matches!(trigger.xpos(), "VBN" | "VBD" | "VBG" | "JJ")
        && !grammar::is_flattened(trigger)
}

/// Whether a trigger stands inside a time ("dawn" in فجر أمس) or inside somebody's name ("the Resistance Movement").
fn is_part_of_name(scene: &Scene<'_>, record: &Record, found: &Match<'_, '_>) -> bool {
    let trigger = found.trigger;
    if record.times.iter().any(|time| time.span.contains_range(trigger.range())) {
        return true;
    }
    let nominal = matches!(found.form, Form::Noun | Form::Masdar);
    let located = scene.is_arabic()
        && matches!(scene.kind(trigger), Some(EntityKind::Place | EntityKind::State));
    // الجيش قصف السوق: no name goes on with a bare noun behind one that has the article.
    let behind_article = scene.is_arabic()
        && !trigger.key().starts_with("ال")
        && trigger.previous().is_some_and(|before| before.key().starts_with("ال"));
    (nominal && !behind_article || located)
        && scene.mention(trigger).is_some_and(|at| {
            let mention = &record.mentions[at];
            mention.form == MentionForm::Name && mention.span.len() > trigger.range().len()
        })
}

/// The innermost statement whose content covers a trigger, by its place in the record.
fn carrier(record: &Record, trigger: TextRange) -> Option<usize> {
    let length = |statement: &Statement| -> u32 {
        statement.content.iter().map(|part| part.len().to_u32()).sum()
    };
    record
        .statements
        .iter()
        .enumerate()
        .filter(|(_, statement)| statement.content.iter().any(|part| part.contains_range(trigger)))
        .min_by_key(|(_, statement)| length(statement))
        .map(|(at, _)| at)
}

/// Gives acts that are asked, promised or denied the parties that grammar gives them: who is urged to release is who would
/// release, who denies shelling is who did not shell.
fn inherit(drafts: &mut [Draft<'_, '_>]) {
    for at in 0..drafts.len() {
        if let Some(allowed) = allowed(drafts, at) {
            drafts[at].sides.actors = allowed;
            drafts[at].sides.shown[0] = true;
        }
        let Some(ruler) = ruler(drafts, at) else { continue };
        drafts[at].ruler = Some(ruler);
        // Who asks for an act is not who would do it, whatever the parser hangs it on.
        let asked = drafts[ruler].kind == "REQUEST"
            && drafts[at].verb.is_some()
            && drafts[at].sides.actors == drafts[ruler].sides.actors;
        if asked && !has_own_subject(&drafts[at]) {
            drafts[at].sides.actors.clear();
        }
        let open = drafts[at].sides.actors.is_empty() && drafts[at].sides.implied.is_none();
        if !open || has_own_subject(&drafts[at]) {
            continue;
        }
        let from = &drafts[ruler];
        let given = match from.kind {
            "REQUEST" | "ACCUSE" => {
                Sides { actors: from.sides.recipients.clone(), ..Sides::default() }
            }
            "AGREE" | "THREATEN" | "REJECT" | "CONCEDE" => {
                Sides { recipients: Vec::new(), ..from.sides.clone() }
            }
            _ => continue,
        };
        let mine = drafts[at].sides.recipients.clone();
        drafts[at].sides.actors =
            given.actors.into_iter().filter(|actor| !mine.contains(actor)).collect();
        drafts[at].sides.implied = given.implied;
    }
}

/// A happening that is the subject of a verb does what those do who act in it: "the attack by the rebels killed nine".
fn happenings_act(drafts: &mut [Draft<'_, '_>]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.is_noun() || !draft.sides.actors.is_empty() || draft.sides.implied.is_some() {
            continue;
        }
        let subject = draft.verb.and_then(|verb| {
            verb.children().find(|child| child.deprel().universal() == Deprel::Nsubj)
        });
        let found = drafts.iter().find(|other| other.is_noun() && Some(other.trigger()) == subject);
        if let Some(actors) = found.map(|found| found.sides.actors.clone()) {
            let own = &drafts[at].sides.recipients;
            drafts[at].sides.actors =
                actors.into_iter().filter(|actor| !own.contains(actor)).collect();
        }
    }
}

/// Who is condemned, praised or answered for a happening is who did it and not who suffered it: "hailed the release of the
/// blogger" praises those who let her go.
fn not_victims(drafts: &mut [Draft<'_, '_>]) {
    for at in 0..drafts.len() {
        if !matches!(drafts[at].kind, "ACCUSE" | "SUPPORT" | "REQUEST" | "REJECT") {
            continue;
        }
        let happening = drafts.iter().enumerate().find(|(other, inner)| {
            *other != at
                && inner.is_noun()
                && inner.kind != drafts[at].kind
                && !inner.sides.recipients.is_empty()
                && inner.sides.recipients == drafts[at].sides.recipients
                && inner
                    .trigger()
                    .ancestors()
                    .any(|above| above == drafts[at].trigger() || Some(above) == drafts[at].verb)
        });
        if let Some((_, inner)) = happening {
            let actors = inner.sides.actors.clone();
            let own = drafts[at].sides.actors.clone();
            drafts[at].sides.recipients =
                actors.into_iter().filter(|actor| !own.contains(actor)).collect();
        }
    }
}

/// Harm that is threatened and names nobody whom it would strike would strike who is threatened.
fn threatened(drafts: &mut [Draft<'_, '_>]) {
    for at in 0..drafts.len() {
        let Some(ruler) = drafts[at].ruler.filter(|&ruler| drafts[ruler].kind == "THREATEN") else {
            continue;
        };
        let harm = matches!(drafts[at].kind, "SANCTION" | "COERCE" | "ASSAULT");
        if harm && drafts[at].is_noun() && drafts[at].sides.recipients.is_empty() {
            let threatened = drafts[ruler].sides.recipients.clone();
            drafts[at].sides.recipients = threatened;
        }
    }
}

/// What is asked for, refused or threatened by a word that does not say of what kind it is has the kind of the act inside.
fn modes(drafts: &mut [Draft<'_, '_>]) {
    for at in 0..drafts.len() {
        let Some(ruler) = drafts[at].ruler else { continue };
        let mode = plover::mode_by_content(drafts[ruler].kind, drafts[at].kind, drafts[at].mode);
        if drafts[ruler].mode.is_none() {
            drafts[ruler].mode = mode;
        }
    }
}

/// Who is let do an act of which nobody else is named the doer: "allowed the troops to attack", سمح للقوات بالهجوم.
fn allowed<'a>(drafts: &[Draft<'_, 'a>], at: usize) -> Option<Vec<Word<'a>>> {
    let draft = &drafts[at];
    if !draft.sides.actors.is_empty() || draft.sides.implied.is_some() || has_own_subject(draft) {
        return None;
    }
    let top = draft.verb.unwrap_or(draft.node());
    let complement = match top.deprel().universal() {
        Deprel::Xcomp | Deprel::Ccomp => true,
        Deprel::Obl | Deprel::Obj | Deprel::Nmod => {
            matches!(crate::clauses::marker(top), Some("ب" | "in" | "to"))
        }
        _ => false,
    };
    let head = top.head().filter(|_| complement)?;
    let above = drafts.iter().find(|other| other.nodes().contains(&Some(head)))?;
    let lets = matches!(above.kind, "AID" | "CONCEDE" | "RETREAT");
    (lets && !above.sides.recipients.is_empty()).then(|| above.sides.recipients.clone())
}

fn has_own_subject(draft: &Draft<'_, '_>) -> bool {
    !draft.is_noun()
        && draft.verb.is_some_and(|verb| {
            verb.children().any(|child| child.deprel().universal() == Deprel::Nsubj)
        })
}

/// The nearest draft above this one in the tree, when the way up is one of complements.
fn ruler(drafts: &[Draft<'_, '_>], at: usize) -> Option<usize> {
    let mut word = drafts[at].verb.unwrap_or(drafts[at].node());
    for _ in 0..DEPTH {
        let relation = word.deprel();
        let complement = match relation.universal() {
            Deprel::Xcomp
            | Deprel::Ccomp
            | Deprel::Obj
            | Deprel::Obl
            | Deprel::Nmod
            | Deprel::Conj => true,
            Deprel::Acl | Deprel::Advcl => {
                relation != Deprel::AclRelcl
                    && word.child(Deprel::Mark).is_some_and(|mark| {
                        matches!(mark.key(), "to" | "of" | "for" | "from" | "ان" | "that")
                    })
            }
            _ => false,
        };
        if !complement || is_circumstance(word) {
            return None;
        }
        let before = word;
        word = word.head()?;
        if before.deprel().universal() == Deprel::Conj {
            continue;
        }
        let found = drafts.iter().position(|other| other.nodes().contains(&Some(word)));
        if let Some(found) = found.filter(|found| *found != at) {
            return plover::is_speech(drafts[found].kind).then_some(found);
        }
    }
    None
}

/// Whether an Arabic phrase tells when, where or why something happens and not what is asked or promised.
fn is_circumstance(word: Word<'_>) -> bool {
    matches!(word.deprel().universal(), Deprel::Obl | Deprel::Nmod)
        && matches!(
            crate::clauses::marker(word),
            Some(
                "في" | "خلال"
                    | "اثناء"
                    | "بعد"
                    | "قبل"
                    | "عقب"
                    | "اثر"
                    | "منذ"
                    | "وسط"
                    | "بسبب"
                    | "جراء"
                    | "نتيجه"
                    | "حول"
                    | "بشان"
            )
        )
}
