//! A corpus of two articles, in our own words, with every form that a file may have.

use std::fs;

use tempfile::TempDir;

use super::super::corpus::{Article, Corpus};

const STORY: &str = r#"
id = "t01"
title = "A road between two towns"
split = "open"
[[happening]]
id = "h1"
type = "ACCUSE"
what = "Osei accuses the army"
date = "2019-03-11"
"#;

pub(super) const ENGLISH: &str = r#"
id = "t01-en-herald"
language = "en"
outlet = "The Herald"
published = "2019-03-12"
title = "Minister accuses army"
byline = ["Ama Boateng"]
origin = { kind = "own", outlet = "The Herald" }
style = "wire"
html = true
text = """
Trade minister Halima Osei accused the army on Monday of shelling a road [sic] near Tamale. "It is
our road," she said.

Reuters quoted her as saying that at least 12 people were killed. The army denies it.
"""
[[entity]]
id = "minister"
kind = "person"
names = { en = "Halima Osei" }
country = "GHA"
sectors = ["GOV"]
role = "trade minister"
name = ["Halima Osei"]
pronoun = ["[she] said", "quoted [her]"]
[[entity]]
id = "army"
kind = "organization"
country = "GHA"
sectors = ["MIL"]
nominal = ["the army", "The army"]
[[entity]]
id = "tamale"
kind = "place"
name = ["Tamale"]
[[entity]]
id = "reuters"
kind = "outlet"
name = ["Reuters"]
[[time]]
at = "Monday"
type = "DATE"
value = "2019-03-11"
[[amount]]
at = "at least 12 people"
kind = "count"
value = 12
unit = "person"
bound = "over"
of = "killed"
[[statement]]
id = "s1"
source = ["minister: Halima Osei"]
cue = "accused"
act = "accuse"
content = ["the army", "shelling … ⟦Tamale⟧"]
manner = "indirect"
kind = "claim"
stance = "accuses"
said_at = "on [Monday]"
[[statement]]
id = "s2"
source = ["minister: [she] said"]
cue = "said"
act = "say"
content = ["It is our road"]
manner = "direct"
kind = "claim"
stance = "asserts"
[[statement]]
id = "s3"
source = ["reuters: Reuters"]
cue = "quoted"
act = "relay"
content = ["that at … killed"]
manner = "indirect"
kind = "claim"
stance = "asserts"
[[statement]]
id = "s4"
source = ["minister: quoted [her]"]
cue = "saying"
act = "say"
content = ["that at … killed"]
manner = "indirect"
kind = "claim"
stance = "asserts"
within = "s3"
chain = ["reuters", "minister"]
[[statement]]
id = "s5"
source = ["army: The army"]
cue = "denies"
act = "deny"
content = ["denies [it]"]
manner = "indirect"
kind = "claim"
stance = "denies"
answers = "s1"
[[event]]
id = "v1"
type = "ACCUSE"
mode = "allege"
trigger = "accused"
actors = ["minister: Halima Osei"]
recipients = ["army: the army"]
status = "actual"
when = "Monday"
happening = "h1"
[[event]]
id = "v2"
type = "ASSAULT"
mode = "heavy-weapons"
contexts = ["military"]
trigger = "shelling"
actors = ["army: the army"]
status = "actual"
where = "tamale"
according_to = "s1"
happening = "h1"
amounts = ["at least 12 people"]
"#;

const ARABIC: &str = r#"
id = "t01-ar-sahifa"
language = "ar"
outlet = "الصحيفة"
published = "2019-03-12"
title = "الجيش ينفي"
byline = []
origin = { kind = "translated", outlet = "The Herald" }
style = "brief"
text = """
نفى الجيش قصف الطريق، وأضاف أن زيارتها لم تتم. وبحسب وثيقة مسربة، قُتل جنديان.
"""
[[entity]]
id = "army"
kind = "organization"
names = { ar = "الجيش" }
nominal = ["الجيش"]
implicit = ["وأضاف"]
[[entity]]
id = "minister"
kind = "person"
pronoun = ["زيارت[ها]"]
[[statement]]
id = "s1"
source = ["army: الجيش"]
cue = "نفى"
act = "deny"
content = ["قصف الطريق"]
manner = "indirect"
kind = "claim"
stance = "denies"
answers = "t01-en-herald/s1"
[[statement]]
id = "s2"
source = ["army"]
cue = "و[أضاف]"
act = "add"
content = ["أن زيارتها … تتم"]
manner = "indirect"
kind = "claim"
stance = "denies"
[[statement]]
id = "s3"
source = [": وثيقة مسربة"]
cue = "بحسب"
act = "according-to"
content = ["قُتل جنديان"]
manner = "indirect"
kind = "claim"
stance = "asserts"
"#;

const PAGE: &str =
    "<title>x</title><p>Trade minister Halima Osei accused the army on <b>Monday</b> of
shelling a road [sic] near Tamale. \"It is our road,\" she said.</p><p>Ad</p>
<p>Reuters quoted her as saying that at least 12 people were killed. The army denies it.</p>";

const FILES: [(&str, &str); 4] = [
    ("articles/t01/story.toml", STORY),
    ("articles/t01/t01-en-herald.toml", ENGLISH),
    ("articles/t01/t01-ar-sahifa.toml", ARABIC),
    ("articles/t01/t01-en-herald.html", PAGE),
];

/// Writes the corpus with `old` replaced by `new` in the files whose name ends in `file`.
pub(super) fn corpus(file: &str, old: &str, new: &str) -> (TempDir, Corpus) {
    let root = TempDir::new().unwrap();
    for (name, text) in FILES {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let changed = name.ends_with(file);
        assert!(!changed || text.contains(old), "{old:?} is not in {name}");
        fs::write(path, if changed { text.replace(old, new) } else { text.to_owned() }).unwrap();
    }
    let corpus = Corpus::load(root.path()).unwrap();
    (root, corpus)
}

pub(super) fn sound() -> Corpus {
    corpus("story.toml", "t01", "t01").1
}

pub(super) fn english(corpus: &Corpus) -> &Article {
    corpus.articles.iter().find(|article| article.file.language == "en").unwrap()
}
