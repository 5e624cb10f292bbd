//! What the order of words shows around an English report, where trees tend to err: the noun phrase right before the cue is its
//! subject, and the clause right behind it is its content.

use khabar_lang::{Upos, Word};
use khabar_record::TextRange;

use super::Aid;
use super::frame::{ContentSlot, Need, PartySlot};
use super::lexicon::{Found, Part};
use super::scene::{self, Scene};
use crate::clauses;

/// How far before a cue the comma may stand behind which an aside begins ("Suu Kyi, 70, said").
const ASIDE: usize = 40;
/// How many words an apposition at the end of a sentence may have.
const APPOSITION: usize = 9;
/// How many words a dateline may have.
const DATELINE: usize = 9;
/// How many words a parenthesis between a subject and its cue may have.
const BRACKET: usize = 12;

/// Whether the order of words does not count: it is that of English, and can be left out to measure what it gives.
fn is_left_out(scene: &Scene<'_>) -> bool {
    scene.is_arabic() || scene.without == Some(Aid::Order)
}

/// The noun phrase right before a finite cue, an aside between commas or brackets skipped: its last noun.
pub(super) fn subject_before<'a>(scene: &Scene<'a>, found: &Found<'a>) -> Option<Word<'a>> {
    let cue = found.word;
    if is_left_out(scene) || found.part != Part::Verb {
        return None;
    }
    let reach = scene.reach(cue);
    // Taggers take a past for a participle; one without an auxiliary that describes nothing is the verb of its clause.
    let past = cue.xpos() == "VBN"
        && !clauses::is_passive(cue)
        && matches!(
            cue.deprel().universal(),
            khabar_lang::Deprel::Root | khabar_lang::Deprel::Ccomp | khabar_lang::Deprel::Parataxis
        );
    let mut finite = scene::is_finite(cue) || past;
    let mut skipped_aside = false;
    let mut at = cue.index();
    loop {
        at = at.checked_sub(1).filter(|&at| at >= reach.start)?;
        let word = scene.word(at);
        if is_adverbial(scene, at) {
            finite |= word.upos() == Upos::Aux && scene::is_finite(word);
            continue;
        }
        match word.text() {
            ")" => {
                let from = at.saturating_sub(BRACKET).max(reach.start);
                at = (from..at).rev().find(|&at| scene.word(at).text() == "(")?;
            }
            "," if !skipped_aside => {
                at = comma_before_aside(scene, reach.start, at)?;
                skipped_aside = true;
            }
            mark @ ("—" | "–" | "-" | "--") if !skipped_aside => {
                let from = at.saturating_sub(ASIDE).max(reach.start);
                at = (from..at).rev().find(|&at| scene.word(at).text() == mark)?;
                skipped_aside = true;
            }
            _ => break,
        }
    }
    let at = behind_relative_clause(scene, reach.start, at);
    let word = scene.word(at);
    let relative = matches!(word.key(), "who" | "which" | "that" | "what" | "whom");
    let nominal = matches!(word.upos(), Upos::Noun | Upos::Propn)
        || word.upos() == Upos::Pron && !relative
        || word.upos() == Upos::Num;
    (finite && nominal && !scene.is_time(word) && scene.same_side(at, cue.index())).then_some(word)
}

/// The noun before a relative clause without a pronoun that ends at a word: the experts of "all the experts I interviewed said".
fn behind_relative_clause(scene: &Scene<'_>, start: usize, at: usize) -> usize {
    let verb = scene.word(at);
    if !scene::is_finite(verb) || at < start + 2 {
        return at;
    }
    let subject = scene.word(at - 1);
    let noun = scene.word(at - 2);
    let short = subject.upos() == Upos::Pron && matches!(noun.upos(), Upos::Noun | Upos::Propn);
    if short { at - 2 } else { at }
}

/// Whether a word between a subject and its verb belongs to the verb: an adverb, an auxiliary, "not", a time.
fn is_adverbial(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.word(at);
    matches!(word.upos(), Upos::Adv | Upos::Aux)
        || word.upos() == Upos::Part && word.xpos() != "TO" && word.xpos() != "POS"
        || is_temporal(scene, at)
}

