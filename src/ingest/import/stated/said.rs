//! What was found or assumed of an export: each thing said once, with the key that says otherwise.

use tr::tr;

/// Sentences, in the order in which they came up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What the file shows.
    pub found: Vec<String>,
    /// What was assumed, each with the key that settles it.
    pub assumed: Vec<String>,
}

impl Said {
    /// Something the file shows.
    pub(in crate::ingest::import) fn found(&mut self, sentence: impl Into<String>) {
        self.found.push(sentence.into());
    }

    /// Something assumed, and what to set where it is wrong.
    pub(in crate::ingest::import) fn assumed(&mut self, sentence: impl std::fmt::Display, key: impl std::fmt::Display) {
        self.assumed.push(tr!("{sentence}; if not: {key}", sentence, key));
    }
}
