//! A record as a page that a person likes to read: whose report it is, who says what through whom, what happened when.

mod bidi;
mod chart;
pub(crate) mod rows;
mod wrap;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};

use khabar_record::{
    Entity, EntityId, Event, Manner, OriginKind, Party, Record, Stance, Statement, StatementKind,
    Status, TextRange,
};

use bidi::isolate;
use wrap::{shorten, wrap};

/// How the page is laid out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// Columns of the terminal.
    pub(crate) width: usize,
    /// Whether to use bold and dim type.
    pub(crate) colour: bool,
}

impl Layout {
    /// The layout that suits the standard output.
    pub(crate) fn of_output() -> Self {
        let terminal = io::stdout().is_terminal();
        Self {
            width: if terminal { terminal_width() } else { 100 },
            colour: terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    fn bold(self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn dim(self, text: &str) -> String {
        if self.colour { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Returns a line length that suits the terminal: its width, within what the eye can follow.
fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 120)
}

/// Renders one record.
pub(crate) fn render(record: &Record, layout: Layout) -> String {
    let mut page = Page { record, layout, entities: BTreeMap::new(), out: String::new() };
    page.entities.extend(record.entities.iter().map(|entity| (entity.id, entity)));
    page.head();
    page.statements();
    page.events();
    page.times();
    page.out
}

struct Page<'r> {
    record: &'r Record,
    layout: Layout,
    entities: BTreeMap<EntityId, &'r Entity>,
    out: String,
}

impl Page<'_> {
    fn bold(&self, text: &str) -> String {
        self.layout.bold(text)
    }

    fn dim(&self, text: &str) -> String {
        self.layout.dim(text)
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// Prints `text` wrapped, its first line behind `head` and the others indented by as many columns.
    fn hanging(&mut self, head: &str, text: &str) {
        let indent = head.chars().count();
        for (n, line) in wrap(text, self.layout.width.saturating_sub(indent)).iter().enumerate() {
            let lead = if n == 0 { head.to_owned() } else { " ".repeat(indent) };
            self.line(&format!("{lead}{}", isolate(line)));
        }
    }

    fn heading(&mut self, text: &str) {
        let heading = self.bold(text);
        self.line("");
        self.line(&heading);
    }

    fn head(&mut self) {
        let document = &self.record.document;
        let title = document.title.as_deref().unwrap_or("(without a title)");
        for line in wrap(title, self.layout.width) {
            let bold = self.bold(&isolate(&line));
            self.line(&bold);
        }
        let mut facts: Vec<String> = Vec::new();
        facts.extend(document.outlet.as_deref().map(isolate));
        facts.extend(document.published.map(|day| day.to_string()));
        facts.extend((!document.byline.is_empty()).then(|| isolate(&document.byline.join(", "))));
        facts.extend(origin_phrase(self.record));
        facts.extend(document.language.clone());
        let facts = self.dim(&facts.join(" · "));
        self.line(&facts);
        if !document.source.is_empty() {
            let source = self.dim(&document.source);
            self.line(&source);
        }
        for error in &self.record.errors {
            self.line(&format!("! {error}"));
        }
    }

    fn statements(&mut self) {
        if self.record.statements.is_empty() {
            return;
        }
        self.heading("Statements");
        for statement in &self.record.statements {
            let depth = self.depth(statement);
            let head = format!("{}{}", "  ".repeat(depth + 1), self.who(statement));
            self.line(&head);
            let content = statement
                .content
                .iter()
                .map(|&span| self.words(span))
                .collect::<Vec<_>>()
                .join(" … ");
            let quoted = match statement.manner {
                _ if content.is_empty() => String::new(),
                Manner::Direct => format!("“{content}”"),
                Manner::Mixed | Manner::Indirect => content,
            };
            self.hanging(&"  ".repeat(depth + 3), &quoted);
        }
    }

    /// How many statements carry this one.
    fn depth(&self, statement: &Statement) -> usize {
        let mut depth = 0;
        let mut carrier = statement.within;
        while let Some(id) = carrier
            && depth < 8
        {
            depth += 1;
            carrier =
                self.record.statements.iter().find(|other| other.id == id).and_then(|it| it.within);
        }
        depth
    }

    /// "Lukashenko — through Xinhua — says (denies s3), 26 February".
    fn who(&self, statement: &Statement) -> String {
        let mut parts = vec![match statement.source.as_slice() {
            [] => "someone".to_owned(),
            sources => self.bold(&self.parties(sources)),
        }];
        let carriers: Vec<String> = statement
            .chain
            .iter()
            .filter(|id| !statement.source.iter().any(|party| party.entity == Some(**id)))
            .map(|id| isolate(&self.name(*id)))
            .collect();
        if !carriers.is_empty() {
            parts.push(format!("through {}", carriers.join(", ")));
        }
        let mut verb = verb(statement).to_owned();
        if let Some(id) = statement.answers {
            let _ = write!(verb, " {id}");
        }
        parts.push(verb);
        let mut line = parts.join(" — ");
        if !statement.addressee.is_empty() {
            let _ = write!(line, " to {}", self.parties(&statement.addressee));
        }
        let mut notes = vec![statement.id.to_string()];
        notes.extend(statement.medium.as_ref().map(|medium| medium.kind.clone()));
        notes.extend(statement.said_at.and_then(|at| self.time(at)));
        let notes = self.dim(&format!("  [{}]", notes.join(", ")));
        line + &notes
    }

    fn events(&mut self) {
        if self.record.events.is_empty() {
            return;
        }
        self.heading("Events");
        for event in &self.record.events {
            let line = self.event_line(event);
            self.line(&line);
            let words = shorten(&self.words(event.span), self.layout.width.saturating_sub(6));
            let words = self.dim(&isolate(&words));
            self.line(&format!("      {words}"));
        }
    }

    fn event_line(&self, event: &Event) -> String {
        let kind = match &event.mode {
            Some(mode) => format!("{} {mode}", event.kind),
            None => event.kind.clone(),
        };
        let mut line = format!("  {kind:<20} ");
        line.push_str(&self.side(&event.actors));
        if !event.recipients.is_empty() {
            let _ = write!(line, " → {}", self.side(&event.recipients));
        }
        let mut notes = Vec::new();
        notes.extend(event.when.and_then(|at| self.time(at)));
        notes.extend(event.place.map(|id| isolate(&self.name(id))));
        notes.extend(status_note(event.status).map(str::to_owned));
        notes.extend(event.according_to.map(|id| format!("according to {id}")));
        if !notes.is_empty() {
            let notes = self.dim(&format!("  [{}]", notes.join(", ")));
            line.push_str(&notes);
        }
        line
    }

    fn times(&mut self) {
        let dated: Vec<String> = self
            .record
            .times
            .iter()
            .map(|time| format!("{} = {}", isolate(&self.words(time.span)), time.value))
            .collect();
        if dated.is_empty() {
            return;
        }
        self.heading("Times");
        for line in wrap(&dated.join(" · "), self.layout.width.saturating_sub(2)) {
            self.line(&format!("  {line}"));
        }
    }

    fn words(&self, span: TextRange) -> String {
        self.record.document.text[span].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn time(&self, index: u32) -> Option<String> {
        self.record.times.get(index as usize).map(|time| time.value.clone())
    }

    /// The name of an entity in the document's language, else in any.
    fn name(&self, id: EntityId) -> String {
        let Some(entity) = self.entities.get(&id) else {
            return id.to_string();
        };
        let language = self.record.document.language.as_deref().unwrap_or("en");
        entity
            .names
            .get(language)
            .or_else(|| entity.names.values().next())
            .cloned()
            .or_else(|| {
                let mention = self.record.mentions.iter().find(|mention| mention.entity == id)?;
                Some(self.words(mention.span))
            })
            .or_else(|| entity.role.clone())
            .unwrap_or_else(|| id.to_string())
    }

    /// Parties by name, else by the words that stand for them.
    fn parties(&self, parties: &[Party]) -> String {
        let names: Vec<String> = parties
            .iter()
            .map(|party| match (party.entity, party.span) {
                (Some(id), _) => isolate(&self.name(id)),
                (None, Some(span)) => isolate(&self.words(span)),
                (None, None) => party.country.clone().unwrap_or_else(|| "someone".to_owned()),
            })
            .collect();
        names.join(", ")
    }

    fn side(&self, parties: &[Party]) -> String {
        if parties.is_empty() { "(unknown)".to_owned() } else { self.parties(parties) }
    }
}

fn verb(statement: &Statement) -> &'static str {
    match (statement.kind, statement.stance) {
        (StatementKind::Attitude, Stance::Asserts) => "thinks",
        (_, Stance::Asserts) => "says",
        (_, Stance::Denies) => "denies",
        (_, Stance::Confirms) => "confirms",
        (_, Stance::Doubts) => "doubts",
        (_, Stance::Asks) => "asks",
        (_, Stance::Demands) => "demands",
        (_, Stance::Promises) => "promises",
        (_, Stance::Warns) => "warns",
        (_, Stance::Accuses) => "accuses",
    }
}

fn status_note(status: Status) -> Option<&'static str> {
    match status {
        Status::Actual => None,
        Status::Historical => Some("earlier"),
        Status::Future => Some("to come"),
        Status::Hypothetical => Some("possible"),
        Status::Negated => Some("did not happen"),
    }
}

fn origin_phrase(record: &Record) -> Option<String> {
    let origin = record.document.origin.as_ref()?;
    let how = match origin.kind {
        OriginKind::Own => return None,
        OriginKind::Wire => "agency report",
        OriginKind::Republished => "republished",
        OriginKind::Translated => "translated",
    };
    Some(match &origin.outlet {
        Some(outlet) => format!("{how} from {}", isolate(outlet)),
        None => how.to_owned(),
    })
}

#[cfg(test)]
mod tests;
