//! The engine as a page: prepare, build, prove, improve, write out.

use std::time::Instant;

use crate::domain::labour::{Conflict, Rule};
use crate::domain::progress::Progress;
use crate::domain::roster::Bound;
use crate::domain::units::Money;

use super::bundle::Bundle;
use super::conflict;
use super::finish::roster_of;
use super::improve::{construct, round, sweep};
use super::incumbent::Incumbent;
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
    progress.stage("roster");
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
        let budget = params.work.unwrap_or(agents * 600);
        Self { world, params, progress, roster, bound: f64::NEG_INFINITY, work: agents, budget, started: Instant::now() }
    }

    /// Sweeps, then price steps and search rounds in turn.
    fn run(&mut self, scratch: &mut Scratch) {
        let agents = self.world.models.len() as u64;
        while !self.done() && agents > 0 {
            self.work += agents;
            if sweep(self.world, &mut self.roster, scratch) <= 1e-4 * self.roster.cost().abs() {
                break;
            }
        }
        let mut ascent = Bundle::new(self.world, self.roster.marginal_prices(self.world));
        self.bound = ascent.bound;
        self.report();
        let mut turn = 0;
        while !self.done() {
            for _ in 0..5 {
                ascent.advance(self.world);
                self.work += agents;
            }
            self.bound = ascent.bound;
            self.report();
            let loads: Vec<Vec<f64>> = (0..self.world.models.len()).map(|a| ascent.mixture.load(a)).collect();
            if let Some(mut d) = super::improve::dive(self.world, &loads, turn) {
            let c0 = d.cost();
            let s1 = sweep(self.world, &mut d, scratch); let s2 = sweep(self.world, &mut d, scratch);
            eprintln!("dive {c0} -> {s1} {s2} -> {}", d.cost());
            if d.cost() < self.roster.cost() { self.roster = d; }}
            if std::env::var("NOLS").is_err() {
            self.work += round(self.world, &mut self.roster, self.params.seed.wrapping_add(turn << 20), 40);}
            turn += 1;
            self.report();
        }
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

    fn finish(self) -> Solution {
        Solution {
            roster: roster_of(self.world, &self.roster.lines),
            bound: Bound {
                objective: rounded_down(self.bound, self.world),
                unavoidable_wages: rounded_down(self.world.unavoidable_wages(), self.world),
            },
            relaxed: Vec::<Rule>::new(),
            work: self.work,
        }
    }
}

/// Money below a bound computed in floating point, by more than payroll's rounding of single lines can add up to.
fn rounded_down(bound: f64, world: &World<'_>) -> Money {
    let lines = world.models.len() as f64 * world.problem.period.weeks as f64 * 7.0 * 8.0;
    let slack = 1e-5 * lines + 1e-9 * bound.abs();
    Money::rounded(bound - slack)
}