/// Whether a word is part of a time or the preposition before one.
fn is_temporal(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.word(at);
    scene.is_time(word)
        || word.upos() == Upos::Adp && word.next().is_some_and(|next| scene.is_time(next))
}

/// The comma with which the aside begins that the comma at `end` closes.
fn comma_before_aside(scene: &Scene<'_>, start: usize, end: usize) -> Option<usize> {
    let from = end.saturating_sub(ASIDE).max(start + 1);
    let commas = || (from..end).rev().filter(|&at| scene.word(at).text() == ",");
    let nominal = |at: usize| {
        matches!(scene.word(at - 1).upos(), Upos::Noun | Upos::Propn)
            || scene.word(at - 1).text() == ")"
    };
    let opens = |&at: &usize| {
        let word = scene.word(at + 1);
        nominal(at)
            && (matches!(word.upos(), Upos::Det | Upos::Num | Upos::Noun | Upos::Adj | Upos::Adv)
                || matches!(word.xpos(), "VBG" | "VBN" | "PRP$" | "WP" | "WDT" | "WP$")
                || word.key().ends_with("self"))
    };
    commas().find(opens).or_else(|| commas().find(|&at| nominal(at)))
}

/// Where a clause begins right behind a cue that has its subject before it: "X said | the plan would …".
pub(super) fn clause_behind(scene: &Scene<'_>, found: &Found<'_>) -> Option<usize> {
    let cue = found.word;
    let frame = &found.cue.frame;
    let reports = frame.takes(&ContentSlot::Clause) && found.part == Part::Verb;
    let hears = frame.addressee.contains(&PartySlot::Object);
    if is_left_out(scene) || !reports || hears || clauses::is_passive(cue) {
        return None;
    }
    if cue.xpos() != "VBG"
        && cue.previous().is_none_or(|word| word.upos() == Upos::Punct)
        && subject_before(scene, found).is_none()
    {
        return None;
    }
    let reach = scene.reach(cue);
    let mut at = found.last.index() + 1;
    while at < reach.end && (is_temporal(scene, at) || is_plain_adverb(scene.word(at))) {
        at += 1;
    }
    if at >= reach.end {
        return None;
    }
    let first = scene.word(at);
    if first.key() == "that" {
        return Some(at);
    }
    if frame.need == Need::That {
        return None;
    }
    let opens = matches!(
        first.upos(),
        Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Num | Upos::Adj
    ) || matches!(first.xpos(), "EX" | "VBG")
        || matches!(first.key(), "if" | "whether");
    if !opens {
        return None;
    }
    for index in at..reach.end {
        let word = scene.word(index);
        let relative = matches!(word.key(), "who" | "which" | "whose" | "that" | "when" | "where");
        if word.upos() == Upos::Punct && is_boundary(word) || relative && index > at {
            return None;
        }
        if index > at && scene::is_finite(word) {
            return Some(at);
        }
    }
    None
}

/// The clause or infinitive right behind an English noun of saying or thinking: "fears that the dam will not hold".
pub(super) fn behind_noun(scene: &Scene<'_>, found: &Found<'_>) -> Option<TextRange> {
    let reach = scene.reach(found.word);
    let next = found.last.index() + 1;
    if is_left_out(scene) || next + 2 >= reach.end {
        return None;
    }
    let (word, behind) = (scene.word(next), scene.word(next + 1));
    let end = running_end(scene, next, reach.end);
    // "the claim that he made" is no claim told: a clause has its own subject and what follows from it.
    let clause = word.key() == "that"
        && found.cue.frame.takes(&ContentSlot::Clause)
        && !scene::is_finite(behind)
        && scene.words_between(next, end + 1).any(scene::is_finite);
    clause.then(|| scene.stretch(next, end))
}

