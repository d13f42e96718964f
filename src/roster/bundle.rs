//! Good prices by a proximal bundle method (Kiwiel 1990; Frangioni 2002): the pool of each agent's lines is a model of L
//! from above, its maximum near the best prices so far is the next trial, and the agents answer with new lines.
//!
//! One model per agent, or per block of agents alike, makes it sharp where a subgradient method would swing; the master is [`super::mixture`].

use super::lagrangian::{Evaluation, Prices, evaluate, project};
use super::mixture::{Centre, Mixture};
use super::world::World;

/// Prices on their way up, with the fractional roster that goes with them.
#[derive(Clone, Debug)]
pub(super) struct Bundle {
    /// Lines in fractions.
    pub(super) mixture: Mixture,
    /// Best bound so far, in the currency.
    pub(super) bound: f64,
    /// What the model of the last round promised beyond the best bound: nothing left to hope for when it is small.
    pub(super) hoped: f64,
    centre: Centre,
    nulls: u32,
}

/// Passes over all agents between two evaluations.
const PASSES: usize = 20;

impl Bundle {
    /// Starts at some prices.
    pub(super) fn new(world: &World<'_>, mut prices: Prices) -> Self {
        project(world, &mut prices);
        let stiffness = 0.1 * world.typical_price().max(1e-6);
        let first = evaluate(world, &prices);
        let centre = Centre { prices, stiffness };
        Self {
            mixture: Mixture::new(world, &first.lines, &centre),
            bound: first.bound,
            hoped: f64::INFINITY,
            centre,
            nulls: 0,
        }
    }

    /// One round: settle the master, ask everyone, move the centre if the answer is better.
    pub(super) fn advance(&mut self, world: &World<'_>) {
        const ENOUGH: f64 = 0.1;
        let ev = |n: &str, d: f64| std::env::var(n).map_or(d, |v| v.parse().unwrap());
        let t0 = std::time::Instant::now();
        self.mixture.settle(world, &self.centre, ev("PASSES", PASSES as f64) as usize);
        let t1 = t0.elapsed().as_secs_f64();
        let mut trial = self.mixture.price.clone();
        project(world, &mut trial);
        let Evaluation { bound, lines, fixed } = evaluate(world, &trial);
        let t2 = t0.elapsed().as_secs_f64();
        let model = fixed + self.mixture.least_scores(world);
        let (hoped, gained) = (model - self.bound, bound - self.bound);
        if gained > 0.0 && gained >= ENOUGH * hoped {
            self.centre.prices = trial;
            if gained >= 0.5 * hoped {
                self.centre.stiffness *= 1.3;
            }
            self.nulls = 0;
        } else {
            self.nulls += 1;
            if self.nulls >= 3 {
                self.centre.stiffness *= 0.8;
                self.nulls = 0;
            }
        }
        self.hoped = hoped - gained.max(0.0);
        self.bound = self.bound.max(bound);
        self.mixture.offer(world, &lines);
        self.mixture.age();
        self.mixture.reprice(world, &self.centre);
        if std::env::var("DBG").is_ok() {
            println!("    settle {t1:.3} eval {:.3} rest {:.3} bound {:.2} trial {bound:.2} hoped {hoped:.2} gained {gained:.2} stiff {:.4} atoms 0", t2 - t1, t0.elapsed().as_secs_f64() - t2, self.bound, self.centre.stiffness);
        }
    }
}
