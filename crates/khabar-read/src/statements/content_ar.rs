//! What an Arabic cue rules over.
//!
//! Sentences of Arabic news are long and carry many statements one after another, joined by و; trees of them are less sure
//! than the marks that the language itself gives: a clause begins with أنّ or إنّ or a colon, and ends where the next cue of
//! the same speaker resumes (وأضاف، مضيفا) or where a phrase like بحسب closes the report. The order of words therefore comes
//! first and the tree second.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::TextRange;

use super::content_en::join;
use super::frame::{ContentSlot, Need, PartySlot};
use super::lexicon::{Found, Part};
use super::scene::{self, Scene};
use super::words::Class;
use crate::clauses;

/// How many words may stand between a cue and the particle that opens its clause.
pub(super) const TO_PARTICLE: usize = 26;
/// How many words may stand between a noun of saying and the particle.
const NOUN_TO_PARTICLE: usize = 9;
/// How many words the dateline of an agency may have.
const DATELINE: usize = 9;
/// How many words an aside between commas may have.
const ASIDE: usize = 10;
/// How many words, its holder, may stand between a noun of saying and a colon.
const NOUN_TO_COLON: usize = 5;

/// Returns the stretches that are the content of a cue; none when it has no content here.
pub(super) fn read(scene: &Scene<'_>, found: &Found<'_>) -> Vec<TextRange> {
    let reader = Reader { scene, found, reach: scene.reach(found.word) };
    let stretches = match found.part {
        Part::Verb | Part::Participle => reader.of_verb(),
        Part::Noun | Part::Adjective => reader.of_noun(),
        Part::Preposition => reader.of_preposition(),
    };
    join(scene, stretches.into_iter().map(|stretch| scene.whole(found.word, stretch)).collect())
}

pub(super) struct Reader<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    pub(super) found: &'s Found<'a>,
    pub(super) reach: std::ops::Range<usize>,
}

