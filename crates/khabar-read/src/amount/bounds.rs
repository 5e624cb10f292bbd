//! What the words beside an amount say of how exact it is.

use khabar_record::Bound;

use super::reader::{Measured, Reader};
use crate::numerals::{Class, Gap, Language};

impl Reader<'_, '_> {
    pub(super) fn bounds(
        &self,
        measured: &Measured,
        own: Option<Bound>,
        last: usize,
    ) -> (usize, usize, Bound) {
        let scan = self.scan;
        let read = |index: usize| {
            let classes = scan.tokens[index].classes;
            if classes.has(Class::Over) {
                Some(Bound::Over)
            } else if classes.has(Class::Under) {
                Some(Bound::Under)
            } else if classes.has(Class::About) {
                Some(Bound::About)
            } else if classes.has(Class::Exactly) {
                Some(Bound::Exactly)
            } else {
                None
            }
        };
        let (mut start, mut end, mut bound) = (measured.start, measured.end, own);
        while start > last && scan.tokens[start].gap < Gap::Paragraph {
            let sign = scan.symbol(start - 1, '~').then_some(Bound::About);
            let Some(found) = sign.or_else(|| read(start - 1)) else {
                break;
            };
            // "up to about 300": the stronger word counts.
            if !matches!(bound, Some(Bound::Over | Bound::Under)) {
                bound = Some(found);
            }
            start -= 1;
        }
        if bound.is_none() || bound == Some(Bound::About) {
            for index in (start.saturating_sub(4)..start).rev() {
                // "the top three" is no more than three.
                let ranked = index > 0
                    && matches!(
                        scan.quote(index - 1),
                        "the" | "The" | "its" | "their" | "his" | "her"
                    );
                if scan.has(index, Class::OverVerb)
                    && !(ranked && scan.quote(index).eq_ignore_ascii_case("top"))
                {
                    bound = Some(Bound::Over);
                } else if scan.has(index, Class::UnderVerb) {
                    bound = Some(Bound::Under);
                }
            }
        }
        let or_more = scan.quote(end) == "or" && matches!(scan.quote(end + 1), "more" | "over");
        let or_less =
            scan.quote(end) == "or" && matches!(scan.quote(end + 1), "less" | "fewer" | "under");
        if or_more || or_less {
            bound = Some(if or_more { Bound::Over } else { Bound::Under });
            end += 2;
        } else if let Some(behind) = self.bound_behind(end) {
            bound = Some(behind);
            end += 1;
        }
        (start, end, bound.unwrap_or(Bound::Exactly))
    }

    /// A bound that stands behind the amount ("على الأقل", "تقريبا").
    pub(super) fn bound_behind(&self, at: usize) -> Option<Bound> {
        let scan = self.scan;
        scan.tokens.get(at).filter(|token| token.gap < Gap::Paragraph)?;
        if scan.lexicon.language == Language::English {
            return (scan.quote(at) == "approximately" && at + 1 == scan.tokens.len())
                .then_some(Bound::About);
        }
        if scan.value(at, Class::Over) == Some(2.0) {
            Some(Bound::Over)
        } else if scan.value(at, Class::Under) == Some(2.0) {
            Some(Bound::Under)
        } else if matches!(scan.quote(at), "تقريبا" | "تقريباً") {
            Some(Bound::About)
        } else {
            None
        }
    }
}
