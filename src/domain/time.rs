//! Honest time: instants are UTC, days belong to a zone, and a local day is as long as its zone says.

use chrono::{DateTime, Datelike, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use super::units::Minutes;

/// A point in time, always UTC.
pub type Instant = DateTime<Utc>;

/// An IANA time zone.
pub type Zone = chrono_tz::Tz;

/// A day in a zone: 23, 24 or 25 hours between its two midnights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalDay {
    /// The date on the wall calendar.
    pub date: NaiveDate,
    /// The first instant of the day.
    pub start: Instant,
    /// The first instant of the next day.
    pub end: Instant,
}

impl LocalDay {
    /// The day of this date in a zone.
    #[must_use]
    pub fn of(date: NaiveDate, zone: Zone) -> Self {
        let next = date.succ_opt().unwrap_or(NaiveDate::MAX);
        Self { date, start: start_of_day(date, zone), end: start_of_day(next, zone) }
    }

    /// The day that holds an instant.
    #[must_use]
    pub fn holding(instant: Instant, zone: Zone) -> Self {
        Self::of(local_date(instant, zone), zone)
    }

    /// How long the day is: 23, 24 or 25 hours, or what the zone's history says.
    #[must_use]
    pub fn length(&self) -> Minutes {
        Minutes::new((self.end - self.start).num_minutes())
    }
}

/// The date on the wall at an instant.
#[must_use]
pub fn local_date(instant: Instant, zone: Zone) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

/// The wall-clock minute of the day, 0 to 1439, at an instant.
#[must_use]
pub fn minute_of_day(instant: Instant, zone: Zone) -> u32 {
    use chrono::Timelike;
    let wall = instant.with_timezone(&zone);
    wall.hour() * 60 + wall.minute()
}

/// The first instant of a date in a zone, also where clocks jump over midnight.
#[must_use]
pub fn start_of_day(date: NaiveDate, zone: Zone) -> Instant {
    instant_at_or_after(date.and_time(NaiveTime::MIN), zone)
}

/// The instant a wall clock shows `wall`: the first of two where the hour repeats, and the moment of the
/// jump where it does not exist. For schedules; data with such times are refused, see [`resolve`].
#[must_use]
pub fn instant_at_or_after(wall: NaiveDateTime, zone: Zone) -> Instant {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => first_instant_after_gap(wall, zone),
    }
}

/// Gaps in the tz database end on a whole minute, so the first existing minute after `wall` is where clocks resume.
fn first_instant_after_gap(wall: NaiveDateTime, zone: Zone) -> Instant {
    const LONGEST_GAP_MINUTES: i64 = 26 * 60; // Samoa skipped a whole day in 2011
    (1..=LONGEST_GAP_MINUTES)
        .find_map(|minutes| zone.from_local_datetime(&(wall + Duration::minutes(minutes))).earliest())
        .map_or_else(|| Utc.from_utc_datetime(&wall), |at| at.with_timezone(&Utc))
}

/// What a wall-clock time in data means in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// Exactly one instant.
    Once(Instant),
    /// The hour that repeats when clocks go back: both instants.
    Twice(Instant, Instant),
    /// The hour that does not exist when clocks go forward.
    Never,
}

/// The instants at which a wall clock shows `wall`.
#[must_use]
pub fn resolve(wall: NaiveDateTime, zone: Zone) -> Resolved {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) => Resolved::Once(at.with_timezone(&Utc)),
        LocalResult::Ambiguous(first, second) => Resolved::Twice(first.with_timezone(&Utc), second.with_timezone(&Utc)),
        LocalResult::None => Resolved::Never,
    }
}

/// Consecutive intervals of equal length, aligned to UTC multiples of that length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntervalGrid {
    start: Instant,
    minutes: i64,
    count: usize,
}

impl IntervalGrid {
    /// The grid of all intervals that touch `[from, until)`: aligned outwards to multiples of the interval.
    #[must_use]
    pub fn covering(from: Instant, until: Instant, interval: Minutes) -> Self {
        let seconds = interval.get() * 60;
        let first = from.timestamp().div_euclid(seconds);
        let last = (until.timestamp() + seconds - 1).div_euclid(seconds);
        Self {
            start: DateTime::from_timestamp(first * seconds, 0).unwrap_or(from),
            minutes: interval.get(),
            count: usize::try_from(last - first).unwrap_or(0),
        }
    }

    /// Start of the first interval.
    #[must_use]
    pub const fn start(&self) -> Instant {
        self.start
    }

    /// End of the last interval.
    #[must_use]
    pub fn end(&self) -> Instant {
        self.start_of(self.count)
    }

    /// Length of one interval.
    #[must_use]
    pub const fn interval(&self) -> Minutes {
        Minutes::new(self.minutes)
    }

    /// How many intervals there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no interval at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Start of interval `index`; `len()` gives the end of the grid.
    #[must_use]
    #[expect(clippy::cast_possible_wrap, reason = "an index of intervals is far below 2^63")]
    pub fn start_of(&self, index: usize) -> Instant {
        self.start + Duration::minutes(self.minutes * index as i64)
    }

