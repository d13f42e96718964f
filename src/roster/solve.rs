//! The engine as a page: prepare, build, prove, improve, write out.

use std::time::Instant;

use crate::domain::labour::{Conflict, Rule};
use crate::domain::progress::Progress;
use crate::domain::roster::Bound;
use crate::domain::units::Money;

use super::anneal::Annealing;
use super::bundle::Bundle;
use super::conflict;
use super::dive::dive;
use super::finish::{marginal_prices, roster_of};
use super::improve::{construct, sweep};
use super::incumbent::Incumbent;
use super::lagrangian::{Prices, evaluate, project};
use super::pricing::Scratch;
use super::problem::{RosterParams, RosterProblem, Solution};
use super::world::World;

/// Finds a legal roster of low cost and proves how far from the best it can be.
///
/// Work is counted in agents priced. What is done when depends on the problem and the seed alone; the amount of work only
/// says where it stops, so that a run stopped by the clock is repeated by the work it reports. A first roster
/// and a first bound are made whatever the amount; beyond it goes at most one round of moves.
///
/// # Errors
/// The conflicts that leave no legal roster: agents whose rules cannot be kept together, or sites without the seats.
pub fn solve(
    problem: &RosterProblem<'_>,
    params: &RosterParams,
    progress: &dyn Progress,
) -> Result<Solution, Vec<Conflict>> {
    let started = Instant::now();
    let world = World::new(problem).map_err(|stuck| conflict::of_agents(problem, &stuck))?;
    let mut scratch = Scratch::default();
    let roster = construct(&world, &mut scratch).map_err(|unseated| vec![conflict::of_seats(problem, &unseated)])?;
    let mut search = Search::new(&world, params, progress, roster, started);
    search.run(&mut scratch);
    Ok(search.finish())
}

/// The search between its stages.
struct Search<'a> {
    world: &'a World<'a>,
    params: &'a RosterParams,
    progress: &'a dyn Progress,
    roster: Incumbent,
    /// Cost of the best roster so far.
    cost: f64,
    bound: f64,
    work: u64,
    /// Where to stop.
    budget: u64,
    /// What the stages' shares are shares of: the work that instances of this size usually get.
    usual: u64,
    started: Instant,
}

impl<'a> Search<'a> {
    fn new(
        world: &'a World<'a>,
        params: &'a RosterParams,
        progress: &'a dyn Progress,
        roster: Incumbent,
        started: Instant,
    ) -> Self {
        let agents = world.models.len() as u64;
        let usual = usual_work(agents);
        // Without any price on work the bound is what wages, wishes and the cheapest cover cost apart.
        let free: Prices = vec![0.0; world.axis.grid * world.problem.cover.queues.len()];
        let bound = evaluate(world, &free).bound;
        let budget = params.work.unwrap_or(usual);
        Self { world, params, progress, cost: roster.cost, roster, bound, work: 2 * agents, budget, usual, started }
    }

    /// Re-plans until nobody gains much, then raises the bound, then anneals.
    fn run(&mut self, scratch: &mut Scratch) {
        self.report();
        self.settle(scratch);
        if let Some(bundle) = self.raise_bound() {
            self.dive(&bundle, scratch);
        }
        self.anneal();
    }

    /// A roster made of the fractions behind the bound, re-planned in turn; kept if it is the better one.
    fn dive(&mut self, bundle: &Bundle, scratch: &mut Scratch) {
        const SWEEPS: u64 = 4;
        if !self.affords((1 + SWEEPS) * self.agents()) {
            return;
        }
        self.work += (1 + SWEEPS) * self.agents();
        let Some(lines) = dive(self.world, &bundle.mixture, self.params.seed, scratch) else { return };
        let Some(mut roster) = Incumbent::of(self.world, lines, &mut scratch.sharer) else { return };
        for _ in 0..SWEEPS {
            sweep(self.world, &mut roster, scratch);
        }
        if roster.cost < self.cost {
            self.cost = roster.cost;
            self.roster = roster;
        }
        self.report();
    }

    fn settle(&mut self, scratch: &mut Scratch) {
        const WORTH_ANOTHER: f64 = 1e-2;
        while self.affords(self.agents()) {
            self.work += self.agents();
            if sweep(self.world, &mut self.roster, scratch) <= WORTH_ANOTHER * self.cost.abs() {
                break;
            }
            self.cost = self.roster.cost;
        }
        self.cost = self.roster.cost;
        self.report();
    }

