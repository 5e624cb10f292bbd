//! Where the content of an Arabic cue ends.
//!
//! A clause goes on to the end of its sentence unless something new begins before: the next cue of the same speaker (وأضاف،
//! مضيفا), a phrase that closes the report (بحسب …), what others make of it (وهو ما نفاه …), or, of what somebody thinks or
//! wants, the next clause. A phrase goes on over what describes it.

use khabar_lang::Upos;
use khabar_record::{StatementKind, TextRange};

use super::content_ar::{Reader, is_conjunction, is_particle, is_relative};
use super::lexicon::{Found, Part};
use super::object_ar::is_by_degree;
use super::scene;

/// How far behind the word that sets it against the clause before another's report may stand.
const CONTRAST: usize = 8;
/// How far behind a verb the phrase that it governs may stand.
const GOVERNED: usize = 8;

impl Reader<'_, '_> {
    /// From the start of a clause to its end.
    pub(super) fn to_end(&self, start: usize, opens: usize) -> TextRange {
        let last = scene::last_word(self.word(start).sentence()).min(self.reach.end - 1);
        let mut end = last;
        let mut index = opens + 2;
        while index <= last {
            // Nobody's quoted words are cut.
            if let Some(speech) = self.scene.around(index)
                && self.scene.around(self.found.word.index()) != Some(speech)
            {
                index = self.scene.speeches[speech].words.end.max(index + 1);
                continue;
            }
            if self.closes(index) {
                end = index - 1;
                break;
            }
            index += 1;
        }
        self.scene.stretch(start, end.max(start))
    }

    /// Whether something new begins at a word: the next cue of the speaker, or a phrase that closes the report.
    pub(super) fn closes(&self, index: usize) -> bool {
        if self.turns_to_others(index)
            || self.gives_background(index)
            || self.opens_main_clause(index)
            || self.is_thought_out(index)
        {
            return true;
        }
        let word = self.word(index);
        let previous = self.word(index - 1);
        let comma = matches!(previous.text(), "،" | "," | "–" | "-" | "—");
        let joined = is_conjunction(previous) && previous.token().index() == word.token().index();
        let cues = self.scene.cues_at(index);
        // Behind a comma or the end of a quotation another verb of saying opens a new report; without it the verb must have
        // a clause of its own.
        let parted = joined
            && index >= 2
            && (matches!(self.word(index - 2).text(), "،" | ",")
                || previous.range().start().to_usize() > 0
                    && self.scene.speeches.iter().any(|speech| {
                        let gap = previous.range().start().to_u32();
                        gap > speech.range.end().to_u32() && gap - speech.range.end().to_u32() <= 3
                    }));
        let resumes = joined
            && cues.iter().any(|found| {
                let quotes = found.cue.frame.quotes();
                let claims = parted && found.cue.kind == StatementKind::Claim;
                found.part == Part::Verb
                    && (quotes && (self.goes_on(found) || claims)
                        || claims && self.governs_behind(found))
            });
        let circumstance = (comma || joined)
            && super::resume::is_circumstance(word)
            && cues.iter().any(|found| {
                found.part == Part::Participle
                    && (comma || found.cue.frame.quotes() || self.goes_on(found))
            });
        let preposition = cues
            .iter()
            .any(|found| found.part == Part::Preposition && found.cue.act.starts_with("according"));
        let contrast = self.opens_contrast(index)
            && (index + 1..(index + CONTRAST).min(self.reach.end))
                .any(|at| self.scene.reports_at(at));
        let parted = previous.text() == "؛";
        let adverb = (comma || parted) && (contrast || word.key() == "حسبما")
            || parted
                && (index..(index + CONTRAST).min(self.reach.end))
                    .any(|at| self.scene.reports_at(at));
        if joined || circumstance && !comma {
            // The conjunction itself goes too.
            return resumes || circumstance;
        }
        circumstance || preposition || adverb || self.conjunction_before_cue(index)
    }

    /// Whether a word opens a clause that is set against the one before: في حين، غير أن، لكن، بينما.
    fn opens_contrast(&self, index: usize) -> bool {
        let next = if index + 1 < self.reach.end { self.word(index + 1).key() } else { "" };
        match self.word(index).key() {
            "فيما" | "بينما" | "كما" | "لكن" => true,
            "في" => matches!(next, "حين" | "المقابل"),
            "غير" | "الا" | "بيد" => next == "ان",
            _ => false,
        }
    }

