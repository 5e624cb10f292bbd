//! What speaks for and against somebody as a party: each reason is a number that names what was looked at and what was seen.

use khabar_lang::{Deprel, Number, Person, Upos, Word};
use khabar_record::Record;

use super::super::draft::Draft;
use super::super::frame::Around;
use super::super::hashed::{Mix, atom};
use super::super::scene::Scene;
use super::super::sense::Slot;
use super::gather::Standing;

/// How far up and down the tree a path is followed.
const STEPS: usize = 5;

/// Reasons in the making.
#[derive(Default)]
struct Reasons(Vec<u32>);

impl Reasons {
    fn put(&mut self, name: &str, seen: &[u32]) {
        let mix = seen.iter().fold(Mix::new(name), |mix, seen| mix.and(*seen));
        self.0.push(mix.done());
    }
}

/// An event with what all its reasons look at.
pub(super) struct Case<'c, 'r, 'a> {
    scene: &'c Scene<'a>,
    drafts: &'c [Draft<'r, 'a>],
    at: usize,
    record: &'c Record,
    node: Word<'a>,
    verb: Option<Word<'a>>,
    kind: u32,
    form: u32,
    lemma: u32,
    ruler: u32,
    /// The type of the event below which this one hangs.
    above: u32,
    mutual: bool,
    /// Whether the rules name an actor and a recipient.
    state: u32,
    /// The places of the frame with the words that fill them.
    filled: Vec<(u32, Word<'a>)>,
    /// The way up from the trigger: word, and the number of the steps so far.
    up: Vec<(Word<'a>, u32)>,
    up_verb: Vec<(Word<'a>, u32)>,
}

impl<'c, 'r, 'a> Case<'c, 'r, 'a> {
    pub(super) fn new(
        scene: &'c Scene<'a>,
        record: &'c Record,
        drafts: &'c [Draft<'r, 'a>],
        at: usize,
        around: &Around<'_, 'a>,
    ) -> Self {
        let draft = &drafts[at];
        let node = draft.node();
        let passive = around.is_passive();
        let supported = draft.is_noun() && draft.verb.is_some();
        let form = Mix::new(draft.found.form.as_str())
            .and(u32::from(passive))
            .and(u32::from(supported))
            .done();
        let ruler = draft.ruler.and_then(|ruler| drafts.get(ruler)).map_or(0, |r| atom(r.kind));
        let above =
            drafts.iter().enumerate().find(|(other, upper)| *other != at && hangs(draft, upper));
        let above = above.map_or(0, |(_, upper)| atom(upper.kind));
        let sides = &draft.sides;
        let acted = !sides.actors.is_empty() || sides.implied.is_some();
        let state = u32::from(acted) + 2 * u32::from(!sides.recipients.is_empty());
        Self {
            scene,
            drafts,
            at,
            record,
            node,
            verb: draft.verb.filter(|verb| *verb != node),
            kind: atom(draft.kind),
            form,
            lemma: atom(scene.lemma(node)),
            ruler,
            above,
            mutual: draft.found.sense.frame.actor.iter().any(Slot::is_mutual),
            state,
            filled: filled(draft, around),
            up: way_up(node),
            up_verb: draft.verb.filter(|verb| *verb != node).map(way_up).unwrap_or_default(),
        }
    }

    fn draft(&self) -> &Draft<'r, 'a> {
        &self.drafts[self.at]
    }

    /// What the rules say of a word.
    fn ruled(&self, word: Word<'a>) -> u32 {
        role_in(self.draft(), word)
    }
}

/// What the rules say a word is to an event: a number for each answer.
fn role_in<'a>(draft: &Draft<'_, 'a>, word: Word<'a>) -> u32 {
    let place = |words: &[Word<'a>], first: u32, more: u32| {
        let at = words.iter().position(|own| *own == word)?;
        Some(if at == 0 { first } else { more })
    };
    let joined = |words: &[Word<'a>]| {
        word.deprel() == Deprel::Conj && word.head().is_some_and(|head| words.contains(&head))
    };
    place(&draft.sides.actors, 1, 2)
        .or_else(|| place(&draft.sides.recipients, 3, 4))
        .or_else(|| joined(&draft.sides.actors).then_some(5))
        .or_else(|| joined(&draft.sides.recipients).then_some(6))
        .unwrap_or(0)
}

/// The places around a trigger with the words that fill them, and of the frame's own places which they are.
fn filled<'a>(draft: &Draft<'_, 'a>, around: &Around<'_, 'a>) -> Vec<(u32, Word<'a>)> {
    let mut filled = Vec::new();
    for (name, slot) in [
        ("subject", Slot::Subject),
        ("object", Slot::Object),
        ("indirect", Slot::Indirect),
        ("owner", Slot::Possessor),
    ] {
        filled.extend(around.fill(&slot).into_iter().map(|word| (atom(name), word)));
    }
    let frame = &draft.found.sense.frame;
    for (name, slots) in [("actor's", &frame.actor), ("recipient's", &frame.recipient)] {
        for (rank, slot) in slots.iter().enumerate() {
            let Slot::Marked(_) = slot else {
                let own = match slot {
                    Slot::Subject => atom("subject"),
                    Slot::Object => atom("object"),
                    Slot::Indirect => atom("indirect"),
                    Slot::Possessor => atom("owner"),
                    _ => continue,
                };
                let words: Vec<Word<'a>> =
                    filled.iter().filter(|(place, _)| *place == own).map(|one| one.1).collect();
                let place = Mix::new(name).and(rank.min(2) as u32).done();
                filled.extend(words.into_iter().map(|word| (place, word)));
                continue;
            };
            let place = Mix::new(name).and(rank.min(2) as u32).done();
            filled.extend(around.fill(slot).into_iter().map(|word| (place, word)));
        }
    }
    filled
}

