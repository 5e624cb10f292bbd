//! Prints how many words a second one core reads for times and amounts: `cargo bench -p khabar-read`.
//!
//! The text is that of the cases, with prose of our own between them so that times and amounts stand as thinly as in news.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::date;
use khabar_read::numerals::Language;
use khabar_read::{amount, time};

const ENGLISH: &str = "The delegation toured the harbour with local officials, who complained that repairs had stalled and that \
the contractor had stopped answering letters. Residents said the noise kept them awake, while the mayor insisted that no decision \
had been taken and that the council would hear every objection before the work resumed.";
const ARABIC: &str = "تفقد الوفد الميناء برفقة مسؤولين محليين اشتكوا من توقف أعمال الصيانة ومن امتناع المقاول عن الرد على رسائلهم. \
وقال السكان إن الضجيج يحرمهم النوم، فيما أصر رئيس البلدية على أن أي قرار لم يتخذ وأن المجلس سيستمع إلى كل اعتراض قبل استئناف العمل.";

fn text(code: &str, prose: &str) -> String {
    let mut text = String::new();
    for topic in ["times", "amounts"] {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{code}/{topic}"));
        let mut files: Vec<_> = fs::read_dir(folder)
            .expect("the folder of cases")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        files.sort();
        for file in files {
            let table: toml::Table =
                toml::from_str(&fs::read_to_string(file).expect("a file of cases"))
                    .expect("a table of cases");
            for case in table["case"].as_array().expect("a list of cases") {
                let _ = write!(text, "{} {prose}\n\n", case["text"].as_str().unwrap_or_default());
            }
        }
    }
    text
}

#[expect(clippy::print_stdout, reason = "a bench prints its numbers")]
fn main() {
    for (code, language, prose) in
        [("en", Language::English, ENGLISH), ("ar", Language::Arabic, ARABIC)]
    {
        let text = text(code, prose);
        let words = text.split_whitespace().count();
        // Loading the rules is no part of reading.
        let times = time::times(&text, language, None, &());
        let _ = amount::amounts(&text, language, &times);
        let (mut rounds, mut in_times, mut in_amounts, mut rows) =
            (0, Duration::ZERO, Duration::ZERO, 0);
        while in_times + in_amounts < Duration::from_secs(2) {
            let start = Instant::now();
            let times = time::times(&text, language, Some(date(2023, 2, 27)), &());
            in_times += start.elapsed();
            let start = Instant::now();
            let amounts = amount::amounts(&text, language, &times);
            in_amounts += start.elapsed();
            rows = times.len() + amounts.len();
            rounds += 1;
        }
        let speed = |spent: Duration| (words * rounds) as f64 / spent.as_secs_f64() / 1e6;
        println!(
            "{code}: {words} words, {rows} rows; times {:.2}, amounts {:.2}, both {:.2} million words/s",
            speed(in_times),
            speed(in_amounts),
            speed(in_times + in_amounts)
        );
    }
}