    /// Raises the bound until little more can be hoped for or it has had its share of the work.
    fn raise_bound(&mut self) -> Option<Bundle> {
        /// Share of the usual work, at most.
        const SHARE: f64 = 0.5;
        /// Rounds, those that find the first prices included, after which there is little left to raise.
        const ENOUGH: f64 = 105.0;
        const SETTLED: f64 = 2e-5;
        const ROUNDS: u32 = 8;
        let prices = self.first_prices().filter(|_| self.affords(self.agents()))?;
        let mut bundle = Bundle::new(self.world, prices);
        self.work += self.agents();
        let mut round = 0;
        let most = (SHARE * self.usual as f64).min(ENOUGH * self.agents() as f64);
        while self.affords(self.agents()) && (self.work as f64) < most {
            bundle.advance(self.world);
            self.work += self.agents();
            self.bound = self.bound.max(bundle.bound);
            round += 1;
            if round % ROUNDS == 0 {
                self.report();
            }
            if bundle.hoped <= SETTLED * bundle.bound.abs() {
                break;
            }
        }
        self.report();
        Some(bundle)
    }

    /// The roster's marginal prices, scaled to where the bound is best: a roster that is short or over nearly nowhere
    /// prices work between nothing and the price of being short, far from what one more hour really costs.
    fn first_prices(&mut self) -> Option<Prices> {
        const SCALES: [f64; 6] = [1.0, 0.6, 0.4, 0.25, 0.15, 0.1];
        let marginal = marginal_prices(self.world, &self.roster.lines);
        let mut best = (self.bound, vec![0.0; marginal.len()]);
        for scale in SCALES {
            if !self.affords(self.agents()) {
                return None;
            }
            let mut prices: Prices = marginal.iter().map(|price| price * scale).collect();
            project(self.world, &mut prices);
            let bound = evaluate(self.world, &prices).bound;
            self.work += self.agents();
            if bound > best.0 {
                best = (bound, prices);
            }
        }
        self.bound = best.0;
        Some(best.1)
    }

    /// Annealings that cool down; each starts from the best so far and is twice as long as the one before.
    fn anneal(&mut self) {
        /// Moves of each worker in a round, at least.
        const MOVES: usize = 100;
        /// What a move may cost at the start, as a share of what an agent costs, where there is time to cool.
        const WARMTH: f64 = 0.004;
        /// Work per agent that is time enough.
        const ENOUGH: f64 = 250.0;
        if self.agents() == 0 {
            return;
        }
        let agents = self.agents() as f64;
        let moves = MOVES.max(self.world.models.len() / 4);
        let hurry = (self.usual.saturating_sub(self.work) as f64 / agents / ENOUGH).min(1.0);
        let warmth = WARMTH * hurry * hurry * self.cost.abs() / agents;
        let mut length = self.usual.saturating_sub(self.work).max(self.usual / 4);
        let mut seed = self.params.seed;
        while !self.done() {
            let from = self.work;
            let roster = std::mem::replace(&mut self.roster, Incumbent::nothing());
            let mut annealing = Annealing::new(self.world, roster, seed);
            while !self.done() && self.work - from < length {
                let left = 1.0 - (self.work - from) as f64 / length as f64;
                annealing.advance(self.world, moves, warmth * left);
                self.work = from + annealing.work();
                if annealing.best_cost() < self.cost {
                    self.cost = annealing.best_cost();
                    self.report();
                }
            }
            self.roster = annealing.into_best(self.world);
            self.report();
            length *= 2;
            seed = seed.wrapping_add(1 << 32);
        }
    }

    fn agents(&self) -> u64 {
        self.world.models.len() as u64
    }

    fn gap(&self) -> f64 {
        let cost = self.cost;
        (cost - self.bound) / cost.abs().max(1e-9)
    }

    fn late(&self) -> bool {
        self.params.time_limit.is_some_and(|limit| self.started.elapsed() >= limit)
    }

    fn done(&self) -> bool {
        self.work >= self.budget || self.late() || self.gap() <= self.params.target_gap
    }

    /// Whether a stage of this much work may begin.
    fn affords(&self, work: u64) -> bool {
        self.work + work <= self.budget && !self.done()
    }

