//! Days that stand in for a history: own ones, and before them those of a queue like it.

use chrono::NaiveDate;

use crate::domain::explanation::Borrowed;
use crate::forecast::calendar::local_days::LocalDays;

/// Trust in a borrowed day.
const TRUST: f64 = 0.3;

/// Days that stand in for a history.
#[derive(Clone, Debug)]
pub(crate) struct BorrowedHistory {
    /// Own and borrowed days by region.
    pub(crate) days: Vec<Option<LocalDays>>,
    /// What is told of it.
    pub(crate) told: Borrowed,
    /// The first day of the queue's own.
    pub(super) first_own: Option<NaiveDate>,
}

impl BorrowedHistory {
    /// Trust in a day: own days are trusted as ever.
    pub(crate) fn trust(&self, date: NaiveDate) -> f64 {
        if self.first_own.is_some_and(|first| date >= first) { 1.0 } else { TRUST }
    }
}
