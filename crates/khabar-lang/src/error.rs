//! What can go wrong when the layer's data is loaded.

/// A rule file or a model that cannot be read.
///
/// The data is compiled in, so this error means that the program was built from damaged files, never that a text is bad:
/// every text can be analysed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A line of a rule file is not what the file holds.
    #[error("{file}:{line}: {problem}")]
    Rule {
        /// The file, relative to the crate.
        file: &'static str,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A model file is damaged or was made for another version of the program.
    #[error("model {file}: {problem}")]
    Model {
        /// The file, relative to the crate.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
}
