//! What on a news page is not the news, told by its wording and its layout.
//!
//! A label alone proves nothing: "Read said on Monday" opens a sentence of the story, and "READ  Minister opens station" is
//! a link to another one. So a wording counts only where it stands as furniture stands: as the whole of a piece, or before
//! something laid out as a title, or in a short piece at the end. What stays in doubt stays in the text.

mod dates;
mod fold;
mod lexicon;

use khabar_record::FurnitureKind;

pub(crate) use fold::{Token, folded, tokens};
use lexicon::{Found, LEXICON, Place};

/// What is known about a piece besides its words.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations")]
pub(crate) struct Layout {
    /// The share of its characters that stand in links.
    pub(crate) linked: f32,
    /// Its box or its neighbours say that it is no part of the story.
    pub(crate) set_apart: bool,
    /// It stands without an end mark in a text whose paragraphs have one.
    pub(crate) unlike_the_rest: bool,
    /// It is a heading that opens a part of the story.
    pub(crate) opens_part: bool,
    /// It stands among the last pieces of the story.
    pub(crate) near_end: bool,
}

/// Pieces with more characters than this are read as prose.
const LONGEST: usize = 420;

/// Tells from its wording which kind of furniture a piece is, if it is any.
pub(crate) fn kind_by_wording(text: &str, layout: Layout) -> Option<FurnitureKind> {
    if text.len() > LONGEST * 2 || text.chars().count() > LONGEST {
        return None;
    }
    let tokens = tokens(text, 120);
    let piece = Shape::of(text, &tokens);
    if piece.words == 0 {
        return None;
    }
    if dates::is_date_line(&tokens) {
        return Some(FurnitureKind::DateLine);
    }
    let accepted = LEXICON.search(&tokens).filter(|found| piece.accepts(found, layout));
    // The wording that says most names the kind.
    accepted
        .reduce(|best, found| if found.words > best.words { found } else { best })
        .map(|found| found.kind)
}

/// Says whether a piece holds nothing but a day or an hour.
pub(crate) fn is_date_line(text: &str) -> bool {
    dates::is_date_line(&tokens(text, 20))
}

/// A piece as its wordings are judged against it.
struct Shape<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: usize,
    ended: bool,
}

impl<'a> Shape<'a> {
    fn of(text: &'a str, tokens: &'a [Token]) -> Self {
        Self {
            text,
            tokens,
            words: tokens.iter().filter(|t| t.is_word()).count(),
            ended: has_end_mark(text),
        }
    }

    fn accepts(&self, found: &Found, layout: Layout) -> bool {
        let rest = &self.tokens[found.start + found.len..];
        let rest_words = rest.iter().filter(|t| t.is_word()).count();
        let before = self.tokens[..found.start].iter().filter(|t| t.is_word()).count();
        match found.place {
            Place::Whole => rest_words == 0 && self.whole(found, layout),
            Place::Label => rest_words > 0 && self.label_points(found, rest, layout) > 0,
            Place::WeakLabel => rest_words > 0 && self.label_points(found, rest, layout) > 1,
            Place::Opening => self.opening(found, layout),
            Place::Within => self.words <= 60 && self.within(found, layout),
            Place::Ending => {
                rest_words == 0 && before <= 40 && layout_allows_ending(found.kind, layout)
            }
        }
    }

    /// A wording with a gap takes in whatever stands there, so it must not be a sentence.
    fn whole(&self, found: &Found, layout: Layout) -> bool {
        if found.open {
            let longest = if found.kind == FurnitureKind::Byline { 12 } else { 24 };
            let short = self.words <= longest && (found.words >= 3 || self.words <= 14);
            let named = found.kind != FurnitureKind::Byline || self.names_follow(found);
            return short && named && (!self.ended || found.words >= 3);
        }
        // A single word above a part of the story is its heading, whatever menus it also stands in.
        !(layout.opens_part && found.kind == FurnitureKind::Navigation)
    }

