//! The languages that the layer reads.

use std::fmt;

/// A language with its own folder of rules and its own models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Arabic, in its modern standard written form.
    Arabic,
    /// English.
    English,
}

impl Language {
    /// Every language, in the order of their codes.
    pub const ALL: [Self; 2] = [Self::Arabic, Self::English];

    /// Reads an ISO 639-1 or 639-3 code, with or without a region (`en`, `eng`, `ar-EG`); letter case does not matter.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "ar" | "ara" | "arb" => Some(Self::Arabic),
            "en" | "eng" => Some(Self::English),
            _ => None,
        }
    }

    /// The ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_and_regions_are_ignored() {
        for language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language));
        }
        assert_eq!(Language::from_code("ar-SA"), Some(Language::Arabic));
        assert_eq!(Language::from_code("EN_gb"), Some(Language::English));
        assert_eq!(Language::from_code("fr"), None);
        assert_eq!(Language::from_code(""), None);
    }
}
