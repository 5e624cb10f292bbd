//! What a file holds, by its first bytes and by its name.
//!
//! Names lie and are missing (standard input, crawls saved by hash), so content comes first wherever it is clear.

/// The kinds of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Html,
    Text,
    Documents,
}

/// How many of the first bytes are looked at.
const WINDOW: usize = 2048;

const OPENINGS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta",
    "<title",
    "<script",
    "<link",
    "<div",
    "<article",
    "<p>",
    "<p ",
    "<h1",
    "<table",
    "<section",
    "<main",
    "<style",
    "<base",
    "<span",
    "<a ",
    "<font",
    "<center",
    "<b>",
    "<br",
    "<header",
];

/// Tells the kind of a file.
pub(super) fn kind(name: &str, start: &[u8]) -> Kind {
    let start = &start[..start.len().min(WINDOW)];
    // UTF-16 is read as if it were ASCII by leaving its zeros out; that is enough to see tags and braces.
    let plain: Vec<u8> = start.iter().copied().filter(|b| *b != 0).collect();
    let text = String::from_utf8_lossy(&plain);
    let text = text.trim_start_matches(|c: char| {
        c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}' || c == '\u{1e}'
    });
    if text.starts_with('{') && text.contains('"') && !named_html(name) {
        return Kind::Documents;
    }
    let lower = skip_prologue(text).to_ascii_lowercase();
    if OPENINGS.iter().any(|o| lower.starts_with(o)) || named_html(name) && lower.contains('<') {
        return Kind::Html;
    }
    if (lower.contains("<html") || lower.contains("<!doctype html") || lower.contains("<body"))
        && lower.contains("</")
    {
        return Kind::Html;
    }
    Kind::Text
}

fn named_html(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp"]
        .iter()
        .any(|e| name.ends_with(e))
}

/// Skips an XML declaration and comments before the first element.
fn skip_prologue(mut text: &str) -> &str {
    loop {
        let rest = if text.starts_with("<?") {
            text.split_once('>').map(|x| x.1)
        } else if text.starts_with("<!--") {
            text.split_once("-->").map(|x| x.1)
        } else {
            None
        };
        match rest {
            Some(rest) => text = rest.trim_start(),
            None => return text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        assert_eq!(kind("a.txt", b"\xef\xbb\xbf\n<!DOCTYPE html><html>"), Kind::Html);
        assert_eq!(kind("a.txt", b"<?xml version=\"1.0\"?>\n<!-- x -->\n<html>"), Kind::Html);
        assert_eq!(kind("-", b"{\"id\": \"a\", \"text\": \"x\"}\n"), Kind::Documents);
        assert_eq!(kind("a.html", b"{ \"not\": \"ndjson\" } <p>x"), Kind::Html);
        assert_eq!(kind("a.txt", "قال الوزير".as_bytes()), Kind::Text);
        assert_eq!(kind("a", b"The cost is < 5 and > 3.\n"), Kind::Text);
        assert_eq!(kind("a", b"\xff\xfe<\0h\0t\0m\0l\0>\0"), Kind::Html);
        assert_eq!(kind("", b""), Kind::Text);
    }
}
