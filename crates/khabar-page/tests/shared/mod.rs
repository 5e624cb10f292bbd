//! Hostile inputs made from the fixtures: cut, spliced, flipped, nested, and from nothing.

#![allow(
    clippy::unwrap_used,
    clippy::format_collect,
    reason = "test code, which an example shares"
)]

use std::path::Path;

/// A small generator of numbers (`SplitMix64`), so that every run makes the same inputs.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Reads the fixture pages and texts.
pub(crate) fn fixtures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/body");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e != "toml"));
    paths.sort();
    paths.iter().map(|p| std::fs::read(p).unwrap()).collect()
}

const SPLICES: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "</table>",
    "<b><i><a href=x>",
    "</a></b>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<svg>",
    "</svg>",
    "<template>",
    "<select><option>",
    "<frameset>",
    "<plaintext>",
    "<textarea>",
    "<title>",
    "<style>",
    "<math><mi>",
    "\0",
    "\u{feff}",
    "&#x110000;",
    "&amp",
    "&#0;",
    "<html",
    "<body",
    "\"",
    "'",
    ">",
    "<",
    "{\"articleBody\":",
    "<script type=\"application/ld+json\">",
    "READ  ",
    "اقرأ أيضاً: ",
    "\n\n\n",
    "\r",
    "<a><a><a>",
    "</p></p>",
    "<li><li>",
    "<h1>",
    "<figure><figcaption>",
    "<form><input>",
    "<br><br>",
    "\u{202e}",
    "<template shadowrootmode=open>",
];

/// Makes the input number `n`: most are a fixture with a few faults, some have no sense at all.
pub(crate) fn hostile(fixtures: &[Vec<u8>], n: u64) -> Vec<u8> {
    let mut numbers = Numbers::new(n);
    if n % 16 == 15 {
        return noise(&mut numbers);
    }
    let mut bytes = fixtures[numbers.below(fixtures.len())].clone();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len());
        match numbers.below(6) {
            0 => bytes.truncate(at),
            1 => {
                for _ in 0..=numbers.below(40) {
                    let at = numbers.below(bytes.len());
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << numbers.below(8);
                    }
                }
            }
            2 => {
                let splice = SPLICES[numbers.below(SPLICES.len())].repeat(1 + numbers.below(3));
                drop(bytes.splice(at..at, splice.bytes()));
            }
            3 => {
                let end = (at + numbers.below(2000)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len());
                drop(bytes.splice(to..to, part));
            }
            4 => {
                let end = (at + numbers.below(2000)).min(bytes.len());
                drop(bytes.drain(at..end));
            }
            _ => {
                let other = &fixtures[numbers.below(fixtures.len())];
                let from = numbers.below(other.len());
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
        }
    }
    bytes
}

fn noise(numbers: &mut Numbers) -> Vec<u8> {
    let length = numbers.below(20_000);
    match numbers.below(3) {
        0 => (0..length).map(|_| numbers.next() as u8).collect(),
        1 => {
            let splice = SPLICES[numbers.below(SPLICES.len())];
            splice.bytes().cycle().take(length * 4).collect()
        }
        _ => (0..length / 8).flat_map(|_| SPLICES[numbers.below(SPLICES.len())].bytes()).collect(),
    }
}

/// Pages that are large or deep on purpose, by name.
pub(crate) fn giants() -> Vec<(&'static str, Vec<u8>)> {
    let sentence = "<p>The council met on Monday and agreed to reopen the bridge before winter, the mayor said.</p>\n";
    let nested = |open: &str, close: &str, times: usize| {
        format!("<html><body>{}{sentence}{}</body></html>", open.repeat(times), close.repeat(times))
            .into_bytes()
    };
    vec![
        ("100,000 nested div", nested("<div>", "</div>", 100_000)),
        ("100,000 nested span", nested("<span>", "</span>", 100_000)),
        ("100,000 unclosed b", nested("<b>", "", 100_000)),
        (
            "100,000 unclosed font with attributes",
            (0..100_000).map(|n| format!("<font size={n}>x<p>")).collect::<String>().into_bytes(),
        ),
        ("100,000 nested tables", nested("<table><tr><td>", "", 100_000)),
        ("100,000 nested lists", nested("<ul><li>", "", 100_000)),
        ("100,000 nested blockquotes in span", nested("<span><blockquote>", "</span>", 100_000)),
        ("100,000 stray end tags", nested("</div></span>", "", 100_000)),
        ("100,000 nested svg", nested("<svg><g>", "", 100_000)),
        ("100,000 nested math", nested("<math><mi>", "", 100_000)),
        ("100,000 selects", nested("<select><option>", "", 100_000)),
        ("100,000 nested forms and buttons", nested("<form><button>", "", 100_000)),
        ("100,000 nested custom elements", nested("<x-y>", "</x-y>", 100_000)),
        ("100,000 templates", nested("<template>", "", 100_000)),
        ("100,000 comments open", nested("<!--", "", 100_000)),
        ("200,000 attributes", format!("<div {}>{sentence}", "a=b ".repeat(200_000)).into_bytes()),
        (
            "20 MB of paragraphs",
            format!(
                "<html><body><article>{}</article></body></html>",
                sentence.repeat((20 << 20) / sentence.len())
            )
            .into_bytes(),
        ),
        (
            "20 MB in one paragraph",
            format!("<p>{}</p>", "word and word ".repeat((20 << 20) / 14)).into_bytes(),
        ),
        (
            "20 MB of script",
            format!("<script>{}</script>{sentence}", "var a = '<p>';".repeat((20 << 20) / 14))
                .into_bytes(),
        ),
        (
            "20 MB data URI",
            format!("<img src=\"data:image/png;base64,{}\">{sentence}", "A".repeat(20 << 20))
                .into_bytes(),
        ),
        (
            "20 MB of links",
            format!(
                "<ul>{}</ul>",
                "<li><a href=x>Another story here</a></li>".repeat((20 << 20) / 41)
            )
            .into_bytes(),
        ),
        (
            "20 MB of line breaks",
            format!("<p>{}</p>", "word<br>".repeat((20 << 20) / 8)).into_bytes(),
        ),
        ("20 MB of less-than signs", "<".repeat(20 << 20).into_bytes()),
        ("20 MB of zeros", vec![0; 20 << 20]),
        (
            "10 MB of open quotes",
            format!("<a href=\"{}", "<p>".repeat((10 << 20) / 3)).into_bytes(),
        ),
    ]
}
