//! The engine as a page: prepare, build, prove, improve, write out. [`super::bounding`] and [`super::improving`] are its stages.

use std::time::Instant;

use crate::domain::progress::{Progress, go_on};
use crate::domain::roster::Bound;
use crate::domain::rule::Rule;
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::roster::bound::bundle::Bundle;
use crate::roster::bound::dual_prices::DualPrices;
use crate::roster::bound::lagrangian::{Evaluation, bound_without_prices, evaluate_once};
use crate::roster::bound::starting_prices::{SCALES, marginal_prices};
use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;
use crate::roster::pricing::legal_models::{prepared, unavoidable_wages};
use crate::roster::problem::{NoSolution, Proof, RosterParams, RosterProblem, Solution};
use crate::roster::search::construct::{construct, sweep};
use crate::roster::search::incumbent::Incumbent;
use crate::roster::search::line_pool::Pool;
use crate::roster::search::part_sizes::Sizes;
use crate::roster::search::scratch::SearchScratch;
use crate::roster::search::selection::is_small;

use super::alike_queues::Joined;
use super::assembly::roster_of;
use super::conflicts;
use super::legal_instance::legal_instance;
use super::sharing::share;
use super::start::Start;

/// Finds a legal roster of low cost and proves how far from the best it can be.
///
/// Work is counted in agents priced. What is done when depends on the problem and the seed alone; the amount of work only
/// says where it stops, so that a run stopped by the clock is repeated by the work it reports. A first roster
/// and a first bound are made whatever the amount; beyond it goes at most one round of moves.
///
/// # Errors
/// The conflicts that leave no legal roster: agents whose rules cannot be kept together, or sites without the seats. Or it was
/// cancelled on the way.
pub fn solve(
    problem: &RosterProblem<'_>,
    params: &RosterParams,
    progress: &dyn Progress,
) -> Result<Solution, NoSolution> {
    Ok(solve_from(problem, None, params, progress)?.0)
}

/// The same from where another search ended, if there is one, and where this one ended.
///
/// # Errors
/// As for [`solve`].
pub fn solve_from(
    problem: &RosterProblem<'_>,
    start: Option<&Start>,
    params: &RosterParams,
    progress: &dyn Progress,
) -> Result<(Solution, Start), NoSolution> {
    let Some(joined) = Joined::of(problem) else { return search(problem, start, params, progress) };
    let (mut solution, end) = search(&joined.problem(problem), start, params, progress)?;
    solution.roster = share(problem, solution.roster.shifts);
    Ok((solution, end))
}

fn search(
    problem: &RosterProblem<'_>,
    start: Option<&Start>,
    params: &RosterParams,
    progress: &dyn Progress,
) -> Result<(Solution, Start), NoSolution> {
    let started = Instant::now();
    let instance = legal_instance(problem)?;
    go_on(progress)?;
    let mut scratch = SearchScratch::default();
    let of_seats = |unseated| NoSolution::Conflicts(conflicts::of_seats(problem, &unseated));
    let roster = match start.and_then(|start| start.roster(&instance)) {
        Some(mut roster) => {
            // Times that were settled since are for people to take before anything else is looked for.
            if is_settled(problem.workforce) {
                sweep(&instance, &mut roster, &mut scratch, |_| false);
            }
            roster
        }
        None => construct(&instance, &mut scratch).map_err(of_seats)?,
    };
    go_on(progress)?;
    let mut search = RosterSearch::new(&instance, params, progress, roster, started);
    search.prices = start.and_then(|start| start.prices(&instance));
    let prices = search.run(&mut scratch).or(search.prices.take());
    go_on(progress)?;
    let solution = Solution { roster: roster_of(&instance, &search.roster.lines), proof: search.proof() };
    Ok((solution, Start::of(&search.roster.lines, prices)))
}

/// Whether some sessions have their times settled.
fn is_settled(workforce: &Workforce) -> bool {
    workforce.agents.iter().any(|agent| agent.owed.iter().any(|owed| owed.starts.is_some()))
}

