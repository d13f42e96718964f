//! History as the customer lived it: a matrix of local days × slots of the wall clock.
//!
//! A slot is one plan interval of the wall clock. On the day clocks go forward some slots have no interval (unknown);
//! on the day they go back some slots have two, and hold their mean, so a cell is always contacts *per interval*.

use chrono::{Days, NaiveDate};

use crate::domain::history::Counts;
use crate::domain::time::{Instant, IntervalGrid, LocalDay, Zone, local_date, minute_of_day};

/// Where each interval of a grid lies on one zone's wall clock.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placement {
    first: NaiveDate,
    slots: usize,
    cells: Vec<u32>,
}

impl Placement {
    /// Places every interval by the wall clock at its start.
    #[expect(clippy::cast_possible_truncation, reason = "days × slots of a few decades fit in 32 bits")]
    pub(crate) fn new(grid: &IntervalGrid, zone: Zone) -> Self {
        let interval = u32::try_from(grid.interval().get()).unwrap_or(60).max(1);
        let slots = 1440usize.div_ceil(interval as usize);
        let first = local_date(grid.start(), zone);
        let mut cells = Vec::with_capacity(grid.len());
        while cells.len() < grid.len() {
            let at = grid.start_of(cells.len());
            let day = LocalDay::holding(at, zone);
            let number = u32::try_from((day.date - first).num_days()).unwrap_or(0);
            let until = grid.range(day.start, day.end).end.max(cells.len() + 1);
            let (opening, steady) = (minute_of_day(at, zone), is_steady(&day, zone));
            for (step, index) in (cells.len()..until).enumerate() {
                let minute =
                    if steady { opening + step as u32 * interval } else { minute_of_day(grid.start_of(index), zone) };
                let slot = (minute / interval).min(slots as u32 - 1);
                cells.push(number * slots as u32 + slot);
            }
        }
        Self { first, slots, cells }
    }

    /// Local date and slot of an interval.
    pub(crate) fn of(&self, interval: usize) -> (NaiveDate, usize) {
        let cell = self.cells[interval] as usize;
        (self.date(cell / self.slots), cell % self.slots)
    }

    /// The date of a day, counted from the first.
    pub(crate) fn date(&self, day: usize) -> NaiveDate {
        self.first.checked_add_days(Days::new(day as u64)).unwrap_or(NaiveDate::MAX)
    }

    /// Each interval's position in the matrix of days × slots, in the order of the grid.
    pub(crate) fn cells(&self) -> &[u32] {
        &self.cells
    }
}

/// A count of days or intervals as a signed number.
pub(crate) fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Whether the wall clock runs evenly through the day.
fn is_steady(day: &LocalDay, zone: Zone) -> bool {
    use chrono::Offset;
    let offset = |at: Instant| at.with_timezone(&zone).offset().fix();
    day.length().get() == 1440 && offset(day.start) == offset(day.end)
}

/// Values by local day and slot; NaN inside where unknown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LocalDays {
    first: NaiveDate,
    slots: usize,
    values: Vec<f64>,
}

impl LocalDays {
    /// Sorts counts into local days; intervals from `known` on do not exist yet.
    pub(crate) fn new(placement: &Placement, counts: &Counts, known: usize) -> Self {
        let cells = placement.cells();
        let known = known.min(cells.len());
        let days = known.checked_sub(1).map_or(0, |last| cells[last] as usize / placement.slots + 1);
        let mut values = vec![f64::NAN; days * placement.slots];
        for (cell, count) in cells[..known].iter().zip(counts.iter()) {
            let (cell, Some(count)) = (*cell as usize, count) else { continue };
            // A repeated hour meets its cells twice: the first visit sets, the second takes the mean.
            values[cell] = if values[cell].is_nan() { count } else { f64::midpoint(values[cell], count) };
        }
        Self { first: placement.first, slots: placement.slots, values }
    }

    /// As many days, every cell made from its date and slot.
    pub(crate) fn map(&self, value: impl Fn(NaiveDate, usize, f64) -> f64) -> Self {
        let mut values = Vec::with_capacity(self.values.len());
        for day in 0..self.len() {
            let date = self.date(day);
            values.extend(self.day(day).iter().enumerate().map(|(slot, old)| value(date, slot, *old)));
        }
        Self { first: self.first, slots: self.slots, values }
    }

    /// As many days, each multiplied by its factor.
    pub(crate) fn map_days(&self, factor: impl Fn(usize) -> f64) -> Self {
        let mut values = Vec::with_capacity(self.values.len());
        for day in 0..self.len() {
            let factor = factor(day);
            values.extend(self.day(day).iter().map(|value| value * factor));
        }
        Self { first: self.first, slots: self.slots, values }
    }

