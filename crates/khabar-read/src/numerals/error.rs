//! What can be wrong with a rule file.

/// A line of a rule file that cannot be used.
///
/// Rule files are compiled into the program, so this is a fault of the program that the tests find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The file, as it is named under `rules/`.
    pub file: &'static str,
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl std::fmt::Display for RuleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "rules/{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for RuleError {}
