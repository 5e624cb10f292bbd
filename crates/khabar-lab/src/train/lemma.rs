//! Learning which edit rule makes the lemma of which form.

use super::data::Extractor;
use crate::treebank::{Sentence, Word};
use khabar_lang::model::lemma::{
    Case, HABITS, Lemmatizer, NAMING, Rule, capitals, contexts, habits, is_grouped_number,
};
use khabar_lang::model::lexicon::Lexicon;
use khabar_lang::normalize::strip_marks;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Learns from the forms, tags and lemmas of a treebank; vowel signs of lemmas are dropped.
///
/// Contexts are visited from the shortest, and one is kept only if the rule most of its words take is not what the next
/// shorter one with a rule says already, and, unless it names the word, more than one kind of word takes it.
pub(crate) fn train(
    extractor: &Extractor<'_>,
    sentences: &[&Sentence],
    exceptions: &[Exception],
) -> Lemmatizer {
    let mut counts = Taken::new();
    for sentence in sentences {
        let spelled = extractor.spell(sentence);
        for (word, (form, _)) in sentence.words.iter().zip(spelled) {
            let lemma = strip_marks(&word.lemma);
            if lemma.is_empty() || lemma == "_" {
                continue;
            }
            let tag = format!("{} {}", word.upos, word.xpos);
            *counts
                .entry((form.clone(), tag))
                .or_default()
                .entry(Rule::between(&form, &lemma))
                .or_default() += 1;
        }
    }
    settle_signs(&mut counts);
    let mut votes: HashMap<u64, BTreeMap<&Rule, usize>> = HashMap::new();
    for ((form, tag), rules) in &counts {
        for (rank, context) in contexts(form, tag).enumerate() {
            for (rule, &count) in rules {
                // Endings should learn from kinds of words, not from how often a few of them occur.
                let weight = if rank < NAMING { count } else { 1 };
                *votes.entry(context).or_default().entry(rule).or_default() += weight;
            }
        }
    }
    // All contexts, from the most general kind to the most telling, so that each is judged by what stands below it.
    let mut visits = Vec::new();
    for word in counts.keys() {
        let total = contexts(&word.0, &word.1).count();
        visits.extend((0..total).map(|rank| (generality(rank, total), word, rank)));
    }
    visits.sort_unstable();
    let mut rules: Vec<Rule> = Vec::new();
    let mut numbers: HashMap<&Rule, u32> = HashMap::new();
    let mut decided: BTreeMap<u64, u32> = BTreeMap::new();
    for (_, (form, tag), rank) in visits {
        let all: Vec<u64> = contexts(form, tag).skip(rank).collect();
        let Some((&rule, &count)) = winner(&votes[&all[0]]) else {
            continue;
        };
        let total: usize = votes[&all[0]].values().sum();
        let number = *numbers.entry(rule).or_insert_with(|| {
            rules.push(rule.clone());
            rules.len() as u32 - 1
        });
        let inherited = all[1..].iter().find_map(|context| decided.get(context));
        // Whether lemmas keep their capitals is a matter of the tag, not of endings.
        let default = all.last().and_then(|last| winner(&votes[last]));
        let keeps_case = default
            .is_none_or(|(default, _)| (default.case == Case::Lower) == (rule.case == Case::Lower));
        let is_rule =
            rank < NAMING || total > 1 && count * 2 > total && keeps_case || all.len() == 1;
        if is_rule && inherited != Some(&number) {
            decided.insert(all[0], number);
        }
    }
    decide_capitals(&counts, &numbers, extractor.lexicon, &mut decided);
    decide_habits(&counts, &numbers, &mut decided);
    let added = exceptional(exceptions, &votes, extractor.lexicon);
    for (context, rule) in &added {
        let number = *numbers.entry(rule).or_insert_with(|| {
            rules.push(rule.clone());
            rules.len() as u32 - 1
        });
        decided.insert(*context, number);
    }
    let joins_digits = joins_digits(sentences);
    let build = |decided: &BTreeMap<u64, u32>| {
        let decided: Vec<(u64, u32)> =
            decided.iter().map(|(&context, &rule)| (context, rule)).collect();
        Lemmatizer::build(rules.clone(), &decided, joins_digits)
    };
    // What the lexicon has the lemmatiser refuse, though the treebank has it, is kept with the word itself.
    let draft = build(&decided);
    let (mut found, mut wanted) = (String::new(), String::new());
    let overruled: HashSet<u64> = added.iter().map(|&(context, _)| context).collect();
    for ((form, tag), votes) in &counts {
        let Some((rule, _)) = votes.iter().rev().max_by_key(|&(_, &count)| count) else {
            continue;
        };
        if contexts(form, tag).take(NAMING).any(|context| overruled.contains(&context)) {
            continue;
        }
        draft.lemma(form, tag, extractor.lexicon, &mut found);
        if rule.apply(form, &mut wanted).is_some()
            && found != wanted
            && let (Some(context), Some(&number)) = (contexts(form, tag).next(), numbers.get(rule))
        {
            decided.insert(context, number);
        }
    }
    eprintln!("lemmatiser: {} rules, {} contexts", rules.len(), decided.len());
    build(&decided)
}

