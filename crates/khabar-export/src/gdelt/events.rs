//! The rows of Events.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use jiff::civil::Date;
use khabar_record::{Event, Party};

use super::codes::{Code, Codes};
use super::geo::Geo;
use super::{Cells, compact, moment};
use crate::dyad::Dyad;
use crate::output::Output;
use crate::states;
use crate::view::View;
use crate::{ExportError, Result};

/// A row, in two parts between which the counts of its reports stand.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) id: i64,
    head: String,
    tail: String,
    /// Whether other documents may report the same.
    shared: bool,
}

/// How many mentions, sources and documents report one occurrence.
#[derive(Debug, Default)]
struct Reports {
    mentions: u32,
    documents: u32,
    sources: BTreeSet<u32>,
    last_document: u64,
}

/// The file of events. How many reports an occurrence has is known in the end only, so its row waits in a second file until
/// then, and no more than the counts of it is kept in memory.
#[derive(Debug)]
pub(crate) struct Events {
    out: Output,
    waiting: Waiting,
    reports: HashMap<i64, Reports>,
    sources: HashMap<String, u32>,
    documents: u64,
    last_key: String,
}

impl Events {
    pub(crate) fn create(folder: &Path) -> Result<Self> {
        Ok(Self {
            out: Output::create_in(folder, "khabar.export.CSV")?,
            waiting: Waiting::new(folder),
            reports: HashMap::new(),
            sources: HashMap::new(),
            documents: 0,
            last_key: String::new(),
        })
    }

    pub(crate) fn take(&mut self, view: &View<'_>, row: Row) -> Result<()> {
        if !row.shared {
            let Row { head, tail, .. } = row;
            return self.out.put(format!("{head}\t1\t1\t1\t{tail}\n").as_bytes());
        }
        if self.last_key != view.item.key {
            self.last_key.clone_from(&view.item.key);
            self.documents += 1;
        }
        let count = self.sources.len() as u32;
        let outlet = view.outlet().unwrap_or_default();
        let source = match self.sources.get(outlet) {
            Some(&number) => number,
            None => *self.sources.entry(outlet.to_owned()).or_insert(count),
        };
        let new = !self.reports.contains_key(&row.id);
        let reports = self.reports.entry(row.id).or_default();
        reports.mentions += 1;
        if reports.last_document != self.documents {
            reports.last_document = self.documents;
            reports.documents += 1;
        }
        reports.sources.insert(source);
        if new { self.waiting.put(&row) } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        let (out, reports) = (&mut self.out, &self.reports);
        self.waiting.each(|id, head, tail| {
            let (mentions, sources, documents) = reports
                .get(&id)
                .map_or((1, 1, 1), |found| (found.mentions, found.sources.len(), found.documents));
            out.put(format!("{head}\t{mentions}\t{sources}\t{documents}\t{tail}\n").as_bytes())
        })?;
        self.out.finish()
    }
}

/// Rows that wait for their counts, in a file that is made when the first row comes and removed in the end.
#[derive(Debug)]
struct Waiting {
    path: std::path::PathBuf,
    file: Option<BufWriter<File>>,
}

impl Waiting {
    fn new(folder: &Path) -> Self {
        Self { path: folder.join("khabar.export.CSV.waiting"), file: None }
    }

    fn fault(&self, error: io::Error) -> ExportError {
        ExportError::Output { path: self.path.clone(), error }
    }

    fn put(&mut self, row: &Row) -> Result<()> {
        let mut write = || {
            let file = match &mut self.file {
                Some(file) => file,
                none => none.insert(BufWriter::new(File::create(&self.path)?)),
            };
            // Cells hold no line breaks, so that a row can be two lines.
            writeln!(file, "{}\t{}\n{}", row.id, row.head, row.tail)
        };
        write().map_err(|error| self.fault(error))
    }

