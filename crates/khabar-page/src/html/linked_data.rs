//! The article's text as the page gives it to search engines.
//!
//! Some pages build their story in the reader's browser, or keep it where no extractor looks, and still carry the whole of
//! it in `articleBody`. It has lost its headings and often its paragraphs, so it serves as evidence for what on the page is
//! the story, and stands in for it only where the page shows none.

use serde_json::Value;

/// Returns the longest `articleBody` of the page's linked data, as its paragraphs.
pub(crate) fn article_body(html: &str) -> Option<Vec<String>> {
    const OPEN: &str = "<script type=\"application/ld+json\">";
    let mut best: Option<String> = None;
    let mut rest = html;
    while let Some(at) = rest.find(OPEN) {
        rest = &rest[at + OPEN.len()..];
        let end = rest.find("</script>").unwrap_or(rest.len());
        let data = &rest[..end];
        if data.contains("\"articleBody\"")
            && let Ok(value) = serde_json::from_str::<Value>(data.trim())
        {
            longest_body(&value, &mut best);
        }
        rest = &rest[end..];
    }
    let body = best?;
    let plain = if body.contains('<') || body.contains('&') { without_markup(&body) } else { body };
    let lines = plain.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned);
    Some(lines.collect())
}

fn longest_body(value: &Value, best: &mut Option<String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(body)) = object.get("articleBody")
                && best.as_ref().is_none_or(|b| b.len() < body.len())
            {
                *best = Some(body.clone());
            }
            object.values().for_each(|v| longest_body(v, best));
        }
        Value::Array(values) => values.iter().for_each(|v| longest_body(v, best)),
        _ => {}
    }
}

/// Removes tags and character references, which some writers leave in; blocks become lines.
fn without_markup(text: &str) -> String {
    let twice = text.contains("&lt;p") || text.contains("&lt;/p");
    let once = lines_of(text);
    if twice { lines_of(&once) } else { once }
}

fn lines_of(markup: &str) -> String {
    // Line ends mean something in a plain text and nothing in markup.
    let markup = markup.replace('\n', "<br><br>");
    let tree = scraper::Html::parse_fragment(&markup);
    let pieces = super::Page::of_fragment(&tree).map(|p| p.pieces).unwrap_or_default();
    pieces.into_iter().map(|p| p.text).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_body_is_found_in_a_graph() {
        let html = r#"<script type="application/ld+json">{"@graph":[{"articleBody":"short"},{"@type":"NewsArticle","articleBody":"First &amp; best.\n\nSecond <b>one</b>."}]}</script>"#;
        assert_eq!(article_body(html).unwrap(), ["First & best.", "Second one."]);
        assert_eq!(
            article_body("<script type=\"application/ld+json\">{\"articleBody\": </script>"),
            None
        );
        assert_eq!(article_body("<p>none</p>"), None);
    }
}
