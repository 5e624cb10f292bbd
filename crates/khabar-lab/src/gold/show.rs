//! `gold show`: an article with its layers, paragraph by paragraph, for a person's eyes.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use khabar_record::{Event, MentionForm, Party, Record, Statement, TextRange};

use super::compile::Gold;
use super::corpus::load_file;
use super::figure::Layer;
use super::file::ArticleFile;
use super::words::{isolate, quote};

/// Prints one annotation.
pub(crate) fn run(path: &Path, layers: &[Layer]) -> Result<ExitCode> {
    let (file, gold, faults) = load_file(path)?;
    let mut out = io::stdout().lock();
    out.write_all(render(&file, &gold, layers).as_bytes())?;
    for fault in &faults {
        writeln!(out, "fault: {fault}")?;
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Lays out an annotation as text.
pub(crate) fn render(file: &ArticleFile, gold: &Gold, layers: &[Layer]) -> String {
    let shown = |layer| layers.is_empty() || layers.contains(&layer);
    let view = View { record: &gold.record, gold };
    let mut out = String::new();
    let byline = file.byline.join(", ");
    let _ = writeln!(out, "{} · {} · {}", file.id, isolate(&file.outlet), file.published);
    let origin = format!("{:?} {}", file.origin.kind, file.origin.outlet);
    let _ = writeln!(out, "{} · {:?} · {}", isolate(&byline), file.style, isolate(&origin));
    let _ = writeln!(out, "{}", isolate(&file.title));
    let text = &file.text;
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let range = TextRange::new(start, start + paragraph.len());
        start = range.end().to_usize() + 2;
        let _ = writeln!(out, "\n{}", isolate(paragraph));
        if shown(Layer::Times) {
            view.times(range, &mut out);
        }
        if shown(Layer::Amounts) {
            view.amounts(range, &mut out);
        }
        if shown(Layer::Statements) {
            let here = |s: &&Statement| range.contains(statement_place(s));
            view.record.statements.iter().filter(here).for_each(|s| view.statement(s, &mut out));
        }
        if shown(Layer::Events) {
            let here = |event: &&Event| range.contains(event.trigger.start());
            view.record.events.iter().filter(here).for_each(|event| view.event(event, &mut out));
        }
    }
    if shown(Layer::Mentions) {
        view.entities(&mut out);
    }
    out
}

fn statement_place(statement: &Statement) -> khabar_record::TextSize {
    let cue = statement.cue.as_ref().map(|cue| cue.span);
    cue.or(statement.content.first().copied()).unwrap_or_default().start()
}

struct View<'a> {
    record: &'a Record,
    gold: &'a Gold,
}

