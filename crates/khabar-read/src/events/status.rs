//! Whether an event happened: negation, modals, conditions, plans, wishes and denials around its trigger, and its time.
//!
//! From the trigger the reader walks up the clauses that rule over it as their complement. The first sign on the way
//! decides: *will* makes an act future, *refused to* one that did not happen, *demanded that* one that may never.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;
use khabar_lang::{Deprel, Tense, Upos, Word};
use khabar_record::{Record, Stance, Statement, StatementKind, Status};
use khabar_table::{Table, TableError};

use super::scene::Scene;
use crate::keys;

/// How far up the clauses are followed.
const DEPTH: usize = 8;

/// Days before publication that still count as the present of the report.
const PRESENT_DAYS: i64 = 8;

/// What a word says of the status of an act in its reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// not, never, لم
    Not,
    /// Opens a condition: if, unless, إذا
    If,
    /// may, might, could
    May,
    /// "would" is the future of reported speech, else a condition.
    Would,
    /// will, سوف
    Will,
    /// Rules over what is to come: plan, prepare, قرر
    Plan,
    /// Rules over what is asked, hoped or feared: urge, want, fear
    Wish,
    /// Rules over what did not happen: deny, fail, prevent
    Deny,
    /// Describes what is to come: upcoming, مرتقب
    Upcoming,
    /// Describes what is long past: previous, سابق
    Previous,
}

/// The words of one language that tell the status.
#[derive(Debug)]
pub(crate) struct Signs(HashMap<String, Sign>);

impl Signs {
    /// Reads a list `word sign note`.
    pub(crate) fn load((file, text): (&'static str, &str)) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        let columns = table.columns(["word", "sign", "note"])?;
        let mut signs = HashMap::new();
        for row in table.rows() {
            let [word, sign, _] = columns.cells(row);
            let sign = match sign {
                "not" => Sign::Not,
                "if" => Sign::If,
                "may" => Sign::May,
                "would" => Sign::Would,
                "will" => Sign::Will,
                "plan" => Sign::Plan,
                "wish" => Sign::Wish,
                "deny" => Sign::Deny,
                "upcoming" => Sign::Upcoming,
                "previous" => Sign::Previous,
                _ => return Err(row.error(format!("unknown sign {sign:?}"))),
            };
            if signs.insert(keys::key(word), sign).is_some() {
                return Err(row.error(format!("{word:?} is listed twice")));
            }
        }
        Ok(Self(signs))
    }

    /// Whether a verb says of what it rules over that it did not happen.
    pub(super) fn denies(&self, scene: &Scene<'_>, word: Word<'_>) -> bool {
        word.upos() == Upos::Verb && self.of(scene, word) == Some(Sign::Deny)
    }

    fn of(&self, scene: &Scene<'_>, word: Word<'_>) -> Option<Sign> {
        self.0.get(word.key()).or_else(|| self.0.get(scene.lemma(word))).copied()
    }
}

/// Reads the status of the event at `trigger`, whose arguments hang on `verb`; `carrier` is the statement around it.
pub(super) fn read(
    signs: &Signs,
    scene: &Scene<'_>,
    trigger: Word<'_>,
    verb: Option<Word<'_>>,
    carrier: Option<&Statement>,
) -> Status {
    let reader = StatusReader { signs, scene, carrier };
    reader
        .described(trigger, verb.is_some_and(|verb| verb != trigger))
        .or_else(|| reader.walk(verb.unwrap_or(trigger), trigger))
        .unwrap_or(Status::Actual)
}

struct StatusReader<'r, 's, 'a> {
    signs: &'r Signs,
    scene: &'s Scene<'a>,
    carrier: Option<&'r Statement>,
}

