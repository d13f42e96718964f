//! Mean handle time: log AHT ~ level + trend + weekday + time of day + their interaction, weighted by contacts.
//!
//! The mean of `c` handle times with a coefficient of variation near 1 (service times are lognormal: Brown et al., JASA
//! 2005) has a log variance near `1/c`, so contacts are precisions and each effect is shrunk by its prior variance.
//! Effects are fitted one after another on what the earlier ones leave, and a last ratio makes the mean right.

use chrono::{Datelike, NaiveDate};

use super::local_days::{LocalDays, signed};

/// Half-life, in days, of an observation's weight.
const HALF_LIFE_DAYS: f64 = 120.0;
/// Prior standard deviations on the log scale: slope per year, time of day, weekday, and both together.
const SLOPE: f64 = 0.1;
const SLOT: f64 = 0.2;
const WEEKDAY: f64 = 0.1;
const BOTH: f64 = 0.05;
/// Minutes of the wall clock that are smoothed over on either side.
const SMOOTHED_MINUTES: usize = 45;
/// Values further from the median than this factor are taken at it.
const WINSOR: f64 = 4.0;

/// The fitted handle times of one region, in seconds.
#[derive(Clone, Debug)]
pub(super) struct AhtModel {
    last: NaiveDate,
    slots: usize,
    level: f64,
    slope: f64,
    /// Per weekday and slot, on the log scale.
    effects: Vec<f64>,
}

/// The group of a cell of weekday × slot, given the slots per day.
type Grouping = fn(usize, usize) -> usize;

struct Observation {
    years: f64,
    cell: usize,
    log: f64,
    weight: f64,
}

impl AhtModel {
    /// Fits to handle times and the contacts they are means of; none where the history has no handle times.
    pub(super) fn fit(aht_s: &LocalDays, offered: &LocalDays) -> Option<Self> {
        let (slots, days) = (aht_s.slots(), aht_s.len());
        let known = observations(aht_s, offered);
        let total: f64 = known.iter().map(|seen| seen.weight).sum();
        if total <= 0.0 {
            return None;
        }
        let (intercept, slope) = line(&known);
        let mut left: Vec<f64> = known.iter().map(|seen| seen.log - intercept - slope * seen.years).collect();
        let mut effects = vec![0.0; 7 * slots];
        let radius = SMOOTHED_MINUTES * slots / 1440;
        // Time of day, common to all weekdays; then weekday; then both together.
        let by: [(f64, Grouping, usize); 3] = [
            (SLOT, |cell, slots| cell % slots, radius),
            (WEEKDAY, |cell, slots| cell / slots, 0),
            (BOTH, |cell, _| cell, radius),
        ];
        for (prior, group, radius) in by {
            let groups = group(7 * slots - 1, slots) + 1;
            let (mut sums, mut weights) = (vec![0.0; groups.max(slots)], vec![0.0; groups.max(slots)]);
            for (seen, left) in known.iter().zip(&left) {
                sums[group(seen.cell, slots)] += seen.weight * left;
                weights[group(seen.cell, slots)] += seen.weight;
            }
            let effect = shrunk_means(&sums, &weights, prior, radius, slots);
            for (seen, left) in known.iter().zip(&mut left) {
                *left -= effect[group(seen.cell, slots)];
            }
            for (cell, sum) in effects.iter_mut().enumerate() {
                *sum += effect[group(cell, slots)];
            }
        }
        // E exp(log) is not exp(E log): bring the mean back.
        let fitted = |seen: &Observation| (intercept + slope * seen.years + effects[seen.cell]).exp();
        let (seconds, expected) = known
            .iter()
            .fold((0.0, 0.0), |sum, seen| (sum.0 + seen.weight * seen.log.exp(), sum.1 + seen.weight * fitted(seen)));
        Some(Self { last: aht_s.date(days - 1), slots, level: intercept + (seconds / expected).ln(), slope, effects })
    }

    /// Mean handle time in seconds at a slot of a date; the trend slows down over the coming months.
    pub(super) fn seconds(&self, date: NaiveDate, slot: usize) -> f64 {
        let years = (date - self.last).num_days() as f64 / 365.25;
        let damped = if years > 0.0 { 0.25 * (1.0 - (-years / 0.25).exp()) } else { years };
        let cell = date.weekday().num_days_from_monday() as usize * self.slots + slot;
        (self.level + self.slope * damped + self.effects[cell]).exp()
    }
}

