//! How a text is laid out, kept so that it can be read again without its page.
//!
//! Blocks are nearly always the stretches between empty lines, so their kinds are enough: `p12h1p3` is twelve paragraphs, a
//! heading and three paragraphs. Blocks that lie otherwise are kept as a packed list (`pack`) of gaps and lengths in bytes, each
//! with its kind; older khabars wrote `p0-10h12-19`.

use std::fmt::Write as _;

use khabar_record::{Block, BlockKind, CodePointRange, TextRange, TextSize};

use crate::pack;

const KINDS: [(BlockKind, char); 6] = [
    (BlockKind::Paragraph, 'p'),
    (BlockKind::Heading, 'h'),
    (BlockKind::ListItem, 'l'),
    (BlockKind::Quote, 'q'),
    (BlockKind::TableRow, 't'),
    (BlockKind::Preformatted, 'c'),
];

/// Writes the blocks of a text.
pub(crate) fn pack(text: &str, blocks: &[Block]) -> Option<String> {
    if blocks.is_empty() {
        return None;
    }
    let regular = blocks.iter().map(|block| block.range).eq(stretches(text));
    if !regular {
        return pack::pack(blocks.iter().map(|block| {
            let place = |size: TextSize| size.to_u32();
            let kind = KINDS.iter().position(|(kind, _)| *kind == block.kind).unwrap_or(0);
            (CodePointRange(place(block.range.start()), place(block.range.end())), [kind as u64])
        }));
    }
    let mut out = String::new();
    let mut at = 0;
    while at < blocks.len() {
        let kind = blocks[at].kind;
        let letter =
            KINDS.iter().find(|(other, _)| *other == kind).map_or('p', |(_, letter)| *letter);
        let run = blocks[at..].iter().take_while(|block| block.kind == kind).count();
        let _ = write!(out, "{letter}{run}");
        at += run;
    }
    Some(out)
}

/// Reads what [`pack`] wrote; `None` when it does not fit the text.
pub(crate) fn unpack(text: &str, packed: &str) -> Option<Vec<Block>> {
    if packed.starts_with(['n', 'w']) {
        return unpack_places(text, packed);
    }
    let mut blocks = Vec::new();
    let mut between = stretches(text);
    let mut rest = packed;
    while let Some(letter) = rest.chars().next() {
        let kind = KINDS.iter().find(|(_, other)| *other == letter)?.0;
        rest = &rest[letter.len_utf8()..];
        let length = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (numbers, after) = rest.split_at(length);
        rest = after;
        if let Some((start, end)) = numbers.split_once('-') {
            let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
            text.get(start..end)?;
            blocks.push(Block { range: TextRange::new(start, end), kind });
        } else {
            for _ in 0..numbers.parse::<usize>().ok()? {
                blocks.push(Block { range: between.next()?, kind });
            }
        }
    }
    Some(blocks)
}

fn unpack_places(text: &str, packed: &str) -> Option<Vec<Block>> {
    let places = pack::unpack::<1>(packed)?.into_iter();
    let block = |(CodePointRange(start, end), [kind]): (CodePointRange, [u64; 1])| {
        let (start, end) = (start as usize, end as usize);
        text.get(start..end)?;
        let (kind, _) = KINDS.get(usize::try_from(kind).ok()?)?;
        Some(Block { range: TextRange::new(start, end), kind: *kind })
    };
    places.map(block).collect()
}

/// The stretches of a text between empty lines, without the white space at their edges.
fn stretches(text: &str) -> impl Iterator<Item = TextRange> + '_ {
    let mut at = 0;
    text.split("\n\n").filter_map(move |part| {
        let range = TextRange::new(at, at + part.len()).trim(text);
        at += part.len() + 2;
        (!range.is_empty()).then_some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(start: usize, end: usize, kind: BlockKind) -> Block {
        Block { range: TextRange::new(start, end), kind }
    }

    #[test]
    fn blocks_survive_and_take_little_room() {
        let text = "one\n\ntwo\n\n\nthree\n\nfour";
        let regular: Vec<Block> = stretches(text)
            .zip([BlockKind::Heading, BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Quote])
            .map(|(range, kind)| Block { range, kind })
            .collect();
        let packed = pack(text, &regular).unwrap();
        assert_eq!(packed, "h1p2q1");
        assert_eq!(unpack(text, &packed), Some(regular));
        let odd = vec![block(0, 2, BlockKind::Paragraph), block(5, 8, BlockKind::ListItem)];
        let packed = pack(text, &odd).unwrap();
        assert_eq!(packed.chars().count(), 7, "{packed:?}");
        assert_eq!(unpack(text, &packed), Some(odd.clone()));
        assert_eq!(unpack(text, "p0-2l5-8"), Some(odd), "as older khabars wrote it");
    }

    #[test]
    fn what_does_not_fit_the_text_is_refused() {
        for bad in
            ["x1", "p9", "p0-99", "p2-1", "p", "p-1", "3", "قp", "n \u{ffff} ", "n 0", "n  &"]
        {
            assert_eq!(unpack("one\n\ntwo", bad), None, "{bad}");
        }
    }
}
