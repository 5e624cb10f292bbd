//! For each piece of a page: the story, or which kind of furniture.

use khabar_record::FurnitureKind;

use super::align::Extracted;
use super::segment::{BoxTag, Page, PieceKind};
use super::structure::Hint;

/// What a piece of a page was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Part of the story.
    Story,
    /// Not part of the story.
    Furniture(FurnitureKind),
}

/// Judges the pieces of a page on an extractor's word and on what the page itself says.
pub(crate) fn judge(page: &Page, extracted: &Extracted) -> Vec<Verdict> {
    page.pieces
        .iter()
        .map(|piece| {
            if extracted.share(&piece.text) >= 0.5 {
                Verdict::Story
            } else {
                Verdict::Furniture(kind_by_place(page, piece))
            }
        })
        .collect()
}

/// Names the kind of a piece that is no part of the story by where it stands.
fn kind_by_place(page: &Page, piece: &super::Piece) -> FurnitureKind {
    if let Some(Hint::Furniture(kind, _)) = piece.hint {
        return kind;
    }
    if piece.kind == PieceKind::Caption {
        return FurnitureKind::Caption;
    }
    for around in page.boxes_of(piece) {
        if let Some(Hint::Furniture(kind, _)) = around.hint {
            return kind;
        }
        match around.tag {
            BoxTag::Nav | BoxTag::Header | BoxTag::Footer => return FurnitureKind::Navigation,
            BoxTag::Figure => return FurnitureKind::Caption,
            _ => {}
        }
    }
    FurnitureKind::Other
}
