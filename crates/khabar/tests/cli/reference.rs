use super::{examples, khabar};

#[test]
fn help_shows_examples_first_hand() {
    let outcome = khabar(&["read", "--help"], b"");
    assert_eq!(outcome.status, Some(0));
    insta::assert_snapshot!(outcome.out);
}

#[test]
fn wrong_usage_is_status_two() {
    for arguments in [
        &["read"][..],
        &["read", "--jobs", "0", "-"],
        &["read", "--published", "soon", "-"],
        &["fly"],
    ] {
        let outcome = khabar(arguments, b"");
        assert_eq!(outcome.status, Some(2), "{arguments:?}");
        assert!(outcome.out.is_empty() && !outcome.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_manual_and_the_completions_are_made() {
    let manual = khabar(&["man"], b"");
    assert_eq!(manual.status, Some(0));
    assert!(manual.out.contains(".TH") && manual.out.contains("khabar\\-read"), "{}", manual.out);
    for shell in ["bash", "zsh", "fish"] {
        let script = khabar(&["completions", shell], b"");
        assert!(script.out.contains("as-is"), "{shell}");
    }
}

/// The schema that is printed describes the records that are printed: every example's record is valid by it, and the copy in
/// the repository, which others link to, is the one that the types make.
#[test]
fn the_schema_is_current_and_fits_the_examples() {
    let printed = khabar(&["schema"], b"").out;
    let kept = examples().join("../docs/khabar-record-1.schema.json");
    if std::env::var_os("KHABAR_BLESS").is_some() {
        std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
        std::fs::write(&kept, &printed).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&kept).unwrap_or_default(),
        printed,
        "docs/khabar-record-1.schema.json is out of date: run the tests with KHABAR_BLESS=1"
    );
    let schema = serde_json::from_str(&printed).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let records = khabar(&["read", "--format", "ndjson", "."], b"").out;
    assert!(records.lines().count() >= 10);
    for line in records.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let faults: Vec<String> = validator.iter_errors(&record).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?} in {line}");
    }
}
