//! Who serves which queue in one interval: heads of skill groups shared among queues at least cost.
//!
//! The cost of each queue is convex in the work it gets, and a head of a group gives its speed in work. Starting from
//! an optimal sharing, heads are added or taken along the chain of transfers that gains most or loses least, up to the
//! next breakpoint (successive shortest paths on a network with gains). Heads that no queue gains from stay idle.
//! Where several breakpoints meet, a chain can miss a better exchange; [`Exchange::mend`] finds nearly all of those.

use crate::domain::workforce::SkillGroup;

use super::chains::{Chains, Way};
use super::curve::Curve;

/// What a group can do for a queue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Skill {
    pub(super) queue: usize,
    pub(super) speed: f64,
    pub(super) priority: u32,
}

/// The groups' skills.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub(super) groups: Vec<Vec<Skill>>,
    /// Groups with a choice of queues: chains of transfers run through them alone.
    pub(super) versatile: Vec<usize>,
    /// Groups without one.
    pub(super) single: Vec<usize>,
    pub(super) queues: usize,
}

pub(super) const TINY: f64 = 1e-9;
/// Transfers after which a change of heads is left as it is; far beyond what breakpoints allow in practice.
const MAX_TRANSFERS: usize = 400;

/// The sharing in one interval.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sharing {
    /// Heads at work per group.
    pub(super) heads: Vec<f64>,
    /// `flow[group × queues + queue]`: heads.
    pub(super) flow: Vec<f64>,
    /// Work per queue, speed counted.
    pub(super) work: Vec<f64>,
}

impl Exchange {
    /// Reads the groups.
    pub(super) fn new(groups: &[SkillGroup], queues: usize) -> Self {
        let skills = |group: &SkillGroup| {
            let usable = group.abilities.iter().filter(|ability| ability.speed > 0.0);
            usable.map(|a| Skill { queue: a.queue.0, speed: a.speed, priority: a.priority }).collect()
        };
        let groups: Vec<Vec<Skill>> = groups.iter().map(skills).collect();
        let versatile = (0..groups.len()).filter(|&group| groups[group].len() > 1).collect();
        let single = (0..groups.len()).filter(|&group| groups[group].len() == 1).collect();
        Self { groups, versatile, single, queues }
    }

    /// Nobody at work.
    pub(super) fn empty(&self) -> Sharing {
        Sharing {
            heads: vec![0.0; self.groups.len()],
            flow: vec![0.0; self.groups.len() * self.queues],
            work: vec![0.0; self.queues],
        }
    }

    /// Whether two groups share a queue.
    pub(super) fn related(&self, group: usize, other: usize) -> bool {
        self.groups[group].iter().any(|mine| self.groups[other].iter().any(|theirs| mine.queue == theirs.queue))
    }

    /// The speed of a queue's servers, if they serve nothing else and all at one speed.
    pub(super) fn only_speed(&self, queue: usize) -> Option<f64> {
        let able: Vec<&Vec<Skill>> =
            self.groups.iter().filter(|skills| skills.iter().any(|skill| skill.queue == queue)).collect();
        let speed = able.first()?.first()?.speed;
        let alone = able.iter().all(|skills| skills.len() == 1 && (skills[0].speed - speed).abs() <= 0.0);
        alone.then_some(speed)
    }

    /// Queues a group can serve, with its speeds.
    pub(super) fn speeds(&self, group: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.groups[group].iter().map(|skill| (skill.queue, skill.speed))
    }

    /// A group's highest speed.
    pub(super) fn fastest(&self, group: usize) -> f64 {
        self.groups[group].iter().map(|skill| skill.speed).fold(0.0, f64::max)
    }

    /// Per queue the mean of what a bit more work saves and a bit less costs.
    pub(super) fn marginals(&self, sharing: &Sharing, curves: &[Curve]) -> Vec<f64> {
        let mut chains = Chains::default();
        self.values_of_work(sharing, curves, &mut chains);
        let more = chains.values.clone();
        self.losses_of_work(sharing, curves, &mut chains);
        more.iter().zip(&chains.values).map(|(more, less)| f64::midpoint(more.max(0.0), less.max(0.0))).collect()
    }

