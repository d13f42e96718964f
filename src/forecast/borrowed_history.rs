//! Days that stand in for a history: own ones, and before them those of a queue like it.

use chrono::NaiveDate;

use crate::domain::explanation::Borrowed;

use super::local_days::LocalDays;

/// Trust in a borrowed day.
const TRUST: f64 = 0.3;

/// Days that stand in for a history.
#[derive(Clone, Debug)]
pub(super) struct Loan {
    /// Own and borrowed days by region.
    pub(super) days: Vec<Option<LocalDays>>,
    /// What is told of it.
    pub(super) told: Borrowed,
    /// The first day of the queue's own.
    pub(super) first_own: Option<NaiveDate>,
}

impl Loan {
    /// Trust in a day: own days are trusted as ever.
    pub(super) fn trust(&self, date: NaiveDate) -> f64 {
        if self.first_own.is_some_and(|first| date >= first) { 1.0 } else { TRUST }
    }
}
