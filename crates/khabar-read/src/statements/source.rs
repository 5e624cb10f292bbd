//! Who holds the content of a cue: the words that name the source, before it is known whom they stand for.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::TextRange;

use super::frame::PartySlot;
use super::lexicon::{Found, Part};
use super::scene::Scene;
use super::words::Class;
use crate::clauses;

/// What a text shows of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source<'a> {
    /// The noun phrase under this word.
    Phrase(Word<'a>),
    /// This word through a relative pronoun: "an architect who said".
    Relative(Word<'a>, Word<'a>),
    /// The subject that an Arabic verb shows by its ending.
    Implied(Word<'a>),
    /// The source of the statement before, which this cue carries on.
    Before,
    /// Nobody is named.
    Nobody,
}

impl Source<'_> {
    /// Whether this is a relative pronoun that stands before a word.
    fn is_before(self, word: Word<'_>) -> bool {
        matches!(self, Source::Relative(_, pronoun) if pronoun.index() < word.index())
    }
}

/// Finds the source of a cue whose content is known.
pub(super) fn read<'a>(scene: &Scene<'a>, found: &Found<'a>, content: &[TextRange]) -> Source<'a> {
    if found.cue.frame.source.contains(&PartySlot::Nobody) {
        return Source::Nobody;
    }
    match found.part {
        Part::Verb => of_verb(scene, found, content),
        Part::Participle => of_participle(scene, found, content),
        Part::Noun => of_noun(scene, found, content),
        Part::Adjective => of_adjective(found),
        Part::Preposition => object_of(scene, found).map_or(Source::Nobody, Source::Phrase),
    }
}

/// How many words may stand between a relay and the عن that names its source.
const RELAY: usize = 12;

fn outside(word: Word<'_>, content: &[TextRange]) -> bool {
    !content.iter().any(|stretch| stretch.contains_range(word.range()))
}

/// What shows the source of a verb before its subject is looked for: what أما puts in front, and the first person.
fn in_front<'a>(scene: &Scene<'a>, cue: Word<'a>, content: &[TextRange]) -> Option<Source<'a>> {
    if let Some(topic) = topic_of(scene, cue).filter(|topic| outside(*topic, content)) {
        return Some(Source::Phrase(topic));
    }
    // نذكّر مشاهدينا: a verb in the first person has no subject but its speaker.
    let first = scene.is_arabic()
        && cue.feats().person() == Some(khabar_lang::Person::First)
        && !cue.previous().is_some_and(|before| matches!(before.key(), "انا" | "نحن"));
    first.then_some(Source::Implied(cue))
}

