//! Fixtures are our own words; the agencies and papers are real, since the list of outlets is.

use khabar_atlas::outlets::outlets;
use khabar_record::{
    Article, Block, BlockKind, Furniture, FurnitureKind, Origin, OriginKind, TextRange,
};

use super::rules::load;
use super::{Surroundings, credited_names, find};
use crate::meta::table::sound;

/// Lays paragraphs out as an article.
fn article(paragraphs: &[&str], furniture: &[(FurnitureKind, &str)]) -> Article {
    let mut article = Article::default();
    for paragraph in paragraphs {
        if !article.document.text.is_empty() {
            article.document.text.push_str("\n\n");
        }
        let start = article.document.text.len();
        article.document.text.push_str(paragraph);
        let range = TextRange::new(start, article.document.text.len());
        article.blocks.push(Block { range, kind: BlockKind::Paragraph });
    }
    for (kind, text) in furniture {
        article.document.furniture.push(Furniture {
            kind: *kind,
            text: (*text).to_string(),
            at: None,
        });
    }
    article
}

fn on_page_of<'a>(id: Option<&str>, language: &'a str) -> Surroundings<'a> {
    let page = id.map(|id| outlets().by_id(id).expect("the outlet is listed"));
    Surroundings {
        page,
        page_name: page.map(|page| page.name_en),
        language: Some(language),
        ..Surroundings::default()
    }
}

#[track_caller]
fn check(
    article: &Article,
    around: &Surroundings,
    kind: OriginKind,
    outlet: Option<&str>,
    words: &[&str],
) -> Origin {
    let origin = find(article, around).expect("the origin is said");
    assert_eq!((origin.kind, origin.outlet.as_deref()), (kind, outlet));
    let evidence: Vec<&str> =
        origin.evidence.iter().map(|range| &article.document.text[*range]).collect();
    assert_eq!(evidence, words);
    origin
}

#[test]
fn every_rule_compiles_and_names_known_outlets() {
    let rules = sound(load());
    assert!(rules.len() > 40);
    for rule in rules {
        sound(rule.compile());
    }
}

#[test]
fn datelines_of_agencies_make_wire_reports() {
    let body =
        "The ferry between the two islands will run again from Monday after a month of repairs.";
    for (line, outlet, words) in [
        ("KYIV (Reuters) - ", "Reuters", "Reuters"),
        ("KYIV, May 3 (Reuters) — ", "Reuters", "Reuters"),
        ("WASHINGTON, D.C. (AP) — ", "Associated Press", "AP"),
        ("(AFP) - ", "Agence France-Presse", "AFP"),
        ("AFP - ", "Agence France-Presse", "AFP"),
        ("Beirut/AFP: ", "Agence France-Presse", "AFP"),
    ] {
        let article = article(&[&format!("{line}{body}")], &[]);
        check(
            &article,
            &on_page_of(Some("gulfnews"), "en"),
            OriginKind::Wire,
            Some(outlet),
            &[words],
        );
    }
}

#[test]
fn arabic_datelines_are_read_in_all_their_shapes() {
    let body = "أعلنت سلطات الميناء عودة العبّارات إلى العمل اعتبارا من يوم الاثنين.";
    for (line, outlet, words) in [
        ("القاهرة - رويترز: ", "Reuters", "رويترز"),
        ("القاهرة (رويترز) - ", "Reuters", "رويترز"),
        ("بيروت في 7 أيار (أ ف ب) - ", "Agence France-Presse", "أ ف ب"),
        ("(أ.ف.ب) - ", "Agence France-Presse", "أ.ف.ب"),
        ("غزة/ الأناضول/ ", "Anadolu Agency", "الأناضول"),
        ("الرياض - واس - ", "Saudi Press Agency", "واس"),
        ("رويترز - ", "Reuters", "رويترز"),
    ] {
        let article = article(&[&format!("{line}{body}")], &[]);
        check(&article, &on_page_of(Some("youm7"), "ar"), OriginKind::Wire, Some(outlet), &[words]);
    }
    let agencies = article(&[&format!("عواصم - وكالات: {body}")], &[]);
    check(&agencies, &on_page_of(Some("youm7"), "ar"), OriginKind::Wire, None, &["وكالات"]);
}

