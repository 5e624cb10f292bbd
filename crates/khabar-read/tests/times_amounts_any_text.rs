//! No text may panic or hang the readers of times and amounts, and every row must lie in its text.
#![allow(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use khabar_read::amount::fuzz::times_and_amounts;
use proptest::prelude::*;

/// The texts of all cases, as seeds.
fn seeds() -> Vec<String> {
    let mut seeds = Vec::new();
    for folder in ["en/times", "en/amounts", "ar/times", "ar/amounts"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
        let mut files: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let table: toml::Table = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
            for case in table["case"].as_array().unwrap() {
                seeds.push(case["text"].as_str().unwrap().to_owned());
            }
        }
    }
    seeds
}

/// A generator of numbers that gives the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

#[test]
fn mutated_cases_keep_their_rows_in_the_text() {
    let seeds = seeds();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for round in 0..1500 {
        let mut text = seeds[dice.roll(seeds.len())].clone().into_bytes();
        let other = seeds[dice.roll(seeds.len())].as_bytes();
        for _ in 0..=dice.roll(4) {
            let at = dice.roll(text.len() + 1);
            match dice.roll(5) {
                0 if at < text.len() => drop(text.remove(at)),
                1 if at < text.len() => text[at] = dice.roll(256) as u8,
                2 => {
                    let end = at + dice.roll(text.len() + 1 - at);
                    let piece = text[at..end].to_vec();
                    text.splice(at..at, piece);
                }
                3 => drop(text.splice(at..at, other.iter().copied())),
                _ => text.truncate(at),
            }
        }
        times_and_amounts(&text);
        assert!(round < 1500);
    }
}

#[test]
fn long_runs_of_number_words_take_no_long_time() {
    let mut runs = Vec::new();
    for word in [
        "ألف ",
        "مليون و",
        "two ",
        "hundred ",
        "a ",
        "the ",
        "1,",
        "1-",
        "3 days ",
        "two years and ",
        "Friday, ",
        "من ",
        "between 1 and ",
        "$1-",
        "حتى ",
        "between Monday and ",
        "March ",
        "3 days after 3 days after ",
        "\n\n",
        "(",
        "عشرون و",
    ] {
        let mut text = String::new();
        while text.len() < 40_000 {
            let _ = write!(text, "{word}");
        }
        runs.push(text);
    }
    for run in runs {
        times_and_amounts(run.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_its_rows(text in "\\PC{0,80}") {
        times_and_amounts(text.as_bytes());
    }

    #[test]
    fn any_row_of_time_words_keeps_its_rows(words in prop::collection::vec(prop::sample::select(vec![
        "Friday", "last", "the", "week", "two", "of", "March", "3", "1998", "to", "-", "pm", "at", "ago", "in", "and", "half",
        "الجمعة", "الماضي", "من", "عام", "عامين", "إلى", "و", "ثلاثة", "عشر", "ألف", "قبل", "مارس", "/", "الساعة", "$", "%", "km", "dozens",
        "مئات", "دولار", "people", "killed", "قتلى", "(", ")", ",", "،", ".", "\n\n", "ّ", "12:30", "'s", "٣", "century",
    ]), 0..24)) {
        times_and_amounts(words.join(" ").as_bytes());
        times_and_amounts(words.concat().as_bytes());
    }
}
