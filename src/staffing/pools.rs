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

use super::params::CoverPriceParams;
use super::pool_targets::PoolTargets;
use super::pooled::{Interval, Pooled};
use crate::domain::cover::{CoverCurve, CoverPiece, QueuePool};
use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;
use crate::domain::workforce::SkillGroup;

/// Sets of queues that are looked at one by one, at most, those of few queues first; where queues are many, all that hang together come beside.
const MOST_POOLS: usize = 96;
/// What heads are worth is a multiple of this.
const GRAIN: f64 = 0.25;
/// What the last head required is worth in a pool, as a share of the price of being short: a head stands in several pools at once.
const AT_REQUIREMENT: f64 = 0.15;

/// People who count together: those who can take one of some queues. Different sets of queues may have the same people.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolOfPeople {
    /// Per skill group what a head is worth.
    heads: Vec<f64>,
    /// The sets of queues whose people they are, by position; small ones first.
    sets: Vec<Vec<usize>>,
}

impl PoolOfPeople {
    /// The queues: the largest of the sets.
    #[must_use]
    pub fn queues(&self) -> Vec<QueueIx> {
        self.sets.last().into_iter().flatten().copied().map(QueueIx).collect()
    }

    /// Whether the pool is of these queues and more.
    fn has_beyond(&self, queues: &[QueueIx]) -> bool {
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

    fn required_at(&self, interval: &Interval<'_>) -> f64 {
        self.sets.iter().map(|set| Pooled::of(interval, set).required(interval)).fold(0.0, f64::max)
    }

    /// What missing heads cost: at the requirement a share of the price of being short, weighed by the queues, and more or less than that as one
    /// more head would bring more or fewer contacts in time, so that what is thin in one interval can be made up for in another. Heads without whom
    /// work is left undone are short at the full price. On top of it comes what contacts that give up or are served late cost, where they have a price.
    fn curve(&self, interval: &Interval<'_>, params: &CoverPriceParams, over: f64) -> CoverCurve {
        /// Heads beyond those required that may still bring something, at least, and as a multiple of their square root.
        const BEYOND: (f64, f64) = (12.0, 2.0);
        /// A head that brings less than this share of what the last one required brings is beyond need.
        const NOTHING: f64 = 0.02;
        let hours = interval.requirement.grid.interval().as_hours();
        let (short, deep) = (params.short_per_hour.as_f64() * hours, params.deep_short_per_hour.as_f64() * hours);
        let all = || self.sets.iter().map(|set| Pooled::of(interval, set));
        let needed_for_work = all().map(|pooled| pooled.needed_for_work(interval)).fold(0.0, f64::max);
        let busiest = all().reduce(|most, next| if next.load > most.load { next } else { most });
        let required = self.required_at(interval);
        let last = (required + BEYOND.0.max(BEYOND.1 * required.sqrt())).floor();
        let mut slopes = Vec::new();
        let mut head = 1.0;
        while required > 0.0 && head <= last {
            let served = busiest.as_ref().map_or(0.0, |pooled| pooled.worth_of_head(interval, head, required));
            let undone = if head < needed_for_work + 1.0 { short } else { 0.0 };
            let saved = busiest.as_ref().map_or(0.0, |pooled| pooled.saved_by_head(interval, head));
            slopes.push((AT_REQUIREMENT * short * served).max(undone).min(deep.max(short)) + saved);
            head += 1.0;
        }
        // Service is not concave where a pool is far too small: there a head is worth what it leads to.
        for at in (1..slopes.len()).rev() {
            slopes[at - 1] = f64::max(slopes[at - 1], slopes[at]);
        }
        let wanted = slopes.iter().take_while(|slope| **slope > NOTHING * AT_REQUIREMENT * short).count();
        let each = slopes[..wanted].iter().map(|slope| CoverPiece { agents: 1.0, slope: -slope });
        let beyond = CoverPiece { agents: f64::INFINITY, slope: over.max(0.0) };
        CoverCurve::new(wanted as f64, each.chain([beyond]).collect()).unwrap_or_default()
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

/// The pools with what they require, to be rostered, and what missing heads cost. Heads beyond need cost something in pools alone that are no part
/// of another.
#[must_use]
pub fn price_pools(
    pools: &[PoolOfPeople],
    requirement: &Requirement,
    queues: &[Queue],
    targets: &PoolTargets,
    params: &CoverPriceParams,
) -> Vec<QueuePool> {
    let hours = requirement.grid.interval().as_hours();
    // A contact is looked at in every pool of its queue: its price is shared among them.
    let pools_of =
        |queue: usize| pools.iter().filter(|pool| pool.queues().contains(&QueueIx(queue))).count().max(1) as f64;
    let of_contact = |(at, queue): (usize, &Queue)| {
        let (lost, late) = params.of_contact(queue);
        (lost / pools_of(at), late / pools_of(at))
    };
    let prices: Vec<(f64, f64)> = queues.iter().enumerate().map(of_contact).collect();
    let priced = |pool: &PoolOfPeople| {
        let queues_of = pool.queues();
        let is_part = pools.iter().any(|other| other.has_beyond(&queues_of));
        let over = if is_part { 0.0 } else { params.over_per_hour.as_f64() * hours };
        let curve = |t: usize| {
            let interval = Interval { requirement, queues, targets, prices: &prices, t };
            pool.curve(&interval, params, over)
        };
        let curves = (0..requirement.grid.len()).map(curve).collect();
        QueuePool { queues: queues_of, heads: pool.heads.clone(), curves }
    };
    pools.iter().map(priced).collect()
}

/// Sets of queues that hang together by groups who can take several of them: small ones first.
fn sets(queues: usize, groups: &[SkillGroup]) -> Vec<Vec<usize>> {
    let joined = |a: usize, b: usize| groups.iter().any(|group| takes(group, a) && takes(group, b));
    let mut sets: Vec<Vec<usize>> =
        (0..queues).filter(|&queue| groups.iter().any(|group| takes(group, queue))).map(|queue| vec![queue]).collect();
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

pub(super) fn takes(group: &SkillGroup, queue: usize) -> bool {
    group.abilities.iter().any(|ability| ability.queue.0 == queue && ability.speed > 0.0)
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

    #[test]
    fn heads_beyond_need_cost_something_once_wherever_queues_hang_apart() {
        let queues = ["a", "b", "c"].map(test_instances::voice);
        let forecast = test_instances::forecast(test_instances::grid(1, 60), &vec![vec![50.0]; 3], 180.0);
        let requirement = require(&forecast, &queues, &[], &[], chrono_tz::UTC, &StaffingParams::default());
        let pools = pools_of_people(3, &groups(&[&[0, 1], &[0], &[1], &[2]]));
        let targets = PoolTargets::of_goals(&queues, 1);
        let priced = price_pools(&pools, &requirement, &queues, &targets, &CoverPriceParams::default());
        let beyond = |pool: &QueuePool| pool.curves[0].pieces().last().map(|piece| piece.slope);
        // Four an hour in the pool of the first two queues and in that of the third, nothing in the first and second by themselves.
        assert_eq!(priced.iter().map(beyond).collect::<Vec<_>>(), [Some(0.0), Some(0.0), Some(4.0), Some(4.0)]);
    }

    #[test]
    fn a_head_is_worth_less_the_more_there_are() {
        let queues = [test_instances::voice("orders")];
        let forecast = test_instances::forecast(test_instances::grid(1, 30), &[vec![100.0]], 180.0);
        let requirement = require(&forecast, &queues, &[], &[], chrono_tz::UTC, &StaffingParams::default());
        let pools = pools_of_people(1, &groups(&[&[0]]));
        let targets = PoolTargets::of_goals(&queues, 1);
        let params = CoverPriceParams::default();
        let priced = price_pools(&pools, &requirement, &queues, &targets, &params);
        let slopes: Vec<f64> = priced[0].curves[0].pieces().iter().map(|piece| piece.slope).collect();
        assert!(slopes.len() > 14 && slopes.windows(2).all(|pair| pair[0] <= pair[1]), "{slopes:?}");
        // A little more than thirteen reach the target, where a head is worth 0.15 × 60 an hour × half an hour.
        let of_target = slopes[12];
        assert!((of_target - -4.5).abs() < 0.5, "{of_target}");
        assert!(slopes[14] > 0.6 * of_target, "two heads further on it is worth much less");
    }
}
