//! Departures from the guidelines that a program can see.
//!
//! None of them is a fault, since each rule has its exceptions; they are what a person looks at before an annotation is
//! called settled. The words that the rules go by stand in `data/style.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use khabar_record::{
    Bound, EntityId, Event, Manner, MentionForm, Party, Record, Stance, Statement, StatementKind,
    Status, TextRange, TimeKind,
};
use khabar_table::{Table, TableError, list};

use super::compile::Gold;
use super::corpus::{Corpus, Fault};
use super::measure::statements::carriers;
use super::words::{Words, quote, sentence_around};

/// Returns the departures of both annotations, in the order of files.
pub(crate) fn departures(corpus: &Corpus) -> Vec<Fault> {
    let mut all = Vec::new();
    for article in &corpus.articles {
        let file = article.path.file_stem().map(std::path::PathBuf::from).unwrap_or_default();
        let second = article.second.as_ref().map(|gold| (gold, false));
        for (gold, first) in std::iter::once((&article.gold, true)).chain(second) {
            let file =
                if first { file.clone() } else { std::path::Path::new("second").join(&file) };
            let mut tell =
                |place: String, what: String| all.push(Fault { file: file.clone(), place, what });
            Style { gold, record: &gold.record, tell: &mut tell }.run(first);
        }
    }
    all
}

/// The words that the rules go by, in lower case, by rule.
#[derive(Debug, Default)]
struct Lists(BTreeMap<String, Vec<String>>);

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    Lists::parse(include_str!("../../data/style.tsv"))
        .expect("a test loads the built-in words of style")
});

const RULES: &[&str] = &[
    "preposition",
    "over",
    "under",
    "about",
    "part-of-day",
    "demands",
    "warns",
    "asserts",
    "promises",
    "doubts",
];

impl Lists {
    fn parse(text: &str) -> Result<Self, TableError> {
        let table = Table::parse("data/style.tsv", text)?;
        let columns = table.columns(["rule", "words", "note"])?;
        let mut lists = Self::default();
        for row in table.rows() {
            let [rule, words, _] = columns.cells(row);
            if !RULES.contains(&rule) {
                return Err(row.error(format!("unknown rule {rule:?}")));
            }
            lists.0.entry(rule.to_owned()).or_default().extend(list(words).map(str::to_lowercase));
        }
        Ok(lists)
    }

    fn has(&self, rule: &str, word: &str) -> bool {
        self.0.get(rule).is_some_and(|words| words.iter().any(|known| known == word))
    }

    /// Whether `text` holds a word or a run of words of the rule.
    fn in_text(&self, rule: &str, text: &str) -> bool {
        let line =
            format!(" {} ", text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
        self.0
            .get(rule)
            .is_some_and(|words| words.iter().any(|word| line.contains(&format!(" {word} "))))
    }
}

struct Style<'a> {
    gold: &'a Gold,
    record: &'a Record,
    tell: &'a mut dyn FnMut(String, String),
}

