use khabar_record::{CodePointRange, FurnitureKind, OriginKind, Record};

use super::khabar;

fn records(text: &str) -> Vec<Record<CodePointRange>> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_page_for_people_shows_statements_and_events() {
    let outcome = khabar(&["read", "--format", "text", "en-2-denial.txt"], b"");
    assert_eq!((outcome.status, outcome.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(outcome.out);
}

#[test]
fn a_page_for_people_isolates_arabic() {
    let outcome = khabar(
        &["read", "--format", "text", "--published", "2017-03-05", "ar-3-airstrike.txt"],
        b"",
    );
    assert_eq!(outcome.status, Some(0));
    insta::assert_snapshot!(outcome.out);
}

#[test]
fn the_translated_wire_story_loses_its_furniture_and_keeps_its_origin() {
    let outcome = khabar(&["read", "--format", "ndjson", "ar-1-translated-wire.txt"], b"");
    let record = &records(&outcome.out)[0];
    let document = &record.document;
    assert_eq!(document.language.as_deref(), Some("ar"));
    assert!(document.title.as_deref().unwrap().starts_with("تستقبل أنقرة"), "{document:?}");
    assert!(
        !document.text.contains("READ") && !document.text.contains("بريدك"),
        "{}",
        document.text
    );
    let kinds: Vec<FurnitureKind> = document.furniture.iter().map(|piece| piece.kind).collect();
    for kind in [FurnitureKind::RelatedLink, FurnitureKind::Credit, FurnitureKind::CommentForm] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
    assert_eq!(document.byline, ["نادر الفخراني", "إيلينا ماركوس"]);
    let origin = document.origin.as_ref().unwrap();
    assert_eq!(origin.outlet.as_deref(), Some("Reuters"));
    assert!(matches!(
        origin.kind,
        OriginKind::Republished | OriginKind::Translated | OriginKind::Wire
    ));
}

#[test]
fn as_is_leaves_the_text_untouched() {
    let text = "READ  Old story\\n\\nقال الوزير:  «نعم» ";
    let input = format!("{{\"id\":\"d1\",\"text\":\"{text}\",\"published\":\"2020-01-02\"}}\n");
    let outcome = khabar(&["read", "--as-is", "--lang", "ar", "-"], input.as_bytes());
    let record = &records(&outcome.out)[0];
    assert_eq!(record.document.text, text.replace("\\n", "\n"));
    assert_eq!(record.document.id, "d1");
    assert_eq!(record.document.published.unwrap().to_string(), "2020-01-02");
    assert!(record.document.furniture.is_empty());
}

#[test]
fn what_cannot_be_read_is_an_error_line_and_the_rest_goes_on() {
    let input = b"{\"id\":\"a\",\"text\":\"\"}\nnot json\n{\"id\":\"b\",\"text\":\"Russia attacked Ukraine.\"}\n";
    let outcome =
        khabar(&["read", "--format", "ndjson", "--lang", "en", "-", "nowhere.html"], input);
    assert_eq!(outcome.status, Some(1));
    let lines = records(&outcome.out);
    let failed: Vec<bool> = lines.iter().map(|record| !record.errors.is_empty()).collect();
    assert_eq!(failed, [true, true, false, true], "{}", outcome.out);
    assert_eq!(lines[0].document.id, "a");
    assert!(lines[3].errors[0].contains("nowhere.html"), "{:?}", lines[3].errors);
    assert!(outcome.err.contains("3 of 4"), "{}", outcome.err);
}

#[test]
fn the_number_of_jobs_does_not_change_the_records() {
    let one = khabar(&["read", "--format", "ndjson", "--jobs", "1", "."], b"");
    let four = khabar(&["read", "--format", "ndjson", "--jobs", "4", "."], b"");
    assert_eq!(one.status, Some(0), "{}", one.err);
    assert_eq!(one.out, four.out);
}

#[test]
fn paths_may_be_patterns_and_compressed_files() {
    let folder = tempfile::tempdir().unwrap();
    let page = std::fs::read(super::examples().join("en-4-sanctions.html")).unwrap();
    let path = folder.path().join("page.html.gz");
    let mut zip = flate2::write::GzEncoder::new(
        std::fs::File::create(path).unwrap(),
        flate2::Compression::fast(),
    );
    std::io::Write::write_all(&mut zip, &page).unwrap();
    zip.finish().unwrap();
    let pattern = folder.path().join("*.gz");
    let zipped = khabar(&["read", "--format", "ndjson", pattern.to_str().unwrap()], b"");
    let plain = khabar(&["read", "--format", "ndjson", "en-4-*.html"], b"");
    assert_eq!(records(&zipped.out)[0].document.text, records(&plain.out)[0].document.text);
}
