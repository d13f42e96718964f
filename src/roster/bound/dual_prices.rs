//! Dual prices: what a bit of work is worth to each queue, and what one more is worth to each head count, by interval.

use crate::roster::instance::Instance;

/// Prices per interval of the plan, in the currency; below zero where too much costs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DualPrices {
    /// `work[interval × queues + queue]`: of a head of speed 1 that serves the queue throughout the interval.
    work: Vec<f64>,
    /// `pools[interval × pools + pool]`: of a head in a pool of queues.
    pools: Vec<f64>,
    /// `heads[head count × intervals + interval]`: of one more in the count.
    heads: Vec<f64>,
    queues: usize,
    pool_count: usize,
    intervals: usize,
}

/// The centre of the proximal term.
#[derive(Clone, Debug)]
pub(crate) struct Centre {
    /// μ̂.
    pub(crate) prices: DualPrices,
    /// s: how much a price moves per head that is missing.
    pub(super) proximity_weight: f64,
}

impl DualPrices {
    /// Work is worth nothing, and so are heads.
    pub(crate) fn zero(instance: &Instance<'_>) -> Self {
        let (queues, intervals) = (instance.problem.cover.queues.len(), instance.slot_grid.intervals);
        let pool_count = instance.pools.len();
        Self {
            work: vec![0.0; intervals * queues],
            pools: vec![0.0; intervals * pool_count],
            heads: vec![0.0; instance.headcounts.len() * intervals],
            queues,
            pool_count,
            intervals,
        }
    }

    /// Prices of work by interval, then queue, of pools by interval, then pool, and of heads by head count, then interval.
    pub(super) fn new(instance: &Instance<'_>, work: Vec<f64>, pools: Vec<f64>, heads: Vec<f64>) -> Self {
        let zero = Self::zero(instance);
        debug_assert_eq!((work.len(), pools.len(), heads.len()), (zero.work.len(), zero.pools.len(), zero.heads.len()));
        Self { work, pools, heads, ..zero }
    }

    /// What a head of speed 1 is worth to a queue throughout an interval.
    pub(crate) fn work(&self, interval: usize, queue: usize) -> f64 {
        self.work[interval * self.queues + queue]
    }

    /// What one more head in a pool is worth throughout an interval.
    pub(crate) fn pool(&self, interval: usize, pool: usize) -> f64 {
        self.pools[interval * self.pool_count + pool]
    }

    /// What one more in a head count is worth in an interval.
    pub(crate) fn heads(&self, head_count: usize, interval: usize) -> f64 {
        self.heads[head_count * self.intervals + interval]
    }

    /// These prices where more pools have come behind the others, at first worth nothing; none where anything else has changed.
    pub(crate) fn grown(&self, instance: &Instance<'_>) -> Option<Self> {
        let mut grown = Self::zero(instance);
        if (self.work.len(), self.heads.len()) != (grown.work.len(), grown.heads.len())
            || self.pool_count > grown.pool_count
        {
            return None;
        }
        (grown.work, grown.heads) = (self.work.clone(), self.heads.clone());
        if self.pool_count > 0 {
            let into = grown.pools.chunks_mut(grown.pool_count);
            into.zip(self.pools.chunks(self.pool_count))
                .for_each(|(into, known)| into[..known.len()].copy_from_slice(known));
        }
        Some(grown)
    }

    /// All prices times a factor.
    pub(crate) fn scaled(&self, factor: f64) -> Self {
        let mut scaled = self.clone();
        scaled.all_mut().for_each(|price| *price *= factor);
        scaled
    }

    /// Brings every price back between the slopes of its curve.
    pub(crate) fn project(&mut self, instance: &Instance<'_>) {
        let of_counts =
            instance.headcounts.places().map(|(row, t)| instance.headcounts.curve(instance.problem, row, t));
        let curves = instance.bound_curves.iter().flatten().chain(instance.pools.curves()).chain(of_counts);
        for (price, curve) in self.all_mut().zip(curves) {
            let (low, high) = curve.price_range();
            *price = price.clamp(low, high);
        }
    }

    /// All of them: work by interval, then queue; pools by interval, then pool; heads by head count, then interval.
    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.work.iter_mut().chain(&mut self.pools).chain(&mut self.heads)
    }
}
