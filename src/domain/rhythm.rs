//! How days of work and days off follow one another: rules that a contract may leave out. The default binds nobody.

use chrono::{Duration, NaiveDate};

use super::clock_window::ClockWindow;
use super::units::Minutes;

/// Days of work and days off that follow one another whatever the week: 4 on and 4 off, or 1 and 1 for twelve hours of
/// work and 36 of rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// Days of work, at least 1.
    pub on: u32,
    /// Days off after them, at least 1.
    pub off: u32,
    /// A date on which the days of work begin.
    pub from: NaiveDate,
}

impl Rotation {
    /// Whether a date is one of work for those who are so many days behind the contract.
    #[must_use]
    pub fn works_on(&self, date: NaiveDate, days_behind: u32) -> bool {
        let cycle = i64::from(self.on) + i64::from(self.off);
        let day = (date - self.from).num_days() - i64::from(days_behind);
        day.rem_euclid(cycle) < i64::from(self.on)
    }

    /// Days of work that a span of seven dates can hold.
    #[must_use]
    pub fn most_in_a_week(&self) -> u32 {
        let works = |day: u32| self.works_on(self.from + Duration::days(i64::from(day)), 0);
        let of_week = |first: u32| (first..first + 7).map(|day| u32::from(works(day))).sum();
        (0..self.on + self.off).map(of_week).max().unwrap_or(7)
    }
}

/// Which shifts an early one may not follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forerunner {
    /// Those that end later than this, in minutes of their own date; past midnight is later than 24:00.
    EndsAfter(u16),
    /// Those that start within a window of the clock. A shift from before the plan is not judged by its start.
    StartsWithin(ClockWindow),
}

/// A shift that an early one may not follow on the next date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Succession {
    /// What the first is like.
    pub first: Forerunner,
    /// The second starts before this minute of the next date.
    pub starts_before: u16,
}

/// Shifts of a kind, of which a plan holds so many at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartCap {
    /// The shifts that start within a window of the clock.
    pub starts: ClockWindow,
    /// How many of them the plan may hold.
    pub most: u32,
}

/// The rhythm of a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rhythm {
    /// Dates with a shift in a row, at least. A run that the plan's end cuts is not judged; one from before the plan
    /// goes on in it.
    pub min_consecutive_days: u32,
    /// Dates without a shift in a row, at least, absences among them; cut and continued in the same way.
    pub min_days_off: u32,
    /// Weekends of the plan, Saturday and Sunday of the site's calendar, that a shift may touch.
    pub max_weekends: Option<u32>,
    /// Sundays of the site's calendar on which a shift starts, one after the other, at most.
    pub max_sundays_in_a_row: Option<u32>,
    /// Days of work that do not follow the week; on its days off nobody works.
    pub rotation: Option<Rotation>,
    /// From the earliest to the latest start of a rule week's shifts, at most, on the site's clock.
    pub max_start_spread: Option<Minutes>,
    /// What may not follow on what, [`Self::MOST_FORBIDDEN`] at most.
    pub forbidden: Vec<Succession>,
    /// How many shifts of a kind the plan may hold, [`Self::MOST_START_CAPS`] kinds at most; windows may overlap.
    pub start_caps: Vec<StartCap>,
}

impl Rhythm {
    /// Successions that pricing can remember.
    pub const MOST_FORBIDDEN: usize = 64;
    /// Kinds of shifts that pricing can count.
    pub const MOST_START_CAPS: usize = 64;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rotation(on: u32, off: u32) -> Rotation {
        Rotation { on, off, from: "2026-01-05".parse().expect("a date") }
    }

    fn pattern(rotation: Rotation, days_behind: u32) -> String {
        let dates = rotation.from.iter_days().take(10);
        dates.map(|date| if rotation.works_on(date, days_behind) { 'w' } else { '.' }).collect()
    }

    #[test]
    fn four_on_and_four_off_begin_anew_every_eight_days() {
        assert_eq!(pattern(rotation(4, 4), 0), "wwww....ww");
        assert_eq!(pattern(rotation(4, 4), 3), "...wwww...");
        let long_before = rotation(4, 4).from - Duration::days(8 * 100 + 1);
        assert!(!rotation(4, 4).works_on(long_before, 0) && rotation(4, 4).works_on(long_before, 7));
    }

    #[test]
    fn a_week_holds_four_days_of_either_rotation() {
        assert_eq!((rotation(4, 4).most_in_a_week(), rotation(1, 1).most_in_a_week()), (4, 4));
        assert_eq!(rotation(14, 14).most_in_a_week(), 7);
    }
}
