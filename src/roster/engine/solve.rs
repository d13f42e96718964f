//! The engine as a page: prepare, build, prove, improve, write out. [`super::bounding`] and [`super::improving`] are its stages.

use std::time::Instant;

use crate::domain::ids::AgentIx;
use crate::domain::progress::{Progress, go_on};
use crate::domain::roster::Bound;
use crate::domain::rule::Rule;
use crate::domain::units::Money;
use crate::roster::bound::bundle::Bundle;
use crate::roster::bound::dual_prices::DualPrices;
use crate::roster::bound::lagrangian::evaluate_once;
use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;
use crate::roster::pricing::legal_models::{prepared, unavoidable_wages};
use crate::roster::problem::{NoSolution, RosterParams, RosterProblem, Solution};
use crate::roster::search::construct::construct;
use crate::roster::search::incumbent::Incumbent;
use crate::roster::search::line_pool::Pool;
use crate::roster::search::part_sizes::Sizes;
use crate::roster::search::scratch::SearchScratch;
use crate::roster::search::selection::is_small;

use super::assembly::roster_of;
use super::conflicts;

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
    let started = Instant::now();
    let of_agents = |stuck: Vec<AgentIx>| NoSolution::Conflicts(conflicts::of_agents(problem, &stuck));
    let instance = prepared(problem).map_err(of_agents)?;
    go_on(progress)?;
    let mut scratch = SearchScratch::default();
    let of_seats = |unseated| NoSolution::Conflicts(vec![conflicts::of_seats(problem, &unseated)]);
    let roster = construct(&instance, &mut scratch).map_err(of_seats)?;
    go_on(progress)?;
    let mut search = RosterSearch::new(&instance, params, progress, roster, started);
    search.run(&mut scratch);
    go_on(progress)?;
    Ok(search.finish())
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
        // Without any price on work the bound is what wages, wishes and the cheapest cover cost apart.
        let bound = evaluate_once(instance, &DualPrices::zero(instance)).bound;
        let budget = params.work.unwrap_or(usual.max(LEAST_WORK));
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
            sizes: Sizes::new(instance),
            pool: Pool::new(instance),
        }
    }

    /// Re-plans until nobody gains much, people by people and then, where days are tied together, by whole parts; then raises
    /// the bound, dives and improves in turn, each time twice as long. Parts that come first are a round of their own.
    fn run(&mut self, scratch: &mut SearchScratch) {
        self.report();
        self.settle(scratch);
        let mut bundle = self.first_bundle();
        let mut round = 0;
        if let Some(first) = bundle.take_if(|first| first.is_by_agent() && self.instance.is_tied()) {
            self.warm_up(&first, scratch);
            bundle = self.first_bundle();
            round += 1;
        }
        let mut length = self.usual;
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
    }

    /// Prices and a model of every agent or block, beside the roster that stands; nothing if there is no work left for it.
    fn first_bundle(&mut self) -> Option<Bundle> {
        let prices = self.first_prices().filter(|_| self.affords(self.effort))?;
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

    fn finish(self) -> Solution {
        Solution {
            roster: roster_of(self.instance, &self.roster.lines),
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
fn rounded_down(bound: f64, instance: &Instance<'_>) -> Money {
    Money::rounded(instance.least_above(bound, rounding(bound, instance)))
}

/// More than the rounding of a bound, and of single payroll rows and curves to a millionth, can add up to.
fn rounding(bound: f64, instance: &Instance<'_>) -> f64 {
    let payroll = instance.models.len() as f64 * f64::from(instance.problem.period.weeks) * 7.0 * 8.0;
    let curves = instance.priced_curves() as f64;
    1e-5 * payroll + 1e-6 * curves + 1e-9 * bound.abs()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::labour::{LabourRules, StartWindow};
    use crate::domain::progress::Silent;
    use crate::domain::rule::Conflict;
    use crate::domain::span::Span;
    use crate::domain::split::SplitRule;
    use crate::domain::units::{Minutes, Share};
    use crate::domain::workforce::{Block, BlockReason, SettlementPeriod, WeekMinutes};
    use crate::roster::check::check;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

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

    fn conflicts_of(instance: &TinyInstance) -> Vec<Conflict> {
        match solve(&instance.problem(), &quick(), &Silent) {
            Err(NoSolution::Conflicts(conflicts)) => conflicts,
            other => panic!("no legal week: {other:?}"),
        }
    }

    fn owing(mut instance: TinyInstance, hours: i64) -> TinyInstance {
        for agent in &mut instance.workforce.agents {
            agent.weeks = vec![WeekMinutes { min: Minutes::hours(hours), max: Minutes::hours(hours) }];
        }
        instance
    }

    #[test]
    fn an_agent_who_owes_more_than_three_days_hold_is_named_with_the_figures() {
        // Three days of six hours are 18 h; 20 h are owed.
        let instance = owing(TinyInstance::new(rules()), 20);
        let conflicts = conflicts_of(&instance);
        assert_eq!(conflicts[0].rules, [Rule::WeeklyMinutes, Rule::DaysPerWeek, Rule::ShiftLength]);
        assert!(conflicts[0].detail.contains("at least 20 h") && conflicts[0].detail.contains("at most 18 h"));
        assert_eq!(conflicts[0].dates.len(), 7);
    }

    /// Shifts of four or six hours, those of six in two parts at most so often a week.
    fn in_two_parts(max_per_week: u32) -> LabourRules {
        let split = SplitRule {
            min_gap: Minutes::hours(3),
            max_gap: Minutes::hours(5),
            min_part: Minutes::hours(3),
            from_length: Minutes::ZERO,
            step: Minutes::hours(1),
            max_per_week: Some(max_per_week),
            gap_pay: Share::clamped(0.5),
        };
        LabourRules { split: Some(split), ..rules() }
    }

    #[test]
    fn a_split_shift_serves_two_peaks_and_its_gap_is_paid_by_half() {
        let mut instance = owing(TinyInstance::new(in_two_parts(1)), 6);
        for hour in ["08:00", "09:00", "10:00", "15:00", "16:00", "17:00"] {
            instance.require(&format!("wed {hour}"), 1.0);
        }
        let found = solve(&instance.problem(), &quick(), &Silent).expect("a legal week");
        let expected = &instance.shifts(&["wed 08:00 www....www"])[0];
        assert_eq!((found.roster.shifts.len(), &found.roster.shifts[0].pieces), (1, &expected.pieces));
        let checked = check(&instance.problem(), found.roster, found.bound).expect("a legal roster");
        // Six hours at 20, and the four between them at 10; nobody is missing.
        assert_eq!(checked.cost().wages, Money::rounded(120.0));
        assert_eq!((checked.cost().premiums, checked.cost().short), (Money::rounded(40.0), Money::ZERO));
    }

    #[test]
    fn split_shifts_that_a_week_would_need_are_named_in_the_conflict() {
        // At noon of every day nobody can be there, and only split shifts have six hours on either side.
        let mut instance = owing(TinyInstance::new(in_two_parts(1)), 12);
        for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            let (from, until) = (instance.at(&format!("{day} 11:00")), instance.at(&format!("{day} 14:00")));
            let block = Block { span: Span { from, until }, reason: BlockReason::Unavailable };
            instance.workforce.agents[0].blocks.push(block);
        }
        instance.workforce.contracts[0].rules.shift_lengths = vec![Minutes::hours(6)];
        instance.workforce.contracts[0].rules.starts = vec![StartWindow { from: 8 * 60, until: 8 * 60, step: 60 }];
        let conflicts = conflicts_of(&instance);
        let expected = [Rule::WeeklyMinutes, Rule::Presence, Rule::Split, Rule::ShiftLength, Rule::ShiftStart];
        assert_eq!(conflicts[0].rules, expected);
    }

    #[test]
    fn a_settlement_period_that_owes_more_than_its_weeks_hold_is_named_alone() {
        // Two weeks of three days of six hours are 36 h; 40 h are owed by both together and none by either.
        let mut instance = TinyInstance::new(rules());
        instance.period.weeks = 2;
        let week = WeekMinutes { min: Minutes::ZERO, max: Minutes::hours(40) };
        let due = WeekMinutes { min: Minutes::hours(40), max: Minutes::hours(60) };
        instance.workforce.agents[0].weeks = vec![week; 2];
        instance.workforce.agents[0].settlement = vec![SettlementPeriod { weeks: 2, minutes: due }];
        let conflicts = conflicts_of(&instance);
        assert_eq!(conflicts[0].rules, [Rule::SettlementPeriod, Rule::DaysPerWeek, Rule::ShiftLength]);
        assert!(conflicts[0].detail.contains("settlement period of 2026-11-30"), "{}", conflicts[0].detail);
        assert!(conflicts[0].detail.contains("at least 40 h") && conflicts[0].detail.contains("at most 36 h"));
        assert_eq!(conflicts[0].dates.len(), 14);
    }

    #[test]
    fn one_agent_works_when_somebody_is_needed() {
        let mut instance = owing(TinyInstance::new(rules()), 4);
        for hour in ["wed 11:00", "wed 12:00", "wed 13:00", "wed 14:00"] {
            instance.require(hour, 1.0);
        }
        let found = solve(&instance.problem(), &quick(), &Silent).expect("a legal week");
        assert_eq!(found.roster.shifts.len(), 1);
        assert_eq!(found.roster.shifts[0].span().from, instance.at("wed 11:00"));
    }

    #[test]
    fn the_amount_of_work_is_kept_to_within_a_round_of_moves_and_the_bound_is_never_below_the_wages() {
        let mut instance = owing(TinyInstance::new(rules()), 8);
        for name in ["Ben", "Cem", "Dora", "Emil"] {
            instance.hire(name);
        }
        instance.require("wed 11:00", 2.5);
        for work in [0, 12, 40, 90, 300] {
            let params = RosterParams { work: Some(work), target_gap: 0.0, ..RosterParams::default() };
            let found = solve(&instance.problem(), &params, &Silent).expect("a legal week");
            assert!(found.work <= work.max(10) + 256, "{} of {work}", found.work);
            assert!(found.bound.objective >= found.bound.unavoidable_wages);
        }
    }

    #[test]
    fn a_run_stopped_by_the_clock_is_repeated_by_the_work_it_reports() {
        let mut instance = owing(TinyInstance::new(rules()), 8);
        for name in ["Ben", "Cem", "Dora", "Emil"] {
            instance.hire(name);
        }
        instance.require("wed 11:00", 2.5);
        instance.require("fri 09:00", 1.5);
        for milliseconds in [0, 1, 3, 9, 27] {
            let time_limit = Some(Duration::from_millis(milliseconds));
            let params = RosterParams { time_limit, target_gap: -1.0, ..RosterParams::default() };
            let found = solve(&instance.problem(), &params, &Silent).expect("a legal week");
            let again = RosterParams { work: Some(found.work), time_limit: None, ..params };
            let again = solve(&instance.problem(), &again, &Silent).expect("a legal week");
            assert_eq!((again.roster, again.bound, again.work), (found.roster, found.bound, found.work));
        }
    }

    #[test]
    fn where_costs_are_whole_so_is_the_bound_and_the_best_roster_is_proved_best() {
        let mut instance = TinyInstance::crowded(&["Ben", "Cem"], 9);
        for agent in &mut instance.workforce.agents {
            agent.hourly_cost = Money::ZERO;
        }
        for (day, agents) in [("mon", 1.0), ("tue", 2.0), ("thu", 1.0), ("fri", 3.0)] {
            (9..13).for_each(|hour| instance.require(&format!("{day} {hour:02}:00"), agents));
        }
        let problem = instance.problem();
        let found = solve(&problem, &RosterParams { work: Some(100_000), ..quick() }, &Silent).expect("a legal week");
        let checked = check(&problem, found.roster, found.bound).expect("legal");
        assert_eq!(checked.cost().objective(), found.bound.objective);
        assert!(found.work < 100_000, "the search ends with the proof");
        assert_eq!(found.bound.objective, Money::rounded(found.bound.objective.as_f64().round()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn rosters_are_legal_above_their_bound_and_the_same_on_any_number_of_threads(
            needs in proptest::collection::vec((0..5_usize, 8..18_u32, 0.5..3.0_f64), 1..12),
            owed in proptest::collection::vec(prop_oneof![Just(4_i64), Just(8), Just(10), Just(16)], 3),
        ) {
            let mut instance = TinyInstance::new(rules());
            instance.hire("Ben");
            instance.hire("Cem");
            for (agent, hours) in instance.workforce.agents.iter_mut().zip(owed) {
                agent.weeks = vec![WeekMinutes { min: Minutes::hours(hours), max: Minutes::hours(hours) }];
            }
            for (day, hour, agents) in needs {
                instance.require(&format!("{} {hour:02}:00", ["mon", "tue", "wed", "thu", "fri"][day]), agents);
            }
            let solved = [1, 2].map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
                pool.install(|| solve(&instance.problem(), &quick(), &Silent)).expect("a legal week")
            });
            prop_assert_eq!(&solved[0].roster, &solved[1].roster);
            prop_assert_eq!(solved[0].bound, solved[1].bound);
            let [first, _] = solved;
            let checked = check(&instance.problem(), first.roster, first.bound);
            prop_assert!(checked.is_ok(), "{:?}", checked.err());
        }
    }
}
