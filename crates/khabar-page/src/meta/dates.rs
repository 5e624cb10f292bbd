//! Reading the calendar days that pages write.
//!
//! A page writes its day for machines (`2024-01-07T01:20:00+03:00`) or for people, in Arabic with one of four families of
//! month names (يناير, كانون الثاني, جانفي, and Morocco's own spellings) and two sets of digits. A timestamp with an offset
//! keeps its own local day: that is the day its readers saw. Nothing here knows what day it is today.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::table::{Table, TableError, sound, table};
use super::words::{ascii_digits, fold_char};

/// Years that an article on the web may bear; archives go back to the first newspapers.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2099;

/// In which order a date of numbers alone is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
    /// Not known: only dates that can be read in one way count.
    Unknown,
}

/// A day found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) date: Date,
    pub(crate) range: Range<usize>,
    /// Written with a time of day other than midnight.
    pub(crate) has_time: bool,
}

/// The words of dates in all languages.
pub(crate) struct Lexicon {
    /// Folded month name to its number; 0 for the months of the Islamic calendar, which are known so as to be left out.
    months: HashMap<String, i8>,
    longest: usize,
}

const MONTHS: [Table; 3] =
    [table!("en/months.tsv"), table!("ar/months.tsv"), table!("any/months.tsv")];

impl Lexicon {
    /// Loads the names of months.
    pub(crate) fn load() -> Result<Self, TableError> {
        let mut months: HashMap<String, i8> = HashMap::new();
        let mut longest = 1;
        for table in MONTHS {
            for row in table.rows::<3>()? {
                let number: i8 =
                    row.cells[1].parse().map_err(|_| row.error("the month is no number"))?;
                if !(0..=12).contains(&number) {
                    return Err(row.error("there are twelve months"));
                }
                let name = fold_name(row.cells[0]);
                longest = longest.max(name.split(' ').count());
                if months.insert(name, number).is_some_and(|other| other != number) {
                    return Err(row.error("the name stands for two months"));
                }
            }
        }
        Ok(Self { months, longest })
    }

    fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| sound(Lexicon::load()));
        &LEXICON
    }
}

fn fold_name(name: &str) -> String {
    name.chars().filter_map(fold_char).flat_map(char::to_lowercase).collect()
}

/// Returns the number of the month that a word names.
pub(crate) fn month_number(word: &str) -> Option<i8> {
    let number = Lexicon::get().months.get(&fold_name(word)).copied();
    number.filter(|number| *number > 0)
}

/// Whether a word is the name of a month.
pub(crate) fn is_month(word: &str) -> bool {
    Lexicon::get().months.contains_key(&fold_name(word))
}

/// Makes a date if it exists and lies in years that news can have.
pub(crate) fn valid(year: i16, month: i8, day: i8) -> Option<Date> {
    YEARS.contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

pub(crate) fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is part of the program")
}

/// Reads a value written for machines: ISO 8601 and its common misspellings, RFC 2822, seconds since 1970, or a day in
/// words. Returns the day as written and whether a time of day other than midnight stands with it.
pub(crate) fn machine(value: &str) -> Option<(Date, bool)> {
    static ISO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\D{0,3}(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?",
        )
    });
    static COMPACT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(\d{4})(\d{2})(\d{2})(?:[T\s_]?(\d{2}):?(\d{2}):?(\d{2})?)?(?:Z|[+-]\d{2}:?\d{2})?$",
        )
    });
    static EPOCH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(1\d{9}|[5-9]\d{8})(\d{3})?(?:\.\d+)?$"));
    let value = ascii_digits(value.trim());
    if value.len() > 200 {
        return None;
    }
    if let Some(found) = ISO.captures(&value).or_else(|| COMPACT.captures(&value)) {
        let number =
            |index: usize| found.get(index).and_then(|part| part.as_str().parse::<i16>().ok());
        let date =
            valid(number(1)?, i8::try_from(number(2)?).ok()?, i8::try_from(number(3)?).ok()?)?;
        let clock = [4, 5, 6].map(|part| number(part).unwrap_or(0));
        return Some((date, clock != [0, 0, 0]));
    }
    if let Some(found) = EPOCH.captures(&value) {
        let seconds: i64 = found[1].parse().ok()?;
        let time = jiff::Timestamp::from_second(seconds).ok()?;
        return Some((time.to_zoned(jiff::tz::TimeZone::UTC).date(), true));
    }
    let found = in_text(&value, Order::Unknown).into_iter().next()?;
    Some((found.date, found.has_time))
}

