//! From a prepared page to the parts of its article.

use khabar_record::BlockKind;
use scraper::Html;

use super::align::Extracted;
use super::judge::{Verdict, judge, judge_by_prose};
use super::linked_data::article_body;
use super::main_text::{MainText, Trafilatura};
use super::plain;
use super::segment::{Page, PieceKind};
use crate::Limits;
use crate::assemble::{Part, Role};
use crate::guard::{self, Prepared};

/// A story with fewer characters than this is looked at again by slower means.
const SHORT: usize = 600;

/// A page with more elements than this is read without the extractor, whose work grows faster than the page.
const MANY_TAGS: usize = 60_000;

/// What a page holds.
#[derive(Debug)]
pub(crate) struct Story {
    /// The pieces of the page in order, none of them a part of the story when the page shows none.
    pub(crate) parts: Vec<Part>,
    /// The page's tree, or for a page too large to have one that of its head.
    pub(crate) tree: Html,
}

/// Takes a page apart and judges its pieces.
pub(crate) fn story_of(prepared: &Prepared, limits: &Limits) -> Story {
    let html = prepared.html.as_str();
    let huge = html.len() > limits.full_markup_bytes || prepared.tags > MANY_TAGS;
    let giant = html.len() > limits.full_markup_bytes * 4 || prepared.tags > MANY_TAGS * 4;
    if giant {
        let page = plain::page_of(html);
        let verdicts = judge_by_prose(&page);
        return Story {
            parts: laid_out(page, &verdicts),
            tree: Html::parse_document(head_of(html)),
        };
    }
    let (tree, page) = parse(html);
    let parts = page.map_or_else(Vec::new, |page| {
        if huge {
            let verdicts = judge_by_prose(&page);
            laid_out(page, &verdicts)
        } else {
            parts_of(page, html)
        }
    });
    Story { parts, tree }
}

fn parts_of(page: Page, html: &str) -> Vec<Part> {
    let mut verdicts = by_extractor(&page, html, false);
    if story_chars(&page, &verdicts) < SHORT {
        verdicts = longer(&page, verdicts, by_extractor(&page, html, true));
    }
    let Some(body) = article_body(html) else {
        return laid_out(page, &verdicts);
    };
    let chars = body.iter().map(|l| l.chars().filter(|c| *c != ' ').count()).sum::<usize>();
    let missing =
        |verdicts: &[Verdict]| chars > SHORT / 4 && story_chars(&page, verdicts) * 2 < chars;
    if missing(&verdicts) {
        let by_body = judge(&page, &Extracted::of(body.iter().map(String::as_str)));
        verdicts = longer(&page, verdicts, by_body);
    }
    if missing(&verdicts) { with_body(page, body) } else { laid_out(page, &verdicts) }
}

fn parse(html: &str) -> (Html, Option<Page>) {
    const SHALLOW: usize = 24;
    let tree = Html::parse_document(html);
    if let Some(page) = Page::of(&tree) {
        return (tree, Some(page));
    }
    // The guard counts tags as they stand; what the parser makes of broken nesting may still be deeper.
    let tree = Html::parse_document(&guard::prepare(html, SHALLOW).html);
    let page = Page::of(&tree);
    (tree, page)
}

/// Cuts a page off where its head has surely ended.
fn head_of(html: &str) -> &str {
    const LONGEST_HEAD: usize = 256 << 10;
    // A tag starts with a character of one byte, so cutting before one cuts no character in two.
    let end = html.as_bytes()[..html.len().min(LONGEST_HEAD)].iter().rposition(|b| *b == b'<');
    &html[..end.unwrap_or(0)]
}

fn by_extractor(page: &Page, html: &str, thorough: bool) -> Vec<Verdict> {
    let blocks = Trafilatura.blocks(html, thorough);
    judge(page, &Extracted::of(blocks.iter().map(String::as_str)))
}

fn longer(page: &Page, one: Vec<Verdict>, other: Vec<Verdict>) -> Vec<Verdict> {
    if story_chars(page, &other) > story_chars(page, &one) { other } else { one }
}

fn story_chars(page: &Page, verdicts: &[Verdict]) -> usize {
    let story = page.pieces.iter().zip(verdicts).filter(|(_, v)| **v == Verdict::Story);
    story.map(|(piece, _)| piece.chars).sum()
}

fn laid_out(page: Page, verdicts: &[Verdict]) -> Vec<Part> {
    let parts = page.pieces.into_iter().zip(verdicts).map(|(piece, verdict)| Part {
        role: match verdict {
            Verdict::Story => Role::Story(block_kind(piece.kind)),
            Verdict::Furniture(kind) => Role::Furniture(*kind),
        },
        text: piece.text,
        soft: piece.soft,
    });
    parts.collect()
}

/// Uses the linked data's text in place of a story that the page does not show.
fn with_body(page: Page, body: Vec<String>) -> Vec<Part> {
    let verdicts = judge(&page, &Extracted::default());
    let mut parts = laid_out(page, &verdicts);
    let story = body.into_iter().map(|text| Part {
        text,
        role: Role::Story(BlockKind::Paragraph),
        soft: false,
    });
    parts.extend(story);
    parts
}

fn block_kind(kind: PieceKind) -> BlockKind {
    match kind {
        PieceKind::Heading(_) => BlockKind::Heading,
        PieceKind::ListItem => BlockKind::ListItem,
        PieceKind::Quote => BlockKind::Quote,
        PieceKind::TableRow => BlockKind::TableRow,
        PieceKind::Preformatted => BlockKind::Preformatted,
        PieceKind::Paragraph | PieceKind::Caption | PieceKind::Control | PieceKind::Loose => {
            BlockKind::Paragraph
        }
    }
}
