//! People who share the seats of a site, by themselves: whether they can be seated under some rules, and what would help.

use crate::domain::conflict::{Change, Repair};
use crate::domain::cover::CoverPrice;
use crate::domain::ids::SiteIx;
use crate::domain::rule::Rule;
use crate::domain::span::Span;
use crate::domain::units::{Minutes, Money};
use crate::domain::workforce::{Agent, Block, BlockReason, WeekMinutes, Workforce};
use crate::roster::engine::loosening::{CHEAPEST_FIRST, Ladder, Loosening, RELAXABLE, Terms, ladders, with_terms};
use crate::roster::instance::slots::SlotGrid;
use crate::roster::pricing::legal_models::prepared;
use crate::roster::pricing::scratch::Scratch;
use crate::roster::problem::RosterProblem;
use crate::roster::search::construct::construct_soon;
use crate::roster::search::scratch::SearchScratch;
use crate::roster::search::seating::{Seating, seating_within};

use super::case::Case;
use super::changed::more_seats;
use super::of_agent::bare;
use super::repairs::{first_that_works, owed};

/// Agents priced in all questions about a crowd together, and in one of them.
const MOST_PRICED: usize = 30_000;
const MOST_OF_ONE: usize = 2_000;
/// Repairs told, and rosters made to try them, at most.
const MOST_REPAIRS: usize = 3;
const MOST_ROSTERS: usize = 3;

/// What a search for seats came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Searched {
    Found,
    /// Provably none.
    Nothing,
    Unknown,
}

/// The people in question.
pub(super) struct CrowdCase<'a> {
    problem: &'a RosterProblem<'a>,
    site: SiteIx,
    /// Positions of the people among all agents.
    crowd: Vec<usize>,
    terms: Vec<Terms>,
    /// The crowd, and behind it those who only are still there from the roster before.
    workforce: Workforce,
    left: usize,
    rosters: usize,
    scratch: Scratch,
}

impl<'a> CrowdCase<'a> {
    pub(super) fn new(problem: &'a RosterProblem<'a>, crowd: Vec<usize>, site: SiteIx) -> Self {
        let all = problem.workforce;
        let terms = |&at: &usize| Terms { agent: bare(&all.agents[at]), rules: all.rules_of(&all.agents[at]).clone() };
        let terms: Vec<Terms> = crowd.iter().map(terms).collect();
        let mut workforce = Workforce { agents: Vec::new(), headcounts: Vec::new(), ..all.clone() };
        workforce.groups.iter_mut().for_each(|group| group.abilities.clear());
        let still_there = all
            .agents
            .iter()
            .enumerate()
            .filter(|(at, agent)| agent.site == site && !agent.before.tail.is_empty() && !crowd.contains(at));
        let whole = Span { from: problem.period.grid().start(), until: problem.period.grid().end() };
        workforce.agents = terms.iter().map(|terms| terms.agent.clone()).collect();
        workforce.agents.extend(still_there.map(|(_, agent)| gone_after_shift(agent, whole)));
        let (left, rosters) = (MOST_PRICED, MOST_ROSTERS);
        Self { problem, site, crowd, terms, workforce, left, rosters, scratch: Scratch::default() }
    }

    /// The rules that bind somebody of the crowd.
    pub(super) fn binding(&self) -> Vec<Rule> {
        let of: Vec<Vec<Rule>> = self.terms.iter().map(|terms| terms.binding(self.problem.period.interval)).collect();
        RELAXABLE.into_iter().filter(|rule| of.iter().any(|of| of.contains(rule))).collect()
    }

    /// Whether the crowd can be seated without some rules.
    pub(super) fn without(&mut self, left_out: &[Rule]) -> Searched {
        let interval = self.problem.period.interval;
        let terms: Vec<Terms> = self.terms.iter().map(|terms| terms.without(left_out, interval)).collect();
        self.seated(&terms, self.seats())
    }

    fn seats(&self) -> u32 {
        self.problem.workforce.sites[self.site.0].seats.unwrap_or(0)
    }

    /// Whether the crowd can be seated under some terms, on so many seats.
    fn seated(&mut self, terms: &[Terms], seats: u32) -> Searched {
        let mut workforce = self.workforce.clone();
        with_terms(&mut workforce, terms.iter().enumerate());
        workforce.sites[self.site.0].seats = Some(seats);
        let cover = CoverPrice::of_no_queue(self.problem.period.grid());
        let problem = RosterProblem { workforce: &workforce, cover: &cover, queue_ids: &[], ..*self.problem };
        let Ok(instance) = prepared(&problem) else { return Searched::Unknown };
        let crowd: Vec<usize> = (0..terms.len()).collect();
        let may = self.left.min(MOST_OF_ONE);
        let mut left = may;
        let found = seating_within(&instance, &crowd, &mut left, &mut self.scratch);
        self.left -= may - left;
        match found {
            Seating::Found(_) => Searched::Found,
            Seating::Impossible => Searched::Nothing,
            Seating::Unknown => Searched::Unknown,
        }
    }

