//! The heads of all lines in fractions, shared among queues, and the prices that follow: the queues' part of [`super::restricted_master`].

use std::ops::Range;

use crate::roster::cover::cost_curve::Curve;
use crate::roster::cover::skill_groups::SkillGroups;
use crate::roster::instance::Instance;

use super::dual_prices::Centre;
use super::piecewise_load::TINY;
use super::pool_loads::PoolLoads;

/// Flows of heads to queues, and what they make of prices.
#[derive(Clone, Debug)]
pub(super) struct HeadFlows {
    /// `flow[(interval × groups + group) × queues + queue]`, heads.
    flow: Vec<f64>,
    /// `supply[interval × queues + queue]`, speed counted.
    supply: Vec<f64>,
    /// Prices μ(y), in the same order.
    price: Vec<f64>,
    /// Heads in pools of queues.
    pools: PoolLoads,
    /// `worth[group × intervals + interval]`: what a head of the group is worth in its pools, and the best price times speed open to it.
    worth: Vec<f64>,
    /// `chosen[interval × groups + group]`: that best, with the queue that gives it and the speed there; none for a group without skills, or
    /// where queues ask for nobody by themselves.
    chosen: Vec<Option<Best>>,
    /// Per queue the groups that can serve it, and how fast.
    servers: Vec<Vec<(usize, f64)>>,
    /// Whether any queue asks for heads by itself.
    asks: bool,
    /// Whether heads or prices of an interval moved since its heads were last balanced.
    moved: Vec<bool>,
    intervals: usize,
    queues: usize,
    groups: usize,
    /// The intervals in which heads may still come and go.
    open: Range<usize>,
}

/// Where a head is worth most.
#[derive(Clone, Copy, Debug)]
struct Best {
    queue: usize,
    speed: f64,
    worth: f64,
}

/// Heads not worth moving from queue to queue.
const HARDLY: f64 = 1e-4;

impl HeadFlows {
    /// Nobody is there, and nothing has a price yet.
    pub(crate) fn new(instance: &Instance<'_>) -> Self {
        let (intervals, queues, groups) =
            (instance.slot_grid.intervals, instance.problem.cover.queues.len(), instance.skill_groups.groups());
        let serves = |group: usize, queue: usize| instance.skill_groups.speeds(group).find(|&(of, _)| of == queue);
        let servers =
            |queue| (0..groups).filter_map(|group| Some((group, serves(group, queue)?.1))).collect::<Vec<_>>();
        Self {
            flow: vec![0.0; groups * intervals * queues],
            supply: vec![0.0; intervals * queues],
            price: vec![0.0; intervals * queues],
            pools: PoolLoads::new(instance),
            worth: vec![0.0; groups * intervals],
            chosen: vec![None; groups * intervals],
            servers: (0..queues).map(servers).collect(),
            asks: instance.bound_curves.iter().flatten().any(|curve| !curve.is_free()),
            moved: vec![true; intervals],
            intervals,
            queues,
            groups,
            open: 0..intervals,
        }
    }

    /// Prices μ(y): `[interval × queues + queue]`.
    pub(crate) fn prices(&self) -> &[f64] {
        &self.price
    }

    /// Prices of pools: `[interval × pools + pool]`.
    pub(super) fn pool_prices(&self) -> &[f64] {
        self.pools.prices()
    }

    /// What a head of a group is worth in each interval.
    pub(crate) fn worth(&self, group: usize) -> &[f64] {
        &self.worth[group * self.intervals..(group + 1) * self.intervals]
    }

    /// The intervals in which heads may still come and go.
    pub(crate) fn open(&self) -> &Range<usize> {
        &self.open
    }

    /// Groups times intervals: what balancing looks at.
    pub(crate) fn places(&self) -> usize {
        self.worth.len()
    }

    /// Prices that move with a head, on average: that of its queue, and those of its pools.
    pub(crate) fn prices_of_head(&self) -> usize {
        1 + self.pools.of_head()
    }

    /// What the cover costs.
    pub(crate) fn cost(&self, instance: &Instance<'_>) -> f64 {
        let mut cover = 0.0;
        for (t, curves) in instance.bound_curves.iter().enumerate().filter(|(t, _)| self.open.contains(t)) {
            for (q, curve) in curves.iter().enumerate() {
                cover += curve.cost(self.supply[t * self.queues + q]) + instance.cost_of_nobody(t, q);
            }
            cover += self.pools.cost(instance, t);
        }
        cover
    }

    /// Recomputes all prices, after the centre moved.
    pub(super) fn reprice(&mut self, instance: &Instance<'_>, centre: &Centre) {
        for t in self.open.clone() {
            for q in 0..self.queues {
                self.reprice_queue(instance, centre, t, q);
            }
            self.pools.reprice(instance, centre, t);
            for group in 0..instance.skill_groups.groups() {
                self.reprice_group(instance, t, group);
            }
        }
        self.moved[self.open.clone()].fill(true);
    }

    /// Heads come and go in some intervals only from now on: elsewhere they are worth nothing.
    pub(super) fn keep_to(&mut self, open: Range<usize>) {
        for worth in self.worth.chunks_mut(self.intervals.max(1)) {
            worth[..open.start].fill(0.0);
            worth[open.end..].fill(0.0);
        }
        self.open = open;
    }