    /// Number of groups.
    pub(super) fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Worth of a head of a group at given prices of work, and the queue that gives it.
    pub(super) fn worth(&self, group: usize, price: impl Fn(usize) -> f64) -> Option<(f64, usize, f64)> {
        let mut best: Option<(f64, usize, f64)> = None;
        for skill in &self.groups[group] {
            let worth = skill.speed * price(skill.queue);
            if worth > best.map_or(0.0, |best| best.0) {
                best = Some((worth, skill.queue, skill.speed));
            }
        }
        best
    }

    /// Adds heads of a group and returns what they save.
    pub(super) fn add(
        &self,
        sharing: &mut Sharing,
        curves: &[Curve],
        group: usize,
        heads: f64,
        chains: &mut Chains,
    ) -> f64 {
        sharing.heads[group] += heads;
        self.send(sharing, curves, group, heads, chains)
    }

    /// Lets idle heads of a group serve where they save most; returns what they save.
    fn send(&self, sharing: &mut Sharing, curves: &[Curve], group: usize, heads: f64, chains: &mut Chains) -> f64 {
        let (mut left, mut saved) = (heads, 0.0);
        for _ in 0..MAX_TRANSFERS {
            if left <= TINY {
                break;
            }
            self.values_of_work(sharing, curves, chains);
            let mut best: Option<(f64, &Skill)> = None;
            for skill in &self.groups[group] {
                let value = skill.speed * chains.values[skill.queue];
                let better = best.is_none_or(|(known, by)| {
                    value > known + TINY || (value > known - TINY && skill.priority < by.priority)
                });
                if value > TINY && better {
                    best = Some((value, skill));
                }
            }
            let Some((value, skill)) = best else { break };
            let Some(moved) = self.push(sharing, curves, chains, (group, skill), left) else {
                if self.cancel_circle(sharing, curves, chains) {
                    continue;
                }
                break;
            };
            saved += value * moved;
            left -= moved;
        }
        saved
    }

    /// What one more head of a group saves; what is left over of it costs the group's surplus price.
    pub(super) fn gain(&self, sharing: &Sharing, curves: &[Curve], group: usize, chains: &mut Chains) -> f64 {
        if self.groups[group].is_empty() {
            return 0.0;
        }
        let mut trial = std::mem::take(&mut chains.trial);
        trial.clone_from(sharing);
        let saved = self.add(&mut trial, curves, group, 1.0, chains);
        let left = (self.idle(&trial, group) - self.idle(sharing, group)).clamp(0.0, 1.0);
        chains.trial = trial;
        saved - left * self.surplus(curves, group).map_or(0.0, |(price, _)| price)
    }

    /// Where a head of a group that no queue needs costs least, and how much: beyond the last breakpoint, the group's
    /// first choice where several cost the same.
    pub(super) fn surplus(&self, curves: &[Curve], group: usize) -> Option<(f64, usize)> {
        let beyond = |skill: &Skill| curves[skill.queue].pieces().last().map_or(0.0, |piece| piece.1.max(0.0));
        let cheapest =
            self.groups[group].iter().map(|skill| (skill.speed * beyond(skill), skill.priority, skill.queue));
        let cheapest = cheapest.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        cheapest.map(|(price, _, queue)| (price, queue))
    }

    /// Takes heads of a group away and returns what that loses.
    pub(super) fn take(
        &self,
        sharing: &mut Sharing,
        curves: &[Curve],
        group: usize,
        heads: f64,
        chains: &mut Chains,
    ) -> f64 {
        let row = group * self.queues..(group + 1) * self.queues;
        let busy: f64 = sharing.flow[row].iter().sum();
        let idle = (sharing.heads[group] - busy).max(0.0);
        sharing.heads[group] = (sharing.heads[group] - heads).max(0.0);
        let lost = self.release(sharing, curves, group, (heads - idle).max(0.0), chains);
        self.renew_if_overdrawn(sharing, curves, chains);
        lost
    }

    /// Calls busy heads of a group off where that loses least; returns what it loses.
    fn release(&self, sharing: &mut Sharing, curves: &[Curve], group: usize, heads: f64, chains: &mut Chains) -> f64 {
        let (mut left, mut lost) = (heads, 0.0);
        for _ in 0..MAX_TRANSFERS {
            if left <= TINY {
                break;
            }
            self.losses_of_work(sharing, curves, chains);
            let mut best: Option<(f64, &Skill)> = None;
            for skill in &self.groups[group] {
                let loss = skill.speed * chains.values[skill.queue];
                let served = sharing.flow[group * self.queues + skill.queue] > TINY;
                if served && best.is_none_or(|(known, _)| loss < known - TINY) {
                    best = Some((loss, skill));
                }
            }
            let Some((loss, skill)) = best else { break };
            let moved = self.pull(sharing, curves, chains, (group, skill), left).or_else(|| {
                chains.ways.fill(Way::Cover);
                self.pull(sharing, curves, chains, (group, skill), left)
            });
            let Some(moved) = moved else { break };
            lost += loss * moved;
            left -= moved;
        }
        lost
    }