    fn report(&self) {
        self.progress.advance(self.work.min(self.budget), self.budget);
        let figures = [("work", self.work as f64), ("objective", self.cost), ("bound", self.bound)];
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
    (350 * agents).min(18_000 + 120 * agents).max(6_000)
}

/// Money below a bound computed in floating point, by more than the rounding of single
/// payroll rows and curves to a millionth can add up to.
fn rounded_down(bound: f64, world: &World<'_>) -> Money {
    let payroll = world.models.len() as f64 * f64::from(world.problem.period.weeks) * 7.0 * 8.0;
    let curves = (world.axis.grid * world.problem.cover.queues.len()) as f64;
    let slack = 1e-5 * payroll + 1e-6 * curves + 1e-9 * bound.abs();
    Money::rounded(bound - slack)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::labour::{LabourRules, StartWindow};
    use crate::domain::progress::Silent;
    use crate::domain::units::Minutes;
    use crate::domain::workforce::WeekMinutes;
    use crate::roster::check::check;
    use crate::roster::check::world::{World as Tiny, lenient};

    /// Shifts of four or six hours that start between 8:00 and 14:00, eleven hours apart.
    fn rules() -> LabourRules {
        LabourRules {
            shift_lengths: vec![Minutes::hours(4), Minutes::hours(6)],
            starts: vec![StartWindow { from: 8 * 60, until: 14 * 60, step: 60 }],
            daily_rest: Minutes::hours(11),
            max_days_per_week: 3,
            ..lenient()
        }
    }

    fn quick() -> RosterParams {
        RosterParams { work: Some(300), ..RosterParams::default() }
    }

    fn owing(mut world: Tiny, hours: i64) -> Tiny {
        for agent in &mut world.workforce.agents {
            agent.weeks = vec![WeekMinutes { min: Minutes::hours(hours), max: Minutes::hours(hours) }];
        }
        world
    }

    #[test]
    fn an_agent_who_owes_more_than_three_days_hold_is_named_with_the_figures() {
        // Three days of six hours are 18 h; 20 h are owed.
        let world = owing(Tiny::new(rules()), 20);
        let conflicts = solve(&world.problem(), &quick(), &Silent).expect_err("no legal week");
        assert_eq!(conflicts[0].rules, [Rule::WeeklyMinutes, Rule::DaysPerWeek]);
        assert!(conflicts[0].detail.contains("1200 min") && conflicts[0].detail.contains("1080 min"));
        assert_eq!(conflicts[0].dates.len(), 7);
    }

    #[test]
    fn one_agent_works_when_somebody_is_needed() {
        let mut world = owing(Tiny::new(rules()), 4);
        for hour in ["wed 11:00", "wed 12:00", "wed 13:00", "wed 14:00"] {
            world.require(hour, 1.0);
        }
        let found = solve(&world.problem(), &quick(), &Silent).expect("a legal week");
        assert_eq!(found.roster.shifts.len(), 1);
        assert_eq!(found.roster.shifts[0].span().from, world.at("wed 11:00"));
    }

    #[test]
    fn the_amount_of_work_is_kept_to_within_a_round_of_moves_and_the_bound_is_never_below_the_wages() {
        let mut world = owing(Tiny::new(rules()), 8);
        for name in ["Ben", "Cem", "Dora", "Emil"] {
            world.hire(name);
        }
        world.require("wed 11:00", 2.5);
        for work in [0, 12, 40, 90, 300] {
            let params = RosterParams { work: Some(work), target_gap: 0.0, ..RosterParams::default() };
            let found = solve(&world.problem(), &params, &Silent).expect("a legal week");
            assert!(found.work <= work.max(10) + 256, "{} of {work}", found.work);
            assert!(found.bound.objective >= found.bound.unavoidable_wages);
        }
    }

    #[test]
    fn a_run_stopped_by_the_clock_is_repeated_by_the_work_it_reports() {
        let mut world = owing(Tiny::new(rules()), 8);
        for name in ["Ben", "Cem", "Dora", "Emil"] {
            world.hire(name);
        }
        world.require("wed 11:00", 2.5);
        world.require("fri 09:00", 1.5);
        for milliseconds in [0, 1, 3, 9, 27] {
            let time_limit = Some(Duration::from_millis(milliseconds));
            let params = RosterParams { time_limit, target_gap: -1.0, ..RosterParams::default() };
            let found = solve(&world.problem(), &params, &Silent).expect("a legal week");
            let again = RosterParams { work: Some(found.work), time_limit: None, ..params };
            let again = solve(&world.problem(), &again, &Silent).expect("a legal week");
            assert_eq!((again.roster, again.bound, again.work), (found.roster, found.bound, found.work));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn rosters_are_legal_above_their_bound_and_the_same_on_any_number_of_threads(
            needs in proptest::collection::vec((0..5_usize, 8..18_u32, 0.5..3.0_f64), 1..12),
            owed in proptest::collection::vec(prop_oneof![Just(4_i64), Just(8), Just(10), Just(16)], 3),
        ) {
            let mut world = Tiny::new(rules());
            world.hire("Ben");
            world.hire("Cem");
            for (agent, hours) in world.workforce.agents.iter_mut().zip(owed) {
                agent.weeks = vec![WeekMinutes { min: Minutes::hours(hours), max: Minutes::hours(hours) }];
            }
            for (day, hour, agents) in needs {
                world.require(&format!("{} {hour:02}:00", ["mon", "tue", "wed", "thu", "fri"][day]), agents);
            }
            let solved = [1, 2].map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
                pool.install(|| solve(&world.problem(), &quick(), &Silent)).expect("a legal week")
            });
            prop_assert_eq!(&solved[0].roster, &solved[1].roster);
            prop_assert_eq!(solved[0].bound, solved[1].bound);
            let [first, _] = solved;
            let checked = check(&world.problem(), first.roster, first.bound);
            prop_assert!(checked.is_ok(), "{:?}", checked.err());
        }
    }
}
