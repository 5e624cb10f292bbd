//! Judged pieces laid out as an article: the story as one text with blocks, the rest as furniture with its place.

use khabar_record::{Article, Block, BlockKind, Furniture, FurnitureKind, TextRange, TextSize};

/// A piece on its way into an article.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) role: Role,
    /// Follows the part before on a new line, not after an empty one.
    pub(crate) soft: bool,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Story(BlockKind),
    Furniture(FurnitureKind),
}

/// Lays parts out. Neighbours of one kind outside the story become one piece of furniture, since a menu is one thing.
pub(crate) fn assemble(parts: Vec<Part>) -> Article {
    let mut article = Article::default();
    let is_story = |part: &Part| matches!(part.role, Role::Story(_));
    let first = parts.iter().position(is_story).unwrap_or(parts.len());
    let last = parts.iter().rposition(is_story).unwrap_or(0);
    let mut joinable = false;
    for (index, part) in parts.into_iter().enumerate() {
        match part.role {
            Role::Story(kind) => {
                joinable = false;
                push_block(&mut article, &part, kind);
            }
            Role::Furniture(kind) => {
                let inside = first < index && index < last;
                push_furniture(&mut article, part.text, kind, inside, joinable);
                joinable = true;
            }
        }
    }
    article
}

fn push_block(article: &mut Article, part: &Part, kind: BlockKind) {
    let text = &mut article.document.text;
    if !text.is_empty() {
        let run = article.blocks.last().is_some_and(|b| b.kind == kind)
            && matches!(kind, BlockKind::ListItem | BlockKind::TableRow);
        text.push_str(if part.soft || run { "\n" } else { "\n\n" });
    }
    let start = TextSize::of(text);
    text.push_str(&part.text);
    article.blocks.push(Block { range: TextRange::new(start, TextSize::of(text)), kind });
}

fn push_furniture(
    article: &mut Article,
    text: String,
    kind: FurnitureKind,
    inside: bool,
    joinable: bool,
) {
    let here = TextSize::of(&article.document.text);
    let at = inside.then(|| TextRange::new(here, here));
    // What names people is kept apart line by line, for those who read it.
    let alone = matches!(
        kind,
        FurnitureKind::Byline
            | FurnitureKind::Credit
            | FurnitureKind::DateLine
            | FurnitureKind::Caption
    );
    if joinable
        && !alone
        && let Some(last) = article.document.furniture.last_mut()
        && last.kind == kind
        && last.at == at
    {
        last.text.push('\n');
        last.text.push_str(&text);
        return;
    }
    article.document.furniture.push(Furniture { kind, text, at });
}
