//! Plain text, where only wording and layout tell the story from the furniture.
//!
//! Texts come from copying a page, from archives and from other programs, and the furniture of the page comes along without
//! the boxes that gave it away. What is left is layout: a story's paragraphs end with a mark, and the line that points to
//! another story does not; a form stands at the end; a label stands in capitals or before a gap. Two such signs are asked
//! for before a line is taken out, and a text that would lose everything keeps everything.

mod lines;

use khabar_record::{Article, Block, BlockKind, FurnitureKind, TextRange, TextSize};

use crate::assemble::{Part, Role, assemble};
use crate::furniture::{self, Layout, has_end_mark, title_like};
use lines::{Line, lines_of};

/// Takes a text as it is: nothing is removed, and each run of lines without an empty one is a block.
pub(crate) fn as_is(text: String) -> Article {
    let mut article = Article::default();
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        if line.trim().is_empty() {
            close(&mut article, &mut open);
        } else {
            open = Some((open.map_or(start, |o| o.0), end));
        }
        at += line.len();
    }
    close(&mut article, &mut open);
    article.document.text = text;
    article
}

fn close(article: &mut Article, open: &mut Option<(usize, usize)>) {
    if let Some((start, end)) = open.take() {
        let range = TextRange::new(TextSize::from(start), TextSize::from(end));
        article.blocks.push(Block { range, kind: BlockKind::Paragraph });
    }
}

/// Makes an article of a text that may hold a headline and furniture.
pub(crate) fn clean(text: &str, title: Option<&str>) -> Article {
    let lines = lines_of(text);
    let mut kinds = vec![None; lines.len()];
    let headline = headline(&lines, title);
    if let Some(line) = headline {
        kinds[line] = Some(FurnitureKind::Headline);
    }
    mark_by_wording(&lines, &mut kinds);
    mark_lists_under_labels(&lines, &mut kinds);
    mark_comment_form(&lines, &mut kinds);
    if kinds.iter().enumerate().all(|(i, kind)| kind.is_some() && Some(i) != headline) {
        kinds.fill(None);
    }
    let mut article = assemble(parts(&lines, &kinds, headline, title));
    if let Some(line) = headline {
        article.document.title = Some(title.unwrap_or(&lines[line].text).to_owned());
    }
    article
}

fn parts(
    lines: &[Line],
    kinds: &[Option<FurnitureKind>],
    headline: Option<usize>,
    title: Option<&str>,
) -> Vec<Part> {
    let mut parts = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        // The headline stands in the document's title, unless that says something else.
        if Some(index) == headline && title.is_none_or(|t| t.trim() == line.text) {
            continue;
        }
        let role = kinds[index]
            .map_or_else(|| Role::Story(block_kind(lines, kinds, index)), Role::Furniture);
        parts.push(Part { text: line.text.clone(), role, soft: line.soft });
    }
    parts
}

/// Finds the line that is the headline: the first, when it looks like one and a text follows.
fn headline(lines: &[Line], title: Option<&str>) -> Option<usize> {
    let first = lines.first()?;
    if let Some(title) = title {
        let same = furniture::folded(title) == furniture::folded(&first.text);
        return (same && lines.len() > 1).then_some(0);
    }
    let next = lines.get(1)?;
    let words = first.text.split_whitespace().count();
    let longer = next.text.chars().count() > first.text.chars().count()
        || lines[1..].iter().take(6).any(|l| has_end_mark(&l.text));
    let layout = Layout { near_end: false, ..Layout::default() };
    let furniture = furniture::kind_by_wording(&first.text, layout).is_some();
    (words >= 3
        && title_like(&first.text)
        && !next.soft
        && longer
        && !furniture
        && !is_item(&first.text))
    .then_some(0)
}

fn mark_by_wording(lines: &[Line], kinds: &mut [Option<FurnitureKind>]) {
    let long = |line: &&Line| line.text.split_whitespace().count() >= 8;
    let paragraphs = lines.iter().filter(long).count();
    let ended = lines.iter().filter(long).filter(|l| has_end_mark(&l.text)).count();
    // With few paragraphs an open end says nothing about any of them.
    let prose = ended >= 2 && ended * 10 >= paragraphs * 6;
    for (index, line) in lines.iter().enumerate() {
        if kinds[index].is_some() {
            continue;
        }
        let ends = has_end_mark(&line.text);
        let before_story = lines.get(index + 1).is_some_and(|l| has_end_mark(&l.text));
        let layout = Layout {
            linked: 0.0,
            set_apart: false,
            unlike_the_rest: prose && !ends && !line.soft,
            opens_part: before_story && line.text.split_whitespace().count() <= 3,
            near_end: index + 4 >= lines.len() || index * 10 >= lines.len() * 8,
        };
        kinds[index] = furniture::kind_by_wording(&line.text, layout);
    }
}

/// A label alone on its line names what the lines under it are, as far as they look like titles.
fn mark_lists_under_labels(lines: &[Line], kinds: &mut [Option<FurnitureKind>]) {
    const LONGEST: usize = 8;
    let mut index = 0;
    while index < lines.len() {
        let label = kinds[index] == Some(FurnitureKind::RelatedLink)
            && lines[index].text.split_whitespace().count() <= 5;
        index += 1;
        if !label {
            continue;
        }
        let until = lines.len().min(index + LONGEST);
        while index < until && kinds[index].is_none() && title_like(&lines[index].text) {
            let words = lines[index].text.split_whitespace().count();
            // A line that stands right above a paragraph may be its heading.
            let heading = lines
                .get(index + 1)
                .is_some_and(|next| kinds[index + 1].is_none() && !title_like(&next.text));
            if words < 4 || heading && words < 8 {
                break;
            }
            kinds[index] = Some(FurnitureKind::RelatedLink);
            index += 1;
        }
    }
}

/// From the first phrase of a comment form on, all is form and comments, when another such phrase follows near the end.
fn mark_comment_form(lines: &[Line], kinds: &mut [Option<FurnitureKind>]) {
    let is_form = |kind: &Option<FurnitureKind>| *kind == Some(FurnitureKind::CommentForm);
    let from = lines.len() * 6 / 10;
    let Some(first) = (from..lines.len()).find(|&i| is_form(&kinds[i])) else {
        return;
    };
    let phrases = (first..lines.len()).filter(|&i| is_form(&kinds[i]));
    let mut texts: Vec<String> = phrases.map(|i| furniture::folded(&lines[i].text)).collect();
    texts.sort();
    texts.dedup();
    if texts.len() < 2 {
        return;
    }
    for kind in &mut kinds[first..] {
        kind.get_or_insert(FurnitureKind::CommentForm);
    }
}

fn block_kind(lines: &[Line], kinds: &[Option<FurnitureKind>], index: usize) -> BlockKind {
    let line = &lines[index];
    if is_item(&line.text) {
        return BlockKind::ListItem;
    }
    let next = (index + 1..lines.len()).find(|&i| kinds[i].is_none());
    let short = line.text.split_whitespace().count() <= 12;
    let above_text = next.is_some_and(|i| !lines[i].soft && has_end_mark(&lines[i].text));
    if short && !line.soft && index > 0 && title_like(&line.text) && above_text {
        return BlockKind::Heading;
    }
    BlockKind::Paragraph
}

fn is_item(text: &str) -> bool {
    ["- ", "• ", "* ", "– ", "· ", "▪ ", "◦ "].iter().any(|mark| text.starts_with(mark))
}

#[cfg(test)]
mod tests;
