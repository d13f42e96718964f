//! The slots of time on which lines are built: the plan's intervals, padded on both sides so that every shift fits.
//!
//! Sites far from the plan's zone start their first day before the plan's grid and end their last after it. What lies
//! in the padding is worked and paid but covers nothing.

use chrono::{Duration, NaiveDate};

use crate::domain::labour::LabourRules;
use crate::domain::time::{Instant, LocalDay, PlanPeriod, Zone, local_date, minute_of_day};
use crate::domain::units::Minutes;
use crate::domain::workforce::Workforce;
use crate::roster::problem::RosterProblem;

/// Slots of one interval each, counted from `origin`; minutes are counted from there as well.
#[derive(Clone, Debug)]
pub(crate) struct SlotGrid {
    origin: Instant,
    /// Minutes of one slot.
    pub(crate) interval: i32,
    /// Slots in all.
    pub(crate) slots: usize,
    /// Slots before the plan's grid.
    pub(super) pad: usize,
    /// Slots that are intervals of the plan.
    pub(crate) intervals: usize,
}

impl SlotGrid {
    /// The slots that hold every shift that could start on the plan's dates at any site.
    pub(crate) fn new(problem: &RosterProblem<'_>) -> Self {
        let grid = problem.cover.grid;
        let interval = grid.interval().get().max(1);
        let first_days = problem.workforce.sites.iter().map(|site| LocalDay::of(problem.period.start, site.zone));
        let from = first_days.map(|day| day.start).fold(grid.start(), Instant::min);
        let until = last_end(problem.period, problem.workforce).max(grid.end());
        let slots_between = |a: Instant, b: Instant| -> usize {
            let minutes = (b - a).num_minutes().max(0);
            usize::try_from((minutes + interval - 1) / interval).unwrap_or(0)
        };
        let pad = slots_between(from, grid.start());
        let tail = slots_between(grid.end(), until);
        let origin = grid.start() - Duration::minutes(interval * i64::try_from(pad).unwrap_or(0));
        let interval = i32::try_from(interval).unwrap_or(i32::MAX);
        Self { origin, interval, slots: pad + grid.len() + tail, pad, intervals: grid.len() }
    }

    /// Whole minutes from the origin, held within a range that sums of them do not leave.
    pub(crate) fn minute(&self, at: Instant) -> i32 {
        const FAR: i64 = 1 << 29;
        i32::try_from((at - self.origin).num_minutes().clamp(-FAR, FAR)).unwrap_or(0)
    }

    /// The first interval of the plan at or after a slot; the number of intervals where there is none.
    pub(crate) fn interval_from(&self, slot: usize) -> usize {
        slot.saturating_sub(self.pad).min(self.intervals)
    }

    /// The slot of an interval of the plan.
    pub(crate) fn slot_of(&self, interval: usize) -> usize {
        self.pad + interval
    }

    /// Whole slots of a length of time.
    pub(crate) fn slots_of(&self, length: Minutes) -> usize {
        usize::try_from(length.get() / i64::from(self.interval)).unwrap_or(0)
    }

    /// The slot that starts at an instant, if one does.
    pub(super) fn slot_at(&self, at: Instant) -> Option<usize> {
        let minute = self.minute(at);
        let slot = usize::try_from(minute / self.interval).ok()?;
        (minute % self.interval == 0 && minute >= 0 && slot < self.slots).then_some(slot)
    }

    /// Start of a slot, minutes from the origin.
    pub(super) fn start_minute(&self, slot: usize) -> i32 {
        i32::try_from(slot).unwrap_or(i32::MAX / self.interval) * self.interval
    }

    /// Start of a slot.
    pub(crate) fn instant(&self, slot: usize) -> Instant {
        self.origin + Duration::minutes(i64::from(self.start_minute(slot)))
    }

    /// The plan's interval that a slot is, if it is one.
    pub(crate) fn interval_of(&self, slot: usize) -> Option<usize> {
        slot.checked_sub(self.pad).filter(|&index| index < self.intervals)
    }
}

/// When the last shift that starts on the plan's dates can end.
pub(crate) fn last_end(period: &PlanPeriod, workforce: &Workforce) -> Instant {
    let last_date = period.end().pred_opt().unwrap_or(period.start);
    let longest = Duration::minutes(longest_shift(workforce));
    let ends = workforce.sites.iter().map(|site| LocalDay::of(last_date, site.zone).end + longest);
    ends.max().unwrap_or_else(|| period.grid().end())
}

/// Minutes from the start of a shift to its end, at most.
fn longest_shift(workforce: &Workforce) -> i64 {
    let longest = |rules: &LabourRules| {
        let gap = rules.split.map_or(Minutes::ZERO, |split| split.max_gap);
        rules.shift_lengths.iter().max().map_or(0, |length| (*length + gap).get())
    };
    workforce.contracts.iter().map(|contract| longest(&contract.rules)).max().unwrap_or(0)
}

/// What a site's wall clock shows at every minute of the slots.
#[derive(Clone, Debug)]
pub(crate) struct SiteClock {
    /// Minute of the day.
    pub(crate) minute: Vec<u32>,
    /// Date.
    pub(crate) date: Vec<NaiveDate>,
}

impl SiteClock {
    /// Reads the clock of a zone along the slots.
    pub(crate) fn new(slot_grid: &SlotGrid, zone: Zone) -> Self {
        let minutes = i64::from(slot_grid.start_minute(slot_grid.slots));
        let at = |minute: i64| slot_grid.origin + Duration::minutes(minute);
        Self {
            minute: (0..minutes).map(|minute| minute_of_day(at(minute), zone)).collect(),
            date: (0..minutes).map(|minute| local_date(at(minute), zone)).collect(),
        }
    }
}
