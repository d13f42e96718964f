//! Contacts expected over the horizon, with bands and with sample paths whose intervals move together.

use super::explanation::Explanation;
use super::ids::QueueIx;
use super::series::Series;
use super::time::{IntervalGrid, Zone};
use super::units::{Contacts, Seconds};

/// 90 % quantile of the standard normal: `p10` and `p90` lie so many deviations from the mean where a band is normal.
pub const Z90: f64 = 1.281_551_565_544_6;

/// What is expected of one region of a queue, one figure per interval of the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionForecast {
    /// Position of the region within the queue.
    pub region: usize,
    /// Mean contacts offered.
    pub offered: Series<Contacts>,
    /// Lower end of the 80 % band.
    pub p10: Series<Contacts>,
    /// Median.
    pub p50: Series<Contacts>,
    /// Upper end of the 80 % band.
    pub p90: Series<Contacts>,
    /// Mean handle time in seconds.
    pub aht_s: Series<Seconds>,
    /// Lower end of the 80 % band of the day's mean handle time, at this interval; not a number where nothing is known.
    pub aht_p10: Series<Seconds>,
    /// Upper end.
    pub aht_p90: Series<Seconds>,
    /// The part of `offered` that season, trend and level explain.
    pub baseline: Series<Contacts>,
    /// The part that events add.
    pub event: Series<Contacts>,
    /// The part that holidays add or take away.
    pub holiday: Series<Contacts>,
}

impl RegionForecast {
    /// Nothing expected of a region.
    #[must_use]
    pub fn nothing(region: usize, grid: IntervalGrid) -> Self {
        let none = || Series::zero(grid);
        let (offered, p10, p50, p90) = (none(), none(), none(), none());
        Self {
            region,
            offered,
            p10,
            p50,
            p90,
            aht_s: Series::zero(grid),
            aht_p10: Series::flat(grid, f64::NAN),
            aht_p90: Series::flat(grid, f64::NAN),
            baseline: none(),
            event: none(),
            holiday: none(),
        }
    }

    /// Sets the band of the day's mean handle time: a lognormal factor of mean 1 and so much variance; none where there is no variance to tell.
    pub fn band_handle_times(&mut self, variance: Option<f64>) {
        let deviation = variance.map_or(f64::NAN, |variance| variance.ln_1p().sqrt());
        let end = |z: f64| (z * deviation - deviation * deviation / 2.0).exp();
        (self.aht_p10, self.aht_p90) = (self.aht_s.map(|aht| aht * end(-Z90)), self.aht_s.map(|aht| aht * end(Z90)));
    }

    /// Standard deviation of the logarithm of the day's mean handle time at an interval; 0 where it has no band.
    #[must_use]
    pub fn aht_deviation(&self, at: usize) -> f64 {
        let (low, high) = (self.aht_p10[at], self.aht_p90[at]);
        if low > 0.0 && high > low { (high / low).ln() / (2.0 * Z90) } else { 0.0 }
    }
}

/// The noise around the mean: Poisson with a factor per week, one per day and one per interval.
///
/// `N ~ Poisson(offered × W × D × I)` with `E W = E D = E I = 1`: seven days from the horizon's first share `W`, all
/// intervals of a local day share `D`, and `I` is independent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dispersion {
    /// Variance of the week's factor.
    pub week: f64,
    /// Variance of the day's factor.
    pub day: f64,
    /// Variance of the interval's own factor.
    pub interval: f64,
}

impl Dispersion {
    /// Variance of the rate over the square of its mean: that of all three factors together.
    #[must_use]
    pub fn of_rate(&self) -> f64 {
        (1.0 + self.week) * (1.0 + self.day) * (1.0 + self.interval) - 1.0
    }
}

/// The forecast of one queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueForecast {
    /// The queue.
    pub queue: QueueIx,
    /// Each region, in the queue's order.
    pub regions: Vec<RegionForecast>,
    /// The whole queue: means add up over regions exactly, quantiles do not. AHT is weighted by contacts.
    pub whole: RegionForecast,
    /// The noise of the whole queue.
    pub dispersion: Dispersion,
    /// Of the variance of handle times around their forecast, the share that the days of a week have together; the rest is each day's own.
    pub aht_week_share: f64,
    /// The method that was chosen, or how methods were weighed, for people to read.
    pub method: String,
    /// Why it is what it is.
    pub explanation: Explanation,
}

