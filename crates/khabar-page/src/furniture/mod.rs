//! What on a news page is not the news, told by its wording.

use khabar_record::FurnitureKind;

/// Returns the kind that a table of rules names by its name in records.
pub(crate) fn kind_of_label(label: &str) -> Option<FurnitureKind> {
    use FurnitureKind as F;
    Some(match label {
        "related-link" => F::RelatedLink,
        "share-bar" => F::ShareBar,
        "newsletter" => F::Newsletter,
        "comment-form" => F::CommentForm,
        "cookie-notice" => F::CookieNotice,
        "caption" => F::Caption,
        "byline" => F::Byline,
        "credit" => F::Credit,
        "copyright" => F::Copyright,
        "advertisement" => F::Advertisement,
        "navigation" => F::Navigation,
        "date-line" => F::DateLine,
        "headline" => F::Headline,
        "author-note" => F::AuthorNote,
        "other" => F::Other,
        _ => return None,
    })
}
