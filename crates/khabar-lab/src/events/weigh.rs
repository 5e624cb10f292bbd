//! Learning what reasons weigh by which parties are chosen: a linear model over the candidates of each turn, trained so that
//! the right ones together are likely.

use khabar_read::events::TABLE;
use khabar_read::events::rank::{Role, beside, is_ruled, pick, slots};

use super::parties::Lesson;
use crate::learn::{self, Question, Settings};

/// What a turn counts whose right party stands nowhere among the candidates.
const UNANSWERABLE: f32 = 0.3;

/// How many turns are learnt from.
const TURNS: usize = 3;

/// How good the parties chosen for one role are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) right: usize,
    pub(crate) made: usize,
    pub(crate) all: usize,
    /// Of how many events all parties are right.
    pub(crate) whole: usize,
    pub(crate) events: usize,
    /// How many of the parties that there are stand among the candidates.
    pub(crate) within: usize,
}

impl Score {
    /// The harmonic mean of precision and recall.
    pub(crate) fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.made + self.all).max(1) as f64
    }
}

/// Learns the weights of both roles, each turn being a question of its own.
pub(crate) fn learn(lessons: &[&Lesson], articles: f32, settings: Settings) -> Vec<f32> {
    let turns: Vec<Question> = lessons
        .iter()
        .flat_map(|lesson| {
            let weight = if lesson.is_article { articles } else { 1.0 };
            let mut turns = turns(lesson, Role::Actor, weight);
            turns.extend(self::turns(lesson, Role::Recipient, weight));
            turns
        })
        .collect();
    learn::learn(&turns, TABLE, settings)
}

/// The places of what the reasons for a candidate weigh in a turn.
fn places(
    lesson: &Lesson,
    role: Role,
    at: usize,
    turn: usize,
    actor: Option<usize>,
) -> impl Iterator<Item = usize> {
    let options = &lesson.question.options;
    let later = if turn > 0 { options[at].later.as_slice() } else { &[] };
    let pair = actor
        .map(|actor| beside(&options[actor].tags, &options[at].tags, &lesson.question.kind))
        .map(|pair| slots(role, &pair).collect::<Vec<_>>())
        .unwrap_or_default();
    slots(role, &options[at].reasons).chain(slots(role, later)).chain(pair)
}

/// The turns that a lesson makes for a role, each with the right answers.
fn turns(lesson: &Lesson, role: Role, weight: f32) -> Vec<Question> {
    let options = &lesson.question.options;
    let nobody = options.len() - 1;
    let mut turns = Vec::new();
    let mut taken = vec![false; options.len()];
    let mut actor = None;
    if role == Role::Recipient {
        let own = &lesson.parties[1];
        for &actor in lesson.parties[0].iter().flatten() {
            taken[actor] |= own.iter().all(|party| !party.contains(&actor));
        }
        if lesson.question.settled[1] {
            return turns;
        }
        if lesson.question.settled[0] {
            actor = lesson.question.ruled[0].first().copied();
        } else {
            let acting = || lesson.parties[0].iter().flatten().copied();
            let ruled = acting().find(|at| lesson.question.ruled[0].contains(at));
            actor = Some(ruled.or_else(|| acting().next()).unwrap_or(nobody));
        }
    } else if lesson.question.settled[0] {
        return turns;
    }
    let mut open: Vec<&Vec<usize>> = lesson.parties[role as usize].iter().collect();
    let unanswerable = !open.is_empty() && open.iter().all(|party| party.is_empty());
    let weight = if unanswerable { weight * UNANSWERABLE } else { weight };
    open.retain(|party| !party.is_empty());
    let maker = Maker { lesson, role, actor };
    maker.add(0, &open, &taken, weight, &mut turns);
    turns
}

/// Makes turns.
struct Maker<'l> {
    lesson: &'l Lesson,
    role: Role,
    actor: Option<usize>,
}