    fn opening(&self, found: &Found, layout: Layout) -> bool {
        let words = if matches!(found.kind, FurnitureKind::Credit | FurnitureKind::Byline) {
            40
        } else {
            55
        };
        let placed = match found.kind {
            FurnitureKind::Credit => layout.near_end || layout.set_apart || self.words <= 12,
            FurnitureKind::Byline => self.words <= 12 && !self.ended,
            _ => true,
        };
        self.words <= words && placed
    }

    fn within(&self, found: &Found, layout: Layout) -> bool {
        match found.kind {
            FurnitureKind::AuthorNote => {
                (layout.near_end || layout.set_apart) && found.start <= 8 && self.opens_with_name()
            }
            FurnitureKind::Credit => layout.near_end || layout.set_apart || found.words >= 4,
            _ => true,
        }
    }

    /// What a byline leaves open is a name.
    fn names_follow(&self, found: &Found) -> bool {
        let mut words = self.tokens[found.start..].iter().filter(|t| t.is_word()).skip(1);
        words.any(|t| {
            self.text[t.range.clone()].starts_with(|c: char| c.is_uppercase() || is_arabic_char(c))
        })
    }

    /// Notes about writers start with the name, or with a word for one.
    fn opens_with_name(&self) -> bool {
        let mut words = self.tokens.iter().filter(|t| t.is_word());
        let capital = |t: &Token| {
            self.text[t.range.clone()].starts_with(|c: char| c.is_uppercase() || is_arabic_char(c))
        };
        words.next().is_some_and(capital)
            && words.next().is_some_and(|t| capital(t) || t.folded.len() > 2)
    }

    /// Counts what in the layout speaks for a label before a title.
    fn label_points(&self, found: &Found, rest: &[Token], layout: Layout) -> u32 {
        let label = &self.tokens[found.start + found.len - 1];
        let after = &self.text[label.range.end..];
        let first_word = rest.iter().position(Token::is_word).unwrap_or(0);
        let rest_start = rest.get(first_word).map_or(self.text.len(), |t| t.range.start);
        let between = &self.text[label.range.end..rest_start];
        let rest_text = &self.text[rest_start..];
        let linked = layout.linked >= 0.6;
        if !linked && !title_like(rest_text) {
            return 0;
        }
        let name = &self.text[self.tokens[found.start].range.start..label.range.end];
        let separated = between
            .contains([':', '：', '|', '»', '>', '→', '►', '▶', '•', '–', '—', '؛'])
            || between.contains('-') && between.contains(' ')
            || between.contains("..");
        let wide = after.starts_with("  ")
            || after.starts_with(['\t', '\n'])
            || between.contains('\u{a0}');
        let capitals = name.chars().filter(|c| c.is_alphabetic()).count() > 2
            && name.chars().all(|c| !c.is_lowercase())
            && name.chars().any(char::is_uppercase)
            && rest_text.chars().any(char::is_lowercase);
        let other_script = is_arabic(name) != is_arabic(rest_text);
        u32::from(separated)
            + u32::from(wide)
            + u32::from(capitals)
            + u32::from(other_script)
            + 2 * u32::from(linked)
            + u32::from(layout.set_apart)
            + u32::from(layout.unlike_the_rest)
    }
}

fn layout_allows_ending(kind: FurnitureKind, layout: Layout) -> bool {
    kind != FurnitureKind::Credit || layout.near_end
}

/// Says whether a text looks like a headline: short, and no sentence.
pub(crate) fn title_like(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    (3..=200).contains(&count)
        && !has_end_mark(text)
        && !text.contains('\n')
        && !holds_sentences(text)
}

/// Says whether a text ends as a sentence does; question marks end headlines too.
pub(crate) fn has_end_mark(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]".contains(c));
    text.ends_with(['.', '!', '؛', ';', '。']) && !text.ends_with("...") && !text.ends_with("..")
}