/// The words above one, each with the number of the steps that lead there.
fn way_up(word: Word<'_>) -> Vec<(Word<'_>, u32)> {
    let mut way = vec![(word, atom("up"))];
    let mut at = word;
    let mut steps = Mix::new("up");
    for _ in 0..STEPS {
        let Some(head) = at.head() else { break };
        steps = steps.and(atom(at.deprel().as_str()));
        at = head;
        way.push((at, steps.done()));
    }
    way
}

/// The number of the path that leads to a word, and how many steps go down.
fn path(up: &[(Word<'_>, u32)], word: Word<'_>) -> (u32, u32) {
    let mut at = word;
    let mut down: Vec<u32> = Vec::with_capacity(STEPS);
    for _ in 0..=STEPS {
        if let Some(turn) = up.iter().position(|(above, _)| *above == at) {
            let start = Mix::new("path").and(up[turn].1);
            let path = down.iter().rev().fold(start, |mix, step| mix.and(*step));
            return (path.done(), (turn.min(4) * 8 + down.len()) as u32);
        }
        down.push(atom(at.deprel().as_str()));
        match at.head() {
            Some(head) => at = head,
            None => break,
        }
    }
    (atom("far"), 99)
}

fn bucket(count: usize) -> u32 {
    match count {
        0..=3 => count as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=14 => 6,
        15..=25 => 7,
        _ => 8,
    }
}

/// What speaks for and against a word.
pub(super) fn of_word<'a>(
    case: &Case<'_, '_, 'a>,
    near: &[&Standing<'a>],
    number: usize,
) -> (Vec<u32>, Vec<u32>) {
    let one = near[number];
    let word = one.word;
    let mut put = Reasons(Vec::with_capacity(96));
    let (kind, form) = (case.kind, case.form);
    let ruled = case.ruled(word);
    let (way, lengths) = path(&case.up, word);
    of_rules(&mut put, case, one, ruled, way);
    put.put("path", &[way]);
    put.put("path form", &[way, form]);
    put.put("path kind", &[way, kind]);
    put.put("path lemma", &[way, case.lemma]);
    put.put("path sort", &[way, one.sort]);
    put.put("path marker", &[way, one.marker, form]);
    put.put("lengths", &[lengths, form]);
    if case.verb.is_some() {
        let (way, lengths) = path(&case.up_verb, word);
        put.put("verb path", &[way, form]);
        put.put("verb path kind", &[way, kind]);
        put.put("verb lengths", &[lengths, form]);
    }
    let mut fills = false;
    for (place, _) in case.filled.iter().filter(|(_, filler)| *filler == word) {
        fills = true;
        put.put("fills", &[*place]);
        put.put("fills form", &[*place, form]);
        put.put("fills kind", &[*place, kind]);
        put.put("fills sort", &[*place, one.sort]);
        put.put("fills lemma", &[*place, case.lemma]);
    }
    put.put("ruled fills", &[ruled, u32::from(fills)]);
    put.put("ruled fills ruler", &[ruled, u32::from(fills), case.ruler]);
    if !fills {
        put.put("fills nothing", &[form]);
        // Somebody inside the phrase that fills a place.
        let above = word.head();
        for (place, _) in case.filled.iter().filter(|(_, filler)| Some(*filler) == above) {
            put.put("inside", &[*place, one.deprel]);
            put.put("inside kind", &[*place, one.deprel, kind]);
            put.put("inside sort", &[*place, one.sort]);
        }
    }
    put.put("marker kind", &[one.marker, kind]);
    put.put("marker form", &[one.marker, form]);
    put.put("marker lemma", &[one.marker, case.lemma]);
    put.put("marker sort kind", &[one.marker, one.sort, kind]);
    put.put("relation", &[one.deprel, form]);
    put.put("relation marker", &[one.deprel, one.marker]);
    of_self(&mut put, case, one);
    of_order(&mut put, case, near, number);
    of_clause(&mut put, case, one);
    of_others(&mut put, case, word);
    let mut later = Reasons::default();
    let mutual = u32::from(case.mutual);
    later.put("later", &[ruled]);
    later.put("later kind", &[ruled, kind]);
    later.put("later mutual", &[ruled, mutual]);
    later.put("later marker", &[one.marker, mutual]);
    later.put("later marker kind", &[one.marker, kind]);
    later.put("later relation", &[one.deprel]);
    later.put("later sort", &[one.sort]);
    (put.0, later.0)
}

/// What somebody is beside another party: by the rules, by the tree, by himself.
pub(super) fn tags(case: &Case<'_, '_, '_>, one: &Standing<'_>) -> [u32; 3] {
    let ruled = Mix::new("word").and(case.ruled(one.word)).done();
    let tree = Mix::new("word").and(one.deprel).and(one.marker);
    let below = u32::from(one.word.head() == Some(case.node) || one.word.head() == case.verb);
    [ruled, tree.and(below).done(), Mix::new("word").and(one.sort).done()]
}

/// What speaks for and against a recipient when it is known who acts.
pub(super) fn beside(actor: &[u32; 3], other: &[u32; 3], kind: &str) -> [u32; 6] {
    let kind = atom(kind);
    let mix = |name: &str, at: usize| Mix::new(name).and(actor[at]).and(other[at]);
    [
        mix("beside ruled", 0).done(),
        mix("beside ruled kind", 0).and(kind).done(),
        mix("beside tree", 1).done(),
        mix("beside tree kind", 1).and(kind).done(),
        mix("beside sort", 2).done(),
        mix("beside sort kind", 2).and(kind).done(),
    ]
}

/// What the rules say of somebody, with what it may depend on.
fn of_rules(put: &mut Reasons, case: &Case<'_, '_, '_>, one: &Standing<'_>, ruled: u32, way: u32) {
    let (kind, form) = (case.kind, case.form);
    put.put("ruled", &[ruled]);
    put.put("ruled kind", &[ruled, kind]);
    put.put("ruled form", &[ruled, form]);
    put.put("ruled kind form", &[ruled, kind, form]);
    put.put("ruled path", &[ruled, way]);
    put.put("ruled sort", &[ruled, one.sort]);
    put.put("ruled marker", &[ruled, one.marker]);
    put.put("ruled state", &[ruled, case.state]);
    put.put("ruled ruler", &[ruled, case.ruler]);
    put.put("ruled above", &[ruled, case.above]);
    let draft = case.draft();
    let same = |words: &[Word<'_>]| {
        one.actor.is_some() && words.iter().any(|own| case.scene.actor(*own) == one.actor)
    };
    if ruled == 0 {
        let alike = u32::from(same(&draft.sides.actors))
            + 2 * u32::from(same(&draft.sides.recipients))
            + 4 * u32::from(
                one.actor.is_some()
                    && draft.sides.implied.is_some_and(|v| case.scene.actor(v) == one.actor),
            );
        put.put("alike", &[alike]);
        put.put("alike kind", &[alike, kind]);
        let above = one.word.head().map_or(0, |head| role_in(draft, case.scene.word(head.index())));
        if above > 0 {
            put.put("below", &[above, one.deprel]);
            put.put("below sort", &[above, one.deprel, one.sort]);
        }
    }
}

/// What somebody is by himself.
fn of_self(put: &mut Reasons, case: &Case<'_, '_, '_>, one: &Standing<'_>) {
    let (kind, form) = (case.kind, case.form);
    let word = one.word;
    put.put("sort", &[one.sort]);
    put.put("sort kind", &[one.sort, kind]);
    put.put("sort form", &[one.sort, form]);
    put.put("lemma", &[one.lemma]);
    for class in &one.classes {
        put.put("class", &[*class]);
        put.put("class kind", &[*class, kind]);
        put.put("class form", &[*class, form]);
        put.put("class relation", &[*class, one.deprel]);
    }
    if one.classes.is_empty() {
        put.put("classless", &[kind, one.deprel]);
    }
    let acts = u32::from(one.acts);
    put.put("acts", &[acts]);
    put.put("acts kind", &[acts, kind]);
    put.put("acts relation", &[acts, one.deprel]);
    let known = u32::from(one.actor.is_some());
    put.put("known", &[known, acts]);
    let definite = word.key().starts_with("ال")
        || word.children().any(|child| matches!(child.key(), "the" | "this" | "these"));
    put.put("definite", &[u32::from(definite), kind]);
    let counted = word.child(Deprel::Nummod).is_some() || word.upos() == Upos::Num;
    put.put("counted", &[u32::from(counted), kind]);
    put.put("agrees", &[agreement(case, word)]);
    put.put("agrees relation", &[agreement(case, word), one.deprel]);
    if let Some(head) = word.head() {
        put.put("above", &[atom(case.scene.lemma(case.scene.word(head.index()))), one.deprel]);
    }
}

/// How well gender and number of a word go with the verb: both, the gender alone, none; unknown where the verb shows nothing.
fn agreement(case: &Case<'_, '_, '_>, word: Word<'_>) -> u32 {
    let verb = if case.draft().is_noun() { case.verb } else { Some(case.node) };
    let Some(verb) = verb.filter(|verb| verb.upos() == Upos::Verb) else { return 0 };
    let (ours, theirs) = (verb.feats(), word.feats());
    let same = |a: Option<u32>, b: Option<u32>| match (a, b) {
        (Some(a), Some(b)) => 1 + u32::from(a == b),
        _ => 0,
    };
    let gender = same(ours.gender().map(|g| g as u32), theirs.gender().map(|g| g as u32));
    let several = |number: Number| u32::from(number != Number::Sing);
    let number = same(ours.number().map(several), theirs.number().map(several));
    let behind = u32::from(word.index() > verb.index());
    1 + gender * 6 + number * 2 + behind
}

/// Where somebody stands before or behind the trigger, and what stands between.
fn of_order(put: &mut Reasons, case: &Case<'_, '_, '_>, near: &[&Standing<'_>], number: usize) {
    let (kind, form) = (case.kind, case.form);
    let one = near[number];
    let (here, there) = (case.node.index(), one.word.index());
    let side = u32::from(there > here);
    let between = here.min(there) + 1..here.max(there);
    let words = bucket(between.len());
    let (mut verbs, mut marks, mut quotes) = (0, 0, 0);
    for at in between.clone() {
        let word = case.scene.word(at);
        match word.upos() {
            Upos::Verb => verbs += 1,
            Upos::Punct if matches!(word.key(), "\"" | "«" | "»" | "“" | "”") => quotes += 1,
            Upos::Punct => marks += 1,
            _ => {}
        }
    }
    let acting =
        near.iter().filter(|other| other.acts && between.contains(&other.word.index())).count();
    put.put("distance", &[side, words]);
    put.put("distance form", &[side, words, form]);
    put.put("side", &[side, form, kind]);
    put.put("verbs between", &[side, bucket(verbs), form]);
    put.put("marks between", &[side, bucket(marks)]);
    put.put("quotes between", &[side, quotes % 2]);
    put.put("acting between", &[side, bucket(acting), u32::from(one.acts)]);
    put.put("acting between form", &[side, bucket(acting), u32::from(one.acts), form]);
    put.put("side marker", &[side, one.marker, form]);
    put.put("side relation", &[side, one.deprel, form]);
    put.put("next", &[side, words.min(4), bucket(verbs).min(2), one.deprel, one.marker]);
}

/// Where somebody stands in the clauses and statements of the sentence.
fn of_clause(put: &mut Reasons, case: &Case<'_, '_, '_>, one: &Standing<'_>) {
    let (kind, form) = (case.kind, case.form);
    let word = case.scene.word(one.word.index());
    let clause = word.clause_head();
    let own = case.node.clause_head();
    let same = u32::from(clause == own);
    let above = u32::from(own != clause && own.ancestors().any(|up| up == clause));
    put.put("clause", &[same, above, form]);
    put.put("clause relation", &[same, above, one.deprel]);
    let top = word.head().is_some_and(|head| head.deprel().universal() == Deprel::Root)
        && word.deprel().universal() == Deprel::Nsubj;
    put.put("topic", &[u32::from(top), same, form]);
    put.put("topic kind", &[u32::from(top), same, kind]);
    let inside = |at: usize| {
        case.record.statements[at].content.iter().any(|part| part.contains_range(word.range()))
    };
    let stated = match case.draft().carrier {
        None => 0,
        Some(at) if inside(at) => 1,
        Some(at) => {
            let statement = &case.record.statements[at];
            let source = statement
                .source
                .iter()
                .any(|party| party.span.is_some_and(|span| span.contains_range(word.range())));
            if source { 2 } else { 3 }
        }
    };
    put.put("stated", &[stated, form]);
    put.put("stated kind", &[stated, kind]);
    put.put("stated relation", &[stated, one.deprel]);
}

/// What somebody is to the other events of the sentence.
fn of_others<'a>(put: &mut Reasons, case: &Case<'_, '_, 'a>, word: Word<'a>) {
    for (at, other) in case.drafts.iter().enumerate() {
        if at == case.at {
            continue;
        }
        let role = role_in(other, word);
        if role == 0 {
            continue;
        }
        let link = if case.draft().ruler == Some(at) {
            1
        } else if other.ruler == Some(case.at) {
            2
        } else if hangs(case.draft(), other) {
            3
        } else if hangs(other, case.draft()) {
            4
        } else {
            5
        };
        let ruling = link.min(3);
        put.put("other's", &[role, ruling]);
        put.put("other's kind", &[role, ruling, case.kind]);
        put.put("other's kinds", &[role, ruling, case.kind, atom(other.kind)]);
        put.put("elsewhere", &[role, link]);
        put.put("elsewhere kind", &[role, link, case.kind]);
        put.put("elsewhere ruled", &[role, link, case.ruled(word)]);
    }
}

