//! Columns of the restricted master: the lines of a block of agents, and the heads that these put into intervals.

use std::ops::Range;

use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;

use super::piecewise_load::{PiecewiseLoad, TINY};

/// Lines of a block that have a weight together.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// One per agent of the block.
    pub(crate) lines: Vec<Line>,
    /// What they cost.
    pub(crate) cost: f64,
    /// Heads at work.
    pub(crate) works: PiecewiseLoad,
    /// Heads on shift; only where they are counted.
    pub(crate) present: PiecewiseLoad,
    /// Share of the block that works them.
    pub(crate) weight: f64,
    /// Rounds since it last had weight.
    pub(super) idle: u32,
}

/// The share of each interval that an agent works, and is on shift where that is counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Load {
    /// At work.
    pub(crate) at_work: Vec<(u32, f64)>,
    /// On shift, breaks included.
    pub(crate) on_shift: Vec<(u32, f64)>,
}

impl Column {
    /// The lines of a block's agents out of everybody's, without weight.
    pub(crate) fn of(instance: &Instance<'_>, block: &[usize], lines: &[Line]) -> Self {
        let of_block = || block.iter().map(|&agent| &lines[agent]);
        let is_counted = |&agent: &usize| !instance.headcounts.profile_of(agent).on_shift.is_empty();
        let there = of_block().filter(|_| block.first().is_some_and(is_counted)).flat_map(Line::present);
        Self {
            cost: of_block().map(|line| line.cost).sum(),
            works: heads_of(instance, of_block().flat_map(Line::worked)),
            present: heads_of(instance, there),
            lines: of_block().cloned().collect(),
            weight: 0.0,
            idle: 0,
        }
    }

    /// A line of one agent, without weight.
    pub(crate) fn of_agent(instance: &Instance<'_>, agent: usize, line: Line) -> Self {
        let is_counted = !instance.headcounts.profile_of(agent).on_shift.is_empty();
        Self {
            cost: line.cost,
            works: heads_of(instance, line.worked()),
            present: heads_of(instance, line.present().filter(|_| is_counted)),
            lines: vec![line],
            weight: 0.0,
            idle: 0,
        }
    }

    /// Leaves out the intervals beyond some.
    pub(super) fn keep_to(&mut self, open: &Range<usize>) {
        self.works.keep_to(open);
    }

    /// Whether these lines put the same heads in place as others at no higher cost.
    pub(super) fn is_no_worse(&self, other: &Self) -> bool {
        self.works == other.works && self.present == other.present && self.cost <= other.cost + TINY
    }
}

/// Heads that some lines put into intervals of the plan.
fn heads_of(instance: &Instance<'_>, slots: impl Iterator<Item = usize>) -> PiecewiseLoad {
    PiecewiseLoad::of(shares(instance, slots.map(|slot| (slot, 1.0)), &mut vec![0.0; instance.slot_grid.intervals]))
}

/// Intervals with what slots add to them, rising; `sums` is scratch space, one a interval.
pub(crate) fn shares(
    instance: &Instance<'_>,
    slots: impl Iterator<Item = (usize, f64)>,
    sums: &mut [f64],
) -> Vec<(u32, f64)> {
    sums.fill(0.0);
    slots
        .filter_map(|(slot, share)| Some((instance.slot_grid.interval_of(slot)?, share)))
        .for_each(|(t, share)| sums[t] += share);
    (0..).zip(sums).filter(|(_, sum)| **sum > 0.0).map(|(t, sum)| (t, *sum)).collect()
}
