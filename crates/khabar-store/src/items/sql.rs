//! What the views say of packed items, as SQL.

use super::{
    BACKSLASH, FIRST, NARROW, NONCHARACTER_COUNT, NONCHARACTERS, SURROGATE_COUNT, SURROGATES,
};

/// Names of what stands for longer expressions, see [`call`].
const NAMES: [&str; 6] = ["ITEMS", "SECTION", "ELEMENTS", "AT", "NEAR", "TERM"];

/// Puts SQL for what the views say of packed items.
pub(crate) fn expand(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() * 2);
    let mut rest = sql;
    while let Some((before, name, inside, after)) = next_call(rest) {
        out.push_str(before);
        let arguments: Vec<String> = arguments(inside).into_iter().map(expand).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        out.push_str(&call(name, &arguments));
        rest = after;
    }
    out + rest
}

fn call(name: &str, arguments: &[&str]) -> String {
    match (name, arguments) {
        // A JSON array of the items of a list, of which its own first character is none.
        ("ITEMS", [list]) => format!("'[\"' || replace(substr({list}, 2), ' ', '\",\"') || '\"]'"),
        // A section of an item.
        ("SECTION", [item, n]) => format!(
            "json_extract('[\"' || replace({item}, '!', '\",\"') || '\"]', '$[' || {n} || ']')"
        ),
        // A JSON array of the elements of a section.
        ("ELEMENTS", [section]) => {
            format!("'[\"' || replace(nullif({section}, ''), '#', '\",\"') || '\"]'")
        }
        // A number of an element, or of the first section of an item; none behind the last.
        ("AT", [list, element, n]) => at(list, element, n),
        // A place by its distance from another.
        ("NEAR", [anchor, distance]) => format!(
            "(SELECT {anchor} + (far >> 1) * (1 - 2 * (far & 1)) - (far & 1) FROM (SELECT {distance} AS far))"
        ),
        // A word of a combination.
        ("TERM", [terms, n]) => format!(
            "(SELECT text FROM _terms WHERE term = json_extract('[' || {terms} || ']', '$[{n}]'))"
        ),
        _ => unreachable!("the views say {name} of {} things", arguments.len()),
    }
}

/// Subqueries work out once what stands in an expression several times.
fn at(list: &str, element: &str, n: &str) -> String {
    let number = |code: &str| {
        format!(
            "{code} - {FIRST} - ({code} > {BACKSLASH}) - {SURROGATE_COUNT} * ({code} > {}) - {NONCHARACTER_COUNT} * ({code} > {})",
            SURROGATES + SURROGATE_COUNT - 1,
            NONCHARACTERS + NONCHARACTER_COUNT - 1
        )
    };
    let code = |place: &str| format!("unicode(substr({element}, {place}, 1))");
    let narrow =
        format!("(SELECT {} FROM (SELECT {} AS low))", number("low"), code(&format!("{n} + 1")));
    let wide = format!(
        "(SELECT ({}) * {NARROW} + {} FROM (SELECT {} AS high, {} AS low))",
        number("high"),
        number("low"),
        code(&format!("2 * {n} + 1")),
        code(&format!("2 * {n} + 2"))
    );
    format!("(CASE substr({list}, 1, 1) WHEN 'n' THEN {narrow} ELSE {wide} END)")
}

/// The first call: what stands before it, its name, its arguments and what stands behind it.
fn next_call(sql: &str) -> Option<(&str, &'static str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + sql[from..].find('(')?;
        let start = sql[..open].rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let start = start.map_or(0, |at| at + 1);
        if let Some(name) = NAMES.into_iter().find(|name| *name == &sql[start..open]) {
            let inside = &sql[open + 1..];
            let end = closing(inside)?;
            return Some((&sql[..start], name, &inside[..end], &inside[end + 1..]));
        }
        from = open + 1;
    }
}

/// Where the parenthesis is closed that stands open before `sql`.
fn closing(sql: &str) -> Option<usize> {
    let mut depth = 1;
    sql.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    })
}

/// What stands between the commas that are in no parentheses.
fn arguments(inside: &str) -> Vec<&str> {
    let mut depth = 0;
    inside
        .split(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0 && c == ','
        })
        .map(str::trim)
        .collect()
}
