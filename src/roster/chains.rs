//! Chains of transfers: how a bit of work that comes or goes is best passed on from queue to queue by versatile groups.
//!
//! Values travel along transfers like lengths in a network with gains (Bellman and Ford); a chain carries heads up
//! to the next breakpoint of a curve or the last head of a transfer.

use super::curve::Curve;
use super::flow::{Exchange, Sharing, Skill, TINY};

/// Scratch space that calls reuse.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    pub(super) values: Vec<f64>,
    pub(super) losses: Vec<f64>,
    pub(super) ways: Vec<Way>,
    chain: Vec<(usize, usize, usize, f64)>,
    pub(super) trial: Sharing,
}

/// How a bit of work at a queue is best used, or best replaced.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// By the queue itself: more or less cover.
    Cover,
    /// By moving heads of a group between this queue and another.
    Through { group: usize, here: f64, there: f64, other: usize },
    /// By idle heads of a group.
    Idle { group: usize, speed: f64 },
}

impl Exchange {
    /// Sends up to `most` heads along the chain that starts with a skill; returns how many went.
    pub(super) fn push(
        &self,
        sharing: &mut Sharing,
        curves: &[Curve],
        chains: &mut Chains,
        first: (usize, &Skill),
        most: f64,
    ) -> Option<f64> {
        let (group, skill) = first;
        // Heads that can enter, with `work` the work per entering head as it travels down the chain.
        let (mut heads, mut work, mut at) = (most, skill.speed, skill.queue);
        let Chains { ways, chain, .. } = chains;
        chain.clear();
        loop {
            match ways[at] {
                Way::Cover => {
                    heads = heads.min(curves[at].above(sharing.work[at]).1 / work);
                    break;
                }
                Way::Through { group, here, there, other } => {
                    if chain.len() > self.queues {
                        return None;
                    }
                    heads = heads.min(sharing.flow[group * self.queues + at] * here / work);
                    chain.push((group, at, other, work / here));
                    work = work / here * there;
                    at = other;
                }
                Way::Idle { .. } => return None,
            }
        }
        if heads <= 0.0 {
            return None;
        }
        sharing.flow[group * self.queues + skill.queue] += heads;
        self.transfer(sharing, chain, heads);
        sharing.work[at] += heads * work;
        Some(heads)
    }

    /// Takes up to `most` heads from a queue along the chain that replaces them; returns how many went.
    pub(super) fn pull(
        &self,
        sharing: &mut Sharing,
        curves: &[Curve],
        chains: &mut Chains,
        first: (usize, &Skill),
        most: f64,
    ) -> Option<f64> {
        let (group, skill) = first;
        let mut heads = most.min(sharing.flow[group * self.queues + skill.queue]);
        let (mut work, mut at) = (skill.speed, skill.queue);
        let Chains { ways, chain, .. } = chains;
        chain.clear();
        let idle = loop {
            match ways[at] {
                Way::Cover => {
                    heads = heads.min(curves[at].below(sharing.work[at]).1 / work);
                    break None;
                }
                Way::Through { group, here, there, other } => {
                    if chain.len() > self.queues {
                        return None;
                    }
                    heads = heads.min(sharing.flow[group * self.queues + other] * here / work);
                    chain.push((group, other, at, work / here));
                    work = work / here * there;
                    at = other;
                }
                Way::Idle { group, speed } => {
                    heads = heads.min(self.idle(sharing, group) * speed / work);
                    break Some((group, work / speed));
                }
            }
        };
        if heads <= 0.0 {
            return None;
        }
        let own = &mut sharing.flow[group * self.queues + skill.queue];
        *own = (*own - heads).max(0.0);
        self.transfer(sharing, chain, heads);
        match idle {
            Some((group, per_head)) => sharing.flow[group * self.queues + at] += heads * per_head,
            None => sharing.work[at] = (sharing.work[at] - heads * work).max(0.0),
        }
        Some(heads)
    }

    /// Moves `amount` down a chain: of each transfer's group, so many heads per unit from one queue to another.
    fn transfer(&self, sharing: &mut Sharing, chain: &[(usize, usize, usize, f64)], amount: f64) {
        for &(group, from, to, per_unit) in chain {
            let from = &mut sharing.flow[group * self.queues + from];
            *from = (*from - amount * per_unit).max(0.0);
            sharing.flow[group * self.queues + to] += amount * per_unit;
        }
    }