#[test]
fn an_outlets_own_dateline_is_no_foreign_sign() {
    let own =
        article(&["القاهرة: «الشرق الأوسط» أعلنت سلطات الميناء عودة العبّارات إلى العمل."], &[]);
    check(
        &own,
        &on_page_of(Some("asharq-alawsat"), "ar"),
        OriginKind::Own,
        Some("Asharq Al-Awsat"),
        &["الشرق الأوسط"],
    );
    let house = article(&["London (CNN) — The ferry will run again from Monday."], &[]);
    check(
        &house,
        &on_page_of(Some("cnnarabic"), "en"),
        OriginKind::Own,
        Some("CNN Arabic"),
        &["CNN"],
    );
}

#[test]
fn sentences_that_mention_outlets_are_no_datelines() {
    for line in [
        "The minister told Reuters on Monday that the ferry would run again.",
        "قال الوزير لوكالة رويترز إن العبّارات ستعود إلى العمل يوم الاثنين.",
        "Nature: a walk through the woods behind the old harbour.",
        "معا: حملة لتنظيف الشاطئ يشارك فيها مئات المتطوعين.",
        "He left the ministry in May (AFP had reported his plans) and took to farming.",
    ] {
        let article = article(&[line, "A second paragraph says more about it."], &[]);
        let origin = find(&article, &on_page_of(Some("youm7"), "en")).expect("the outlet is known");
        assert_eq!((origin.kind, origin.evidence.len()), (OriginKind::Own, 0), "{line}");
        assert_eq!(find(&article, &on_page_of(None, "en")), None, "{line}");
    }
}

#[test]
fn sign_offs_and_notes_at_the_end_count() {
    let end =
        article(&["The ferry will run again.", "Tickets stay as dear as they were. (AFP)"], &[]);
    check(
        &end,
        &on_page_of(Some("gulfnews"), "en"),
        OriginKind::Wire,
        Some("Agence France-Presse"),
        &["AFP"],
    );
    let source = article(&["ستعود العبّارات إلى العمل.", "المصدر: نيويورك تايمز"], &[]);
    let page = on_page_of(Some("arabi21"), "ar");
    check(
        &source,
        &page,
        OriginKind::Republished,
        Some("The New York Times"),
        &["المصدر: نيويورك تايمز"],
    );
    let first = article(
        &["The ferry will run again."],
        &[(FurnitureKind::Credit, "This article was originally published by ProPublica.")],
    );
    let origin = check(
        &first,
        &on_page_of(Some("salon"), "en"),
        OriginKind::Republished,
        Some("ProPublica"),
        &[],
    );
    assert_eq!(origin.evidence_furniture, [0]);
    let unlisted = article(
        &["The ferry will run again."],
        &[(FurnitureKind::Credit, "This story first appeared in The Harbour Lantern.")],
    );
    check(
        &unlisted,
        &on_page_of(Some("salon"), "en"),
        OriginKind::Republished,
        Some("The Harbour Lantern"),
        &[],
    );
}

#[test]
fn helpers_do_not_make_a_report_theirs() {
    let furniture = [
        (FurnitureKind::Byline, "By Ann Lee"),
        (FurnitureKind::Credit, "The Associated Press contributed to this report."),
    ];
    let helped = article(&["The ferry will run again from Monday."], &furniture);
    let around = Surroundings { has_authors: true, ..on_page_of(Some("gulfnews"), "en") };
    let origin = check(&helped, &around, OriginKind::Own, Some("Gulf News"), &[]);
    assert_eq!(origin.evidence_furniture, [0]);
}

