//! Paths, directories, patterns, archives and documents become inputs in a fixed order.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::{Compression, write::GzEncoder};
use khabar_page::{Inputs, Limits, PageOptions, RawContent, RawInput, read_input};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("khabar-page-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read(argument: &str) -> Vec<Result<RawInput, String>> {
    Inputs::new([argument], &Limits::default()).map(|r| r.map_err(|e| e.to_string())).collect()
}

fn names(inputs: &[Result<RawInput, String>]) -> Vec<String> {
    inputs
        .iter()
        .map(|i| {
            i.as_ref().map_or_else(Clone::clone, |i| {
                i.source_name().rsplit('/').next().unwrap().to_owned()
            })
        })
        .collect()
}

#[test]
fn a_directory_is_walked_in_order() {
    let folder = Folder::new("walk");
    folder.write("b.html", b"<html><p>x</p></html>");
    folder.write("a/z.txt", "نص".as_bytes());
    folder.write("a/y.txt", b"text");
    folder.write(".hidden/x.txt", b"text");
    folder.write("c.ndjson", b"{\"text\":\"one\"}\n\n{\"text\":\"two\"}\n");
    assert_eq!(
        names(&read(folder.path())),
        ["y.txt", "z.txt", "b.html", "c.ndjson:1", "c.ndjson:3"]
    );
    assert_eq!(names(&read(&format!("{}/**/*.txt", folder.path()))), ["y.txt", "z.txt"]);
    assert_eq!(names(&read(&format!("{}/*.html", folder.path()))), ["b.html"]);
}

#[test]
fn archives_are_told_by_content() {
    let folder = Folder::new("gz");
    let page = folder.write("page", &gz(b"<!doctype html><p>x</p>"));
    assert!(matches!(&read(&page)[0], Ok(RawInput { content: RawContent::Html(_), .. })));
    let two =
        [gz(b"{\"id\":1,\"text\":\"one\"}\n"), gz(b"{\"id\":\"b\",\"text\":\"two\"}")].concat();
    let documents = folder.write("d.jsonl.gz", &two);
    let ids: Vec<_> = read(&documents)
        .into_iter()
        .map(|i| match i.unwrap().content {
            RawContent::Document(d) => d.id.unwrap(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids, ["1", "b"]);
    let cut = gz(&b"line of text that is long enough to be cut\n".repeat(500));
    let broken = folder.write("broken.txt.gz", &cut[..cut.len() / 2]);
    assert!(read(&broken)[0].as_ref().unwrap_err().contains("broken.txt.gz"));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = Folder::new("errors");
    let path = folder.write("d.ndjson", "{\"id\":\"a\",\"text\":\"نص\",\"published\":\"2024-02-30\"}\n{\"id\":\"b\"\n{\"id\":\"c\",\"text\":\"fine\",\"published\":\"2024-02-03T10:00:00Z\"}\n".as_bytes());
    let inputs: Vec<_> = Inputs::new([path.as_str()], &Limits::default()).collect();
    let first = inputs[0].as_ref().unwrap_err();
    assert_eq!(first.id(), Some("a"));
    assert!(
        first.to_string().contains("d.ndjson:1") && first.to_string().contains("published"),
        "{first}"
    );
    assert!(inputs[1].as_ref().unwrap_err().to_string().contains("d.ndjson:2"));
    let article = read_input(inputs[2].as_ref().unwrap(), &PageOptions::default()).unwrap();
    assert_eq!((article.document.id.as_str(), article.document.text.as_str()), ("c", "fine"));
    let missing = read(&format!("{}/none-*.html", folder.path()));
    assert!(missing[0].as_ref().unwrap_err().contains("none-*.html"));
    let limits = Limits { max_bytes: 10, ..Limits::default() };
    let large = folder.write("large.txt", b"more than ten bytes");
    assert!(Inputs::new([large], &limits).next().unwrap().is_err());
    assert_eq!(Inputs::new(Vec::<String>::new(), &limits).count(), 0);
}

#[test]
fn documents_keep_their_text_as_it_is_when_asked() {
    let text = " READ  A title\n\nLeave a Reply\n";
    let document = khabar_page::GivenDocument { text: text.to_owned(), ..Default::default() };
    let options = PageOptions { as_is: true, ..PageOptions::default() };
    let article = khabar_page::read_document(&document, "-", &options).unwrap();
    assert_eq!(article.document.text, text);
    assert_eq!(article.document.id, blake3::hash(text.as_bytes()).to_hex().to_string());
    assert!(
        khabar_page::read_document(&khabar_page::GivenDocument::default(), "-", &options)
            .unwrap_err()
            .to_string()
            .starts_with("-: ")
    );
}