    /// Moves heads of a group while some are worth more elsewhere than where they are. Chains alone keep a sharing optimal
    /// except where several breakpoints meet; this mends what is lost there.
    pub(super) fn mend(&self, sharing: &mut Sharing, curves: &[Curve], chains: &mut Chains) {
        const MOST_MOVES: usize = 40;
        for _ in 0..MOST_MOVES {
            self.values_of_work(sharing, curves, chains);
            if self.cancel_circle(sharing, curves, chains) {
                continue;
            }
            let Some((group, heads)) = self.misplaced(sharing, curves, chains) else { break };
            let idle = self.idle(sharing, group).max(0.0);
            self.send(sharing, curves, group, heads, chains);
            self.release(sharing, curves, group, (heads - idle).max(0.0), chains);
        }
        self.renew_if_overdrawn(sharing, curves, chains);
    }

    /// Shares all heads anew where rounding at a breakpoint left a group with more at work than it has.
    fn renew_if_overdrawn(&self, sharing: &mut Sharing, curves: &[Curve], chains: &mut Chains) {
        const OVERDRAWN: f64 = 1e-6;
        if (0..self.groups.len()).all(|group| self.idle(sharing, group) >= -OVERDRAWN) {
            return;
        }
        let heads = std::mem::take(&mut sharing.heads);
        *sharing = self.empty();
        for (group, heads) in heads.into_iter().enumerate() {
            self.add(sharing, curves, group, heads, chains);
        }
    }

    /// The group with the heads that are worth most more elsewhere, and how many to move.
    fn misplaced(&self, sharing: &Sharing, curves: &[Curve], chains: &mut Chains) -> Option<(usize, f64)> {
        const WORTH_MOVING: f64 = 1e-6;
        self.losses_of_work(sharing, curves, chains);
        let mut losses = std::mem::take(&mut chains.losses);
        losses.clone_from(&chains.values);
        self.values_of_work(sharing, curves, chains);
        let mut worst: Option<(f64, usize, f64)> = None;
        for &group in self.versatile.iter().chain(&self.single) {
            let skills = &self.groups[group];
            let best = skills.iter().map(|skill| skill.speed * chains.values[skill.queue]).fold(0.0, f64::max);
            let idle = (best, self.idle(sharing, group));
            let busy = skills.iter().map(|skill| {
                (best - skill.speed * losses[skill.queue], sharing.flow[group * self.queues + skill.queue].min(0.25))
            });
            for (advantage, heads) in busy.chain([idle]).filter(|&(_, heads)| heads > 1e3 * TINY) {
                if advantage > worst.map_or(WORTH_MOVING, |worst| worst.0) {
                    worst = Some((advantage, group, heads));
                }
            }
        }
        chains.losses = losses;
        worst.map(|(_, group, heads)| (group, heads))
    }

