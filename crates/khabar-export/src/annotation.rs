//! W3C Web Annotations: one page of JSON-LD, with an annotation for every statement, event and mention.
//!
//! Each target has a position and a quotation, which select the same words. Positions count code points of khabar's clean
//! text and not of the page, whose markup and furniture are not in it: the source of a target is therefore the text, with the
//! page's address as the place it was obtained from (`via`). Clients that look at the page go by the quotation.

use std::fmt::Write as _;

use khabar_record::{Event, Mention, Party, Statement, TextRange};
use serde_json::{Map, Value, json};

use crate::Result;
use crate::output::Output;
use crate::view::{View, label};

/// How many characters of the surroundings a quotation tells.
const AROUND: usize = 32;

/// The page.
#[derive(Debug)]
pub(crate) struct Annotations {
    out: Output,
    first: bool,
}

/// Percent-encodes what may not stand in the last part of a URN.
fn urn(key: &str) -> String {
    let mut urn = "urn:khabar:".to_owned();
    for byte in key.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' | b':' => {
                urn.push(char::from(byte));
            }
            // Writing to a string can't fail.
            _ => _ = write!(urn, "%{byte:02X}"),
        }
    }
    urn
}

impl Annotations {
    pub(crate) fn create(mut out: Output) -> Result<Self> {
        out.put(
            b"{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\",{\"khabar\":\"urn:khabar:terms:\"}],\
              \"id\":\"urn:khabar:annotations\",\"type\":\"AnnotationPage\",\"items\":[",
        )?;
        Ok(Self { out, first: true })
    }

    pub(crate) fn write(&mut self, view: &View<'_>) -> Result<()> {
        let source = source(view);
        for (n, mention) in view.record().mentions.iter().enumerate() {
            let id = format!("{}/m{n}", view.item.key);
            let body = mention_body(view, mention);
            self.put(&id, "identifying", &body, &targets(view, &source, &[mention.span]))?;
        }
        for statement in &view.record().statements {
            let id = view.statement_key(statement.id);
            let body = statement_body(view, statement);
            self.put(&id, "describing", &body, &targets(view, &source, &statement.content))?;
        }
        for event in &view.record().events {
            let body = event_body(view, event);
            let id = view.event_key(event.id);
            self.put(&id, "classifying", &body, &targets(view, &source, &[event.span]))?;
        }
        Ok(())
    }

    fn put(&mut self, id: &str, motivation: &str, body: &Value, targets: &[Value]) -> Result<()> {
        if targets.is_empty() {
            return Ok(());
        }
        self.out.put(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        let annotation = json!({
            "id": urn(id),
            "type": "Annotation",
            "motivation": motivation,
            "body": body,
            "target": targets,
        });
        let text = serde_json::to_vec(&annotation).map_err(|e| self.out.fault(e.into()))?;
        self.out.put(&text)
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        self.out.put(b"\n]}\n")?;
        self.out.finish()
    }
}

fn source(view: &View<'_>) -> Value {
    let document = &view.record().document;
    let mut source = Map::new();
    source.insert("id".to_owned(), json!(urn(&view.item.key)));
    source.insert("type".to_owned(), json!("Text"));
    source.insert("format".to_owned(), json!("text/plain"));
    if let Some(language) = &document.language {
        source.insert("language".to_owned(), json!(language));
    }
    if let Some(url) = view.url() {
        source.insert("via".to_owned(), json!(url));
    }
    Value::Object(source)
}

fn targets(view: &View<'_>, source: &Value, ranges: &[TextRange]) -> Vec<Value> {
    let target = |&range: &TextRange| {
        let span = view.span(range);
        let (prefix, suffix) = view.around(range, AROUND);
        json!({
            "type": "SpecificResource",
            "source": source,
            "selector": [
                { "type": "TextPositionSelector", "start": span.0, "end": span.1 },
                {
                    "type": "TextQuoteSelector",
                    "exact": view.words(range),
                    "prefix": prefix,
                    "suffix": suffix,
                },
            ],
        })
    };
    // A selector of nothing would be refused.
    ranges.iter().filter(|range| !range.is_empty()).map(target).collect()
}

/// Something that is known by its name, and by its item in Wikidata where it has one.
fn party(view: &View<'_>, party: &Party) -> Value {
    let entity = party.entity.and_then(|id| view.entity(id));
    let mut value = Map::new();
    if let Some(item) = entity.and_then(|entity| entity.wikidata.as_ref()) {
        value.insert("id".to_owned(), json!(format!("http://www.wikidata.org/entity/{item}")));
    }
    if let Some(name) = view.party_name(party) {
        value.insert("khabar:name".to_owned(), json!(name));
    }
    if let Some(country) = view.party_country(party) {
        value.insert("khabar:country".to_owned(), json!(country));
    }
    Value::Object(value)
}

fn parties(view: &View<'_>, parties: &[Party]) -> Vec<Value> {
    parties.iter().map(|one| party(view, one)).collect()
}

fn mention_body(view: &View<'_>, mention: &Mention) -> Value {
    let entity = view.entity(mention.entity);
    let mut body = json!({
        "type": "SpecificResource",
        "purpose": "identifying",
        "khabar:entity": mention.entity.to_string(),
        "khabar:form": label(mention.form),
    });
    if let Some(entity) = entity {
        body["khabar:kind"] = json!(label(entity.kind));
        body["khabar:name"] = json!(view.name(entity));
        // A body that is a specific resource needs a source: the entity.
        let own = || urn(&format!("{}/{}", view.item.key, entity.id));
        body["source"] = json!(
            entity
                .wikidata
                .as_ref()
                .map_or_else(own, |item| format!("http://www.wikidata.org/entity/{item}"))
        );
    }
    body
}

fn statement_body(view: &View<'_>, statement: &Statement) -> Value {
    let source = statement.source.iter().filter_map(|one| view.party_name(one));
    let speakers = source.collect::<Vec<_>>().join(", ");
    let stance = label(statement.stance);
    let mut body = json!({
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": format!("{speakers} {stance}").trim(),
        "khabar:stance": stance,
        "khabar:kind": label(statement.kind),
        "khabar:manner": label(statement.manner),
        "khabar:source": parties(view, &statement.source),
        "khabar:rule": statement.rule,
    });
    if let Some(cue) = &statement.cue {
        body["khabar:cue"] = json!(view.words(cue.span));
    }
    for (name, other) in
        [("khabar:within", statement.within), ("khabar:answers", statement.answers)]
    {
        if let Some(other) = other {
            body[name] = json!({ "id": urn(&view.statement_key(other)) });
        }
    }
    body
}

fn event_body(view: &View<'_>, event: &Event) -> Value {
    let mut kind = event.kind.clone();
    if let Some(mode) = &event.mode {
        kind = format!("{kind}/{mode}");
    }
    let trigger = view.span(event.trigger);
    let mut body = json!({
        "type": "TextualBody",
        "purpose": "classifying",
        "format": "text/plain",
        "value": kind,
        "khabar:status": label(event.status),
        "khabar:trigger": view.words(event.trigger),
        "khabar:triggerStart": trigger.0,
        "khabar:triggerEnd": trigger.1,
        "khabar:actor": parties(view, &event.actors),
        "khabar:recipient": parties(view, &event.recipients),
        "khabar:rule": event.rule,
    });
    if let Some(code) = &event.cameo {
        body["khabar:cameo"] = json!(code);
    }
    if let Some(said) = event.according_to {
        body["khabar:accordingTo"] = json!({ "id": urn(&view.statement_key(said)) });
    }
    body
}
