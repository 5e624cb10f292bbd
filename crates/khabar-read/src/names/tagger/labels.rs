//! The labels that words get: whether they begin, carry on, end or are a name, and of what class.

/// The number of labels.
pub const LABELS: usize = 13;

/// What a name names, as far as the model tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A person.
    Person,
    /// A body of people.
    Organization,
    /// A state or another place.
    Location,
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 3] = [Self::Person, Self::Organization, Self::Location];
}

/// What a word is to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// It belongs to none.
    Out,
    /// It belongs to one.
    In {
        /// What is named.
        class: Class,
        /// Whether it is the name's first word.
        begins: bool,
        /// Whether it is the name's last word.
        ends: bool,
    },
}

impl Label {
    /// The number of a label.
    pub fn index(self) -> usize {
        match self {
            Self::Out => 0,
            Self::In { class, begins, ends } => {
                1 + class as usize * 4 + usize::from(!begins) + 2 * usize::from(ends)
            }
        }
    }

    /// The label with a number.
    pub fn of(index: usize) -> Self {
        let Some(inside) = index.checked_sub(1) else { return Self::Out };
        Self::In {
            class: Class::ALL[(inside / 4).min(2)],
            begins: inside % 2 == 0,
            ends: inside % 4 >= 2,
        }
    }

    /// Whether a sentence may begin with it.
    pub fn may_begin(index: usize) -> bool {
        !matches!(Self::of(index), Self::In { begins: false, .. })
    }

    /// Whether a sentence may end with it.
    pub fn may_end(index: usize) -> bool {
        !matches!(Self::of(index), Self::In { ends: false, .. })
    }

    /// The labels that may stand before it.
    pub fn before(index: usize) -> &'static [usize] {
        const CLOSED: &[usize] = &[0, 3, 4, 7, 8, 11, 12];
        const OPEN: [&[usize]; 3] = [&[1, 2], &[5, 6], &[9, 10]];
        match Self::of(index) {
            Self::In { class, begins: false, .. } => OPEN[class as usize],
            _ => CLOSED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_round_trip_and_neighbours_fit() {
        for index in 0..LABELS {
            assert_eq!(Label::of(index).index(), index);
            for &before in Label::before(index) {
                assert_eq!(Label::may_end(before), Label::may_begin(index));
            }
        }
    }
}
