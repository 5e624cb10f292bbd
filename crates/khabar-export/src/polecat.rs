//! Events in the columns of POLECAT: tab-separated, with a header.
//!
//! Files of POLECAT are known for stray tabs; here white space that would break a row becomes a space. What POLECAT takes from
//! Wikipedia (its pages' titles as identifiers) stays empty, since khabar's identifiers are Wikidata's.

use std::collections::BTreeMap;

use khabar_record::{Entity, EntityKind, Event, Party};
use khabar_table::{Table, TableError};

use crate::Result;
use crate::dyad::{Dyad, dyads};
use crate::gdelt::Cells;
use crate::output::Output;
use crate::states;
use crate::view::{View, happened};

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// The file.
#[derive(Debug)]
pub(crate) struct Polecat {
    out: Output,
    types: Types,
}

impl Polecat {
    pub(crate) fn create(mut out: Output) -> Result<Self> {
        let types = Types::load()?;
        out.put(format!("{}\n", COLUMNS.join("\t")).as_bytes())?;
        Ok(Self { out, types })
    }

    /// Writes a document's events and returns how many were left out.
    pub(crate) fn write(&mut self, view: &View<'_>) -> Result<u64> {
        let mut left_out = 0;
        for event in &view.record().events {
            if !happened(event) {
                left_out += 1;
                continue;
            }
            let dyads = dyads(event);
            for &dyad in &dyads {
                let row = row(view, event, dyad, dyads.len() > 1, &self.types);
                self.out.put(&row.finish::<40>())?;
            }
        }
        Ok(left_out)
    }

    pub(crate) fn finish(self) -> Result<()> {
        self.out.finish()
    }
}

fn row(view: &View<'_>, event: &Event, dyad: Dyad<'_>, several: bool, types: &Types) -> Cells {
    let document = &view.record().document;
    let mut cells = Cells::default();
    let key = view.event_key(event.id);
    if several {
        cells.value(format_args!("{key}-{}", dyad.number + 1))
    } else {
        cells.value(key)
    };
    cells.maybe(view.day_or_published(event));
    cells.text(&event.kind).text(event.mode.as_deref().unwrap_or_default());
    let (quad, intensity) = types.of(&event.kind, event.mode.as_deref());
    cells.maybe(intensity).maybe(quad).text(&list(&event.contexts));
    for party in [dyad.actor, dyad.recipient] {
        match party {
            Some(party) => actor(&mut cells, view, party),
            None => _ = cells.blank(8),
        }
    }
    place(&mut cells, view, event);
    cells.text(view.outlet().unwrap_or_default()).maybe(document.published);
    cells.text(&list(&view.names_of(&[EntityKind::Person])));
    cells.text(&list(&view.names_of(&[EntityKind::Organization, EntityKind::Outlet])));
    cells.text(&list(&view.names_of(&[EntityKind::State, EntityKind::Place])));
    cells.text(document.language.as_deref().unwrap_or_default());
    cells.value(concat!("khabar-", env!("CARGO_PKG_VERSION")));
    cells
}

/// Several values in a cell; a mark that sets them apart becomes a comma inside a value.
fn list<S: AsRef<str>>(values: &[S]) -> String {
    values.iter().map(|value| value.as_ref().replace(';', ",")).collect::<Vec<_>>().join(";")
}

fn actor(cells: &mut Cells, view: &View<'_>, party: &Party) {
    let entity: Option<&Entity> = party.entity.and_then(|id| view.entity(id));
    let country = view.party_country(party);
    let sectors = view.party_sectors(party);
    cells.text(entity.and_then(|entity| view.name(entity)).unwrap_or_default());
    cells.text(country.unwrap_or_default()).maybe(country.and_then(states::cow));
    cells.text(sectors.first().copied().unwrap_or_default()).text(&list(&sectors));
    cells.text(entity.and_then(|entity| entity.role.as_deref()).unwrap_or_default());
    cells.text(party.span.map(|span| view.words(span)).unwrap_or_default()).blank(1);
}

fn place(cells: &mut Cells, view: &View<'_>, event: &Event) {
    let Some(place) = event.place.and_then(|id| view.entity(id)) else {
        cells.blank(10);
        return;
    };
    cells.text(view.name(place).unwrap_or_default()).blank(3);
    cells.text(place.country.as_deref().unwrap_or_default());
    cells.maybe(place.lat).maybe(place.lon).maybe(place.geonames);
    // The mention in the event's clause, else the first one.
    let within = view.mentions(place.id).find(|mention| event.span.contains_range(mention.span));
    let mention = within.or_else(|| view.mentions(place.id).next());
    cells.text(mention.map(|mention| view.words(mention.span)).unwrap_or_default()).blank(1);
}

/// The quad code and the intensity of each type and mode.
#[derive(Debug)]
struct Types(BTreeMap<(&'static str, &'static str), (&'static str, Option<f64>)>);

const FILE: &str = "data/intensity.tsv";

impl Types {
    fn load() -> Result<Self, TableError> {
        let table = Table::parse(FILE, include_str!("../data/intensity.tsv"))?;
        let columns = table.columns(["type", "mode", "quad", "intensity", "note"])?;
        let mut types = BTreeMap::new();
        for row in table.rows() {
            let [kind, mode, quad, intensity, _] = columns.cells(row);
            if !["V-COOP", "M-COOP", "V-CONF", "M-CONF"].contains(&quad) {
                return Err(row.error(format!("{quad:?} is no quad code")));
            }
            let intensity = match intensity {
                "" => None,
                score => {
                    Some(score.parse().map_err(|_| row.error(format!("{score:?} is no number")))?)
                }
            };
            if types.insert((kind, mode), (quad, intensity)).is_some() {
                return Err(row.error(format!("{kind}/{mode} stands twice")));
            }
        }
        Ok(Self(types))
    }

    fn of(&self, kind: &str, mode: Option<&str>) -> (Option<&'static str>, Option<f64>) {
        let own = self.0.get(&(kind, "")).copied();
        let of_mode = mode.and_then(|mode| self.0.get(&(kind, mode))).copied();
        let intensity = |row: Option<(&str, Option<f64>)>| row.and_then(|row| row.1);
        (own.map(|row| row.0), intensity(of_mode).or(intensity(own)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_without_a_score_have_their_types() {
        let types = Types::load().unwrap();
        assert_eq!(types.of("CONSULT", Some("visit")), (Some("V-COOP"), Some(4.0)));
        assert_eq!(types.of("PROTEST", Some("vandalize")), types.of("PROTEST", None));
        assert_eq!(types.of("CONSULT", Some("nonsense")), types.of("CONSULT", None));
        assert_eq!(types.of("NONSENSE", None), (None, None));
        let own = types.0.keys().filter(|(_, mode)| mode.is_empty()).count();
        assert_eq!(own, 16, "PLOVER has sixteen types");
    }
}
