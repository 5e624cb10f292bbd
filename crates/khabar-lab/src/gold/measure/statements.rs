//! Statements: what is said, by whom, in what way.

use std::collections::{BTreeMap, BTreeSet};

use khabar_record::{
    EntityId, EntityKind, Manner, Record, Statement, StatementId, StatementKind, TextRange,
};

use super::{Candidate, Pair, StatementPartners, attribute, pair_up, unpaired};
use crate::gold::figure::{Figure, Key, Sheet};
use crate::gold::words::jaccard;

/// A statement with the words that decide whether two are one.
struct Item<'a> {
    statement: &'a Statement,
    content: BTreeSet<usize>,
    source: BTreeSet<usize>,
    cue: BTreeSet<usize>,
}

impl Item<'_> {
    fn all<'a>(pair: &Pair<'_>, record: &'a Record) -> Vec<Item<'a>> {
        let item = |statement: &'a Statement| Item {
            statement,
            content: pair.words.set(statement.content.iter().copied()),
            source: pair.party_words(&statement.source),
            cue: pair.words.set(statement.cue.as_ref().map(|cue| cue.span)),
        };
        record.statements.iter().map(item).collect()
    }

    fn at(&self) -> TextRange {
        let cue = self.statement.cue.as_ref().map(|cue| cue.span);
        cue.or(self.statement.content.first().copied()).unwrap_or_default()
    }
}

/// How far two contents are the same. Statements without content are known by their cues.
fn closeness(gold: &Item<'_>, found: &Item<'_>) -> f64 {
    if gold.content.is_empty() && found.content.is_empty() {
        return f64::from(u8::from(!gold.cue.is_disjoint(&found.cue)));
    }
    jaccard(&gold.content, &found.content)
}

/// Whether the sources share a word, or both have none; where only one has words, the entity decides.
fn source_fits(pair: &Pair<'_>, gold: &Item<'_>, found: &Item<'_>) -> bool {
    match (gold.source.is_empty(), found.source.is_empty()) {
        (false, false) => !gold.source.is_disjoint(&found.source),
        (true, true) => true,
        _ => {
            !gold.statement.source.is_empty()
                && pair.same_parties(&gold.statement.source, &found.statement.source)
        }
    }
}

fn pairs(
    gold: &[Item<'_>],
    found: &[Item<'_>],
    fits: impl Fn(&Item<'_>, &Item<'_>) -> bool,
) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (f, b) in found.iter().enumerate() {
            let close = closeness(a, b);
            if close >= 0.5 && fits(a, b) {
                let shared = |x: &BTreeSet<usize>, y: &BTreeSet<usize>| x.intersection(y).count();
                let quality = (close, shared(&a.source, &b.source), shared(&a.cue, &b.cue));
                candidates.push(Candidate { quality, gold: g, found: f });
            }
        }
    }
    pair_up(candidates)
}

/// Counts statements; returns which found one is which gold one, by content.
pub(super) fn compare(pair: &Pair<'_>, sheet: &mut Sheet) -> StatementPartners {
    let (gold, found) = (Item::all(pair, pair.gold()), Item::all(pair, pair.found));
    let related = pairs(&gold, &found, |a, b| source_fits(pair, a, b));
    relations(&gold, &found, &related, sheet);
    let by_content = pairs(&gold, &found, |_, _| true);
    sheet.f1(Key::Content, by_content.len(), found.len(), gold.len());
    let partners: StatementPartners =
        by_content.iter().map(|&(g, f)| (found[f].statement.id, gold[g].statement.id)).collect();
    for &(g, f) in &by_content {
        attributes(pair, &gold[g], &found[f], &partners, sheet);
    }
    answers(pair, &partners, sheet);
    let lone_gold = unpaired(gold.len(), by_content.iter().map(|both| both.0));
    let lone_found = unpaired(found.len(), by_content.iter().map(|both| both.1));
    for n in lone_gold {
        let source = pair.gold_parties(&gold[n].statement.source);
        let text =
            format!("- {} {}", label(pair, gold[n].statement), line(pair, &gold[n], &source));
        sheet.differ(Key::Relation, gold[n].at().start().to_u32(), text);
    }
    for n in lone_found {
        let source = pair.found_parties(&found[n].statement.source);
        let text = format!("+ {}", line(pair, &found[n], &source));
        sheet.differ(Key::Relation, found[n].at().start().to_u32(), text);
    }
    partners
}

