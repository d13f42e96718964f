//! Rounds one after another: targets moved by what the last roster gave, and the best roster kept.

use crate::domain::alternative::Alternative;
use crate::plan::model::{PoolCoverage, Round};
use crate::plan::options::PlanError;
use crate::plan::promised::Promised;
use crate::roster::{CheckedRoster, Proof};
use crate::staffing::{PoolOfPeople, PoolTargets};

use super::planning::{Effort, Loop, Planned};
use super::targets::Steering;

/// A roster of the loop with what it was planned for.
pub(in crate::plan) struct Looped {
    pub(in crate::plan) checked: CheckedRoster,
    pub(in crate::plan) proof: Proof,
    pub(in crate::plan) rounds: Vec<Round>,
    pub(in crate::plan) pools: Vec<PoolCoverage>,
    /// What it would cost if one thing were otherwise, where that was asked.
    pub(in crate::plan) alternatives: Vec<Alternative>,
}

/// What is asked for.
pub(super) struct Aims {
    /// All pools.
    pub(super) all: Vec<PoolOfPeople>,
    /// Positions of those that a roster is planned for.
    pub(super) asked: Vec<usize>,
    pub(super) targets: PoolTargets,
    pub(super) steering: Steering,
}

impl Aims {
    fn pools(&self) -> Vec<PoolOfPeople> {
        self.asked.iter().map(|&at| self.all[at].clone()).collect()
    }
}

/// Rounds so far.
pub(super) struct Rounds<'a> {
    of: Loop<'a>,
    aims: Aims,
    told: Vec<Round>,
    last: Planned,
    best: Planned,
}

impl<'a> Rounds<'a> {
    /// The first round, for the goals themselves; from the shifts that were promised, if any were.
    pub(super) fn new(
        of: Loop<'a>,
        aims: Aims,
        promised: Option<&Promised>,
        effort: Effort,
    ) -> Result<Self, PlanError> {
        let start = promised.map(|promised| of.start_at(&aims.pools(), &aims.targets, &promised.shifts)).transpose()?;
        let last = of.round(aims.pools(), &aims.targets, start.as_ref(), effort)?;
        Ok(Self { told: vec![of.told(&last)], best: last.clone(), last, of, aims })
    }

    /// Moves targets by what the last roster gave, and plans again from it.
    pub(super) fn next(&mut self, effort: Effort) -> Result<(), PlanError> {
        let Self { of, aims, last, .. } = self;
        of.add_missed(&mut aims.asked, &aims.all, last);
        aims.steering.steer(&mut aims.targets, &of.plan.queues, &last.service, &of.plan.period);
        let next = of.round(aims.pools(), &aims.targets, Some(&last.end), effort)?;
        self.take(next);
        Ok(())
    }

    /// Settles the times of sessions that people attend together, and plans again for the same targets.
    pub(super) fn settle(&mut self, effort: Effort) -> Result<(), PlanError> {
        let Self { of, last, .. } = self;
        if of.settle(last) {
            let next = of.round(last.pools.clone(), &last.targets, Some(&last.end), effort)?;
            self.told.push(self.of.told(&next));
            (self.best, self.last) = (next.clone(), next);
        }
        Ok(())
    }

    fn take(&mut self, next: Planned) {
        self.told.push(self.of.told(&next));
        if next.merit.beats(&self.best.merit) {
            self.best = next.clone();
        }
        self.last = next;
    }

    /// Whether goals held in the last two rounds, and money hardly changed.
    pub(super) fn gain_little(&self) -> bool {
        /// A share of the cost.
        const LITTLE: f64 = 0.001;
        let [.., before, last] = &self.told[..] else { return false };
        before.missed <= 0.0 && last.missed <= 0.0 && (before.cost - last.cost).abs() < LITTLE * before.cost
    }

    /// Whether all goals held in the last round.
    pub(super) fn holds(&self) -> bool {
        self.last.merit.holds()
    }

    /// One more search for the targets of the best roster: it is better, or its bound holds for the best one, which was planned for the same.
    pub(super) fn prove(mut self, effort: Effort) -> Result<Looped, PlanError> {
        let Planned { pools, targets, end, .. } = self.best.clone();
        let again = self.of.round(pools, &targets, Some(&end), effort)?;
        let (again_is_better, proof) = (again.merit.beats(&self.best.merit), again.proof.clone());
        let last_end = again.end.clone();
        self.take(again);
        let Self { of, told: rounds, best, .. } = self;
        let pools = of.covered(&best);
        let checked = if again_is_better { best.checked.clone() } else { of.checked_with(&best, &proof)? };
        let alternatives = of.alternatives(&best, &checked, &last_end)?;
        Ok(Looped { checked, proof, rounds, pools, alternatives })
    }
}
