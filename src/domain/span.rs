//! A stretch of time between two instants.

use super::time::Instant;
use super::units::Minutes;

/// A stretch of time, start included, end not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Start.
    pub from: Instant,
    /// End.
    pub until: Instant,
}

impl Span {
    /// Whether two stretches share any time.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }

    /// How long it lasts.
    #[must_use]
    pub fn length(&self) -> Minutes {
        Minutes::new((self.until - self.from).num_minutes())
    }
}