fn of_verb<'a>(scene: &Scene<'a>, found: &Found<'a>, content: &[TextRange]) -> Source<'a> {
    let cue = found.word;
    if let Some(source) = in_front(scene, cue, content) {
        return source;
    }
    let active = found.cue.frame.source.contains(&PartySlot::Subject)
        && (relayed_from(scene, found).is_some() || clauses::subject(cue).is_some());
    if !active
        && let Some(prepositions) = listed_prepositions(found)
        && let Some(phrase) = clauses::marked_by(cue, &prepositions).next()
    {
        return Source::Phrase(phrase);
    }
    // Unvocalised passives are a guess; a noun right behind the verb is its subject.
    if clauses::is_passive(cue)
        && scene.is_arabic()
        && !found.is_passive()
        && let Some(subject) = beside(scene, found, content)
    {
        return Source::Phrase(subject);
    }
    if clauses::is_passive(cue) {
        let agent = clauses::agent(cue).filter(|agent| outside(*agent, content));
        return agent.map_or(Source::Nobody, Source::Phrase);
    }
    // The tree knows nothing of a verb that was written onto the word before it; its subject stands right behind it.
    if found.behind > 0
        && let Some(subject) = found.last.next().filter(|next| {
            matches!(next.upos(), Upos::Noun | Upos::Propn) && outside(*next, content)
        })
    {
        return Source::Phrase(subject);
    }
    // "people who Yerevan believes are held": the subject stands between the pronoun and the verb.
    let own = super::order::subject_before(scene, found).filter(|own| outside(*own, content));
    if let Some(relative) = relative(cue)
        && !own.is_some_and(|own| relative.is_before(own))
    {
        return relative;
    }
    if let Some(frame) = super::order::parenthesis(scene, found)
        && outside(frame.source, content)
    {
        return Source::Phrase(top_of_phrase(scene, frame.source));
    }
    if let Some(quoted) = quoted_as(cue) {
        return Source::Phrase(quoted);
    }
    // An Arabic verb in the plural has no subject behind it: what follows is its object (واتهموا الصين).
    let clitic = cue.next().is_some_and(|next| next.upos() == Upos::Pron && next.is_attached());
    let plural = scene.is_arabic() && clitic && cue.key().ends_with('و')
        || scene.is_arabic() && cue.key().ends_with("وا")
        || scene.is_arabic() && cue.key().ends_with("ون");
    let near = |subject: &Word<'a>| {
        !(plural && (subject.index() > cue.index() || clitic && subject.key() == "ما"))
            && !is_own_word(found, *subject)
            && outside(*subject, content)
            && scene.same_side(subject.index(), cue.index())
            && (!scene.is_time(*subject) || scene.is_arabic() && subject.upos() != Upos::Num)
            && !(scene.is_arabic()
                && (is_relative_object(cue, *subject)
                    || subject.is_attached() && subject.index() > cue.index()))
    };
    if let Some(pronoun) = pronoun_before(scene, cue) {
        return Source::Phrase(pronoun);
    }
    if is_carried_on(scene, cue) {
        return Source::Before;
    }
    if is_asked(scene, cue) {
        return clauses::agent(cue).map_or(Source::Nobody, Source::Phrase);
    }
    if fronted(scene, found).is_some()
        && let Some(own) = beside(scene, found, content)
    {
        return Source::Phrase(own);
    }
    let subject = clauses::subject(cue).filter(near);
    let beside_cue = super::order::subject_before(scene, found).filter(near);
    if let Some(nearest) = beside_cue
        && subject.is_none_or(|subject| is_nearer(scene, nearest, subject, cue))
    {
        return Source::Phrase(top_of_phrase(scene, nearest));
    }
    if let Some(subject) = subject {
        // A verb that is joined to another and does not agree with that one's subject has its own behind it.
        if scene.is_arabic()
            && subject.head() != Some(cue)
            && subject.index() < cue.index()
            && disagrees(cue, subject)
            && let Some(own) = beside(scene, found, content)
        {
            return Source::Phrase(own);
        }
        return Source::Phrase(subject);
    }
    if plural { Source::Implied(cue) } else { without_subject(scene, found, content) }
}

/// What shows the source of a verb to which the tree gives no subject.
fn without_subject<'a>(scene: &Scene<'a>, found: &Found<'a>, content: &[TextRange]) -> Source<'a> {
    match beside(scene, found, content).or_else(|| in_frame(scene, found, content)) {
        Some(subject) => Source::Phrase(subject),
        None if scene.is_arabic() => Source::Implied(found.word),
        None => Source::Nobody,
    }
}

/// The noun in front of an Arabic denial that it denies, taken up by a pronoun on the verb whose subject stands behind it: هذا الكلام
/// نفته أنقرة.
pub(super) fn fronted<'a>(scene: &Scene<'a>, found: &Found<'a>) -> Option<Word<'a>> {
    let cue = found.word;
    let turns = scene.is_arabic()
        && found.last == cue
        && super::standing::turns_claims(found.cue.stance)
        && cue.next().is_some_and(|next| next.upos() == Upos::Pron && next.is_attached());
    let topic = clauses::subject(cue)
        .filter(|topic| turns && topic.index() < cue.index() && topic.upos().is_nominal())?;
    beside(scene, found, &[]).filter(|own| own.index() > cue.index())?;
    Some(topic)
}

