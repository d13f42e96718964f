//! What the wall clocks of a zone show at every interval of the grid.

use crate::domain::calendar::{Holiday, HolidayService};
use crate::domain::queue::Region;
use crate::domain::time::{IntervalGrid, Zone};

use super::instants::wall_minutes;

const DAY_MINUTES: i64 = 1440;
const WEEK_MINUTES: i64 = 7 * DAY_MINUTES;

/// The local minute at the start of every interval, counted from 1970 as if clocks ran on UTC.
#[derive(Clone, Debug)]
pub(super) struct LocalClock {
    minutes: Vec<i64>,
    /// Minutes of one interval.
    pub(super) step: i64,
}

impl LocalClock {
    /// The clocks of a zone.
    pub(super) fn of(grid: &IntervalGrid, zone: Zone) -> Self {
        let step = grid.interval().get();
        let minutes = grid.starts().map(|start| wall_minutes(start.timestamp(), zone)).collect();
        Self { minutes, step }
    }

    /// How many intervals.
    pub(super) fn len(&self) -> usize {
        self.minutes.len()
    }

    /// Days since 1970 of an interval's local date.
    pub(super) fn day(&self, interval: usize) -> i64 {
        self.minutes[interval].div_euclid(DAY_MINUTES)
    }

    /// The local minute of the day.
    pub(super) fn minute(&self, interval: usize) -> i64 {
        self.minutes[interval].rem_euclid(DAY_MINUTES)
    }

    /// Position in the local week, of [`LocalClock::slots`]: 1970 began on a Thursday, weeks begin on Monday.
    pub(super) fn slot(&self, interval: usize) -> usize {
        let minute = (self.minutes[interval] + 3 * DAY_MINUTES).rem_euclid(WEEK_MINUTES);
        usize::try_from(minute / self.step).unwrap_or(0)
    }

    /// Slots of a local week.
    pub(super) fn slots(&self) -> usize {
        usize::try_from(WEEK_MINUTES / self.step).unwrap_or(1)
    }

    /// The interval at the same time on the wall, so many weeks later or earlier.
    pub(super) fn weeks_away(&self, interval: usize, weeks: i64) -> Option<usize> {
        let wanted = self.minutes[interval] + weeks * WEEK_MINUTES;
        let at = |index: i64| usize::try_from(index).ok().and_then(|index| Some((index, *self.minutes.get(index)?)));
        let guess = i64::try_from(interval).ok()? + weeks * WEEK_MINUTES / self.step;
        let (_, shown) = at(guess)?;
        let (index, shown) = at(guess + (wanted - shown) / self.step)?;
        (shown == wanted).then_some(index)
    }

    /// The intervals of each local day, in order.
    pub(super) fn days(&self) -> Vec<std::ops::Range<usize>> {
        let mut days: Vec<std::ops::Range<usize>> = Vec::new();
        for interval in 0..self.len() {
            match days.last_mut() {
                Some(day) if self.day(day.start) == self.day(interval) => day.end = interval + 1,
                _ => days.push(interval..interval + 1),
            }
        }
        days
    }

    /// Adds to `open` the intervals that start within a region's opening hours and not on a holiday that closes it.
    pub(super) fn open(&self, region: &Region, holidays: &[Holiday], open: &mut [bool]) {
        let week = WeekOfMinutes::of(region);
        let closing = |holiday: &&Holiday| holiday.service == HolidayService::Closed && holiday.concerns(&region.id);
        let closed = days_of(holidays.iter().filter(closing));
        for (minute, open) in self.minutes.iter().zip(open) {
            *open |= week.is_open(*minute) && closed.binary_search(&minute.div_euclid(DAY_MINUTES)).is_err();
        }
    }
}

impl LocalClock {
    /// Adds to `holiday` the intervals on a listed holiday of a region.
    pub(super) fn holidays(&self, region: &Region, holidays: &[Holiday], holiday: &mut [bool]) {
        let days = days_of(holidays.iter().filter(|holiday| holiday.concerns(&region.id)));
        for (minute, holiday) in self.minutes.iter().zip(holiday) {
            *holiday |= days.binary_search(&minute.div_euclid(DAY_MINUTES)).is_ok();
        }
    }
}

/// Days since 1970, in order.
fn days_of<'a>(holidays: impl Iterator<Item = &'a Holiday>) -> Vec<i64> {
    let mut days: Vec<i64> = holidays.map(|holiday| (holiday.date - chrono::NaiveDate::default()).num_days()).collect();
    days.sort_unstable();
    days
}

/// Opening hours minute by minute.
struct WeekOfMinutes(Vec<bool>);

impl WeekOfMinutes {
    fn of(region: &Region) -> Self {
        use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let mut week = Vec::with_capacity(7 * 1440);
        for day in [Mon, Tue, Wed, Thu, Fri, Sat, Sun] {
            week.extend((0..1440).map(|minute| region.hours.on(day).iter().any(|span| span.holds(minute))));
        }
        Self(week)
    }

    fn is_open(&self, wall_minute: i64) -> bool {
        let minute = (wall_minute + 3 * DAY_MINUTES).rem_euclid(WEEK_MINUTES);
        usize::try_from(minute).is_ok_and(|minute| self.0[minute])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;

    #[test]
    fn weeks_away_follow_the_wall_clock_across_a_clock_change() {
        let utc = |text: &str| text.parse().expect("an instant");
        let grid = IntervalGrid::covering(utc("2026-10-18T00:00:00Z"), utc("2026-11-02T00:00:00Z"), Minutes::new(30));
        let local_clock = LocalClock::of(&grid, chrono_tz::Europe::Warsaw);
        // 09:00 in Warsaw is 07:00 UTC on Tuesday 20 October and 08:00 UTC a week later.
        let before = grid.index_of(utc("2026-10-20T07:00:00Z")).expect("on the grid");
        let after = grid.index_of(utc("2026-10-27T08:00:00Z")).expect("on the grid");
        assert_eq!(local_clock.weeks_away(before, 1), Some(after));
        assert_eq!(local_clock.weeks_away(after, -1), Some(before));
        assert_eq!(local_clock.slot(before), 48 + 18);
        assert_eq!(local_clock.slot(after), local_clock.slot(before));
        // Monday 26 October is the day after one of 25 hours.
        assert!(local_clock.days().iter().any(|day| day.len() == 50));
    }
}
