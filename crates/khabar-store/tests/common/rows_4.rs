//! Statements, events and amounts as version 4 of the tables had them: a row each.

use std::fmt::Write as _;

use jiff::civil::Date;
use khabar_record::{CodePointRange, Event, Party, Record, Statement};
use khabar_store::NewDocument;
use rusqlite::{Connection, params};
use serde::Serialize;

/// Takes a store back to version 4, which holds these documents.
pub(crate) fn take_back(db: &Connection, documents: impl Iterator<Item = NewDocument>) {
    let sql = include_str!("../cases/to_4.sql");
    let (aside, over) = sql.split_once("-- ROWS").unwrap();
    for sql in [aside, include_str!("../../src/sql/rows_4.sql"), over] {
        db.execute_batch(sql).unwrap();
    }
    for document in documents {
        let doc: i64 = db
            .query_row(
                "SELECT doc FROM _documents WHERE key = unhex(?1)",
                [document.key.to_string()],
                |row| row.get(0),
            )
            .unwrap();
        let record = document.record.into_code_points();
        let rows = Rows { db, doc, record: &record };
        rows.amounts();
        record.statements.iter().zip(0..).for_each(|(it, n)| rows.statement(n, it));
        record.events.iter().zip(0..).for_each(|(it, n)| rows.event(n, it));
    }
}

struct Rows<'r> {
    db: &'r Connection,
    doc: i64,
    record: &'r Record<CodePointRange>,
}

impl Rows<'_> {
    fn row(&self, n: i64) -> i64 {
        (self.doc << 26) + n
    }

    fn term(&self, word: &str) -> i64 {
        let sql = "SELECT term FROM _terms WHERE text = ?1";
        self.db.query_row(sql, [word], |row| row.get(0)).unwrap()
    }

    fn named(&self, value: impl Serialize) -> i64 {
        self.term(serde_json::to_value(value).unwrap().as_str().unwrap())
    }

    fn word(&self, word: Option<&String>) -> Option<i64> {
        word.map(|word| self.term(word))
    }

    fn day(&self, time: Option<u32>) -> Option<i64> {
        let start = time.and_then(|n| self.record.times[n as usize].start.as_deref());
        let day = start.map(|start| start[..10].parse().unwrap());
        let epoch: Date = "1970-01-01".parse().unwrap();
        let day: Date = day.or(self.record.document.published)?;
        Some(i64::from(epoch.until(day).unwrap().get_days()))
    }

    fn parties(&self, parties: &[Party<CodePointRange>]) -> Option<String> {
        let mut out = Vec::new();
        for party in parties {
            let mut fields = vec![
                party.entity.map(|id| i64::from(id.0)),
                party.span.map(|span| i64::from(span.0)),
                party.span.map(|span| i64::from(span.1)),
                self.word(party.country.as_ref()),
                self.word(party.sector.as_ref()),
            ];
            while fields.last() == Some(&None) {
                fields.pop();
            }
            out.push(serde_json::to_string(&fields).unwrap());
        }
        (!out.is_empty()).then(|| out.join(","))
    }

    fn amounts(&self) {
        for (amount, n) in self.record.amounts.iter().zip(0..) {
            let (start, length) = place(amount.span);
            let sql = "INSERT INTO _amounts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
            let row = params![
                self.row(n),
                start,
                length,
                self.term(&amount.kind),
                amount.value,
                amount.high,
                self.word(amount.unit.as_ref()),
                self.named(amount.bound),
                self.word(amount.of.as_ref()),
            ];
            self.db.execute(sql, row).unwrap();
        }
    }

    fn statement(&self, n: i64, statement: &Statement<CodePointRange>) {
        let cue = statement.cue.as_ref();
        let medium = statement.medium.as_ref();
        let row = params![
            self.row(n),
            statement.id.0,
            self.parties(&statement.source),
            cue.map(|cue| place(cue.span).0),
            cue.map(|cue| place(cue.span).1),
            self.word(cue.map(|cue| &cue.lemma)),
            self.word(cue.map(|cue| &cue.act)),
            list(statement.content.iter().flat_map(|span| [span.0, span.1])),
            self.named(statement.manner),
            self.named(statement.kind),
            self.named(statement.stance),
            self.parties(&statement.addressee),
            medium.map(|it| format!("{},{},{}", it.span.0, it.span.1, self.term(&it.kind))),
            statement.within.map(|id| id.0),
            list(statement.chain.iter().map(|id| id.0)),
            statement.answers.map(|id| id.0),
            statement.said_at,
            self.day(statement.said_at),
            self.term(&statement.rule),
        ];
        let sql = "INSERT INTO _statements VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
        self.db.execute(sql, row).unwrap();
    }

    fn event(&self, n: i64, event: &Event<CodePointRange>) {
        let (trigger_start, trigger_length) = place(event.trigger);
        let (start, length) = place(event.span);
        let contexts = event.contexts.iter().map(|context| self.term(context));
        let row = params![
            self.row(n),
            event.id.0,
            self.term(&event.kind),
            self.word(event.mode.as_ref()),
            list(contexts),
            self.word(event.cameo.as_ref()),
            trigger_start,
            trigger_length,
            start,
            length,
            self.parties(&event.actors),
            self.parties(&event.recipients),
            self.named(event.status),
            event.when,
            event.place.map(|id| id.0),
            event.according_to.map(|id| id.0),
            list(event.amounts.iter()),
            self.day(event.when),
            self.term(&event.rule),
        ];
        let sql = "INSERT INTO _events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";
        self.db.execute(sql, row).unwrap();
    }
}

fn place(span: CodePointRange) -> (u32, u32) {
    (span.0, span.1 - span.0)
}

fn list(numbers: impl Iterator<Item = impl std::fmt::Display>) -> Option<String> {
    let mut out = String::new();
    for number in numbers {
        let comma = if out.is_empty() { "" } else { "," };
        let _ = write!(out, "{comma}{number}");
    }
    (!out.is_empty()).then_some(out)
}
