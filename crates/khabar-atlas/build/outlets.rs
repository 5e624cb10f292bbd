//! Outlets, whose list has a loader and checks of its own in the library; here are only their names.

use crate::lists::{Name, names};

pub(crate) struct Outlet {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) country: String,
    pub(crate) english: Vec<Name>,
    pub(crate) arabic: Vec<Name>,
    pub(crate) parent: String,
    pub(crate) wikidata: String,
}

pub(crate) fn load(text: &str) -> Vec<Outlet> {
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.filter_map(|line| {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let &[id, kind, country, english, arabic, variants, _, _, parent, item, ..] =
            cells.as_slice()
        else {
            return None;
        };
        // A name with a qualifier in parentheses is one of several outlets'.
        let marked = names([variants, ""]).into_iter().map(|mut name| {
            name.ambiguous |= name.text.contains(" (");
            name
        });
        let script = |name: &Name| name.text.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c));
        let (others_arabic, others_english): (Vec<_>, Vec<_>) = marked.partition(script);
        let both = |own, others: Vec<Name>| {
            let mut all = names([own, ""]);
            for name in &mut all {
                name.ambiguous |= name.text.contains(" (");
            }
            all.extend(others);
            all
        };
        Some(Outlet {
            id: id.to_owned(),
            kind: kind.to_owned(),
            country: country.to_owned(),
            english: both(english, others_english),
            arabic: both(arabic, others_arabic),
            parent: parent.to_owned(),
            wikidata: item.to_owned(),
        })
    })
    .collect()
}
