//! Holds the readers of times and amounts against the cases under `tests/cases/<lang>/{times,amounts}`.
#![allow(clippy::unwrap_used, reason = "the helpers of a test may fail it")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use khabar_read::numerals::Language;
use khabar_read::{amount, time};
use khabar_record::{Amount, Bound, Time};

const LANGUAGES: [(&str, Language); 2] = [("en", Language::English), ("ar", Language::Arabic)];

#[derive(serde::Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    text: String,
    published: Option<String>,
    times: Option<Vec<String>>,
    amounts: Option<Vec<String>>,
}

fn read(text: &str, language: Language, published: Option<&str>) -> (Vec<Time>, Vec<Amount>) {
    let published = match published.unwrap_or("2023-02-27") {
        "none" => None,
        moment => Some(time::Published {
            date: moment[..10].parse().expect("a day of publication"),
            time: moment.get(11..).map(|time| time.parse().expect("a time of day")),
            offset: None,
        }),
    };
    let times: Vec<Time> = time::mentions(text, language, published, &())
        .into_iter()
        .map(|mention| mention.time)
        .collect();
    let amounts = amount::amounts(text, language, &times);
    (times, amounts)
}

fn show_time(text: &str, time: &Time) -> String {
    format!("{} = {}", &text[time.span], time.value)
}

fn show_amount(text: &str, amount: &Amount) -> String {
    let mut out = format!("{} = {}", &text[amount.span], amount.value);
    if let Some(high) = amount.high {
        let _ = write!(out, "..{high}");
    }
    let bound = match amount.bound {
        Bound::Over => "over",
        Bound::Under => "under",
        Bound::About => "about",
        Bound::Exactly => "exactly",
    };
    let unit = amount.unit.as_deref().unwrap_or("-");
    let _ = write!(out, " {unit} {} {bound}", amount.kind);
    if let Some(of) = &amount.of {
        let _ = write!(out, " {of}");
    }
    out
}

#[test]
fn cases_read_as_they_say() {
    let mut wrong = String::new();
    let mut count = [0, 0];
    for (place, (code, language)) in LANGUAGES.into_iter().enumerate() {
        for topic in ["times", "amounts"] {
            let folder =
                Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{code}/{topic}"));
            let mut files: Vec<_> =
                fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            files.sort();
            for path in files {
                let file: File = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
                for case in file.case {
                    count[place] += 1;
                    let (times, amounts) = read(&case.text, language, case.published.as_deref());
                    let shown: Vec<String> = if case.times.is_some() {
                        times.iter().map(|time| show_time(&case.text, time)).collect()
                    } else {
                        amounts.iter().map(|amount| show_amount(&case.text, amount)).collect()
                    };
                    let wanted = case.times.or(case.amounts).unwrap_or_default();
                    if shown != wanted {
                        let name = path.file_name().unwrap().display();
                        let _ = writeln!(
                            wrong,
                            "{code}/{topic}/{name}: {}\n   wanted {wanted:?}\n   read   {shown:?}",
                            case.text
                        );
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count.iter().all(|&count| count >= 150), "{count:?}");
}

#[test]
fn every_rule_file_loads() {
    time::check_rules().unwrap();
    amount::check_rules().unwrap();
}

#[test]
fn starts_and_ends_are_as_exact_as_the_words() {
    let spans = |text: &str, language| {
        let (times, _) = read(text, language, None);
        (times[0].start.clone().unwrap(), times[0].end.clone().unwrap())
    };
    let day = |start: &str, end: &str| (format!("{start}T00:00:00"), format!("{end}T00:00:00"));
    assert_eq!(
        spans("The talks run from Tuesday to Thursday.", Language::English),
        day("2023-02-28", "2023-03-03")
    );
    assert_eq!(
        spans("The plant opened in early March 2019.", Language::English),
        day("2019-03-01", "2019-03-11")
    );
    assert_eq!(
        spans("The deal was signed two years ago.", Language::English),
        day("2021-02-01", "2021-03-01")
    );
    assert_eq!(
        spans("وصل الوفد الأسبوع الماضي.", Language::Arabic),
        day("2023-02-20", "2023-02-27")
    );
    assert_eq!(
        spans("The ship will leave at 8 p.m. GMT on Friday.", Language::English),
        ("2023-03-03T20:00:00+00:00".to_owned(), "2023-03-03T21:00:00+00:00".to_owned())
    );
}

#[test]
fn the_tense_that_is_told_goes_before_the_one_that_is_guessed() {
    let text = "The minister resigned on Friday.";
    let published = Some("2023-02-27".parse().unwrap());
    let future = |_| Some(time::Tense::Future);
    let times = time::times(text, Language::English, published, &future);
    assert_eq!(times[0].value, "2023-03-03");
}
