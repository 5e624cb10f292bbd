//! Rows of the store as pages for people.

mod stories;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;
use khabar_record::TextRange;
use khabar_store::{Bearer, Claim, Hit, PassageKind, Relation, Row, RowKind, Timeline, Who};

use super::bidi::isolate;
use super::chart::{bar, sparkline};
use super::wrap::{shorten, wrap};
use super::{Layout, status_note};

/// Stand in wrapped text for where bold type starts and ends.
const ON: char = '\u{1}';
const OFF: char = '\u{2}';

/// A page on its way.
#[derive(Debug)]
pub(crate) struct Page {
    layout: Layout,
    out: String,
}

impl Page {
    pub(crate) fn new(layout: Layout) -> Self {
        Self { layout, out: String::new() }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// Prints text wrapped and indented, with its marks.
    fn block(&mut self, indent: usize, text: &str) {
        // A mark that a line's end cuts is closed and opened again.
        let mut open = false;
        for line in wrap(text, self.layout.width.saturating_sub(indent)) {
            let mut line = if open { format!("{ON}{line}") } else { line };
            open = line.rfind(ON) > line.rfind(OFF);
            if open {
                line.push(OFF);
            }
            let line = self.marked(&isolate(&line));
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    fn marked(&self, line: &str) -> String {
        let (on, off) = if self.layout.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("*", "*") };
        line.replace(ON, on).replace(OFF, off)
    }

    /// Prints a document that a search found.
    pub(crate) fn hit(&mut self, hit: &Hit) {
        let document = &hit.document.record.document;
        if !self.out.is_empty() {
            self.line("");
        }
        let title = document.title.as_deref().unwrap_or("(without a title)");
        for line in wrap(title, self.layout.width) {
            let line = self.layout.bold(&isolate(&line));
            self.line(&line);
        }
        let mut facts: Vec<String> = document.outlet.as_deref().map(isolate).into_iter().collect();
        facts.extend(document.published.map(|day| day.to_string()));
        facts.extend(document.language.clone());
        facts.push(hit.document.key.short());
        let facts = self.layout.dim(&facts.join(" · "));
        self.line(&facts);
        for (passage, row) in hit.passages.iter().zip(hit.rows()) {
            let words = marked_words(&document.text, passage.span, &passage.marks);
            if passage.kind == PassageKind::Text {
                self.block(2, &words);
            } else {
                let head = self.head(&row, false);
                self.line(&format!("  {head}"));
                self.block(4, &words);
            }
        }
    }

    /// Prints one statement or event with its document.
    pub(crate) fn row(&mut self, row: &Row) {
        let head = self.head(row, true);
        self.line(&head);
        self.block(4, &row.words);
    }

    /// "2021-06-13  Haddad → River Agency  denies  [bulletin · Jarida · 3f2a9c01bd/s3]".
    fn head(&self, row: &Row, with_document: bool) -> String {
        let names =
            |names: &[String]| names.iter().map(|it| isolate(it)).collect::<Vec<_>>().join(", ");
        let who = if row.who.is_empty() { "someone".to_owned() } else { names(&row.who) };
        let mut line = String::new();
        if with_document {
            let day = row.day.map_or_else(|| "-".to_owned(), |day| day.to_string());
            let _ = write!(line, "{day:<10}  ");
        }
        if row.kind == RowKind::Text {
            let outlet = row.head.outlet.as_deref().map_or_else(|| "the text".to_owned(), isolate);
            let _ = write!(line, "{}", self.layout.bold(&outlet));
        } else if row.kind == RowKind::Event {
            let _ = write!(line, "{:<18} {}", row.what, self.layout.bold(&who));
            if !row.whom.is_empty() {
                let _ = write!(line, " → {}", names(&row.whom));
            }
        } else {
            let _ = write!(line, "{} — {}", self.layout.bold(&who), row.what);
            if !row.whom.is_empty() {
                let _ = write!(line, " to {}", names(&row.whom));
            }
        }
        let mut notes: Vec<String> = row.place.as_deref().map(isolate).into_iter().collect();
        notes.extend(row.status.and_then(status_note).map(str::to_owned));
        if !row.according_to.is_empty() {
            let through = if row.kind == RowKind::Event { "according to" } else { "through" };
            notes.push(format!("{through} {}", names(&row.according_to)));
        }
        if with_document && row.kind != RowKind::Text {
            notes.extend(row.head.outlet.as_deref().map(isolate));
        }
        notes.push(short_id(&row.id));
        line + &self.layout.dim(&format!("  [{}]", notes.join(" · ")))
    }

    /// Prints what is known of somebody.
    pub(crate) fn who(&mut self, who: &Who) {
        for bearer in who.bearers.iter().take(BEARERS) {
            self.bearer(bearer);
        }
        if who.bearers.len() > BEARERS {
            let rest = format!("and {} others of that name", who.bearers.len() - BEARERS);
            let rest = self.layout.dim(&rest);
            self.line(&rest);
        }
        self.months(&who.months);
        for (relation, rows) in &who.rows {
            let count = who.counts.get(relation).copied().unwrap_or(0);
            let heading = format!("{} ({count})", heading(*relation));
            let heading = self.layout.bold(&heading);
            self.line("");
            self.line(&heading);
            if count > rows.len() as u64 {
                let note = self.layout.dim(&format!("  the latest {}", rows.len()));
                self.line(&note);
            }
            for row in rows {
                let head = self.head(row, true);
                self.line(&format!("  {head}"));
                let words = shorten(&row.words, self.layout.width.saturating_sub(6) * 2);
                self.block(6, &words);
            }
        }
    }

    fn bearer(&mut self, bearer: &Bearer) {
        let names: Vec<String> =
            [&bearer.en, &bearer.ar].into_iter().flatten().map(|name| isolate(name)).collect();
        let mut facts = vec![bearer.kind.clone()];
        facts.extend(bearer.country.clone());
        facts.extend(bearer.roles.iter().cloned());
        facts.extend(bearer.wikidata.clone());
        facts.push(count(bearer.documents, "document"));
        let names = self.layout.bold(&names.join(" / "));
        let facts = self.layout.dim(&format!("  [{}]", facts.join(" · ")));
        self.line(&format!("{names}{facts}"));
    }

    fn months(&mut self, months: &BTreeMap<Date, u64>) {
        let (Some((&first, _)), Some((&last, _))) =
            (months.first_key_value(), months.last_key_value())
        else {
            return;
        };
        let all: Vec<u64> = first
            .series(1.month())
            .take_while(|month| *month <= last)
            .map(|month| months.get(&month).copied().unwrap_or(0))
            .collect();
        let shown = &all[all.len().saturating_sub(self.layout.width / 2)..];
        if shown.len() > 1 {
            let line = sparkline(shown);
            self.line(&format!("{} {line} {}", first.strftime("%Y-%m"), last.strftime("%Y-%m")));
        }
    }

    /// Prints a claim that is denied, or numbers that contradict each other.
    pub(crate) fn claim(&mut self, claim: &Claim) {
        if !self.out.is_empty() {
            self.line("");
        }
        for line in wrap(&claim.words, self.layout.width) {
            let line = self.layout.bold(&isolate(&line));
            self.line(&line);
        }
        if let Some(day) = claim.since {
            let since = self.layout.dim(&format!("since {day}"));
            self.line(&since);
        }
        for (side, rows) in [("says so", &claim.asserted), ("denies", &claim.denied)] {
            for row in rows {
                let head = self.head(row, true);
                self.line(&format!("  {side:<8} {head}"));
                if row.words != claim.words {
                    let words = shorten(&row.words, self.layout.width.saturating_sub(12) * 2);
                    self.block(12, &words);
                }
            }
        }
        for rival in &claim.rivals {
            let head = self.head(&rival.row, true);
            self.line(&format!("  {}  {head}", self.layout.bold(&isolate(&rival.number))));
            let words = shorten(&rival.row.words, self.layout.width.saturating_sub(12) * 2);
            self.block(12, &words);
        }
    }

    /// Prints what happened, with a chart of how much happened when.
    pub(crate) fn timeline(&mut self, timeline: &Timeline) {
        self.bars(&timeline.days);
        for entry in &timeline.entries {
            let mut head = self.head(&entry.row, true);
            if entry.reports > 1 {
                let reports = count(entry.reports, "report");
                let _ = write!(head, "  {reports} by {}", count(entry.outlets, "outlet"));
            }
            self.line(&head);
            let words = shorten(&entry.row.words, self.layout.width.saturating_sub(12));
            self.block(12, &words);
        }
    }

    /// A bar for each day, or for each month when there are many days.
    fn bars(&mut self, days: &BTreeMap<Date, u64>) {
        const MOST: usize = 31;
        if days.len() < 2 {
            return;
        }
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let form = if days.len() > MOST { "%Y-%m" } else { "%Y-%m-%d" };
        for (day, count) in days {
            *counts.entry(day.strftime(form).to_string()).or_default() += count;
        }
        let most = counts.values().copied().max().unwrap_or(0);
        let skipped = counts.len().saturating_sub(MOST);
        for (period, count) in counts.iter().skip(skipped) {
            let bar = bar(*count, most, self.layout.width / 2);
            self.line(&format!("{period:<10}  {bar} {count}"));
        }
        self.line("");
    }
}

/// So many who bear a name are introduced.
const BEARERS: usize = 5;

fn heading(relation: Relation) -> &'static str {
    match relation {
        Relation::Said => "Said",
        Relation::Did => "Did",
        Relation::SaidOf => "Said of them",
        Relation::DoneTo => "Done to them",
    }
}

fn count(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// The start of the key is enough for a person, and `khabar show` takes it.
fn short_id(id: &str) -> String {
    match id.split_once('/') {
        Some((key, part)) => format!("{}/{part}", &key[..key.len().min(10)]),
        None => id[..id.len().min(10)].to_owned(),
    }
}

/// The words of a passage on one line, with marks.
fn marked_words(text: &str, span: TextRange, marks: &[TextRange]) -> String {
    let mut out = String::new();
    let mut at = span.start();
    for &mark in marks.iter().filter(|mark| span.contains_range(**mark)) {
        if mark.start() < at {
            continue;
        }
        out.push_str(&text[TextRange::new(at, mark.start())]);
        out.push(ON);
        out.push_str(&text[mark]);
        out.push(OFF);
        at = mark.end();
    }
    out.push_str(&text[TextRange::new(at, span.end())]);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use khabar_record::Status;

    use super::*;

    #[test]
    fn marks_survive_the_end_of_a_line() {
        let text = "the long river dam broke";
        let marks = [TextRange::new(4_u32, 14_u32), TextRange::new(19_u32, 24_u32)];
        let words = marked_words(text, TextRange::of(text), &marks);
        let mut page = Page::new(Layout { width: 14, colour: false });
        page.block(2, &words);
        assert_eq!(page.finish(), "  the *long*\n  *river* dam\n  *broke*\n");
    }

    #[test]
    fn identifiers_are_cut_to_what_show_takes() {
        assert_eq!(short_id("0123456789abcdef0123456789abcdef/s3"), "0123456789/s3");
        assert_eq!(short_id("0123"), "0123");
    }

    /// Every status has its note or none; none is forgotten in the heads of rows.
    #[test]
    fn only_what_happened_has_no_note() {
        assert_eq!(status_note(Status::Actual), None);
        assert!(status_note(Status::Negated).is_some());
    }
}
