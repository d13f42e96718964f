//! The keys of a contract that say how days of work and days off follow one another; all may be left out.

use super::fields::Fields;
use super::labour::Least;
use crate::domain::rhythm::{Rhythm, Rotation};
use crate::domain::units::Minutes;
use crate::workspace::words::{date, whole};

/// Reads the rhythm of a contract; what it leaves unsaid may be the least that the law demands.
pub(super) fn rhythm(fields: &Fields<'_>, least: &Least) -> Rhythm {
    Rhythm {
        min_consecutive_days: fields.or("min_consecutive_days", 0, whole(1..=31)),
        min_days_off: fields.or("min_days_off_in_a_row", 0, whole(1..=31)),
        max_weekends: fields.optional("max_weekends", whole(0..=53)),
        max_sundays_in_a_row: fields.optional("max_sundays_in_a_row", whole(0..=53)).or(least.max_sundays_in_a_row),
        rotation: fields.section("rotation").and_then(rotation),
        max_start_spread: fields
            .optional("max_start_spread_minutes", whole(0..=1440))
            .map(|minutes| Minutes::new(i64::from(minutes))),
    }
}

/// `{ on = 4, off = 4, from = "2026-01-05" }`.
fn rotation(fields: Fields<'_>) -> Option<Rotation> {
    let (on, off) = (fields.required("on", whole(1..=28)), fields.required("off", whole(1..=28)));
    let from = fields.required("from", date);
    fields.finish();
    Some(Rotation { on: on?, off: off?, from: from? })
}
