//! What the formats look like, one module a format.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

mod annotation;
mod event_data;
mod ftm;
#[path = "../../../khabar-record/testing/make.rs"]
mod make;
mod sample;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use khabar_export::{Export, Format, Item, Summary};

/// Exports items and gives back what was said and where it lies.
fn export(format: Format, items: &[Item]) -> (Summary, tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let mut export = Export::create(format, &path).unwrap();
    for item in items {
        export.write(item).unwrap();
    }
    let summary = export.finish().unwrap();
    (summary, folder, path)
}

/// Exports items to one file and gives back its lines.
fn lines(format: Format, items: &[Item]) -> Vec<String> {
    let (_, _folder, path) = export(format, items);
    read(&path)
}

fn read(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap().split_terminator('\n').map(str::to_owned).collect()
}

/// The characters from `start` to `end` of a text.
fn characters(text: &str, start: u64, end: u64) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

#[test]
fn nothing_is_left_behind_by_an_export_that_is_not_finished() {
    let folder = tempfile::tempdir().unwrap();
    for format in Format::ALL {
        let path = folder.path().join("out");
        let mut export = Export::create(format, &path).unwrap();
        export.write(&sample::arabic()).unwrap();
        drop(export);
        let left = if format.takes_folder() {
            let files = fs::read_dir(&path).unwrap().count();
            fs::remove_dir(&path).unwrap();
            files
        } else {
            fs::read_dir(folder.path()).unwrap().count()
        };
        assert_eq!(left, 0, "{format}");
    }
}

#[test]
fn a_file_is_no_folder_and_a_folder_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for format in Format::ALL {
        let wrong = if format.takes_folder() { &file } else { folder.path() };
        let error = Export::create(format, wrong).unwrap_err().to_string();
        assert!(error.starts_with(&wrong.display().to_string()), "{format}: {error}");
        assert_eq!(format.name().parse(), Ok(format));
    }
}

#[test]
fn records_survive_ndjson_and_faulty_lines_are_named() {
    let items = [sample::arabic(), sample::english()];
    let lines = lines(Format::Ndjson, &items);
    let text = lines.join("\n");
    let records: Vec<_> =
        khabar_export::read_records(text.as_bytes(), "x").collect::<Result<_, _>>().unwrap();
    assert!(records.iter().eq(items.iter().map(|item| &item.record)));
    let whole = &lines[0];
    let outside = whole.replacen("\"sentences\":[[0,", "\"sentences\":[[0,9", 1);
    assert_ne!(*whole, outside);
    for (bad, what) in [
        ("{", "EOF"),
        ("[1]", "invalid"),
        (outside.as_str(), "does not lie"),
        (&whole.replacen("khabar-record/1", "khabar-record/9", 1), "khabar-record/9"),
    ] {
        let input = format!("\n{whole}\n{bad}\n");
        let found: Vec<_> = khabar_export::read_records(input.as_bytes(), "in.ndjson").collect();
        assert!(found[0].is_ok());
        let error = found[1].as_ref().unwrap_err().to_string();
        assert!(error.starts_with("in.ndjson:3: ") && error.contains(what), "{error}");
    }
    let failed = r#"{"schema":"khabar-record/1","document":{"id":"a"},"errors":["no text"]}"#;
    assert_eq!(khabar_export::read_records(failed.as_bytes(), "x").count(), 0);
}

/// Changes some bytes of records, most often digits, so that spans, indices and identifiers point elsewhere.
fn mutated(line: &str, random: &mut u64) -> Vec<u8> {
    let mut next = |below: usize| {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (*random >> 33) as usize % below
    };
    let mut bytes = line.as_bytes().to_vec();
    for _ in 0..=next(6) {
        let place = next(bytes.len());
        let digit = (place..bytes.len()).find(|&n| bytes[n].is_ascii_digit());
        match (next(8), digit) {
            (0, _) => _ = bytes.remove(place),
            (1, _) => bytes[place] = next(256) as u8,
            (_, Some(digit)) => bytes[digit] = b'0' + next(10) as u8,
            (_, None) => {}
        }
    }
    bytes
}

#[test]
fn no_record_of_others_breaks_a_format() {
    let whole = lines(Format::Ndjson, &[sample::arabic(), sample::english()]);
    let mut random = 0x2545_f491_4f6c_dd1d;
    let mut items = Vec::new();
    for n in 0..3000 {
        let bytes = mutated(&whole[n % 2], &mut random);
        khabar_export::fuzz::records(&bytes);
        let records = khabar_export::read_records(&bytes[..], "mutated");
        items.extend(records.filter_map(Result::ok).map(Item::from));
    }
    assert!(items.len() > 300, "too few of the records are records still: {}", items.len());
    for format in Format::ALL {
        let (summary, ..) = export(format, &items);
        assert_eq!(summary.documents + summary.documents_left_out, items.len() as u64);
    }
}