/// Whether the words of an event hang below those of another, a few steps down.
fn hangs(lower: &Draft<'_, '_>, upper: &Draft<'_, '_>) -> bool {
    let top = lower.verb.unwrap_or(lower.node());
    let nodes = upper.nodes();
    [top, lower.node()]
        .iter()
        .any(|word| word.ancestors().take(2).any(|above| nodes.contains(&Some(above))))
}

/// What speaks for and against whom a verb's ending means.
pub(super) fn of_ending<'a>(case: &Case<'_, '_, 'a>, verb: Word<'a>) -> (Vec<u32>, Vec<u32>) {
    let mut put = Reasons::default();
    let ruled = u32::from(case.draft().sides.implied.is_some());
    put.put("ending", &[]);
    put.put("ending ruled", &[ruled]);
    put.put("ending kind", &[ruled, case.kind]);
    put.put("ending form", &[ruled, case.form]);
    put.put("ending state", &[ruled, case.state]);
    put.put("ending ruler", &[ruled, case.ruler]);
    let person = verb.feats().person().map_or(0, |person| 1 + person as u32);
    put.put("ending person", &[person]);
    put.put("ending relation", &[atom(verb.deprel().as_str())]);
    let known = case.scene.kind(verb).map_or(0, |kind| 1 + kind as u32);
    put.put("ending known", &[known]);
    let own = verb.children().any(|child| child.deprel().universal() == Deprel::Nsubj);
    put.put("ending subject", &[u32::from(own), ruled]);
    let mut later = Reasons::default();
    later.put("ending later", &[u32::from(case.mutual)]);
    (put.0, later.0)
}

