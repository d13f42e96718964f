//! A row of `pools.csv`.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::time::Instant;

/// People of a pool in an interval: all who can take one of its queues, whatever they are busy with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoolRow {
    /// The queues of the pool, as `orders|billing`.
    pub pool: String,
    /// The interval's start.
    #[serde(with = "cells::utc")]
    pub start: Instant,
    /// The same on the plan's clock.
    #[serde(with = "cells::local")]
    pub start_local: DateTime<FixedOffset>,
    /// Heads of average speed to be rostered.
    #[serde(with = "cells::amount")]
    pub required: f64,
    /// Heads rostered, by their speed.
    #[serde(with = "cells::amount")]
    pub rostered: f64,
    /// What is missing of those required.
    #[serde(with = "cells::amount")]
    pub short: f64,
    /// What is there beyond those required.
    #[serde(with = "cells::amount")]
    pub over: f64,
}

impl Record for PoolRow {
    const COLUMNS: &'static [&'static str] = &["pool", "start", "start_local", "required", "rostered", "short", "over"];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let rows: Vec<PoolRow> = assert_round_trip(
            "pool,start,start_local,required,rostered,short,over\n\
             orders|billing,2026-11-30T08:00:00Z,2026-11-30T09:00:00+01:00,13.75,12,1.75,0\n",
        );
        assert_eq!(rows[0].pool, "orders|billing");
    }
}
