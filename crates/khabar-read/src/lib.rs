//! Article and analysis to record: names, times, amounts, statements, events.
