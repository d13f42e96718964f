//! Whether a head comes or goes.

/// What happens to a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It comes.
    Added,
    /// It goes.
    Taken,
}
