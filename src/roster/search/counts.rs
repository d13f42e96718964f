//! Headcounts of a roster under search, kept up to date shift by shift.

use crate::roster::cover::presence::Presence;
use crate::roster::instance::Instance;
use crate::roster::instance::head_counts::{CountPart, cost_of_count, gain_of_count};
use crate::roster::instance::line::LineShift;

/// Counts of a roster under search, within its stretch of intervals.
#[derive(Clone, Debug, Default)]
pub(crate) struct CountsUnderSearch {
    /// `counts[interval of the stretch × headcounts + headcount]`.
    counts: Vec<i32>,
    rows: usize,
}

impl CountsUnderSearch {
    /// Nobody but those still there from the roster before.
    pub(super) fn of_nobody(instance: &Instance<'_>) -> Self {
        let rows = instance.headcounts.len();
        let mut counts = vec![0; rows * instance.slot_grid.intervals];
        for &(part, t) in instance.headcounts.carried() {
            counts[t * rows + part.row] += part.weight;
        }
        Self { counts, rows }
    }

    /// What the counts cost; the stretch begins with an interval of the plan.
    pub(crate) fn cost(&self, instance: &Instance<'_>, first: usize) -> f64 {
        let cost = |(at, &count): (usize, &i32)| cost(instance, (at % self.rows, first + at / self.rows), count);
        self.counts.iter().enumerate().map(cost).sum()
    }

    /// A shift comes or goes; returns what that adds to the cost.
    pub(crate) fn change(
        &mut self,
        instance: &Instance<'_>,
        agent: usize,
        shift: &LineShift,
        change: Presence,
        first: usize,
    ) -> f64 {
        if self.rows == 0 {
            return 0.0;
        }
        let mut added = 0.0;
        instance.headcounts.each(&instance.slot_grid, agent, shift, |CountPart { row, weight }, t| {
            let count = &mut self.counts[(t - first) * self.rows + row];
            let before = *count;
            *count += match change {
                Presence::Added => weight,
                Presence::Taken => -weight,
            };
            added += cost(instance, (row, t), *count) - cost(instance, (row, t), before);
        });
        added
    }

    /// What the parts of an agent who comes save in an interval.
    pub(crate) fn gain(&self, instance: &Instance<'_>, parts: &[CountPart], t: usize, first: usize) -> f64 {
        let gain = |&CountPart { row, weight }: &CountPart| {
            let count = self.counts[(t - first) * self.rows + row];
            gain_of_count(instance.problem, (row, t), f64::from(count), weight)
        };
        parts.iter().map(gain).sum()
    }

    /// Cuts off everything from an interval of the stretch on.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        Self { counts: self.counts.split_off(at * self.rows), rows: self.rows }
    }

    /// Puts back what was cut off.
    pub(crate) fn append(&mut self, part: &mut Self) {
        self.counts.append(&mut part.counts);
    }
}

/// What a count costs in an interval.
fn cost(instance: &Instance<'_>, place: (usize, usize), count: i32) -> f64 {
    cost_of_count(instance.problem, place, f64::from(count))
}
