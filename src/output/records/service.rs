//! A row of `service.csv`.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::cells;
use super::record::Record;
use crate::domain::time::Instant;

/// The simulated service of a queue in an interval, by arrival. `in_time_low` and `in_time_high` are the ends of the 95 % band of
/// `in_time`; `occupancy` is that of the people who can take the queue, whatever they are busy with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceRow {
    /// The queue.
    pub queue: String,
    /// The interval's start.
    #[serde(with = "cells::utc")]
    pub start: Instant,
    /// The same on the plan's clock.
    #[serde(with = "cells::local")]
    pub start_local: DateTime<FixedOffset>,
    /// Contacts that come, on average, escalations and repeated calls included.
    #[serde(with = "cells::amount")]
    pub offered: f64,
    /// Share served as the goal counts; none where no contact came.
    #[serde(with = "cells::known_share")]
    pub in_time: Option<f64>,
    /// Lower end of its band.
    #[serde(with = "cells::known_share")]
    pub in_time_low: Option<f64>,
    /// Upper end.
    #[serde(with = "cells::known_share")]
    pub in_time_high: Option<f64>,
    /// Contacts that give up, on average.
    #[serde(with = "cells::amount")]
    pub abandoned: f64,
    /// Mean wait of those answered; of deferred work the time until it is done.
    #[serde(with = "cells::seconds")]
    pub asa_s: f64,
    /// Share of their time that those who can take the queue are busy; none where nobody is at work.
    #[serde(with = "cells::known_share")]
    pub occupancy: Option<f64>,
}

impl Record for ServiceRow {
    const COLUMNS: &'static [&'static str] = &[
        "queue",
        "start",
        "start_local",
        "offered",
        "in_time",
        "in_time_low",
        "in_time_high",
        "abandoned",
        "asa_s",
        "occupancy",
    ];
}

#[cfg(test)]
mod tests {
    use super::super::record::assert_round_trip;
    use super::*;

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let rows: Vec<ServiceRow> = assert_round_trip(
            "queue,start,start_local,offered,in_time,in_time_low,in_time_high,abandoned,asa_s,occupancy\n\
             orders,2026-11-30T08:00:00Z,2026-11-30T09:00:00+01:00,41.5,0.81,0.8,0.82,0.4,12.5,0.79\n\
             orders,2026-11-30T08:30:00Z,2026-11-30T09:30:00+01:00,0,,,,0,0,\n",
        );
        assert_eq!((rows[0].in_time, rows[1].occupancy), (Some(0.81), None));
    }
}
