//! The engine as a page: prepare, build, prove, improve, write out.

use std::time::Instant;

use rayon::prelude::*;

use crate::domain::labour::{Conflict, Rule};
use crate::domain::progress::Progress;
use crate::domain::roster::Bound;
use crate::domain::units::Money;

use super::bundle::Bundle;
use super::conflict;
use super::dive::deep_dive;
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
        const WORTH_ANOTHER: f64 = 1e-2;
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
        const DIVES: u64 = 2;
        const SWEEPS: u64 = 3;
        const FIXED_BETWEEN_ANSWERS: [usize; 4] = [1, 2, 3, 5];
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
        let deep: Vec<(Option<Incumbent>, u64)> = FIXED_BETWEEN_ANSWERS
            .into_par_iter()
            .map_init(Scratch::default, |scratch, between| {
                let (mut roster, work) = deep_dive(self.world, bundle, between, scratch);
                for _ in 0..SWEEPS {
                    if let Some(roster) = &mut roster {
                        sweep(self.world, roster, scratch);
                    }
                }
                (roster, work + SWEEPS * self.agents())
            })
            .collect();
        self.work += deep.iter().map(|(_, work)| work).sum::<u64>();
        let deep = deep.into_iter().filter_map(|(roster, _)| roster);
        for roster in found.into_iter().flatten().chain(deep) {
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

#[cfg(test)]
mod tests {
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