impl<'a> Reader<'_, 'a> {
    pub(super) fn takes(&self, slot: &ContentSlot) -> bool {
        self.found.cue.frame.takes(slot)
    }

    pub(super) fn word(&self, index: usize) -> Word<'a> {
        self.scene.word(index)
    }

    pub(super) fn of_verb(&self) -> Vec<TextRange> {
        if self.has_pronoun_object() {
            return Vec::new();
        }
        if let Some(that) = self.bare_demonstrative() {
            return vec![that];
        }
        // Who declines to comment says nothing of it.
        let last = self.found.last;
        if self.found.cue.act == "decline"
            && last != self.found.word
            && self.scene.words.is(Class::Comment, last.key())
        {
            return self.question().into_iter().collect();
        }
        let clause =
            self.clause(TO_PARTICLE).or_else(|| self.behind_colon()).or_else(|| self.question());
        let found = match clause {
            None if self.found.behind > 0 => None,
            None if let Some(said) = self.of_two_objects() => Some(said),
            None if self.found.cue.frame.is_strict() => {
                let governs = self.found.cue.frame.need == Need::Phrase;
                let governed = if governs { self.phrase() } else { None };
                governed.or_else(|| self.claim_as_object())
            }
            None => self.phrase().or_else(|| {
                // A participle with a plain object is an adjective like others, but behind a comma (، مؤكدة استقرار الأوضاع).
                let comma =
                    || {
                        self.found.word.previous().is_some_and(|before| before.text() == "،")
                            && self.found.last.next().is_some_and(|next| {
                                next.upos() == Upos::Noun && !next.is_attached()
                            })
                    };
                match self.found.part {
                    Part::Verb => self.object().or_else(|| self.object_in_order()),
                    Part::Participle if comma() => self.object(),
                    _ => None,
                }
            }),
            clause => clause,
        };
        let found = found.map(|content| self.with_object(content));
        let found = found.or_else(|| self.itself()).or_else(|| self.said_before());
        found.into_iter().filter(|content| !self.is_refusal(*content)).collect()
    }

    /// What "كما قال …" closes: the sentence up to it.
    pub(super) fn said_before(&self) -> Option<TextRange> {
        let cue = self.found.word;
        let as_said = cue.previous().filter(|before| {
            matches!(before.key(), "كما" | "حسبما")
                && self.takes(&ContentSlot::Quote)
                && self.found.part == Part::Verb
        })?;
        let start = (self.reach.start..as_said.index())
            .find(|&at| self.word(at).upos() != Upos::Punct && !is_conjunction(self.word(at)))?;
        let colon = (start..(start + DATELINE).min(as_said.index()))
            .find(|&at| self.word(at).text() == ":")
            .map_or(start, |colon| colon + 1);
        let last = as_said.index().checked_sub(1)?;
        (colon < last).then(|| self.scene.stretch(colon, last))
    }

    /// Whether a pronoun that is no hearer is written onto the verb.
    pub(super) fn takes_pronoun(&self) -> bool {
        let cue = self.found.word;
        !self.found.cue.frame.addressee.contains(&PartySlot::Object)
            && !matches!(self.found.cue.act.as_str(), "describe" | "accuse" | "call" | "blame")
            && self.found.last == cue
            && cue.next().is_some_and(|next| next.upos() == Upos::Pron && next.is_attached())
    }

    /// Whether a preposition that the cue governs stands right before a particle: إلى أن، على أن.
    pub(super) fn is_governed(&self, particle: usize) -> bool {
        self.word(particle).previous().is_some_and(|before| {
            self.found.cue.frame.content_prepositions().any(|key| key == before.key())
        })
    }

    /// Whether what is said is the pronoun on the verb, as in relative clauses (في بيان نشرته الوزارة أن …): then the clause
    /// behind it belongs to another. Verbs that take whom they address or describe as their object are left out.
    pub(super) fn has_pronoun_object(&self) -> bool {
        let cue = self.found.word;
        let frame = &self.found.cue.frame;
        let other = frame.addressee.contains(&PartySlot::Object)
            || frame.content_prepositions().next().is_some()
            || frame.takes(&ContentSlot::Noun);
        self.found.part == Part::Verb
            && self.found.last == cue
            && !other
            && cue.next().is_some_and(|next| next.upos() == Upos::Pron && next.is_attached())
    }

    /// The noun at the end of a phrase that names the claim itself: تراجع عن هذه المزاعم.
    pub(super) fn itself(&self) -> Option<TextRange> {
        let last = self.found.last;
        (self.takes(&ContentSlot::Itself) && last != self.found.word).then(|| {
            let phrase = last.noun_phrase();
            let before = last
                .previous()
                .filter(|word| word.upos() == Upos::Pron || word.upos() == Upos::Det);
            before.map_or(phrase, |before| phrase.cover(before.range()))
        })
    }

    pub(super) fn of_noun(&self) -> Vec<TextRange> {
        if self.found.part == Part::Noun && is_medium(self.found.word) && self.is_reported() {
            return Vec::new();
        }
        let clause = self
            .clause(NOUN_TO_PARTICLE)
            .filter(|_| self.is_held())
            .or_else(|| self.behind_colon());
        clause.or_else(|| self.phrase_of_noun()).into_iter().collect()
    }

    /// Whether a verb of saying before the noun has the clause ("said in a statement that").
    pub(super) fn is_reported(&self) -> bool {
        let from = self.found.word.index().saturating_sub(16).max(self.reach.start);
        (from..self.found.word.index()).rev().any(|at| self.scene.reports_at(at))
    }

    /// Whether nothing but the noun's holder stands between it and the particle of its clause.
    pub(super) fn is_held(&self) -> bool {
        let from = self.found.last.index() + 1;
        (from..self.reach.end)
            .map(|at| self.word(at))
            .take_while(|word| !is_particle(*word))
            .all(|word| is_of_phrase(word) || word.text() == "،")
    }

    /// The phrase that a noun governs: right behind it and whoever holds it, since most nouns of saying are things too.
    pub(super) fn phrase_of_noun(&self) -> Option<TextRange> {
        let held =
            super::source::read(self.scene, self.found, &[]) != super::source::Source::Nobody;
        let phrase = self.phrase().filter(|_| held && !self.found.cue.frame.is_strict())?;
        let first = self.scene.analysis.words_in(phrase).start;
        (first <= self.found.last.index() + 6).then_some(phrase)
    }

    /// The clause that أن or إن opens behind the cue.
    pub(super) fn clause(&self, limit: usize) -> Option<TextRange> {
        let finite = self.takes(&ContentSlot::Clause) || self.takes(&ContentSlot::Infinitive);
        let governed = self.found.cue.frame.content_prepositions().next().is_some();
        if !finite && !governed {
            return None;
        }
        // A verb with the thing said as a pronoun on it (شهدتها المدينة) has no clause besides.
        // أشار أن: verbs of saying are written without their preposition too.
        let says = finite || self.takes(&ContentSlot::Quote);
        let bare = says && !(self.found.part == Part::Verb && self.takes_pronoun());
        let from = self.found.last.index() + 1;
        let about = super::source::relayed_from(self.scene, self.found).map(Word::index);
        let subject = clauses::subject(self.found.word).filter(|_| self.found.part == Part::Verb);
        let holder = subject.map(super::source::phrase_of);
        let mut relative = false;
        let mut behind = from;
        for index in from..(from + limit).min(self.reach.end) {
            let word = self.word(index);
            if !self.scene.same_side(index, self.found.word.index()) {
                return None;
            }
            // The relay itself and whom it names, whatever the tagger makes of an agency's name.
            if about.is_some_and(|about| index <= about) {
                continue;
            }
            if is_particle(word) {
                // وإن goes on with another's report, and "، على أن" sets a condition.
                let goes_on = word.previous().is_some_and(|and| {
                    is_conjunction(and) && and.token().index() == word.token().index()
                });
                // لأن gives a reason.
                let reason = word.previous().is_some_and(|before| {
                    before.key() == "ل"
                        && before.token().index() == word.token().index()
                        && !self.is_governed(index)
                });
                if reason {
                    return None;
                }
                let on = word.previous().filter(|on| on.key() == "علي" && !self.is_governed(index));
                if goes_on || on.is_some() || self.is_condition(word) {
                    return None;
                }
                let start = about.unwrap_or_else(|| self.start_of(word));
                let governed = start < index || self.is_governed(index);
                return (bare || governed || about.is_some()).then(|| self.to_end(start, index));
            }
            // A report that shows something is its subject, and no report of its own.
            if holder.is_some_and(|holder| holder.contains_range(word.range()))
                && !self.scene.reports_at(index)
            {
                continue;
            }
            // A title in marks («تحت عنوان “…”») and an aside between commas (، طلب عدم نشر اسمه،) are stepped over.
            if index < behind {
                continue;
            }
            if let Some(end) = self.title_at(index).or_else(|| self.aside_at(index)) {
                behind = end;
                continue;
            }
            if index > from && self.belongs_to_other(index, limit) {
                return None;
            }
            // دراسة أجراها فريقها: behind an indefinite noun a verb with a pronoun describes it.
            let described = word.upos() == Upos::Verb
                && word.next().is_some_and(|next| next.upos() == Upos::Pron && next.is_attached())
                && word
                    .previous()
                    .is_some_and(|noun| noun.upos() == Upos::Noun && !noun.key().starts_with("ال"));
            relative |= is_relative(word) || described;
            let stops = matches!(word.text(), "." | "؛" | ";" | ":" | "؟");
            let passed = about.is_some() && super::chain::passes_on(self.scene.cues_at(index));
            // Taggers take a name for a verb now and then; a verb of the text itself is joined to the first.
            let named = self.takes(&ContentSlot::Quote)
                && self.found.part == Part::Verb
                && self.scene.cues_at(index).is_empty()
                && !word.previous().is_some_and(is_conjunction);
            let verb = word.upos() == Upos::Verb && !relative && index > from && !passed && !named;
            if stops || verb && !Self::is_own_subject_clause(word) {
                return None;
            }
            // A comma closes the relative clause of the speaker.
            relative &= word.text() != "،" && word.text() != ",";
        }
        None
    }

    /// "…، على أن يرأسها القاضي": what is provided for, and nothing that is said.
    #[expect(clippy::unused_self, reason = "a question like its neighbours")]
    pub(super) fn is_condition(&self, particle: Word<'_>) -> bool {
        let on = particle.previous().filter(|on| on.key() == "علي");
        on.and_then(Word::previous).is_some_and(|comma| matches!(comma.text(), "،" | ","))
    }

    /// The word behind a short quotation that begins at a word: a title, or a word in marks.
    pub(super) fn title_at(&self, index: usize) -> Option<usize> {
        let titles = self.scene.speeches.iter().filter(|speech| !speech.long && speech.closed);
        titles
            .map(|speech| speech.words.clone())
            .find(|words| words.start == index)
            .map(|words| words.end)
    }

    /// The word behind an aside that begins at a word: between commas, and right before the particle of the clause.
    pub(super) fn aside_at(&self, index: usize) -> Option<usize> {
        let comma = |at: usize| matches!(self.word(at).text(), "،" | ",");
        if index == 0 || !comma(index - 1) || self.word(index).upos() != Upos::Verb {
            return None;
        }
        let end = (index + 1..(index + ASIDE).min(self.reach.end.saturating_sub(1)))
            .find(|&at| comma(at))?;
        is_particle(self.word(end + 1)).then_some(end)
    }

    /// Whether somebody refuses to do a thing (رفض أن يوقع) and nothing that was said.
    pub(super) fn is_refusal(&self, content: TextRange) -> bool {
        let words = self.scene.analysis.words_in(content);
        matches!(self.found.cue.act.as_str(), "reject" | "refuse")
            && words.len() > 1
            && is_particle(self.word(words.start))
            && self.word(words.start + 1).upos() == Upos::Verb
    }

    /// Whether a cue between this one and the particle has the better claim to it, as the noun in نفت التهمة بأن.
    pub(super) fn belongs_to_other(&self, index: usize, limit: usize) -> bool {
        let relays = matches!(self.found.cue.act.as_str(), "relay" | "quote");
        self.scene.cues_at(index).iter().any(|other| {
            // A participle reports only as a circumstance: the officials of مسؤولون مطلعون على الملف inform nobody.
            if other.part == Part::Participle && !super::resume::is_circumstance(other.word) {
                return false;
            }
            let near = match other.part {
                // A relay may quote another relay: عن تاس، وهي تنقل عن دبلوماسي.
                Part::Verb | Part::Participle
                    if relays && matches!(other.cue.act.as_str(), "relay" | "quote") =>
                {
                    return false;
                }
                Part::Noun if relays || is_medium(other.word) => return false,
                Part::Noun => 6,
                Part::Verb | Part::Participle => limit,
                Part::Adjective | Part::Preposition => return false,
            };
            let from = other.last.index() + 1;
            let frame = &other.cue.frame;
            (frame.takes(&ContentSlot::Clause) || frame.content_prepositions().next().is_some())
                && other.word.index() > self.found.last.index()
                && (from..(from + near).min(self.reach.end)).any(|at| {
                    is_particle(self.word(at))
                        // Behind a noun stands أن; إن goes on with the verb of saying.
                        && (other.part != Part::Noun
                            || other.cue.act == "say"
                            || !self.word(at).text().starts_with('إ'))
                        && !crosses(self.scene, from, at)
                        && (other.part != Part::Noun || only_holder(self.scene, from, at))
                })
                && !super::standing::is_anonymity(self.scene, other)
        })
    }

    /// Whether a verb between cue and particle only describes the speaker ("وهو يتحدث").
    pub(super) fn is_own_subject_clause(verb: Word<'_>) -> bool {
        matches!(verb.deprel().universal(), Deprel::Acl | Deprel::Amod)
    }

    /// A particle written onto a preposition (بأن) keeps it.
    #[expect(clippy::unused_self, reason = "a question like its neighbours")]
    pub(super) fn start_of(&self, particle: Word<'_>) -> usize {
        match particle.previous() {
            Some(before)
                if before.upos() == Upos::Adp
                    && before.token().index() == particle.token().index()
                    && !is_conjunction(before) =>
            {
                before.index()
            }
            _ => particle.index(),
        }
    }

    /// What stands behind a colon.
    pub(super) fn behind_colon(&self) -> Option<TextRange> {
        if !self.found.cue.frame.quotes() {
            return None;
        }
        let from = self.found.last.index() + 1;
        let near = if self.found.part == Part::Noun { NOUN_TO_COLON } else { TO_PARTICLE };
        let colon = (from..(from + near).min(self.reach.end))
            .take_while(|&index| !matches!(self.word(index).text(), "." | "؛" | "؟"))
            .find(|&index| self.word(index).text() == ":")?;
        if self.found.part == Part::Noun && !only_holder(self.scene, from, colon) {
            return None;
        }
        // What another verb of saying announces (رفض الطلب، وقال زعيمه: …) is its own.
        let relays = super::source::relayed_from(self.scene, self.found).is_some();
        let others = (from..colon).any(|at| {
            let before = self.word(at).previous();
            before.is_some_and(is_conjunction) && self.scene.reports_at(at)
        });
        if others && !relays {
            return None;
        }
        let last = scene::last_word(self.word(colon).sentence()).min(self.reach.end - 1);
        let start = match super::source::relayed_from(self.scene, self.found) {
            Some(about) if about.index() < colon => about.index(),
            _ => colon + 1,
        };
        (colon < last).then(|| self.to_end(start, colon + 1))
    }

    /// "ما إذا", "هل", "كيف".
    pub(super) fn question(&self) -> Option<TextRange> {
        if !self.takes(&ContentSlot::Question) {
            return None;
        }
        let from = self.found.last.index() + 1;
        let opens = (from..(from + NOUN_TO_PARTICLE).min(self.reach.end)).find(|&index| {
            matches!(self.word(index).key(), "هل" | "كيف" | "لماذا" | "متي" | "اين" | "اذا")
        })?;
        let before = self.word(opens - 1).key();
        let start = if matches!(before, "ما" | "عما") { opens - 1 } else { opens };
        Some(self.to_end(start, opens))
    }

    /// بحسب X: what stands before the phrase in its sentence, or what follows when it opens the sentence.
    pub(super) fn of_preposition(&self) -> Vec<TextRange> {
        let Some(object) = super::source::object_of(self.scene, self.found) else {
            return Vec::new();
        };
        let first = self.found.word.index();
        let phrase = self.scene.analysis.words_in(super::source::phrase_of(object));
        let behind = phrase.end.max(self.found.last.index() + 1);
        let last = scene::last_word(self.found.word.sentence()).min(self.reach.end - 1);
        // ذكرت الوكالة نقلا عن مسؤولين أن: the clause behind belongs to those who are quoted too.
        let reported = (self.reach.start..first).any(|at| self.scene.reports_at(at));
        if self.found.cue.act == "quote" && reported {
            let clause = (object.index() + 1..(object.index() + NOUN_TO_PARTICLE).min(last))
                .find(|&at| is_particle(self.word(at)));
            return clause.map(|at| self.to_end(at, at)).into_iter().collect();
        }
        let lead = self
            .scene
            .words_between(self.reach.start, first)
            .filter(|word| word.upos() != Upos::Punct && !is_conjunction(*word))
            .count();
        if lead == 0 {
            let comma = (behind..last).find(|&at| matches!(self.word(at).text(), "،" | ","));
            let comma = comma.map(|at| self.behind_aside(at, last));
            let from = comma.map_or(behind, |at| at + 1);
            return (from <= last).then(|| self.to_end(from, from)).into_iter().collect();
        }
        // A quotation may run over several sentences that the phrase closes.
        let opening = self.reach.start;
        let start = self
            .scene
            .speeches
            .iter()
            .find(|speech| speech.words.contains(&opening) && speech.words.start < opening)
            .map_or(opening, |speech| self.word(speech.words.start).sentence().word_range().start);
        let start = (start..first)
            .find(|&at| self.word(at).upos() != Upos::Punct && !is_conjunction(self.word(at)))
            .unwrap_or(start);
        let front = (start < first).then(|| self.scene.stretch(start, first - 1));
        let rest = self.rest_behind(start, first, behind, last);
        front.into_iter().chain(rest).collect()
    }

    /// The comma that closes an aside without a verb which the comma at a word opens (بحسب المركز، ومقره تونس، تراجعت …); the same
    /// one when none does.
    fn behind_aside(&self, comma: usize, last: usize) -> usize {
        let opens = comma + 1 < last && is_conjunction(self.word(comma + 1));
        let closes = (comma + 1..(comma + ASIDE).min(last))
            .take_while(|&at| self.word(at).upos() != Upos::Verb)
            .find(|&at| matches!(self.word(at).text(), "،" | ","));
        closes.filter(|_| opens).unwrap_or(comma)
    }

    /// The rest of a clause in whose middle a phrase stands: "إذا مر التيار، بحسب المهندس، ارتفعت", "قد قال، بحسب الوكالة، إن".
    pub(super) fn rest_behind(
        &self,
        start: usize,
        first: usize,
        behind: usize,
        last: usize,
    ) -> Option<TextRange> {
        let comma = (behind..last).find(|&at| matches!(self.word(at).text(), "،" | ","))?;
        let open = (start..(start + 2).min(first)).any(|at| {
            matches!(self.word(at).key(), "اذا" | "لو" | "عندما" | "حين" | "كلما" | "بينما")
        });
        let verbs = self.scene.words_between(start, first).filter(|word| word.upos() == Upos::Verb);
        let before = (start..first).rev().find(|&at| self.word(at).upos() != Upos::Punct)?;
        // "يخشى البلغار، وفق الصحيفة، شتاء باردا": what has no verb goes on with the clause before.
        let verbless = self
            .scene
            .words_between(comma + 1, last + 1)
            .all(|word| !matches!(word.upos(), Upos::Verb | Upos::Aux) && !is_particle(word))
            && !is_conjunction(self.word(comma + 1))
            && !self.scene.is_time(self.word(comma + 1));
        let unfinished = open || verbless || verbs.count() == 0 || self.scene.reports_at(before);
        (unfinished && comma < last).then(|| self.to_end(comma + 1, comma + 1))
    }
}

