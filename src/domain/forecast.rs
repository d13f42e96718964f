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
            baseline: none(),
            event: none(),
            holiday: none(),
        }
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
    /// The method that was chosen, or how methods were weighed, for people to read.
    pub method: String,
    /// Why it is what it is.
    pub explanation: Explanation,
}

impl QueueForecast {
    /// How far the rate of each interval may lie off its mean, as a coefficient of variation: what the 80 % bands of its day say
    /// beyond the noise of counting, busy intervals counting more; zero where the forecast has no bands. The band of a quiet interval alone
    /// says little, for its ends lie a contact or two apart. Days are those of `zone`.
    #[must_use]
    pub fn rate_cv(&self, grid: &IntervalGrid, zone: Zone) -> Vec<f64> {
        /// Bands are lines through whole counts: each count is spread evenly over one contact.
        const SPREAD: f64 = 1.0 / 12.0;
        let of = &self.whole;
        let all: Vec<usize> = (0..grid.len()).collect();
        let day = |day: &[usize]| {
            let banded = day.iter().filter(|&&at| of.offered[at] > 0.0 && of.p90[at] >= of.p10[at]);
            let (beyond, weight) = banded.fold((0.0, 0.0), |(beyond, weight), &at| {
                let (mean, deviation) = (of.offered[at], (of.p90[at] - of.p10[at]) / (2.0 * Z90));
                (beyond + deviation * deviation - mean - SPREAD, weight + mean * mean)
            });
            let cv = if weight > 0.0 { (beyond.max(0.0) / weight).sqrt() } else { 0.0 };
            vec![cv; day.len()]
        };
        let same_day = |one: &usize, next: &usize| grid.local_date_of(*one, zone) == grid.local_date_of(*next, zone);
        all.chunk_by(same_day).flat_map(day).collect()
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
                of.aht_s.scale(aht);
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

/// One back-test forecast of one queue and interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BacktestPoint {
    /// The queue.
    pub queue: QueueIx,
    /// Nothing after this was known.
    pub origin: super::time::Instant,
    /// The interval's start.
    pub start: super::time::Instant,
    /// What came.
    pub actual: f64,
    /// The mean forecast.
    pub offered: f64,
    /// Lower end of the 80 % band.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// Upper end of the 80 % band.
    pub p90: f64,
    /// Whether what came was taken for an outage afterwards, and unknown to later forecasts.
    pub is_outage: bool,
}

/// The total of one day or week of one back-test, with its own band: quantiles of intervals do not add.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BacktestTotal {
    /// The queue.
    pub queue: QueueIx,
    /// Nothing after this was known.
    pub origin: super::time::Instant,
    /// First day, in the back-test's zone.
    pub from: chrono::NaiveDate,
    /// Calendar days spanned: 1 or 7.
    pub days: u32,
    /// What came in the intervals that are known.
    pub actual: f64,
    /// The mean forecast of these.
    pub offered: f64,
    /// Lower end of the 80 % band.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// Upper end of the 80 % band.
    pub p90: f64,
}

/// The accuracy of one method on one queue at one horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Accuracy {
    /// The queue.
    pub queue: QueueIx,
    /// The method's name; `chosen` for what the forecast uses.
    pub method: String,
    /// Open days ahead.
    pub horizon_days: u32,
    /// Σ|error| / Σ actual.
    pub wape: f64,
    /// Mean absolute error over that of the seasonal naive of one week, in sample.
    pub mase: f64,
    /// Root mean squared error, contacts per interval.
    pub rmse: f64,
    /// Σ(forecast − actual) / Σ actual.
    pub bias: f64,
    /// Share of intervals within the 80 % band.
    pub coverage80: f64,
    /// Mean continuous ranked probability score, contacts per interval.
    pub crps: f64,
    /// The method's mean weight in the combination at this horizon, 0 to 1; 1 for `chosen`.
    pub weight: f64,
    /// Intervals that were taken for outages afterwards; they are part of all figures but the next.
    pub outage_intervals: u32,
    /// Σ|error| / Σ actual without these.
    pub wape_without_outages: f64,
}

/// A rolling-origin back-test.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Backtest {
    /// Every forecast of the chosen method.
    pub points: Vec<BacktestPoint>,
    /// Figures per queue, method and horizon.
    pub accuracy: Vec<Accuracy>,
    /// Totals of days and weeks of the chosen method.
    pub totals: Vec<BacktestTotal>,
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
            dispersion: Dispersion::default(),
            method: String::new(),
            explanation: Explanation::default(),
        };
        let cv = forecast.rate_cv(&grid, chrono_tz::UTC);
        let of_busy_day = (400.0_f64 / 10_001.0).sqrt();
        for (got, expected) in cv.iter().zip([of_busy_day, of_busy_day, 0.0, 0.0]) {
            assert!((got - expected).abs() < 1e-12, "{cv:?}");
        }
    }
}