/// Whether what an Arabic tree takes for the subject is the relative pronoun or demonstrative that the verb has for its object:
/// بما وصفته، وهو ما نفته، ذلك نفاه.
fn is_relative_object(cue: Word<'_>, subject: Word<'_>) -> bool {
    let clitic = cue.next().is_some_and(|next| next.upos() == Upos::Pron && next.is_attached());
    clitic && subject.index() < cue.index() && matches!(subject.key(), "ما" | "ذلك" | "هذا")
}

/// Whether a noun is a part of the cue itself (رفض التعليق), or hangs on the preposition of one (أعرب عن أمله).
fn is_own_word(found: &Found<'_>, subject: Word<'_>) -> bool {
    subject == found.last
        || subject.analysis().language() == khabar_lang::Language::Arabic
            && subject.index() > found.word.index()
            && subject.children_by(Deprel::Case).any(|case| case.upos() == Upos::Adp)
}

/// Whether a verb in the masculine cannot have this feminine noun as its subject, or the other way round.
fn disagrees(verb: Word<'_>, noun: Word<'_>) -> bool {
    use khabar_lang::Gender;
    let feminine = noun.feats().gender() == Some(Gender::Fem) || noun.key().ends_with('ه');
    match verb.feats().gender() {
        Some(Gender::Fem) => !feminine && noun.feats().gender() == Some(Gender::Masc),
        Some(Gender::Masc) => feminine,
        _ => false,
    }
}

/// أما موسكو فرأت: what أما puts in front is the subject of the verb that ف opens.
fn topic_of<'a>(scene: &Scene<'a>, cue: Word<'a>) -> Option<Word<'a>> {
    let opened = cue
        .previous()
        .filter(|before| before.key() == "ف" && before.token().index() == cue.token().index());
    if !scene.is_arabic() || opened.is_none() {
        return None;
    }
    let sentence = cue.sentence().word_range();
    let first = sentence.start;
    let as_for = (first..(first + 2).min(cue.index())).find(|&at| scene.word(at).key() == "اما")?;
    let topic = (as_for + 1..cue.index())
        .map(|at| scene.word(at))
        .find(|word| matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::X | Upos::Adj))?;
    (topic.index() <= as_for + 2).then(|| top_of_phrase(scene, topic))
}

fn listed_prepositions(found: &Found<'_>) -> Option<Vec<String>> {
    let prepositions: Vec<String> = found
        .cue
        .frame
        .source
        .iter()
        .filter_map(|slot| match slot {
            PartySlot::Preposition(key) => Some(key.clone()),
            _ => None,
        })
        .collect();
    (!prepositions.is_empty()).then_some(prepositions)
}

/// "…, she said": a pronoun right before an English cue is its subject, whatever the tree says.
fn pronoun_before<'a>(scene: &Scene<'a>, cue: Word<'a>) -> Option<Word<'a>> {
    if scene.is_arabic() || matches!(cue.xpos(), "VBG" | "VBN" | "VB") {
        return None;
    }
    let mut before = cue.previous()?;
    while matches!(before.upos(), Upos::Adv | Upos::Aux) && before.index() > 0 {
        before = before.previous()?;
    }
    let subject = matches!(before.key(), "he" | "she" | "they" | "i" | "we");
    (subject && scene.same_side(before.index(), cue.index())).then_some(before)
}

/// Whether the noun right before an English cue is its subject rather than the one that the tree found farther off.
fn is_nearer<'a>(scene: &Scene<'a>, nearest: Word<'a>, subject: Word<'a>, cue: Word<'a>) -> bool {
    if nearest.index() <= subject.index() {
        return false;
    }
    // "MACAU (Reuters) – Officials said": a dateline is no subject.
    let dateline = super::order::behind_dateline(scene, cue)
        .is_some_and(|first| subject.index() < first && nearest.index() >= first);
    dateline || !nearest.is_within(subject) || cue.is_within(subject)
}

