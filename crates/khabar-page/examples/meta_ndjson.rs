//! Prints what the metadata step says about each page of a folder, one line of JSON a page, for the scorer.
//!
//! The text is crude, all paragraphs of the page: only the title, the authors and the day are looked at.

use std::path::PathBuf;

use khabar_record::{Article, Block, BlockKind, TextRange};
use scraper::{Html, Selector};

fn main() {
    let folder = std::env::args().nth(1).expect("a folder of pages");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the entry can be read").path())
        .collect();
    paths.sort();
    for path in paths {
        let bytes = std::fs::read(&path).expect("the page can be read");
        let html = String::from_utf8_lossy(&bytes);
        let mut article = Article::default();
        let paragraphs = Selector::parse("p").expect("the selector is sound");
        for paragraph in Html::parse_document(&html).select(&paragraphs) {
            let text: String = paragraph.text().collect();
            let text = text.trim();
            if text.len() > 40 {
                let start = article.document.text.len();
                article.document.text.push_str(text);
                let range = TextRange::new(start, article.document.text.len());
                article.blocks.push(Block {
                    range,
                    kind: BlockKind::Paragraph,
                });
                article.document.text.push_str("\n\n");
            }
        }
        khabar_page::complete_for_measuring(&mut article, &html, None);
        let document = &article.document;
        let origin = document.origin.as_ref();
        let line = serde_json::json!({ "document": {
            "source": path.to_string_lossy(),
            "title": document.title,
            "byline": document.byline,
            "outlet": document.outlet,
            "url": document.url,
            "language": document.language,
            "published": document.published.map(|date| date.to_string()),
            "published_from": document.published_from.map(|source| format!("{source:?}")),
            "origin": origin.map(|origin| format!("{:?} {:?}", origin.kind, origin.outlet)),
        }});
        #[allow(clippy::print_stdout, reason = "this is what the example is for")]
        {
            println!("{line}");
        }
    }
}
