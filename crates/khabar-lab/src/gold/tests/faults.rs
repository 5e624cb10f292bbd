//! One fault of the files at a time, and what is told of it.

use super::fixture::corpus;

/// File, what is replaced there by what, and what must be said.
const FAULTS: &[(&str, &str, &str, &str)] = &[
    (
        "en-herald.toml",
        "[\"Tamale\"]",
        "[\"Kumasi\"]",
        "entity tamale name: not in the text: \"Kumasi\"",
    ),
    ("en-herald.toml", "\"said\"", "\"army\"", "statement s2: 2 times in the text: \"army\""),
    (
        "en-herald.toml",
        "\"said\"",
        "\"army#9\"",
        "statement s2: only 2 times in the text: \"army\"",
    ),
    ("en-herald.toml", "⟦Tamale⟧", "Accra", "these last words do not follow the first: \"Accra\""),
    (
        "en-herald.toml",
        "[\"the army\", \"The army\"]",
        "[\"the army\", \"[the army] on\"]",
        "names a span that stands already",
    ),
    ("en-herald.toml", "kind = \"outlet\"", "kind = \"paper\"", "unknown variant `paper`"),
    ("en-herald.toml", "role =", "rank =", "unknown field `rank`"),
    ("en-herald.toml", "\"GHA\"", "\"GHX\"", "entity minister: unknown country \"GHX\""),
    ("en-herald.toml", "\"MIL\"", "\"ARM\"", "entity army: unknown sector \"ARM\""),
    (
        "en-herald.toml",
        "id = \"army\"",
        "id = \"minister\"",
        "entity minister: the id stands twice",
    ),
    (
        "en-herald.toml",
        "\"army: The army\"",
        "\"navy: The army\"",
        "statement s5: no entity \"navy\"",
    ),
    (
        "en-herald.toml",
        "\"army: The army\"",
        "\"\"",
        "statement s5: a party without entity and words",
    ),
    (
        "en-herald.toml",
        "\"on [Monday]\"",
        "\"Tamale\"",
        "statement s1: \"Tamale\" is the anchor of no time",
    ),
    (
        "en-herald.toml",
        "amounts = [\"at least 12 people\"]",
        "amounts = [\"12 people\"]",
        "event v2: \"12 people\" is the anchor of no amount",
    ),
    (
        "en-herald.toml",
        "act = \"deny\"",
        "medium = \"denies\"",
        "statement s5: the medium \"denies\" has no kind",
    ),
    ("en-herald.toml", "within = \"s3\"", "within = \"s9\"", "statement s4: no statement \"s9\""),
    ("en-herald.toml", "within = \"s3\"", "within = \"s4\"", "statement s4: it lies within itself"),
    ("en-herald.toml", "answers = \"s1\"", "answers = \"s5\"", "statement s5: it answers itself"),
    ("en-herald.toml", "\"ASSAULT\"", "\"ATTACK\"", "event v2: unknown type \"ATTACK\""),
    ("en-herald.toml", "\"heavy-weapons\"", "\"visit\"", "event v2: ASSAULT has no mode \"visit\""),
    ("en-herald.toml", "\"military\"", "\"martial\"", "event v2: unknown context \"martial\""),
    ("en-herald.toml", "\"h1\"", "\"h2\"", "no happening \"h2\""),
    ("en-herald.toml", "\"h1\"", "\"h2\"", "happening h1: no event is of this happening"),
    ("en-herald.toml", "\"Halima Osei\"]", "\" [ ] \"]", "an anchor without words"),
    (
        "en-herald.toml",
        "id = \"t01-en-herald\"",
        "id = \"t02-en-herald\"",
        "is not the file's name",
    ),
    ("en-herald.toml", "language = \"en\"", "language = \"fr\"", "unknown language \"fr\""),
    (
        "en-herald.toml",
        "html = true",
        "html = false",
        "a page whose article does not say html = true",
    ),
    (
        "en-herald.html",
        "denies",
        "denied",
        "the page lacks the paragraph \"Reuters quoted her as saying that at least\"",
    ),
    ("ar-sahifa.toml", "style =", "html = true\nstyle =", "html = true, but there is no page"),
    ("ar-sahifa.toml", "t01-en-herald/s1", "t01-en-herald/s9", "there is no such statement"),
    ("ar-sahifa.toml", "t01-en-herald/s1", "t02-en-x/s1", "there is no article \"t02-en-x\""),
    ("story.toml", "id = \"t01\"", "id = \"t02\"", "the id \"t02\" is not the folder's name"),
    ("story.toml", "\"open\"", "\"ajar\"", "unknown variant `ajar`"),
];

#[test]
fn each_fault_names_file_row_and_words() {
    for (file, old, new, wanted) in FAULTS {
        let (_root, corpus) = corpus(file, old, new);
        let told: Vec<String> = corpus.faults.iter().map(ToString::to_string).collect();
        assert!(
            told.iter().any(|fault| fault.contains(*wanted)),
            "{new:?} should give {wanted:?}, not {told:#?}"
        );
    }
}
