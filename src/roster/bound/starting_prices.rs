//! Prices to start from: what a bit more work saves beside a roster.

use rayon::prelude::*;

use crate::roster::cover::simplex::Simplex;
use crate::roster::instance::World;
use crate::roster::instance::head_counts::gain_of_count;
use crate::roster::instance::line::Line;

use super::lagrangian::Prices;

/// What a bit of work is worth per queue and interval, smoothed over neighbouring intervals: prices to start from.
pub(crate) fn marginal_prices(world: &World<'_>, lines: &[Option<Line>]) -> Prices {
    const EACH_SIDE: usize = 3;
    let queues = world.problem.cover.queues.len();
    let heads = world.heads_at_work(lines);
    let marginal: Vec<Vec<f64>> = heads
        .par_iter()
        .enumerate()
        .map_init(Simplex::default, |simplex, (t, heads)| {
            simplex.solve(&world.transport.demand(t, heads), None);
            simplex.prices().iter().map(|price| (-price).max(0.0)).collect()
        })
        .collect();
    let smoothed = |t: usize, price: &dyn Fn(usize) -> f64| {
        let near = t.saturating_sub(EACH_SIDE)..(t + EACH_SIDE + 1).min(world.axis.grid);
        near.clone().map(price).sum::<f64>() / near.len() as f64
    };
    let mut prices = Vec::with_capacity(world.headcounts.prices());
    for t in 0..world.axis.grid {
        prices.extend((0..queues).map(|q| smoothed(t, &|at| marginal[at][q])));
    }
    let saved = marginal_of_counts(world, lines);
    for row in saved.chunks(world.axis.grid.max(1)) {
        prices.extend((0..row.len()).map(|t| smoothed(t, &|at| row[at])));
    }
    prices
}

/// What one more to each count saves, in the order of prices.
fn marginal_of_counts(world: &World<'_>, lines: &[Option<Line>]) -> Vec<f64> {
    let counts = world.headcounts.counts(&world.axis, lines);
    let saves = |((row, t), count): ((usize, usize), f64)| gain_of_count(world.problem, (row, t), count, 1);
    world.headcounts.places().zip(counts).map(saves).collect()
}
