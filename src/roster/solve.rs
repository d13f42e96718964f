//! The engine as a page: prepare, build, prove, improve, write out.

use std::time::Instant;

use rayon::prelude::*;

use crate::domain::labour::{Conflict, Rule};
use crate::domain::progress::Progress;
use crate::domain::roster::Bound;
use crate::domain::units::Money;

use super::bundle::Bundle;
use super::conflict;
use super::finish::roster_of;
use super::improve::{Searches, construct, dive, sweep};
use super::incumbent::Incumbent;
use super::lagrangian::{Prices, evaluate, project};
use super::pricing::Scratch;
use super::problem::{RosterParams, RosterProblem, Solution};
use super::world::World;

/// Finds a legal roster of low cost and proves how far from the best it can be.
///
/// Work is counted in agents priced. The result depends on the problem, the seed and the work alone.
///
/// # Errors
/// The conflicts that leave no legal roster: agents whose rules cannot be kept together, or sites without the seats.
pub fn solve(
    problem: &RosterProblem<'_>,
    params: &RosterParams,
    progress: &dyn Progress,
) -> Result<Solution, Vec<Conflict>> {
    let world = World::new(problem).map_err(|stuck| conflict::of_agents(problem, &stuck))?;
    let mut scratch = Scratch::default();
    let roster = construct(&world, &mut scratch).map_err(|agent| vec![conflict::of_seats(problem, agent)])?;
    let mut search = Search::new(&world, params, progress, roster);
    search.run(&mut scratch);
    Ok(search.finish())
}

/// The search between its stages.
struct Search<'a> {
    world: &'a World<'a>,
    params: &'a RosterParams,
    progress: &'a dyn Progress,
    roster: Incumbent,
    bound: f64,
    work: u64,
    budget: u64,
    started: Instant,
}

impl<'a> Search<'a> {
    fn new(world: &'a World<'a>, params: &'a RosterParams, progress: &'a dyn Progress, roster: Incumbent) -> Self {
        let agents = world.models.len() as u64;
        let budget = params.work.unwrap_or_else(|| usual_work(agents));
        Self {
            world,
            params,
            progress,
            roster,
            bound: f64::NEG_INFINITY,
            work: agents,
            budget,
            started: Instant::now(),
        }
    }

    /// Re-plans until nobody gains much; then prices, dives that follow the fractions behind them, and the long search.
    fn run(&mut self, scratch: &mut Scratch) {
        self.settle(scratch);
        let bundle = self.raise_bound();
        self.dive(&bundle);
        self.search();
    }

    fn settle(&mut self, scratch: &mut Scratch) {
        const WORTH_ANOTHER: f64 = 1e-3;
        while !self.done() {
            self.work += self.agents();
            if sweep(self.world, &mut self.roster, scratch) <= WORTH_ANOTHER * self.roster.cost().abs() {
                break;
            }
        }
    }

    /// Raises the bound until it stands still or has had its share of the work.
    fn raise_bound(&mut self) -> Bundle {
        const SHARE: f64 = 0.4;
        const STILL: f64 = 1e-5;
        const ROUNDS: u32 = 8;
        let mut bundle = Bundle::new(self.world, self.first_prices());
        self.work += self.agents();
        let (mut before, mut round) = (bundle.bound, 0);
        while !self.done() && (self.work as f64) < SHARE * self.budget as f64 {
            bundle.advance(self.world);
            self.work += self.agents();
            self.bound = bundle.bound;
            round += 1;
            if round % ROUNDS == 0 {
                self.report();
                if bundle.bound - before < STILL * bundle.bound.abs() {
                    break;
                }
                before = bundle.bound;
            }
        }
        self.bound = bundle.bound;
        self.report();
        bundle
    }

    /// The roster's marginal prices, scaled to where the bound is best: a roster that is short or over nearly nowhere
    /// prices work between nothing and the price of being short, far from what one more hour really costs.
    fn first_prices(&mut self) -> Prices {
        const SCALES: [f64; 6] = [1.0, 0.6, 0.4, 0.25, 0.15, 0.1];
        let marginal = self.roster.marginal_prices(self.world);
        let mut best = (f64::NEG_INFINITY, marginal.clone());
        for scale in SCALES {
            let mut prices: Prices = marginal.iter().map(|price| price * scale).collect();
            project(self.world, &mut prices);
            let bound = evaluate(self.world, &prices).bound;
            self.work += self.agents();
            if bound > best.0 {
                best = (bound, prices);
            }
        }
        best.1
    }

