//! The interval of a plan around a given history.

use chrono::{Offset, TimeZone};

use crate::domain::history::Survey;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;

/// The shortest of 15, 20, 30 and 60 minutes that the history's interval divides, so that its counts only need adding up.
///
/// Hours (and anything longer) are planned in half-hours all the same: a shift plan in whole hours could not place a
/// meal, and the volume within the hour is smooth enough to be split. In zones off the half-hour the plan is in quarters.
pub(super) fn plan_interval(survey: &Survey, zone: Zone) -> Minutes {
    let found = survey.interval.get().max(1);
    let on_zone = |minutes: &i64| {
        [survey.first, survey.last].iter().all(|at| {
            let ahead = zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
            i64::from(ahead) % (minutes * 60) == 0 || *minutes == 15
        })
    };
    let adds_up = |minutes: &i64| minutes % found == 0 && *minutes < 60;
    let interval = [15, 20, 30].into_iter().filter(on_zone).find(adds_up);
    let split = [30, 15].into_iter().find(on_zone);
    Minutes::new(interval.or(split).unwrap_or(30))
}

/// The last time on the grid at or before a minute of the day.
pub(super) fn floor(minute: i64, grid: Minutes) -> i64 {
    minute.div_euclid(grid.get()) * grid.get()
}
