//! Prices to start from: what a bit more work saves beside a roster.

use rayon::prelude::*;

use crate::roster::cover::simplex::Simplex;
use crate::roster::instance::Instance;
use crate::roster::instance::head_counts::gain_of_count;
use crate::roster::instance::line::Line;

use super::dual_prices::DualPrices;

/// Parts of a roster's marginal prices that are tried: where work is short or over nearly nowhere they lie far from what an hour costs.
pub(crate) const SCALES: [f64; 6] = [1.0, 0.6, 0.4, 0.25, 0.15, 0.1];

/// What a bit of work is worth per queue and interval, smoothed over neighbouring intervals: prices to start from.
pub(crate) fn marginal_prices(instance: &Instance<'_>, lines: &[Option<Line>]) -> DualPrices {
    const EACH_SIDE: usize = 3;
    let queues = instance.problem.cover.queues.len();
    let heads = instance.heads_at_work(lines);
    let marginal: Vec<Vec<f64>> = heads
        .par_iter()
        .enumerate()
        .map_init(Simplex::default, |simplex, (t, heads)| {
            simplex.solve(&instance.transport.supply(t, heads), None);
            simplex.prices().iter().map(|price| (-price).max(0.0)).collect()
        })
        .collect();
    let smoothed = |t: usize, price: &dyn Fn(usize) -> f64| {
        let near = t.saturating_sub(EACH_SIDE)..(t + EACH_SIDE + 1).min(instance.slot_grid.intervals);
        near.clone().map(price).sum::<f64>() / near.len() as f64
    };
    let intervals = 0..instance.slot_grid.intervals;
    let work =
        intervals.flat_map(|t| (0..queues).map(move |q| (t, q))).map(|(t, q)| smoothed(t, &|at| marginal[at][q]));
    let saved = marginal_of_counts(instance, lines);
    let of_count = |row: &[f64]| (0..row.len()).map(|t| smoothed(t, &|at| row[at])).collect::<Vec<f64>>();
    let pools = instance.pools.len();
    let by_pool: Vec<Vec<f64>> = heads
        .iter()
        .enumerate()
        .map(|(t, heads)| (0..pools).map(|pool| instance.pools.gain(t, pool, heads).max(0.0)).collect())
        .collect();
    let of_pools = (0..instance.slot_grid.intervals)
        .flat_map(|t| (0..pools).map(move |pool| (t, pool)))
        .map(|(t, pool)| smoothed(t, &|at| by_pool[at][pool]));
    let counts = saved.chunks(instance.slot_grid.intervals.max(1)).flat_map(of_count);
    DualPrices::new(instance, work.collect(), of_pools.collect(), counts.collect())
}

/// What one more to each count saves, in the order of prices.
fn marginal_of_counts(instance: &Instance<'_>, lines: &[Option<Line>]) -> Vec<f64> {
    let counts = instance.headcounts.counts(&instance.slot_grid, lines);
    let saves = |((row, t), count): ((usize, usize), f64)| gain_of_count(instance.problem, (row, t), count, 1);
    instance.headcounts.places().zip(counts).map(saves).collect()
}