    /// Combines each cell with that of another matrix of the same days; either may be NaN.
    pub(crate) fn zip(&self, other: &Self, combine: impl Fn(f64, f64) -> f64) -> Self {
        let values = self.values.iter().zip(&other.values).map(|(value, other)| combine(*value, *other)).collect();
        Self { first: self.first, slots: self.slots, values }
    }

    /// The same with some cells (day, slot) unknown.
    pub(crate) fn without(&self, cells: &[(usize, usize)]) -> Self {
        let mut left = self.clone();
        for (day, slot) in cells {
            left.values[day * self.slots + slot] = f64::NAN;
        }
        left
    }

    /// The sum of all that is known.
    pub(crate) fn total(&self) -> f64 {
        self.values.iter().filter(|value| !value.is_nan()).sum()
    }

    /// How many days.
    pub(crate) fn len(&self) -> usize {
        self.values.len() / self.slots
    }

    /// Slots per day.
    pub(crate) const fn slots(&self) -> usize {
        self.slots
    }

    /// The date of a day.
    pub(crate) fn date(&self, day: usize) -> NaiveDate {
        self.first.checked_add_days(Days::new(day as u64)).unwrap_or(NaiveDate::MAX)
    }

    /// The position of a date: negative before the first day, beyond `len` after the last.
    pub(crate) fn position(&self, date: NaiveDate) -> i64 {
        (date - self.first).num_days()
    }

    /// One day's cells, NaN where unknown.
    pub(crate) fn day(&self, day: usize) -> &[f64] {
        &self.values[day * self.slots..(day + 1) * self.slots]
    }

    /// One cell, if known; days outside the matrix are unknown.
    pub(crate) fn get(&self, day: i64, slot: usize) -> Option<f64> {
        let day = usize::try_from(day).ok().filter(|day| *day < self.len())?;
        Some(self.day(day)[slot]).filter(|value| !value.is_nan())
    }

    /// Whether anything is known at all.
    pub(crate) fn has_data(&self) -> bool {
        self.values.iter().any(|value| !value.is_nan())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;
    use proptest::prelude::*;

    fn utc(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn place(from: &str, until: &str, minutes: i64, zone: Zone) -> (IntervalGrid, Placement) {
        let grid = IntervalGrid::covering(utc(from), utc(until), Minutes::new(minutes));
        (grid, Placement::new(&grid, zone))
    }

    #[test]
    fn the_hour_that_does_not_exist_is_unknown_and_the_one_that_repeats_is_a_mean() {
        let warsaw = chrono_tz::Europe::Warsaw;
        // 29 March 2026 has 23 hours; each hour counts its UTC hour: 02:00 local does not exist.
        let (grid, placement) = place("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 60, warsaw);
        let counts: Counts = (0..grid.len()).map(|hour| Some(hour as f64)).collect();
        let days = LocalDays::new(&placement, &counts, grid.len());
        assert_eq!((days.len(), grid.len()), (1, 23));
        assert_eq!((days.get(0, 1), days.get(0, 2), days.get(0, 3)), (Some(1.0), None, Some(2.0)));
        // 25 October 2026 has 25: 02:00 is counted as hours 2 and 3, mean 2.5.
        let (grid, placement) = place("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 60, warsaw);
        let counts: Counts = (0..grid.len()).map(|hour| Some(hour as f64)).collect();
        let days = LocalDays::new(&placement, &counts, grid.len());
        assert_eq!((days.get(0, 1), days.get(0, 2), days.get(0, 3)), (Some(1.0), Some(2.5), Some(4.0)));
    }

    #[test]
    fn what_is_not_known_yet_does_not_exist() {
        let (grid, placement) = place("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z", 60, chrono_tz::UTC);
        let counts: Counts = (0..grid.len()).map(|_| Some(1.0)).collect();
        let days = LocalDays::new(&placement, &counts, 30);
        assert_eq!((days.len(), days.get(1, 5), days.get(1, 6), days.get(2, 0)), (2, Some(1.0), None, None));
    }

    proptest! {
        #[test]
        fn every_interval_lies_where_its_wall_clock_says(zone in 0usize..9, start in 0i64..700, minutes in prop::sample::select(vec![5i64, 10, 15, 30, 60])) {
            use chrono_tz::*;
            let zones = [Europe::Warsaw, America::New_York, Asia::Kolkata, Australia::Lord_Howe, Asia::Kathmandu,
                Africa::Casablanca, America::Santiago, Pacific::Apia, UTC];
            let zone: Zone = zones[zone];
            let from = utc("2025-01-01T00:00:00Z") + chrono::Duration::days(start);
            let grid = IntervalGrid::covering(from, from + chrono::Duration::days(3), Minutes::new(minutes));
            let placement = Placement::new(&grid, zone);
            for index in 0..grid.len() {
                let (day, slot) = placement.of(index);
                let at = grid.start_of(index);
                prop_assert_eq!(day, local_date(at, zone));
                prop_assert_eq!(signed(slot), i64::from(minute_of_day(at, zone)) / minutes);
            }
        }
    }
}
