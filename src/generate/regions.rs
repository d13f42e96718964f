//! The four countries the retailer sells to, and their clocks.

use chrono::{Datelike, NaiveDate, Timelike};
use chrono_tz::{America, Europe};

use crate::domain::time::{IntervalGrid, Zone};

/// Customers of one country.
pub(super) struct Country {
    /// Region id in every queue.
    pub(super) id: &'static str,
    /// Their zone.
    pub(super) zone: Zone,
    /// Share of the retailer's customers.
    pub(super) share: f64,
    /// Days of the month on which wages arrive; 31 stands for the last day.
    pub(super) paydays: &'static [u32],
}

/// The countries, in the order of ids in every file.
pub(super) const COUNTRIES: [Country; 4] = [
    Country { id: "pl", zone: Europe::Warsaw, share: 0.29, paydays: &[10, 31] },
    Country { id: "de", zone: Europe::Berlin, share: 0.31, paydays: &[31] },
    Country { id: "gb", zone: Europe::London, share: 0.18, paydays: &[28] },
    Country { id: "us", zone: America::New_York, share: 0.22, paydays: &[1, 15] },
];

/// What the wall clock of a country shows when an interval starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wall {
    /// The date.
    pub(super) date: NaiveDate,
    /// Days since the first date of the clock, an index into per-day tables.
    pub(super) day: usize,
    /// 0 is Monday.
    pub(super) weekday: usize,
    /// Minute of the day.
    pub(super) minute: u16,
    /// Minutes ahead of UTC.
    pub(super) offset: i16,
}

/// A country's wall clock over all intervals of a grid.
pub(super) struct Clock {
    /// The date of day 0.
    pub(super) first: NaiveDate,
    /// Dates touched.
    pub(super) days: usize,
    /// One reading per interval.
    pub(super) walls: Vec<Wall>,
}

/// Reads a zone's wall clock at the start of every interval, clock changes included.
pub(super) fn clock(grid: &IntervalGrid, zone: Zone) -> Clock {
    let first = grid.start().with_timezone(&zone).date_naive();
    let walls: Vec<Wall> = grid
        .starts()
        .map(|start| {
            let local = start.with_timezone(&zone);
            let offset = (local.naive_local() - local.naive_utc()).num_minutes();
            Wall {
                date: local.date_naive(),
                day: usize::try_from((local.date_naive() - first).num_days()).unwrap_or(0),
                weekday: local.weekday().num_days_from_monday() as usize,
                minute: u16::try_from(local.hour() * 60 + local.minute()).unwrap_or(0),
                offset: i16::try_from(offset).unwrap_or(0),
            }
        })
        .collect();
    Clock { first, days: walls.last().map_or(0, |wall| wall.day + 1), walls }
}