/// What no legal roster costs less than, without looking for a good one: as the first round of [`solve`] proves it. Where no
/// roster is found to begin with, that is what wages, wishes and the cheapest cover cost apart.
///
/// # Errors
/// The agents who have no legal line, or it was cancelled on the way.
pub fn prove(problem: &RosterProblem<'_>, params: &RosterParams, progress: &dyn Progress) -> Result<Proof, NoSolution> {
    let started = Instant::now();
    let joined = Joined::of(problem);
    let problem = &joined.as_ref().map_or(*problem, |joined| joined.problem(problem));
    let instance = legal_instance(problem)?;
    go_on(progress)?;
    let mut scratch = SearchScratch::default();
    let roster = construct(&instance, &mut scratch).unwrap_or_else(|_| Incumbent::nothing());
    go_on(progress)?;
    let is_seated = !roster.lines.is_empty();
    let mut search = RosterSearch::new(&instance, params, progress, roster, started);
    if is_seated {
        search.prove(&mut scratch);
    }
    go_on(progress)?;
    Ok(search.proof())
}

/// What no legal roster of a problem costs less than, by the prices of another search: of the same people and days, some of whose
/// sessions had their times settled. None where somebody has no legal line.
#[must_use]
pub fn bound_with_prices(problem: &RosterProblem<'_>, end: &Start) -> Option<Money> {
    let joined = Joined::of(problem);
    let problem = &joined.as_ref().map_or(*problem, |joined| joined.problem(problem));
    let instance = prepared(problem).ok()?;
    let bound = priced_at_end(&instance, end).1.bound;
    Some(rounded_down(bound.max(bound_without_prices(&instance)), &instance))
}

/// The prices of another search at its end, and what everybody would do at them; marginal prices of its roster where it was near enough at once
/// and has looked for none.
pub(super) fn priced_at_end(instance: &Instance<'_>, end: &Start) -> (DualPrices, Evaluation) {
    if let Some(prices) = end.prices(instance) {
        let evaluation = evaluate_once(instance, &prices);
        return (prices, evaluation);
    }
    let lines: Vec<Option<Line>> = end.lines().iter().cloned().map(Some).collect();
    let marginal = marginal_prices(instance, &lines);
    let zero = DualPrices::zero(instance);
    let mut best = (evaluate_once(instance, &zero), zero);
    for scale in SCALES {
        let mut prices = marginal.scaled(scale);
        prices.project(instance);
        let evaluation = evaluate_once(instance, &prices);
        if evaluation.bound > best.0.bound {
            best = (evaluation, prices);
        }
    }
    (best.1, best.0)
}

/// The search between its stages.
pub(super) struct RosterSearch<'a> {
    pub(super) instance: &'a Instance<'a>,
    pub(super) params: &'a RosterParams,
    pub(super) progress: &'a dyn Progress,
    pub(super) roster: Incumbent,
    /// Cost of the best roster so far.
    pub(super) cost: f64,
    pub(super) bound: f64,
    pub(super) work: u64,
    /// Work of pricing everybody once.
    pub(super) effort: u64,
    /// Where to stop.
    pub(super) budget: u64,
    /// What the stages' shares are shares of: the work that instances of this size usually get.
    pub(super) usual: u64,
    pub(super) started: Instant,
    /// Prices of another search to begin with.
    pub(super) prices: Option<DualPrices>,
    /// How large the parts are that are planned anew.
    pub(super) sizes: Sizes,
    /// Lines found on the way, if they are kept.
    pub(super) pool: Pool,
}

