//! The keys of a contract that say how days of work and days off follow one another; all may be left out.

use super::fields::Fields;
use crate::domain::rhythm::Rhythm;
use crate::workspace::words::whole;

/// Reads the rhythm of a contract.
pub(super) fn rhythm(fields: &Fields<'_>) -> Rhythm {
    Rhythm {
        min_consecutive_days: fields.or("min_consecutive_days", 0, whole(1..=31)),
        min_days_off: fields.or("min_days_off_in_a_row", 0, whole(1..=31)),
        max_weekends: fields.optional("max_weekends", whole(0..=53)),
    }
}
