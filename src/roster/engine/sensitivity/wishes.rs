//! Wishes that are refused: what granting each would cost.

use rayon::prelude::*;

use crate::domain::alternative::{Alternative, Otherwise, Saving};
use crate::domain::ids::AgentIx;
use crate::domain::roster::Shift;
use crate::domain::span::Span;
use crate::domain::units::Money;
use crate::domain::workforce::{Agent, Wish, Workforce};
use crate::roster::engine::one_line::cheapest_line;
use crate::roster::engine::sharing::share;
use crate::roster::problem::RosterProblem;

use super::standing::{Explained, Priced, Standing};

/// What refusing a wish costs where it is to be granted if the rules leave a way at all, in the currency.
const GRANTED: f64 = 1e7;
/// Wishes for which the agent's cheapest shifts beside those of all others are looked for, those that look cheapest to grant.
const TRIED: usize = 40;

/// The refused wishes, the cheapest to grant first; those that no rule leaves a way for at the end.
pub(super) fn refused(problem: &RosterProblem<'_>, of: Explained<'_>, standing: &Standing<'_>) -> Vec<Alternative> {
    let workforce = standing.problem.workforce;
    let mut lines: Vec<Vec<&Shift>> = vec![Vec::new(); workforce.agents.len()];
    of.shifts.iter().for_each(|shift| lines[shift.agent.0].push(shift));
    let refused: Vec<(usize, usize)> = workforce
        .agents
        .iter()
        .enumerate()
        .flat_map(|(at, agent)| {
            let present: Vec<Span> = lines[at].iter().flat_map(|shift| shift.present()).collect();
            let of_agent = agent.wishes.iter().enumerate().filter(move |(_, wish)| wish.is_refused(&present));
            of_agent.map(move |(wish, _)| (at, wish)).collect::<Vec<_>>()
        })
        .collect();
    let agents: Vec<Agent> = refused.iter().map(|&(at, wish)| granted(&workforce.agents[at], wish)).collect();
    let priced = standing.priced(&Workforce { agents, ..workforce.clone() });
    let told = |(&(at, wish), priced): (&(usize, usize), &Option<Priced>)| {
        let wished = workforce.agents[at].wishes[wish];
        let least = priced.as_ref().map(|priced| priced.least).filter(|least| *least < GRANTED / 2.0);
        let otherwise = Otherwise::Wish { agent: AgentIx(at), wish: wished, is_legal: least.is_some() };
        let alternative = match least {
            Some(least) => standing.alternative(otherwise, standing.leasts[at] - least),
            None => Alternative { otherwise, estimate: None, at_most: None, tried: None },
        };
        (wish, alternative)
    };
    let mut all: Vec<(usize, Alternative)> = refused.iter().zip(&priced).map(told).collect();
    all.sort_by_key(|(_, told)| std::cmp::Reverse(told.estimate));
    let beside = Beside { problem, of };
    all.par_iter_mut().take(TRIED).for_each(|(wish, told)| told.tried = beside.saving(&told.otherwise, *wish));
    let found = |told: &Alternative| told.tried.map(|saving| saving.objective);
    all.sort_by_key(|(_, told)| std::cmp::Reverse((found(told), told.estimate)));
    all.into_iter().map(|(_, told)| told).collect()
}

/// An agent one of whose wishes comes first and before everything else.
fn granted(agent: &Agent, wish: usize) -> Agent {
    let mut agent = agent.clone();
    let wished = agent.wishes.remove(wish);
    agent.wishes.insert(0, Wish { price: Money::rounded(GRANTED), ..wished });
    agent
}

/// Where one agent's shifts are others and everybody else's stay.
struct Beside<'a> {
    problem: &'a RosterProblem<'a>,
    of: Explained<'a>,
}

impl Beside<'_> {
    /// What granting a wish costs less, below nothing: more; none where the agent has no such shifts beside the others.
    fn saving(&self, otherwise: &Otherwise, wish: usize) -> Option<Saving> {
        let Otherwise::Wish { agent, wish: wished, is_legal: true } = otherwise else { return None };
        let mut workforce = self.problem.workforce.clone();
        workforce.agents[agent.0] = granted(&workforce.agents[agent.0], wish);
        let line = cheapest_line(&RosterProblem { workforce: &workforce, ..*self.problem }, self.of.shifts, *agent)?;
        let present: Vec<Span> = line.iter().flat_map(Shift::present).collect();
        if wished.is_refused(&present) {
            return None;
        }
        let others = self.of.shifts.iter().filter(|shift| shift.agent != *agent).cloned();
        let mut shifts: Vec<Shift> = others.chain(line).collect();
        shifts.sort_by_key(|shift| shift.agent);
        let roster = share(self.problem, shifts);
        Some(Saving::of(self.of.cost, &(self.of.judge)(self.problem, roster)?))
    }
}