/// What a tree hung elsewhere though the order of words shows it: the question, the clause or the infinitive right behind a cue, or
/// behind whom it addresses ("asked why …", "told the inquiry he had …", "warned the men not to …").
pub(super) fn behind_hearer(scene: &Scene<'_>, found: &Found<'_>) -> Option<TextRange> {
    let cue = found.word;
    let frame = &found.cue.frame;
    if is_left_out(scene) || found.part != Part::Verb || found.last != cue {
        return None;
    }
    let reach = scene.reach(cue);
    let skip = |mut at: usize| {
        while at < reach.end && (is_temporal(scene, at) || is_plain_adverb(scene.word(at))) {
            at += 1;
        }
        at
    };
    let from = skip(found.last.index() + 1);
    let clause = |at: usize| {
        let end = running_end(scene, at, reach.end);
        let finite = scene.words_between(at, end + 1).any(scene::is_finite);
        finite.then(|| scene.stretch(at, end))
    };
    let opens = |at: usize| -> Option<TextRange> {
        let word = (at < reach.end).then(|| scene.word(at))?;
        let asks = matches!(
            word.key(),
            "whether" | "if" | "why" | "how" | "when" | "where" | "what" | "who" | "which"
        );
        if asks && frame.takes(&ContentSlot::Question) {
            return clause(at);
        }
        let to = if word.key() == "not" && at + 1 < reach.end { scene.word(at + 1) } else { word };
        let infinitive = to.key() == "to" && to.next().is_some_and(|verb| verb.xpos() == "VB");
        let takes = frame.takes(&ContentSlot::Small) || frame.takes(&ContentSlot::Infinitive);
        (infinitive && takes).then(|| scene.stretch(at, running_end(scene, at, reach.end)))
    };
    if let Some(found) = opens(from) {
        return Some(found);
    }
    if !frame.addressee.contains(&PartySlot::Object) || from >= reach.end {
        return None;
    }
    // Whom it addresses: a pronoun, or a noun phrase without a preposition.
    let mut at = from;
    let pronoun = scene.word(at).xpos() == "PRP";
    if pronoun {
        at += 1;
    } else {
        while at < reach.end
            && matches!(
                scene.word(at).upos(),
                Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num
            )
        {
            at += 1;
        }
    }
    if at == from || at >= reach.end {
        return None;
    }
    let behind = skip(at);
    let said = (behind < reach.end).then(|| scene.word(behind))?;
    let subject = matches!(
        said.key(),
        "he" | "she" | "they" | "it" | "we" | "i" | "there" | "that" | "his" | "their"
    ) || pronoun && said.upos() == Upos::Det;
    if subject && frame.takes(&ContentSlot::Clause) {
        return clause(behind);
    }
    opens(behind)
}

fn is_plain_adverb(word: Word<'_>) -> bool {
    word.upos() == Upos::Adv && !matches!(word.key(), "how" | "when" | "where" | "why")
}

/// Whether a mark ends a stretch of running text; quotation marks and brackets around a word do not.
pub(super) fn is_boundary(word: Word<'_>) -> bool {
    word.text().starts_with([',', ';', ':', '.', '!', '?', '—', '–', '…', '('])
        || word.text() == "--"
}

/// The last word of the running text from a word on: up to a mark, or to "and" with the next report of the same speaker.
pub(super) fn running_end(scene: &Scene<'_>, from: usize, limit: usize) -> usize {
    let mut at = from;
    while at + 1 < limit {
        let next = scene.word(at + 1);
        if next.upos() == Upos::Punct && is_boundary(next) || joins_report(scene, at + 1, limit) {
            break;
        }
        at += 1;
    }
    // Marks that close nothing stay outside.
    while at > from && scene.word(at).upos() == Upos::Punct && scene.around(at).is_none() {
        at -= 1;
    }
    at
}

/// Cuts a content at the comma behind which the main clause reports: "asked whether it would last, | she said".
pub(super) fn before_main_clause(
    scene: &Scene<'_>,
    found: &Found<'_>,
    content: Vec<TextRange>,
) -> Vec<TextRange> {
    let reach = scene.reach(found.word);
    let from = found.last.index() + 1;
    let comma = (from..reach.end).filter(|&at| scene.word(at).text() == ",").find(|&comma| {
        scene.words_between(comma, reach.end).any(|word| scene.reports_at(word.index()))
    });
    let Some(comma) = comma.filter(|comma| *comma > from) else { return content };
    let end = scene.word(comma).range().start();
    let cut = content.into_iter().filter(|part| part.start() < end).map(|part| {
        if part.end() > end { scene.trimmed(TextRange::new(part.start(), end)) } else { part }
    });
    cut.collect()
}

