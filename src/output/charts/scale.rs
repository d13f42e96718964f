//! From values and instants to pixels.

use crate::domain::time::{Instant, LocalDay, Zone, local_date};

/// A stretch of an axis in pixels against values; `low` may lie below `high` on the sheet, as on a y axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: i32,
    to: i32,
}

impl Scale {
    /// `low` is drawn at pixel `from`, `high` at `to`.
    pub(super) fn new((low, high): (f64, f64), (from, to): (i32, i32)) -> Self {
        Self { low, high: if high > low { high } else { low + 1.0 }, from, to }
    }

    /// The pixel of a value; what lies outside is drawn at the edge.
    #[expect(clippy::cast_possible_truncation, reason = "a pixel of a sheet")]
    pub(super) fn at(&self, value: f64) -> i32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + (share * f64::from(self.to - self.from)).round() as i32
    }
}

/// Elapsed time along x.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeScale {
    scale: Scale,
    start: Instant,
    end: Instant,
}

impl TimeScale {
    pub(super) fn new((start, end): (Instant, Instant), pixels: (i32, i32)) -> Self {
        let seconds = (end - start).num_seconds();
        Self { scale: Scale::new((0.0, seconds as f64), pixels), start, end }
    }

    pub(super) fn at(&self, instant: Instant) -> i32 {
        self.scale.at((instant - self.start).num_seconds() as f64)
    }

    /// The local days that meet the axis, in order.
    pub(super) fn days(&self, zone: Zone) -> Vec<LocalDay> {
        let mut days = Vec::new();
        let mut date = local_date(self.start, zone);
        loop {
            let day = LocalDay::of(date, zone);
            if day.start >= self.end {
                return days;
            }
            days.push(day);
            let Some(next) = date.succ_opt() else { return days };
            date = next;
        }
    }
}

/// Round values from 0 to at least `highest`, about `count` steps of 1, 2 or 5 times a power of ten.
pub(super) fn ticks(highest: f64, count: u32) -> Vec<f64> {
    let highest = if highest > 0.0 { highest } else { 1.0 };
    let rough = highest / f64::from(count.max(1));
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough).max(if highest > 2.0 { 1.0 } else { 0.0 });
    let mut ticks = vec![0.0];
    let mut index = 1u32;
    while ticks.last().is_some_and(|last| *last < highest) {
        ticks.push(f64::from(index) * step);
        index += 1;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_highest_value() {
        assert_eq!(ticks(87.0, 4), [0.0, 50.0, 100.0]);
        assert_eq!(ticks(4.2, 5), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(ticks(0.0, 4), [0.0, 0.5, 1.0]);
    }

    #[test]
    fn a_y_axis_runs_upwards() {
        let scale = Scale::new((0.0, 10.0), (200, 100));
        assert_eq!((scale.at(0.0), scale.at(5.0), scale.at(99.0)), (200, 150, 100));
    }
}