/// What speaks for and against whoever makes the statement that carries the event.
pub(super) fn of_speaker(case: &Case<'_, '_, '_>) -> (Vec<u32>, Vec<u32>) {
    let mut put = Reasons::default();
    let node = case.verb.unwrap_or(case.node);
    let person = node.feats().person().map_or(0, |person| 1 + person as u32);
    let first = |word: Word<'_>| word.feats().person() == Some(Person::First);
    let ours =
        first(node) || node.children().any(|child| child.upos() == Upos::Pron && first(child));
    let own = node.children().any(|child| child.deprel().universal() == Deprel::Nsubj);
    let manner = case.draft().carrier.map_or(0, |at| case.record.statements[at].manner as u32);
    put.put("speaker", &[]);
    put.put("speaker kind", &[case.kind]);
    put.put("speaker form", &[case.form]);
    put.put("speaker person", &[person, u32::from(own)]);
    put.put("speaker ours", &[u32::from(ours), u32::from(own)]);
    put.put("speaker manner", &[manner, u32::from(own)]);
    put.put("speaker state", &[case.state]);
    put.put("speaker state kind", &[case.state, case.kind]);
    put.put("speaker ruler", &[case.ruler]);
    put.put("speaker relation", &[atom(node.deprel().as_str()), u32::from(own)]);
    let mut later = Reasons::default();
    later.put("speaker later", &[u32::from(case.mutual)]);
    (put.0, later.0)
}