    /// Whether everybody can be seated if the crowd has some terms and the site so many seats: a roster is made.
    fn all_seated(&mut self, terms: &[Terms], seats: u32) -> bool {
        let Some(rosters) = self.rosters.checked_sub(1) else { return false };
        self.rosters = rosters;
        let mut workforce = self.problem.workforce.clone();
        with_terms(&mut workforce, self.crowd.iter().copied().zip(terms));
        workforce.sites[self.site.0].seats = Some(seats);
        let problem = RosterProblem { workforce: &workforce, ..*self.problem };
        prepared(&problem).is_ok_and(|instance| construct_soon(&instance, &mut SearchScratch::default()).is_some())
    }

    /// What would help: more seats, or the crowd's rules loosened, the cheapest kinds first; a roster was made with each.
    pub(super) fn repairs(&mut self, rules: &[Rule]) -> Vec<Repair> {
        let mut found: Vec<Repair> = self.with_more_seats().into_iter().collect();
        for rule in CHEAPEST_FIRST.into_iter().filter(|rule| rules.contains(rule)) {
            if found.len() < MOST_REPAIRS {
                found.extend(self.loosened(rule));
            }
        }
        found
    }

    /// The fewest seats that hold the crowd, or if others want more, some that hold everybody.
    fn with_more_seats(&mut self) -> Option<Repair> {
        /// Tries beyond what the crowd needs.
        const TRIES: usize = 2;
        let (from, terms) = (self.seats(), self.terms.clone());
        let most = u32::try_from(self.crowd.len()).unwrap_or(u32::MAX);
        let steps: Vec<u32> = (from + 1..=most.max(from + 1)).collect();
        let at = first_that_works(steps.len(), |at| self.seated(&terms, steps[at]) == Searched::Found)?;
        let mut more = steps[at] - from;
        for _ in 0..TRIES {
            if self.all_seated(&terms, from + more) {
                return Some(more_seats(from, from + more, self.problem.workforce.sites[self.site.0].id.as_str()));
            }
            more *= 2;
        }
        None
    }

    /// The smallest step of a rule with which the crowd can be seated, for all of one contract, if everybody can be then.
    fn loosened(&mut self, rule: Rule) -> Option<Repair> {
        let zone = self.problem.workforce.sites[self.site.0].zone;
        let interval = self.problem.period.interval;
        let first = self.terms.iter().find(|terms| terms.binding(interval).contains(&rule))?.clone();
        let (period, seats) = (self.problem.period, self.seats());
        let with = |terms: &[Terms], step: &Loosening| -> Vec<Terms> {
            let change = |terms: &Terms| {
                if terms.rules == first.rules { step.applied(terms, period, zone) } else { terms.clone() }
            };
            terms.iter().map(change).collect()
        };
        let before = self.terms.clone();
        let is_of_all = |step: &Loosening| step.dates().is_none();
        let (steps, step) = ladders(rule, &first, period, zone).into_iter().find_map(|ladder| {
            let (is_rising, steps) = match ladder {
                Ladder::Rising(steps) => (true, steps),
                Ladder::Single(steps) => (false, steps),
            };
            let steps: Vec<Loosening> = steps.into_iter().filter(is_of_all).collect();
            let mut works = |at: usize| self.seated(&with(&before, &steps[at]), seats) == Searched::Found;
            let at =
                if is_rising { first_that_works(steps.len(), works) } else { (0..steps.len()).find(|&at| works(at)) }?;
            Some((steps, at))
        })?;
        let after = with(&before, &steps[step]);
        if !self.all_seated(&after, seats) {
            return None;
        }
        let who = self.terms.iter().filter(|terms| terms.rules == first.rules).map(|terms| terms.agent.id.to_string());
        let change = Change { rule, what: steps[step].told(&first), who: who.collect() };
        Some(Repair { changes: vec![change], pay: self.pay(&before, &after) })
    }

    /// By how much the pay of the crowd becomes more, at least.
    fn pay(&mut self, before: &[Terms], after: &[Terms]) -> Option<Money> {
        let slot_grid = SlotGrid::new(self.problem);
        let case = Case::new(self.problem, &slot_grid, self.site);
        let changed = before.iter().zip(after).filter(|(before, after)| before != after);
        changed.map(|(before, after)| Some(case.least_pay(after, &mut self.scratch)? - owed(before))).sum()
    }
}

/// Somebody who is there until the end of the shift from before the plan, and then away.
fn gone_after_shift(agent: &Agent, whole: Span) -> Agent {
    let weeks = agent.weeks.iter().map(|week| WeekMinutes { min: Minutes::ZERO, ..*week }).collect();
    let blocks = vec![Block { span: whole, reason: BlockReason::NotEmployed }];
    Agent { blocks, weeks, settlement: Vec::new(), promised: Vec::new(), owed: Vec::new(), ..bare(agent) }
}
