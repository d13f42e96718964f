//! What all methods come to: a fitted baseline.

use chrono::NaiveDate;

/// A fitted baseline of one region.
pub(crate) trait Baseline: Sync + Send {
    /// Contacts expected in one interval at each slot of a date's wall clock: events and holidays aside, opening not
    /// asked.
    fn day(&self, date: NaiveDate) -> Vec<f64>;
}
