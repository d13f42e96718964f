//! What a roster's cover costs more while some of the heads at work are away.

use crate::roster::cover::presence::Presence;
use crate::roster::instance::Instance;

use super::cover_memo::CoverSolver;
use super::incumbent::Incumbent;

impl Incumbent {
    /// What the cover of a slot costs more without heads of some groups, which are at work in it; in the currency.
    pub(crate) fn cost_without(
        &mut self,
        instance: &Instance<'_>,
        slot: usize,
        groups: &[usize],
        solver: &mut CoverSolver,
    ) -> f64 {
        let Some(interval) = instance.slot_grid.interval_of(slot).map(|t| &mut self.intervals[t - self.first]) else {
            return 0.0;
        };
        let (mark, before) = (interval.mark(), interval.cost());
        for &group in groups {
            interval.step(instance, group, Presence::Taken, solver);
        }
        let more = interval.cost() - before;
        interval.return_to(mark);
        more
    }

    /// Takes a head out of a slot.
    pub(crate) fn leave(&mut self, instance: &Instance<'_>, slot: usize, group: usize, solver: &mut CoverSolver) {
        if let Some(t) = instance.slot_grid.interval_of(slot) {
            self.intervals[t - self.first].step(instance, group, Presence::Taken, solver);
        }
    }
}
