//! The ways in for bytes of others, for fuzzing.

use crate::tables::TABLES;
use crate::view::View;
use crate::{Item, read_records};

/// Reads bytes as records and takes the rows of all tables out of those that are some. Returns how many are.
pub fn records(bytes: &[u8]) -> usize {
    let items = read_records(bytes, "fuzz").filter_map(Result::ok).map(Item::from);
    items
        .map(|item| {
            let view = View::new(&item);
            for table in &TABLES {
                // Nothing takes the rows, so that nothing can go wrong but the taking out.
                let _ = table.write(&view, &mut |_| Ok(()));
            }
        })
        .count()
}
