//! A row of `forecast.csv`.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::time::Instant;

/// What is expected of a queue or one of its regions in an interval. Means add up over regions, quantiles do not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastRow {
    /// The queue.
    pub queue: String,
    /// The region; `*` is the whole queue.
    pub region: String,
    /// The interval's start.
    #[serde(with = "cells::utc")]
    pub start: Instant,
    /// The same on the region's clock, of the whole queue on the plan's.
    #[serde(with = "cells::local")]
    pub start_local: DateTime<FixedOffset>,
    /// Mean contacts offered.
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
    /// Mean handle time, seconds.
    #[serde(with = "cells::seconds")]
    pub aht_s: f64,
    /// The part of `offered` that season, trend and level explain.
    #[serde(with = "cells::amount")]
    pub baseline: f64,
    /// The part that events add.
    #[serde(with = "cells::amount")]
    pub event: f64,
    /// The part that holidays add or take away.
    #[serde(with = "cells::amount")]
    pub holiday: f64,
    /// Lower end of the 80 % band of the day's mean handle time, at this interval.
    #[serde(with = "cells::seconds", default = "cells::unknown")]
    pub aht_p10: f64,
    /// Upper end.
    #[serde(with = "cells::seconds", default = "cells::unknown")]
    pub aht_p90: f64,
}

impl Record for ForecastRow {
    const COLUMNS: &'static [&'static str] = &[
        "queue",
        "region",
        "start",
        "start_local",
        "offered",
        "p10",
        "p50",
        "p90",
        "aht_s",
        "baseline",
        "event",
        "holiday",
        "aht_p10",
        "aht_p90",
    ];
    const ADDED_LATER: &'static [&'static str] = &["aht_p10", "aht_p90"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let rows: Vec<ForecastRow> = assert_round_trip(
            "queue,region,start,start_local,offered,p10,p50,p90,aht_s,baseline,event,holiday,aht_p10,aht_p90\n\
             orders,us,2026-11-30T08:00:00Z,2026-11-30T03:00:00-05:00,2.75,1,2.5,4,240.25,2.75,0,,230.5,250\n",
        );
        assert!(rows[0].holiday.is_nan());
        assert_eq!(rows[0].start, rows[0].start_local);
    }
}
