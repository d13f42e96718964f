//! Days and instants that calendars and workbooks can hold: years of four digits.

use chrono::{Datelike, NaiveDate};

use crate::domain::time::Instant;

/// Excel begins in 1900, calendars end with 9999; a year is left on either side for zones.
const YEARS: std::ops::RangeInclusive<i32> = 1901..=9998;

/// What would be accepted, for messages.
pub(super) const ACCEPTED: &str = "a year from 1901 to 9998";

/// Whether a date can be written everywhere.
pub(super) fn holds(date: NaiveDate) -> bool {
    YEARS.contains(&date.year())
}

/// Whether an instant can be.
pub(super) fn holds_instant(at: Instant) -> bool {
    YEARS.contains(&at.naive_utc().year())
}
