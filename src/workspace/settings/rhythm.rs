//! The keys of a contract that say how days of work and days off follow one another; all may be left out.

use super::fields::Fields;
use super::grid::time_of_day;
use super::labour::Least;
use crate::domain::clock_window::ClockWindow;
use crate::domain::rhythm::{Forerunner, Rhythm, Rotation, StartCap, Succession};
use crate::domain::units::Minutes;
use crate::workspace::words::{Refusal, clock, date, whole};
use tr::tr;

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
        start_caps: start_caps(fields),
    }
}

fn forbidden(fields: &Fields<'_>) -> Vec<Succession> {
    const KEY: &str = "forbidden_successions";
    fields.refuse_empty(KEY, &tr!("succession `{ ends_after = \"22:00\", starts_before = \"12:00\" }`"), None);
    let successions = fields.sections(KEY).into_iter().filter_map(succession).collect();
    at_most(Rhythm::MOST_FORBIDDEN, successions, fields, KEY, "successions")
}

/// The first of too many, which are reported.
fn at_most<T>(most: usize, found: Vec<T>, fields: &Fields<'_>, key: &str, what: &str) -> Vec<T> {
    if found.len() > most {
        let cause = format!("{} {what}", found.len());
        fields.refuse(key, Refusal::new(cause).accepting(tr!("at most {most}", most)));
    }
    found.into_iter().take(most).collect()
}

fn succession(fields: Fields<'_>) -> Option<Succession> {
    let first = forerunner(&fields);
    let starts_before = fields.required("starts_before", clock);
    fields.finish();
    Some(Succession { first: first?, starts_before: starts_before? })
}

/// `ends_after`, or `starts_from` with `starts_until`.
fn forerunner(fields: &Fields<'_>) -> Option<Forerunner> {
    let by_start = ["starts_from", "starts_until"].into_iter().find(|key| fields.has(key));
    let Some(key) = by_start else { return fields.required("ends_after", clock).map(Forerunner::EndsAfter) };
    if fields.has("ends_after") {
        let accepted = tr!("either ends_after, or starts_from with starts_until");
        fields.refuse(key, Refusal::new(tr!("given besides ends_after")).accepting(accepted));
    }
    window(fields, ["starts_from", "starts_until"]).map(Forerunner::StartsWithin)
}

/// A window of the clock, over midnight or not, by the keys of its two ends.
fn window(fields: &Fields<'_>, [from, until]: [&'static str; 2]) -> Option<ClockWindow> {
    let (from, until) = (fields.required(from, time_of_day), fields.required(until, clock));
    Some(ClockWindow { from: from?, until: until? })
}

fn start_caps(fields: &Fields<'_>) -> Vec<StartCap> {
    const KEY: &str = "max_starts";
    fields.refuse_empty(KEY, &tr!("kind `{ from = \"14:00\", until = \"22:00\", most = 8 }`"), None);
    let caps = fields.sections(KEY).into_iter().filter_map(start_cap).collect();
    at_most(Rhythm::MOST_START_CAPS, caps, fields, KEY, &tr!("kinds of shifts"))
}

/// `{ from = "14:00", until = "22:00", most = 8 }`.
fn start_cap(fields: Fields<'_>) -> Option<StartCap> {
    let starts = window(&fields, ["from", "until"]);
    let most = fields.required("most", whole(0..=371));
    fields.finish();
    Some(StartCap { starts: starts?, most: most? })
}

/// `{ on = 4, off = 4, from = "2026-01-05" }`.
fn rotation(fields: Fields<'_>) -> Option<Rotation> {
    let (on, off) = (fields.required("on", whole(1..=28)), fields.required("off", whole(1..=28)));
    let from = fields.required("from", date);
    fields.finish();
    Some(Rotation { on: on?, off: off?, from: from? })
}