/// The contexts that name the exceptions, with their rules. What the treebank says counts before the dictionary, unless it is
/// a slip and no word at all.
fn exceptional(
    exceptions: &[Exception],
    votes: &HashMap<u64, BTreeMap<&Rule, usize>>,
    lexicon: &Lexicon,
) -> Vec<(u64, Rule)> {
    let is_word = |lemma: &str| lexicon.classes(lemma) != 0;
    let mut made = String::new();
    let mut is_known = |context: &u64, form: &str| {
        let rule = votes.get(context).and_then(winner);
        rule.is_some_and(|(rule, _)| rule.apply(form, &mut made).is_some() && is_word(&made))
    };
    let mut added: Vec<(u64, Rule)> = Vec::new();
    for Exception { form, tag, lemma } in exceptions {
        let naming: Vec<u64> = contexts(form, tag).take(NAMING).collect();
        if !naming.iter().any(|context| is_known(context, form)) {
            added.extend(naming.iter().map(|&context| (context, Rule::between(form, lemma))));
        }
    }
    added
}

/// A form whose lemma a dictionary tells, because no rule makes it.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    pub(crate) form: String,
    /// The universal part of speech and the treebank's own.
    pub(crate) tag: &'static str,
    pub(crate) lemma: String,
}

/// Gives each sign without letters one rule for each part of speech, the one that most of its occurrences take: treebanks
/// differ in their finer tags of dashes and dots, and in whether their lemmas are the plainest signs of their kinds.
fn settle_signs(counts: &mut Taken) {
    let mut votes: BTreeMap<(String, String), BTreeMap<Rule, usize>> = BTreeMap::new();
    let key = |form: &str, tag: &str| {
        let upos = tag.split(' ').next().unwrap_or_default();
        let is_sign = !form.contains(char::is_alphanumeric);
        is_sign.then(|| (form.to_owned(), upos.to_owned()))
    };
    for ((form, tag), rules) in counts.iter() {
        let Some(key) = key(form, tag) else { continue };
        let votes = votes.entry(key).or_default();
        for (rule, count) in rules {
            *votes.entry(rule.clone()).or_default() += count;
        }
    }
    for ((form, tag), rules) in counts.iter_mut() {
        if let Some(votes) = key(form, tag).and_then(|key| votes.get(&key)) {
            rules.clone_from(votes);
        }
    }
}

/// How often each form with its tag takes each rule.
type Taken = BTreeMap<(String, String), BTreeMap<Rule, usize>>;

/// Decides what becomes of forms in capitals whose lemma has capitals too.
fn decide_capitals(
    counts: &Taken,
    numbers: &HashMap<&Rule, u32>,
    lexicon: &Lexicon,
    decided: &mut BTreeMap<u64, u32>,
) {
    let mut votes: BTreeMap<u64, BTreeMap<&Rule, usize>> = BTreeMap::new();
    for ((form, tag), rules) in counts {
        if let Some(context) = capitals(form, tag, lexicon) {
            for rule in rules.keys() {
                *votes.entry(context).or_default().entry(rule).or_default() += 1;
            }
        }
    }
    for (context, votes) in &votes {
        let total: usize = votes.values().sum();
        if let Some((&rule, &count)) = winner(votes)
            && count * 2 > total
            && rule.keeps_letters()
            && rule.case != Case::Lower
            && let Some(&number) = numbers.get(rule)
        {
            decided.insert(*context, number);
        }
    }
}