impl Style<'_> {
    fn run(&mut self, first: bool) {
        self.mentions();
        self.times();
        self.amounts();
        self.durations();
        for statement in &self.record.statements {
            self.statement(statement);
        }
        for event in &self.record.events {
            self.event(event, first);
        }
    }

    fn cut(&self, span: TextRange) -> &str {
        &self.record.document.text[span]
    }

    fn tell(&mut self, place: impl Into<String>, rule: &str, what: &str) {
        (self.tell)(place.into(), format!("{rule}: {what}"));
    }

    fn mentions(&mut self) {
        for mention in self.record.mentions.iter().filter(|m| m.form == MentionForm::Implicit) {
            let word = self.cut(mention.span).trim_start_matches(['و', 'ف']);
            let bare: String =
                word.chars().filter(|c| !('\u{64b}'..='\u{652}').contains(c)).collect();
            // An active participle of a derived verb in the accusative: مضيفا، مشيرة. Finite verbs do not look like that.
            let participle =
                bare.starts_with('م') && bare.ends_with(['ا', 'ة']) && bare.chars().count() > 3;
            if participle {
                let name = &self.gold.entity_names[mention.entity.0 as usize - 1];
                let (place, what) = (format!("entity {name}"), quote(word, 40));
                self.tell(place, "implicit-participle", &what);
            }
        }
    }

    fn times(&mut self) {
        for time in &self.record.times {
            let words = self.cut(time.span).to_lowercase();
            let first = words.split_whitespace().next().unwrap_or_default().to_owned();
            let shown = quote(self.cut(time.span), 40);
            if LISTS.has("preposition", &first) {
                self.tell("time", "time-preposition", &shown);
            }
            if time.kind == TimeKind::Date && LISTS.in_text("part-of-day", &words) {
                self.tell("time", "time-of-day-as-date", &format!("{shown} {}", time.value));
            }
        }
    }

    fn amounts(&mut self) {
        for amount in &self.record.amounts {
            // A bounding word may stand in the span or right before it.
            let text = &self.record.document.text;
            let before = &text[..amount.span.start().to_usize()];
            let from = before.rmatch_indices(char::is_whitespace).nth(2).map_or(0, |(at, _)| at);
            let near = &text[from..amount.span.end().to_usize()];
            for (rule, bound) in
                [("over", Bound::Over), ("under", Bound::Under), ("about", Bound::About)]
            {
                if amount.bound == Bound::Exactly && LISTS.in_text(rule, near) {
                    let what = format!("{} is {bound:?}?", quote(near, 50));
                    self.tell("amount", "amount-bound", &what);
                }
            }
        }
    }

    /// A length of time belongs to the times; as an amount only an age counts.
    fn durations(&mut self) {
        for amount in self.record.amounts.iter().filter(|amount| amount.kind == "duration") {
            let what = quote(self.cut(amount.span), 40);
            self.tell("amount", "duration-as-amount", &what);
        }
    }

    fn statement(&mut self, s: &Statement) {
        let place = format!("statement {}", self.gold.statement_names[s.id.0 as usize - 1]);
        for &content in &s.content {
            self.content(&place, s, content);
        }
        let act = s.cue.as_ref().map(|cue| cue.act.to_lowercase()).unwrap_or_default();
        if act.contains(' ') {
            self.tell(&place, "act-spelling", &format!("{act:?} takes hyphens"));
        }
        if s.chain.len() == 1 {
            self.tell(&place, "short-chain", "a chain has two links or more");
        }
        if s.chain.len() > 1 && s.within.is_some() {
            let told = carriers(self.record, s);
            let names = |ids: &[EntityId]| {
                let names = ids.iter().map(|id| self.gold.entity_names[id.0 as usize - 1].as_str());
                names.collect::<Vec<_>>().join(" > ")
            };
            // A carrier in the middle may have no statement of its own.
            let mut written = s.chain.iter();
            let fits = told.iter().all(|id| written.any(|other| other == id));
            if !fits || s.chain.windows(2).any(|pair| pair[0] == pair[1]) {
                let what =
                    format!("{} is written, {} is the tree's", names(&s.chain), names(&told));
                self.tell(&place, "chain-and-tree", &what);
            }
        }
        if s.kind == StatementKind::Attitude {
            let wanted = [
                ("demands", Stance::Demands),
                ("warns", Stance::Warns),
                ("promises", Stance::Promises),
                ("doubts", Stance::Doubts),
                ("asserts", Stance::Asserts),
            ];
            let due = wanted.into_iter().find(|(rule, _)| LISTS.has(rule, &act));
            // An attitude that is said not to be held may deny or doubt.
            if let Some((_, due)) = due
                && due != s.stance
                && !matches!(s.stance, Stance::Denies | Stance::Doubts)
            {
                self.tell(
                    &place,
                    "attitude-stance",
                    &format!("{act}: {:?}, not {due:?}", s.stance),
                );
            }
        }
        if act == "decline" && s.stance != Stance::Asserts {
            self.tell(&place, "decline-stance", &format!("{:?}, not Asserts", s.stance));
        }
    }

    fn content(&mut self, place: &str, s: &Statement, span: TextRange) {
        let words = self.cut(span);
        let shown = quote(words, 60);
        let (open, close) = (['"', '“', '«', '„'], ['"', '”', '»', '“']);
        let inner = words.trim_start_matches(open).trim_end_matches(close);
        let wrapped = words.starts_with(open) && words.ends_with(close);
        let loose = words.ends_with(['.', ',', ':', ';', '،', '؛']) && !words.ends_with("...");
        let enclosing = wrapped && !inner.contains(open) && !inner.contains(close);
        let text = &self.record.document.text;
        let before = text[..span.start().to_usize()].chars().next_back();
        let after =
            text[span.end().to_usize()..].trim_start_matches(['.', ',', '،', '!', '?', '؟']);
        let outside = before.is_some_and(|c| open.contains(&c)) && after.starts_with(close);
        if loose || enclosing {
            self.tell(place, "content-edge", &shown);
        }
        if outside && s.manner != Manner::Direct && s.content.len() == 1 {
            self.tell(
                place,
                "manner",
                &format!("{:?} although in quotation marks: {shown}", s.manner),
            );
        }
    }

    fn event(&mut self, event: &Event, first: bool) {
        let place = format!("event {}", self.gold.event_names[event.id.0 as usize - 1]);
        let trigger = quote(self.cut(event.trigger), 40);
        let cooperative =
            matches!(event.kind.as_str(), "CONSULT" | "SUPPORT" | "COOPERATE" | "AID");
        if cooperative && event.status == Status::Future {
            self.tell(&place, "future-cooperation", &format!("{} {trigger} is AGREE", event.kind));
        }
        if Words::new(self.cut(event.trigger)).touched(TextRange::of(self.cut(event.trigger))).len()
            > 2
        {
            self.tell(&place, "long-trigger", &trigger);
        }
        let happening = self.gold.happenings[event.id.0 as usize - 1].is_some();
        let occurred = matches!(event.status, Status::Actual | Status::Historical);
        if first && happening && matches!(event.status, Status::Future | Status::Hypothetical) {
            self.tell(&place, "happening", &format!("{:?} {trigger} has one", event.status));
        }
        if first && !happening && occurred {
            self.tell(
                &place,
                "happening",
                &format!("{:?} {} {trigger} has none", event.status, event.kind),
            );
        }
        self.reach(&place, event);
        let carrier =
            event.according_to.and_then(|id| self.record.statements.iter().find(|s| s.id == id));
        if let Some(statement) = carrier
            && !statement.content.is_empty()
            && !statement.content.iter().any(|content| content.overlaps(event.trigger))
        {
            let name = &self.gold.statement_names[statement.id.0 as usize - 1];
            self.tell(&place, "carrier", &format!("{trigger} lies outside the content of {name}"));
        }
    }
}

