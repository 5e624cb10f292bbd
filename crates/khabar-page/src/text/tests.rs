use super::*;

const BODY_EN: [&str; 4] = [
    "The council voted on Monday to reopen the bridge before winter.",
    "Engineers had found cracks in two of its pillars last year.",
    "Read said on Monday that the work would cost less than planned.",
    "More than 200 people came to the meeting, and most spoke in favour.",
];

const BODY_AR: [&str; 4] = [
    "قرر المجلس يوم الاثنين إعادة فتح الجسر قبل حلول الشتاء.",
    "وكان مهندسون قد عثروا على تشققات في اثنين من أعمدته العام الماضي.",
    "شاهد السكان الشاحنات وهي تنقل المعدات إلى الموقع صباح الأحد.",
    "المزيد من العمال سيصلون خلال أيام، بحسب المتحدث باسم البلدية.",
];

fn join(lines: &[&str]) -> String {
    lines.join("\n\n")
}

fn furniture(article: &Article) -> Vec<(FurnitureKind, &str)> {
    article.document.furniture.iter().map(|f| (f.kind, f.text.as_str())).collect()
}

#[test]
fn inline_links_between_paragraphs_go_and_the_paragraphs_stay() {
    for (body, link) in [
        (BODY_EN, "READ  Harbour town counts the cost of a dry summer"),
        (BODY_EN, "ALSO READ: Harbour town counts the cost of a dry summer"),
        (BODY_EN, "Related: Harbour town counts the cost of a dry summer"),
        (BODY_AR, "READ  مدينة الميناء تحصي خسائر صيف جاف"),
        (BODY_AR, "اقرأ أيضاً: مدينة الميناء تحصي خسائر صيف جاف"),
        (BODY_AR, "إقرأ المزيد | مدينة الميناء تحصي خسائر صيف جاف"),
    ] {
        let text = join(&[body[0], body[1], link, body[2], body[3]]);
        let article = clean(&text, None);
        assert_eq!(article.document.text, join(&body), "{link}");
        assert_eq!(furniture(&article), [(FurnitureKind::RelatedLink, link)]);
        let at = article.document.furniture[0].at.unwrap();
        assert_eq!(at.start().to_usize(), body[0].len() + 2 + body[1].len());
    }
}

#[test]
fn the_first_line_is_the_headline_when_it_looks_like_one() {
    for (title, body) in [
        ("Council votes to reopen old bridge", BODY_EN),
        ("المجلس يقرر إعادة فتح الجسر القديم", BODY_AR),
    ] {
        let article = clean(&format!("{title}\n\n{}", join(&body)), None);
        assert_eq!(article.document.title.as_deref(), Some(title));
        assert_eq!(article.document.text, join(&body));
    }
    let article = clean(&join(&BODY_EN), None);
    assert_eq!(article.document.title, None);
    assert_eq!(article.document.text, join(&BODY_EN));
    let article = clean(&join(&BODY_EN), Some("Another headline"));
    assert_eq!(article.document.text, join(&BODY_EN));
}

#[test]
fn a_comment_form_takes_the_rest_of_the_text_with_it() {
    let text = join(
        &[
            &BODY_AR[..],
            &[
                "اترك تعليقاً",
                "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *",
                "سعيد يقول خبر جميل",
            ],
        ]
        .concat(),
    );
    let article = clean(&text, None);
    assert_eq!(article.document.text, join(&BODY_AR));
    assert!(furniture(&article).iter().all(|f| f.0 == FurnitureKind::CommentForm));
    assert!(article.document.furniture.iter().any(|f| f.text.contains("سعيد")));
}

#[test]
fn credits_and_bylines_are_typed() {
    let text = join(&[
        "Council votes to reopen old bridge",
        "By Anna Berg",
        "Published March 3, 2024",
        BODY_EN[0],
        BODY_EN[1],
        "CNN's Paul Roth contributed to this report.",
    ]);
    let article = clean(&text, None);
    assert_eq!(article.document.text, join(&BODY_EN[..2]));
    assert_eq!(
        furniture(&article),
        [
            (FurnitureKind::Byline, "By Anna Berg"),
            (FurnitureKind::DateLine, "Published March 3, 2024"),
            (FurnitureKind::Credit, "CNN's Paul Roth contributed to this report."),
        ]
    );
    let text = join(&[
        BODY_AR[0],
        BODY_AR[1],
        "ساهم كل من سامي نادر ولينا حداد من سي إن إن في هذا التقرير.",
    ]);
    assert_eq!(furniture(&clean(&text, None))[0].0, FurnitureKind::Credit);
}

#[test]
fn links_listed_under_a_label_go_with_it() {
    let text = join(&[
        BODY_EN[0],
        BODY_EN[1],
        "RELATED STORIES",
        "Harbour town counts the cost of a dry summer",
        "Why the old mill stayed empty for ten years",
        BODY_EN[2],
        BODY_EN[3],
    ]);
    let article = clean(&text, None);
    assert_eq!(article.document.text, join(&BODY_EN));
}

#[test]
fn a_text_that_is_all_labels_is_kept() {
    let article = clean("Share this article", None);
    assert_eq!(article.document.text, "Share this article");
    assert!(article.document.furniture.is_empty());
}

#[test]
fn as_is_changes_nothing() {
    let text = "  READ  A title\r\n\r\nFirst line\nsecond line  \n\n\n Third.\n";
    let article = as_is(text.to_owned());
    assert_eq!(article.document.text, text);
    let blocks: Vec<&str> = article
        .blocks
        .iter()
        .map(|b| &text[b.range.start().to_usize()..b.range.end().to_usize()])
        .collect();
    assert_eq!(blocks, ["READ  A title", "First line\nsecond line", "Third."]);
}