/// Whether a noun only tells by what means something is said: في بيان، عبر منشور.
fn is_medium(noun: Word<'_>) -> bool {
    noun.previous().is_some_and(|before| {
        matches!(before.key(), "في" | "عبر" | "خلال" | "علي" | "ب") && before.upos() == Upos::Adp
    })
}

/// Whether a word can be part of the noun phrase that holds a noun of saying.
fn is_of_phrase(word: Word<'_>) -> bool {
    word.upos().is_nominal() || matches!(word.upos(), Upos::Adj | Upos::Det | Upos::X | Upos::Adp)
}

/// Whether nothing but the holder of a noun stands between two places.
fn only_holder(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.words_between(from, to).all(is_of_phrase)
}

/// Whether a stop stands between two words.
fn crosses(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    scene.words_between(from, to).any(|word| matches!(word.text(), "." | "؛" | ":" | "؟" | "،"))
}

/// أن، إن، أنّ and their kin; إذ and ما are not among them.
pub(super) fn is_particle(word: Word<'_>) -> bool {
    let opens = match word.key() {
        "ان" => word.upos() != Upos::Propn,
        "بان" => word.upos() == Upos::Sconj,
        // أن and لا in one; with hamza below it is "except".
        "الا" => word.text().starts_with('أ'),
        _ => false,
    };
    // من شأنها أن is "may", and its clause belongs to nobody.
    let of_nature = word.previous().is_some_and(|before| {
        before.key() == "شان"
            || before.upos() == Upos::Pron
                && before.previous().is_some_and(|noun| noun.key() == "شان")
    });
    if of_nature {
        return false;
    }
    // بعد أن، رغم أن، إلا أن: the particle belongs to an adverb or a conjunction.
    opens
        && !word.previous().is_some_and(|before| {
            matches!(
                before.key(),
                "بعد"
                    | "قبل"
                    | "منذ"
                    | "دون"
                    | "بدون"
                    | "رغم"
                    | "الرغم"
                    | "الا"
                    | "غير"
                    | "بيد"
                    | "كما"
                    | "مع"
                    | "حتي"
                    | "لولا"
                    | "مثل"
                    | "لمجرد"
                    | "بمجرد"
                    | "مجرد"
                    | "شرط"
                    | "شريطه"
                    | "حين"
                    | "ذلك"
                    | "قبيل"
                    | "بعيد"
                    | "سوي"
            )
        })
}

pub(super) fn is_conjunction(word: Word<'_>) -> bool {
    matches!(word.key(), "و" | "ف")
}

pub(super) fn is_relative(word: Word<'_>) -> bool {
    matches!(word.key(), "الذي" | "التي" | "الذين" | "اللذان" | "اللتان" | "اللذين" | "اللواتي")
}