impl QueueForecast {
    /// How far the load of each interval may lie off its mean, as a coefficient of variation: that of the rate and that of the day's mean
    /// handle time, taken to be independent. Days are those of `zone`.
    #[must_use]
    pub fn load_cv(&self, grid: &IntervalGrid, zone: Zone) -> Vec<f64> {
        let of_rate = self.rate_cv(grid, zone).into_iter();
        let both = |(at, rate): (usize, f64)| {
            let aht = self.whole.aht_deviation(at).powi(2).exp_m1();
            ((1.0 + rate * rate) * (1.0 + aht) - 1.0).sqrt()
        };
        of_rate.enumerate().map(both).collect()
    }

    /// How far the rate of each interval may lie off its mean, as a coefficient of variation: what the 80 % bands of its day say beyond the
    /// noise of counting, busy intervals counting more; on a day without a busy interval no less than what the dispersion says. Days are those
    /// of `zone`.
    #[must_use]
    pub fn rate_cv(&self, grid: &IntervalGrid, zone: Zone) -> Vec<f64> {
        let all: Vec<usize> = (0..grid.len()).collect();
        let day = |day: &[usize]| {
            let pooled = |excess: &dyn Fn(usize) -> Option<f64>| {
                let (beyond, weight) = day.iter().fold((0.0, 0.0), |(beyond, weight), &at| {
                    let square = self.whole.offered[at].powi(2);
                    excess(at).map_or((beyond, weight), |excess| (beyond + square * excess, weight + square))
                });
                (weight > 0.0).then(|| (beyond / weight).max(0.0))
            };
            let of_busy = pooled(&|at| self.of_band(at).filter(|_| self.is_busy(at)));
            let of_quiet = || pooled(&|at| self.of_band(at)).unwrap_or(0.0).max(self.dispersion.of_rate());
            vec![of_busy.unwrap_or_else(of_quiet).sqrt(); day.len()]
        };
        let same_day = |one: &usize, next: &usize| grid.local_date_of(*one, zone) == grid.local_date_of(*next, zone);
        all.chunk_by(same_day).flat_map(day).collect()
    }

    /// Variance of an interval's rate over the square of its mean: by its band, and where contacts are few, ends that lie a contact or two apart
    /// say little, no less than the dispersion's.
    #[must_use]
    pub(super) fn excess(&self, at: usize) -> f64 {
        let of_band = self.of_band(at).unwrap_or(0.0).max(0.0);
        if self.is_busy(at) { of_band } else { of_band.max(self.dispersion.of_rate()) }
    }

    /// Whether the deviation that the ends of a band of counts tell is right to .015 of the mean.
    fn is_busy(&self, at: usize) -> bool {
        const BUSY: f64 = 2.0;
        self.whole.offered[at] >= BUSY
    }

    /// What an interval's band says beyond the noise of counting, over the square of its mean; below zero where it says less.
    fn of_band(&self, at: usize) -> Option<f64> {
        /// Bands are lines through whole counts: each count is spread evenly over one contact.
        const SPREAD: f64 = 1.0 / 12.0;
        let of = &self.whole;
        let mean = of.offered[at];
        let deviation = (of.p90[at] - of.p10[at]) / (2.0 * Z90);
        (mean > 0.0 && deviation >= 0.0).then(|| (deviation * deviation - mean - SPREAD) / (mean * mean))
    }
}

/// The forecast of all queues on one grid, in the workspace's order of queues.
///
/// A queue without history of its own (fed by escalation alone) has a forecast of zero and the method `no history`.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The horizon's intervals.
    pub grid: IntervalGrid,
    /// One per queue.
    pub queues: Vec<QueueForecast>,
}

impl Forecast {
    /// Multiplies all contacts and all handle times.
    pub fn scale(&mut self, contacts: f64, aht: f64) {
        for queue in &mut self.queues {
            for of in queue.regions.iter_mut().chain([&mut queue.whole]) {
                let counts = [&mut of.offered, &mut of.p10, &mut of.p50, &mut of.p90];
                let parts = [&mut of.baseline, &mut of.event, &mut of.holiday];
                counts.into_iter().chain(parts).for_each(|series| series.scale(contacts));
                for seconds in [&mut of.aht_s, &mut of.aht_p10, &mut of.aht_p90] {
                    seconds.scale(aht);
                }
            }
        }
    }
}

