//! The words before a date that say which day it is.

use std::sync::LazyLock;

use super::table::{Table, TableError, sound, table};
use super::words::fold;

/// What a label says about the date behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Published,
    Updated,
}

const TABLES: [Table; 2] = [table!("en/date_labels.tsv"), table!("ar/date_labels.tsv")];

/// Loads the labels, folded, longest first.
pub(crate) fn load() -> Result<Vec<(String, Label)>, TableError> {
    let mut labels = Vec::new();
    for table in TABLES {
        for row in table.rows::<3>()? {
            let label = match row.cells[1] {
                "published" => Label::Published,
                "updated" => Label::Updated,
                other => return Err(row.error(format!("unknown kind {other:?}"))),
            };
            labels.push((fold(row.cells[0]), label));
        }
    }
    labels.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
    Ok(labels)
}

/// Finds the last label in the words before a date.
pub(crate) fn before(words: &str) -> Option<Label> {
    static LABELS: LazyLock<Vec<(String, Label)>> = LazyLock::new(|| sound(load()));
    let words = format!(" {} ", fold(words));
    LABELS
        .iter()
        .filter_map(|(text, label)| {
            let at = words.rfind(&format!(" {text} "))?;
            Some((at + text.len(), text.len(), *label))
        })
        .max_by_key(|(end, len, _)| (*end, *len))
        .map(|(_, _, label)| label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_label_counts() {
        assert_eq!(before("Published: "), Some(Label::Published));
        assert_eq!(before("Published 3 May, last updated on"), Some(Label::Updated));
        assert_eq!(before("تاريخ النشر: الأحد"), Some(Label::Published));
        assert_eq!(before("آخر تحديث:"), Some(Label::Updated));
        assert_eq!(before("Ann Lee"), None);
    }
}