/// Finds the days that a text names, in order, without overlap.
pub(crate) fn in_text(text: &str, order: Order) -> Vec<Found> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match date_at(&tokens, at, order) {
            Some((date, count)) => {
                let range = tokens[at].range.start..tokens[at + count - 1].range.end;
                let has_time =
                    has_clock(&text[super::words::floor(text, range.start.saturating_sub(24))..])
                        || has_clock(&text[range.end..]);
                found.push(Found { date, range, has_time });
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

fn has_clock(text: &str) -> bool {
    static CLOCK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d{1,2}[:.]\d{2}\b"));
    CLOCK.is_match(&ascii_digits(super::words::clip(text, 48)))
}

/// A word, a number or a mark that may stand inside a date.
#[derive(Debug)]
struct Token {
    range: Range<usize>,
    kind: TokenKind,
}

#[derive(Debug, PartialEq)]
enum TokenKind {
    /// A number with its count of digits.
    Number(i32, usize),
    Word(String),
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let folded = fold_char(c);
        let adjacent = tokens.last().is_some_and(|token| token.range.end == at);
        let kind = match folded {
            Some(d) if d.is_ascii_digit() => {
                let digit = d as i32 - '0' as i32;
                if adjacent
                    && let Some(Token { range, kind: TokenKind::Number(number, count) }) =
                        tokens.last_mut()
                {
                    *number = number.saturating_mul(10).saturating_add(digit);
                    *count += 1;
                    range.end = end;
                    continue;
                }
                TokenKind::Number(digit, 1)
            }
            Some(letter) if letter.is_alphabetic() => {
                if adjacent
                    && let Some(Token { range, kind: TokenKind::Word(word) }) = tokens.last_mut()
                {
                    word.extend(letter.to_lowercase());
                    range.end = end;
                    continue;
                }
                TokenKind::Word(letter.to_lowercase().collect())
            }
            // A vowel sign belongs to the word that it stands in.
            None => {
                if let Some(token) = tokens.last_mut().filter(|_| adjacent) {
                    token.range.end = end;
                }
                continue;
            }
            Some(c) if c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}') => continue,
            Some(c) => TokenKind::Mark(c),
        };
        tokens.push(Token { range: at..end, kind });
    }
    tokens
}

/// Reads a date that starts at a token; returns it with the number of its tokens.
fn date_at(tokens: &[Token], at: usize, order: Order) -> Option<(Date, usize)> {
    match &tokens[at].kind {
        TokenKind::Number(..) => {
            // The digits of a longer number with marks, such as a version or a telephone number, are no date.
            let inside = at > 1
                && matches!(tokens[at - 1].kind, TokenKind::Mark('/' | '-' | '.' | ':' | ','))
                && matches!(tokens[at - 2].kind, TokenKind::Number(..))
                && tokens[at - 1].range.start == tokens[at - 2].range.end
                && tokens[at - 1].range.end == tokens[at].range.start;
            if inside {
                return None;
            }
            numeric(tokens, at, order).or_else(|| day_month_year(tokens, at))
        }
        TokenKind::Word(_) => month_day_year(tokens, at),
        TokenKind::Mark(_) => None,
    }
}

fn number(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    match tokens.get(at)?.kind {
        TokenKind::Number(value, digits) => Some((value, digits)),
        _ => None,
    }
}

fn day(tokens: &[Token], at: usize) -> Option<i8> {
    let (value, digits) = number(tokens, at)?;
    (digits <= 2 && (1..=31).contains(&value)).then_some(value as i8)
}

fn year(tokens: &[Token], at: usize) -> Option<i16> {
    let (value, digits) = number(tokens, at)?;
    (digits == 4).then_some(value as i16)
}

fn is_mark(tokens: &[Token], at: usize, marks: &[char]) -> bool {
    matches!(tokens.get(at), Some(Token { kind: TokenKind::Mark(c), .. }) if marks.contains(c))
}