    /// Transfers in a circle that end with more work than they began with: done until one of them runs out of heads.
    pub(super) fn cancel_circle(&self, sharing: &mut Sharing, curves: &[Curve], chains: &mut Chains) -> bool {
        let Chains { ways, chain, .. } = chains;
        let Some(first) = (0..self.queues).find_map(|queue| circle_from(ways, queue)) else { return false };
        // One bit of work leaves the first queue; what arrives there again is `work`.
        let (mut most, mut work, mut at) = (f64::INFINITY, 1.0, first);
        chain.clear();
        while let Way::Through { group, here, there, other } = ways[at] {
            most = most.min(sharing.flow[group * self.queues + at] * here / work);
            chain.push((group, at, other, work / here));
            work = work / here * there;
            at = other;
            if at == first {
                break;
            }
        }
        if work <= 1.0 + TINY || most <= TINY {
            return false;
        }
        let most = most.min(curves[first].above(sharing.work[first]).1 / (work - 1.0));
        self.transfer(sharing, chain, most);
        sharing.work[first] += most * (work - 1.0);
        true
    }

    /// Per queue what one more bit of work saves at best, and how (Bellman and Ford, from the queues' own slopes); work
    /// that nobody wants saves nothing, since heads may stay idle.
    pub(super) fn values_of_work(&self, sharing: &Sharing, curves: &[Curve], chains: &mut Chains) {
        let Chains { values, ways, .. } = chains;
        values.clear();
        values.extend(curves.iter().zip(&sharing.work).map(|(curve, &work)| (-curve.above(work).0).max(0.0)));
        ways.clear();
        ways.resize(self.queues, Way::Cover);
        for _ in 0..self.queues {
            let mut changed = false;
            for &group in &self.versatile {
                let skills = &self.groups[group];
                for here in skills.iter().filter(|s| sharing.flow[group * self.queues + s.queue] > TINY) {
                    for there in skills.iter().filter(|there| there.queue != here.queue) {
                        let value = there.speed / here.speed * values[there.queue];
                        if value > values[here.queue] + TINY {
                            values[here.queue] = value;
                            ways[here.queue] =
                                Way::Through { group, here: here.speed, there: there.speed, other: there.queue };
                            changed = true;
                        }
                    }
                }
            }
            if !changed {
                break;
            }
        }
    }

    /// Per queue what one bit of work less costs at least, and how it is replaced.
    pub(super) fn losses_of_work(&self, sharing: &Sharing, curves: &[Curve], chains: &mut Chains) {
        let Chains { values: losses, ways, .. } = chains;
        losses.clear();
        losses.extend(curves.iter().zip(&sharing.work).map(|(curve, &work)| (-curve.below(work).0).max(0.0)));
        ways.clear();
        ways.resize(self.queues, Way::Cover);
        for (group, skills) in self.groups.iter().enumerate() {
            if self.idle(sharing, group) > TINY {
                for skill in skills {
                    if losses[skill.queue] > TINY {
                        losses[skill.queue] = 0.0;
                        ways[skill.queue] = Way::Idle { group, speed: skill.speed };
                    }
                }
            }
        }
        for _ in 0..self.queues {
            let mut changed = false;
            for &group in &self.versatile {
                let skills = &self.groups[group];
                for there in skills.iter().filter(|s| sharing.flow[group * self.queues + s.queue] > TINY) {
                    for here in skills.iter().filter(|here| here.queue != there.queue) {
                        let loss = there.speed / here.speed * losses[there.queue];
                        if loss < losses[here.queue] - TINY {
                            losses[here.queue] = loss;
                            ways[here.queue] =
                                Way::Through { group, here: here.speed, there: there.speed, other: there.queue };
                            changed = true;
                        }
                    }
                }
            }
            if !changed {
                break;
            }
        }
    }
}

/// A queue on a circle of ways that starts from a queue, if there is one.
fn circle_from(ways: &[Way], queue: usize) -> Option<usize> {
    let mut at = queue;
    for _ in 0..=ways.len() {
        match ways[at] {
            Way::Through { other, .. } => at = other,
            _ => return None,
        }
    }
    Some(at)
}
