//! Lists that would cost more as rows than they hold, packed into strings.
//!
//! A row of SQLite costs some twelve bytes beside its content, and a document has dozens of sentences and mentions of two
//! or three small numbers each. Here a number is one character, whose code point it is: one byte for a small number, two for
//! a middling one. SQL can take that apart (`unicode(substr(list, n, 1))`), so any SQLite client can read it; the views do.
//!
//! The first character tells whether the numbers that follow are `n`arrow, one character each, or `w`ide, two characters
//! each, for texts and stores so large that a number does not fit into one.

use std::fmt::Write as _;

use khabar_record::CodePointRange;

/// Code points below this are control characters.
const FIRST: u32 = 32;

/// Code points from here on for so many are no characters.
const SURROGATES: u32 = 0xd800;
const SURROGATE_COUNT: u32 = 0x800;

/// Numbers below this fit into one character.
const NARROW: u64 = 1 << 20;

/// Packs numbers below 2⁴⁰.
pub(crate) fn pack_numbers(numbers: &[u64]) -> Option<String> {
    if numbers.is_empty() {
        return None;
    }
    let wide = numbers.iter().any(|&number| number >= NARROW);
    let mut out = String::with_capacity(numbers.len() * 2);
    out.push(if wide { 'w' } else { 'n' });
    for number in numbers {
        if wide {
            out.push(character(number / NARROW)?);
        }
        out.push(character(number % NARROW)?);
    }
    Some(out)
}

/// Reads what [`pack_numbers`] wrote; `None` when it is not of that form.
pub(crate) fn unpack_numbers(packed: &str) -> Option<Vec<u64>> {
    let mut chars = packed.chars();
    let wide = match chars.next() {
        None => return Some(Vec::new()),
        Some('n') => false,
        Some('w') => true,
        Some(_) => return None,
    };
    let mut numbers = Vec::with_capacity(packed.len() / 2);
    while let Some(c) = chars.next() {
        let mut number = number(c)?;
        if wide {
            number = number * NARROW + self::number(chars.next()?)?;
        }
        numbers.push(number);
    }
    Some(numbers)
}

fn character(number: u64) -> Option<char> {
    let code = u32::try_from(number).ok()? + FIRST;
    char::from_u32(if code < SURROGATES { code } else { code + SURROGATE_COUNT })
}

fn number(c: char) -> Option<u64> {
    let code = c as u32;
    let code = if code < SURROGATES { code } else { code - SURROGATE_COUNT };
    code.checked_sub(FIRST).map(u64::from)
}

/// SQL for the number at an index of a packed list.
fn number_sql(list: &str, index: &str) -> String {
    let one = |place: String| {
        let code = format!("unicode(substr({list}, {place}, 1))");
        format!(
            "({code} - {FIRST} - {SURROGATE_COUNT} * ({code} >= {}))",
            SURROGATES + SURROGATE_COUNT
        )
    };
    let narrow = one(format!("2 + ({index})"));
    let (high, low) = (one(format!("2 + 2 * ({index})")), one(format!("3 + 2 * ({index})")));
    format!("(CASE substr({list}, 1, 1) WHEN 'n' THEN {narrow} ELSE {high} * {NARROW} + {low} END)")
}

/// Puts SQL for what the views say of packed lists: `NUMBER(list, index)`, `GAP(list, index)`, a number that may be negative,
/// and `COUNT(list)`.
pub(crate) fn expand(sql: &str) -> String {
    let mut out = String::new();
    let mut rest = sql;
    while let Some((before, name, argument, after)) = next_call(rest) {
        out.push_str(before);
        let (list, index) = argument.split_once(", ").unwrap_or((argument, "0"));
        let number = number_sql(list, index);
        match name {
            "NUMBER(" => out.push_str(&number),
            "GAP(" => {
                let _ = write!(
                    out,
                    "(CASE {number} & 1 WHEN 0 THEN {number} / 2 ELSE -({number} + 1) / 2 END)"
                );
            }
            _ => {
                let _ = write!(out, "((length({list}) - 1) / (1 + (substr({list}, 1, 1) = 'w')))");
            }
        }
        rest = after;
    }
    out + rest
}

/// The first call: what stands before it, its name, its arguments and what stands behind it.
fn next_call(sql: &str) -> Option<(&str, &'static str, &str, &str)> {
    let (at, name) = ["NUMBER(", "GAP(", "COUNT("]
        .into_iter()
        .filter_map(|name| Some((sql.find(name)?, name)))
        .min()?;
    let inside = &sql[at + name.len()..];
    let mut depth = 1;
    let end = inside.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    })?;
    Some((&sql[..at], name, &inside[..end], &inside[end + 1..]))
}

