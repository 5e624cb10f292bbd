//! The readings of a word that may name an event, and the choice among them.

use khabar_lang::{Language, Upos, Word};
use khabar_record::{Record, Stance, TextRange};

use super::frame::Around;
use super::lexicon::Match;
use super::model::{Choice, Model};
use super::scene::Scene;
use super::{EventRules, choose, features};

/// How much likelier than an event the model must find that nothing happens before an event is dropped.
const DOUBT: f32 = 0.5;

/// The same for Arabic, whose lists claim fewer words that name nothing.
const ARABIC_DOUBT: f32 = 2.0;

/// How much likelier than the type of the lists the model must find another before it is taken.
const OTHER_TYPE: f32 = 2.0;

/// How much likelier than that nothing happens the model must find an event whose conditions do not hold.
const REVIVAL: f32 = 0.0;

/// A trigger with the readings that it may have.
pub(super) struct Candidate<'r, 'a> {
    /// For each type one sense, and one for no event; none when the lists have no such use.
    options: Vec<(Choice, Option<Match<'r, 'a>>)>,
    surroundings: Vec<u32>,
    pub(super) trigger: Word<'a>,
    /// Whether it is the act that a denial denies, which is named to say that it did not happen.
    denied: bool,
    /// Whether it only names what a denial turns away ("denied the accusations").
    turned_away: bool,
}

/// A candidate as training sees it.
#[derive(Clone, Debug)]
pub struct Example {
    /// The trigger's words.
    pub trigger: TextRange,
    /// The features of its surroundings.
    pub surroundings: Vec<u32>,
    /// The readings that it may have.
    pub choices: Vec<Choice>,
}

/// The candidate that starts at a word.
pub(super) fn at<'r, 'a>(
    rules: &'r EventRules,
    scene: &Scene<'a>,
    record: &Record,
    word: Word<'a>,
) -> Option<Candidate<'r, 'a>> {
    if matches!(word.upos(), Upos::Punct | Upos::Adp | Upos::Det | Upos::Cconj | Upos::Num)
        && scene.joined(word).is_empty()
    {
        return None;
    }
    // هذا أمر غريب: what a demonstrative points at is no verb, whatever the tagger makes of it.
    let pointed_at = scene.is_arabic()
        && word.upos() == Upos::Verb
        && word.previous().is_some_and(|before| {
            matches!(before.key(), "هذا" | "هذه" | "اي" | "بعض")
                && before.sentence().index() == word.sentence().index()
        });
    if pointed_at {
        return None;
    }
    let classes = &rules.lexicon.classes;
    let matches = rules.lexicon.at(scene, word);
    let around = |found: &Match<'r, 'a>| Around::new(scene, classes, &rules.support, found);
    let holds: Vec<bool> =
        matches.iter().map(|found| choose::holds(&around(found), classes, found)).collect();
    let first = holds.iter().position(|holds| *holds);
    let basis = around(matches.get(first.unwrap_or(0))?);
    let surroundings = features::of(&basis, classes, record, matches[first.unwrap_or(0)].form);
    let trigger = basis.trigger;
    let mut options: Vec<(Choice, Option<Match<'r, 'a>>)> = Vec::new();
    for (at, found) in matches.into_iter().enumerate() {
        let choice = Choice {
            kind: found.sense.kind.clone(),
            rule: found.sense.rule.clone(),
            holds: holds[at],
            first: first == Some(at),
            words: found.words.len(),
        };
        match options.iter_mut().find(|(other, _)| other.kind == choice.kind) {
            Some(slot) if !slot.0.holds && choice.holds => *slot = (choice, Some(found)),
            // Where the conditions of no sense hold, the one that asks for least says least that may be wrong.
            Some((other, Some(kept)))
                if !other.holds
                    && kept.words.len() == found.words.len()
                    && found.sense.conditions.len() < kept.sense.conditions.len() =>
            {
                *kept = found;
            }
            Some(_) => {}
            None => options.push((choice, Some(found))),
        }
    }
    // Where no sense holds nothing happens, unless the model knows better.
    if let Some((none, _)) = options.iter_mut().find(|(choice, _)| choice.kind.is_none()) {
        none.first |= first.is_none();
    } else {
        let (holds, first) = (first.is_none(), first.is_none());
        let none = Choice { kind: None, rule: String::new(), holds, first, words: 1 };
        options.push((none, None));
    }
    let denied = scene.is_arabic()
        && trigger.head().is_some_and(|head| rules.signs.denies(scene, scene.word(head.index())));
    let turned_away = is_turned_away(record, trigger);
    Some(Candidate { options, surroundings, trigger, denied, turned_away })
}

