//! Plain text, where only wording and layout tell the story from the furniture.

use khabar_record::{Article, Block, BlockKind, TextRange, TextSize};

use crate::assemble::{Part, Role, assemble};

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
    let _ = title;
    let parts = text.lines().filter(|l| !l.trim().is_empty()).map(|line| Part {
        text: line.trim().to_owned(),
        role: Role::Story(BlockKind::Paragraph),
        soft: false,
    });
    assemble(parts.collect())
}
