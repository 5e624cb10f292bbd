//! The figures: what each is called, how it is counted, how a table of them is printed.
//!
//! Their definitions stand in `corpus/GUIDELINES.md`.

use std::collections::BTreeMap;
use std::fmt;

use clap::ValueEnum;

/// The layers of an annotation, and the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Layer {
    Mentions,
    Times,
    Amounts,
    Statements,
    Events,
    Pages,
}

/// How a figure is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Precision, recall and F1.
    F1,
    /// The share that is right.
    Share,
}

macro_rules! keys {
    ($($key:ident $layer:ident $shape:ident $name:literal)*) => {
        /// A figure. The order is that of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Key { $($key),* }

        impl Key {
            /// Returns the layer that it measures.
            pub(crate) const fn layer(self) -> Layer {
                match self { $(Self::$key => Layer::$layer),* }
            }
            /// Returns its name in the table.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$key => $name),* }
            }
            const fn shape(self) -> Shape {
                match self { $(Self::$key => Shape::$shape),* }
            }
        }
    };
}

keys! {
    Mentions         Mentions   F1    "mention: span and kind"
    Names            Mentions   F1    "  names"
    Nominals         Mentions   F1    "  nominals"
    Pronouns         Mentions   F1    "  pronouns"
    Implicit         Mentions   F1    "  implicit"
    Linked           Mentions   F1    "mention: right entity"
    Country          Mentions   Share "country of entities found"
    TimeExtent       Times      F1    "time: extent"
    TimeExact        Times      F1    "time: exact extent"
    TimeValue        Times      F1    "time: value"
    TimeKind         Times      Share "type of times found"
    AmountExtent     Amounts    F1    "amount: extent"
    AmountValue      Amounts    F1    "amount: value"
    AmountUnit       Amounts    F1    "amount: value and noun"
    AmountBound      Amounts    Share "bound of amounts found"
    Relation         Statements F1    "relation: all"
    RelationDirect   Statements F1    "  direct"
    RelationMixed    Statements F1    "  mixed"
    RelationIndirect Statements F1    "  indirect"
    RelationClaims   Statements F1    "  claims"
    RelationAttitude Statements F1    "  attitudes"
    Content          Statements F1    "content"
    Source           Statements Share "source entity"
    Cue              Statements Share "cue"
    Manner           Statements Share "manner"
    StatementKind    Statements Share "kind"
    Stance           Statements Share "stance"
    Addressee        Statements F1    "addressee"
    Within           Statements Share "within"
    Chain            Statements Share "chain"
    Relayed          Statements Share "  of relayed statements"
    Answers          Statements F1    "answers"
    EventType        Events     F1    "event: type"
    EventTrigger     Events     F1    "event: type and trigger"
    EventFound       Events     F1    "event: trigger, any type"
    Mode             Events     Share "mode"
    Actors           Events     F1    "actor"
    Recipients       Events     F1    "recipient"
    Status           Events     Share "status"
    AccordingTo      Events     Share "according to"
    Carried          Events     Share "  of events in statements"
    When             Events     Share "when, if told"
    Where            Events     Share "where, if told"
    Body             Pages      F1    "body: runs of four words"
    Title            Pages      Share "title"
    Byline           Pages      Share "byline"
    Published        Pages      Share "date"
}

/// The counts behind a figure. A share uses the gold side only.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Figure {
    pub(crate) found_right: f64,
    pub(crate) found: f64,
    pub(crate) gold_right: f64,
    pub(crate) gold: f64,
}

impl Figure {
    /// Returns precision, recall and their harmonic mean.
    pub(crate) fn prf(self) -> (f64, f64, f64) {
        let ratio = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        let (p, r) = (ratio(self.found_right, self.found), ratio(self.gold_right, self.gold));
        (p, r, ratio(2.0 * p * r, p + r))
    }

    fn add(&mut self, other: Self) {
        self.found_right += other.found_right;
        self.found += other.found;
        self.gold_right += other.gold_right;
        self.gold += other.gold;
    }
}