    fn each(&mut self, mut take: impl FnMut(i64, &str, &str) -> Result<()>) -> Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        drop(file.into_inner().map_err(|error| self.fault(error.into_error()))?);
        let file = File::open(&self.path).map_err(|error| self.fault(error))?;
        let mut lines = BufReader::new(file).lines();
        while let (Some(head), Some(tail)) = (lines.next(), lines.next()) {
            let head = head.map_err(|error| self.fault(error))?;
            let tail = tail.map_err(|error| self.fault(error))?;
            let Some((id, head)) = head.split_once('\t') else { continue };
            take(id.parse().unwrap_or_default(), head, &tail)?;
        }
        Ok(())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // It was never made, or it is of no use any more.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Makes the row of a pair of an event.
pub(crate) fn row(
    view: &View<'_>,
    event: &Event,
    dyad: Dyad<'_>,
    code: Code<'_>,
    codes: &Codes,
) -> Row {
    let actors = [dyad.actor, dyad.recipient].map(|party| party.map(|p| actor(view, p, codes)));
    let happening = view.item.happenings.get(&event.id);
    let occurrence = happening.cloned().unwrap_or_else(|| view.event_key(event.id));
    let who = if happening.is_some() {
        // Documents name the two in many ways; their codes are the same in all.
        let [one, two] = actors.each_ref().map(|actor| actor.as_ref().map(Actor::identity));
        format!("{}\t{}", one.unwrap_or_default(), two.unwrap_or_default())
    } else {
        dyad.number.to_string()
    };
    let id = number(&format!("{occurrence}\t{who}"));
    let mut head = Cells::default();
    head.value(id);
    day(&mut head, view.day_or_published(event));
    for actor in &actors {
        match actor {
            Some(actor) => actor.write(&mut head),
            None => _ = head.blank(10),
        }
    }
    head.value(u8::from(is_lead(view, event)));
    head.value(code.whole).value(code.base).value(code.root).value(code.quad);
    match codes.goldstein(code.whole) {
        Some(score) => head.value(format_args!("{score:.1}")),
        None => head.blank(1),
    };
    let mut tail = Cells::default();
    tail.blank(1);
    for party in [dyad.actor, dyad.recipient] {
        let entity = party.and_then(|party| view.entity(party.entity?));
        geo(&mut tail, entity.and_then(|entity| Geo::of(view, entity)));
    }
    let place = event.place.and_then(|id| view.entity(id));
    geo(&mut tail, place.and_then(|entity| Geo::of(view, entity)));
    tail.maybe(view.record().document.published.map(moment)).text(view.address());
    Row { id, head: part::<31>(head), tail: part::<27>(tail), shared: happening.is_some() }
}

fn part<const N: usize>(cells: Cells) -> String {
    let mut line = String::from_utf8(cells.finish::<N>()).unwrap_or_default();
    line.pop();
    line
}

/// A number that is the same in every export: 63 bits, so that it fits a signed column.
fn number(name: &str) -> i64 {
    let hash = blake3::hash(name.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    (u64::from_le_bytes(bytes) >> 1).cast_signed()
}

/// `SQLDATE`, `MonthYear`, `Year` and `FractionDate`.
fn day(cells: &mut Cells, day: Option<Date>) {
    let Some(day) = day else {
        cells.blank(4);
        return;
    };
    let all = compact(day);
    let fraction =
        f64::from(day.year()) + f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year());
    cells.value(&all).value(&all[..6]).value(&all[..4]).value(format_args!("{fraction:.4}"));
}

/// The columns of one party.
#[derive(Debug)]
struct Actor<'i> {
    name: Option<&'i str>,
    country: Option<&'i str>,
    roles: Vec<&'static str>,
}

fn actor<'i>(view: &View<'i>, party: &'i Party, codes: &Codes) -> Actor<'i> {
    let mut roles = Vec::new();
    for role in view.party_sectors(party).into_iter().filter_map(|sector| codes.role(sector)) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles.truncate(3);
    let country = view.party_country(party).map(states::cameo);
    Actor { name: view.party_name(party), country, roles }
}

impl Actor<'_> {
    fn code(&self) -> String {
        self.country.into_iter().chain(self.roles.iter().copied()).collect()
    }

    /// What tells it from others: its codes, else its name.
    fn identity(&self) -> String {
        let code = self.code();
        if code.is_empty() { self.name.unwrap_or_default().to_lowercase() } else { code }
    }

    fn write(&self, cells: &mut Cells) {
        cells.value(self.code());
        match self.name {
            Some(name) => cells.text(&name.to_uppercase()),
            None => cells.blank(1),
        };
        cells.maybe(self.country).blank(4);
        for n in 0..3 {
            cells.maybe(self.roles.get(n));
        }
    }
}

/// Whether an event stands in the first paragraph.
fn is_lead(view: &View<'_>, event: &Event) -> bool {
    let lead = view.text().find("\n\n").unwrap_or(view.text().len());
    event.trigger.start().to_usize() < lead
}

/// Type, name, state, two divisions that are not known, point and an identifier that is not ours.
fn geo(cells: &mut Cells, geo: Option<Geo>) {
    let Some(geo) = geo else {
        cells.value(0).blank(7);
        return;
    };
    cells.value(geo.kind).text(&geo.name).maybe(geo.fips).blank(2);
    cells.maybe(geo.point.map(|point| point.0)).maybe(geo.point.map(|point| point.1)).blank(1);
}
