//! Prints the documents of the inputs under a path, one JSON object a line, as far as the page step knows them.

#![allow(clippy::print_stdout, reason = "a program that prints")]

use std::io::{self, Write};

use khabar_page::{Guarded, Inputs, PageOptions};

fn main() -> io::Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let options =
        PageOptions { as_is: paths.iter().any(|p| p == "--as-is"), ..PageOptions::default() };
    let paths = paths.iter().filter(|p| *p != "--as-is");
    let mut reader = Guarded::new(options.clone());
    let mut out = io::BufWriter::new(io::stdout().lock());
    for input in Inputs::new(paths, &options.limits) {
        let article = match input {
            Ok(input) => reader.read(input),
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        match article {
            Ok(article) => {
                let document = article.document;
                let furniture: Vec<_> = document
                    .furniture
                    .iter()
                    .map(|f| serde_json::json!({"kind": f.kind, "text": f.text, "at": f.at.map(|at| at.start().to_u32())}))
                    .collect();
                let line = serde_json::json!({"document": {
                    "id": document.id, "source": document.source, "title": document.title, "byline": document.byline,
                    "outlet": document.outlet, "published": document.published.map(|d| d.to_string()),
                    "language": document.language, "text": document.text, "furniture": furniture,
                }});
                writeln!(out, "{line}")?;
            }
            Err(error) => eprintln!("{error}"),
        }
    }
    out.flush()
}