/// "Asked about it, she …": a participle without a subject of its own, which belongs to the one who is asked.
pub(super) fn is_asked(scene: &Scene<'_>, cue: Word<'_>) -> bool {
    !scene.is_arabic()
        && matches!(cue.key(), "asked" | "pressed" | "questioned")
        && cue.previous().is_none_or(|before| {
            before.sentence().index() != cue.sentence().index()
                || matches!(before.key(), "when" | "whenever" | "if" | "once" | "though")
        })
}

/// ", adding that …": an English participle behind a comma whose sentence has reported already.
fn is_carried_on<'a>(scene: &Scene<'a>, cue: Word<'a>) -> bool {
    let comma = cue.previous().is_some_and(|before| before.text() == ",");
    !scene.is_arabic()
        && cue.xpos() == "VBG"
        && comma
        && (cue.sentence().word_range().start..cue.index())
            .any(|at| scene.same_side(at, cue.index()) && scene.reports_at(at))
}

/// "quoted Haddad as saying", "Haddad was quoted as saying": the one who is quoted.
fn quoted_as(cue: Word<'_>) -> Option<Word<'_>> {
    let quotes = cue.head().filter(|_| {
        cue.xpos() == "VBG"
            && cue.children().any(|child| {
                child.key() == "as"
                    && matches!(child.deprel().universal(), Deprel::Mark | Deprel::Case)
            })
    })?;
    if clauses::is_passive(quotes) { clauses::subject(quotes) } else { clauses::object(quotes) }
}

/// "an architect who said": the pronoun stands for the noun before it.
fn relative(cue: Word<'_>) -> Option<Source<'_>> {
    let pronoun = cue.children().find(|child| {
        child.deprel().universal() == Deprel::Nsubj
            && matches!(child.key(), "who" | "which" | "that")
    })?;
    let noun = cue.ancestors().find(|word| word.upos().is_nominal() && *word != pronoun)?;
    (noun.index() < pronoun.index()).then_some(Source::Relative(noun, pronoun))
}

/// The noun phrase right beside the cue, where the tree gives no subject: before it, else behind it.
fn beside<'a>(scene: &Scene<'a>, found: &Found<'a>, content: &[TextRange]) -> Option<Word<'a>> {
    let reach = scene.reach(found.word);
    let nominal = |word: &Word<'a>| {
        matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Pron)
            && outside(*word, content)
            && !scene.is_time(*word)
            && scene.same_side(word.index(), found.word.index())
    };
    // نفته أنقرة: the pronoun on the verb is its object.
    let object = |word: &Word<'a>| {
        scene.is_arabic()
            && word.upos() == Upos::Pron
            && word.is_attached()
            && word.index() == found.word.index() + 1
    };
    let skipped =
        |word: &Word<'a>| matches!(word.upos(), Upos::Adv | Upos::Aux | Upos::Part) || object(word);
    if !scene.is_arabic() {
        let before = (reach.start..found.word.index())
            .rev()
            .map(|at| scene.word(at))
            .find(|word| !skipped(word));
        if let Some(word) = before.filter(nominal) {
            return Some(top_of_phrase(scene, word));
        }
    }
    // What stands behind a cue that has a hearer for object is the hearer ("told AFP").
    if found.cue.frame.addressee.contains(&PartySlot::Object) && !scene.is_arabic() {
        return None;
    }
    // أعرب عن أمله: the pronoun belongs to the cue.
    let own = found.last.next().is_some_and(|next| {
        found.last != found.word && next.is_attached() && next.upos() == Upos::Pron
    });
    let behind = (found.last.index() + 1 + usize::from(own)..reach.end)
        .map(|at| scene.word(at))
        .find(|word| !skipped(word) && word.upos() != Upos::Det && word.upos() != Upos::Adj)
        .filter(nominal)?;
    let subject =
        !scene.is_arabic() || behind.children().all(|child| child.deprel() != Deprel::Case);
    subject.then(|| top_of_phrase(scene, behind))
}

