//! The list of outlets is complete and free of contradictions, and its look-ups find what pages write.

use std::collections::{BTreeMap, BTreeSet};

use khabar_atlas::outlets::{Outlet, normalize_name, outlets};

/// ISO 3166-1 alpha-3, with `INT` for bodies of several states.
const COUNTRIES: &str = "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR \
    BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI \
    CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY \
    GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR \
    ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA \
    MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL \
    NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM \
    SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR \
    TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE INT";

const ARAB_STATES: &str =
    "DZA BHR COM DJI EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SOM SDN SYR TUN ARE YEM";

fn is_arabic(name: &str) -> bool {
    name.chars().any(|c| ('\u{620}'..='\u{64a}').contains(&c))
}

#[test]
fn every_row_is_whole() {
    let known: BTreeSet<&str> = COUNTRIES.split_whitespace().collect();
    assert!(outlets().iter().len() >= 420);
    for outlet in outlets().iter() {
        let id = outlet.id;
        assert!(known.contains(outlet.country), "{id}: {}", outlet.country);
        assert!(is_arabic(outlet.name_ar), "{id} lacks an Arabic name");
        assert!(!is_arabic(outlet.name_en), "{id}: {}", outlet.name_en);
        assert!(!outlet.domains.is_empty(), "{id} has no domain");
        for domain in &outlet.domains {
            let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
            assert!(domain.contains('.') && domain.chars().all(sound), "{id}: {domain}");
            assert!(!domain.starts_with("www."), "{id}: {domain}");
        }
        if let Some(item) = outlet.wikidata {
            let digits = item.strip_prefix('Q').unwrap_or_default();
            assert!(!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()), "{id}");
        }
    }
}

/// Two outlets may share a bare name only where both say so: with a qualifier in parentheses or the mark `~`.
#[test]
fn names_in_running_text_are_unambiguous() {
    let mut bearers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for outlet in outlets().iter() {
        let names = [outlet.name_en, outlet.name_ar];
        let keys: BTreeSet<String> =
            names.iter().chain(&outlet.variants).map(|name| normalize_name(name)).collect();
        for key in keys {
            bearers.entry(key).or_default().push(outlet.id);
        }
    }
    let shared: Vec<_> = bearers
        .iter()
        .filter(|(key, ids)| {
            let in_text = outlets().find_in(key).iter().any(|(range, _)| range.len() == key.len());
            ids.len() > 1 && in_text
        })
        .collect();
    assert!(shared.is_empty(), "{shared:?}");
    let doubled: Vec<_> = bearers.iter().filter(|(_, ids)| ids.len() > 1).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
}

#[test]
fn every_arab_state_has_its_press() {
    for state in ARAB_STATES.split_whitespace() {
        let own: Vec<&Outlet> = outlets().iter().filter(|o| o.country == state).collect();
        assert!(own.len() >= 2, "{state} has {} outlets", own.len());
        assert!(own.iter().any(|o| o.is_agency()) || state == "COM", "{state} has no agency");
    }
}

#[test]
fn domains_are_found_with_their_subdomains() {
    let id = |host: &str| outlets().by_domain(host).map(|outlet| outlet.id);
    assert_eq!(id("www.bbc.co.uk"), Some("bbc"));
    assert_eq!(id("arabic.cnn.com"), Some("cnnarabic"));
    assert_eq!(id("edition.cnn.com"), Some("cnn"));
    assert_eq!(id("Money.CNN.com."), Some("cnn"));
    assert_eq!(id("notcnn.com"), None);
    assert_eq!(id("com"), None);
    assert_eq!(id(""), None);
}

#[test]
fn names_are_found_however_they_are_spelled() {
    let id = |name: &str| outlets().by_name(name).map(|outlet| outlet.id);
    for name in ["أ ف ب", "أ.ف.ب", "ا.ف.ب.", "فرانس برس", "وكالة فرانس برس", "AFP", "A.F.P."]
    {
        assert_eq!(id(name), Some("afp"), "{name}");
    }
    for name in ["واس", "وكالة الأنباء السعودية", "SPA"] {
        assert_eq!(id(name), Some("spa"), "{name}");
    }
    for name in ["أ ش أ", "أ.ش.أ", "وكالة أنباء الشرق الأوسط"] {
        assert_eq!(id(name), Some("mena"), "{name}");
    }
    for name in ["سي إن إن", "سي ان ان", "شبكة سي إن إن", "cnn", "C.N.N."] {
        assert_eq!(id(name), Some("cnn"), "{name}");
    }
    assert_eq!(id("the guardian"), Some("guardian"), "others bear it with a qualifier only");
    assert_eq!(id("The Hill"), Some("thehill"));
    assert_eq!(id("Hill"), None, "the article makes it a name");
    assert_eq!(id("صحيفة نيويورك تايمز"), Some("nytimes"));
    assert_eq!(id("وكالة رويترز"), Some("reuters"));
    assert_eq!(id("الوطن"), None, "several papers are called so");
    let of = |country| outlets().by_name_in("الوطن", country).map(|outlet| outlet.id);
    assert_eq!(of("SAU"), Some("alwatan-sau"));
    assert_eq!(id("no such paper"), None);
    assert_eq!(id(""), None);
}

#[test]
fn running_text_names_outlets_and_leaves_everyday_words_alone() {
    let found = |text: &str| -> Vec<(String, &str)> {
        outlets()
            .find_in(text)
            .into_iter()
            .map(|(range, outlet)| (text[range].to_string(), outlet.id))
            .collect()
    };
    assert_eq!(
        found("قال مسؤول لرويترز ووكالة فرانس برس إن المعبر فتح"),
        [("رويترز".to_string(), "reuters"), ("وكالة فرانس برس".to_string(), "afp")]
    );
    assert_eq!(
        found("The envoy told Reuters and The New York Times that time is short."),
        [("Reuters".to_string(), "reuters"), ("The New York Times".to_string(), "nytimes")]
    );
    assert!(found("The map of the metro shows the nature of the time.").is_empty());
    assert!(found("قال لنا إن المكان كان فينا وما قنا بنا في العالم اليوم").is_empty());
}

#[test]
fn houses_keep_together() {
    let list = outlets();
    let get = |id: &str| list.by_id(id).expect("the outlet is listed");
    assert!(list.same_house(get("cnn"), get("cnnarabic")));
    assert!(list.same_house(get("bbcarabic"), get("bbc")));
    assert!(!list.same_house(get("cnn"), get("bbc")));
}
