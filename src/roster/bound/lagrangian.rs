//! The Lagrangian bound: cover rows are priced out, and every agent takes the cheapest line alone.
//!
//! With prices μ(q,t) of work, below zero where too many heads cost, no legal roster costs less than
//!
//! ```text
//! L(μ) = Σ_{q,t} min_n [cost_{q,t}(n) + μ n] + Σ_agents min_line [cost(line) − Σ_{worked t} max_q speed μ(q,t)]
//! ```
//!
//! Headcounts h with counts n(h,t) and prices ν(h,t) of their own add `min_n [cost(n) + ν n]` each, and their weight times ν
//! to what an agent's intervals are worth: those at work, or all from a shift's start to its end.
//!
//! So do pools of queues, in each of which a head counts by its group.
//!
//! Heads carried over from the roster before are lines without a choice: their worth alone stands in the sum.
//! Pricing is exact for an agent's own rules, so the bound holds for any prices, wherever they come from (Geoffrion 1974).
//! Seats are left out of it.

use std::ops::Range;

use rayon::prelude::*;

use crate::roster::instance::Instance;
use crate::roster::instance::head_counts::{AgentClass, CountPart};
use crate::roster::instance::line::Line;
use crate::roster::pricing::allowed_choices::FixedDays;
use crate::roster::pricing::cheapest_line::{cheapest_of, cheapest_within};
use crate::roster::pricing::completion_bound::PriceHint;
use crate::roster::pricing::scratch::Scratch;
use crate::roster::pricing::shift_prices::{Values, line_of_path, line_within};

use super::dual_prices::DualPrices;

/// L at some prices, with what the agents would do.
#[derive(Clone, Debug)]
pub(crate) struct Evaluation {
    /// What the lines found make of L, in the currency: the bound, unless some line is not the cheapest of all.
    pub(crate) value: f64,
    /// The bound.
    pub(crate) bound: f64,
    /// The part of the bound that does not depend on the agents.
    pub(crate) fixed: f64,
    /// Everyone's cheapest line, cover left aside in its cost.
    pub(crate) lines: Vec<Line>,
    /// What these lines cost at the prices.
    pub(crate) costs: Vec<f64>,
    /// What no line of theirs costs less than there.
    pub(crate) leasts: Vec<f64>,
}

/// What the slots of a class of agents are worth, as running sums along the slots.
struct Worth {
    at_work: Vec<f64>,
    /// Beside it, breaks included, where that counts.
    on_shift: Option<Vec<f64>>,
}

/// Per class what its heads are worth at some prices.
fn worths(instance: &Instance<'_>, prices: &DualPrices, open: &Range<usize>) -> Vec<Worth> {
    let counted = |parts: &[CountPart], t: usize| {
        let worth = |part: &CountPart| f64::from(part.weight) * prices.heads(part.row, t);
        parts.iter().map(worth).sum::<f64>()
    };
    let of_class = |&AgentClass { group, profile }: &AgentClass| {
        let profile = &instance.headcounts.profiles()[profile];
        let served = |t: usize| if open.contains(&t) { worth_of_head(instance, prices, group, t) } else { 0.0 };
        let on_shift = || instance.along_slots(|t| counted(&profile.on_shift, t));
        Worth {
            at_work: instance.along_slots(|t| served(t) + counted(&profile.at_work, t)),
            on_shift: (!profile.on_shift.is_empty()).then(on_shift),
        }
    };
    instance.headcounts.classes().iter().map(of_class).collect()
}

/// What a head of a group is worth in an interval: at the queue that gives most, and in all its pools.
fn worth_of_head(instance: &Instance<'_>, prices: &DualPrices, group: usize, t: usize) -> f64 {
    let best = instance.skill_groups.worth(group, |q| prices.work(t, q)).map_or(0.0, |best| best.0);
    best + instance.pools.worth(group, |pool| prices.pool(t, pool))
}

/// Where heads can still come and go.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// The intervals; elsewhere work has no price.
    pub(crate) open: Range<usize>,
    /// What the cover of all others costs, in the currency.
    pub(crate) outside: f64,
}

impl Scope {
    /// The whole plan.
    pub(crate) fn whole(instance: &Instance<'_>) -> Self {
        Self { open: 0..instance.slot_grid.intervals, outside: 0.0 }
    }
}

/// What an agent is asked with.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// Where to begin with the prices of what is counted.
    hint: PriceHint,
    /// What the agent may answer.
    pub(crate) choice: AllowedLines,
}

/// What an agent may answer.
#[derive(Clone, Debug, Default)]
pub(crate) enum AllowedLines {
    /// Any line.
    #[default]
    Any,
    /// One line.
    Only(Line),
    /// Lines that are like one of them on all days but the free ones.
    Within(Line, FixedDays),
}