/// Where the text begins behind the dateline of a sentence ("RIGA (Wire) – "): the index of its first word; none without one.
pub(super) fn behind_dateline(scene: &Scene<'_>, cue: Word<'_>) -> Option<usize> {
    let words = cue.sentence().word_range();
    let dash = (words.start..words.end.min(words.start + DATELINE))
        .find(|&at| matches!(scene.word(at).text(), "—" | "–" | "-" | "--" | "―"))?;
    let shouted = scene.word(words.start).text().chars().all(|letter| !letter.is_lowercase());
    let plain = scene.words_between(words.start, dash).all(|word| !scene::is_finite(word));
    (shouted && plain && dash + 1 < words.end).then_some(dash + 1)
}

/// Where a content goes on that a tree cut in the middle of running text: its last word. `clause` says whether it has a finite verb
/// already.
pub(super) fn further(scene: &Scene<'_>, found: &Found<'_>, last: usize, clause: bool) -> usize {
    let limit = scene.reach(found.word).end;
    let mut end = last;
    let mut clause = clause;
    while end + 1 < limit && !is_left_out(scene) {
        let mut next = end + 1;
        while next + 1 < limit && closes_quotation(scene, scene.word(next)) {
            next += 1;
        }
        let word = scene.word(next);
        if word.upos() == Upos::Punct {
            match behind_mark(scene, next, limit, clause) {
                Some(further) if further > end => end = further,
                _ => break,
            }
        } else if goes_on(scene, found, next, limit, clause) {
            end = running_end(scene, next, limit).max(next);
        } else {
            break;
        }
        clause = clause || scene.words_between(last, end + 1).any(scene::is_finite);
    }
    end
}

fn closes_quotation(scene: &Scene<'_>, word: Word<'_>) -> bool {
    word.upos() == Upos::Punct
        && scene
            .speeches
            .iter()
            .any(|speech| speech.closed && speech.range.end() == word.range().end())
}

/// Where a content goes on behind a mark: with a quotation, with what a colon announces, with ", and that".
fn behind_mark(scene: &Scene<'_>, mark: usize, limit: usize, clause: bool) -> Option<usize> {
    let start = scene.word(mark).range().start();
    if let Some(speech) = scene.speeches.iter().find(|speech| speech.range.start() == start) {
        return (!speech.claimed).then(|| (speech.words.end - 1).min(limit - 1));
    }
    let key = |at: usize| if at < limit { scene.word(at).key() } else { "" };
    match scene.word(mark).text() {
        ":" if clause && mark + 1 < limit => {
            (mark + 1..limit).rev().find(|&at| scene.word(at).upos() != Upos::Punct)
        }
        // "said the library, which was flooded, | would reopen": the subject's aside.
        "," if !clause && matches!(key(mark + 1), "who" | "which" | "whose" | "where") => {
            let closes = (mark + 2..(mark + ASIDE).min(limit))
                .find(|&at| scene.word(at).text() == ",")
                .filter(|&at| at + 1 < limit)?;
            let verb = (closes + 1..(closes + 4).min(limit))
                .map(|at| scene.word(at))
                .find(|word| word.upos() != Upos::Adv)?;
            scene::is_finite(verb).then(|| running_end(scene, closes + 1, limit))
        }
        "," if clause => {
            let joined = matches!(key(mark + 1), "and" | "or" | "but") && key(mark + 2) == "that";
            if joined || key(mark + 1) == "that" {
                return Some(running_end(scene, mark + 1, limit));
            }
            closing_apposition(scene, mark, limit)
        }
        _ => None,
    }
}

