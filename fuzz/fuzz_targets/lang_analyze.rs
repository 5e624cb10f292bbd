#![no_main]

use khabar_lang::{Analyzer, fuzz};
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new().expect("the data loads"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::analyze_bytes(&ANALYZER, bytes));