/// What speaks for and against that nobody is named.
pub(super) fn of_nobody(case: &Case<'_, '_, '_>, near: &[&Standing<'_>]) -> (Vec<u32>, Vec<u32>) {
    let mut put = Reasons::default();
    let (kind, form) = (case.kind, case.form);
    let draft = case.draft();
    put.put("nobody", &[]);
    put.put("nobody kind", &[kind]);
    put.put("nobody form", &[form]);
    put.put("nobody kind form", &[kind, form]);
    put.put("nobody lemma", &[case.lemma]);
    put.put("nobody ruler", &[case.ruler, kind]);
    put.put("nobody above", &[case.above, kind]);
    put.put("nobody state", &[case.state]);
    put.put("nobody state kind", &[case.state, kind]);
    put.put("nobody state form", &[case.state, form]);
    put.put("nobody rule", &[atom(&draft.found.sense.rule)]);
    put.put("nobody mode", &[draft.mode.map_or(0, atom), kind]);
    put.put("nobody status", &[draft.status as u32, form]);
    put.put("nobody carried", &[u32::from(draft.carrier.is_some()), form]);
    let relation = atom(case.node.deprel().as_str());
    put.put("nobody relation", &[relation, form]);
    put.put("nobody relation kind", &[relation, kind]);
    let acting = near.iter().filter(|one| one.acts).count();
    put.put("nobody acting", &[bucket(acting)]);
    let fills = |place: &str| u32::from(case.filled.iter().any(|one| one.0 == atom(place)));
    put.put("nobody filled", &[fills("subject"), fills("object"), fills("owner"), form]);
    put.put("nobody filled kind", &[fills("subject"), fills("object"), fills("owner"), kind]);
    let mut later = Reasons::default();
    let several =
        draft.sides.actors.len().min(2) as u32 * 3 + draft.sides.recipients.len().min(2) as u32;
    later.put("nobody later", &[]);
    later.put("nobody later kind", &[kind]);
    later.put("nobody later mutual", &[u32::from(case.mutual), several]);
    later.put("nobody later form", &[form, kind]);
    (put.0, later.0)
}
