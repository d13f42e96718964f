//! What cover costs while single shifts come and go, interval by interval: who weighs hundreds of changes of one roster shares only the heads
//! that a change moves.

use std::collections::BTreeMap;

use crate::domain::cover::CoverPrice;
use crate::domain::roster::Shift;
use crate::domain::units::Money;
use crate::roster::cover::simplex::Simplex;
use crate::roster::cover::skill_groups::SkillGroups;
use crate::roster::cover::transport::Transport;
use crate::roster::problem::RosterProblem;

use super::assembly::flows_of;
use super::sharing::{at_work, heads_at_work};

/// A roster's heads at work, with what they cover.
#[derive(Clone, Debug)]
pub struct CoverUnderChange<'a> {
    cover: &'a CoverPrice,
    transport: Transport,
    /// Per agent the skill group.
    groups: Vec<usize>,
    heads: Vec<Vec<f64>>,
    standing: Vec<Covered>,
}

/// What a change of some shifts does to cover.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoverChange {
    /// What cover costs more.
    pub cost: Money,
    /// Per queue the hours of heads, of speed 1, that are missing more.
    pub short_hours: Vec<f64>,
}

/// Scratch space that calls on one roster reuse: it remembers what was asked.
#[derive(Debug, Default)]
pub struct ChangeScratch {
    simplex: Simplex,
    known: BTreeMap<(usize, Vec<(usize, i32)>), Covered>,
}

/// What heads at work come to in an interval.
#[derive(Clone, Debug)]
struct Covered {
    cost: Money,
    /// Per queue the heads that are missing.
    short: Vec<f64>,
}

impl<'a> CoverUnderChange<'a> {
    /// The cover of some shifts at the prices of a problem.
    #[must_use]
    pub fn new(problem: &RosterProblem<'a>, shifts: &[Shift]) -> Self {
        let workforce = problem.workforce;
        let skill_groups = SkillGroups::new(&workforce.groups, problem.cover.queues.len());
        let mut of = Self {
            cover: problem.cover,
            transport: Transport::of(problem.cover, &skill_groups),
            groups: workforce.agents.iter().map(|agent| agent.group.0).collect(),
            heads: heads_at_work(problem, shifts),
            standing: Vec::new(),
        };
        let mut simplex = Simplex::default();
        of.standing = (0..of.heads.len()).map(|t| of.covered(t, &of.heads[t], &mut simplex)).collect();
        of
    }

    /// What cover costs more when some shifts are gone and others are worked.
    pub fn change(&self, gone: &[&Shift], come: &[&Shift], scratch: &mut ChangeScratch) -> CoverChange {
        let hours = self.cover.grid.interval().as_hours();
        let mut change = CoverChange { cost: Money::ZERO, short_hours: vec![0.0; self.transport.queues] };
        for (t, moved) in self.moved(gone, come) {
            let before = &self.standing[t];
            let ChangeScratch { simplex, known } = scratch;
            let after = known.entry((t, moved)).or_insert_with_key(|(t, moved)| {
                let mut heads = self.heads[*t].clone();
                add(&mut heads, moved);
                self.covered(*t, &heads, simplex)
            });
            change.cost += after.cost - before.cost;
            for (queue, hours_more) in change.short_hours.iter_mut().enumerate() {
                *hours_more += (after.short[queue] - before.short[queue]) * hours;
            }
        }
        change
    }

    /// Makes a change: what is asked from now on is asked of the roster with it.
    pub fn make(&mut self, gone: &[&Shift], come: &[&Shift], scratch: &mut ChangeScratch) {
        scratch.known.clear();
        for (t, moved) in self.moved(gone, come) {
            add(&mut self.heads[t], &moved);
            self.standing[t] = self.covered(t, &self.heads[t], &mut scratch.simplex);
        }
    }

