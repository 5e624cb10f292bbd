#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| khabar_page::fuzz::html(bytes));