/// Reads `2024-01-07`, `07/01/2024`, `7.1.2024`.
fn numeric(tokens: &[Token], at: usize, order: Order) -> Option<(Date, usize)> {
    const MARKS: &[char] = &['/', '-', '.', '\\', '–', '،'];
    if !is_mark(tokens, at + 1, MARKS) || !is_mark(tokens, at + 3, MARKS) {
        return None;
    }
    if let Some(year) = year(tokens, at) {
        let (month, day) = (day(tokens, at + 2)?, day(tokens, at + 4)?);
        return Some((valid(year, month, day)?, 5));
    }
    let (a, b, year) = (day(tokens, at)?, day(tokens, at + 2)?, year(tokens, at + 4)?);
    let date = match order {
        _ if a > 12 => valid(year, b, a),
        _ if b > 12 => valid(year, a, b),
        _ if a == b => valid(year, a, a),
        Order::DayFirst => valid(year, b, a),
        Order::MonthFirst => valid(year, a, b),
        Order::Unknown => None,
    };
    Some((date?, 5))
}

/// Reads a month name of one to three words; returns its number (0 for a month of another calendar) and its length. Two
/// names of one month with a slash between them, كانون الثاني/يناير, count as one.
fn month(tokens: &[Token], at: usize) -> Option<(i8, usize)> {
    let (number, mut count) = one_month(tokens, at)?;
    while is_mark(tokens, at + count, &['/', '-', '(', '.', ')', '\\'])
        && let Some((again, more)) = one_month(tokens, at + count + 1)
        && again == number
    {
        count += 1 + more;
    }
    if is_mark(tokens, at + count, &[')']) {
        count += 1;
    }
    Some((number, count))
}

fn one_month(tokens: &[Token], at: usize) -> Option<(i8, usize)> {
    let lexicon = Lexicon::get();
    (1..=lexicon.longest).rev().find_map(|count| {
        let words: Option<Vec<&str>> = tokens
            .get(at..at + count)?
            .iter()
            .map(|token| match &token.kind {
                TokenKind::Word(word) => Some(word.as_str()),
                _ => None,
            })
            .collect();
        lexicon.months.get(&words?.join(" ")).map(|&number| (number, count))
    })
}

/// Skips marks and the small words that stand between the parts of a date.
fn skip(tokens: &[Token], mut at: usize) -> usize {
    const SMALL: &[&str] = &[
        "st", "nd", "rd", "th", "of", "من", "سنه", "عام", "في", "شهر", "لعام", "لسنه", "م", "de",
        "d",
    ];
    for _ in 0..3 {
        match tokens.get(at).map(|token| &token.kind) {
            Some(TokenKind::Mark(',' | '،' | '.' | '-' | '/' | '–' | '—' | '\'' | '\\')) => {
                at += 1;
            }
            Some(TokenKind::Word(word)) if SMALL.contains(&word.as_str()) => at += 1,
            _ => break,
        }
    }
    at
}

/// Reads `7 January 2024`, `7th of Jan. 2024`, `٧ كانون الثاني / يناير ٢٠٢٤`.
fn day_month_year(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let day = day(tokens, at)?;
    let month_at = skip(tokens, at + 1);
    let (month, count) = month(tokens, month_at)?;
    if month == 0 {
        return None;
    }
    let year_at = skip(tokens, month_at + count);
    let year = year(tokens, year_at)?;
    Some((valid(year, month, day)?, year_at + 1 - at))
}

