//! Hours in which the counts cannot be what customers did: dead lines, and bursts nobody labelled.
//!
//! An hour in which almost nothing came though many contacts were expected is an outage, and so is any stretch of a day
//! without a single contact in which as many were expected. An hour far above the expected is a burst: by many standard
//! deviations of a count whose variance is `μ + φ μ²`, with φ robust, the median of `(e²/0.455 − μ)/μ²` over hours
//! (0.455 is the median of χ² with one degree of freedom), so that bursts do not hide each other. All are taken as unknown: neither the
//! day's level nor its shape learns from them. On days of known events an excess has a cause; silence has none.

use crate::forecast::calendar::local_days::LocalDays;
use crate::forecast::calendar::region_calendar::Calendar;

use super::day_level::DayLevel;
use super::shape::Shape;

/// Expected contacts from which silence is no accident: a Poisson of 15 is below 2 once in 200,000 hours.
const LEAST_EXPECTED: f64 = 15.0;
/// Share of the expected contacts at or below which an hour is dead.
const DEAD: f64 = 0.1;
/// Multiple of the expected contacts from which an hour is a burst, if it is this many standard deviations out as well.
const BURST: f64 = 1.6;
const BURST_DEVIATIONS: f64 = 8.0;
/// Days of less trust than this have a cause of their own.
const ORDINARY: f64 = 0.5;
/// Weeks in which nothing came at a time of the week, up to now, from which it is closed then.
pub(super) const CLOSED_WEEKS: usize = 3;
/// The median of χ² with one degree of freedom.
const MEDIAN_OF_CHI_SQUARE: f64 = 0.455;

/// The days without such hours; none where there is no such hour.
pub(super) fn without_outages(
    days: &LocalDays,
    shape: &Shape,
    level: &DayLevel,
    calendar: &Calendar<'_>,
    given: &[f64],
) -> Option<LocalDays> {
    let mut hours: Vec<Hour> = Vec::new();
    let mut forgotten: Vec<(usize, usize)> = Vec::new();
    let per_hour = (days.slots() / 24).max(1);
    // Nobody calls on many a listed holiday: such days are never judged.
    let judged = |day: &usize| calendar.is_open_day(days.date(*day)) && !calendar.is_holiday(days.date(*day));
    for day in (0..days.len()).filter(judged) {
        let date = days.date(day);
        let total = level.level(date, calendar) * level.holiday_factor(date, calendar);
        silences(days.day(day), shape.of(date), total, |slot| forgotten.push((day, slot)));
        for (hour, counts) in days.day(day).chunks(per_hour).enumerate() {
            let first = hour * per_hour;
            let known = counts.iter().zip(&shape.of(date)[first..]).filter(|(count, _)| !count.is_nan());
            let (counted, expected) =
                known.fold((0.0, 0.0), |sum, (count, share)| (sum.0 + count, sum.1 + share * total));
            if expected >= LEAST_EXPECTED {
                hours.push(Hour { day, first, slots: counts.len(), counted, expected });
            }
        }
    }
    let excess = excess(&hours);
    for hour in hours {
        let dead = hour.counted <= DEAD * hour.expected;
        if dead || (given[hour.day] >= ORDINARY && hour.is_burst(excess)) {
            forgotten.extend((hour.first..hour.first + hour.slots).map(|slot| (hour.day, slot)));
        }
    }
    let closed = closed_since(days, calendar);
    forgotten.retain(|(day, slot)| *day < closed[day % 7 * days.slots() + slot]);
    (!forgotten.is_empty()).then(|| days.without(&forgotten))
}

/// By weekday (position of the day modulo 7) and slot, the first of the last days without a contact in it, where they are so many that it
/// is closed then; beyond all days where not.
fn closed_since(days: &LocalDays, calendar: &Calendar<'_>) -> Vec<usize> {
    let slots = days.slots();
    let mut since = vec![usize::MAX; 7 * slots];
    let (mut weeks, mut is_over) = (vec![0; 7 * slots], vec![false; 7 * slots]);
    for day in (0..days.len()).rev().filter(|day| !calendar.is_holiday(days.date(*day))) {
        for (slot, count) in days.day(day).iter().enumerate().filter(|(_, count)| !count.is_nan()) {
            let at = day % 7 * slots + slot;
            is_over[at] |= *count > 0.0;
            if !is_over[at] {
                (since[at], weeks[at]) = (day, weeks[at] + 1);
            }
        }
    }
    since.into_iter().zip(weeks).map(|(day, weeks)| if weeks >= CLOSED_WEEKS { day } else { usize::MAX }).collect()
}

/// An hour of many expected contacts.
struct Hour {
    day: usize,
    first: usize,
    slots: usize,
    counted: f64,
    expected: f64,
}

impl Hour {
    fn is_burst(&self, excess: f64) -> bool {
        let deviation = (self.expected + excess * self.expected * self.expected).sqrt();
        self.counted >= BURST * self.expected && self.counted - self.expected >= BURST_DEVIATIONS * deviation
    }
}

/// φ of an hour by medians; none of it below nothing.
fn excess(hours: &[Hour]) -> f64 {
    let of = |hour: &Hour| {
        let square = (hour.counted - hour.expected).powi(2) / MEDIAN_OF_CHI_SQUARE;
        (square - hour.expected) / (hour.expected * hour.expected)
    };
    let mut all: Vec<f64> = hours.iter().map(of).collect();
    let middle = all.len() / 2;
    if all.is_empty() { 0.0 } else { all.select_nth_unstable_by(middle, f64::total_cmp).1.max(0.0) }
}

/// Visits the slots of every stretch of known slots without a contact in which many were expected.
fn silences(counts: &[f64], shares: &[f64], total: f64, mut visit: impl FnMut(usize)) {
    let known: Vec<usize> = (0..counts.len()).filter(|slot| !counts[*slot].is_nan()).collect();
    for run in known.chunk_by(|one, next| (counts[*one] > 0.0) == (counts[*next] > 0.0)) {
        let expected: f64 = run.iter().map(|slot| shares[*slot] * total).sum();
        if counts[run[0]] <= 0.0 && expected >= LEAST_EXPECTED {
            run.iter().copied().for_each(&mut visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiet_morning_of_a_small_line_is_silent_as_a_whole() {
        // Twelve hours of 2 expected each: 24 in all. Silent until the last: 22 ≥ 15. Of four silent hours 8 are too few.
        let counts = |silent: usize| (0..12).map(|hour| if hour < silent { 0.0 } else { 2.0 }).collect::<Vec<f64>>();
        let found = |silent: usize| {
            let mut slots = Vec::new();
            silences(&counts(silent), &[1.0 / 12.0; 12], 24.0, |slot| slots.push(slot));
            slots
        };
        assert_eq!((found(11), found(4)), ((0..11).collect(), vec![]));
    }

    #[test]
    fn a_burst_is_judged_by_the_usual_noise() {
        // Hours of 100: twice as many is 10 Poisson deviations, but only 4.5 where hours differ by a fifth.
        let hour = Hour { day: 0, first: 0, slots: 1, counted: 200.0, expected: 100.0 };
        assert!(hour.is_burst(0.0) && !hour.is_burst(0.04));
    }
}