impl StatusReader<'_, '_, '_> {
    /// What a noun's own modifiers say: "planned talks", "no strike", عدم الإفراج.
    /// With a verb that lends it its grammar it happens or not as that verb says ("mounted its long-threatened invasion").
    fn described(&self, trigger: Word<'_>, lent: bool) -> Option<Status> {
        if !matches!(trigger.upos(), Upos::Noun | Upos::Propn) {
            return None;
        }
        for child in trigger.children() {
            let near = matches!(
                child.deprel().universal(),
                Deprel::Amod | Deprel::Det | Deprel::Advmod | Deprel::Acl
            );
            match self.signs.of(self.scene, child).filter(|_| near) {
                Some(Sign::Plan) if lent => {}
                Some(Sign::Upcoming | Sign::Plan) => return Some(Status::Future),
                Some(Sign::Previous) => return Some(Status::Historical),
                Some(Sign::May) => return Some(Status::Hypothetical),
                Some(Sign::Not) => return Some(Status::Negated),
                _ => {}
            }
        }
        None
    }

    fn walk(&self, start: Word<'_>, trigger: Word<'_>) -> Option<Status> {
        let mut at = start;
        let mut marked = None;
        if start != trigger {
            marked = self.around(trigger);
            // قرر زيارة البلاد: the verb that lends a noun its grammar may say that it is only planned.
            if self.scene.is_arabic() && trigger.head() == Some(start) {
                marked = marked.or_else(|| self.governed(start, trigger.deprel()));
            }
        }
        for _ in 0..DEPTH {
            marked = marked.or_else(|| self.around(at)).or_else(|| self.impersonal(at));
            if marked.is_some() {
                return marked;
            }
            let head = at.head()?;
            let relation = at.deprel();
            let clausal = match relation.universal() {
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::Conj => true,
                Deprel::Advcl => at.child(Deprel::Mark).is_some() || self.scene.is_arabic(),
                Deprel::Acl => relation != Deprel::AclRelcl,
                _ => false,
            };
            if !clausal {
                return self.of_noun(at, head, trigger);
            }
            if let Some(status) = Self::purpose(at) {
                return Some(status);
            }
            if relation.universal() != Deprel::Conj
                && let Some(status) = self.governed(head, relation)
            {
                return Some(status);
            }
            if relation.universal() == Deprel::Ccomp || self.leaves_content(at, head) {
                return self.carried(at, trigger);
            }
            at = head;
        }
        None
    }

    /// A noun takes its status from the word that rules over it ("planned an attack", "called for talks") and not from
    /// what is said of that word: who will condemn an attack says that there was one.
    fn of_noun(&self, at: Word<'_>, head: Word<'_>, trigger: Word<'_>) -> Option<Status> {
        let relation = at.deprel();
        let ruled = match relation.universal() {
            Deprel::Obj | Deprel::Nsubj => true,
            Deprel::Obl | Deprel::Nmod => matches!(
                crate::clauses::marker(at),
                None | Some(
                    "to" | "for"
                        | "of"
                        | "from"
                        | "against"
                        | "ب"
                        | "ل"
                        | "الي"
                        | "عن"
                        | "من"
                        | "علي"
                )
            ),
            _ => false,
        };
        if !ruled {
            return None;
        }
        // "carried out no raid", لم تنفذ أي عملية: what is not done at all did not happen; the attack that was not condemned did.
        let any = at.children().any(|child| matches!(child.key(), "any" | "اي" | "ايه"));
        if relation.universal() == Deprel::Obj && any && self.around(head) == Some(Status::Negated)
        {
            return Some(Status::Negated);
        }
        self.governed(head, relation)
            .or_else(|| self.leaves_content(at, head).then(|| self.carried(at, trigger)).flatten())
    }

    /// Modals, negations and marks that hang on a predicate or stand before it.
    fn around(&self, predicate: Word<'_>) -> Option<Status> {
        let mut found = None;
        let close = predicate.children().filter(|child| {
            matches!(
                child.deprel().universal(),
                Deprel::Aux
                    | Deprel::Advmod
                    | Deprel::Mark
                    | Deprel::Det
                    | Deprel::CompoundPrt
                    | Deprel::Compound
                    | Deprel::Dep
                    | Deprel::Cop
                    | Deprel::Case
            )
        });
        let before = predicate.previous().filter(|word| {
            matches!(word.upos(), Upos::Aux | Upos::Part | Upos::Adv | Upos::Sconj | Upos::Adp)
                || self.scene.is_arabic()
        });
        for word in close.chain(before) {
            let status = match self.signs.of(self.scene, word) {
                Some(Sign::Not) => Status::Negated,
                Some(Sign::If | Sign::May) => Status::Hypothetical,
                Some(Sign::Would) => self.reported_future(predicate),
                Some(Sign::Will) => Status::Future,
                _ if self.is_arabic_may(word, predicate) => Status::Hypothetical,
                _ => continue,
            };
            found = Some(match (found, status) {
                (Some(Status::Negated), _) | (_, Status::Negated) => Status::Negated,
                (Some(Status::Hypothetical), _) => Status::Hypothetical,
                (_, status) => status,
            });
        }
        found
    }

    /// What an Arabic phrase before أن says of its clause, whatever the tree makes of the phrase: من المقرر أن يزور، من غير المرجح أن.
    fn impersonal(&self, predicate: Word<'_>) -> Option<Status> {
        if !self.scene.is_arabic() {
            return None;
        }
        let is_that = |word: &Word<'_>| word.key() == "ان";
        let that = predicate
            .children()
            .filter(|child| child.index() < predicate.index())
            .find(is_that)
            .or_else(|| predicate.previous().filter(is_that))?;
        let noun = that.previous()?;
        let bare = noun.key().strip_prefix("ال")?;
        let before = noun.previous()?;
        let of = if before.key() == "غير" { before.previous()? } else { before };
        if of.key() != "من" {
            return None;
        }
        let sign = self.signs.0.get(bare).or_else(|| self.signs.0.get(noun.key()))?;
        let not = of != before
            || of.previous().is_some_and(|word| self.signs.of(self.scene, word) == Some(Sign::Not));
        match sign {
            _ if not => Some(Status::Negated),
            Sign::Plan | Sign::Upcoming => Some(Status::Future),
            Sign::Wish | Sign::May => Some(Status::Hypothetical),
            _ => None,
        }
    }

    /// قد before an imperfect is *may*, before a perfect it is nothing.
    fn is_arabic_may(&self, word: Word<'_>, predicate: Word<'_>) -> bool {
        self.scene.is_arabic()
            && word.key() == "قد"
            && predicate.key().starts_with(['ي', 'ت', 'ن'])
            && predicate.feats().tense() != Some(Tense::Past)
            && predicate.feats().aspect() != Some(khabar_lang::Aspect::Perf)
    }

    fn reported_future(&self, predicate: Word<'_>) -> Status {
        let condition = predicate.children().any(|child| {
            child.deprel().universal() == Deprel::Advcl
                && child
                    .child(Deprel::Mark)
                    .is_some_and(|mark| self.signs.of(self.scene, mark) == Some(Sign::If))
        });
        if self.carrier.is_some() && !condition { Status::Future } else { Status::Hypothetical }
    }

    /// An infinitive of purpose says what is meant to happen.
    fn purpose(clause: Word<'_>) -> Option<Status> {
        let relation = clause.deprel().universal();
        let mark = clause.child(Deprel::Mark)?;
        let purpose = relation == Deprel::Advcl && mark.key() == "to";
        purpose.then_some(Status::Hypothetical)
    }

    /// What a governing verb, noun or adjective makes of its complement.
    fn governed(&self, head: Word<'_>, relation: Deprel) -> Option<Status> {
        let status = match self.signs.of(self.scene, head)? {
            Sign::Plan | Sign::Upcoming => Status::Future,
            Sign::Wish => Status::Hypothetical,
            Sign::Deny => Status::Negated,
            _ => return None,
        };
        (relation.universal() != Deprel::Nsubj
            || super::grammar::is_passive(self.scene, head)
            || self.scene.is_arabic())
        .then_some(status)
    }

    fn leaves_content(&self, at: Word<'_>, head: Word<'_>) -> bool {
        self.carrier.is_some_and(|statement| {
            let holds = |word: Word<'_>| {
                statement.content.iter().any(|part| part.contains_range(word.range()))
            };
            holds(at) && !holds(head)
        })
    }

    /// What the statement that carries the event makes of it, when the way up to its content was one of complements.
    fn carried(&self, at: Word<'_>, trigger: Word<'_>) -> Option<Status> {
        let statement = self.carrier?;
        if at.deprel() == Deprel::AclRelcl {
            return None;
        }
        let status = match (statement.stance, statement.kind) {
            (Stance::Denies, _) => Status::Negated,
            (Stance::Demands | Stance::Asks, _) | (Stance::Warns, StatementKind::Attitude) => {
                Status::Hypothetical
            }
            (Stance::Promises, _) => Status::Future,
            (Stance::Warns, _) if is_infinite(at) || is_infinite(trigger) => Status::Future,
            _ => return None,
        };
        Some(status)
    }
}

fn is_infinite(word: Word<'_>) -> bool {
    matches!(word.xpos(), "VB" | "VBG")
}

/// Moves an event out of the present when its time lies elsewhere.
pub(super) fn by_time(record: &Record, status: Status, when: Option<u32>, is_noun: bool) -> Status {
    let Some((time, published)) =
        when.and_then(|index| Some((&record.times[index as usize], record.document.published?)))
    else {
        return status;
    };
    if status != Status::Actual {
        return status;
    }
    let day = |moment: &Option<String>| {
        moment
            .as_deref()
            .and_then(|moment| moment.get(..10))
            .and_then(|day| day.parse::<Date>().ok())
    };
    let present = published.checked_sub(PRESENT_DAYS.days()).ok();
    if let (Some(end), Some(present)) = (day(&time.end), present)
        && end <= present
    {
        return Status::Historical;
    }
    match day(&time.start) {
        Some(start) if start > published && is_noun => Status::Future,
        _ => status,
    }
}