/// Keeps the rules that the words of each tag most often take, for words whose endings tell nothing.
fn decide_habits(counts: &Taken, numbers: &HashMap<&Rule, u32>, decided: &mut BTreeMap<u64, u32>) {
    let mut votes: BTreeMap<&str, BTreeMap<&Rule, usize>> = BTreeMap::new();
    for ((_, tag), rules) in counts {
        for rule in rules.keys().filter(|r| r.case == Case::Lower && !r.keeps_letters()) {
            *votes.entry(tag).or_default().entry(rule).or_default() += 1;
        }
    }
    for (tag, votes) in votes {
        let mut rules: Vec<(&Rule, usize)> = votes.into_iter().filter(|&(_, n)| n > 9).collect();
        rules.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let known = rules.iter().filter_map(|(rule, _)| numbers.get(rule));
        decided.extend(habits(tag).zip(known.take(HABITS as usize).copied()));
    }
}

/// Whether the treebank writes the lemmas of numbers without the commas between their groups.
fn joins_digits(sentences: &[&Sentence]) -> bool {
    let is_grouped = |word: &&Word| is_grouped_number(&word.form);
    let words = sentences.iter().flat_map(|sentence| &sentence.words);
    let (joined, kept): (Vec<&Word>, Vec<&Word>) =
        words.filter(is_grouped).partition(|word| !word.lemma.contains(','));
    joined.len() > kept.len()
}

/// How telling the `rank`th of `total` contexts is: endings by their length, then endings with the start of the word, then
/// the word itself.
fn generality(rank: usize, total: usize) -> (usize, usize) {
    let endings = (total - NAMING) / 2;
    if rank < NAMING {
        (2, NAMING - rank)
    } else if rank < NAMING + endings {
        (1, NAMING + endings - rank)
    } else {
        (0, total - rank)
    }
}

fn winner<'a>(votes: &'a BTreeMap<&'a Rule, usize>) -> Option<(&'a &'a Rule, &'a usize)> {
    votes.iter().rev().max_by_key(|&(_, &count)| count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::treebank::conllu::parse;
    use khabar_lang::Language;
    use khabar_lang::model::features::Templates;
    use khabar_lang::model::lexicon::Lexicon;

    #[test]
    fn words_keep_their_own_rules_and_endings_hold_for_others() {
        let rows = [
            ("PM", "p.m.", "NOUN\tNN"),
            ("house", "house", "NOUN\tNN"),
            ("News", "news", "NOUN\tNN"),
            ("walked", "walk", "VERB\tVBD"),
            ("talked", "talk", "VERB\tVBD"),
            ("fled", "flee", "VERB\tVBD"),
        ];
        let lines: Vec<String> = rows
            .iter()
            .map(|(form, lemma, tags)| format!("1\t{form}\t{lemma}\t{tags}\t_\t0\troot\t_\t_\n\n"))
            .collect();
        let sentences = parse(&lines.concat()).unwrap();
        let sentences: Vec<&Sentence> = sentences.iter().collect();
        let lexicon = Lexicon::default();
        let language = Language::English;
        let templates = Templates::load(language).unwrap();
        let lemmatizer =
            train(&Extractor { language, templates, lexicon: &lexicon }, &sentences, &[]);
        let lemma = |form: &str, tag: &str| {
            let mut out = String::new();
            lemmatizer.lemma(form, tag, &lexicon, &mut out);
            out
        };
        for (form, gold, tags) in rows {
            assert_eq!(lemma(form, &tags.replace('\t', " ")), gold);
        }
        assert_eq!(lemma("Balked", "VERB VBD"), "balk");
        assert_eq!(lemma("Mouse", "NOUN NN"), "mouse");
    }
}
