//! Amounts as items.
//!
//! | section | elements |
//! |---|---|
//! | 0 | start, length, combination of kind, unit, bound and what is counted |
//! | 1, 2 | the value, and the upper end of a range, in decimal digits |

use khabar_record::{Amount, CodePointRange};

use super::parties::Words;
use super::{Item, List, Packer, damaged, small};
use crate::error::StoreErrorKind;

/// Writes the amounts of a document.
pub(crate) fn pack_amounts(
    amounts: &[Amount<CodePointRange>],
    words: &mut Words<'_>,
) -> rusqlite::Result<Option<String>> {
    let mut packer = Packer::default();
    for amount in amounts {
        let terms = [
            words.number(Some(&amount.kind))?,
            words.number(amount.unit.as_deref())?,
            words.named(amount.bound)?,
            words.number(amount.of.as_deref())?,
        ];
        packer.number(u64::from(amount.span.0));
        packer.number(u64::from(amount.span.1 - amount.span.0));
        packer.number(words.combination(&terms)?);
        for value in [Some(amount.value), amount.high] {
            packer.section();
            if let Some(value) = value {
                // The shortest digits that mean this very number, with an exponent where there would be many.
                let digits = format!("{value:?}");
                packer.text(digits.strip_suffix(".0").unwrap_or(&digits));
            }
        }
        packer.end();
    }
    Ok(packer.finish())
}

/// Reads what [`pack_amounts`] wrote.
pub(crate) fn unpack_amounts(
    packed: &str,
    words: &mut Words<'_>,
) -> Result<Vec<Amount<CodePointRange>>, StoreErrorKind> {
    let list = List::of(packed).ok_or_else(|| damaged("amounts"))?;
    list.items().map(|item| amount(item, words)).collect()
}

fn amount(
    mut item: Item<'_>,
    words: &mut Words<'_>,
) -> Result<Amount<CodePointRange>, StoreErrorKind> {
    let fault = || damaged("amount");
    let [start, length, combination] = item.numbers().ok_or_else(fault)?;
    let terms = words.terms_of(combination)?;
    let [kind, unit, bound, of] = terms[..] else { return Err(fault()) };
    let (start, length) = (small(start, "amount")?, small(length, "amount")?);
    let value = item.text().parse().map_err(|_| fault())?;
    let high = match item.text() {
        "" => None,
        digits => Some(digits.parse().map_err(|_| fault())?),
    };
    Ok(Amount {
        span: CodePointRange(start, start.saturating_add(length)),
        kind: words.word(kind)?.unwrap_or_default(),
        value,
        high,
        unit: words.word(unit)?,
        bound: words.value(bound)?,
        of: words.word(of)?,
    })
}