    /// Moves heads between queues wherever something moved since the last time.
    pub(super) fn balance(&mut self, instance: &Instance<'_>, centre: &Centre) {
        for t in self.open.clone() {
            if std::mem::take(&mut self.moved[t]) {
                (0..instance.skill_groups.groups()).for_each(|group| self.balance_at(instance, centre, group, t));
            }
        }
    }

    /// New heads serve the queue that values them most; those without skills serve none.
    pub(crate) fn add(&mut self, instance: &Instance<'_>, centre: &Centre, group: usize, t: usize, heads: f64) {
        self.pool(instance, centre, (group, t), heads);
        if let Some(best) = self.chosen[self.place(group, t)] {
            self.serve(instance, centre, (group, t, best.queue), heads, best.speed);
        }
    }

    /// Heads that leave are those that are valued least.
    pub(crate) fn take(&mut self, instance: &Instance<'_>, centre: &Centre, group: usize, t: usize, heads: f64) {
        self.pool(instance, centre, (group, t), -heads);
        let mut left = heads;
        while left > TINY {
            let Some((_, q, speed)) = self.least_valued(&instance.skill_groups, group, t) else { break };
            let flow = self.flow[self.place(group, t) * self.queues + q];
            let moved = flow.min(left);
            self.serve(instance, centre, (group, t, q), -moved, speed);
            left -= moved;
        }
    }

    /// Heads of a group come to the pools they count in, or leave them.
    fn pool(&mut self, instance: &Instance<'_>, centre: &Centre, (group, t): (usize, usize), heads: f64) {
        if self.pools.attend(instance, centre, (group, t), heads) {
            for (other, worth) in self.pools.worths(t).iter().enumerate() {
                let served = self.chosen[t * self.groups + other].map_or(0.0, |best| best.worth);
                self.worth[other * self.intervals + t] = served + worth;
            }
        }
    }

    /// The queue served by a group to which a head is worth least.
    fn least_valued(&self, skill_groups: &SkillGroups, group: usize, t: usize) -> Option<(f64, usize, f64)> {
        let row = self.place(group, t) * self.queues;
        let served = skill_groups.speeds(group).filter(|&(q, _)| self.flow[row + q] > 0.0);
        served.map(|(q, speed)| (speed * self.price[t * self.queues + q], q, speed)).min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// Moves heads of a group from where they are worth least to where they are worth most.
    fn balance_at(&mut self, instance: &Instance<'_>, centre: &Centre, group: usize, t: usize) {
        let place = self.place(group, t);
        let Some(Best { queue: to, speed: fast, worth: high }) = self.chosen[place] else { return };
        let Some((low, from, slow)) = self.least_valued(&instance.skill_groups, group, t) else { return };
        if high - low <= TINY || to == from {
            return;
        }
        let moved = ((high - low) / (centre.proximity_weight * (slow * slow + fast * fast)))
            .min(self.flow[place * self.queues + from]);
        if moved <= HARDLY {
            return;
        }
        self.serve(instance, centre, (group, t, from), -moved, slow);
        self.serve(instance, centre, (group, t, to), moved, fast);
    }

    /// Changes a flow and the prices that depend on it.
    fn serve(&mut self, instance: &Instance<'_>, centre: &Centre, at: (usize, usize, usize), heads: f64, speed: f64) {
        let (group, t, q) = at;
        self.moved[t] = true;
        let place = self.place(group, t);
        let flow = &mut self.flow[place * self.queues + q];
        *flow += heads;
        if *flow < TINY * TINY {
            *flow = 0.0;
        }
        self.supply[t * self.queues + q] += heads * speed;
        let before = self.price[t * self.queues + q];
        self.reprice_queue(instance, centre, t, q);
        let price = self.price[t * self.queues + q];
        for at in 0..self.servers[q].len() {
            let (group, speed) = self.servers[q][at];
            let place = self.place(group, t);
            let chosen = self.chosen[place];
            if chosen.is_none_or(|best| best.queue == q) && price < before {
                self.reprice_group(instance, t, group);
            } else if chosen.is_some_and(|best| speed * price >= best.worth) {
                self.choose(group, t, Some(Best { queue: q, speed, worth: speed * price }));
            }
        }
    }

    fn reprice_queue(&mut self, instance: &Instance<'_>, centre: &Centre, t: usize, q: usize) {
        let at = t * self.queues + q;
        let (middle, proximity_weight) = (centre.prices.work(t, q), centre.proximity_weight);
        self.price[at] = proximal_price(&instance.bound_curves[t][q], self.supply[at], middle, proximity_weight);
    }

    fn reprice_group(&mut self, instance: &Instance<'_>, t: usize, group: usize) {
        let best = || instance.skill_groups.worth(group, |q| self.price[t * self.queues + q]);
        let best = if self.asks { best() } else { None };
        self.choose(group, t, best.map(|(worth, queue, speed)| Best { queue, speed, worth }));
    }

    fn choose(&mut self, group: usize, t: usize, best: Option<Best>) {
        let place = self.place(group, t);
        self.chosen[place] = best;
        self.worth[group * self.intervals + t] = best.map_or(0.0, |best| best.worth) + self.pools.worths(t)[group];
    }

    /// Where a group stands in an interval.
    fn place(&self, group: usize, t: usize) -> usize {
        t * self.groups + group
    }
}

/// μ(y) of [`super::restricted_master`]'s formula: n is where the curve's slope meets the price that the difference n − y sets.
pub(super) fn proximal_price(curve: &Curve, supply: f64, middle: f64, proximity_weight: f64) -> f64 {
    curve.price_near(supply, middle, proximity_weight)
}
