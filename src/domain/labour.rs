//! Labour rules as data. Pricing builds only what they allow; the checker reads them again from scratch.
//!
//! Clock times are on the wall of the agent's site; a shift belongs to the site's date on which it starts; lengths and
//! rests are elapsed time, so a night of clock change is as long as it is. Rule weeks are blocks of seven dates from
//! the plan's first day.

use chrono::Weekday;

use super::clock_window::ClockWindow;
use super::rhythm::Rhythm;
use super::split::SplitRule;
use super::units::{Minutes, Share};

/// The clock times at which shifts may start: `from`, `from + step`, … up to and including `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartWindow {
    /// First start, minute of the day.
    pub from: u16,
    /// Last start, minute of the day, not before `from`.
    pub until: u16,
    /// Distance between starts, positive; a multiple of the plan's interval.
    pub step: u16,
}

impl StartWindow {
    /// Whether a shift may start at this minute of the day.
    #[must_use]
    pub fn allows(self, minute: u32) -> bool {
        let (from, until, step) = (u32::from(self.from), u32::from(self.until), u32::from(self.step));
        (from..=until).contains(&minute) && (minute - from).is_multiple_of(step)
    }
}

/// A shift that a contract knows by its start and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedShift {
    /// Minute of the day at which it starts.
    pub start: u16,
    /// Elapsed length, breaks included.
    pub length: Minutes,
}

/// Whether the minutes of a break are paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakKind {
    /// A paid break.
    Paid,
    /// An unpaid meal.
    Unpaid,
}

/// One break that every shift of at least `from_length` has, placed within a window of the shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakRule {
    /// Paid or not.
    pub kind: BreakKind,
    /// How long it lasts; a multiple of the plan's interval.
    pub length: Minutes,
    /// Shifts of at least this elapsed length have it.
    pub from_length: Minutes,
    /// Elapsed time from the shift's start before which it does not start.
    pub earliest: Minutes,
    /// Elapsed time from the shift's start after which it does not start.
    pub latest: Minutes,
}

/// When a premium is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PremiumTime {
    /// Within a window of the site's clock.
    Clock(ClockWindow),
    /// On a weekday of the site's calendar.
    Weekday(Weekday),
    /// On a holiday of the site.
    Holiday,
}

/// Extra pay for paid minutes at certain times; several premiums at once add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Premium {
    /// The class under which payroll books it.
    pub class: String,
    /// When it is due.
    pub time: PremiumTime,
    /// Share of the hourly cost paid on top.
    pub rate: Share,
}

/// Nights: what counts as one, and how many a rule week may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NightRule {
    /// A shift that works at any minute of this window is a night shift.
    pub window: ClockWindow,
    /// Night shifts allowed per rule week; 0 for agents who may not work nights.
    pub max_per_week: u32,
}

/// The rules of a contract.
#[derive(Clone, Debug, PartialEq)]
pub struct LabourRules {
    /// Paid minutes per rule week, at least; absences are credited against it.
    pub min_week: Minutes,
    /// Paid minutes per rule week, at most.
    pub max_week: Minutes,
    /// Elapsed lengths a shift may have, breaks included and the gap of a split shift not; multiples of the plan's interval.
    pub shift_lengths: Vec<Minutes>,
    /// When shifts may start.
    pub starts: Vec<StartWindow>,
    /// If there are any, a shift that starts at the time of one of them has the length of one that does.
    pub fixed_shifts: Vec<FixedShift>,
    /// Breaks in the order in which they fall.
    pub breaks: Vec<BreakRule>,
    /// Elapsed time between the end of one break and the start of the next, at least.
    pub min_between_breaks: Minutes,
    /// Split shifts, if the contract allows them; each part has the breaks of its own length.
    pub split: Option<SplitRule>,
    /// Elapsed time between two shifts, at least.
    pub daily_rest: Minutes,
    /// Every rule week holds one uninterrupted time off of at least this, from the end of one shift to the start of
    /// the next, measured within the week's own seven local days.
    pub weekly_rest: Minutes,
    /// Dates with a shift in a row, at most.
    pub max_consecutive_days: u32,
    /// Dates with a shift per rule week, at most.
    pub max_days_per_week: u32,
    /// How days of work and days off follow one another.
    pub rhythm: Rhythm,
    /// Nights, if the contract limits them.
    pub nights: Option<NightRule>,
    /// Extra pay.
    pub premiums: Vec<Premium>,
}

impl LabourRules {
    /// Whether a shift that starts at a minute of the day may last so long, as far as fixed shifts say.
    #[must_use]
    pub fn fixes(&self, start: u32, length: Minutes) -> bool {
        let at_start = || self.fixed_shifts.iter().filter(|shift| u32::from(shift.start) == start);
        at_start().next().is_none() || at_start().any(|shift| shift.length == length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_runs_over_midnight() {
        let night = ClockWindow { from: 21 * 60, until: 7 * 60 };
        assert!(night.holds(23 * 60) && night.holds(0) && night.holds(7 * 60 - 1));
        assert!(!night.holds(7 * 60) && !night.holds(12 * 60));
    }

    #[test]
    fn starts_lie_on_their_step() {
        let starts = StartWindow { from: 360, until: 720, step: 30 };
        assert!(starts.allows(360) && starts.allows(720));
        assert!(!starts.allows(375) && !starts.allows(750));
    }
}
