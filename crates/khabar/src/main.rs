//! khabar.

fn main() {}
