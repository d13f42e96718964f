//! What differs between two rosters, as a value.

use chrono::NaiveDate;

use super::change::ShiftChange;
use super::figures::Figure;

/// What differs between two rosters.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterDifference {
    /// The days compared: those that both plan.
    pub days: (NaiveDate, NaiveDate),
    /// Whether one of them plans other days beside.
    pub is_of_some_days: bool,
    /// Shifts that differ, by agent, then day.
    pub changes: Vec<ShiftChange>,
    /// People who have a shift in either.
    pub people: usize,
    /// Hours, money and service.
    pub figures: Vec<Figure>,
    /// The currency, if both have the same.
    pub currency: Option<String>,
}
