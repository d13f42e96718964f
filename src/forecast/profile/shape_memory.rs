//! How long a weekday's shape is remembered.
//!
//! Most weekdays keep their shape for years; a day whose opening follows the sun, such as the Saturday evening after the
//! Sabbath, moves by an hour within weeks. Each weekday forgets at the pace at which its days foretold the next one
//! best: the prequential choice of Dawid (JRSS A 147, 1984), which forgets only where that helped by more than a standard
//! error (Breiman et al. 1984, §3.4.3).

use crate::forecast::calendar::local_days::LocalDays;

/// Half-lives tried, in days, on top of the discount that the weights already hold; the longest first: the others must beat it.
const HALF_LIVES: [f64; 4] = [f64::INFINITY, 42.0, 21.0, 10.5];
/// Days seen before the first that is foretold.
const LEAST_DAYS: usize = 4;

/// One day's place in the estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DayWeight {
    /// Weight of the day, 0 leaves it out.
    pub(crate) weight: f64,
    /// The day's expected total, by which its counts are divided.
    pub(crate) level: f64,
}

/// The half-life that foretold the days of one weekday best; `members` are its days and weights, the oldest first.
pub(crate) fn half_life(days: &LocalDays, members: &[(usize, DayWeight)]) -> f64 {
    let members: Vec<(usize, DayWeight)> =
        members.iter().copied().filter(|(_, of)| of.weight > 0.0 && of.level > 0.0).collect();
    let longest = errors(days, &members, HALF_LIVES[0]);
    let mut best = (0.0, HALF_LIVES[0]);
    for half_life in HALF_LIVES.into_iter().skip(1) {
        let gains: Vec<f64> =
            longest.iter().zip(errors(days, &members, half_life)).map(|(long, short)| long - short).collect();
        let (gain, deviation) = sum_and_deviation(&gains);
        if gain > deviation && gain > best.0 {
            best = (gain, half_life);
        }
    }
    best.1
}

/// The sum of independent values and the standard deviation of that sum.
fn sum_and_deviation(values: &[f64]) -> (f64, f64) {
    let (sum, count) = (values.iter().sum::<f64>(), values.len() as f64);
    let scatter: f64 = values.iter().map(|value| (value - sum / count).powi(2)).sum();
    (sum, if count > 1.0 { (scatter * count / (count - 1.0)).sqrt() } else { f64::INFINITY })
}

/// Weight left after so many days.
pub(crate) fn left(age_days: usize, half_life: f64) -> f64 {
    0.5f64.powf(age_days as f64 / half_life)
}

/// Weighted squared error of each day's shares as they were foretold from the days before it.
fn errors(days: &LocalDays, members: &[(usize, DayWeight)], half_life: f64) -> Vec<f64> {
    let slots = days.slots();
    let (mut counts, mut levels) = (vec![0.0; slots], vec![0.0; slots]);
    let (mut errors, mut before) = (Vec::new(), None);
    for (day, given) in members {
        let kept = before.map_or(1.0, |before| left(day - before, half_life));
        before = Some(*day);
        let mut error = 0.0;
        for (slot, value) in days.day(*day).iter().enumerate() {
            counts[slot] *= kept;
            levels[slot] *= kept;
            if value.is_nan() {
                continue;
            }
            if levels[slot] > 0.0 {
                error += given.weight * (value / given.level - counts[slot] / levels[slot]).powi(2);
            }
            counts[slot] += given.weight * value;
            levels[slot] += given.weight * given.level;
        }
        errors.push(error);
    }
    errors.drain(..LEAST_DAYS.min(errors.len()));
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::history::Counts;
    use crate::domain::time::{Instant, IntervalGrid};
    use crate::domain::units::Minutes;
    use crate::forecast::calendar::local_days::Placement;

    /// The half-life found for 24 days of 24 hours and 240 contacts, which come in the two hours from `first` on,
    /// give or take a few.
    fn found(first: impl Fn(usize) -> usize) -> f64 {
        let start: Instant = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(24), Minutes::new(60));
        let count = |at: usize| {
            let (day, hour) = (at / 24, at % 24);
            let wobble = ((day * 7919 + hour * 31) % 13) as f64 - 6.0;
            if (first(day)..first(day) + 2).contains(&hour) { 120.0 + wobble } else { 0.0 }
        };
        let counts: Counts = (0..grid.len()).map(|at| Some(count(at))).collect();
        let days = LocalDays::new(&Placement::new(&grid, chrono_tz::UTC), &counts, grid.len());
        let members: Vec<(usize, DayWeight)> =
            (0..24).map(|day| (day, DayWeight { weight: 1.0, level: 240.0 })).collect();
        half_life(&days, &members)
    }

    #[test]
    fn a_shape_that_stays_is_remembered_for_good() {
        assert!(found(|_| 9).is_infinite());
    }

    #[test]
    fn a_shape_that_moves_by_an_hour_every_four_days_is_forgotten_fast() {
        assert!(found(|day| 9 + day / 4) <= 10.5);
    }
}
