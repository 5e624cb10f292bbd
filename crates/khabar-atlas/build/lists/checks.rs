//! Checks over several rows: two holders of one office at one time, one name of two bearers.

use std::collections::BTreeMap;

use khabar_fold::{Fold, fold};

use super::Name;
use super::people::{Office, Person};

/// Offices that one person holds at a time; states may have two houses and several services, but one army.
const SINGLE: &[&str] = &[
    "president",
    "prime minister",
    "king",
    "queen",
    "emir",
    "sultan",
    "crown prince",
    "supreme leader",
    "chancellor",
    "foreign minister",
    "defence minister",
    "interior minister",
    "finance minister",
    "secretary-general",
    "president of the commission",
    "army chief",
    "chief of staff",
    "national security adviser",
    "pope",
    "central bank governor",
    "ambassador to the un",
];

/// Returns the offices that two people hold for more than the month in which one hands over to the other. Bodies in
/// `rivals` (office and body) have two claimants.
pub(crate) fn overlaps(people: &[Person], rivals: &[(&str, &str)]) -> Vec<String> {
    let mut held: BTreeMap<(&str, &str), Vec<(&Person, &Office)>> = BTreeMap::new();
    for person in people {
        for office in &person.offices {
            let single = SINGLE.contains(&office.title.as_str()) && !office.of.is_empty();
            if single && !rivals.contains(&(&office.title, &office.of)) {
                held.entry((&office.title, &office.of)).or_default().push((person, office));
            }
        }
    }
    let mut found = Vec::new();
    for ((office, of), holders) in &mut held {
        holders.sort_by_key(|(_, office)| office.start);
        for (n, (one, a)) in holders.iter().enumerate() {
            for (other, b) in &holders[n + 1..] {
                let (Some(start), Some(_)) = (b.start, a.start) else { continue };
                if one.id != other.id && a.end.is_none_or(|end| end > start + slack(a, b)) {
                    found.push(format!("{office} of {of}: {} and {}", one.id, other.id));
                }
            }
        }
    }
    found
}

/// How many months two holders may share: the month of the hand-over, or the year when only years are known.
fn slack(a: &Office, b: &Office) -> u32 {
    if a.to.len() == 4 || b.from.len() == 4 { 12 } else { 0 }
}

/// Returns the names that several bearers have and none of whose marks says so.
pub(crate) fn shared<'n>(all: impl IntoIterator<Item = (&'n str, &'n [Name])>) -> Vec<String> {
    let mut bearers: BTreeMap<String, Vec<(&str, bool)>> = BTreeMap::new();
    for (id, names) in all {
        for name in names {
            let bearers = bearers.entry(fold(&name.text, Fold::KEY)).or_default();
            if !bearers.iter().any(|(other, _)| *other == id) {
                bearers.push((id, name.ambiguous));
            }
        }
    }
    bearers
        .into_iter()
        .filter(|(_, bearers)| bearers.iter().filter(|(_, ambiguous)| !ambiguous).count() > 1)
        .map(|(name, bearers)| {
            let ids: Vec<&str> = bearers.iter().map(|(id, _)| *id).collect();
            format!("{name}: {}", ids.join(", "))
        })
        .collect()
}