fn observations(aht_s: &LocalDays, offered: &LocalDays) -> Vec<Observation> {
    let (slots, days) = (aht_s.slots(), aht_s.len());
    let mut known = Vec::new();
    for day in 0..days {
        let age = (days - 1 - day) as f64;
        let weekday = aht_s.date(day).weekday().num_days_from_monday() as usize;
        let discount = 0.5f64.powf(age / HALF_LIFE_DAYS);
        for (slot, seconds) in aht_s.day(day).iter().enumerate().filter(|(_, seconds)| **seconds > 0.0) {
            // A handle time without a count is one contact's worth.
            let contacts = offered.get(signed(day), slot).unwrap_or(1.0);
            let (years, cell) = (-age / 365.25, weekday * slots + slot);
            known.push(Observation { years, cell, log: seconds.ln(), weight: contacts.max(0.0) * discount });
        }
    }
    let middle = super::day_level::median(known.iter().filter(|seen| seen.weight > 0.0).map(|seen| seen.log).collect());
    let far = WINSOR.ln();
    for seen in &mut known {
        seen.log = seen.log.clamp(middle - far, middle + far);
    }
    known
}

/// Intercept and shrunken slope over years.
fn line(known: &[Observation]) -> (f64, f64) {
    let (mut s0, mut s1, mut s2, mut t0, mut t1) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for seen in known {
        s0 += seen.weight;
        s1 += seen.weight * seen.years;
        s2 += seen.weight * seen.years * seen.years;
        t0 += seen.weight * seen.log;
        t1 += seen.weight * seen.years * seen.log;
    }
    let spread = s2 - s1 * s1 / s0 + SLOPE.powi(-2);
    let slope = (t1 - s1 * t0 / s0) / spread;
    ((t0 - slope * s1) / s0, slope)
}

/// Means per group, smoothed within each day over `radius` slots by weight and shrunk towards zero.
fn shrunk_means(sums: &[f64], weights: &[f64], prior: f64, radius: usize, slots: usize) -> Vec<f64> {
    let near = |at: usize| {
        let day = at / slots * slots;
        let window = at.saturating_sub(radius).max(day)..(at + radius + 1).min(day + slots).min(sums.len());
        let kernel = |near: usize| 1.0 - near.abs_diff(at) as f64 / (radius + 1) as f64;
        window.fold((0.0, 0.0), |sum, near| (sum.0 + kernel(near) * sums[near], sum.1 + kernel(near) * weights[near]))
    };
    (0..sums.len())
        .map(|at| {
            let (sum, weight) = near(at);
            sum / (weight + prior.powi(-2))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::history::Counts;
    use crate::domain::time::IntervalGrid;
    use crate::domain::units::Minutes;
    use crate::forecast::local_days::Placement;

    fn days(value: impl Fn(usize, usize) -> f64) -> LocalDays {
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(84), Minutes::new(60));
        let counts: Counts = (0..grid.len()).map(|hour| Some(value(hour / 24, hour % 24))).collect();
        LocalDays::new(&Placement::new(&grid, chrono_tz::UTC), &counts, grid.len())
    }

    #[test]
    fn mondays_and_evenings_take_longer() {
        // 200 s, evenings from 18:00 half as long again, Mondays 10 % more; a thousand contacts an hour.
        let truth = |day: usize, hour: usize| {
            200.0 * if hour >= 18 { 1.5 } else { 1.0 } * if day.is_multiple_of(7) { 1.1 } else { 1.0 }
        };
        let model = AhtModel::fit(&days(truth), &days(|_, _| 1000.0)).expect("a model");
        let monday = "2026-03-30".parse().expect("a date");
        let tuesday = "2026-03-31".parse().expect("a date");
        assert!((model.seconds(tuesday, 10) / 200.0 - 1.0).abs() < 0.02, "{}", model.seconds(tuesday, 10));
        assert!((model.seconds(monday, 22) / 330.0 - 1.0).abs() < 0.02, "{}", model.seconds(monday, 22));
    }

    #[test]
    fn one_contact_moves_nothing_and_no_contact_is_no_model() {
        let weights = |day: usize, hour: usize| if day == 83 && hour == 12 { 1.0 } else { 50.0 };
        let model =
            AhtModel::fit(&days(|day, hour| if day == 83 && hour == 12 { 2000.0 } else { 100.0 }), &days(weights));
        let date = "2026-03-30".parse().expect("a date");
        assert!((model.expect("a model").seconds(date, 12) / 100.0 - 1.0).abs() < 0.01);
        assert!(AhtModel::fit(&days(|_, _| f64::NAN), &days(|_, _| 1.0)).is_none());
    }
}