/// The first noun phrase between a quotation and the English cue behind it, or right behind the cue: "…,” Chairman Jason
/// Chaffetz, R-Utah, said".
fn in_frame<'a>(scene: &Scene<'a>, found: &Found<'a>, content: &[TextRange]) -> Option<Word<'a>> {
    let quoted = |index: usize| scene.around(index).is_some();
    let cue = found.word.index();
    let reach = scene.reach(found.word);
    if scene.is_arabic() || quoted(cue) || content.is_empty() {
        return None;
    }
    let nominal = |word: &Word<'a>| {
        matches!(word.upos(), Upos::Noun | Upos::Propn)
            && outside(*word, content)
            && !scene.is_time(*word)
    };
    let start = (reach.start..cue).rev().find(|&at| quoted(at)).map_or(reach.start, |at| at + 1);
    let before =
        (start..cue).map(|at| scene.word(at)).find(nominal).filter(|_| start > reach.start);
    let behind = || {
        (found.last.index() + 1..(found.last.index() + 4).min(reach.end))
            .map(|at| scene.word(at))
            .take_while(|word| !matches!(word.upos(), Upos::Adp | Upos::Verb | Upos::Sconj))
            .find(nominal)
    };
    before.or_else(behind).map(|word| top_of_phrase(scene, word))
}

/// The head of the noun phrase that a word is in. The phrase ends at a comma and at a quotation mark, whatever the tree says.
fn top_of_phrase<'a>(scene: &Scene<'a>, word: Word<'a>) -> Word<'a> {
    let whole = |head: Word<'a>| {
        let (from, to) = (head.index().min(word.index()), head.index().max(word.index()));
        scene.is_arabic()
            || scene.same_side(head.index(), word.index())
                && !scene.words_between(from, to).any(|between| {
                    // A phrase does not reach over a comma or the verb of a clause.
                    between.text() == "," || super::scene::is_finite(between)
                })
    };
    let top = word
        .ancestors()
        .take_while(|head| head.upos().is_nominal() && whole(*head))
        .zip(std::iter::once(word).chain(word.ancestors()))
        .take_while(|(_, below)| {
            matches!(
                below.deprel().universal(),
                Deprel::Compound | Deprel::Flat | Deprel::Appos | Deprel::Nmod | Deprel::Amod
            )
        })
        .map(|(head, _)| head)
        .last()
        .unwrap_or(word);
    described_by(scene, top).unwrap_or(top)
}

/// The noun that stands before what describes it: the officials of "officials familiar with the talks", the protesters of
/// "protesters marching through the streets".
fn described_by<'a>(scene: &Scene<'a>, phrase: Word<'a>) -> Option<Word<'a>> {
    let relation = phrase.deprel().universal();
    let describing = phrase.head().filter(|head| {
        !scene.is_arabic()
            && head.index() < phrase.index()
            && matches!(relation, Deprel::Obl | Deprel::Nmod | Deprel::Obj)
            && (head.upos() == Upos::Adj || matches!(head.xpos(), "VBG" | "VBN"))
    })?;
    let own = describing.children().find(|child| {
        child.deprel().is_subject()
            && child.index() + 1 == describing.index()
            && describing.xpos() == "VBG"
    });
    let above = describing
        .head()
        .filter(|_| matches!(describing.deprel().universal(), Deprel::Amod | Deprel::Acl));
    let noun = own
        .or(above)
        .filter(|noun| noun.upos().is_nominal() && noun.index() < describing.index())?;
    (!scene.words_between(noun.index(), phrase.index()).any(|word| word.text() == ","))
        .then_some(noun)
}