/// Where two annotations of an article part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The figure that it lowers.
    pub(crate) key: Key,
    /// Where in the text it is.
    pub(crate) at: u32,
    /// What differs, for a person to read.
    pub(crate) text: String,
}

/// The counts of one or more comparisons.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    figures: BTreeMap<Key, Figure>,
    /// What differs, in the order of the layers.
    pub(crate) differences: Vec<Difference>,
}

impl Sheet {
    /// Adds to the counts of an F1 figure.
    pub(crate) fn count(&mut self, key: Key, figure: Figure) {
        self.figures.entry(key).or_default().add(figure);
    }

    /// Counts `right` of `found` and `gold` items.
    pub(crate) fn f1(&mut self, key: Key, right: usize, found: usize, gold: usize) {
        let (right, found, gold) = (right as f64, found as f64, gold as f64);
        self.count(key, Figure { found_right: right, found, gold_right: right, gold });
    }

    /// Counts one item of a share.
    pub(crate) fn share(&mut self, key: Key, right: bool) {
        self.count(
            key,
            Figure { gold_right: f64::from(u8::from(right)), gold: 1.0, ..Figure::default() },
        );
    }

    /// Notes a difference.
    pub(crate) fn differ(&mut self, key: Key, at: u32, text: String) {
        self.differences.push(Difference { key, at, text });
    }

    /// Adds the counts of another comparison, without its differences.
    pub(crate) fn add(&mut self, other: &Self) {
        for (&key, &figure) in &other.figures {
            self.count(key, figure);
        }
    }

    /// Returns a figure's counts.
    pub(crate) fn figure(&self, key: Key) -> Figure {
        self.figures.get(&key).copied().unwrap_or_default()
    }
}

/// Figures side by side, a column for each sheet.
pub(crate) struct Table<'a> {
    /// The columns: a heading and the counts.
    pub(crate) columns: Vec<(&'a str, &'a Sheet)>,
    /// The layers to print; all when empty.
    pub(crate) layers: &'a [Layer],
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:28}", "")?;
        for (heading, _) in &self.columns {
            write!(f, "  {heading:>5}  {:>5} {:>5} {:>6}", "P", "R", "n")?;
        }
        writeln!(f)?;
        let mut keys: Vec<Key> =
            self.columns.iter().flat_map(|(_, sheet)| sheet.figures.keys().copied()).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut layer = None;
        for key in keys {
            if !self.layers.is_empty() && !self.layers.contains(&key.layer()) {
                continue;
            }
            if layer.replace(key.layer()).is_some_and(|before| before != key.layer()) {
                writeln!(f)?;
            }
            write!(f, "{:28}", key.name())?;
            for (_, sheet) in &self.columns {
                cell(f, key, sheet.figures.get(&key).copied().unwrap_or_default())?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

fn cell(f: &mut fmt::Formatter<'_>, key: Key, figure: Figure) -> fmt::Result {
    let (p, r, f1) = figure.prf();
    match key.shape() {
        _ if figure.gold + figure.found == 0.0 => {
            write!(f, "  {:>5}  {:>5} {:>5} {:>6}", "-", "", "", 0)
        }
        Shape::F1 => write!(f, "  {f1:5.3}  {p:5.3} {r:5.3} {:6.0}", figure.gold),
        Shape::Share => write!(f, "  {r:5.3}  {:>5} {:>5} {:6.0}", "", "", figure.gold),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_add_up_and_print() {
        let mut sheet = Sheet::default();
        sheet.f1(Key::EventType, 1, 2, 4);
        sheet.f1(Key::EventType, 1, 2, 0);
        sheet.share(Key::Status, true);
        sheet.share(Key::Status, false);
        assert_eq!(sheet.figure(Key::EventType).prf(), (0.5, 0.5, 0.5));
        let table = Table { columns: vec![("ar", &sheet)], layers: &[] }.to_string();
        assert!(
            table.contains("event: type                   0.500  0.500 0.500      4\n"),
            "{table}"
        );
        assert!(
            table.contains("status                        0.500                   2\n"),
            "{table}"
        );
    }
}