impl Style<'_> {
    /// Whoever takes part in an event must be spoken of in its sentence, or be the speaker whose words it stands in.
    fn reach(&mut self, place: &str, event: &Event) {
        let text = &self.record.document.text;
        let sentence = sentence_around(text, event.trigger.start().to_usize());
        let near = |id: EntityId| {
            let mention = |m: &khabar_record::Mention| m.entity == id && sentence.overlaps(m.span);
            let speaks = |s: &Statement| {
                s.content.iter().any(|content| content.overlaps(sentence))
                    && s.source.iter().any(|party| party.entity == Some(id))
            };
            self.record.mentions.iter().any(mention) || self.record.statements.iter().any(speaks)
        };
        let parties =
            event.actors.iter().chain(&event.recipients).filter_map(|party: &Party| party.entity);
        let far: Vec<(&str, EntityId)> = parties
            .map(|id| ("party-elsewhere", id))
            .chain(event.place.map(|id| ("place-elsewhere", id)))
            .filter(|&(_, id)| !near(id))
            .collect();
        let trigger = quote(self.cut(event.trigger), 40);
        for (rule, id) in far {
            let name = self.gold.entity_names[id.0 as usize - 1].clone();
            self.tell(place, rule, &format!("{name} of {trigger} is not in its sentence"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_style_load_and_are_found() {
        assert!(LISTS.in_text("over", "at least 20") && LISTS.has("preposition", "on"));
        for rule in RULES {
            assert!(LISTS.0.contains_key(*rule), "{rule}");
        }
        let error = Lists::parse("rule\twords\tnote\nfoo\tx\t\n").unwrap_err().to_string();
        assert_eq!(error, "data/style.tsv:2: unknown rule \"foo\"");
    }
}
