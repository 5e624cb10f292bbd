//! How a text is laid out, kept so that it can be read again without its page.
//!
//! Blocks are nearly always the stretches between empty lines, so their kinds are enough: `p12h1p3` is twelve paragraphs, a
//! heading and three paragraphs. Blocks that lie otherwise are kept with their byte offsets.

use std::fmt::Write as _;

use khabar_record::{Block, BlockKind, TextRange};

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
    let mut out = String::new();
    let mut at = 0;
    while at < blocks.len() {
        let kind = blocks[at].kind;
        let letter =
            KINDS.iter().find(|(other, _)| *other == kind).map_or('p', |(_, letter)| *letter);
        if regular {
            let run = blocks[at..].iter().take_while(|block| block.kind == kind).count();
            let _ = write!(out, "{letter}{run}");
            at += run;
        } else {
            let range = blocks[at].range;
            let _ = write!(out, "{letter}{}-{}", range.start().to_u32(), range.end().to_u32());
            at += 1;
        }
    }
    Some(out)
}

/// Reads what [`pack`] wrote; `None` when it does not fit the text.
pub(crate) fn unpack(text: &str, packed: &str) -> Option<Vec<Block>> {
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
        assert_eq!(packed, "p0-2l5-8");
        assert_eq!(unpack(text, &packed), Some(odd));
    }

    #[test]
    fn what_does_not_fit_the_text_is_refused() {
        for bad in ["x1", "p9", "p0-99", "p2-1", "p", "p-1", "3", "قp"] {
            assert_eq!(unpack("one\n\ntwo", bad), None, "{bad}");
        }
    }
}
