//! The roster that stands, with the prices behind its bound.

use crate::domain::alternative::{Alternative, Otherwise};
use crate::domain::ids::AgentIx;
use crate::domain::roster::{Roster, RosterCost, Shift};
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::roster::bound::dual_prices::DualPrices;
use crate::roster::bound::lagrangian::{Evaluation, evaluate_once};
use crate::roster::engine::solve::{priced_at_end, rounded_down};
use crate::roster::engine::start::Start;
use crate::roster::instance::line::Line;
use crate::roster::pricing::legal_models::prepared;
use crate::roster::problem::RosterProblem;

/// Says whether a roster for a problem is legal, and what it costs then.
pub type Judge<'a> = dyn Fn(&RosterProblem<'_>, Roster) -> Option<RosterCost> + Sync + 'a;

/// A roster whose price is to be explained.
#[derive(Clone, Copy)]
pub struct Explained<'a> {
    /// The same people with times for sessions that they attend together, where some do.
    pub settled: Option<&'a Workforce>,
    /// Its shifts, and what they cost.
    pub shifts: &'a [Shift],
    /// What it costs.
    pub cost: &'a RosterCost,
    /// Where the search ended that made it, with prices for the same cover.
    pub end: &'a Start,
    /// Who says whether a roster is legal, and what it costs: not the engine.
    pub judge: &'a Judge<'a>,
    /// Seed of the searches that try changes.
    pub seed: u64,
}

/// A roster, and the prices at which everything else is asked.
pub(super) struct Standing<'a> {
    /// The problem, in which alike queues are one.
    pub(super) problem: RosterProblem<'a>,
    /// Per agent what no line costs less than at the prices.
    pub(super) leasts: Vec<f64>,
    prices: DualPrices,
    /// What is proved of the problem as it is, and what the roster costs beyond it.
    bound: Money,
    objective: Money,
}

/// What somebody does at the prices.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    pub(super) line: Line,
    /// What no line of theirs costs less than.
    pub(super) least: f64,
}

impl<'a> Standing<'a> {
    /// The prices at the end of a search for a roster that costs so much; none where somebody has no legal line.
    pub(super) fn of(problem: RosterProblem<'a>, end: &Start, objective: Money) -> Option<Self> {
        let (prices, leasts, bound) = {
            let instance = prepared(&problem).ok()?;
            let (prices, Evaluation { bound, leasts, .. }) = priced_at_end(&instance, end);
            (prices, leasts, rounded_down(bound, &instance))
        };
        Some(Self { problem, leasts, prices, bound, objective })
    }

    /// What people do at the prices, whatever others do, and what they cost at least; nothing of who has no legal line. All are asked together:
    /// an instance takes longer to make ready than most people to price.
    pub(super) fn priced(&self, people: &Workforce) -> Vec<Option<Priced>> {
        let mut found: Vec<Option<Priced>> = vec![None; people.agents.len()];
        let mut asked: Vec<usize> = (0..found.len()).collect();
        let evaluation = self.evaluated(people).or_else(|stuck| {
            asked.retain(|at| !stuck.contains(&AgentIx(*at)));
            let agents = asked.iter().map(|at| people.agents[*at].clone()).collect();
            self.evaluated(&Workforce { agents, ..people.clone() })
        });
        if let Ok(Evaluation { lines, leasts, .. }) = evaluation {
            for (at, (line, least)) in asked.into_iter().zip(lines.into_iter().zip(leasts)) {
                found[at] = Some(Priced { line, least });
            }
        }
        found
    }

    /// The same of people who all have legal lines, or who has none.
    fn evaluated(&self, workforce: &Workforce) -> Result<Evaluation, Vec<AgentIx>> {
        let problem = RosterProblem { workforce, ..self.problem };
        let instance = prepared(&problem)?;
        let prices = self.prices.grown(&instance).ok_or_else(Vec::new)?;
        Ok(evaluate_once(&instance, &prices))
    }

    /// What is told of a change by which the lines of those concerned cost so much less.
    pub(super) fn alternative(&self, otherwise: Otherwise, saved: f64) -> Alternative {
        let estimate = Money::rounded(saved);
        let at_most = self.objective - self.bound + estimate;
        Alternative { otherwise, estimate: Some(estimate), at_most: Some(at_most), tried: None }
    }

    /// What is told of a change that the bound knows nothing of.
    pub(super) fn unpriced(&self, otherwise: Otherwise) -> Alternative {
        Alternative { otherwise, estimate: None, at_most: Some(self.objective - self.bound), tried: None }
    }
}
