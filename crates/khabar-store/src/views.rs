//! The SQL of the views: what is alike in several is written once and filled in here.

use crate::{items, pack};

const VIEWS: &str = include_str!("sql/views.sql");

/// The parties of statements or events, see the head of the file.
const PARTIES: &str = include_str!("sql/parties.sql");

/// The words of a party `p` of a statement or an event.
const WORDS: &str = "substr(t.text, NEAR(OWNER.anchor, nullif(AT(OWNER.list, p.value, 1), 0) - 1) + 1, AT(OWNER.list, p.value, 2))";

/// The day on which a time of a document begins, without one that of its publication.
const DAY: &str = "coalesce(CASE WHEN INDEX IS NOT NULL THEN (SELECT CASE typeof(y.first) WHEN 'integer' THEN date(y.first, 'unixepoch') ELSE date(substr(y.first, 1, 10)) END
    FROM _time_values AS y WHERE y.time_value = NUMBER(d.times, 5 * INDEX + 2) * 1024 + NUMBER(d.times, 5 * INDEX + 3)) END,
    date(d.published * 86400, 'unixepoch'))";

/// A moment as text.
const MOMENT: &str = "CASE typeof(TIME) WHEN 'integer' THEN strftime('%Y-%m-%dT%H:%M:%S', TIME, 'unixepoch') ELSE TIME END";

/// Whose report a document is, as JSON.
const ORIGIN: &str = "CASE typeof(d.origin) WHEN 'integer' THEN (SELECT text FROM _terms WHERE term = d.origin) ELSE d.origin END";

/// All views, as SQLite takes them.
pub(crate) fn sql() -> String {
    let mut out = String::new();
    let mut rest = VIEWS;
    while let Some((before, call)) = rest.split_once("PARTIES(") {
        let (arguments, after) = call.split_once(')').unwrap_or((call, ""));
        out.push_str(before);
        let arguments: Vec<&str> = arguments.split(", ").collect();
        match arguments[..] {
            [of, letter, one, first, other, second] => {
                out.push_str(&parties(of, letter, (one, first), (other, second)));
            }
            _ => unreachable!("views.sql names six things"),
        }
        rest = after;
    }
    out.push_str(rest);
    for owner in ["x", "s", "v"] {
        out = out.replace(&format!("WORDS({owner}, p)"), &WORDS.replace("OWNER", owner));
    }
    for time in ["v.first", "v.after"] {
        out = out.replace(&format!("MOMENT({time})"), &MOMENT.replace("TIME", time));
    }
    for index in ["s.said_at", "v.time"] {
        out = out.replace(&format!("DAY({index})"), &DAY.replace("INDEX", index));
    }
    pack::expand(&items::expand(&out.replace("ORIGIN(d)", ORIGIN)))
}

/// The view of parties; each of their two kinds comes with the section of an item that it stands in.
fn parties(of: &str, letter: &str, one: (&str, &str), other: (&str, &str)) -> String {
    PARTIES
        .lines()
        .filter(|line| !line.starts_with("--"))
        .collect::<Vec<_>>()
        .join("\n")
        .replace("ONE_SECTION", one.1)
        .replace("OTHER_SECTION", other.1)
        .replace("OTHER", other.0)
        .replace("ONE", one.0)
        .replace("LETTER", letter)
        .replace("OF", of)
}