/// Says whether a sentence ends inside the text.
fn holds_sentences(text: &str) -> bool {
    let mut word = 0;
    for (at, c) in text.char_indices() {
        if c == '.' && word > 3 {
            let rest = &text[at + 1..];
            if rest.starts_with(' ')
                && rest
                    .trim_start()
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_uppercase() || is_arabic_char(c))
            {
                return true;
            }
        }
        word = if c.is_alphabetic() { word + 1 } else { 0 };
    }
    false
}

fn is_arabic_char(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Says whether most letters of a text are Arabic.
pub(crate) fn is_arabic(text: &str) -> bool {
    let (mut arabic, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if is_arabic_char(c) {
            arabic += 1;
        } else {
            other += 1;
        }
    }
    arabic > other
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<FurnitureKind> {
        kind_by_wording(text, Layout::default())
    }

    fn kind_among_sentences(text: &str) -> Option<FurnitureKind> {
        kind_by_wording(text, Layout { unlike_the_rest: true, ..Layout::default() })
    }

    #[test]
    fn labels_before_titles() {
        use FurnitureKind::RelatedLink;
        for text in [
            "READ  Minister opens three new stations in the north",
            "READ MORE: Why the bridge stayed closed for a year",
            "ALSO READ: Solar firm wins contract",
            "اقرأ أيضا: الوزير يفتتح ثلاث محطات جديدة",
            "إقرأ أيضاً : مجلس البلدية يقر الموازنة",
            "READ  الوزير يفتتح ثلاث محطات جديدة في الشمال",
        ] {
            assert_eq!(kind(text), Some(RelatedLink), "{text}");
        }
        for text in
            ["Related: From tent to tower, a short history", "اقرأ: كيف تعمل المحطات الجديدة"]
        {
            assert_eq!(kind_among_sentences(text), Some(RelatedLink), "{text}");
        }
    }

    #[test]
    fn the_same_words_in_sentences_are_body() {
        for text in [
            "Read said on Monday that the bridge would open in May.",
            "READ said on Monday that the bridge would open in May.",
            "More than 200 people took part in the march.",
            "Related costs rose by a tenth, the ministry said.",
            "Watch makers in the valley fear for their trade.",
            "Follow-up talks are planned for June.",
            "قرأ الوزير البيان أمام المجلس يوم الثلاثاء.",
            "شاهد السكان الطائرات وهي تحلق فوق المدينة صباح اليوم.",
            "المزيد من القوات سيصل إلى المنطقة خلال أيام، بحسب المتحدث.",
            "تابع الوزير أن الخطة ستنفذ على مرحلتين.",
            "Today the minister said the work would go on.",
            "By entering the race, he has split the party.",
        ] {
            assert_eq!(kind_among_sentences(text), None, "{text}");
        }
    }

    #[test]
    fn forms_notes_and_credits() {
        use FurnitureKind as F;
        for (text, want) in [
            ("Leave a Reply Cancel reply", F::CommentForm),
            (
                "Your email address will not be published. Required fields are marked *",
                F::CommentForm,
            ),
            ("لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *", F::CommentForm),
            ("اترك تعليقاً", F::CommentForm),
            ("14 Comments", F::CommentForm),
            ("ساهم كل من سامي نادر ولينا حداد من سي إن إن في هذا التقرير.", F::Credit),
            ("CNN's Anna Berg and Paul Roth contributed to this report.", F::Credit),
            ("Share this article", F::ShareBar),
            ("Sign up to our free newsletter", F::Newsletter),
            ("جميع الحقوق محفوظة © 2024", F::Copyright),
            ("© 2024 Example News. All rights reserved.", F::Copyright),
            ("Advertisement", F::Advertisement),
            ("إعلان", F::Advertisement),
            ("5 min read", F::DateLine),
            ("Photo: Sami Nader/Reuters", F::Caption),
        ] {
            assert_eq!(kind(text), Some(want), "{text}");
        }
    }
}
