//! The keys of a contract that say how days of work and days off follow one another; all may be left out.

use super::fields::Fields;
use super::labour::Least;
use crate::domain::rhythm::{Forerunner, Rhythm, Rotation, Succession};
use crate::domain::units::Minutes;
use crate::workspace::words::{Refusal, clock, date, whole};

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
        forbidden: forbidden(fields),
        start_caps: Vec::new(),
    }
}

fn forbidden(fields: &Fields<'_>) -> Vec<Succession> {
    const KEY: &str = "forbidden_successions";
    fields.refuse_empty(KEY, "succession `{ ends_after = \"22:00\", starts_before = \"12:00\" }`", None);
    let successions: Vec<Succession> = fields.sections(KEY).into_iter().filter_map(succession).collect();
    if successions.len() > Rhythm::MOST_FORBIDDEN {
        let cause = format!("{} successions", successions.len());
        fields.refuse(KEY, Refusal::new(cause).accepting(format!("at most {}", Rhythm::MOST_FORBIDDEN)));
    }
    successions.into_iter().take(Rhythm::MOST_FORBIDDEN).collect()
}

fn succession(fields: Fields<'_>) -> Option<Succession> {
    let (ends_after, starts_before) = (fields.required("ends_after", clock), fields.required("starts_before", clock));
    fields.finish();
    Some(Succession { first: Forerunner::EndsAfter(ends_after?), starts_before: starts_before? })
}

/// `{ on = 4, off = 4, from = "2026-01-05" }`.
fn rotation(fields: Fields<'_>) -> Option<Rotation> {
    let (on, off) = (fields.required("on", whole(1..=28)), fields.required("off", whole(1..=28)));
    let from = fields.required("from", date);
    fields.finish();
    Some(Rotation { on: on?, off: off?, from: from? })
}
