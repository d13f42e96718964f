//! The heads of all lines in pools of queues, in fractions, and the prices that follow: the pools' part of [`super::restricted_master`].

use crate::roster::cover::cost_curve::price_near;
use crate::roster::instance::Instance;

use super::dual_prices::Centre;

/// Heads in pools, and what they make of prices.
#[derive(Clone, Debug)]
pub(super) struct PoolLoads {
    /// `supply[interval × pools + pool]`, heads by what they are worth in the pool.
    supply: Vec<f64>,
    /// Prices of pools, in the same order.
    price: Vec<f64>,
    /// The piece of its curve on which each price was found last.
    piece: Vec<u32>,
    /// `worth[interval × groups + group]`: what a head of the group is worth in all its pools.
    worth: Vec<f64>,
    /// `each[pool × groups + group]`: what a head of the group counts for in the pool.
    each: Vec<f64>,
    pools: usize,
    groups: usize,
}

impl PoolLoads {
    /// Nobody is there, and nothing has a price yet.
    pub(super) fn new(instance: &Instance<'_>) -> Self {
        let (intervals, pools, groups) =
            (instance.slot_grid.intervals, instance.pools.len(), instance.skill_groups.groups());
        let mut each = vec![0.0; pools * groups];
        for pool in 0..pools {
            instance.pools.groups(pool).iter().for_each(|&(group, worth)| each[pool * groups + group] = worth);
        }
        Self {
            supply: vec![0.0; intervals * pools],
            price: vec![0.0; intervals * pools],
            piece: vec![0; intervals * pools],
            worth: vec![0.0; intervals * groups],
            each,
            pools,
            groups,
        }
    }

    /// Prices: `[interval × pools + pool]`.
    pub(super) fn prices(&self) -> &[f64] {
        &self.price
    }

    /// What a head of each group is worth in all its pools in an interval.
    pub(super) fn worths(&self, t: usize) -> &[f64] {
        &self.worth[t * self.groups..(t + 1) * self.groups]
    }

    /// Pools in which a head counts, on average over the groups.
    pub(super) fn of_head(&self) -> usize {
        self.each.iter().filter(|worth| **worth > 0.0).count().div_ceil(self.groups.max(1))
    }

    /// What an interval's pools cost.
    pub(super) fn cost(&self, instance: &Instance<'_>, t: usize) -> f64 {
        let of_pool = |pool: usize| {
            let there = self.supply[t * self.pools + pool];
            instance.pools.curve(t, pool).cost(there) + instance.pools.cost_of_nobody(t, pool)
        };
        (0..self.pools).map(of_pool).sum()
    }

    /// Recomputes an interval's prices and worths, after the centre moved.
    pub(super) fn reprice(&mut self, instance: &Instance<'_>, centre: &Centre, t: usize) {
        self.worth[t * self.groups..(t + 1) * self.groups].fill(0.0);
        for pool in 0..self.pools {
            self.price[t * self.pools + pool] = 0.0;
            self.settle(instance, centre, (t, pool));
        }
    }

    /// Heads of a group come to its pools, or leave them; whether that moved any price.
    pub(super) fn attend(
        &mut self,
        instance: &Instance<'_>,
        centre: &Centre,
        (group, t): (usize, usize),
        heads: f64,
    ) -> bool {
        let mut moved = false;
        for &(pool, worth) in instance.pools.of_group(group) {
            self.supply[t * self.pools + pool] += worth * heads;
            moved |= self.settle(instance, centre, (t, pool));
        }
        moved
    }

    /// Brings the price of a pool to where its heads put it; whether it moved.
    fn settle(&mut self, instance: &Instance<'_>, centre: &Centre, (t, pool): (usize, usize)) -> bool {
        let at = t * self.pools + pool;
        let (middle, weight) = (centre.prices.pool(t, pool), centre.proximity_weight * instance.pools.scale());
        let pieces = instance.pools.pieces(t, pool);
        let price = price_near(pieces, (self.supply[at], middle, weight), &mut self.piece[at]);
        let rise = price - std::mem::replace(&mut self.price[at], price);
        if rise.abs() <= 0.0 {
            return false;
        }
        let each = &self.each[pool * self.groups..(pool + 1) * self.groups];
        let worths = &mut self.worth[t * self.groups..(t + 1) * self.groups];
        worths.iter_mut().zip(each).for_each(|(worth, each)| *worth += each * rise);
        true
    }
}