fn relations(gold: &[Item<'_>], found: &[Item<'_>], pairs: &[(usize, usize)], sheet: &mut Sheet) {
    let mut count = |key, test: &dyn Fn(&Statement) -> bool| {
        let of =
            |items: &[Item<'_>]| items.iter().filter(|item| test(item.statement)).count() as f64;
        sheet.count(
            key,
            Figure {
                found_right: pairs.iter().filter(|both| test(found[both.1].statement)).count()
                    as f64,
                found: of(found),
                gold_right: pairs.iter().filter(|both| test(gold[both.0].statement)).count() as f64,
                gold: of(gold),
            },
        );
    };
    count(Key::Relation, &|_| true);
    count(Key::RelationDirect, &|s| s.manner == Manner::Direct);
    count(Key::RelationMixed, &|s| s.manner == Manner::Mixed);
    count(Key::RelationIndirect, &|s| s.manner == Manner::Indirect);
    count(Key::RelationClaims, &|s| s.kind == StatementKind::Claim);
    count(Key::RelationAttitude, &|s| s.kind == StatementKind::Attitude);
}

fn attributes(
    pair: &Pair<'_>,
    gold: &Item<'_>,
    found: &Item<'_>,
    partners: &StatementPartners,
    sheet: &mut Sheet,
) {
    let at = gold.at();
    let (g, f) = (gold.statement, found.statement);
    let item = || format!("{} {}", label(pair, g), line(pair, gold, &pair.gold_parties(&g.source)));
    let told = |a: String, b: String| (item(), a, b);
    let sources = || told(pair.gold_parties(&g.source), pair.found_parties(&f.source));
    attribute(sheet, Key::Source, pair.same_parties(&g.source, &f.source), at, sources);
    if let Some(cue) = &g.cue {
        let right = !gold.cue.is_disjoint(&found.cue);
        let other = || f.cue.as_ref().map_or("none".into(), |cue| pair.quote(cue.span));
        attribute(sheet, Key::Cue, right, at, || told(pair.quote(cue.span), other()));
    }
    let debug =
        |a: &dyn std::fmt::Debug, b: &dyn std::fmt::Debug| told(format!("{a:?}"), format!("{b:?}"));
    attribute(sheet, Key::Manner, g.manner == f.manner, at, || debug(&g.manner, &f.manner));
    attribute(sheet, Key::StatementKind, g.kind == f.kind, at, || debug(&g.kind, &f.kind));
    attribute(sheet, Key::Stance, g.stance == f.stance, at, || debug(&g.stance, &f.stance));
    let shared = pair.shared_parties(&g.addressee, &f.addressee);
    sheet.f1(Key::Addressee, shared, f.addressee.len(), g.addressee.len());
    if shared < g.addressee.len().max(f.addressee.len()) {
        let (a, b) = (pair.gold_parties(&g.addressee), pair.found_parties(&f.addressee));
        sheet.differ(
            Key::Addressee,
            at.start().to_u32(),
            format!("≠ {}: addressee {a} → {b}", item()),
        );
    }
    let carrier = f.within.map(|id| partners.get(&id).copied());
    attribute(sheet, Key::Within, g.within.map(Some) == carrier, at, || {
        told(
            statement(pair, g.within),
            match carrier {
                None => "none".into(),
                Some(None) => "one that gold lacks".into(),
                Some(known) => statement(pair, known),
            },
        )
    });
    chains(pair, g, f, at, &item, sheet);
}

fn chains(
    pair: &Pair<'_>,
    g: &Statement,
    f: &Statement,
    at: TextRange,
    item: &dyn Fn() -> String,
    sheet: &mut Sheet,
) {
    let (gold, found) = (relay(pair.gold(), g), relay(pair.found, f));
    let same = |(a, b): (&EntityId, &EntityId)| pair.same_entity(*a, *b);
    let right = gold.len() == found.len() && gold.iter().zip(&found).all(same);
    if !gold.is_empty() {
        sheet.share(Key::Relayed, right);
    }
    attribute(sheet, Key::Chain, right, at, || {
        let names = gold.iter().map(|id| pair.gold_entity(*id).to_owned()).collect::<Vec<_>>();
        let others = found.iter().map(|id| pair.found_entity(*id)).collect::<Vec<_>>();
        (item(), format!("[{}]", names.join(" > ")), format!("[{}]", others.join(" > ")))
    });
}

/// Returns the links of a statement's chain without the page's own outlet; one that leads from nobody to the speaker is none.
///
/// Where no chain is written, the statements that carry this one say it: they are the same fact as a tree.
pub(crate) fn relay(record: &Record, statement: &Statement) -> Vec<EntityId> {
    let own = |id: &EntityId| {
        let entity = record.entities.iter().find(|entity| entity.id == *id);
        entity.is_some_and(|entity| {
            entity.kind == EntityKind::Outlet
                && entity.names.values().any(|name| Some(name) == record.document.outlet.as_ref())
        })
    };
    let chain = if statement.chain.is_empty() {
        carriers(record, statement)
    } else {
        statement.chain.clone()
    };
    let mut links: Vec<EntityId> = chain.into_iter().skip_while(own).collect();
    links.dedup();
    if links.len() < 2 { Vec::new() } else { links }
}

/// Returns the sources of the statements that carry this one, the outermost first, and its own last.
pub(crate) fn carriers(record: &Record, statement: &Statement) -> Vec<EntityId> {
    let mut links = Vec::new();
    let mut at = Some(statement);
    // A tree is never deeper than there are statements, even when a reader closes it to a circle.
    for _ in 0..record.statements.len() {
        let Some(statement) = at else { break };
        links.extend(statement.source.first().and_then(|party| party.entity));
        at = statement.within.and_then(|id| record.statements.iter().find(|s| s.id == id));
    }
    links.reverse();
    links.dedup();
    links
}

fn answers(pair: &Pair<'_>, partners: &StatementPartners, sheet: &mut Sheet) {
    let wanted: BTreeMap<StatementId, StatementId> =
        pair.gold().statements.iter().filter_map(|s| Some((s.id, s.answers?))).collect();
    let given = pair.found.statements.iter().filter(|s| s.answers.is_some());
    let right = given.clone().filter(|statement| {
        let (asker, target) =
            (partners.get(&statement.id), statement.answers.and_then(|id| partners.get(&id)));
        asker.is_some_and(|asker| target.is_some() && wanted.get(asker) == target)
    });
    let solved: BTreeSet<StatementId> =
        right.clone().filter_map(|s| partners.get(&s.id).copied()).collect();
    sheet.f1(Key::Answers, right.clone().count(), given.clone().count(), wanted.len());
    let right: BTreeSet<StatementId> = right.map(|statement| statement.id).collect();
    for statement in given.filter(|statement| !right.contains(&statement.id)) {
        let quote = |statement: &Statement| {
            statement.content.first().map_or_else(String::new, |span| pair.quote(*span))
        };
        let target = pair.found.statements.iter().find(|other| Some(other.id) == statement.answers);
        let known = |id: StatementId| self::statement(pair, partners.get(&id).copied());
        let text = format!(
            "+ {} {} answers {} {}",
            known(statement.id),
            quote(statement),
            target.map_or("none".into(), |target| known(target.id)),
            target.map_or_else(String::new, quote)
        );
        let at = statement.content.first().copied().unwrap_or_default().start().to_u32();
        sheet.differ(Key::Answers, at, text);
    }
    for statement in
        pair.gold().statements.iter().filter(|s| s.answers.is_some() && !solved.contains(&s.id))
    {
        let at = statement.content.first().copied().unwrap_or_default().start().to_u32();
        let target =
            statement.answers.and_then(|id| pair.gold().statements.iter().find(|s| s.id == id));
        let claim = target
            .and_then(|s| s.content.first())
            .map_or_else(String::new, |span| pair.quote(*span));
        let text = format!(
            "≠ {}: answers {} {claim}",
            label(pair, statement),
            self::statement(pair, statement.answers)
        );
        sheet.differ(Key::Answers, at, text);
    }
}

fn label<'a>(pair: &'a Pair<'_>, statement: &Statement) -> &'a str {
    pair.gold
        .statement_names
        .get((statement.id.0 as usize).wrapping_sub(1))
        .map_or("?", String::as_str)
}

fn statement(pair: &Pair<'_>, id: Option<StatementId>) -> String {
    let name = id.and_then(|id| pair.gold.statement_names.get((id.0 as usize).wrapping_sub(1)));
    name.map_or("none".into(), Clone::clone)
}

fn line(pair: &Pair<'_>, item: &Item<'_>, source: &str) -> String {
    let cue = item.statement.cue.as_ref().map_or("no cue".into(), |cue| pair.quote(cue.span));
    let content = item.statement.content.iter().map(|span| pair.quote(*span)).collect::<Vec<_>>();
    format!("{source} {cue} {}", content.join(" + "))
}
