//! FollowTheMoney.

use std::collections::{BTreeMap, BTreeSet};

use khabar_export::Format;
use khabar_table::Table;
use serde_json::Value;

use super::{characters, lines, sample};

struct Property {
    kind: String,
    required: bool,
}

/// The part of the model that is used, by schema and property.
fn model() -> BTreeMap<String, BTreeMap<String, Property>> {
    let table = Table::parse("data/ftm.tsv", include_str!("../../data/ftm.tsv")).unwrap();
    let columns = table.columns(["schema", "property", "type", "required", "note"]).unwrap();
    let mut model: BTreeMap<String, BTreeMap<String, Property>> = BTreeMap::new();
    for row in table.rows() {
        let [schema, property, kind, required, _] = columns.cells(row);
        let property_of = Property { kind: kind.to_owned(), required: required == "yes" };
        let schema = model.entry(schema.to_owned()).or_default();
        assert!(
            schema.insert(property.to_owned(), property_of).is_none(),
            "{property} stands twice"
        );
    }
    model
}

fn entities() -> Vec<Value> {
    lines(Format::FollowTheMoney, &[sample::arabic(), sample::english(), sample::english()])
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Which schemas may stand where one is asked for.
fn fits(schema: &str, range: &str) -> bool {
    match range {
        "Thing" => !["Mention", "Documentation"].contains(&schema),
        "LegalEntity" => {
            ["Person", "LegalEntity", "Organization", "PublicBody", "Company"].contains(&schema)
        }
        "Document" => schema == "Article",
        other => schema == other,
    }
}

#[test]
fn entities_fit_the_model() {
    let (model, entities) = (model(), entities());
    let schemas: BTreeMap<&str, &str> =
        entities.iter().map(|entity| (text(&entity["id"]), text(&entity["schema"]))).collect();
    for entity in &entities {
        let schema = text(&entity["schema"]);
        let properties = entity["properties"].as_object().unwrap();
        for (name, property) in &model[schema] {
            assert!(!property.required || properties.contains_key(name), "{schema} lacks {name}");
        }
        for (name, values) in properties {
            let kind = &model[schema].get(name).unwrap_or_else(|| panic!("{schema}:{name}")).kind;
            for value in values.as_array().unwrap() {
                let value = text(value);
                assert!(!value.trim().is_empty(), "{schema}:{name} is empty");
                match kind.split_once(':') {
                    Some((_, range)) => assert!(fits(schemas[value], range), "{schema}:{name}"),
                    None => assert!(is_valid(kind, value), "{schema}:{name} {value}"),
                }
            }
        }
    }
}

fn is_valid(kind: &str, value: &str) -> bool {
    match kind {
        "country" => value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_lowercase()),
        "language" => value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_lowercase()),
        "date" => value.parse::<jiff::civil::Date>().is_ok(),
        "number" => value.parse::<f64>().is_ok(),
        "url" => value.starts_with("http"),
        _ => true,
    }
}

#[test]
fn identifiers_are_unique_or_the_entity_is_the_same() {
    let mut seen: BTreeMap<String, Value> = BTreeMap::new();
    for entity in entities() {
        let id = text(&entity["id"]).to_owned();
        assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{id}");
        if let Some(other) = seen.insert(id.clone(), entity.clone()) {
            assert_eq!(other, entity, "{id}");
        }
    }
    assert!(seen.contains_key("khabar-Q1"), "an item of Wikidata is one in all documents");
    let states: Vec<_> = seen.keys().filter(|id| id.starts_with("khabar-state-")).collect();
    assert_eq!(states, ["khabar-state-fra"]);
}

#[test]
fn events_and_notes_are_documented_by_their_words() {
    let entities = entities();
    let of = |schema: &str| -> Vec<&Value> {
        entities.iter().filter(|entity| entity["schema"] == schema).collect()
    };
    let articles: BTreeMap<&str, &str> = of("Article")
        .iter()
        .map(|article| (text(&article["id"]), text(&article["properties"]["bodyText"][0])))
        .collect();
    let mut documented = BTreeSet::new();
    for edge in of("Documentation") {
        let properties = &edge["properties"];
        let span = text(&properties["recordId"][0]).strip_prefix("char=").unwrap();
        let (start, end) = span.split_once(',').unwrap();
        let body = articles[text(&properties["document"][0])];
        let quoted = characters(body, start.parse().unwrap(), end.parse().unwrap());
        let words = text(&properties["summary"][0]);
        let mut pieces = words.split(" … ");
        assert!(quoted.starts_with(pieces.next().unwrap()), "{words}");
        assert!(pieces.last().is_none_or(|last| quoted.ends_with(last)), "{words}");
        documented.insert(text(&properties["entity"][0]));
    }
    for entity in of("Event").into_iter().chain(of("Note")) {
        assert!(documented.contains(text(&entity["id"])));
        assert!(!entity["properties"]["keywords"].to_string().contains("negated"));
    }
    let denial = of("Note")
        .into_iter()
        .find(|note| note["properties"]["keywords"][0] == "stance:denies")
        .unwrap();
    assert_eq!(denial["properties"]["name"][0], "Layla Haddad denies");
    assert_eq!(denial["properties"]["entity"][0], "khabar-Q1");
}

#[test]
fn an_empty_store_has_no_entities() {
    assert!(lines(Format::FollowTheMoney, &[]).is_empty());
}
