//! Which clock times fall on the plan's grid: intervals are UTC multiples, and zones are offset from UTC.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use tr::tr;

use chrono::{NaiveDate, Offset, TimeZone, Weekday};

use crate::domain::calendar::WeeklyHours;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;
use crate::workspace::words::{Read, Refusal, clock, hh_mm, whole};

/// The plan's interval and the years whose offsets count.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    interval: Minutes,
    years: RangeInclusive<i32>,
}

impl Grid {
    /// The grid of an interval over some years.
    pub(crate) fn new(interval: Minutes, years: RangeInclusive<i32>) -> Self {
        Self { interval, years }
    }

    /// The plan's interval.
    pub(crate) const fn interval(&self) -> Minutes {
        self.interval
    }

    /// Whether an elapsed time is a whole number of intervals.
    pub(crate) fn divides(&self, minutes: i64) -> bool {
        minutes % self.interval.get() == 0
    }

    /// The first opening or closing time that lies off the grid in the zone, with what would be accepted.
    pub(crate) fn check_hours(&self, hours: &WeeklyHours, zone: Zone) -> Result<(), Refusal> {
        edges(hours).into_iter().try_for_each(|minute| self.check_clock(minute, zone))
    }

    /// Whether a clock time lies on the grid in the zone, in winter and in summer.
    pub(crate) fn check_clock(&self, minute: u16, zone: Zone) -> Result<(), Refusal> {
        let off =
            |offset: &i32| (i64::from(minute) * 60 - i64::from(*offset)).rem_euclid(self.interval.get() * 60) != 0;
        let Some(offset) = self.offsets(zone).into_iter().find(off) else { return Ok(()) };
        let every = self.interval.get();
        let first = (i64::from(offset) / 60).rem_euclid(every);
        let shown = chrono::FixedOffset::east_opt(offset).map(|offset| offset.to_string()).unwrap_or_default();
        let cause =
            tr!("{} in {zone} ({shown}) is not a UTC multiple of {every} minutes", hh_mm(minute), zone, shown, every);
        let accepted = if every == 60 {
            tr!("times at {first} past the hour", first = format_args!("{:02}", first))
        } else {
            tr!(
                "times at {first} past the hour and every {every} minutes from there",
                first = format_args!("{:02}", first),
                every
            )
        };
        Err(Refusal::new(cause).accepting(accepted).hinting(tr!("or choose a shorter interval_minutes")))
    }

    /// The zone's offsets from UTC in seconds, as they stand on the first of each month.
    fn offsets(&self, zone: Zone) -> BTreeSet<i32> {
        let months = self
            .years
            .clone()
            .flat_map(|year| (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(year, month, 1)));
        let noon = months.filter_map(|date| date.and_hms_opt(12, 0, 0));
        noon.map(|utc| zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()).collect()
    }
}

/// The minutes of the day at which something opens or closes; a midnight that is open on both sides is no edge.
fn edges(hours: &WeeklyHours) -> BTreeSet<u16> {
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let mut edges = BTreeSet::new();
    for day in days {
        let opens_at = |day: Weekday, minute: u16| hours.on(day).iter().any(|span| span.from() == minute);
        let closes_at = |day: Weekday, minute: u16| hours.on(day).iter().any(|span| span.until() == minute);
        for span in hours.on(day) {
            let continues = |minute: u16| match minute {
                0 => closes_at(day.pred(), 1440),
                1440 => opens_at(day.succ(), 0),
                _ => opens_at(day, minute) && closes_at(day, minute),
            };
            edges.extend([span.from(), span.until()].into_iter().filter(|minute| !continues(*minute)));
        }
    }
    edges
}

/// Minutes of elapsed time, positive, at most a day, a multiple of the plan's interval.
pub(super) fn grid_minutes(grid: &Grid) -> impl Fn(&str) -> Read<Minutes> + '_ {
    move |word| {
        let minutes = i64::from(whole(1..=1440)(word)?);
        let every = grid.interval().get();
        let accepted = || tr!("a multiple of {every}", every);
        let refusal = || {
            Refusal::new(tr!("not a multiple of the plan's interval of {every} minutes", every)).accepting(accepted())
        };
        grid.divides(minutes).then_some(Minutes::new(minutes)).ok_or_else(refusal)
    }
}

/// A clock time in minutes from midnight, 24:00 not included.
pub(super) fn time_of_day(word: &str) -> Read<u16> {
    let minute = clock(word)?;
    if minute < 1440 {
        Ok(minute)
    } else {
        Err(Refusal::new(tr!("not a time of a day")).accepting(tr!("HH:MM from 00:00 to 23:59")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::ClockSpan;

    fn hours(from: u16, until: u16) -> WeeklyHours {
        let mut hours = WeeklyHours::default();
        hours.open(Weekday::Mon, ClockSpan::new(from, until).expect("a span"));
        hours
    }

    #[test]
    fn full_hours_at_half_past_utc_are_off_an_hourly_grid() {
        let hourly = Grid::new(Minutes::new(60), 2023..=2027);
        let refusal = hourly.check_hours(&hours(9 * 60, 17 * 60), chrono_tz::Asia::Kolkata).expect_err("off the grid");
        assert_eq!(refusal.cause, "09:00 in Asia/Kolkata (+05:30) is not a UTC multiple of 60 minutes");
        assert_eq!(refusal.accepted.as_deref(), Some("times at 30 past the hour"));
        assert!(hourly.check_hours(&hours(9 * 60 + 30, 17 * 60 + 30), chrono_tz::Asia::Kolkata).is_ok());
        assert!(
            Grid::new(Minutes::new(30), 2023..=2027).check_hours(&hours(540, 1020), chrono_tz::Asia::Kolkata).is_ok()
        );
    }

    #[test]
    fn around_the_clock_has_no_edge_anywhere() {
        let hourly = Grid::new(Minutes::new(60), 2023..=2027);
        assert!(hourly.check_hours(&WeeklyHours::always(), chrono_tz::Asia::Kolkata).is_ok());
    }

    #[test]
    fn a_half_hour_of_summer_time_is_noticed() {
        // Lord Howe: +10:30 in winter, +11:00 in summer.
        let hourly = Grid::new(Minutes::new(60), 2023..=2027);
        assert!(hourly.check_clock(9 * 60, chrono_tz::Australia::Lord_Howe).is_err());
        assert!(hourly.check_clock(9 * 60 + 30, chrono_tz::Australia::Lord_Howe).is_err());
    }
}
