//! Forecasts of days that have been, set against what came.

use chrono::NaiveDate;

use super::ids::QueueIx;
use super::time::Instant;

/// One back-test forecast of one queue and interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BacktestPoint {
    /// The queue.
    pub queue: QueueIx,
    /// Nothing after this was known.
    pub origin: Instant,
    /// The interval's start.
    pub start: Instant,
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
    pub origin: Instant,
    /// First day, in the back-test's zone.
    pub from: NaiveDate,
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