/// Reads `January 7, 2024` and `يناير 7, 2024`.
fn month_day_year(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let (month, count) = month(tokens, at)?;
    let day_at = skip(tokens, at + count);
    let day = day(tokens, day_at)?;
    let year_at = skip(tokens, day_at + 1);
    let year = year(tokens, year_at)?;
    if month == 0 {
        return None;
    }
    Some((valid(year, month, day)?, year_at + 1 - at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn machine_values_keep_their_local_day() {
        for (value, day) in [
            ("2024-01-07T01:20:00+00:00", date(2024, 1, 7)),
            ("2024-01-06T23:20:00-05:00", date(2024, 1, 6)),
            ("2024-01-07 09:00", date(2024, 1, 7)),
            ("2024-1-7", date(2024, 1, 7)),
            ("2024/01/07", date(2024, 1, 7)),
            ("20240107", date(2024, 1, 7)),
            ("20240107T012000Z", date(2024, 1, 7)),
            ("Sun, 07 Jan 2024 01:20:00 GMT", date(2024, 1, 7)),
            ("Sun Jan 07 2024 01:20", date(2024, 1, 7)),
            ("1704590400", date(2024, 1, 7)),
            ("1704590400000", date(2024, 1, 7)),
            ("January 7, 2024", date(2024, 1, 7)),
            ("٢٠٢٤-٠١-٠٧", date(2024, 1, 7)),
        ] {
            assert_eq!(machine(value).map(|(date, _)| date), Some(day), "{value}");
        }
        for value in ["", "yesterday", "2024", "2024-13-01", "2024-02-30", "0000-00-00", "12:30"] {
            assert_eq!(machine(value), None, "{value}");
        }
        assert_eq!(machine("2024-01-07T00:00:00Z").map(|(_, time)| time), Some(false));
        assert_eq!(machine("2024-01-07T00:30:00Z").map(|(_, time)| time), Some(true));
    }

    #[test]
    fn days_are_read_in_both_languages() {
        let day = date(2024, 1, 7);
        for text in [
            "Published on Sunday, January 7, 2024 at 9:15",
            "7 January 2024",
            "7th of Jan. 2024",
            "Jan 7th, 2024",
            "الأحد 7 يناير 2024",
            "الأحد، ٧ كانون الثاني ٢٠٢٤",
            "٧ كانون الثاني/يناير ٢٠٢٤",
            "7 كانون الثاني (يناير) 2024",
            "7 جانفي 2024",
            "نُشر في: 7 ينايِر من عام 2024",
            "يناير 7, 2024",
            "2024/01/07",
        ] {
            let found = in_text(text, Order::Unknown);
            assert_eq!(found.iter().map(|f| f.date).collect::<Vec<_>>(), [day], "{text}");
        }
    }

    #[test]
    fn months_of_all_arab_lands_are_known() {
        for (text, month) in [
            ("3 فيفري 2020", 2),
            ("3 شباط 2020", 2),
            ("3 أفريل 2020", 4),
            ("3 نيسان 2020", 4),
            ("3 أيار 2020", 5),
            ("3 ماي 2020", 5),
            ("3 حزيران 2020", 6),
            ("3 جوان 2020", 6),
            ("3 تموز 2020", 7),
            ("3 جويلية 2020", 7),
            ("3 يوليوز 2020", 7),
            ("3 آب 2020", 8),
            ("3 أوت 2020", 8),
            ("3 غشت 2020", 8),
            ("3 شتنبر 2020", 9),
            ("3 أيلول 2020", 9),
            ("3 تشرين الأول 2020", 10),
            ("3 تشرين الثاني 2020", 11),
            ("3 نونبر 2020", 11),
            ("3 دجنبر 2020", 12),
            ("3 كانون الأول 2020", 12),
        ] {
            let found = in_text(text, Order::Unknown);
            assert_eq!(found.first().map(|f| f.date), valid(2020, month, 3), "{text}");
        }
    }

    #[test]
    fn the_islamic_calendar_is_not_taken_for_the_common_one() {
        assert!(in_text("الأحد 25 جمادى الآخرة 1445", Order::DayFirst).is_empty());
        let both = in_text("25 جمادى الآخرة 1445 هـ الموافق 7 يناير 2024", Order::DayFirst);
        assert_eq!(both.len(), 1);
    }

    #[test]
    fn numbers_alone_need_to_be_decidable() {
        assert!(in_text("03/04/2021", Order::Unknown).is_empty());
        assert_eq!(in_text("03/04/2021", Order::DayFirst)[0].date, date(2021, 4, 3));
        assert_eq!(in_text("03/04/2021", Order::MonthFirst)[0].date, date(2021, 3, 4));
        assert_eq!(in_text("13/04/2021", Order::MonthFirst)[0].date, date(2021, 4, 13));
        assert!(in_text("1.2.3.2021 and 10-11-12", Order::DayFirst).is_empty());
    }
}