impl Maker<'_> {
    /// Adds a turn and those behind it, one for each right answer.
    fn add(
        &self,
        turn: usize,
        open: &[&Vec<usize>],
        taken: &[bool],
        weight: f32,
        turns: &mut Vec<Question>,
    ) {
        let options = &self.lesson.question.options;
        let nobody = options.len() - 1;
        let covers = |at: usize| {
            let with = &options[at].joined;
            let covered =
                |party: &&&Vec<usize>| party.iter().any(|one| *one == at || with.contains(one));
            open.iter().filter(covered).count()
        };
        let is_right = |at: usize| open.iter().any(|party| party.contains(&at));
        let most = (0..nobody).filter(|&at| !taken[at] && is_right(at)).map(covers).max();
        let right = |at: usize| match most {
            Some(most) => at != nobody && is_right(at) && covers(at) == most,
            None => at == nobody,
        };
        let free: Vec<usize> = (0..=nobody).filter(|&at| !taken[at]).collect();
        let own = |at: usize| -> Vec<u32> {
            let all = places(self.lesson, self.role, at, turn, self.actor);
            all.map(|slot| slot as u32).collect()
        };
        turns.push(Question {
            choices: free.iter().map(|&at| own(at)).collect(),
            right: free.iter().map(|&at| right(at)).collect(),
            weight,
        });
        let answers: Vec<usize> =
            free.iter().copied().filter(|&at| at != nobody && right(at)).collect();
        if turn + 1 >= TURNS || answers.is_empty() {
            return;
        }
        let weight = weight / answers.len() as f32;
        for &chosen in &answers {
            let mut gone = options[chosen].joined.clone();
            gone.extend(&options[chosen].alike);
            gone.push(chosen);
            let mut taken = taken.to_vec();
            for &at in &gone {
                taken[at] = true;
            }
            let open: Vec<&Vec<usize>> = open
                .iter()
                .copied()
                .filter(|party| !party.iter().any(|one| gone.contains(one)))
                .collect();
            self.add(turn + 1, &open, &taken, weight, turns);
        }
    }
}

/// The parties that weights choose for a lesson.
pub(crate) fn choose(lesson: &Lesson, weights: &[f32], doubt: f32, trust: f32) -> [Vec<usize>; 2] {
    let options = &lesson.question.options;
    let nobody = options.len() - 1;
    let score = |role: Role, at: usize, turn: usize, actor: Option<usize>| -> f32 {
        let sum: f32 = places(lesson, role, at, turn, actor).map(|slot| weights[slot]).sum();
        let ruled = &lesson.question.ruled[role as usize];
        let sum = if is_ruled(ruled, at, nobody, turn) { sum + trust } else { sum };
        if at == nobody { sum + doubt } else { sum }
    };
    let joined = |at: usize| options[at].joined.clone();
    let alike = |at: usize| options[at].alike.clone();
    let mut taken = vec![false; options.len()];
    let (settled, ruled) = (&lesson.question.settled, &lesson.question.ruled);
    for &at in (0..2).filter(|&role| settled[role]).flat_map(|role| &ruled[role]) {
        taken[at] = true;
        for &other in options[at].joined.iter().chain(&options[at].alike) {
            taken[other] = true;
        }
    }
    let (actors, actor) = if settled[0] {
        (ruled[0].clone(), ruled[0].first().copied())
    } else {
        let alone = |at: usize, turn: usize| score(Role::Actor, at, turn, None);
        let actors = pick(nobody, &mut taken, alone, joined, alike);
        let first = actors.first().copied().unwrap_or(nobody);
        (actors, Some(first))
    };
    let recipients = if settled[1] {
        ruled[1].clone()
    } else {
        let with = |at: usize, turn: usize| score(Role::Recipient, at, turn, actor);
        pick(nobody, &mut taken, with, joined, alike)
    };
    [actors, recipients]
}

/// Counts how good chosen parties are.
pub(crate) fn count(lesson: &Lesson, chosen: &[usize], role: usize, score: &mut Score) {
    let options = &lesson.question.options;
    let mut made: Vec<usize> = Vec::new();
    for &one in chosen.iter().flat_map(|&at| &options[at].joined) {
        if !made.iter().any(|&other| other == one || options[other].alike.contains(&one)) {
            made.push(one);
        }
    }
    let parties = &lesson.parties[role];
    let right = parties.iter().filter(|party| made.iter().any(|one| party.contains(one))).count();
    score.right += right.min(made.len());
    score.made += made.len();
    score.all += parties.len();
    score.within += parties.iter().filter(|party| !party.is_empty()).count();
    score.events += 1;
    score.whole += usize::from(right == parties.len() && made.len() == parties.len());
}
