//! Stories and what happened in them, as pages for people.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use khabar_store::{Happening, Story, StoryDocument};

use super::{Page, bar, count, isolate, short_id, shorten, sparkline, wrap};

impl Page {
    /// Prints a story in a list: its headline, its documents by day, who tells it.
    pub(crate) fn story_line(&mut self, story: &Story) {
        if !self.out.is_empty() {
            self.line("");
        }
        let title = story.title.as_deref().unwrap_or("(without a title)");
        for line in wrap(title, self.layout.width) {
            let line = self.layout.bold(&isolate(&line));
            self.line(&line);
        }
        let copies = story.documents.iter().filter(|it| it.copy_of.is_some()).count() as u64;
        let mut facts = vec![match (story.first, story.last) {
            (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
            (Some(day), _) => day.to_string(),
            _ => "no day".to_owned(),
        }];
        let documents = count(story.documents.len() as u64, "document");
        facts.push(match copies {
            0 => documents,
            1 => format!("{documents}, one a near-copy"),
            _ => format!("{documents}, {copies} near-copies"),
        });
        facts.push(voices(&story.outlets, &story.countries));
        facts.push(story.languages.join(" "));
        facts.push(short_id(&story.id));
        let facts = self.layout.dim(&facts.join(" · "));
        let days = days(story, self.layout.width / 2);
        let days = if days.is_empty() { days } else { format!("{days}  ") };
        self.line(&format!("{days}{facts}"));
    }

    /// Prints a story with its documents and with what happened in it, at most `limit` happenings.
    pub(crate) fn story(&mut self, story: &Story, limit: usize) {
        self.story_line(story);
        for StoryDocument { head, copy_of } in &story.documents {
            let day = head.published.map_or_else(|| "-".to_owned(), |day| day.to_string());
            let outlet = head.outlet.as_deref().map(isolate).unwrap_or_default();
            let title = head.title.as_deref().unwrap_or(&head.source);
            let title = isolate(&shorten(title, self.layout.width.saturating_sub(30)));
            let mut notes = vec![short_id(&head.document)];
            if let Some(original) = copy_of {
                notes.push(format!("near-copy of {}", short_id(original)));
            }
            let notes = self.layout.dim(&format!("[{}]", notes.join(" · ")));
            self.line(&format!("  {day:<10}  {outlet}: {title}  {notes}"));
        }
        let most = story.happenings.iter().map(|it| it.documents).max().unwrap_or(0);
        for happening in story.happenings.iter().take(limit) {
            self.line("");
            self.happening(happening, most);
        }
        if let Some(rest) = story.happenings.len().checked_sub(limit).filter(|rest| *rest > 0) {
            let rest = self.layout.dim(&format!("and {}", count(rest as u64, "other happening")));
            self.line("");
            self.line(&rest);
        }
    }

    fn happening(&mut self, happening: &Happening, most: u64) {
        const BAR: usize = 12;
        let Some(row) = happening.reports.first() else { return };
        let mut row = row.clone();
        row.day = happening.day;
        row.head.outlet = None;
        row.according_to.clear();
        let head = self.head(&row, true);
        self.line(&head);
        let words = shorten(&row.words, self.layout.width.saturating_sub(12) * 2);
        self.block(12, &words);
        let mut facts = vec![count(happening.documents, "document")];
        match happening.copies {
            0 => {}
            1 => facts.push("one a near-copy".to_owned()),
            copies => facts.push(format!("{copies} near-copies")),
        }
        facts.push(voices(&happening.outlets, &happening.countries));
        let bar = bar(happening.documents, most, BAR);
        let facts = self.layout.dim(&facts.join(", "));
        self.line(&format!("            {bar} {facts}"));
        let names =
            |names: &[String]| names.iter().map(|it| isolate(it)).collect::<Vec<_>>().join(", ");
        let first = &happening.first;
        let mut line = format!(
            "first told by {}",
            first.outlet.as_deref().map_or_else(|| "an unknown outlet".to_owned(), isolate)
        );
        if !first.who.is_empty() {
            line = format!("{line}, on the word of {}", names(&first.who));
        }
        if let Some(day) = first.published {
            line = format!("{line}, {day}");
        }
        self.line(&format!("            {line}"));
        for denial in &happening.denied {
            let head = self.head(denial, true);
            self.line(&format!("            contested  {head}"));
        }
    }
}

/// "3 outlets of LBN, USA".
fn voices(outlets: &[String], countries: &[String]) -> String {
    let outlets = count(outlets.len() as u64, "outlet");
    if countries.is_empty() { outlets } else { format!("{outlets} of {}", countries.join(", ")) }
}

/// A sparkline of the documents by day; nothing for a story of one day.
fn days(story: &Story, most: usize) -> String {
    let (Some(first), Some(last)) = (story.first, story.last) else { return String::new() };
    if first == last {
        return String::new();
    }
    let mut counts: BTreeMap<Date, u64> = BTreeMap::new();
    for day in story.documents.iter().filter_map(|it| it.head.published) {
        *counts.entry(day).or_default() += 1;
    }
    let days = first.series(1.day()).take_while(|day| *day <= last).take(most);
    sparkline(&days.map(|day| counts.get(&day).copied().unwrap_or(0)).collect::<Vec<_>>())
}