    /// Whether behind a comma what was said is made the object of another's words: "…، وهو ما تنفيه", "…، الأمر الذي نفاه".
    fn turns_to_others(&self, index: usize) -> bool {
        let key = |at: usize| if at < self.reach.end { self.word(at).key() } else { "" };
        let comma = |at: usize| matches!(self.word(at).text(), "،" | ",");
        let resumed = matches!(key(index), "هو" | "هي") && key(index + 1) == "ما";
        let joined = index >= 2 && is_conjunction(self.word(index - 1)) && comma(index - 2);
        let matter = key(index) == "الامر" && matches!(key(index + 1), "الذي") && comma(index - 1);
        if !(resumed && joined || matter) {
            return false;
        }
        (index + 2..(index + 4).min(self.reach.end)).any(|at| !self.scene.cues_at(at).is_empty())
    }

    /// Whether the reporter's background begins at a word behind a comma (، بعدما فشل الاجتماع), or what somebody did besides denying
    /// (، لكنها منعت المسيرة).
    fn gives_background(&self, index: usize) -> bool {
        let comma = matches!(self.word(index - 1).text(), "،" | ",");
        let word = self.word(index);
        let background = matches!(word.key(), "بعدما" | "غداه" | "وذلك" | "علما")
            || word.key() == "بعد" && word.next().is_some_and(|next| next.key() == "ان");
        // "، وذلك بعد …", "، قبل ساعات من …": when it was said.
        let joined = index >= 2
            && word.key() == "ذلك"
            && is_conjunction(self.word(index - 1))
            && matches!(self.word(index - 2).text(), "،" | ",");
        let time = matches!(word.key(), "قبل" | "بعد")
            && word.next().is_some_and(|next| {
                matches!(
                    next.key(),
                    "ساعه"
                        | "ساعات"
                        | "ساعتين"
                        | "يوم"
                        | "يومين"
                        | "ايام"
                        | "اسبوع"
                        | "اسبوعين"
                        | "اسابيع"
                        | "شهر"
                        | "شهرين"
                        | "اشهر"
                        | "دقائق"
                        | "سنوات"
                )
            });
        if joined || comma && time && self.found.cue.kind == StatementKind::Claim {
            return true;
        }
        let besides = word.key() == "لكن"
            && self.found.cue.stance == khabar_record::Stance::Denies
            && self.found.cue.kind == StatementKind::Claim;
        comma && (background || besides)
    }

    /// Whether the main clause begins at a word, behind the comma that closes the clause of the cue ("وبينما تقول … إن …، ينفي …").
    fn opens_main_clause(&self, index: usize) -> bool {
        let comma = matches!(self.word(index - 1).text(), "،" | ",");
        let verb = matches!(self.word(index).upos(), Upos::Verb | Upos::Aux);
        let cue = self.found.word.index();
        let opening = (self.reach.start..(self.reach.start + 2).min(cue)).map(|at| self.word(at));
        let subordinate = || {
            opening
                .clone()
                .any(|word| matches!(word.key(), "بينما" | "فيما" | "حين" | "عندما" | "اذ"))
        };
        comma
            && verb
            && self.found.part == Part::Verb
            && cue <= self.reach.start + 4
            && subordinate()
    }

    /// Whether what somebody thinks or wants ends before a word: at the next clause behind a comma ("أريد أن أعود، فالبيت بيتي"), or
    /// where he says again what he wants ("أريد سياسة، أريد عملا").
    fn is_thought_out(&self, index: usize) -> bool {
        let comma = |at: usize| matches!(self.word(at).text(), "،" | ",");
        let (word, previous) = (self.word(index), self.word(index - 1));
        let again = comma(index - 1) && word.key() == self.found.word.key();
        let joined = index >= 2
            && is_conjunction(previous)
            && comma(index - 2)
            && (previous.key() == "ف" || word.upos() == Upos::Verb);
        again || joined && self.found.cue.kind == StatementKind::Attitude
    }