    /// The local day of an interval: that of its middle, for in a zone of half hours an hour may begin a day before its own.
    #[must_use]
    pub fn local_date_of(&self, index: usize, zone: Zone) -> NaiveDate {
        local_date(self.start_of(index) + self.interval().duration() / 2, zone)
    }

    /// The interval that holds an instant, if the grid does.
    #[must_use]
    pub fn index_of(&self, instant: Instant) -> Option<usize> {
        let elapsed = (instant - self.start).num_seconds();
        let index = usize::try_from(elapsed.div_euclid(self.minutes * 60)).ok()?;
        (index < self.count).then_some(index)
    }

    /// The indices of intervals within `[from, until)`, cut to the grid: empty where they do not meet.
    /// An interval belongs to the range when its start does.
    #[must_use]
    pub fn range(&self, from: Instant, until: Instant) -> std::ops::Range<usize> {
        let position = |at: Instant| {
            let seconds = (at - self.start).num_seconds();
            let steps = (seconds + self.minutes * 60 - 1).div_euclid(self.minutes * 60);
            usize::try_from(steps).unwrap_or(0).min(self.count)
        };
        let first = position(from);
        first..position(until).max(first)
    }

    /// Whether the first intervals are those of another grid.
    #[must_use]
    pub fn begins_with(&self, other: &Self) -> bool {
        self.start == other.start && self.minutes == other.minutes && self.count >= other.count
    }

    /// The starts of all intervals, in order.
    pub fn starts(&self) -> impl Iterator<Item = Instant> + use<> {
        let grid = *self;
        (0..grid.count).map(move |index| grid.start_of(index))
    }
}

/// The days a plan is for: whole local days in the plan's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanPeriod {
    /// First day.
    pub start: NaiveDate,
    /// Whole weeks from there.
    pub weeks: u32,
    /// The zone the plan's days belong to.
    pub zone: Zone,
    /// Length of the plan's intervals: 5, 10, 15, 20, 30 or 60 minutes.
    pub interval: Minutes,
    /// The day a week starts on, for weekly rules and goals.
    pub week_start: chrono::Weekday,
}

impl PlanPeriod {
    /// The dates of the plan, in order.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let start = self.start;
        (0..i64::from(self.weeks) * 7).map(move |day| start + Duration::days(day))
    }

    /// Whether a date is one of them.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.start <= date && date < self.end()
    }

    /// The day after the last.
    #[must_use]
    pub fn end(&self) -> NaiveDate {
        self.start + Duration::days(i64::from(self.weeks) * 7)
    }

    /// All intervals of the plan's days, midnight to midnight in the plan's zone.
    #[must_use]
    pub fn grid(&self) -> IntervalGrid {
        IntervalGrid::covering(start_of_day(self.start, self.zone), start_of_day(self.end(), self.zone), self.interval)
    }
}

/// The first day on or after `date` that falls on `weekday`.
#[must_use]
pub fn next_weekday(date: NaiveDate, weekday: chrono::Weekday) -> NaiveDate {
    let ahead = (7 + weekday.num_days_from_monday() - date.weekday().num_days_from_monday()) % 7;
    date + Duration::days(i64::from(ahead))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn utc(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn days_of_23_and_25_hours_are_exact() {
        let warsaw = chrono_tz::Europe::Warsaw;
        assert_eq!(LocalDay::of(date("2026-03-29"), warsaw).length(), Minutes::hours(23));
        assert_eq!(LocalDay::of(date("2026-10-25"), warsaw).length(), Minutes::hours(25));
        assert_eq!(LocalDay::of(date("2026-10-26"), warsaw).length(), Minutes::hours(24));
    }

    #[test]
    fn a_midnight_that_does_not_exist_gives_way_to_the_jump() {
        // Santiago jumps from 23:59:59 on 5 September 2026 to 01:00 on the 6th: the day starts at 04:00 UTC.
        let day = LocalDay::of(date("2026-09-06"), chrono_tz::America::Santiago);
        assert_eq!(day.start, utc("2026-09-06T04:00:00Z"));
        assert_eq!(day.length(), Minutes::hours(23));
    }

    #[test]
    fn the_grid_is_aligned_to_utc_even_in_zones_with_half_hours() {
        // Midnight in Kolkata is 18:30 UTC: on an hourly grid the plan starts at 18:00.
        let period = PlanPeriod {
            start: date("2026-11-23"),
            weeks: 1,
            zone: chrono_tz::Asia::Kolkata,
            interval: Minutes::new(60),
            week_start: chrono::Weekday::Mon,
        };
        assert_eq!(period.grid().start(), utc("2026-11-22T18:00:00Z"));
        assert_eq!(period.grid().len(), 7 * 24 + 1);
    }

    #[test]
    fn a_range_is_cut_to_the_grid() {
        let grid = IntervalGrid::covering(utc("2026-01-01T00:00:00Z"), utc("2026-01-01T02:00:00Z"), Minutes::new(30));
        assert_eq!(grid.range(utc("2025-12-31T00:00:00Z"), utc("2026-01-01T01:00:00Z")), 0..2);
        assert_eq!(grid.range(utc("2026-01-01T00:10:00Z"), utc("2026-01-01T09:00:00Z")), 1..4);
        assert!(grid.range(utc("2026-02-01T00:00:00Z"), utc("2026-02-02T00:00:00Z")).is_empty());
    }
}
