//! The interval of a plan around a given history.

use chrono::{Offset, TimeZone};

use crate::domain::history::Survey;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;

/// The intervals that a plan may have, in minutes.
const PLANNED: [i64; 6] = [5, 10, 15, 20, 30, 60];

/// The interval of a plan around a history: that of its rows where a plan may have it, and else the shortest of 15, 20, 30 and 60
/// minutes that they divide, so that counts only need adding up. Rows longer than an hour are planned in half-hours, into which a
/// shape of the day splits them. It fits the zone: where clocks are off the hour by half an hour or a quarter, so is the interval.
#[must_use]
pub fn plan_interval(survey: &Survey, zone: Zone) -> Minutes {
    let found = survey.interval.get().max(1);
    let own = [found].into_iter().filter(|minutes| PLANNED.contains(minutes));
    let adds_up = [15, 20, 30, 60].into_iter().filter(|minutes| minutes % found == 0);
    let split = [30, 15];
    Minutes::new(
        own.chain(adds_up).chain(split).find(|minutes| fits(survey, zone, Minutes::new(*minutes))).unwrap_or(15),
    )
}

/// Whether intervals of so many minutes begin with the hours of a zone's clock.
#[must_use]
pub fn fits(survey: &Survey, zone: Zone, interval: Minutes) -> bool {
    [survey.first, survey.last].iter().all(|at| {
        let ahead = zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
        i64::from(ahead) % (interval.get() * 60) == 0
    })
}

/// The last time on the grid at or before a minute of the day.
pub(super) fn floor(minute: i64, grid: Minutes) -> i64 {
    minute.div_euclid(grid.get()) * grid.get()
}
