//! What is required of people by what they can do: pools of queues.
//!
//! Where people share queues, a requirement per queue asks for each queue's safety apart. Instead, for a set of queues,
//! everybody who can take one of them counts, and must number what the set's contacts together need:
//!
//! - the rates of its live queues add up; handle time, patience, time and target are means by contacts; chats take their
//!   share of an agent; the agents are those of Erlang A or C for the target;
//! - where the set holds deferred work, that rides on the time left: the people must be able to do all of it at
//!   nearly all of their time.
//!
//! The sets are Hall's (1935): heads can be matched to work if for every set of queues those who can take one of them suffice. A set
//! that falls apart, no group of people joining its parts, asks for no more than its parts and is left out. Which
//! target a queue needs so that its goal holds when people are shared is not known beforehand: a simulation of the roster says by how much each is
//! missed, and the targets move (Wallace & Whitt 2005 for pooling; Cezik & L'Ecuyer 2008 for learning from a simulation).

use super::pool_targets::PoolTargets;
use super::pooled::{Interval, Pooled};
use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;
use crate::domain::workforce::SkillGroup;

/// Sets of queues that are looked at one by one, at most, those of few queues first; where queues are many, all that hang together come beside.
const MOST_POOLS: usize = 96;
/// What heads are worth is a multiple of this.
const GRAIN: f64 = 0.25;

/// People who count together: those who can take one of some queues. Different sets of queues may have the same people.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolOfPeople {
    /// Per skill group what a head is worth.
    pub(super) heads: Vec<f64>,
    /// The sets of queues whose people they are, by position; small ones first.
    pub(super) sets: Vec<Vec<usize>>,
}

impl PoolOfPeople {
    /// The queues: the largest of the sets.
    #[must_use]
    pub fn queues(&self) -> Vec<QueueIx> {
        self.sets.last().into_iter().flatten().copied().map(QueueIx).collect()
    }

    /// Whether the pool is of these queues and more.
    pub(super) fn has_beyond(&self, queues: &[QueueIx]) -> bool {
        let own = self.queues();
        own.len() > queues.len() && queues.iter().all(|queue| own.contains(queue))
    }

    /// How many groups there are.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.heads.len()
    }

    /// Per group what a head is worth.
    pub(super) fn worths(&self) -> impl Iterator<Item = f64> + '_ {
        self.heads.iter().copied()
    }

    /// What a head of a group is worth here.
    #[must_use]
    pub fn worth_of_group(&self, group: usize) -> f64 {
        self.heads[group]
    }

    /// What heads by group are worth here.
    #[must_use]
    pub fn worth(&self, heads: &[f64]) -> f64 {
        self.heads.iter().zip(heads).map(|(worth, heads)| worth * heads).sum()
    }

    /// Agents to be rostered, interval by interval.
    #[must_use]
    pub fn required(&self, requirement: &Requirement, queues: &[Queue], targets: &PoolTargets) -> Vec<f64> {
        let at = |t: usize| self.required_at(&Interval { requirement, queues, targets, prices: &[], t });
        (0..requirement.grid.len()).map(at).collect()
    }

    pub(super) fn required_at(&self, interval: &Interval<'_>) -> f64 {
        self.sets.iter().map(|set| Pooled::of(interval, set).required(interval)).fold(0.0, f64::max)
    }
}

/// All pools that the skill groups of a workforce make of the queues.
#[must_use]
pub fn pools_of_people(queues: usize, groups: &[SkillGroup]) -> Vec<PoolOfPeople> {
    let mut pools: Vec<PoolOfPeople> = Vec::new();
    for set in sets(queues, groups) {
        let heads: Vec<f64> = groups.iter().map(|group| worth(group, &set)).collect();
        match pools.iter_mut().find(|known| known.heads == heads) {
            Some(known) => known.sets.push(set),
            None => pools.push(PoolOfPeople { heads, sets: vec![set] }),
        }
    }
    pools
}

/// Sets of queues that hang together by groups who can take several of them: small ones first.
fn sets(queues: usize, groups: &[SkillGroup]) -> Vec<Vec<usize>> {
    let joined = |a: usize, b: usize| groups.iter().any(|group| group.takes(QueueIx(a)) && group.takes(QueueIx(b)));
    let mut sets: Vec<Vec<usize>> = (0..queues)
        .filter(|&queue| groups.iter().any(|group| group.takes(QueueIx(queue))))
        .map(|queue| vec![queue])
        .collect();
    let mut from = 0;
    while from < sets.len() && sets.len() < MOST_POOLS {
        let set = sets[from].clone();
        for queue in 0..queues {
            let hangs_on = !set.contains(&queue) && set.iter().any(|&member| joined(member, queue));
            if hangs_on && sets.len() < MOST_POOLS {
                let mut larger = set.clone();
                larger.push(queue);
                larger.sort_unstable();
                if !sets.contains(&larger) {
                    sets.push(larger);
                }
            }
        }
        from += 1;
    }
    for whole in components(queues, &joined) {
        if !sets.contains(&whole) {
            sets.push(whole);
        }
    }
    sets
}