#[test]
fn agency_bylines_make_wire_reports() {
    let furniture = [(FurnitureKind::Byline, "By Reuters")];
    let wire = article(&["The ferry will run again from Monday."], &furniture);
    let origin =
        check(&wire, &on_page_of(Some("gulfnews"), "en"), OriginKind::Wire, Some("Reuters"), &[]);
    assert_eq!(origin.evidence_furniture, [0]);
    let names = ["AFP".to_string()];
    let told = Surroundings { credited: &names, ..on_page_of(Some("gulfnews"), "en") };
    let plain = article(&["The ferry will run again from Monday."], &[]);
    check(&plain, &told, OriginKind::Wire, Some("Agence France-Presse"), &[]);
}

#[test]
fn translations_are_told_by_credits_and_by_a_machines_commas() {
    let credit =
        [(FurnitureKind::Credit, "ترجمة: سامر حداد"), (FurnitureKind::Credit, "المصدر: هآرتس")];
    let by_hand = article(&["ستعود العبّارات إلى العمل."], &credit);
    let origin = check(
        &by_hand,
        &on_page_of(Some("alquds-pse"), "ar"),
        OriginKind::Translated,
        Some("Haaretz"),
        &[],
    );
    assert_eq!(origin.evidence_furniture, [0, 1]);
    let machine = "لندن (سي إن إن) أعلن الميناء ، يوم الأحد ، أن العبّارات ستعود ، وأن التذاكر ، كما قال المدير ، لن تتغير ، حتى الربيع.";
    let credit = "ساهم كل من ليلى منصور وسامر حداد من سي إن إن في هذا التقرير.";
    let by_machine = article(&[machine], &[(FurnitureKind::Credit, credit)]);
    let origin = check(
        &by_machine,
        &on_page_of(None, "ar"),
        OriginKind::Translated,
        Some("CNN"),
        &["سي إن إن"],
    );
    assert_eq!(origin.evidence_furniture, [0]);
}

#[test]
fn furniture_about_other_things_is_no_sign() {
    let furniture = [
        (FurnitureKind::Other, "Reuters"),
        (FurnitureKind::Other, "Source: Ministry of Ports"),
        (FurnitureKind::Other, "From Monday"),
        (FurnitureKind::Caption, "Photo: AFP"),
        (
            FurnitureKind::Byline,
            "Ann Lee writes about ports. She has worked for Harbour Weekly, The New York Times, and others",
        ),
    ];
    let own = article(&["The ferry will run again from Monday."], &furniture);
    check(&own, &on_page_of(Some("gulfnews"), "en"), OriginKind::Own, Some("Gulf News"), &[]);
}

#[test]
fn nothing_is_said_where_nothing_is_known() {
    let bare = article(
        &["The ferry will run again from Monday.", "Tickets stay as dear as they were."],
        &[],
    );
    assert_eq!(find(&bare, &on_page_of(None, "en")), None);
    assert_eq!(find(&Article::default(), &on_page_of(None, "en")), None);
}

#[test]
fn canonical_links_to_other_outlets_tell() {
    let bare = article(&["The ferry will run again from Monday."], &[]);
    let around = Surroundings {
        foreign_host: Some("www.theguardian.com"),
        ..on_page_of(Some("gulfnews"), "en")
    };
    check(&bare, &around, OriginKind::Republished, Some("The Guardian"), &[]);
}

#[test]
fn credit_lines_name_reporters_and_not_editors() {
    for (line, names) in [
        (
            "CNN’s Ann Lee, Tom Roe and Mia Ray contributed to this report.",
            "Ann Lee, Tom Roe and Mia Ray",
        ),
        ("Reporting by Ann Lee; editing by Tom Roe", "Ann Lee"),
        ("(Reporting by Ann Lee and Mia Ray; Editing by Tom Roe)", "Ann Lee and Mia Ray"),
        ("Ann Lee of The Paper contributed reporting", "Ann Lee"),
        ("ساهم كل من ليلى منصور وسامر حداد من سي إن إن في هذا التقرير.", "ليلى منصور وسامر حداد"),
        ("إعداد ليلى منصور للنشرة العربية - تحرير سامر حداد", "ليلى منصور"),
        ("شارك في إعداد هذا التقرير: ليلى منصور وسامر حداد", "ليلى منصور وسامر حداد"),
    ] {
        assert_eq!(credited_names(line), [names], "{line}");
    }
}
