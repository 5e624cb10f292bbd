//! Mentions and the entities they belong to.

use std::collections::BTreeMap;
use std::ops::Range;

use khabar_record::{EntityId, EntityKind, Mention, MentionForm, Record};

use super::{Candidate, Pair, pair_up, unpaired};
use crate::gold::figure::{Key, Sheet};
use crate::gold::words::jaccard_runs;

/// Pairs the entities of both sides by the mentions that they share, one to one.
pub(super) fn align(pair: &Pair<'_>) -> BTreeMap<EntityId, EntityId> {
    let mut shared: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (gold, found, closeness) in candidates(pair) {
        let ids = (pair.gold().mentions[gold].entity, pair.found.mentions[found].entity);
        *shared.entry((ids.0.0 as usize, ids.1.0 as usize)).or_default() += closeness;
    }
    let candidates = shared
        .into_iter()
        .map(|((gold, found), quality)| Candidate { quality, gold, found })
        .collect();
    let pairs = pair_up(candidates);
    pairs.into_iter().map(|(gold, found)| (EntityId(found as u32), EntityId(gold as u32))).collect()
}

/// Returns the pairs of mentions that may be one, with how close their spans are.
///
/// Names, pronouns and implicit mentions must cover the same words; nominals need half of them in common, since where a
/// description ends is a matter of taste.
fn candidates(pair: &Pair<'_>) -> Vec<(usize, usize, f64)> {
    let runs = |record: &Record| -> Vec<Range<usize>> {
        record.mentions.iter().map(|mention| pair.words.phrase(mention.span)).collect()
    };
    let (gold_runs, found_runs) = (runs(pair.gold()), runs(pair.found));
    let mut candidates = Vec::new();
    for (g, gold) in pair.gold().mentions.iter().enumerate() {
        for (f, found) in pair.found.mentions.iter().enumerate() {
            let closeness = jaccard_runs(&gold_runs[g], &found_runs[f]);
            let both_nominal =
                gold.form == MentionForm::Nominal && found.form == MentionForm::Nominal;
            let least = if both_nominal { 0.5 } else { 1.0 };
            if says_it(gold) == says_it(found) && closeness >= least {
                candidates.push((g, f, closeness));
            }
        }
    }
    candidates
}

/// Whether a mention has words of its own, rather than a pronoun or a verb's ending.
fn says_it(mention: &Mention) -> bool {
    matches!(mention.form, MentionForm::Name | MentionForm::Nominal)
}

/// Counts mentions by span and kind, and by entity.
pub(super) fn compare(pair: &Pair<'_>, sheet: &mut Sheet) {
    let (gold, found) = (&pair.gold().mentions, &pair.found.mentions);
    let (gold_kinds, found_kinds) = (kinds(pair.gold()), kinds(pair.found));
    let same_kind =
        |g: usize, f: usize| gold_kinds.get(&gold[g].entity) == found_kinds.get(&found[f].entity);
    let linked = |g: usize, f: usize| pair.same_entity(gold[g].entity, found[f].entity);
    let ranked = candidates(pair)
        .into_iter()
        .map(|(g, f, closeness)| Candidate {
            quality: (closeness, u8::from(linked(g, f)), u8::from(same_kind(g, f))),
            gold: g,
            found: f,
        })
        .collect();
    let pairs = pair_up(ranked);
    let right = pairs.iter().filter(|&&(g, f)| same_kind(g, f)).count();
    sheet.f1(Key::Mentions, right, found.len(), gold.len());
    let right = pairs.iter().filter(|&&(g, f)| linked(g, f)).count();
    sheet.f1(Key::Linked, right, found.len(), gold.len());
    for form in
        [MentionForm::Name, MentionForm::Nominal, MentionForm::Pronoun, MentionForm::Implicit]
    {
        let of_form =
            |mentions: &[Mention]| mentions.iter().filter(|mention| mention.form == form).count();
        let right_of = |side: fn(&(usize, usize)) -> usize, mentions: &[Mention]| {
            let ours = pairs.iter().filter(|&&(g, f)| same_kind(g, f));
            ours.filter(|both| mentions[side(both)].form == form).count() as f64
        };
        sheet.count(
            key_of(form),
            crate::gold::figure::Figure {
                found_right: right_of(|both| both.1, found),
                found: of_form(found) as f64,
                gold_right: right_of(|both| both.0, gold),
                gold: of_form(gold) as f64,
            },
        );
    }
    countries(pair, sheet);
    tell(pair, &pairs, sheet);
}