/// All queues that hang together, directly or by others.
pub(super) fn components(queues: usize, joined: &impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = (0..queues).collect();
    let mut components = Vec::new();
    while let Some(first) = left.pop() {
        let mut whole = vec![first];
        let mut at = 0;
        while at < whole.len() {
            let (near, far): (Vec<usize>, Vec<usize>) = left.iter().partition(|&&queue| joined(whole[at], queue));
            whole.extend(near);
            left = far;
            at += 1;
        }
        if joined(first, first) {
            whole.sort_unstable();
            components.push(whole);
        }
    }
    components
}

/// What a head of a group is worth to a set: its mean speed at those of the queues that it can take, to the next quarter. A head of usual speed is
/// one; so heads in pools are whole numbers, or few parts of them, which the bound of a roster can use.
fn worth(group: &SkillGroup, set: &[usize]) -> f64 {
    let able = group.abilities.iter().filter(|ability| set.contains(&ability.queue.0) && ability.speed > 0.0);
    let (sum, count) = able.fold((0.0, 0.0), |(sum, count), ability| (sum + ability.speed, count + 1.0));
    if count > 0.0 { ((sum / count / GRAIN).round() * GRAIN).max(GRAIN) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::workforce::Ability;
    use crate::staffing::{StaffingParams, require, test_instances};

    /// Groups that can take some queues each, at usual speed.
    fn groups(of: &[&[usize]]) -> Vec<SkillGroup> {
        let ability = |&queue: &usize| Ability { queue: QueueIx(queue), speed: 1.0, priority: 1 };
        of.iter().map(|queues| SkillGroup { abilities: queues.iter().map(ability).collect() }).collect()
    }

    fn sets_of(pools: &[PoolOfPeople]) -> Vec<Vec<usize>> {
        pools.iter().map(|pool| pool.queues().into_iter().map(|queue| queue.0).collect()).collect()
    }

    #[test]
    fn four_queues_of_the_same_people_need_what_one_of_all_their_contacts_needs() {
        // 25 contacts of 180 s in half an hour in each of four queues: 2.5 erlangs each need five agents for 80 % in 20 s, twenty together.
        // Ten erlangs of people who can take all need 14 of whole agents (Erlang C .888; 13 give .796).
        let queues = ["u", "v", "w", "z"].map(test_instances::voice);
        let forecast = test_instances::forecast(test_instances::grid(1, 30), &vec![vec![25.0]; 4], 180.0);
        let requirement = require(&forecast, &queues, &[], &[], chrono_tz::UTC, &StaffingParams::default());
        let apart: f64 = requirement.queues.iter().map(|queue| queue.agents_net[0]).sum();
        assert!((apart - 20.0).abs() < 1e-12);
        let pools = pools_of_people(4, &groups(&[&[0, 1, 2, 3]]));
        assert_eq!(sets_of(&pools), [[0, 1, 2, 3]], "all sets are of the same people");
        let targets = PoolTargets::of_goals(&queues, 1);
        let required = pools[0].required(&requirement, &queues, &targets)[0];
        let part = (0.8 - 0.795_594_788_418) / (0.888_350_019_179 - 0.795_594_788_418);
        assert!((required - (13.0 + part)).abs() < 1e-9, "{required}");
    }

    #[test]
    fn sets_that_nobody_joins_ask_for_no_more_than_their_parts() {
        // Somebody takes the first two queues, somebody the third alone.
        let pools = pools_of_people(3, &groups(&[&[0, 1], &[1], &[2]]));
        // Everybody who takes the second queue is everybody who takes one of the first two: one pool.
        assert_eq!(sets_of(&pools), [vec![0], vec![0, 1], vec![2]]);
    }

    #[test]
    fn many_queues_that_hang_together_make_one_pool_of_all_beside_the_small_ones() {
        // Thirty queues in a chain, each neighbour pair with people of its own, and one queue apart.
        let pairs: Vec<[usize; 2]> = (0..29).map(|queue| [queue, queue + 1]).collect();
        let of: Vec<&[usize]> = pairs.iter().map(|pair| &pair[..]).chain([&[30_usize][..]]).collect();
        let pools = pools_of_people(31, &groups(&of));
        assert!(pools.len() <= MOST_POOLS + 2, "{}", pools.len());
        let sets = sets_of(&pools);
        assert!(sets.contains(&(0..30).collect()) && sets.contains(&vec![30]));
    }
}
