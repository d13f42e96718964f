//! The Lagrangian bound: cover rows are priced out, and every agent takes the cheapest line alone.
//!
//! With prices μ(q,t) of work, below zero where too many heads cost, no legal roster costs less than
//!
//! ```text
//! L(μ) = Σ_{q,t} min_n [cost_{q,t}(n) + μ n] + Σ_agents min_line [cost(line) − Σ_{worked t} max_q speed μ(q,t)]
//! ```
//!
//! Heads carried over from the roster before are lines without a choice: their worth alone stands in the sum.
//! Pricing is exact for an agent's own rules, so the bound holds for any prices, wherever they come from (Geoffrion 1974).
//! Seats are left out of it.

use rayon::prelude::*;

use super::curve::Curve;
use super::line::Line;
use super::pricing::{Scratch, Values};
use super::world::World;

/// Prices of work: `prices[interval × queues + queue]`.
pub(super) type Prices = Vec<f64>;

/// L at some prices, with what the agents would do.
#[derive(Clone, Debug)]
pub(super) struct Evaluation {
    /// The bound, in the currency.
    pub(super) bound: f64,
    /// The part of the bound that does not depend on the agents.
    pub(super) fixed: f64,
    /// Everyone's cheapest line, cover left aside in its cost.
    pub(super) lines: Vec<Line>,
}

/// Brings every price back between the slopes of its curve.
pub(super) fn project(world: &World<'_>, prices: &mut Prices) {
    let ranges = world.bound_curves.iter().flatten().map(Curve::price_range);
    for (price, (low, high)) in prices.iter_mut().zip(ranges) {
        *price = price.clamp(low, high);
    }
}

/// Per group what its heads are worth at some prices, as running sums along the axis.
pub(super) fn worths(world: &World<'_>, prices: &Prices) -> Vec<Vec<f64>> {
    let queues = world.problem.cover.queues.len();
    let worth =
        |group: usize, t: usize| world.exchange.worth(group, |q| prices[t * queues + q]).map_or(0.0, |best| best.0);
    (0..world.exchange.groups()).map(|group| world.along_axis(|t| worth(group, t))).collect()
}

/// Evaluates L; every agent is priced once.
pub(super) fn evaluate(world: &World<'_>, prices: &Prices) -> Evaluation {
    let queues = world.problem.cover.queues.len();
    let at = |t: usize, q: usize| prices[t * queues + q];
    let worths = worths(world, prices);
    let priced: Vec<(f64, Line)> = (0..world.models.len())
        .into_par_iter()
        .map_init(Scratch::default, |scratch, agent| {
            let values = Values { worth: &worths[world.models[agent].group], present: None, full: None };
            let path = world.cheapest(agent, &values, scratch).unwrap_or_default();
            (path.cost, world.line(agent, &values, &path))
        })
        .collect();
    let mut fixed = 0.0;
    for (t, curves) in world.bound_curves.iter().enumerate() {
        for (q, curve) in curves.iter().enumerate() {
            fixed += curve.least_with(at(t, q)) + world.cost_of_nobody(t, q);
        }
    }
    for &(t, group) in &world.carried.heads {
        fixed -= world.exchange.worth(group, |q| at(t, q)).map_or(0.0, |best| best.0);
    }
    let bound = fixed + priced.iter().map(|(cost, _)| cost).sum::<f64>();
    Evaluation { bound, fixed, lines: priced.into_iter().map(|(_, line)| line).collect() }
}