    /// Whether a verb has a phrase that it governs right behind it or its subject (ودعت الدول إلى …).
    fn governs_behind(&self, found: &Found<'_>) -> bool {
        let prepositions: Vec<&str> = found.cue.frame.content_prepositions().collect();
        let from = found.last.index() + 1;
        (from..(from + GOVERNED).min(self.reach.end))
            .map(|at| self.word(at))
            .take_while(|word| !matches!(word.text(), "،" | "," | "." | ":" | "؛"))
            .any(|word| prepositions.contains(&word.key()))
    }

    /// Whether a conjunction stands here whose verb resumes the report.
    fn conjunction_before_cue(&self, index: usize) -> bool {
        let word = self.word(index);
        is_conjunction(word)
            && index + 1 < self.reach.end
            && self.word(index + 1).token().index() == word.token().index()
            && self.closes(index + 1)
    }

    /// Whether a cue has a clause or quotation of its own, so that it is no plain verb of the clause.
    fn goes_on(&self, found: &Found<'_>) -> bool {
        let from = found.last.index() + 1;
        (from..(from + 14).min(self.reach.end)).any(|index| {
            let word = self.word(index);
            is_particle(word)
                || word.text() == ":"
                || self.scene.around(index).is_some()
                || matches!(word.key(), "قائلا" | "بالقول")
        })
    }

    /// How far a phrase goes on behind the words that the tree gives it: over quotations, prepositions and nouns up to the
    /// next stop, conjunction or verb.
    pub(super) fn carried_to(&self, end: usize) -> usize {
        let mut last = end;
        let mut index = end + 1;
        while index < self.reach.end {
            let word = self.word(index);
            let quoted = self.scene.speeches.iter().find(|speech| speech.words.contains(&index));
            if let Some(speech) = quoted {
                last = (speech.words.end - 1).min(self.reach.end - 1);
                index = speech.words.end;
                continue;
            }
            // A time behind a preposition belongs to what is to be done, one without (أمس) to the report.
            if let Some(time) = self.scene.time_around(word) {
                let led = index > 0 && self.word(index - 1).upos() == Upos::Adp
                    || word.upos() == Upos::Adp;
                let behind = self.scene.analysis.words_in(time).end;
                if !led || behind <= index {
                    break;
                }
                last = (behind - 1).min(self.reach.end - 1);
                index = behind;
                continue;
            }
            let described = is_relative(word) && index == last + 1
                || word.key() == "ما"
                    && index == last + 2
                    && self.word(last + 1).upos() == Upos::Adp;
            if described {
                last = self.described_to(index);
                break;
            }
            // تهديد بمقاضاة الصحيفة | ما لم تعتذر، توضيح | ما إذا كانت …: a condition or a question goes on to its end.
            if self.opens_condition(index) {
                last = self.described_to(index);
                break;
            }
            if is_by_degree(word) {
                break;
            }
            let stops = match word.upos() {
                Upos::Punct => {
                    matches!(word.text(), "،" | "," | "." | "؛" | ";" | ":" | "؟" | "(" | "-" | "–")
                }
                Upos::Verb | Upos::Aux | Upos::Cconj | Upos::Sconj => true,
                _ => is_particle(word) || is_relative(word) || is_conjunction(word),
            };
            if stops {
                break;
            }
            if word.upos() != Upos::Punct && word.upos() != Upos::Adp {
                last = index;
            }
            index += 1;
        }
        last
    }

    /// Whether a condition begins at a word, or a question behind what is asked.
    fn opens_condition(&self, index: usize) -> bool {
        let key = |at: usize| if at < self.reach.end { self.word(at).key() } else { "" };
        match key(index) {
            "اذا" => true,
            "ما" | "عما" => matches!(key(index + 1), "لم" | "اذا"),
            "ان" => key(index + 1) == "لم" && self.word(index).text().starts_with('إ'),
            _ => false,
        }
    }

    /// The end of a relative clause: before the next stop, or where something new begins.
    fn described_to(&self, from: usize) -> usize {
        let stop = |at: usize| {
            matches!(self.word(at).text(), "،" | "," | "." | "؛" | ";" | ":" | "؟" | "(")
                || self.closes(at)
        };
        let end = (from + 1..self.reach.end).find(|&at| stop(at)).unwrap_or(self.reach.end);
        end - 1
    }
}