fn of_participle<'a>(scene: &Scene<'a>, found: &Found<'a>, content: &[TextRange]) -> Source<'a> {
    // The circumstance belongs to the subject of the verb that it hangs on; in news that has just spoken.
    let verb = found.word.ancestors().find(|word| word.upos() == Upos::Verb);
    match verb.and_then(clauses::subject).filter(|subject| outside(*subject, content)) {
        Some(subject) if !scene.is_arabic() => Source::Phrase(subject),
        _ => Source::Before,
    }
}

/// The عن behind which a relay names whom it quotes (نقلت وكالة … عن …); none when the cue is no relay or has no subject of its
/// own, as in the passive نُقل عن.
pub(super) fn relayed_from<'a>(scene: &Scene<'a>, found: &Found<'a>) -> Option<Word<'a>> {
    let relays = matches!(found.cue.act.as_str(), "relay" | "quote")
        && matches!(found.part, Part::Verb | Part::Participle);
    if !relays || !scene.is_arabic() || found.last != found.word {
        return None;
    }
    let from = found.last.index() + 1;
    let reach = scene.reach(found.word);
    let about = (from..(from + RELAY).min(reach.end))
        .map(|at| scene.word(at))
        .take_while(|word| !matches!(word.text(), "." | ":" | "؛"))
        .find(|word| word.key() == "عن")?;
    // A relative verb has its subject before it (وهي تنقل عن); an active one behind it.
    let subject = about.index() > from
        || scene
            .word(found.word.index())
            .previous()
            .is_some_and(|before| matches!(before.upos(), Upos::Pron | Upos::Noun | Upos::Propn));
    subject.then_some(about)
}

/// "المخاوف من واشنطن أن": whom من names, when the content stands behind it.
fn holder_behind_from<'a>(
    scene: &Scene<'a>,
    noun: Word<'a>,
    content: &[TextRange],
) -> Option<Word<'a>> {
    let from = noun.next().filter(|next| scene.is_arabic() && next.key() == "من")?;
    let holder = from.next().filter(|word| matches!(word.upos(), Upos::Noun | Upos::Propn))?;
    content.first()?.start().gt(&holder.range().end()).then_some(holder)
}

/// Whom a relay before this noun quotes: Lukashenko in نقلت شينخوا عن لوكاشينكو قوله.
fn relayed_speaker<'a>(scene: &Scene<'a>, noun: Word<'a>) -> Option<Word<'a>> {
    let reach = scene.reach(noun);
    let from = noun.index().saturating_sub(2 * RELAY).max(reach.start);
    let about = (from..noun.index())
        .rev()
        .map(|at| scene.word(at))
        .take_while(|word| !matches!(word.text(), "." | ":" | "؛"))
        .find(|word| word.key() == "عن")?;
    let relay = (from..about.index()).rev().any(|at| {
        scene.cues_at(at).iter().any(|other| matches!(other.cue.act.as_str(), "relay" | "quote"))
    });
    let speaker = (about.index() + 1..noun.index()).map(|at| scene.word(at)).find(|word| {
        matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::X | Upos::Pron | Upos::Adj)
    })?;
    relay.then_some(speaker)
}

/// The speaker that stands behind عن.
pub(super) fn speaker_behind<'a>(scene: &Scene<'a>, about: Word<'a>) -> Option<Word<'a>> {
    let reach = scene.reach(about);
    (about.index() + 1..reach.end)
        .map(|at| scene.word(at))
        .take_while(|word| !matches!(word.text(), "." | ":" | "؛" | "،"))
        .find(|word| matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::X | Upos::Pron))
}

