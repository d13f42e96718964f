//! What heads are worth in pools of people: the price of cover where people are shared ([`super::pools`]).

use rayon::prelude::*;

use super::params::CoverPriceParams;
use super::pool_targets::PoolTargets;
use super::pooled::{Interval, Pooled};
use super::pools::PoolOfPeople;
use crate::domain::cover::{CoverCurve, CoverPiece, QueuePool};
use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;

/// What the last head required is worth in a pool, as a share of the price of being short: a head stands in several pools at once.
const AT_REQUIREMENT: f64 = 0.15;

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
        let curves = (0..requirement.grid.len()).into_par_iter().map(curve).collect();
        QueuePool { queues: queues_of, heads: pool.heads.clone(), curves }
    };
    pools.par_iter().map(priced).collect()
}

impl PoolOfPeople {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::{Minutes, Money, Seconds, Share};
    use crate::domain::workforce::{Ability, SkillGroup};
    use crate::staffing::pools::pools_of_people;
    use crate::staffing::{StaffingParams, erlang, require, test_instances};

    /// Groups that can take some queues each, at usual speed.
    fn groups(of: &[&[usize]]) -> Vec<SkillGroup> {
        let ability = |&queue: &usize| Ability { queue: QueueIx(queue), speed: 1.0, priority: 1 };
        of.iter().map(|queues| SkillGroup { abilities: queues.iter().map(ability).collect() }).collect()
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
    fn where_contacts_have_a_price_a_head_saves_what_is_lost_without_it() {
        // A hundred calls of 180 s in half an hour, who wait 100 s on average, at 6 each; nothing is promised.
        let mut queue = test_instances::voice("orders");
        (queue.goal.share, queue.patience) = (Share::NONE, Some(Seconds::clamped(100.0)));
        queue.price_lost = Money::rounded(6.0);
        let queues = [queue];
        let forecast = test_instances::forecast(test_instances::grid(1, 30), &[vec![100.0]], 180.0);
        let requirement = require(&forecast, &queues, &[], &[], chrono_tz::UTC, &StaffingParams::default());
        let pools = pools_of_people(1, &groups(&[&[0]]));
        let targets = PoolTargets::of_goals(&queues, 1);
        let priced = price_pools(&pools, &requirement, &queues, &targets, &CoverPriceParams::default());
        let saved = |heads: f64| priced[0].curves[0].cost(heads - 1.0) - priced[0].curves[0].cost(heads);
        let lost = |heads: u64| {
            let demand = erlang::Demand { contacts: 100.0, interval: Minutes::new(30), aht: Seconds::clamped(180.0) };
            let answer = erlang::a(&demand, Seconds::clamped(100.0), Seconds::clamped(20.0), heads);
            600.0 * answer.outcome.p_abandon.get()
        };
        assert!((saved(10.0) - (lost(9) - lost(10))).abs() < 1e-6, "{} {}", saved(10.0), lost(9) - lost(10));
        assert!((saved(14.0) - (lost(13) - lost(14))).abs() < 1e-6, "{} {}", saved(14.0), lost(13) - lost(14));
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