/// Evaluates L at some prices alone.
pub(crate) fn evaluate_once(instance: &Instance<'_>, prices: &DualPrices) -> Evaluation {
    let mut asked = vec![Asked::default(); instance.models.len()];
    evaluate(instance, prices, &Scope::whole(instance), &mut asked, Scratch::default)
}

/// Evaluates L; every agent is priced once, with the scratch space that `scratch` makes.
pub(super) fn evaluate(
    instance: &Instance<'_>,
    prices: &DualPrices,
    scope: &Scope,
    asked: &mut [Asked],
    scratch: fn() -> Scratch,
) -> Evaluation {
    let worths = worths(instance, prices, &scope.open);
    let priced: Vec<(f64, f64, Line)> = asked
        .par_iter_mut()
        .enumerate()
        .map_init(scratch, |scratch, (agent, asked)| {
            let Worth { at_work, on_shift } = &worths[instance.headcounts.class(agent)];
            let values = Values { worth: at_work, present: on_shift.as_deref(), full: None };
            match &asked.choice {
                AllowedLines::Any => {}
                AllowedLines::Only(line) => {
                    let cost = line.cost - values.of(line);
                    return (cost, cost, line.clone());
                }
                AllowedLines::Within(old, fixed_days) => {
                    let (model, library) = (&instance.models[agent], instance.library(agent));
                    let Some(path) = cheapest_within(model, library, &values, fixed_days, scratch) else {
                        return (old.cost - values.of(old), f64::NEG_INFINITY, old.clone());
                    };
                    let line = line_within(instance, agent, &values, &path, old, &fixed_days.free);
                    let cost = line.cost - values.of(&line);
                    return (cost, cost - (path.cost - path.least).max(0.0), line);
                }
            }
            scratch.hint = std::mem::take(&mut asked.hint);
            let path = cheapest_of(instance, agent, &values, scratch).unwrap_or_default();
            asked.hint = std::mem::take(&mut scratch.reached);
            (path.cost, path.least, line_of_path(instance, agent, &values, &path))
        })
        .collect();
    let fixed = apart_from_agents(instance, prices, scope);
    let leasts: Vec<f64> = priced.iter().map(|(_, least, _)| *least).collect();
    let (costs, lines): (Vec<f64>, Vec<Line>) = priced.into_iter().map(|(cost, _, line)| (cost, line)).unzip();
    let (value, bound) = (fixed + costs.iter().sum::<f64>(), fixed + leasts.iter().sum::<f64>());
    Evaluation { value, bound, fixed, lines, costs, leasts }
}

/// What no roster costs less than while work is worth nothing: what wages, wishes and the cheapest cover cost apart. Nobody is priced for it.
pub(crate) fn bound_without_prices(instance: &Instance<'_>) -> f64 {
    let least: f64 = instance.models.iter().map(|model| model.least).sum();
    apart_from_agents(instance, &DualPrices::zero(instance), &Scope::whole(instance)) + least
}

/// The part of L that does not depend on the agents.
fn apart_from_agents(instance: &Instance<'_>, prices: &DualPrices, Scope { open, outside }: &Scope) -> f64 {
    let mut fixed = *outside;
    for (t, curves) in instance.bound_curves.iter().enumerate().filter(|(t, _)| open.contains(t)) {
        for (q, curve) in curves.iter().enumerate() {
            fixed += curve.least_with(prices.work(t, q)) + instance.cost_of_nobody(t, q);
        }
        for pool in 0..instance.pools.len() {
            let least = instance.pools.curve(t, pool).least_with(prices.pool(t, pool));
            fixed += least + instance.pools.cost_of_nobody(t, pool);
        }
    }
    for &(t, group) in instance.carried.heads.iter().filter(|(t, _)| open.contains(t)) {
        fixed -= worth_of_head(instance, prices, group, t);
    }
    for (row, t) in instance.headcounts.places() {
        fixed += instance.headcounts.least_with(instance.problem, row, t, prices.heads(row, t));
    }
    for &(part, t) in instance.headcounts.carried() {
        fixed -= f64::from(part.weight) * prices.heads(part.row, t);
    }
    fixed
}

/// What everyone's line costs at some prices.
pub(super) fn costs_at(instance: &Instance<'_>, prices: &DualPrices, scope: &Scope, lines: &[Line]) -> Vec<f64> {
    let worths = worths(instance, prices, &scope.open);
    let cost = |(agent, line): (usize, &Line)| {
        let Worth { at_work, on_shift } = &worths[instance.headcounts.class(agent)];
        line.cost - Values { worth: at_work, present: on_shift.as_deref(), full: None }.of(line)
    };
    lines.iter().enumerate().map(cost).collect()
}