/// Whether a noun stands for the claim that somebody denies: the first word of meaning in what is denied.
fn is_turned_away(record: &Record, trigger: Word<'_>) -> bool {
    let analysis = trigger.analysis();
    let opens = |part: TextRange| {
        let words = analysis.words_in(part).map(|at| analysis.word(at));
        words
            .filter(|word| word.upos().is_nominal() || word.upos() == Upos::Verb)
            .find(|word| word.upos() != Upos::Pron)
            == Some(trigger)
    };
    trigger.upos() == Upos::Noun
        && record.statements.iter().any(|statement| {
            statement.stance == Stance::Denies && statement.content.iter().any(|&part| opens(part))
        })
}

impl<'r, 'a> Candidate<'r, 'a> {
    /// The sense that is taken: the first whose conditions hold, unless the model finds another reading clearly likelier.
    pub(super) fn decide(self, model: Option<&Model>) -> Option<Match<'r, 'a>> {
        let at = self.options.iter().position(|(choice, _)| choice.first)?;
        let model = model.filter(|_| !self.denied);
        let taken = match model {
            Some(model) => self.weigh(at, model)?,
            None => at,
        };
        let (choice, found) = self.options.into_iter().nth(taken)?;
        // Whoever denies the charges does not accuse.
        let charges = self.turned_away && choice.kind.as_deref() == Some("ACCUSE");
        found.filter(|_| !charges && (choice.kind.is_some() || choice.holds))
    }

    /// The sense of a type that is known to be right; what is decided where the lists have no such use.
    pub(super) fn into_kind(mut self, kind: &str, model: Option<&Model>) -> Option<Match<'r, 'a>> {
        let own = |(choice, found): &(Choice, Option<Match<'r, 'a>>)| {
            choice.kind.as_deref() == Some(kind) && found.is_some()
        };
        match self.options.iter().position(own) {
            Some(at) => self.options.swap_remove(at).1,
            None => self.decide(model),
        }
    }

    /// Which of the readings is taken when the lists would take the one at `listed`; none when nothing happens.
    fn weigh(&self, listed: usize, model: &Model) -> Option<usize> {
        let scores: Vec<f32> = self
            .options
            .iter()
            .map(|(choice, _)| model.score(&self.surroundings, choice))
            .collect();
        let is_event = |at: &usize| self.options[*at].0.kind.is_some();
        let nothing = (0..scores.len()).find(|at| !is_event(at));
        let arabic = self.trigger.analysis().language() == Language::Arabic;
        let doubt = if arabic { ARABIC_DOUBT } else { DOUBT };
        if is_event(&listed)
            && nothing.is_some_and(|nothing| scores[nothing] - scores[listed] > doubt)
        {
            return None;
        }
        let likeliest = (0..scores.len())
            .filter(is_event)
            .max_by(|one, other| scores[*one].total_cmp(&scores[*other]))?;
        let lead = if is_event(&listed) { OTHER_TYPE } else { REVIVAL };
        Some(if scores[likeliest] - scores[listed] > lead { likeliest } else { listed })
    }

    /// The candidate as training sees it.
    pub(super) fn example(self) -> Example {
        Example {
            trigger: self.trigger.range(),
            surroundings: self.surroundings,
            choices: self.options.into_iter().map(|(choice, _)| choice).collect(),
        }
    }
}
