//! khabar-lab.

fn main() {}
