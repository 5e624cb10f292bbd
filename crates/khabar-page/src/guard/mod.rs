//! What happens to markup before an HTML parser sees it.
//!
//! HTML parsers are written for browsers, where a bad page spoils one tab. Here it would spoil a run over a million pages:
//! 100,000 nested elements overflow a stack, which no one can catch, and unclosed `font` elements grow a tree with the
//! square of the page. So one cheap pass over the characters drops what no reader of news needs (scripts, styles,
//! drawings, data URIs: most of a page) and the tags of elements nested too deep, and leaves the rest as it is. The pass
//! knows tags, not the parser's every correction, so the tree is measured again once it is built.

mod nesting;
mod tokens;

use nesting::Nesting;
pub(crate) use tokens::{Tag, Token, Tokens, attribute};

/// Attribute values longer than this are data, not hints; the tag is written again without them.
const LONGEST_TAG: usize = 4096;

/// A page that an HTML parser may see.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    pub(crate) html: String,
    /// How many start tags are left.
    pub(crate) tags: usize,
}

/// Returns the page without scripts, styles, drawings, comments and templates, and with no element deeper than `max_depth`.
pub(crate) fn prepare(html: &str, max_depth: usize) -> Prepared {
    let mut out = String::with_capacity(html.len() / 2);
    let mut tags = 0;
    let mut nesting = Nesting::new(max_depth);
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => push_text(&mut out, text),
            Token::Comment => {}
            Token::Start(tag) => {
                tags += 1;
                start(&mut out, &mut nesting, &mut tokens, &tag);
            }
            Token::End { name, text } => {
                if nesting.close(name) {
                    out.push_str(text);
                }
            }
        }
    }
    Prepared { html: out, tags }
}

/// How many less-than signs in a row are kept; a parser works on each of them as on a tag that fails.
const LONGEST_RUN: &str = "<<<<<<<<";

fn push_text(out: &mut String, text: &str) {
    for piece in text.split_inclusive('<') {
        if piece != "<" || !out.ends_with(LONGEST_RUN) {
            out.push_str(piece);
        }
    }
}

fn start<'a>(out: &mut String, nesting: &mut Nesting<'a>, tokens: &mut Tokens<'a>, tag: &Tag<'a>) {
    let name = tag.name;
    if name.eq_ignore_ascii_case("script") {
        let body = tokens.raw_text("script");
        // Linked data says what the page is about. In JSON a `<` may be written as an escape, and then nothing in the
        // script can be taken for a tag by anyone.
        let data =
            attribute(tag.text, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"));
        if data {
            out.push_str("<script type=\"application/ld+json\">");
            out.push_str(&body.replace('<', "\\u003c"));
            out.push_str("</script>");
        }
    } else if ["style", "noscript", "iframe", "noembed", "noframes"]
        .iter()
        .any(|n| name.eq_ignore_ascii_case(n))
    {
        tokens.raw_text(name);
    } else if ["title", "textarea", "xmp"].iter().any(|n| name.eq_ignore_ascii_case(n)) {
        let body = tokens.raw_text(name);
        if !name.eq_ignore_ascii_case("textarea") && nesting.open(name) {
            out.push_str(tag.text);
            out.push_str(&body.replace('<', "&lt;"));
            nesting.close(name);
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
    } else if name.eq_ignore_ascii_case("svg") {
        if !tag.self_closing {
            tokens.skip_drawing();
        }
    } else if name.eq_ignore_ascii_case("template") {
        // A shadow root is shown, any other template is not.
        if attribute(tag.text, "shadowrootmode").is_none() {
            tokens.skip_element("template");
        }
    } else if name.eq_ignore_ascii_case("plaintext") {
    } else if nesting.open(name) {
        if tag.text.len() > LONGEST_TAG {
            write_short(out, tag);
        } else {
            out.push_str(tag.text);
        }
    }
}

/// Writes a start tag anew with only the attributes that say what the element is.
fn write_short(out: &mut String, tag: &Tag) {
    out.push('<');
    out.push_str(tag.name);
    let hints = [
        "class",
        "id",
        "role",
        "href",
        "itemprop",
        "property",
        "name",
        "content",
        "datetime",
        "style",
        "hidden",
        "aria-hidden",
    ];
    for name in hints {
        if let Some(value) = attribute(tag.text, name)
            && value.len() <= LONGEST_TAG / 4
        {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&value.replace('"', "&quot;"));
            out.push('"');
        }
    }
    out.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_runs_of_less_than_signs_are_cut() {
        assert_eq!(prepare("<p>a << b</p>", 64).html, "<p>a << b</p>");
        assert_eq!(prepare(&"<".repeat(1000), 64).html, LONGEST_RUN);
    }

    #[test]
    fn scripts_styles_and_drawings_go_and_linked_data_stays() {
        let page = "<p>one</p><script>var a = '<p>no</p>';</script><style>p > b {}</style><!-- no --><svg><path/><title>no</title></svg>\
                    <script type=\"application/ld+json\">{\"a\":\"<b>\"}</script><noscript>no</noscript><p>two</p>";
        let out = prepare(page, 256).html;
        assert_eq!(
            out,
            "<p>one</p><script type=\"application/ld+json\">{\"a\":\"\\u003cb>\"}</script><p>two</p>"
        );
    }

    #[test]
    fn text_is_kept_when_tags_are_cut() {
        let page =
            format!("{}deep{}<p>after</p>", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let out = prepare(&page, 64).html;
        assert!(out.len() < 2000, "{}", out.len());
        assert!(out.contains("deep") && out.ends_with("<p>after</p>"));
    }

    #[test]
    fn unclosed_things_end_with_the_page() {
        for page in [
            "<script>",
            "<!--",
            "<div class=\"",
            "<svg><g>",
            "<title>x",
            "</",
            "<",
            "<a href='x",
            "<template><p>x",
            "<![CDATA[ x",
            "<?php echo",
        ] {
            let text = format!("<p>before</p>{page}");
            assert!(prepare(&text, 64).html.starts_with("<p>before</p>"), "{page}");
        }
    }

    #[test]
    fn a_drawing_that_is_not_closed_does_not_take_the_page_with_it() {
        let out = prepare("<svg><path d='M0'><p>the story</p>", 64).html;
        assert_eq!(out, "<p>the story</p>");
    }

    #[test]
    fn siblings_without_end_tags_are_not_nested() {
        let page = format!("<ul>{}</ul>{}", "<li>x".repeat(1000), "<p>y".repeat(1000));
        assert_eq!(prepare(&page, 16).html, page);
    }
}