fn of_noun<'a>(scene: &Scene<'a>, found: &Found<'a>, content: &[TextRange]) -> Source<'a> {
    let noun = found.word;
    if let Some(holder) = holder_behind_from(scene, noun, content) {
        return Source::Phrase(holder);
    }
    if scene.is_arabic()
        && noun.next().is_some_and(|next| next.upos() == Upos::Pron && next.is_attached())
        && let Some(speaker) = relayed_speaker(scene, noun)
    {
        return Source::Phrase(speaker);
    }
    let possessor = noun.children().find(|child| {
        let relation = child.deprel();
        relation == Deprel::NmodPoss
            || scene.is_arabic()
                && relation.universal() == Deprel::Nmod
                && child.child(Deprel::Case).is_none()
                && child.index() > noun.index()
    });
    let by = ["by", "from", "of", "من", "لدى"].map(crate::keys::key);
    let listed = listed_prepositions(found).unwrap_or_else(|| by.to_vec());
    let named = possessor.or_else(|| clauses::marked_by(noun, &listed).next());
    if let Some(named) = named.filter(|named| scene.same_side(named.index(), noun.index())) {
        return Source::Phrase(named);
    }
    // "made the claim that": whoever makes it.
    let maker = noun.head().filter(|head| {
        head.upos() == Upos::Verb
            && noun.deprel().universal() == Deprel::Obj
            && scene.words.is(Class::Maker, head.lemma())
    });
    maker.and_then(clauses::subject).map_or(Source::Nobody, Source::Phrase)
}

fn of_adjective<'a>(found: &Found<'a>) -> Source<'a> {
    if let Some(relative) = relative(found.word) {
        return relative;
    }
    clauses::subject(found.word).map_or(Source::Nobody, Source::Phrase)
}

/// The noun phrase that a preposition of reporting governs: its head word.
pub(super) fn object_of<'a>(scene: &Scene<'a>, found: &Found<'a>) -> Option<Word<'a>> {
    let reach = scene.reach(found.word);
    let possessor = found.cue.frame.source.contains(&PartySlot::Possessor);
    if possessor && found.last != found.word {
        // "in the words of X", "in X's view".
        let noun = found.last;
        let own = noun.children().find(|child| {
            child.deprel() == Deprel::NmodPoss
                || child.deprel().universal() == Deprel::Nmod && child.index() > noun.index()
        });
        if own.is_some() {
            return own;
        }
    }
    let from = found.last.index() + 1;
    if let Some(speaker) = said_behind(scene, found) {
        return Some(speaker);
    }
    let stop = (from..reach.end)
        .find(|&at| matches!(scene.word(at).text(), "," | "." | ";" | "،" | "؛"))
        .unwrap_or(reach.end);
    let noun = (from..stop)
        .map(|at| scene.word(at))
        .find(|word| matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Pron | Upos::X))?;
    // Up to the top of the noun phrase that the preposition marks.
    Some(
        noun.ancestors()
            .take_while(|word| (from..stop).contains(&word.index()) && word.upos().is_nominal())
            .last()
            .unwrap_or(noun),
    )
}

/// بحسب ما أفادت الشرطة: whoever the verb behind ما has as its subject.
fn said_behind<'a>(scene: &Scene<'a>, found: &Found<'a>) -> Option<Word<'a>> {
    let reach = scene.reach(found.word);
    let what = found.last.next().filter(|next| scene.is_arabic() && next.key() == "ما")?;
    let verb = (what.index() + 1..(what.index() + 3).min(reach.end))
        .map(|at| scene.word(at))
        .find(|word| word.upos() == Upos::Verb)?;
    let behind = (verb.index() + 1..(verb.index() + 5).min(reach.end))
        .map(|at| scene.word(at))
        .take_while(|word| !matches!(word.text(), "،" | "," | "." | ":"))
        .find(|word| matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::X))?;
    Some(top_of_phrase(scene, behind))
}

/// The stretch of a source's noun phrase, with the appositions that stand right behind it.
pub(super) fn phrase_of(head: Word<'_>) -> TextRange {
    clauses::noun_phrase(head)
}