    /// Heads of a group that serve no queue.
    pub(super) fn idle(&self, sharing: &Sharing, group: usize) -> f64 {
        let busy: f64 = sharing.flow[group * self.queues..(group + 1) * self.queues].iter().sum();
        sharing.heads[group] - busy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cover::{CoverCurve, CoverPiece};
    use crate::domain::ids::QueueIx;
    use crate::domain::workforce::Ability;
    use proptest::prelude::*;

    fn group(abilities: &[(usize, f64)]) -> SkillGroup {
        let ability = |&(queue, speed): &(usize, f64)| Ability { queue: QueueIx(queue), speed, priority: 1 };
        SkillGroup { abilities: abilities.iter().map(ability).collect() }
    }

    fn curve(required: f64) -> CoverCurve {
        let pieces = [(0.8 * required, -30.0), (0.2 * required, -15.0), (f64::INFINITY, 1.0)];
        let pieces = pieces.map(|(agents, slope)| CoverPiece { agents, slope });
        CoverCurve::new(required, pieces.to_vec()).expect("slopes rise")
    }

    /// The dual of the sharing problem by coordinate steps over a fine grid of prices: a lower bound on its cost.
    fn dual_bound(exchange: &Exchange, curves: &[Curve], heads: &[f64]) -> f64 {
        let grid: Vec<f64> = (0..=30).map(f64::from).chain([13.5, 27.0, 14.0 / 0.9, 15.0 / 0.9, 27.0 * 0.9]).collect();
        let value = |prices: &[f64]| {
            let queues: f64 = curves.iter().zip(prices).map(|(curve, &price)| curve.least_with(price)).sum();
            let groups = heads.iter().enumerate();
            queues - groups.map(|(g, h)| h * exchange.worth(g, |q| prices[q]).map_or(0.0, |best| best.0)).sum::<f64>()
        };
        let mut best = f64::NEG_INFINITY;
        for a in &grid {
            for b in &grid {
                for c in &grid {
                    best = best.max(value(&[*a, *b, *c]));
                }
            }
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]
        #[test]
        fn heads_added_and_taken_one_by_one_are_shared_almost_as_well_as_possible(
            required in proptest::collection::vec(0.0..6.0_f64, 3),
            moves in proptest::collection::vec((0..5_usize, proptest::bool::ANY), 1..30),
        ) {
            let groups = [group(&[(0, 1.0)]), group(&[(1, 1.0)]), group(&[(0, 1.0), (1, 0.9)]), group(&[(1, 1.0), (2, 0.9)]), group(&[(0, 0.9), (2, 1.0)])];
            let exchange = Exchange::new(&groups, 3);
            let curves: Vec<Curve> = required.iter().map(|&required| Curve::new(&curve(required))).collect();
            let mut sharing = exchange.empty();
            let mut chains = Chains::default();
            for (group, add) in moves {
                if add || sharing.heads[group] < 1.0 {
                    exchange.add(&mut sharing, &curves, group, 1.0, &mut chains);
                } else {
                    exchange.take(&mut sharing, &curves, group, 1.0, &mut chains);
                }
                exchange.mend(&mut sharing, &curves, &mut chains);
            }
            let cost: f64 = required.iter().zip(&sharing.work).map(|(&r, &work)| curve(r).cost(work) - curve(r).cost(0.0)).sum();
            let bound = dual_bound(&exchange, &curves, &sharing.heads);
            prop_assert!(cost >= bound - 1e-6, "{cost} below {bound} with {sharing:?}");
            prop_assert!(cost <= bound + 0.1 * bound.abs() + 1e-6, "{cost} above {bound} with {sharing:?}");
            let mut fresh = exchange.empty();
            for (group, &heads) in sharing.heads.iter().enumerate() {
                exchange.add(&mut fresh, &curves, group, heads, &mut chains);
                exchange.mend(&mut fresh, &curves, &mut chains);
            }
            let again: f64 = required.iter().zip(&fresh.work).map(|(&r, &work)| curve(r).cost(work) - curve(r).cost(0.0)).sum();
            prop_assert!((again - cost).abs() <= 0.1 * bound.abs() + 1e-6, "{cost} step by step, {again} at once\n{sharing:?}\n{fresh:?}\n{required:?}");
            // What leaves the engine is exact: never dearer than either, never below the bound.
            let plain: Vec<CoverCurve> = required.iter().map(|&required| curve(required)).collect();
            let exact = crate::roster::sharing_exact::cheapest_flows(&exchange, &plain, &sharing).expect("an optimum");
            let mut work = [0.0; 3];
            for (g, row) in exact.chunks(3).enumerate() {
                for (q, speed) in exchange.speeds(g) {
                    work[q] += speed * row[q];
                }
            }
            let exact: f64 = plain.iter().zip(work).map(|(curve, work)| curve.cost(work) - curve.cost(0.0)).sum();
            let surplus = |sharing: &Sharing| -> f64 {
                (0..5).map(|g| exchange.idle(sharing, g) * exchange.surplus(&curves, g).map_or(0.0, |(price, _)| price)).sum()
            };
            prop_assert!(exact >= bound - 1e-6 && exact <= cost + surplus(&sharing) + 1e-6, "{exact} against {bound} and {cost}");
            for g in 0..5 {
                let busy: f64 = sharing.flow[g * 3..g * 3 + 3].iter().sum();
                prop_assert!(busy <= sharing.heads[g] + 1e-6);
            }
        }
    }
}