/// Packs spans as gaps and lengths, each followed by the other numbers of its item. A gap may be negative.
pub(crate) fn pack<const N: usize>(
    items: impl IntoIterator<Item = (CodePointRange, [u64; N])>,
) -> Option<String> {
    let mut numbers = Vec::new();
    let mut end = 0;
    for (span, others) in items {
        let (from, to) = (i64::from(span.0), i64::from(span.1));
        let gap = from - end;
        // Zigzag: 0, -1, 1, -2 become 0, 1, 2, 3.
        numbers.push(((gap << 1) ^ (gap >> 63)).cast_unsigned());
        numbers.push((to - from).cast_unsigned());
        numbers.extend(others);
        end = to;
    }
    pack_numbers(&numbers)
}

/// Reads what [`pack`] wrote; `None` when it is not of that form.
pub(crate) fn unpack<const N: usize>(packed: &str) -> Option<Vec<(CodePointRange, [u64; N])>> {
    let numbers = unpack_numbers(packed)?;
    if !numbers.len().is_multiple_of(N + 2) {
        return None;
    }
    let mut end = 0_i64;
    numbers
        .chunks_exact(N + 2)
        .map(|item| {
            let gap = (item[0] >> 1).cast_signed() ^ -(item[0] & 1).cast_signed();
            let start = end + gap;
            end = start + item[1].cast_signed();
            let span = CodePointRange(u32::try_from(start).ok()?, u32::try_from(end).ok()?);
            Some((span, item[2..].try_into().ok()?))
        })
        .collect()
}

/// Row numbers grow with the store; in two parts they take two bytes in a small store and four in a large one, and never
/// make a list wide.
pub(crate) const PART: u64 = 1024;

/// Writes integers with commas between them; nothing for none.
pub(crate) fn join(numbers: impl IntoIterator<Item = i64>) -> Option<String> {
    let mut out = String::new();
    for number in numbers {
        let comma = if out.is_empty() { "" } else { "," };
        let _ = write!(out, "{comma}{number}");
    }
    (!out.is_empty()).then_some(out)
}

/// Reads comma-separated integers.
pub(crate) fn integers(text: &str) -> Option<Vec<i64>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    text.split(',').map(|number| number.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_survive_even_out_of_order() {
        let items = vec![
            (CodePointRange(3, 9), [1, 2]),
            (CodePointRange(5, 6), [60_000, NARROW - 1]),
            (CodePointRange(0, 2), [0, 6]),
        ];
        let packed = pack(items.clone()).unwrap();
        assert!(packed.starts_with('n') && packed.chars().count() == 13, "{packed:?}");
        assert_eq!(unpack::<2>(&packed), Some(items));
        let far = vec![(CodePointRange(3_000_000, u32::MAX), [7])];
        let packed = pack(far.clone()).unwrap();
        assert!(packed.starts_with('w'));
        assert_eq!(unpack::<1>(&packed), Some(far));
        assert_eq!(pack::<0>([]), None);
    }

    #[test]
    fn what_was_not_packed_here_is_refused() {
        for bad in ["1", "n!", "n!!!", "n\u{1}!", "w!!!", "n!\u{10ffff}", "w\u{10ffff}\u{10ffff}!!"]
        {
            assert_eq!(unpack::<0>(bad), None, "{bad:?}");
        }
    }

    /// SQL reads what was packed here.
    #[test]
    fn views_read_packed_lists() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        for numbers in
            [vec![0, 1, 94, 95, 2015, 55_263, 55_264, NARROW - 1], vec![5, NARROW, 1 << 39, 0]]
        {
            let packed = pack_numbers(&numbers).unwrap();
            assert_eq!(unpack_numbers(&packed), Some(numbers.clone()));
            let count: usize = db
                .query_row(&format!("SELECT {}", expand("COUNT(?1)")), [&packed], |row| {
                    row.get::<_, i64>(0)
                })
                .unwrap() as usize;
            assert_eq!(count, numbers.len());
            for (n, &number) in (0_i64..).zip(&numbers) {
                let sql =
                    format!("SELECT {}, {}", expand("NUMBER(?1, ?2 + 0)"), expand("GAP(?1, (?2))"));
                let read: (i64, i64) =
                    db.query_row(&sql, (&packed, n), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
                let gap = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
                assert_eq!(read, (number.cast_signed(), gap));
            }
        }
    }
}
