//! A row of `coverage.csv`.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::time::Instant;

/// Required against rostered for a queue in an interval. `required`, `short` and `over` are heads of average speed to be
/// rostered, `assigned` are heads; `effective` is what of them is at work on average, speed counted and unplanned shrinkage
/// taken off, which compares with `agents_net` of the requirement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoverageRow {
    /// The queue.
    pub queue: String,
    /// The interval's start.
    #[serde(with = "cells::utc")]
    pub start: Instant,
    /// The same on the plan's clock.
    #[serde(with = "cells::local")]
    pub start_local: DateTime<FixedOffset>,
    /// Agents to be rostered.
    #[serde(with = "cells::amount")]
    pub required: f64,
    /// Heads assigned.
    #[serde(with = "cells::amount")]
    pub assigned: f64,
    /// What of them is at work on average.
    #[serde(with = "cells::amount")]
    pub effective: f64,
    /// Missing.
    #[serde(with = "cells::amount")]
    pub short: f64,
    /// Beyond the requirement.
    #[serde(with = "cells::amount")]
    pub over: f64,
    /// Share of contacts expected to be served as the goal counts them; none where no contact is expected.
    #[serde(with = "cells::known_share")]
    pub service_expected: Option<f64>,
}

impl Record for CoverageRow {
    const COLUMNS: &'static [&'static str] =
        &["queue", "start", "start_local", "required", "assigned", "effective", "short", "over", "service_expected"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let rows: Vec<CoverageRow> = assert_round_trip(
            "queue,start,start_local,required,assigned,effective,short,over,service_expected\n\
             orders,2026-11-30T08:00:00Z,2026-11-30T09:00:00+01:00,5.5,4,3.8,1.5,0,0.625\n\
             orders,2026-11-30T08:30:00Z,2026-11-30T09:30:00+01:00,0,1,0.95,0,1,\n",
        );
        assert_eq!((rows[0].service_expected, rows[1].service_expected), (Some(0.625), None));
    }
}
