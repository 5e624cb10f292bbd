//! The ontology: PLOVER 2021's types with their modes and contexts, and the CAMEO codes that stand beside them.

/// The types with their modes.
const TYPES: [(&str, &[&str]); 16] = [
    ("AGREE", &[]),
    ("CONSULT", &["visit", "third-party", "multilateral", "phone"]),
    ("SUPPORT", &[]),
    ("CONCEDE", &[]),
    ("COOPERATE", &[]),
    ("AID", &[]),
    ("RETREAT", &["withdraw", "release", "disarm", "ceasefire", "access", "resign"]),
    ("REQUEST", &["assist", "change", "yield", "meet"]),
    ("ACCUSE", &["disapprove", "investigate", "allege"]),
    ("REJECT", &["assist", "change", "yield", "meet"]),
    ("THREATEN", &["restrict", "arrest", "relations", "expel", "territory", "violence"]),
    ("PROTEST", &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"]),
    ("SANCTION", &["convict", "expel", "withdraw", "discontinue"]),
    ("MOBILIZE", &["troops", "weapons", "police", "militia"]),
    (
        "COERCE",
        &[
            "seize",
            "restrict",
            "censor",
            "curfew",
            "martial-law",
            "arrest",
            "deport",
            "withhold",
            "misinformation",
            "cyber",
        ],
    ),
    (
        "ASSAULT",
        &[
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
        ],
    ),
];

const CONTEXTS: [&str; 37] = [
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

/// Says what is wrong with a type, mode and contexts that a list names.
pub(super) fn check<'c>(
    kind: Option<&str>,
    mode: &str,
    contexts: impl Iterator<Item = &'c str>,
) -> Result<(), String> {
    if let Some(kind) = kind {
        let (_, modes) = TYPES
            .iter()
            .find(|(name, _)| *name == kind)
            .ok_or_else(|| format!("unknown type {kind:?}"))?;
        if !mode.is_empty() && !modes.contains(&mode) {
            return Err(format!("{kind} has no mode {mode:?}"));
        }
    }
    for context in contexts {
        if !CONTEXTS.contains(&context) {
            return Err(format!("unknown context {context:?}"));
        }
    }
    Ok(())
}

/// Whether doing this in the future is a promise to cooperate, which PLOVER codes as AGREE.
pub(super) fn is_cooperation(kind: &str) -> bool {
    matches!(kind, "CONSULT" | "SUPPORT" | "COOPERATE" | "AID")
}

/// The mode of a threat to do an act of this type and mode.
pub(super) fn threat(kind: &str, mode: Option<&str>) -> Option<&'static str> {
    match (kind, mode) {
        ("ASSAULT", _) => Some("violence"),
        ("COERCE", Some("arrest")) => Some("arrest"),
        ("COERCE", _) => Some("restrict"),
        ("SANCTION", Some("expel")) => Some("expel"),
        ("SANCTION", _) => Some("relations"),
        _ => None,
    }
}

/// The mode of a request, refusal or threat by the type and mode of the act that it is about.
pub(super) fn mode_by_content(
    kind: &str,
    content: &str,
    mode: Option<&str>,
) -> Option<&'static str> {
    if kind == "THREATEN" {
        return threat(content, mode);
    }
    if !matches!(kind, "REQUEST" | "REJECT") {
        return None;
    }
    match content {
        "CONSULT" => Some("meet"),
        "AID" | "COOPERATE" => Some("assist"),
        "RETREAT" if mode == Some("resign") => Some("change"),
        "RETREAT" | "CONCEDE" => Some("yield"),
        _ => None,
    }
}

/// Whether a type is an act of words, so that what is asked, promised or threatened in it can be an act of its own.
pub(super) fn is_speech(kind: &str) -> bool {
    matches!(kind, "AGREE" | "CONCEDE" | "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" | "SUPPORT")
}

/// Whether an act of this type gives way to somebody or helps them, so that not to do it is to refuse it.
pub(super) fn is_yielding(kind: &str) -> bool {
    matches!(kind, "RETREAT" | "CONCEDE" | "AGREE" | "AID")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_belong_to_their_types() {
        assert!(check(Some("CONSULT"), "visit", ["diplomatic"].into_iter()).is_ok());
        assert!(check(Some("CONSULT"), "aerial", std::iter::empty()).is_err());
        assert!(check(Some("FIGHT"), "", std::iter::empty()).is_err());
        assert!(check(None, "", ["nonsense"].into_iter()).is_err());
    }
}