    /// Rosters made of the fractions behind the prices; the best one is kept if it beats what there is.
    fn dive(&mut self, bundle: &Bundle) {
        const DIVES: u64 = 4;
        const SWEEPS: u64 = 2;
        if self.done() {
            return;
        }
        let loads: Vec<Vec<f64>> = (0..self.world.models.len()).map(|agent| bundle.mixture.load(agent)).collect();
        let found: Vec<Option<Incumbent>> = (0..DIVES)
            .into_par_iter()
            .map_init(Scratch::default, |scratch, index| {
                let mut roster =
                    dive(self.world, &loads, self.params.seed.wrapping_mul(DIVES).wrapping_add(index), scratch)?;
                for _ in 0..SWEEPS {
                    sweep(self.world, &mut roster, scratch);
                }
                Some(roster)
            })
            .collect();
        self.work += self.agents() * DIVES * (1 + SWEEPS);
        for roster in found.into_iter().flatten() {
            if roster.cost() < self.roster.cost() {
                self.roster = roster;
            }
        }
        self.report();
    }

    /// Searches that accept dearer rosters at first and less and less so.
    fn search(&mut self) {
        const MOVES: usize = 50;
        /// What a move may cost at the start, as a share of what an agent costs.
        const WARMTH: f64 = 0.004;
        if self.agents() == 0 {
            return;
        }
        let warmth = WARMTH * self.roster.cost().abs() / self.agents() as f64;
        let from = self.work;
        let mut searches = Searches::new(&self.roster, self.params.seed);
        while !self.done() {
            let left = 1.0 - (self.work - from) as f64 / (self.budget - from).max(1) as f64;
            self.work += searches.advance(self.world, MOVES, warmth * left);
            if let Some(best) = searches.best() {
                self.roster.clone_from(best);
            }
            self.report();
        }
    }

    fn agents(&self) -> u64 {
        self.world.models.len() as u64
    }

    fn gap(&self) -> f64 {
        let cost = self.roster.cost();
        (cost - self.bound) / cost.abs().max(1e-9)
    }

    fn done(&self) -> bool {
        let late = self.params.time_limit.is_some_and(|limit| self.started.elapsed() >= limit);
        self.work >= self.budget || late || self.gap() <= self.params.target_gap
    }

    fn report(&self) {
        self.progress.advance(self.work.min(self.budget), self.budget);
        let figures = [("work", self.work as f64), ("objective", self.roster.cost()), ("bound", self.bound)];
        self.progress.measure("roster", &figures);
    }

    /// Seats are left out of the bound where they could run out.
    fn relaxed(&self) -> Vec<Rule> {
        if self.world.seats.iter().any(Option::is_some) { vec![Rule::Seats] } else { Vec::new() }
    }

    fn finish(self) -> Solution {
        Solution {
            roster: roster_of(self.world, &self.roster.lines),
            bound: Bound {
                objective: rounded_down(self.bound, self.world),
                unavoidable_wages: rounded_down(self.world.unavoidable_wages(), self.world),
            },
            relaxed: self.relaxed(),
            work: self.work,
        }
    }
}

/// Work that usually brings a good roster: agents priced.
fn usual_work(agents: u64) -> u64 {
    (250 * agents).min(12_000 + 100 * agents).max(6_000)
}

/// Money below a bound computed in floating point, by more than the rounding of single
/// payroll rows and curves to a millionth can add up to.
fn rounded_down(bound: f64, world: &World<'_>) -> Money {
    let payroll = world.models.len() as f64 * f64::from(world.problem.period.weeks) * 7.0 * 8.0;
    let curves = (world.axis.grid * world.problem.cover.queues.len()) as f64;
    let slack = 1e-5 * payroll + 1e-6 * curves + 1e-9 * bound.abs();
    Money::rounded(bound - slack)
}