/// A content behind its cue up to the comma behind which only the time of the report is told: "said the dam was safe, | a day after
/// cracks were found".
pub(super) fn before_time_adjunct(
    scene: &Scene<'_>,
    found: &Found<'_>,
    stretch: TextRange,
) -> TextRange {
    let words = scene.analysis.words_in(stretch);
    if is_left_out(scene) || words.is_empty() || words.start <= found.word.index() {
        return stretch;
    }
    let tells_time = |comma: usize| {
        let mut lead = (comma + 1..(comma + 6).min(words.end)).map(|at| scene.word(at));
        let unit = lead.find(|word| {
            !matches!(word.upos(), Upos::Det | Upos::Num | Upos::Adv | Upos::Adj | Upos::Sconj)
        });
        unit.is_some_and(|unit| {
            let time = matches!(
                unit.lemma(),
                "minute" | "hour" | "day" | "week" | "month" | "year" | "decade"
            );
            let after =
                unit.next().filter(|next| matches!(next.key(), "after" | "before" | "since"));
            time && after.is_some_and(|after| after.index() < words.end)
        })
    };
    let comma = words.clone().skip(1).find(|&at| {
        scene.word(at).text() == "," && scene.same_side(at, found.word.index()) && tells_time(at)
    });
    match comma {
        Some(comma) => scene.stretch(words.start, comma - 1),
        None => stretch,
    }
}

/// Whether an apposition to what stands before a comma closes the sentence: "covers the eastern approach, the city's main
/// artery".
fn closing_apposition(scene: &Scene<'_>, comma: usize, limit: usize) -> Option<usize> {
    let noun = matches!(scene.word(comma - 1).upos(), Upos::Noun | Upos::Propn);
    let first = (comma + 1 < limit).then(|| scene.word(comma + 1))?;
    let opens = first.upos() == Upos::Det || first.xpos() == "PRP$";
    let end = running_end(scene, comma + 1, limit);
    let closes = end + 1 >= limit || matches!(scene.word(end + 1).text(), "." | "!" | "?");
    let time = |word: Word<'_>| {
        scene.is_time(word)
            || matches!(word.lemma(), "minute" | "hour" | "day" | "week" | "month" | "year")
    };
    let plain = !scene
        .words_between(comma + 1, end + 1)
        .any(|word| scene::is_finite(word) || word.upos() == Upos::Sconj || time(word));
    (noun && opens && closes && plain && end <= comma + APPOSITION).then_some(end)
}

/// Whether a word that follows a content without any mark belongs to it.
fn goes_on(scene: &Scene<'_>, found: &Found<'_>, at: usize, limit: usize, clause: bool) -> bool {
    let word = scene.word(at);
    if is_temporal(scene, at) || names_medium(scene, at, limit) || scene.reports_at(at) {
        return false;
    }
    let hears = |key: &str| {
        found.cue.frame.addressee.iter().any(|slot| *slot == PartySlot::Preposition(key.to_owned()))
    };
    match word.upos() {
        Upos::Cconj => {
            let end = running_end(scene, at, limit);
            let next = (at + 1..=end)
                .map(|at| scene.word(at))
                .find(|word| !matches!(word.upos(), Upos::Adv | Upos::Part));
            let verb = next.is_some_and(|word| matches!(word.upos(), Upos::Verb | Upos::Aux));
            let finite = scene.words_between(at + 1, end + 1).any(scene::is_finite);
            !joins_report(scene, at, limit) && end > at && clause == (verb || finite)
        }
        Upos::Part if word.xpos() == "TO" => true,
        Upos::Adp | Upos::Sconj => match word.key() {
            "of" | "than" | "because" | "where" | "whose" => true,
            "for" | "to" | "about" | "from" | "against" | "between" | "over" => !hears(word.key()),
            "in" | "as" | "so" | "that" | "on" | "while" | "if" => clause && !hears(word.key()),
            _ => false,
        },
        Upos::Verb | Upos::Aux => !clause && scene::is_finite(word),
        Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num => true,
        _ => false,
    }
}

/// Whether a preposition at a word leads to a noun of a medium: "in a statement".
fn names_medium(scene: &Scene<'_>, at: usize, limit: usize) -> bool {
    scene.word(at).upos() == Upos::Adp
        && (at + 1..(at + 6).min(limit))
            .map(|at| scene.word(at))
            .take_while(|word| {
                word.upos() != Upos::Punct && !matches!(word.upos(), Upos::Verb | Upos::Adp)
            })
            .any(|word| scene.words.medium(word.key()).is_some())
}

