//! Spelling variants folded into one, with every character's place in the original kept.
//!
//! The same Arabic name is written with and without vowel signs, stretched with tatweel, in presentation forms out of old
//! systems, with invisible marks that steer the direction of the text, with or without hamza on its alef. Dictionaries
//! and models must see one spelling, and the record must still point at the words as they stand. So normalisation never
//! returns a bare string: a [`Normalized`] text knows for each of its characters the stretch of the original it came from.

pub use khabar_fold::{Fold, fold, fold_into, is_dropped, strip_marks};
use khabar_fold::{fold_char, join, push_letter};
use khabar_record::TextRange;

/// A normalised text and the way back to the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized {
    text: String,
    /// For each character: where it starts in `text`, and the stretch of the original that it stands for.
    origins: Vec<(u32, TextRange)>,
    original: TextRange,
}

impl Normalized {
    /// Normalises a text.
    pub fn new(original: &str, fold: Fold) -> Self {
        let mut folder =
            Folder { fold, text: String::with_capacity(original.len()), origins: Vec::new() };
        for (at, c) in original.char_indices() {
            folder.push(c, TextRange::new(at, at + c.len_utf8()));
        }
        Self { text: folder.text, origins: folder.origins, original: TextRange::of(original) }
    }

    /// The normalised text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The stretch of the original that a stretch of the normalised text stands for. Dropped marks belong to the
    /// character before them, so that a word found in the normalised text comes back with its vowel signs.
    pub fn to_original(&self, range: TextRange) -> TextRange {
        let first = self.origins.partition_point(|&(start, _)| start < range.start().to_u32());
        let after = self.origins.partition_point(|&(start, _)| start < range.end().to_u32());
        if first >= after {
            let at =
                self.origins.get(first).map_or(self.original.end(), |(_, origin)| origin.start());
            return TextRange::empty(at);
        }
        self.origins[first].1.cover(self.origins[after - 1].1)
    }

    /// The characters, each with the stretch of the original that it stands for.
    pub fn chars(&self) -> impl Iterator<Item = (char, TextRange)> + '_ {
        self.text.chars().zip(self.origins.iter().map(|&(_, origin)| origin))
    }
}

struct Folder {
    fold: Fold,
    text: String,
    origins: Vec<(u32, TextRange)>,
}

impl Folder {
    fn push(&mut self, c: char, origin: TextRange) {
        if self.fold.marks
            && let Some(joined) = self.text.chars().next_back().and_then(|last| join(last, c))
        {
            self.text.pop();
            let before = self.origins.pop().map_or(origin, |(_, before)| before);
            self.emit(|fold, out| push_letter(joined, fold, out), before.cover(origin));
            return;
        }
        if self.fold.marks && is_dropped(c) {
            if let Some((_, before)) = self.origins.last_mut() {
                *before = before.cover(origin);
            }
            return;
        }
        self.emit(|fold, out| fold_char(c, fold, out), origin);
    }

    fn emit(&mut self, write: impl FnOnce(Fold, &mut dyn FnMut(char)), origin: TextRange) {
        let (text, origins) = (&mut self.text, &mut self.origins);
        write(self.fold, &mut |c| {
            origins.push((text.len() as u32, origin));
            text.push(c);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(text: &str) -> String {
        fold(text, Fold::FORM)
    }

    fn key(text: &str) -> String {
        fold(text, Fold::KEY)
    }

    #[test]
    fn vowel_signs_and_tatweel_are_dropped() {
        assert_eq!(form("كَتَبَتْ"), "كتبت");
        assert_eq!(form("العـــراق"), "العراق");
        assert_eq!(form("مُحَمَّدٌ"), "محمد");
        assert_eq!(form("رحمٰن"), "رحمن");
    }

    #[test]
    fn invisible_marks_are_dropped() {
        assert_eq!(form("\u{202B}خبر\u{202C}"), "خبر");
        assert_eq!(form("خ\u{200D}بر\u{200F}"), "خبر");
        assert_eq!(form("co\u{00AD}operate\u{FEFF}"), "cooperate");
    }

    #[test]
    fn presentation_forms_and_ligatures_become_letters() {
        assert_eq!(form("ﺍﻟﺴﻼﻡ"), "السلام");
        assert_eq!(form("ﷲ"), "الله");
        assert_eq!(form("ﻻ"), "لا");
        assert_eq!(form("ｏｆﬁce"), "office");
    }

    #[test]
    fn separate_hamza_joins_its_letter() {
        assert_eq!(form("ا\u{0654}حمد"), "أحمد");
        assert_eq!(form("ا\u{0655}لى"), "إلى");
        assert_eq!(key("ا\u{0654}حمد"), "احمد");
        assert_eq!(form("القرا\u{0653}ن"), "القرآن");
    }

    #[test]
    fn digits_and_their_signs_become_ascii() {
        assert_eq!(form("٢٠٢٣"), "2023");
        assert_eq!(form("۱۲٫۵٪"), "12.5%");
        assert_eq!(form("١٬٠٠٠"), "1,000");
    }

    #[test]
    fn punctuation_takes_its_common_form() {
        assert_eq!(form("«نعم»، ولم؟"), "\"نعم\", ولم?");
        assert_eq!(form("don’t…"), "don't...");
    }

    #[test]
    fn keys_fold_letters_and_case() {
        assert_eq!(key("أُسَامَة"), "اسامه");
        assert_eq!(key("مصطفى"), "مصطفي");
        assert_eq!(key("إسرائيل"), key("اسرائيل"));
        assert_eq!(key("آسيا"), "اسيا");
        assert_eq!(key("Kraków’s"), "kraków's");
        assert_eq!(form("ایران"), "ايران");
    }

    #[test]
    fn the_way_back_takes_the_marks_along() {
        let text = "قالَ مُحَمَّدٌ نَعَم";
        let normalized = Normalized::new(text, Fold::KEY);
        let start = normalized.as_str().find("محمد").unwrap();
        let range = TextRange::new(start, start + "محمد".len());
        assert_eq!(&text[normalized.to_original(range)], "مُحَمَّدٌ");
    }

    #[test]
    fn a_ligature_comes_back_whole() {
        let text = "(ﷲ)";
        let normalized = Normalized::new(text, Fold::FORM);
        assert_eq!(normalized.as_str(), "(الله)");
        assert_eq!(&text[normalized.to_original(TextRange::new(1_usize, 9_usize))], "ﷲ");
    }

    proptest! {
        #[test]
        fn both_ways_agree_and_ranges_lie_on_boundaries(
            text in "[a-zA-Zء-يً-ْـ٠-٩ﷲﻻ“”’…\u{200F}\u{0654}\u{0653} ]{0,30}",
        ) {
            for mode in [Fold::FORM, Fold::KEY] {
                let normalized = Normalized::new(&text, mode);
                prop_assert_eq!(normalized.as_str(), fold(&text, mode));
                let mut last = khabar_record::TextSize::ZERO;
                for (at, c) in normalized.as_str().char_indices() {
                    let origin = normalized.to_original(TextRange::new(at, at + c.len_utf8()));
                    prop_assert!(text.get(origin.to_usize()).is_some_and(|part| !part.is_empty()));
                    prop_assert!(origin.start() >= last);
                    last = origin.start();
                }
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,30}") {
            for mode in [Fold::FORM, Fold::KEY] {
                let once = fold(&text, mode);
                prop_assert_eq!(fold(&once, mode), once);
            }
        }
    }
}
