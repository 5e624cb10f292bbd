//! Whole pages of `tests/pages`: each says in a comment at its head what must come out.

use std::path::Path;

use khabar_record::Article;

use super::{Hints, complete, dates, flags, json_ld, keys, labels, language, names, title};

/// Reads `key: value` lines from the comment at a page's head.
fn expected(page: &str) -> Vec<(String, String)> {
    let comment = page.split("<!--").nth(1).and_then(|rest| rest.split("-->").next());
    comment
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.trim().split_once(':'))
        .map(|(key, value)| (key.trim().to_string(), value.trim().to_string()))
        .collect()
}

#[test]
fn pages_say_what_is_expected_of_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 12);
    for path in paths {
        let page = std::fs::read_to_string(&path).unwrap();
        let wanted = expected(&page);
        let get = |key: &str| {
            wanted.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
        };
        let mut article = Article::default();
        article.document.text = get("text").unwrap_or_default().to_string();
        complete(&mut article, Some(&page), &Hints { url: get("from"), ..Hints::default() });
        let document = &article.document;
        for (key, value) in &wanted {
            let found = match key.as_str() {
                "title" => document.title.clone().unwrap_or_default(),
                "byline" => document.byline.join("; "),
                "outlet" => document.outlet.clone().unwrap_or_default(),
                "url" => document.url.clone().unwrap_or_default(),
                "published" => document.published.map(|date| date.to_string()).unwrap_or_default(),
                "source" => {
                    document.published_from.map(|source| format!("{source:?}")).unwrap_or_default()
                }
                "language" => document.language.clone().unwrap_or_default(),
                "origin" => document
                    .origin
                    .as_ref()
                    .map(|origin| {
                        format!(
                            "{:?} {}",
                            origin.kind,
                            origin.outlet.as_deref().unwrap_or_default()
                        )
                    })
                    .unwrap_or_default(),
                "note" | "from" | "text" => continue,
                other => panic!("{}: unknown key {other}", path.display()),
            };
            assert_eq!(&found, value, "{}: {key}", path.display());
        }
    }
}

#[test]
fn every_table_loads() {
    json_ld::load().unwrap();
    flags::load().unwrap();
    keys::load().unwrap();
    labels::load().unwrap();
    language::load().unwrap();
    language::load_words().unwrap();
    names::Lexicon::load().unwrap();
    title::Lexicon::load().unwrap();
    dates::Lexicon::load().unwrap();
}

#[test]
fn a_damaged_table_names_file_and_line() {
    let table = super::table::Table { file: "rules/x.tsv", text: "# a\tb\nright\t\nwrong\n" };
    let error = table.rows::<2>().unwrap_err();
    assert_eq!(error.to_string(), "rules/x.tsv:3: 1 columns instead of 2");
}

#[test]
fn what_came_with_the_input_is_believed() {
    let mut article = Article::default();
    let hints = Hints {
        url: Some("https://edition.cnn.com/2021/03/04/world/x/index.html"),
        published: Some(jiff::civil::date(2020, 1, 2)),
        published_time: None,
        language: Some("ar"),
        outlet: Some("رويترز"),
        title: Some("  Title &amp; more "),
    };
    complete(&mut article, None, &hints);
    let document = article.document;
    assert_eq!(document.published, hints.published);
    assert_eq!(document.published_from, Some(khabar_record::DateSource::Given));
    assert_eq!(document.language.as_deref(), Some("ar"));
    assert_eq!(document.outlet.as_deref(), Some("Reuters"));
    assert_eq!(document.title.as_deref(), Some("Title & more"));
    assert_eq!(document.url.as_deref(), hints.url);
}

#[test]
fn an_address_alone_tells_outlet_and_day() {
    let mut article = Article::default();
    let url = "https://arabic.cnn.com/world/2021/03/04/some-story";
    complete(&mut article, None, &Hints { url: Some(url), ..Hints::default() });
    assert_eq!(article.document.outlet.as_deref(), Some("CNN Arabic"));
    assert_eq!(article.document.published, Some(jiff::civil::date(2021, 3, 4)));
}

/// JSON-LD as templates write it.
#[test]
fn broken_json_is_read_for_what_it_says() {
    let headline = |script: &str| {
        let value = json_ld::parse(script)?;
        json_ld::nodes(&[value]).first()?.headline.clone()
    };
    for script in [
        r#"{"@type":"NewsArticle","headline":"The ferry runs",}"#,
        "{\"@type\":\"NewsArticle\",\"headline\":\"The\nferry runs\"}",
        r#"//<![CDATA[
            {"@type":"NewsArticle","headline":"The ferry runs"}
        //]]>"#,
        r"{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;The ferry runs&quot;}",
        r"{'@type':'NewsArticle','headline':'The ferry runs'}",
        r#"{"@type":"NewsArticle" "headline":"The ferry runs" "x":}"#,
        r#"{"@type":["NewsArticle"],"headline":"The ferry runs"};"#,
        r#"{"@graph":[{"@type":"WebSite","name":"x"},{"@type":"http://schema.org/NewsArticle","headline":"The ferry runs"}]}"#,
        r#"{"@type":"Organization","name":"x"}{"@type":"NewsArticle","headline":"The ferry runs"}"#,
        r#"{"@type":"NewsArticle","headline":"The ferry runs","articleBody":"cut off in the midd"#,
    ] {
        assert_eq!(headline(script).as_deref(), Some("The ferry runs"), "{script}");
    }
    let quoted = r#"{"@type":"NewsArticle","headline":"The "good" ferry runs","url":"x",}"#;
    assert_eq!(headline(quoted).as_deref(), Some("The \"good\" ferry runs"));
    for script in ["", "null", "[]", "not json", "{", "[[[[", "\u{feff}"] {
        assert_eq!(headline(script), None, "{script}");
    }
}

/// Mutated, cut and spliced inputs must come back, whatever they are.
#[test]
fn mutated_inputs_do_no_harm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let mut state = 7u64;
    let mut next = move |below: usize| {
        // xorshift: the same inputs in every run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    for round in 0..1_500 {
        let mut bytes = seeds[next(seeds.len())].clone();
        match round % 4 {
            0 => bytes.truncate(next(bytes.len())),
            1 => (0..20).for_each(|_| {
                let at = next(bytes.len());
                bytes[at] = next(256) as u8;
            }),
            2 => {
                let other = &seeds[next(seeds.len())];
                let (from, at) = (next(other.len()), next(bytes.len()));
                bytes.splice(at..at, other[from..].iter().copied());
            }
            _ => {
                let at = next(bytes.len());
                let len = next(200).min(bytes.len() - at);
                let piece: Vec<u8> = bytes[at..at + len].to_vec();
                (0..8).for_each(|_| bytes.extend_from_slice(&piece));
            }
        }
        super::fuzz::page(&bytes);
        let at = next(bytes.len());
        let end = (at + next(300)).min(bytes.len());
        let piece = &bytes[at..end];
        super::fuzz::json_ld(piece);
        super::fuzz::date(piece);
        super::fuzz::names(piece);
    }
    super::fuzz::json_ld("[".repeat(200_000).as_bytes());
    super::fuzz::json_ld("{\"a\":".repeat(200_000).as_bytes());
    super::fuzz::json_ld("{\"a\":\"".repeat(50_000).as_bytes());
    super::fuzz::names("و".repeat(1_000).as_bytes());
    super::fuzz::date("1/".repeat(50_000).as_bytes());
}
