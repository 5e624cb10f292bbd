//! Places as GDELT describes them.

use khabar_record::{Entity, EntityKind};

use crate::states;
use crate::view::View;

/// A place; what is not known is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Geo {
    /// 1 state, 3 city in the United States, 4 city elsewhere, 0 none.
    pub(crate) kind: u8,
    pub(crate) name: String,
    pub(crate) fips: Option<&'static str>,
    pub(crate) point: Option<(f64, f64)>,
}

impl Geo {
    /// The place that an entity is; other entities have none.
    pub(crate) fn of<'i>(view: &View<'i>, entity: &'i Entity) -> Option<Self> {
        let name = view.name(entity)?;
        let country = entity.country.as_deref();
        let state = country.and_then(states::state);
        let own = entity.lat.zip(entity.lon);
        let fips = country.and_then(states::fips);
        match entity.kind {
            EntityKind::State => {
                let point = own.or_else(|| state?.coordinates());
                Some(Self { kind: 1, name: name.to_owned(), fips, point })
            }
            EntityKind::Place => {
                let within = state.and_then(|state| state.name("en"));
                let name =
                    within.map_or_else(|| name.to_owned(), |state| format!("{name}, {state}"));
                let kind = if country == Some("USA") { 3 } else { 4 };
                Some(Self { kind, name, fips, point: own })
            }
            _ => None,
        }
    }
}
