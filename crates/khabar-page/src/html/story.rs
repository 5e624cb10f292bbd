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

/// Takes a page apart and judges its pieces. Returns no part of a story when the page shows none.
pub(crate) fn parts_of(prepared: &Prepared, limits: &Limits) -> Vec<Part> {
    let html = prepared.html.as_str();
    let huge = html.len() > limits.full_markup_bytes || prepared.tags > MANY_TAGS;
    let giant = html.len() > limits.full_markup_bytes * 4 || prepared.tags > MANY_TAGS * 4;
    let page = if giant { Some(plain::page_of(html)) } else { parse(html) };
    let Some(page) = page else {
        return Vec::new();
    };
    let mut verdicts = if huge { judge_by_prose(&page) } else { by_extractor(&page, html, false) };
    if !huge && story_chars(&page, &verdicts) < SHORT {
        verdicts = longer(&page, verdicts, by_extractor(&page, html, true));
    }
    if !huge && let Some(body) = article_body(html) {
        let chars = body.iter().map(|l| l.chars().filter(|c| *c != ' ').count()).sum::<usize>();
        let missing =
            |verdicts: &[Verdict]| chars > SHORT / 4 && story_chars(&page, verdicts) * 2 < chars;
        if missing(&verdicts) {
            verdicts = longer(
                &page,
                verdicts,
                judge(&page, &Extracted::of(body.iter().map(String::as_str))),
            );
            if missing(&verdicts) {
                return with_body(page, body);
            }
        }
    }
    laid_out(page, &verdicts)
}

fn parse(html: &str) -> Option<Page> {
    // The guard counts tags as they stand; what the parser makes of broken nesting may still be deeper.
    Page::of(&Html::parse_document(html)).or_else(|| {
        const SHALLOW: usize = 24;
        Page::of(&Html::parse_document(&guard::prepare(html, SHALLOW).html))
    })
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
