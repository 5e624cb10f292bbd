//! The codes of states in the lists of others.

use khabar_atlas::{Atlas, Entry, EntryKind};

/// A state by its ISO 3166-1 alpha-3 code.
pub(crate) fn state(iso3: &str) -> Option<Entry> {
    Atlas::get().entry(iso3).filter(|entry| entry.kind() == EntryKind::State)
}

/// Its code in CAMEO, which is the ISO code but for a few.
pub(crate) fn cameo(iso3: &str) -> &str {
    state(iso3).and_then(Entry::cameo).unwrap_or(iso3)
}

/// Its FIPS 10-4 code.
pub(crate) fn fips(iso3: &str) -> Option<&'static str> {
    state(iso3)?.fips()
}

/// Its number in the lists of the Correlates of War project.
pub(crate) fn cow(iso3: &str) -> Option<u16> {
    state(iso3)?.cow()
}

/// Its code in FollowTheMoney: ISO 3166-1 alpha-2 in small letters.
pub(crate) fn alpha2(iso3: &str) -> Option<String> {
    Some(state(iso3)?.iso2()?.to_ascii_lowercase())
}
