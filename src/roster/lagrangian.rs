//! The Lagrangian bound: cover rows are priced out, and every agent takes the cheapest line alone.
//!
//! With prices μ(q,t) ≥ 0 of work and ν(s,t) ≥ 0 of seats, no legal roster costs less than
//!
//! L(μ,ν) = Σ_{q,t} min_n [cost_{q,t}(n) + μ n] − Σ ν seats
//!        + Σ_agents min_line [cost(line) + Σ_{seated} ν − Σ_{worked t} max(0, max_q speed μ(q,t))].
//!
//! Pricing is exact, so the bound holds for any prices, wherever they come from (Geoffrion 1974).

use rayon::prelude::*;

use super::line::Line;
use super::pricing::{Path, Scratch, Values};
use super::shifts::running;
use super::world::World;

/// Prices of work per interval and queue, and of seats per site and slot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Prices {
    /// `work[interval × queues + queue]`.
    pub(super) work: Vec<f64>,
    /// `seats[site][slot]`; empty where seats cannot run out.
    pub(super) seats: Vec<Vec<f64>>,
}

/// L at some prices, with what the agents would do.
#[derive(Clone, Debug)]
pub(super) struct Evaluation {
    /// The bound, in the currency.
    pub(super) bound: f64,
    /// Work wanted less work supplied per price of work, seats taken less seats per price of a seat.
    pub(super) slack: Prices,
    /// The part of the bound that does not depend on the agents.
    pub(super) fixed: f64,
    /// Everyone's cheapest line, cover left aside in its cost.
    pub(super) lines: Vec<Line>,
}

impl Prices {
    /// Nothing has a price.
    pub(super) fn zero(world: &World<'_>) -> Self {
        let queues = world.problem.cover.queues.len();
        let seats = world.seats.iter().map(|seats| vec![0.0; seats.map_or(0, |_| world.axis.slots)]);
        Self { work: vec![0.0; world.axis.grid * queues], seats: seats.collect() }
    }

    /// Applies a function to each entry and the same entry of another.
    pub(super) fn combine(&mut self, other: &Self, f: impl Fn(f64, f64) -> f64) {
        let seats = self.seats.iter_mut().flatten().zip(other.seats.iter().flatten());
        for (mine, theirs) in self.work.iter_mut().zip(&other.work).chain(seats) {
            *mine = f(*mine, *theirs);
        }
    }

    /// Sum of products with another.
    pub(super) fn dot(&self, other: &Self) -> f64 {
        let seats = self.seats.iter().flatten().zip(other.seats.iter().flatten());
        self.work.iter().zip(&other.work).chain(seats).map(|(a, b)| a * b).sum()
    }

    /// Brings every price back to where it makes sense: work between the slopes of its curve, seats from zero.
    pub(super) fn project(&mut self, world: &World<'_>) {
        let ranges = world.bound_curves.iter().flatten().map(super::flow::Curve::price_range);
        for (price, (low, high)) in self.work.iter_mut().zip(ranges) {
            *price = price.clamp(low, high);
        }
        self.seats.iter_mut().flatten().for_each(|price| *price = price.max(0.0));
    }
}

/// Evaluates L; every agent is priced once.
pub(super) fn evaluate(world: &World<'_>, prices: &Prices) -> Evaluation {
    let queues = world.problem.cover.queues.len();
    let at = |t: usize, q: usize| prices.work[t * queues + q];
    let groups = world.exchange.groups();
    let worths: Vec<Vec<f64>> = (0..groups)
        .map(|group| {
            world.along_axis(|t| world.exchange.worth(group, |q| at(t, q)).map_or(0.0, |best| best.0))
        })
        .collect();
    let seats: Vec<Option<Vec<f64>>> = prices
        .seats
        .iter()
        .map(|prices| (!prices.is_empty()).then(|| running(prices.iter().copied())))
        .collect();
    let values = |agent: usize| {
        let model = &world.models[agent];
        Values { worth: &worths[model.group], seat: seats[model.site].as_deref(), full: None }
    };
    let priced: Vec<(f64, Line)> = (0..world.models.len())
        .into_par_iter()
        .map_init(Scratch::default, |scratch, agent| {
            let path: Path = world.cheapest(agent, &values(agent), scratch).unwrap_or_default();
            (path.cost, world.line(agent, &values(agent), &path))
        })
        .collect();

    let mut fixed = 0.0;
    let mut slack = Prices::zero(world);
    for (t, curves) in world.bound_curves.iter().enumerate() {
        for (q, curve) in curves.iter().enumerate() {
            let (least, wanted) = curve.least_with(at(t, q));
            fixed += least + world.cost_of_nobody(t, q);
            slack.work[t * queues + q] = wanted;
        }
    }
    for (site, seats) in world.seats.iter().enumerate() {
        if let Some(seats) = seats {
            slack.seats[site].fill(-f64::from(*seats));
            fixed -= f64::from(*seats) * prices.seats[site].iter().sum::<f64>();
        }
    }
    let mut heads = vec![0.0; groups * world.axis.grid];
    for (model, (_, line)) in world.models.iter().zip(&priced) {
        for t in line.worked().filter_map(|slot| world.axis.in_grid(slot)) {
            heads[model.group * world.axis.grid + t] += 1.0;
        }
        if world.seats[model.site].is_some() {
            line.seated().for_each(|slot| slack.seats[model.site][slot] += 1.0);
        }
    }
    for group in 0..groups {
        for t in 0..world.axis.grid {
            let heads = heads[group * world.axis.grid + t];
            if heads > 0.0
                && let Some((_, q, speed)) = world.exchange.worth(group, |q| at(t, q))
            {
                slack.work[t * queues + q] -= heads * speed;
            }
        }
    }
    let bound = fixed + priced.iter().map(|(cost, _)| cost).sum::<f64>();
    Evaluation { bound, slack, fixed, lines: priced.into_iter().map(|(_, line)| line).collect() }
}