fn key_of(form: MentionForm) -> Key {
    match form {
        MentionForm::Name => Key::Names,
        MentionForm::Nominal => Key::Nominals,
        MentionForm::Pronoun => Key::Pronouns,
        MentionForm::Implicit => Key::Implicit,
    }
}

fn kinds(record: &Record) -> BTreeMap<EntityId, EntityKind> {
    record.entities.iter().map(|entity| (entity.id, entity.kind)).collect()
}

fn countries(pair: &Pair<'_>, sheet: &mut Sheet) {
    let country = |record: &Record| -> BTreeMap<EntityId, String> {
        record.entities.iter().filter_map(|e| Some((e.id, e.country.clone()?))).collect()
    };
    let (gold, found) = (country(pair.gold()), country(pair.found));
    for (of_found, of_gold) in &pair.partner {
        if let Some(land) = gold.get(of_gold) {
            let ours = found.get(of_found);
            sheet.share(Key::Country, ours == Some(land));
            let first = pair.gold().mentions.iter().find(|mention| mention.entity == *of_gold);
            if let Some(first) = first.filter(|_| ours != Some(land)) {
                let ours = ours.map_or("none", String::as_str);
                let of = pair.gold_entity(*of_gold);
                let words = pair.quote(first.span);
                let text = format!("≠ {words} of {of}: country {land} → {ours}");
                sheet.differ(Key::Country, first.span.start().to_u32(), text);
            }
        }
    }
}

fn tell(pair: &Pair<'_>, pairs: &[(usize, usize)], sheet: &mut Sheet) {
    let (gold, found) = (&pair.gold().mentions, &pair.found.mentions);
    let (gold_kinds, found_kinds) = (kinds(pair.gold()), kinds(pair.found));
    for n in unpaired(gold.len(), pairs.iter().map(|both| both.0)) {
        let mention = &gold[n];
        let of = pair.gold_entity(mention.entity);
        let text = format!("- {} {} of {of}", name(mention.form), pair.quote(mention.span));
        sheet.differ(key_of(mention.form), mention.span.start().to_u32(), text);
    }
    for n in unpaired(found.len(), pairs.iter().map(|both| both.1)) {
        let mention = &found[n];
        let of = pair.found_entity(mention.entity);
        let text = format!("+ {} {} of {of}", name(mention.form), pair.quote(mention.span));
        sheet.differ(key_of(mention.form), mention.span.start().to_u32(), text);
    }
    for &(g, f) in pairs {
        let (gold, found) = (&gold[g], &found[f]);
        let at = gold.span.start().to_u32();
        let words = pair.quote(gold.span);
        let of = pair.gold_entity(gold.entity);
        if !pair.same_entity(gold.entity, found.entity) {
            sheet.differ(
                Key::Linked,
                at,
                format!("≠ {words}: {of} → {}", pair.found_entity(found.entity)),
            );
        } else if let (Some(a), Some(b)) =
            (gold_kinds.get(&gold.entity), found_kinds.get(&found.entity))
            && a != b
        {
            sheet.differ(Key::Mentions, at, format!("≠ {words} of {of}: kind {a:?} → {b:?}"));
        }
    }
}

fn name(form: MentionForm) -> &'static str {
    match form {
        MentionForm::Name => "name",
        MentionForm::Nominal => "nominal",
        MentionForm::Pronoun => "pronoun",
        MentionForm::Implicit => "implicit",
    }
}