/// Whether "and" or "but" stands at a word and a report follows it ("… and said").
pub(super) fn joins_report(scene: &Scene<'_>, at: usize, limit: usize) -> bool {
    scene.word(at).upos() == Upos::Cconj
        && (at + 1..(at + 5).min(limit))
            .find(|&next| !matches!(scene.word(next).upos(), Upos::Adv | Upos::Aux | Upos::Part))
            .is_some_and(|next| scene.reports_at(next))
}

/// A report that is set between commas, or closes the sentence behind one: "The museum, the mayor said, would …".
pub(super) struct Parenthesis<'a> {
    /// The noun phrase right before the cue.
    pub(super) source: Word<'a>,
    /// What stands around the report.
    pub(super) content: Vec<TextRange>,
}

/// Finds a report between commas by the order of words alone, since trees tend to give such a verb the wrong subject.
pub(super) fn parenthesis<'a>(scene: &Scene<'a>, found: &Found<'a>) -> Option<Parenthesis<'a>> {
    let cue = found.word;
    let report =
        found.cue.frame.takes(&ContentSlot::Clause) && found.cue.frame.takes(&ContentSlot::Quote);
    if scene.is_arabic() || !report || found.part != Part::Verb || !scene::is_finite(cue) {
        return None;
    }
    let reach = scene.reach(cue);
    let mut source = cue.index().checked_sub(1)?;
    while source > reach.start && matches!(scene.word(source).upos(), Upos::Adv | Upos::Aux) {
        source -= 1;
    }
    let noun = scene.word(source);
    if !matches!(noun.upos(), Upos::Noun | Upos::Propn | Upos::Pron) || scene.is_time(noun) {
        return None;
    }
    // Back over the noun phrase to the comma before it.
    let mut comma = source;
    while comma > reach.start && !matches!(scene.word(comma).text(), ",") {
        let word = scene.word(comma);
        let phrase = matches!(
            word.upos(),
            Upos::Noun
                | Upos::Propn
                | Upos::Pron
                | Upos::Det
                | Upos::Adj
                | Upos::Num
                | Upos::Adp
                | Upos::Part
        ) || matches!(word.xpos(), "POS" | "VBN" | "HYPH");
        if !phrase || source - comma > 9 {
            return None;
        }
        comma -= 1;
    }
    if comma <= reach.start
        || scene.word(comma).text() != ","
        || scene.around(comma) != scene.around(cue.index())
    {
        return None;
    }
    // Forward over a time, a hearer or a place to the comma or the end.
    let mut after = found.last.index() + 1;
    while after < reach.end && !matches!(scene.word(after).text(), "," | "." | ";" | "!" | "?") {
        let word = scene.word(after);
        let aside = matches!(
            word.upos(),
            Upos::Noun | Upos::Propn | Upos::Det | Upos::Adj | Upos::Num | Upos::Adp | Upos::Adv
        );
        if !aside || after - found.last.index() > 7 || word.key() == "that" {
            return None;
        }
        after += 1;
    }
    let finite = |from: usize, to: usize| scene.words_between(from, to).any(scene::is_finite);
    let before = scene.stretch(reach.start, comma - 1);
    let closed = after >= reach.end || matches!(scene.word(after).text(), "." | ";" | "!" | "?");
    let rest = after + 1;
    let goes_on = !closed && rest < reach.end && {
        let first = scene.word(rest);
        !(first.xpos() == "VBG"
            || matches!(first.key(), "who" | "which" | "according" | "when" | "as" | "a" | "an"))
    };
    let joins = goes_on && first_is_joined(scene, rest);
    let mut content = Vec::new();
    if finite(reach.start, comma) || goes_on && !joins && finite(rest, reach.end) {
        content.push(before);
    } else {
        return None;
    }
    if goes_on && (!joins || !finite(reach.start, comma)) {
        content.push(scene.stretch(rest, reach.end - 1));
    }
    // "The boat sank, the mayor said, …" needs a clause before; a name and an apposition are none.
    (!content.is_empty()).then_some(Parenthesis { source: noun, content })
}

fn first_is_joined(scene: &Scene<'_>, at: usize) -> bool {
    scene.word(at).upos() == Upos::Cconj
}
