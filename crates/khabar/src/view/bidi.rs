//! Keeping right-to-left words in their place inside left-to-right lines, and the other way round.
//!
//! A terminal that knows the Unicode bidirectional algorithm reorders the neutral marks between two runs of different
//! direction (a dash, a quotation mark, a digit). Each piece of foreign direction is therefore set in an isolate.

/// First strong isolate: the piece takes the direction of its own first strong letter.
const FSI: char = '\u{2068}';
/// Ends an isolate.
const PDI: char = '\u{2069}';

/// Whether `c` is a letter that is written from right to left.
pub(crate) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// Sets `piece` in an isolate when it holds a right-to-left letter, for use in a left-to-right line.
pub(crate) fn isolate(piece: &str) -> String {
    if piece.chars().any(is_rtl) { format!("{FSI}{piece}{PDI}") } else { piece.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_right_to_left_pieces_are_isolated() {
        assert_eq!(isolate("Reuters, 3 May"), "Reuters, 3 May");
        assert_eq!(isolate("قال \"نعم\""), "\u{2068}قال \"نعم\"\u{2069}");
        assert_eq!(isolate("AFP أ ف ب"), "\u{2068}AFP أ ف ب\u{2069}");
    }
}
