//! Rows of `accuracy.csv` and `backtest.csv`.

use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::time::Instant;

/// How good forecasts of a queue by a method were, so many open days ahead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccuracyRow {
    /// The queue.
    pub queue: String,
    /// The method; `chosen` is what the forecast uses.
    pub method: String,
    /// Open days ahead.
    pub horizon_days: u32,
    /// Σ|error| / Σ actual.
    #[serde(with = "cells::amount")]
    pub wape: f64,
    /// Mean absolute error over that of the seasonal naive.
    #[serde(with = "cells::amount")]
    pub mase: f64,
    /// Root mean squared error, contacts per interval.
    #[serde(with = "cells::amount")]
    pub rmse: f64,
    /// Σ(forecast − actual) / Σ actual.
    #[serde(with = "cells::amount")]
    pub bias: f64,
    /// Share of intervals within the 80 % band.
    #[serde(with = "cells::amount")]
    pub coverage80: f64,
    /// Mean continuous ranked probability score, contacts per interval.
    #[serde(with = "cells::amount")]
    pub crps: f64,
    /// The method's mean weight at this horizon, 0 to 1.
    #[serde(with = "cells::amount")]
    pub weight: f64,
    /// Intervals that were taken for outages afterwards; they are part of all figures but the next.
    pub outage_intervals: u32,
    /// Σ|error| / Σ actual without these.
    #[serde(with = "cells::amount")]
    pub wape_without_outages: f64,
}

impl Record for AccuracyRow {
    const COLUMNS: &'static [&'static str] = &[
        "queue",
        "method",
        "horizon_days",
        "wape",
        "mase",
        "rmse",
        "bias",
        "coverage80",
        "crps",
        "weight",
        "outage_intervals",
        "wape_without_outages",
    ];
}

/// A back-test forecast of one interval, and what came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BacktestRow {
    /// The queue.
    pub queue: String,
    /// Nothing after this was known.
    #[serde(with = "cells::utc")]
    pub origin: Instant,
    /// The interval's start.
    #[serde(with = "cells::utc")]
    pub start: Instant,
    /// What came.
    #[serde(with = "cells::amount")]
    pub actual: f64,
    /// The mean forecast.
    #[serde(with = "cells::amount")]
    pub offered: f64,
    /// Lower end of the 80 % band.
    #[serde(with = "cells::amount")]
    pub p10: f64,
    /// Median.
    #[serde(with = "cells::amount")]
    pub p50: f64,
    /// Upper end of the 80 % band.
    #[serde(with = "cells::amount")]
    pub p90: f64,
    /// Whether what came was taken for an outage afterwards.
    pub outage: bool,
}

impl Record for BacktestRow {
    const COLUMNS: &'static [&'static str] =
        &["queue", "origin", "start", "actual", "offered", "p10", "p50", "p90", "outage"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn rows_read_back_as_they_were_written() {
        let accuracy: Vec<AccuracyRow> = assert_round_trip(
            "queue,method,horizon_days,wape,mase,rmse,bias,coverage80,crps,weight,outage_intervals,wape_without_outages\n\
             orders,chosen,1,0.0521,0.81,4.2,-0.01,0.79,2.5,1,2,0.05\n",
        );
        assert_eq!(accuracy[0].horizon_days, 1);
        let backtest: Vec<BacktestRow> = assert_round_trip(
            "queue,origin,start,actual,offered,p10,p50,p90,outage\n\
             orders,2026-11-01T23:00:00Z,2026-11-02T08:00:00Z,12,10.5,6,10,15,true\n",
        );
        assert!((backtest[0].actual - 12.0).abs() < 1e-12);
    }
}