impl<'a> RosterSearch<'a> {
    fn new(
        instance: &'a Instance<'a>,
        params: &'a RosterParams,
        progress: &'a dyn Progress,
        roster: Incumbent,
        started: Instant,
    ) -> Self {
        let lines: u64 = instance.models.iter().map(|model| model.effort).sum();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of pricings")]
        let effort = (lines as f64 * instance.strain()) as u64;
        let usual = usual_work(instance, effort);
        let bound = bound_without_prices(instance);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of pricings")]
        let by_effort = (params.effort * usual.max(LEAST_WORK) as f64) as u64;
        let budget = params.work.unwrap_or(by_effort);
        Self {
            instance,
            params,
            progress,
            cost: roster.cost,
            roster,
            bound,
            work: 2 * effort,
            effort,
            budget,
            usual,
            started,
            prices: None,
            sizes: Sizes::new(instance),
            pool: Pool::new(instance),
        }
    }

    /// Re-plans until nobody gains much, people by people and then, where days are tied together, by whole parts; then raises
    /// the bound, dives and improves in turn, each time twice as long. Parts that come first are a round of their own. Returns the prices at the end.
    fn run(&mut self, scratch: &mut SearchScratch) -> Option<DualPrices> {
        let (mut bundle, mut round) = self.settled_bundle(scratch);
        // Moves alone cool down by the end of the work that there is.
        let mut length = if self.params.proves { self.usual } else { self.usual.min(self.budget) };
        while !self.done() {
            let since = (if round == 0 { 0 } else { self.work }, length);
            let dived = bundle.as_mut().and_then(|bundle| {
                self.raise_bound(bundle, since);
                self.dive(bundle, (round, length), scratch)
            });
            let (best, start) = self.start_of(dived, round);
            match bundle.as_ref().filter(|bundle| bundle.is_by_agent()) {
                Some(bundle) => self.improve(bundle, start, since, round, scratch),
                None => self.anneal(start, since, round),
            }
            self.keep(best);
            if let Some(bundle) = &bundle {
                self.select(bundle, length, scratch);
            }
            length *= 2;
            round += 1;
        }
        bundle.map(|bundle| bundle.prices().clone())
    }

    /// Raises the bound once, as far as a first round would.
    fn prove(&mut self, scratch: &mut SearchScratch) {
        let (bundle, round) = self.settled_bundle(scratch);
        if let Some(mut bundle) = bundle {
            let since = if round == 0 { 0 } else { self.work };
            self.raise_bound(&mut bundle, (since, self.usual));
        }
    }

    /// Re-plans until nobody gains much; then the prices of what stands, and the rounds that this took.
    fn settled_bundle(&mut self, scratch: &mut SearchScratch) -> (Option<Bundle>, u64) {
        self.report();
        self.settle(scratch);
        let mut bundle = self.first_bundle();
        let mut round = 0;
        if let Some(first) = bundle.take_if(|first| first.is_by_agent() && self.instance.is_tied()) {
            self.warm_up(&first, scratch);
            bundle = self.first_bundle();
            round += 1;
        }
        (bundle, round)
    }

    /// Prices and a model of every agent or block, beside the roster that stands; nothing if there is no work left for it.
    fn first_bundle(&mut self) -> Option<Bundle> {
        let prices = self.params.proves.then(|| self.first_prices()).flatten().filter(|_| self.affords(self.effort))?;
        self.work += self.effort;
        let lines: Option<Vec<Line>> = self.roster.lines.iter().cloned().collect();
        let mut bundle = Bundle::new(self.instance, prices, lines.as_deref());
        if bundle.is_by_agent() && self.relaxed().is_empty() && is_small(self.instance) {
            bundle.keep_found();
        }
        Some(bundle)
    }

    /// Where to go on from: every other time from the dive, so that not all starts lie beside each other; and the best so far,
    /// if it is another.
    fn start_of(&mut self, dived: Option<Incumbent>, round: u64) -> (Option<Incumbent>, Incumbent) {
        let best = std::mem::replace(&mut self.roster, Incumbent::nothing());
        match dived {
            Some(dived) if dived.cost < best.cost => (None, dived),
            Some(dived) if round % 2 == 1 => (Some(best), dived),
            _ => (None, best),
        }
    }

