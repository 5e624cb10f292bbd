//! Small charts made of letters.

/// One of eight heights for each number; nothing for none.
pub(crate) fn sparkline(counts: &[u64]) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    counts
        .iter()
        .map(|&count| match count {
            0 => ' ',
            _ => HEIGHTS[((count * 8).div_ceil(most) as usize).clamp(1, 8) - 1],
        })
        .collect()
}

/// A bar of at most `width` columns for a share of the greatest number; something for whatever is more than nothing.
pub(crate) fn bar(count: u64, most: u64, width: usize) -> String {
    let columns = (count as f64 / most.max(1) as f64 * width as f64).round() as usize;
    "█".repeat(columns.clamp(usize::from(count > 0), width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_follow_the_numbers() {
        assert_eq!(sparkline(&[0, 1, 4, 8]), " ▁▄█");
        assert_eq!(sparkline(&[]), "");
        assert_eq!(sparkline(&[1_000_000, 1]), "█▁");
        assert_eq!(bar(1, 1000, 10), "█");
        assert_eq!(bar(0, 0, 10), "");
        assert_eq!(bar(5, 10, 10).chars().count(), 5);
    }
}
