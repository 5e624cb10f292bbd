//! Cutting what is learnt from into parts, so that weights are scored on what they were not learnt from.

/// The parts of a set of texts. All that is from one text (a story, a sentence) is in one part.
pub(crate) struct Folds<'t> {
    /// The names of the texts, sorted.
    texts: Vec<&'t str>,
    count: usize,
}

impl<'t> Folds<'t> {
    /// Cuts texts into so many parts; a name may come more than once.
    pub(crate) fn new(texts: impl IntoIterator<Item = &'t str>, count: usize) -> Self {
        let mut texts: Vec<&str> = texts.into_iter().collect();
        texts.sort_unstable();
        texts.dedup();
        Self { texts, count }
    }

    /// The part that a text is in.
    pub(crate) fn of(&self, text: &str) -> usize {
        self.texts.binary_search(&text).unwrap_or_default() % self.count
    }

    /// For each part what is in it, and all the rest, by the names of their texts.
    pub(crate) fn split<'a, T>(
        &self,
        all: &'a [T],
        text: impl Fn(&T) -> &str,
    ) -> impl Iterator<Item = (Vec<&'a T>, Vec<&'a T>)> {
        (0..self.count).map(move |fold| all.iter().partition(|one: &&T| self.of(text(one)) == fold))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_held_back_once_and_whole() {
        let rows = ["b", "a", "c", "a"];
        let folds = Folds::new(rows, 2);
        let parts: Vec<_> = folds.split(&rows, |row| row).collect();
        assert_eq!(parts[0], (vec![&"a", &"c", &"a"], vec![&"b"]));
        assert_eq!(parts[1], (vec![&"b"], vec![&"a", &"c", &"a"]));
    }
}