    /// Goes back to the best of before, if what there is now is no better.
    pub(super) fn keep(&mut self, best: Option<Incumbent>) {
        if let Some(best) = best.filter(|best| best.cost <= self.roster.cost) {
            self.roster = best;
        }
        self.cost = self.roster.cost;
        self.report();
    }

    pub(super) fn agents(&self) -> u64 {
        self.instance.models.len() as u64
    }

    pub(super) fn gap(&self) -> f64 {
        let cost = self.cost;
        (cost - self.proved(self.bound)) / cost.abs().max(1e-9)
    }

    /// What no roster costs less than, by a bound that was computed in floating point; never below it, where costs have steps.
    pub(super) fn proved(&self, bound: f64) -> f64 {
        self.instance.least_above(bound, rounding(bound, self.instance)).max(bound)
    }

    pub(super) fn late(&self) -> bool {
        self.clock()()
    }

    /// Tells whether the time is up, or nobody waits any more.
    pub(super) fn clock(&self) -> impl Fn() -> bool + Sync + use<'a> {
        let (limit, started, progress) = (self.params.time_limit, self.started, self.progress);
        move || progress.is_cancelled() || limit.is_some_and(|limit| started.elapsed() >= limit)
    }

    pub(super) fn done(&self) -> bool {
        self.work >= self.budget || self.late() || self.gap() <= self.params.target_gap
    }

    /// Whether a stage of this much work may begin.
    pub(super) fn affords(&self, work: u64) -> bool {
        self.work + work <= self.budget && !self.done()
    }

    pub(super) fn report(&self) {
        self.progress.advance(self.work.min(self.budget), self.budget);
        let figures = [("work", self.work as f64), ("objective", self.cost), ("bound", self.proved(self.bound))];
        self.progress.measure("roster", &figures);
    }

    /// Seats are left out of the bound where they could run out.
    pub(super) fn relaxed(&self) -> Vec<Rule> {
        let runs_out = self.instance.seats.iter().any(Option::is_some);
        runs_out.then_some(Rule::Seats).into_iter().collect()
    }

    fn proof(&self) -> Proof {
        Proof {
            bound: Bound {
                objective: rounded_down(self.bound, self.instance),
                unavoidable_wages: rounded_down(unavoidable_wages(self.instance), self.instance),
            },
            relaxed: self.relaxed(),
            work: self.work,
        }
    }
}

/// Work for the fewest agents, in several rounds from several starts: their rosters are poor far more often than dear to find.
const LEAST_WORK: u64 = 6_000;

/// Work that usually brings a good roster: agents priced; more where lines take more effort, and for a few dozen agents, whose
/// moves pay longest, unless rules tie days together.
fn usual_work(instance: &Instance<'_>, effort: u64) -> u64 {
    /// Pricings of everybody beyond those of the agents alone.
    const MORE: u64 = 350;
    let agents = instance.models.len() as u64;
    let usual = (350 * agents).min(18_000 + 120 * agents);
    let of_few = if instance.is_tied() { 0 } else { (500 * agents).min(36_000 + 50 * agents) };
    usual.max(of_few).max(1) + MORE * (effort - agents)
}

/// Money below a bound computed in floating point, but no further below than the next cost that a roster can have.
pub(super) fn rounded_down(bound: f64, instance: &Instance<'_>) -> Money {
    Money::rounded(instance.least_above(bound, rounding(bound, instance)))
}

/// More than the rounding of a bound, and of single payroll rows and curves to a millionth, can add up to.
fn rounding(bound: f64, instance: &Instance<'_>) -> f64 {
    let payroll = instance.models.len() as f64 * f64::from(instance.problem.period.weeks) * 7.0 * 8.0;
    let curves = instance.priced_curves() as f64;
    1e-5 * payroll + 1e-6 * curves + 1e-9 * bound.abs()
}
