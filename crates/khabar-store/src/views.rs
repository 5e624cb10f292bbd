//! The SQL of the views: what is alike in several is written once and filled in here.

use crate::pack;

const VIEWS: &str = include_str!("sql/views.sql");

/// The parties of statements or events, see the head of the file.
const PARTIES: &str = include_str!("sql/parties.sql");

/// The words of a party that `json_each` has taken out of its list.
const WORDS: &str = "substr(t.text, json_extract(p.value, '$[1]') + 1, \
    json_extract(p.value, '$[2]') - json_extract(p.value, '$[1]'))";

/// All views, as SQLite takes them.
pub(crate) fn sql() -> String {
    let mut out = String::new();
    let mut rest = VIEWS;
    while let Some((before, call)) = rest.split_once("PARTIES(") {
        let (arguments, after) = call.split_once(')').unwrap_or((call, ""));
        out.push_str(before);
        let arguments: Vec<&str> = arguments.split(", ").collect();
        match arguments[..] {
            [of, letter, one, other] => out.push_str(&parties(of, letter, one, other)),
            _ => unreachable!("views.sql names four things"),
        }
        rest = after;
    }
    out.push_str(rest);
    pack::expand(&out.replace("WORDS(p)", WORDS))
}

fn parties(of: &str, letter: &str, one: &str, other: &str) -> String {
    // The tables say `source` of several and `actors` of several.
    let column = |role: &str| if of == "event" { format!("{role}s") } else { role.to_owned() };
    PARTIES
        .lines()
        .filter(|line| !line.starts_with("--"))
        .collect::<Vec<_>>()
        .join("\n")
        .replace("ONE_COLUMN", &column(one))
        .replace("OTHER_COLUMN", &column(other))
        .replace("OTHER", other)
        .replace("ONE", one)
        .replace("LETTER", letter)
        .replace("OF", of)
}