impl View<'_> {
    fn quote(&self, span: TextRange) -> String {
        quote(&self.record.document.text[span], 110)
    }

    fn times(&self, range: TextRange, out: &mut String) {
        for time in self.record.times.iter().filter(|time| range.contains_range(time.span)) {
            let _ =
                writeln!(out, "   time {} = {:?} {}", self.quote(time.span), time.kind, time.value);
        }
    }

    fn amounts(&self, range: TextRange, out: &mut String) {
        for amount in self.record.amounts.iter().filter(|amount| range.contains_range(amount.span))
        {
            let unit = amount.unit.as_deref().unwrap_or("-");
            let of = amount.of.as_ref().map_or_else(String::new, |of| format!(" {of}"));
            let what = format!("{} {:?} {} {unit}{of}", amount.kind, amount.bound, amount.value);
            let _ = writeln!(out, "   amount {} = {what}", self.quote(amount.span));
        }
    }

    fn name(&self, id: khabar_record::EntityId) -> &str {
        self.gold.entity_names.get(id.0 as usize - 1).map_or("?", String::as_str)
    }

    fn statement_name(&self, id: khabar_record::StatementId) -> &str {
        self.gold.statement_names.get(id.0 as usize - 1).map_or("?", String::as_str)
    }

    fn parties(&self, parties: &[Party]) -> String {
        let one = |party: &Party| {
            let words = party.span.map(|span| self.quote(span));
            match (party.entity, words) {
                (Some(id), Some(words)) => format!("{} {words}", self.name(id)),
                (Some(id), None) => self.name(id).to_owned(),
                (None, words) => words.unwrap_or_default(),
            }
        };
        parties.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    fn statement(&self, s: &Statement, out: &mut String) {
        let cue = s.cue.as_ref().map_or_else(
            || "no cue".into(),
            |cue| format!("{} ({})", self.quote(cue.span), cue.act),
        );
        let source = if s.source.is_empty() { "unknown".into() } else { self.parties(&s.source) };
        let _ = writeln!(
            out,
            "   {} {source} · {cue} · {:?} {:?} {:?}",
            self.statement_name(s.id),
            s.stance,
            s.manner,
            s.kind
        );
        for content in &s.content {
            let _ = writeln!(out, "      says {}", self.quote(*content));
        }
        let mut more = Vec::new();
        if !s.addressee.is_empty() {
            more.push(format!("to {}", self.parties(&s.addressee)));
        }
        more.extend(
            s.medium
                .as_ref()
                .map(|medium| format!("by {} ({})", self.quote(medium.span), medium.kind)),
        );
        more.extend(s.within.map(|id| format!("within {}", self.statement_name(id))));
        if !s.chain.is_empty() {
            more.push(s.chain.iter().map(|id| self.name(*id)).collect::<Vec<_>>().join(" > "));
        }
        more.extend(s.answers.map(|id| format!("answers {}", self.statement_name(id))));
        let far = self.gold.answers_elsewhere.iter().filter(|(id, _)| *id == s.id);
        more.extend(far.map(|(_, far)| format!("answers {far}")));
        more.extend(
            s.said_at
                .and_then(|n| self.record.times.get(n as usize))
                .map(|time| format!("at {}", time.value)),
        );
        if !more.is_empty() {
            let _ = writeln!(out, "      {}", more.join(" · "));
        }
    }

    fn event(&self, event: &Event, out: &mut String) {
        let name = self.gold.event_names.get(event.id.0 as usize - 1).map_or("?", String::as_str);
        let mode = event.mode.as_ref().map_or_else(String::new, |mode| format!(" {mode}"));
        let _ = writeln!(
            out,
            "   {name} {}{mode} {} · {:?} · {}",
            event.kind,
            self.quote(event.trigger),
            event.status,
            event.contexts.join(" ")
        );
        let _ = writeln!(
            out,
            "      [{}] > [{}]",
            self.parties(&event.actors),
            self.parties(&event.recipients)
        );
        let mut more = Vec::new();
        more.extend(
            event.according_to.map(|id| format!("according to {}", self.statement_name(id))),
        );
        more.extend(
            event
                .when
                .and_then(|n| self.record.times.get(n as usize))
                .map(|time| format!("when {}", time.value)),
        );
        more.extend(event.place.map(|id| format!("where {}", self.name(id))));
        let amounts = event.amounts.iter().filter_map(|&n| self.record.amounts.get(n as usize));
        more.extend(amounts.map(|amount| self.quote(amount.span)));
        more.extend(
            self.gold
                .happenings
                .get(event.id.0 as usize - 1)
                .cloned()
                .flatten()
                .map(|h| format!("happening {h}")),
        );
        if !more.is_empty() {
            let _ = writeln!(out, "      {}", more.join(" · "));
        }
    }

    fn entities(&self, out: &mut String) {
        out.push('\n');
        for entity in &self.record.entities {
            let names: Vec<String> = entity.names.values().map(|name| isolate(name)).collect();
            let mut head = vec![format!("{:?}", entity.kind), names.join(" / ")];
            head.extend(entity.country.clone());
            head.push(entity.sectors.join(" "));
            head.extend(entity.role.clone());
            head.retain(|part| !part.is_empty());
            let _ = writeln!(out, "{}: {}", self.name(entity.id), head.join(" · "));
            for form in [
                MentionForm::Name,
                MentionForm::Nominal,
                MentionForm::Pronoun,
                MentionForm::Implicit,
            ] {
                let mentions =
                    self.record.mentions.iter().filter(|m| m.entity == entity.id && m.form == form);
                let words: Vec<String> = mentions.map(|mention| self.quote(mention.span)).collect();
                if !words.is_empty() {
                    let _ = writeln!(out, "   {form:?}: {}", words.join(" "));
                }
            }
        }
    }
}
