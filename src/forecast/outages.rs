//! Hours in which the counts cannot be what customers did: dead lines, and bursts nobody labelled.
//!
//! An hour in which almost nothing came though many contacts were expected is an outage; one in which several times the
//! expected came, far beyond any noise, is a burst. Both are taken as unknown, so that neither the day's level nor its
//! shape learns from them. Days of known events are left alone: there the excess has a cause.

use super::calendar::Calendar;
use super::day_level::DayLevel;
use super::local_days::LocalDays;
use super::shape::Shape;

/// Expected contacts from which silence is no accident: a Poisson of 15 is below 2 once in 200,000 hours.
const LEAST_EXPECTED: f64 = 15.0;
/// Share of the expected contacts at or below which an hour is dead.
const DEAD: f64 = 0.1;
/// Multiple of the expected contacts from which an hour is a burst, if it is this many Poisson deviations out as well.
const BURST: f64 = 3.0;
const BURST_DEVIATIONS: f64 = 12.0;
/// Days of less trust than this have a cause of their own.
const ORDINARY: f64 = 0.5;

/// The days without such hours; none where there is no such hour.
pub(super) fn without_outages(
    days: &LocalDays,
    shape: &Shape,
    level: &DayLevel,
    calendar: &Calendar<'_>,
    given: &[f64],
) -> Option<LocalDays> {
    let per_hour = (days.slots() / 24).max(1);
    let mut forgotten: Vec<(usize, usize)> = Vec::new();
    for (day, _) in given.iter().enumerate().filter(|(_, trust)| **trust >= ORDINARY) {
        let date = days.date(day);
        if !calendar.is_open_day(date) {
            continue;
        }
        let total = level.level(date, calendar) * level.holiday_factor(date, calendar);
        for (hour, counts) in days.day(day).chunks(per_hour).enumerate() {
            let first = hour * per_hour;
            let known = counts.iter().zip(&shape.of(date)[first..]).filter(|(count, _)| !count.is_nan());
            let (counted, expected) =
                known.fold((0.0, 0.0), |sum, (count, share)| (sum.0 + count, sum.1 + share * total));
            let dead = counted <= DEAD * expected;
            let burst = counted >= BURST * expected && counted - expected >= BURST_DEVIATIONS * expected.sqrt();
            if expected >= LEAST_EXPECTED && (dead || burst) {
                forgotten.extend((first..first + counts.len()).map(|slot| (day, slot)));
            }
        }
    }
    (!forgotten.is_empty()).then(|| days.without(&forgotten))
}
