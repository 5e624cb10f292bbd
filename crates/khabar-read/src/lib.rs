//! Article and analysis to record: names, times, amounts, statements, events.

pub mod amount;
pub mod numerals;
pub mod time;