/// A planner's hand on the forecast: applied last, always listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjustment {
    /// The queue.
    pub queue: QueueIx,
    /// Position of the region; none means all.
    pub region: Option<usize>,
    /// From this instant.
    pub from: super::time::Instant,
    /// Until before this instant.
    pub until: super::time::Instant,
    /// What it does.
    pub change: Change,
    /// Why, in the planner's words.
    pub why: String,
}

/// What an adjustment does within its time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// Multiplies contacts.
    Factor(f64),
    /// Sets the contacts of the whole span, keeping their shape.
    Offered(f64),
    /// Sets the handle time, seconds.
    Aht(f64),
    /// Multiplies the handle time.
    AhtFactor(f64),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;

    #[test]
    fn the_rate_of_a_day_varies_by_what_its_bands_say_beyond_counting() {
        // Two days of 2 hours in UTC: means of 100 with a variance of 100 + 0.04·100² + 1/12, and a mean of 1 whose band says nothing more
        // than counting; then bands that are not there.
        let start = "2026-01-05T22:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::hours(4), Minutes::new(60));
        let half = |variance: f64| 1.281_551_565_544_6 * variance.sqrt();
        let (busy, quiet) = (half(500.0 + 1.0 / 12.0), half(1.0 + 1.0 / 12.0));
        let none = f64::NAN;
        let whole = RegionForecast {
            offered: Series::new(grid, [100.0, 1.0, 50.0, 50.0]),
            p10: Series::new(grid, [100.0 - busy, 1.0 - quiet, none, none]),
            p90: Series::new(grid, [100.0 + busy, 1.0 + quiet, none, none]),
            ..RegionForecast::nothing(0, grid)
        };
        let forecast = QueueForecast {
            queue: QueueIx(0),
            regions: vec![],
            whole,
            dispersion: Dispersion { day: 0.04, interval: 0.01, ..Dispersion::default() },
            aht_week_share: 0.0,
            method: String::new(),
            explanation: Explanation::default(),
        };
        let cv = forecast.rate_cv(&grid, chrono_tz::UTC);
        // What a mean of 1 says is left aside, and a day without a band that tells has the dispersion of the queue.
        let (of_busy_day, of_queue) = (0.2, (1.04_f64 * 1.01 - 1.0).sqrt());
        for (got, expected) in cv.iter().zip([of_busy_day, of_busy_day, of_queue, of_queue]) {
            assert!((got - expected).abs() < 1e-12, "{cv:?}");
        }
    }

    #[test]
    fn a_wide_band_of_few_contacts_counts_and_a_narrow_one_says_no_less_than_the_dispersion() {
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::hours(2), Minutes::new(60));
        let of = |p10: f64, p90: f64, dispersion: Dispersion| QueueForecast {
            queue: QueueIx(0),
            regions: vec![],
            whole: RegionForecast {
                offered: Series::flat(grid, 1.0),
                p10: Series::flat(grid, p10),
                p90: Series::flat(grid, p90),
                ..RegionForecast::nothing(0, grid)
            },
            dispersion,
            aht_week_share: 0.0,
            method: String::new(),
            explanation: Explanation::default(),
        };
        let cv = |forecast: &QueueForecast| forecast.rate_cv(&grid, chrono_tz::UTC)[0];
        // (5 / 2.563)² − 1 − 1/12 = 2.72, of a forecast from elsewhere.
        let given = of(0.0, 5.0, Dispersion::default());
        assert!((cv(&given) - 2.7223f64.sqrt()).abs() < 1e-3, "{}", cv(&given));
        assert!((given.excess(0) - 2.7223).abs() < 1e-3);
        let own = of(0.0, 2.0, Dispersion { day: 0.04, ..Dispersion::default() });
        assert!((cv(&own) - 0.2).abs() < 1e-12 && (own.excess(1) - 0.04).abs() < 1e-12);
    }
}
