//! A row of `requirement.csv`.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::time::Instant;

/// Agents that a queue requires in an interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequirementRow {
    /// The queue.
    pub queue: String,
    /// The interval's start.
    #[serde(with = "cells::utc")]
    pub start: Instant,
    /// The same on the plan's clock.
    #[serde(with = "cells::local")]
    pub start_local: DateTime<FixedOffset>,
    /// Offered load, erlangs.
    #[serde(with = "cells::amount")]
    pub load_erlangs: f64,
    /// Agents who must be at work.
    #[serde(with = "cells::amount")]
    pub agents_net: f64,
    /// Agents to be rostered: net / (1 − unplanned shrinkage).
    #[serde(with = "cells::amount")]
    pub agents_scheduled: f64,
    /// Service level expected with `agents_net`, 0 to 1.
    #[serde(with = "cells::amount")]
    pub service_level: f64,
    /// Occupancy expected with `agents_net`, 0 to 1.
    #[serde(with = "cells::amount")]
    pub occupancy: f64,
}

impl Record for RequirementRow {
    const COLUMNS: &'static [&'static str] = &[
        "queue",
        "start",
        "start_local",
        "load_erlangs",
        "agents_net",
        "agents_scheduled",
        "service_level",
        "occupancy",
    ];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let rows: Vec<RequirementRow> = assert_round_trip(
            "queue,start,start_local,load_erlangs,agents_net,agents_scheduled,service_level,occupancy\n\
             orders,2026-11-30T08:00:00Z,2026-11-30T09:00:00+01:00,3.2,5,5.263158,0.861235,0.64\n",
        );
        assert!((rows[0].agents_scheduled - 5.263_158).abs() < 1e-12);
    }
}
