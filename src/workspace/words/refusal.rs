//! Why a value cannot be used.

/// Why a value cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What is wrong, fit to follow a colon.
    pub(crate) cause: String,
    /// What would be accepted.
    pub(crate) accepted: Option<String>,
    /// What to do about it.
    pub(crate) hint: Option<String>,
}

/// A value, or why not.
pub(crate) type Read<T> = Result<T, Refusal>;

impl Refusal {
    /// A refusal for this cause.
    pub(crate) fn new(cause: impl Into<String>) -> Self {
        Self { cause: cause.into(), accepted: None, hint: None }
    }

    /// Says what would be accepted.
    pub(crate) fn accepting(mut self, accepted: impl Into<String>) -> Self {
        self.accepted = Some(accepted.into());
        self
    }

    /// Says what to do, if there is something to say.
    pub(crate) fn hinting(mut self, hint: impl Into<Option<String>>) -> Self {
        self.hint = hint.into();
        self
    }
}