    /// Per interval the skill groups of which it has more or fewer heads.
    fn moved(&self, gone: &[&Shift], come: &[&Shift]) -> BTreeMap<usize, Vec<(usize, i32)>> {
        let mut moved: BTreeMap<usize, BTreeMap<usize, i32>> = BTreeMap::new();
        let each = gone.iter().map(|shift| (shift, -1)).chain(come.iter().map(|shift| (shift, 1)));
        for (shift, by) in each {
            for t in at_work(&self.cover.grid, &shift.pieces) {
                *moved.entry(t).or_default().entry(self.groups[shift.agent.0]).or_default() += by;
            }
        }
        let kept = |(t, groups): (usize, BTreeMap<usize, i32>)| {
            let groups: Vec<(usize, i32)> = groups.into_iter().filter(|(_, by)| *by != 0).collect();
            (!groups.is_empty()).then_some((t, groups))
        };
        moved.into_iter().filter_map(kept).collect()
    }

    /// As the checker counts it: curves at the heads that the flows give.
    fn covered(&self, t: usize, heads: &[f64], simplex: &mut Simplex) -> Covered {
        let flows = flows_of(&self.transport, t, heads, simplex);
        let mut given = vec![0.0; self.transport.queues];
        for flow in &flows {
            let arc = self.transport.arcs.iter().find(|arc| arc.group == flow.group.0 && arc.queue == flow.queue.0);
            given[flow.queue.0] += flow.agents * arc.map_or(0.0, |arc| arc.speed);
        }
        let curves = self.cover.queues.iter().zip(&given).map(|(curves, n)| (&curves[t], *n));
        let pooled = self.cover.pools.iter().map(|pool| {
            let n = flows.iter().map(|flow| pool.heads.get(flow.group.0).copied().unwrap_or(0.0) * flow.agents).sum();
            (&pool.curves[t], n)
        });
        Covered {
            cost: curves.clone().chain(pooled).map(|(curve, n)| Money::rounded(curve.cost(n))).sum(),
            short: curves.map(|(curve, n)| (curve.required() - n).max(0.0)).collect(),
        }
    }

    /// What one more head of an agent's skill group would save in an interval, in the currency.
    pub(super) fn gain(&self, t: usize, agent: usize, simplex: &mut Simplex) -> f64 {
        let mut heads = self.heads[t].clone();
        heads[self.groups[agent]] += 1.0;
        self.standing[t].cost.as_f64() - self.covered(t, &heads, simplex).cost.as_f64()
    }
}

/// Heads of each skill group with some more or fewer.
fn add(heads: &mut [f64], moved: &[(usize, i32)]) {
    for (group, by) in moved {
        heads[*group] = (heads[*group] + f64::from(*by)).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::Bound;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};
    use crate::roster::{check, share};

    #[test]
    fn a_change_costs_what_the_checker_says_that_both_rosters_cost_apart() {
        let mut instance = TinyInstance::new(lenient());
        instance.hire("ben");
        for hour in 8..14 {
            instance.require(&format!("mon {hour:02}:00"), 1.5);
        }
        let cover_of = |rows: &[&str]| {
            let problem = instance.problem();
            let cost = check(&problem, share(&problem, instance.shifts(rows)), Bound::NOTHING).expect("legal").cost();
            (cost.short + cost.over).as_f64()
        };
        let (before, after) = (["mon 08:00 wwww", "ben mon 10:00 wwww"], ["mon 09:00 wwww", "ben mon 10:00 wwww"]);
        let shifts = instance.shifts(&before);
        let moved = instance.shifts(&after);
        let mut scratch = ChangeScratch::default();
        let mut cover = CoverUnderChange::new(&instance.problem(), &shifts);
        let change = cover.change(&[&shifts[0]], &[&moved[0]], &mut scratch);
        assert!((change.cost.as_f64() - (cover_of(&after) - cover_of(&before))).abs() < 1e-5, "{change:?}");
        // At eight the only head of 1.5 goes, at twelve comes the half that was missing.
        assert!((change.short_hours[0] - (1.0 - 0.5)).abs() < 1e-9, "{change:?}");
        cover.make(&[&shifts[0]], &[&moved[0]], &mut scratch);
        let back = cover.change(&[&moved[0]], &[&shifts[0]], &mut scratch);
        assert_eq!(back.cost, Money::ZERO - change.cost);
    }
}
